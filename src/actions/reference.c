#include "actions/reference.h"

#include "actions/import_reference.h"
#include "actions/study_state.h"
#include "store/read_export.h"

#include <stdlib.h>

/* The item's place in the section; SIZE_MAX: the design in force has none. */
static size_t place_in(const struct item_group *group, struct text oid)
{
    for (size_t i = 0; group != NULL && i < group->item_count; i++)
        if (text_equal(group->items[i]->oid, oid))
            return i;
    return SIZE_MAX;
}

static int compare_values(const void *a, const void *b)
{
    const struct record_value *left = a;
    const struct record_value *right = b;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    if (left->item_at != right->item_at)
        return left->item_at < right->item_at ? -1 : 1;
    return text_compare(left->oid, right->oid);
}

/* True: it may be shown. */
static bool take_value(const struct item_group *group,
                       const struct export_value *stored, struct record_value *out)
{
    size_t at = place_in(group, stored->oid);
    *out = (struct record_value){.oid = stored->oid,
                                 .group = group,
                                 .item_at = at,
                                 .row = stored->row,
                                 .answer = stored->answer};
    if (at != SIZE_MAX)
        out->item = group->items[at];
    return stored->answer.missing != MISSING_CLEARED && !stored->answer.is_in_vault &&
           record_is_open(out->item);
}

static bool read_section(struct db *db, const struct design *design,
                         const struct form_state *state, struct arena *arena,
                         struct record_section *out, struct error *err)
{
    struct export_value *stored = NULL;
    size_t count = 0;
    *out = (struct record_section){.oid = state->key.form,
                                   .group = design_group(design, state->key.form)};
    if (!export_values(db, state->id, arena, &stored, &count, err))
        return false;
    struct record_value *values = ARENA_ARRAY(arena, struct record_value, count + 1);
    for (size_t i = 0; i < count; i++)
        out->count += take_value(out->group, &stored[i], &values[out->count]) ? 1 : 0;
    if (out->count > 1)
        qsort(values, out->count, sizeof *values, compare_values);
    out->values = values;
    return true;
}

static bool is_among(const struct record_section *sections, size_t count,
                     const struct item_group *group)
{
    for (size_t i = 0; i < count; i++)
        if (sections[i].group == group)
            return true;
    return false;
}

bool reference_sections(struct db *db, const struct design *design, struct arena *arena,
                        struct record_section **out, size_t *count, struct error *err)
{
    struct form_states states;
    *count = 0;
    if (!form_list(db, REFERENCE_PARTICIPANT, arena, &states, err))
        return false;
    *out = ARENA_ARRAY(arena, struct record_section,
                       states.count + design->group_count + 1);
    for (size_t i = 0; i < states.count; i++)
        if (!read_section(db, design, &states.list[i], arena, &(*out)[(*count)++], err))
            return false;
    for (size_t i = 0; i < design->group_count; i++) {
        const struct item_group *group = &design->groups[i];
        if (group->is_reference && !is_among(*out, states.count, group))
            (*out)[(*count)++] =
                (struct record_section){.oid = group->oid, .group = group};
    }
    return true;
}

/* They are of no site: who may view one casebook may view them. */
static bool may_view(const struct caller *caller)
{
    for (size_t i = 0; i < caller->grant_count; i++)
        if (caller_may(caller, PERMISSION_VIEW_CASEBOOK, caller->grants[i].site, true))
            return true;
    return false;
}

bool reference_read(struct study *study, const struct caller *caller,
                    struct arena *arena, struct record_section **out, size_t *count,
                    struct error *err)
{
    if (!may_view(caller) &&
        !caller_must(caller, PERMISSION_VIEW_CASEBOOK, (struct text){0}, false, err))
        return caller_refused(study, caller, 0, err);
    struct db *db = store_reader(study->store);
    bool is_read = reference_sections(db, study_design(study), arena, out, count, err);
    store_reader_return(study->store, db);
    return is_read;
}
