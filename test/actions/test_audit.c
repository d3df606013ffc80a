/* The audit trail by filter, and as a table: what is in it, whose, and what never is. */
#include "actions/audit.h"
#include "actions/export.h"
#include "actions/users.h"
#include "base/hex.h"
#include "base/limits.h"
#include "support/study_fixture.h"
#include "support/unit.h"
#include "system/file.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct fixture study;
static struct caller manager, nurse, coordinator;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study); /* 2026-11-22, 10:00 at the site */
    manager = fixture_person(&study, "dora", ROLE_DM);
    nurse = fixture_person(&study, "nora", ROLE_RN);
    coordinator = fixture_person(&study, "carol", ROLE_CRC);
    person = fixture_screen(&study, &coordinator);
    fixture_pass(&study, HOUR);
    fixture_enter(&study, &coordinator, person, "SE.SCR", "F.SCR", "I.SCR.HVOL", "N",
                  NULL);
    fixture_pass(&study, HOUR);
    fixture_enter(&study, &coordinator, person, "SE.SCR", "F.SCR", "I.SCR.IODEC", "Y",
                  NULL);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static struct text text_or_none(const char *t)
{
    return t == NULL ? (struct text){0} : text_of(t);
}

static bool parse(const char *from, const char *until, const char *kind,
                  const char *user, const char *participant, struct audit_filter *out)
{
    struct audit_wanted wanted = {.from = text_or_none(from),
                                  .until = text_or_none(until),
                                  .kind = text_or_none(kind),
                                  .user = text_or_none(user),
                                  .participant = text_or_none(participant)};
    struct text words;
    return audit_filter_read(study.study, &wanted, study.arena, out, &words,
                             &study.err);
}

/* --- the filter ------------------------------------------------------------------------ */

static size_t seen(const char *from, const char *until, const char *user,
                   const char *participant)
{
    struct audit_filter filter;
    struct audit_entry *entries = NULL;
    size_t count = 0;
    ASSERT_OK(parse(from, until, "VALUES_SAVED", user, participant, &filter),
              &study.err);
    ASSERT_OK(audit_read(study.study, &manager, &filter, study.arena, &entries, &count,
                         &study.err),
              &study.err);
    return count;
}

static void times_are_the_sites_local_time_and_whole_minutes_count(void **state)
{
    (void)state;
    /* Saved at 10:00 (with the screening), 11:00 and 12:00. */
    assert_int_equal(seen(NULL, NULL, NULL, NULL), 3);
    assert_int_equal(seen("2026-11-22T10:30", NULL, NULL, NULL), 2);
    assert_int_equal(seen("2026-11-22T11:00", "2026-11-22T11:00", NULL, NULL), 1);
    assert_int_equal(seen(NULL, "2026-11-22T11:59", NULL, NULL), 2);
    assert_int_equal(seen("2026-11-22", "2026-11-22", NULL, NULL), 3);
    assert_int_equal(seen("2026-11-23", NULL, NULL, NULL), 0);
    /* The same moment by another clock. */
    assert_int_equal(seen("2026-11-22T03:00Z", "2026-11-22T03:00Z", NULL, NULL), 1);
}

static void filters_by_user_and_by_participant(void **state)
{
    int64_t other = fixture_screen(&study, &coordinator);
    (void)state;
    (void)other;
    fixture_enter(&study, &nurse, person, "SE.BL", "F.DM", "I.DM.WEIGHT", "60", NULL);
    assert_int_equal(seen(NULL, NULL, NULL, NULL), 5);
    assert_int_equal(seen(NULL, NULL, "nora", NULL), 1);
    assert_int_equal(seen(NULL, NULL, NULL, "S-0001"), 4);
    assert_int_equal(seen(NULL, NULL, "carol", "S-0002"), 1);
}

static void refuses_what_it_does_not_understand_and_says_where(void **state)
{
    struct audit_filter filter;
    (void)state;
    ASSERT_ERROR(parse("yesterday", NULL, NULL, NULL, NULL, &filter), &study.err,
                 ERROR_REFUSED);
    ASSERT_ERROR(parse("2026-11-23", "2026-11-22", NULL, NULL, NULL, &filter),
                 &study.err, ERROR_REFUSED);
    ASSERT_ERROR(parse(NULL, NULL, "NO_KIND", NULL, NULL, &filter), &study.err,
                 ERROR_REFUSED);
    ASSERT_ERROR(parse(NULL, NULL, NULL, "nobody", NULL, &filter), &study.err,
                 ERROR_REFUSED);
    ASSERT_ERROR(parse(NULL, NULL, NULL, NULL, "S-0009", &filter), &study.err,
                 ERROR_REFUSED);
}

/* --- the table --------------------------------------------------------------------------- */

static const char *place(void)
{
    return text_format(study.arena, "%s-audit.csv", study.place.path).at;
}

static bool export_by(const struct caller *by, struct audit_filter filter,
                      const char *as_of, struct export_report *out)
{
    struct export_request request = {.format = EXPORT_AUDIT,
                                     .audit = &filter,
                                     .audit_words = TEXT("kind X"),
                                     .as_of = text_or_none(as_of),
                                     .path = place()};
    return export_data(study.study, by, &request, study.arena, out, &study.err);
}

static const char *exported_by(const struct caller *by, struct audit_filter filter,
                               const char *as_of)
{
    struct export_report report;
    struct text content;
    ASSERT_OK(export_by(by, filter, as_of, &report), &study.err);
    ASSERT_OK(file_read(place(), 1024 * 1024, study.arena, &content, &study.err),
              &study.err);
    unlink(place());
    return text_c(study.arena, content);
}

