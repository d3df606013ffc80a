/* Signatures, source verification, freezing and locking, beside what they are about. */
#include "model/event.h"
#include "store/names.h"
#include "store/project.h"
#include "store/review.h"

bool project_signed(struct db *db, const struct log_row *event, struct error *err)
{
    const struct signed_record *c = event->content;
    int64_t form = 0;
    if (!c->is_casebook && !project_form_of(db, event, &c->forms[0].key, &form, err))
        return false;
    return db_run(db, STATEMENT_SIGNATURE_INSERT,
                  BINDS(bind_number(event->seq), bind_number(event->participant),
                        bind_number(form), bind_text(c->meaning),
                        bind_text(c->language), bind_bytes(c->content.bytes, HASH_SIZE),
                        bind_number(event->origin.user),
                        bind_number(event->server_time),
                        bind_number(c->is_casebook ? 0 : c->forms[0].row)),
                  err);
}

/* -- Source verification ----------------------------------------------------------- */

bool project_verified(struct db *db, const struct log_row *event, struct error *err)
{
    const struct source_verified *c = event->content;
    int64_t form = 0;
    bool is_good = project_form_of(db, event, &c->key, &form, err);
    for (size_t i = 0; is_good && i < c->item_count; i++) {
        const struct verified_item *one = &c->items[i];
        int64_t item = 0;
        is_good =
            names_number(db, one->item, &item, err) &&
            db_run(db, STATEMENT_VERIFICATION_PUT,
                   BINDS(bind_number(form), bind_number(item), bind_number(one->row),
                         bind_number(one->version.seq), bind_number(one->version.place),
                         bind_number(event->origin.user), bind_number(event->seq),
                         bind_number(event->server_time)),
                   err);
    }
    return is_good;
}

bool project_verification_withdrawn(struct db *db, const struct log_row *event,
                                    struct error *err)
{
    const struct source_verified *c = event->content;
    int64_t form = 0;
    bool is_good = project_form_of(db, event, &c->key, &form, err);
    for (size_t i = 0; is_good && i < c->item_count; i++) {
        int64_t item = 0;
        is_good = names_number(db, c->items[i].item, &item, err) &&
                  db_run(db, STATEMENT_VERIFICATION_DELETE,
                         BINDS(bind_number(form), bind_number(item),
                               bind_number(c->items[i].row)),
                         err);
    }
    return is_good;
}

/* -- Image tasks ------------------------------------------------------------------- */

bool project_image_assigned(struct db *db, const struct log_row *event,
                            struct error *err)
{
    const struct image_assigned *c = event->content;
    int64_t form = 0;
    return project_form_of(db, event, &c->key, &form, err) &&
           db_run(db, STATEMENT_IMAGE_TASK_INSERT,
                  BINDS(bind_number(form), bind_number(c->user),
                        bind_number(event->participant), bind_number(c->is_adjudicator),
                        bind_number(event->seq)),
                  err);
}

/* -- Freezing and locking ---------------------------------------------------------- */

static bool place_of(struct db *db, const struct log_row *event, int64_t *form,
                     struct error *err)
{
    const struct lock_changed *c = event->content;
    *form = 0;
    return !c->has_form || project_form_of(db, event, &c->key, form, err);
}

static bool lock_remove(struct db *db, int64_t participant, int64_t form,
                        struct error *err)
{
    return db_run(db, STATEMENT_LOCK_DELETE,
                  BINDS(bind_number(participant), bind_number(form)), err);
}

bool project_lock(struct db *db, const struct log_row *event, struct error *err)
{
    const struct lock_changed *c = event->content;
    int64_t form = 0;
    int64_t state = event->kind == LOG_EVENT_FROZEN ? LOCK_FROZEN : LOCK_LOCKED;
    return place_of(db, event, &form, err) &&
           lock_remove(db, event->participant, form, err) &&
           db_run(db, STATEMENT_LOCK_INSERT,
                  BINDS(bind_number(event->participant), bind_number(form),
                        bind_number(state), bind_number(event->seq),
                        bind_number(event->origin.user), bind_number(c->first_user),
                        bind_number(event->server_time), bind_text(c->reason),
                        bind_null(), bind_null()),
                  err);
}

