#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/audit.h"
#include "actions/form_view.h"
#include "actions/history.h"
#include "actions/safekeeping.h"
#include "actions/vault.h"
#include "base/limits.h"
#include "store/checkpoint.h"
#include "system/file.h"

#include <stdio.h>
#include <string.h>

#define SCREENING "SE.SCR", "F.SCR"
#define BASELINE  "SE.BL", "F.DM"

static struct fixture study;
static struct caller pi, crc, rn, dm, adm;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    pi = fixture_person(&study, "pi", ROLE_PI);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    rn = fixture_person(&study, "rn", ROLE_RN);
    dm = fixture_person(&study, "dm", ROLE_DM);
    adm = fixture_person(&study, "adm", ROLE_ADM);
    person = fixture_screen(&study, &crc);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static bool view_form(const struct caller *by, const char *event, const char *form,
                      struct form_view **out)
{
    struct form_key key = {
        .participant = person, .event = text_of(event), .form = text_of(form)};
    return form_view_read(study.study, by, &key, study.arena, out, &study.err);
}

static struct form_view *seen_form(const struct caller *by, const char *event,
                                   const char *form)
{
    struct form_view *view = NULL;
    ASSERT_OK(view_form(by, event, form, &view), &study.err);
    return view;
}

static const struct form_value *value_of(const struct form_view *view, const char *item)
{
    for (size_t i = 0; i < view->value_count; i++)
        if (text_equal(view->values[i].stored.item, text_of(item)))
            return &view->values[i];
    return NULL;
}

static bool hides(const struct form_view *view, const char *item)
{
    for (size_t i = 0; i < view->hidden_count; i++)
        if (text_equal(view->hidden[i].item, text_of(item)))
            return true;
    return false;
}

/* --- forms --------------------------------------------------------------------------------- */

static void an_empty_form_is_shown_with_what_it_expects(void **state)
{
    (void)state;
    const struct form_view *view = seen_form(&crc, BASELINE);
    assert_int_equal(view->value_count, 0);
    assert_int_equal(view->answered, 0);
    /* ENRDTM, SEX, WEIGHT, WTEST: required and asked of a person. */
    assert_int_equal(view->expected, 4);
    assert_true(hides(view, "I.DM.PREG"));
    assert_true(view->may_edit);
}

static void what_a_condition_shows_is_expected(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, BASELINE, "I.DM.SEX", "F", NULL);
    const struct form_view *view = seen_form(&crc, BASELINE);
    assert_false(hides(view, "I.DM.PREG"));
    assert_int_equal(view->answered, 1);
    assert_int_equal(view->expected, 5);
}

static void a_form_with_all_answers_is_complete(void **state)
{
    struct casebook *book = NULL;
    (void)state;
    fixture_enter(&study, &crc, person, BASELINE, "I.DM.SEX", "M", "I.DM.WEIGHT",
                  "61.5", "I.DM.WTEST", "N", "I.DM.ENRDTM", "2026-11-22T09:45+08:00",
                  NULL);
    ASSERT_OK(casebook_read(study.study, &crc, person, study.arena, &book, &study.err),
              &study.err);
    assert_int_equal(book->form_count, 2);
    ASSERT_TEXT(book->forms[0].key.form, "F.SCR");
    assert_false(book->forms[0].is_complete);
    ASSERT_TEXT(book->forms[1].key.form, "F.DM");
    assert_true(book->forms[1].is_complete);
    assert_int_equal(fixture_participant(&study, person)->forms_complete, 1);
}

static void a_form_shows_who_entered_what_and_which_rows_there_are(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    fixture_enter(&study, &crc, person, SCREENING, "I.SCR.XSITE#3", "PTR", NULL);
    const struct form_view *view = seen_form(&pi, SCREENING);
    ASSERT_TEXT(value_of(view, "I.SCR.HVOL")->by_name, "crc");
    assert_int_equal(value_of(view, "I.SCR.HVOL")->stored.source, SOURCE_PERSON);
    assert_int_equal(value_of(view, "I.SCR.AGE")->stored.source, SOURCE_DERIVED);
    assert_int_equal(value_of(view, "I.SCR.SCRNO")->stored.source, SOURCE_SYSTEM);
    assert_int_equal(view->row_group_count, 1);
    ASSERT_TEXT(view->rows[0].group, "IG.SCR3");
    assert_int_equal(view->rows[0].row_count, 2);
    assert_int_equal(view->rows[0].rows[0], 1);
    assert_int_equal(view->rows[0].rows[1], 3);
}

