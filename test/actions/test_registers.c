/* Registers: who keeps each, what its lines need, and what they do: the delegation log
 * gates the roles of its site, a consent form that is superseded is caught, what the
 * configuration says is what the rules read. All of it is SYNTHETIC. */
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/configuration.h"
#include "actions/delegation.h"
#include "actions/identity.h"
#include "actions/register.h"
#include "actions/session.h"

#include <stdarg.h>
#include <string.h>

static struct fixture study;
static struct caller admin, pi, inv, crc, dm, mon;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    admin = fixture_person(&study, "admin", ROLE_ADM);
    pi = fixture_person(&study, "pi", ROLE_PI);
    inv = fixture_person(&study, "inv", ROLE_INV);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    dm = fixture_person(&study, "dm", ROLE_DM);
    mon = fixture_person(&study, "mon", ROLE_MON);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close_held(&study);
    return 0;
}

/* --- steps ---------------------------------------------------------------------------- */

enum { MOST_ENTRIES = 16 };
struct entries {
    struct register_entry at[MOST_ENTRIES];
    size_t count;
};

/* field, value, field, value …, NULL */
static struct entries entries_of(va_list list)
{
    struct entries out = {.count = 0};
    for (const char *field = va_arg(list, const char *); field != NULL;
         field = va_arg(list, const char *)) {
        assert_true(out.count < MOST_ENTRIES);
        out.at[out.count++] = (struct register_entry){
            text_of(field), text_of(va_arg(list, const char *))};
    }
    return out;
}

static bool add(const struct caller *by, const char *name, const char *person,
                int64_t *line, ...)
{
    va_list list;
    va_start(list, line);
    struct entries entries = entries_of(list);
    va_end(list);
    struct register_add verb = {.act =
                                    act_of(study.study, by, study.arena, register_add),
                                .name = text_of(name),
                                .site = SITE,
                                .person = text_of(person),
                                .document = TEXT("SYNTHETIC letter of appointment"),
                                .entries = entries.at,
                                .entry_count = entries.count};
    bool is_done = act_run(&verb.act, &study.err);
    *line = verb.line;
    return is_done;
}

static int64_t latest_of(const char *name, int64_t line)
{
    struct register_list list;
    ASSERT_OK(
        register_read(study.study, &pi, text_of(name), study.arena, &list, &study.err),
        &study.err);
    for (size_t i = 0; i < list.count; i++)
        if (list.lines[i].line->id == line)
            return register_line_latest(list.lines[i].line);
    return 0;
}

/* Most people here have no password: that it is asked for has tests of its own. */
static bool agree(const struct caller *by, const char *name, int64_t line)
{
    struct register_agree verb = {
        .act = act_of(study.study, by, study.arena, register_agree),
        .name = text_of(name),
        .line = line,
        .seen = latest_of(name, line),
        .is_proven = true};
    return act_run(&verb.act, &study.err);
}

static bool correct(const struct caller *by, const char *name, int64_t line,
                    const char *field, const char *value)
{
    const struct register_entry entry = {text_of(field), text_of(value)};
    struct register_change_line verb = {
        .act = act_of(study.study, by, study.arena, register_correct),
        .name = text_of(name),
        .line = line,
        .reason = TEXT("SYNTHETIC slip of the pen"),
        .entries = &entry,
        .entry_count = 1};
    return act_run(&verb.act, &study.err);
}

static bool end(const struct caller *by, const char *name, int64_t line, const char *on)
{
    struct register_change_line verb = {
        .act = act_of(study.study, by, study.arena, register_end),
        .name = text_of(name),
        .line = line,
        .reason = TEXT("SYNTHETIC reason"),
        .ends_on = text_of(on)};
    return act_run(&verb.act, &study.err);
}

