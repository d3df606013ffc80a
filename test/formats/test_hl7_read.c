/* Expected values are derived by hand from HL7 version 2.5.1, chapter 2. SYNTHETIC. */
#include "support/unit.h"

#include "base/limits.h"
#include "formats/hl7_charset.h"
#include "formats/hl7_read.h"
#include "formats/hl7_time.h"

#define HEADER "MSH|^~\\&|LIS|LAB|||20270101080000||ORU^R01|1|P|2.5.1\r"

static struct hl7_message read_ok(void **state, const char *document)
{
    struct error err = {0};
    struct hl7_message message;
    ASSERT_OK(hl7_read(text_of(document), *state, &message, &err), &err);
    return message;
}

static void expect_at(void **state, const struct hl7_message *message, size_t segment,
                      struct hl7_place place, const char *expected)
{
    struct text value = hl7_value(message, &message->segments[segment], place, *state);
    if (expected == NULL)
        assert_true(text_is_absent(value));
    else
        ASSERT_TEXT(value, expected);
}

static void cuts_fields_repetitions_components_and_sub_components(void **state)
{
    struct hl7_message message =
        read_ok(state, HEADER "PID|1||A1&x&y^^^HOSP^MR~B2^^^STUDY^PI||\"\"||  \r");
    assert_int_equal(message.segment_count, 2);
    assert_int_equal(hl7_repetitions(&message, &message.segments[1], 3), 2);
    assert_int_equal(hl7_repetitions(&message, &message.segments[1], 4), 0);
    expect_at(state, &message, 1, (struct hl7_place){.field = 3}, "A1");
    expect_at(state, &message, 1, (struct hl7_place){.field = 3, .subcomponent = 3},
              "y");
    expect_at(state, &message, 1, (struct hl7_place){.field = 3, .component = 5}, "MR");
    expect_at(state, &message, 1,
              (struct hl7_place){.field = 3, .repetition = 2, .component = 4}, "STUDY");
    expect_at(state, &message, 1, (struct hl7_place){.field = 3, .repetition = 3},
              NULL);
    /* The null value says that there is none; white space says nothing. */
    expect_at(state, &message, 1, (struct hl7_place){.field = 5}, NULL);
    expect_at(state, &message, 1, (struct hl7_place){.field = 7}, NULL);
    expect_at(state, &message, 1, (struct hl7_place){.field = 40}, NULL);
}

static void counts_the_fields_of_msh_from_its_separator(void **state)
{
    struct hl7_message message = read_ok(state, HEADER);
    expect_at(state, &message, 0, (struct hl7_place){.field = 1}, "|");
    expect_at(state, &message, 0, (struct hl7_place){.field = 2}, "^~\\&");
    expect_at(state, &message, 0, (struct hl7_place){.field = 9, .component = 2},
              "R01");
    expect_at(state, &message, 0, (struct hl7_place){.field = 12}, "2.5.1");
}

static void ends_segments_with_cr_lf_or_both(void **state)
{
    struct hl7_message message =
        read_ok(state, "MSH|^~\\&|A\r\nPID|1\nOBR|1\r\r\n\nOBX|1|NM");
    assert_int_equal(message.segment_count, 4);
    assert_int_equal(message.segments[3].line, 6);
    ASSERT_TEXT(hl7_field(&message.segments[3], 2), "NM");
}

static void takes_the_encoding_characters_that_the_sender_gives(void **state)
{
    struct hl7_message message = read_ok(state, "MSH!*@%$!A\rPID!1!!X$1*2@Y!a%F%b|^\r");
    expect_at(state, &message, 1, (struct hl7_place){.field = 3, .subcomponent = 2},
              "1");
    expect_at(state, &message, 1, (struct hl7_place){.field = 3, .repetition = 2}, "Y");
    expect_at(state, &message, 1, (struct hl7_place){.field = 4}, "a!b|^");
}

