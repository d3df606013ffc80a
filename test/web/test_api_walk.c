/* SIZE-OK: a row for every route, and every walk over them, on one server. */
/* The permission walk: every route × 16 roles × own or other site × assigned or not,
 * against the real server, held to the matrix of the study's specification (ecrf.json).
 *
 * What right a route asks for is written down here once more, apart from the program's own
 * table: a route without a row here fails, and so does a row without a route. A refusal is
 * 403; whatever else comes back shows that the caller got past the permissions. Who asks
 * is said by the token, "RN/02/1": role, the site of the role, assigned to the participant
 * or not; sign-in itself is tested elsewhere.
 */
#include "actions/query.h"
#include "support/http.h"
#include "support/matrix.h"
#include "support/study_fixture.h"
#include "support/unit.h"
#include "web/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { TARGET_SIZE = 256, TOKEN_SIZE = 16 };

#define VIEW_CASEBOOK                                                                  \
    "view casebook (pseudonymised; imaging reads hidden until both are signed)"
#define RECONCILE    "reconcile feed messages (identity shown as match or no match)"
#define MANAGE_USERS "manage users and roles (no clinical view)"

struct walk {
    struct fixture fixture;
    struct caller people[ROLE_COUNT];
    int64_t participant; /* a screening record at site 01 */
    int64_t placed;      /* a provisional record at site 01 */
    struct server *server;
    struct arena *process;
    struct matrix matrix;
    int port;
    int steps;
};

/* One at a time: the door of the server finds its callers here. */
static struct walk *walking;

struct step {
    enum role role;
    bool is_own_site; /* the role is held at site 01, where the participants are */
    bool is_assigned;
};

/* -- who asks ------------------------------------------------------------------------- */

static void token_of(const struct step *step, char out[TOKEN_SIZE])
{
    snprintf(out, TOKEN_SIZE, "%.*s/%s/%d", TEXT_ARG(role_code(step->role)),
             step->is_own_site ? "01" : "02", step->is_assigned ? 1 : 0);
}

static bool find_caller(struct study *study, struct text token, struct arena *arena,
                        struct caller *caller, struct error *err)
{
    (void)study;
    struct text rest = token;
    struct text code = text_cut(&rest, '/');
    struct text site = text_cut(&rest, '/');
    enum role role;
    if (!role_parse(code, &role))
        return error_set(err, ERROR_SIGN_IN, "no such person");
    *caller = walking->people[role];
    struct grant *grant = ARENA_NEW(arena, struct grant);
    *grant = (struct grant){.role = role, .site = text_copy(arena, site)};
    caller->grants = grant;
    caller->grant_count = 1;
    int64_t *assigned = ARENA_ARRAY(arena, int64_t, 2);
    assigned[0] = walking->participant;
    assigned[1] = walking->placed;
    caller->assigned = assigned;
    caller->assigned_count = text_equal(rest, TEXT("1")) ? 2 : 0;
    return true;
}

static bool stands(struct study *study, const struct caller *caller)
{
    (void)study;
    (void)caller;
    return true;
}

/* -- the server under test ------------------------------------------------------------ */

static void people_add(struct walk *walk)
{
    for (int role = 0; role < ROLE_COUNT; role++) {
        char *name = arena_alloc(walk->fixture.arena, TOKEN_SIZE);
        snprintf(name, TOKEN_SIZE, "p-%.*s", TEXT_ARG(role_code((enum role)role)));
        for (char *at = name; *at != '\0'; at++)
            if (*at >= 'A' && *at <= 'Z')
                *at = (char)(*at - 'A' + 'a');
        walk->people[role] = fixture_person(&walk->fixture, name, (enum role)role);
    }
}

static int begin(void **state)
{
    struct walk *walk = walking = test_calloc(1, sizeof *walk);
    *state = walk;
    matrix_read(&walk->matrix);
    fixture_open(&walk->fixture);
    people_add(walk);
    walk->participant = fixture_screen(&walk->fixture, &walk->people[ROLE_CRC]);
    walk->placed = fixture_place(&walk->fixture, &walk->people[ROLE_RN]);
    fixture_enter(&walk->fixture, &walk->people[ROLE_CRC], walk->participant, "SE.SCR",
                  "F.SCR", "I.SCR.BRTHDT", "1980-02-29", NULL);
    struct server_door door = server_door_of_actions;
    door.find_caller = find_caller;
    door.session_stands = stands;
    struct server_options options = {.listen = "127.0.0.1:0",
                                     .study = walk->fixture.study,
                                     .door = &door,
                                     .table = &route_table};
    static struct server_door kept;
    kept = door;
    options.door = &kept;
    walk->process = arena_new(16 << 20);
    ASSERT_OK(server_start(&options, walk->process, &walk->server, &walk->fixture.err),
              &walk->fixture.err);
    struct text address = server_address(walk->server);
    int64_t port = 0;
    struct text rest = address;
    while (!text_is_absent(rest))
        (void)text_to_int64(text_cut(&rest, ':'), &port);
    walk->port = (int)port;
    return 0;
}

