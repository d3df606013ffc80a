#include "web/exchange.h"

#include "system/clock.h"
#include "web/header.h"
#include "web/target.h"

#include <unistd.h>

struct exchange *exchange_begin(struct server *server,
                                struct MHD_Connection *connection, struct text target)
{
    pthread_mutex_lock(&server->mutex);
    struct exchange *exchange = server->spare;
    if (exchange != NULL) {
        server->spare = exchange->spare;
    } else {
        exchange = ARENA_NEW(server->process, struct exchange);
        exchange->arena = arena_new(LIMIT_REQUEST_ARENA);
        arena_keep(exchange->arena, LIMIT_REQUEST_KEPT);
        exchange->all = server->all;
        server->all = exchange;
    }
    server->busy++;
    pthread_mutex_unlock(&server->mutex);

    exchange->server = server;
    exchange->connection = connection;
    exchange->target = text_copy(exchange->arena, target);
    exchange->request = (struct request){.arena = exchange->arena,
                                         .study = server->options.study,
                                         .server = server,
                                         .file = -1,
                                         .exchange = exchange};
    exchange->response = (struct response){.file = -1};
    exchange->is_head_read = false;
    exchange->is_refused = false;
    exchange->must_close = false;
    exchange->status = 0;
    exchange->allowed = (struct text){0};
    exchange->asset = NULL;
    exchange->header_count = 0;
    exchange->body_limit = 0;
    exchange->body_received = 0;
    exchange->body_counted = 0;
    exchange->next = NULL;
    exchange->act = NULL;
    exchange->job_pool = NULL;
    exchange->outcome.code = ERROR_NONE;
    return exchange;
}

void exchange_end(struct exchange *exchange)
{
    struct server *server = exchange->server;
    if (exchange->request.file >= 0)
        close(exchange->request.file);
    if (exchange->response.file >= 0)
        close(exchange->response.file);
    atomic_fetch_sub_explicit(&server->bodies, exchange->body_counted,
                              memory_order_relaxed);
    arena_reset(exchange->arena);
    pthread_mutex_lock(&server->mutex);
    exchange->spare = server->spare;
    server->spare = exchange;
    server->busy--;
    pthread_cond_broadcast(&server->changed);
    pthread_mutex_unlock(&server->mutex);
}

/* Marks the exchange refused with `error` as it stands. Returns false. */
static bool refuse(struct exchange *exchange, int status)
{
    exchange->is_refused = true;
    exchange->status = status;
    return false;
}

static bool find_route(struct exchange *exchange, struct text method)
{
    struct request *request = &exchange->request;
    struct error *err = &exchange->error;
    struct target target;
    if (!target_read(exchange->target, exchange->arena, &target, err))
        return refuse(exchange, 0);
    request->path = target.path;
    request->query = target.query;
    request->query_count = target.query_count;
    if (!http_method_parse(method, &request->method)) {
        error_set(err, ERROR_USAGE, "the method %.*s is not known here",
                  TEXT_ARG(text_part(method, 0, 40)));
        return refuse(exchange, PROBLEM_METHOD);
    }
    bool is_page = !text_starts_with(request->path, TEXT("/api/"));
    if (is_page && request->method == HTTP_GET) {
        exchange->asset = page_find(exchange->server->page, request->path);
        if (exchange->asset != NULL)
            return true;
    }
    if (router_find(exchange->server->router, request, &exchange->allowed, err))
        return true;
    bool is_method = !text_is_absent(exchange->allowed) && exchange->allowed.len > 0;
    return refuse(exchange, is_method ? PROBLEM_METHOD : 0);
}

static bool takes_file(const struct exchange *exchange)
{
    const struct route *route = exchange->request.route;
    return route != NULL && route_takes_file(route);
}

/* A form of another site cannot send these types without asking first. */
static bool check_type(struct exchange *exchange)
{
    struct text sent = request_header(&exchange->request, "content-type");
    bool is_file = takes_file(exchange);
    if (is_file ? header_is_xml(sent) : header_is_json(sent))
        return true;
    error_set(&exchange->error, ERROR_MALFORMED, "the body must be application/%s",
              is_file ? "xml" : "json");
    return refuse(exchange, PROBLEM_MEDIA_TYPE);
}

