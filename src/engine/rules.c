#include "engine/rules.h"

#include "engine/rules_tables.h"

static const struct rule_set *const set = &rules_io_hematology;

/* ---- truth ---- */

enum truth truth_and(enum truth a, enum truth b)
{
    return a < b ? a : b;
}

enum truth truth_or(enum truth a, enum truth b)
{
    return a > b ? a : b;
}

enum truth rule_is(struct rule_value answer, struct text code)
{
    if (answer.state != RULE_VALUE_GIVEN)
        return TRUTH_UNKNOWN;
    return text_equal(answer.value, code) ? TRUTH_YES : TRUTH_NO;
}

/* ---- reading ---- */

static bool is_derived(const struct rule_run *run, struct text item)
{
    for (size_t i = 0; i < run->set->derivation_count; i++)
        if (text_equal(run->set->derivations[i].item, item))
            return true;
    return false;
}

static const struct rule_derived *find_derived(const struct rule_run *run,
                                               struct text item, int64_t row)
{
    if (!is_derived(run, item)) /* spares most reads a walk over many rows */
        return NULL;
    for (size_t i = 0; i < run->derived_count; i++)
        if (run->derived[i].row == row && text_equal(run->derived[i].item, item))
            return &run->derived[i];
    return NULL;
}

/* The answer as the world has it; an empty text is nothing entered. */
static struct rule_value read_world(const struct rule_run *run, int64_t instance,
                                    struct rule_place place)
{
    struct rule_value answer = run->world->value(run->world->data, instance, place);
    if (answer.state == RULE_VALUE_GIVEN && answer.value.len == 0)
        answer.state = RULE_VALUE_NONE;
    return answer;
}

/* The answer as it stands, hidden or not. */
static struct rule_value read_unhidden(const struct rule_run *run, int64_t instance,
                                       struct rule_place place)
{
    bool is_own = instance == run->instance && text_equal(place.form, run->form);
    const struct rule_derived *derived =
        is_own ? find_derived(run, place.item, place.row) : NULL;
    if (derived != NULL && derived->has_value)
        return (struct rule_value){.state = RULE_VALUE_GIVEN, .value = derived->value};
    if (derived != NULL || (is_own && !run->is_present))
        return (struct rule_value){.state = RULE_VALUE_NONE};
    return read_world(run, instance, place);
}

static bool list_has(struct text list, struct text code)
{
    while (!text_is_absent(list))
        if (text_equal(text_cut(&list, ' '), code))
            return true;
    return false;
}

static bool operator_holds(const struct rule_condition *condition,
                           struct rule_value answer)
{
    bool is_given = answer.state == RULE_VALUE_GIVEN;
    switch (condition->operator) {
    case RULE_EQUALS: return is_given && text_equal(answer.value, condition->operand);
    case RULE_DIFFERS:
        return !is_given || !text_equal(answer.value, condition->operand);
    case RULE_ONE_OF: return is_given && list_has(condition->operand, answer.value);
    case RULE_CONTAINS: return is_given && list_has(answer.value, condition->operand);
    case RULE_FILLED: return is_given || answer.state == RULE_VALUE_SEALED;
    }
    return false;
}

/* The item that a condition depends on may itself be hidden: then it says nothing. The
 * recursion ends because no item depends on itself, not even through others (a test of
 * the tables holds that). */
static bool is_hidden(const struct rule_run *run, int64_t instance,
                      struct rule_place place)
{
    bool has_condition = false;
    for (size_t i = 0; i < run->set->condition_count; i++) {
        const struct rule_condition *condition = &run->set->conditions[i];
        if (!text_equal(condition->item, place.item) ||
            !text_equal(condition->form, place.form))
            continue;
        has_condition = true;
        struct rule_place on = {.form = place.form, .item = condition->depends_on};
        if (operator_holds(condition, rule_read(run, instance, on)))
            return false;
    }
    return has_condition;
}

struct rule_value rule_read(const struct rule_run *run, int64_t instance,
                            struct rule_place place)
{
    if (is_hidden(run, instance, place))
        return (struct rule_value){.state = RULE_VALUE_NONE};
    return read_unhidden(run, instance, place);
}

struct rule_value rule_answer(const struct rule_run *run, struct text item, int64_t row)
{
    struct rule_place place = {.form = run->form, .item = item, .row = row};
    return rule_read(run, run->instance, place);
}

