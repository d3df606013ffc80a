#ifndef OSTEON_STORE_VERIFY_INSIDE_H
#define OSTEON_STORE_VERIFY_INSIDE_H
/* Inside of verify: verify.c leads, verify_log.c walks the chain and rebuilds,
 * verify_tables.c compares, verify_feeds.c opens what feeds sent. */
#include "store/store_inside.h"
#include "store/verify.h"

enum { FINDINGS_MOST = 100 };

struct verify {
    struct store *store;
    struct db *live;    /* a reader */
    struct db *scratch; /* the rebuilt projections; NULL without the key ring */
    const struct checkpoint *checkpoint;
    verify_examine_function *examine; /* or NULL */
    struct arena *arena;              /* of the report */
    struct verify_report *report;
    struct verify_finding *findings;
    struct hash checkpoint_hash; /* of the event at the checkpoint's number */
    bool has_checkpoint_hash;
    bool is_earlier_format; /* of the projections as they stand */
};

void verify_add(struct verify *verify, enum verify_fault fault, int64_t seq,
                const char *format, ...) PRINTF_LIKE(4, 5);

/* Both add findings; false only when the database fails. */
MUST_USE bool verify_log(struct verify *verify, struct error *err);
MUST_USE bool verify_tables(struct verify *verify, struct error *err);

/* Where the projections were made anew. */
MUST_USE bool verify_feeds(struct verify *verify, struct error *err);

/* Walks the log of `live` and makes all projections in `scratch`, which has the tables and
 * is within a transaction. The report tells what does not hold. */
MUST_USE bool verify_rebuild(struct store *store, struct db *live, struct db *scratch,
                             struct arena *arena, struct verify_report *out,
                             struct error *err);

#endif