static int end(void **state)
{
    struct walk *walk = *state;
    server_stop(walk->server);
    arena_free(walk->process);
    fixture_close(&walk->fixture);
    print_message("%d requests walked\n", walk->steps);
    test_free(walk);
    return 0;
}

/* -- asking --------------------------------------------------------------------------- */

static const char *method_name(enum http_method method)
{
    return method == HTTP_GET ? "GET" : "POST";
}

/* The live stream never ends: that it begins is enough. */
/* An answer that never ends, or is larger than our memory for it. */
static int ask_for_stream(const struct walk *walk, const char *target,
                          const char *lines)
{
    struct http *http = calloc(1, sizeof *http);
    char head[1024];
    snprintf(head, sizeof head,
             "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n",
             target, lines);
    bool has_begun = http_open(http, walk->port) && http_say(http, head) &&
                     http_take_until(http, "HTTP/1.1 200 ");
    http_close(http);
    free(http);
    return has_begun ? 200 : 0;
}

static int ask(struct walk *walk, const struct step *step, const char *method,
               const char *target, const char *body, struct http_answer *answer)
{
    char token[TOKEN_SIZE];
    char lines[128];
    token_of(step, token);
    snprintf(lines, sizeof lines, "Authorization: Bearer %s\r\n", token);
    walk->steps++;
    if (strcmp(target, "/api/live") == 0 ||
        strncmp(target, "/api/exports/odm", 16) == 0 ||
        strcmp(target, "/api/exports/audit") == 0)
        return ask_for_stream(walk, target, lines);
    return http_ask(walk->port, method, target, lines, body, answer);
}

/* -- what the specification says ------------------------------------------------------ */

/* For a record at site 01. */
static bool may(const struct walk *walk, enum permission permission,
                const struct step *step)
{
    switch (walk->matrix.letters[permission][step->role]) {
    case 'a': return true;
    case 's': return step->is_own_site;
    case 't': return step->is_assigned;
    default: return false;
    }
}

/* What a route asks for, by the specification. */
enum asked {
    NO_SIGN_IN,
    A_SIGN_IN,
    BY_BODY,      /* what the body says decides: walked by a test of its own */
    SOMEWHERE,    /* the right at some site: lists, which show what it covers */
    AT_ITS_SITE,  /* the right at the site of the participant, or for the assigned */
    FOR_ALL_SITES /* the right for all sites: what belongs to none */
};

struct row {
    const char *route;
    enum asked asked;
    const char *permission; /* as the specification names it */
};

