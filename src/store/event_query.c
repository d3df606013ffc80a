/* The steps of queries by persons: six kinds that say the same. */
#include "store/event.h"
#include "store/project.h"

static void step_encode(struct buffer *out, const void *content)
{
    const struct query_stepped *c = content;
    event_put_key(out, &c->key);
    bytes_put_signed(out, c->query);
    bytes_put_optional_text(out, c->item);
    bytes_put_signed(out, c->row);
    bytes_put_optional_text(out, c->text);
    bytes_put_signed(out, c->assignee);
    bytes_put_bool(out, c->has_request);
    if (c->has_request)
        buffer_bytes(out, c->request, BATCH_ID_SIZE);
}

static const void *step_decode(struct bytes_reader *in, const struct log_row *event,
                               struct arena *arena)
{
    struct query_stepped *c = ARENA_NEW(arena, struct query_stepped);
    c->key.participant = event->participant;
    event_get_key(in, &c->key);
    c->query = bytes_get_signed(in);
    c->item = bytes_get_optional_text(in);
    c->row = bytes_get_signed(in);
    c->text = bytes_get_optional_text(in);
    c->assignee = bytes_get_signed(in);
    c->has_request = bytes_get_bool(in);
    if (c->has_request)
        event_get_fixed(in, c->request, BATCH_ID_SIZE);
    return c;
}

#define STEP(kind)                                                                     \
    {                                                                                  \
        LOG_EVENT_##kind, 1, step_encode, step_decode, project_query_step              \
    }
const struct event_kind events_query[] = {
    STEP(QUERY_OPENED),   STEP(QUERY_ANSWERED),  STEP(QUERY_CLOSED),
    STEP(QUERY_REOPENED), STEP(QUERY_CANCELLED), STEP(QUERY_ASSIGNED),
};
#undef STEP
const size_t events_query_count = ARRAY_COUNT(events_query);
