#ifndef OSTEON_ACTIONS_LABORATORY_PARTS_H
#define OSTEON_ACTIONS_LABORATORY_PARTS_H
/* One order of a message on its way into a form; for the laboratory_*.c files only. */
#include "actions/laboratory_file.h"
#include "actions/save_values.h"

struct laboratory_ordering {
    struct laboratory_filing *filing;
    const struct hl7_order *order;
    struct laboratory_place place;
    int64_t collected;
    struct form_heads *heads;
    struct result_received *received;
    size_t received_count;
    struct mutation *mutations;
    size_t mutation_count;
};

/* HL7 table 0085. */
enum laboratory_result {
    RESULT_NONE_YET,
    RESULT_STANDS,
    RESULT_NOT_OBTAINED,
    RESULT_DELETED
};
enum laboratory_result laboratory_result_of(const struct hl7_observation *observation);

/* laboratory_take.c: what an observation, and the specimen, become: what came, and changes
 * of answers. Without a place only what its code means is looked at. */
void laboratory_take(struct laboratory_ordering *ordering,
                     const struct hl7_observation *observation);
void laboratory_take_specimen(struct laboratory_ordering *ordering);

/* laboratory_held.c: `*is_open` false: the form is frozen or locked, and CK086 asks to open
 * it. */
MUST_USE bool laboratory_check_held(struct laboratory_ordering *ordering, bool *is_open,
                                    struct error *err);

#endif
