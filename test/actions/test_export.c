/* Exporting: who may, what is withheld, the same cut gives the same bytes, and the log
 * says so. */
#include "actions/export.h"
#include "actions/record_lock.h"
#include "store/review.h"
#include "support/life.h"
#include "support/study_fixture.h"
#include "support/unit.h"

#include "base/limits.h"
#include "system/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_study(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    fixture_open(f);
    *state = f;
    return 0;
}

static int close_study(void **state)
{
    fixture_close(*state);
    free(*state);
    return 0;
}

static const char *place(struct fixture *f, const char *name)
{
    return text_format(f->arena, "%s-%s", f->place.path, name).at;
}

static bool export_to(struct fixture *f, const struct caller *caller, const char *path,
                      const char *as_of, struct export_report *out)
{
    struct export_request request = {.format = EXPORT_CSV,
                                     .path = path,
                                     .as_of = as_of == NULL ? (struct text){0}
                                                            : text_of(as_of)};
    return export_data(f->study, caller, &request, f->arena, out, &f->err);
}

static struct text content(struct fixture *f, const char *folder, const char *name)
{
    struct text out;
    const char *path = text_format(f->arena, "%s/%s", folder, name).at;
    ASSERT_OK(file_read(path, 1024 * 1024, f->arena, &out, &f->err), &f->err);
    return out;
}

static void away(const char *folder)
{
    char command[600];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
}

static bool holds(struct text text, const char *part)
{
    size_t len = strlen(part);
    for (size_t i = 0; i + len <= text.len; i++)
        if (memcmp(text.at + i, part, len) == 0)
            return true;
    return false;
}

static void gives_the_same_bytes_for_the_same_cut(void **state)
{
    struct fixture *f = *state;
    struct caller coordinator = fixture_person(f, "carol", ROLE_CRC);
    struct caller manager = fixture_person(f, "dora", ROLE_DM);
    int64_t one = fixture_screen(f, &coordinator);
    fixture_enter(f, &coordinator, one, "SE.SCR", "F.SCR", "I.SCR.HVOL", "N", NULL);
    struct export_report first, second, later;
    const char *before = place(f, "before");
    const char *after = place(f, "after");
    const char *now = place(f, "now");
    ASSERT_OK(export_to(f, &manager, before, NULL, &first), &f->err);
    fixture_enter(f, &coordinator, one, "SE.SCR", "F.SCR", "I.SCR.IODEC", "Y", NULL);
    char cut[24];
    snprintf(cut, sizeof cut, "%lld", (long long)first.cut.seq);
    ASSERT_OK(export_to(f, &manager, after, cut, &second), &f->err);
    ASSERT_OK(export_to(f, &manager, now, NULL, &later), &f->err);
    assert_true(hash_equal(&first.content, &second.content));
    assert_int_equal(first.values, second.values);
    assert_false(hash_equal(&first.content, &later.content));
    assert_true(later.values > first.values);
    assert_int_equal(fixture_events(f, LOG_EVENT_EXPORTED), 3);
    away(before);
    away(after);
    away(now);
}

static void withholds_who_is_still_provisional(void **state)
{
    struct fixture *f = *state;
    struct caller coordinator = fixture_person(f, "carol", ROLE_CRC);
    struct caller manager = fixture_person(f, "dora", ROLE_DM);
    fixture_screen(f, &coordinator);
    struct caller nurse = fixture_person(f, "nora", ROLE_RN);
    fixture_place(f, &nurse);
    struct export_report report;
    const char *folder = place(f, "out");
    ASSERT_OK(export_to(f, &manager, folder, NULL, &report), &f->err);
    assert_int_equal(report.participants, 1);
    assert_int_equal(report.withheld, 1);
    assert_true(holds(content(f, folder, "participants.csv"), ",S-0001,"));
    assert_false(holds(content(f, folder, "participants.csv"), "P-0001"));
    away(folder);
}

static void never_lets_out_identity(void **state)
{
    struct fixture *f = *state;
    struct caller coordinator = fixture_person(f, "carol", ROLE_CRC);
    struct caller manager = fixture_person(f, "dora", ROLE_DM);
    int64_t one = fixture_screen(f, &coordinator);
    fixture_enter(f, &coordinator, one, "SE.SCR", "F.SCR", "I.SCR.BRTHDT", "1971-02-03",
                  "I.SCR.SCRDTM", "2026-11-22T10:00", NULL);
    struct export_report report;
    const char *folder = place(f, "out");
    ASSERT_OK(export_to(f, &manager, folder, NULL, &report), &f->err);
    struct text table = content(f, folder, "IG.SCR1.csv");
    assert_false(holds(table, "1971"));
    assert_true(holds(table, ",2026-11-22T10:00+08:00,,,55,,,"));
    away(folder);
}

