/* Versions of the design: proposed, published, and who is moved to one. Their XML stays in
 * the log. */
#include "store/amendment.h"
#include "store/names.h"
#include "store/project.h"

static bool decide(struct db *db, const struct log_row *event, int64_t proposal,
                   enum proposal_state state, struct error *err)
{
    return db_run_one(db, STATEMENT_PROPOSAL_DECIDE,
                      BINDS(bind_number(state), bind_number(event->origin.user),
                            bind_number(event->server_time), bind_number(proposal),
                            bind_number(PROPOSAL_OPEN)),
                      err);
}

bool project_design(struct db *db, const struct log_row *event, struct error *err)
{
    const struct design_published *published = event->content;
    return db_run(db, STATEMENT_DESIGN_INSERT,
                  BINDS(bind_number(event->seq), bind_text(published->version),
                        bind_number(event->server_time),
                        bind_number(event->origin.user),
                        bind_number(published->proposal)),
                  err) &&
           (published->proposal == 0 ||
            decide(db, event, published->proposal, PROPOSAL_PUBLISHED, err));
}

bool project_proposed(struct db *db, const struct log_row *event, struct error *err)
{
    const struct design_proposed *proposed = event->content;
    return db_run(db, STATEMENT_PROPOSAL_INSERT,
                  BINDS(bind_number(event->seq), bind_text(proposed->version),
                        bind_number(event->origin.user),
                        bind_number(event->server_time), bind_text(proposed->reason),
                        bind_text(proposed->approval), bind_text(proposed->approved_on),
                        bind_number(proposed->needs_consent)),
                  err);
}

bool project_withdrawn(struct db *db, const struct log_row *event, struct error *err)
{
    const struct design_withdrawn *withdrawn = event->content;
    return decide(db, event, withdrawn->proposal, PROPOSAL_WITHDRAWN, err);
}

bool project_moved(struct db *db, const struct log_row *event, struct error *err)
{
    const struct participant_moved *moved = event->content;
    int64_t from_event = 0;
    return names_number(db, moved->from_event, &from_event, err) &&
           db_run(db, STATEMENT_MOVE_INSERT,
                  BINDS(bind_number(event->participant), bind_number(event->seq),
                        bind_text(moved->version), bind_number(from_event)),
                  err);
}
