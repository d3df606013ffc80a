#include "actions/import_rules.h"

#include "actions/record_lock.h"
#include "actions/rule_wakes.h"
#include "model/rulebook.h"
#include "store/event_content.h"
#include "store/import.h"

/* Of the log, in one step: some tens of participants. */
enum { STEP_EVENTS = 200, STEP_ARENA = 64 * 1024 };

static struct caller the_program(void)
{
    return (struct caller){.device = TEXT("osteon"), .language = TEXT("en")};
}

/* `waiting->import` 0: nothing is to be run now. */
static bool read_step(struct study *study, struct arena *arena,
                      struct import_waiting *waiting, int64_t **list, size_t *count,
                      struct error *err)
{
    struct error lock = {0};
    struct db *db = store_reader(study_store(study));
    *waiting = (struct import_waiting){0};
    bool is_open = record_open_check(db, 0, 0, arena, &lock);
    bool is_read =
        !is_open ||
        (import_rules_waiting(db, waiting, err) &&
         (waiting->import == 0 ||
          import_rules_next(db, waiting, STEP_EVENTS, arena, list, count, err)));
    store_reader_return(study_store(study), db);
    if (is_open || lock.code == ERROR_LOCKED)
        return is_read;
    *err = lock;
    return false;
}

struct noting {
    struct act act;
    struct import_rules_run content;
};

static bool note(struct act *act, struct txn *txn, struct error *err)
{
    struct noting *noting = (struct noting *)act;
    struct origin origin = caller_origin(act->caller);
    return txn_append(txn, LOG_EVENT_IMPORT_RULES_RUN, &origin, 0, &noting->content,
                      NULL, err);
}

static bool run_step(struct study *study, struct arena *arena, bool *is_more,
                     struct error *err)
{
    struct import_waiting waiting;
    struct caller program = the_program();
    int64_t *list = NULL;
    size_t count = 0;
    if (!read_step(study, arena, &waiting, &list, &count, err))
        return false;
    if (waiting.import == 0)
        return true;
    for (size_t i = 0; i < count; i++)
        if (!rules_wake_whole(study, list[i], "what was imported", err))
            return false;
    struct noting noting = {
        .act = act_of(study, &program, arena, note),
        .content = {.import = waiting.import, .through = waiting.through}};
    *is_more = act_run(&noting.act, err);
    return *is_more;
}

bool import_rules_step(struct study *study, bool *is_more, struct error *err)
{
    *is_more = false;
    *err = (struct error){0};
    /* A design without rules: nothing is run, and nothing said. */
    if (study_rulebook(study, study_design(study))->set == NULL)
        return true;
    struct arena *arena = arena_new(STEP_ARENA);
    bool is_done = run_step(study, arena, is_more, err);
    arena_free(arena);
    return is_done;
}
