#ifndef OSTEON_REPORT_OPERATION_WORDS_H
#define OSTEON_REPORT_OPERATION_WORDS_H
/* What the numbers of results.csv are called and how they are rounded. An operation is a
 * stem and, behind a point, what it is of: "odds_ratio.SHOCK", "incidence.t24".
 */
#include "report/number_text.h"
#include "report/report_words.h"

struct operation_words {
    const char *stem;
    enum number_kind kind;
    int decimals; /* of a plain number; DECIMALS_BY_SIZE */
    struct plan_words words;
};
#define DECIMALS_BY_SIZE (-1)

/* Of the longest stem that the operation is or begins with; NULL: it has no words. */
const struct operation_words *operation_words(struct text operation);
/* What stands behind the stem and its point; empty: nothing. */
struct text operation_of(const struct operation_words *words, struct text operation);

#endif
