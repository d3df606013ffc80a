/* The second check of critical values that people type (specification section 8). All data
 * are SYNTHETIC. */
#include "support/study_fixture.h"
#include "support/tamper.h"
#include "support/unit.h"

#include "actions/audit.h"
#include "actions/form_view.h"
#include "actions/history.h"
#include "actions/second_check.h"
#include "base/uuid.h"

#include <string.h>

#define BASELINE  "SE.BL", "F.DM"
#define SCREENING "SE.SCR", "F.SCR"
#define WEIGHT    "I.DM.WEIGHT"  /* another person; the same one again when alone */
#define CONSENTED "I.ICF.ICFRES" /* another person */
#define BIRTH     "I.SCR.BRTHDT" /* typed again; an identity item */

static struct fixture study;
static struct caller crc, pi, rn, lab;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    pi = fixture_person(&study, "pi", ROLE_PI);
    rn = fixture_person(&study, "rn", ROLE_RN);
    lab = fixture_person(&study, "lab", ROLE_LAB);
    person = fixture_screen(&study, &crc);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

/* --- steps ----------------------------------------------------------------------------- */

struct place {
    const char *event, *form, *item;
};
static const struct place weight = {BASELINE, WEIGHT};
static const struct place birth = {SCREENING, BIRTH};
static const struct place consent = {"SE.SCR", "F.ICF", CONSENTED};

static struct second_check_make check_of(const struct caller *by, struct place place)
{
    return (struct second_check_make){
        .act = act_of(study.study, by, study.arena, second_check_make),
        .key = {.participant = person,
                .event = text_of(place.event),
                .form = text_of(place.form)},
        .item = text_of(place.item),
        .version = text_of(
            fixture_version(&study, person, place.event, place.form, place.item, 0))};
}

/* Says that the value is right (`typed` NULL), or types it. */
static bool check(const struct caller *by, struct place place, const char *typed,
                  struct second_check_make *verb)
{
    *verb = check_of(by, place);
    verb->is_right = typed == NULL;
    if (typed != NULL)
        verb->value = text_of(typed);
    return act_run(&verb->act, &study.err);
}

static struct second_check_make checked(const struct caller *by, struct place place,
                                        const char *typed)
{
    struct second_check_make verb;
    ASSERT_OK(check(by, place, typed, &verb), &study.err);
    return verb;
}

