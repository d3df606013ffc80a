#include "support/unit.h"

#include "actions/participant_state.h"

static enum participant_state state_of(struct participant_facts facts)
{
    return participant_state_of(&facts);
}

static void without_a_screening_number_it_is_provisional(void **state)
{
    (void)state;
    assert_int_equal(state_of((struct participant_facts){0}), PARTICIPANT_PROVISIONAL);
    assert_int_equal(state_of((struct participant_facts){.consent = CONSENT_GIVEN}),
                     PARTICIPANT_PROVISIONAL);
}

static void eligibility_comes_before_consent(void **state)
{
    (void)state;
    assert_int_equal(state_of((struct participant_facts){.is_screened = true}),
                     PARTICIPANT_SCREENED);
    assert_int_equal(state_of((struct participant_facts){.is_screened = true,
                                                         .consent = CONSENT_GIVEN}),
                     PARTICIPANT_SCREENED);
    assert_int_equal(
        state_of((struct participant_facts){.is_screened = true, .is_eligible = true}),
        PARTICIPANT_ELIGIBLE);
}

static void a_consent_or_its_deferral_follows(void **state)
{
    struct participant_facts facts = {.is_screened = true, .is_eligible = true};
    (void)state;
    facts.consent = CONSENT_GIVEN;
    assert_int_equal(state_of(facts), PARTICIPANT_CONSENTED);
    facts.consent = CONSENT_DEFERRED;
    assert_int_equal(state_of(facts), PARTICIPANT_DEFERRED);
    facts.consent = CONSENT_REFUSED;
    assert_int_equal(state_of(facts), PARTICIPANT_ELIGIBLE);
}

static void enrolled_stays_enrolled_whatever_the_values_say_later(void **state)
{
    (void)state;
    assert_int_equal(
        state_of((struct participant_facts){.is_screened = true, .is_enrolled = true}),
        PARTICIPANT_ENROLLED);
}

static void an_erased_participant_is_nothing_else(void **state)
{
    (void)state;
    assert_int_equal(state_of((struct participant_facts){
                         .is_screened = true, .is_enrolled = true, .is_erased = true}),
                     PARTICIPANT_ERASED);
}

static void a_consent_record_says_what_its_result_says(void **state)
{
    struct text none = {0};
    (void)state;
    assert_int_equal(consent_of(none, none, false), CONSENT_NONE);
    assert_int_equal(consent_of(TEXT("PRO"), TEXT("AGR"), false), CONSENT_GIVEN);
    assert_int_equal(consent_of(TEXT("CONT"), TEXT("AGR"), false), CONSENT_GIVEN);
    assert_int_equal(consent_of(TEXT("PRO"), TEXT("PEND"), false), CONSENT_NONE);
    assert_int_equal(consent_of(TEXT("DEF"), TEXT("PEND"), false), CONSENT_DEFERRED);
    assert_int_equal(consent_of(TEXT("WAIV"), none, false), CONSENT_GIVEN);
    assert_int_equal(consent_of(TEXT("WAIV"), TEXT("REFD"), false), CONSENT_REFUSED);
    assert_int_equal(consent_of(TEXT("PRO"), TEXT("REFK"), false), CONSENT_REFUSED);
    assert_int_equal(consent_of(TEXT("PRO"), TEXT("AGR"), true), CONSENT_REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_screening_number_it_is_provisional),
        cmocka_unit_test(eligibility_comes_before_consent),
        cmocka_unit_test(a_consent_or_its_deferral_follows),
        cmocka_unit_test(enrolled_stays_enrolled_whatever_the_values_say_later),
        cmocka_unit_test(an_erased_participant_is_nothing_else),
        cmocka_unit_test(a_consent_record_says_what_its_result_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
