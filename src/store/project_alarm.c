/* ALARM_* events into the table `alarm`. */
#include "store/project.h"

bool project_alarm_raised(struct db *db, const struct log_row *event, struct error *err)
{
    const struct alarm_raised *c = event->content;
    int64_t form = 0;
    if (c->has_form && !project_form_of(db, event, &c->key, &form, err))
        return false;
    return db_run(db, STATEMENT_ALARM_INSERT,
                  BINDS(bind_number(event->seq), bind_number(event->participant),
                        bind_number(form), bind_number(c->row), bind_text(c->alarm),
                        bind_text(c->step), bind_number(c->level),
                        bind_number(event->server_time), bind_number(c->escalates_at),
                        bind_number(c->repeats_at)),
                  err);
}

bool project_alarm_acknowledged(struct db *db, const struct log_row *event,
                                struct error *err)
{
    const struct alarm_acknowledged *c = event->content;
    return db_run(db, STATEMENT_ALARM_ACKNOWLEDGE,
                  BINDS(bind_number(event->server_time),
                        bind_number(event->origin.user), bind_text(c->note),
                        bind_number(c->alarm)),
                  err);
}

bool project_alarm_escalated(struct db *db, const struct log_row *event,
                             struct error *err)
{
    const struct alarm_went_on *c = event->content;
    return db_run(db, STATEMENT_ALARM_ESCALATE,
                  BINDS(bind_number(event->server_time), bind_number(c->escalates_at),
                        bind_number(c->alarm)),
                  err);
}

bool project_alarm_repeated(struct db *db, const struct log_row *event,
                            struct error *err)
{
    const struct alarm_went_on *c = event->content;
    return db_run(db, STATEMENT_ALARM_REPEAT,
                  BINDS(bind_number(event->server_time), bind_number(c->escalates_at),
                        bind_number(c->repeats_at), bind_number(c->alarm)),
                  err);
}

bool project_alarm_ended(struct db *db, const struct log_row *event, struct error *err)
{
    const struct alarm_ended *c = event->content;
    return db_run(db, STATEMENT_ALARM_END,
                  BINDS(bind_number(event->server_time), bind_number(c->alarm)), err);
}

/* `settled`: the last notice that needs no further attempt. */
static bool put_message(struct db *db, const struct alarm_message *c, int64_t settled,
                        struct error *err)
{
    enum statement statement =
        c->channel == ALARM_BY_MAIL ? STATEMENT_ALARM_MAILED : STATEMENT_ALARM_POSTED;
    return db_run(db, statement,
                  BINDS(bind_number(settled),
                        bind_number(settled == c->notice ? 0 : c->attempt),
                        bind_number(c->again_at), bind_number(c->alarm)),
                  err);
}

bool project_alarm_sent(struct db *db, const struct log_row *event, struct error *err)
{
    const struct alarm_message *c = event->content;
    return put_message(db, c, c->notice, err);
}

/* After the last attempt nothing more is tried: the log says that nobody was told. */
bool project_alarm_failed(struct db *db, const struct log_row *event, struct error *err)
{
    const struct alarm_message *c = event->content;
    return put_message(db, c, c->again_at == 0 ? c->notice : c->notice - 1, err);
}