static void a_form_never_shows_what_is_in_the_vault(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    const struct form_view *view = seen_form(&pi, SCREENING);
    const struct form_value *birth = value_of(view, "I.SCR.BRTHDT");
    assert_true(birth->stored.answer.is_in_vault);
    assert_true(text_is_absent(birth->stored.answer.value));
    assert_true(view->may_vault_view);
    assert_false(seen_form(&dm, SCREENING)->may_vault_view);
    assert_true(seen_form(&rn, SCREENING)->may_break_glass);
}

static void a_form_shows_the_findings_of_its_checks(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, SCREENING, "I.SCR.SCRRES", "ENR", NULL);
    const struct form_view *view = seen_form(&crc, SCREENING);
    bool is_found = false;
    for (size_t i = 0; i < view->finding_count; i++)
        is_found = is_found || text_equal(view->findings[i].check->oid, TEXT("CK003"));
    assert_true(is_found);
    assert_true(view->query_count > 0);
}

static void who_may_only_look_may_not_edit(void **state)
{
    (void)state;
    assert_false(seen_form(&dm, BASELINE)->may_edit);
    assert_true(seen_form(&dm, BASELINE)->may_history);
    assert_true(seen_form(&rn, BASELINE)->may_edit);
    assert_false(seen_form(&rn, SCREENING)->may_edit);
}

static void who_may_not_look_is_refused_and_that_is_on_the_log(void **state)
{
    struct form_view *view = NULL;
    struct casebook *book = NULL;
    (void)state;
    ASSERT_ERROR(view_form(&adm, BASELINE, &view), &study.err, ERROR_NOT_ALLOWED);
    ASSERT_ERROR(
        casebook_read(study.study, &adm, person, study.arena, &book, &study.err),
        &study.err, ERROR_NOT_ALLOWED);
    fixture_screen(&study, &crc); /* a wait for the writer */
    assert_int_equal(fixture_events(&study, LOG_EVENT_ACCESS_REFUSED), 2);
}

static void a_form_that_is_not_there_is_not_found(void **state)
{
    struct form_view *view = NULL;
    (void)state;
    ASSERT_ERROR(view_form(&crc, "SE.XX", "F.DM", &view), &study.err, ERROR_NOT_FOUND);
    ASSERT_ERROR(view_form(&crc, "SE.SCR", "F.DM", &view), &study.err, ERROR_NOT_FOUND);
    person = 77;
    ASSERT_ERROR(view_form(&crc, BASELINE, &view), &study.err, ERROR_NOT_FOUND);
}

/* --- history ---------------------------------------------------------------------------------- */

static void correct_weight(const char *value, const char *reason)
{
    struct mutation change = {
        .item = TEXT("I.DM.WEIGHT"),
        .value = text_of(value),
        .base = text_of(fixture_version(&study, person, BASELINE, "I.DM.WEIGHT", 0)),
        .reason = text_of(reason),
        .stated = TEXT("2026-11-22T09:55+08:00")};
    struct save_values verb = fixture_save_of(&study, &crc, person, BASELINE);
    verb.has_device_time = verb.has_clock_offset = true;
    verb.device_time = fixture_now(&study) - 3000000;
    verb.clock_offset = -2000000;
    ASSERT_OK(fixture_save(&study, &verb, &change, 1), &study.err);
    assert_int_equal(verb.outcomes[0].status, MUTATION_OK);
}

static size_t history_of(const struct caller *by, struct history_filter filter,
                         struct history_entry **out)
{
    size_t count = 0;
    filter.participant = person;
    ASSERT_OK(
        history_read(study.study, by, &filter, study.arena, out, &count, &study.err),
        &study.err);
    return count;
}

