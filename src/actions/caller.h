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

/* Why a role of a site does not act: what its line in the delegation log lacks, in the
 * order of how much (actions/delegation.h). */
// clang-format off
#define DELEGATION_LACK_TABLE(X)                                                           \
    X(COMPLETE,             "its line is in force", "授权行有效")                          \
    X(LATER,                "its line is not in force yet", "授权行尚未生效")              \
    X(NO_DEVICE_TRAINING,   "its line has no date of the IO device training",              \
      "授权行缺少骨髓腔器械培训日期")                                                      \
    X(NO_PROTOCOL_TRAINING, "its line has no protocol training with its date",             \
      "授权行缺少方案培训及日期")                                                          \
    X(NOT_ACCEPTED,         "its line is not accepted yet", "授权行尚未由本人接受")        \
    X(ENDED,                "its line has ended", "授权行已终止")                          \
    X(NO_LINE,              "the delegation log has no line of it", "授权分工表中没有该角色的授权行")
// clang-format on
enum delegation_lack {
#define X(name, english, chinese) DELEGATION_##name,
    DELEGATION_LACK_TABLE(X)
#undef X
};
struct label delegation_lack_label(enum delegation_lack lack);

struct resting_grant {
    struct grant grant;
    enum delegation_lack lack;
    int64_t at; /* since when it has ended, from when it is in force; else 0 */
};

struct caller {
    int64_t user; /* 0: the operator at the command line of the folder */
    struct text name;
    struct text full_name;
    const struct grant *grants;
    size_t grant_count;
    const struct resting_grant
        *resting; /* roles that the user has and that do not act */
    size_t resting_count;
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