static void assert_refused(bool is_done, enum error_code code, const char *words)
{
    assert_false(is_done);
    assert_int_equal(study.err.code, code);
    if (strstr(study.err.text, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", study.err.text, words);
}

/* As a request of his would find him. */
static struct caller gated(const struct caller *person)
{
    struct caller caller = *person;
    ASSERT_OK(delegation_apply(study.study, study.arena, &caller, &study.err),
              &study.err);
    return caller;
}

static bool may_screen(const struct caller *person)
{
    struct caller caller = gated(person);
    return caller_must(&caller, PERMISSION_ENTER_SCR, SITE, false, &study.err);
}

static int64_t pi_line(void)
{
    int64_t line = 0;
    ASSERT_OK(add(&admin, "DELEG", "pi", &line, "ROLE", "PI", "TASKS", "all",
                  "PROTOCOL", "1.0", "PROTOCOL_DATE", "2026-11-01", "DEVICE_DATE",
                  "2026-11-02", "IN_FORCE", "2026-11-22", NULL),
              &study.err);
    return line;
}

static int64_t crc_line(const char *in_force)
{
    int64_t line = 0;
    ASSERT_OK(add(&pi, "DELEG", "crc", &line, "ROLE", "CRC", "TASKS", "enters forms",
                  "PROTOCOL", "1.0", "PROTOCOL_DATE", "2026-11-03", "IN_FORCE",
                  in_force, NULL),
              &study.err);
    return line;
}

/* --- agreeing is signing --------------------------------------------------------------- */

#define PASSWORD "SYNTHETIC three owls"

static struct caller signer;

/* A line about somebody with a password. */
static int64_t line_of_signer(void)
{
    int64_t line = 0;
    signer = fixture_member(&study, "signer", ROLE_CRC, PASSWORD);
    ASSERT_OK(add(&pi, "DELEG", "signer", &line, "ROLE", "CRC", "TASKS", "enters forms",
                  "PROTOCOL", "1.0", "PROTOCOL_DATE", "2026-11-03", "IN_FORCE",
                  "2026-11-05", NULL),
              &study.err);
    return line;
}

static bool sign(int64_t line, int64_t seen, const char *name, const char *password)
{
    struct register_agree verb = {
        .act = act_of(study.study, &signer, study.arena, register_agree),
        .name = TEXT("DELEG"),
        .line = line,
        .seen = seen,
        .signer = text_of(name),
        .password = text_of(password)};
    if (!register_agree_begin(&verb, &study.err))
        return false;
    register_agree_hash(&verb);
    return act_run(&verb.act, &study.err);
}

static void agreeing_takes_name_and_password_once_more(void **state)
{
    (void)state;
    int64_t line = line_of_signer();
    ASSERT_ERROR(sign(line, line, "", PASSWORD), &study.err, ERROR_REFUSED);
    ASSERT_ERROR(sign(line, line, "pi", PASSWORD), &study.err, ERROR_REFUSED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_REGISTER_LINE_AGREED), 0);
    ASSERT_OK(sign(line, line, "signer", PASSWORD), &study.err);
    assert_int_equal(fixture_events(&study, LOG_EVENT_REGISTER_LINE_AGREED), 1);
}

static void a_wrong_password_agrees_to_nothing_and_counts_as_a_failed_sign_in(
    void **state)
{
    (void)state;
    int64_t line = line_of_signer();
    ASSERT_ERROR(sign(line, line, "signer", "SYNTHETIC wrong one"), &study.err,
                 ERROR_REFUSED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SIGN_IN_FAILED), 1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_REGISTER_LINE_AGREED), 0);
}

static void nobody_agrees_to_what_he_did_not_see(void **state)
{
    (void)state;
    int64_t line = line_of_signer();
    ASSERT_OK(correct(&pi, "DELEG", line, "TASKS", "enters two forms"), &study.err);
    ASSERT_ERROR(sign(line, line, "signer", PASSWORD), &study.err, ERROR_CHANGED);
    ASSERT_OK(sign(line, latest_of("DELEG", line), "signer", PASSWORD), &study.err);
}

/* --- the delegation log --------------------------------------------------------------- */

static void without_a_line_of_the_pi_nothing_is_gated(void **state)
{
    (void)state;
    bool is_kept = true;
    assert_true(may_screen(&crc));
    ASSERT_OK(delegation_is_kept(study.study, SITE, &is_kept, &study.err), &study.err);
    assert_false(is_kept);
}