// clang-format off
static const struct row rows[] = {
    {"GET /api/health",                       NO_SIGN_IN,    NULL},
    {"GET /api/openapi.json",                 NO_SIGN_IN,    NULL},
    {"POST /api/login",                       NO_SIGN_IN,    NULL},
    {"GET /api/login/link/{token}",           NO_SIGN_IN,    NULL},
    {"POST /api/login/link",                  NO_SIGN_IN,    NULL},
    {"GET /api/study",                        A_SIGN_IN,     NULL},
    {"GET /api/study/open-points",            A_SIGN_IN,     NULL},
    {"POST /api/study/open-points",           FOR_ALL_SITES, "change study configuration (two persons)"},
    {"GET /api/study/rules",                  A_SIGN_IN,     NULL},
    {"GET /api/study/designs/{version}",      A_SIGN_IN,     NULL},
    {"GET /api/study/versions",               A_SIGN_IN,     NULL},
    {"POST /api/study/proposals",             FOR_ALL_SITES, "publish design version (two persons)"},
    {"GET /api/study/proposals/{id}/changes", FOR_ALL_SITES, "publish design version (two persons)"},
    {"GET /api/study/proposals/{id}/preview", FOR_ALL_SITES, "publish design version (two persons)"},
    {"POST /api/study/proposals/{id}/publish", FOR_ALL_SITES, "publish design version (two persons)"},
    {"POST /api/study/proposals/{id}/withdraw", FOR_ALL_SITES, "publish design version (two persons)"},
    {"GET /api/study/reconsent",              SOMEWHERE,     VIEW_CASEBOOK},
    {"POST /api/study/moves",                 FOR_ALL_SITES, "publish design version (two persons)"},
    {"GET /api/overview",                     SOMEWHERE,     "view aggregate overview"},
    {"GET /api/analysis",                     SOMEWHERE,     "view aggregate overview"},
    {"GET /api/analysis/figures/{name}",      SOMEWHERE,     "view aggregate overview"},
    {"GET /api/analysis/report.html",         SOMEWHERE,     "view aggregate overview"},
    {"GET /api/analysis/report.pdf",          SOMEWHERE,     "view aggregate overview"},
    {"POST /api/analysis/runs",               FOR_ALL_SITES, "run analysis"},
    {"GET /api/analysis/plans",               SOMEWHERE,     "view aggregate overview"},
    {"POST /api/analysis/plans/{id}/publish", FOR_ALL_SITES, "publish analysis plan version (two persons)"},
    {"GET /api/analysis/{id}",                SOMEWHERE,     "view aggregate overview"},
    {"GET /api/study/reference",              SOMEWHERE,     VIEW_CASEBOOK},
    {"GET /api/permissions",                  A_SIGN_IN,     NULL},
    {"POST /api/logout",                      A_SIGN_IN,     NULL},
    {"GET /api/me",                           A_SIGN_IN,     NULL},
    {"POST /api/me/password",                 A_SIGN_IN,     NULL},
    {"POST /api/me/totp/start",               A_SIGN_IN,     NULL},
    {"POST /api/me/totp/confirm",             A_SIGN_IN,     NULL},
    {"POST /api/me/totp/remove",              A_SIGN_IN,     NULL},
    {"GET /api/me/signed-in",                 A_SIGN_IN,     NULL},
    {"POST /api/me/sign-out-others",          A_SIGN_IN,     NULL},
    {"POST /api/rescues",                     A_SIGN_IN,     NULL},
    {"GET /api/live",                         A_SIGN_IN,     NULL},
    {"GET /api/participants",                 SOMEWHERE,     VIEW_CASEBOOK},
    {"POST /api/participants",                BY_BODY,       NULL},
    {"GET /api/participants/{id}",            AT_ITS_SITE,   VIEW_CASEBOOK},
    {"GET /api/participants/{id}/facts",      AT_ITS_SITE,   VIEW_CASEBOOK},
    {"POST /api/participants/{id}/attach",    AT_ITS_SITE,   "attach provisional participant (two persons)"},
    {"POST /api/participants/{id}/detach",    AT_ITS_SITE,   "attach provisional participant (two persons)"},
    {"POST /api/participants/{id}/bone-use",  AT_ITS_SITE,   "run bedside timer"},
    {"POST /api/participants/{id}/enrol",     AT_ITS_SITE,   "sign eligibility, enrol"},
    {"GET /api/participants/{id}/start-review", AT_ITS_SITE, VIEW_CASEBOOK},
    {"POST /api/participants/{id}/start-review", AT_ITS_SITE, "delegate (delegation log)"},
    {"GET /api/participants/{id}/erasure",    AT_ITS_SITE,   "run erasure workflow (two persons)"},
    {"POST /api/participants/{id}/erasure",   AT_ITS_SITE,   "run erasure workflow (two persons)"},
    {"POST /api/participants/{id}/erasure/take-back", AT_ITS_SITE, "run erasure workflow (two persons)"},
    {"GET /api/participants/{id}/forms/{event}/{form}", AT_ITS_SITE, VIEW_CASEBOOK},
    {"GET /api/participants/{id}/sheet/{event}/{form}", AT_ITS_SITE, VIEW_CASEBOOK},
    {"GET /api/images",                       A_SIGN_IN,     NULL},
    {"GET /api/images/{id}",                  A_SIGN_IN,     NULL},
    {"GET /api/image-studies",                SOMEWHERE,     "enter IM study (order, modality, region)"},
    {"POST /api/participants/{id}/images",    AT_ITS_SITE,   "enter IM study (order, modality, region)"},
    {"POST /api/participants/{id}/sign-reading", AT_ITS_SITE, "sign own read or adjudication"},
    {"POST /api/participants/{id}/second-check", AT_ITS_SITE, "second check of a critical entry"},
    {"POST /api/participants/{id}/sign",      AT_ITS_SITE,   "sign form / casebook"},
    {"POST /api/participants/{id}/verify",    AT_ITS_SITE,   "source-verify"},
    {"POST /api/participants/{id}/verify/withdraw", AT_ITS_SITE, "source-verify"},
    {"GET /api/verification",                 SOMEWHERE,     VIEW_CASEBOOK},
    {"GET /api/database/readiness",           FOR_ALL_SITES, "sign database lock (two persons)"},
    {"POST /api/participants/{id}/freeze",    AT_ITS_SITE,   "freeze"},
    {"POST /api/participants/{id}/unfreeze",  AT_ITS_SITE,   "unfreeze"},
    {"POST /api/participants/{id}/lock",      AT_ITS_SITE,   "lock (two persons)"},
    {"POST /api/participants/{id}/unlock",    AT_ITS_SITE,   "unlock (two persons)"},
    {"GET /api/database",                     A_SIGN_IN,     NULL},
    {"POST /api/database/lock",               FOR_ALL_SITES, "sign database lock (two persons)"},
    {"POST /api/database/unlock",             FOR_ALL_SITES, "sign database lock (two persons)"},
    {"GET /api/participants/{id}/copy",       AT_ITS_SITE,   "export or print casebook (PDF, pseudonymised)"},
    {"GET /api/participants/{id}/history",    AT_ITS_SITE,   "view history of a value"},
    {"POST /api/participants/{id}/vault/view", BY_BODY,      NULL},
    {"POST /api/mutations",                   BY_BODY,       NULL},
    {"GET /api/queries",                      SOMEWHERE,     VIEW_CASEBOOK},
    {"GET /api/queries/counts",               SOMEWHERE,     VIEW_CASEBOOK},
    {"GET /api/queries/{id}",                 SOMEWHERE,     VIEW_CASEBOOK},
    {"POST /api/queries",                     SOMEWHERE,     "raise query"},
    {"POST /api/queries/{id}/answer",         SOMEWHERE,     "answer query"},
    {"POST /api/queries/{id}/close",          SOMEWHERE,     "close query"},
    {"POST /api/queries/{id}/reopen",         SOMEWHERE,     "close query"},
    {"POST /api/queries/{id}/cancel",         SOMEWHERE,     "raise query"},
    {"POST /api/queries/{id}/assign",         SOMEWHERE,     "raise query"},
    {"POST /api/participants/{id}/safety-review", AT_ITS_SITE, "safety review and report"},
    {"POST /api/participants/{id}/grade-decision", AT_ITS_SITE, "sign form / casebook"},
    {"POST /api/participants/{id}/deviation-assessment", AT_ITS_SITE, "sign form / casebook"},
    {"GET /api/work",                         SOMEWHERE,     "view own work list"},
    {"GET /api/today",                        SOMEWHERE,     VIEW_CASEBOOK},
    {"POST /api/participants/{id}/dwell-leave", AT_ITS_SITE, VIEW_CASEBOOK},
    {"GET /api/alarms",                       A_SIGN_IN,     NULL},
    {"POST /api/alarms/{id}/acknowledge",     A_SIGN_IN,     NULL},
    {"GET /api/feeds",                        SOMEWHERE,     "view feed state (no values)"},
    {"POST /api/feeds",                       FOR_ALL_SITES, "manage feeds and certificates"},
    {"GET /api/feed-messages",                SOMEWHERE,     RECONCILE},
    {"GET /api/feed-messages/{id}",           SOMEWHERE,     RECONCILE},
    {"POST /api/feed-messages/{id}/patient",  SOMEWHERE,     RECONCILE},
    {"POST /api/feed-messages/{id}/retry",    SOMEWHERE,     RECONCILE},
    {"POST /api/feed-messages/retry",         SOMEWHERE,     RECONCILE},
    {"GET /api/feed-map",                     SOMEWHERE,     "view feed state (no values)"},
    {"POST /api/feed-map",                    SOMEWHERE,     "view feed state (no values)"},
    {"POST /api/feed-map/{id}/end",           SOMEWHERE,     "view feed state (no values)"},
    {"GET /api/safety",                       SOMEWHERE,     "read SAE reports (pseudonymised)"},
    {"GET /api/audit",                        SOMEWHERE,     "view audit trail without clinical values"},
    {"GET /api/verify",                       FOR_ALL_SITES, "verify log"},
    {"POST /api/checkpoint",                  FOR_ALL_SITES, "verify log"},
    {"GET /api/exports",                      SOMEWHERE,     "export ODM pseudonymised"},
    {"GET /api/exports/contents",             SOMEWHERE,     "export ODM pseudonymised"},
    {"GET /api/exports/csv",                  SOMEWHERE,     "export CSV pseudonymised"},
    {"GET /api/exports/odm",                  SOMEWHERE,     "export ODM pseudonymised"},
    {"GET /api/exports/odm1",                 SOMEWHERE,     "export ODM pseudonymised"},
    {"GET /api/exports/audit",                SOMEWHERE,     "export history (audit trail)"},
    {"POST /api/imports/try",                 SOMEWHERE,     "dry-run import"},
    {"POST /api/imports",                     SOMEWHERE,     "import data"},
    {"GET /api/transfers",                    A_SIGN_IN,     NULL},
    {"GET /api/registers/{name}",             A_SIGN_IN,     NULL},
    {"POST /api/registers/{name}",            A_SIGN_IN,     NULL},
    {"POST /api/registers/{name}/{id}/agree", A_SIGN_IN,     NULL},
    {"POST /api/registers/{name}/{id}/correct", A_SIGN_IN,   NULL},
    {"POST /api/registers/{name}/{id}/end",   A_SIGN_IN,     NULL},
    {"POST /api/users/{id}/identity",         FOR_ALL_SITES, MANAGE_USERS},
    {"GET /api/users",                        FOR_ALL_SITES, MANAGE_USERS},
    {"POST /api/users",                       FOR_ALL_SITES, MANAGE_USERS},
    {"POST /api/users/{id}/roles",            FOR_ALL_SITES, MANAGE_USERS},
    {"POST /api/users/{id}/disable",          FOR_ALL_SITES, MANAGE_USERS},
    {"POST /api/users/{id}/enable",           FOR_ALL_SITES, MANAGE_USERS},
    {"POST /api/users/{id}/reset",            FOR_ALL_SITES, MANAGE_USERS},
    {"GET /api/users/password-rules",         FOR_ALL_SITES, MANAGE_USERS},
    {"POST /api/users/password-rules",        FOR_ALL_SITES, MANAGE_USERS},
    {"GET /api/users/misuse",                 FOR_ALL_SITES, MANAGE_USERS},
    {"POST /api/users/misuse/review",         FOR_ALL_SITES, MANAGE_USERS},
    {"POST /api/users/sign-out",              FOR_ALL_SITES, MANAGE_USERS},
    {"POST /api/users/{id}/sign-out",         FOR_ALL_SITES, MANAGE_USERS},
};
// clang-format on

