/* What is frozen or locked: the sentence of a refused save, and what is shown. */
#include "actions/people.h"
#include "actions/record_lock.h"
#include "actions/study_state.h"
#include "base/datetime.h"

/* "2026-11-22T02:00:00Z" */
static struct text instant_text(int64_t instant, struct arena *arena)
{
    char text[MOMENT_TEXT_SIZE];
    struct moment moment = moment_of_instant(instant, 0);
    moment.precision = MOMENT_MINUTE;
    size_t len = moment_print(&moment, text);
    return text_copy(arena, (struct text){.at = text, .len = len});
}

static const char *scope_words(const struct record_lock *lock)
{
    return lock->participant == 0 ? "the data base"
           : lock->form == 0      ? "this participant"
                                  : "this form";
}

bool record_open_check(struct db *db, int64_t participant, int64_t form,
                       struct arena *arena, struct error *err)
{
    struct record_lock *lock = NULL;
    struct user *by = NULL;
    if (!lock_find(db, participant, form, arena, &lock, err))
        return false;
    if (lock == NULL)
        return true;
    if (!user_by_id(db, lock->user, arena, &by, err))
        return false;
    bool is_frozen = lock->state == LOCK_FROZEN;
    error_set(err, ERROR_LOCKED, "%s was %s by %s at %s", scope_words(lock),
              is_frozen ? "frozen" : "locked", by == NULL ? "?" : by->name.at,
              instant_text(lock->at, arena).at);
    return error_hint(err, is_frozen
                               ? "ask a data manager or the monitor to unfreeze it, "
                                 "then send it again"
                               : "ask a data manager and the principal investigator "
                                 "to unlock it, then send it again");
}

/* --- shown ------------------------------------------------------------------------------ */

static bool name_of(struct people *people, int64_t id, struct text *name,
                    struct text *full_name, struct error *err)
{
    const struct user *user = NULL;
    if (!people_user(people, id, &user, err))
        return false;
    *name = user == NULL ? TEXT("") : user->name;
    if (full_name != NULL && user != NULL)
        *full_name = user->full_name;
    return true;
}

static bool show(struct people *people, const struct record_lock *lock,
                 struct lock_shown *out, struct error *err)
{
    *out = (struct lock_shown){.lock = *lock};
    return name_of(people, lock->user, &out->by_name, &out->by_full_name, err) &&
           name_of(people, lock->first_user, &out->first_name, NULL, err) &&
           name_of(people, lock->proposed_by, &out->proposed_name, NULL, err);
}

static bool show_all(struct db *db, int64_t participant, int64_t form,
                     struct arena *arena, struct lock_view *out, struct error *err)
{
    struct record_lock *list = NULL;
    struct people people = people_of(db, arena);
    size_t count = 0;
    if (!lock_list(db, participant, arena, &list, &count, err))
        return false;
    out->at = ARENA_ARRAY(arena, struct lock_shown, count);
    for (size_t i = 0; i < count; i++) {
        bool is_here = list[i].form == 0 || list[i].form == form || form < 0;
        if (!is_here)
            continue;
        bool holds = list[i].state != LOCK_OPEN && (form >= 0 || list[i].form == 0);
        out->is_held = out->is_held || holds;
        if (!show(&people, &list[i], &out->at[out->count++], err))
            return false;
    }
    return true;
}

bool lock_view_read(struct db *db, const struct caller *caller,
                    const struct participant *participant, int64_t form,
                    struct arena *arena, struct lock_view *out, struct error *err)
{
    struct error ignored;
    *out = (struct lock_view){
        .may_freeze = caller_must_for(caller, PERMISSION_FREEZE, participant, &ignored),
        .may_unfreeze =
            caller_must_for(caller, PERMISSION_UNFREEZE, participant, &ignored),
        .may_lock = caller_must_for(caller, PERMISSION_LOCK, participant, &ignored),
        .may_unlock =
            caller_must_for(caller, PERMISSION_UNLOCK, participant, &ignored)};
    return show_all(db, participant->id, form, arena, out, err);
}

bool database_lock_read(struct study *study, const struct caller *caller,
                        struct arena *arena, struct lock_view *out, struct error *err)
{
    bool may =
        caller_may(caller, PERMISSION_SIGN_DATABASE_LOCK, (struct text){0}, false);
    struct db *db = store_reader(study->store);
    *out = (struct lock_view){.may_lock = may, .may_unlock = may};
    bool is_read = show_all(db, 0, 0, arena, out, err);
    store_reader_return(study->store, db);
    return is_read;
}
