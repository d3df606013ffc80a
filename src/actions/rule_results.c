#include "actions/rule_results.h"

#include "model/answer_datum.h"

int32_t rule_rows(const struct world *world, const struct rule *rule,
                  const struct sheet_instance *instance)
{
    int32_t first = world->rulebook->set->shape->forms[rule->form].first_group;
    return rule->group < 0 ? 0 : instance->groups[rule->group - first].rows;
}

static struct text oid_of(const struct world *world, int32_t item)
{
    return world->rulebook->dictionary->items[item].oid;
}

/* --- derived -------------------------------------------------------------------------- */

static void add_derived(const struct world *world, const struct book_change *change,
                        struct rule_results *out)
{
    const struct rule *rule = &world->rulebook->set->rules[change->rule];
    /* What could not be computed is followed by the empty value that it leaves. */
    if (rule->kind != RULE_DERIVES || change->value.kind == DATUM_FAULT)
        return;
    out->derived[out->derived_count++] = (struct rule_derived){
        .item = oid_of(world, rule->item),
        .row = change->row,
        .has_value = datum_has_value(change->value),
        .value = datum_answer(change->value, world->offset_minutes, world->arena)};
}

static void find_derived(const struct world *world, int32_t serial,
                         struct rule_results *out)
{
    const struct book *book = world->book;
    out->derived = ARENA_ARRAY(world->arena, struct rule_derived, book->change_count);
    for (size_t i = 0; i < book->change_count; i++)
        if (book->changes[i].serial == serial) {
            out->has_changes = true;
            add_derived(world, &book->changes[i], out);
        }
}

/* --- hidden --------------------------------------------------------------------------- */

static void find_hidden_by(const struct world *world, const struct world_form *form,
                           const struct rule *rule, struct rule_results *out)
{
    int32_t rows = rule_rows(world, rule, form->instance);
    for (int32_t row = rows == 0 ? 0 : 1; row <= rows; row++) {
        const struct cell *cell =
            sheet_cell(world->book->sheet, form->instance, rule->item, row);
        if (cell != NULL && cell->is_hidden)
            out->hidden[out->hidden_count++] =
                (struct rule_place){.form = form->state.key.form,
                                    .item = oid_of(world, rule->item),
                                    .row = row};
    }
}

/* --- findings ------------------------------------------------------------------------- */

static const struct rule_place *places_of(const struct world *world,
                                          const struct study_check *check, int64_t row)
{
    const struct dictionary *dictionary = world->rulebook->dictionary;
    struct rule_place *places =
        ARENA_ARRAY(world->arena, struct rule_place, check->also_count + 1);
    for (size_t i = 0; i <= check->also_count; i++) {
        const struct item *item = i == 0 ? check->item : check->also[i - 1];
        int32_t at = dictionary_item_of(dictionary, item->oid);
        bool is_in_rows = dictionary->groups[dictionary->items[at].group].is_repeating;
        places[i] = (struct rule_place){
            .form = dictionary->forms[dictionary->items[at].form].oid,
            .item = item->oid,
            .row = is_in_rows ? row : 0};
    }
    return places;
}

static void find_findings_of(const struct world *world, const struct world_form *form,
                             int32_t r, struct rule_results *out)
{
    const struct study_check *check = world->rulebook->checks[r];
    int32_t rows = rule_rows(world, &world->rulebook->set->rules[r], form->instance);
    if (check->severity == CHECK_ALARM)
        return;
    for (int32_t row = rows == 0 ? 0 : 1; row <= rows; row++)
        if (book_fires(world->book, r, form->instance->serial, row))
            out->findings[out->finding_count++] =
                (struct rule_finding){.check = check,
                                      .places = places_of(world, check, row),
                                      .place_count = check->also_count + 1};
}

/* --- all of it ------------------------------------------------------------------------ */

/* Rows × rules of the form at most. */
static size_t most_places(const struct world *world, const struct world_form *form)
{
    size_t most = 0;
    const struct rule_set *set = world->rulebook->set;
    for (int32_t r = 0; r < set->rule_count; r++)
        if (set->rules[r].form == form->instance->form) {
            int32_t rows = rule_rows(world, &set->rules[r], form->instance);
            most += rows == 0 ? 1 : (size_t)rows;
        }
    return most;
}

struct rule_results rule_results_of(const struct world *world,
                                    const struct world_form *form)
{
    struct rule_results out = {0};
    if (world->book == NULL || form == NULL || form->instance == NULL)
        return out;
    const struct rule_set *set = world->rulebook->set;
    size_t most = most_places(world, form);
    out.hidden = ARENA_ARRAY(world->arena, struct rule_place, most);
    out.findings = ARENA_ARRAY(world->arena, struct rule_finding, most);
    find_derived(world, form->instance->serial, &out);
    for (int32_t r = 0; r < set->rule_count; r++) {
        if (set->rules[r].form != form->instance->form)
            continue;
        if (set->rules[r].kind == RULE_SHOWS)
            find_hidden_by(world, form, &set->rules[r], &out);
        else if (set->rules[r].kind == RULE_FIRES)
            find_findings_of(world, form, r, &out);
    }
    return out;
}

bool rule_has_run(const struct world *world, const struct world_form *form,
                  struct text check, int64_t row)
{
    if (world->book == NULL || form == NULL || form->instance == NULL)
        return false;
    for (int32_t r = 0; r < world->rulebook->set->rule_count; r++)
        if (world->rulebook->checks[r] != NULL &&
            text_equal(world->rulebook->checks[r]->oid, check))
            return book_has_run(world->book, r, form->instance->serial, (int32_t)row);
    return false;
}

bool rule_hides(const struct rule_results *results, struct text item, int64_t row)
{
    for (size_t i = 0; i < results->hidden_count; i++)
        if (results->hidden[i].row == row && text_equal(results->hidden[i].item, item))
            return true;
    return false;
}