static void assert_refused(const struct caller *by, struct place place,
                           const char *typed, enum error_code code, const char *words)
{
    struct second_check_make verb;
    assert_false(check(by, place, typed, &verb));
    assert_int_equal(study.err.code, code);
    if (strstr(study.err.text, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", study.err.text, words);
}

static struct form_view *view_by(const struct caller *by, struct place place)
{
    struct form_view *view = NULL;
    struct form_key key = {.participant = person,
                           .event = text_of(place.event),
                           .form = text_of(place.form)};
    ASSERT_OK(form_view_read(study.study, by, &key, study.arena, &view, &study.err),
              &study.err);
    return view;
}

/* The second check that waits for the item, or NULL. */
static const struct second_check_open *waiting(const struct caller *by,
                                               struct place place)
{
    const struct form_view *view = view_by(by, place);
    for (size_t i = 0; i < view->second_checks.count; i++)
        if (text_equal(view->second_checks.at[i].item->oid, text_of(place.item)))
            return &view->second_checks.at[i];
    return NULL;
}

static size_t asked(struct place place)
{
    return fixture_queries(&study, person, place.event, place.form, "SECOND");
}

static void enter_weight(const char *value)
{
    fixture_enter(&study, &crc, person, BASELINE, WEIGHT, value, NULL);
}

static void change_weight(const struct caller *by, const char *value)
{
    struct save_values verb = fixture_save_of(&study, by, person, BASELINE);
    struct mutation change = {
        .item = TEXT(WEIGHT),
        .value = text_of(value),
        .base = text_of(fixture_version(&study, person, BASELINE, WEIGHT, 0)),
        .reason = TEXT("SYNTHETIC")};
    ASSERT_OK(fixture_save(&study, &verb, &change, 1), &study.err);
    assert_int_equal(verb.outcomes[0].status, MUTATION_OK);
}

/* --- what waits ------------------------------------------------------------------------ */

static void a_critical_value_is_in_force_at_once_and_waits_for_its_check(void **state)
{
    (void)state;
    enter_weight("61.5");
    assert_string_equal(fixture_value(&study, person, BASELINE, WEIGHT, 0), "61.5");
    const struct second_check_open *open = waiting(&pi, weight);
    assert_non_null(open);
    ASSERT_TEXT(open->by_name, "crc");
    assert_int_equal(open->way, SECOND_CHECK_BY_SIGHT);
    assert_int_equal(waiting(&crc, weight)->way, SECOND_CHECK_BY_TYPING);
}

static void only_values_that_people_typed_wait(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, BASELINE, "I.DM.HEIGHT", "170", NULL);
    struct save_values verb = fixture_save_of(&study, &crc, person, BASELINE);
    struct mutation unknown = {.item = TEXT(WEIGHT), .missing = TEXT("UNK")};
    ASSERT_OK(fixture_save(&study, &verb, &unknown, 1), &study.err);
    assert_int_equal(view_by(&pi, weight)->second_checks.count, 0);
    assert_refused(&pi, weight, NULL, ERROR_REFUSED, "no value");
    assert_refused(&pi, (struct place){BASELINE, "I.DM.HEIGHT"}, NULL, ERROR_REFUSED,
                   "no second check");
}

static void the_casebook_lists_what_waits_on_all_forms(void **state)
{
    (void)state;
    struct casebook *book = NULL;
    enter_weight("61.5");
    fixture_enter(&study, &crc, person, SCREENING, BIRTH, "1981-05-17", NULL);
    ASSERT_OK(casebook_read(study.study, &crc, person, study.arena, &book, &study.err),
              &study.err);
    assert_int_equal(book->second_checks.count, 2);
    ASSERT_TEXT(book->second_checks.at[0].item->oid, BIRTH);
    ASSERT_TEXT(book->second_checks.at[1].item->oid, WEIGHT);
}

/* --- agreeing -------------------------------------------------------------------------- */

static void another_person_sees_the_value_and_agrees(void **state)
{
    (void)state;
    enter_weight("61.5");
    assert_true(checked(&rn, weight, NULL).is_agreed);
    assert_null(waiting(&pi, weight));
    assert_int_equal(asked(weight), 0);
}

static void whoever_is_alone_types_the_value_again(void **state)
{
    (void)state;
    enter_weight("61");
    assert_refused(&crc, weight, NULL, ERROR_REFUSED, "typing it again");
    assert_true(checked(&crc, weight, " ６１．０ ").is_agreed);
    assert_null(waiting(&pi, weight));
}

static void the_second_person_is_not_the_one_who_entered_it(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, "SE.SCR", "F.ICF", CONSENTED, "AGR", NULL);
    assert_int_equal(waiting(&crc, consent)->way, SECOND_CHECK_NOT_BY_CALLER);
    assert_refused(&crc, consent, NULL, ERROR_NOT_ALLOWED, "yourself");
    assert_refused(&crc, consent, "AGR", ERROR_NOT_ALLOWED, "yourself");
    assert_true(checked(&pi, consent, NULL).is_agreed);
}

static void the_second_person_may_enter_the_form(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, "SE.SCR", "F.ICF", CONSENTED, "AGR", NULL);
    assert_int_equal(waiting(&rn, consent)->way, SECOND_CHECK_NOT_BY_CALLER);
    assert_refused(&rn, consent, NULL, ERROR_NOT_ALLOWED, "not allowed");
    assert_refused(&lab, consent, NULL, ERROR_NOT_ALLOWED, "not allowed");
}

static void an_identity_value_is_typed_again_and_shown_to_nobody(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, SCREENING, BIRTH, "1981-05-17", NULL);
    assert_refused(&crc, birth, NULL, ERROR_REFUSED, "typing it again");
    assert_false(checked(&crc, birth, "1981-05-11").is_agreed);
    assert_true(waiting(&pi, birth)->value.differs);
    assert_true(text_is_absent(waiting(&pi, birth)->value.second));
    assert_true(checked(&crc, birth, "1981-05-17").is_agreed);
    assert_null(waiting(&pi, birth));
    assert_false(folder_holds(study.place.path, "1981-05-1", 9));
}

