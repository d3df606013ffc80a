#include "support/life.h"

#include "model/event.h"

/* A plan that waits, one that is published, and a run of it. */
void life_plans(struct store *store)
{
    struct plan_proposed proposed = {.version = TEXT("2"),
                                     .json = TEXT("{\"study\":\"SYNTHETIC\"}"),
                                     .reason = TEXT("another horizon")};
    life_event(store, LOG_EVENT_PLAN_PROPOSED, 2, 0, &proposed);
    struct plan_published published = {.version = proposed.version};
    published.proposal = life_event(store, LOG_EVENT_PLAN_PROPOSED, 2, 0, &proposed);
    life_event(store, LOG_EVENT_PLAN_PUBLISHED, 1, 0, &published);
    struct analysis_run_noted run = {.at_seq = 3,
                                     .plan = proposed.version,
                                     .design = TEXT("1.0"),
                                     .participants = 1};
    life_event(store, LOG_EVENT_ANALYSIS_RUN, 2, 0, &run);
}