static void with_the_line_of_the_pi_a_role_without_one_rests(void **state)
{
    (void)state;
    bool is_kept = false;
    pi_line();
    ASSERT_OK(delegation_is_kept(study.study, SITE, &is_kept, &study.err), &study.err);
    assert_true(is_kept);
    assert_true(may_screen(&pi));
    assert_refused(may_screen(&crc), ERROR_NOT_ALLOWED,
                   "the delegation log has no line of it");
    assert_true(strstr(study.err.hint, "principal investigator") != NULL);
    /* The roles of no site stay. */
    struct caller manager = gated(&dm);
    assert_true(caller_may(&manager, PERMISSION_CLOSE_QUERY, SITE, false));
    struct caller monitor = gated(&mon);
    assert_true(caller_may(&monitor, PERMISSION_VIEW_CASEBOOK, SITE, false));
}

static void a_line_acts_once_its_person_has_accepted_it(void **state)
{
    (void)state;
    pi_line();
    int64_t line = crc_line("2026-11-22");
    assert_refused(may_screen(&crc), ERROR_NOT_ALLOWED, "is not accepted yet");
    assert_refused(agree(&inv, "DELEG", line), ERROR_NOT_ALLOWED,
                   "by whom it is about");
    assert_refused(agree(&pi, "DELEG", line), ERROR_NOT_ALLOWED, "by whom it is about");
    /* Although the role rests: it is the own line. */
    struct caller resting = gated(&crc);
    ASSERT_OK(agree(&resting, "DELEG", line), &study.err);
    assert_true(may_screen(&crc));
    assert_refused(agree(&crc, "DELEG", line), ERROR_CHANGED, "already");
    fixture_reopen(&study);
    assert_true(may_screen(&crc));
    assert_false(may_screen(&inv));
}

static void a_line_to_come_and_one_that_has_ended_do_not_act(void **state)
{
    (void)state;
    pi_line();
    int64_t line = crc_line("2026-11-24");
    ASSERT_OK(agree(&crc, "DELEG", line), &study.err);
    assert_refused(may_screen(&crc), ERROR_NOT_ALLOWED,
                   "is not in force yet but from 2026-11-23"); /* 24 at the site */
    fixture_pass(&study, 2 * DAY);
    assert_true(may_screen(&crc));
    ASSERT_OK(end(&pi, "DELEG", line, "2026-11-26"), &study.err);
    assert_true(may_screen(&crc));
    fixture_pass(&study, 2 * DAY);
    assert_refused(may_screen(&crc), ERROR_NOT_ALLOWED, "has ended on 2026-11-25");
    assert_refused(end(&pi, "DELEG", line, "2026-11-26"), ERROR_CHANGED, "ended");
}

static void a_missing_training_rests_the_role_until_it_is_dated(void **state)
{
    (void)state;
    int64_t line = 0;
    pi_line();
    ASSERT_OK(add(&pi, "DELEG", "inv", &line, "ROLE", "INV", "TASKS", "enrols",
                  "IN_FORCE", "2026-11-22", NULL),
              &study.err);
    ASSERT_OK(agree(&inv, "DELEG", line), &study.err);
    assert_refused(may_screen(&inv), ERROR_NOT_ALLOWED, "no protocol training");
    ASSERT_OK(correct(&pi, "DELEG", line, "PROTOCOL", "1.0"), &study.err);
    ASSERT_OK(correct(&pi, "DELEG", line, "PROTOCOL_DATE", "2026-11-03"), &study.err);
    assert_refused(may_screen(&inv), ERROR_NOT_ALLOWED, "is not accepted yet");
    ASSERT_OK(agree(&inv, "DELEG", line), &study.err);
    assert_refused(may_screen(&inv), ERROR_NOT_ALLOWED, "IO device training");
    ASSERT_OK(correct(&pi, "DELEG", line, "DEVICE_DATE", "2026-11-04"), &study.err);
    ASSERT_OK(agree(&inv, "DELEG", line), &study.err);
    assert_true(may_screen(&inv));
}

