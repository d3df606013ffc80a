/* Readings of an image: blind to each other until both are signed (specification 8.1, F.IM).
 * All data are SYNTHETIC. */
#include "support/forge.h"
#include "support/reading.h"
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/export.h"
#include "actions/form_view.h"
#include "actions/history.h"
#include "actions/image_task.h"
#include "actions/query.h"
#include "actions/rule_sheet.h"
#include "actions/signature_verify.h"
#include "actions/study_state.h"
#include "store/review.h"

#include <string.h>

/* What only the first reading says. */
#define MARK "SYNTHETIC callus at the cortex"

static struct fixture study;
static struct caller crc, pi, first, second, third, adjudicator, safety, statistician;
static int64_t person;

static void assign(struct caller *caller)
{
    caller->assigned = &person;
    caller->assigned_count = 1;
}

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    pi = fixture_member(&study, "pi", ROLE_PI, READING_PASSWORD);
    first = fixture_member(&study, "img1", ROLE_IMG, READING_PASSWORD);
    second = fixture_member(&study, "img2", ROLE_IMG, READING_PASSWORD);
    third = fixture_member(&study, "img3", ROLE_IMG, READING_PASSWORD);
    adjudicator = fixture_member(&study, "adj", ROLE_ADJ, READING_PASSWORD);
    safety = fixture_person(&study, "saf", ROLE_SAF);
    statistician = fixture_person(&study, "stat", ROLE_STAT);
    person = fixture_screen(&study, &crc);
    assign(&first);
    assign(&second);
    assign(&third);
    assign(&adjudicator);
    reading_order(&study, &crc, person);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

/* --- steps ------------------------------------------------------------------------------- */

static bool save_row(const struct caller *by, int64_t row, const char *item,
                     const char *value, const char *base)
{
    return reading_answer(&study, by, person, row, item, value, base);
}

static void read_image(const struct caller *by, int64_t row, const char *words)
{
    reading_enter(&study, by, person, row, "NEG", words);
}

static const struct form_view *view_of(const struct caller *by)
{
    struct form_view *view = NULL;
    struct form_key key = reading_place(person);
    ASSERT_OK(form_view_read(study.study, by, &key, study.arena, &view, &study.err),
              &study.err);
    return view;
}

static struct image_reads reads_of(const struct caller *by)
{
    struct image_reads reads;
    struct db *db = store_reader(study.study->store);
    struct image_asker asker = {db, db, by, fixture_participant(&study, person),
                                study.arena};
    ASSERT_OK(
        image_reads_of(&asker, reading_state(&study, db, person), &reads, &study.err),
        &study.err);
    store_reader_return(study.study->store, db);
    return reads;
}

static struct signature_offer offer_of(const struct caller *by)
{
    return reading_offer(&study, by, person);
}

static bool sign(const struct caller *by)
{
    return reading_sign(&study, by, person);
}

static size_t standing(void)
{
    const struct form_view *view = view_of(&crc);
    size_t count = 0;
    for (size_t i = 0; i < view->review.signatures.count; i++)
        count += view->review.signatures.at[i].stands;
    return count;
}

static bool view_has(const struct caller *by, const char *words)
{
    const struct form_view *view = view_of(by);
    for (size_t i = 0; i < view->value_count; i++)
        if (text_equal(view->values[i].stored.answer.value, text_of(words)))
            return true;
    return false;
}

/* --- the seal ------------------------------------------------------------------------------ */

static void a_reading_is_sealed_from_everybody_but_its_reader(void **state)
{
    (void)state;
    read_image(&first, 1, MARK);
    assert_int_equal(reads_of(&first).sealed_count, 0);
    assert_int_equal(reads_of(&second).sealed_count, 1);
    assert_int_equal(reads_of(&crc).sealed_count, 1);
    assert_int_equal(reads_of(&pi).sealed_count, 1);
    assert_int_equal(reads_of(&statistician).sealed_count, 1);
    assert_true(image_read_is_sealed(
        &(struct image_reads){.sealed = &(int64_t){1}, .sealed_count = 1}, 1));
}

static void the_adjudicator_and_the_safety_physician_see_both_before(void **state)
{
    (void)state;
    read_image(&first, 1, MARK);
    assert_int_equal(reads_of(&adjudicator).sealed_count, 0);
    assert_int_equal(reads_of(&safety).sealed_count, 0);
    struct caller other = adjudicator; /* to whom the record is not assigned */
    other.assigned_count = 0;
    assert_int_equal(reads_of(&other).sealed_count, 1);
}

