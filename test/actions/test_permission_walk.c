/* SIZE-OK: a row and a short function for every verb, side by side, so that none is missed. */
/* Every verb × 16 roles × own or other site × assigned or not: refused exactly where the
 * matrix says so. That the matrix is the specification's is a test of the model. */
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/alarm.h"
#include "actions/amendment.h"
#include "actions/audit.h"
#include "actions/bone_use.h"
#include "actions/casebook_copy.h"
#include "actions/clinical_facts.h"
#include "actions/deviation_review.h"
#include "actions/dwell_leave.h"
#include "actions/enrol.h"
#include "actions/erasure.h"
#include "actions/feed.h"
#include "actions/form_view.h"
#include "actions/grade_decide.h"
#include "actions/history.h"
#include "actions/image_board.h"
#include "actions/image_task.h"
#include "actions/lock_readiness.h"
#include "actions/misuse.h"
#include "actions/open_points.h"
#include "actions/plan_version.h"
#include "actions/reconcile.h"
#include "actions/record_lock.h"
#include "actions/safekeeping.h"
#include "actions/safety_review.h"
#include "actions/second_check.h"
#include "actions/signature.h"
#include "actions/start_review.h"
#include "actions/today.h"
#include "actions/users.h"
#include "actions/vault.h"
#include "actions/work_list.h"
#include "base/limits.h"

#include <stdio.h>
#include <string.h>

#define BASELINE "SE.BL", "F.DM"

static struct fixture study;
static struct caller crc;
static int64_t screened, placed, target_user, alarm;

/* One combination of role, site and assignment. */
struct combination {
    struct caller caller;
    struct grant grant;
    bool is_assigned;
};

static bool expect(const struct combination *who, enum permission permission,
                   bool is_of_site, bool is_of_participant)
{
    return permission_allows(&who->grant, 1, permission,
                             is_of_site ? SITE : (struct text){0},
                             is_of_participant && who->is_assigned);
}

/* --- the verbs --------------------------------------------------------------------------- */

static struct act act_by(const struct combination *who,
                         bool (*decide)(struct act *, struct txn *, struct error *))
{
    return act_of(study.study, &who->caller, study.arena, decide);
}

static bool run_add(const struct combination *who, bool is_provisional)
{
    struct participant_add verb = {.act = act_by(who, participant_add),
                                   .site = SITE,
                                   .is_provisional = is_provisional};
    return act_run(&verb.act, &study.err);
}

static bool run_screen(const struct combination *who)
{
    return run_add(who, false);
}

static bool run_place(const struct combination *who)
{
    return run_add(who, true);
}

static bool run_attach(const struct combination *who)
{
    struct participant_attach verb = {
        .act = act_by(who, participant_attach), .participant = placed, .to = screened};
    return act_run(&verb.act, &study.err);
}

static bool run_detach(const struct combination *who)
{
    struct participant_detach verb = {.act = act_by(who, participant_detach),
                                      .participant = placed,
                                      .reason = TEXT("SYNTHETIC")};
    return act_run(&verb.act, &study.err);
}

static bool run_bone_use(const struct combination *who)
{
    struct bone_use_state verb = {.act = act_by(who, bone_use_state),
                                  .participant = placed,
                                  .answer = TEXT("unknown")};
    return act_run(&verb.act, &study.err);
}

static bool run_enrol(const struct combination *who)
{
    struct participant_enrol verb = {.act = act_by(who, participant_enrol),
                                     .participant = screened};
    return act_run(&verb.act, &study.err);
}

/* A batch of one rejected mutation: the right to the form is asked all the same. */
static bool run_save(const struct combination *who, const char *event, const char *form)
{
    struct mutation mutation = {.item = TEXT("I.NOT.THERE"), .value = TEXT("1")};
    struct save_values verb =
        fixture_save_of(&study, &who->caller, screened, event, form);
    return fixture_save(&study, &verb, &mutation, 1);
}

static bool run_save_screening(const struct combination *who)
{
    return run_save(who, "SE.SCR", "F.SCR");
}

static bool run_save_consent(const struct combination *who)
{
    return run_save(who, "SE.SCR", "F.ICF");
}

static bool run_save_demography(const struct combination *who)
{
    return run_save(who, "SE.BL", "F.DM");
}