static void a_value_is_checked_once(void **state)
{
    (void)state;
    enter_weight("61.5");
    struct second_check_make first = checked(&rn, weight, NULL);
    assert_true(first.seq > 0);
    struct second_check_make again = checked(&rn, weight, NULL);
    assert_true(again.is_agreed);
    assert_int_equal(again.seq, 0);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SECOND_CHECKED), 1);
}

/* --- differing ------------------------------------------------------------------------- */

static void two_entries_that_differ_are_kept_and_a_query_asks(void **state)
{
    (void)state;
    enter_weight("61.5");
    assert_false(checked(&rn, weight, "65.1").is_agreed);
    assert_string_equal(fixture_value(&study, person, BASELINE, WEIGHT, 0), "61.5");
    const struct second_check_open *open = waiting(&pi, weight);
    assert_true(open->value.differs);
    ASSERT_TEXT(open->value.second, "65.1");
    ASSERT_TEXT(open->checked_by_name, "rn");
    assert_int_equal(asked(weight), 1);
    checked(&rn, weight, "65.2");
    assert_int_equal(asked(weight), 1);
}

static void the_query_stands_while_other_items_are_saved(void **state)
{
    (void)state;
    enter_weight("61.5");
    checked(&rn, weight, "65.1");
    fixture_enter(&study, &crc, person, BASELINE, "I.DM.HEIGHT", "170", NULL);
    assert_int_equal(asked(weight), 1);
}

static void a_later_check_that_agrees_answers_the_query(void **state)
{
    (void)state;
    enter_weight("61.5");
    checked(&rn, weight, "65.1");
    assert_true(checked(&pi, weight, NULL).is_agreed);
    assert_int_equal(asked(weight), 0);
    assert_null(waiting(&pi, weight));
}

static void a_correction_answers_the_query_and_waits_for_a_check_of_its_own(
    void **state)
{
    (void)state;
    enter_weight("61.5");
    checked(&rn, weight, "65.1");
    change_weight(&crc, "65.1");
    assert_int_equal(asked(weight), 0);
    assert_non_null(waiting(&pi, weight));
    assert_false(waiting(&pi, weight)->value.differs);
}

/* --- later ----------------------------------------------------------------------------- */

static void a_changed_value_waits_again_and_for_others_than_who_changed_it(void **state)
{
    (void)state;
    enter_weight("61.5");
    checked(&rn, weight, NULL);
    change_weight(&pi, "62");
    assert_int_equal(waiting(&crc, weight)->way, SECOND_CHECK_BY_SIGHT);
    assert_int_equal(waiting(&pi, weight)->way, SECOND_CHECK_BY_TYPING);
}

static void a_check_of_a_value_that_changed_meanwhile_is_told_so(void **state)
{
    (void)state;
    enter_weight("61.5");
    struct second_check_make verb = check_of(&rn, weight);
    verb.is_right = true;
    change_weight(&crc, "62");
    assert_false(act_run(&verb.act, &study.err));
    assert_int_equal(study.err.code, ERROR_CHANGED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SECOND_CHECKED), 0);
}

/* A tablet that was offline sends the entry and its check one after the other. */
static void a_check_may_name_the_change_by_its_own_id(void **state)
{
    (void)state;
    struct save_values save = fixture_save_of(&study, &crc, person, BASELINE);
    struct uuid id;
    char printed[UUID_TEXT_SIZE];
    struct mutation entry = {.item = TEXT(WEIGHT), .value = TEXT("61.5")};
    memcpy(id.bytes, save.batch, sizeof id.bytes);
    uuid_print(&id, printed);
    struct second_check_make verb = {
        .act = act_of(study.study, &rn, study.arena, second_check_make),
        .key = {.participant = person, .event = save.event, .form = save.form},
        .item = TEXT(WEIGHT),
        .version = text_format(study.arena, "%.*s:0", UUID_TEXT_SIZE, printed),
        .is_right = true};
    assert_false(act_run(&verb.act, &study.err));
    ASSERT_OK(fixture_save(&study, &save, &entry, 1), &study.err);
    assert_non_null(waiting(&pi, weight));
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    assert_null(waiting(&pi, weight));
}