static bool is_row_of(const struct row *row, const struct route *route)
{
    char name[TARGET_SIZE];
    snprintf(name, sizeof name, "%s %s", method_name(route->method), route->path);
    return strcmp(row->route, name) == 0;
}

static const struct row *row_of(const struct route *route)
{
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
        if (is_row_of(&rows[i], route))
            return &rows[i];
    return NULL;
}

static bool row_allows(const struct walk *walk, const struct row *row,
                       const struct step *step)
{
    enum permission permission;
    if (row->permission == NULL)
        return true;
    assert_true(permission_parse(text_of(row->permission), &permission));
    if (row->asked == AT_ITS_SITE)
        return may(walk, permission, step);
    char letter = walk->matrix.letters[permission][step->role];
    return row->asked == FOR_ALL_SITES ? letter == 'a' : letter != '.';
}

/* -- the walk ------------------------------------------------------------------------- */

/* Calls `visit` for all 64 steps; each returns false when it went wrong. */
static int walk_steps(struct walk *walk,
                      bool (*visit)(struct walk *walk, const struct step *step,
                                    const void *data),
                      const void *data)
{
    int wrong = 0;
    for (int role = 0; role < ROLE_COUNT; role++)
        for (int place = 0; place < 4; place++) {
            struct step step = {.role = (enum role)role,
                                .is_own_site = (place & 1) == 0,
                                .is_assigned = (place & 2) != 0};
            wrong += visit(walk, &step, data) ? 0 : 1;
        }
    return wrong;
}