static void refuses_who_may_not_and_puts_that_on_the_log(void **state)
{
    struct fixture *f = *state;
    struct caller nurse = fixture_person(f, "nora", ROLE_RN);
    struct export_report report;
    const char *folder = place(f, "out");
    ASSERT_ERROR(export_to(f, &nurse, folder, NULL, &report), &f->err,
                 ERROR_NOT_ALLOWED);
    assert_false(file_exists(folder));
    fixture_reopen(f); /* a refusal is written without waiting for it */
    assert_int_equal(fixture_events(f, LOG_EVENT_ACCESS_REFUSED), 1);
}

static void gives_a_site_its_own_participants(void **state)
{
    struct fixture *f = *state;
    struct caller coordinator = fixture_person(f, "carol", ROLE_CRC);
    struct caller here = fixture_person(f, "paul", ROLE_PI);
    struct caller elsewhere = fixture_stranger(f, "peter", ROLE_PI);
    fixture_screen(f, &coordinator);
    struct export_report report;
    const char *folder = place(f, "out");
    ASSERT_OK(export_to(f, &elsewhere, folder, NULL, &report), &f->err);
    assert_int_equal(report.participants, 0);
    away(folder);
    ASSERT_OK(export_to(f, &here, folder, NULL, &report), &f->err);
    assert_int_equal(report.participants, 1);
    away(folder);
}

/* ICH E6(R3): the investigator's access ends with nothing that others do. */
static void a_site_takes_its_data_also_while_the_data_base_is_locked(void **state)
{
    struct fixture *f = *state;
    struct caller investigator = fixture_person(f, "paul", ROLE_PI);
    struct caller manager = fixture_person(f, "dora", ROLE_DM);
    struct export_report before, report;
    const char *folder = place(f, "out");
    fixture_screen(f, &investigator);
    ASSERT_OK(export_to(f, &investigator, folder, NULL, &before), &f->err);
    away(folder);
    /* As the act of the two persons writes it; what it asks for has tests of its own. */
    struct database_locked cut = {.name = TEXT("SYNTHETIC cut"),
                                  .first_user = manager.user};
    life_event(study_store(f->study), LOG_EVENT_DATABASE_LOCKED, investigator.user, 0,
               &cut);
    struct participant_add refused = {
        .act = act_of(f->study, &investigator, f->arena, participant_add),
        .site = SITE};
    ASSERT_ERROR(act_run(&refused.act, &f->err), &f->err, ERROR_LOCKED);
    struct record_lock_change unlock = {
        .act = act_of(f->study, &manager, f->arena, record_lock_change),
        .scope = RECORD_DATABASE,
        .is_unlocking = true,
        .reason = TEXT("SYNTHETIC")};
    ASSERT_OK(act_run(&unlock.act, &f->err), &f->err);
    assert_false(unlock.is_done); /* nor is it opened without the investigator */
    ASSERT_ERROR(act_run(&refused.act, &f->err), &f->err, ERROR_LOCKED);
    ASSERT_OK(export_to(f, &investigator, folder, NULL, &report), &f->err);
    assert_int_equal(report.participants, 1);
    assert_int_equal(before.participants, 1);
    away(folder);
}

static void refuses_a_cut_that_is_none(void **state)
{
    struct fixture *f = *state;
    struct caller manager = fixture_person(f, "dora", ROLE_DM);
    struct export_report report;
    const char *folder = place(f, "out");
    ASSERT_ERROR(export_to(f, &manager, folder, "yesterday", &report), &f->err,
                 ERROR_REFUSED);
    ASSERT_ERROR(export_to(f, &manager, folder, "9999999", &report), &f->err,
                 ERROR_REFUSED);
    ASSERT_ERROR(export_to(f, &manager, folder, "1999-01-01T00:00Z", &report), &f->err,
                 ERROR_REFUSED);
    assert_false(file_exists(folder));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_study, close_study)
    const struct CMUnitTest tests[] = {
        TEST(gives_the_same_bytes_for_the_same_cut),
        TEST(withholds_who_is_still_provisional),
        TEST(never_lets_out_identity),
        TEST(refuses_who_may_not_and_puts_that_on_the_log),
        TEST(gives_a_site_its_own_participants),
        TEST(a_site_takes_its_data_also_while_the_data_base_is_locked),
        TEST(refuses_a_cut_that_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
