#include "actions/form_save_parts.h"
#include "actions/second_check.h"

/* What the queries of one form instance are compared by. */
struct wanted {
    enum query_kind kind;
    struct text check, item;
    int64_t row;
    struct label message;
    int64_t latest; /* the event that set the newest answer it speaks of */
    bool is_open;   /* already */
};

struct wanted_list {
    struct wanted *at;
    size_t count;
};

static const struct label conflict_message = {
    .english = TEXT_INIT("Two entries differ: which one is right?"),
    .chinese = TEXT_INIT("两次录入不一致：哪一个正确？"),
};

static bool same(const struct wanted *a, const struct wanted *b)
{
    return a->kind == b->kind && a->row == b->row && text_equal(a->item, b->item) &&
           text_equal(a->check, b->check);
}

static void want(struct wanted_list *list, struct wanted wanted)
{
    for (size_t i = 0; i < list->count; i++)
        if (same(&list->at[i], &wanted))
            return;
    list->at[list->count++] = wanted;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t head_latest(const struct form_heads *heads, struct text item,
                           int64_t row)
{
    size_t count = 0;
    const struct head *head = heads == NULL ? NULL : heads_current(heads, item, row);
    int64_t latest = head == NULL ? 0 : head->version.seq;
    const struct head *beside =
        head == NULL ? NULL : heads_beside(heads, item, row, &count);
    for (size_t i = 0; i < count; i++)
        latest = later(latest, beside[i].version.seq);
    return latest;
}

/* The newest answer of those that the finding names, on whatever form it stands. */
static int64_t finding_latest(const struct form_save *save, const struct world *world,
                              const struct rule_finding *finding)
{
    int64_t latest = 0;
    for (size_t i = 0; i < finding->place_count; i++) {
        const struct rule_place *place = &finding->places[i];
        latest = later(latest, head_latest(save->heads, place->item, place->row));
        latest = later(latest, head_latest(world->heads, place->item, place->row));
        if (text_equal(place->form, save->content.key.form))
            continue;
        for (size_t k = 0; k < world->value_count; k++)
            if (text_equal(world->values[k].item, place->item))
                latest = later(latest, world->values[k].seq);
    }
    return latest;
}

static void want_findings(struct wanted_list *list, const struct form_save *save,
                          const struct rule_outcome *outcome)
{
    const struct rule_results *results = &outcome->results;
    for (size_t i = 0; i < results->finding_count; i++) {
        const struct rule_finding *finding = &results->findings[i];
        struct wanted wanted = {.kind = QUERY_CHECK,
                                .check = finding->check->oid,
                                .item = finding->places[0].item,
                                .row = finding->places[0].row,
                                .latest = finding_latest(save, outcome->world, finding),
                                .message = finding->check->message};
        want(list, wanted);
    }
}

/* Heads that stand beside the current one and say something else. */
static bool heads_differ(const struct form_heads *heads, struct text item, int64_t row)
{
    size_t count = 0;
    const struct head *current = heads_current(heads, item, row);
    const struct head *beside = heads_beside(heads, item, row, &count);
    for (size_t i = 0; i < count; i++)
        if (!answer_equal(&current->answer, &beside[i].answer))
            return true;
    return false;
}

static void want_conflicts(struct wanted_list *list, const struct form_save *save)
{
    size_t next = 0;
    struct text item;
    int64_t row = 0;
    const struct head *head = NULL;
    while (heads_next(save->heads, &next, &item, &row, &head))
        if (heads_differ(save->heads, item, row))
            want(list, (struct wanted){.kind = QUERY_CONFLICT,
                                       .item = item,
                                       .row = row,
                                       .latest = head_latest(save->heads, item, row),
                                       .message = conflict_message});
}

/* A number outside the hard range of its item is kept, and asked about. */
static bool is_outside(const struct item *item, const struct head *head)
{
    struct decimal value;
    size_t at = 0;
    bool is_number = item->type == ITEM_INTEGER || item->type == ITEM_DECIMAL;
    if (!is_number || head->answer.missing != MISSING_NOT ||
        decimal_parse(head->answer.value, &value, &at) != DECIMAL_OK)
        return false;
    return !range_holds(&item->hard, value);
}

static struct label range_message(const struct item *item, struct arena *arena)
{
    char low[DECIMAL_TEXT_SIZE];
    char high[DECIMAL_TEXT_SIZE];
    int low_len = item->hard.has_low ? (int)decimal_print(item->hard.low, low) : 0;
    int high_len = item->hard.has_high ? (int)decimal_print(item->hard.high, high) : 0;
    return (struct label){
        .english = text_format(arena, "Outside the possible range (%.*s to %.*s)",
                               low_len, low, high_len, high),
        .chinese = text_format(arena, "超出可能范围（%.*s 至 %.*s）", low_len, low,
                               high_len, high),
    };
}

static void want_ranges(struct wanted_list *list, const struct form_save *save)
{
    size_t next = 0;
    struct text oid;
    int64_t row = 0;
    const struct head *head = NULL;
    while (heads_next(save->heads, &next, &oid, &row, &head)) {
        const struct item *item = design_item(save->design, oid);
        if (item == NULL || !(item->hard.has_low || item->hard.has_high) ||
            !is_outside(item, head))
            continue;
        want(list, (struct wanted){.kind = QUERY_CHECK,
                                   .check = TEXT("RANGE"),
                                   .item = item->oid,
                                   .row = row,
                                   .latest = head->version.seq,
                                   .message = range_message(item, save->arena)});
    }
}

static struct query_change change_of(const struct wanted *wanted, bool is_opening)
{
    return (struct query_change){.is_opening = is_opening,
                                 .kind = wanted->kind,
                                 .check = wanted->check,
                                 .item = wanted->item,
                                 .row = wanted->row,
                                 .message = wanted->message};
}

static bool is_wanted(struct wanted_list *list, const struct stored_query *query)
{
    struct wanted open = {.kind = query->kind,
                          .check = query->check,
                          .item = query->item,
                          .row = query->row};
    for (size_t i = 0; i < list->count; i++)
        if (same(&list->at[i], &open)) {
            list->at[i].is_open = true;
            return true;
        }
    return false;
}

/* A second check asks about one version of an answer: until that changes here. */
static bool is_asked(const struct form_save *save, const struct stored_query *query)
{
    if (!text_equal(query->check, CHECK_SECOND))
        return false;
    const struct head *head = heads_current(save->heads, query->item, query->row);
    return head != NULL && head->version.seq != save->next_seq;
}

/* Nobody wants it any more. A check that did not run still stands as it was, and what a
 * person has answered or opened again waits for its reviewer. */
static bool is_settled(const struct form_save *save, const struct rule_outcome *outcome,
                       const struct stored_query *query)
{
    if (query->kind == QUERY_PERSON || query->is_held || is_asked(save, query))
        return false;
    return outcome->is_whole ||
           (query->kind == QUERY_CHECK &&
            rule_has_run(outcome->world, outcome->form, query->check, query->row));
}

/* A person has closed this finding, and no answer that it speaks of is newer. */
static bool is_accepted(const struct wanted *wanted,
                        const struct accepted_finding *accepted, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct wanted closed = {.kind = accepted[i].kind,
                                .check = accepted[i].check,
                                .item = accepted[i].item,
                                .row = accepted[i].row};
        if (same(wanted, &closed) && wanted->latest <= accepted[i].seq)
            return true;
    }
    return false;
}