static void the_history_of_an_item_tells_who_when_what_and_why(void **state)
{
    struct history_entry *entries = NULL;
    (void)state;
    fixture_enter(&study, &rn, person, BASELINE, "I.DM.WEIGHT", "60", NULL);
    fixture_pass(&study, HOUR);
    correct_weight("61.5", "typing error");
    size_t count = history_of(
        &dm, (struct history_filter){.form = TEXT("F.DM"), .item = TEXT("I.DM.WEIGHT")},
        &entries);
    assert_int_equal(count, 2);
    ASSERT_TEXT(entries[0].old.value, "60");
    ASSERT_TEXT(entries[0].new.value, "61.5");
    ASSERT_TEXT(entries[0].reason, "typing error");
    ASSERT_TEXT(entries[0].by_name, "crc");
    ASSERT_TEXT(entries[0].by_full_name, "SYNTHETIC crc");
    ASSERT_TEXT(entries[0].device, "SYNTHETIC tablet");
    ASSERT_TEXT(entries[0].language, "en");
    ASSERT_TEXT(entries[0].design_version, "0.2");
    ASSERT_TEXT(entries[0].status, "current");
    assert_int_equal(entries[0].server_time, fixture_now(&study));
    assert_int_equal(entries[0].device_time, fixture_now(&study) - 3000000);
    assert_int_equal(entries[0].clock_offset, -2000000);
    /* 01:55Z, five minutes before the clock's beginning. */
    assert_int_equal(entries[0].stated_time,
                     fixture_now(&study) - INT64_C(65) * MINUTE * 1000000);
    assert_true(text_is_absent(entries[1].old.value));
    ASSERT_TEXT(entries[1].by_name, "rn");
    ASSERT_TEXT(entries[1].status, "replaced");
}

static void the_history_of_a_form_has_all_its_items(void **state)
{
    struct history_entry *entries = NULL;
    (void)state;
    fixture_enter(&study, &rn, person, BASELINE, "I.DM.WEIGHT", "60", "I.DM.HEIGHT",
                  "170", NULL);
    /* Weight, height, the derived index and site; the screening number is elsewhere. */
    assert_int_equal(
        history_of(&crc, (struct history_filter){.form = TEXT("F.DM")}, &entries), 4);
    ASSERT_TEXT(entries[0].item, "I.DM.BMI");
    assert_int_equal(entries[0].source, SOURCE_DERIVED);
    /* There too: no placement before registration. */
    assert_int_equal(history_of(&crc, (struct history_filter){0}, &entries), 6);
    assert_int_equal(history_of(&crc, (struct history_filter){.limit = 2}, &entries),
                     2);
}

static void the_history_never_shows_what_is_in_the_vault(void **state)
{
    struct history_entry *entries = NULL;
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    size_t count = history_of(
        &pi, (struct history_filter){.item = TEXT("I.SCR.BRTHDT")}, &entries);
    assert_int_equal(count, 1);
    assert_true(entries[0].new.is_in_vault);
    assert_true(text_is_absent(entries[0].new.value));
}

static void a_head_in_conflict_stands_beside_in_the_history(void **state)
{
    struct history_entry *entries = NULL;
    (void)state;
    fixture_enter(&study, &rn, person, BASELINE, "I.DM.WEIGHT", "60", NULL);
    fixture_pass(&study, 1);
    struct mutation mutation = {.item = TEXT("I.DM.WEIGHT"), .value = TEXT("61")};
    struct save_values verb = fixture_save_of(&study, &crc, person, BASELINE);
    ASSERT_OK(fixture_save(&study, &verb, &mutation, 1), &study.err);
    history_of(&crc, (struct history_filter){.item = TEXT("I.DM.WEIGHT")}, &entries);
    ASSERT_TEXT(entries[0].status, "current");
    ASSERT_TEXT(entries[1].status, "beside");
}

static void the_administrator_sees_no_history_of_values(void **state)
{
    struct history_filter filter = {.participant = person};
    struct history_entry *entries = NULL;
    size_t count = 0;
    (void)state;
    ASSERT_ERROR(history_read(study.study, &adm, &filter, study.arena, &entries, &count,
                              &study.err),
                 &study.err, ERROR_NOT_ALLOWED);
}

/* --- the audit trail --------------------------------------------------------------------------- */

