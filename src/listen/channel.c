#include "listen/channel.h"

#include "actions/study.h"
#include "base/limits.h"
#include "listen/acknowledge.h"
#include "system/log.h"

#include <poll.h>

enum { PARCEL_ARENA = 2 * LIMIT_FEED_MESSAGE, ANSWER_MOST = 8 * 1024 };

struct channel *channel_open(struct channel_host *host, struct wire *wire, int64_t now)
{
    struct arena *arena = arena_new(sizeof(struct channel) + 4 * CHANNEL_OUTPUT);
    struct channel *channel = ARENA_NEW(arena, struct channel);
    channel->host = host;
    channel->wire = wire;
    channel->arena = arena;
    channel->first = channel->last = NULL;
    channel->count = channel->in = channel->in_at = channel->sent = 0;
    channel->is_ended = channel->is_told = false;
    channel->heard_at = channel->began_at = now;
    channel->output = buffer_in(arena, CHANNEL_OUTPUT);
    mllp_open(&channel->mllp);
    return channel;
}

void channel_close(struct channel *channel)
{
    for (struct parcel *parcel = channel->first; parcel != NULL; parcel = parcel->next)
        parcel->channel = NULL;
    if (channel->mllp.cut_short > 0 || channel->mllp.is_inside)
        log_warning("feed: %s sent a message that was cut short",
                    wire_host(channel->wire));
    wire_close(channel->wire);
    mllp_close(&channel->mllp);
    arena_free(channel->arena);
}

static bool has_output(const struct channel *channel)
{
    return channel->sent < channel->output.len;
}

/* One that does not take its answers gets no more messages taken. */
static bool has_room(const struct channel *channel)
{
    return !channel->host->is_stopping && channel->count < LIMIT_FEED_IN_FLIGHT &&
           channel->host->under_way < LIMIT_FEED_UNDER_WAY &&
           channel->output.len + (channel->count + 1) * ANSWER_MOST < CHANNEL_OUTPUT;
}

/* --- out ---------------------------------------------------------------------------------- */

static void answer(struct channel *channel, const struct receive_message *verb)
{
    struct buffer bytes = buffer_in(verb->act.arena, ANSWER_MOST);
    struct text message;
    struct error ignored;
    acknowledge(verb, study_now(channel->host->study), ++channel->host->answers,
                &bytes);
    ASSERT(buffer_text(&bytes, &message, &ignored));
    mllp_put(&channel->output, message);
}

static void answer_done(struct channel *channel)
{
    while (channel->first != NULL && channel->first->is_done) {
        struct parcel *parcel = channel->first;
        channel->first = parcel->next;
        channel->last = channel->first == NULL ? NULL : channel->last;
        channel->count--;
        answer(channel, &parcel->verb);
        arena_free(parcel->arena);
    }
}

void channel_finished(struct parcel *parcel)
{
    struct channel *channel = parcel->channel;
    parcel->is_done = true;
    if (channel == NULL)
        arena_free(parcel->arena);
    else
        answer_done(channel);
}

/* False: the other end is gone. */
static bool send_output(struct channel *channel)
{
    while (has_output(channel)) {
        size_t len = 0;
        enum wire_state state =
            wire_write(channel->wire, channel->output.at + channel->sent,
                       channel->output.len - channel->sent, &len);
        channel->sent += len;
        if (state != WIRE_DONE)
            return state == WIRE_WAIT;
    }
    channel->sent = channel->output.len = 0;
    return true;
}

/* --- in ----------------------------------------------------------------------------------- */

static void on_finished(void *waiter, struct act *act)
{
    struct channel_host *host = waiter;
    host->finished(host->data, (struct parcel *)act);
}

static void submit(struct channel *channel, struct parcel *parcel)
{
    struct error err = {0};
    parcel->verb.act.finished = on_finished;
    parcel->verb.act.waiter = channel->host;
    if (act_submit(&parcel->verb.act, &err)) {
        channel->host->under_way++;
        return;
    }
    parcel->verb.act.outcome = err;
    parcel->is_done = true;
}