static size_t lines_of(const char *table)
{
    size_t count = 0;
    for (; *table != '\0'; table++)
        count += *table == '\n';
    return count;
}

static void a_table_has_each_event_once_and_no_value(void **state)
{
    (void)state;
    fixture_enter(&study, &nurse, person, "SE.BL", "F.DM", "I.DM.WEIGHT", "61.7", NULL);
    size_t events = fixture_events(&study, LOG_EVENT_NONE);
    const char *table = exported_by(&manager, (struct audit_filter){.user = -1}, NULL);
    assert_int_equal(lines_of(table), events + 2); /* names, END */
    assert_null(strstr(table, "61.7"));
    assert_non_null(strstr(
        table, ",2026-11-22T12:00:00.000+08:00,2026-11-22 12:00:00,nora,RN 01,01,"));
    assert_non_null(
        strstr(table, ",VALUES_SAVED,S-0001,SE.BL 1/F.DM 1: I.DM.WEIGHT I.DM.SITEID"));
}

static void the_last_row_says_that_it_is_whole(void **state)
{
    char digits[HEX_SIZE(HASH_SIZE)];
    (void)state;
    const char *table = exported_by(&manager, (struct audit_filter){.user = -1}, NULL);
    const char *last = table + strlen(table) - 2;
    while (last[-1] != '\n')
        last--;
    assert_non_null(strstr(last, ",END,"));
    assert_non_null(strstr(last, "filter: kind X"));
    struct hash hash =
        hash_of((struct text){.at = table, .len = (size_t)(last - table)});
    hex_print(hash.bytes, HASH_SIZE, digits);
    assert_non_null(
        strstr(last, text_format(study.arena, "%.*s", (int)sizeof digits, digits).at));
}

static void a_role_is_that_of_the_time_of_the_event(void **state)
{
    struct grant grants[] = {{.role = ROLE_INV, .site = SITE}};
    struct user_set_roles verb = {
        .act = act_of(study.study, &manager, study.arena, user_set_roles),
        .user = coordinator.user,
        .grants = grants,
        .grant_count = 1};
    struct caller administrator = fixture_person(&study, "adam", ROLE_ADM);
    (void)state;
    verb.act.caller = &administrator;
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    struct caller now = coordinator;
    now.grants = grants;
    now.grant_count = 1;
    fixture_enter(&study, &now, person, "SE.BL", "F.DM", "I.DM.WEIGHT", "60", NULL);
    struct audit_filter of_her = {.user = coordinator.user,
                                  .kind = LOG_EVENT_VALUES_SAVED};
    const char *table = exported_by(&manager, of_her, NULL);
    assert_non_null(strstr(table, ",carol,CRC 01,01,"));
    assert_non_null(strstr(table, ",carol,INV 01,01,"));
}

static void a_formula_in_a_device_is_text(void **state)
{
    struct caller by = coordinator;
    (void)state;
    by.device = TEXT("=HYPERLINK(\"http://x\")");
    fixture_enter(&study, &by, person, "SE.BL", "F.DM", "I.DM.WEIGHT", "60", NULL);
    const char *table = exported_by(&manager, (struct audit_filter){.user = -1}, NULL);
    assert_non_null(strstr(table, ",\"'=HYPERLINK(\"\"http://x\"\")\","));
}

static void the_same_cut_and_filter_give_the_same_bytes(void **state)
{
    struct export_report first, second;
    struct audit_filter all = {.user = -1};
    char cut[24];
    (void)state;
    ASSERT_OK(export_by(&manager, all, NULL, &first), &study.err);
    unlink(place());
    fixture_enter(&study, &nurse, person, "SE.BL", "F.DM", "I.DM.WEIGHT", "60", NULL);
    snprintf(cut, sizeof cut, "%lld", (long long)first.cut.seq);
    ASSERT_OK(export_by(&manager, all, cut, &second), &study.err);
    unlink(place());
    assert_true(hash_equal(&first.content, &second.content));
    assert_int_equal(first.values, first.cut.seq);
    assert_int_equal(fixture_events(&study, LOG_EVENT_EXPORTED), 2);
}

static void a_monitor_exports_the_events_of_the_own_site(void **state)
{
    struct caller here = fixture_person(&study, "mona", ROLE_MON);
    struct caller elsewhere = fixture_stranger(&study, "mia", ROLE_MON);
    (void)state;
    const char *own = exported_by(&here, (struct audit_filter){.user = -1}, NULL);
    assert_non_null(strstr(own, ",PARTICIPANT_ADDED,S-0001,"));
    assert_null(strstr(own, "USER_ADDED")); /* is of no site */
    assert_int_equal(
        lines_of(exported_by(&elsewhere, (struct audit_filter){.user = -1}, NULL)), 2);
}

static void who_may_not_gets_nothing(void **state)
{
    struct caller statistician = fixture_person(&study, "stan", ROLE_STAT);
    struct export_report report;
    (void)state;
    ASSERT_ERROR(
        export_by(&statistician, (struct audit_filter){.user = -1}, NULL, &report),
        &study.err, ERROR_NOT_ALLOWED);
    assert_false(file_exists(place()));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(times_are_the_sites_local_time_and_whole_minutes_count),
        TEST(filters_by_user_and_by_participant),
        TEST(refuses_what_it_does_not_understand_and_says_where),
        TEST(a_table_has_each_event_once_and_no_value),
        TEST(the_last_row_says_that_it_is_whole),
        TEST(a_role_is_that_of_the_time_of_the_event),
        TEST(a_formula_in_a_device_is_text),
        TEST(the_same_cut_and_filter_give_the_same_bytes),
        TEST(a_monitor_exports_the_events_of_the_own_site),
        TEST(who_may_not_gets_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