struct text rule_stored(const struct rule_run *run, struct text item, int64_t row)
{
    struct rule_place place = {.form = run->form, .item = item, .row = row};
    if (!run->is_present)
        return (struct text){0};
    struct rule_value stored = read_world(run, run->instance, place);
    return stored.state == RULE_VALUE_GIVEN ? stored.value : (struct text){0};
}

int64_t rule_rows(const struct rule_run *run, struct text group)
{
    return run->is_present ? run->world->rows(run->world->data, run->form, group) : 0;
}

/* ---- running ---- */

static int64_t rows_of(const struct rule_run *run,
                       const struct rule_derivation *derivation)
{
    return text_is_absent(derivation->group) ? 1 : rule_rows(run, derivation->group);
}

static void derive_rows(struct rule_run *run, const struct rule_derivation *derivation)
{
    int64_t rows = rows_of(run, derivation);
    for (int64_t i = 0; i < rows; i++) {
        int64_t row = text_is_absent(derivation->group) ? 0 : i + 1;
        struct text value = derivation->derive(run, row);
        run->derived[run->derived_count++] =
            (struct rule_derived){.item = derivation->item,
                                  .row = row,
                                  .has_value = !text_is_absent(value),
                                  .value = value};
    }
}

static void derive_all(struct rule_run *run)
{
    size_t count = 0;
    for (size_t i = 0; i < set->derivation_count; i++)
        if (text_equal(set->derivations[i].form, run->form))
            count += (size_t)rows_of(run, &set->derivations[i]);
    run->derived = ARENA_ARRAY(run->scratch, struct rule_derived, count);
    for (size_t i = 0; i < set->derivation_count; i++)
        if (text_equal(set->derivations[i].form, run->form))
            derive_rows(run, &set->derivations[i]);
}

static void find_hidden(const struct rule_run *run, struct rule_results *out)
{
    out->hidden = ARENA_ARRAY(run->scratch, struct rule_place, set->condition_count);
    for (size_t i = 0; i < set->condition_count; i++) {
        struct rule_place place = {.form = set->conditions[i].form,
                                   .item = set->conditions[i].item};
        bool is_again = i > 0 && text_equal(place.item, set->conditions[i - 1].item);
        if (!is_again && text_equal(place.form, run->form) &&
            is_hidden(run, run->instance, place))
            out->hidden[out->hidden_count++] = place;
    }
}

static void run_check(const struct rule_run *run, const struct rule_check *check,
                      struct rule_results *out)
{
    if (!check->fires(run))
        return;
    out->findings[out->finding_count++] =
        (struct rule_finding){.check = check->check,
                              .severity = check->severity,
                              .english = check->english,
                              .chinese = check->chinese,
                              .places = check->places,
                              .place_count = check->place_count};
}

void rules_run_form(const struct rule_world *world, struct text form,
                    struct arena *scratch, struct rule_results *out)
{
    *out = (struct rule_results){0};
    struct rule_run run = {.set = set,
                           .world = world,
                           .scratch = scratch,
                           .form = form,
                           .instance = -1,
                           .is_present = true};
    derive_all(&run);
    out->derived = run.derived;
    out->derived_count = run.derived_count;
    find_hidden(&run, out);
    out->findings = ARENA_ARRAY(scratch, struct rule_finding, set->check_count);
    for (size_t i = 0; i < set->check_count; i++)
        if (text_equal(set->checks[i].form, form))
            run_check(&run, &set->checks[i], out);
}

void rules_run_enrolment(const struct rule_world *world, struct arena *scratch,
                         struct rule_results *out)
{
    *out = (struct rule_results){0};
    out->findings = ARENA_ARRAY(scratch, struct rule_finding, set->check_count);
    struct rule_run run = {0};
    for (size_t i = 0; i < set->check_count; i++) {
        const struct rule_check *check = &set->checks[i];
        if (!text_equal(check->form, run.form)) {
            run = (struct rule_run){.set = set,
                                    .world = world,
                                    .scratch = scratch,
                                    .form = check->form,
                                    .is_present =
                                        world->instances(world->data, check->form) > 0,
                                    .is_enrolment_planned = true};
            derive_all(&run);
        }
        if (check->severity == RULE_HARD)
            run_check(&run, check, out);
    }
}

bool rules_concern_form(struct text form)
{
    for (size_t i = 0; i < set->condition_count; i++)
        if (text_equal(set->conditions[i].form, form))
            return true;
    for (size_t i = 0; i < set->derivation_count; i++)
        if (text_equal(set->derivations[i].form, form))
            return true;
    for (size_t i = 0; i < set->check_count; i++)
        if (text_equal(set->checks[i].form, form))
            return true;
    return false;
}
