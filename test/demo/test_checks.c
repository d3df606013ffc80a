/* The planted faults of section 9.2 of the specification against the checks of the whole
 * study: each fault that entered data can show is found by the check named there, the hard
 * checks listed as consequences fire, and no other hard check does. Everything is
 * SYNTHETIC. */
#include "demo/cohort.h"
#include "demo/demo.h"
#include "demo/diary.h"
#include "demo/faults.h"

#include "store/log_entry.h"
#include "support/folder.h"
#include "support/replay.h"
#include "support/unit.h"

static const uint64_t seeds[] = {1, 2, 3};
enum { SEEDS = sizeof seeds / sizeof seeds[0] };

// clang-format off
/* number in 9.2, who carries it, what finds it; whether that stands at the simulated now */
static const struct {
    int number;
    enum planted_fault fault;
    const char *check;
    bool is_open;
} found_by[] = {
    {1, FAULT_AGE,        "CK001", false}, /* closed by the correction */
    {1, FAULT_AGE,        "CK002", false},
    {2, FAULT_REPUNCTURE, "CK007", false}, /* asked before the puncture, which is given up */
    {3, FAULT_DWELL,      "CK102", false}, /* the alarm ends with the removal */
    {3, FAULT_DWELL,      "CK103", true},
    {4, FAULT_SWAPPED_H2, "CK071", true},
    {4, FAULT_SWAPPED_H4, "CK071", true},
    {5, FAULT_CREATININE, "CK080", true},
    {6, FAULT_D_DIMER,    "CK084", true},
    {7, FAULT_LIDOCAINE,  "CK048", true},
    {7, FAULT_LIDOCAINE,  "CK049", true},  /* overridden with a reason */
    {9, FAULT_LATE_SAE,   "CK100", false}, /* ended by the report */
};

/* What 9.2 names besides, and why it cannot be found yet. */
static const struct {
    int number;
    const char *check, *why;
    bool is_rule; /* the study has it; else alarms are no rules of their own yet */
} not_yet[] = {
    {2,  "AL03",  "alarms with their levels and receivers come with the safety desk; CK007 is what it looks at", false},
    {3,  "AL04",  "as AL03; CK102 is what it looks at", false},
    {3,  "AL05",  "as AL04", false},
    {7,  "AL11",  "as AL03; CK048 and CK049 are what it looks at", false},
    {9,  "AL16",  "as AL03; CK100 is what it looks at", false},
    {8,  "CK117", "class B: a pump sends without association, and there are no feeds", true},
    {10, "CK086", "class B: a corrected message for a locked form; no feeds, no locks", true},
    {11, "CK087", "class B: the quarantine of messages", true},
};
// clang-format on

struct cohort_found {
    struct test_folder place;
    struct study *study;
    struct arena *arena;
    struct cohort *cohort;
    struct diary diary;
    struct replay *replay;
};

static void replay_log(struct replay *replay, struct study *study)
{
    struct error err;
    struct hash head;
    struct log_row row;
    int64_t last = 0;
    struct db *db = store_reader(study_store(study));
    struct arena *arena = arena_new(SIZE_MAX / 2);
    ASSERT_OK(log_head(db, &last, &head, &err), &err);
    for (int64_t seq = 1; seq <= last; seq++) {
        arena_reset(arena);
        ASSERT_OK(log_event(db, seq, arena, &row, &err), &err);
        if (row.kind == LOG_EVENT_VALUES_SAVED)
            replay_save(replay, row.content, row.server_time);
        if (row.kind == LOG_EVENT_PARTICIPANT_ENROLLED)
            replay_enrol(replay, row.participant, row.server_time);
    }
    arena_free(arena);
    store_reader_return(study_store(study), db);
}

static void find_all(struct cohort_found *it, uint64_t seed)
{
    struct error err;
    struct demo_figures figures;
    struct demo demo = {.participants = DEMO_PARTICIPANTS, .seed = seed};
    folder_place(&it->place);
    it->place.options.clock = NULL;
    ASSERT_OK(demo_create(&it->place.options, &err), &err);
    ASSERT_OK(study_open(&it->place.options, &it->study, &err), &err);
    ASSERT_OK(demo_fill(it->study, &demo, &figures, &err), &err);
    it->arena = arena_new(SIZE_MAX / 2);
    it->cohort = cohort_draw(it->arena, seed, DEMO_PARTICIPANTS);
    it->diary = diary_in(it->arena, seed);
    cohort_write(it->cohort, &it->diary);
    it->replay = replay_begin(study_design(it->study), (int64_t)figures.screened);
    replay_log(it->replay, it->study);
    replay_pass(it->replay, simulated_now);
}

static int begin(void **state)
{
    static struct cohort_found all[SEEDS];
    for (size_t i = 0; i < SEEDS; i++)
        find_all(&all[i], seeds[i]);
    *state = all;
    return 0;
}

static int end(void **state)
{
    struct cohort_found *all = *state;
    for (size_t i = 0; i < SEEDS; i++) {
        replay_end(all[i].replay);
        arena_free(all[i].arena);
        study_close(all[i].study);
        folder_gone(&all[i].place);
    }
    return 0;
}

static const struct patient *patient_of(const struct cohort_found *it,
                                        enum planted_fault fault)
{
    for (size_t i = 0; i < it->cohort->count; i++)
        if (it->cohort->patients[i].fault == (int32_t)fault)
            return &it->cohort->patients[i];
    fail_msg("nobody carries fault %d", (int)fault);
    return NULL;
}

