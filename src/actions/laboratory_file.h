#ifndef OSTEON_ACTIONS_LABORATORY_FILE_H
#define OSTEON_ACTIONS_LABORATORY_FILE_H
/* The results of one message into the forms of the participant that it names, by the same
 * save as everybody's (save_values.h). For the files of this floor only.
 *
 * The time of the specimen says which time point a result belongs to. What is drawn through
 * the needle, and what a person lets in outside every window, goes to an unscheduled visit,
 * which no endpoint reads. Whatever the order of arrival, in one time point the same result
 * stands at the end: of the specimen nearest to the target; of one specimen the final one
 * before the preliminary one, then the one sent last. What is replaced stays in the history.
 *
 *     laboratory_file(&filing, err)  then  filing.reason says what is left for a person
 */
#include "actions/act.h"
#include "actions/laboratory_message.h"
#include "model/schedule.h"
#include "store/reads.h"

struct laboratory_filing {
    struct act *act;
    struct txn *txn;
    const struct laboratory_message *message;
    struct participant *participant;
    const struct design *design; /* under which its forms begin */

    enum feed_reason reason; /* results: the first thing that could not be done */
    struct text said;        /* all of them, without values */
    bool is_said_all;        /* there were more */
    int64_t filed;           /* results that now stand */

    /* of laboratory_file */
    int32_t offset_minutes;
    struct schedule schedule;
    struct form_states forms;
    struct stored_results received;
};
MUST_USE bool laboratory_file(struct laboratory_filing *filing, struct error *err);

/* Where the results of one order go. */
struct laboratory_place {
    struct form_key key;
    const struct form *form;
    int64_t target; /* instant that the specimen should be near to */
};
/* False without an error: no window holds it (`*is_found`). laboratory_place.c */
MUST_USE bool laboratory_place_find(struct laboratory_filing *filing,
                                    const struct hl7_order *order,
                                    const struct item *item, int64_t collected,
                                    struct laboratory_place *out, bool *is_found,
                                    struct error *err);

/* Something is left for a person; kept with what was said before. */
void laboratory_leave(struct laboratory_filing *filing, enum feed_reason reason,
                      struct text said);

#endif
