/* PASSWORD_RULES_SET, MISUSE_REVIEWED. */
#include "store/event.h"
#include "store/project.h"
#include "store/protection.h"

static void rules_encode(struct buffer *out, const void *content)
{
    const struct password_rules *c = content;
    bytes_put_signed(out, c->longest_days);
    bytes_put_signed(out, c->remembered);
    bytes_put_text(out, c->reason);
}

static const void *rules_decode(struct bytes_reader *in, const struct log_row *event,
                                struct arena *arena)
{
    (void)event;
    struct password_rules *c = ARENA_NEW(arena, struct password_rules);
    c->longest_days = bytes_get_signed(in);
    c->remembered = bytes_get_signed(in);
    c->reason = bytes_get_text(in);
    return c;
}

static void review_encode(struct buffer *out, const void *content)
{
    const struct misuse_reviewed *c = content;
    bytes_put_signed(out, c->through);
    bytes_put_text(out, c->note);
}

static const void *review_decode(struct bytes_reader *in, const struct log_row *event,
                                 struct arena *arena)
{
    (void)event;
    struct misuse_reviewed *c = ARENA_NEW(arena, struct misuse_reviewed);
    c->through = bytes_get_signed(in);
    c->note = bytes_get_text(in);
    return c;
}

// clang-format off
const struct event_kind events_protection[] = {
    {LOG_EVENT_PASSWORD_RULES_SET, 1, rules_encode,  rules_decode,  event_ignore},
    {LOG_EVENT_MISUSE_REVIEWED,    1, review_encode, review_decode, event_ignore},
};
// clang-format on
const size_t events_protection_count = ARRAY_COUNT(events_protection);
