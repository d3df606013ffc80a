#ifndef OSTEON_ACTIONS_PARTICIPANTS_H
#define OSTEON_ACTIONS_PARTICIPANTS_H
/* Participants: screening, emergency placement before registration, attachment, erasure
 * (specification section 2, "Placement before registration"). Enrolment: enrol.h.
 *
 * The state is a pure function of facts, `participant_state_of`; whichever event changes
 * a fact carries the new state (values_saved.state), so live, rebuilt and exported states
 * are one and the same.
 */
#include "actions/act.h"

/* A screening record gets S-0001…, and SCRNO; a provisional one P-0001… ('enter SCR';
 * 'start placement on a bed or provisional participant'). The same request id again gives
 * the first answer. */
struct participant_add {
    struct act act;
    struct text site;
    bool is_provisional;
    struct text bed; /* of a provisional one; may be absent */
    bool has_request;
    uint8_t request[16];

    struct participant *participant; /* results */
    bool is_duplicate;
};
MUST_USE bool participant_add(struct act *act, struct txn *txn, struct error *err);

/* The first person proposes, a second one confirms with the same call ('attach
 * provisional participant': two people of PI, INV, CRC). No value is copied. */
struct participant_attach {
    struct act act;
    int64_t participant; /* the provisional one */
    int64_t to;          /* the screening record */

    bool is_attached; /* results: false while only proposed */
    struct participant *changed;
};
MUST_USE bool participant_attach(struct act *act, struct txn *txn, struct error *err);

/* Undoes an attachment, or takes back a proposal: both records stand as before. */
struct participant_detach {
    struct act act;
    int64_t participant;
    struct text reason; /* mandatory */

    struct participant *changed; /* result */
};
MUST_USE bool participant_detach(struct act *act, struct txn *txn, struct error *err);

/* Destroys the key of a participant, and with it everything personal ('run erasure
 * workflow': DM and PI). Both persons have proven who they are (sign_in_run with
 * `without_session`); the caller is one of them or the operator. */
struct participant_erase {
    struct act act;
    int64_t participant;
    int64_t first_person, second_person;
    struct text reason; /* mandatory; kept for good, so nothing personal in it */
};
MUST_USE bool participant_erase(struct act *act, struct txn *txn, struct error *err);

/* The participants the caller may see ('view casebook'), by filter, page by page. */
struct participants_filter {
    struct text state; /* absent: all; ERROR_REFUSED when there is no such state */
    struct text find;
    int64_t after;
    size_t limit; /* 0: LIMIT_LIST */
};
struct participants_page {
    struct participant *participants; /* in the arena */
    size_t count;
    int64_t next; /* the `after` of the next page; 0 at the end */
};
MUST_USE bool participants_read(struct study *study, const struct caller *caller,
                                const struct participants_filter *filter,
                                struct arena *arena, struct participants_page *out,
                                struct error *err);
/* One of them; ERROR_NOT_FOUND when there is none. */
MUST_USE bool participants_find(struct study *study, const struct caller *caller,
                                int64_t id, struct arena *arena,
                                struct participant **out, struct error *err);
/* By any of its numbers, for commands: "S-0001", "P-0001", "H4-001". */
MUST_USE bool participants_numbered(struct study *study, const struct caller *caller,
                                    struct text number, struct arena *arena,
                                    struct participant **out, struct error *err);
/* The same whoever asks: for the filter of the audit trail, which shows numbers anyway. */
MUST_USE bool participants_of_number(struct study *study, struct text number,
                                     struct arena *arena, struct participant **out,
                                     struct error *err);

#endif
