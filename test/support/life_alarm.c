/* Alarms, and judgements of deviations and serious events, in the life of a study. */
#include "support/life.h"

#include "store/review.h"

/* Raised, told with a failure first, escalated, come again, acknowledged; one that ended. */
void life_alarm(struct store *store, int64_t participant, struct text note)
{
    struct alarm_raised raised = {.has_form = participant != 0,
                                  .alarm = TEXT("AL04"),
                                  .step = TEXT("CK102"),
                                  .level = 1,
                                  .escalates_at = 1000,
                                  .repeats_at = 2000};
    if (participant != 0)
        raised.key = life_form(participant);
    int64_t alarm = life_event(store, LOG_EVENT_ALARM_RAISED, 0, participant, &raised);
    struct alarm_message message = {.alarm = alarm,
                                    .channel = ALARM_BY_WEBHOOK,
                                    .notice = 1,
                                    .attempt = 1,
                                    .to = TEXT("hospital.example"),
                                    .reason = TEXT("refused"),
                                    .again_at = 3000};
    life_event(store, LOG_EVENT_ALARM_MESSAGE_FAILED, 0, participant, &message);
    message = (struct alarm_message){
        .alarm = alarm, .notice = 1, .attempt = 1, .to = TEXT("RN CRC")};
    life_event(store, LOG_EVENT_ALARM_MESSAGE_SENT, 0, participant, &message);
    struct alarm_went_on higher = {
        .alarm = alarm, .roles = TEXT("INV PI"), .repeats_at = 2000};
    life_event(store, LOG_EVENT_ALARM_ESCALATED, 0, participant, &higher);
    higher.escalates_at = 4000;
    life_event(store, LOG_EVENT_ALARM_REPEATED, 0, participant, &higher);
    struct alarm_acknowledged acknowledged = {.alarm = alarm, .note = note};
    life_event(store, LOG_EVENT_ALARM_ACKNOWLEDGED, 2, participant, &acknowledged);
    raised.step = TEXT("CK104");
    struct alarm_ended ended = {
        .alarm = life_event(store, LOG_EVENT_ALARM_RAISED, 0, participant, &raised)};
    life_event(store, LOG_EVENT_ALARM_ENDED, 0, participant, &ended);
}

void life_safety_review(struct store *store, int64_t participant, struct text note)
{
    struct safety_reviewed reviewed = {
        .key = life_form(participant), .of_seq = 30, .note = note};
    life_event(store, LOG_EVENT_SAFETY_REVIEWED, 2, participant, &reviewed);
}

void life_start_review(struct store *store, int64_t participant, struct text note)
{
    struct start_reviewed reviewed = {.placement = 3, .note = note};
    life_event(store, LOG_EVENT_START_REVIEWED, 2, participant, &reviewed);
}

void life_grade(struct store *store, int64_t participant, struct text reason)
{
    struct grade_decided decided = {.key = life_form(participant),
                                    .item = TEXT("I.LB.PLT"),
                                    .term = TEXT("Platelet count decreased"),
                                    .of_seq = 30,
                                    .grade = 4,
                                    .event = text_is_absent(reason) ? 1 : 0,
                                    .reason = reason};
    life_event(store, LOG_EVENT_GRADE_DECIDED, 2, participant, &decided);
}

void life_assessment(struct store *store, int64_t participant, struct text note)
{
    struct deviation_assessed assessed = {.key = life_form(participant),
                                          .of_seq = 30,
                                          .severity = TEXT("MAJ"),
                                          .report = TEXT("reported"),
                                          .reported_on = TEXT("2026-11-24"),
                                          .note = note};
    life_event(store, LOG_EVENT_DEVIATION_ASSESSED, 2, participant, &assessed);
}
