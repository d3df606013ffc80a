#ifndef OSTEON_ACTIONS_FORM_SAVE_H
#define OSTEON_ACTIONS_FORM_SAVE_H
/* One VALUES_SAVED event in the making: changes are applied to the heads one by one, then
 * the rules run and everything that follows from them goes into the same event: derived
 * values, queries opened and closed, completeness, the state of the participant. What
 * follows on other forms of the participant goes into an event for each, in the same
 * unit (form_follow.c), and so does a deviation that opens by itself (form_deviations.c). Used by
 * the bedside save and by every verb that fills in values of the program. For this floor
 * only.
 *
 *     form_save_begin(&save, act, txn, &target, err) && form_save_change(&save, &change, err) … &&
 *         form_save_finish(&save, &origin, &seq, err)
 */
#include "actions/act.h"
#include "actions/rule_results.h"

struct form_save {
    struct act *act;
    struct txn *txn;
    struct arena *arena; /* of the unit */
    int64_t user;        /* whose changes they are: the caller's; 0: the program's */
    const struct design *design;
    const struct form *form;
    struct participant *participant;
    struct form_states forms;       /* of the participant */
    const struct form_state *known; /* NULL: the instance begins with this save */
    struct form_heads *heads;
    struct values_saved content;
    size_t capacity;         /* of content.changes */
    size_t expected_changes; /* of the client; 0: few */
    int64_t next_seq;
    int32_t next_place; /* of the program's own changes: behind the client's */
    struct world world;
    bool has_asked_signed; /* does a signature stand on the form? Asked once, when a */
    bool is_signed;        /* value is corrected */
    bool is_enrolled;      /* or is being enrolled in this unit */
    bool may_deviate;      /* this save, or what followed from it on another form */
};

/* What is saved to. All of it must outlive the save. */
struct form_save_target {
    struct participant *participant;
    const struct design *design;     /* has the key's event and form */
    const struct form_states *forms; /* of the participant, as stored */
    const struct form_key *key;
};
MUST_USE bool form_save_begin(struct form_save *save, struct act *act, struct txn *txn,
                              const struct form_save_target *target, struct error *err);

/* Applies one change at `place` of the client's batch; `*stored` (or NULL) gets the copy
 * in the event, whose `old` and `is_conflict` are filled in. */
MUST_USE bool form_save_change(struct form_save *save,
                               const struct value_change *change, int32_t place,
                               const struct value_change **stored, struct error *err);

/* A value of the program, on top of what is there; the same value again does nothing. An
 * absent value clears. */
MUST_USE bool form_save_system(struct form_save *save, struct text item,
                               struct text value, struct error *err);
/* The same in a row of a repeating section. */
MUST_USE bool form_save_system_row(struct form_save *save, struct text item,
                                   int64_t row, struct text value, struct error *err);

/* Runs the rules and appends the event; nothing when there are no changes (`*seq` 0). */
MUST_USE bool form_save_finish(struct form_save *save, const struct origin *origin,
                               int64_t *seq, struct error *err);

#endif