static size_t audit_of(const struct caller *by, struct audit_filter filter,
                       struct audit_entry **out)
{
    size_t count = 0;
    ASSERT_OK(
        audit_read(study.study, by, &filter, study.arena, out, &count, &study.err),
        &study.err);
    return count;
}

static void the_audit_trail_tells_items_but_no_values(void **state)
{
    struct audit_entry *entries = NULL;
    (void)state;
    fixture_enter(&study, &rn, person, BASELINE, "I.DM.WEIGHT", "60", NULL);
    size_t count = audit_of(
        &adm, (struct audit_filter){.user = rn.user, .kind = LOG_EVENT_VALUES_SAVED},
        &entries);
    assert_int_equal(count, 1);
    ASSERT_TEXT(entries[0].by_name, "rn");
    ASSERT_TEXT(entries[0].items, "I.DM.WEIGHT I.DM.SITEID");
    ASSERT_TEXT(entries[0].form, "F.DM");
    ASSERT_TEXT(entries[0].participant_number, "S-0001");
    assert_true(text_is_absent(entries[0].detail));
}

static void the_audit_trail_has_every_event_from_the_first(void **state)
{
    struct audit_entry *entries = NULL;
    (void)state;
    size_t all = audit_of(&dm, (struct audit_filter){.user = -1}, &entries);
    assert_int_equal(all, fixture_events(&study, 0));
    assert_int_equal(entries[0].kind, LOG_EVENT_STUDY_CREATED);
    for (size_t i = 0; i < all; i++)
        assert_int_equal(entries[i].seq, i + 1);
    size_t newest = audit_of(
        &dm, (struct audit_filter){.user = -1, .newest_first = true, .limit = 1},
        &entries);
    assert_int_equal(newest, 1);
    assert_int_equal(entries[0].seq, all);
}

static void the_ethics_committee_sees_the_trail_of_its_site_only(void **state)
{
    struct caller ethics = fixture_person(&study, "ec", ROLE_EC);
    struct caller elsewhere = fixture_stranger(&study, "ec2", ROLE_EC);
    struct audit_entry *entries = NULL;
    (void)state;
    /* The participant, and the screening number saved with it. */
    assert_int_equal(audit_of(&ethics, (struct audit_filter){.user = -1}, &entries), 2);
    assert_int_equal(audit_of(&elsewhere, (struct audit_filter){.user = -1}, &entries),
                     0);
}

static void a_nurse_sees_no_audit_trail(void **state)
{
    struct audit_filter filter = {.user = -1};
    struct audit_entry *entries = NULL;
    size_t count = 0;
    (void)state;
    ASSERT_ERROR(audit_read(study.study, &rn, &filter, study.arena, &entries, &count,
                            &study.err),
                 &study.err, ERROR_NOT_ALLOWED);
}

/* --- the vault ---------------------------------------------------------------------------------- */

static struct vault_view viewing(const struct caller *by)
{
    return (struct vault_view){.act = act_of(study.study, by, study.arena, vault_view),
                               .key = {.participant = person,
                                       .event = TEXT("SE.SCR"),
                                       .event_repeat = 1,
                                       .form = TEXT("F.SCR"),
                                       .form_repeat = 1},
                               .item = TEXT("I.SCR.BRTHDT")};
}

static void a_vault_entry_is_shown_after_its_view_is_on_the_log(void **state)
{
    struct audit_entry *entries = NULL;
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    struct vault_view verb = viewing(&pi);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_TEXT(verb.value, "1981-05-17");
    assert_false(verb.broke_glass);
    assert_int_equal(
        audit_of(&dm,
                 (struct audit_filter){.user = pi.user, .kind = LOG_EVENT_VAULT_VIEWED},
                 &entries),
        1);
    ASSERT_TEXT(entries[0].items, "I.SCR.BRTHDT");
}

static void breaking_the_glass_needs_a_reason(void **state)
{
    struct audit_entry *entries = NULL;
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    struct vault_view verb = viewing(&rn);
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    assert_true(text_is_absent(verb.value));
    verb.reason = TEXT("wristband unreadable");
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_TEXT(verb.value, "1981-05-17");
    assert_true(verb.broke_glass);
    audit_of(&pi,
             (struct audit_filter){.user = rn.user, .kind = LOG_EVENT_VAULT_VIEWED},
             &entries);
    ASSERT_TEXT(entries[0].detail, "wristband unreadable");
}

