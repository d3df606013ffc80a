/* Registers: every step and what it says, as they came; and who is verified. Rows are
 * only ever added. */
#include "store/project.h"
#include "store/register.h"

static bool write_step(struct db *db, const struct log_row *event,
                       enum register_change change, struct error *err)
{
    const struct register_step *step = event->content;
    int64_t line = change == REGISTER_ADDED ? event->seq : step->line;
    if (!db_run(db, STATEMENT_REGISTER_STEP_INSERT,
                BINDS(bind_number(event->seq), bind_number(line), bind_text(step->name),
                      bind_text(step->site), bind_number(step->person),
                      bind_number(change), bind_number(event->origin.user),
                      bind_number(event->server_time), bind_text(step->reason),
                      bind_text(step->ends_on)),
                err))
        return false;
    for (size_t i = 0; i < step->entry_count; i++)
        if (!db_run(db, STATEMENT_REGISTER_VALUE_INSERT,
                    BINDS(bind_number(event->seq), bind_number((int64_t)i),
                          bind_text(step->name), bind_text(step->entries[i].field),
                          bind_text(step->entries[i].value)),
                    err))
            return false;
    return true;
}

bool project_register_added(struct db *db, const struct log_row *event,
                            struct error *err)
{
    return write_step(db, event, REGISTER_ADDED, err);
}

bool project_register_agreed(struct db *db, const struct log_row *event,
                             struct error *err)
{
    return write_step(db, event, REGISTER_AGREED, err);
}

bool project_register_corrected(struct db *db, const struct log_row *event,
                                struct error *err)
{
    return write_step(db, event, REGISTER_CORRECTED, err);
}

bool project_register_ended(struct db *db, const struct log_row *event,
                            struct error *err)
{
    return write_step(db, event, REGISTER_ENDED, err);
}

bool project_identity(struct db *db, const struct log_row *event, struct error *err)
{
    const struct identity_verified *verified = event->content;
    return db_run(db, STATEMENT_IDENTITY_INSERT,
                  BINDS(bind_number(verified->user), bind_number(event->seq),
                        bind_number(event->origin.user),
                        bind_number(event->server_time), bind_text(verified->how),
                        bind_text(verified->certified_on)),
                  err);
}
