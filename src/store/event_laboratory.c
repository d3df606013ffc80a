/* PATIENT_*, FEED_RULE_*, RESULTS_RECEIVED. */
#include "store/event.h"
#include "store/laboratory.h"
#include "store/project.h"

static void linked_encode(struct buffer *out, const void *content)
{
    const struct patient_linked *c = content;
    bytes_put_text(out, c->number);
    bytes_put_text(out, c->authority);
    bytes_put_optional_text(out, c->name);
    bytes_put_signed(out, c->message);
    bytes_put_text(out, c->reason);
}

static const void *linked_decode(struct bytes_reader *in, const struct log_row *event,
                                 struct arena *arena)
{
    struct patient_linked *c = ARENA_NEW(arena, struct patient_linked);
    (void)event;
    c->number = bytes_get_text(in);
    c->authority = bytes_get_text(in);
    c->name = bytes_get_optional_text(in);
    c->message = bytes_get_signed(in);
    c->reason = bytes_get_text(in);
    return c;
}

static void rule_set_encode(struct buffer *out, const void *content)
{
    const struct feed_rule_set *c = content;
    bytes_put_text(out, c->feed);
    bytes_put_unsigned(out, c->kind);
    bytes_put_optional_text(out, c->item);
    bytes_put_text(out, c->from);
    bytes_put_text(out, c->to);
    bytes_put_text(out, c->reason);
}

static const void *rule_set_decode(struct bytes_reader *in, const struct log_row *event,
                                   struct arena *arena)
{
    struct feed_rule_set *c = ARENA_NEW(arena, struct feed_rule_set);
    (void)event;
    c->feed = bytes_get_text(in);
    uint64_t kind = bytes_get_unsigned(in);
    in->is_bad = in->is_bad || kind >= FEED_RULE_KINDS;
    c->kind = in->is_bad ? FEED_RULE_CODE : (enum feed_rule_kind)kind;
    c->item = bytes_get_optional_text(in);
    c->from = bytes_get_text(in);
    c->to = bytes_get_text(in);
    c->reason = bytes_get_text(in);
    return c;
}

static void rule_ended_encode(struct buffer *out, const void *content)
{
    const struct feed_rule_ended *c = content;
    bytes_put_signed(out, c->rule);
    bytes_put_text(out, c->reason);
}

static const void *rule_ended_decode(struct bytes_reader *in,
                                     const struct log_row *event, struct arena *arena)
{
    struct feed_rule_ended *c = ARENA_NEW(arena, struct feed_rule_ended);
    (void)event;
    c->rule = bytes_get_signed(in);
    c->reason = bytes_get_text(in);
    return c;
}

static void result_put(struct buffer *out, const struct result_received *result)
{
    bytes_put_text(out, result->item);
    bytes_put_signed(out, result->observation);
    bytes_put_text(out, result->code);
    bytes_put_optional_text(out, result->value);
    bytes_put_optional_text(out, result->unit);
    bytes_put_optional_text(out, result->factor);
    bytes_put_optional_text(out, result->range);
    bytes_put_optional_text(out, result->low);
    bytes_put_optional_text(out, result->high);
    bytes_put_optional_text(out, result->flags);
    bytes_put_optional_text(out, result->status);
    bytes_put_optional_text(out, result->specimen);
    bytes_put_optional_text(out, result->draw_site);
    bytes_put_signed(out, result->collected);
    bytes_put_signed(out, result->reported);
}

static void result_get(struct bytes_reader *in, struct result_received *result)
{
    result->item = bytes_get_text(in);
    result->observation = bytes_get_signed(in);
    result->code = bytes_get_text(in);
    result->value = bytes_get_optional_text(in);
    result->unit = bytes_get_optional_text(in);
    result->factor = bytes_get_optional_text(in);
    result->range = bytes_get_optional_text(in);
    result->low = bytes_get_optional_text(in);
    result->high = bytes_get_optional_text(in);
    result->flags = bytes_get_optional_text(in);
    result->status = bytes_get_optional_text(in);
    result->specimen = bytes_get_optional_text(in);
    result->draw_site = bytes_get_optional_text(in);
    result->collected = bytes_get_signed(in);
    result->reported = bytes_get_signed(in);
}

static void results_encode(struct buffer *out, const void *content)
{
    const struct results_received *c = content;
    event_put_key(out, &c->key);
    bytes_put_signed(out, c->message);
    bytes_put_unsigned(out, c->result_count);
    for (size_t i = 0; i < c->result_count; i++)
        result_put(out, &c->results[i]);
}

static const void *results_decode(struct bytes_reader *in, const struct log_row *event,
                                  struct arena *arena)
{
    struct results_received *c = ARENA_NEW(arena, struct results_received);
    c->key.participant = event->participant;
    event_get_key(in, &c->key);
    c->message = bytes_get_signed(in);
    struct result_received *results =
        event_get_array(in, arena, sizeof *results, &c->result_count);
    for (size_t i = 0; i < c->result_count && !in->is_bad; i++)
        result_get(in, &results[i]);
    c->results = results;
    return c;
}

const struct event_kind events_laboratory[] = {
    {LOG_EVENT_PATIENT_LINKED, 1, linked_encode, linked_decode, project_patient_linked},
    {LOG_EVENT_PATIENT_UNLINKED, 1, linked_encode, linked_decode,
     project_patient_unlinked},
    {LOG_EVENT_FEED_RULE_SET, 1, rule_set_encode, rule_set_decode,
     project_feed_rule_set},
    {LOG_EVENT_FEED_RULE_ENDED, 1, rule_ended_encode, rule_ended_decode,
     project_feed_rule_ended},
    {LOG_EVENT_RESULTS_RECEIVED, 1, results_encode, results_decode,
     project_results_received},
};
const size_t events_laboratory_count = ARRAY_COUNT(events_laboratory);
