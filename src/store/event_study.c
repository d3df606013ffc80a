/* STUDY_CREATED and what happens to the folder as a whole. */
#include "store/event.h"
#include "store/project.h"

static void study_created_encode(struct buffer *out, const void *content)
{
    const struct study_created *c = content;
    bytes_put_text(out, c->study_oid);
    bytes_put_text(out, c->program_version);
    buffer_bytes(out, c->folder_id, sizeof c->folder_id);
    bytes_put_bool(out, c->is_demo);
    bytes_put_signed(out, c->demo_now);
}

static const void *study_created_decode(struct bytes_reader *in,
                                        const struct log_row *event,
                                        struct arena *arena)
{
    (void)event;
    struct study_created *c = ARENA_NEW(arena, struct study_created);
    c->study_oid = bytes_get_text(in);
    c->program_version = bytes_get_text(in);
    event_get_fixed(in, c->folder_id, sizeof c->folder_id);
    c->is_demo = bytes_get_bool(in);
    c->demo_now = bytes_get_signed(in);
    return c;
}

static void folder_event_encode(struct buffer *out, const void *content)
{
    const struct folder_event *c = content;
    bytes_put_signed(out, c->at_seq);
    buffer_bytes(out, c->head.bytes, HASH_SIZE);
    bytes_put_optional_text(out, c->note);
}

static const void *folder_event_decode(struct bytes_reader *in,
                                       const struct log_row *event, struct arena *arena)
{
    (void)event;
    struct folder_event *c = ARENA_NEW(arena, struct folder_event);
    c->at_seq = bytes_get_signed(in);
    event_get_fixed(in, c->head.bytes, HASH_SIZE);
    c->note = bytes_get_optional_text(in);
    return c;
}

static void exported_encode(struct buffer *out, const void *content)
{
    const struct exported *c = content;
    bytes_put_signed(out, c->at_seq);
    buffer_bytes(out, c->head.bytes, HASH_SIZE);
    bytes_put_text(out, c->format);
    buffer_bytes(out, c->content.bytes, HASH_SIZE);
    bytes_put_signed(out, c->participants);
    bytes_put_signed(out, c->values);
}

static const void *exported_decode(struct bytes_reader *in, const struct log_row *event,
                                   struct arena *arena)
{
    (void)event;
    struct exported *c = ARENA_NEW(arena, struct exported);
    c->at_seq = bytes_get_signed(in);
    event_get_fixed(in, c->head.bytes, HASH_SIZE);
    c->format = bytes_get_text(in);
    event_get_fixed(in, c->content.bytes, HASH_SIZE);
    c->participants = bytes_get_signed(in);
    c->values = bytes_get_signed(in);
    return c;
}

static void rescue_encode(struct buffer *out, const void *content)
{
    const struct rescue_brought *c = content;
    bytes_put_text(out, c->person);
    bytes_put_text(out, c->device);
    bytes_put_signed(out, c->since);
    bytes_put_signed(out, c->batches);
    bytes_put_signed(out, c->entries);
}

static const void *rescue_decode(struct bytes_reader *in, const struct log_row *event,
                                 struct arena *arena)
{
    (void)event;
    struct rescue_brought *c = ARENA_NEW(arena, struct rescue_brought);
    c->person = bytes_get_text(in);
    c->device = bytes_get_text(in);
    c->since = bytes_get_signed(in);
    c->batches = bytes_get_signed(in);
    c->entries = bytes_get_signed(in);
    return c;
}

// clang-format off
const struct event_kind events_study[] = {
    {LOG_EVENT_STUDY_CREATED,     1, study_created_encode,    study_created_decode,    event_ignore},
    {LOG_EVENT_CHECKPOINT_SIGNED, 1, folder_event_encode,     folder_event_decode,     event_ignore},
    {LOG_EVENT_BACKUP_MADE,       1, folder_event_encode,     folder_event_decode,     event_ignore},
    {LOG_EVENT_RESTORED,          1, folder_event_encode,     folder_event_decode,     event_ignore},
    {LOG_EVENT_EXPORTED,          1, exported_encode,         exported_decode,         event_ignore},
    {LOG_EVENT_RESCUE_BROUGHT,    1, rescue_encode,           rescue_decode,           event_ignore},
};
// clang-format on
const size_t events_study_count = ARRAY_COUNT(events_study);
