/* The server's side of the control socket: a few threads, each with one caller. */
#include "actions/progress.h"
#include "base/limits.h"
#include "cli/control.h"
#include "system/crypto.h"
#include "system/local_socket.h"
#include "system/log.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

struct control {
    struct control_host host;
    const char *path;
    int listening;
    atomic_bool is_stopping;
    pthread_t threads[CONTROL_THREADS];
    size_t thread_count;
    pthread_mutex_t mutex; /* guards the callers' sockets, so that none is shut late */
    struct caller {
        struct control *control;
        int socket; /* -1: none */
    } callers[CONTROL_THREADS];
};

/* -- what a command writes and asks goes to the caller ------------------------------ */

struct channel {
    int socket;
    enum control_kind kind;
};

static bool write_to_caller(void *data, struct text bytes)
{
    const struct channel *channel = data;
    for (; bytes.len > 0; bytes = text_part(bytes, CONTROL_CHUNK, bytes.len))
        if (!control_send(channel->socket, channel->kind,
                          text_part(bytes, 0, CONTROL_CHUNK)))
            return false;
    return true;
}

static bool ask_caller(void *data, const char *prompt, struct arena *arena,
                       struct text *out, struct error *err)
{
    const struct channel *channel = data;
    enum control_kind kind;
    if (!control_send(channel->socket, CONTROL_ASK, text_of(prompt)) ||
        !control_receive(channel->socket, CONTROL_CHUNK, arena, &kind, out))
        return error_set(err, ERROR_FAILED, "the caller went away");
    if (kind == CONTROL_NO_SECRET)
        return error_set(err, ERROR_USAGE, "%.*s", TEXT_ARG(*out));
    if (kind != CONTROL_SECRET || out->len > LIMIT_PASSWORD)
        return error_set(err, ERROR_REFUSED, "the %s is longer than %d bytes", prompt,
                         LIMIT_PASSWORD);
    return true;
}

/* Who asked for an import or export and went away (Ctrl-C) does not want it any more. */
static bool caller_waits(void *data)
{
    const struct channel *channel = data;
    return local_socket_is_connected(channel->socket);
}

/* -- one caller --------------------------------------------------------------------- */

static void run_words(const struct control *control, int socket,
                      const struct control_words *words, struct arena *arena)
{
    struct channel out_channel = {.socket = socket, .kind = CONTROL_OUT};
    struct channel err_channel = {.socket = socket, .kind = CONTROL_ERR};
    struct stream out = {
        .write = write_to_caller, .data = &out_channel, .arena = arena};
    struct stream err = {.write = write_to_caller,
                         .data = &err_channel,
                         .arena = arena,
                         .is_terminal = words->is_terminal};
    struct secret_source secrets = {.ask = ask_caller, .data = &out_channel};
    struct progress progress = {.is_wanted = caller_waits, .data = &out_channel};
    struct command_context context = {
        .progress = &progress,
        .arena = arena,
        .out = &out,
        .err = &err,
        .secrets = &secrets,
        .working_folder = text_c(arena, words->working_folder),
        .folder = control->host.folder,
    };
    int status =
        control->host.run(control->host.data, words->words, words->count, &context);
    char byte = (char)status;
    if (!control_send(socket, CONTROL_EXIT, (struct text){.at = &byte, .len = 1}))
        log_warning("a command ended with status %d after its caller had left", status);
}

static void serve_caller(const struct control *control, int socket)
{
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    enum control_kind kind;
    struct text payload;
    struct control_words words;
    if (control_receive(socket, CONTROL_WORDS_LIMIT, arena, &kind, &payload) &&
        kind == CONTROL_RUN && control_words_read(payload, arena, &words))
        run_words(control, socket, &words, arena);
    else
        log_warning("the control socket got words it does not know");
    arena_free(arena);
}

/* -1: the caller is gone. */
static void caller_set(struct caller *caller, int socket)
{
    pthread_mutex_lock(&caller->control->mutex);
    caller->socket = socket;
    pthread_mutex_unlock(&caller->control->mutex);
}

static void *serve_callers(void *data)
{
    struct caller *caller = data;
    struct control *control = caller->control;
    while (!atomic_load(&control->is_stopping)) {
        int socket;
        bool is_own;
        if (!local_socket_accept(control->listening, &socket, &is_own)) {
            // No descriptor left, or stopping: breathe before the next try.
            nanosleep(&(struct timespec){.tv_nsec = 50 * 1000 * 1000}, NULL);
            continue;
        }
        caller_set(caller, socket);
        local_socket_patience(socket, CONTROL_PATIENCE_SECONDS);
        if (is_own && !atomic_load(&control->is_stopping))
            serve_caller(control, socket);
        else if (!is_own)
            log_warning("the control socket refused another user");
        caller_set(caller, -1);
        local_socket_close(socket);
    }
    return NULL;
}

/* -- start and stop ----------------------------------------------------------------- */

bool control_start(const struct control_host *host, struct arena *process,
                   struct control **out, struct error *err)
{
    struct control *control = ARENA_NEW(process, struct control);
    control->host = *host;
    control->path = text_format(process, "%s/control.sock", host->folder).at;
    atomic_init(&control->is_stopping, false);
    if (!local_socket_listen(control->path, &control->listening, err))
        return false;
    pthread_mutex_init(&control->mutex, NULL);
    for (size_t i = 0; i < CONTROL_THREADS; i++) {
        struct caller *caller = &control->callers[i];
        caller->control = control;
        caller->socket = -1;
        if (pthread_create(&control->threads[i], NULL, serve_callers, caller) != 0)
            break;
        control->thread_count++;
    }
    *out = control;
    if (control->thread_count > 0)
        return true;
    control_stop(control);
    return error_set(err, ERROR_FAILED, "starting a thread for the control socket");
}

void control_stop(struct control *control)
{
    atomic_store(&control->is_stopping, true);
    unlink(control->path);
    local_socket_stop(control->listening);
    /* A command that is running comes to its end; one that waits for its caller to type
     * a secret does not get it. */
    pthread_mutex_lock(&control->mutex);
    for (size_t i = 0; i < control->thread_count; i++)
        if (control->callers[i].socket >= 0)
            local_socket_stop_reading(control->callers[i].socket);
    pthread_mutex_unlock(&control->mutex);
    for (size_t i = 0; i < control->thread_count; i++)
        pthread_join(control->threads[i], NULL);
    local_socket_close(control->listening);
    pthread_mutex_destroy(&control->mutex);
}
