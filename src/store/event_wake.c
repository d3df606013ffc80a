/* WAKE_SET: the next moment of a form instance's rules. */
#include "store/event.h"
#include "store/project.h"

static void wake_encode(struct buffer *out, const void *content)
{
    const struct wake_set *c = content;
    event_put_key(out, &c->key);
    bytes_put_signed(out, c->wakes_at);
}

static const void *wake_decode(struct bytes_reader *in, const struct log_row *event,
                               struct arena *arena)
{
    struct wake_set *c = ARENA_NEW(arena, struct wake_set);
    c->key.participant = event->participant;
    event_get_key(in, &c->key);
    c->wakes_at = bytes_get_signed(in);
    return c;
}

const struct event_kind events_wake[] = {
    {LOG_EVENT_WAKE_SET, 1, wake_encode, wake_decode, project_wake},
};
const size_t events_wake_count = ARRAY_COUNT(events_wake);
