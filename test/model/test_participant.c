#include "support/unit.h"

#include "model/participant.h"

/* The names of the API. */
static const char *const names[] = {"PROVISIONAL", "SCREENED",     "ELIGIBLE",
                                    "CONSENTED",   "DEFERRED",     "ENROLLED",
                                    "WITHDRAWN",   "NOT_ATTACHED", "ERASED"};

static void names_the_states_as_the_interface_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        enum participant_state parsed;
        assert_true(participant_state_parse(text_of(names[i]), &parsed));
        assert_int_equal(parsed, i);
        ASSERT_TEXT(participant_state_name(parsed), names[i]);
        struct label label = participant_state_label(parsed);
        assert_true(label.english.len > 0 && label.chinese.len > 0);
    }
    assert_int_equal(PARTICIPANT_ERASED, ARRAY_COUNT(names) - 1);
}

static void knows_no_other_state(void **state)
{
    (void)state;
    enum participant_state parsed;
    assert_false(participant_state_parse(TEXT("screened"), &parsed));
    assert_false(participant_state_parse(TEXT(""), &parsed));
    assert_false(participant_state_parse((struct text){0}, &parsed));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_states_as_the_interface_does),
        cmocka_unit_test(knows_no_other_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
