#include "actions/plan_version.h"

#include "actions/analysis.h"
#include "actions/program_values.h"
#include "analysis/collect.h"
#include "base/limits.h"
#include "formats/plan_read.h"
#include "model/event.h"
#include "report/figure.h"
#include "system/crypto.h"

static bool may_publish(const struct act *act, struct error *err)
{
    return caller_must(act->caller, PERMISSION_PUBLISH_ANALYSIS_PLAN, (struct text){0},
                       false, err);
}

/* --- in force ---------------------------------------------------------------------------- */

bool plan_in_force(const struct design *design, struct db *db, struct arena *arena,
                   struct plan_used *out, struct error *err)
{
    struct stored_plan *stored = NULL;
    if (!plan_current(db, arena, &stored, err))
        return false;
    *out = (struct plan_used){.published = stored == NULL ? 0 : stored->published};
    struct text json = stored == NULL ? analysis_plan_json() : stored->json;
    out->content = hash_of(json);
    return stored == NULL ? analysis_plan_builtin(design, arena, &out->plan, err)
                          : plan_read(json, arena, &out->plan, err);
}

/* --- proposing --------------------------------------------------------------------------- */

/* Does it fit the design in force? */
static bool fits(struct study *study, const struct analysis_plan *plan,
                 struct error *err)
{
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    struct arena *scratch = arena_new(LIMIT_REQUEST_ARENA);
    struct collector *collector = NULL;
    bool is_good = collector_new(plan, study_rulebook(study, study_design(study)),
                                 arena, scratch, &collector, err) &&
                   plan_check(plan, collector->datasets, err) &&
                   figures_check(plan, err);
    arena_free(scratch);
    arena_free(arena);
    return is_good;
}

bool plan_propose_prepare(struct plan_propose *verb, struct error *err)
{
    struct act *act = &verb->act;
    struct analysis_plan *plan = NULL;
    if (!may_publish(act, err))
        return caller_refused(act->study, act->caller, 0, err);
    if (!plan_read(verb->json, act->arena, &plan, err))
        return false;
    if (!text_equal(plan->study, study_design(act->study)->study_oid))
        return error_set(err, ERROR_REFUSED, "this is a plan of another study, %.*s",
                         TEXT_ARG(plan->study));
    verb->version = plan->version;
    return fits(act->study, plan, err);
}

static bool is_known(struct act *act, struct txn *txn, struct text version, bool *out,
                     struct error *err)
{
    struct stored_plan *versions = NULL;
    struct analysis_plan *own = NULL;
    size_t count = 0;
    struct error none = {0};
    if (!plan_list(txn_db(txn), txn_arena(txn), &versions, &count, err))
        return false;
    *out =
        analysis_plan_builtin(study_design(act->study), txn_arena(txn), &own, &none) &&
        text_equal(own->version, version);
    for (size_t i = 0; i < count; i++)
        *out |= text_equal(versions[i].version, version);
    return true;
}

bool plan_propose(struct act *act, struct txn *txn, struct error *err)
{
    struct plan_propose *verb = (struct plan_propose *)act;
    struct origin origin = caller_origin(act->caller);
    bool is_there = false;
    if (!may_publish(act, err) || !reason_check(verb->reason, err) ||
        !is_known(act, txn, verb->version, &is_there, err))
        return false;
    if (is_there) {
        error_set(err, ERROR_REFUSED, "version %.*s of the plan is there already",
                  TEXT_ARG(verb->version));
        return error_hint(err, "a changed plan has a version of its own");
    }
    struct plan_proposed content = {.version = verb->version,
                                    .json = verb->json,
                                    .reason = text_trim(verb->reason)};
    return txn_append(txn, LOG_EVENT_PLAN_PROPOSED, &origin, 0, &content,
                      &verb->proposal, err);
}

/* --- publishing -------------------------------------------------------------------------- */

static bool makes_pair(struct db *db, const struct caller *caller,
                       const struct stored_plan *plan, struct arena *arena, bool *out,
                       struct error *err)
{
    struct user *first = NULL;
    const struct two_person_rule *rule =
        permission_two_person_rule(PERMISSION_PUBLISH_ANALYSIS_PLAN);
    if (!user_by_id(db, plan->user, arena, &first, err))
        return false;
    *out =
        first != NULL && first->id != caller->user &&
        permission_pair_allows(rule, first->grants, first->grant_count, caller->grants,
                               caller->grant_count, (struct text){0});
    return true;
}

bool plan_publish(struct act *act, struct txn *txn, struct error *err)
{
    struct plan_publish *verb = (struct plan_publish *)act;
    struct origin origin = caller_origin(act->caller);
    struct stored_plan *plan = NULL;
    bool is_pair = false;
    if (!may_publish(act, err) ||
        !plan_version_read(txn_db(txn), verb->proposal, txn_arena(txn), &plan, err))
        return false;
    if (plan == NULL)
        return error_set(err, ERROR_NOT_FOUND, "there is no such version of the plan");
    if (plan->published != 0)
        return error_set(err, ERROR_CHANGED, "this version was published already");
    if (!makes_pair(txn_db(txn), act->caller, plan, txn_arena(txn), &is_pair, err))
        return false;
    if (!is_pair) {
        error_set(err, ERROR_NOT_ALLOWED,
                  "an analysis plan is published by two different people: a "
                  "statistician and the principal investigator");
        return error_hint(err, "one proposes it, the other one publishes it");
    }
    struct plan_published content = {.proposal = plan->seq,
                                     .version = plan->version,
                                     .content = hash_of(plan->json)};
    return txn_append(txn, LOG_EVENT_PLAN_PUBLISHED, &origin, 0, &content, NULL, err);
}

/* --- looking ------------------------------------------------------------------------------ */

static bool compare(struct db *db, const struct analysis_plan *now,
                    const struct stored_plan *version, struct arena *arena,
                    struct plan_diff *out, struct error *err)
{
    struct stored_plan *whole = NULL;
    struct analysis_plan *then = NULL;
    if (!plan_version_read(db, version->seq, arena, &whole, err) || whole == NULL ||
        !plan_read(whole->json, arena, &then, err))
        return false;
    *out = plan_compare(now, then, arena);
    return true;
}

static bool read_history(const struct design *design, struct db *db,
                         const struct caller *caller, struct arena *arena,
                         struct plan_history *out, struct error *err)
{
    struct stored_plan *versions = NULL;
    struct plan_used now;
    size_t count = 0;
    if (!plan_list(db, arena, &versions, &count, err) ||
        !plan_in_force(design, db, arena, &now, err))
        return false;
    struct plan_diff *changes = ARENA_ARRAY(arena, struct plan_diff, count);
    bool *may = ARENA_ARRAY(arena, bool, count);
    bool is_good = true;
    for (size_t i = 0; is_good && i < count; i++) {
        changes[i] = (struct plan_diff){0};
        may[i] = false;
        if (versions[i].published == 0)
            is_good = compare(db, now.plan, &versions[i], arena, &changes[i], err) &&
                      makes_pair(db, caller, &versions[i], arena, &may[i], err);
    }
    *out = (struct plan_history){versions, count, changes, may};
    return is_good;
}

bool plan_history_read(struct study *study, const struct caller *caller,
                       struct arena *arena, struct plan_history *out, struct error *err)
{
    struct db *db = store_reader(study_store(study));
    bool is_read = read_history(study_design(study), db, caller, arena, out, err);
    store_reader_return(study_store(study), db);
    return is_read;
}
