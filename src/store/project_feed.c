/* FEED_* events into the tables `feed` and `feed_message`. */
#include "store/project.h"

bool project_feed_received(struct db *db, const struct log_row *event,
                           struct error *err)
{
    const struct feed_message_received *c = event->content;
    enum statement touch =
        c->state == FEED_REJECTED ? STATEMENT_FEED_REFUSED : STATEMENT_FEED_TOOK;
    return db_run(db, STATEMENT_FEED_MESSAGE_INSERT,
                  BINDS(bind_number(event->seq), bind_text(c->feed),
                        bind_text(c->control), bind_bytes(c->digest.bytes, HASH_SIZE),
                        bind_number(c->size), bind_text(c->type), bind_text(c->version),
                        bind_text(c->message_time), bind_number(event->server_time),
                        bind_number(c->state), bind_text(c->reason), bind_text(c->said),
                        bind_number(c->is_kept)),
                  err) &&
           db_run(db, touch,
                  BINDS(bind_text(c->feed), bind_number(event->server_time),
                        bind_number(event->seq)),
                  err);
}

bool project_feed_sorted(struct db *db, const struct log_row *event, struct error *err)
{
    const struct feed_message_sorted *c = event->content;
    return db_run_one(db, STATEMENT_FEED_MESSAGE_SORT,
                      BINDS(bind_number(c->state), bind_text(c->reason),
                            bind_text(c->said),
                            bind_number_if(c->of_participant != 0, c->of_participant),
                            bind_number(event->seq), bind_number(c->message)),
                      err);
}

bool project_feed_set(struct db *db, const struct log_row *event, struct error *err)
{
    const struct feed_set *c = event->content;
    return db_run(db, STATEMENT_FEED_SET,
                  BINDS(bind_text(c->feed),
                        bind_number(c->is_open ? FEED_OPEN : FEED_CLOSED),
                        bind_text(c->label), bind_text(c->certificate),
                        bind_number(c->silent_after), bind_number(event->origin.user),
                        bind_number(event->server_time)),
                  err);
}
