#ifndef OSTEON_DEMO_ENTER_H
#define OSTEON_DEMO_ENTER_H
/* Runs a diary through the actions: each step is the verb of a person, at its simulated
 * time. Many are under way at once, so that the writer takes them in groups; they are
 * done in the order of the diary. The first that is refused ends it with a sentence.
 */
#include "demo/cohort.h"
#include "demo/demo.h"
#include "model/user.h"

MUST_USE bool diary_enter(const struct diary *diary, const struct cohort *cohort,
                          struct study *study, const struct user *people[STAFF_COUNT],
                          const struct demo *demo, struct error *err);

#endif
