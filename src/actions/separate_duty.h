#ifndef OSTEON_ACTIONS_SEPARATE_DUTY_H
#define OSTEON_ACTIONS_SEPARATE_DUTY_H
/* Duties of which nobody does two about the same record (specification 8.2: "Grading and
 * adjudication are done by different people"): one row a pair. Whose an answer is, is told by
 * the answers that stand now, those beside the current one too.
 */
#include "base/error.h"
#include "base/text.h"
#include "model/design.h"
#include "store/heads.h"
#include "store/reads.h"

enum duty {
    DUTY_ENTER_EVENT,      /* of an adverse event (F.CX): all but the two below */
    DUTY_GRADE_EVENT,      /* its grade and relation */
    DUTY_ADJUDICATE_EVENT, /* whether it is confirmed (AEADJ) */
    DUTY_ENTER_DEVIATION,  /* F.PD */
    DUTY_ASSESS_DEVIATION, /* deviation_review.h */
    DUTIES
};

/* Who did the first does not do the second. */
// clang-format off
#define SEPARATE_DUTY_TABLE(X)                                                           \
    X(ENTER_EVENT, ADJUDICATE_EVENT,                                                     \
      "you entered this event: another person adjudicates it",                           \
      "该事件由您录入：须由他人裁定")                                                    \
    X(GRADE_EVENT, ADJUDICATE_EVENT,                                                     \
      "you graded this event: another person adjudicates it",                            \
      "该事件由您分级：须由他人裁定")                                                    \
    X(ADJUDICATE_EVENT, ENTER_EVENT,                                                     \
      "you adjudicated this event: another person enters what is said of it",            \
      "该事件由您裁定：须由他人录入其内容")                                              \
    X(ADJUDICATE_EVENT, GRADE_EVENT,                                                     \
      "you adjudicated this event: another person grades it",                            \
      "该事件由您裁定：须由他人分级")                                                    \
    X(ENTER_DEVIATION, ASSESS_DEVIATION,                                                 \
      "you entered this deviation: another person assesses it",                          \
      "该偏离由您录入：须由他人评估")
// clang-format on

/* The sentence of the first pair that keeps somebody from `does` who did these; NULL:
 * nothing does. */
const struct label *duty_bar(const bool did[DUTIES], enum duty does);
/* ERROR_NOT_ALLOWED with that sentence. */
MUST_USE bool duty_check(const bool did[DUTIES], enum duty does, struct error *err);

bool duty_is_grading(struct text item);
/* What entering an item of an adverse event is. */
enum duty duty_of_event_item(struct text item);
/* What the user has done with an adverse event, by its form in memory. */
void duties_in_event(const struct form_heads *heads, int64_t user, bool did[DUTIES]);

#endif
