#include "actions/lock_readiness.h"

#include "actions/second_check.h"
#include "actions/signature.h"
#include "actions/study_state.h"
#include "base/limits.h"

enum { PARTICIPANTS_OF_A_PAGE = 200 };

struct asking {
    const struct verification_asker
        *asker;         /* its arena is emptied for each participant */
    struct arena *page; /* what is told: of the request */
    struct database_readiness *out;
    struct error *err;
};

static bool ask_form(struct asking *asking, const struct form_state *form,
                     struct participant_readiness *one)
{
    const struct verification_asker *asker = asking->asker;
    const struct design *design = NULL;
    struct forms_verification verification;
    bool is_signed = false;
    int64_t waiting = 0;
    if (!study_design_version(asker->study, form->design_version, &design,
                              asking->err) ||
        !second_checks_count(asker->db, design, form, asker->arena, &waiting,
                             asking->err) ||
        !form_is_signed(asker->db, form->key.participant, form->id, asker->arena,
                        &is_signed, asking->err) ||
        !forms_verification_read(asker, one->participant, form, 1, &verification,
                                 asking->err))
        return false;
    one->incomplete += !form->is_complete;
    one->second_checks += waiting;
    one->unsigned_forms += !is_signed;
    one->unverified += verification.counts[0].needed - verification.counts[0].verified;
    return true;
}

/* Of a record that was never attached only its queries are asked for. */
static bool ask_one(struct asking *asking, const struct participant *participant,
                    struct participant_readiness *one)
{
    const struct verification_asker *asker = asking->asker;
    struct record_lock *lock = NULL;
    struct form_states forms = {0};
    *one = (struct participant_readiness){.participant = participant,
                                          .open_queries = participant->open_queries};
    if (text_is_absent(participant->screening_number))
        return true;
    if (!lock_find(asker->db, participant->id, 0, asker->arena, &lock, asking->err))
        return false;
    one->is_locked = lock != NULL && lock->state == LOCK_LOCKED;
    if (one->is_locked)
        return true;
    if (!form_list(asker->db, participant->id, asker->arena, &forms, asking->err))
        return false;
    for (size_t i = 0; i < forms.count; i++)
        if (!ask_form(asking, &forms.list[i], one))
            return false;
    return true;
}

static bool ask_page(struct asking *asking, int64_t after)
{
    const struct verification_asker *asker = asking->asker;
    struct database_readiness *out = asking->out;
    struct participant_filter wanted = {.after = after,
                                        .limit = PARTICIPANTS_OF_A_PAGE};
    struct participant *participants = NULL;
    size_t count = 0;
    if (!participant_list(asker->db, &wanted, asking->page, &participants, &count,
                          asking->err))
        return false;
    out->at = ARENA_ARRAY(asking->page, struct participant_readiness, count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct participant *participant = &participants[i];
        struct participant_readiness *one = &out->at[out->count];
        bool is_screened = !text_is_absent(participant->screening_number);
        if (participant->state == PARTICIPANT_ERASED ||
            (!is_screened && participant->open_queries == 0))
            continue;
        arena_reset(asker->arena);
        if (!ask_one(asking, participant, one))
            return false;
        out->participants++;
        out->locked += one->is_locked && one->open_queries == 0;
        out->count += !one->is_locked || one->open_queries > 0;
    }
    if (count == PARTICIPANTS_OF_A_PAGE)
        out->next = participants[count - 1].id;
    return true;
}

bool database_readiness_read(struct study *study, const struct caller *caller,
                             int64_t after, struct arena *arena,
                             struct database_readiness *out, struct error *err)
{
    struct verification_asker asker = {study, NULL, caller, NULL};
    struct asking asking = {.asker = &asker, .page = arena, .out = out, .err = err};
    *out = (struct database_readiness){0};
    if (!caller_must(caller, PERMISSION_SIGN_DATABASE_LOCK, (struct text){0}, false,
                     err))
        return caller_refused(study, caller, 0, err);
    asker.arena = arena_new(LIMIT_REQUEST_ARENA);
    asker.db = store_reader(study->store);
    bool is_read = ask_page(&asking, after);
    arena_free(asker.arena);
    store_reader_return(study->store, asker.db);
    return is_read;
}
