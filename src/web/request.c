/* What a handler asks of its request and says in its response: web/handler.h. */
#include "web/exchange.h"
#include "web/header.h"

#include <sys/stat.h>
#include <unistd.h>

bool request_place_id(const struct request *request, size_t n, int64_t *out,
                      struct error *err)
{
    ASSERT(n < ROUTE_PLACES);
    struct text place = request->places[n];
    if (text_to_int64(place, out) && *out >= 1)
        return true;
    return error_set(err, ERROR_NOT_FOUND, "there is nothing with the number %.*s",
                     TEXT_ARG(text_part(place, 0, 40)));
}

struct text request_query(const struct request *request, const char *name)
{
    struct text wanted = text_of(name);
    for (size_t i = 0; i < request->query_count; i++)
        if (text_equal(request->query[i].name, wanted))
            return request->query[i].value;
    return (struct text){0};
}

bool request_query_integer(const struct request *request, const char *name,
                           int64_t least, int64_t most, int64_t *out, struct error *err)
{
    struct text value = request_query(request, name);
    if (text_is_absent(value))
        return true;
    if (text_to_int64(value, out) && *out >= least && *out <= most)
        return true;
    error_set(err, ERROR_REFUSED, "%s must be a whole number from %lld to %lld", name,
              (long long)least, (long long)most);
    return error_where(err, 0, "query.%s", name);
}

struct text request_header(const struct request *request, const char *name)
{
    struct text wanted = text_of(name);
    for (size_t i = 0; i < request->header_count; i++)
        if (header_name_equal(request->headers[i].name, wanted))
            return request->headers[i].value;
    return (struct text){0};
}

bool request_json(const struct request *request, struct json_fields *out,
                  struct error *err)
{
    const struct json_value *root = NULL;
    if (text_is_absent(request->body)) {
        error_set(err, ERROR_MALFORMED, "the request needs a body, a JSON object");
        return error_where(err, 0, "byte 0");
    }
    if (!json_read(request->body, request->arena, &root, err))
        return false;
    *out = json_fields_of(root, err);
    return !out->is_bad;
}

bool request_act(struct request *request, struct act *act, request_step *next)
{
    request->exchange->act = act;
    request->exchange->next = next;
    request->work = act;
    return true;
}

bool request_hash(struct request *request, void (*job)(void *work), void *work,
                  request_step *next)
{
    struct exchange *exchange = request->exchange;
    exchange->job = (struct hash_job){.run = job, .work = work};
    exchange->job_pool = exchange->server->hash_pool;
    exchange->next = next;
    request->work = work;
    return true;
}

bool request_transfer(struct request *request, const char *what,
                      void (*job)(void *work), void *work, request_step *next)
{
    struct exchange *exchange = request->exchange;
    struct transfer *transfer = work;
    transfer->what = what;
    transfer->user = request->caller->user;
    transfer->socket = connection_socket(exchange);
    transfer->job = job;
    transfer->of = &exchange->server->transfers;
    exchange->job = (struct hash_job){.run = transfer_run, .work = transfer};
    exchange->job_pool = exchange->server->transfer_pool;
    exchange->next = next;
    request->work = work;
    return true;
}

bool request_outcome(const struct request *request, struct error *err)
{
    if (request->exchange->outcome.code == ERROR_NONE)
        return true;
    *err = request->exchange->outcome;
    return false;
}

struct buffer response_buffer(const struct request *request)
{
    return buffer_in(request->arena, LIMIT_RESPONSE);
}

bool response_json(struct response *response, int status, const struct buffer *buffer,
                   struct error *err)
{
    response->status = status;
    response->content_type = "application/json";
    return buffer_text(buffer, &response->body, err);
}

bool response_file(struct response *response, int descriptor, const char *content_type,
                   struct error *err)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0) {
        close(descriptor);
        return error_set(err, ERROR_FAILED, "the finished file cannot be read");
    }
    response->file = descriptor;
    response->file_length = status.st_size;
    response->content_type = content_type;
    return true;
}

bool response_empty(struct response *response)
{
    response->status = 204;
    return true;
}

void response_header(struct response *response, const char *name, struct text value)
{
    ASSERT(response->header_count < ARRAY_COUNT(response->headers));
    response->headers[response->header_count].name = name;
    response->headers[response->header_count].value = value;
    response->header_count++;
}

void response_session_cookie(struct request *request, struct response *response,
                             struct text token)
{
    bool is_end = text_is_absent(token);
    response_header(response, "Set-Cookie",
                    text_format(request->arena,
                                "osteon_session=%.*s; Path=/; HttpOnly; "
                                "SameSite=Strict%s%s",
                                is_end ? 0 : (int)token.len, is_end ? "" : token.at,
                                request->server->is_tls ? "; Secure" : "",
                                is_end ? "; Max-Age=0" : ""));
}
