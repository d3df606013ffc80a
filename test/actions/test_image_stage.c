/* How far the reading of an image is, for who assigns it and for the work lists
 * (specification 8.1, CK095). All data are SYNTHETIC. */
#include "support/reading.h"
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/image_board.h"
#include "actions/image_task.h"
#include "actions/work_list.h"

#include <string.h>

#define DAYS (INT64_C(24) * 3600 * 1000 * 1000)

static struct fixture study;
static struct caller crc, pi, elsewhere, first, second, adjudicator;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    pi = fixture_person(&study, "pi", ROLE_PI);
    elsewhere = fixture_stranger(&study, "elsewhere", ROLE_CRC);
    first = fixture_member(&study, "img1", ROLE_IMG, READING_PASSWORD);
    second = fixture_member(&study, "img2", ROLE_IMG, READING_PASSWORD);
    adjudicator = fixture_member(&study, "adj", ROLE_ADJ, READING_PASSWORD);
    person = fixture_screen(&study, &crc);
    struct caller *assigned[] = {&first, &second, &adjudicator};
    for (size_t i = 0; i < ARRAY_COUNT(assigned); i++) {
        assigned[i]->assigned = &person;
        assigned[i]->assigned_count = 1;
    }
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

static struct image_board board_of(const struct caller *by)
{
    struct image_board board;
    ASSERT_OK(image_board_read(study.study, by, study.arena, &board, &study.err),
              &study.err);
    return board;
}

static const struct image_board_entry *image(void)
{
    struct image_board board = board_of(&crc);
    assert_int_equal(board.image_count, 1);
    return &board.images[0];
}

static void assign_readers(void)
{
    ASSERT_OK(reading_assign(&study, &crc, person, &first, false), &study.err);
    ASSERT_OK(reading_assign(&study, &crc, person, &second, false), &study.err);
}

static void read_and_sign(const char *one, const char *other)
{
    reading_enter(&study, &first, person, 1, one, "SYNTHETIC first");
    ASSERT_OK(reading_sign(&study, &first, person), &study.err);
    fixture_pass(&study, 3600);
    reading_enter(&study, &second, person, 2, other, "SYNTHETIC second");
    ASSERT_OK(reading_sign(&study, &second, person), &study.err);
}

static size_t work_of(const struct caller *by, enum work_kind kind,
                      struct work_entry *found)
{
    struct work_list list;
    size_t count = 0;
    ASSERT_OK(work_list_read(study.study, by, study.arena, &list, &study.err),
              &study.err);
    for (size_t i = 0; i < list.count; i++)
        if (list.at[i].kind == kind && count++ == 0)
            *found = list.at[i];
    return count;
}

/* --- stages ------------------------------------------------------------------------------ */

static void an_image_waits_for_two_readers(void **state)
{
    (void)state;
    struct work_entry work;
    assert_int_equal(image()->state.stage, IMAGE_UNASSIGNED);
    assert_int_equal(work_of(&crc, WORK_IMAGE_ASSIGN, &work), 1);
    ASSERT_OK(reading_assign(&study, &crc, person, &first, false), &study.err);
    assert_int_equal(image()->state.stage, IMAGE_UNASSIGNED);
    /* An adjudicator is no reader. */
    ASSERT_OK(reading_assign(&study, &crc, person, &adjudicator, true), &study.err);
    assert_int_equal(image()->state.stage, IMAGE_UNASSIGNED);
    ASSERT_OK(reading_assign(&study, &crc, person, &second, false), &study.err);
    assert_int_equal(image()->state.stage, IMAGE_READING);
    assert_int_equal(work_of(&crc, WORK_IMAGE_ASSIGN, &work), 0);
    assert_int_equal(work_of(&pi, WORK_IMAGE_ASSIGN, &work), 0);
}

static void whether_they_agree_is_said_when_both_are_signed(void **state)
{
    (void)state;
    assign_readers();
    reading_enter(&study, &first, person, 1, "NEG", "SYNTHETIC first");
    reading_enter(&study, &second, person, 2, "POS", "SYNTHETIC second");
    assert_int_equal(image()->state.stage, IMAGE_READING);
    ASSERT_OK(reading_sign(&study, &first, person), &study.err);
    assert_int_equal(image()->state.stage, IMAGE_READING);
    assert_int_equal(image()->state.due_at, 0);
    ASSERT_OK(reading_sign(&study, &second, person), &study.err);
    assert_int_equal(image()->state.stage, IMAGE_DISAGREED);
}

