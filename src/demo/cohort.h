#ifndef OSTEON_DEMO_COHORT_H
#define OSTEON_DEMO_COHORT_H
/* Who is considered for intraosseous access, and when; then all that happens to them. */
#include "base/arena.h"
#include "demo/diary.h"
#include "demo/plan.h"

/* Accrual begins and ends (specification, 9.1): 2025-11-22, 2027-10-20 08:00 +08:00. */
extern const int64_t accrual_begins;
extern const int64_t simulated_now;

struct cohort *cohort_draw(struct arena *arena, uint64_t seed, size_t participants);

/* All that happens to a patient, from when they are screened and their number among the
 * enrolled: everything of the struct behind these is filled. */
void cohort_draw_course(struct patient *patient);

/* What is entered about them, in the order of time, up to the simulated now. */
void cohort_write(const struct cohort *cohort, struct diary *diary);

#endif
