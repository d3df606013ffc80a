#ifndef OSTEON_DEMO_AREAS_H
#define OSTEON_DEMO_AREAS_H
/* What each area does, one file each: `…_draw` fills its part of the patient, `…_write`
 * says what is entered about it, when and by whom. In the order in which they need one
 * another; those of section 9's table that need no plan only write.
 */
#include "demo/diary.h"
#include "demo/plan.h"

void screening_write(const struct patient *patient, struct diary *diary);

void consent_draw(struct patient *patient);
void consent_write(const struct patient *patient, struct diary *diary);

/* Person, disease, severity at the beginning. */
void baseline_draw(struct patient *patient);
void baseline_write(const struct patient *patient, struct diary *diary);
/* "AML" … of CL.HEMDX. */
const char *baseline_diagnosis(const struct patient *patient);

/* The timer: decision, attempts, first infusion. */
void insertion_draw(struct patient *patient);
void insertion_write(const struct patient *patient, struct diary *diary);

/* Response, death, loss. */
void outcome_draw(struct patient *patient);

void complications_draw(struct patient *patient);
/* Once the needle's time stands: when each was found. */
void complications_settle(struct patient *patient);
/* Which unscheduled visit the one found at `at` brings: they count in the order of time. */
int64_t complications_visit(const struct patient *patient, int64_t at);
void complications_write(const struct patient *patient, struct diary *diary);

void removal_draw(struct patient *patient);
void removal_write(const struct patient *patient, struct diary *diary);

void lidocaine_draw(struct patient *patient);
void lidocaine_write(const struct patient *patient, struct diary *diary);

/* The volume ordered for the first six hours, mL. */
double infusion_ordered(const struct patient *patient);
void infusion_write(const struct patient *patient, struct diary *diary);
void vasoactive_draw(struct patient *patient);
void vasoactive_write(const struct patient *patient, struct diary *diary);
void vitals_write(const struct patient *patient, struct diary *diary);

void laboratory_write(const struct patient *patient, struct diary *diary);
/* Lactate so many hours after the first infusion. */
double laboratory_lactate(const struct patient *patient, double hours);

void site_check_write(const struct patient *patient, struct diary *diary);
void imaging_write(const struct patient *patient, struct diary *diary);
/* Cultures, other treatment, device associations, device deficiencies, efficacy. */
void treatment_write(const struct patient *patient, struct diary *diary);
void follow_up_write(const struct patient *patient, struct diary *diary);
/* Last: of what all others have written. */
void second_checks_write(const struct patient *patient, struct diary *diary);
void queries_write(const struct patient *patient, struct diary *diary);

#endif
