/* Freezing by one person; locking and unlocking by two. */
#include "actions/form_place.h"
#include "actions/program_values.h"
#include "actions/record_lock.h"
#include "actions/second_check.h"
#include "actions/signature.h"
#include "actions/source_verification.h"
#include "actions/study.h"

/* What is being frozen or locked, so that each step has few parameters. */
struct changing {
    struct act *act;
    struct txn *txn;
    struct arena *arena;
    enum record_scope scope;
    struct form_key *key;
    struct participant *participant; /* NULL: the data base */
    struct form_state *form;         /* NULL: all of the participant */
    const struct record_lock *now;   /* NULL: neither held nor proposed */
    struct error *err;
};

static bool find_now(struct changing *changing)
{
    struct record_lock *list = NULL;
    size_t count = 0;
    int64_t participant = changing->participant == NULL ? 0 : changing->participant->id;
    int64_t form = changing->form == NULL ? 0 : changing->form->id;
    if (!lock_list(txn_db(changing->txn), participant, changing->arena, &list, &count,
                   changing->err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (list[i].participant == participant && list[i].form == form)
            changing->now = &list[i];
    return true;
}

static bool find_place(struct changing *changing, enum permission permission)
{
    struct error *err = changing->err;
    const struct caller *caller = changing->act->caller;
    struct form_key *key = changing->key;
    if (changing->scope == RECORD_DATABASE)
        return caller_must(caller, permission, (struct text){0}, false, err) &&
               find_now(changing);
    if (!participant_must_exist(changing->act, changing->txn, key->participant,
                                &changing->participant, err) ||
        !caller_must_for(caller, permission, changing->participant, err))
        return false;
    if (changing->scope == RECORD_FORM) {
        key->event_repeat = key->event_repeat == 0 ? 1 : key->event_repeat;
        key->form_repeat = key->form_repeat == 0 ? 1 : key->form_repeat;
        if (!form_find(txn_db(changing->txn), key, changing->arena, &changing->form,
                       err))
            return false;
        if (changing->form == NULL)
            return error_set(err, ERROR_NOT_FOUND,
                             "nothing is entered in this form yet");
    }
    return find_now(changing);
}

static struct changing changing_of(struct act *act, struct txn *txn,
                                   enum record_scope scope, struct form_key *key,
                                   struct error *err)
{
    return (struct changing){.act = act,
                             .txn = txn,
                             .arena = txn_arena(txn),
                             .scope = scope,
                             .key = key,
                             .err = err};
}

static enum lock_state state_of(const struct changing *changing)
{
    return changing->now == NULL ? LOCK_OPEN : changing->now->state;
}

static bool append(const struct changing *changing, enum log_event_kind kind,
                   const void *content)
{
    struct origin origin = caller_origin(changing->act->caller);
    int64_t participant = changing->participant == NULL ? 0 : changing->participant->id;
    return txn_append(changing->txn, kind, &origin, participant, content, NULL,
                      changing->err);
}

static struct lock_changed content_of(const struct changing *changing,
                                      struct text reason)
{
    struct text trimmed = text_trim(reason);
    return (struct lock_changed){.has_form = changing->scope == RECORD_FORM,
                                 .key = *changing->key,
                                 .reason =
                                     trimmed.len == 0 ? (struct text){0} : trimmed};
}

/* --- freezing --------------------------------------------------------------------------- */

bool record_freeze(struct act *act, struct txn *txn, struct error *err)
{
    struct record_freeze *verb = (struct record_freeze *)act;
    struct changing changing = changing_of(act, txn, verb->scope, &verb->key, err);
    if (!find_place(&changing,
                    verb->is_unfreezing ? PERMISSION_UNFREEZE : PERMISSION_FREEZE))
        return false;
    if (state_of(&changing) == LOCK_LOCKED)
        return error_set(err, ERROR_REFUSED, "it is locked: two persons unlock it");
    if (verb->is_unfreezing != (state_of(&changing) == LOCK_FROZEN))
        return error_set(err, ERROR_CHANGED,
                         verb->is_unfreezing ? "it is not frozen"
                                             : "it is frozen already");
    if ((verb->is_unfreezing || text_trim(verb->reason).len > 0) &&
        !reason_check(verb->reason, err))
        return false;
    struct lock_changed content = content_of(&changing, verb->reason);
    return append(&changing,
                  verb->is_unfreezing ? LOG_EVENT_UNFROZEN : LOG_EVENT_FROZEN,
                  &content);
}

/* --- what must be settled before a lock ------------------------------------------------- */

/* Everything that the plan of the design wants is verified against the source. */
static bool check_verified(const struct changing *changing,
                           const struct form_state *form)
{
    const struct verification_asker asker = {changing->act->study,
                                             txn_db(changing->txn),
                                             changing->act->caller, changing->arena};
    struct forms_verification verification;
    if (!forms_verification_read(&asker, changing->participant, form, 1, &verification,
                                 changing->err))
        return false;
    struct verification_count count = verification.counts[0];
    if (count.verified == count.needed)
        return true;
    error_set(changing->err, ERROR_REFUSED,
              "form %.*s cannot be locked: %lld of its answers wait for source "
              "verification",
              TEXT_ARG(form->key.form), (long long)(count.needed - count.verified));
    return error_hint(changing->err, "a monitor compares them with the source");
}

static bool check_form(const struct changing *changing, const struct form_state *form)
{
    struct error *err = changing->err;
    const struct design *design = NULL;
    int64_t waiting = 0;
    bool is_signed = false;
    struct db *db = txn_db(changing->txn);
    struct text name = form->key.form;
    if (!study_design_version(changing->act->study, form->design_version, &design,
                              err) ||
        !second_checks_count(db, design, form, changing->arena, &waiting, err) ||
        !form_is_signed(db, form->key.participant, form->id, changing->arena,
                        &is_signed, err))
        return false;
    if (form->open_queries > 0)
        return error_set(err, ERROR_REFUSED,
                         "form %.*s cannot be locked while its queries stand open",
                         TEXT_ARG(name));
    if (waiting > 0)
        return error_set(err, ERROR_REFUSED,
                         "form %.*s cannot be locked: a second check waits",
                         TEXT_ARG(name));
    if (!form->is_complete)
        return error_set(err, ERROR_REFUSED,
                         "form %.*s cannot be locked: required items miss",
                         TEXT_ARG(name));
    if (!is_signed)
        return error_set(err, ERROR_REFUSED,
                         "form %.*s cannot be locked: it is not signed",
                         TEXT_ARG(name));
    return check_verified(changing, form);
}

static bool check_forms(const struct changing *changing)
{
    struct form_states forms;
    if (!form_list(txn_db(changing->txn), changing->participant->id, changing->arena,
                   &forms, changing->err))
        return false;
    for (size_t i = 0; i < forms.count; i++)
        if (!check_form(changing, &forms.list[i]))
            return false;
    return true;
}

/* Screened participants are locked one by one before, and no query stands open of anybody. */
static bool check_participant(const struct changing *changing, int64_t id)
{
    struct participant *one = NULL;
    struct record_lock *lock = NULL;
    struct db *db = txn_db(changing->txn);
    if (!participant_by_id(db, id, changing->arena, &one, changing->err) ||
        !lock_find(db, id, 0, changing->arena, &lock, changing->err))
        return false;
    if (one->state == PARTICIPANT_ERASED)
        return true;
    if (one->open_queries > 0)
        return error_set(changing->err, ERROR_REFUSED,
                         "the data base cannot be locked: queries of participant %lld "
                         "stand open",
                         (long long)id);
    return text_is_absent(one->screening_number) ||
           (lock != NULL && lock->state == LOCK_LOCKED) ||
           error_set(changing->err, ERROR_REFUSED,
                     "the data base cannot be locked: %.*s is not locked",
                     TEXT_ARG(one->screening_number));
}

static bool check_database(const struct changing *changing)
{
    struct participant *next = NULL;
    int64_t id = 0;
    for (;;) {
        if (!participant_after(txn_db(changing->txn), id, changing->arena, &next,
                               changing->err))
            return false;
        if (next == NULL)
            return true;
        id = next->id;
        if (!check_participant(changing, id))
            return false;
    }
}

static bool check_settled(const struct changing *changing)
{
    switch (changing->scope) {
    case RECORD_FORM: return check_form(changing, changing->form);
    case RECORD_PARTICIPANT: return check_forms(changing);
    case RECORD_DATABASE: break;
    }
    return check_database(changing);
}

/* --- two persons ------------------------------------------------------------------------ */

static enum permission permission_of(const struct record_lock_change *verb)
{
    if (verb->scope == RECORD_DATABASE)
        return PERMISSION_SIGN_DATABASE_LOCK;
    return verb->is_unlocking ? PERMISSION_UNLOCK : PERMISSION_LOCK;
}

/* Two different people, one of each side of the rule; the first still has the right. */
static bool check_pair(const struct record_lock_change *verb,
                       const struct changing *changing)
{
    struct error *err = changing->err;
    const struct caller *caller = changing->act->caller;
    const struct two_person_rule *rule =
        permission_two_person_rule(permission_of(verb));
    struct text site =
        changing->participant == NULL ? (struct text){0} : changing->participant->site;
    struct user *first = NULL;
    if (!user_by_id(txn_db(changing->txn), changing->now->proposed_by, changing->arena,
                    &first, err))
        return false;
    if (first != NULL && first->id == caller->user) {
        error_set(err, ERROR_NOT_ALLOWED, "not allowed: you proposed it yourself");
        return error_hint(err, "a second person confirms it");
    }
    if (first != NULL && !first->is_disabled &&
        permission_pair_allows(rule, caller->grants, caller->grant_count, first->grants,
                               first->grant_count, site))
        return true;
    error_set(err, ERROR_NOT_ALLOWED,
              "not allowed: it takes a data manager and a principal investigator");
    return error_hint(err, "%s proposed it", first == NULL ? "?" : first->name.at);
}

static bool lock_database(const struct changing *changing)
{
    struct database_locked content = {.name = changing->now->proposed_name,
                                      .first_user = changing->now->proposed_by};
    return log_head(txn_db(changing->txn), &content.at_seq, &content.head,
                    changing->err) &&
           append(changing, LOG_EVENT_DATABASE_LOCKED, &content);
}

static bool confirm(const struct record_lock_change *verb,
                    const struct changing *changing)
{
    struct lock_changed content = content_of(changing, verb->reason);
    content.first_user = changing->now->proposed_by;
    if (!check_pair(verb, changing))
        return false;
    if (verb->scope == RECORD_DATABASE && !verb->is_unlocking)
        return lock_database(changing);
    return append(changing, verb->is_unlocking ? LOG_EVENT_UNLOCKED : LOG_EVENT_LOCKED,
                  &content);
}

static bool propose(const struct record_lock_change *verb,
                    const struct changing *changing)
{
    struct lock_changed content = content_of(changing, verb->reason);
    content.is_unlock = verb->is_unlocking;
    if (verb->scope == RECORD_DATABASE && !verb->is_unlocking) {
        content.name = text_trim(verb->name);
        if (content.name.len == 0 || !reason_check(content.name, changing->err)) {
            error_set(changing->err, ERROR_REFUSED,
                      "a name for the data cut is needed: \"final analysis\"");
            return error_where(changing->err, 0, "name");
        }
    }
    return append(changing, LOG_EVENT_LOCK_PROPOSED, &content);
}

bool record_lock_change(struct act *act, struct txn *txn, struct error *err)
{
    struct record_lock_change *verb = (struct record_lock_change *)act;
    struct changing changing = changing_of(act, txn, verb->scope, &verb->key, err);
    enum lock_proposal wanted =
        verb->is_unlocking ? LOCK_UNLOCK_PROPOSED : LOCK_LOCK_PROPOSED;
    verb->is_done = false;
    if (!find_place(&changing, permission_of(verb)))
        return false;
    if (verb->is_unlocking != (state_of(&changing) == LOCK_LOCKED))
        return error_set(err, ERROR_CHANGED,
                         verb->is_unlocking ? "it is not locked"
                                            : "it is locked already");
    if (verb->is_unlocking && !reason_check(verb->reason, err))
        return false;
    if (!verb->is_unlocking && !check_settled(&changing))
        return false;
    bool is_proposed = changing.now != NULL && changing.now->proposal == wanted;
    if (!is_proposed)
        return propose(verb, &changing);
    verb->is_done = true;
    return confirm(verb, &changing);
}
