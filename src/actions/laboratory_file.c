#include "actions/laboratory_parts.h"
#include "actions/rule_wakes.h"
#include "actions/study.h"
#include "actions/world.h"

enum { SAID_MOST = 1000 };

void laboratory_leave(struct laboratory_filing *filing, enum feed_reason reason,
                      struct text said)
{
    if (filing->reason == FEED_REASON_NONE)
        filing->reason = reason;
    if (filing->is_said_all)
        return;
    if (filing->said.len + said.len > SAID_MOST) {
        filing->is_said_all = true;
        said = TEXT("more in the message");
    }
    filing->said =
        text_format(txn_arena(filing->txn), "%.*s%s%.*s", TEXT_ARG(filing->said),
                    filing->said.len > 0 ? "; " : "", TEXT_ARG(said));
}

/* --- one order ---------------------------------------------------------------------------------- */

static bool keep_received(struct laboratory_ordering *ordering, struct error *err)
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
static bool save_all(struct laboratory_ordering *ordering, struct error *err)
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
static bool run_rules(struct laboratory_ordering *ordering, struct error *err)
{
    struct rules_wake verb = {.act = *ordering->filing->act,
                              .participant = ordering->filing->participant->id,
                              .is_whole = true};
    return rules_wake(&verb.act, ordering->filing->txn, err);
}

static bool store_order(struct laboratory_ordering *ordering, struct error *err)
{
    bool is_open = false;
    if (ordering->received_count == 0)
        return true;
    if (!laboratory_check_held(ordering, &is_open, err))
        return false;
    if (!is_open)
        return true;
    laboratory_take_specimen(ordering);
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
        if (meaning.item != NULL &&
            laboratory_result_of(&order->observations[i]) != RESULT_NONE_YET)
            return meaning.item;
    }
    return NULL;
}

static bool find_place(struct laboratory_ordering *ordering, struct error *err)
{
    struct laboratory_filing *filing = ordering->filing;
    struct text number = ordering->order->specimen;
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
    struct laboratory_ordering ordering = {
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
        laboratory_take(&ordering, &order->observations[i]);
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
