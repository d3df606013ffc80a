#include "actions/act.h"

#include "actions/study.h"

static bool refusal_append(struct act *act, struct txn *txn, struct error *err)
{
    struct origin origin = caller_origin(act->caller);
    struct sign_in_event content = {
        .user = act->caller->user,
        .why = text_of(act->outcome.text),
        .client = act->caller->client,
    };
    return txn_append(txn, LOG_EVENT_ACCESS_REFUSED, &origin, act->participant,
                      &content, NULL, err);
}

/* A refusal that the log must know is a unit that succeeds: its events are kept. */
static bool act_apply(struct txn *txn, void *data, struct error *err)
{
    struct act *act = data;
    act->outcome = (struct error){0};
    act->is_refusal_logged = false;
    act->after = act->after_refusal = NULL;
    if (act->decide(act, txn, &act->outcome)) {
        /* A verb that went on after a fault has left the fault's words. */
        act->outcome = (struct error){0};
        return true;
    }
    ASSERT(act->outcome.code != ERROR_NONE);
    if (act->is_refusal_logged)
        return true;
    if (act->outcome.code == ERROR_NOT_ALLOWED && act->caller != NULL)
        return refusal_append(act, txn, err);
    *err = act->outcome;
    return false;
}

static void act_close(struct act *act, const struct error *err)
{
    if (err != NULL)
        act->outcome = *err;
    if (act->outcome.code == ERROR_NONE && act->after != NULL)
        act->after(act);
    else if (err == NULL && act->is_refusal_logged && act->after_refusal != NULL)
        act->after_refusal(act);
}

static void act_done(void *data, const struct error *err)
{
    struct act *act = data;
    act_close(act, err);
    act->finished(act->waiter, act);
}

struct act act_of(struct study *study, const struct caller *caller, struct arena *arena,
                  bool (*decide)(struct act *, struct txn *, struct error *))
{
    return (struct act){
        .study = study, .caller = caller, .arena = arena, .decide = decide};
}

bool act_submit(struct act *act, struct error *err)
{
    ASSERT(act->finished != NULL);
    act->unit = (struct unit){
        .apply = act_apply, .done = act_done, .data = act, .clock = act->clock};
    return store_submit(study_store(act->study), &act->unit, err);
}

bool act_run(struct act *act, struct error *err)
{
    act->unit = (struct unit){.apply = act_apply, .data = act, .clock = act->clock};
    struct error queue_error;
    bool is_written = store_write(study_store(act->study), &act->unit, &queue_error);
    act_close(act, is_written ? NULL : &queue_error);
    if (act->outcome.code == ERROR_NONE)
        return true;
    *err = act->outcome;
    return false;
}
