/* What a statistical method found, as one JSON object of flat names. */
#include "base/json_write.h"
#include "base/number.h"
#include "base/version.h"
#include "cli/stats_method.h"

#include <stdarg.h>
#include <stdio.h>

enum { NAME_MOST = 200, REPORT_JSON = 64 * 1024 * 1024 };

struct result_row {
    struct text name;
    struct estimate estimate;
    struct result_row *next;
};

struct result_list {
    struct result_row *first, *last;
};

struct stats_report {
    const char *method;
    struct arena *arena;
    struct result_list inputs, estimates;
};

struct stats_report *stats_report_new(const char *method, struct arena *arena)
{
    struct stats_report *report = ARENA_NEW(arena, struct stats_report);
    *report = (struct stats_report){.method = method, .arena = arena};
    return report;
}

static void append(struct stats_report *report, struct result_list *list,
                   struct text name, struct estimate estimate)
{
    struct result_row *row = ARENA_NEW(report->arena, struct result_row);
    *row = (struct result_row){.name = text_copy(report->arena, name),
                               .estimate = estimate};
    if (list->last == NULL)
        list->first = row;
    else
        list->last->next = row;
    list->last = row;
}

void stats_input(struct stats_report *report, const char *name, double value)
{
    append(report, &report->inputs, text_of(name), estimate_of(value));
}

void stats_add(struct stats_report *report, struct estimate estimate,
               const char *format, ...)
{
    char name[NAME_MOST];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(name, sizeof name, format, arguments);
    va_end(arguments);
    append(report, &report->estimates, text_of(name), estimate);
}

void stats_add_interval(struct stats_report *report, struct interval interval,
                        struct text name)
{
    stats_add(report, interval.lower, "%.*s.lower", TEXT_ARG(name));
    stats_add(report, interval.upper, "%.*s.upper", TEXT_ARG(name));
}

static void write_numbers(struct json_writer *json, const char *key,
                          const struct result_list *list)
{
    json_key(json, key);
    json_object(json);
    for (const struct result_row *row = list->first; row != NULL; row = row->next) {
        if (!is_estimated(row->estimate))
            continue;
        char digits[NUMBER_TEXT_SIZE];
        size_t len = number_print(row->estimate.value, digits);
        json_key_text(json, row->name);
        json_ready(json, (struct text){digits, len});
    }
    json_end(json);
}

static void write_reasons(struct json_writer *json, const struct result_list *list)
{
    json_key(json, "not_estimable");
    json_object(json);
    for (const struct result_row *row = list->first; row != NULL; row = row->next) {
        if (is_estimated(row->estimate))
            continue;
        json_key_text(json, row->name);
        json_text(json, text_of(row->estimate.reason));
    }
    json_end(json);
}

bool stats_report_write(const struct stats_report *report,
                        struct command_context *context, struct error *err)
{
    struct buffer buffer = buffer_in(context->arena, REPORT_JSON);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_text(&json, "method", text_of(report->method));
    write_numbers(&json, "inputs", &report->inputs);
    write_numbers(&json, "estimates", &report->estimates);
    write_reasons(&json, &report->estimates);
    json_member_text(&json, "software", TEXT("osteon " OSTEON_VERSION));
    json_end(&json);
    return command_json(context, &buffer, err);
}