static bool agrees(const struct step *step, const char *what, int status,
                   bool is_allowed)
{
    bool was_allowed = status != 403 && status != 0;
    if (was_allowed == is_allowed)
        return true;
    print_error("%s by %.*s at %s site, %s: %d, but the matrix %s\n", what,
                TEXT_ARG(role_code(step->role)),
                step->is_own_site ? "the own" : "another",
                step->is_assigned ? "assigned" : "not assigned", status,
                is_allowed ? "allows it" : "does not allow it");
    return false;
}

/* The path of a route, its places filled: a participant of site 01, or a user that does
 * not exist, so that walking changes nobody. */
static void target_of(const struct walk *walk, const struct route *route,
                      char out[TARGET_SIZE])
{
    size_t len = 0;
    bool is_participant = strstr(route->path, "/participants/") != NULL;
    for (const char *at = route->path; *at != '\0';) {
        if (*at != '{') {
            out[len++] = *at++;
            continue;
        }
        size_t place = strcspn(at, "}");
        if (strncmp(at, "{id}", 4) == 0)
            len += (size_t)snprintf(out + len, TARGET_SIZE - len, "%lld",
                                    is_participant ? (long long)walk->participant
                                                   : 999999LL);
        else
            len += (size_t)snprintf(out + len, TARGET_SIZE - len, "%s",
                                    strncmp(at, "{event", 6) == 0  ? "SE.SCR"
                                    : strncmp(at, "{form", 5) == 0 ? "F.SCR"
                                                                   : "unknown");
        at += place + 1;
    }
    out[len] = '\0';
}

