/* What one result, and the specimen it comes from, become: changes of answers, and what is
 * kept beside them. */
#include "actions/item_version.h"
#include "actions/laboratory_parts.h"
#include "actions/program_values.h"
#include "actions/study_items.h"
#include "base/limits.h"
#include "formats/hl7_time.h"
#include "model/laboratory_map.h"

#include <inttypes.h>

enum laboratory_result laboratory_result_of(const struct hl7_observation *observation)
{
    char status = observation->status.len == 1 ? observation->status.at[0] : '\0';
    switch (status) {
    case 'P':
    case 'F':
    case 'C':
    case 'U': return RESULT_STANDS;
    case 'X': return RESULT_NOT_OBTAINED;
    case 'D':
    case 'W': return RESULT_DELETED;
    default: return RESULT_NONE_YET; /* I, O, R, S, N: not a result, or not verified */
    }
}

static bool is_preliminary(struct text status)
{
    return text_equal(status, TEXT("P"));
}

static int64_t distance(int64_t a, int64_t b)
{
    return a < b ? b - a : a - b;
}

static int order_of(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

/* Which of two results of an item stands, whatever came first: > 0, the first. */
static int compare_results(const struct result_received *a, int64_t a_message,
                           const struct result_received *b, int64_t b_message,
                           int64_t target)
{
    bool is_same = a->collected == b->collected && text_equal(a->specimen, b->specimen);
    int nearer =
        order_of(distance(b->collected, target), distance(a->collected, target));
    if (!is_same && nearer != 0)
        return nearer;
    if (!is_same) {
        int later = order_of(a->collected, b->collected);
        return later != 0 ? later : text_compare(a->specimen, b->specimen);
    }
    int final = order_of(!is_preliminary(a->status), !is_preliminary(b->status));
    int reported = order_of(a->reported, b->reported);
    int message = order_of(a_message, b_message);
    return final != 0      ? final
           : reported != 0 ? reported
           : message != 0  ? message
                           : order_of(a->observation, b->observation);
}

/* Does it take the place of what came before, or has it stood there all the time? */
static bool takes_place(const struct laboratory_ordering *ordering,
                        const struct result_received *result)
{
    int64_t id = ordering->filing->message->header->id;
    const struct stored_result *stored = received_result_among(
        &ordering->filing->received, &ordering->place.key, result->item);
    for (size_t i = 0; i < ordering->received_count; i++)
        if (text_equal(ordering->received[i].item, result->item))
            return compare_results(result, id, &ordering->received[i], id,
                                   ordering->place.target) > 0;
    if (stored == NULL)
        return true;
    if (stored->message == id && stored->received.observation == result->observation)
        return text_is_absent(stored->received.factor) &&
               !text_is_absent(result->factor);
    return compare_results(result, id, &stored->received, stored->message,
                           ordering->place.target) > 0;
}

static struct text decimal_text(struct decimal number, struct arena *arena)
{
    char printed[DECIMAL_TEXT_SIZE];
    size_t len = decimal_print(number, printed);
    return text_copy(arena, (struct text){.at = printed, .len = len});
}

static struct text limit_text(const struct laboratory_meaning *meaning, bool is_given,
                              struct decimal limit, struct arena *arena)
{
    struct decimal converted;
    if (!is_given || !meaning->has_factor ||
        decimal_multiply(limit, meaning->factor, &converted) != DECIMAL_OK)
        return (struct text){0};
    return decimal_text(converted, arena);
}

static struct text or_none(struct text t)
{
    return t.len == 0 ? (struct text){0} : t;
}

static struct result_received received_of(const struct laboratory_ordering *ordering,
                                          const struct hl7_observation *observation,
                                          const struct laboratory_meaning *meaning)
{
    struct arena *arena = txn_arena(ordering->filing->txn);
    const struct hl7_range *range = &observation->range;
    bool is_filed = observation->answer.is_number && meaning->has_factor;
    return (struct result_received){
        .item = meaning->item->oid,
        .observation = (int64_t)observation->number,
        .code = meaning->code,
        .value = or_none(observation->answer.text),
        .unit = or_none(observation->unit.code),
        .factor = is_filed ? decimal_text(meaning->factor, arena) : (struct text){0},
        .range = or_none(range->text),
        .low = limit_text(meaning, range->has_low, range->low, arena),
        .high = limit_text(meaning, range->has_high, range->high, arena),
        .flags = or_none(observation->flags),
        .status = or_none(observation->status),
        .specimen = or_none(ordering->order->specimen),
        .draw_site = or_none(laboratory_draw_site(ordering->order)),
        .collected = ordering->collected,
        .reported = ordering->filing->message->reported,
    };
}

/* --- mutations -------------------------------------------------------------------------------- */

/* "LIS@LAB #1234 OBX 3 F": from the history to the message, in any language. */
static struct text provenance(const struct laboratory_ordering *ordering,
                              int64_t observation, struct text status)
{
    const struct feed_message *header = ordering->filing->message->header;
    struct arena *arena = ordering->filing->act->arena;
    if (observation == 0)
        return text_format(arena, "%.*s #%" PRId64, TEXT_ARG(header->feed), header->id);
    return text_format(arena, "%.*s #%" PRId64 " OBX %" PRId64 " %.*s",
                       TEXT_ARG(header->feed), header->id, observation,
                       TEXT_ARG(status));
}

static void add_mutation(struct laboratory_ordering *ordering, struct text item,
                         const struct answer *answer, struct text reason)
{
    struct arena *arena = ordering->filing->act->arena;
    const struct head *current = heads_current(ordering->heads, item, 0);
    bool is_there = current != NULL && current->answer.missing != MISSING_CLEARED;
    struct mutation mutation = {
        .item = item, .source = SOURCE_FEED, .reason = reason, .value = answer->value};
    if (current != NULL && answer_equal(&current->answer, answer))
        return;
    if (answer->missing == MISSING_CLEARED) {
        if (!is_there)
            return;
        mutation.value = TEXT("");
    } else if (answer->missing != MISSING_NOT) {
        mutation.missing = missing_reason_code(answer->missing);
        mutation.missing_text = answer->missing_text;
    }
    if (current != NULL) {
        char version[VERSION_TEXT];
        size_t len = version_print(current->version, version);
        mutation.base = text_copy(arena, (struct text){.at = version, .len = len});
    }
    ordering->mutations[ordering->mutation_count++] = mutation;
}

/* False: it is no number that the item can hold. */
static bool answer_of(const struct hl7_observation *observation,
                      const struct laboratory_meaning *meaning, struct arena *arena,
                      struct answer *out)
{
    struct decimal number;
    *out = (struct answer){0};
    if (laboratory_result_of(observation) == RESULT_DELETED) {
        out->missing = MISSING_CLEARED;
    } else if (laboratory_result_of(observation) == RESULT_NOT_OBTAINED) {
        out->missing = MISSING_NOT_DONE;
    } else if (!observation->answer.is_number) {
        out->missing = MISSING_OTHER;
        out->missing_text = text_clip(observation->answer.text, LIMIT_REASON);
    } else {
        if (!laboratory_convert(meaning->item, observation->answer.number,
                                meaning->factor, &number))
            return false;
        out->value = decimal_text(number, arena);
    }
    return true;
}

static struct text say(const struct laboratory_ordering *ordering,
                       const struct hl7_observation *observation, const char *what,
                       struct text more)
{
    return text_format(txn_arena(ordering->filing->txn), "OBX %zu: %s %.*s",
                       observation->number, what, TEXT_ARG(more));
}

/* A second result of the item in the same order that takes the place of the first. */
static void drop_item(struct laboratory_ordering *ordering, struct text item)
{
    size_t kept = 0;
    for (size_t i = 0; i < ordering->received_count; i++)
        if (!text_equal(ordering->received[i].item, item))
            ordering->received[kept++] = ordering->received[i];
    ordering->received_count = kept;
    kept = 0;
    for (size_t i = 0; i < ordering->mutation_count; i++)
        if (!text_equal(ordering->mutations[i].item, item))
            ordering->mutations[kept++] = ordering->mutations[i];
    ordering->mutation_count = kept;
}

/* A result in a unit that nobody has accepted is kept as it came where the item has no
 * answer yet, so that CK079 asks about it. */
static void keep_unconverted(struct laboratory_ordering *ordering,
                             const struct result_received *received)
{
    const struct head *current = heads_current(ordering->heads, received->item, 0);
    if (current != NULL || !takes_place(ordering, received))
        return;
    drop_item(ordering, received->item);
    ordering->received[ordering->received_count++] = *received;
}

static void take_result(struct laboratory_ordering *ordering,
                        const struct hl7_observation *observation,
                        const struct laboratory_meaning *meaning)
{
    struct laboratory_filing *filing = ordering->filing;
    struct answer answer;
    struct result_received received = received_of(ordering, observation, meaning);
    bool stands = laboratory_result_of(observation) == RESULT_STANDS;
    if (stands && observation->answer.text.len == 0) {
        laboratory_leave(filing, FEED_REASON_VALUE,
                         say(ordering, observation, "no value", TEXT("")));
        return;
    }
    if (stands && observation->answer.is_number && !meaning->has_factor) {
        keep_unconverted(ordering, &received);
        laboratory_leave(filing, FEED_REASON_UNIT,
                         say(ordering, observation,
                             meaning->unit.len == 0 ? "no unit" : "unit",
                             meaning->unit));
        return;
    }
    if (!answer_of(observation, meaning, filing->act->arena, &answer)) {
        laboratory_leave(filing, FEED_REASON_VALUE,
                         say(ordering, observation, "too many digits", TEXT("")));
        return;
    }
    if (!takes_place(ordering, &received))
        return;
    drop_item(ordering, received.item);
    ordering->received[ordering->received_count++] = received;
    add_mutation(ordering, received.item, &answer,
                 provenance(ordering, received.observation, received.status));
}

void laboratory_take(struct laboratory_ordering *ordering,
                     const struct hl7_observation *observation)
{
    struct laboratory_filing *filing = ordering->filing;
    struct laboratory_meaning meaning = laboratory_meaning_of(
        filing->design, &filing->message->rules, observation, txn_arena(filing->txn));
    if (meaning.is_not_collected)
        return;
    if (meaning.item == NULL) {
        laboratory_leave(filing, FEED_REASON_CODE,
                         say(ordering, observation, "code", meaning.code));
        return;
    }
    if (ordering->place.form != NULL &&
        laboratory_result_of(observation) != RESULT_NONE_YET &&
        form_group_of(ordering->place.form, meaning.item) != NULL)
        take_result(ordering, observation, &meaning);
}

/* --- the specimen of the form ------------------------------------------------------------------ */

/* A form has one specimen: the one nearest to the target; of two as near, the one with the
 * smaller number. What each result came from stands beside it. */
static bool is_specimen_of_form(const struct laboratory_ordering *ordering)
{
    struct moment moment;
    const struct head *time = heads_current(ordering->heads, ITEM_SPECIMEN_TIME, 0);
    const struct head *number = heads_current(ordering->heads, ITEM_SPECIMEN_NUMBER, 0);
    if (time == NULL || !moment_parse(time->answer.value, &moment, NULL))
        return true;
    int64_t stands = moment_instant(&moment, ordering->filing->offset_minutes);
    int nearer = order_of(distance(stands, ordering->place.target),
                          distance(ordering->collected, ordering->place.target));
    if (nearer != 0 || number == NULL)
        return nearer >= 0;
    return text_compare(ordering->order->specimen, number->answer.value) <= 0;
}

static void add_text(struct laboratory_ordering *ordering, struct text item,
                     struct text value)
{
    struct answer answer = {.value = value};
    if (value.len > 0 && design_item(ordering->filing->design, item) != NULL)
        add_mutation(ordering, item, &answer,
                     provenance(ordering, 0, (struct text){0}));
}

void laboratory_take_specimen(struct laboratory_ordering *ordering)
{
    struct laboratory_filing *filing = ordering->filing;
    struct text site = filing->participant->site;
    struct moment moment;
    if (!is_specimen_of_form(ordering))
        return;
    add_text(ordering, ITEM_SPECIMEN_TIME,
             site_time(filing->design, site, ordering->collected, filing->act->arena));
    if (hl7_time_parse(ordering->order->received, &moment) &&
        moment.precision >= MOMENT_MINUTE)
        add_text(ordering, ITEM_SPECIMEN_RECEIVED,
                 site_time(filing->design, site,
                           moment_instant(&moment, filing->offset_minutes),
                           filing->act->arena));
    add_text(ordering, ITEM_SPECIMEN_NUMBER, ordering->order->specimen);
    add_text(ordering, ITEM_SPECIMEN_SITE, laboratory_draw_site(ordering->order));
}
