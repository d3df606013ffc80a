#ifndef OSTEON_FORMATS_HL7_TIME_H
#define OSTEON_FORMATS_HL7_TIME_H
/* A time of HL7 v2 (TS, DTM): YYYY[MM[DD[HHMM[SS[.S…]]]]][+/-ZZZZ], as a moment.
 * Source: HL7 version 2.5.1, section 2.A.77. */
#include "base/datetime.h"

/* False: another form, or a day that does not exist. Hours alone, without minutes, are
 * known to the day only. */
bool hl7_time_parse(struct text t, struct moment *out);

#endif