/* What the route says of bodies, against what the head says of this one. */
static bool check_body(struct exchange *exchange, const struct request_framing *framing)
{
    struct error *err = &exchange->error;
    size_t limit =
        exchange->request.route == NULL ? 0 : exchange->request.route->body_limit;
    bool has_body = framing->is_chunked || framing->length > 0;
    exchange->body_limit = limit;
    if (!has_body)
        return true;
    if (limit == 0) {
        error_set(err, ERROR_MALFORMED, "this address takes no body");
        return refuse(exchange, 0);
    }
    if (framing->length > limit) {
        error_set(err, ERROR_TOO_LARGE, "the body is larger than %zu bytes", limit);
        error_where(err, limit, "byte %zu", limit);
        return refuse(exchange, 0);
    }
    if (takes_file(exchange))
        return true;
    exchange->body = buffer_in(exchange->arena, limit);
    /* What is promised may not come: no more than a small body at once. */
    if (!framing->is_chunked && framing->length <= LIMIT_REQUEST_KEPT / 4)
        buffer_reserve(&exchange->body, (size_t)framing->length);
    return true;
}

/* Room for the body among all bodies, before it comes: so that those that have begun can
 * end. */
static bool reserve_body(struct exchange *exchange,
                         const struct request_framing *framing)
{
    _Atomic size_t *bodies = &exchange->server->bodies;
    size_t wanted =
        framing->is_chunked ? exchange->body_limit : (size_t)framing->length;
    size_t before = atomic_fetch_add_explicit(bodies, wanted, memory_order_relaxed);
    exchange->body_counted = wanted; /* given back by exchange_end */
    if (before + wanted <= LIMIT_BODIES)
        return true;
    atomic_fetch_sub_explicit(bodies, wanted, memory_order_relaxed);
    exchange->body_counted = 0;
    error_set(&exchange->error, ERROR_BUSY, "too many large requests are under way");
    return refuse(exchange, 0);
}

/* May the body of a refused request be read and thrown away? */
static bool may_wait_for_body(const struct exchange *exchange,
                              const struct request_framing *framing)
{
    bool waits_for_us = !text_is_absent(request_header(&exchange->request, "expect"));
    return !waits_for_us && framing->length <= DISCARD_MOST;
}

/* It may take as long as it moves. */
static bool open_file(struct exchange *exchange)
{
    struct request *request = &exchange->request;
    watch_enter(exchange->watched, WATCH_LIVE, clock_monotonic());
    return exchange->server->options.door->open_file(
               request->study, exchange->arena, &request->file, &exchange->error) ||
           refuse(exchange, 0);
}

bool exchange_head(struct exchange *exchange, struct request_head *head)
{
    struct request *request = &exchange->request;
    struct request_framing framing;
    head->target = exchange->target;
    head->headers = exchange->headers;
    head->header_count = exchange->header_count;
    exchange->is_head_read = true;
    request->headers = exchange->headers;
    request->header_count = exchange->header_count;
    atomic_fetch_add_explicit(&exchange->server->requests, 1, memory_order_relaxed);
    if (!guard_check(head, &framing, &exchange->error)) {
        atomic_fetch_add_explicit(&exchange->server->refused_by_guard, 1,
                                  memory_order_relaxed);
        exchange->must_close = true;
        bool is_large = exchange->error.code == ERROR_TOO_LARGE;
        return refuse(exchange, is_large ? PROBLEM_HEAD : 0);
    }
    bool has_body = framing.is_chunked || framing.length > 0;
    watch_enter(exchange->watched, has_body ? WATCH_BODY : WATCH_WORK,
                clock_monotonic());
    bool is_welcome =
        find_route(exchange, head->method) && check_body(exchange, &framing);
    if (is_welcome && exchange->asset == NULL &&
        !gate_check(exchange, &exchange->error))
        is_welcome = refuse(exchange, 0);
    if (is_welcome && has_body)
        is_welcome = check_type(exchange);
    if (is_welcome && has_body)
        is_welcome = takes_file(exchange) ? open_file(exchange)
                                          : reserve_body(exchange, &framing);
    return is_welcome || !has_body || may_wait_for_body(exchange, &framing);
}

