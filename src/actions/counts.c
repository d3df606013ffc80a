#include "actions/counts.h"

#include "actions/form_save_parts.h"
#include "store/counted.h"

/* --- rows ----------------------------------------------------------------------------- */

static struct datum run_at(struct world *world, const struct program *program,
                           const struct engine_place *place)
{
    if (world->count_run == NULL)
        world->count_run = run_new(world->arena, world->arena);
    world->count_run->world = &world->book->world;
    return run_program(world->count_run, program, place).value;
}

/* False: nobody finds this row. A moment that is not known to the last counts for what it
 * surely leaves: 10:00 begins at the end of that minute, and ends at its beginning. */
static bool row_at(struct world *world, const struct count_rule *rule,
                   const struct engine_place *place, struct counted_row *out)
{
    struct datum key = run_at(world, rule->key, place);
    *out = (struct counted_row){
        .row = place->row, .begins = COUNTED_ALWAYS, .ends = COUNTED_OPEN};
    if (key.kind != DATUM_TEXT || datum_as_text(key).len == 0)
        return false;
    out->key = datum_as_text(key);
    if (rule->begins != NULL) {
        struct datum begins = run_at(world, rule->begins, place);
        if (begins.kind != DATUM_MOMENT)
            return false;
        out->begins = datum_last_instant(begins, world->offset_minutes);
    }
    if (rule->ends != NULL) {
        struct datum ends = run_at(world, rule->ends, place);
        if (ends.kind == DATUM_MOMENT)
            out->ends = ends.as.coefficient;
    }
    return true;
}

/* One person's records: this one, the one attached to it, the one it is attached to. */
static void take_own(const struct world *world, int64_t own[COUNTED_OWN])
{
    own[0] = world->participant->id;
    own[1] = world->attached;
    own[2] = world->participant->attached_to;
}

/* --- asking --------------------------------------------------------------------------- */

static const struct count_rule *rule_for(const struct world *world, int32_t property)
{
    const struct count_rules *counts = world->rulebook->counts;
    for (size_t i = 0; counts != NULL && i < counts->rule_count; i++)
        if (counts->rules[i].property == property)
            return &counts->rules[i];
    return NULL;
}

static struct datum count_at(struct world *world, const struct count_rule *rule,
                             const struct engine_place *place)
{
    struct counted_row row;
    struct counted_wanted wanted = {.count = rule->count->name, .like = &row};
    struct counted_place *found = NULL;
    size_t count = 0;
    if (place->instance < 0 || !row_at(world, rule, place, &row))
        return datum_of_kind(DATUM_EMPTY);
    take_own(world, wanted.own);
    if (!counted_like(world->db, &wanted, world->arena, &found, &count,
                      &world->error)) {
        world->is_failed = true;
        return datum_of_kind(DATUM_EMPTY);
    }
    return datum_whole((int64_t)count);
}

bool counts_ask(struct world *world, const struct question *question, struct datum *out)
{
    const struct count_rule *rule = rule_for(world, question->subject);
    if (rule == NULL)
        return false;
    struct engine_place place = {.form = question->which,
                                 .instance = question->instance,
                                 .row = rule->group < 0 ? 0 : question->row};
    *out = place.form == rule->form ? count_at(world, rule, &place)
                                    : datum_of_kind(DATUM_EMPTY);
    return true;
}

void counts_keep(struct world *world)
{
    const struct count_rules *counts = world->rulebook->counts;
    if (counts == NULL || world->current == NULL || world->current->instance == NULL)
        return;
    const struct sheet_instance *instance = world->current->instance;
    struct engine_place place = {.form = instance->form,
                                 .instance =
                                     sheet_position(world->book->sheet, instance)};
    for (size_t i = 0; i < counts->rule_count; i++)
        if (counts->rules[i].form == instance->form && counts->rules[i].group < 0)
            sheet_set_property(world->book->sheet, counts->rules[i].property,
                               count_at(world, &counts->rules[i], &place));
}

/* --- others whose answer changes -------------------------------------------------------- */

struct releasing {
    struct txn *txn;
    struct text count;
    int64_t own[COUNTED_OWN];
};

/* By the program: whoever saves here has perhaps no right to see the other participant. */
static bool make_due(struct txn *txn, const struct counted_place *place,
                     struct error *err)
{
    struct origin origin = {.device = TEXT("osteon"), .language = TEXT("en")};
    struct form_states forms;
    if (!form_list(txn_db(txn), place->participant, txn_arena(txn), &forms, err))
        return false;
    for (size_t i = 0; i < forms.count; i++) {
        struct wake_set content = {.key = forms.list[i].key, .wakes_at = txn_now(txn)};
        if (forms.list[i].id == place->form)
            return txn_append(txn, LOG_EVENT_WAKE_SET, &origin, place->participant,
                              &content, NULL, err);
    }
    return true;
}