static void verify_holds_the_checks_to_the_log(void **state)
{
    (void)state;
    enter_weight("61.5");
    checked(&rn, weight, "65.1");
    fixture_reopen(&study);
    assert_true(waiting(&pi, weight)->value.differs);
    struct verify_report report = tamper_verified(&study.place, NULL, study.arena);
    tamper_assert_nothing_found(&report);
    report = tamper_tried(&study.place, "UPDATE second_check SET is_agreed = 1",
                          study.arena);
    tamper_assert_found(&report, VERIFY_TABLE, 0, "second_check");
}

static struct history_entry *history_of(struct place place, size_t wanted)
{
    struct history_filter filter = {.participant = person,
                                    .event = text_of(place.event),
                                    .form = text_of(place.form),
                                    .item = text_of(place.item)};
    struct history_entry *entries = NULL;
    size_t count = 0;
    ASSERT_OK(history_read(study.study, &pi, &filter, study.arena, &entries, &count,
                           &study.err),
              &study.err);
    assert_int_equal(count, wanted);
    return entries;
}

static void the_history_of_the_item_tells_its_checks(void **state)
{
    (void)state;
    enter_weight("61.5");
    checked(&rn, weight, "65.1");
    checked(&pi, weight, NULL);
    const struct history_entry *entries = history_of(weight, 3);
    assert_true(entries[0].check->is_agreed);
    ASSERT_TEXT(entries[0].by_name, "pi");
    assert_false(entries[1].check->is_agreed);
    ASSERT_TEXT(entries[1].check->entered.value, "65.1");
    ASSERT_TEXT(entries[1].by_name, "rn");
    assert_int_equal(entries[1].check->version.seq, entries[2].seq);
    assert_null(entries[2].check);
    ASSERT_TEXT(entries[2].new.value, "61.5");
    history_of((struct place){BASELINE, "I.DM.HEIGHT"}, 0);
}

static void the_history_of_an_identity_item_shows_no_second_entry(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, SCREENING, BIRTH, "1981-05-17", NULL);
    checked(&crc, birth, "1981-05-18");
    const struct history_entry *entries = history_of(birth, 2);
    assert_true(entries[0].check->entered.is_in_vault);
    assert_true(text_is_absent(entries[0].check->entered.value));
}

static void the_audit_trail_names_the_item_and_no_value(void **state)
{
    (void)state;
    struct caller admin = fixture_person(&study, "monitor", ROLE_MON);
    struct audit_filter filter = {
        .user = -1, .kind = LOG_EVENT_SECOND_CHECKED, .limit = 10};
    struct audit_entry *entries = NULL;
    size_t count = 0;
    enter_weight("61.5");
    checked(&rn, weight, "65.1");
    ASSERT_OK(audit_read(study.study, &admin, &filter, study.arena, &entries, &count,
                         &study.err),
              &study.err);
    assert_int_equal(count, 1);
    ASSERT_TEXT(entries[0].items, WEIGHT);
    ASSERT_TEXT(entries[0].detail, "differs");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_critical_value_is_in_force_at_once_and_waits_for_its_check),
        TEST(only_values_that_people_typed_wait),
        TEST(the_casebook_lists_what_waits_on_all_forms),
        TEST(another_person_sees_the_value_and_agrees),
        TEST(whoever_is_alone_types_the_value_again),
        TEST(the_second_person_is_not_the_one_who_entered_it),
        TEST(the_second_person_may_enter_the_form),
        TEST(an_identity_value_is_typed_again_and_shown_to_nobody),
        TEST(a_value_is_checked_once),
        TEST(two_entries_that_differ_are_kept_and_a_query_asks),
        TEST(the_query_stands_while_other_items_are_saved),
        TEST(a_later_check_that_agrees_answers_the_query),
        TEST(a_correction_answers_the_query_and_waits_for_a_check_of_its_own),
        TEST(a_changed_value_waits_again_and_for_others_than_who_changed_it),
        TEST(a_check_of_a_value_that_changed_meanwhile_is_told_so),
        TEST(a_check_may_name_the_change_by_its_own_id),
        TEST(verify_holds_the_checks_to_the_log),
        TEST(the_history_of_the_item_tells_its_checks),
        TEST(the_history_of_an_identity_item_shows_no_second_entry),
        TEST(the_audit_trail_names_the_item_and_no_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
