#include "support/laboratory.h"

#include "support/unit.h"

#include "actions/feed.h"
#include "actions/file_message.h"
#include "actions/receive_message.h"
#include "store/feeds.h"

void laboratory_open(struct fixture *fixture)
{
    struct caller operator_ = caller_operator(TEXT("test"));
    struct feed_change verb = {
        .act = act_of(fixture->study, &operator_, fixture->arena, feed_change),
        .feed = TEXT(LABORATORY_FEED),
        .is_open = true,
        .reason = TEXT("SYNTHETIC")};
    ASSERT_OK(act_run(&verb.act, &fixture->err), &fixture->err);
}

int64_t laboratory_send_bytes(struct fixture *fixture, struct text bytes,
                              bool *is_repeat)
{
    struct caller sender = {.name = TEXT("test"), .device = TEXT("test")};
    struct receive_message verb = {
        .act = act_of(fixture->study, &sender, fixture->arena, receive_message),
        .bytes = bytes,
        .size = (int64_t)bytes.len};
    assert_true(receive_message_begin(&verb));
    ASSERT_OK(act_run(&verb.act, &fixture->err), &fixture->err);
    assert_true(verb.message != 0);
    ASSERT_OK(file_message(fixture->study, verb.message, &fixture->err), &fixture->err);
    if (is_repeat != NULL)
        *is_repeat = verb.is_repeat;
    return verb.message;
}

int64_t laboratory_send(struct fixture *fixture, const char *control, const char *time,
                        const char *charset, const char *body)
{
    return laboratory_send_bytes(
        fixture,
        text_format(
            fixture->arena,
            "MSH|^~\\&|LIS|LAB|OSTEON|SITE|%s||ORU^R01^ORU_R01|%s|P|2.5.1|||AL|NE||"
            "%s\r%s",
            time, control, charset, body),
        NULL);
}

const char *laboratory_state(struct fixture *fixture, int64_t message)
{
    struct feed_message *found = NULL;
    struct db *db = store_reader(study_store(fixture->study));
    ASSERT_OK(feed_message_find(db, message, fixture->arena, &found, &fixture->err),
              &fixture->err);
    store_reader_return(study_store(fixture->study), db);
    assert_non_null(found);
    struct text state = feed_state_name(found->state);
    return text_c(fixture->arena,
                  text_format(fixture->arena, "%.*s%s%.*s", TEXT_ARG(state),
                              text_is_absent(found->reason) ? "" : ": ",
                              TEXT_ARG(found->reason)));
}
