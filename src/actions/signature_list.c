/* The signatures that are there, as they are shown. */
#include "actions/people.h"
#include "actions/signature_parts.h"

static bool name_signer(struct people *people, struct signature_shown *shown,
                        struct error *err)
{
    const struct user *by = NULL;
    if (!people_user(people, shown->stored.user, &by, err))
        return false;
    if (by != NULL) {
        shown->by_name = by->name;
        shown->by_full_name = by->full_name;
    }
    return true;
}

/* Changes of an attached provisional record void the signature of the casebook too. */
static bool find_changed(struct db *db, const struct participant *participant,
                         struct signature_shown *shown, struct error *err)
{
    int64_t attached = 0;
    int64_t changed = 0;
    if (shown->stored.form != 0)
        return true;
    if (!participant_attached_to(db, participant->id, &attached, err) ||
        (attached != 0 && !participant_changed(db, attached, &changed, err)))
        return false;
    if (changed > shown->stored.changed)
        shown->stored.changed = changed;
    return true;
}

static bool list_changes(struct db *db, struct signature_shown *shown,
                         struct arena *arena, struct error *err)
{
    struct stored_value *values = NULL;
    size_t count = 0;
    if (shown->stands || shown->stored.form == 0)
        return true;
    if (!form_values(db, shown->stored.form, arena, &values, &count, err))
        return false;
    shown->changed = ARENA_ARRAY(arena, struct item_place, count);
    for (size_t i = 0; i < count; i++)
        if (values[i].version.seq > shown->stored.seq &&
            (shown->stored.row == 0 || values[i].row == shown->stored.row))
            shown->changed[shown->changed_count++] =
                (struct item_place){.item = values[i].item, .row = values[i].row};
    return true;
}

bool signatures_of(struct db *db, const struct participant *participant,
                   const struct form_state *form, struct arena *arena,
                   struct signatures *out, struct error *err)
{
    struct stored_signature *list = NULL;
    struct people people = people_of(db, arena);
    size_t count = 0;
    bool has_standing = false;
    *out = (struct signatures){0};
    if (!signature_list(db, participant->id, form == NULL ? 0 : form->id, arena, &list,
                        &count, err))
        return false;
    out->at = ARENA_ARRAY(arena, struct signature_shown, count);
    for (size_t i = 0; i < count; i++) {
        struct signature_shown *shown = &out->at[out->count];
        enum signature_meaning meaning;
        *shown = (struct signature_shown){.stored = list[i]};
        if (!find_changed(db, participant, shown, err))
            return false;
        shown->stands = shown->stored.changed < shown->stored.seq;
        has_standing = has_standing || shown->stands;
        /* Of those that fell the last one says enough. */
        if (!shown->stands && (has_standing || i > 0))
            continue;
        if (signature_meaning_parse(shown->stored.meaning, &meaning))
            shown->meaning = signature_meaning_label(meaning);
        if (!name_signer(&people, shown, err) || !list_changes(db, shown, arena, err))
            return false;
        out->count++;
    }
    return true;
}

bool form_is_signed(struct db *db, int64_t participant, int64_t form,
                    struct arena *arena, bool *out, struct error *err)
{
    struct stored_signature *list = NULL;
    size_t count = 0;
    *out = false;
    if (!signature_list(db, participant, -1, arena, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        *out =
            *out || (list[i].row == 0 && (list[i].form == form || list[i].form == 0) &&
                     list[i].changed < list[i].seq);
    return true;
}
