#include "actions/laboratory_file.h"

#include "actions/item_version.h"
#include "actions/program_values.h"
#include "actions/record_lock.h"
#include "actions/rule_wakes.h"
#include "actions/save_values.h"
#include "actions/study.h"
#include "actions/study_items.h"
#include "actions/world.h"
#include "base/limits.h"
#include "formats/hl7_time.h"
#include "model/laboratory_map.h"

#include <inttypes.h>

enum { SAID_MOST = 1000 };

void laboratory_leave(struct laboratory_filing *filing, enum feed_reason reason,
                      struct text said)
{
    if (filing->reason == FEED_REASON_NONE)
        filing->reason = reason;
    if (filing->said.len + said.len > SAID_MOST)
        return;
    filing->said =
        text_format(txn_arena(filing->txn), "%.*s%s%.*s", TEXT_ARG(filing->said),
                    filing->said.len > 0 ? "; " : "", TEXT_ARG(said));
}

/* --- what one observation becomes ------------------------------------------------------------ */

struct ordering {
    struct laboratory_filing *filing;
    const struct hl7_order *order;
    struct laboratory_place place;
    int64_t collected;
    struct form_heads *heads;
    struct result_received *received;
    size_t received_count;
    struct mutation *mutations;
    size_t mutation_count;
};

/* HL7 table 0085. */
enum result_kind {
    RESULT_NONE_YET,
    RESULT_STANDS,
    RESULT_NOT_OBTAINED,
    RESULT_DELETED
};