static bool visit_route(struct walk *walk, const struct step *step, const void *data)
{
    const struct route *route = data;
    const struct row *row = row_of(route);
    if (row == NULL)
        return false;
    struct http_answer *answer = calloc(1, sizeof *answer);
    char target[TARGET_SIZE];
    target_of(walk, route, target);
    int status = ask(walk, step, method_name(route->method), target,
                     route->method == HTTP_GET ? NULL : "{}", answer);
    /* A public route may say 401 of the name and password in its body. */
    bool agreed = row->asked == NO_SIGN_IN
                      ? status != 0
                      : agrees(step, row->route, status, row_allows(walk, row, step));
    free(answer);
    return agreed;
}

static void every_route_answers_as_the_matrix_says(void **state)
{
    struct walk *walk = *state;
    int wrong = 0;
    for (size_t i = 0; i < route_table.route_count; i++)
        wrong += walk_steps(walk, visit_route, &route_table.routes[i]);
    assert_int_equal(wrong, 0);
}

static void every_route_but_the_public_ones_needs_a_sign_in(void **state)
{
    struct walk *walk = *state;
    struct http_answer *answer = calloc(1, sizeof *answer);
    for (size_t i = 0; i < route_table.route_count; i++) {
        const struct route *route = &route_table.routes[i];
        char target[TARGET_SIZE];
        target_of(walk, route, target);
        int status = http_ask(walk->port, method_name(route->method), target, NULL,
                              route->method == HTTP_GET ? NULL : "{}", answer);
        const struct row *row = row_of(route);
        if (row != NULL && row->asked == NO_SIGN_IN)
            assert_int_not_equal(status, 403);
        else
            assert_int_equal(status, 401);
    }
    free(answer);
}

static void every_route_has_its_row_and_every_row_its_route(void **state)
{
    (void)state;
    for (size_t i = 0; i < route_table.route_count; i++)
        if (row_of(&route_table.routes[i]) == NULL)
            fail_msg("%s has no row: who may use it?", route_table.routes[i].path);
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        size_t count = 0;
        for (size_t j = 0; j < route_table.route_count; j++)
            count += is_row_of(&rows[i], &route_table.routes[j]);
        if (count != 1)
            fail_msg("%s is no route", rows[i].route);
    }
}

/* Routes whose right depends on what the body says: either of the permissions. An @ in
 * path and body is the participant. */
struct spoken {
    const char *path;
    const char *body;
    enum permission one, other;
};

static void fill_in(char *out, const char *pattern, int64_t participant)
{
    size_t len = 0;
    for (; *pattern != '\0'; pattern++)
        if (*pattern == '@')
            len += (size_t)snprintf(out + len, TARGET_SIZE - len, "%lld",
                                    (long long)participant);
        else
            out[len++] = *pattern;
    out[len] = '\0';
    ASSERT(len < TARGET_SIZE);
}

static bool visit_spoken(struct walk *walk, const struct step *step, const void *data)
{
    const struct spoken *spoken = data;
    struct http_answer *answer = calloc(1, sizeof *answer);
    char body[TARGET_SIZE];
    char target[TARGET_SIZE];
    fill_in(body, spoken->body, walk->participant);
    fill_in(target, spoken->path, walk->participant);
    bool is_allowed = may(walk, spoken->one, step) || may(walk, spoken->other, step);
    int status = ask(walk, step, "POST", target, body, answer);
    bool agreed = agrees(step, spoken->body, status, is_allowed);
    free(answer);
    return agreed;
}

#define SAVE(event, form, item, value)                                                 \
    "{\"batch\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"participant\":@,"           \
    "\"event\":\"" event "\",\"form\":\"" form "\",\"mutations\":[{\"item\":\"" item   \
    "\",\"value\":\"" value "\"}]}"
#define VAULT_VIEW                                                                     \
    "{\"event\":\"SE.SCR\",\"form\":\"F.SCR\",\"item\":\"I.SCR.BRTHDT\","              \
    "\"reason\":\"SYNTHETIC\"}"

// clang-format off
static const struct spoken bodies[] = {
    {"/api/participants", "{\"site\":\"01\",\"kind\":\"screening\"}",
     PERMISSION_ENTER_SCR, PERMISSION_ENTER_SCR},
    {"/api/participants", "{\"site\":\"01\",\"kind\":\"provisional\"}",
     PERMISSION_START_PLACEMENT, PERMISSION_START_PLACEMENT},
    {"/api/mutations", SAVE("SE.SCR", "F.SCR", "I.SCR.HVOL", "N"),
     PERMISSION_ENTER_SCR, PERMISSION_ENTER_SCR},
    {"/api/mutations", SAVE("SE.SCR", "F.ICF", "I.ICF.ICFCAP", "Y"),
     PERMISSION_ENTER_ICF, PERMISSION_ENTER_ICF},
    {"/api/mutations", SAVE("SE.BL", "F.DM", "I.DM.SEX", "F"),
     PERMISSION_ENTER_DM, PERMISSION_ENTER_DM},
    {"/api/mutations", SAVE("SE.D7", "F.FU", "I.FU.FULIMB", "N"),
     PERMISSION_ENTER_FU, PERMISSION_ENTER_FU},
    {"/api/participants/@/vault/view", VAULT_VIEW,
     PERMISSION_VIEW_VAULT, PERMISSION_BREAK_GLASS},
};
// clang-format on