static void both_are_open_when_both_are_signed_and_not_before(void **state)
{
    (void)state;
    read_image(&first, 1, MARK);
    read_image(&second, 2, "SYNTHETIC nothing seen");
    assert_int_equal(reads_of(&crc).sealed_count, 2);
    ASSERT_OK(sign(&first), &study.err);
    assert_int_equal(reads_of(&crc).sealed_count, 2);
    assert_false(view_has(&crc, MARK));
    ASSERT_OK(sign(&second), &study.err);
    assert_int_equal(reads_of(&crc).sealed_count, 0);
    assert_true(view_has(&crc, MARK));
    assert_int_equal(standing(), 2);
}

static void a_corrected_reading_is_sealed_until_it_is_signed_again(void **state)
{
    (void)state;
    read_image(&first, 1, MARK);
    read_image(&second, 2, "SYNTHETIC nothing seen");
    ASSERT_OK(sign(&first), &study.err);
    ASSERT_OK(sign(&second), &study.err);
    const char *base = fixture_version(&study, person, READING_PLACE, "I.IM.RDRES", 1);
    ASSERT_OK(save_row(&first, 1, "I.IM.RDRES", "POS", base), &study.err);
    assert_int_equal(reads_of(&crc).sealed_count, 2);
    ASSERT_OK(sign(&first), &study.err);
    assert_int_equal(reads_of(&crc).sealed_count, 0);
}

/* --- where values leave -------------------------------------------------------------------- */

static void a_form_with_sealed_rows_stays_usable(void **state)
{
    (void)state;
    read_image(&first, 1, MARK);
    assert_false(view_has(&crc, MARK));
    assert_true(view_has(&crc, "lower leg"));
    assert_true(view_of(&crc)->may_edit);
    assert_false(view_of(&crc)->may_read);
    assert_int_equal(view_of(&crc)->reads.sealed_count, 1);
    ASSERT_OK(save_row(&crc, 0, "I.IM.IMREG", "thigh",
                       fixture_version(&study, person, READING_PLACE, "I.IM.IMREG", 0)),
              &study.err);
}

static void the_history_says_that_somebody_read_and_not_what(void **state)
{
    (void)state;
    struct history_filter filter = {.participant = person, .form = TEXT("F.IM")};
    struct history_entry *entries = NULL;
    size_t count = 0, sealed = 0;
    read_image(&first, 1, MARK);
    ASSERT_OK(history_read(study.study, &statistician, &filter, study.arena, &entries,
                           &count, &study.err),
              &study.err);
    for (size_t i = 0; i < count; i++) {
        sealed += entries[i].is_sealed;
        assert_true(!entries[i].is_sealed || entries[i].row == 1);
        assert_true(entries[i].row == 0 || text_is_absent(entries[i].new.value));
    }
    assert_int_equal(sealed, 12);
}

static void the_page_gets_no_sealed_answer_for_its_rules(void **state)
{
    (void)state;
    struct form_key key = reading_place(person);
    struct rule_sheet *sheet = NULL;
    read_image(&first, 1, MARK);
    for (int is_open = 0; is_open < 2; is_open++) {
        ASSERT_OK(rule_sheet_read(study.study, is_open ? &safety : &crc, &key,
                                  study.arena, &sheet, &study.err),
                  &study.err);
        const struct world *world = &sheet->world;
        struct datum answer =
            world_answer(world, TEXT("F.IM"), 0, TEXT("I.IM.RDTXT"), 1);
        assert_int_equal(answer.kind, is_open ? DATUM_TEXT : DATUM_EMPTY);
    }
}

static void what_is_asked_about_a_sealed_reading_is_sealed_too(void **state)
{
    (void)state;
    read_image(&first, 1, MARK);
    struct query_step open = {.act =
                                  act_of(study.study, &safety, study.arena, query_step),
                              .step = QUERY_STEP_OPEN,
                              .key = reading_place(person),
                              .item = TEXT("I.IM.RDTXT"),
                              .row = 1,
                              .text = TEXT("SYNTHETIC: is the callus certain?")};
    ASSERT_OK(act_run(&open.act, &study.err), &study.err);
    struct query_thread *thread = NULL;
    ASSERT_OK(query_thread_read(study.study, &crc, open.query, study.arena, &thread,
                                &study.err),
              &study.err);
    ASSERT_TEXT(thread->entry.stored.message.english,
                "sealed until both readings are signed");
    for (size_t i = 0; i < thread->step_count; i++)
        assert_false(text_equal(thread->steps[i].stored.text, open.text));
    ASSERT_OK(query_thread_read(study.study, &safety, open.query, study.arena, &thread,
                                &study.err),
              &study.err);
    ASSERT_TEXT(thread->entry.stored.message.english,
                "SYNTHETIC: is the callus certain?");
    assert_int_equal(view_of(&crc)->query_count, 0);
}

