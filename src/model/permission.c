#include "model/permission.h"

#include <string.h>

/* --- roles ------------------------------------------------------------------------ */

struct role_row {
    struct text code;
    struct label label;
    struct label sentence;
};

static const struct role_row roles[ROLE_COUNT] = {
#define X(code, english, chinese, sentence, sentence_chinese)                          \
    {TEXT_INIT(#code),                                                                 \
     {TEXT_INIT(english), TEXT_INIT(chinese)},                                         \
     {TEXT_INIT(sentence), TEXT_INIT(sentence_chinese)}},
    ROLE_TABLE(X)
#undef X
};

struct text role_code(enum role role)
{
    return roles[role].code;
}

bool role_parse(struct text code, enum role *out)
{
    for (size_t i = 0; i < ROLE_COUNT; i++)
        if (text_equal(roles[i].code, code)) {
            *out = (enum role)i;
            return true;
        }
    return false;
}

struct label role_label(enum role role)
{
    return roles[role].label;
}

struct label role_sentence(enum role role)
{
    return roles[role].sentence;
}

/* --- permissions ------------------------------------------------------------------ */

struct permission_row {
    struct label group;
    struct label label;
    char cells[2 * ROLE_COUNT]; /* "s s . a …": a letter and a blank a role */
};

// clang-format off
#define GROUP_VIEW      {TEXT_INIT("View"), TEXT_INIT("查看")}
#define GROUP_ENTER     {TEXT_INIT("Enter"), TEXT_INIT("录入")}
#define GROUP_REVIEW    {TEXT_INIT("Alarms, queries, review"), TEXT_INIT("警报、质疑与审核")}
#define GROUP_SIGN      {TEXT_INIT("Sign and lock"), TEXT_INIT("签名与锁定")}
#define GROUP_FEED      {TEXT_INIT("Feeds and import"), TEXT_INIT("接口与导入")}
#define GROUP_CONFIGURE {TEXT_INIT("Registers and configuration"), TEXT_INIT("登记册与配置")}
#define GROUP_ANALYSE   {TEXT_INIT("Analysis and export"), TEXT_INIT("分析与导出")}

static const struct permission_row permissions[PERMISSION_COUNT] = {
#define X(group, name, cells, english, chinese) \
    {GROUP_##group, {TEXT_INIT(english), TEXT_INIT(chinese)}, cells},
    PERMISSION_TABLE(X)
#undef X
};
// clang-format on

/* A row with a cell too few or too many does not compile. */
#define X(group, name, cells, english, chinese)                                        \
    _Static_assert(sizeof(cells) == 2 * ROLE_COUNT, #name " needs one cell a role");
PERMISSION_TABLE(X)
#undef X

struct text permission_name(enum permission permission)
{
    return permissions[permission].label.english;
}

struct label permission_label(enum permission permission)
{
    return permissions[permission].label;
}

struct label permission_group(enum permission permission)
{
    return permissions[permission].group;
}

bool permission_parse(struct text name, enum permission *out)
{
    for (size_t i = 0; i < PERMISSION_COUNT; i++)
        if (text_equal(permissions[i].label.english, name)) {
            *out = (enum permission)i;
            return true;
        }
    return false;
}

enum permission_scope permission_scope(enum permission permission, enum role role)
{
    switch (permissions[permission].cells[2 * (size_t)role]) {
    case 's': return PERMISSION_SCOPE_OWN_SITE;
    case 'a': return PERMISSION_SCOPE_ALL_SITES;
    case 't': return PERMISSION_SCOPE_OWN_TASK;
    default: return PERMISSION_SCOPE_NONE;
    }
}

char permission_scope_letter(enum permission_scope scope)
{
    switch (scope) {
    case PERMISSION_SCOPE_OWN_SITE: return 's';
    case PERMISSION_SCOPE_ALL_SITES: return 'a';
    case PERMISSION_SCOPE_OWN_TASK: return 't';
    case PERMISSION_SCOPE_NONE: break;
    }
    return '.';
}

/* --- answers ---------------------------------------------------------------------- */

static bool grant_allows(const struct grant *grant, enum permission permission,
                         struct text site, bool is_assigned)
{
    switch (permission_scope(permission, grant->role)) {
    case PERMISSION_SCOPE_ALL_SITES: return true;
    case PERMISSION_SCOPE_OWN_SITE:
        /* Two absent texts are equal, and yet no site is nobody's own site. */
        return !text_is_absent(site) && text_equal(grant->site, site);
    case PERMISSION_SCOPE_OWN_TASK: return is_assigned;
    case PERMISSION_SCOPE_NONE: break;
    }
    return false;
}

bool permission_allows(const struct grant *grants, size_t count,
                       enum permission permission, struct text site, bool is_assigned)
{
    for (size_t i = 0; i < count; i++)
        if (grant_allows(&grants[i], permission, site, is_assigned))
            return true;
    return false;
}

struct form_right {
    struct text form;
    enum permission permission;
};

static const struct form_right form_rights[] = {
    {TEXT_INIT("F.SCR"), PERMISSION_ENTER_SCR},
    {TEXT_INIT("F.ICF"), PERMISSION_ENTER_ICF},
    {TEXT_INIT("F.DM"), PERMISSION_ENTER_DM},
    {TEXT_INIT("F.MH"), PERMISSION_ENTER_MH},
    {TEXT_INIT("F.BL"), PERMISSION_ENTER_BL},
    {TEXT_INIT("F.IO"), PERMISSION_ENTER_IO},
    {TEXT_INIT("F.LID"), PERMISSION_ENTER_LID},
    {TEXT_INIT("F.INF"), PERMISSION_ENTER_INF},
    {TEXT_INIT("F.VA"), PERMISSION_ENTER_VA},
    {TEXT_INIT("F.VS"), PERMISSION_ENTER_VS},
    {TEXT_INIT("F.LB"), PERMISSION_ENTER_LB},
    {TEXT_INIT("F.SC"), PERMISSION_ENTER_SC},
    {TEXT_INIT("F.IM"), PERMISSION_ENTER_IM_STUDY},
    {TEXT_INIT("F.CX"), PERMISSION_ENTER_CX},
    {TEXT_INIT("F.SAE"), PERMISSION_ENTER_SAE},
    {TEXT_INIT("F.DD"), PERMISSION_ENTER_DD},
    {TEXT_INIT("F.REM"), PERMISSION_ENTER_REM},
    {TEXT_INIT("F.MB"), PERMISSION_ENTER_MB},
    {TEXT_INIT("F.CM"), PERMISSION_ENTER_CM},
    {TEXT_INIT("F.EF"), PERMISSION_ENTER_EF},
    {TEXT_INIT("F.FU"), PERMISSION_ENTER_FU},
    {TEXT_INIT("F.DTH"), PERMISSION_ENTER_DTH},
    {TEXT_INIT("F.PD"), PERMISSION_ENTER_PD},
    {TEXT_INIT("F.DA"), PERMISSION_ENTER_DA},
    {TEXT_INIT("F.EOS"), PERMISSION_ENTER_EOS},
};

bool permission_to_enter(struct text form_oid, enum permission *out)
{
    for (size_t i = 0; i < ARRAY_COUNT(form_rights); i++)
        if (text_equal(form_rights[i].form, form_oid)) {
            *out = form_rights[i].permission;
            return true;
        }
    return false;
}

/* --- two persons ------------------------------------------------------------------ */

#define BIT(role) (UINT32_C(1) << ROLE_##role)

const struct two_person_rule two_person_rules[] = {
    {PERMISSION_ATTACH_PROVISIONAL, BIT(PI) | BIT(INV) | BIT(CRC),
     BIT(PI) | BIT(INV) | BIT(CRC)},
    {PERMISSION_LOCK, BIT(DM), BIT(PI)},
    {PERMISSION_UNLOCK, BIT(DM), BIT(PI)},
    {PERMISSION_SIGN_DATABASE_LOCK, BIT(DM), BIT(PI)},
    {PERMISSION_ERASE, BIT(DM), BIT(PI)},
    {PERMISSION_PUBLISH_DESIGN, BIT(DM), BIT(PI)},
    {PERMISSION_CHANGE_CONFIGURATION, BIT(DM), BIT(PI)},
    {PERMISSION_PUBLISH_ANALYSIS_PLAN, BIT(STAT), BIT(PI)},
    {PERMISSION_RUN_RESTORE, BIT(ADM), BIT(DM)},
    {PERMISSION_RELEASE_REGISTRY_RESULTS, BIT(REG), BIT(PI)},
};
const size_t two_person_rule_count = ARRAY_COUNT(two_person_rules);

const struct two_person_rule *permission_two_person_rule(enum permission permission)
{
    for (size_t i = 0; i < two_person_rule_count; i++)
        if (two_person_rules[i].permission == permission)
            return &two_person_rules[i];
    return NULL;
}

/* Does a role of the set, held by this person, carry the right at `site`? */
static bool acts_as(const struct grant *grants, size_t count, uint32_t set,
                    enum permission permission, struct text site)
{
    for (size_t i = 0; i < count; i++)
        if ((set >> grants[i].role & 1) != 0 &&
            grant_allows(&grants[i], permission, site, false))
            return true;
    return false;
}

bool permission_pair_allows(const struct two_person_rule *rule, const struct grant *one,
                            size_t one_count, const struct grant *other,
                            size_t other_count, struct text site)
{
    enum permission permission = rule->permission;
    return (acts_as(one, one_count, rule->first, permission, site) &&
            acts_as(other, other_count, rule->second, permission, site)) ||
           (acts_as(one, one_count, rule->second, permission, site) &&
            acts_as(other, other_count, rule->first, permission, site));
}

/* --- roles held together ---------------------------------------------------------- */

bool grants_check(const struct grant *grants, size_t count, struct error *err)
{
    const uint32_t alone = BIT(ADM) | BIT(MON) | BIT(EC) | BIT(PAT);
    if (count == 0)
        return error_set(err, ERROR_REFUSED, "a user needs at least one role");
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            enum role one = grants[i].role;
            enum role other = grants[j].role;
            if (one == other || (alone >> one & 1) == 0)
                continue;
            error_set(err, ERROR_REFUSED, "the role %.*s is held with no other role",
                      TEXT_ARG(role_code(one)));
            return error_hint(err, "leave out %.*s or %.*s", TEXT_ARG(role_code(one)),
                              TEXT_ARG(role_code(other)));
        }
    return true;
}
