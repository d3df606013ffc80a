/* PLAN_PROPOSED, PLAN_PUBLISHED, ANALYSIS_RUN. */
#include "store/event.h"
#include "store/project.h"

static void proposed_encode(struct buffer *out, const void *content)
{
    const struct plan_proposed *c = content;
    bytes_put_text(out, c->version);
    bytes_put_text(out, c->json);
    bytes_put_text(out, c->reason);
}

static const void *proposed_decode(struct bytes_reader *in, const struct log_row *event,
                                   struct arena *arena)
{
    (void)event;
    struct plan_proposed *c = ARENA_NEW(arena, struct plan_proposed);
    c->version = bytes_get_text(in);
    c->json = bytes_get_text(in);
    c->reason = bytes_get_text(in);
    return c;
}

static void published_encode(struct buffer *out, const void *content)
{
    const struct plan_published *c = content;
    bytes_put_signed(out, c->proposal);
    bytes_put_text(out, c->version);
    buffer_bytes(out, c->content.bytes, HASH_SIZE);
}

static const void *published_decode(struct bytes_reader *in,
                                    const struct log_row *event, struct arena *arena)
{
    (void)event;
    struct plan_published *c = ARENA_NEW(arena, struct plan_published);
    c->proposal = bytes_get_signed(in);
    c->version = bytes_get_text(in);
    event_get_fixed(in, c->content.bytes, HASH_SIZE);
    return c;
}

static void run_encode(struct buffer *out, const void *content)
{
    const struct analysis_run_noted *c = content;
    bytes_put_signed(out, c->at_seq);
    buffer_bytes(out, c->head.bytes, HASH_SIZE);
    bytes_put_text(out, c->plan);
    buffer_bytes(out, c->plan_content.bytes, HASH_SIZE);
    bytes_put_text(out, c->design);
    buffer_bytes(out, c->results.bytes, HASH_SIZE);
    bytes_put_signed(out, c->participants);
}

static const void *run_decode(struct bytes_reader *in, const struct log_row *event,
                              struct arena *arena)
{
    (void)event;
    struct analysis_run_noted *c = ARENA_NEW(arena, struct analysis_run_noted);
    c->at_seq = bytes_get_signed(in);
    event_get_fixed(in, c->head.bytes, HASH_SIZE);
    c->plan = bytes_get_text(in);
    event_get_fixed(in, c->plan_content.bytes, HASH_SIZE);
    c->design = bytes_get_text(in);
    event_get_fixed(in, c->results.bytes, HASH_SIZE);
    c->participants = bytes_get_signed(in);
    return c;
}

// clang-format off
const struct event_kind events_plan[] = {
    {LOG_EVENT_PLAN_PROPOSED,  1, proposed_encode,  proposed_decode,  project_plan_proposed},
    {LOG_EVENT_PLAN_PUBLISHED, 1, published_encode, published_decode, project_plan_published},
    {LOG_EVENT_ANALYSIS_RUN,   1, run_encode,       run_decode,       event_ignore},
};
// clang-format on
const size_t events_plan_count = ARRAY_COUNT(events_plan);
