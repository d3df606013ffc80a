/* An import and the ward: who saves is let through while a portion is being staged, and
 * the import is whole nevertheless. All people are SYNTHETIC. */
#include "actions/import.h"

#include "actions/export.h"
#include "store/txn.h"
#include "support/study_fixture.h"
#include "support/unit.h"
#include "system/file.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum { PARTICIPANTS = 400, ANSWERS = 2 }; /* one portion */

/* Writes nothing, and writes down where the log stood. */
struct visitor {
    struct store *store;
    pthread_t thread;
    atomic_bool is_enough;
    int64_t now;
    int64_t seen[2 * PARTICIPANTS]; /* each once */
    size_t count;
};

static bool look(struct txn *txn, void *data, struct error *err)
{
    struct visitor *visitor = data;
    (void)err;
    visitor->now = txn_next_seq(txn);
    return true;
}

static void *visit(void *data)
{
    struct visitor *visitor = data;
    struct error ignored;
    while (!atomic_load(&visitor->is_enough)) {
        struct unit unit = {.apply = look, .data = visitor};
        size_t count = visitor->count;
        if (store_write(visitor->store, &unit, &ignored) &&
            (count == 0 || visitor->seen[count - 1] != visitor->now))
            visitor->seen[visitor->count++] = visitor->now;
    }
    return NULL;
}

static void write_file(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("<ODM xmlns=\"http://www.cdisc.org/ns/odm/v1.3\" FileType=\"Snapshot\" "
          "FileOID=\"SYNTHETIC\" ODMVersion=\"1.3.2\"><ClinicalData "
          "StudyOID=\"NCT07239375\" MetaDataVersionOID=\"MDV\">",
          file);
    for (int i = 0; i < PARTICIPANTS; i++)
        fprintf(
            file,
            "<SubjectData SubjectKey=\"X-%d\"><Annotation SeqNum=\"1\"><Comment>"
            "SYNTHETIC remark</Comment></Annotation><StudyEventData "
            "StudyEventOID=\"SE.SCR\"><FormData FormOID=\"F.SCR\"><ItemGroupData "
            "ItemGroupOID=\"IG.SCR1\"><ItemData ItemOID=\"I.SCR.HVOL\" Value=\"N\"/>"
            "</ItemGroupData><ItemGroupData ItemGroupOID=\"IG.SCR4\"><ItemData "
            "ItemOID=\"I.SCR.IODEC\" Value=\"Y\"/></ItemGroupData>"
            "</FormData></StudyEventData></SubjectData>",
            i);
    fputs("</ClinicalData></ODM>", file);
    fclose(file);
}

static void import(struct fixture *fixture, struct import_data *data,
                   const struct caller *caller)
{
    char path[SCRATCH_PATH];
    scratch_path(&fixture->place.scratch, "import.xml", path);
    write_file(path);
    struct import_file file = {.name = TEXT("import.xml"), .path = path};
    *data = (struct import_data){.study = fixture->study,
                                 .caller = caller,
                                 .files = &file,
                                 .file_count = 1,
                                 .arena = fixture->arena};
    ASSERT_OK(import_run(data, &fixture->err), &fixture->err);
}

static void who_saves_is_let_through_in_the_middle_of_a_portion(void **state)
{
    (void)state;
    static struct visitor visitor;
    struct fixture fixture;
    struct import_data data;
    fixture_open(&fixture);
    struct caller manager = fixture_person(&fixture, "dana", ROLE_DM);
    int64_t before = (int64_t)fixture_events(&fixture, 0);
    visitor = (struct visitor){.store = study_store(fixture.study)};
    assert_int_equal(pthread_create(&visitor.thread, NULL, visit, &visitor), 0);
    import(&fixture, &data, &manager);
    atomic_store(&visitor.is_enough, true);
    pthread_join(visitor.thread, NULL);

    assert_int_equal(data.report->new_participants, PARTICIPANTS);
    assert_int_equal(data.report->new_values, PARTICIPANTS * ANSWERS);
    assert_int_equal(fixture_events(&fixture, LOG_EVENT_IMPORT_STAGED), PARTICIPANTS);
    assert_int_equal(fixture_events(&fixture, LOG_EVENT_IMPORT_COMMITTED), 1);
    /* Behind IMPORT_BEGUN and the first form, before the last. */
    size_t within = 0;
    for (size_t i = 0; i < visitor.count; i++)
        within += visitor.seen[i] > before + 2 &&
                  visitor.seen[i] <= before + 1 + PARTICIPANTS;
    assert_true(within > 0);
    fixture_close(&fixture);
}

static void the_same_again_adds_nothing(void **state)
{
    (void)state;
    struct fixture fixture;
    struct import_data data;
    fixture_open(&fixture);
    struct caller manager = fixture_person(&fixture, "dana", ROLE_DM);
    import(&fixture, &data, &manager);
    import(&fixture, &data, &manager);
    assert_int_equal(data.report->new_participants, 0);
    assert_int_equal(data.report->new_values, 0);
    assert_int_equal(data.report->unchanged_values, PARTICIPANTS * ANSWERS);
    fixture_close(&fixture);
}

static bool export_has_remark(struct fixture *fixture, const struct caller *caller,
                              bool is_transactional)
{
    char path[SCRATCH_PATH];
    struct export_report report;
    struct text content;
    scratch_path(&fixture->place.scratch, is_transactional ? "all.xml" : "now.xml",
                 path);
    struct export_request request = {
        .format = EXPORT_ODM_1, .is_transactional = is_transactional, .path = path};
    ASSERT_OK(export_data(fixture->study, caller, &request, fixture->arena, &report,
                          &fixture->err),
              &fixture->err);
    ASSERT_OK(file_read(path, 16 << 20, fixture->arena, &content, &fixture->err),
              &fixture->err);
    return strstr(text_c(fixture->arena, content),
                  "<Comment>SYNTHETIC remark</Comment>") != NULL;
}

static void a_remark_of_a_file_that_names_nobody_goes_out_again(void **state)
{
    (void)state;
    struct fixture fixture;
    struct import_data data;
    fixture_open(&fixture);
    struct caller manager = fixture_person(&fixture, "dana", ROLE_DM);
    import(&fixture, &data, &manager);
    assert_true(export_has_remark(&fixture, &manager, false));
    assert_true(export_has_remark(&fixture, &manager, true));
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_saves_is_let_through_in_the_middle_of_a_portion),
        cmocka_unit_test(a_remark_of_a_file_that_names_nobody_goes_out_again),
        cmocka_unit_test(the_same_again_adds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
