/* A message of a laboratory is on disk before it is answered, comes in once however often
 * it is sent, and what is wrong with it is said. All of it is SYNTHETIC. */
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/audit.h"
#include "actions/feed.h"
#include "actions/filing.h"
#include "actions/receive_message.h"
#include "store/verify.h"

#include <string.h>

#define MSH_OF(control, type, processing, version)                                     \
    "MSH|^~\\&|LIS^2.16.840.1.113883.19.4.7^ISO|CENTRALLAB|OSTEON|SITE01|"             \
    "20261122083000+0800||" type "|" control "|" processing "|" version "\r"
#define MSH(control) MSH_OF(control, "ORU^R01^ORU_R01", "P", "2.5.1")
#define RESULT                                                                         \
    "PID|1||SYNTHETIC-1^^^HOSPITAL^PI\r"                                               \
    "OBR|1|ACC1|LAB1|58410-2^CBC^LN\r"                                                 \
    "OBX|1|NM|777-3^Platelets^LN||11|10*9/L^^UCUM|125-350|LL|||F\r"

static struct fixture study;
static struct caller adm, dm, rn;
static const struct caller laboratory = {.device = TEXT_INIT("192.0.2.7")};

static struct feed_change opening(const struct caller *by)
{
    return (struct feed_change){.act =
                                    act_of(study.study, by, study.arena, feed_change),
                                .feed = TEXT("LIS@CENTRALLAB"),
                                .label = TEXT("SYNTHETIC laboratory"),
                                .is_open = true,
                                .silent_after = 60,
                                .reason = TEXT("agreed with the laboratory")};
}

static void open_feed(void)
{
    struct feed_change verb = opening(&adm);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
}

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    adm = fixture_person(&study, "adm", ROLE_ADM);
    dm = fixture_person(&study, "dm", ROLE_DM);
    rn = fixture_person(&study, "rn", ROLE_RN);
    return 0;
}

/* And the log, the tables and the bytes are what verify wants. */
static int teardown(void **state)
{
    (void)state;
    struct error err;
    study_close(study.study);
    ASSERT_OK(verify_holds(&study.place.options, &err), &err);
    ASSERT_OK(study_open(&study.place.options, &study.study, &err), &err);
    fixture_close(&study);
    return 0;
}

static struct receive_message receive_with(const char *bytes, struct text certificate)
{
    struct receive_message verb = {
        .act = act_of(study.study, &laboratory, study.arena, receive_message),
        .bytes = text_of(bytes),
        .size = (int64_t)strlen(bytes),
        .certificate = certificate};
    if (receive_message_begin(&verb))
        ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    return verb;
}

static struct receive_message receive(const char *bytes)
{
    return receive_with(bytes, (struct text){0});
}

static struct feed_message *message_of(int64_t id)
{
    struct feed_message *message = NULL;
    struct db *db = store_reader(study_store(study.study));
    ASSERT_OK(feed_message_find(db, id, study.arena, &message, &study.err), &study.err);
    store_reader_return(study_store(study.study), db);
    assert_non_null(message);
    return message;
}

static struct text bytes_of(int64_t id)
{
    struct text bytes;
    struct feed_message *message = message_of(id);
    struct db *db = store_reader(study_store(study.study));
    ASSERT_OK(feed_raw_read(db, message, study.arena, &bytes, &study.err), &study.err);
    store_reader_return(study_store(study.study), db);
    return bytes;
}

static void a_taken_message_is_kept_as_it_came_and_waits(void **state)
{
    (void)state;
    open_feed();
    struct receive_message verb = receive(MSH("1") RESULT);
    assert_int_equal(verb.reason, FEED_REASON_NONE);
    assert_true(verb.message > 0);
    fixture_reopen(&study);
    const struct feed_message *message = message_of(verb.message);
    assert_int_equal(message->state, FEED_WAITING);
    ASSERT_TEXT(message->feed, "LIS@CENTRALLAB");
    ASSERT_TEXT(message->control, "1");
    ASSERT_TEXT(message->type, "ORU^R01^ORU_R01");
    ASSERT_TEXT(message->message_time, "20261122083000+0800");
    ASSERT_TEXT(bytes_of(verb.message), MSH("1") RESULT);
}

static void the_same_bytes_come_in_once(void **state)
{
    (void)state;
    open_feed();
    struct receive_message first = receive(MSH("1") RESULT);
    struct receive_message again = receive(MSH("1") RESULT);
    assert_true(again.is_repeat);
    assert_int_equal(again.reason, FEED_REASON_NONE);
    assert_int_equal(again.message, first.message);
    assert_int_equal(fixture_events(&study, LOG_EVENT_FEED_MESSAGE_RECEIVED), 1);
}