static void what_the_body_asks_for_needs_its_right(void **state)
{
    for (size_t i = 0; i < ARRAY_COUNT(bodies); i++)
        assert_int_equal(walk_steps(*state, visit_spoken, &bodies[i]), 0);
}

/* "/api/participants/@/vault/view" is of "POST /api/participants/{id}/vault/view". */
static bool is_body_of(const struct spoken *spoken, const struct row *row)
{
    char name[TARGET_SIZE];
    size_t before = strcspn(spoken->path, "@");
    bool has_place = spoken->path[before] == '@';
    snprintf(name, sizeof name, "POST %.*s%s%s", (int)before, spoken->path,
             has_place ? "{id}" : "", has_place ? spoken->path + before + 1 : "");
    return strcmp(row->route, name) == 0;
}

static void every_route_whose_body_decides_is_walked_with_bodies(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        size_t count = 0;
        for (size_t j = 0; j < ARRAY_COUNT(bodies); j++)
            count += is_body_of(&bodies[j], &rows[i]);
        if ((count > 0) != (rows[i].asked == BY_BODY))
            fail_msg("%s: %zu bodies", rows[i].route, count);
    }
}

/* A list is open to whoever holds the permission anywhere, and shows what it covers. */
struct list {
    const char *target;
    const char *shown; /* stands in the answer when a record of site 01 is shown */
    enum permission permission;
};

static bool visit_list(struct walk *walk, const struct step *step, const void *data)
{
    const struct list *list = data;
    struct http_answer *answer = calloc(1, sizeof *answer);
    int status = ask(walk, step, "GET", list->target, NULL, answer);
    bool is_shown = status == 200 && strstr(answer->body, list->shown) != NULL;
    bool is_allowed = may(walk, list->permission, step);
    if (is_shown != is_allowed)
        print_error("%s: %s for %.*s at %s site, %s\n", list->target,
                    is_shown ? "shown, against the matrix," : "not shown",
                    TEXT_ARG(role_code(step->role)),
                    step->is_own_site ? "the own" : "another",
                    step->is_assigned ? "assigned" : "not assigned");
    free(answer);
    return is_shown == is_allowed;
}

static void lists_show_what_the_permission_covers(void **state)
{
    static const struct list lists[] = {
        {"/api/participants", "\"S-0001\"", PERMISSION_VIEW_CASEBOOK},
        {"/api/audit?kind=PARTICIPANT_ADDED", "\"S-0001\"",
         PERMISSION_VIEW_AUDIT_TRAIL},
    };
    for (size_t i = 0; i < ARRAY_COUNT(lists); i++)
        assert_int_equal(walk_steps(*state, visit_list, &lists[i]), 0);
}

/* -- what no answer may hold ------------------------------------------------------------ */

#define READING    "SYNTHETIC callus at the cortex" /* sealed: one reader, not signed */
#define BIRTH_DATE "1980-02-29"                     /* in the identity vault */

/* Every place that a path can have, of the image and of the screening form. */
struct asked_for {
    const char *event, *form;
    int64_t query;
};

static void place_of(const struct walk *walk, const struct route *route,
                     const struct asked_for *place, char out[TARGET_SIZE])
{
    size_t len = 0;
    bool is_query = strstr(route->path, "/queries/") != NULL;
    for (const char *at = route->path; *at != '\0';) {
        if (*at != '{') {
            out[len++] = *at++;
            continue;
        }
        if (strncmp(at, "{event", 6) == 0 || strncmp(at, "{form", 5) == 0)
            len += (size_t)snprintf(out + len, TARGET_SIZE - len, "%s",
                                    at[1] == 'e' ? place->event : place->form);
        else
            len += (size_t)snprintf(
                out + len, TARGET_SIZE - len, "%lld",
                (long long)(is_query ? place->query : walk->participant));
        at += strcspn(at, "}") + 1;
    }
    out[len] = '\0';
}