static bool write_body(struct exchange *exchange, struct text bytes)
{
    if (exchange->body_received > exchange->body_limit) {
        error_set(&exchange->error, ERROR_TOO_LARGE,
                  "the file is larger than %zu bytes", exchange->body_limit);
        return refuse(exchange, 0) || exchange->body_received <= DISCARD_MOST;
    }
    while (bytes.len > 0) {
        ssize_t written = write(exchange->request.file, bytes.at, bytes.len);
        if (written <= 0) {
            error_set(&exchange->error, ERROR_FAILED,
                      "the file could not be kept: is the disk full?");
            return refuse(exchange, 0) || exchange->body_received <= DISCARD_MOST;
        }
        bytes = text_part(bytes, (size_t)written, bytes.len);
    }
    return true;
}

bool exchange_body(struct exchange *exchange, struct text bytes)
{
    exchange->body_received += bytes.len;
    if (exchange->is_refused)
        return exchange->body_received <= DISCARD_MOST;
    if (exchange->request.file >= 0)
        return write_body(exchange, bytes);
    buffer_text_add(&exchange->body, bytes);
    if (exchange->body.is_overflown) {
        error_set(&exchange->error, ERROR_TOO_LARGE,
                  "the body is larger than %zu bytes", exchange->body_limit);
        error_where(&exchange->error, exchange->body_limit, "byte %zu",
                    exchange->body_limit);
        refuse(exchange, 0);
    }
    return true;
}

/* From here the exchange may already be on its way again in another thread. */
static void wake(struct exchange *exchange)
{
    struct server *server = exchange->server;
    connection_wake(server, exchange->connection);
    pthread_mutex_lock(&server->mutex);
    server->asleep--;
    pthread_cond_broadcast(&server->changed);
    pthread_mutex_unlock(&server->mutex);
}

static void act_finished(void *waiter, struct act *act)
{
    struct exchange *exchange = waiter;
    if (act->outcome.code != ERROR_NONE)
        exchange->outcome = act->outcome;
    wake(exchange);
}

static void job_done(void *waiter)
{
    wake(waiter);
}

static void fall_asleep(struct exchange *exchange)
{
    struct server *server = exchange->server;
    struct act *act = exchange->act;
    struct hash_pool *pool = exchange->job_pool;
    exchange->act = NULL;
    exchange->job_pool = NULL;
    exchange->outcome.code = ERROR_NONE;
    pthread_mutex_lock(&server->mutex);
    server->asleep++;
    pthread_mutex_unlock(&server->mutex);
    connection_sleep(exchange);
    bool is_taken = false;
    if (pool != NULL) {
        exchange->job.done = job_done;
        exchange->job.waiter = exchange;
        is_taken = hash_pool_submit(pool, &exchange->job, &exchange->outcome);
    } else {
        act->finished = act_finished;
        act->waiter = exchange;
        is_taken = server->options.door->submit(act, &exchange->outcome);
    }
    if (!is_taken)
        wake(exchange);
}

bool exchange_step(struct exchange *exchange)
{
    struct request *request = &exchange->request;
    if (exchange->is_refused || exchange->asset != NULL)
        return reply_send(exchange);
    request_step *step = exchange->next;
    if (step == NULL) {
        watch_enter(exchange->watched, WATCH_WORK, clock_monotonic());
        step = request->route->handle;
        if (exchange->body_received > 0 && request->file < 0)
            request->body =
                (struct text){.at = exchange->body.at, .len = exchange->body.len};
    }
    exchange->next = NULL;
    if (!step(request, &exchange->response, &exchange->error))
        exchange->is_refused = true;
    else if (exchange->next != NULL) {
        fall_asleep(exchange);
        return true;
    }
    return reply_send(exchange);
}
