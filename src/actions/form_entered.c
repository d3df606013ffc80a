#include "actions/form_entered.h"

bool form_entered_add(struct db *db, const struct form_key *key, int64_t user,
                      struct arena *arena, struct form_entered *out, struct error *err)
{
    struct form_state *form = NULL;
    struct stored_value *values = NULL;
    size_t count = 0;
    if (!form_find(db, key, arena, &form, err))
        return false;
    out->form = form == NULL ? 0 : form->id;
    if (form == NULL)
        return true;
    if (!form_values(db, form->id, arena, &values, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (values[i].version.seq > out->latest)
            out->latest = values[i].version.seq;
        out->is_by_caller = out->is_by_caller ||
                            (values[i].by == user && source_is_person(values[i].source));
    }
    return true;
}