bool project_unlock(struct db *db, const struct log_row *event, struct error *err)
{
    int64_t form = 0;
    return place_of(db, event, &form, err) &&
           lock_remove(db, event->participant, form, err);
}

bool project_lock_proposed(struct db *db, const struct log_row *event,
                           struct error *err)
{
    const struct lock_changed *c = event->content;
    int64_t form = 0;
    return place_of(db, event, &form, err) &&
           db_run(db, STATEMENT_LOCK_PROPOSE,
                  BINDS(bind_number(event->participant), bind_number(form),
                        bind_number(c->is_unlock ? LOCK_UNLOCK_PROPOSED
                                                 : LOCK_LOCK_PROPOSED),
                        bind_number(event->origin.user),
                        bind_number(event->server_time), bind_text(c->name)),
                  err);
}

bool project_database_lock(struct db *db, const struct log_row *event,
                           struct error *err)
{
    const struct database_locked *c = event->content;
    return lock_remove(db, 0, 0, err) &&
           db_run(db, STATEMENT_LOCK_INSERT,
                  BINDS(bind_number(0), bind_number(0), bind_number(LOCK_LOCKED),
                        bind_number(event->seq), bind_number(event->origin.user),
                        bind_number(c->first_user), bind_number(event->server_time),
                        bind_null(), bind_text(c->name), bind_number(c->at_seq)),
                  err);
}

/* -- Safety ------------------------------------------------------------------------ */

bool project_safety_reviewed(struct db *db, const struct log_row *event,
                             struct error *err)
{
    const struct safety_reviewed *c = event->content;
    int64_t form = 0;
    return project_form_of(db, event, &c->key, &form, err) &&
           db_run(db, STATEMENT_SAFETY_REVIEW_PUT,
                  BINDS(bind_number(form), bind_number(event->seq),
                        bind_number(c->of_seq), bind_number(event->origin.user),
                        bind_number(event->server_time), bind_text(c->note)),
                  err);
}

/* -- Emergency starts -------------------------------------------------------------- */

bool project_start_reviewed(struct db *db, const struct log_row *event,
                            struct error *err)
{
    const struct start_reviewed *c = event->content;
    return db_run(db, STATEMENT_START_REVIEW_PUT,
                  BINDS(bind_number(event->participant), bind_number(event->seq),
                        bind_number(c->placement), bind_number(event->origin.user),
                        bind_number(event->server_time), bind_text(c->note)),
                  err);
}

/* -- Grades of laboratory results ---------------------------------------------------- */

bool project_grade_decided(struct db *db, const struct log_row *event,
                           struct error *err)
{
    const struct grade_decided *c = event->content;
    int64_t form = 0;
    return project_form_of(db, event, &c->key, &form, err) &&
           db_run(db, STATEMENT_GRADE_DECISION_PUT,
                  BINDS(bind_number(form), bind_text(c->term), bind_text(c->item),
                        bind_number(c->of_seq), bind_number(c->grade),
                        bind_number(c->event), bind_number(event->seq),
                        bind_number(event->origin.user),
                        bind_number(event->server_time), bind_text(c->reason)),
                  err);
}

/* -- Deviations -------------------------------------------------------------------- */

bool project_deviation_assessed(struct db *db, const struct log_row *event,
                                struct error *err)
{
    const struct deviation_assessed *c = event->content;
    int64_t form = 0;
    return project_form_of(db, event, &c->key, &form, err) &&
           db_run(db, STATEMENT_DEVIATION_ASSESSMENT_PUT,
                  BINDS(bind_number(form), bind_number(event->seq),
                        bind_number(c->of_seq), bind_number(event->origin.user),
                        bind_number(event->server_time), bind_text(c->severity),
                        bind_text(c->report), bind_text(c->reported_on),
                        bind_text(c->note)),
                  err);
}
