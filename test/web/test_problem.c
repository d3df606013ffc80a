/* RFC 9457. */
#include "support/unit.h"
#include "web/problem.h"

#include <stdlib.h>
#include <string.h>

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void says_what_where_and_what_to_do(void **state)
{
    (void)state;
    struct error err;
    error_set(&err, ERROR_REFUSED, "\"骨\" is no code of %s", "SEX");
    error_hint(&err, "did you mean F?");
    error_where(&err, 17, "mutations[3].value");
    struct problem problem = {.error = &err};
    ASSERT_TEXT(problem_print(&problem, arena),
                "{\"type\":\"/problems/refused\",\"title\":\"input refused\","
                "\"status\":422,\"detail\":\"\\\"骨\\\" is no code of SEX\","
                "\"hint\":\"did you mean F?\",\"at\":\"mutations[3].value\"}");
    assert_int_equal(problem_status(&problem), 422);
}

static void each_error_has_its_type_and_status(void **state)
{
    (void)state;
    static const struct {
        enum error_code code;
        int status;
        const char *type;
    } cases[] = {
        {ERROR_NOT_ALLOWED, 403, "\"/problems/not-allowed\""},
        {ERROR_SIGN_IN, 401, "\"/problems/sign-in\""},
        {ERROR_NOT_CONFIRMED, 503, "\"/problems/not-confirmed\""},
        {ERROR_CHANGED, 409, "\"/problems/changed\""},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err;
        error_set(&err, cases[i].code, "x");
        struct problem problem = {.error = &err};
        assert_int_equal(problem_status(&problem), cases[i].status);
        const char *printed = text_c(arena, problem_print(&problem, arena));
        assert_non_null(strstr(printed, cases[i].type));
    }
    struct error err;
    error_set(&err, ERROR_USAGE, "x");
    struct problem problem = {.error = &err, .status = PROBLEM_METHOD};
    assert_non_null(strstr(problem_print(&problem, arena).at,
                           "\"/problems/method\",\"title\":"
                           "\"method not allowed\","
                           "\"status\":405"));
}

static void keeps_what_broke_inside_to_itself(void **state)
{
    (void)state;
    struct error err;
    error_set(&err, ERROR_FAILED, "/srv/osteon/osteon.db: disk I/O error");
    error_hint(&err, "look at /srv/osteon");
    struct problem problem = {.error = &err};
    struct text printed;
    int child = unit_fork_quietly(); /* it speaks to the operator's log */
    if (child == 0) {
        printed = problem_print(&problem, arena);
        if (strstr(printed.at, "srv") == NULL && strstr(printed.at, "500") != NULL)
            abort();
        unit_leave();
    }
    assert_true(unit_child_aborted(child));
}

static void a_sentence_cut_within_a_character_stays_text(void **state)
{
    (void)state;
    struct error err = {.code = ERROR_REFUSED};
    memcpy(err.text, "bed \xe9\xaa", 7);
    struct problem problem = {.error = &err};
    assert_non_null(strstr(problem_print(&problem, arena).at, "\"detail\":\"bed \""));
}

static void more_members(struct json_writer *json, const void *data)
{
    json_member_text(json, "needs", text_of(data));
}

static void takes_more_members(void **state)
{
    (void)state;
    struct error err;
    error_set(&err, ERROR_SIGN_IN, "a code is needed");
    struct problem problem = {.error = &err, .members = more_members, .data = "totp"};
    struct text printed = problem_print(&problem, arena);
    assert_non_null(strstr(printed.at, ",\"needs\":\"totp\"}"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_where_and_what_to_do),
        cmocka_unit_test(each_error_has_its_type_and_status),
        cmocka_unit_test(keeps_what_broke_inside_to_itself),
        cmocka_unit_test(a_sentence_cut_within_a_character_stays_text),
        cmocka_unit_test(takes_more_members),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
