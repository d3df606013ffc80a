#include "store/event.h"

#include "base/limits.h"

#include <string.h>
#include <zlib.h>

enum {
    PACKED_NOT = 0,
    PACKED_DEFLATE = 1,
    PACK_FROM = 16 * 1024 /* below, the time costs more than the bytes */
};

const struct event_kind *event_kind_of(int64_t kind)
{
    const struct {
        const struct event_kind *kinds;
        size_t count;
    } groups[] = {
        {events_values, events_values_count},
        {events_import, events_import_count},
        {events_wake, events_wake_count},
        {events_counted, events_counted_count},
        {events_participant, events_participant_count},
        {events_user, events_user_count},
        {events_study, events_study_count},
        {events_choice, events_choice_count},
        {events_query, events_query_count},
        {events_review, events_review_count},
        {events_amendment, events_amendment_count},
        {events_register, events_register_count},
        {events_protection, events_protection_count},
        {events_alarm, events_alarm_count},
        {events_plan, events_plan_count},
    };
    for (size_t i = 0; i < ARRAY_COUNT(groups); i++)
        for (size_t j = 0; j < groups[i].count; j++)
            if ((int64_t)groups[i].kinds[j].kind == kind)
                return &groups[i].kinds[j];
    return NULL;
}

/* Replaces the plain bytes of `out` by deflated ones. */
static void pack(struct buffer *out)
{
    uLongf size = compressBound(out->len);
    Bytef *packed = arena_alloc(out->arena, size);
    ASSERT(compress2(packed, &size, (const Bytef *)out->at + 1, out->len - 1, 6) ==
           Z_OK);
    uint64_t plain_len = out->len - 1;
    out->len = 0;
    buffer_byte(out, PACKED_DEFLATE);
    bytes_put_unsigned(out, plain_len);
    buffer_bytes(out, packed, size);
}

static bool unpack(struct text packed, struct arena *arena, struct text *plain)
{
    struct bytes_reader reader = bytes_read(packed);
    uint64_t len = bytes_get_unsigned(&reader);
    if (reader.is_bad || len > LIMIT_DESIGN_BYTES + LIMIT_PAYLOAD)
        return false;
    uLongf size = (uLongf)len;
    char *bytes = arena_try(arena, size + 1);
    if (bytes == NULL)
        return false;
    int result = uncompress((Bytef *)bytes, &size, (const Bytef *)reader.rest.at,
                            reader.rest.len);
    *plain = (struct text){.at = bytes, .len = size};
    return result == Z_OK && size == len;
}

void event_encode(const struct event_kind *kind, const struct origin *origin,
                  const void *content, struct buffer *out)
{
    buffer_byte(out, PACKED_NOT);
    bytes_put_bool(out, origin->has_clock_offset);
    if (origin->has_clock_offset)
        bytes_put_signed(out, origin->clock_offset);
    bytes_put_optional_text(out, origin->language);
    kind->encode(out, content);
    if (out->len >= PACK_FROM && !out->is_overflown)
        pack(out);
}

bool event_decode(const struct event_kind *kind, struct text plain, struct arena *arena,
                  struct log_row *event)
{
    if (event->kind_version < 1 || event->kind_version > kind->version ||
        plain.len == 0)
        return false;
    struct text body = text_part(plain, 1, plain.len);
    if (plain.at[0] == PACKED_DEFLATE) {
        if (!unpack(body, arena, &body))
            return false;
    } else if (plain.at[0] != PACKED_NOT) {
        return false;
    }
    struct bytes_reader in = bytes_read(body);
    event->origin.has_clock_offset = bytes_get_bool(&in);
    if (event->origin.has_clock_offset)
        event->origin.clock_offset = bytes_get_signed(&in);
    event->origin.language = bytes_get_optional_text(&in);
    event->content = kind->decode(&in, event, arena);
    return event->content != NULL && bytes_done(&in);
}

bool event_ignore(struct db *db, const struct log_row *event, struct error *err)
{
    (void)db;
    (void)event;
    (void)err;
    return true;
}

void event_get_fixed(struct bytes_reader *in, void *to, size_t len)
{
    struct text bytes = text_part(in->rest, 0, len);
    if (in->is_bad || bytes.len != len) {
        in->is_bad = true;
        return;
    }
    memcpy(to, bytes.at, len);
    in->rest = text_part(in->rest, len, in->rest.len);
}

void event_put_key(struct buffer *out, const struct form_key *key)
{
    bytes_put_text(out, key->event);
    bytes_put_signed(out, key->event_repeat);
    bytes_put_text(out, key->form);
    bytes_put_signed(out, key->form_repeat);
}

void event_get_key(struct bytes_reader *in, struct form_key *key)
{
    key->event = bytes_get_text(in);
    key->event_repeat = bytes_get_signed(in);
    key->form = bytes_get_text(in);
    key->form_repeat = bytes_get_signed(in);
}

void *event_get_array(struct bytes_reader *in, struct arena *arena, size_t size,
                      size_t *count)
{
    *count = bytes_get_count(in);
    void *array =
        *count >= SIZE_MAX / size ? NULL : arena_try(arena, size * (*count + 1));
    if (array != NULL)
        return array;
    in->is_bad = true;
    *count = 0;
    return NULL;
}
