/* Start, stop and libmicrohttpd's calls; the steps of a request are in exchange.c. */
#include "web/exchange.h"
#include "web/identity.h"

#include "system/clock.h"
#include "system/log.h"
#include "system/tcp_socket.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>

enum { SECOND = 1000000 };

/* -- libmicrohttpd calls -------------------------------------------------------------- */

void connection_sleep(struct exchange *exchange)
{
    MHD_suspend_connection(exchange->connection);
}

int connection_socket(const struct exchange *exchange)
{
    return MHD_get_connection_info(exchange->connection,
                                   MHD_CONNECTION_INFO_CONNECTION_FD)
        ->connect_fd;
}

void connection_wake(struct server *server, struct MHD_Connection *connection)
{
    (void)server;
    MHD_resume_connection(connection);
}

/* The target as sent, before the library decodes and cuts it in place. */
static void *on_target(void *data, const char *target,
                       struct MHD_Connection *connection)
{
    return exchange_begin(data, connection, text_of(target));
}

static enum MHD_Result add_header(void *data, enum MHD_ValueKind kind, const char *name,
                                  size_t name_len, const char *value, size_t value_len)
{
    (void)kind;
    struct exchange *exchange = data;
    if (exchange->header_count == ARRAY_COUNT(exchange->headers))
        return MHD_NO; /* one more than allowed is enough to know */
    exchange->headers[exchange->header_count++] =
        (struct header){.name = {.at = name, .len = name_len},
                        .value = {.at = value == NULL ? "" : value, .len = value_len}};
    return MHD_YES;
}

static struct watched *watched_of(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
        ->socket_context;
}

static enum MHD_Result on_head(struct exchange *exchange, const char *url,
                               const char *method, const char *version)
{
    struct MHD_Connection *connection = exchange->connection;
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, add_header, exchange);
    struct request_head head = {
        .method = text_of(method),
        .target_place = url,
        .version = text_of(version),
        .length =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)
                ->header_size};
    const union MHD_ConnectionInfo *address =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char host[TCP_ADDRESS_TEXT];
    tcp_host(address == NULL ? NULL : address->client_addr, host);
    exchange->request.client = text_copy(exchange->arena, text_of(host));
    exchange->watched = watched_of(connection);
    if (exchange_head(exchange, &head))
        return MHD_YES;
    return reply_send(exchange) ? MHD_YES : MHD_NO;
}

// SIZE-OK: the parameters are libmicrohttpd's. NOLINTNEXTLINE(readability-function-size)
static enum MHD_Result on_request(void *data, struct MHD_Connection *connection,
                                  const char *url, const char *method,
                                  const char *version, const char *bytes, size_t *len,
                                  void **context)
{
    (void)data;
    (void)connection;
    struct exchange *exchange = *context;
    if (!exchange->is_head_read)
        return on_head(exchange, url, method, version);
    if (*len > 0) {
        struct text piece = {.at = bytes, .len = *len};
        *len = 0;
        return exchange_body(exchange, piece) ? MHD_YES : MHD_NO;
    }
    return exchange_step(exchange) ? MHD_YES : MHD_NO;
}

static void on_completed(void *data, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode code)
{
    (void)data;
    (void)code;
    struct exchange *exchange = *context;
    if (exchange == NULL)
        return;
    watch_enter(watched_of(connection), WATCH_IDLE, clock_monotonic());
    exchange_end(exchange);
    *context = NULL;
}

static enum MHD_Result may_connect(void *data, const struct sockaddr *address,
                                   socklen_t size)
{
    struct server *server = data;
    (void)address;
    (void)size;
    return atomic_load(&server->is_closed) ? MHD_NO : MHD_YES;
}

static void on_connection(void *data, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct server *server = data;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        int socket =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)
                ->connect_fd;
        *context = watch_begin(server->watch, socket, clock_monotonic());
    } else if (*context != NULL) {
        watch_end(server->watch, *context);
        *context = NULL;
    }
}

/* The path and the query are read from the target as sent (web/target.h). */
static size_t leave_escaped(void *data, struct MHD_Connection *connection, char *string)
{
    (void)data;
    (void)connection;
    return strlen(string);
}

