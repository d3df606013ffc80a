#include "store/register.h"

#include "store/db.h"
#include "store/names.h"

struct loading {
    struct arena *arena;
    struct register_line *lines;
    size_t line_count, line_capacity;
    struct stored_register_step *steps; /* in the order of the log */
    int64_t *lines_of;                  /* of `steps` */
    size_t step_count, step_capacity;
};

/* --- the steps ------------------------------------------------------------------------ */

static void add_step(struct loading *loading, const struct rows *rows)
{
    struct arena *arena = loading->arena;
    struct stored_register_step step = {
        .moment = {rows_number(rows, 0), rows_number(rows, 6), rows_number(rows, 7)},
        .change = (enum register_change)rows_number(rows, 5),
        .reason = rows_copy(rows, 8, arena),
        .ends_on = rows_copy(rows, 9, arena)};
    if (step.change == REGISTER_ADDED) {
        loading->lines = ARENA_GROW(arena, loading->lines, loading->line_count,
                                    &loading->line_capacity);
        loading->lines[loading->line_count++] =
            (struct register_line){.id = rows_number(rows, 1),
                                   .site = rows_copy(rows, 3, arena),
                                   .person = rows_number(rows, 4),
                                   .added = step.moment};
    }
    size_t capacity = loading->step_capacity;
    loading->lines_of =
        ARENA_GROW(arena, loading->lines_of, loading->step_count, &capacity);
    loading->steps =
        ARENA_GROW(arena, loading->steps, loading->step_count, &loading->step_capacity);
    loading->lines_of[loading->step_count] = rows_number(rows, 1);
    loading->steps[loading->step_count++] = step;
}

static bool load_steps(struct loading *loading, struct db *db, struct text name,
                       struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_REGISTER_STEPS, BINDS(bind_text(name)));
    while (rows_next(&rows))
        add_step(loading, &rows);
    return rows_end(&rows, err);
}

static bool load_entries(struct loading *loading, struct db *db, struct text name,
                         struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_REGISTER_VALUES, BINDS(bind_text(name)));
    struct register_entry *entries = NULL;
    size_t step = 0, count = 0, capacity = 0;
    while (rows_next(&rows)) {
        int64_t seq = rows_number(&rows, 0);
        if (count == 0 || loading->steps[step].moment.seq != seq) {
            while (step < loading->step_count && loading->steps[step].moment.seq < seq)
                step++;
            ASSERT(step < loading->step_count);
            count = capacity = 0;
            entries = NULL;
        }
        entries = ARENA_GROW(loading->arena, entries, count, &capacity);
        entries[count++] =
            (struct register_entry){.field = rows_copy(&rows, 1, loading->arena),
                                    .value = rows_copy(&rows, 2, loading->arena)};
        loading->steps[step].entries = entries;
        loading->steps[step].entry_count = count;
    }
    return rows_end(&rows, err);
}

/* --- a line is the sum of its steps --------------------------------------------------- */

static void put_entry(struct register_entry *entries, size_t *count,
                      struct register_entry entry)
{
    for (size_t i = 0; i < *count; i++)
        if (text_equal(entries[i].field, entry.field)) {
            entries[i].value = entry.value;
            return;
        }
    entries[(*count)++] = entry;
}

static void sum_step(struct register_line *line,
                     const struct stored_register_step *step)
{
    switch (step->change) {
    case REGISTER_ADDED: break;
    case REGISTER_CORRECTED: /* what was agreed to has changed */
        line->agreed = (struct register_moment){0};
        break;
    case REGISTER_AGREED: line->agreed = step->moment; break;
    case REGISTER_ENDED:
        line->ended = step->moment;
        line->end_reason = step->reason;
        line->ends_on = step->ends_on;
        break;
    }
}

static void sum_line(const struct loading *loading, struct register_line *line)
{
    size_t steps = 0, entries = 0;
    for (size_t i = 0; i < loading->step_count; i++)
        if (loading->lines_of[i] == line->id) {
            steps++;
            entries += loading->steps[i].entry_count;
        }
    struct stored_register_step *of_line =
        ARENA_ARRAY(loading->arena, struct stored_register_step, steps);
    struct register_entry *now =
        ARENA_ARRAY(loading->arena, struct register_entry, entries);
    for (size_t i = 0; i < loading->step_count; i++) {
        const struct stored_register_step *step = &loading->steps[i];
        if (loading->lines_of[i] != line->id)
            continue;
        of_line[line->step_count++] = *step;
        for (size_t k = 0; k < step->entry_count; k++)
            put_entry(now, &line->entry_count, step->entries[k]);
        sum_step(line, step);
    }
    line->steps = of_line;
    line->entries = now;
}

bool register_lines(struct db *db, struct text name, struct arena *arena,
                    struct register_line **out, size_t *count, struct error *err)
{
    struct loading loading = {.arena = arena};
    if (!load_steps(&loading, db, name, err))
        return false;
    if (loading.step_count > 0 && !load_entries(&loading, db, name, err))
        return false;
    for (size_t i = 0; i < loading.line_count; i++)
        sum_line(&loading, &loading.lines[i]);
    *out = loading.lines;
    *count = loading.line_count;
    return true;
}

bool register_latest(struct db *db, struct text name, int64_t *out, struct error *err)
{
    return db_number(db, STATEMENT_REGISTER_STEP_LATEST, BINDS(bind_text(name)), out,
                     err);
}

struct text register_value(const struct register_line *line, const char *field)
{
    for (size_t i = 0; i < line->entry_count; i++)
        if (text_equal(line->entries[i].field, text_of(field)))
            return line->entries[i].value;
    return TEXT("");
}

bool identity_of(struct db *db, int64_t user, struct arena *arena,
                 struct stored_identity *out, struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_IDENTITY_OF, BINDS(bind_number(user)));
    *out = (struct stored_identity){0};
    while (rows_next(&rows)) /* the latest one stands */
        *out = (struct stored_identity){.verified = {rows_number(&rows, 1),
                                                     rows_number(&rows, 2),
                                                     rows_number(&rows, 3)},
                                        .how = rows_copy(&rows, 4, arena),
                                        .certified_on = rows_copy(&rows, 5, arena)};
    return rows_end(&rows, err);
}

bool lots_used(struct db *db, struct text form, struct text item, struct arena *arena,
               struct lot_used **out, size_t *count, struct error *err)
{
    struct lot_used *list = NULL;
    size_t capacity = 0;
    int64_t form_number = 0, item_number = 0;
    *count = 0;
    if (!names_find(db, form, &form_number, err) ||
        !names_find(db, item, &item_number, err))
        return false;
    struct rows rows =
        db_query(db, STATEMENT_LOT_USED,
                 BINDS(bind_number(item_number), bind_number(form_number)));
    while (rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        list[(*count)++] = (struct lot_used){.site = rows_copy(&rows, 0, arena),
                                             .lot = rows_copy(&rows, 1, arena),
                                             .count = rows_number(&rows, 2)};
    }
    *out = list;
    return rows_end(&rows, err);
}
