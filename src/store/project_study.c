#include "store/project.h"

/* The XML itself stays in the log. */
bool project_design(struct db *db, const struct log_row *event, struct error *err)
{
    const struct design_published *published = event->content;
    return db_run(db, STATEMENT_DESIGN_INSERT,
                  BINDS(bind_number(event->seq), bind_text(published->version),
                        bind_number(event->server_time)),
                  err);
}
