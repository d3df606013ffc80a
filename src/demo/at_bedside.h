#ifndef OSTEON_DEMO_AT_BEDSIDE_H
#define OSTEON_DEMO_AT_BEDSIDE_H
/* Who has a needle in at the simulated now, so that the ward has something to do when the
 * demo is opened. Accrual alone rarely leaves anybody: 52 needles of some 15 hours in 23
 * months.
 *
 * Two of the enrolled come later than accrual drew them; their courses stay what their own
 * streams say. A cohort of fewer than AT_BEDSIDE_FEWEST stays as it was drawn.
 */
#include "demo/cohort.h"

enum { AT_BEDSIDE_FEWEST = 12 };

/* Before the numbers are given, and before faults_place looks who is late enough. */
void at_bedside_place(struct cohort *cohort);
/* Is one of the patient's needles in at the simulated now? */
bool is_at_bedside(const struct patient *patient);

#endif