static void readings_of_one_result_agree(void **state)
{
    (void)state;
    struct work_entry work;
    assign_readers();
    read_and_sign("EQU", "EQU");
    assert_int_equal(image()->state.stage, IMAGE_AGREED);
    ASSERT_OK(reading_assign(&study, &crc, person, &adjudicator, true), &study.err);
    assert_int_equal(work_of(&adjudicator, WORK_IMAGE_ADJUDICATE, &work), 0);
}

static void an_adjudication_is_due_seven_days_after_the_later_reading(void **state)
{
    (void)state;
    struct work_entry work;
    assign_readers();
    reading_enter(&study, &first, person, 1, "NEG", "SYNTHETIC first");
    ASSERT_OK(reading_sign(&study, &first, person), &study.err);
    fixture_pass(&study, 5 * 3600);
    /* The program stamps a reading to the second. */
    int64_t later = fixture_now(&study) / 1000000 * 1000000;
    reading_enter(&study, &second, person, 2, "POS", "SYNTHETIC second");
    ASSERT_OK(reading_sign(&study, &second, person), &study.err);
    assert_int_equal(image()->state.due_at, later + 7 * DAYS);
    assert_int_equal(work_of(&crc, WORK_IMAGE_ASSIGN, &work), 1);
    ASSERT_OK(reading_assign(&study, &crc, person, &adjudicator, true), &study.err);
    assert_int_equal(work_of(&crc, WORK_IMAGE_ASSIGN, &work), 0);
    assert_int_equal(work_of(&adjudicator, WORK_IMAGE_ADJUDICATE, &work), 1);
    assert_int_equal(work.level, WORK_DUE);
    assert_int_equal(work.due_at, later + 7 * DAYS);
    fixture_pass(&study, 7 * 24 * 3600 + 60);
    assert_int_equal(work_of(&adjudicator, WORK_IMAGE_ADJUDICATE, &work), 1);
    assert_int_equal(work.level, WORK_LATE);
}

static void an_adjudication_ends_it(void **state)
{
    (void)state;
    struct work_entry work;
    assign_readers();
    ASSERT_OK(reading_assign(&study, &crc, person, &adjudicator, true), &study.err);
    read_and_sign("NEG", "POS");
    reading_enter(&study, &adjudicator, person, 3, "POS", "SYNTHETIC third");
    assert_int_equal(image()->state.stage, IMAGE_DISAGREED);
    /* Who knows both readings does not sign that he knew none. */
    assert_int_equal(reading_offer(&study, &adjudicator, person).meaning,
                     SIGNATURE_ADJUDICATED);
    assert_int_equal(reading_offer(&study, &first, person).meaning,
                     SIGNATURE_READ_MADE);
    /* Without its mark it would be a third reading. */
    assert_true(reading_offer(&study, &adjudicator, person).stands[SIGNATURE_REQUIRED]);
    ASSERT_ERROR(reading_sign(&study, &adjudicator, person), &study.err, ERROR_REFUSED);
    ASSERT_OK(reading_answer(&study, &adjudicator, person, 3, "I.IM.RDADJ", "Y", NULL),
              &study.err);
    assert_int_equal(image()->state.stage, IMAGE_DISAGREED);
    ASSERT_OK(reading_sign(&study, &adjudicator, person), &study.err);
    assert_int_equal(image()->state.stage, IMAGE_ADJUDICATED);
    assert_int_equal(image()->state.due_at, 0);
    assert_int_equal(work_of(&adjudicator, WORK_IMAGE_ADJUDICATE, &work), 0);
}

static void a_reader_marks_no_adjudication(void **state)
{
    (void)state;
    assert_false(reading_answer(&study, &first, person, 1, "I.IM.RDADJ", "Y", NULL));
    assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
    ASSERT_OK(reading_answer(&study, &first, person, 1, "I.IM.RDRES", "NEG", NULL),
              &study.err);
}

/* --- lists ------------------------------------------------------------------------------- */

