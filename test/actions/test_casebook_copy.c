/* The copy of a casebook for printing: whole, pseudonymised, of one moment, on the log. */
#include "actions/audit.h"
#include "actions/casebook_copy.h"
#include "actions/export_list.h"
#include "support/study_fixture.h"
#include "support/unit.h"

static struct fixture study;
static struct caller investigator, coordinator;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    investigator = fixture_person(&study, "ivan", ROLE_INV);
    coordinator = fixture_person(&study, "carol", ROLE_CRC);
    person = fixture_screen(&study, &coordinator);
    fixture_enter(&study, &coordinator, person, "SE.SCR", "F.SCR", "I.SCR.BRTHDT",
                  "1971-02-03", "I.SCR.HVOL", "N", "I.SCR.XSITE#1", "PTL", NULL);
    fixture_enter(&study, &coordinator, person, "SE.BL", "F.DM", "I.DM.WEIGHT", "60",
                  NULL);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static struct casebook_copy copy_of(int64_t participant, bool with_history)
{
    struct casebook_copy copy;
    ASSERT_OK(casebook_copy_read(study.study, &investigator, participant, with_history,
                                 study.arena, &copy, &study.err),
              &study.err);
    return copy;
}

static const struct form_value *value_of(const struct casebook_copy *copy,
                                         const char *item)
{
    for (size_t i = 0; i < copy->form_count; i++)
        for (size_t k = 0; k < copy->forms[i]->value_count; k++)
            if (text_equal(copy->forms[i]->values[k].stored.item, text_of(item)))
                return &copy->forms[i]->values[k];
    return NULL;
}

static void it_has_every_form_and_value_but_nothing_of_the_vault(void **state)
{
    (void)state;
    struct casebook_copy copy = copy_of(person, false);
    assert_int_equal(copy.form_count, 2);
    assert_non_null(value_of(&copy, "I.SCR.HVOL"));
    assert_non_null(value_of(&copy, "I.SCR.XSITE"));
    ASSERT_TEXT(value_of(&copy, "I.DM.WEIGHT")->stored.answer.value, "60");
    assert_true(value_of(&copy, "I.SCR.BRTHDT")->stored.answer.is_in_vault);
    assert_true(text_is_absent(value_of(&copy, "I.SCR.BRTHDT")->stored.answer.value));
    assert_int_equal(copy.history_count, 0);
}

static void no_bed_is_in_it(void **state)
{
    struct caller nurse = fixture_person(&study, "nora", ROLE_RN);
    (void)state;
    int64_t placed = fixture_place(&study, &nurse);
    assert_false(text_is_absent(fixture_participant(&study, placed)->bed));
    struct casebook_copy copy = copy_of(placed, false);
    assert_true(text_is_absent(copy.casebook->participant->bed));
    for (size_t i = 0; i < copy.form_count; i++)
        assert_true(text_is_absent(copy.forms[i]->participant->bed));
}

static void the_history_is_whole_also_beyond_a_page_of_it(void **state)
{
    (void)state;
    size_t before = copy_of(person, true).history_count;
    for (int i = 0; i < 1100; i++) {
        struct save_values verb =
            fixture_save_of(&study, &coordinator, person, "SE.BL", "F.DM");
        struct mutation change = {
            .item = TEXT("I.DM.WEIGHT"),
            .value = text_format(study.arena, "%d", 40 + i % 90),
            .base = text_of(
                fixture_version(&study, person, "SE.BL", "F.DM", "I.DM.WEIGHT", 0)),
            .reason = TEXT("SYNTHETIC")};
        ASSERT_OK(fixture_save(&study, &verb, &change, 1), &study.err);
    }
    struct casebook_copy copy = copy_of(person, true);
    assert_true(copy.history_count >= before + 1100);
    for (size_t i = 1; i < copy.history_count; i++)
        assert_true(copy.history[i - 1].seq >= copy.history[i].seq);
}

static void it_is_on_the_participants_trail(void **state)
{
    struct hash content = {{7}};
    struct audit_filter of_it = {
        .user = -1, .participant = person, .kind = LOG_EVENT_EXPORTED};
    struct caller manager = fixture_person(&study, "dora", ROLE_DM);
    struct audit_entry *entries = NULL;
    size_t count = 0;
    (void)state;
    struct casebook_copy copy = copy_of(person, true);
    assert_int_equal(fixture_events(&study, LOG_EVENT_EXPORTED), 0);
    ASSERT_OK(casebook_copy_note(study.study, &investigator, &copy, &content,
                                 study.arena, &study.err),
              &study.err);
    ASSERT_OK(audit_read(study.study, &manager, &of_it, study.arena, &entries, &count,
                         &study.err),
              &study.err);
    assert_int_equal(count, 1);
    ASSERT_TEXT(entries[0].by_name, "ivan");
    assert_true(text_starts_with(entries[0].detail, TEXT("casebook with history of")));
    struct export_entries list;
    ASSERT_OK(export_list(study.study, &manager, 0, 10, study.arena, &list, &study.err),
              &study.err);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.list[0].what->at_seq, copy.event);
}

static void another_site_gets_none(void **state)
{
    struct caller elsewhere = fixture_stranger(&study, "ines", ROLE_INV);
    struct casebook_copy copy;
    (void)state;
    ASSERT_ERROR(casebook_copy_read(study.study, &elsewhere, person, false, study.arena,
                                    &copy, &study.err),
                 &study.err, ERROR_NOT_ALLOWED);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(it_has_every_form_and_value_but_nothing_of_the_vault),
        TEST(no_bed_is_in_it),
        TEST(the_history_is_whole_also_beyond_a_page_of_it),
        TEST(it_is_on_the_participants_trail),
        TEST(another_site_gets_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
