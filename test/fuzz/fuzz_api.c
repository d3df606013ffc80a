/* Every route with any target and any body, by somebody who may do everything, against a
 * real study: "GET /api/audit?kind=…" on the first line, the body behind it. What a verb
 * would write is not written: a handler hands its verb over, and nobody takes it. Whatever
 * is answered at once is JSON, refusals too. */
#include "fuzz/fuzz.h"

#include "base/limits.h"
#include "support/is_json.h"
#include "support/study_fixture.h"
#include "web/exchange.h"
#include "web/problem.h"
#include "web/target.h"

#include <stdlib.h>
#include <string.h>

static struct fixture fixture;
static struct caller everybody;
static struct server server;
static struct router *router;

static void close_study(void)
{
    fixture_close(&fixture);
}

static void open_study(void)
{
    static struct grant grants[ROLE_COUNT];
    fixture_open(&fixture);
    atexit(close_study);
    everybody = fixture_person(&fixture, "crc", ROLE_CRC);
    int64_t participant = fixture_screen(&fixture, &everybody);
    fixture_enter(&fixture, &everybody, participant, "SE.SCR", "F.SCR", "I.SCR.HVOL",
                  "N", "I.SCR.BRTHDT", "1950-02-03", NULL);
    for (int role = 0; role < ROLE_COUNT; role++)
        grants[role] = (struct grant){.role = (enum role)role, .site = SITE};
    everybody.grants = grants;
    everybody.grant_count = ROLE_COUNT;
    server.options.table = &route_table;
    router = router_new(&route_table, fixture.arena);
}

static void check_problem(const struct error *err, struct arena *arena)
{
    struct problem problem = {.error = err};
    ASSERT(err->code != ERROR_NONE && err->text[0] != '\0');
    ASSERT(problem_status(&problem) >= 400);
    ASSERT(is_json(problem_print(&problem, arena)));
}

/* A stream needs its server; a transfer watches the connection of its client. */
static bool needs_connection(const char *path)
{
    static const char *const begins[] = {"/api/live", "/api/exports", "/api/imports"};
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++)
        if (strncmp(path, begins[i], strlen(begins[i])) == 0)
            return true;
    return false;
}

static void handle(struct request *request, struct text body)
{
    struct response response = {0};
    struct error err = {0};
    size_t limit = request->route->body_limit;
    if (needs_connection(request->route->path))
        return;
    if (body.len > 0 && limit > 0 && body.len <= limit)
        request->body = body;
    if (!request->route->handle(request, &response, &err))
        check_problem(&err, request->arena);
    else if (request->exchange->next == NULL && response.status != 204)
        ASSERT(is_json(response.body));
}

static bool find(struct request *request, struct text line, struct error *err)
{
    struct target target;
    struct text allowed;
    struct text method = text_cut(&line, ' ');
    if (!http_method_parse(method, &request->method) || line.len == 0 ||
        line.len > LIMIT_URL || line.at[0] != '/')
        return error_set(err, ERROR_USAGE, "the guard would have refused it");
    if (!target_read(line, request->arena, &target, err))
        return false;
    request->path = target.path;
    request->query = target.query;
    request->query_count = target.query_count;
    return router_find(router, request, &allowed, err);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    if (router == NULL)
        open_study();
    struct exchange *exchange = calloc(1, sizeof *exchange);
    ASSERT(exchange != NULL);
    exchange->server = &server;
    struct request request = {.arena = arena_new(2 * LIMIT_REQUEST_ARENA),
                              .study = fixture.study,
                              .caller = &everybody,
                              .token = TEXT("SYNTHETIC token"),
                              .client = TEXT("192.0.2.1"),
                              .server = &server,
                              .exchange = exchange};
    struct text body = fuzz_text(bytes, len);
    struct text line = text_cut(&body, '\n');
    struct error err = {0};
    if (find(&request, line, &err))
        handle(&request, body);
    else
        check_problem(&err, request.arena);
    arena_free(request.arena);
    free(exchange);
    return 0;
}
