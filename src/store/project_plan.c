/* Versions of the analysis plan: proposed, published. Their JSON stays in the log. */
#include "store/plan_version.h"
#include "store/project.h"

bool project_plan_proposed(struct db *db, const struct log_row *event,
                           struct error *err)
{
    const struct plan_proposed *proposed = event->content;
    return db_run(db, STATEMENT_PLAN_INSERT,
                  BINDS(bind_number(event->seq), bind_text(proposed->version),
                        bind_number(event->origin.user),
                        bind_number(event->server_time), bind_text(proposed->reason)),
                  err);
}

bool project_plan_published(struct db *db, const struct log_row *event,
                            struct error *err)
{
    const struct plan_published *published = event->content;
    return db_run_one(db, STATEMENT_PLAN_PUBLISH,
                      BINDS(bind_number(event->seq), bind_number(event->origin.user),
                            bind_number(event->server_time),
                            bind_number(published->proposal)),
                      err);
}