static void take(struct channel *channel, const struct mllp_frame *frame)
{
    struct arena *arena = arena_new(PARCEL_ARENA);
    struct parcel *parcel = ARENA_NEW(arena, struct parcel);
    *parcel = (struct parcel){
        .arena = arena,
        .channel = channel,
        .caller = {.device = text_copy(arena, text_of(wire_host(channel->wire)))}};
    parcel->verb = (struct receive_message){
        .act = act_of(channel->host->study, &parcel->caller, arena, receive_message),
        .bytes = text_copy(arena, frame->bytes),
        .size = frame->size,
        .certificate = text_copy(arena, wire_digest(channel->wire))};
    if (text_is_absent(wire_digest(channel->wire)))
        parcel->verb.certificate = (struct text){0};
    if (channel->last == NULL)
        channel->first = parcel;
    else
        channel->last->next = parcel;
    channel->last = parcel;
    channel->count++;
    if (receive_message_begin(&parcel->verb))
        submit(channel, parcel);
    else
        parcel->is_done = true;
    answer_done(channel);
}

/* What the operator is told of once a connection: it is no message, so the log of the study
 * cannot have it. */
static void tell(struct channel *channel)
{
    if (channel->is_told || channel->mllp.bytes_of_no_one == 0)
        return;
    channel->is_told = true;
    log_warning("feed: %s sent bytes that stand in no message (no 0x0B before them)",
                wire_host(channel->wire));
}

static void take_input(struct channel *channel, int64_t now)
{
    struct text rest = {channel->input + channel->in_at, channel->in - channel->in_at};
    struct mllp_frame frame;
    while (rest.len > 0 && has_room(channel)) {
        bool was_inside = channel->mllp.is_inside;
        bool is_whole = mllp_take(&channel->mllp, &rest, &frame);
        if (is_whole)
            take(channel, &frame);
        if (is_whole || !was_inside)
            channel->began_at = now;
    }
    channel->in_at = channel->in - rest.len;
    if (rest.len == 0)
        channel->in = channel->in_at = 0;
    tell(channel);
}

static void read_input(struct channel *channel, int64_t now)
{
    size_t len = 0;
    if (channel->in > 0 || channel->is_ended || !has_room(channel))
        return;
    enum wire_state state =
        wire_read(channel->wire, channel->input, CHANNEL_INPUT, &len);
    channel->is_ended = state == WIRE_ENDED;
    if (state != WIRE_DONE)
        return;
    channel->in = len;
    channel->heard_at = now;
}

/* --- the listener's view -------------------------------------------------------------------- */

short channel_events(const struct channel *channel)
{
    if (!wire_is_open(channel->wire))
        return wire_handshake_events(channel->wire);
    bool reads = channel->in == 0 && !channel->is_ended && has_room(channel);
    return (short)((reads ? POLLIN : 0) | (has_output(channel) ? POLLOUT : 0));
}

bool channel_step(struct channel *channel, bool is_ready, int64_t now)
{
    if (!wire_is_open(channel->wire)) {
        enum wire_state state = is_ready ? wire_handshake(channel->wire) : WIRE_WAIT;
        if (state == WIRE_ENDED)
            log_warning("feed: the TLS handshake with %s failed",
                        wire_host(channel->wire));
        return state != WIRE_ENDED;
    }
    if (is_ready || wire_has_more(channel->wire))
        read_input(channel, now);
    take_input(channel, now);
    if (!send_output(channel))
        return false;
    bool is_finished = channel->is_ended && channel->count == 0 && channel->in == 0 &&
                       !has_output(channel);
    return !is_finished;
}

bool channel_is_late(const struct channel *channel, int64_t now)
{
    int64_t second = 1000000;
    if (!wire_is_open(channel->wire))
        return now - channel->began_at > LIMIT_FEED_HANDSHAKE_SECONDS * second;
    return channel->mllp.is_inside && channel->in == 0 &&
           now - channel->began_at > LIMIT_FEED_MESSAGE_SECONDS * second;
}
