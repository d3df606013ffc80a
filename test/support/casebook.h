#ifndef OSTEON_TEST_SUPPORT_CASEBOOK_H
#define OSTEON_TEST_SUPPORT_CASEBOOK_H
/* The built-in study's rules, and the answers of SYNTHETIC participants to run them over:
 * those of the demo's cohort, taken from its plan in memory, without a folder.
 */
#include "demo/cohort.h"
#include "engine/book.h"
#include "model/rulebook.h"

/* One answer and where it stands. */
struct casebook_value {
    int32_t form, event, event_repeat, form_repeat;
    int32_t item, row;
    struct datum value;
};

/* What is stored of one participant, form by form. */
struct casebook {
    const struct casebook_value *values;
    size_t count;
    size_t forms; /* form instances */
};

/* In `arena`; a study that cannot be read ends the program. */
const struct rulebook *casebook_rules(struct arena *arena);

/* The patient, of so many, about whom most is entered. */
size_t casebook_longest(const struct diary *diary, size_t patients);
/* What is entered about one patient of the cohort, in the diary's order. */
struct casebook casebook_of(const struct rulebook *rulebook, const struct diary *diary,
                            size_t patient, struct arena *arena);
/* The same with every form at each of its events, three rows in a section that has none,
 * and a plausible value in every item that people fill in. */
struct casebook casebook_full(const struct rulebook *rulebook,
                              const struct diary *diary, size_t patient,
                              struct arena *arena);

/* A new book with registers, settings and these answers, nothing run yet. */
struct book *casebook_load(const struct rulebook *rulebook,
                           const struct casebook *casebook, struct arena *arena);

#endif