static bool run_save_follow_up(const struct combination *who)
{
    return run_save(who, "SE.D7", "F.FU");
}

static struct form_key screening_key(void)
{
    return (struct form_key){.participant = screened,
                             .event = TEXT("SE.SCR"),
                             .event_repeat = 1,
                             .form = TEXT("F.SCR"),
                             .form_repeat = 1};
}

static bool run_vault_view(const struct combination *who)
{
    struct vault_view verb = {.act = act_by(who, vault_view),
                              .key = screening_key(),
                              .item = TEXT("I.SCR.BRTHDT"),
                              .reason = TEXT("SYNTHETIC")};
    return act_run(&verb.act, &study.err);
}

static bool run_form_view(const struct combination *who)
{
    struct form_view *view = NULL;
    struct form_key key = screening_key();
    return form_view_read(study.study, &who->caller, &key, study.arena, &view,
                          &study.err);
}

static bool run_casebook(const struct combination *who)
{
    struct casebook *book = NULL;
    return casebook_read(study.study, &who->caller, screened, study.arena, &book,
                         &study.err);
}

static bool run_find(const struct combination *who)
{
    struct participant *found = NULL;
    return participants_find(study.study, &who->caller, screened, study.arena, &found,
                             &study.err);
}

static bool run_history(const struct combination *who)
{
    struct history_filter filter = {.participant = screened, .limit = 1};
    struct history_entry *entries = NULL;
    size_t count = 0;
    return history_read(study.study, &who->caller, &filter, study.arena, &entries,
                        &count, &study.err);
}

static bool run_copy(const struct combination *who)
{
    struct casebook_copy copy;
    return casebook_copy_read(study.study, &who->caller, screened, false, study.arena,
                              &copy, &study.err);
}

static bool run_user_add(const struct combination *who)
{
    struct grant grant = {.role = ROLE_DM};
    struct user_add verb = {.act = act_by(who, user_add),
                            .name = TEXT("crc"), /* used before: nothing is added */
                            .full_name = TEXT("SYNTHETIC"),
                            .grants = &grant,
                            .grant_count = 1};
    return act_run(&verb.act, &study.err);
}

static bool run_user_roles(const struct combination *who)
{
    struct grant grant = {.role = ROLE_DM};
    struct user_set_roles verb = {.act = act_by(who, user_set_roles),
                                  .user = target_user,
                                  .grants = &grant,
                                  .grant_count = 1};
    return act_run(&verb.act, &study.err);
}

static bool run_user(const struct combination *who,
                     bool (*decide)(struct act *, struct txn *, struct error *))
{
    struct user_act verb = {
        .act = act_by(who, decide), .user = target_user, .reason = TEXT("SYNTHETIC")};
    return act_run(&verb.act, &study.err);
}

static bool run_user_disable(const struct combination *who)
{
    return run_user(who, user_disable);
}

static bool run_user_enable(const struct combination *who)
{
    return run_user(who, user_enable);
}

static bool run_user_reset(const struct combination *who)
{
    return run_user(who, user_reset);
}

static bool run_user_sign_out(const struct combination *who)
{
    return run_user(who, user_sign_out);
}

static bool run_password_rules(const struct combination *who)
{
    struct password_rules_set verb = {.act = act_by(who, password_rules_set),
                                      .longest_days = 90,
                                      .remembered = 5,
                                      .reason = TEXT("SYNTHETIC")};
    return act_run(&verb.act, &study.err);
}

static bool run_read_password_rules(const struct combination *who)
{
    struct password_rules_shown shown;
    return password_rules_read(study.study, &who->caller, study.arena, &shown,
                               &study.err);
}

static bool run_read_misuse(const struct combination *who)
{
    struct misuse_shown shown;
    return misuse_read(study.study, &who->caller, study.arena, &shown, &study.err);
}

/* Everything that is on the log: the right is asked before anything else. */
static bool run_misuse_review(const struct combination *who)
{
    struct misuse_review verb = {
        .act = act_by(who, misuse_review), .through = 1, .note = TEXT("SYNTHETIC")};
    return act_run(&verb.act, &study.err);
}

static bool run_users_sign_out(const struct combination *who)
{
    struct users_sign_out verb = {.act = act_by(who, users_sign_out)};
    return act_run(&verb.act, &study.err);
}