static void on_message(void *data, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
static void on_message(void *data, const char *format, va_list arguments)
{
    struct server *server = data;
    /* Most of them tell of malformed requests: one a second, so that nobody outside can
     * fill the log. */
    int64_t second = clock_monotonic() / SECOND;
    if (atomic_exchange(&server->last_message, second) == second)
        return;
    char line[256];
    vsnprintf(line, sizeof line, format, arguments);
    log_info("http: %s", line);
}

/* -- the caretaker: live streams, slow connections ------------------------------------ */

static bool is_stopping(struct server *server)
{
    pthread_mutex_lock(&server->mutex);
    bool is = server->is_stopping;
    pthread_mutex_unlock(&server->mutex);
    return is;
}

static void *take_care(void *data)
{
    struct server *server = data;
    const struct server_options *options = &server->options;
    int64_t last = clock_monotonic();
    while (!is_stopping(server)) {
        live_deliver(server->live, SECOND);
        int64_t now = clock_monotonic();
        if (now - last < SECOND)
            continue;
        last = now;
        size_t ended = watch_tick(server->watch, now);
        if (ended > 0)
            log_info("http: ended %zu slow connections", ended);
        live_ping(server->live, now, now - (int64_t)options->ping_seconds * SECOND,
                  options->door->session_stands, options->study);
    }
    return NULL;
}

/* -- start ------------------------------------------------------------------------------- */

static void fill_defaults(struct server_options *options)
{
    if (options->connection_limit == 0)
        options->connection_limit = LIMIT_CONNECTIONS;
    if (options->header_seconds == 0)
        options->header_seconds = SERVER_HEADER_SECONDS;
    if (options->body_seconds == 0)
        options->body_seconds = SERVER_BODY_SECONDS;
    if (options->send_seconds == 0)
        options->send_seconds = SERVER_SEND_SECONDS;
    if (options->idle_seconds == 0)
        options->idle_seconds = SERVER_IDLE_SECONDS;
    if (options->ping_seconds == 0)
        options->ping_seconds = SERVER_PING_SECONDS;
    if (options->assets == NULL) {
        options->assets = assets;
        options->asset_count = asset_count;
    }
}

/* The library gives the session its connection; GnuTLS asks in each handshake. */
// SIZE-OK: the parameters are GnuTLS's. NOLINTNEXTLINE(readability-function-size)
static int show_certificate(gnutls_session_t session,
                            const struct gnutls_cert_retr_st *asked,
                            gnutls_pcert_st **chain, unsigned *count,
                            gnutls_ocsp_data_st **staples, unsigned *staple_count,
                            gnutls_privkey_t *key, unsigned *flags)
{
    (void)asked;
    struct MHD_Connection *connection = gnutls_session_get_ptr(session);
    const struct server *server = watch_owner(watched_of(connection));
    *staples = NULL;
    *staple_count = 0;
    *flags = GNUTLS_CERT_RETR_DEINIT_ALL;
    return identity_copy(server->identity, chain, count, key) ? 0 : -1;
}

static bool start_daemon(struct server *server, struct error *err)
{
    const struct server_options *options = &server->options;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
                     MHD_USE_ERROR_LOG | (server->is_tls ? MHD_USE_TLS : 0);
    unsigned limit = (unsigned)options->connection_limit;
    struct MHD_OptionItem items[16];
    size_t count = 0;
#define ADD(option, number, pointer)                                                   \
    items[count++] = (struct MHD_OptionItem){(option), (intptr_t)(number), (pointer)}
    /* First, so that the library's own start-up messages come to our log. */
    ADD(MHD_OPTION_EXTERNAL_LOGGER, on_message, server);
    ADD(MHD_OPTION_LISTEN_SOCKET, server->listen_socket, NULL);
    ADD(MHD_OPTION_THREAD_POOL_SIZE, SERVER_THREADS, NULL);
    ADD(MHD_OPTION_CONNECTION_LIMIT, limit, NULL);
    /* One address must not take all places. */
    ADD(MHD_OPTION_PER_IP_CONNECTION_LIMIT, limit - limit / 4, NULL);
    ADD(MHD_OPTION_CONNECTION_TIMEOUT, options->idle_seconds, NULL);
    ADD(MHD_OPTION_CONNECTION_MEMORY_LIMIT, LIMIT_HEADER_BYTES + 16 * 1024, NULL);
    ADD(MHD_OPTION_URI_LOG_CALLBACK, on_target, server);
    ADD(MHD_OPTION_NOTIFY_COMPLETED, on_completed, server);
    ADD(MHD_OPTION_NOTIFY_CONNECTION, on_connection, server);
    ADD(MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL);
    /* The list of options has room for pointers to data only. */
    union {
        gnutls_certificate_retrieve_function3 *call;
        void *pointer;
    } show = {.call = show_certificate};
    if (server->is_tls)
        ADD(MHD_OPTION_HTTPS_CERT_CALLBACK2, 0, show.pointer);
    ADD(MHD_OPTION_END, 0, NULL);
#undef ADD
    server->daemon = MHD_start_daemon(flags, 0, may_connect, server, on_request, server,
                                      MHD_OPTION_ARRAY, items, MHD_OPTION_END);
    if (server->daemon != NULL)
        return true;
    server->listen_socket = -1; /* the library has closed it */
    return error_set(err, ERROR_FAILED, "the HTTP server could not be started");
}

static bool find_address(struct server *server, struct error *err)
{
    char address[TCP_ADDRESS_TEXT];
    if (!tcp_local_address(server->listen_socket, address, err))
        return false;
    server->address = text_format(server->process, "%s://%s",
                                  server->is_tls ? "https" : "http", address);
    return true;
}

static void make_parts(struct server *server)
{
    const struct server_options *options = &server->options;
    struct watch_limits limits = {.header = (int64_t)options->header_seconds * SECOND,
                                  .body = (int64_t)options->body_seconds * SECOND,
                                  .send = (int64_t)options->send_seconds * SECOND};
    server->router = router_new(options->table, server->process);
    server->page = page_new(options->assets, options->asset_count, server->is_tls,
                            server->process);
    server->live = live_hub_new(server->process);
    server->identity = identity_new(server->process);
    server->watch = watch_new(limits, server, server->process);
    transfers_open(&server->transfers);
    ASSERT(pthread_mutex_init(&server->mutex, NULL) == 0);
    ASSERT(pthread_cond_init(&server->changed, NULL) == 0);
}

static bool start_threads(struct server *server, struct error *err)
{
    if (!hash_pool_start(SERVER_HASH_THREADS, server->process, &server->hash_pool,
                         err) ||
        !hash_pool_start(SERVER_TRANSFER_THREADS, server->process,
                         &server->transfer_pool, err))
        return false;
    if (pthread_create(&server->caretaker, NULL, take_care, server) != 0)
        return error_set(err, ERROR_FAILED, "a thread could not be started");
    server->has_caretaker = true;
    return true;
}

bool server_start(const struct server_options *options, struct arena *process,
                  struct server **out, struct error *err)
{
    struct server *server = ARENA_NEW(process, struct server);
    server->options = *options;
    server->process = arena_new(SIZE_MAX);
    server->listen_socket = -1;
    server->is_tls = !text_is_absent(options->certificate);
    fill_defaults(&server->options);
    make_parts(server);
    if ((server->is_tls && !identity_set(server->identity, options->certificate,
                                         options->private_key, err)) ||
        !tcp_listen(options->listen, &server->listen_socket, err) ||
        !find_address(server, err) || !start_threads(server, err) ||
        !start_daemon(server, err)) {
        server_stop(server);
        return false;
    }
    options->door->listen(options->study, live_heard, server->live);
    *out = server;
    return true;
}

/* -- stop -------------------------------------------------------------------------------- */

/* Until `count` is 0, at most so many seconds; 0: however long it takes. */
static void wait_until_none(struct server *server, const int64_t *count, int seconds)
{
    struct timespec until;
    int64_t end = clock_now(&system_clock) + (int64_t)seconds * SECOND;
    until.tv_sec = (time_t)(end / SECOND);
    until.tv_nsec = (long)(end % SECOND) * 1000;
    pthread_mutex_lock(&server->mutex);
    while (*count > 0) {
        if (seconds == 0)
            pthread_cond_wait(&server->changed, &server->mutex);
        else if (pthread_cond_timedwait(&server->changed, &server->mutex, &until) != 0)
            break;
    }
    pthread_mutex_unlock(&server->mutex);
}

static void stop_caretaker(struct server *server)
{
    if (!server->has_caretaker)
        return;
    pthread_mutex_lock(&server->mutex);
    server->is_stopping = true;
    pthread_mutex_unlock(&server->mutex);
    live_poke(server->live);
    pthread_join(server->caretaker, NULL);
}

static void stop_daemon(struct server *server)
{
    if (server->daemon == NULL)
        return;
    server->options.door->listen(server->options.study, NULL, NULL);
    /* Not MHD_quiesce_daemon: it and the daemon's own threads both take the socket out of
     * their epoll set, and who comes second aborts the program. */
    atomic_store(&server->is_closed, true);
    live_end_all(server->live);
    transfers_stop(&server->transfers);
    wait_until_none(server, &server->busy, SERVER_STOP_SECONDS);
    /* libmicrohttpd cannot stop while a connection sleeps; the writer and the hashing
     * threads always come back. */
    wait_until_none(server, &server->asleep, 0);
    MHD_stop_daemon(server->daemon);
    server->listen_socket = -1; /* closed with it */
}

void server_stop(struct server *server)
{
    stop_daemon(server);
    stop_caretaker(server);
    if (server->hash_pool != NULL)
        hash_pool_stop(server->hash_pool);
    if (server->transfer_pool != NULL)
        hash_pool_stop(server->transfer_pool);
    transfers_close(&server->transfers);
    tcp_close(server->listen_socket);
    for (struct exchange *each = server->all; each != NULL; each = each->all)
        arena_free(each->arena);
    pthread_cond_destroy(&server->changed);
    pthread_mutex_destroy(&server->mutex);
    arena_free(server->process);
}

/* -- what others ask ---------------------------------------------------------------------- */

struct text server_address(const struct server *server)
{
    return server->address;
}

bool server_set_certificate(struct server *server, struct text certificate,
                            struct text private_key, struct error *err)
{
    return identity_set(server->identity, certificate, private_key, err);
}

struct live_hub *server_live(const struct server *server)
{
    return server->live;
}

const struct route_table *server_table(const struct server *server)
{
    return server->options.table;
}

struct server_figures server_figures(struct server *server)
{
    struct server_figures figures = {
        .connections = watch_count(server->watch),
        .live_streams = live_count(server->live),
        .requests = atomic_load(&server->requests),
        .refused_by_guard = atomic_load(&server->refused_by_guard),
    };
    pthread_mutex_lock(&server->mutex);
    figures.waiting = server->asleep;
    pthread_mutex_unlock(&server->mutex);
    return figures;
}
