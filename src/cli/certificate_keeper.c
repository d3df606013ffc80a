#include "cli/certificate_keeper.h"

#include "cli/own_certificate.h"
#include "system/clock.h"
#include "system/host_names.h"
#include "system/log.h"

#include <pthread.h>
#include <string.h>

enum { LOOK_BYTES = 1024 * 1024 };

struct certificate_keeper {
    const struct store *store;
    struct server *server;
    char told[sizeof((struct error *)0)->text]; /* the latest trouble: said once */
    pthread_t thread;
    pthread_mutex_t mutex; /* the member below */
    pthread_cond_t changed;
    bool is_stopping;
};

static void tell(struct certificate_keeper *keeper, struct text trouble)
{
    size_t len =
        trouble.len < sizeof keeper->told ? trouble.len : sizeof keeper->told - 1;
    if (text_equal(text_of(keeper->told), text_part(trouble, 0, len)))
        return;
    memcpy(keeper->told, trouble.at, len);
    keeper->told[len] = '\0';
    if (len > 0)
        log_warning("the certificate: %s", keeper->told);
}

static void look(struct certificate_keeper *keeper)
{
    struct arena *scratch = arena_new(LOOK_BYTES);
    struct own_certificate own;
    struct host_names names;
    struct error err;
    host_names_read(scratch, &names);
    if (!own_certificate_keep(keeper->store, &names, clock_now(&system_clock), scratch,
                              &own, &err) ||
        (own.is_new && !server_set_certificate(keeper->server, own.server.certificate,
                                               own.server.key, &err)))
        tell(keeper, text_of(err.text));
    else
        tell(keeper, text_is_absent(own.trouble) ? TEXT("") : own.trouble);
    if (own.is_new)
        log_info("the certificate was made anew");
    arena_free(scratch);
}

static void *keep(void *data)
{
    struct certificate_keeper *keeper = data;
    pthread_mutex_lock(&keeper->mutex);
    while (!keeper->is_stopping) {
        struct timespec until = {.tv_sec = (time_t)(clock_monotonic() / 1000000) +
                                           CERTIFICATE_LOOK_SECONDS};
        if (pthread_cond_timedwait(&keeper->changed, &keeper->mutex, &until) == 0)
            continue;
        pthread_mutex_unlock(&keeper->mutex);
        look(keeper);
        pthread_mutex_lock(&keeper->mutex);
    }
    pthread_mutex_unlock(&keeper->mutex);
    return NULL;
}

bool certificate_keeper_start(const struct store *store, struct server *server,
                              struct arena *process, struct certificate_keeper **out,
                              struct error *err)
{
    struct certificate_keeper *keeper = ARENA_NEW(process, struct certificate_keeper);
    keeper->store = store;
    keeper->server = server;
    ASSERT(pthread_mutex_init(&keeper->mutex, NULL) == 0);
    /* Looks go on while somebody sets the calendar's clock right. */
    pthread_condattr_t monotonic;
    ASSERT(pthread_condattr_init(&monotonic) == 0 &&
           pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0 &&
           pthread_cond_init(&keeper->changed, &monotonic) == 0);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&keeper->thread, NULL, keep, keeper) != 0)
        return error_set(err, ERROR_FAILED, "a thread could not be started");
    *out = keeper;
    return true;
}

void certificate_keeper_stop(struct certificate_keeper *keeper)
{
    pthread_mutex_lock(&keeper->mutex);
    keeper->is_stopping = true;
    pthread_cond_signal(&keeper->changed);
    pthread_mutex_unlock(&keeper->mutex);
    pthread_join(keeper->thread, NULL);
    pthread_cond_destroy(&keeper->changed);
    pthread_mutex_destroy(&keeper->mutex);
}
