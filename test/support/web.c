#include "support/web.h"

#include "base/limits.h"
#include "web/live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct web_seen web_seen;

/* -- the writer: a thread that runs acts in their order ------------------------------- */

enum { WRITER_ROOM = 4096 };

static struct {
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct act *acts[WRITER_ROOM];
    size_t first, count;
    bool is_ending;
} writer = {.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static void (*listener)(void *data, const struct store_notice *notice);
static void *listener_data;

static struct act *next_act(void)
{
    pthread_mutex_lock(&writer.mutex);
    while (writer.count == 0 && !writer.is_ending)
        pthread_cond_wait(&writer.changed, &writer.mutex);
    struct act *act = NULL;
    if (writer.count > 0) {
        act = writer.acts[writer.first];
        writer.first = (writer.first + 1) % WRITER_ROOM;
        writer.count--;
    }
    pthread_mutex_unlock(&writer.mutex);
    return act;
}

static void *write_acts(void *data)
{
    for (struct act *act = next_act(); act != NULL; act = next_act()) {
        while (atomic_load(&web_seen.is_held))
            web_pause(1);
        atomic_fetch_add(&web_seen.saves, 1);
        if (act->decide(act, NULL, &act->outcome))
            act->outcome.code = ERROR_NONE;
        act->finished(act->waiter, act);
    }
    return data;
}

static bool submit(struct act *act, struct error *err)
{
    pthread_mutex_lock(&writer.mutex);
    bool has_room = writer.count < WRITER_ROOM && !atomic_load(&web_seen.is_full);
    if (has_room) {
        writer.acts[(writer.first + writer.count) % WRITER_ROOM] = act;
        writer.count++;
        pthread_cond_signal(&writer.changed);
    }
    pthread_mutex_unlock(&writer.mutex);
    return has_room || error_set(err, ERROR_BUSY, "the queue of the writer is full");
}

/* -- the rest of the door --------------------------------------------------------------- */

static const struct grant crc_grants[] = {{.role = ROLE_CRC, .site = TEXT_INIT("01")}};
static const struct grant mon_grants[] = {{.role = ROLE_MON, .site = TEXT_INIT("02")}};
static const struct grant adm_grants[] = {{.role = ROLE_ADM}};
static const struct grant dm_grants[] = {{.role = ROLE_DM}};
static const struct {
    struct text token;
    const struct grant *grants;
} people[] = {{TEXT_INIT("crc-01"), crc_grants},
              {TEXT_INIT("mon-02"), mon_grants},
              {TEXT_INIT("adm"), adm_grants},
              {TEXT_INIT("dm"), dm_grants}};

static bool find_caller(struct study *study, struct text token, struct arena *arena,
                        struct caller *caller, struct error *err)
{
    (void)study;
    (void)arena;
    for (size_t i = 0; i < ARRAY_COUNT(people); i++)
        if (text_equal(people[i].token, token)) {
            *caller = (struct caller){.user = (int64_t)i + 1,
                                      .name = token,
                                      .grants = people[i].grants,
                                      .grant_count = 1};
            return true;
        }
    return error_set(err, ERROR_SIGN_IN, "signed out: please sign in");
}

static bool session_stands(struct study *study, const struct caller *caller)
{
    (void)study;
    (void)caller;
    return !atomic_load(&web_seen.are_sessions_ended);
}

static bool csrf_matches(struct text token, struct text csrf)
{
    return text_starts_with(csrf, TEXT("csrf-")) &&
           text_equal(text_part(csrf, 5, csrf.len), token);
}

static bool find_participant(struct study *study, int64_t id, struct arena *arena,
                             struct participant **out, struct error *err)
{
    (void)study;
    (void)err;
    *out = NULL;
    if (id > 2)
        return true;
    *out = ARENA_NEW(arena, struct participant);
    (*out)->id = id;
    (*out)->site = id == 1 ? TEXT("01") : TEXT("02");
    return true;
}

static bool refused(struct study *study, const struct caller *caller,
                    int64_t participant, const struct error *err)
{
    (void)study;
    (void)caller;
    (void)participant;
    (void)err;
    atomic_fetch_add(&web_seen.refused, 1);
    return false;
}

static void refused_token(struct study *study, struct text token, struct text client)
{
    (void)study;
    (void)token;
    (void)client;
}

static void listen_to(struct study *study,
                      void (*heard)(void *data, const struct store_notice *notice),
                      void *data)
{
    (void)study;
    listener = heard;
    listener_data = data;
}

void web_notice(const struct store_notice *notice)
{
    listener(listener_data, notice);
}

static const struct server_door door = {.find_caller = find_caller,
                                        .session_stands = session_stands,
                                        .csrf_matches = csrf_matches,
                                        .find_participant = find_participant,
                                        .refused_token = refused_token,
                                        .refused = refused,
                                        .submit = submit,
                                        .listen = listen_to};

/* -- the routes --------------------------------------------------------------------------- */

static bool say(struct request *request, struct response *response, struct error *err,
                struct text what)
{
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_text(&json, "said", what);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

static bool handle_echo(struct request *request, struct response *response,
                        struct error *err)
{
    struct text what = request_query(request, "say");
    return say(request, response, err, text_is_absent(what) ? TEXT("nothing") : what);
}

static bool handle_body(struct request *request, struct response *response,
                        struct error *err)
{
    struct json_fields in;
    if (!request_json(request, &in, err))
        return false;
    struct text what = json_field_text(&in, "say", 500);
    return json_fields_done(&in) && say(request, response, err, what);
}

static bool handle_secret(struct request *request, struct response *response,
                          struct error *err)
{
    atomic_fetch_add(&web_seen.secrets, 1);
    return say(request, response, err, TEXT("secret"));
}

static bool decide(struct act *act, struct txn *txn, struct error *err)
{
    (void)act;
    (void)txn;
    (void)err;
    return true;
}

static bool decide_otherwise(struct act *act, struct txn *txn, struct error *err)
{
    (void)act;
    (void)txn;
    return error_set(err, ERROR_NOT_CONFIRMED, "the disk did not confirm");
}

static bool after_act(struct request *request, struct response *response,
                      struct error *err)
{
    struct act *act = request->work;
    ASSERT(act->arena == request->arena);
    return request_outcome(request, err) && say(request, response, err, TEXT("saved"));
}

static bool act_of_request(struct request *request,
                           bool (*verb)(struct act *, struct txn *, struct error *))
{
    struct act *act = ARENA_NEW(request->arena, struct act);
    atomic_store(&web_seen.last_body_len, (int)request->body.len);
    act->arena = request->arena;
    act->decide = verb;
    return request_act(request, act, after_act);
}

static bool handle_save(struct request *request, struct response *response,
                        struct error *err)
{
    (void)response;
    (void)err;
    return act_of_request(request, decide);
}

static bool handle_unsaved(struct request *request, struct response *response,
                           struct error *err)
{
    (void)response;
    (void)err;
    return act_of_request(request, decide_otherwise);
}

static void count_up(void *work)
{
    int *number = work;
    *number += 1;
}

/* Hashes twice, then writes: a chain of three sleeps. */
static bool after_hash(struct request *request, struct response *response,
                       struct error *err)
{
    int *number = request->work;
    if (!request_outcome(request, err))
        return false;
    if (*number < 2)
        return request_hash(request, count_up, number, after_hash);
    return handle_save(request, response, err);
}

static bool handle_hash(struct request *request, struct response *response,
                        struct error *err)
{
    (void)response;
    (void)err;
    return request_hash(request, count_up, ARENA_NEW(request->arena, int), after_hash);
}

static bool handle_broken(struct request *request, struct response *response,
                          struct error *err)
{
    (void)request;
    (void)response;
    return error_set(err, ERROR_FAILED, "/srv/osteon: disk I/O error");
}

static bool handle_empty(struct request *request, struct response *response,
                         struct error *err)
{
    (void)err;
    response_session_cookie(request, response, TEXT("crc-01"));
    return response_empty(response);
}

static bool handle_kept(struct request *request, struct response *response,
                        struct error *err)
{
    char *long_text = arena_alloc(request->arena, 5000);
    memset(long_text, 'a', 4999);
    response->etag = TEXT("v0.2");
    response->may_be_kept = true;
    response->may_be_compressed = true;
    return say(request, response, err, text_of(long_text));
}

static bool handle_large(struct request *request, struct response *response,
                         struct error *err)
{
    enum { LARGE = 12 * 1024 * 1024 };
    char *bytes = arena_alloc(request->arena, LARGE);
    memset(bytes, 'a', LARGE);
    (void)err;
    response->body = (struct text){.at = bytes, .len = LARGE};
    response->content_type = "text/plain";
    return true;
}

static bool handle_live(struct request *request, struct response *response,
                        struct error *err)
{
    int64_t last = 0;
    if (!text_to_int64(request_header(request, "last-event-id"), &last))
        last = 0;
    return live_open(server_live(request->server), request->caller, last,
                     &response->live, err);
}

static void write_needs(struct json_writer *json, const void *data)
{
    json_member_text(json, "needs", text_of(data));
}

static bool handle_needs(struct request *request, struct response *response,
                         struct error *err)
{
    (void)request;
    response->problem_members = write_needs;
    response->problem_data = "totp";
    response_header(response, "Retry-After", TEXT("7"));
    return error_set(err, ERROR_TOO_MANY, "wait");
}

// clang-format off
static const struct route routes[] = {
    {.method = HTTP_GET, .path = "/api/echo", .permission = ROUTE_PUBLIC, .scope = ROUTE_ANYWHERE, .body_limit = 0, .handle = handle_echo, .query = "say"},
    {.method = HTTP_POST, .path = "/api/echo", .permission = ROUTE_PUBLIC, .scope = ROUTE_ANYWHERE, .body_limit = 1000, .handle = handle_body},
    {.method = HTTP_GET, .path = "/api/secret", .permission = ROUTE_PUBLIC, .scope = ROUTE_ANYWHERE, .body_limit = 0, .handle = handle_secret},
    {.method = HTTP_GET, .path = "/api/broken", .permission = ROUTE_PUBLIC, .scope = ROUTE_ANYWHERE, .body_limit = 0, .handle = handle_broken},
    {.method = HTTP_POST, .path = "/api/empty", .permission = ROUTE_PUBLIC, .scope = ROUTE_ANYWHERE, .body_limit = 0, .handle = handle_empty},
    {.method = HTTP_GET, .path = "/api/kept", .permission = ROUTE_PUBLIC, .scope = ROUTE_ANYWHERE, .body_limit = 0, .handle = handle_kept},
    {.method = HTTP_GET, .path = "/api/needs", .permission = ROUTE_PUBLIC, .scope = ROUTE_ANYWHERE, .body_limit = 0, .handle = handle_needs},
    {.method = HTTP_GET, .path = "/api/large", .permission = ROUTE_PUBLIC, .scope = ROUTE_ANYWHERE, .body_limit = 0, .handle = handle_large},
    {.method = HTTP_POST, .path = "/api/hash", .permission = ROUTE_PUBLIC, .scope = ROUTE_ANYWHERE, .body_limit = 0, .handle = handle_hash},
    {.method = HTTP_POST, .path = "/api/save", .permission = ROUTE_SIGNED_IN, .scope = ROUTE_ANYWHERE, .body_limit = LIMIT_BODY, .handle = handle_save},
    {.method = HTTP_POST, .path = "/api/unsaved", .permission = ROUTE_SIGNED_IN, .scope = ROUTE_ANYWHERE, .body_limit = 0, .handle = handle_unsaved},
    {.method = HTTP_GET, .path = "/api/live", .permission = ROUTE_SIGNED_IN, .scope = ROUTE_ANYWHERE, .body_limit = 0, .handle = handle_live},
    {.method = HTTP_GET, .path = "/api/participants/{id}", .permission = PERMISSION_VIEW_CASEBOOK, .scope = ROUTE_OF_PARTICIPANT, .body_limit = 0, .handle = handle_echo},
    {.method = HTTP_GET, .path = "/api/participants", .permission = PERMISSION_VIEW_CASEBOOK, .scope = ROUTE_ANYWHERE, .body_limit = 0, .handle = handle_echo},
    {.method = HTTP_GET, .path = "/api/users", .permission = PERMISSION_MANAGE_USERS, .scope = ROUTE_EVERYWHERE, .body_limit = 0, .handle = handle_echo},
};
// clang-format on
static const struct route_table table = {.routes = routes,
                                         .route_count = ARRAY_COUNT(routes)};

/* -- the page ------------------------------------------------------------------------------ */

static const unsigned char plain[] = "console.log('a long enough script');";
static const unsigned char packed[] = "packed";
static const unsigned char document[] = "<!doctype html><title>Osteon</title>";
static const struct asset files[] = {
    {"/app-1a2b.js", "0011223344556677", "text/javascript; charset=utf-8", true, plain,
     plain + sizeof plain - 1, packed, packed + sizeof packed - 1},
    {"/index.html", "8899aabbccddeeff", "text/html; charset=utf-8", false, document,
     document + sizeof document - 1, NULL, NULL},
};

void web_pause(int milliseconds)
{
    nanosleep(&(struct timespec){.tv_nsec = milliseconds * 1000000L}, NULL);
}

struct web *web_start(const struct server_options *wanted)
{
    struct web *web = malloc(sizeof *web);
    struct server_options options =
        wanted == NULL ? (struct server_options){0} : *wanted;
    struct error err;
    memset(&web_seen, 0, sizeof web_seen);
    writer.is_ending = false;
    pthread_create(&writer.thread, NULL, write_acts, NULL);
    options.listen = "127.0.0.1:0";
    options.door = &door;
    options.table = &table;
    options.assets = files;
    options.asset_count = ARRAY_COUNT(files);
    web->process = arena_new(SIZE_MAX);
    if (!server_start(&options, web->process, &web->server, &err)) {
        fprintf(stderr, "the server under test: %s\n", err.text);
        abort();
    }
    struct text address = server_address(web->server);
    while (text_find(address, ':') < address.len)
        (void)text_cut(&address, ':');
    web->port = (int)strtol(address.at, NULL, 10);
    return web;
}

void web_stop(struct web *web)
{
    server_stop(web->server);
    pthread_mutex_lock(&writer.mutex);
    writer.is_ending = true;
    pthread_cond_signal(&writer.changed);
    pthread_mutex_unlock(&writer.mutex);
    pthread_join(writer.thread, NULL);
    arena_free(web->process);
    free(web);
}
