#include "store/names.h"
#include "store/project.h"

bool project_form_find(struct db *db, const struct form_key *key, int64_t *form,
                       struct error *err)
{
    int64_t event_number = 0;
    int64_t form_number = 0;
    *form = 0;
    if (!names_find(db, key->event, &event_number, err) ||
        !names_find(db, key->form, &form_number, err))
        return false;
    struct rows rows =
        db_query(db, STATEMENT_FORM_IDENTITY,
                 BINDS(bind_number(key->participant), bind_number(event_number),
                       bind_number(key->event_repeat), bind_number(form_number),
                       bind_number(key->form_repeat)));
    if (rows_next(&rows))
        *form = rows_number(&rows, 0);
    return rows_end(&rows, err);
}

bool project_form_of(struct db *db, const struct log_row *event,
                     const struct form_key *key, int64_t *form, struct error *err)
{
    if (key->participant != event->participant)
        return error_set(err, ERROR_REFUSED,
                         "the event of participant %lld names participant %lld",
                         (long long)event->participant, (long long)key->participant);
    return project_form_find(db, key, form, err) &&
           (*form != 0 ||
            error_set(err, ERROR_REFUSED, "nothing is stored of form %.*s",
                      TEXT_ARG(key->form)));
}

bool project_wake(struct db *db, const struct log_row *event, struct error *err)
{
    const struct wake_set *wake = event->content;
    int64_t form = 0;
    if (!project_form_of(db, event, &wake->key, &form, err))
        return false;
    if (wake->wakes_at == 0)
        return db_run(db, STATEMENT_WAKE_DELETE, BINDS(bind_number(form)), err);
    return db_run(db, STATEMENT_WAKE_SET,
                  BINDS(bind_number(form), bind_number(event->participant),
                        bind_number(wake->wakes_at)),
                  err);
}