static bool release_row(const struct releasing *releasing,
                        const struct counted_row *row, struct error *err)
{
    struct counted_wanted wanted = {.count = releasing->count, .like = row};
    struct counted_place *found = NULL;
    size_t count = 0;
    for (size_t i = 0; i < COUNTED_OWN; i++)
        wanted.own[i] = releasing->own[i];
    if (!counted_like(txn_db(releasing->txn), &wanted, txn_arena(releasing->txn),
                      &found, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if ((i == 0 || found[i].form != found[i - 1].form) &&
            !make_due(releasing->txn, &found[i], err))
            return false;
    return true;
}

bool counts_release(struct txn *txn, int64_t participant, struct error *err)
{
    struct counted_rows rows;
    if (!counted_of_participant(txn_db(txn), participant, txn_arena(txn), &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        struct releasing releasing = {
            .txn = txn, .count = rows.counts[i], .own = {participant}};
        if (!release_row(&releasing, &rows.at[i], err))
            return false;
    }
    return true;
}

/* --- after a save --------------------------------------------------------------------- */

static bool has_row(const struct counted_row *rows, size_t count,
                    const struct counted_row *row)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].row == row->row && rows[i].begins == row->begins &&
            rows[i].ends == row->ends && text_equal(rows[i].key, row->key))
            return true;
    return false;
}

/* Rows of `rows` that are not among `others`, as they are there, change answers. */
static bool release_rows(const struct releasing *releasing,
                         const struct counted_row *rows, size_t count,
                         const struct counted_row *others, size_t other_count,
                         struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!has_row(others, other_count, &rows[i]) &&
            !release_row(releasing, &rows[i], err))
            return false;
    return true;
}

static size_t rows_now(struct world *world, const struct count_rule *rule,
                       const struct sheet_instance *instance, struct counted_row **out)
{
    const struct shape *shape = world->book->set->shape;
    int32_t first = shape->forms[instance->form].first_group;
    int32_t last = rule->group < 0 ? 0 : instance->groups[rule->group - first].rows;
    size_t count = 0;
    struct engine_place place = {.form = instance->form,
                                 .instance =
                                     sheet_position(world->book->sheet, instance)};
    *out = ARENA_ARRAY(world->arena, struct counted_row, (size_t)last + 1);
    for (place.row = rule->group < 0 ? 0 : 1; place.row <= last; place.row++)
        count += row_at(world, rule, &place, &(*out)[count]);
    return count;
}

static bool save_rows(struct form_save *save, const struct count_rule *rule,
                      const struct world_form *form, const struct origin *origin,
                      struct error *err)
{
    struct world *world = &save->world;
    struct counted_row *now = NULL;
    size_t count = rows_now(world, rule, form->instance, &now);
    struct counted_rows before = {0};
    struct releasing releasing = {.txn = save->txn, .count = rule->count->name};
    if (form->state.id != 0 &&
        !counted_of_form(world->db, form->state.id, rule->count->name, save->arena,
                         &before, err))
        return false;
    bool is_same = count == before.count;
    for (size_t i = 0; i < count && is_same; i++)
        is_same = has_row(before.at, before.count, &now[i]);
    if (is_same)
        return true;
    struct rows_counted content = {.key = form->state.key,
                                   .count = rule->count->name,
                                   .rows = now,
                                   .row_count = count};
    take_own(world, releasing.own);
    return txn_append(save->txn, LOG_EVENT_ROWS_COUNTED, origin,
                      content.key.participant, &content, NULL, err) &&
           release_rows(&releasing, before.at, before.count, now, count, err) &&
           release_rows(&releasing, now, count, before.at, before.count, err);
}

/* Did the save or the rules change anything that a count reads? Where the rules run by
 * themselves it is looked at anyhow: answers of an import have no rows yet. */
static bool reads_change(const struct form_save *save)
{
    const struct world *world = &save->world;
    const struct rulebook *rulebook = world->rulebook;
    const struct count_rules *counts = rulebook->counts;
    const struct world_form *current = world->current;
    if (current == NULL)
        return true;
    for (size_t i = 0; i < world->book->change_count; i++) {
        const struct rule *rule = &rulebook->set->rules[world->book->changes[i].rule];
        if (rule->kind != RULE_FIRES && counts->reads_item[rule->item])
            return true;
    }
    if (current->instance == NULL || !counts->reads_form[current->instance->form])
        return false;
    for (size_t i = 0; i < save->content.change_count; i++) {
        int32_t item = rulebook_item(rulebook, current->instance->form,
                                     save->content.changes[i].item);
        if (item >= 0 && counts->reads_item[item])
            return true;
    }
    return false;
}

bool save_counts(struct form_save *save, const struct origin *origin, struct error *err)
{
    const struct world *world = &save->world;
    const struct count_rules *counts = world->rulebook->counts;
    if (counts == NULL || world->book == NULL || !reads_change(save))
        return true;
    for (size_t i = 0; i < counts->rule_count; i++)
        for (size_t k = 0; k < world->form_count; k++) {
            const struct world_form *form = &world->forms[k];
            if (form->instance != NULL &&
                form->instance->form == counts->rules[i].form &&
                !save_rows(save, &counts->rules[i], form, origin, err))
                return false;
        }
    return true;
}