static void other_bytes_under_the_same_control_id_wait_for_a_person(void **state)
{
    (void)state;
    open_feed();
    (void)receive(MSH("1") RESULT);
    struct receive_message other = receive(MSH("1") RESULT "NTE|1\r");
    assert_int_equal(other.reason, FEED_REASON_CONTROL_REUSED);
    assert_int_equal(message_of(other.message)->state, FEED_QUARANTINED);
    ASSERT_TEXT(bytes_of(other.message), MSH("1") RESULT "NTE|1\r");
    /* Both, again: answered as before. */
    struct receive_message first = receive(MSH("1") RESULT);
    assert_true(first.is_repeat);
    assert_int_equal(first.reason, FEED_REASON_NONE);
    other = receive(MSH("1") RESULT "NTE|1\r");
    assert_true(other.is_repeat);
    assert_int_equal(other.reason, FEED_REASON_CONTROL_REUSED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_FEED_MESSAGE_RECEIVED), 2);
}

/* 21 CFR 11.10(h): the log tells of it, once a minute. */
static void a_sender_that_nobody_opened_is_refused_and_told_of(void **state)
{
    (void)state;
    struct receive_message verb = receive(MSH("1") RESULT);
    assert_int_equal(verb.reason, FEED_REASON_SENDER_UNKNOWN);
    assert_int_equal(message_of(verb.message)->state, FEED_REJECTED);
    assert_true(text_is_absent(bytes_of(verb.message)));
    verb = receive(MSH("2") RESULT);
    assert_int_equal(verb.reason, FEED_REASON_SENDER_UNKNOWN);
    assert_int_equal(fixture_events(&study, LOG_EVENT_FEED_MESSAGE_RECEIVED), 1);
    fixture_pass(&study, 2 * MINUTE);
    (void)receive(MSH("3") RESULT);
    assert_int_equal(fixture_events(&study, LOG_EVENT_FEED_MESSAGE_RECEIVED), 2);
    open_feed();
    assert_int_equal(receive(MSH("1") RESULT).reason, FEED_REASON_NONE);
}

static void unknown_senders_do_not_fill_the_log(void **state)
{
    (void)state;
    for (int i = 0; i < LIMIT_FEED_UNKNOWN + 5; i++) {
        struct text bytes = text_format(
            study.arena, "MSH|^~\\&|S%d|X|||||ORU^R01|1|P|2.5.1\r" RESULT, i);
        assert_int_equal(receive(bytes.at).reason, FEED_REASON_SENDER_UNKNOWN);
    }
    assert_int_equal(fixture_events(&study, LOG_EVENT_FEED_MESSAGE_RECEIVED),
                     LIMIT_FEED_UNKNOWN);
}

static void what_is_not_taken_says_why_and_keeps_no_bytes(void **state)
{
    static const struct {
        const char *bytes;
        enum feed_reason reason;
    } cases[] = {
        {MSH_OF("1", "ADT^A01", "P", "2.5.1") "PID|1||SYNTHETIC\r", FEED_REASON_TYPE},
        {MSH_OF("2", "ORU^R01", "P", "3.0") RESULT, FEED_REASON_VERSION},
        {MSH_OF("3", "ORU^R01", "T", "2.4") RESULT, FEED_REASON_PROCESSING},
    };
    (void)state;
    open_feed();
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct receive_message verb = receive(cases[i].bytes);
        assert_int_equal(verb.reason, cases[i].reason);
        assert_int_equal(message_of(verb.message)->state, FEED_REJECTED);
        assert_true(text_is_absent(bytes_of(verb.message)));
    }
}

static void a_broken_message_is_kept_and_waits_for_a_person(void **state)
{
    (void)state;
    open_feed();
    struct receive_message verb = receive(MSH("1") "PID|1||SYNTHETIC\rOBX|1|NM\r");
    assert_int_equal(verb.reason, FEED_REASON_STRUCTURE);
    const struct feed_message *message = message_of(verb.message);
    assert_int_equal(message->state, FEED_QUARANTINED);
    ASSERT_TEXT(message->said, "segment 3 (OBX): no OBR stands before it");
    ASSERT_TEXT(bytes_of(verb.message), MSH("1") "PID|1||SYNTHETIC\rOBX|1|NM\r");
}

static void what_cannot_be_read_is_of_nobody(void **state)
{
    static const char *const unreadable[] = {"",
                                             "\r\n",
                                             "PID|1",
                                             "MSH",
                                             "MSH|",
                                             "MSH|^^^^|A|B|||||ORU^R01|1|P|2.5\r",
                                             "MSH|^~\\&|A|B|||||ORU^R01||P|2.5\r",
                                             "MSH|^~\\&|\xff|B|||||ORU^R01|1|P|2.5\r",
                                             "MSH|^~\\&|||||||ORU^R01|1|P|2.5\r"};
    (void)state;
    open_feed();
    for (size_t i = 0; i < ARRAY_COUNT(unreadable); i++) {
        struct receive_message verb = receive(unreadable[i]);
        assert_true(verb.reason != FEED_REASON_NONE && verb.said.len > 0);
        assert_int_equal(verb.message, 0);
    }
    assert_int_equal(fixture_events(&study, LOG_EVENT_FEED_MESSAGE_RECEIVED), 0);
}

