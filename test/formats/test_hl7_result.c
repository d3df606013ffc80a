/* Expected values are derived by hand from HL7 version 2.5.1, chapter 7. SYNTHETIC. */
#include "support/unit.h"

#include "base/limits.h"
#include "formats/hl7_result.h"

#define HEADER                                                                         \
    "MSH|^~\\&|LIS^1.2.3^ISO|LAB||HOSP|20271201083000+0800||ORU^R01^ORU_R01|L1|P|2.5." \
    "1\r"
#define PATIENT                                                                        \
    "PID|1||H123^^^HOSP&1.2.840&ISO^MR~IO-001^^^NCT07239375^PI||Zhang^San~张^三||"   \
    "19760412|M\r"

static struct hl7_result read_ok(void **state, const char *document)
{
    struct error err = {0};
    struct hl7_message message;
    struct hl7_result result;
    ASSERT_OK(hl7_read(text_of(document), *state, &message, &err), &err);
    ASSERT_OK(hl7_result_read(&message, *state, &result, &err), &err);
    return result;
}

static void reads_whom_a_message_names(void **state)
{
    struct hl7_result result =
        read_ok(state, HEADER PATIENT "PV1|1|I|ICU||||||||||||||||V77\rOBR|1\r");
    ASSERT_TEXT(result.sender, "LIS");
    ASSERT_TEXT(result.control, "L1");
    ASSERT_TEXT(result.version, "2.5.1");
    assert_int_equal(result.identifier_count, 2);
    ASSERT_TEXT(result.identifiers[0].number, "H123");
    ASSERT_TEXT(result.identifiers[0].authority, "HOSP");
    ASSERT_TEXT(result.identifiers[0].type, "MR");
    ASSERT_TEXT(result.identifiers[1].authority, "NCT07239375");
    assert_int_equal(result.name_count, 2);
    ASSERT_TEXT(result.names[0], "Zhang San");
    ASSERT_TEXT(result.names[1], "张 三");
    ASSERT_TEXT(result.birth, "19760412");
    ASSERT_TEXT(result.sex, "M");
    ASSERT_TEXT(result.visit, "V77");
}

static void keeps_orders_observations_specimens_and_notes_together(void **state)
{
    struct hl7_result result = read_ok(
        state, HEADER PATIENT
        "ORC|RE|P1|F1\r"
        "OBR|1|||58410-2^CBC^LN|||20271201080000+0800|||||||20271201081000|"
        "BLD&Blood&HL70070|||||||20271201082900||HM|F\r"
        "NTE|1||drawn in haste\r"
        "OBX|1|NM|718-7^Hemoglobin^LN^HGB^Hb^L||62|g/L^^UCUM|115-150|LL~A|||F|||"
        "20271201080000+0800||||XN-1000\r"
        "NTE|1||first~second\rNTE|2||third\r"
        "OBX|2|SN|33959-8^Procalcitonin^LN||<^0.05|ng/mL^^UCUM|<0.5||||P\r"
        "SPM|1|S77&LAB^F77&LAB||BLDA^Arterial blood^HL70487|||||IO^Intraosseous\r"
        "OBR|2|P2|F2|X^Gas^L\rOBX|1|ST|PH^pH^L||clotted||||||X\r");
    assert_int_equal(result.order_count, 2);
    const struct hl7_order *order = &result.orders[0];
    ASSERT_TEXT(order->placer, "P1");
    ASSERT_TEXT(order->filler, "F1");
    ASSERT_TEXT(order->panel.code, "58410-2");
    ASSERT_TEXT(order->collected, "20271201080000+0800");
    ASSERT_TEXT(order->received, "20271201081000");
    ASSERT_TEXT(order->reported, "20271201082900");
    ASSERT_TEXT(order->status, "F");
    ASSERT_TEXT(order->specimen, "F77");
    ASSERT_TEXT(order->specimen_code, "BLDA");
    ASSERT_TEXT(order->specimen_text,
                "BLD Blood HL70070 BLDA Arterial blood HL70487 IO Intraosseous");
    ASSERT_TEXT(order->note, "drawn in haste");
    assert_int_equal(order->observation_count, 2);
    const struct hl7_observation *first = &order->observations[0];
    assert_int_equal(first->number, 1);
    ASSERT_TEXT(first->code.code, "718-7");
    ASSERT_TEXT(first->code.system, "LN");
    ASSERT_TEXT(first->alternate.code, "HGB");
    ASSERT_TEXT(first->unit.code, "g/L");
    ASSERT_TEXT(first->flags, "LL A");
    ASSERT_TEXT(first->equipment, "XN-1000");
    ASSERT_TEXT(first->note, "first\nsecond\nthird");
    assert_true(first->range.has_low && first->range.has_high);
    const struct hl7_observation *second = &order->observations[1];
    ASSERT_TEXT(second->answer.comparator, "<");
    ASSERT_TEXT(second->answer.text, "<0.05");
    assert_int_equal(second->answer.number.coefficient, 5);
    assert_int_equal(second->answer.number.scale, 2);
    ASSERT_TEXT(second->status, "P");
    assert_int_equal(result.orders[1].observations[0].number, 3);
    assert_false(result.orders[1].observations[0].answer.is_number);
    ASSERT_TEXT(result.orders[1].observations[0].answer.text, "clotted");
}

