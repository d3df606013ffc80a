#ifndef OSTEON_ACTIONS_LOOKUP_H
#define OSTEON_ACTIONS_LOOKUP_H
/* Small readings beside the verbs, for what an answer shows along with its matter. */
#include "actions/caller.h"
#include "actions/study.h"

/* The caller as a user: what GET /api/me shows of the own account. */
MUST_USE bool lookup_self(struct study *study, const struct caller *caller,
                          struct arena *arena, struct user **out, struct error *err);

/* The sign-in name of a user; absent for the program (0). For who may see the record in
 * which the user appears. */
MUST_USE bool lookup_user_name(struct study *study, int64_t user, struct arena *arena,
                               struct text *out, struct error *err);
/* The user of a sign-in name, for the filter of the audit trail; 0 when there is none. */
MUST_USE bool lookup_user(struct study *study, struct text name, struct arena *arena,
                          int64_t *out, struct error *err);

/* The open proposal to attach a provisional participant, for who may see it; `to` 0 when
 * there is none. */
struct proposal {
    int64_t to;
    struct text by;
};
MUST_USE bool lookup_proposal(struct study *study, int64_t participant,
                              struct arena *arena, struct proposal *out,
                              struct error *err);

/* A participant by id, or NULL, whoever asks: for the gate of a route, which needs the site
 * before it can ask for the permission there. */
MUST_USE bool lookup_participant(struct study *study, int64_t id, struct arena *arena,
                                 struct participant **out, struct error *err);

#endif