static void the_gate_stays_when_the_pi_has_gone(void **state)
{
    (void)state;
    int64_t line = pi_line();
    fixture_pass(&study, 2 * DAY);
    ASSERT_OK(end(&admin, "DELEG", line, "2026-11-23"), &study.err);
    assert_refused(may_screen(&pi), ERROR_NOT_ALLOWED, "has ended");
    assert_false(may_screen(&crc));
}

static void a_line_of_the_pi_that_never_began_gates_nothing(void **state)
{
    (void)state;
    ASSERT_OK(end(&admin, "DELEG", pi_line(), "2026-11-22"), &study.err);
    assert_true(may_screen(&crc));
}

static void the_administrator_enters_the_pi_and_nobody_else(void **state)
{
    (void)state;
    int64_t line = 0;
    assert_refused(add(&pi, "DELEG", "pi", &line, "ROLE", "PI", "TASKS", "all",
                       "IN_FORCE", "2026-11-22", NULL),
                   ERROR_NOT_ALLOWED, "manage users");
    assert_refused(add(&admin, "DELEG", "crc", &line, "ROLE", "CRC", "TASKS", "x",
                       "IN_FORCE", "2026-11-22", NULL),
                   ERROR_NOT_ALLOWED, "delegate");
    assert_refused(add(&crc, "DELEG", "inv", &line, "ROLE", "INV", "TASKS", "x",
                       "IN_FORCE", "2026-11-22", NULL),
                   ERROR_NOT_ALLOWED, "delegate");
    assert_refused(add(&pi, "DELEG", "inv", &line, "ROLE", "CRC", "TASKS", "x",
                       "IN_FORCE", "2026-11-22", NULL),
                   ERROR_REFUSED, "does not have this role");
    line = pi_line();
    assert_refused(correct(&pi, "DELEG", line, "TASKS", "more"), ERROR_NOT_ALLOWED,
                   "manage users");
}

/* A request finds its caller without the roles that rest. */
static void a_session_is_gated(void **state)
{
    (void)state;
    struct caller found;
    (void)fixture_member(&study, "member", ROLE_CRC, "SYNTHETIC pass phrase");
    char token[TOKEN_TEXT];
    struct sign_in verb = {.act =
                               act_of(study.study, NULL, study.arena, sign_in_finish),
                           .name = TEXT("member"),
                           .password = TEXT("SYNTHETIC pass phrase"),
                           .client = TEXT("192.0.2.1"),
                           .device = TEXT("SYNTHETIC tablet"),
                           .language = TEXT("en")};
    ASSERT_OK(sign_in_begin(&verb, &study.err), &study.err);
    sign_in_hash(&verb);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    memcpy(token, verb.signed_in.token, sizeof token);
    ASSERT_OK(
        session_find(study.study, text_of(token), study.arena, &found, &study.err),
        &study.err);
    assert_true(caller_may(&found, PERMISSION_ENTER_SCR, SITE, false));
    pi_line();
    ASSERT_OK(
        session_find(study.study, text_of(token), study.arena, &found, &study.err),
        &study.err);
    assert_false(caller_may(&found, PERMISSION_ENTER_SCR, SITE, false));
    assert_int_equal(found.resting_count, 1);
}

/* Who is of the site, by the rows "delegate" and "accept own delegation". */
static bool is_site_role(enum role role)
{
    static const enum role of_site[] = {ROLE_PI,  ROLE_INV, ROLE_OPR, ROLE_RN,
                                        ROLE_CRC, ROLE_LAB, ROLE_IMG};
    for (size_t i = 0; i < ARRAY_COUNT(of_site); i++)
        if (of_site[i] == role)
            return true;
    return false;
}

/* Every permission that a delegated role holds at its site is gone with the gate and
 * without a line, and back with one. Generated from the matrix. */
