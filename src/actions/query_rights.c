#include "actions/query_rights.h"

#include "actions/query.h"

static const enum permission permissions[QUERY_STEPS] = {
    [QUERY_STEP_OPEN] = PERMISSION_RAISE_QUERY,
    [QUERY_STEP_ANSWER] = PERMISSION_ANSWER_QUERY,
    [QUERY_STEP_CLOSE] = PERMISSION_CLOSE_QUERY,
    [QUERY_STEP_REOPEN] = PERMISSION_CLOSE_QUERY,
    [QUERY_STEP_CANCEL] = PERMISSION_RAISE_QUERY,
    [QUERY_STEP_ASSIGN] = PERMISSION_RAISE_QUERY,
};

bool query_right_check(const struct caller *caller, enum query_step_kind step,
                       const struct participant *participant, struct error *err)
{
    return caller_must_for(caller, permissions[step], participant, err);
}

bool query_can_be_assigned(const struct user *user, struct text site)
{
    return !user->is_disabled &&
           (permission_allows(user->grants, user->grant_count, PERMISSION_ANSWER_QUERY,
                              site, false) ||
            permission_allows(user->grants, user->grant_count, PERMISSION_CLOSE_QUERY,
                              site, false));
}

/* --- separation of duties ---------------------------------------------------------------- */

/* What a person did before. */
enum part { PART_ENTERED, PART_ANSWERED, PART_NOT_OPENED };

/* Who did the one does not do the other with the same query. */
static const struct {
    enum part did;
    enum query_step_kind step;
    const char *why;
} forbidden[] = {
    {PART_ENTERED, QUERY_STEP_CLOSE, "you entered the value that it asks about"},
    {PART_ENTERED, QUERY_STEP_CANCEL, "you entered the value that it asks about"},
    {PART_ANSWERED, QUERY_STEP_CLOSE, "you answered this query"},
    {PART_ANSWERED, QUERY_STEP_CANCEL, "you answered this query"},
    {PART_NOT_OPENED, QUERY_STEP_CANCEL,
     "a query is cancelled by the person who opened it, or by the data manager"},
};

static bool is_about(const struct stored_query *query, struct text item, int64_t row)
{
    return text_is_absent(query->item) ||
           (query->row == row && text_equal(query->item, item));
}

static bool is_author(const struct stored_query *query,
                      const struct stored_value *values, size_t count, int64_t user)
{
    for (size_t i = 0; i < count; i++)
        if (values[i].by == user && source_is_person(values[i].source) &&
            is_about(query, values[i].item, values[i].row))
            return true;
    return false;
}

/* Any answer that stands there now, beside the current one too. */
static bool has_entered(struct db *db, const struct stored_query *query, int64_t user,
                        struct arena *arena, bool *out, struct error *err)
{
    struct stored_value *values = NULL;
    size_t count = 0;
    if (query->form == 0)
        return true;
    if (!form_values(db, query->form, arena, &values, &count, err))
        return false;
    *out = is_author(query, values, count, user);
    if (*out)
        return true;
    if (!form_branches(db, query->form, arena, &values, &count, err))
        return false;
    *out = is_author(query, values, count, user);
    return true;
}

/* The second entry of a value that was typed twice. */
static bool has_typed_again(struct db *db, const struct stored_query *query,
                            int64_t user, struct arena *arena, bool *out,
                            struct error *err)
{
    struct unchecked_value *values = NULL;
    size_t count = 0;
    if (query->form == 0)
        return true;
    if (!unchecked_values(db, query->participant, query->form, arena, &values, &count,
                          err))
        return false;
    for (size_t i = 0; i < count; i++)
        *out = *out || (values[i].differs && values[i].checked_by == user &&
                        is_about(query, values[i].item, values[i].row));
    return true;
}

static bool has_answered(struct db *db, const struct stored_query *query, int64_t user,
                         struct arena *arena, bool *out, struct error *err)
{
    struct stored_query_step *steps = NULL;
    size_t count = 0;
    if (!query_steps(db, query->id, arena, &steps, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        *out = *out || (steps[i].step == QUERY_STEP_ANSWER && steps[i].by == user);
    return true;
}

static bool is_data_manager(const struct caller *caller)
{
    for (size_t i = 0; i < caller->grant_count; i++)
        if (caller->grants[i].role == ROLE_DM)
            return true;
    return false;
}

/* What the program asked is closed, not cancelled, but by the data manager. */
static bool did(struct db *db, const struct caller *caller, enum part part,
                const struct stored_query *query, struct arena *arena, bool *out,
                struct error *err)
{
    *out = false;
    switch (part) {
    case PART_ENTERED:
        return has_entered(db, query, caller->user, arena, out, err) &&
               (*out || has_typed_again(db, query, caller->user, arena, out, err));
    case PART_ANSWERED: return has_answered(db, query, caller->user, arena, out, err);
    case PART_NOT_OPENED:
        *out = query->opened_by != caller->user && !is_data_manager(caller);
        return true;
    }
    return true;
}

bool query_duty_check(struct db *db, const struct caller *caller,
                      enum query_step_kind step, const struct stored_query *query,
                      struct arena *arena, struct error *err)
{
    for (size_t i = 0; i < ARRAY_COUNT(forbidden); i++) {
        bool has_done = false;
        if (forbidden[i].step != step)
            continue;
        if (!did(db, caller, forbidden[i].did, query, arena, &has_done, err))
            return false;
        if (!has_done)
            continue;
        error_set(err, ERROR_NOT_ALLOWED, "not allowed: %s", forbidden[i].why);
        return error_hint(err, "another person who may close queries does it");
    }
    return true;
}