static void a_feed_can_want_its_certificate_and_can_be_closed(void **state)
{
    static const char digest[] =
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    (void)state;
    struct feed_change verb = opening(&adm);
    verb.certificate = text_of(digest);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    assert_int_equal(receive(MSH("1") RESULT).reason, FEED_REASON_CERTIFICATE);
    assert_int_equal(receive_with(MSH("1") RESULT, text_of(digest)).reason,
                     FEED_REASON_NONE);
    verb = opening(&adm);
    verb.is_open = false;
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    assert_int_equal(receive(MSH("2") RESULT).reason, FEED_REASON_SENDER_CLOSED);
}

static void only_an_administrator_says_who_may_send(void **state)
{
    (void)state;
    struct feed_change verb = opening(&dm);
    assert_false(act_run(&verb.act, &study.err));
    assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
    verb = opening(&adm);
    verb.feed = TEXT("LIS");
    assert_false(act_run(&verb.act, &study.err));
    assert_int_equal(study.err.code, ERROR_REFUSED);
    assert_string_equal(study.err.where, "feed");
}

static void the_list_tells_how_each_feed_stands(void **state)
{
    struct feed_state_list list;
    (void)state;
    open_feed();
    (void)receive(MSH("1") RESULT);
    (void)receive(MSH("2") "PID|1\r");
    (void)receive(MSH_OF("3", "ADT^A01", "P", "2.5.1") "PID|1\r");
    ASSERT_OK(feed_states_read(study.study, &rn, study.arena, &list, &study.err),
              &study.err);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.at[0].today, 3);
    assert_int_equal(list.at[0].waiting, 1);
    assert_int_equal(list.at[0].quarantined, 1);
    ASSERT_TEXT(list.at[0].refused_reason, "type");
    assert_false(list.at[0].is_silent);
    fixture_pass(&study, 2 * HOUR);
    ASSERT_OK(feed_states_read(study.study, &rn, study.arena, &list, &study.err),
              &study.err);
    assert_true(list.at[0].is_silent);
}

static void messages_are_listed_to_those_who_reconcile_them(void **state)
{
    struct feed_message_list list;
    (void)state;
    open_feed();
    (void)receive(MSH("1") RESULT);
    struct receive_message broken = receive(MSH("2") "PID|1\r");
    struct feed_messages_wanted wanted = {FEED_QUARANTINED, INT64_MAX, 10};
    ASSERT_OK(
        feed_messages_view(study.study, &dm, &wanted, study.arena, &list, &study.err),
        &study.err);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.at[0].id, broken.message);
    assert_false(
        feed_messages_view(study.study, &rn, &wanted, study.arena, &list, &study.err));
    assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
}

static void the_audit_trail_tells_of_it_without_a_value(void **state)
{
    struct audit_entry *entries = NULL;
    size_t count = 0;
    struct audit_filter filter = {.user = -1, .kind = LOG_EVENT_FEED_MESSAGE_RECEIVED};
    (void)state;
    open_feed();
    (void)receive(MSH("7") RESULT);
    ASSERT_OK(audit_read(study.study, &dm, &filter, study.arena, &entries, &count,
                         &study.err),
              &study.err);
    assert_int_equal(count, 1);
    ASSERT_TEXT(entries[0].detail, "LIS@CENTRALLAB 7 waiting");
}

/* What becomes of a message is another's; that each is looked at is this thread's. */
static void whoever_files_goes_through_all_that_waits(void **state)
{
    enum { MESSAGES = 70 }; /* more than are read at once */
    struct filing *filing;
    int64_t after = 0, last = 0;
    size_t failed = 1;
    (void)state;
    open_feed();
    for (int i = 0; i < MESSAGES; i++) {
        struct text bytes =
            text_format(study.arena,
                        "MSH|^~\\&|LIS|CENTRALLAB|||||ORU^R01|F%d|P|2.5.1\r" RESULT, i);
        last = receive(bytes.at).message;
    }
    ASSERT_OK(filing_pass(study.study, &after, &failed, &study.err), &study.err);
    assert_int_equal(after, last);
    assert_int_equal(failed, 0);
    ASSERT_OK(filing_start(study.study, study.arena, &filing, &study.err), &study.err);
    filing_wake_all(study.study);
    filing_stop(filing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define ROW(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        ROW(a_taken_message_is_kept_as_it_came_and_waits),
        ROW(the_same_bytes_come_in_once),
        ROW(other_bytes_under_the_same_control_id_wait_for_a_person),
        ROW(a_sender_that_nobody_opened_is_refused_and_told_of),
        ROW(unknown_senders_do_not_fill_the_log),
        ROW(what_is_not_taken_says_why_and_keeps_no_bytes),
        ROW(a_broken_message_is_kept_and_waits_for_a_person),
        ROW(what_cannot_be_read_is_of_nobody),
        ROW(a_feed_can_want_its_certificate_and_can_be_closed),
        ROW(only_an_administrator_says_who_may_send),
        ROW(the_list_tells_how_each_feed_stands),
        ROW(messages_are_listed_to_those_who_reconcile_them),
        ROW(the_audit_trail_tells_of_it_without_a_value),
        ROW(whoever_files_goes_through_all_that_waits),
#undef ROW
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
