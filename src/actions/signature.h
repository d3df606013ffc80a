#ifndef OSTEON_ACTIONS_SIGNATURE_H
#define OSTEON_ACTIONS_SIGNATURE_H
/* Electronic signatures of a form and of a casebook (21 CFR 11.50 to 11.200).
 *
 * A signature has a meaning out of a closed list and is bound to the SHA-256 of what was
 * shown (model/signature_content.h). Whoever signs proves once more who sits there: with
 * the password, at the first signing of a sign-in with the name as well, and with the
 * second factor where there is one. It stands until an answer that it covers changes; then
 * it is shown as fallen, with what has changed since, and is asked for anew.
 *
 *     struct signature_make verb = {.act = act_of(study, caller, arena, signature_finish), …};
 *     signature_begin(&verb, err) && (signature_hash(&verb), act_run(&verb.act, err))
 */
#include "actions/act.h"
#include "model/signature_content.h"
#include "store/review.h"

/* A signature as it is shown, on every screen, print and export (11.50). */
struct signature_shown {
    struct stored_signature stored;
    struct text by_name, by_full_name;
    struct label meaning;
    bool stands;
    struct item_place *changed; /* of a form: what was changed since; when it fell */
    size_t changed_count;
};
struct signatures {
    struct signature_shown *at;
    size_t count;
};

/* Does a signature of the form as a whole, or of its casebook, stand? */
MUST_USE bool form_is_signed(struct db *db, int64_t participant, int64_t form,
                             struct arena *arena, bool *out, struct error *err);

/* Why nobody can sign now. */
// clang-format off
#define SIGNATURE_OBSTACLE_TABLE(X)                                                      \
    X(EMPTY,         "nothing is entered yet", "尚未录入任何数据")                       \
    X(PROVISIONAL,   "the record is provisional: attach it to a screening record first", \
                     "该记录为临时记录：请先关联至筛选记录")                             \
    X(REQUIRED,      "required items miss: answer them, or give the reason why not",     \
                     "有必填项缺失：请填写，或说明缺失原因")                             \
    X(SECOND_CHECKS, "critical values wait for their second check",                      \
                     "关键数据尚待二次核对")                                             \
    X(QUERIES,       "hard queries or conflicts stand open: settle them first",          \
                     "存在未解决的硬性质疑或数据冲突：请先解决")                         \
    X(SEALED,        "image readings are sealed until both readers have signed: nobody signs what is not shown", \
                     "影像判读在两位判读者均签名前处于封存状态：未显示的内容不能签名")     \
    X(DATABASE,      "the data base is locked", "数据库已锁定")
// clang-format on
enum signature_obstacle {
#define X(name, in_english, in_chinese) SIGNATURE_##name,
    SIGNATURE_OBSTACLE_TABLE(X)
#undef X
        SIGNATURE_OBSTACLES
};
struct label signature_obstacle_label(enum signature_obstacle obstacle);

/* What the caller would sign. */
struct signature_offer {
    bool may; /* the caller has the right; else nothing else is said */
    enum signature_meaning meaning;
    bool is_chinese;
    struct hash content;
    bool needs_name, needs_totp;
    bool stands[SIGNATURE_OBSTACLES]; /* in the way */
    bool is_signed_by_caller; /* a standing signature of this meaning is there */
};

struct signature_make {
    struct act act;
    struct form_key key;
    bool is_casebook;     /* of `key.participant`; else of the form */
    struct text meaning;  /* its name */
    struct text language; /* that it was shown in: "en", "zh" */
    struct text content;  /* SHA-256 in hexadecimal digits, of what was shown */
    struct text name;     /* at the first signing of a sign-in */
    struct text password, totp;

    int64_t seq; /* results */
    bool needs_totp;
    int64_t retry_after;

    struct text expected; /* between the parts */
    bool is_password_right;
};
MUST_USE bool signature_begin(struct signature_make *verb, struct error *err);
void signature_hash(struct signature_make *verb);
/* ERROR_CHANGED when what was shown is not what stands there now. */
MUST_USE bool signature_finish(struct act *act, struct txn *txn, struct error *err);

#endif
