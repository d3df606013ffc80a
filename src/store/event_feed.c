/* FEED_*: who sends, what came and what became of it. */
#include "store/event.h"
#include "store/project.h"

static enum feed_state get_state(struct bytes_reader *in)
{
    uint64_t state = bytes_get_unsigned(in);
    in->is_bad = in->is_bad || state >= FEED_STATES;
    return in->is_bad ? FEED_WAITING : (enum feed_state)state;
}

static void received_encode(struct buffer *out, const void *content)
{
    const struct feed_message_received *c = content;
    bytes_put_text(out, c->feed);
    bytes_put_text(out, c->control);
    buffer_bytes(out, c->digest.bytes, HASH_SIZE);
    bytes_put_signed(out, c->size);
    bytes_put_text(out, c->type);
    bytes_put_text(out, c->version);
    bytes_put_optional_text(out, c->message_time);
    bytes_put_unsigned(out, c->state);
    bytes_put_optional_text(out, c->reason);
    bytes_put_optional_text(out, c->said);
    bytes_put_bool(out, c->is_kept);
}

static const void *received_decode(struct bytes_reader *in, const struct log_row *event,
                                   struct arena *arena)
{
    struct feed_message_received *c = ARENA_NEW(arena, struct feed_message_received);
    (void)event;
    c->feed = bytes_get_text(in);
    c->control = bytes_get_text(in);
    event_get_fixed(in, c->digest.bytes, HASH_SIZE);
    c->size = bytes_get_signed(in);
    c->type = bytes_get_text(in);
    c->version = bytes_get_text(in);
    c->message_time = bytes_get_optional_text(in);
    c->state = get_state(in);
    c->reason = bytes_get_optional_text(in);
    c->said = bytes_get_optional_text(in);
    c->is_kept = bytes_get_bool(in);
    return c;
}

static void sorted_encode(struct buffer *out, const void *content)
{
    const struct feed_message_sorted *c = content;
    bytes_put_signed(out, c->message);
    bytes_put_unsigned(out, c->state);
    bytes_put_optional_text(out, c->reason);
    bytes_put_optional_text(out, c->said);
    bytes_put_signed(out, c->of_participant);
}

static const void *sorted_decode(struct bytes_reader *in, const struct log_row *event,
                                 struct arena *arena)
{
    struct feed_message_sorted *c = ARENA_NEW(arena, struct feed_message_sorted);
    (void)event;
    c->message = bytes_get_signed(in);
    c->state = get_state(in);
    c->reason = bytes_get_optional_text(in);
    c->said = bytes_get_optional_text(in);
    c->of_participant = bytes_get_signed(in);
    return c;
}

static void set_encode(struct buffer *out, const void *content)
{
    const struct feed_set *c = content;
    bytes_put_text(out, c->feed);
    bytes_put_text(out, c->label);
    bytes_put_bool(out, c->is_open);
    bytes_put_optional_text(out, c->certificate);
    bytes_put_signed(out, c->silent_after);
    bytes_put_text(out, c->reason);
}

static const void *set_decode(struct bytes_reader *in, const struct log_row *event,
                              struct arena *arena)
{
    struct feed_set *c = ARENA_NEW(arena, struct feed_set);
    (void)event;
    c->feed = bytes_get_text(in);
    c->label = bytes_get_text(in);
    c->is_open = bytes_get_bool(in);
    c->certificate = bytes_get_optional_text(in);
    c->silent_after = bytes_get_signed(in);
    c->reason = bytes_get_text(in);
    return c;
}

const struct event_kind events_feed[] = {
    {LOG_EVENT_FEED_MESSAGE_RECEIVED, 1, received_encode, received_decode,
     project_feed_received},
    {LOG_EVENT_FEED_MESSAGE_SORTED, 1, sorted_encode, sorted_decode,
     project_feed_sorted},
    {LOG_EVENT_FEED_SET, 1, set_encode, set_decode, project_feed_set},
};
const size_t events_feed_count = ARRAY_COUNT(events_feed);
