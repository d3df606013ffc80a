/* Acknowledgements, written out by hand after HL7 v2.5.1 chapter 2 (sections 2.9.2, 2.15.5,
 * 2.15.8, 2.7.1) and, for 2.3.1 and 2.4, the ERR-1 of those versions. */
#include "support/unit.h"

#include "listen/acknowledge.h"

#include <string.h>

/* 2026-11-22T02:00:00Z */
#define NOW (INT64_C(1795312800) * 1000000)

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(1024 * 1024);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct text answer(const char *message, enum feed_reason reason,
                          enum error_code outcome)
{
    struct receive_message verb = {.act.arena = arena,
                                   .bytes = text_of(message),
                                   .size = (int64_t)strlen(message)};
    struct buffer out = buffer_in(arena, 8 * 1024);
    struct text whole;
    struct error err;
    bool is_read = receive_message_begin(&verb);
    verb.reason = is_read ? reason : verb.reason;
    verb.act.outcome.code = outcome;
    acknowledge(&verb, NOW, 7, &out);
    ASSERT_OK(buffer_text(&out, &whole, &err), &err);
    return whole;
}

#define HEAD(version)                                                                  \
    "MSH|^~\\&|LIS^2.16^ISO|LAB|OSTEON|SITE01|20261122||ORU^R01^ORU_R01|C1|P|" version \
    "\r"
#define REST "PID|1\rOBR|1\rOBX|1\r"

static void a_taken_message_gets_aa_in_its_own_version(void **state)
{
    (void)state;
    ASSERT_TEXT(answer(HEAD("2.6") REST, FEED_REASON_NONE, ERROR_NONE),
                "MSH|^~\\&|OSTEON|SITE01|LIS^2.16^ISO|LAB|20261122020000+0000||"
                "ACK^R01^ACK|OSTEON7|P|2.6\rMSA|AA|C1\r");
}

static void separators_and_character_set_are_the_senders(void **state)
{
    (void)state;
    ASSERT_TEXT(answer("MSH#*!?%#LIS#LAB#OSTEON#S#1##ORU*R01#C#P#2.4######UNICODE "
                       "UTF-8\r"
                       "PID#1\rOBR#1\rOBX#1\r",
                       FEED_REASON_NONE, ERROR_NONE),
                "MSH#*!?%#OSTEON#S#LIS#LAB#20261122020000+0000##ACK*R01#OSTEON7#P#2.4"
                "######UNICODE UTF-8\rMSA#AA#C\r");
}

static void an_error_says_where_and_what_in_both_forms_of_err(void **state)
{
    (void)state;
    ASSERT_TEXT(
        answer(HEAD("2.5.1") REST, FEED_REASON_CONTROL_REUSED, ERROR_NONE),
        "MSH|^~\\&|OSTEON|SITE01|LIS^2.16^ISO|LAB|20261122020000+0000||"
        "ACK^R01^ACK|OSTEON7|P|2.5.1\r"
        "MSA|AE|C1|the same control id has come before with another content; it "
        "is kept, and a person looks at it: give each message a control id of "
        "its own\r"
        "ERR||MSH^1^10|205^Duplicate key identifier^HL70357|E||||the same control "
        "id has come before with another content; it is kept, and a person looks "
        "at it: give each message a control id of its own\r");
    struct text earlier = answer(HEAD("2.3.1") REST, FEED_REASON_TYPE, ERROR_NONE);
    assert_non_null(
        strstr(earlier.at, "\rMSA|AR|C1|messages of this type are not taken"));
    assert_non_null(
        strstr(earlier.at, "\rERR|MSH^1^9^200&Unsupported message type&HL70357\r"));
}

static void the_words_are_escaped_where_they_hold_a_separator(void **state)
{
    (void)state;
    struct text whole = answer("MSH|^~\\&|A&B^x|LAB|||||ORU^R01|C1|P|2.5\r" REST,
                               FEED_REASON_SENDER_UNKNOWN, ERROR_NONE);
    assert_non_null(strstr(whole.at, "not known here: A\\T\\B@LAB;"));
}

static void what_is_not_on_disk_is_to_be_sent_again(void **state)
{
    (void)state;
    struct text whole =
        answer(HEAD("2.5.1") REST, FEED_REASON_NONE, ERROR_NOT_CONFIRMED);
    assert_non_null(strstr(whole.at, "\rMSA|AE|C1|it could not be stored: "));
    assert_non_null(strstr(whole.at, "|207^Application internal error^HL70357|E|"));
}

static void what_cannot_be_read_is_refused_all_the_same(void **state)
{
    (void)state;
    ASSERT_TEXT(
        answer("nonsense", FEED_REASON_NONE, ERROR_NONE),
        "MSH|^~\\&|||||20261122020000+0000||ACK|OSTEON7|P|2.5.1\r"
        "MSA|AR||the message is broken: it does not begin with the segment MSH; "
        "put it right and send it with another control id\r"
        "ERR|||100^Segment sequence error^HL70357|E||||the message is broken: it "
        "does not begin with the segment MSH; put it right and send it with "
        "another control id\r");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define ROW(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        ROW(a_taken_message_gets_aa_in_its_own_version),
        ROW(separators_and_character_set_are_the_senders),
        ROW(an_error_says_where_and_what_in_both_forms_of_err),
        ROW(the_words_are_escaped_where_they_hold_a_separator),
        ROW(what_is_not_on_disk_is_to_be_sent_again),
        ROW(what_cannot_be_read_is_refused_all_the_same),
#undef ROW
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
