/* The verbs of registers and of identity × 16 roles × own or other site: refused exactly
 * where the matrix says so. */
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/identity.h"
#include "actions/register.h"

static struct fixture study;
static struct caller crc;
static int64_t target_user, consent_form;

struct combination {
    struct caller caller;
    struct grant grant;
};

static struct act act_by(const struct combination *who,
                         bool (*decide)(struct act *, struct txn *, struct error *))
{
    return act_of(study.study, &who->caller, study.arena, decide);
}

/* A line of nobody, or that lacks what it needs: the right is asked first. */
static bool run_register_add(const struct combination *who, const char *name,
                             const char *role)
{
    const struct register_entry entry = {TEXT("ROLE"), text_of(role)};
    struct register_add verb = {.act = act_by(who, register_add),
                                .name = text_of(name),
                                .site = SITE,
                                .entries = &entry,
                                .entry_count = role[0] == '\0' ? 0 : 1};
    return act_run(&verb.act, &study.err);
}

static bool run_delegate(const struct combination *who)
{
    return run_register_add(who, "DELEG", "CRC");
}

static bool run_delegate_pi(const struct combination *who)
{
    return run_register_add(who, "DELEG", "PI");
}

static bool run_consent_form(const struct combination *who)
{
    return run_register_add(who, "ICFV", "");
}

static bool run_lot(const struct combination *who)
{
    return run_register_add(who, "LOT", "");
}

static bool run_configure(const struct combination *who)
{
    return run_register_add(who, "CONF", "");
}

/* Without a reason. */
static bool run_register_change(const struct combination *who,
                                bool (*decide)(struct act *, struct txn *,
                                               struct error *))
{
    struct register_change_line verb = {
        .act = act_by(who, decide), .name = TEXT("ICFV"), .line = consent_form};
    return act_run(&verb.act, &study.err);
}

static bool run_register_correct(const struct combination *who)
{
    return run_register_change(who, register_correct);
}

static bool run_register_end(const struct combination *who)
{
    return run_register_change(who, register_end);
}

static bool run_identity(const struct combination *who)
{
    struct identity_verify verb = {.act = act_by(who, identity_verify),
                                   .user = target_user};
    return act_run(&verb.act, &study.err);
}

// clang-format off
static const struct {
    const char *name;
    bool (*run)(const struct combination *who);
    enum permission permission;
    bool is_of_site;
} verbs[] = {
    {"register_add DELEG",       run_delegate,         PERMISSION_DELEGATE,             true},
    {"register_add ICFV",        run_consent_form,     PERMISSION_MANAGE_CONSENT_FORMS, true},
    {"register_add LOT",         run_lot,              PERMISSION_MANAGE_DEVICE_LOTS,   true},
    {"register_add CONF",        run_configure,        PERMISSION_CHANGE_CONFIGURATION, false},
    {"register_add DELEG, a PI", run_delegate_pi,      PERMISSION_MANAGE_USERS,         false},
    {"register_correct",         run_register_correct, PERMISSION_MANAGE_CONSENT_FORMS, true},
    {"register_end",             run_register_end,     PERMISSION_MANAGE_CONSENT_FORMS, true},
    {"identity_verify",          run_identity,         PERMISSION_MANAGE_USERS,         false},
};
// clang-format on

static void add_consent_form(void)
{
    const struct register_entry entries[] = {
        {TEXT("VERSION"), TEXT("1.0")},         {TEXT("LANGUAGE"), TEXT("zh")},
        {TEXT("COMMITTEE"), TEXT("SYNTHETIC")}, {TEXT("APPROVAL"), TEXT("SYN-1")},
        {TEXT("APPROVED"), TEXT("2026-10-01")}, {TEXT("IN_FORCE"), TEXT("2026-10-02")}};
    struct register_add verb = {
        .act = act_of(study.study, &crc, study.arena, register_add),
        .name = TEXT("ICFV"),
        .site = SITE,
        .entries = entries,
        .entry_count = ARRAY_COUNT(entries)};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    consent_form = verb.line;
}

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    add_consent_form();
    target_user = fixture_person(&study, "target", ROLE_RN).user;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static void walk_verbs(int role, bool is_own_site)
{
    struct combination who = {
        .caller = crc,
        .grant = {.role = (enum role)role, .site = is_own_site ? SITE : TEXT("02")}};
    who.caller.grants = &who.grant;
    who.caller.grant_count = 1;
    for (size_t i = 0; i < ARRAY_COUNT(verbs); i++) {
        struct text site = verbs[i].is_of_site ? SITE : (struct text){0};
        bool may = permission_allows(&who.grant, 1, verbs[i].permission, site, false);
        bool is_done = verbs[i].run(&who);
        bool is_refused = !is_done && study.err.code == ERROR_NOT_ALLOWED;
        if (may == is_refused)
            fail_msg("%s by %.*s at site %.*s: %s", verbs[i].name,
                     TEXT_ARG(role_code(who.grant.role)), TEXT_ARG(who.grant.site),
                     is_refused ? "was refused" : "was let through");
    }
}

static void every_verb_of_a_register_is_refused_exactly_where_the_matrix_says_so(
    void **state)
{
    (void)state;
    for (int role = 0; role < ROLE_COUNT; role++)
        for (int place = 0; place < 2; place++)
            walk_verbs(role, place == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            every_verb_of_a_register_is_refused_exactly_where_the_matrix_says_so),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