static struct export_report counted(void)
{
    struct export_report report;
    struct export_request request = {.format = EXPORT_CSV, .is_count_only = true};
    ASSERT_OK(export_data(study.study, &statistician, &request, study.arena, &report,
                          &study.err),
              &study.err);
    return report;
}

static void an_export_withholds_sealed_readings_and_counts_them(void **state)
{
    (void)state;
    read_image(&first, 1, MARK);
    struct export_report before = counted();
    assert_int_equal(before.sealed, 12);
    read_image(&second, 2, "SYNTHETIC nothing seen");
    ASSERT_OK(sign(&first), &study.err);
    assert_int_equal(counted().sealed, 24);
    ASSERT_OK(sign(&second), &study.err);
    assert_int_equal(counted().sealed, 0);
    assert_int_equal(counted().values, before.values + 24);
}

/* --- signing one's own row ------------------------------------------------------------------ */

static void a_readers_signature_covers_his_row_alone(void **state)
{
    (void)state;
    read_image(&first, 1, MARK);
    ASSERT_OK(sign(&first), &study.err);
    read_image(&second, 2, "SYNTHETIC nothing seen");
    ASSERT_OK(save_row(&crc, 0, "I.IM.IMREG", "thigh",
                       fixture_version(&study, person, READING_PLACE, "I.IM.IMREG", 0)),
              &study.err);
    assert_int_equal(standing(), 1);
    const char *base = fixture_version(&study, person, READING_PLACE, "I.IM.RDRES", 1);
    ASSERT_OK(save_row(&first, 1, "I.IM.RDRES", "POS", base), &study.err);
    assert_int_equal(standing(), 0);
}

static void a_reader_signs_neither_nothing_nor_half_a_reading(void **state)
{
    (void)state;
    assert_true(offer_of(&first).stands[SIGNATURE_EMPTY]);
    ASSERT_OK(save_row(&first, 1, "I.IM.RDRES", "NEG", NULL), &study.err);
    assert_false(offer_of(&first).stands[SIGNATURE_EMPTY]);
    assert_true(offer_of(&first).stands[SIGNATURE_REQUIRED]);
    ASSERT_ERROR(sign(&first), &study.err, ERROR_REFUSED);
}

static void nobody_signs_a_form_with_sealed_readings(void **state)
{
    (void)state;
    read_image(&first, 1, MARK);
    assert_true(offer_of(&pi).stands[SIGNATURE_SEALED]);
    ASSERT_ERROR(sign(&pi), &study.err, ERROR_REFUSED);
    assert_non_null(strstr(study.err.text, "sealed"));
}

static void verify_computes_a_readers_signature_anew(void **state)
{
    (void)state;
    struct verify_report report;
    read_image(&first, 1, MARK);
    read_image(&second, 2, "SYNTHETIC nothing seen");
    ASSERT_OK(sign(&first), &study.err);
    ASSERT_OK(verify_folder_with(&study.place.options, NULL, signatures_examine,
                                 study.arena, &report, &study.err),
              &study.err);
    assert_int_equal(report.finding_count, 0);
}

/* --- three different people ------------------------------------------------------------------- */

static void the_readings_and_the_adjudication_are_by_three_people(void **state)
{
    (void)state;
    read_image(&first, 1, MARK);
    read_image(&second, 2, "SYNTHETIC nothing seen");
    /* An adjudicator does not begin before both are signed. */
    assert_false(save_row(&adjudicator, 3, "I.IM.RDADJ", "Y", NULL));
    ASSERT_OK(sign(&first), &study.err);
    ASSERT_OK(sign(&second), &study.err);
    /* Reader 1 is not reader 2, nor the adjudicator. */
    static const struct grant both[] = {{.role = ROLE_IMG}, {.role = ROLE_ADJ}};
    const struct {
        const struct caller *by;
        int64_t row;
    } pairs[] = {{&first, 2},  {&first, 3},       {&second, 1},
                 {&second, 3}, {&adjudicator, 1}, {&adjudicator, 2}};
    for (size_t i = 0; i < ARRAY_COUNT(pairs); i++) {
        struct caller by = *pairs[i].by;
        by.grants = both;
        by.grant_count = ARRAY_COUNT(both);
        assert_false(save_row(&by, pairs[i].row, "I.IM.RDADJ", "Y", NULL));
        assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
    }
    ASSERT_OK(save_row(&adjudicator, 3, "I.IM.RDADJ", "Y", NULL), &study.err);
    assert_false(save_row(&first, 3, "I.IM.RDTXT", "SYNTHETIC", NULL));
}

