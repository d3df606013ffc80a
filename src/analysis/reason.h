#ifndef OSTEON_ANALYSIS_REASON_H
#define OSTEON_ANALYSIS_REASON_H
/* Why something is not estimable, in Chinese too: estimators know one language. */
#include "base/text.h"

/* The Chinese of a reason of stats/ or of a method; absent when there is none. */
struct text reason_chinese(const char *reason);

#endif