static bool run_users_read(const struct combination *who)
{
    struct user *list = NULL;
    size_t count = 0;
    return users_read(study.study, &who->caller, study.arena, &list, &count,
                      &study.err);
}

static bool run_users_find(const struct combination *who)
{
    struct user *found = NULL;
    return users_find(study.study, &who->caller, TEXT("crc"), study.arena, &found,
                      &study.err);
}

/* Its name is none: the right is asked first. */
static bool run_feed_change(const struct combination *who)
{
    struct feed_change verb = {.act = act_by(who, feed_change)};
    return act_run(&verb.act, &study.err);
}

/* Without a reason: the right is asked first. */
static bool run_patient_attach(const struct combination *who)
{
    struct patient_attach verb = {.act = act_by(who, patient_attach),
                                  .participant = screened};
    return act_run(&verb.act, &study.err);
}

static bool run_log_state(const struct combination *who)
{
    struct log_state state;
    return log_state_read(study.study, &who->caller, &state, &study.err);
}

static bool run_checkpoint(const struct combination *who)
{
    struct text document;
    return checkpoint_make(study.study, &who->caller, study.arena, &document,
                           &study.err);
}

static bool run_backup(const struct combination *who)
{
    char path[SCRATCH_PATH];
    scratch_path(&study.place.scratch, "no/such/place", path);
    return backup_make(study.study, &who->caller, path, &study.err);
}

/* No such point: the right is asked first. */
static bool run_point_confirm(const struct combination *who)
{
    struct point_confirm verb = {.act = act_by(who, point_confirm),
                                 .point = TEXT("Q99")};
    return act_run(&verb.act, &study.err);
}

static bool run_design_propose(const struct combination *who)
{
    struct design_propose verb = {.act = act_by(who, design_propose)};
    return act_run(&verb.act, &study.err);
}

static bool run_plan_propose(const struct combination *who)
{
    struct plan_propose verb = {.act = act_by(who, plan_propose)};
    return act_run(&verb.act, &study.err);
}

static bool run_plan_publish(const struct combination *who)
{
    struct plan_publish verb = {.act = act_by(who, plan_publish)};
    return act_run(&verb.act, &study.err);
}

static bool run_design_publish(const struct combination *who)
{
    struct design_publish verb = {.act = act_by(who, design_publish)};
    return design_publish_prepare(&verb, &study.err);
}

static bool run_design_withdraw(const struct combination *who)
{
    struct design_withdraw verb = {.act = act_by(who, design_withdraw)};
    return act_run(&verb.act, &study.err);
}

static bool run_participants_move(const struct combination *who)
{
    struct participants_move verb = {.act = act_by(who, participants_move)};
    return act_run(&verb.act, &study.err);
}

struct verb_row {
    const char *name;
    bool (*run)(const struct combination *);
    enum permission permission;
    bool is_of_site, is_of_participant;
};

/* Refused by the right or, with it, for the wrong content. */
static bool run_sign(const struct combination *who)
{
    struct signature_make verb = {.act = act_by(who, signature_finish),
                                  .key = {.participant = screened,
                                          .event = TEXT("SE.SCR"),
                                          .event_repeat = 1,
                                          .form = TEXT("F.SCR"),
                                          .form_repeat = 1},
                                  .meaning = TEXT("FORM_REVIEWED"),
                                  .language = TEXT("en")};
    return act_run(&verb.act, &study.err);
}

static bool freezing(const struct combination *who, bool is_unfreezing)
{
    struct record_freeze verb = {.act = act_by(who, record_freeze),
                                 .key = {.participant = screened,
                                         .event = TEXT("SE.SCR"),
                                         .form = TEXT("F.SCR")},
                                 .is_unfreezing = is_unfreezing,
                                 .reason = TEXT("SYNTHETIC")};
    return act_run(&verb.act, &study.err);
}

static bool run_freeze(const struct combination *who)
{
    return freezing(who, false);
}

static bool run_unfreeze(const struct combination *who)
{
    return freezing(who, true);
}

static bool locking(const struct combination *who, bool is_unlocking,
                    enum record_scope scope)
{
    struct record_lock_change verb = {.act = act_by(who, record_lock_change),
                                      .key = {.participant = screened,
                                              .event = TEXT("SE.SCR"),
                                              .form = TEXT("F.SCR")},
                                      .scope = scope,
                                      .is_unlocking = is_unlocking,
                                      .reason = TEXT("SYNTHETIC")};
    return act_run(&verb.act, &study.err);
}

