#ifndef OSTEON_ACTIONS_RECONCILE_H
#define OSTEON_ACTIONS_RECONCILE_H
/* Messages that wait for a person: what stands in each, and one step that puts the cause
 * right for all that wait for it.
 *
 * What a code, a unit or a sender's text means is said once, with a reason, on the log; all
 * waiting messages of that feed are then filed again. Taking it back changes nothing that
 * is filed already: those values are corrected where they stand. A patient is shown as a
 * match or none; numbers and names are never told.
 */
#include "actions/act.h"
#include "actions/laboratory_message.h"

/* 'map codes' for codes and units, 'reconcile feed messages' for the others. */
struct feed_rule_add {
    struct act act;
    struct feed_rule_set rule;

    int64_t seq;      /* results */
    int64_t reopened; /* messages that are filed again */
};
MUST_USE bool feed_rule_add(struct act *act, struct txn *txn, struct error *err);

struct feed_rule_end {
    struct act act;
    int64_t rule;
    struct text reason;
};
MUST_USE bool feed_rule_end(struct act *act, struct txn *txn, struct error *err);

/* The patient that a message names is this participant ('reconcile feed messages', at the
 * participant's site): for all messages that name the number so. */
struct patient_attach {
    struct act act;
    int64_t message, participant;
    struct text reason;

    int64_t reopened; /* result */
};
MUST_USE bool patient_attach(struct act *act, struct txn *txn, struct error *err);

/* Takes it back: the number that the message names leads nowhere again. */
struct patient_detach {
    struct act act;
    int64_t message;
    struct text reason;
};
MUST_USE bool patient_detach(struct act *act, struct txn *txn, struct error *err);

/* Files a message again, or (0) all that wait: something else was put right. */
struct message_retry {
    struct act act;
    int64_t message;

    int64_t reopened; /* result */
};
MUST_USE bool message_retry(struct act *act, struct txn *txn, struct error *err);

/* --- what stands in a message ------------------------------------------------------------------ */

struct reconcile_observation {
    const struct hl7_order *order;
    const struct hl7_observation *observation;
    struct laboratory_meaning meaning;
    int64_t filed_seq; /* the event that holds what came with it; 0: not filed */
};
struct reconcile_message {
    struct feed_message *header;
    enum feed_reason fault; /* it could not be read */
    struct text said;
    struct laboratory_match match;
    struct participant *participant; /* whom it names; NULL: nobody known */
    struct reconcile_observation *observations;
    size_t observation_count;
};
MUST_USE bool reconcile_read(struct study *study, const struct caller *caller,
                             int64_t message, struct arena *arena,
                             struct reconcile_message *out, struct error *err);

/* A code or a unit that nobody has said the meaning of, in messages that wait. */
struct unknown_meaning {
    struct text feed;
    enum feed_rule_kind kind; /* CODE, UNIT, CHARSET */
    struct text from;         /* "PLT L"; a unit as written */
    struct text name;         /* the sender's name of the code */
    struct text unit;         /* in which it comes */
    const struct item *item;  /* of a unit */
    int64_t messages;
};
struct feed_map {
    const struct design *design;
    struct feed_rules rules; /* those that ended too */
    struct unknown_meaning *unknown;
    size_t unknown_count;
};
/* 'view feed state (no values)'. */
MUST_USE bool feed_map_read(struct study *study, const struct caller *caller,
                            struct arena *arena, struct feed_map *out,
                            struct error *err);

#endif
