#include "web/problem.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "system/log.h"

#include <string.h>

int problem_status(const struct problem *problem)
{
    return problem->status != 0 ? problem->status
                                : error_http_status(problem->error->code);
}

/* "NOT_ALLOWED" → "/problems/not-allowed" */
static struct text problem_type(const struct problem *problem, struct arena *arena)
{
    if (problem->status == PROBLEM_METHOD)
        return TEXT("/problems/method");
    if (problem->status == PROBLEM_MEDIA_TYPE)
        return TEXT("/problems/media-type");
    const char *name = error_name(problem->error->code);
    static const char start[] = "/problems/";
    size_t len = strlen(name);
    char *type = arena_alloc(arena, sizeof start + len);
    memcpy(type, start, sizeof start - 1);
    for (size_t i = 0; i < len; i++)
        type[sizeof start - 1 + i] = name[i] == '_' ? '-'
                                     : name[i] >= 'A' && name[i] <= 'Z'
                                         ? (char)(name[i] - 'A' + 'a')
                                         : name[i];
    return (struct text){.at = type, .len = sizeof start - 1 + len};
}

/* A sentence may have been cut within a character. */
static struct text whole_characters(const char *string)
{
    struct text t = text_of(string);
    size_t bad = t.len;
    return utf8_is_valid(t, &bad) ? t : text_part(t, 0, bad);
}

static void write_members(const struct problem *problem, struct json_writer *json)
{
    const struct error *error = problem->error;
    /* What broke inside may name files and statements: for the operator only. */
    bool is_inside = problem_status(problem) == 500;
    if (is_inside)
        log_error("%s (%s:%d)", error->text, error->file == NULL ? "" : error->file,
                  error->line);
    json_member_text(json, "detail",
                     is_inside ? TEXT("the program could not do this; its log says why")
                               : whole_characters(error->text));
    if (error->hint[0] != '\0' && !is_inside)
        json_member_text(json, "hint", whole_characters(error->hint));
    if (error->where[0] != '\0')
        json_member_text(json, "at", whole_characters(error->where));
    if (problem->members != NULL)
        problem->members(json, problem->data);
}

static const char *problem_title(const struct problem *problem)
{
    if (problem->status == PROBLEM_METHOD)
        return "method not allowed";
    if (problem->status == PROBLEM_MEDIA_TYPE)
        return "media type not taken";
    return error_sentence(problem->error->code);
}

struct text problem_print(const struct problem *problem, struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_RESPONSE);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_text(&json, "type", problem_type(problem, arena));
    json_member_text(&json, "title", text_of(problem_title(problem)));
    json_member_integer(&json, "status", problem_status(problem));
    write_members(problem, &json);
    json_end(&json);
    struct text printed;
    struct error ignored;
    return buffer_text(&buffer, &printed, &ignored) ? printed : TEXT("{}");
}