/* Those that are not to be opened again count as open. */
static bool pass_accepted(struct form_save *save, struct wanted_list *list,
                          struct error *err)
{
    struct accepted_finding *accepted = NULL;
    size_t count = 0;
    if (save->known == NULL || list->count == 0)
        return true;
    if (!query_accepted(txn_db(save->txn), save->known->id, save->arena, &accepted,
                        &count, err))
        return false;
    for (size_t i = 0; i < list->count; i++)
        list->at[i].is_open |= is_accepted(&list->at[i], accepted, count);
    return true;
}

static void compare(struct form_save *save, const struct rule_outcome *outcome,
                    struct wanted_list *list, const struct stored_query *open,
                    size_t open_count)
{
    struct query_change *changes =
        ARENA_ARRAY(save->arena, struct query_change, list->count + open_count);
    size_t count = 0;
    for (size_t i = 0; i < open_count; i++)
        if (!is_wanted(list, &open[i]) && is_settled(save, outcome, &open[i]))
            changes[count++] = change_of(&(struct wanted){.kind = open[i].kind,
                                                          .check = open[i].check,
                                                          .item = open[i].item,
                                                          .row = open[i].row,
                                                          .message = open[i].message},
                                         false);
    for (size_t i = 0; i < list->count; i++)
        if (!list->at[i].is_open)
            changes[count++] = change_of(&list->at[i], true);
    save->content.queries = changes;
    save->content.query_count = count;
}

static size_t most_wanted(const struct form_save *save,
                          const struct rule_results *results)
{
    size_t most = results->finding_count;
    size_t next = 0;
    struct text item;
    int64_t row = 0;
    const struct head *head = NULL;
    while (heads_next(save->heads, &next, &item, &row, &head))
        most += 2; /* a conflict and a range */
    return most;
}

bool save_queries(struct form_save *save, const struct rule_outcome *outcome,
                  struct error *err)
{
    struct stored_query *open = NULL;
    size_t open_count = 0;
    struct wanted_list list = {.at = ARENA_ARRAY(save->arena, struct wanted,
                                                 most_wanted(save, &outcome->results))};
    want_findings(&list, save, outcome);
    if (outcome->is_whole) {
        want_ranges(&list, save);
        want_conflicts(&list, save);
    }
    if (save->known != NULL && save->known->open_queries > 0 &&
        !query_list(txn_db(save->txn), save->known->id, true, save->arena, &open,
                    &open_count, err))
        return false;
    if (!pass_accepted(save, &list, err))
        return false;
    if (list.count > 0 || open_count > 0)
        compare(save, outcome, &list, open, open_count);
    return true;
}
