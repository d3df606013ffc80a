/* Numbers of patients, what feeds mean, what came with results: into their tables. */
#include "store/laboratory.h"
#include "store/names.h"
#include "store/project.h"

bool project_patient_linked(struct db *db, const struct log_row *event,
                            struct error *err)
{
    const struct patient_linked *c = event->content;
    struct hash digest;
    return patient_digest(db, c->number, c->authority, &digest, err) &&
           db_run(db, STATEMENT_PATIENT_LINK_PUT,
                  BINDS(bind_bytes(digest.bytes, HASH_SIZE),
                        bind_number(event->participant), bind_number(event->seq)),
                  err);
}

bool project_patient_unlinked(struct db *db, const struct log_row *event,
                              struct error *err)
{
    const struct patient_linked *c = event->content;
    struct hash digest;
    return patient_digest(db, c->number, c->authority, &digest, err) &&
           db_run(db, STATEMENT_PATIENT_LINK_DELETE,
                  BINDS(bind_bytes(digest.bytes, HASH_SIZE)), err);
}

bool project_feed_rule_set(struct db *db, const struct log_row *event,
                           struct error *err)
{
    const struct feed_rule_set *c = event->content;
    return db_run(db, STATEMENT_FEED_RULE_INSERT,
                  BINDS(bind_number(event->seq), bind_text(c->feed),
                        bind_number(c->kind), bind_text(c->item), bind_text(c->from),
                        bind_text(c->to), bind_text(c->reason),
                        bind_number(event->origin.user),
                        bind_number(event->server_time)),
                  err);
}

bool project_feed_rule_ended(struct db *db, const struct log_row *event,
                             struct error *err)
{
    const struct feed_rule_ended *c = event->content;
    return db_run(db, STATEMENT_FEED_RULE_END,
                  BINDS(bind_number(event->seq), bind_number(c->rule)), err);
}

bool project_results_received(struct db *db, const struct log_row *event,
                              struct error *err)
{
    const struct results_received *c = event->content;
    int64_t at_event = 0, at_form = 0;
    bool is_good = names_number(db, c->key.event, &at_event, err) &&
                   names_number(db, c->key.form, &at_form, err);
    for (size_t i = 0; is_good && i < c->result_count; i++) {
        const struct result_received *one = &c->results[i];
        int64_t item = 0;
        is_good = names_number(db, one->item, &item, err) &&
                  db_run(db, STATEMENT_RECEIVED_PUT,
                         BINDS(bind_number(event->participant), bind_number(at_event),
                               bind_number(c->key.event_repeat), bind_number(at_form),
                               bind_number(c->key.form_repeat), bind_number(item),
                               bind_number(c->message), bind_number(one->observation),
                               bind_number(event->seq), bind_text(one->code),
                               bind_text(one->value), bind_text(one->unit),
                               bind_text(one->factor), bind_text(one->range),
                               bind_text(one->low), bind_text(one->high),
                               bind_text(one->flags), bind_text(one->status),
                               bind_text(one->specimen), bind_text(one->draw_site),
                               bind_number(one->collected), bind_number(one->reported)),
                         err);
    }
    return is_good;
}
