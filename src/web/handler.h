#ifndef OSTEON_WEB_HANDLER_H
#define OSTEON_WEB_HANDLER_H
/* What a handler of a route is given, and how it answers.
 *
 * A handler runs on an HTTP thread after the guard, the body's limit, the sign-in, the
 * CSRF check and the route's permission (web/gate.h). It fills the response and returns
 * true, or returns false with an error, which becomes a problem document. It must not
 * block: what waits for the disk or for argon2id is handed over, and the request sleeps.
 *
 *     bool handle_enrol(struct request *request, struct response *response, struct error *err)
 *     {
 *         struct participant_enrol *verb = ARENA_NEW(request->arena, struct participant_enrol);
 *         verb->act = act_of(request->study, request->caller, request->arena, participant_enrol);
 *         …
 *         return request_act(request, &verb->act, enrolled);
 *     }
 *     static bool enrolled(struct request *request, struct response *response, struct error *err)
 *     {
 *         struct participant_enrol *verb = request->work;      // the act is its first member
 *         if (!request_outcome(request, err)) return false;
 *         …
 *     }
 *
 * Everything a handler makes lives in `request->arena`, until the response is sent.
 */
#include "actions/act.h"
#include "base/json_write.h"
#include "formats/json_read.h"

struct live_stream;
struct request;
struct response;
struct route;
struct server;

/* The first step of a route, and each further step after the request was handed over. */
typedef bool request_step(struct request *request, struct response *response,
                          struct error *err);

enum http_method { HTTP_GET, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE };

struct header {
    struct text name; /* as sent: compare with request_header */
    struct text value;
};

struct query_parameter {
    struct text name;
    struct text value;
};

enum { ROUTE_PARTS = 16, ROUTE_PLACES = 6 };

struct request {
    enum http_method method;
    const struct route *route;
    struct text path;                 /* as sent, still escaped, without the query */
    struct text places[ROUTE_PLACES]; /* the route's {…}, in order, decoded */
    const struct query_parameter *query;
    size_t query_count;
    const struct header *headers;
    size_t header_count;
    struct text body;   /* whole; absent when there is none */
    int file;           /* the body of a route that takes a file; else -1 */
    struct text client; /* network address of the other end: "192.0.2.7" */
    struct arena *arena;
    struct study *study;

    const struct caller *caller; /* NULL on a public route without a sign-in */
    struct text token;           /* the caller's, for its CSRF value; else absent */

    void *work; /* the handler's own, kept from step to step */

    struct server *server;
    struct exchange *exchange; /* web/exchange.h: how it sleeps and wakes */
};

struct response {
    int status;       /* 200 unless set */
    struct text body; /* lives in the request's arena, or for good */
    const char *content_type;
    /* Content-Security-Policy of a document that a browser shows; NULL: it is data. */
    const char *content_security;
    struct text etag; /* without quotation marks; If-None-Match of it gives 304 */
    bool may_be_kept; /* Cache-Control: no-cache instead of no-store; with `etag` */
    bool may_be_compressed; /* only where no secret stands beside what a caller chose */
    struct {
        const char *name;
        struct text value;
    } headers[8]; /* add with response_header */
    size_t header_count;
    /* More members of the problem document, should the step return false. */
    void (*problem_members)(struct json_writer *json, const void *data);
    const void *problem_data;
    struct live_stream *live; /* this answer never ends: web/live.h */
    int file;                 /* with `file_length`: response_file; else -1 */
    int64_t file_length;
};

/* The n-th {…} of the path as a number, 1 and above: ERROR_NOT_FOUND when it is none, for
 * then there is no such thing. */
MUST_USE bool request_place_id(const struct request *request, size_t n, int64_t *out,
                               struct error *err);

/* A query parameter; absent when it was not sent. The router has refused names that the
 * route does not list. */
struct text request_query(const struct request *request, const char *name);
/* As a number from `least` to `most`; `otherwise` when it was not sent. ERROR_REFUSED
 * names the parameter. */
MUST_USE bool request_query_integer(const struct request *request, const char *name,
                                    int64_t least, int64_t most, int64_t *out,
                                    struct error *err);

/* A header by name, in any case; absent when it was not sent. */
struct text request_header(const struct request *request, const char *name);

/* Cuts the body into a tree (formats/json_read.h), and opens its outermost object. */
MUST_USE bool request_json(const struct request *request, struct json_fields *out,
                           struct error *err);

/* Hands an act to the writer; `next` runs on an HTTP thread when it is done, with
 * `request->work` the act. Always true: a queue that is full shows in the outcome. */
bool request_act(struct request *request, struct act *act, request_step *next);
/* In `next`: false with the act's error when it was refused or is not confirmed. */
MUST_USE bool request_outcome(const struct request *request, struct error *err);

/* Runs `job(work)` on a hashing thread (web/hash_pool.h), then `next` on an HTTP thread.
 * Always true; `request_outcome` tells ERROR_BUSY when too many wait. */
bool request_hash(struct request *request, void (*job)(void *work), void *work,
                  request_step *next);

/* The answer is what was written into `buffer`; ERROR_TOO_LARGE past its maximum. */
MUST_USE bool response_json(struct response *response, int status,
                            const struct buffer *buffer, struct error *err);
/* The same on a thread for transfers: what takes seconds or minutes. `work` begins with a
 * struct transfer (web/transfer.h), which says `what` it is until the job has run. */
bool request_transfer(struct request *request, const char *what,
                      void (*job)(void *work), void *work, request_step *next);

/* The answer is this file, from its beginning; the descriptor is the response's now. False:
 * it cannot be read, and is closed. */
MUST_USE bool response_file(struct response *response, int descriptor,
                            const char *content_type, struct error *err);
struct buffer response_buffer(const struct request *request);
/* 204, nothing to say. */
bool response_empty(struct response *response);
/* `name` must be a literal. At most eight. */
void response_header(struct response *response, const char *name, struct text value);
/* Sets, or with an absent token takes back, the cookie of the sign-in. */
void response_session_cookie(struct request *request, struct response *response,
                             struct text token);

#endif