static bool run_lock(const struct combination *who)
{
    return locking(who, false, RECORD_FORM);
}

static bool run_unlock(const struct combination *who)
{
    return locking(who, true, RECORD_FORM);
}

/* By nobody who entered the value: the other test is of that. */
static bool run_source(const struct combination *who, bool is_withdrawing)
{
    struct combination other = *who;
    other.caller.user = target_user;
    struct verified_claim claim = {.item = TEXT("I.DM.WEIGHT"),
                                   .version = text_of(fixture_version(
                                       &study, screened, BASELINE, "I.DM.WEIGHT", 0))};
    struct source_verify verb = {.act = act_by(&other, source_verify),
                                 .key = {.participant = screened,
                                         .event = TEXT("SE.BL"),
                                         .event_repeat = 1,
                                         .form = TEXT("F.DM"),
                                         .form_repeat = 1},
                                 .claims = &claim,
                                 .claim_count = 1,
                                 .is_withdrawing = is_withdrawing,
                                 .reason = TEXT("SYNTHETIC")};
    return act_run(&verb.act, &study.err);
}

static bool run_source_verify(const struct combination *who)
{
    return run_source(who, false);
}

static bool run_source_withdraw(const struct combination *who)
{
    return run_source(who, true);
}

static bool run_readiness(const struct combination *who)
{
    struct database_readiness readiness;
    return database_readiness_read(study.study, &who->caller, 0, study.arena,
                                   &readiness, &study.err);
}

static bool run_database_lock(const struct combination *who)
{
    return locking(who, false, RECORD_DATABASE);
}

static bool run_erasure(const struct combination *who)
{
    struct erasure_step verb = {.act = act_by(who, erasure_step),
                                .participant = screened,
                                .is_taking_back = true,
                                .reason = TEXT("SYNTHETIC")};
    return act_run(&verb.act, &study.err);
}

static bool run_safety_review(const struct combination *who)
{
    struct safety_review_make verb = {.act = act_by(who, safety_review_make),
                                      .key = {.participant = screened,
                                              .event = TEXT("SE.LOG"),
                                              .event_repeat = 1,
                                              .form = TEXT("F.SAE"),
                                              .form_repeat = 1}};
    return act_run(&verb.act, &study.err);
}

static bool run_start_review(const struct combination *who)
{
    struct start_review_make verb = {.act = act_by(who, start_review_make),
                                     .participant = screened};
    return act_run(&verb.act, &study.err);
}

static bool run_start_read(const struct combination *who)
{
    struct start_review_view view;
    return start_review_read(study.study, &who->caller, screened, study.arena, &view,
                             &study.err);
}

static bool run_grade_decide(const struct combination *who)
{
    struct grade_decide verb = {.act = act_by(who, grade_decide),
                                .key = {.participant = screened,
                                        .event = TEXT("SE.H24"),
                                        .event_repeat = 1,
                                        .form = TEXT("F.LB"),
                                        .form_repeat = 1},
                                .term = TEXT("Anemia"),
                                .reason = TEXT("SYNTHETIC")};
    return act_run(&verb.act, &study.err);
}

static bool run_deviation_assess(const struct combination *who)
{
    struct deviation_assess verb = {.act = act_by(who, deviation_assess),
                                    .key = {.participant = screened,
                                            .event = TEXT("SE.LOG"),
                                            .event_repeat = 1,
                                            .form = TEXT("F.PD"),
                                            .form_repeat = 1}};
    return act_run(&verb.act, &study.err);
}

static bool run_clinical(const struct combination *who)
{
    struct clinical_facts facts;
    return clinical_facts_read(study.study, &who->caller, screened, study.arena, &facts,
                               &study.err);
}

static bool run_image_board(const struct combination *who)
{
    struct image_board board;
    return image_board_read(study.study, &who->caller, study.arena, &board, &study.err);
}

/* AL10 is critical, and its audience holds all who may acknowledge that. */
static bool run_alarm(const struct combination *who)
{
    struct alarm_acknowledge verb = {.act = act_by(who, alarm_acknowledge),
                                     .alarm = alarm};
    return act_run(&verb.act, &study.err);
}

