/* Participants: added, attached, enrolled, viewed in the vault, erased. */
#include "store/event.h"
#include "store/project.h"

static void added_encode(struct buffer *out, const void *content)
{
    const struct participant_added *c = content;
    bytes_put_signed(out, c->participant);
    bytes_put_text(out, c->site);
    bytes_put_optional_text(out, c->screening_number);
    bytes_put_optional_text(out, c->provisional_number);
    bytes_put_optional_text(out, c->bed);
    bytes_put_bool(out, c->has_request);
    if (c->has_request)
        buffer_bytes(out, c->request, sizeof c->request);
}

static const void *added_decode(struct bytes_reader *in, const struct log_row *event,
                                struct arena *arena)
{
    (void)event;
    struct participant_added *c = ARENA_NEW(arena, struct participant_added);
    c->participant = bytes_get_signed(in);
    c->site = bytes_get_text(in);
    c->screening_number = bytes_get_optional_text(in);
    c->provisional_number = bytes_get_optional_text(in);
    c->bed = bytes_get_optional_text(in);
    c->has_request = bytes_get_bool(in);
    if (c->has_request)
        event_get_fixed(in, c->request, sizeof c->request);
    return c;
}

static void attached_encode(struct buffer *out, const void *content)
{
    const struct participant_attached *c = content;
    bytes_put_signed(out, c->to);
    bytes_put_signed(out, c->first_user);
    bytes_put_optional_text(out, c->reason);
}

static const void *attached_decode(struct bytes_reader *in, const struct log_row *event,
                                   struct arena *arena)
{
    (void)event;
    struct participant_attached *c = ARENA_NEW(arena, struct participant_attached);
    c->to = bytes_get_signed(in);
    c->first_user = bytes_get_signed(in);
    c->reason = bytes_get_optional_text(in);
    return c;
}

static void enrolled_encode(struct buffer *out, const void *content)
{
    const struct participant_enrolled *c = content;
    bytes_put_optional_text(out, c->subject_number);
    bytes_put_signed(out, c->enrolled_at);
    bytes_put_optional_text(out, c->findings);
    bytes_put_optional_text(out, c->reason);
}

/* Version 2 has the reason. */
static const void *enrolled_decode(struct bytes_reader *in, const struct log_row *event,
                                   struct arena *arena)
{
    struct participant_enrolled *c = ARENA_NEW(arena, struct participant_enrolled);
    c->subject_number = bytes_get_optional_text(in);
    c->enrolled_at = bytes_get_signed(in);
    c->findings = bytes_get_optional_text(in);
    if (event->kind_version > 1)
        c->reason = bytes_get_optional_text(in);
    return c;
}

static void viewed_encode(struct buffer *out, const void *content)
{
    const struct vault_viewed *c = content;
    event_put_key(out, &c->key);
    bytes_put_text(out, c->item);
    bytes_put_signed(out, c->row);
    bytes_put_optional_text(out, c->reason);
}

static const void *viewed_decode(struct bytes_reader *in, const struct log_row *event,
                                 struct arena *arena)
{
    struct vault_viewed *c = ARENA_NEW(arena, struct vault_viewed);
    c->key.participant = event->participant;
    event_get_key(in, &c->key);
    c->item = bytes_get_text(in);
    c->row = bytes_get_signed(in);
    c->reason = bytes_get_optional_text(in);
    return c;
}

static void bone_encode(struct buffer *out, const void *content)
{
    const struct bone_use_stated *c = content;
    bytes_put_optional_text(out, c->site);
    bytes_put_text(out, c->answer);
}

static const void *bone_decode(struct bytes_reader *in, const struct log_row *event,
                               struct arena *arena)
{
    (void)event;
    struct bone_use_stated *c = ARENA_NEW(arena, struct bone_use_stated);
    c->site = bytes_get_optional_text(in);
    c->answer = bytes_get_text(in);
    return c;
}

static void asked_encode(struct buffer *out, const void *content)
{
    const struct erasure_asked *c = content;
    bytes_put_text(out, c->reason);
}

static const void *asked_decode(struct bytes_reader *in, const struct log_row *event,
                                struct arena *arena)
{
    (void)event;
    struct erasure_asked *c = ARENA_NEW(arena, struct erasure_asked);
    c->reason = bytes_get_text(in);
    return c;
}

static void erased_encode(struct buffer *out, const void *content)
{
    const struct participant_erased *c = content;
    bytes_put_signed(out, c->second_user);
    bytes_put_optional_text(out, c->reason);
    bytes_put_text(out, c->site);
    bytes_put_unsigned(out, c->name_count);
    for (size_t i = 0; i < c->name_count; i++)
        bytes_put_text(out, c->names[i]);
    bytes_put_unsigned(out, c->series_count);
    for (size_t i = 0; i < c->series_count; i++) {
        bytes_put_text(out, c->series[i].series);
        bytes_put_text(out, c->series[i].site);
        bytes_put_signed(out, c->series[i].last);
    }
}

static const void *erased_decode(struct bytes_reader *in, const struct log_row *event,
                                 struct arena *arena)
{
    (void)event;
    struct participant_erased *c = ARENA_NEW(arena, struct participant_erased);
    c->second_user = bytes_get_signed(in);
    c->reason = bytes_get_optional_text(in);
    c->site = bytes_get_text(in);
    struct text *names = event_get_array(in, arena, sizeof *names, &c->name_count);
    for (size_t i = 0; i < c->name_count; i++)
        names[i] = bytes_get_text(in);
    c->names = names;
    struct series_last *series =
        event_get_array(in, arena, sizeof *series, &c->series_count);
    for (size_t i = 0; i < c->series_count; i++) {
        series[i].series = bytes_get_text(in);
        series[i].site = bytes_get_text(in);
        series[i].last = bytes_get_signed(in);
    }
    c->series = series;
    return c;
}

// clang-format off
const struct event_kind events_participant[] = {
    {LOG_EVENT_PARTICIPANT_ADDED,           1, added_encode,    added_decode,    project_participant_added},
    {LOG_EVENT_PARTICIPANT_ATTACH_PROPOSED, 1, attached_encode, attached_decode, project_attach_proposed},
    {LOG_EVENT_PARTICIPANT_ATTACHED,        1, attached_encode, attached_decode, project_attached},
    {LOG_EVENT_PARTICIPANT_DETACHED,        1, attached_encode, attached_decode, project_detached},
    {LOG_EVENT_PARTICIPANT_ENROLLED,        2, enrolled_encode, enrolled_decode, project_enrolled},
    {LOG_EVENT_ENROLMENT_REFUSED,           2, enrolled_encode, enrolled_decode, event_ignore},
    {LOG_EVENT_VAULT_VIEWED,                1, viewed_encode,   viewed_decode,   event_ignore},
    {LOG_EVENT_BONE_USE_STATED,             1, bone_encode,     bone_decode,     event_ignore},
    {LOG_EVENT_ERASURE_PROPOSED, 1, asked_encode, asked_decode,
     project_erasure_proposed},
    {LOG_EVENT_ERASURE_TAKEN_BACK, 1, asked_encode, asked_decode,
     project_erasure_taken_back},
    {LOG_EVENT_PARTICIPANT_ERASED,          1, erased_encode,   erased_decode,   project_erased},
};
// clang-format on
const size_t events_participant_count = ARRAY_COUNT(events_participant);
