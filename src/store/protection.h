#ifndef OSTEON_STORE_PROTECTION_H
#define OSTEON_STORE_PROTECTION_H
/* What protects accounts (21 CFR 11.300(b), (d)): how long a password lasts, which ones
 * were used before, and events that may be misuse. Read from the log itself by an index of
 * a few kinds; nothing of it is kept a second time. Results live in `arena`.
 */
#include "store/reads.h"

/* PASSWORD_RULES_SET */
struct password_rules {
    int64_t longest_days; /* then the person has to choose another one; 0: never */
    int64_t
        remembered; /* how many of the last ones, the present one too, are refused */
    struct text reason;
};

/* MISUSE_REVIEWED: somebody who manages users has looked at all signs of misuse up to an
 * event, and says what came of it. */
struct misuse_reviewed {
    int64_t through;
    struct text note;
};

/* NULL: nobody has set any. Its content is a password_rules. */
MUST_USE bool password_rules_latest(struct db *db, struct arena *arena,
                                    struct log_row **found, struct error *err);
/* NULL: nobody has looked. Its content is a misuse_reviewed. */
MUST_USE bool misuse_latest_review(struct db *db, struct arena *arena,
                                   struct log_row **found, struct error *err);

/* The argon2id texts of the passwords that a user has set, the latest first, at most
 * `most`. */
MUST_USE bool passwords_of(struct db *db, int64_t user, int64_t most,
                           struct arena *arena, struct text **out, size_t *count,
                           struct error *err);

/* SIGN_IN_FAILED and ACCESS_REFUSED after an event, in order, at most `most`. One about an
 * erased participant has no content. */
MUST_USE bool misuse_events(struct db *db, int64_t after, int64_t most,
                            struct arena *arena, struct log_row **out, size_t *count,
                            struct error *err);

#endif
