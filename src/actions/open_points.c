#include "actions/open_points.h"

#include "actions/people.h"
#include "actions/program_values.h"
#include "actions/study_state.h"
#include "base/limits.h"
#include "base/utf8.h"

static const struct open_point *point_named(const struct design *design,
                                            struct text name)
{
    for (size_t i = 0; i < design->open_point_count; i++)
        if (text_equal(design->open_points[i].name, name))
            return &design->open_points[i];
    return NULL;
}

static bool check_words(struct text words, const char *where, struct error *err)
{
    size_t at = 0;
    if (text_is_absent(words) ||
        (text_trim(words).len > 0 && words.len <= LIMIT_REASON &&
         utf8_is_printable(words, &at)))
        return true;
    error_set(err, ERROR_REFUSED, "1 to %d bytes of text are needed here",
              LIMIT_REASON);
    return error_where(err, at, "%s", where);
}

static bool same(struct text a, struct text b)
{
    return text_is_absent(a) == text_is_absent(b) && text_equal(a, b);
}

static bool is_same(const struct point_choice *stands,
                    const struct point_confirmed *content, int64_t user)
{
    return stands->user == user && same(stands->confirmed.choice, content->choice) &&
           same(stands->confirmed.reason, content->reason) &&
           same(stands->confirmed.reference, content->reference);
}

/* The decision that stands; NULL: none. */
static bool find_standing(struct txn *txn, struct text point,
                          const struct point_choice **out, struct error *err)
{
    struct point_choice *list = NULL;
    size_t count = 0;
    *out = NULL;
    if (!point_list(txn_db(txn), txn_arena(txn), &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (text_equal(list[i].confirmed.point, point))
            *out = &list[i];
    return true;
}

/* Nothing is changed silently: neither a default nor an earlier decision. */
static bool check_reason(const struct point_confirmed *content,
                         const struct open_point *point,
                         const struct point_choice *stands, struct error *err)
{
    bool is_default = text_equal(content->choice, point->choice.english);
    if ((stands == NULL && is_default) || !text_is_absent(content->reason))
        return check_words(content->reason, "reason", err);
    return reason_check(content->reason, err);
}

bool point_confirm(struct act *act, struct txn *txn, struct error *err)
{
    struct point_confirm *verb = (struct point_confirm *)act;
    struct origin origin = caller_origin(act->caller);
    const struct point_choice *stands = NULL;
    if (!caller_must(act->caller, PERMISSION_CHANGE_CONFIGURATION, (struct text){0},
                     false, err))
        return false;
    const struct open_point *point = point_named(study_design(act->study), verb->point);
    if (point == NULL)
        return error_set(err, ERROR_NOT_FOUND, "the study has no open point %.*s",
                         TEXT_ARG(verb->point));
    struct point_confirmed content = {
        .point = point->name,
        .choice = text_is_absent(verb->choice) ? point->choice.english : verb->choice,
        .reason = verb->reason,
        .reference = verb->reference};
    if (!check_words(content.choice, "choice", err) ||
        !check_words(content.reference, "reference", err) ||
        !find_standing(txn, point->name, &stands, err))
        return false;
    if (stands != NULL && is_same(stands, &content, act->caller->user))
        return true;
    if ((stands == NULL ? 0 : stands->seq) != verb->seen) {
        error_set(err, ERROR_CHANGED, "%.*s was decided meanwhile",
                  TEXT_ARG(point->name));
        return error_hint(err, "look at that decision first");
    }
    return check_reason(&content, point, stands, err) &&
           txn_append(txn, LOG_EVENT_OPEN_POINT_CONFIRMED, &origin, 0, &content, NULL,
                      err);
}

static bool read_decisions(struct db *db, struct arena *arena,
                           struct point_decisions *out, struct error *err)
{
    struct point_choice *list = NULL;
    struct people people = people_of(db, arena);
    if (!point_list(db, arena, &list, &out->count, err))
        return false;
    struct point_decision *decisions =
        ARENA_ARRAY(arena, struct point_decision, out->count);
    out->at = decisions;
    for (size_t i = 0; i < out->count; i++) {
        const struct user *user = NULL;
        if (!people_user(&people, list[i].user, &user, err))
            return false;
        decisions[i] = (struct point_decision){
            .seq = list[i].seq,
            .point = list[i].confirmed.point,
            .choice = list[i].confirmed.choice,
            .reason = list[i].confirmed.reason,
            .reference = list[i].confirmed.reference,
            .by_name = user == NULL ? TEXT("") : user->name,
            .by_full_name = user == NULL ? TEXT("") : user->full_name,
            .at = list[i].at};
    }
    return true;
}

bool point_decisions_read(struct study *study, struct arena *arena,
                          struct point_decisions *out, struct error *err)
{
    struct db *db = store_reader(study->store);
    bool is_read = read_decisions(db, arena, out, err);
    store_reader_return(study->store, db);
    return is_read;
}