static bool run_image_assign(const struct combination *who)
{
    struct image_assign verb = {.act = act_by(who, image_assign),
                                .key = {.participant = screened,
                                        .event = TEXT("SE.D28"),
                                        .event_repeat = 1,
                                        .form = TEXT("F.IM"),
                                        .form_repeat = 1},
                                .person = TEXT("nobody")};
    return act_run(&verb.act, &study.err);
}

static bool run_work_list(const struct combination *who)
{
    struct work_list list;
    return work_list_read(study.study, &who->caller, study.arena, &list, &study.err);
}

/* Whoever sits there must see the casebook; the proof of the physician is asked for after. */
static bool run_dwell_leave(const struct combination *who)
{
    struct dwell_leave verb = {.proof = {.act = act_by(who, dwell_leave_finish)},
                               .key = {.participant = screened,
                                       .event = TEXT("SE.REM"),
                                       .event_repeat = 1,
                                       .form = TEXT("F.REM"),
                                       .form_repeat = 1}};
    return act_run(&verb.proof.act, &study.err);
}

static bool run_today(const struct combination *who)
{
    struct today today;
    return today_read(study.study, &who->caller, 0, study.arena, &today, &study.err);
}

static bool run_safety(const struct combination *who)
{
    struct safety_list list;
    return safety_read(study.study, &who->caller, study.arena, &list, &study.err);
}