static void who_may_neither_view_nor_break_the_glass_sees_nothing(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    struct vault_view verb = viewing(&dm);
    verb.reason = TEXT("curious");
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_NOT_ALLOWED);
    assert_true(text_is_absent(verb.value));
    assert_int_equal(fixture_events(&study, LOG_EVENT_ACCESS_REFUSED), 1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_VAULT_VIEWED), 0);
}

static void an_empty_place_in_the_vault_is_not_found(void **state)
{
    (void)state;
    struct vault_view verb = viewing(&pi);
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_NOT_FOUND);
    fixture_make_eligible(&study, &crc, person);
    verb = viewing(&pi);
    verb.item = TEXT("I.SCR.HVOL");
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_NOT_FOUND);
    assert_int_equal(fixture_events(&study, LOG_EVENT_VAULT_VIEWED), 0);
}

/* --- keeping the folder ------------------------------------------------------------------------ */

static void a_checkpoint_signs_the_head_that_stood(void **state)
{
    struct log_state before;
    struct text document;
    struct checkpoint checkpoint;
    (void)state;
    ASSERT_OK(log_state_read(study.study, &dm, &before, &study.err), &study.err);
    ASSERT_OK(checkpoint_make(study.study, &dm, study.arena, &document, &study.err),
              &study.err);
    ASSERT_OK(checkpoint_read(document, &checkpoint, &study.err), &study.err);
    assert_int_equal(checkpoint.seq, before.seq);
    assert_true(hash_equal(&checkpoint.head, &before.head));
    assert_int_equal(fixture_events(&study, LOG_EVENT_CHECKPOINT_SIGNED), 1);
    ASSERT_ERROR(checkpoint_make(study.study, &rn, study.arena, &document, &study.err),
                 &study.err, ERROR_NOT_ALLOWED);
}

static void a_back_up_is_the_administrators(void **state)
{
    char path[SCRATCH_PATH];
    (void)state;
    scratch_path(&study.place.scratch, "backup", path);
    ASSERT_ERROR(backup_make(study.study, &pi, path, &study.err), &study.err,
                 ERROR_NOT_ALLOWED);
    assert_false(file_exists(path));
    ASSERT_OK(backup_make(study.study, &adm, path, &study.err), &study.err);
    assert_true(file_exists(path));
    assert_int_equal(fixture_events(&study, LOG_EVENT_BACKUP_MADE), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(an_empty_form_is_shown_with_what_it_expects),
        TEST(what_a_condition_shows_is_expected),
        TEST(a_form_with_all_answers_is_complete),
        TEST(a_form_shows_who_entered_what_and_which_rows_there_are),
        TEST(a_form_never_shows_what_is_in_the_vault),
        TEST(a_form_shows_the_findings_of_its_checks),
        TEST(who_may_only_look_may_not_edit),
        TEST(who_may_not_look_is_refused_and_that_is_on_the_log),
        TEST(a_form_that_is_not_there_is_not_found),
        TEST(the_history_of_an_item_tells_who_when_what_and_why),
        TEST(the_history_of_a_form_has_all_its_items),
        TEST(the_history_never_shows_what_is_in_the_vault),
        TEST(a_head_in_conflict_stands_beside_in_the_history),
        TEST(the_administrator_sees_no_history_of_values),
        TEST(the_audit_trail_tells_items_but_no_values),
        TEST(the_audit_trail_has_every_event_from_the_first),
        TEST(the_ethics_committee_sees_the_trail_of_its_site_only),
        TEST(a_nurse_sees_no_audit_trail),
        TEST(a_vault_entry_is_shown_after_its_view_is_on_the_log),
        TEST(breaking_the_glass_needs_a_reason),
        TEST(who_may_neither_view_nor_break_the_glass_sees_nothing),
        TEST(an_empty_place_in_the_vault_is_not_found),
        TEST(a_checkpoint_signs_the_head_that_stood),
        TEST(a_back_up_is_the_administrators),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
