#ifndef OSTEON_STORE_AMENDMENT_H
#define OSTEON_STORE_AMENDMENT_H
/* Versions of the design as the log knows them: what was proposed, what is in force, and
 * which participants were moved to which version. Results live in `arena`. */
#include "store/event_content.h"
#include "store/reads.h"

enum proposal_state { PROPOSAL_OPEN, PROPOSAL_PUBLISHED, PROPOSAL_WITHDRAWN };

struct stored_proposal {
    int64_t seq;                     /* its number */
    struct design_proposed proposed; /* without the XML, except from proposal_read */
    int64_t user;                    /* who proposed it */
    int64_t proposed_at;
    enum proposal_state state;
    int64_t decided_by, decided_at; /* 0: not yet */
};

/* Oldest first. */
MUST_USE bool proposal_list(struct db *db, struct arena *arena,
                            struct stored_proposal **out, size_t *count,
                            struct error *err);
/* With its XML. `*found` NULL: there is no such proposal. */
MUST_USE bool proposal_read(struct db *db, int64_t seq, struct arena *arena,
                            struct stored_proposal **found, struct error *err);

struct stored_version {
    int64_t seq;
    struct text version;
    int64_t published_at;
    int64_t user;     /* who published it; 0: the program, with the folder */
    int64_t proposal; /* 0: it came with the folder */
};
/* Oldest first; the last is in force. */
MUST_USE bool version_list(struct db *db, struct arena *arena,
                           struct stored_version **out, size_t *count,
                           struct error *err);
/* The one that was in force at an instant; the first one before any was. */
MUST_USE bool version_at(struct db *db, int64_t instant, struct arena *arena,
                         struct text *version, struct error *err);

struct stored_move {
    int64_t seq;
    struct text version;
    struct text from_event; /* OID */
};
/* Of one participant, the latest first. */
MUST_USE bool move_list(struct db *db, int64_t participant, struct arena *arena,
                        struct stored_move **out, size_t *count, struct error *err);

#endif
