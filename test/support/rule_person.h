#ifndef OSTEON_TEST_SUPPORT_RULE_PERSON_H
#define OSTEON_TEST_SUPPORT_RULE_PERSON_H
/* A made-up participant for tests of the rules: a list of answers behind the callbacks
 * of engine/rules.h. SYNTHETIC. The site is in UTC+8.
 */
#include "base/attributes.h"
#include "engine/rules.h"

enum { PERSON_ANSWERS = 64 };

struct person_answer {
    int64_t instance;
    const char *form;
    const char *item;
    int64_t row;
    struct rule_value value;
};

struct person {
    struct person_answer answers[PERSON_ANSWERS];
    size_t count;
    int64_t under_evaluation; /* the instance that -1 stands for */
    int64_t site_rows, consents, insertions, screenings;
    struct rule_world world;
    struct arena *arena;
};

/* One screening, nothing entered. The person stays where it is. */
void person_start(struct person *person, struct arena *arena);

/* A later answer to the same item replaces the earlier one; "" is nothing entered. */
void person_put(struct person *person, const char *item, const char *value);
void person_put_row(struct person *person, int64_t instance, const char *item,
                    int64_t row, const char *value);
/* The last answer put becomes one without a value. */
void person_make(struct person *person, enum rule_value_state state);

/* All six exclusions of a site. */
extern const char *const person_exclusions[6];
void person_put_site(struct person *person, int64_t row, const char *answer);
/* Everything that ELIG asks for, with one usable site. */
void person_put_eligible(struct person *person);

struct rule_results person_run(struct person *person, const char *form);
bool person_has_finding(struct rule_results results, const char *check);
bool person_is_hidden(struct rule_results results, const char *item);

#endif