/* HL7 2.5.1, section 2.7.1 and 2.7.6. */
static void reads_what_is_escaped(void **state)
{
    static const struct {
        const char *raw, *expected;
    } cases[] = {
        {"a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f", "a|b^c&d~e\\f"},
        {"\\H\\high\\N\\ level", "high level"},
        {"one\\.br\\two\\.sp\\three", "one\ntwo\nthree"},
        {"a\\.sk3\\b\\.in+4\\c", "a bc"},
        {"\\X41\\\\X0D\\\\XE4BDA0\\", "A\n你"},
        /* What cannot be read stays as it came. */
        {"\\Zlocal\\", "\\Zlocal\\"},
        {"\\C2842\\ \\M242842\\", "\\C2842\\ \\M242842\\"},
        {"\\XFF\\ \\X4\\ \\X4G\\", "\\XFF\\ \\X4\\ \\X4G\\"},
        {"\\X00\\", "\\X00\\"},
        {"C:\\lab", "C:\\lab"},
        {"\\", "\\"},
        {"\\\\", "\\\\"},
    };
    struct hl7_encoding encoding = {'|', '^', '~', '\\', '&'};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ASSERT_TEXT(hl7_unescape(&encoding, text_of(cases[i].raw), *state),
                    cases[i].expected);
}

static void refuse(void **state, const char *document, const char *sentence,
                   const char *where)
{
    struct error err = {0};
    struct hl7_message message;
    ASSERT_ERROR(hl7_read(text_of(document), *state, &message, &err), &err,
                 ERROR_MALFORMED);
    assert_string_equal(err.text, sentence);
    assert_string_equal(err.where, where);
}

static void refuses_what_is_no_message_with_its_place(void **state)
{
    refuse(state, "PID|1\r", "the message does not begin with MSH", "line 1, byte 1");
    refuse(state, "", "the message does not begin with MSH", "line 1, byte 1");
    refuse(state, "MSH|^~", "MSH has no encoding characters", "line 1, byte 7");
    refuse(state, "MSH|^^\\&|A", "MSH-1 and MSH-2 are not five different characters",
           "line 1, byte 6");
    refuse(state, "MSH|^~\\&abc|A", "MSH-2 has too many characters", "line 1, byte 5");
    refuse(state, HEADER "Pid|1\r",
           "the line does not begin with the three characters of a segment",
           "line 2, byte 54");
    refuse(state, HEADER HEADER, "a second MSH: it is another message",
           "line 2, byte 54");
    refuse(state, HEADER "PID|\x01\r",
           "a control character, or no UTF-8, stands in the segment",
           "line 2, byte 58");
}

static void bounds_segments_fields_and_repetitions(void **state)
{
    struct error err = {0};
    struct hl7_message message;
    size_t size = 1 << 20, len = sizeof HEADER - 1;
    char *document = arena_alloc(*state, size);
    memcpy(document, HEADER, len);
    memcpy(document + len, "OBX", 3);
    memset(document + len + 3, '|', LIMIT_HL7_FIELDS);
    struct text fields = {document, len + 3 + LIMIT_HL7_FIELDS};
    ASSERT_ERROR(hl7_read(fields, *state, &message, &err), &err, ERROR_TOO_LARGE);
    memset(document + len + 4, '~', LIMIT_HL7_REPETITIONS);
    struct text repetitions = {document, len + 4 + LIMIT_HL7_REPETITIONS};
    ASSERT_ERROR(hl7_read(repetitions, *state, &message, &err), &err, ERROR_TOO_LARGE);
    for (size_t i = 0; i < LIMIT_HL7_SEGMENTS; i++)
        memcpy(document + len + 4 * i, "NTE\r", 4);
    struct text segments = {document, len + 4 * (size_t)LIMIT_HL7_SEGMENTS};
    ASSERT_ERROR(hl7_read(segments, *state, &message, &err), &err, ERROR_TOO_LARGE);
    segments.len -= 4;
    ASSERT_OK(hl7_read(segments, *state, &message, &err), &err);
}

/* --- character sets --------------------------------------------------------------------- */

/* The bytes are those of Python's codec gb18030. */
static void reads_gb_18030_as_the_sender_says(void **state)
{
    struct error err = {0};
    struct text out;
    ASSERT_OK(hl7_to_utf8(TEXT("\xD5\xC5^\xC8\xFD\x81\x30\x89\x37"), HL7_GB18030,
                          *state, &out, &err),
              &err);
    ASSERT_TEXT(out, "张^三Þ");
    ASSERT_OK(hl7_to_utf8(TEXT("M\xFCller"), HL7_LATIN_1, *state, &out, &err), &err);
    ASSERT_TEXT(out, "Müller");
}

