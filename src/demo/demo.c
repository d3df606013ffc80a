#include "demo/demo.h"

#include "actions/users.h"
#include "base/limits.h"
#include "demo/cohort.h"
#include "demo/enter.h"
#include "demo/registers.h"
#include "model/builtin_study.h"

/* 2025-11-17T09:00+08:00, the Monday before the study begins. */
static const int64_t set_up = INT64_C(1763341200) * SECONDS;

bool demo_create(const struct store_options *options, struct error *err)
{
    struct test_clock time = {.instant = set_up};
    struct clock clock = test_clock(&time);
    struct store_options created = *options;
    created.clock = &clock;
    struct study_new new = {
        .design_xml = {.at = (const char *)builtin_study,
                       .len = (uintptr_t)builtin_study_end - (uintptr_t)builtin_study},
        .is_demo = true,
        .demo_now = simulated_now};
    return study_create(&created, &new, err);
}

/* --- people ------------------------------------------------------------------------------ */

static bool add_person(struct study *study, const struct caller *operator_,
                       enum staff who, struct arena *arena, const struct user **out,
                       struct error *err)
{
    const struct staff_row *row = &staff_rows[who];
    struct test_clock time = {.instant = set_up + (int64_t)(who + 5) * 3 * MINUTES};
    struct clock clock = test_clock(&time);
    struct grant grant = {.role = row->role};
    struct user_add verb = {
        .act = act_of(study, operator_, arena, user_add),
        .name = row->name,
        .full_name = row->full_name,
        .grants = &grant,
        .grant_count = 1,
    };
    verb.act.clock = &clock;
    if (!act_run(&verb.act, err))
        return false;
    *out = verb.user;
    return true;
}

static bool add_people(struct study *study, struct arena *arena,
                       const struct user *people[STAFF_COUNT], struct error *err)
{
    struct caller by = caller_operator(TEXT("osteon demo"));
    for (size_t i = 0; i < STAFF_COUNT; i++)
        if (!add_person(study, &by, (enum staff)i, arena, &people[i], err))
            return false;
    return true;
}

bool demo_links(struct study *study, struct arena *arena,
                struct demo_link out[STAFF_ROLES], struct error *err)
{
    struct caller by = caller_operator(TEXT("osteon demo"));
    for (size_t i = 0; i < STAFF_ROLES; i++) {
        struct user *user = NULL;
        out[i] = (struct demo_link){.staff = (enum staff)i};
        if (!users_find(study, &by, staff_rows[i].name, arena, &user, err))
            return false;
        if (user->has_password)
            continue;
        struct user_act verb = {.act = act_of(study, &by, arena, user_reset),
                                .user = user->id};
        if (!act_run(&verb.act, err))
            return false;
        for (size_t k = 0; k < TOKEN_TEXT; k++)
            out[i].token[k] = verb.link[k];
    }
    return true;
}

/* --- the cohort ------------------------------------------------------------------------------ */

bool demo_fill(struct study *study, const struct demo *demo, struct demo_figures *out,
               struct error *err)
{
    struct arena *arena = arena_new(SIZE_MAX / 2);
    const struct user *people[STAFF_COUNT];
    struct cohort *cohort = cohort_draw(arena, demo->seed, demo->participants);
    struct diary diary = diary_in(arena, demo->seed);
    cohort_write(cohort, &diary);
    bool is_filled = add_people(study, arena, people, err) &&
                     demo_registers(study, people, set_up + 3 * HOURS, arena, err) &&
                     diary_enter(&diary, cohort, study, people, demo, err);
    *out = (struct demo_figures){
        .screened = cohort->count, .enrolled = cohort->enrolled, .steps = diary.count};
    arena_free(arena);
    return is_filled;
}
