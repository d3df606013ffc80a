/* Which second checks wait. */
#include "actions/form_place.h"
#include "actions/people.h"
#include "actions/second_check.h"
#include "actions/second_check_parts.h"
#include "actions/study.h"

enum second_check_way second_check_way_of(const struct item *item, bool is_own_entry)
{
    switch (item->second_check) {
    case SECOND_CHECK_NONE: break;
    case SECOND_CHECK_REPEAT: return SECOND_CHECK_BY_TYPING;
    case SECOND_CHECK_PERSON:
        return is_own_entry ? SECOND_CHECK_NOT_BY_CALLER : SECOND_CHECK_BY_SIGHT;
    case SECOND_CHECK_EITHER:
        return is_own_entry ? SECOND_CHECK_BY_TYPING : SECOND_CHECK_BY_SIGHT;
    }
    return SECOND_CHECK_NOT_BY_CALLER;
}

static bool wants_check(const struct design *design, struct text oid,
                        const struct item **item)
{
    *item = design_item(design, oid);
    return *item != NULL && (*item)->second_check != SECOND_CHECK_NONE;
}

bool second_checks_count(struct db *db, const struct design *design,
                         const struct form_state *form, struct arena *arena,
                         int64_t *count, struct error *err)
{
    struct unchecked_value *values = NULL;
    size_t value_count = 0;
    const struct item *item = NULL;
    *count = 0;
    if (!unchecked_values(db, form->key.participant, form->id, arena, &values,
                          &value_count, err))
        return false;
    for (size_t i = 0; i < value_count; i++)
        *count += wants_check(design, values[i].item, &item);
    return true;
}

/* What is being read, so that each part has few parameters. */
struct reading {
    const struct caller *caller;
    const struct participant *participant;
    struct people people;
    struct second_check_list *out;
    struct error *err;
};

static bool name_of(struct reading *reading, int64_t id, struct text *out)
{
    const struct user *user = NULL;
    if (!people_user(&reading->people, id, &user, reading->err))
        return false;
    *out = user == NULL ? (struct text){0} : user->name;
    return true;
}

static bool may(const struct reading *reading, const struct form_state *form,
                const struct design *design, const struct item *item)
{
    struct error ignored;
    return caller_must_for(reading->caller, PERMISSION_SECOND_CHECK,
                           reading->participant, &ignored) &&
           item_right_check(reading->caller, design, reading->participant,
                            form->key.form, item, &ignored);
}

static bool add(struct reading *reading, const struct form_state *form,
                const struct design *design, const struct unchecked_value *value)
{
    const struct item *item = NULL;
    if (value->form != form->id || !wants_check(design, value->item, &item))
        return true;
    struct second_check_open *open = &reading->out->at[reading->out->count++];
    *open = (struct second_check_open){
        .key = form->key,
        .item = item,
        .way = may(reading, form, design, item)
                   ? second_check_way_of(item, reading->caller->user == value->by)
                   : SECOND_CHECK_NOT_BY_CALLER,
        .value = *value};
    return name_of(reading, value->by, &open->by_name) &&
           name_of(reading, value->checked_by, &open->checked_by_name);
}

bool second_checks_of(const struct second_check_asker *asker,
                      const struct participant *participant,
                      const struct form_state *forms, size_t form_count,
                      struct second_check_list *out, struct error *err)
{
    struct unchecked_value *values = NULL;
    size_t count = 0;
    struct reading reading = {.caller = asker->caller,
                              .participant = participant,
                              .people = people_of(asker->db, asker->arena),
                              .out = out,
                              .err = err};
    *out = (struct second_check_list){0};
    if (!unchecked_values(asker->db, participant->id, form_count == 1 ? forms[0].id : 0,
                          asker->arena, &values, &count, err))
        return false;
    out->at = ARENA_ARRAY(asker->arena, struct second_check_open, count);
    for (size_t i = 0; i < form_count; i++) {
        const struct design *design = NULL;
        if (!study_design_version(asker->study, forms[i].design_version, &design, err))
            return false;
        for (size_t k = 0; k < count; k++)
            if (!add(&reading, &forms[i], design, &values[k]))
                return false;
    }
    return true;
}
