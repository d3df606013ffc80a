/* Deviations that the program opened, and decisions on the open points. */
#include "store/names.h"
#include "store/project.h"

bool project_deviation(struct db *db, const struct log_row *event, struct error *err)
{
    const struct deviation_opened *opened = event->content;
    int64_t item = 0;
    return names_number(db, opened->item, &item, err) &&
           db_run(db, STATEMENT_DEVIATION_INSERT,
                  BINDS(bind_number(event->seq), bind_number(event->participant),
                        bind_text(opened->check), bind_number(opened->form),
                        bind_number(item), bind_number(opened->row),
                        bind_number(opened->fact.seq), bind_number(opened->fact.place),
                        bind_number(opened->opened)),
                  err);
}

bool project_point(struct db *db, const struct log_row *event, struct error *err)
{
    const struct point_confirmed *confirmed = event->content;
    return db_run(db, STATEMENT_POINT_INSERT,
                  BINDS(bind_number(event->seq), bind_text(confirmed->point),
                        bind_text(confirmed->choice), bind_text(confirmed->reason),
                        bind_text(confirmed->reference),
                        bind_number(event->origin.user),
                        bind_number(event->server_time)),
                  err);
}
