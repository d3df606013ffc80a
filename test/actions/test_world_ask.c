/* What rules may ask of an answer besides its value: doc/language.md, "What is known
 * besides answers". */
#include "actions/world.h"
#include "model/rulebook.h"
#include "support/study_fixture.h"
#include "support/unit.h"

#define BASELINE "SE.BL", "F.DM"

static struct fixture study;
static struct caller crc, nurse;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "carol", ROLE_CRC);
    nurse = fixture_person(&study, "nina", ROLE_RN);
    person = fixture_screen(&study, &crc);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

/* A rule asks for it of an item of the baseline form, which is there once. */
static struct datum ask(const char *item, enum item_question which)
{
    struct db *db = store_reader(study_store(study.study));
    struct world world = {.db = db,
                          .arena = study.arena,
                          .rulebook =
                              study_rulebook(study.study, study_design(study.study)),
                          .participant = fixture_participant(&study, person),
                          .now = fixture_now(&study)};
    ASSERT_OK(world_open(&world, &study.err), &study.err);
    int32_t form = rulebook_form(world.rulebook, TEXT("F.DM"));
    struct question question = {.kind = ASK_ITEM,
                                .which = (int32_t)which,
                                .subject =
                                    rulebook_item(world.rulebook, form, text_of(item))};
    assert_true(question.subject >= 0);
    struct datum answer = world_ask(&world, &question);
    store_reader_return(study_store(study.study), db);
    assert_false(world.is_failed);
    return answer;
}

#define ASSERT_ASKED(item, which, expected)                                            \
    do {                                                                               \
        struct datum asked = ask(item, which);                                         \
        assert_int_equal(asked.kind, DATUM_TEXT);                                      \
        ASSERT_TEXT(datum_as_text(asked), expected);                                   \
    } while (0)

static void correct_as_nurse(const char *value)
{
    struct mutation change = {
        .item = TEXT("I.DM.HEIGHT"),
        .value = text_of(value),
        .base = text_of(fixture_version(&study, person, BASELINE, "I.DM.HEIGHT", 0)),
        .reason = TEXT("SYNTHETIC correction")};
    struct save_values verb = fixture_save_of(&study, &nurse, person, BASELINE);
    ASSERT_OK(fixture_save(&study, &verb, &change, 1), &study.err);
    assert_int_equal(verb.outcomes[0].status, MUTATION_OK);
}

static void the_author_is_who_wrote_the_answer_last(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, BASELINE, "I.DM.HEIGHT", "170", NULL);
    ASSERT_ASKED("I.DM.HEIGHT", ITEM_AUTHOR, "carol");
    correct_as_nurse("171");
    ASSERT_ASKED("I.DM.HEIGHT", ITEM_AUTHOR, "nina");
}

static void what_the_program_wrote_has_no_author(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, BASELINE, "I.DM.HEIGHT", "170", "I.DM.WEIGHT",
                  "70", NULL);
    assert_string_not_equal(fixture_value(&study, person, BASELINE, "I.DM.BMI", 0), "");
    assert_int_equal(ask("I.DM.BMI", ITEM_AUTHOR).kind, DATUM_EMPTY);
    ASSERT_ASKED("I.DM.BMI", ITEM_SOURCE, "system");
    ASSERT_ASKED("I.DM.HEIGHT", ITEM_SOURCE, "site");
}

static void a_correction_leaves_its_history(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, BASELINE, "I.DM.HEIGHT", "170", NULL);
    assert_int_equal(ask("I.DM.HEIGHT", ITEM_CHANGES).as.coefficient, 0);
    assert_int_equal(ask("I.DM.HEIGHT", ITEM_CHANGE_REASON).kind, DATUM_EMPTY);
    correct_as_nurse("171");
    assert_int_equal(ask("I.DM.HEIGHT", ITEM_CHANGES).as.coefficient, 1);
    ASSERT_ASKED("I.DM.HEIGHT", ITEM_CHANGE_REASON, "SYNTHETIC correction");
    assert_int_equal(ask("I.DM.HEIGHT", ITEM_FIRST_VALUE).as.coefficient, 170);
}

/* What a rule asks by a word of the study: user.name, user.role. */
static struct datum ask_user(const struct caller *caller, const char *name)
{
    struct db *db = store_reader(study_store(study.study));
    struct world world = {.db = db,
                          .arena = study.arena,
                          .rulebook =
                              study_rulebook(study.study, study_design(study.study)),
                          .participant = fixture_participant(&study, person),
                          .caller = caller,
                          .now = fixture_now(&study)};
    ASSERT_OK(world_open(&world, &study.err), &study.err);
    struct question question = {.kind = ASK_PROPERTY,
                                .subject =
                                    rulebook_property(world.rulebook, "user", name)};
    struct datum answer = world_ask(&world, &question);
    store_reader_return(study_store(study.study), db);
    return answer;
}

static void the_user_is_who_saves_or_looks(void **state)
{
    (void)state;
    ASSERT_TEXT(datum_as_text(ask_user(&nurse, "name")), "nina");
    ASSERT_TEXT(datum_as_text(ask_user(&nurse, "role")), "RN");
    ASSERT_TEXT(datum_as_text(ask_user(&crc, "role")), "CRC");
    struct caller elsewhere = fixture_stranger(&study, "otto", ROLE_RN);
    assert_int_equal(ask_user(&elsewhere, "role").kind, DATUM_EMPTY);
}

static void when_the_program_runs_rules_there_is_no_user(void **state)
{
    (void)state;
    struct caller program = {0};
    assert_int_equal(ask_user(NULL, "name").kind, DATUM_EMPTY);
    assert_int_equal(ask_user(&program, "role").kind, DATUM_EMPTY);
}

/* No feed has brought anything. */
static void nothing_was_received_of_what_a_person_entered(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, BASELINE, "I.DM.HEIGHT", "170", NULL);
    assert_int_equal(ask("I.DM.HEIGHT", ITEM_RECEIVED_UNIT).kind, DATUM_EMPTY);
    assert_int_equal(ask("I.DM.WEIGHT", ITEM_AUTHOR).kind, DATUM_EMPTY);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_author_is_who_wrote_the_answer_last),
        TEST(what_the_program_wrote_has_no_author),
        TEST(a_correction_leaves_its_history),
        TEST(the_user_is_who_saves_or_looks),
        TEST(when_the_program_runs_rules_there_is_no_user),
        TEST(nothing_was_received_of_what_a_person_entered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
