#ifndef OSTEON_STORE_VERIFY_H
#define OSTEON_STORE_VERIFY_H
/* Does the record hold? Recomputes the chain, opens every seal, makes all projections
 * anew in a scratch database outside the folder, and compares them row by row.
 *
 * Without the key ring the chain alone is checked, and the report says so. What is erased
 * holds: its events stay in the chain, unreadable. Findings name the event, or the table,
 * row and column; never a value.
 */
#include "store/checkpoint.h"
#include "store/store.h"

enum verify_fault {
    VERIFY_STRUCTURE,  /* the database file itself */
    VERIFY_MISSING,    /* numbers without an event */
    VERIFY_LINK,       /* an event does not follow the one before it */
    VERIFY_CHANGED,    /* an event is not what its hash says */
    VERIFY_SEAL,       /* an event's hash fits, its seal does not: chained anew */
    VERIFY_KEY,        /* a data key was changed, or is missing */
    VERIFY_CONTENT,    /* an event says what its kind cannot */
    VERIFY_LATER_KIND, /* an event of a later program: not read */
    VERIFY_ERASURE,    /* a key and the log do not agree on an erasure */
    VERIFY_CUT_OFF,    /* tables know of events behind the end of the log */
    VERIFY_TABLE,      /* a projection is not what the log says */
    VERIFY_SIGNATURE,  /* an electronic signature is not of what it was given for */
    VERIFY_CHECKPOINT  /* not the history that the checkpoint signed */
};

struct verify_finding {
    enum verify_fault fault;
    int64_t seq; /* the event; 0: none */
    struct text sentence;
};

struct verify_report {
    int64_t events;        /* in the log */
    int64_t erased_events; /* of them unreadable for good */
    int64_t seq;           /* the last */
    struct hash head;
    bool has_key;     /* else seals and projections were not checked */
    bool is_compared; /* the projections were; not when the log does not hold */
    int64_t rows_compared;
    int64_t
        tables_not_compared; /* of an earlier format: made anew at the next opening */
    bool is_signer_known;    /* the checkpoint's key is this folder's */
    const struct verify_finding *findings;
    size_t finding_count;
    int64_t findings_left_off; /* beyond the first hundred */
};

/* What a higher floor checks of the tables that were made anew from the log. It adds
 * findings; false only when it could not be done. */
struct verify;
typedef bool verify_examine_function(struct verify *verify, struct db *rebuilt,
                                     struct error *err);
void verify_found(struct verify *verify, enum verify_fault fault, int64_t seq,
                  struct text sentence);

/* Verifies the state a reader sees now; the folder may be in use. `checkpoint` may be
 * NULL. False only when it could not be done. */
MUST_USE bool verify_store(struct store *store, const struct checkpoint *checkpoint,
                           struct arena *arena, struct verify_report *out,
                           struct error *err);

/* A folder that is not open here, without changing it. `checkpoint_file` may be NULL. */
MUST_USE bool verify_folder(const struct store_options *options,
                            const char *checkpoint_file, struct arena *arena,
                            struct verify_report *out, struct error *err);

/* The same two, and what `examine` finds besides. */
MUST_USE bool verify_store_with(struct store *store,
                                const struct checkpoint *checkpoint,
                                verify_examine_function *examine, struct arena *arena,
                                struct verify_report *out, struct error *err);
MUST_USE bool verify_folder_with(const struct store_options *options,
                                 const char *checkpoint_file,
                                 verify_examine_function *examine, struct arena *arena,
                                 struct verify_report *out, struct error *err);

/* ERROR_DAMAGED with the first finding when it does not hold. */
MUST_USE bool verify_holds(const struct store_options *options, struct error *err);

#endif
