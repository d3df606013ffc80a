#ifndef OSTEON_ACTIONS_SAVE_VALUES_H
#define OSTEON_ACTIONS_SAVE_VALUES_H
/* Saving a batch of item values of one form instance: the bedside save.
 *
 * The batch is refused as a whole (ERROR_NOT_ALLOWED, ERROR_NOT_FOUND, ERROR_REFUSED)
 * when the form may not be entered, does not exist in the event or waits for an
 * attachment (FR01, FR02). Otherwise each mutation has its own result, and those that are
 * right are stored even when others are not. A check never refuses a value: it opens a
 * query.
 *
 * The same batch id with the same digest gives the first answer again (`is_duplicate`);
 * with another digest ERROR_CHANGED. The form view after the save is read by the handler
 * (form_view.h), not on the writer's thread.
 */
#include "actions/act.h"
#include "actions/item_version.h"
#include "base/uuid.h"
#include "store/heads.h"

struct mutation {
    struct text item;
    int64_t row;
    struct text value;        /* absent: `missing` is given; empty: cleared */
    struct text missing;      /* code of a missing reason: "ND" */
    struct text missing_text; /* with OTH */
    struct text base; /* "SEQ:PLACE" or "UUID:PLACE"; absent for a first entry */
    const struct text *settles; /* "SEQ:PLACE" each */
    size_t settle_count;
    struct text reason;
    struct text stated;       /* ISO 8601 with offset; absent: as entered */
    enum value_source source; /* typed, of the placement clock, or scanned */
};

enum mutation_status {
    MUTATION_OK,
    MUTATION_CONFLICT, /* stored beside `theirs`: a query asks which is right */
    MUTATION_REJECTED  /* not stored: `why` */
};
const char *mutation_status_name(enum mutation_status status); /* "ok" … */

struct mutation_result {
    enum mutation_status status;
    struct version version;
    const struct head *theirs; /* with MUTATION_CONFLICT: the head that is current, or
                                * the other one when this change became current */
    const struct error
        *why; /* with MUTATION_REJECTED; `where` is "mutations[3].value" */
};

struct save_values {
    struct act act;
    uint8_t batch[BATCH_ID_SIZE];
    struct hash digest; /* of the request's bytes */
    int64_t participant;
    struct text event, form;
    int64_t event_repeat, form_repeat; /* 0: 1 */
    struct text design_version;        /* absent: the one in force, or the form's own */
    bool has_device_time, has_clock_offset;
    int64_t device_time, clock_offset; /* microseconds */
    const struct mutation *mutations;
    size_t mutation_count;

    int64_t seq; /* results: 0 when nothing was stored */
    bool is_duplicate;
    struct mutation_result *outcomes; /* one a mutation */
};
MUST_USE bool save_values(struct act *act, struct txn *txn, struct error *err);

#endif