static enum result_kind kind_of(const struct hl7_observation *observation)
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
static bool takes_place(const struct ordering *ordering,
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

static struct result_received received_of(const struct ordering *ordering,
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
static struct text provenance(const struct ordering *ordering, int64_t observation,
                              struct text status)
{
    const struct feed_message *header = ordering->filing->message->header;
    struct arena *arena = ordering->filing->act->arena;
    if (observation == 0)
        return text_format(arena, "%.*s #%" PRId64, TEXT_ARG(header->feed), header->id);
    return text_format(arena, "%.*s #%" PRId64 " OBX %" PRId64 " %.*s",
                       TEXT_ARG(header->feed), header->id, observation,
                       TEXT_ARG(status));
}

static void add_mutation(struct ordering *ordering, struct text item,
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
    if (kind_of(observation) == RESULT_DELETED) {
        out->missing = MISSING_CLEARED;
    } else if (kind_of(observation) == RESULT_NOT_OBTAINED) {
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

static struct text say(const struct ordering *ordering,
                       const struct hl7_observation *observation, const char *what,
                       struct text more)
{
    return text_format(txn_arena(ordering->filing->txn), "OBX %zu: %s %.*s",
                       observation->number, what, TEXT_ARG(more));
}

/* A result in a unit that nobody has accepted is kept as it came where the item has no
 * answer yet, so that CK079 asks about it. */
static void keep_unconverted(struct ordering *ordering,
                             const struct result_received *received)
{
    const struct head *current = heads_current(ordering->heads, received->item, 0);
    if (current == NULL && takes_place(ordering, received))
        ordering->received[ordering->received_count++] = *received;
}

static void take_result(struct ordering *ordering,
                        const struct hl7_observation *observation,
                        const struct laboratory_meaning *meaning)
{
    struct laboratory_filing *filing = ordering->filing;
    struct answer answer;
    struct result_received received = received_of(ordering, observation, meaning);
    bool stands = kind_of(observation) == RESULT_STANDS;
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
    ordering->received[ordering->received_count++] = received;
    add_mutation(ordering, received.item, &answer,
                 provenance(ordering, received.observation, received.status));
}

static void take_observation(struct ordering *ordering,
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
    if (ordering->place.form != NULL && kind_of(observation) != RESULT_NONE_YET &&
        form_group_of(ordering->place.form, meaning.item) != NULL)
        take_result(ordering, observation, &meaning);
}

/* --- the specimen of the form ------------------------------------------------------------------ */

/* A form has one specimen: the one nearest to the target; of two as near, the one with the
 * smaller number. What each result came from stands beside it. */
static bool is_specimen_of_form(const struct ordering *ordering)
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

static void add_text(struct ordering *ordering, struct text item, struct text value)
{
    struct answer answer = {.value = value};
    if (value.len > 0 && design_item(ordering->filing->design, item) != NULL)
        add_mutation(ordering, item, &answer,
                     provenance(ordering, 0, (struct text){0}));
}

static void add_specimen(struct ordering *ordering)
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

/* --- what is locked ----------------------------------------------------------------------------- */

static const struct study_check *check_of(const struct design *design, struct text oid)
{
    for (size_t i = 0; i < design->check_count; i++)
        if (text_equal(design->checks[i].oid, oid))
            return &design->checks[i];
    return NULL;
}

/* CK086: opened by the program, on the form as it stands, which stays locked. */
static bool ask_to_reopen(struct ordering *ordering, const struct form_state *state,
                          struct error *err)
{
    struct laboratory_filing *filing = ordering->filing;
    struct arena *arena = txn_arena(filing->txn);
    const struct study_check *check = check_of(filing->design, TEXT("CK086"));
    struct stored_query *open = NULL;
    size_t count = 0;
    if (check == NULL ||
        !query_list(txn_db(filing->txn), state->id, true, arena, &open, &count, err))
        return check == NULL;
    for (size_t i = 0; i < count; i++)
        if (text_equal(open[i].check, check->oid))
            return true;
    struct query_change query = {.is_opening = true,
                                 .kind = QUERY_CHECK,
                                 .check = check->oid,
                                 .item = check->item->oid,
                                 .message = check->message};
    struct values_saved content = {.key = state->key,
                                   .design_version = state->design_version,
                                   .corrected_time = txn_now(filing->txn),
                                   .queries = &query,
                                   .query_count = 1,
                                   .heads = ordering->heads,
                                   .is_complete = state->is_complete,
                                   .answered = state->answered,
                                   .expected = state->expected};
    struct origin origin = caller_origin(filing->act->caller);
    return txn_append(filing->txn, LOG_EVENT_VALUES_SAVED, &origin,
                      state->key.participant, &content, NULL, err);
}

/* `*is_open` false: nothing may be changed there. */
static bool check_lock(struct ordering *ordering, bool *is_open, struct error *err)
{
    struct laboratory_filing *filing = ordering->filing;
    const struct form_state *state = form_among(&filing->forms, &ordering->place.key);
    struct error held = {0};
    *is_open =
        record_open_check(txn_db(filing->txn), filing->participant->id,
                          state == NULL ? 0 : state->id, txn_arena(filing->txn), &held);
    if (*is_open)
        return true;
    if (held.code != ERROR_LOCKED) {
        *err = held;
        return false;
    }
    laboratory_leave(filing, FEED_REASON_LOCKED,
                     text_format(txn_arena(filing->txn), "%.*s %.*s is held",
                                 TEXT_ARG(ordering->place.key.event),
                                 TEXT_ARG(ordering->place.key.form)));
    return state == NULL || ask_to_reopen(ordering, state, err);
}

/* --- one order ---------------------------------------------------------------------------------- */

static bool keep_received(struct ordering *ordering, struct error *err)
{
    struct laboratory_filing *filing = ordering->filing;
    struct origin origin = caller_origin(filing->act->caller);
    struct results_received content = {.key = ordering->place.key,
                                       .message = filing->message->header->id,
                                       .results = ordering->received,
                                       .result_count = ordering->received_count};
    return txn_append(filing->txn, LOG_EVENT_RESULTS_RECEIVED, &origin,
                      filing->participant->id, &content, NULL, err);
}

/* The same save as everybody's. */
static bool save_all(struct ordering *ordering, struct error *err)
{
    struct laboratory_filing *filing = ordering->filing;
    struct save_values verb = {
        .act = *filing->act,
        .digest = filing->message->header->digest,
        .participant = filing->participant->id,
        .event = ordering->place.key.event,
        .event_repeat = ordering->place.key.event_repeat,
        .form = ordering->place.key.form,
        .form_repeat = ordering->place.key.form_repeat,
        .mutations = ordering->mutations,
        .mutation_count = ordering->mutation_count,
    };
    random_bytes(verb.batch, sizeof verb.batch);
    if (!save_values(&verb.act, filing->txn, err))
        return false;
    for (size_t i = 0; i < verb.mutation_count; i++)
        if (verb.outcomes[i].status == MUTATION_REJECTED)
            laboratory_leave(filing, FEED_REASON_VALUE,
                             text_format(txn_arena(filing->txn), "%.*s: %s",
                                         TEXT_ARG(verb.mutations[i].item),
                                         verb.outcomes[i].why->text));
    return true;
}

/* Nothing was answered, but something came that a rule asks about. */
static bool run_rules(struct ordering *ordering, struct error *err)
{
    struct rules_wake verb = {.act = *ordering->filing->act,
                              .participant = ordering->filing->participant->id,
                              .is_whole = true};
    return rules_wake(&verb.act, ordering->filing->txn, err);
}

static bool store_order(struct ordering *ordering, struct error *err)
{
    bool is_open = false;
    if (ordering->received_count == 0)
        return true;
    if (!check_lock(ordering, &is_open, err))
        return false;
    if (!is_open)
        return true;
    add_specimen(ordering);
    ordering->filing->filed += (int64_t)ordering->received_count;
    if (!keep_received(ordering, err))
        return false;
    return ordering->mutation_count > 0 ? save_all(ordering, err)
                                        : run_rules(ordering, err);
}

/* The first item that the order has a result of; NULL: it has none. */
static const struct item *first_item(const struct laboratory_filing *filing,
                                     const struct hl7_order *order)
{
    for (size_t i = 0; i < order->observation_count; i++) {
        struct laboratory_meaning meaning =
            laboratory_meaning_of(filing->design, &filing->message->rules,
                                  &order->observations[i], txn_arena(filing->txn));
        if (meaning.item != NULL && kind_of(&order->observations[i]) != RESULT_NONE_YET)
            return meaning.item;
    }
    return NULL;
}

static bool find_place(struct ordering *ordering, struct error *err)
{
    struct laboratory_filing *filing = ordering->filing;
    struct text number = or_none(ordering->order->specimen);
    const struct item *item = first_item(filing, ordering->order);
    bool is_found = false;
    if (item == NULL)
        return true;
    if (laboratory_collected(ordering->order, filing->offset_minutes,
                             &ordering->collected) &&
        !laboratory_place_find(filing, ordering->order, item, ordering->collected,
                               &ordering->place, &is_found, err))
        return false;
    if (!is_found) {
        ordering->place.form = NULL;
        laboratory_leave(
            filing, FEED_REASON_WINDOW,
            text_format(txn_arena(filing->txn), "OBR-7 of %.*s", TEXT_ARG(number)));
    }
    return true;
}

static bool file_order(struct laboratory_filing *filing, const struct hl7_order *order,
                       struct error *err)
{
    enum { OF_SPECIMEN = 4 };
    struct arena *arena = filing->act->arena;
    struct ordering ordering = {
        .filing = filing,
        .order = order,
        .received =
            ARENA_ARRAY(arena, struct result_received, order->observation_count),
        .mutations = ARENA_ARRAY(arena, struct mutation,
                                 order->observation_count + OF_SPECIMEN)};
    if (!form_list(txn_db(filing->txn), filing->participant->id, txn_arena(filing->txn),
                   &filing->forms, err) ||
        !received_results_read(txn_db(filing->txn), filing->participant->id,
                               txn_arena(filing->txn), &filing->received, err) ||
        !find_place(&ordering, err))
        return false;
    if (ordering.place.form != NULL &&
        !heads_load(txn_db(filing->txn), &ordering.place.key, txn_arena(filing->txn),
                    &ordering.heads, err))
        return false;
    for (size_t i = 0; i < order->observation_count; i++)
        take_observation(&ordering, &order->observations[i]);
    return store_order(&ordering, err);
}

bool laboratory_file(struct laboratory_filing *filing, struct error *err)
{
    const struct site *site = design_site(filing->design, filing->participant->site);
    struct world world = {.db = txn_db(filing->txn),
                          .arena = txn_arena(filing->txn),
                          .rulebook =
                              study_rulebook(filing->act->study, filing->design),
                          .participant = filing->participant,
                          .now = txn_now(filing->txn)};
    filing->offset_minutes = site == NULL ? 0 : site->offset_minutes;
    if (!world_open(&world, err) || !world_dues(&world, &filing->schedule, err))
        return false;
    for (size_t i = 0; i < filing->message->result.order_count; i++)
        if (!file_order(filing, &filing->message->result.orders[i], err))
            return false;
    return true;
}
