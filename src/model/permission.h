#ifndef OSTEON_MODEL_PERMISSION_H
#define OSTEON_MODEL_PERMISSION_H
/* Roles, permissions and the rules of the table (specification 8.1).
 *
 * A user holds grants: a role at a site. Several roles add up. Whether an act is
 * allowed is answered from one table, model/permission_table.h, and from nothing else:
 *
 *     if (!permission_allows(user->grants, user->grant_count, PERMISSION_ENTER_SCR,
 *                            participant->site, false))
 *         return error_set(err, ERROR_NOT_ALLOWED, …);
 *
 * Rules that need to know who did an earlier act (nobody closes a query on data they
 * entered; two persons are different people) are kept by the actions.
 */
#include "model/design.h"
#include "model/permission_table.h"

/* code, English, Chinese, sentence in English, sentence in Chinese */
// clang-format off
#define ROLE_TABLE(X)                                                                      \
    X(PI,   "Principal investigator", "主要研究者",                                        \
      "Answers for the study at the site: signs, enrols, delegates, locks.",               \
      "对本中心的研究负责：签名、入组、授权、锁定。")                                      \
    X(INV,  "Investigator", "研究者",                                                      \
      "Judges eligibility, obtains consent, enrols, grades events and signs forms.",       \
      "判断入排、获取知情同意、入组、评定事件并签署表单。")                                \
    X(OPR,  "Operator", "操作者",                                                          \
      "Places the needle and runs the bedside timer.",                                     \
      "实施骨髓腔穿刺并使用床旁计时器。")                                                  \
    X(RN,   "Bedside nurse", "床旁护士",                                                   \
      "Enters what happens at the bedside: timer, infusion, vital signs, site checks.",    \
      "录入床旁情况：计时、输注、生命体征、穿刺点检查。")                                  \
    X(CRC,  "Study coordinator", "研究协调员",                                             \
      "Screens, enters the forms and answers queries.",                                    \
      "筛选受试者、录入表单并答复质疑。")                                                  \
    X(LAB,  "Laboratory", "实验室",                                                        \
      "Enters and releases laboratory and culture results.",                               \
      "录入并发布检验与培养结果。")                                                        \
    X(IMG,  "Imaging reader", "影像判读者",                                                \
      "Reads the images assigned to them, blind to outcome and to the other reader.",      \
      "判读分配给本人的影像，对结局和另一判读者设盲。")                                    \
    X(ADJ,  "Adjudicator", "裁定者",                                                       \
      "Decides where two readers differ, on the cases assigned to them.",                  \
      "对分配给本人的病例，在两份判读不一致时作出裁定。")                                  \
    X(SAF,  "Safety physician", "安全医师",                                                \
      "Reviews the safety of all sites and reports serious adverse events.",               \
      "审核各中心的安全性并上报严重不良事件。")                                            \
    X(DM,   "Data manager", "数据管理员",                                                  \
      "Keeps the data of all sites clean: queries, imports, freeze and lock. Sees no identity.", \
      "维护各中心数据质量：质疑、导入、冻结与锁定。不可查看身份信息。")                    \
    X(MON,  "Monitor", "监查员",                                                           \
      "Checks a site's data against the source. Sees no identity.",                        \
      "对照源文件核查本中心数据。不可查看身份信息。")                                      \
    X(STAT, "Statistician", "统计师",                                                      \
      "Analyses the pseudonymised data of all sites. Sees no identity.",                   \
      "分析各中心的假名化数据。不可查看身份信息。")                                        \
    X(REG,  "Registry officer", "注册专员",                                                \
      "Prepares and releases the registry results. Sees totals only.",                     \
      "准备并发布注册平台结果。仅可查看汇总数据。")                                        \
    X(EC,   "Ethics committee reader", "伦理委员会查阅者",                                 \
      "Reads totals, serious events and the audit trail of the site.",                     \
      "查阅本中心的汇总数据、严重事件与稽查轨迹。")                                        \
    X(ADM,  "Administrator", "系统管理员",                                                 \
      "Manages users, keys, feeds and back-ups. Sees no clinical data.",                   \
      "管理用户、密钥、接口与备份。不可查看临床数据。")                                    \
    X(PAT,  "Participant", "受试者",                                                       \
      "Reads the own consent and may withdraw.",                                           \
      "查看本人知情同意，可随时撤回。")
// clang-format on

enum role {
#define X(code, english, chinese, sentence, sentence_chinese) ROLE_##code,
    ROLE_TABLE(X)
#undef X
};

enum {
#define X(code, english, chinese, sentence, sentence_chinese) +1
    ROLE_COUNT = 0 ROLE_TABLE(X)
#undef X
};

/* "CRC" */
struct text role_code(enum role role);
bool role_parse(struct text code, enum role *out);
struct label role_label(enum role role);    /* "Study coordinator" */
struct label role_sentence(enum role role); /* what the role does */

enum permission {
#define X(group, name, cells, english, chinese) PERMISSION_##name,
    PERMISSION_TABLE(X)
#undef X
};

enum {
#define X(group, name, cells, english, chinese) +1
    PERMISSION_COUNT = 0 PERMISSION_TABLE(X)
#undef X
};

enum permission_scope {
    PERMISSION_SCOPE_NONE,
    PERMISSION_SCOPE_OWN_TASK, /* t */
    PERMISSION_SCOPE_OWN_SITE, /* s */
    PERMISSION_SCOPE_ALL_SITES /* a */
};

/* The English name is the one in the specification: "enter SCR". */
struct text permission_name(enum permission permission);
struct label permission_label(enum permission permission);
struct label permission_group(enum permission permission); /* "View" */
bool permission_parse(struct text name, enum permission *out);

enum permission_scope permission_scope(enum permission permission, enum role role);
/* 's', 'a', 't' or '.': the cell as printed. */
char permission_scope_letter(enum permission_scope scope);

/* A role of one user. The site is absent for a role that is held for no site. */
struct grant {
    enum role role;
    struct text site;
};

/* May the holder of these grants do this? `site` is where the record is; absent for an
 * act that belongs to no site, which needs scope a. `is_assigned`: the record is
 * assigned to this user by name; only that answers for scope t, at whatever site. */
bool permission_allows(const struct grant *grants, size_t count,
                       enum permission permission, struct text site, bool is_assigned);

/* The right to enter a form: PERMISSION_ENTER_SCR for "F.SCR". For F.MH the right to the
 * whole form (MH.ALLID has one of its own), for F.IM the right to the study part. False
 * for a form the table does not know: nobody may enter it. */
bool permission_to_enter(struct text form_oid, enum permission *out);

/* An act that two people do together, one from each set of roles, in any order. */
struct two_person_rule {
    enum permission permission;
    uint32_t first;  /* bit 1 << role */
    uint32_t second; /* the same set as `first`: any two people of it */
};
extern const struct two_person_rule two_person_rules[];
extern const size_t two_person_rule_count;
/* NULL when one person is enough. */
const struct two_person_rule *permission_two_person_rule(enum permission permission);

/* Do these two holders make the pair the rule asks for, each with the right at `site`?
 * That they are different people is for the caller to see to. */
bool permission_pair_allows(const struct two_person_rule *rule, const struct grant *one,
                            size_t one_count, const struct grant *other,
                            size_t other_count, struct text site);

/* ADM, MON and EC are held with no other role; PAT with none. The same role at several
 * sites is one role. ERROR_REFUSED names the two that do not go together, or says that
 * a user needs a role. */
MUST_USE bool grants_check(const struct grant *grants, size_t count, struct error *err);

#endif