static void no_permission_of_a_delegated_role_is_left_without_a_line(void **state)
{
    (void)state;
    size_t held = 0;
    pi_line();
    for (int role = 0; role < ROLE_COUNT; role++) {
        const struct grant grant = {(enum role)role, SITE};
        struct caller caller = {
            .user = 999, .grants = &grant, .grant_count = 1, .language = TEXT("en")};
        struct caller resting = gated(&caller);
        bool is_delegated = is_site_role((enum role)role);
        for (int p = 0; p < PERMISSION_COUNT; p++) {
            enum permission permission = (enum permission)p;
            bool may = caller_may(&caller, permission, SITE, true);
            held += may && is_delegated;
            assert_int_equal(caller_may(&resting, permission, SITE, true),
                             may && !is_delegated);
            if (may && is_delegated)
                assert_refused(
                    caller_must(&resting, permission, SITE, true, &study.err),
                    ERROR_NOT_ALLOWED, "rests");
        }
    }
    assert_true(held > 150);
}

/* --- consent forms -------------------------------------------------------------------- */

static void add_consent_form(const char *version, const char *in_force, int64_t *line)
{
    ASSERT_OK(add(&crc, "ICFV", "", line, "VERSION", version, "LANGUAGE", "zh",
                  "COMMITTEE", "SYNTHETIC committee", "APPROVAL", "SYN-2026-1",
                  "APPROVED", "2026-10-01", "IN_FORCE", in_force, NULL),
              &study.err);
}

static int64_t consent(const char *version, const char *when)
{
    int64_t participant = fixture_screen(&study, &crc);
    fixture_enter(&study, &crc, participant, "SE.SCR", "F.ICF", "I.ICF.ICFTYPE", "PRO",
                  "I.ICF.ICFVER", version, "I.ICF.ICFDTM", when, "I.ICF.ICFRES", "AGR",
                  NULL);
    return participant;
}

static size_t caught(int64_t participant)
{
    return fixture_queries(&study, participant, "SE.SCR", "F.ICF", "CK020");
}

/* CK020. Version 1.0 until 20 November, 1.1 from then on. */
static void a_signature_on_a_superseded_consent_form_is_caught(void **state)
{
    (void)state;
    int64_t first = 0, second = 0;
    assert_int_equal(caught(consent("1.0", "2026-11-21T09:00+08:00")),
                     0); /* no register */
    add_consent_form("1.0", "2026-10-02", &first);
    add_consent_form("1.1", "2026-11-20", &second);
    ASSERT_OK(end(&crc, "ICFV", first, "2026-11-20"), &study.err);
    assert_int_equal(caught(consent("1.0", "2026-11-19T09:00+08:00")), 0);
    assert_int_equal(caught(consent("1.0", "2026-11-21T09:00+08:00")), 1);
    assert_int_equal(caught(consent("1.1", "2026-11-21T09:00+08:00")), 0);
    assert_int_equal(caught(consent("1.1", "2026-11-19T09:00+08:00")), 1);
    assert_int_equal(caught(consent("9.9", "2026-11-21T09:00+08:00")), 1);
}

/* --- configuration -------------------------------------------------------------------- */

static bool change(const struct caller *by, int64_t *line, const char *kind,
                   const char *setting, const char *value, const char *approval)
{
    return add(by, "CONF", "", line, "KIND", kind, "SETTING", setting, "NEW", value,
               "REASON", "SYNTHETIC", "IN_FORCE", "2026-11-22", "APPROVAL", approval,
               NULL);
}

static struct deferral deferral(void)
{
    struct deferral out;
    struct db *db = store_reader(study_store(study.study));
    ASSERT_OK(configuration_deferral(db, study_design(study.study), SITE,
                                     fixture_now(&study), study.arena, &out,
                                     &study.err),
              &study.err);
    store_reader_return(study_store(study.study), db);
    return out;
}