/* An export may be larger than our memory for an answer: it is looked through as it comes. */
static bool stream_holds(struct walk *walk, const struct step *step, const char *target)
{
    char token[TOKEN_SIZE];
    char head[512];
    struct http *http = calloc(1, sizeof *http);
    token_of(step, token);
    snprintf(head, sizeof head,
             "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
             "Authorization: Bearer %s\r\n\r\n",
             target, token);
    bool holds = false;
    size_t kept = 0, total = 0;
    assert_true(http_open(http, walk->port) && http_say(http, head));
    for (ssize_t got = 1; got > 0; total += (size_t)(got > 0 ? got : 0)) {
        got = recv(http->socket, http->held + kept, sizeof http->held - 1 - kept, 0);
        size_t len = kept + (size_t)(got > 0 ? got : 0);
        http->held[len] = '\0';
        holds = holds || strstr(http->held, READING) != NULL ||
                strstr(http->held, BIRTH_DATE) != NULL;
        kept = len < sizeof READING ? len : sizeof READING; /* it may be cut in two */
        memmove(http->held, http->held + len - kept, kept);
    }
    assert_true(total > 0);
    http_close(http);
    free(http);
    return holds;
}

static bool answer_holds(struct walk *walk, const struct step *step, const char *target)
{
    if (strncmp(target, "/api/exports/odm", 16) == 0)
        return stream_holds(walk, step, target);
    struct http_answer *answer = calloc(1, sizeof *answer);
    (void)ask(walk, step, "GET", target, NULL, answer);
    bool holds = strstr(answer->body, READING) != NULL ||
                 strstr(answer->body, BIRTH_DATE) != NULL;
    free(answer);
    return holds;
}

/* How many answers hold one of the two; each is named where none may. */
static int marks_seen(struct walk *walk, enum role role, int64_t query, bool is_told)
{
    const struct asked_for places[] = {{"SE.D28", "F.IM", query},
                                       {"SE.SCR", "F.SCR", query}};
    const struct step step = {.role = role, .is_own_site = true, .is_assigned = true};
    int seen = 0;
    for (size_t i = 0; i < route_table.route_count; i++)
        for (size_t k = 0; k < ARRAY_COUNT(places); k++) {
            const struct route *route = &route_table.routes[i];
            char target[TARGET_SIZE];
            if (route->method != HTTP_GET || strcmp(route->path, "/api/live") == 0)
                continue;
            place_of(walk, route, &places[k], target);
            bool holds = answer_holds(walk, &step, target);
            seen += holds;
            if (holds && is_told)
                print_error("GET %s tells it to %.*s\n", target,
                            TEXT_ARG(role_code(role)));
        }
    return seen;
}

/* Readings are shown to the adjudicator and the safety physician before they are signed
 * (specification 8.1, 'read unblinded imaging'): there the walk must find the mark, so that
 * finding none elsewhere says something. */
static void no_answer_tells_a_sealed_reading_or_an_identity(void **state)
{
    struct walk *walk = *state;
    struct fixture *study = &walk->fixture;
    struct caller reader = fixture_person(study, "reader-1", ROLE_IMG);
    reader.assigned = &walk->participant;
    reader.assigned_count = 1;
    fixture_enter(study, &walk->people[ROLE_CRC], walk->participant, "SE.D28", "F.IM",
                  "I.IM.IMREG", "lower leg", NULL);
    fixture_enter(study, &reader, walk->participant, "SE.D28", "F.IM", "I.IM.RDTXT#1",
                  READING, NULL);
    struct query_step query = {
        .act = act_of(study->study, &walk->people[ROLE_SAF], study->arena, query_step),
        .step = QUERY_STEP_OPEN,
        .key = {.participant = walk->participant,
                .event = TEXT("SE.D28"),
                .form = TEXT("F.IM")},
        .item = TEXT("I.IM.RDTXT"),
        .row = 1,
        .text = TEXT("Is the " READING " certain?")};
    ASSERT_OK(act_run(&query.act, &study->err), &study->err);
    int wrong = 0;
    for (int role = 0; role < ROLE_COUNT; role++)
        if (role != ROLE_SAF && role != ROLE_ADJ)
            wrong += marks_seen(walk, (enum role)role, query.query, true);
    assert_int_equal(wrong, 0);
    assert_true(marks_seen(walk, ROLE_SAF, query.query, false) >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_has_its_row_and_every_row_its_route),
        cmocka_unit_test(every_route_but_the_public_ones_needs_a_sign_in),
        cmocka_unit_test(lists_show_what_the_permission_covers),
        cmocka_unit_test(every_route_whose_body_decides_is_walked_with_bodies),
        cmocka_unit_test(what_the_body_asks_for_needs_its_right),
        cmocka_unit_test(every_route_answers_as_the_matrix_says),
        cmocka_unit_test(no_answer_tells_a_sealed_reading_or_an_identity),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