// clang-format off
static const struct verb_row verbs[] = {
    {"participant_add, screening",   run_screen,          PERMISSION_ENTER_SCR,          true,  false},
    {"participant_add, provisional", run_place,           PERMISSION_START_PLACEMENT,    true,  false},
    {"image_assign",                 run_image_assign,    PERMISSION_ENTER_IM_STUDY,     true,  false},
    {"participant_attach",           run_attach,          PERMISSION_ATTACH_PROVISIONAL, true,  true},
    {"participant_detach",           run_detach,          PERMISSION_ATTACH_PROVISIONAL, true,  true},
    {"bone_use_state",               run_bone_use,        PERMISSION_RUN_TIMER,          true,  true},
    {"participant_enrol",            run_enrol,           PERMISSION_ENROL,              true,  true},
    {"save_values F.SCR",            run_save_screening,  PERMISSION_ENTER_SCR,          true,  true},
    {"save_values F.ICF",            run_save_consent,    PERMISSION_ENTER_ICF,          true,  true},
    {"save_values F.DM",             run_save_demography, PERMISSION_ENTER_DM,           true,  true},
    {"save_values F.FU",             run_save_follow_up,  PERMISSION_ENTER_FU,           true,  true},
    {"form_view_read",               run_form_view,       PERMISSION_VIEW_CASEBOOK,      true,  true},
    {"casebook_read",                run_casebook,        PERMISSION_VIEW_CASEBOOK,      true,  true},
    {"clinical_facts_read",          run_clinical,        PERMISSION_VIEW_CASEBOOK,      true,  true},
    {"participants_find",            run_find,            PERMISSION_VIEW_CASEBOOK,      true,  true},
    {"signature_make",               run_sign,            PERMISSION_SIGN_FORM,          true,  true},
    {"source_verify",                run_source_verify,   PERMISSION_VERIFY_SOURCE,      true,  true},
    {"source_verify, withdrawing",   run_source_withdraw, PERMISSION_VERIFY_SOURCE,      true,  true},
    {"database_readiness_read",      run_readiness,       PERMISSION_SIGN_DATABASE_LOCK, false, false},
    {"record_freeze",                run_freeze,          PERMISSION_FREEZE,             true,  true},
    {"record_freeze, unfreezing",    run_unfreeze,        PERMISSION_UNFREEZE,           true,  true},
    {"record_lock_change",           run_lock,            PERMISSION_LOCK,               true,  true},
    {"record_lock_change, unlocking", run_unlock,         PERMISSION_UNLOCK,             true,  true},
    {"record_lock_change, data base", run_database_lock,  PERMISSION_SIGN_DATABASE_LOCK, false, false},
    {"erasure_step, taking back",    run_erasure,         PERMISSION_ERASE,              true,  true},
    {"alarm_acknowledge",            run_alarm,           PERMISSION_ACKNOWLEDGE_CRITICAL, true, false},
    {"safety_review_make",           run_safety_review,   PERMISSION_REVIEW_SAFETY,      true,  true},
    {"start_review_make",            run_start_review,    PERMISSION_DELEGATE,           true,  true},
    {"start_review_read",            run_start_read,      PERMISSION_VIEW_CASEBOOK,      true,  true},
    {"grade_decide",                 run_grade_decide,    PERMISSION_SIGN_FORM,          true,  true},
    {"deviation_assess",             run_deviation_assess, PERMISSION_SIGN_FORM,         true,  true},
    {"dwell_leave_finish",           run_dwell_leave,     PERMISSION_VIEW_CASEBOOK,      true,  true},
    {"history_read",                 run_history,         PERMISSION_VIEW_HISTORY,       true,  true},
    {"casebook_copy_read",           run_copy,            PERMISSION_EXPORT_CASEBOOK,    true,  true},
    {"user_add",                     run_user_add,        PERMISSION_MANAGE_USERS,       false, false},
    {"user_set_roles",               run_user_roles,      PERMISSION_MANAGE_USERS,       false, false},
    {"user_disable",                 run_user_disable,    PERMISSION_MANAGE_USERS,       false, false},
    {"user_enable",                  run_user_enable,     PERMISSION_MANAGE_USERS,       false, false},
    {"user_reset",                   run_user_reset,      PERMISSION_MANAGE_USERS,       false, false},
    {"user_sign_out",                run_user_sign_out,   PERMISSION_MANAGE_USERS,       false, false},
    {"users_sign_out",               run_users_sign_out,  PERMISSION_MANAGE_USERS,       false, false},
    {"password_rules_set",           run_password_rules,  PERMISSION_MANAGE_USERS,       false, false},
    {"password_rules_read",          run_read_password_rules, PERMISSION_MANAGE_USERS,   false, false},
    {"misuse_read",                  run_read_misuse,     PERMISSION_MANAGE_USERS,       false, false},
    {"misuse_review",                run_misuse_review,   PERMISSION_MANAGE_USERS,       false, false},
    {"users_read",                   run_users_read,      PERMISSION_MANAGE_USERS,       false, false},
    {"users_find",                   run_users_find,      PERMISSION_MANAGE_USERS,       false, false},
    {"log_state_read",               run_log_state,       PERMISSION_VERIFY_LOG,         false, false},
    {"checkpoint_make",              run_checkpoint,      PERMISSION_VERIFY_LOG,         false, false},
    {"backup_make",                  run_backup,          PERMISSION_RUN_BACKUP,         false, false},
    {"design_propose",               run_design_propose,  PERMISSION_PUBLISH_DESIGN,     false, false},
    {"plan_propose",                 run_plan_propose,    PERMISSION_PUBLISH_ANALYSIS_PLAN, false, false},
    {"plan_publish",                 run_plan_publish,    PERMISSION_PUBLISH_ANALYSIS_PLAN, false, false},
    {"design_publish",               run_design_publish,  PERMISSION_PUBLISH_DESIGN,     false, false},
    {"design_withdraw",              run_design_withdraw, PERMISSION_PUBLISH_DESIGN,     false, false},
    {"participants_move",            run_participants_move, PERMISSION_PUBLISH_DESIGN,   false, false},
    {"feed_change",                  run_feed_change,     PERMISSION_MANAGE_FEEDS,       false, false},
    {"patient_attach",               run_patient_attach,  PERMISSION_RECONCILE_FEED,     true,  true},
    {"point_confirm",                run_point_confirm,   PERMISSION_CHANGE_CONFIGURATION, false, false},
};
// clang-format on

