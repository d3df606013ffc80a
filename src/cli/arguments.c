#include "cli/arguments.h"

#include "base/nearest.h"

#include <string.h>

const char *nearest_name(struct text word, const char *const *names, size_t count)
{
    const char *best = NULL;
    /* Names of commands and options are short: three faults would reach any of them. */
    size_t most = word.len / 3 + 1;
    for (size_t i = 0; i < count && word.len > 0; i++) {
        size_t distance = text_distance(word, text_of(names[i]), most);
        if (distance > most)
            continue;
        best = names[i];
        if (distance == 0)
            return best;
        most = distance - 1;
    }
    return best;
}

static const struct option *option_find(const struct option *const *tables,
                                        size_t table_count, struct text name)
{
    for (size_t i = 0; i < table_count; i++)
        for (const struct option *row = tables[i]; row != NULL && row->name != NULL;
             row++)
            if (text_equal(text_of(row->name), name))
                return row;
    return NULL;
}

static bool unknown_option(const struct option *const *tables, size_t table_count,
                           struct text name, struct error *err)
{
    const char *names[ARGUMENTS_MAXIMUM];
    size_t count = 0;
    for (size_t i = 0; i < table_count; i++)
        for (const struct option *row = tables[i];
             row != NULL && row->name != NULL && count < ARGUMENTS_MAXIMUM; row++)
            names[count++] = row->name;
    error_set(err, ERROR_USAGE, "there is no option %.*s here", TEXT_ARG(name));
    const char *nearest = nearest_name(name, names, count);
    if (nearest != NULL)
        error_hint(err, "did you mean %s?", nearest);
    return false;
}

static bool is_option(struct text word)
{
    return word.len > 1 && word.at[0] == '-';
}

/* Takes the option at words[*at] and its value; moves `*at` to the last word taken. */
static bool take_option(const struct text *words, size_t count, size_t *at,
                        const struct option *row, struct text inline_value,
                        struct arguments *out, struct error *err)
{
    if (!row->is_repeatable && arguments_has(out, row->name))
        return error_set(err, ERROR_USAGE, "%s stands twice", row->name);
    struct text value = inline_value;
    if (row->value == NULL && !text_is_absent(value))
        return error_set(err, ERROR_USAGE, "%s takes no value", row->name);
    if (row->value != NULL && text_is_absent(value)) {
        if (*at + 1 == count)
            return error_set(err, ERROR_USAGE, "%s needs a value: %s %s", row->name,
                             row->name, row->value);
        value = words[++*at];
    }
    out->given[out->given_count++] =
        (struct given_option){.option = row, .value = value};
    return true;
}

bool arguments_parse(const struct text *words, size_t count,
                     const struct option *const *tables, size_t table_count,
                     struct arena *arena, struct arguments *out, struct error *err)
{
    if (count > ARGUMENTS_MAXIMUM)
        return error_set(err, ERROR_USAGE, "more than %d words", ARGUMENTS_MAXIMUM);
    *out = (struct arguments){.places = ARENA_ARRAY(arena, struct text, count),
                              .given = ARENA_ARRAY(arena, struct given_option, count)};
    bool are_places_only = false;
    for (size_t i = 0; i < count; i++) {
        if (!are_places_only && text_equal(words[i], TEXT("--"))) {
            are_places_only = true;
        } else if (are_places_only || !is_option(words[i])) {
            out->places[out->place_count++] = words[i];
        } else {
            struct text value = words[i];
            struct text name = text_cut(&value, '=');
            const struct option *row = option_find(tables, table_count, name);
            if (row == NULL)
                return unknown_option(tables, table_count, name, err);
            if (!take_option(words, count, &i, row, value, out, err))
                return false;
        }
    }
    return true;
}

struct text arguments_place(const struct arguments *arguments, size_t n)
{
    return n < arguments->place_count ? arguments->places[n] : (struct text){0};
}

bool arguments_next(const struct arguments *arguments, const char *name, size_t *next,
                    struct text *value)
{
    while (*next < arguments->given_count) {
        const struct given_option *given = &arguments->given[(*next)++];
        if (strcmp(given->option->name, name) == 0) {
            *value = given->value;
            return true;
        }
    }
    return false;
}

struct text arguments_value(const struct arguments *arguments, const char *name)
{
    size_t next = 0;
    struct text value = {0};
    return arguments_next(arguments, name, &next, &value) ? value : (struct text){0};
}

bool arguments_has(const struct arguments *arguments, const char *name)
{
    size_t next = 0;
    struct text value;
    return arguments_next(arguments, name, &next, &value);
}
