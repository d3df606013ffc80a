/* Messages of a feed in the life of a study. */
#include "support/life.h"

#include "store/feeds.h"
#include "support/unit.h"

struct arriving {
    struct feed_message_received content;
    struct text bytes;
    int64_t message;
};

static bool arrive(struct txn *txn, void *data, struct error *err)
{
    struct arriving *arriving = data;
    struct origin origin = {.device = TEXT("SYNTHETIC laboratory")};
    return txn_append(txn, LOG_EVENT_FEED_MESSAGE_RECEIVED, &origin, 0,
                      &arriving->content, &arriving->message, err) &&
           (!arriving->content.is_kept ||
            feed_raw_keep(txn, arriving->message, &arriving->content.digest,
                          arriving->bytes, err));
}

static int64_t arrive_in(struct store *store, enum feed_state state, struct text bytes)
{
    struct arriving arriving = {.content = {.feed = TEXT("LIS@SYNTHETIC"),
                                            .control = TEXT("1"),
                                            .digest = hash_of(bytes),
                                            .size = (int64_t)bytes.len,
                                            .type = TEXT("ORU^R01"),
                                            .version = TEXT("2.5.1"),
                                            .state = state,
                                            .is_kept = state != FEED_REJECTED},
                                .bytes = bytes};
    if (state != FEED_WAITING) {
        arriving.content.message_time = TEXT("20261123100000+0800");
        arriving.content.reason = TEXT("structure");
        arriving.content.said = TEXT("it has no segment OBX");
    }
    struct unit unit = {.apply = arrive, .data = &arriving};
    struct error err;
    ASSERT_OK(store_write(store, &unit, &err), &err);
    return arriving.message;
}

void life_feed(struct store *store, int64_t participant, struct text said)
{
    struct feed_set set = {.feed = TEXT("LIS@SYNTHETIC"),
                           .label = TEXT("SYNTHETIC laboratory"),
                           .is_open = true,
                           .silent_after = 60,
                           .reason = TEXT("agreed with the laboratory")};
    (void)arrive_in(store, FEED_REJECTED, said);
    life_event(store, LOG_EVENT_FEED_SET, LIFE_ADMINISTRATOR, 0, &set);
    set.certificate = TEXT("ab");
    life_event(store, LOG_EVENT_FEED_SET, LIFE_ADMINISTRATOR, 0, &set);
    (void)arrive_in(store, FEED_WAITING, TEXT("SYNTHETIC"));
    (void)arrive_in(store, FEED_QUARANTINED, TEXT("SYNTHETIC too"));
    struct feed_message_sorted sorted = {.message =
                                             arrive_in(store, FEED_WAITING, said),
                                         .state = FEED_QUARANTINED,
                                         .reason = TEXT("code"),
                                         .said = TEXT("OBX 1")};
    life_event(store, LOG_EVENT_FEED_MESSAGE_SORTED, 0, 0, &sorted);
    sorted = (struct feed_message_sorted){
        .message = sorted.message, .state = FEED_FILED, .of_participant = participant};
    life_event(store, LOG_EVENT_FEED_MESSAGE_SORTED, 0, 0, &sorted);
}