/* --- the walk -------------------------------------------------------------------------------- */

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    struct caller opr = fixture_person(&study, "opr", ROLE_OPR);
    target_user = fixture_person(&study, "target", ROLE_RN).user;
    screened = fixture_screen(&study, &crc);
    placed = fixture_place(&study, &opr);
    fixture_enter(&study, &crc, screened, "SE.SCR", "F.SCR", "I.SCR.BRTHDT",
                  "1981-05-17", NULL);
    fixture_enter(&study, &crc, screened, BASELINE, "I.DM.WEIGHT", "61.5", NULL);
    struct alarm_entries alarms;
    fixture_enter(&study, &crc, screened, "SE.H6", "F.SC", "I.SC.SCSWELL", "2", NULL);
    ASSERT_OK(alarm_list_read(study.study, &crc, 0, study.arena, &alarms, &study.err),
              &study.err);
    alarm = alarms.at[0].alarm.seq;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static void combine(struct combination *who, int role, bool is_own_site,
                    bool is_assigned)
{
    *who = (struct combination){
        .caller = crc,
        .grant = {.role = (enum role)role, .site = is_own_site ? SITE : TEXT("02")},
        .is_assigned = is_assigned};
    who->caller.grants = &who->grant;
    who->caller.grant_count = 1;
    who->caller.assigned = &screened;
    who->caller.assigned_count = is_assigned ? 1 : 0;
}

/* Calls `each` for the 64 combinations. */
static void walk(void (*each)(struct combination *who))
{
    for (int role = 0; role < ROLE_COUNT; role++)
        for (int place = 0; place < 4; place++) {
            struct combination who;
            combine(&who, role, (place & 1) != 0, (place & 2) != 0);
            each(&who);
        }
}

static void check_answer(const struct combination *who, const char *verb,
                         bool is_expected, bool is_refused)
{
    if (is_expected == !is_refused)
        return;
    struct text role = role_code(who->grant.role);
    fail_msg("%s by %.*s at site %.*s, %s: %s", verb, TEXT_ARG(role),
             TEXT_ARG(who->grant.site), who->is_assigned ? "assigned" : "not assigned",
             is_refused ? "was refused" : "was let through");
}

static void walk_verbs(struct combination *who)
{
    for (size_t i = 0; i < ARRAY_COUNT(verbs); i++) {
        const struct verb_row *verb = &verbs[i];
        bool is_done = verb->run(who);
        check_answer(
            who, verb->name,
            expect(who, verb->permission, verb->is_of_site, verb->is_of_participant),
            !is_done && study.err.code == ERROR_NOT_ALLOWED);
    }
}

static void every_verb_is_refused_exactly_where_the_matrix_says_so(void **state)
{
    (void)state;
    walk(walk_verbs);
}

/* Lists show what the right covers: held at any site or for any record it is enough. */
static void walk_lists(struct combination *who)
{
    static const struct {
        const char *name;
        bool (*run)(const struct combination *who);
        enum permission permission;
    } lists[] = {{"work_list_read", run_work_list, PERMISSION_VIEW_WORK_LIST},
                 {"image_board_read", run_image_board, PERMISSION_ENTER_IM_STUDY},
                 {"today_read", run_today, PERMISSION_VIEW_CASEBOOK},
                 {"safety_read", run_safety, PERMISSION_READ_SAE_REPORTS}};
    for (size_t i = 0; i < ARRAY_COUNT(lists); i++) {
        bool is_read = lists[i].run(who);
        check_answer(who, lists[i].name,
                     permission_allows(&who->grant, 1, lists[i].permission,
                                       who->grant.site, true),
                     !is_read && study.err.code == ERROR_NOT_ALLOWED);
    }
}

static void lists_of_work_and_safety_are_read_where_the_matrix_says_so(void **state)
{
    (void)state;
    walk(walk_lists);
}

static void walk_vault(struct combination *who)
{
    bool is_done = run_vault_view(who);
    check_answer(who, "vault_view",
                 expect(who, PERMISSION_VIEW_VAULT, true, true) ||
                     expect(who, PERMISSION_BREAK_GLASS, true, true),
                 !is_done && study.err.code == ERROR_NOT_ALLOWED);
}

static void the_vault_opens_to_who_may_view_or_break_the_glass(void **state)
{
    (void)state;
    walk(walk_vault);
}

/* Who may enter the form: is this one mutation refused for want of a right? */
static void walk_mutation(struct combination *who, const char *name,
                          enum permission permission, struct mutation mutation)
{
    struct save_values verb = fixture_save_of(&study, &who->caller, screened, BASELINE);
    if (!expect(who, PERMISSION_ENTER_DM, true, true))
        return;
    ASSERT_OK(fixture_save(&study, &verb, &mutation, 1), &study.err);
    check_answer(who, name, expect(who, permission, true, true),
                 verb.outcomes[0].status == MUTATION_REJECTED &&
                     verb.outcomes[0].why->code == ERROR_NOT_ALLOWED);
}