static void who_enters_the_image_enters_no_reading(void **state)
{
    (void)state;
    assert_false(save_row(&crc, 1, "I.IM.RDRES", "NEG", NULL));
    assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
    struct caller unassigned = third;
    unassigned.assigned_count = 0;
    assert_false(save_row(&unassigned, 1, "I.IM.RDRES", "NEG", NULL));
}

/* --- tasks ---------------------------------------------------------------------------------- */

static bool give(const struct caller *by, const struct caller *to, bool is_adjudicator)
{
    return reading_assign(&study, by, person, to, is_adjudicator);
}

static void an_image_has_two_readers_and_an_adjudicator_all_different(void **state)
{
    (void)state;
    ASSERT_OK(give(&crc, &first, false), &study.err);
    ASSERT_ERROR(give(&crc, &first, false), &study.err, ERROR_REFUSED);
    ASSERT_ERROR(give(&crc, &adjudicator, false), &study.err, ERROR_REFUSED);
    ASSERT_ERROR(give(&crc, &second, true), &study.err, ERROR_REFUSED);
    ASSERT_OK(give(&crc, &second, false), &study.err);
    ASSERT_ERROR(give(&crc, &third, false), &study.err, ERROR_REFUSED);
    ASSERT_OK(give(&crc, &adjudicator, true), &study.err);
}

static void who_orders_the_image_assigns_it_and_a_reader_does_not(void **state)
{
    (void)state;
    ASSERT_ERROR(give(&first, &second, false), &study.err, ERROR_NOT_ALLOWED);
    ASSERT_ERROR(give(&pi, &second, false), &study.err, ERROR_NOT_ALLOWED);
}

static void once_assigned_nobody_else_reads_it(void **state)
{
    (void)state;
    ASSERT_OK(give(&crc, &first, false), &study.err);
    assert_false(save_row(&third, 1, "I.IM.RDRES", "NEG", NULL));
    assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
    ASSERT_OK(save_row(&first, 1, "I.IM.RDRES", "NEG", NULL), &study.err);
}

static void a_task_opens_the_image_and_not_the_other_reading(void **state)
{
    (void)state;
    struct image_entry *tasks = NULL;
    struct image_view *view = NULL;
    size_t count = 0;
    read_image(&first, 1, MARK);
    ASSERT_OK(give(&crc, &second, false), &study.err);
    ASSERT_OK(image_list(study.study, &second, study.arena, &tasks, &count, &study.err),
              &study.err);
    assert_int_equal(count, 1);
    ASSERT_OK(image_view_read(study.study, &second, tasks[0].task, study.arena, &view,
                              &study.err),
              &study.err);
    assert_int_equal(view->row, 2);
    assert_int_equal(view->reads.sealed_count, 1);
    for (size_t i = 0; i < view->value_count; i++)
        assert_int_equal(view->values[i].stored.row, 0);
    ASSERT_ERROR(image_view_read(study.study, &third, tasks[0].task, study.arena, &view,
                                 &study.err),
                 &study.err, ERROR_NOT_FOUND);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(a_reading_is_sealed_from_everybody_but_its_reader),
        CASE(the_adjudicator_and_the_safety_physician_see_both_before),
        CASE(both_are_open_when_both_are_signed_and_not_before),
        CASE(a_corrected_reading_is_sealed_until_it_is_signed_again),
        CASE(a_form_with_sealed_rows_stays_usable),
        CASE(the_history_says_that_somebody_read_and_not_what),
        CASE(the_page_gets_no_sealed_answer_for_its_rules),
        CASE(what_is_asked_about_a_sealed_reading_is_sealed_too),
        CASE(an_export_withholds_sealed_readings_and_counts_them),
        CASE(a_readers_signature_covers_his_row_alone),
        CASE(a_reader_signs_neither_nothing_nor_half_a_reading),
        CASE(nobody_signs_a_form_with_sealed_readings),
        CASE(verify_computes_a_readers_signature_anew),
        CASE(the_readings_and_the_adjudication_are_by_three_people),
        CASE(who_enters_the_image_enters_no_reading),
        CASE(an_image_has_two_readers_and_an_adjudicator_all_different),
        CASE(who_orders_the_image_assigns_it_and_a_reader_does_not),
        CASE(once_assigned_nobody_else_reads_it),
        CASE(a_task_opens_the_image_and_not_the_other_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