/* Participants are numbered as their records are begun. */
static int64_t carrier_of(const struct cohort_found *it, enum planted_fault fault)
{
    const struct patient *patient = patient_of(it, fault);
    int64_t number = 0;
    for (size_t i = 0; i < it->diary.count; i++) {
        const struct step *step = it->diary.steps[i];
        number += step->kind == STEP_SCREEN;
        if (step->kind == STEP_SCREEN && step->patient == patient->index)
            return number;
    }
    fail_msg("patient %zu has no record", patient->index + 1);
    return 0;
}

static bool is_planted(const struct cohort_found *it, struct text check,
                       int64_t participant)
{
    for (size_t i = 0; i < ARRAY_COUNT(found_by); i++)
        if (text_equal(check, text_of(found_by[i].check)) &&
            carrier_of(it, found_by[i].fault) == participant)
            return true;
    return false;
}

static void each_fault_of_entered_data_is_found_by_its_check(void **state)
{
    const struct cohort_found *all = *state;
    for (size_t s = 0; s < SEEDS; s++)
        for (size_t i = 0; i < ARRAY_COUNT(found_by); i++) {
            int64_t who = carrier_of(&all[s], found_by[i].fault);
            struct text check = text_of(found_by[i].check);
            if (replay_count(all[s].replay, check, who) == 0)
                fail_msg("seed %d: fault %d is not found by %s", (int)seeds[s],
                         found_by[i].number, found_by[i].check);
            bool is_open = replay_open(all[s].replay, check, who) > 0;
            if (is_open != found_by[i].is_open)
                fail_msg("seed %d: %s of fault %d is %s", (int)seeds[s],
                         found_by[i].check, found_by[i].number,
                         is_open ? "open" : "closed");
        }
}

static void no_other_hard_check_fires_anywhere(void **state)
{
    const struct cohort_found *all = *state;
    size_t fired = 0;
    for (size_t s = 0; s < SEEDS; s++) {
        const struct design *design = study_design(all[s].study);
        for (size_t i = 0; i < design->check_count; i++) {
            const struct study_check *check = &design->checks[i];
            for (int64_t who = 1; who <= (int64_t)all[s].cohort->count; who++) {
                size_t count = replay_count(all[s].replay, check->oid, who);
                if (check->severity != CHECK_HARD || count == 0)
                    continue;
                fired += count;
                if (!is_planted(&all[s], check->oid, who))
                    fail_msg("seed %d: %.*s fires for participant %d", (int)seeds[s],
                             TEXT_ARG(check->oid), (int)who);
            }
        }
    }
    /* CK001, CK002, CK007, CK049, CK103 once and CK071 twice. */
    assert_int_equal(fired, 7 * SEEDS);
}

static void no_rule_fails_to_be_computed(void **state)
{
    const struct cohort_found *all = *state;
    for (size_t s = 0; s < SEEDS; s++)
        assert_int_equal(replay_faults(all[s].replay), 0);
}

static int64_t entered(struct step *step, const char *item)
{
    int64_t number = 0;
    assert_true(text_to_int64(step_find(step, item, 0)->value, &number));
    return number;
}

/* CK072: the mean lies more than 15 mmHg from DBP + (SBP - DBP) / 3. */
static void swapped_pressures_are_far_from_the_formula_where_the_gap_is_wide(
    void **state)
{
    static const struct {
        enum planted_fault fault;
        const char *event;
    } swapped[] = {{FAULT_SWAPPED_H2, "SE.H2"}, {FAULT_SWAPPED_H4, "SE.H4"}};
    struct cohort_found *all = *state;
    for (size_t s = 0; s < SEEDS; s++)
        for (size_t i = 0; i < ARRAY_COUNT(swapped); i++) {
            int64_t who = carrier_of(&all[s], swapped[i].fault);
            struct step *step =
                diary_find(&all[s].diary, patient_of(&all[s], swapped[i].fault)->index,
                           swapped[i].event, "F.VS");
            int64_t low = entered(step, "I.VS.DBP"), mean = entered(step, "I.VS.MAP");
            int64_t high = entered(step, "I.VS.SBP");
            int64_t apart = 3 * mean - 2 * low - high;
            bool is_wide = (apart < 0 ? -apart : apart) > 3 * 15;
            assert_int_equal(replay_count(all[s].replay, TEXT("CK072"), who), is_wide);
        }
}

/* Goes red when one of them can be found: then it belongs into the first table. */
static void what_cannot_be_found_yet_has_its_reason(void **state)
{
    const struct cohort_found *all = *state;
    for (size_t i = 0; i < ARRAY_COUNT(not_yet); i++) {
        struct text check = text_of(not_yet[i].check);
        if (replay_knows(all[0].replay, check) != not_yet[i].is_rule)
            fail_msg("fault %d: %s is a rule now; it was not: %s", not_yet[i].number,
                     not_yet[i].check, not_yet[i].why);
        for (int64_t who = 1; who <= (int64_t)all[0].cohort->count; who++)
            assert_int_equal(replay_count(all[0].replay, check, who), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault_of_entered_data_is_found_by_its_check),
        cmocka_unit_test(no_other_hard_check_fires_anywhere),
        cmocka_unit_test(no_rule_fails_to_be_computed),
        cmocka_unit_test(
            swapped_pressures_are_far_from_the_formula_where_the_gap_is_wide),
        cmocka_unit_test(what_cannot_be_found_yet_has_its_reason),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
