/* Alarms of the whole study (AL20): the planned number is enrolled, or enrolment is more
 * than a quarter behind the pace of the registered dates. They are counted, for no answer
 * of one participant says so. */
#include "actions/alarm_parts.h"
#include "actions/study_state.h"
#include "model/setting_value.h"
#include "store/reads.h"

enum { READ_ARENA = 256 * 1024 };

static int64_t setting_instant(const struct design *design, struct text name)
{
    int32_t offset = design->site_count == 0 ? 0 : design->sites[0].offset_minutes;
    for (size_t i = 0; i < design->setting_count; i++)
        if (text_equal(design->settings[i].name, name)) {
            struct datum value = setting_datum(&design->settings[i], offset);
            return value.kind == DATUM_MOMENT ? value.as.coefficient : 0;
        }
    return 0;
}

/* enrolled < 3/4 of target × the part of the time that has passed: in whole numbers. */
static bool is_behind(const struct design *design, int64_t enrolled, int64_t now)
{
    int64_t first = setting_instant(design, TEXT("enrolment_first")) / INSTANT_SECOND;
    int64_t last = setting_instant(design, TEXT("enrolment_last")) / INSTANT_SECOND;
    int64_t passed = now / INSTANT_SECOND - first;
    if (first == 0 || last <= first || passed <= 0)
        return false;
    if (passed > last - first)
        passed = last - first;
    return 4 * enrolled * (last - first) <
           3 * (int64_t)design->enrolment_target * passed;
}

static bool stands(const struct design *design, enum alarm_cause cause,
                   int64_t enrolled, int64_t now)
{
    /* A study that has not begun to enrol is not behind. */
    if (design->enrolment_target <= 0 || enrolled == 0)
        return false;
    switch (cause) {
    case ALARM_BY_ENROLMENT_CAP: return enrolled >= design->enrolment_target;
    case ALARM_BY_ENROLMENT_PACE: return is_behind(design, enrolled, now);
    case ALARM_BY_CHECK: break;
    }
    return false;
}

static const struct stored_alarm *open_among(const struct alarm_list *list,
                                             const struct alarm_step *step)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->at[i].step, step->oid))
            return &list->at[i];
    return NULL;
}

/* What is counted beside what is open. */
struct comparing {
    const struct design *design;
    int64_t enrolled, now;
    struct alarm_list open;
    bool differs;
    struct txn *txn; /* NULL: only looks */
};

static bool read_state(struct comparing *comparing, struct db *db, struct arena *arena,
                       struct error *err)
{
    return participants_enrolled(db, &comparing->enrolled, err) &&
           alarms_of(db, 0, arena, &comparing->open, err);
}

static bool change(struct comparing *comparing, const struct study_alarm *kind,
                   const struct alarm_step *step, const struct stored_alarm *open,
                   struct error *err)
{
    struct origin program = {.device = TEXT("osteon")};
    comparing->differs = true;
    if (comparing->txn == NULL)
        return true;
    if (open != NULL) {
        struct alarm_ended ended = {.alarm = open->seq};
        return txn_append(comparing->txn, LOG_EVENT_ALARM_ENDED, &program, 0, &ended,
                          NULL, err);
    }
    struct alarm_raised raised = alarm_raise(kind, step, comparing->now);
    return txn_append(comparing->txn, LOG_EVENT_ALARM_RAISED, &program, 0, &raised,
                      NULL, err);
}

static bool compare(struct comparing *comparing, struct error *err)
{
    const struct design *design = comparing->design;
    for (size_t i = 0; i < design->alarm_count; i++)
        for (size_t k = 0; k < design->alarms[i].step_count; k++) {
            const struct alarm_step *step = &design->alarms[i].steps[k];
            const struct stored_alarm *open = open_among(&comparing->open, step);
            if (step->cause != ALARM_BY_CHECK &&
                stands(design, step->cause, comparing->enrolled, comparing->now) !=
                    (open != NULL) &&
                !change(comparing, &design->alarms[i], step, open, err))
                return false;
        }
    return true;
}

bool alarms_of_study(struct act *act, struct txn *txn, struct error *err)
{
    struct comparing comparing = {
        .design = study_design(act->study), .now = txn_now(txn), .txn = txn};
    return read_state(&comparing, txn_db(txn), txn_arena(txn), err) &&
           compare(&comparing, err);
}

bool alarms_of_study_differ(struct study *study, bool *out, struct error *err)
{
    struct arena *arena = arena_new(READ_ARENA);
    struct comparing comparing = {.design = study_design(study),
                                  .now = study_now(study)};
    struct db *db = store_reader(study->store);
    bool is_read = read_state(&comparing, db, arena, err);
    store_reader_return(study->store, db);
    bool is_compared = is_read && compare(&comparing, err);
    *out = comparing.differs;
    arena_free(arena);
    return is_compared;
}
