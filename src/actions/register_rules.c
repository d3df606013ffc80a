#include "actions/register_rules.h"

#include "actions/record_lock.h"
#include "actions/register.h"
#include "actions/rule_wakes.h"
#include "actions/study_state.h"
#include "model/rulebook.h"
#include "store/wakes.h"

enum { STEP_PARTICIPANTS = 20, STEP_ARENA = 256 * 1024 };

/* Those that rules read: the delegation log gates callers, lots are looked up by the page. */
static const char *const names[] = {"ICFV", "CONF"};

static bool latest_step(struct db *db, int64_t *out, struct error *err)
{
    *out = 0;
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        int64_t seq = 0;
        if (!register_latest(db, text_of(names[i]), &seq, err))
            return false;
        *out = seq > *out ? seq : *out;
    }
    return true;
}

/* --- moments in the lines -------------------------------------------------------------- */

static void take_moment(const struct design *design, const struct register_line *line,
                        struct text moment, int64_t after, int64_t *first)
{
    int64_t at = 0;
    if (register_instant(design, line, moment, &at) && at > after &&
        (*first == 0 || at < *first))
        *first = at;
}

/* The first moment after `after` at which a line begins or ends; 0: none. */
static bool first_moment(struct db *db, const struct design *design, int64_t after,
                         struct arena *arena, int64_t *out, struct error *err)
{
    *out = 0;
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        struct register_line *lines = NULL;
        size_t count = 0;
        if (!register_lines(db, text_of(names[i]), arena, &lines, &count, err))
            return false;
        for (size_t k = 0; k < count; k++) {
            take_moment(design, &lines[k], register_value(&lines[k], "IN_FORCE"), after,
                        out);
            take_moment(design, &lines[k], lines[k].ends_on, after, out);
        }
    }
    return true;
}

/* --- a run ----------------------------------------------------------------------------- */

/* Begins one when a step or a moment is new. Most looks end in the second line. */
static bool look(struct study *study, struct db *db, struct arena *arena,
                 struct error *err)
{
    struct register_run *run = &study->register_run;
    struct registers_ruled ruled;
    int64_t latest = 0;
    int64_t now = study_now(study);
    if (!latest_step(db, &latest, err))
        return false;
    if (latest == 0 ||
        (latest == run->known && (run->next_moment == 0 || now < run->next_moment)))
        return true;
    if (!registers_ruled_read(db, &ruled, err) ||
        !first_moment(db, study_design(study), ruled.at, arena, &run->next_moment, err))
        return false;
    run->known = latest;
    bool is_due = run->next_moment != 0 && run->next_moment <= now;
    if (ruled.seq == latest && !is_due)
        return true;
    run->is_under_way = true;
    run->seq = latest;
    run->at = now;
    run->participant = 0;
    return true;
}

/* The next ones; fewer than asked for: there are no more. */
static bool next_participants(struct study *study, struct db *db, struct arena *arena,
                              int64_t list[STEP_PARTICIPANTS], size_t *count,
                              struct error *err)
{
    int64_t last = study->register_run.participant;
    *count = 0;
    while (*count < STEP_PARTICIPANTS) {
        struct participant *participant = NULL;
        if (!participant_after(db, last, arena, &participant, err))
            return false;
        if (participant == NULL)
            return true;
        last = participant->id;
        list[(*count)++] = last;
    }
    return true;
}

/* `*is_to_run` false: nothing is to be run now. */
static bool read_step(struct study *study, struct arena *arena,
                      int64_t list[STEP_PARTICIPANTS], size_t *count, bool *is_to_run,
                      struct error *err)
{
    struct error lock = {0};
    struct db *db = store_reader(study->store);
    bool is_open = record_open_check(db, 0, 0, arena, &lock);
    bool is_read =
        !is_open || study->register_run.is_under_way || look(study, db, arena, err);
    *is_to_run = is_open && is_read && study->register_run.is_under_way;
    if (*is_to_run)
        is_read = next_participants(study, db, arena, list, count, err);
    store_reader_return(study->store, db);
    if (is_open || lock.code == ERROR_LOCKED)
        return is_read;
    *err = lock;
    return false;
}

static bool note(struct txn *txn, void *data, struct error *err)
{
    return registers_ruled_note(txn, data, err);
}

/* From now on the next moment counts from this run. */
static bool end_run(struct study *study, struct error *err)
{
    struct register_run *run = &study->register_run;
    struct registers_ruled ruled = {.seq = run->seq, .at = run->at};
    struct unit unit = {.apply = note, .data = &ruled};
    if (!store_write(study->store, &unit, err))
        return false;
    run->is_under_way = false;
    run->known = 0;
    return true;
}

static bool run_step(struct study *study, struct arena *arena, bool *is_more,
                     struct error *err)
{
    struct register_run *run = &study->register_run;
    int64_t list[STEP_PARTICIPANTS];
    size_t count = 0;
    bool is_to_run = false;
    if (!read_step(study, arena, list, &count, &is_to_run, err))
        return false;
    if (!is_to_run)
        return true;
    for (size_t i = 0; i < count; i++) {
        if (!rules_wake_whole(study, list[i], "a changed register", err))
            return false;
        run->participant = list[i];
    }
    *is_more = count == STEP_PARTICIPANTS;
    return *is_more || end_run(study, err);
}

bool register_rules_step(struct study *study, bool *is_more, struct error *err)
{
    *is_more = false;
    *err = (struct error){0};
    /* A design without rules: nothing is run. */
    if (study_rulebook(study, study_design(study))->set == NULL)
        return true;
    struct arena *arena = arena_new(STEP_ARENA);
    bool is_done = run_step(study, arena, is_more, err);
    arena_free(arena);
    return is_done;
}