/* The second byte of these is 0x7C and 0x5E: a separator, if one did not convert first. */
static void converts_before_it_cuts(void **state)
{
    struct error err = {0};
    struct text out;
    struct hl7_message message;
    ASSERT_OK(hl7_to_utf8(TEXT("MSH|^~\\&|A\rPID|\x81\x7C\x81\x5E|x\r"), HL7_GB18030,
                          *state, &out, &err),
              &err);
    ASSERT_OK(hl7_read(out, *state, &message, &err), &err);
    ASSERT_TEXT(hl7_field(&message.segments[1], 2), "x");
}

static void never_guesses_a_character_set(void **state)
{
    struct error err = {0};
    struct text out;
    ASSERT_ERROR(hl7_to_utf8(TEXT("PID|\xD5\xC5"), HL7_ASCII, *state, &out, &err), &err,
                 ERROR_REFUSED);
    assert_string_equal(err.text, "byte 0xD5 is not of the character set ASCII");
    assert_string_equal(err.where, "byte 5");
    ASSERT_ERROR(hl7_to_utf8(TEXT("\xD5\xC5"), HL7_UTF8, *state, &out, &err), &err,
                 ERROR_REFUSED);
    ASSERT_ERROR(hl7_to_utf8(TEXT("ab\xD5"), HL7_GB18030, *state, &out, &err), &err,
                 ERROR_REFUSED);
    assert_string_equal(err.where, "byte 3");
}

static void knows_the_names_of_table_0211(void **state)
{
    (void)state;
    enum hl7_charset charset;
    assert_true(hl7_charset_parse(TEXT("UNICODE UTF-8"), &charset) &&
                charset == HL7_UTF8);
    assert_true(hl7_charset_parse(TEXT("GB 18030-2000"), &charset) &&
                charset == HL7_GB18030);
    assert_true(hl7_charset_parse((struct text){0}, &charset) && charset == HL7_ASCII);
    assert_false(hl7_charset_parse(TEXT("UNICODE"), &charset));
    assert_false(hl7_charset_parse(TEXT("ISO IR87"), &charset));
    ASSERT_TEXT(
        hl7_charset_said(
            TEXT("MSH|^~\\&|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|UNICODE UTF-8|19\r")),
        "UNICODE UTF-8");
    assert_true(text_is_absent(hl7_charset_said(TEXT(HEADER))));
}

/* --- times -------------------------------------------------------------------------------- */

static void expect_time(const char *text, const char *expected)
{
    struct moment moment;
    char printed[MOMENT_TEXT_SIZE];
    assert_true(hl7_time_parse(text_of(text), &moment));
    struct text out = {printed, moment_print(&moment, printed)};
    ASSERT_TEXT(out, expected);
}

static void reads_times_with_and_without_an_offset(void **state)
{
    (void)state;
    expect_time("20251201083000+0800", "2025-12-01T08:30:00+08:00");
    expect_time("202512010830", "2025-12-01T08:30");
    expect_time("20251201083000.12-0330", "2025-12-01T08:30:00.120-03:30");
    expect_time("20251201", "2025-12-01");
    expect_time("2025120108", "2025-12-01");
    expect_time("20251201+0800", "2025-12-01");
    struct moment moment;
    static const char *const wrong[] = {
        "",     "20251301",        "20250230",     "2025120",
        "abcd", "202512010830+08", "2025120108300"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(hl7_time_parse(text_of(wrong[i]), &moment));
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
        TEST(cuts_fields_repetitions_components_and_sub_components),
        TEST(counts_the_fields_of_msh_from_its_separator),
        TEST(ends_segments_with_cr_lf_or_both),
        TEST(takes_the_encoding_characters_that_the_sender_gives),
        TEST(reads_what_is_escaped),
        TEST(refuses_what_is_no_message_with_its_place),
        TEST(bounds_segments_fields_and_repetitions),
        TEST(reads_gb_18030_as_the_sender_says),
        TEST(converts_before_it_cuts),
        TEST(never_guesses_a_character_set),
        TEST(knows_the_names_of_table_0211),
        TEST(reads_times_with_and_without_an_offset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
