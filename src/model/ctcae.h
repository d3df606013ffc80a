#ifndef OSTEON_MODEL_CTCAE_H
#define OSTEON_MODEL_CTCAE_H
/* Grades of CTCAE v5.0 (US National Cancer Institute, 2017-11-27) that a laboratory result
 * says by itself. A row of ctcae_table.h is one threshold; the highest grade whose
 * threshold holds is the grade.
 *
 * Clauses about symptoms, treatment or anticoagulation, and grade 5, are for a person: a
 * grade from here is what the number says alone. A clause that needs a reference range or
 * a baseline does not hold while that is not known; without a baseline the clauses "if
 * baseline was normal" hold. All in decimals: a result on a threshold is on the side that
 * the text says.
 */
#include "model/design.h"

/* What a threshold is compared with, or multiplied by. */
enum ctcae_basis {
    CTCAE_VALUE,    /* the number itself, in the unit of the item */
    CTCAE_LIMIT,    /* the limit of the reference range on that side */
    CTCAE_BASELINE, /* the baseline */
};
/* When a row counts: always, or by the baseline against its own reference range. */
enum ctcae_when { CTCAE_ALWAYS, CTCAE_IF_NORMAL, CTCAE_IF_ABNORMAL };
enum ctcae_side { CTCAE_ABOVE, CTCAE_FROM, CTCAE_BELOW, CTCAE_UP_TO };

struct ctcae_rule {
    struct text threshold; /* decimal */
    enum ctcae_basis basis;
    enum ctcae_when when;
    enum ctcae_side side;
    int grade;
    struct text says; /* the clause of CTCAE's text, in the study's unit */
};

struct ctcae_term {
    struct text item;  /* "I.LB.PLT" */
    struct label term; /* English: as CTCAE spells it */
    const struct ctcae_rule *rules;
    size_t rule_count;
};
extern const struct ctcae_term ctcae_terms[];
extern const size_t ctcae_term_count;

/* A number that may be absent. */
struct ctcae_number {
    bool is_known;
    struct decimal value;
};
struct ctcae_result {
    struct ctcae_number value, low, high; /* low, high: its reference range */
};

/* The rule whose grade holds; NULL: no grade, or no value. */
const struct ctcae_rule *ctcae_grade(const struct ctcae_term *term,
                                     const struct ctcae_result *result,
                                     const struct ctcae_result *baseline);

#endif