static void expect_answer(const char *text, const char *comparator, const char *number)
{
    char printed[DECIMAL_TEXT_SIZE];
    struct hl7_answer answer = hl7_answer_of(text_of(text));
    assert_int_equal(answer.is_number, number != NULL);
    ASSERT_TEXT(answer.text, text);
    if (number == NULL)
        return;
    struct text out = {printed, decimal_print(answer.number, printed)};
    ASSERT_TEXT(out, number);
    ASSERT_TEXT(answer.comparator, comparator);
}

static void keeps_a_comparator_and_its_number(void **state)
{
    (void)state;
    expect_answer("182.4", "", "182.4");
    expect_answer("<0.02", "<", "0.02");
    expect_answer("> 1000", ">", "1000");
    expect_answer("≥5.0", ">=", "5.0");
    expect_answer("＜3", "<", "3");
    expect_answer("<=0.1", "<=", "0.1");
    expect_answer("-3.5", "", "-3.5");
    expect_answer("1:128", "", NULL);
    expect_answer("<", "", NULL);
    expect_answer("haemolysed", "", NULL);
    expect_answer("1,5", "", NULL);
}

static void expect_range(const char *text, const char *low, const char *high)
{
    char printed[DECIMAL_TEXT_SIZE];
    struct hl7_range range = hl7_range_of(text_of(text));
    assert_int_equal(range.has_low, low != NULL);
    assert_int_equal(range.has_high, high != NULL);
    ASSERT_TEXT(range.text, text);
    if (low != NULL) {
        struct text out = {printed, decimal_print(range.low, printed)};
        ASSERT_TEXT(out, low);
    }
    if (high != NULL) {
        struct text out = {printed, decimal_print(range.high, printed)};
        ASSERT_TEXT(out, high);
    }
}

static void reads_reference_ranges_as_laboratories_write_them(void **state)
{
    (void)state;
    expect_range("0-10", "0", "10");
    expect_range("3.5 - 5.1", "3.5", "5.1");
    expect_range("-3.0-3.0", "-3.0", "3.0");
    expect_range("-3--1", "-3", "-1");
    expect_range("0.5--1.2", "0.5", "1.2");
    expect_range("(115～150)", "115", "150");
    expect_range("<0.5", NULL, "0.5");
    expect_range(">=60", "60", NULL);
    expect_range("negative", NULL, NULL);
    expect_range("10-", NULL, NULL);
}

static void refuse(void **state, const char *document, const char *sentence)
{
    struct error err = {0};
    struct hl7_message message;
    struct hl7_result result;
    ASSERT_OK(hl7_read(text_of(document), *state, &message, &err), &err);
    ASSERT_ERROR(hl7_result_read(&message, *state, &result, &err), &err, ERROR_REFUSED);
    assert_string_equal(err.text, sentence);
}

static void refuses_what_is_no_result_of_one_patient(void **state)
{
    refuse(state, "MSH|^~\\&|A||||||ADT^A01|1\r",
           "MSH-9 is not ORU^R01: no laboratory result");
    refuse(state, HEADER "OBR|1\r", "the message has no PID");
    refuse(state, HEADER PATIENT, "the message has no OBR");
    refuse(state, HEADER PATIENT PATIENT, "the message names a second patient");
    refuse(state, HEADER PATIENT "OBX|1|NM\r", "an OBX stands before every OBR");
    refuse(state, HEADER PATIENT "SPM|1\r", "a specimen stands before every OBR");
    refuse(state, HEADER PATIENT "OBR|1\rOBX|1|NM|1^a^L||5~6\r",
           "OBX-5 of a number has several values");
}

static int open_arena(void **state)
{
    *state = arena_new(LIMIT_HL7_ARENA);
    return 0;
}

static int close_arena(void **state)
{
    arena_free(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_whom_a_message_names),
        TEST(keeps_orders_observations_specimens_and_notes_together),
        TEST(keeps_a_comparator_and_its_number),
        TEST(reads_reference_ranges_as_laboratories_write_them),
        TEST(refuses_what_is_no_result_of_one_patient),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