static void deferred_consent_is_off_until_two_persons_and_an_approval(void **state)
{
    (void)state;
    int64_t line = 0;
    assert_false(deferral().is_on);
    assert_refused(change(&dm, &line, "deferral", "deferral", "yes", ""), ERROR_REFUSED,
                   "ethics approval");
    ASSERT_OK(change(&dm, &line, "deferral", "deferral", "yes", "SYN-EC-7"),
              &study.err);
    assert_false(deferral().is_on);
    assert_refused(agree(&dm, "CONF", line), ERROR_NOT_ALLOWED, "two different people");
    assert_refused(agree(&crc, "CONF", line), ERROR_NOT_ALLOWED, "change study");
    ASSERT_OK(agree(&pi, "CONF", line), &study.err);
    assert_true(deferral().is_on);
    ASSERT_TEXT(deferral().approval, "SYN-EC-7");
    /* What two have put in force one does not take back. */
    assert_refused(end(&dm, "CONF", line, "2026-11-23"), ERROR_REFUSED, "two persons");
    ASSERT_OK(change(&pi, &line, "deferral", "deferral", "no", ""), &study.err);
    assert_true(deferral().is_on);
    ASSERT_OK(agree(&dm, "CONF", line), &study.err);
    assert_false(deferral().is_on);
}

static void a_change_takes_what_its_setting_takes(void **state)
{
    (void)state;
    int64_t line = 0;
    assert_refused(change(&dm, &line, "limit", "lidocaine_limit", "4 mg", ""),
                   ERROR_REFUSED, "no value of the setting");
    assert_refused(change(&dm, &line, "limit", "lidocaine_limit", "much", ""),
                   ERROR_REFUSED, "no value of the setting");
    assert_refused(change(&dm, &line, "limit", "no_such", "4 mg/kg", ""), ERROR_REFUSED,
                   "no such setting");
    assert_refused(change(&crc, &line, "limit", "lidocaine_limit", "4 mg/kg", ""),
                   ERROR_NOT_ALLOWED, "change study");
    ASSERT_OK(change(&dm, &line, "limit", "lidocaine_limit", "4 mg/kg", ""),
              &study.err);
}

/* CK001 asks who is younger than the limit. */
static void the_rules_read_the_limit_in_force(void **state)
{
    (void)state;
    int64_t line = 0;
    ASSERT_OK(change(&dm, &line, "limit", "age_low", "60 a", ""), &study.err);
    int64_t participant = fixture_screen(&study, &crc);
    fixture_enter(&study, &crc, participant, "SE.SCR", "F.SCR", "I.SCR.BRTHDT",
                  "1981-05-17", "I.SCR.SCRDTM", "2026-11-22T09:00+08:00",
                  "I.SCR.SCRRES", "ENR", NULL);
    assert_int_equal(fixture_queries(&study, participant, "SE.SCR", "F.SCR", "CK001"),
                     0);
    ASSERT_OK(agree(&pi, "CONF", line), &study.err);
    participant = fixture_screen(&study, &crc);
    fixture_enter(&study, &crc, participant, "SE.SCR", "F.SCR", "I.SCR.BRTHDT",
                  "1981-05-17", "I.SCR.SCRDTM", "2026-11-22T09:00+08:00",
                  "I.SCR.SCRRES", "ENR", NULL);
    assert_int_equal(fixture_queries(&study, participant, "SE.SCR", "F.SCR", "CK001"),
                     1);
}

/* --- every register ------------------------------------------------------------------- */

static void a_line_keeps_what_it_said_who_changed_it_and_why(void **state)
{
    (void)state;
    int64_t line = 0;
    struct register_list list;
    add_consent_form("1.0", "2026-10-02", &line);
    ASSERT_OK(correct(&crc, "ICFV", line, "APPROVAL", "SYN-2026-2"), &study.err);
    ASSERT_OK(end(&pi, "ICFV", line, "2026-11-20"), &study.err);
    ASSERT_OK(
        register_read(study.study, &mon, TEXT("ICFV"), study.arena, &list, &study.err),
        &study.err);
    assert_int_equal(list.count, 1);
    assert_false(list.may_add);
    const struct register_shown *shown = &list.lines[0];
    assert_int_equal(shown->state, REGISTER_OVER);
    ASSERT_TEXT(register_value(shown->line, "APPROVAL"), "SYN-2026-2");
    assert_int_equal(shown->line->step_count, 3);
    ASSERT_TEXT(shown->line->steps[0].entries[4].value, "2026-10-01");
    ASSERT_TEXT(shown->line->steps[0].entries[3].value, "SYN-2026-1");
    ASSERT_TEXT(shown->line->steps[1].reason, "SYNTHETIC slip of the pen");
    ASSERT_TEXT(shown->by[1]->name, "crc");
    ASSERT_TEXT(shown->by[2]->name, "pi");
}

