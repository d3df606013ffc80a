#ifndef OSTEON_DEMO_STAFF_H
#define OSTEON_DEMO_STAFF_H
/* The people of the demo: one of every role, and the colleagues that the work needs. */
#include "model/permission.h"

enum staff {
    STAFF_PI,
    STAFF_INVESTIGATOR,
    STAFF_OPERATOR,
    STAFF_NURSE,
    STAFF_COORDINATOR,
    STAFF_LABORATORY,
    STAFF_READER,
    STAFF_ADJUDICATOR,
    STAFF_SAFETY,
    STAFF_DATA_MANAGER,
    STAFF_MONITOR,
    STAFF_STATISTICIAN,
    STAFF_REGISTRY,
    STAFF_ETHICS,
    STAFF_ADMINISTRATOR,
    STAFF_PARTICIPANT,
    STAFF_ROLES, /* the first of each role stand above, in this order */
    STAFF_INVESTIGATOR_2 = STAFF_ROLES,
    STAFF_OPERATOR_2,
    STAFF_OPERATOR_3,
    STAFF_NURSE_2,
    STAFF_NURSE_3,
    STAFF_COORDINATOR_2,
    STAFF_READER_2,
    STAFF_COUNT
};

struct staff_row {
    enum role role;
    struct text name;      /* to sign in */
    struct text full_name; /* says SYNTHETIC */
    struct text language;
    int32_t experience; /* of an operator: insertions before the study */
};
extern const struct staff_row staff_rows[STAFF_COUNT];

#endif
