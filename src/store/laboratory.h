#ifndef OSTEON_STORE_LABORATORY_H
#define OSTEON_STORE_LABORATORY_H
/* Whose results a laboratory's messages are, what senders mean by their codes and units, and
 * what came with each result: PATIENT_LINKED, PATIENT_UNLINKED, FEED_RULE_SET,
 * FEED_RULE_ENDED, RESULTS_RECEIVED.
 *
 * A patient's number is identity: it stands sealed in the event, with the participant's
 * key, and in its table only as a digest under a key of the study. What came with a result
 * stands beside the answer: the current one in `received_result`, all of them on the log.
 */
#include "store/event_content.h"

struct db;

/* PATIENT_LINKED, PATIENT_UNLINKED: who a sender's patient number is. */
struct patient_linked {
    struct text number, authority; /* PID-3: the number and who gave it; may be empty */
    struct text name;              /* as the vault has it; absent: not told */
    int64_t message;               /* that named the number so; 0: typed */
    struct text reason;
};

/* What a person says that a feed means. Stored, so never renumbered. */
enum feed_rule_kind {
    FEED_RULE_CODE = 0, /* `from` code and system, `to` item, or empty: not collected */
    FEED_RULE_UNIT = 1, /* `from` unit as written, of results of `item`, `to` UCUM */
    FEED_RULE_CHARSET = 2,     /* `to` its name; `from` empty */
    FEED_RULE_UNSCHEDULED = 3, /* `from` number of a message: file it as unscheduled */
    FEED_RULE_KINDS
};

/* FEED_RULE_SET: its number is that of the event. */
struct feed_rule_set {
    struct text feed;
    enum feed_rule_kind kind;
    struct text item; /* of a unit; else absent */
    struct text from, to;
    struct text reason;
};

/* FEED_RULE_ENDED */
struct feed_rule_ended {
    int64_t rule;
    struct text reason;
};

/* What came with one result. Texts as they came. */
struct result_received {
    struct text item;
    int64_t observation;   /* which OBX of the message, from 1 */
    struct text code;      /* the sender's, with its system */
    struct text value;     /* "<0.02"; absent: none */
    struct text unit;      /* absent: none */
    struct text factor;    /* what its number was multiplied with; absent: not filed */
    struct text range;     /* reference range as written; absent: none */
    struct text low, high; /* of it, in the item's unit; absent: not understood */
    struct text flags, status;
    struct text specimen;  /* accession number */
    struct text draw_site; /* code of CL.SPEC; absent: not told */
    int64_t collected;     /* instant */
    int64_t reported;      /* when the laboratory sent it: the message's time */
};

/* RESULTS_RECEIVED: of one form instance, before the save that files them. */
struct results_received {
    struct form_key key;
    int64_t message;
    const struct result_received *results;
    size_t result_count;
};

/* --- questions; results live in `arena` --------------------------------------------------- */

/* Whose number it is; `*participant` 0: nobody's. `*seq` of the link. */
MUST_USE bool patient_link_find(struct db *db, struct text number,
                                struct text authority, int64_t *participant,
                                int64_t *seq, struct error *err);
struct stored_feed_rule {
    int64_t seq;
    struct feed_rule_set rule;
    int64_t user, set_at;
    int64_t ended; /* the event that ended it; 0: in force */
};
struct feed_rules {
    struct stored_feed_rule *at;
    size_t count;
};
/* Of a feed (absent: of all), the oldest first, those that ended only where wanted. */
MUST_USE bool feed_rules_read(struct db *db, struct text feed, bool with_ended,
                              struct arena *arena, struct feed_rules *out,
                              struct error *err);
/* NULL: none is in force. `item` absent: of no item. */
const struct stored_feed_rule *feed_rule_among(const struct feed_rules *rules,
                                               enum feed_rule_kind kind,
                                               struct text item, struct text from);

struct stored_result {
    struct form_key key;
    int64_t message, seq;
    struct result_received received;
};
struct stored_results {
    struct stored_result *at;
    size_t count;
};
/* The latest of each item, of one participant. */
MUST_USE bool received_results_read(struct db *db, int64_t participant,
                                    struct arena *arena, struct stored_results *out,
                                    struct error *err);
/* NULL: nothing came for the item there. */
const struct stored_result *received_result_among(const struct stored_results *results,
                                                  const struct form_key *key,
                                                  struct text item);

/* The digest under which a number stands in the table. */
MUST_USE bool patient_digest(struct db *db, struct text number, struct text authority,
                             struct hash *out, struct error *err);

#endif