static void what_a_line_needs_is_asked_for(void **state)
{
    (void)state;
    int64_t line = 0;
    assert_refused(add(&crc, "ICFV", "", &line, "VERSION", "1.0", NULL), ERROR_REFUSED,
                   "LANGUAGE");
    assert_refused(
        add(&crc, "ICFV", "", &line, "VERSION", "1.0", "LANGUAGE", "fr", NULL),
        ERROR_REFUSED, "LANGUAGE");
    assert_refused(add(&crc, "ICFV", "", &line, "IN_FORCE", "tomorrow", NULL),
                   ERROR_REFUSED, "IN_FORCE");
    assert_refused(add(&crc, "ICFV", "", &line, "ENDS", "2026-11-20", NULL),
                   ERROR_REFUSED, "ENDS"); /* filled in by the end of the line */
    assert_refused(add(&crc, "LOT", "", &line, "RECEIVED", "many", NULL), ERROR_REFUSED,
                   "RECEIVED");
    assert_refused(add(&crc, "NONE", "", &line, "A", "b", NULL), ERROR_NOT_FOUND,
                   "no such register");
}

/* --- identity ------------------------------------------------------------------------- */

static bool verify_identity(const struct caller *by, int64_t user, const char *day)
{
    struct identity_verify verb = {
        .act = act_of(study.study, by, study.arena, identity_verify),
        .user = user,
        .how = TEXT("SYNTHETIC identity card"),
        .certified_on = text_of(day)};
    return act_run(&verb.act, &study.err);
}

static void an_identity_is_verified_by_somebody_else_who_manages_users(void **state)
{
    (void)state;
    assert_refused(verify_identity(&pi, inv.user, "2026-11-20"), ERROR_NOT_ALLOWED,
                   "manage users");
    assert_refused(verify_identity(&admin, admin.user, "2026-11-20"), ERROR_NOT_ALLOWED,
                   "own identity");
    assert_refused(verify_identity(&admin, inv.user, "2026-12-20"), ERROR_REFUSED,
                   "to come");
    assert_refused(verify_identity(&admin, 999, "2026-11-20"), ERROR_NOT_FOUND, "user");
    ASSERT_OK(verify_identity(&admin, inv.user, "2026-11-20"), &study.err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(agreeing_takes_name_and_password_once_more,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_wrong_password_agrees_to_nothing_and_counts_as_a_failed_sign_in, setup,
            teardown),
        cmocka_unit_test_setup_teardown(nobody_agrees_to_what_he_did_not_see, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(without_a_line_of_the_pi_nothing_is_gated,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            with_the_line_of_the_pi_a_role_without_one_rests, setup, teardown),
        cmocka_unit_test_setup_teardown(a_line_acts_once_its_person_has_accepted_it,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_line_to_come_and_one_that_has_ended_do_not_act, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_missing_training_rests_the_role_until_it_is_dated, setup, teardown),
        cmocka_unit_test_setup_teardown(the_gate_stays_when_the_pi_has_gone, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_line_of_the_pi_that_never_began_gates_nothing,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(the_administrator_enters_the_pi_and_nobody_else,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_session_is_gated, setup, teardown),
        cmocka_unit_test_setup_teardown(
            no_permission_of_a_delegated_role_is_left_without_a_line, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_signature_on_a_superseded_consent_form_is_caught, setup, teardown),
        cmocka_unit_test_setup_teardown(
            deferred_consent_is_off_until_two_persons_and_an_approval, setup, teardown),
        cmocka_unit_test_setup_teardown(a_change_takes_what_its_setting_takes, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(the_rules_read_the_limit_in_force, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(
            a_line_keeps_what_it_said_who_changed_it_and_why, setup, teardown),
        cmocka_unit_test_setup_teardown(what_a_line_needs_is_asked_for, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(
            an_identity_is_verified_by_somebody_else_who_manages_users, setup,
            teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
