#include "actions/filing.h"

#include "actions/file_message.h"
#include "actions/study_state.h"
#include "store/feeds.h"
#include "system/log.h"

#include <time.h>

enum { AT_ONCE = 64, AGAIN_SECONDS = 60, PASS_ARENA = 4 * 1024 * 1024 };

struct filing {
    struct study *study;
    pthread_t thread;
    pthread_mutex_t mutex; /* the three below */
    pthread_cond_t changed;
    bool is_stopping, is_woken, is_whole;
};

/* --- one pass --------------------------------------------------------------------------- */

static bool read_waiting(struct study *study, int64_t after, struct arena *arena,
                         struct feed_message_list *out, struct error *err)
{
    struct db *db = store_reader(study->store);
    bool is_read = feed_messages_in(db, FEED_WAITING, after, AT_ONCE, arena, out, err);
    store_reader_return(study->store, db);
    return is_read;
}

static bool is_stopping(struct study *study)
{
    struct filing *filing = atomic_load(&study->filing);
    if (filing == NULL)
        return false;
    pthread_mutex_lock(&filing->mutex);
    bool stops = filing->is_stopping;
    pthread_mutex_unlock(&filing->mutex);
    return stops;
}

static void file_list(struct study *study, const struct feed_message_list *list,
                      int64_t *after, size_t *failed)
{
    for (size_t i = 0; i < list->count && !is_stopping(study); i++) {
        struct error why = {0};
        *after = list->at[i].id;
        if (file_message(study, *after, &why))
            continue;
        ++*failed;
        log_warning("message %lld of a feed could not be filed: %s", (long long)*after,
                    why.text);
    }
}

bool filing_pass(struct study *study, int64_t *after, size_t *failed, struct error *err)
{
    struct arena *arena = arena_new(PASS_ARENA);
    struct feed_message_list list;
    bool is_read = true;
    *failed = 0;
    do {
        arena_reset(arena);
        list.count = 0;
        is_read = read_waiting(study, *after, arena, &list, err);
        if (is_read)
            file_list(study, &list, after, failed);
    } while (is_read && list.count == AT_ONCE && !is_stopping(study));
    arena_free(arena);
    return is_read;
}

/* --- the thread ------------------------------------------------------------------------- */

/* `*is_whole`: from the first message that waits. False: to stop. */
static bool wait_for_work(struct filing *filing, bool *is_whole)
{
    struct timespec until = {.tv_sec = clock_monotonic() / 1000000 + AGAIN_SECONDS};
    int waited = 0;
    pthread_mutex_lock(&filing->mutex);
    while (!filing->is_stopping && !filing->is_woken && waited == 0)
        waited = pthread_cond_timedwait(&filing->changed, &filing->mutex, &until);
    *is_whole = filing->is_whole || waited != 0;
    filing->is_woken = filing->is_whole = false;
    bool goes_on = !filing->is_stopping;
    pthread_mutex_unlock(&filing->mutex);
    return goes_on;
}

static void *run(void *data)
{
    struct filing *filing = data;
    int64_t after = 0;
    bool is_whole = true;
    do {
        struct error err = {0};
        size_t failed = 0;
        after = is_whole ? 0 : after;
        if (!filing_pass(filing->study, &after, &failed, &err))
            log_warning("messages that wait could not be read: %s", err.text);
    } while (wait_for_work(filing, &is_whole));
    return NULL;
}

bool filing_start(struct study *study, struct arena *process, struct filing **out,
                  struct error *err)
{
    struct filing *filing = ARENA_NEW(process, struct filing);
    pthread_condattr_t monotonic;
    *filing = (struct filing){.study = study};
    pthread_mutex_init(&filing->mutex, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&filing->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    *out = filing;
    atomic_store(&study->filing, filing);
    if (pthread_create(&filing->thread, NULL, run, filing) == 0)
        return true;
    atomic_store(&study->filing, NULL);
    return error_set(err, ERROR_FAILED, "no thread to file messages");
}

void filing_stop(struct filing *filing)
{
    pthread_mutex_lock(&filing->mutex);
    filing->is_stopping = true;
    pthread_cond_signal(&filing->changed);
    pthread_mutex_unlock(&filing->mutex);
    pthread_join(filing->thread, NULL);
    atomic_store(&filing->study->filing, NULL);
}

static void wake(struct study *study, bool is_whole)
{
    struct filing *filing = atomic_load(&study->filing);
    if (filing == NULL)
        return;
    pthread_mutex_lock(&filing->mutex);
    filing->is_woken = true;
    filing->is_whole = filing->is_whole || is_whole;
    pthread_cond_signal(&filing->changed);
    pthread_mutex_unlock(&filing->mutex);
}

void filing_wake(struct study *study)
{
    wake(study, false);
}

void filing_wake_all(struct study *study)
{
    wake(study, true);
}
