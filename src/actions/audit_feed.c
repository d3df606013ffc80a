#include "actions/audit_feed.h"

#include "store/laboratory.h"

/* "waiting", "quarantined: structure" */
static struct text tell_state(enum feed_state state, struct text reason,
                              struct arena *arena)
{
    if (text_is_absent(reason))
        return feed_state_name(state);
    return text_format(arena, "%.*s: %.*s", TEXT_ARG(feed_state_name(state)),
                       TEXT_ARG(reason));
}

struct text audit_feed(enum log_event_kind kind, const void *content,
                       struct arena *arena)
{
    if (kind == LOG_EVENT_FEED_SET) {
        const struct feed_set *set = content;
        return text_format(arena, "%.*s %s: %.*s", TEXT_ARG(set->feed),
                           set->is_open ? "open" : "closed", TEXT_ARG(set->reason));
    }
    if (kind == LOG_EVENT_FEED_MESSAGE_SORTED) {
        const struct feed_message_sorted *sorted = content;
        return text_format(arena, "message %lld %.*s", (long long)sorted->message,
                           TEXT_ARG(tell_state(sorted->state, sorted->reason, arena)));
    }
    const struct feed_message_received *received = content;
    return text_format(arena, "%.*s %.*s %.*s", TEXT_ARG(received->feed),
                       TEXT_ARG(received->control),
                       TEXT_ARG(tell_state(received->state, received->reason, arena)));
}

/* Without the number of the patient, which is identity, and without values. */
struct text audit_laboratory(enum log_event_kind kind, const void *content,
                             struct arena *arena)
{
    if (kind == LOG_EVENT_FEED_RULE_SET) {
        const struct feed_rule_set *rule = content;
        return text_format(arena, "%.*s %.*s %.*s: %.*s", TEXT_ARG(rule->feed),
                           TEXT_ARG(rule->from), TEXT_ARG(rule->to),
                           TEXT_ARG(rule->reason));
    }
    if (kind == LOG_EVENT_FEED_RULE_ENDED) {
        const struct feed_rule_ended *ended = content;
        return text_format(arena, "%lld: %.*s", (long long)ended->rule,
                           TEXT_ARG(ended->reason));
    }
    if (kind == LOG_EVENT_RESULTS_RECEIVED) {
        const struct results_received *received = content;
        return text_format(arena, "message %lld: %zu", (long long)received->message,
                           received->result_count);
    }
    return ((const struct patient_linked *)content)->reason;
}
