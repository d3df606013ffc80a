/* Who looks whether rules are due: once a second, by the study's clock. It asks the index
 * for the first moment, so that waiting costs next to nothing however many wait; and what
 * fell due while nobody served comes first. */
#include "actions/import_rules.h"
#include "actions/record_lock.h"
#include "actions/register_rules.h"
#include "actions/rule_wakes.h"
#include "actions/study_state.h"
#include "store/wakes.h"
#include "system/log.h"

#include <time.h>

enum { DUE_AT_ONCE = 256, ACT_ARENA = 16 * 1024 };

/* In a locked data base nothing is due: what the rules would say waits for the unlock. */
static bool read_due(struct study *study, struct arena *arena, struct wake_list *out,
                     struct error *err)
{
    struct error lock = {0};
    struct db *db = store_reader(study->store);
    *out = (struct wake_list){0};
    bool is_open = record_open_check(db, 0, 0, arena, &lock);
    bool is_read =
        is_open && wakes_due(db, study_now(study), DUE_AT_ONCE, arena, out, err);
    store_reader_return(study->store, db);
    if (!is_open && lock.code != ERROR_LOCKED)
        *err = lock;
    return is_read;
}

static bool has_had_turn(const struct wake_list *list, size_t place)
{
    for (size_t i = 0; i < place; i++)
        if (list->at[i].participant == list->at[place].participant)
            return true;
    return false;
}

static struct caller the_program(void)
{
    return (struct caller){.device = TEXT("osteon"), .language = TEXT("en")};
}

static bool run_one(struct study *study, int64_t participant, struct arena *arena)
{
    struct error err = {0};
    struct caller program = the_program();
    struct rules_wake verb = {.act = act_of(study, &program, arena, rules_wake),
                              .participant = participant};
    if (act_run(&verb.act, &err))
        return true;
    log_warning("the rules of participant %lld are due and did not run: %s",
                (long long)participant, err.text);
    return false;
}

static bool is_for_now(const struct error *err)
{
    return err->code == ERROR_BUSY || err->code == ERROR_FAILED ||
           err->code == ERROR_NOT_CONFIRMED;
}

bool rules_wake_whole(struct study *study, int64_t participant, const char *why,
                      struct error *err)
{
    struct arena *arena = arena_new(ACT_ARENA);
    struct caller program = the_program();
    struct rules_wake verb = {.act = act_of(study, &program, arena, rules_wake),
                              .participant = participant,
                              .is_whole = true};
    bool is_run = act_run(&verb.act, err);
    arena_free(arena);
    if (!is_run && !is_for_now(err))
        log_warning("the rules did not run on %s of participant %lld: %s", why,
                    (long long)participant, err->text);
    return is_run || !is_for_now(err);
}

/* How many participants of the list ran. */
static size_t run_list(struct study *study, const struct wake_list *due)
{
    size_t count = 0;
    for (size_t i = 0; i < due->count; i++) {
        struct arena *arena = arena_new(ACT_ARENA);
        count += !has_had_turn(due, i) && run_one(study, due->at[i].participant, arena);
        arena_free(arena);
    }
    return count;
}

/* False: nothing is due any more, or what is stays due. */
static bool run_some(struct study *study, size_t *out, int64_t *first,
                     struct error *err)
{
    struct arena *arena = arena_new(DUE_AT_ONCE * sizeof(struct wake) * 4);
    struct wake_list due;
    bool goes_on = read_due(study, arena, &due, err) && due.count > 0;
    if (goes_on) {
        goes_on = due.at[0].form != *first;
        *first = due.at[0].form;
        *out += goes_on ? run_list(study, &due) : 0;
    }
    arena_free(arena);
    return goes_on;
}

bool rules_wake_due(struct study *study, size_t *out, struct error *err)
{
    int64_t first = 0;
    *out = 0;
    *err = (struct error){0};
    while (run_some(study, out, &first, err))
        continue;
    return err->code == ERROR_NONE;
}

/* --- the thread ----------------------------------------------------------------------- */

struct waker {
    struct study *study;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t stopping;
    bool is_stopping;
};

/* False after a second; true: to stop. */
static bool wait_for_stop(struct waker *waker)
{
    struct timespec until = {.tv_sec = clock_monotonic() / 1000000 + 1};
    pthread_mutex_lock(&waker->mutex);
    if (!waker->is_stopping)
        (void)pthread_cond_timedwait(&waker->stopping, &waker->mutex, &until);
    bool is_stopping = waker->is_stopping;
    pthread_mutex_unlock(&waker->mutex);
    return is_stopping;
}

static bool is_to_stop(struct waker *waker)
{
    pthread_mutex_lock(&waker->mutex);
    bool is_stopping = waker->is_stopping;
    pthread_mutex_unlock(&waker->mutex);
    return is_stopping;
}

static void *run(void *data)
{
    struct waker *waker = data;
    bool is_stopping = false;
    while (!is_stopping) {
        bool is_more = false, is_more_of_registers = false;
        size_t count = 0;
        struct error err;
        if (!rules_wake_due(waker->study, &count, &err))
            log_warning("which rules are due could not be read: %s", err.text);
        if (!import_rules_step(waker->study, &is_more, &err))
            log_warning("the rules did not run on an import: %s", err.text);
        if (!register_rules_step(waker->study, &is_more_of_registers, &err))
            log_warning("the rules did not run on a register: %s", err.text);
        is_more = is_more || is_more_of_registers;
        is_stopping = is_more ? is_to_stop(waker) : wait_for_stop(waker);
    }
    return NULL;
}

bool waker_start(struct study *study, struct arena *process, struct waker **out,
                 struct error *err)
{
    struct waker *waker = ARENA_NEW(process, struct waker);
    waker->study = study;
    pthread_mutex_init(&waker->mutex, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&waker->stopping, &monotonic);
    pthread_condattr_destroy(&monotonic);
    *out = waker;
    return pthread_create(&waker->thread, NULL, run, waker) == 0 ||
           error_set(err, ERROR_FAILED, "no thread for the rules about time");
}

void waker_stop(struct waker *waker)
{
    pthread_mutex_lock(&waker->mutex);
    waker->is_stopping = true;
    pthread_cond_signal(&waker->stopping);
    pthread_mutex_unlock(&waker->mutex);
    pthread_join(waker->thread, NULL);
    pthread_cond_destroy(&waker->stopping);
    pthread_mutex_destroy(&waker->mutex);
}