static void walk_corrections(struct combination *who)
{
    struct mutation correction = {
        .item = TEXT("I.DM.WEIGHT"),
        .value = TEXT("62"),
        .base = text_of(fixture_version(&study, screened, BASELINE, "I.DM.WEIGHT", 0)),
        .reason = TEXT("SYNTHETIC")};
    struct mutation backdated = {.item = TEXT("I.DM.HEIGHT"),
                                 .value = TEXT("170"),
                                 .stated = TEXT("2026-11-22T08:00+08:00")};
    walk_mutation(who, "correction", PERMISSION_CORRECT_UNSIGNED, correction);
    walk_mutation(who, "backdated entry", PERMISSION_SAVE_BACKDATED, backdated);
}

static void corrections_and_backdated_entries_need_their_own_rights(void **state)
{
    (void)state;
    walk(walk_corrections);
}

/* The right to the second check and the right to enter the form, both. By nobody who
 * entered the value. */
static bool run_second_check(const struct combination *who, const char *event,
                             const char *form, const char *item)
{
    struct combination other = *who;
    other.caller.user = target_user;
    struct second_check_make verb = {
        .act = act_by(&other, second_check_make),
        .key = {.participant = screened,
                .event = text_of(event),
                .form = text_of(form)},
        .item = text_of(item),
        .version = text_of(fixture_version(&study, screened, event, form, item, 0)),
        .value = TEXT("1")};
    return act_run(&verb.act, &study.err);
}

static void walk_second_check(struct combination *who)
{
    bool may_check = expect(who, PERMISSION_SECOND_CHECK, true, true);
    bool is_done = run_second_check(who, BASELINE, "I.DM.WEIGHT");
    check_answer(who, "second check of DM.WEIGHT",
                 may_check && expect(who, PERMISSION_ENTER_DM, true, true),
                 !is_done && study.err.code == ERROR_NOT_ALLOWED);
    is_done = run_second_check(who, "SE.SCR", "F.SCR", "I.SCR.BRTHDT");
    check_answer(who, "second check of SCR.BRTHDT",
                 may_check && expect(who, PERMISSION_ENTER_SCR, true, true) &&
                     expect(who, PERMISSION_ENTER_VAULT, true, true),
                 !is_done && study.err.code == ERROR_NOT_ALLOWED);
}

static void a_second_check_needs_its_own_right_and_that_of_the_form(void **state)
{
    (void)state;
    walk(walk_second_check);
}

static void walk_audit(struct combination *who)
{
    struct audit_filter filter = {.user = -1, .limit = 1};
    struct audit_entry *entries = NULL;
    size_t count = 0;
    bool is_done = audit_read(study.study, &who->caller, &filter, study.arena, &entries,
                              &count, &study.err);
    /* At whichever site: the entries are those of the site. */
    check_answer(who, "audit_read",
                 permission_allows(&who->grant, 1, PERMISSION_VIEW_AUDIT_TRAIL,
                                   who->grant.site, false),
                 !is_done && study.err.code == ERROR_NOT_ALLOWED);
}

static void the_audit_trail_opens_to_who_may_view_it_somewhere(void **state)
{
    (void)state;
    walk(walk_audit);
}

static void each_refusal_is_on_the_log(void **state)
{
    struct combination who;
    (void)state;
    size_t before = fixture_events(&study, LOG_EVENT_ACCESS_REFUSED);
    combine(&who, ROLE_PAT, true, true);
    for (size_t i = 0; i < ARRAY_COUNT(verbs); i++)
        assert_false(verbs[i].run(&who));
    fixture_screen(&study, &crc); /* a wait for the writer */
    assert_int_equal(fixture_events(&study, LOG_EVENT_ACCESS_REFUSED),
                     before + ARRAY_COUNT(verbs));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(every_verb_is_refused_exactly_where_the_matrix_says_so),
        TEST(lists_of_work_and_safety_are_read_where_the_matrix_says_so),
        TEST(the_vault_opens_to_who_may_view_or_break_the_glass),
        TEST(corrections_and_backdated_entries_need_their_own_rights),
        TEST(a_second_check_needs_its_own_right_and_that_of_the_form),
        TEST(the_audit_trail_opens_to_who_may_view_it_somewhere),
        TEST(each_refusal_is_on_the_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
