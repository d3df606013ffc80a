#include "web/router.h"

#include "base/nearest.h"
#include "web/target.h"

struct part {
    struct text literal; /* absent: a place */
};

struct pattern {
    const struct route *route;
    struct part parts[ROUTE_PARTS];
    size_t part_count;
};

struct router {
    struct pattern *patterns;
    size_t count;
};

static const char *const method_names[] = {
    [HTTP_GET] = "GET",     [HTTP_POST] = "POST",     [HTTP_PUT] = "PUT",
    [HTTP_PATCH] = "PATCH", [HTTP_DELETE] = "DELETE",
};

bool http_method_parse(struct text name, enum http_method *out)
{
    /* RFC 9110 section 9.3.2: HEAD is GET without the content. */
    if (text_equal(name, TEXT("HEAD"))) {
        *out = HTTP_GET;
        return true;
    }
    for (size_t i = 0; i < ARRAY_COUNT(method_names); i++)
        if (text_equal(name, text_of(method_names[i]))) {
            *out = (enum http_method)i;
            return true;
        }
    return false;
}

/* "/a/b" has the parts "a" and "b". False: more than fit. */
static bool cut_path(struct text path, struct text parts[ROUTE_PARTS], size_t *count)
{
    *count = 0;
    struct text rest = text_part(path, 1, path.len);
    while (!text_is_absent(rest)) {
        if (*count == ROUTE_PARTS)
            return false;
        parts[(*count)++] = text_cut(&rest, '/');
    }
    return true;
}

static void compile(const struct route *route, struct pattern *pattern)
{
    struct text parts[ROUTE_PARTS];
    size_t places = 0;
    struct text path = text_of(route->path);
    ASSERT(path.len > 0 && path.at[0] == '/');
    ASSERT(cut_path(path, parts, &pattern->part_count));
    pattern->route = route;
    for (size_t i = 0; i < pattern->part_count; i++) {
        bool is_place = text_starts_with(parts[i], TEXT("{"));
        places += is_place;
        pattern->parts[i].literal = is_place ? (struct text){0} : parts[i];
    }
    ASSERT(places <= ROUTE_PLACES);
}

static bool is_same(const struct pattern *a, const struct pattern *b)
{
    if (a->route->method != b->route->method || a->part_count != b->part_count)
        return false;
    for (size_t i = 0; i < a->part_count; i++) {
        bool is_place = text_is_absent(a->parts[i].literal);
        if (is_place != text_is_absent(b->parts[i].literal) ||
            (!is_place && !text_equal(a->parts[i].literal, b->parts[i].literal)))
            return false;
    }
    return true;
}

struct router *router_new(const struct route_table *table, struct arena *process)
{
    struct router *router = ARENA_NEW(process, struct router);
    router->patterns = ARENA_ARRAY(process, struct pattern, table->route_count);
    for (; router->count < table->route_count; router->count++) {
        struct pattern *added = &router->patterns[router->count];
        compile(&table->routes[router->count], added);
        for (size_t i = 0; i < router->count; i++)
            ASSERT(!is_same(&router->patterns[i], added));
    }
    return router;
}

static bool fits(const struct pattern *pattern, const struct text *parts, size_t count)
{
    if (pattern->part_count != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct text literal = pattern->parts[i].literal;
        /* A place is never empty: "/participants//history" is no address. */
        if (text_is_absent(literal) ? parts[i].len == 0
                                    : !text_equal(literal, parts[i]))
            return false;
    }
    return true;
}

/* Of two that fit, the one with a literal where the other has a place. */
static bool is_closer(const struct pattern *a, const struct pattern *b)
{
    for (size_t i = 0; i < a->part_count; i++) {
        bool a_is_place = text_is_absent(a->parts[i].literal);
        if (a_is_place != text_is_absent(b->parts[i].literal))
            return !a_is_place;
    }
    return false;
}

static const struct pattern *best_fit(const struct router *router,
                                      enum http_method method, const struct text *parts,
                                      size_t count)
{
    const struct pattern *best = NULL;
    for (size_t i = 0; i < router->count; i++) {
        const struct pattern *pattern = &router->patterns[i];
        if (pattern->route->method == method && fits(pattern, parts, count) &&
            (best == NULL || is_closer(pattern, best)))
            best = pattern;
    }
    return best;
}

/* "GET, HEAD, POST": what the path would take; empty when there is no such path. */
static struct text allowed_methods(const struct router *router,
                                   const struct text *parts, size_t count,
                                   struct arena *arena)
{
    struct text list = TEXT("");
    for (size_t method = 0; method < ARRAY_COUNT(method_names); method++)
        if (best_fit(router, (enum http_method)method, parts, count) != NULL)
            list = text_format(arena, "%.*s%s%s%s", TEXT_ARG(list),
                               list.len > 0 ? ", " : "", method_names[method],
                               method == HTTP_GET ? ", HEAD" : "");
    return list;
}

static bool take_places(const struct pattern *pattern, const struct text *parts,
                        struct request *request, struct error *err)
{
    size_t place = 0;
    for (size_t i = 0; i < pattern->part_count; i++) {
        if (!text_is_absent(pattern->parts[i].literal))
            continue;
        size_t at = (size_t)(parts[i].at - request->path.at);
        if (!target_decode(parts[i], at, false, request->arena, &request->places[place],
                           err))
            return false;
        place++;
    }
    return true;
}

static bool is_listed(struct text name, struct text names, struct nearest *nearest)
{
    while (!text_is_absent(names)) {
        struct text known = text_cut(&names, ' ');
        if (text_equal(known, name))
            return true;
        nearest_offer(nearest, known);
    }
    return false;
}

static bool check_query(const struct request *request, struct error *err)
{
    struct text names = text_of(request->route->query);
    for (size_t i = 0; i < request->query_count; i++) {
        struct text name = request->query[i].name;
        struct nearest nearest = nearest_to(name);
        if (is_listed(name, names, &nearest))
            continue;
        error_set(err, ERROR_REFUSED, "there is no query parameter %.*s here",
                  TEXT_ARG(text_part(name, 0, 100)));
        error_where(err, 0, "query");
        if (!text_is_absent(nearest.best))
            error_hint(err, "did you mean %.*s?", TEXT_ARG(nearest.best));
        return false;
    }
    return true;
}

bool router_find(const struct router *router, struct request *request,
                 struct text *allowed, struct error *err)
{
    struct text parts[ROUTE_PARTS] = {{0}};
    size_t count = 0;
    *allowed = (struct text){0};
    if (!cut_path(request->path, parts, &count))
        return error_set(err, ERROR_NOT_FOUND, "there is nothing at this address");
    const struct pattern *pattern = best_fit(router, request->method, parts, count);
    if (pattern == NULL) {
        *allowed = allowed_methods(router, parts, count, request->arena);
        if (allowed->len == 0)
            return error_set(err, ERROR_NOT_FOUND, "there is nothing at this address");
        return error_set(err, ERROR_USAGE, "this address takes %.*s only",
                         TEXT_ARG(*allowed));
    }
    request->route = pattern->route;
    return take_places(pattern, parts, request, err) && check_query(request, err);
}
