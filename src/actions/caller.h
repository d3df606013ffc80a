#ifndef OSTEON_ACTIONS_CALLER_H
#define OSTEON_ACTIONS_CALLER_H
/* Who asks, from where, and what they may do. Every verb takes a caller and asks it
 * before anything else, whatever the route table has asked already (defence in depth).
 *
 * A refusal is ERROR_NOT_ALLOWED with a sentence. It is put on the log as ACCESS_REFUSED:
 * by act.h for the verbs that write, by `caller_refused` for those that only read.
 *
 *     if (!caller_must(caller, PERMISSION_VIEW_CASEBOOK, participant->site, assigned, err))
 *         return caller_refused(study, caller, participant->id, err);
 */
#include "base/limits.h"
#include "model/user.h"
#include "store/event_content.h"

struct study;

struct caller {
    int64_t user; /* 0: the operator at the command line of the folder */
    struct text name;
    struct text full_name;
    const struct grant *grants;
    size_t grant_count;
    const int64_t *assigned; /* participants assigned to this user by name (scope t) */
    size_t assigned_count;
    struct text language; /* "en", "zh" */
    struct text device;
    struct text client;  /* network address; absent at the command line */
    struct hash session; /* of the session's token; zero at the command line */
};

/* Whoever owns the folder and its key acts as administrator from the command line, and
 * as nothing else: no clinical data. `device` says so in the log. */
struct caller caller_operator(struct text device);

bool caller_may(const struct caller *caller, enum permission permission,
                struct text site, bool is_assigned);
bool caller_is_assigned(const struct caller *caller, int64_t participant);

/* ERROR_NOT_ALLOWED names the permission, the roles that hold it and the site. */
MUST_USE bool caller_must(const struct caller *caller, enum permission permission,
                          struct text site, bool is_assigned, struct error *err);

/* The permission for one participant: at its site, assigned or not. */
MUST_USE bool caller_must_for(const struct caller *caller, enum permission permission,
                              const struct participant *participant, struct error *err);

/* At some site, or for what is assigned by name: for lists, which show what it covers. */
MUST_USE bool caller_must_somewhere(const struct caller *caller,
                                    enum permission permission, struct error *err);

/* Puts the refusal in `err` on the log without waiting. Returns false. */
bool caller_refused(struct study *study, const struct caller *caller,
                    int64_t participant, const struct error *err);

/* What stands beside each of the caller's events. */
struct origin caller_origin(const struct caller *caller);

/* At most `most` bytes, cut between two characters; absent becomes empty. */
struct text text_clip(struct text t, size_t most);

/* The sites where the caller holds the permission: `*all` with scope a, else a list in
 * `arena` (for lists of participants). */
void caller_sites(const struct caller *caller, enum permission permission,
                  struct arena *arena, bool *all, const struct text **sites,
                  size_t *count);

#endif
