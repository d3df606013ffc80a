#include "base/error.h"
#include "support/unit.h"

#include <string.h>

#define X(code, http, exit, english, chinese) ERROR_##code,
static const enum error_code codes[] = {ERROR_TABLE(X)};
#undef X

static void setting_an_error_is_false_and_forgets_the_one_before(void **state)
{
    (void)state;
    struct error err;
    error_set(&err, ERROR_REFUSED, "unknown item %s", "I.X");
    error_hint(&err, "use an item of the form");
    error_where(&err, 17, "mutations[%d].value", 3);
    assert_false(error_set(&err, ERROR_NOT_FOUND, "no participant %d", 7));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    assert_string_equal(err.text, "no participant 7");
    assert_string_equal(err.hint, "");
    assert_string_equal(err.where, "");
    assert_int_equal(err.at, 0);
}

static void names_the_line_that_refused(void **state)
{
    (void)state;
    struct error err;
    int line = __LINE__ + 1;
    error_set(&err, ERROR_FAILED, "disk full");
    assert_int_equal(err.line, line);
    assert_non_null(strstr(err.file, "test_error.c"));
}

static void context_comes_before_the_sentence_and_keeps_the_code(void **state)
{
    (void)state;
    struct error err;
    error_set(&err, ERROR_DAMAGED, "row 7 does not hold");
    assert_false(error_in(&err, "opening folder %s", "study"));
    assert_false(error_in(&err, "serving"));
    assert_string_equal(err.text, "serving: opening folder study: row 7 does not hold");
    assert_int_equal(err.code, ERROR_DAMAGED);
}

static void hint_and_place_stand_beside_the_sentence(void **state)
{
    (void)state;
    struct error err;
    error_set(&err, ERROR_MALFORMED, "not a date");
    assert_false(error_hint(&err, "write it as %s", "2026-11-22"));
    assert_false(error_where(&err, 12, "mutations[%d].value", 3));
    assert_string_equal(err.text, "not a date");
    assert_string_equal(err.hint, "write it as 2026-11-22");
    assert_string_equal(err.where, "mutations[3].value");
    assert_int_equal(err.at, 12);
}

static void endless_sentences_are_cut_inside_the_struct(void **state)
{
    (void)state;
    char endless[2000];
    memset(endless, 'x', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    struct error err;
    error_set(&err, ERROR_FAILED, "%s", endless);
    for (int i = 0; i < 5; i++)
        error_in(&err, "%s", endless);
    error_hint(&err, "%s", endless);
    error_where(&err, 1, "%s", endless);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    assert_int_equal(strlen(err.hint), sizeof err.hint - 1);
    assert_int_equal(strlen(err.where), sizeof err.where - 1);
}

/* RFC 9110 §15 for the HTTP side; the exit statuses are those of `osteon help`. */
static void every_code_has_statuses_that_clients_know(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(codes); i++) {
        int http = error_http_status(codes[i]);
        int status = error_exit_status(codes[i]);
        if (codes[i] == ERROR_NONE) {
            assert_int_equal(http, 200);
            assert_int_equal(status, 0);
        } else {
            assert_in_range(http, 400, 599);
            assert_in_range(status, 1, 5);
        }
    }
    assert_int_equal(error_http_status(ERROR_CHANGED), 409);
    assert_int_equal(error_exit_status(ERROR_CHANGED), 5);
    assert_int_equal(error_http_status(ERROR_NOT_ALLOWED), 403);
    assert_int_equal(error_exit_status(ERROR_NOT_ALLOWED), 4);
    assert_int_equal(error_exit_status(ERROR_USAGE), 2);
    assert_int_equal(error_exit_status(ERROR_REFUSED), 3);
}

static void every_code_has_a_name_and_a_sentence_in_both_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(codes); i++) {
        assert_true(strlen(error_name(codes[i])) > 0);
        assert_true(strlen(error_sentence(codes[i])) > 0);
        /* Chinese begins with a byte outside ASCII. */
        assert_true((unsigned char)error_sentence_chinese(codes[i])[0] >= 0xe3);
    }
    assert_string_equal(error_name(ERROR_NOT_CONFIRMED), "NOT_CONFIRMED");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(setting_an_error_is_false_and_forgets_the_one_before),
        cmocka_unit_test(names_the_line_that_refused),
        cmocka_unit_test(context_comes_before_the_sentence_and_keeps_the_code),
        cmocka_unit_test(hint_and_place_stand_beside_the_sentence),
        cmocka_unit_test(endless_sentences_are_cut_inside_the_struct),
        cmocka_unit_test(every_code_has_statuses_that_clients_know),
        cmocka_unit_test(every_code_has_a_name_and_a_sentence_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
