/* ALARM_*: what an alarm went through, from its cause to its end. */
#include "store/event.h"
#include "store/project.h"

static void raised_encode(struct buffer *out, const void *content)
{
    const struct alarm_raised *c = content;
    bytes_put_bool(out, c->has_form);
    if (c->has_form)
        event_put_key(out, &c->key);
    bytes_put_signed(out, c->row);
    bytes_put_text(out, c->alarm);
    bytes_put_text(out, c->step);
    bytes_put_signed(out, c->level);
    bytes_put_signed(out, c->escalates_at);
    bytes_put_signed(out, c->repeats_at);
}

static const void *raised_decode(struct bytes_reader *in, const struct log_row *event,
                                 struct arena *arena)
{
    struct alarm_raised *c = ARENA_NEW(arena, struct alarm_raised);
    c->has_form = bytes_get_bool(in);
    c->key.participant = event->participant;
    if (c->has_form)
        event_get_key(in, &c->key);
    c->row = bytes_get_signed(in);
    c->alarm = bytes_get_text(in);
    c->step = bytes_get_text(in);
    c->level = bytes_get_signed(in);
    c->escalates_at = bytes_get_signed(in);
    c->repeats_at = bytes_get_signed(in);
    return c;
}

static void acknowledged_encode(struct buffer *out, const void *content)
{
    const struct alarm_acknowledged *c = content;
    bytes_put_signed(out, c->alarm);
    bytes_put_optional_text(out, c->note);
}

static const void *acknowledged_decode(struct bytes_reader *in,
                                       const struct log_row *event, struct arena *arena)
{
    struct alarm_acknowledged *c = ARENA_NEW(arena, struct alarm_acknowledged);
    (void)event;
    c->alarm = bytes_get_signed(in);
    c->note = bytes_get_optional_text(in);
    return c;
}

static void went_on_encode(struct buffer *out, const void *content)
{
    const struct alarm_went_on *c = content;
    bytes_put_signed(out, c->alarm);
    bytes_put_text(out, c->roles);
    bytes_put_signed(out, c->escalates_at);
    bytes_put_signed(out, c->repeats_at);
}

static const void *went_on_decode(struct bytes_reader *in, const struct log_row *event,
                                  struct arena *arena)
{
    struct alarm_went_on *c = ARENA_NEW(arena, struct alarm_went_on);
    (void)event;
    c->alarm = bytes_get_signed(in);
    c->roles = bytes_get_text(in);
    c->escalates_at = bytes_get_signed(in);
    c->repeats_at = bytes_get_signed(in);
    return c;
}

static void ended_encode(struct buffer *out, const void *content)
{
    const struct alarm_ended *c = content;
    bytes_put_signed(out, c->alarm);
}

static const void *ended_decode(struct bytes_reader *in, const struct log_row *event,
                                struct arena *arena)
{
    struct alarm_ended *c = ARENA_NEW(arena, struct alarm_ended);
    (void)event;
    c->alarm = bytes_get_signed(in);
    return c;
}

static void message_encode(struct buffer *out, const void *content)
{
    const struct alarm_message *c = content;
    bytes_put_signed(out, c->alarm);
    bytes_put_unsigned(out, c->channel);
    bytes_put_signed(out, c->notice);
    bytes_put_signed(out, c->attempt);
    bytes_put_text(out, c->to);
    bytes_put_optional_text(out, c->reason);
    bytes_put_signed(out, c->again_at);
}

static const void *message_decode(struct bytes_reader *in, const struct log_row *event,
                                  struct arena *arena)
{
    struct alarm_message *c = ARENA_NEW(arena, struct alarm_message);
    (void)event;
    c->alarm = bytes_get_signed(in);
    uint64_t channel = bytes_get_unsigned(in);
    in->is_bad = in->is_bad || channel >= ALARM_CHANNELS;
    c->channel = in->is_bad ? ALARM_BY_MAIL : (enum alarm_channel)channel;
    c->notice = bytes_get_signed(in);
    c->attempt = bytes_get_signed(in);
    c->to = bytes_get_text(in);
    c->reason = bytes_get_optional_text(in);
    c->again_at = bytes_get_signed(in);
    return c;
}

const struct event_kind events_alarm[] = {
    {LOG_EVENT_ALARM_RAISED, 1, raised_encode, raised_decode, project_alarm_raised},
    {LOG_EVENT_ALARM_ACKNOWLEDGED, 1, acknowledged_encode, acknowledged_decode,
     project_alarm_acknowledged},
    {LOG_EVENT_ALARM_ESCALATED, 1, went_on_encode, went_on_decode,
     project_alarm_escalated},
    {LOG_EVENT_ALARM_ENDED, 1, ended_encode, ended_decode, project_alarm_ended},
    {LOG_EVENT_ALARM_REPEATED, 1, went_on_encode, went_on_decode,
     project_alarm_repeated},
    {LOG_EVENT_ALARM_MESSAGE_SENT, 1, message_encode, message_decode,
     project_alarm_sent},
    {LOG_EVENT_ALARM_MESSAGE_FAILED, 1, message_encode, message_decode,
     project_alarm_failed},
};
const size_t events_alarm_count = ARRAY_COUNT(events_alarm);
