#ifndef OSTEON_ACTIONS_MISUSE_H
#define OSTEON_ACTIONS_MISUSE_H
/* Signs that somebody uses an account without right (21 CFR 11.300(d)), for who manages
 * users: they are on the log as they happen, this counts what the log says since somebody
 * last looked. Nothing of it is kept a second time.
 */
#include "actions/act.h"
#include "store/protection.h"

/* A sign of misuse. */
// clang-format off
#define MISUSE_TABLE(X)                                                                    \
    X(SIGN_INS, "sign_ins", "Sign-ins with one name failed, one after the other",          \
      "同一用户名连续登录失败")                                                            \
    X(ADDRESS,  "address",  "Sign-ins with several names failed from one address",         \
      "同一地址以多个用户名登录失败")                                                      \
    X(ENDED,    "ended",    "A sign-in was used after it had been ended",                  \
      "已终止的登录仍被使用")                                                              \
    X(REFUSED,  "refused",  "Somebody tried what the role does not allow",                 \
      "尝试超出角色权限的操作")
// clang-format on
enum misuse_sign {
#define X(name, code, english, chinese) MISUSE_##name,
    MISUSE_TABLE(X)
#undef X
};
const char *misuse_code(enum misuse_sign sign); /* "sign_ins" */
struct label misuse_label(enum misuse_sign sign);

/* Failures with one name, or with different names from one address, that are a sign: the
 * one that brings the first delay (throttle.h). One hour without a failure begins anew. */
enum { MISUSE_FAILURES = 3, MISUSE_GAP_SECONDS = 60 * 60 };

/* What ACCESS_REFUSED says of a sign-in that was ended. */
#define MISUSE_ENDED_WHY "a sign-in that was ended was used"

struct misuse {
    enum misuse_sign sign;
    int64_t user;       /* whose account; 0: nobody's */
    struct text name;   /* of the account; absent: nobody's, or an address */
    struct text client; /* the latest address; absent: the command line */
    struct text why;    /* of a refusal: the latest one */
    int64_t count;      /* failures, uses, refusals; of an address: names */
    int64_t first_at, last_at;
    int64_t last_seq;
};

/* Groups events, which are in order, into signs: latest first, in `arena`. A pure
 * function, without the names of accounts. */
void misuse_find(const struct log_row *events, size_t count, struct arena *arena,
                 struct misuse **out, size_t *out_count);

struct misuse_shown {
    struct misuse *list;
    size_t count;
    bool has_more;   /* there are more events than are read at once */
    int64_t through; /* the last event that was read: what a review covers */
    const struct user *reviewed_by; /* NULL: nobody has looked yet */
    int64_t reviewed_at;
    struct text note;
};
/* ERROR_NOT_ALLOWED: the caller does not manage users. */
MUST_USE bool misuse_read(struct study *study, const struct caller *caller,
                          struct arena *arena, struct misuse_shown *out,
                          struct error *err);

/* Says what came of all signs up to an event; they are not counted any more. ERROR_CHANGED:
 * somebody has looked at them meanwhile. */
struct misuse_review {
    struct act act;
    int64_t through;
    struct text note;
};
MUST_USE bool misuse_review(struct act *act, struct txn *txn, struct error *err);

/* For the gate: a token that opens nothing was sent from `client`. Put on the log, without
 * waiting, when it is that of a sign-in which was ended more than a minute ago; once. */
void misuse_ended_session(struct study *study, struct text token, struct text client);

#endif