static void who_assigns_sees_who_reads_and_who_could(void **state)
{
    (void)state;
    assign_readers();
    reading_enter(&study, &first, person, 1, "NEG", "SYNTHETIC first");
    ASSERT_OK(reading_sign(&study, &first, person), &study.err);
    const struct image_board_entry *entry = image();
    ASSERT_TEXT(entry->state.modality, "XR");
    ASSERT_TEXT(entry->state.region, "lower leg");
    assert_int_equal(entry->state.task_count, 2);
    ASSERT_TEXT(entry->tasks[0].name, "img1");
    assert_true(entry->tasks[0].is_signed);
    ASSERT_TEXT(entry->tasks[1].name, "img2");
    assert_false(entry->tasks[1].is_signed);
    struct image_board board = board_of(&crc);
    size_t readers = 0, adjudicators = 0;
    for (size_t i = 0; i < board.person_count; i++) {
        readers += board.people[i].reads;
        adjudicators += board.people[i].adjudicates;
    }
    assert_int_equal(readers, 2);
    assert_int_equal(adjudicators, 1);
}

static void another_site_and_a_reader_see_no_board(void **state)
{
    (void)state;
    assert_int_equal(board_of(&elsewhere).image_count, 0);
    assert_int_equal(board_of(&first).image_count, 0);
    assert_int_equal(board_of(&first).person_count, 0);
    struct image_board board;
    ASSERT_ERROR(image_board_read(study.study, &pi, study.arena, &board, &study.err),
                 &study.err, ERROR_NOT_ALLOWED);
}

static void a_task_is_work_until_its_reading_is_signed(void **state)
{
    (void)state;
    struct work_entry work;
    struct image_entry *tasks = NULL;
    size_t count = 0;
    assign_readers();
    assert_int_equal(work_of(&first, WORK_IMAGE_READ, &work), 1);
    ASSERT_OK(image_list(study.study, &first, study.arena, &tasks, &count, &study.err),
              &study.err);
    assert_int_equal(count, 1);
    assert_int_equal(work.image, tasks[0].task);
    assert_int_equal(work.since, tasks[0].assigned_at);
    assert_int_not_equal(tasks[0].assigned_at, 0);
    reading_enter(&study, &first, person, 1, "NEG", "SYNTHETIC first");
    assert_int_equal(work_of(&first, WORK_IMAGE_READ, &work), 1);
    ASSERT_OK(reading_sign(&study, &first, person), &study.err);
    assert_int_equal(work_of(&first, WORK_IMAGE_READ, &work), 0);
    assert_int_equal(work_of(&second, WORK_IMAGE_READ, &work), 1);
    const char *base = fixture_version(&study, person, READING_PLACE, "I.IM.RDRES", 1);
    ASSERT_OK(reading_answer(&study, &first, person, 1, "I.IM.RDRES", "POS", base),
              &study.err);
    assert_int_equal(work_of(&first, WORK_IMAGE_READ, &work), 1);
}

static void an_adjudicator_may_enter_when_both_readings_are_signed(void **state)
{
    (void)state;
    struct image_entry *tasks = NULL;
    struct image_view *view = NULL;
    size_t count = 0;
    assign_readers();
    ASSERT_OK(reading_assign(&study, &crc, person, &adjudicator, true), &study.err);
    ASSERT_OK(
        image_list(study.study, &adjudicator, study.arena, &tasks, &count, &study.err),
        &study.err);
    assert_int_equal(count, 1);
    for (int is_signed = 0; is_signed < 2; is_signed++) {
        ASSERT_OK(image_view_read(study.study, &adjudicator, tasks[0].task, study.arena,
                                  &view, &study.err),
                  &study.err);
        assert_int_equal(view->may_enter, is_signed);
        if (!is_signed)
            read_and_sign("NEG", "POS");
    }
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(an_image_waits_for_two_readers),
        CASE(whether_they_agree_is_said_when_both_are_signed),
        CASE(readings_of_one_result_agree),
        CASE(an_adjudication_is_due_seven_days_after_the_later_reading),
        CASE(an_adjudication_ends_it),
        CASE(a_reader_marks_no_adjudication),
        CASE(who_assigns_sees_who_reads_and_who_could),
        CASE(another_site_and_a_reader_see_no_board),
        CASE(a_task_is_work_until_its_reading_is_signed),
        CASE(an_adjudicator_may_enter_when_both_readings_are_signed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
