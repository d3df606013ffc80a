#include "cli/arguments.h"
#include "support/unit.h"

static const struct option options[] = {
    {"--role", "ROLE", true, "a role"},
    {"--site", "SITE", false, "a site"},
    {"--json", NULL, false, "JSON"},
    {0},
};

enum { WORDS = 12 };

/* Parses words separated by blanks. */
static bool parse(const char *line, struct arena *arena, struct arguments *out,
                  struct error *err)
{
    static const struct option *const tables[] = {options};
    struct text *words = ARENA_ARRAY(arena, struct text, WORDS);
    size_t count = 0;
    struct text rest = text_of(line);
    while (!text_is_absent(rest) && count < WORDS)
        words[count++] = text_cut(&rest, ' ');
    return arguments_parse(words, count, tables, 1, arena, out, err);
}

static void takes_options_before_between_and_behind_places(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    struct arguments arguments;
    struct error err;
    ASSERT_OK(parse("--site 01 dir --role RN add --json anna --role=CRC", arena,
                    &arguments, &err),
              &err);
    assert_int_equal(arguments.place_count, 3);
    ASSERT_TEXT(arguments_place(&arguments, 0), "dir");
    ASSERT_TEXT(arguments_place(&arguments, 2), "anna");
    assert_true(text_is_absent(arguments_place(&arguments, 3)));
    ASSERT_TEXT(arguments_value(&arguments, "--site"), "01");
    assert_true(arguments_has(&arguments, "--json"));
    size_t next = 0;
    struct text role;
    assert_true(arguments_next(&arguments, "--role", &next, &role));
    ASSERT_TEXT(role, "RN");
    assert_true(arguments_next(&arguments, "--role", &next, &role));
    ASSERT_TEXT(role, "CRC");
    assert_false(arguments_next(&arguments, "--role", &next, &role));
    arena_free(arena);
}

static void takes_everything_behind_two_hyphens_as_a_place(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    struct arguments arguments;
    struct error err;
    ASSERT_OK(parse("dir -- --json -", arena, &arguments, &err), &err);
    assert_int_equal(arguments.place_count, 3);
    ASSERT_TEXT(arguments_place(&arguments, 1), "--json");
    assert_false(arguments_has(&arguments, "--json"));
    arena_free(arena);
}

static void takes_the_word_behind_an_option_whatever_it_looks_like(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    struct arguments arguments;
    struct error err;
    ASSERT_OK(parse("--site --json", arena, &arguments, &err), &err);
    ASSERT_TEXT(arguments_value(&arguments, "--site"), "--json");
    ASSERT_OK(parse("--site= x", arena, &arguments, &err), &err);
    ASSERT_TEXT(arguments_value(&arguments, "--site"), "");
    arena_free(arena);
}

static void refuses_unknown_doubled_and_incomplete_options(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    struct arguments arguments;
    struct error err;
    ASSERT_ERROR(parse("--rool RN", arena, &arguments, &err), &err, ERROR_USAGE);
    assert_string_equal(err.text, "there is no option --rool here");
    assert_string_equal(err.hint, "did you mean --role?");
    ASSERT_ERROR(parse("--site 1 --site 2", arena, &arguments, &err), &err,
                 ERROR_USAGE);
    ASSERT_ERROR(parse("--site", arena, &arguments, &err), &err, ERROR_USAGE);
    assert_string_equal(err.text, "--site needs a value: --site SITE");
    ASSERT_ERROR(parse("--json=yes", arena, &arguments, &err), &err, ERROR_USAGE);
    arena_free(arena);
}

static void names_the_nearest_name_and_none_when_all_are_far(void **state)
{
    (void)state;
    static const char *const names[] = {"serve", "verify", "restore"};
    assert_string_equal(nearest_name(TEXT("sevre"), names, 3), "serve");
    assert_string_equal(nearest_name(TEXT("verfy"), names, 3), "verify");
    assert_string_equal(nearest_name(TEXT("restor"), names, 3), "restore");
    assert_null(nearest_name(TEXT("analyse"), names, 3));
    assert_null(nearest_name(TEXT(""), names, 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_options_before_between_and_behind_places),
        cmocka_unit_test(takes_everything_behind_two_hyphens_as_a_place),
        cmocka_unit_test(takes_the_word_behind_an_option_whatever_it_looks_like),
        cmocka_unit_test(refuses_unknown_doubled_and_incomplete_options),
        cmocka_unit_test(names_the_nearest_name_and_none_when_all_are_far),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
