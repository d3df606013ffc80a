/* Results of a laboratory in the life of a study. */
#include "support/life.h"

#include "store/laboratory.h"

void life_laboratory(struct store *store, int64_t participant, struct text said)
{
    struct patient_linked linked = {.number = said,
                                    .authority = TEXT("SYNTHETIC"),
                                    .name = said,
                                    .message = 7,
                                    .reason = TEXT("seen at the bed")};
    life_event(store, LOG_EVENT_PATIENT_LINKED, LIFE_COORDINATOR, participant, &linked);
    linked.authority = TEXT("SYNTHETIC too");
    linked.name = (struct text){0};
    life_event(store, LOG_EVENT_PATIENT_LINKED, LIFE_COORDINATOR, participant, &linked);
    life_event(store, LOG_EVENT_PATIENT_UNLINKED, LIFE_COORDINATOR, participant,
               &linked);
    struct feed_rule_set rule = {.feed = TEXT("LIS@SYNTHETIC"),
                                 .kind = FEED_RULE_UNIT,
                                 .item = TEXT("I.LB.CRP"),
                                 .from = TEXT("mg/l"),
                                 .to = TEXT("mg/L"),
                                 .reason = TEXT("as the laboratory writes it")};
    struct feed_rule_ended ended = {
        .rule = life_event(store, LOG_EVENT_FEED_RULE_SET, 2, 0, &rule),
        .reason = TEXT("set by mistake")};
    life_event(store, LOG_EVENT_FEED_RULE_ENDED, LIFE_COORDINATOR, 0, &ended);
    rule.kind = FEED_RULE_CODE;
    rule.item = (struct text){0};
    life_event(store, LOG_EVENT_FEED_RULE_SET, LIFE_COORDINATOR, 0, &rule);
    struct result_received results[] = {
        {.item = TEXT("I.LB.CRP"),
         .observation = 3,
         .code = TEXT("1988-5 LN"),
         .value = said,
         .unit = TEXT("mg/L"),
         .factor = TEXT("1"),
         .range = TEXT("0-10"),
         .low = TEXT("0"),
         .high = TEXT("10"),
         .flags = TEXT("H"),
         .status = TEXT("F"),
         .specimen = said,
         .draw_site = TEXT("VEN"),
         .collected = 1000,
         .reported = 2000},
        {.item = TEXT("I.LB.PCT"), .observation = 4, .code = TEXT("PCT L")}};
    struct results_received received = {.key = life_form(participant),
                                        .message = 7,
                                        .results = results,
                                        .result_count = 2};
    life_event(store, LOG_EVENT_RESULTS_RECEIVED, 0, participant, &received);
    received.result_count = 1;
    results[0].status = TEXT("C");
    life_event(store, LOG_EVENT_RESULTS_RECEIVED, 0, participant, &received);
}
