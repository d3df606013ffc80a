/* Queries: what the program opens and closes, what persons do, and how many there are. */
#include "model/event.h"
#include "store/names.h"
#include "store/project.h"

/* What a step changes and needs to know: QUERY_PLAIN. */
struct moving {
    int64_t id, participant;
    struct text site;
    int64_t at_form, assignee;
    enum query_state state;
    bool is_held;
};

struct place {
    int64_t event, form; /* numbers of their OIDs */
};

static void moving_of(const struct rows *rows, struct arena *arena, struct moving *out)
{
    *out = (struct moving){.id = rows_number(rows, 0),
                           .participant = rows_number(rows, 1),
                           .site = rows_copy(rows, 2, arena),
                           .at_form = rows_number(rows, 3),
                           .state = (enum query_state)rows_number(rows, 4),
                           .is_held = rows_number(rows, 5) != 0,
                           .assignee = rows_number(rows, 6)};
}

/* -- How many there are ------------------------------------------------------------ */

static bool tally_add(struct db *db, const struct moving *query, struct error *err)
{
    return db_run(db, STATEMENT_QUERY_TALLY_ADD,
                  BINDS(bind_text(query->site), bind_number(query->at_form),
                        bind_number(query->assignee), bind_number(query->state)),
                  err);
}

/* A count of nothing is no row: an erasure leaves none, and a rebuild makes none. */
static bool tally_take(struct db *db, const struct moving *query, struct error *err)
{
    const struct bind key[] = {bind_text(query->site), bind_number(query->at_form),
                               bind_number(query->assignee), bind_number(query->state)};
    struct binds binds = {key, ARRAY_COUNT(key)};
    return db_run_one(db, STATEMENT_QUERY_TALLY_TAKE, binds, err) &&
           db_run(db, STATEMENT_QUERY_TALLY_EMPTY, binds, err);
}

/* -- Steps ------------------------------------------------------------------------- */

/* What one step says, whoever makes it. */
struct stepping {
    int64_t id; /* of the step */
    enum query_step_kind kind;
    int64_t by;
    int64_t assignee;
    struct text text;
    const uint8_t *request; /* NULL: none */
};

static bool write_step(struct db *db, const struct log_row *event, int64_t query,
                       const struct stepping *step, struct error *err)
{
    return db_run(db, STATEMENT_QUERY_STEP_INSERT,
                  BINDS(bind_number(step->id), bind_number(query),
                        bind_number(step->kind), bind_number(step->by),
                        bind_number(event->server_time), bind_number(step->assignee),
                        bind_text(step->text),
                        bind_bytes(step->request, BATCH_ID_SIZE)),
                  err);
}

static bool move(struct db *db, const struct log_row *event, struct moving *query,
                 const struct stepping *step, struct error *err)
{
    enum query_state to = query->state;
    if (!query_step_leads(step->kind, query->state, &to))
        return error_set(err, ERROR_REFUSED, "query %lld is %.*s", (long long)query->id,
                         TEXT_ARG(query_state_name(query->state)));
    bool is_assigning = step->kind == QUERY_STEP_ASSIGN;
    bool is_counted_anew =
        to != query->state || (is_assigning && step->assignee != query->assignee);
    bool is_held = query->is_held || step->kind == QUERY_STEP_ANSWER ||
                   step->kind == QUERY_STEP_REOPEN;
    if (is_counted_anew && !tally_take(db, query, err))
        return false;
    query->state = to;
    if (is_assigning)
        query->assignee = step->assignee;
    return (!is_counted_anew || tally_add(db, query, err)) &&
           db_run_one(db, STATEMENT_QUERY_MOVE,
                      BINDS(bind_number(to), bind_number(query_is_unsettled(to)),
                            bind_number(is_held), bind_number(query->assignee),
                            bind_number(event->seq), bind_number(event->server_time),
                            bind_number(step->by),
                            bind_number_if(!query_is_unsettled(to), event->server_time),
                            bind_number(query->id)),
                      err) &&
           write_step(db, event, query->id, step, err);
}

/* -- Opening ----------------------------------------------------------------------- */

struct opening {
    int64_t id, form, by, assignee;
    const struct form_key *key;
    const struct query_change *query;
};

static bool site_of(struct db *db, int64_t participant, struct arena *arena,
                    struct text *site, struct error *err)
{
    struct rows rows =
        db_query(db, STATEMENT_PARTICIPANT_SITE, BINDS(bind_number(participant)));
    *site = rows_next(&rows) ? rows_copy(&rows, 0, arena) : TEXT("");
    return rows_end(&rows, err);
}

static bool insert(struct db *db, const struct log_row *event,
                   const struct opening *opening, const struct moving *query,
                   const struct place *place, int64_t item, struct error *err)
{
    const struct query_change *asked = opening->query;
    return db_run(
        db, STATEMENT_QUERY_INSERT,
        BINDS(bind_number(opening->id), bind_number(event->participant),
              bind_number(opening->form), bind_number(place->event),
              bind_number(opening->key->event_repeat), bind_number(place->form),
              bind_number(opening->key->form_repeat), bind_text(query->site),
              bind_number(asked->kind), bind_text(asked->check),
              bind_number_if(item != 0, item), bind_number(asked->row),
              bind_text(asked->message.english), bind_text(asked->message.chinese),
              bind_number(event->server_time), bind_number(opening->by),
              bind_number(opening->assignee), bind_number(event->seq)),
        err);
}

static bool open_query(struct db *db, const struct log_row *event,
                       const struct opening *opening, struct arena *scratch,
                       struct error *err)
{
    struct moving query = {.assignee = opening->assignee, .state = QUERY_OPEN};
    struct place place;
    int64_t item = 0;
    if (!names_number(db, opening->key->event, &place.event, err) ||
        !names_number(db, opening->key->form, &place.form, err) ||
        (!text_is_absent(opening->query->item) &&
         !names_number(db, opening->query->item, &item, err)) ||
        !site_of(db, event->participant, scratch, &query.site, err))
        return false;
    query.at_form = place.form;
    return insert(db, event, opening, &query, &place, item, err) &&
           tally_add(db, &query, err);
}

/* -- The program ------------------------------------------------------------------- */

/* The open query that this closing means; `*found` false: a person closed it before. */
static bool match(struct db *db, int64_t form, const struct query_change *query,
                  struct arena *scratch, struct moving *out, bool *found,
                  struct error *err)
{
    int64_t item = 0;
    *found = false;
    if (!text_is_absent(query->item) && !names_number(db, query->item, &item, err))
        return false;
    struct rows rows = db_query(
        db, STATEMENT_QUERY_MATCH,
        BINDS(bind_number(form), bind_number(query->kind),
              bind_text(text_is_absent(query->check) ? TEXT("") : query->check),
              bind_number(item), bind_number(query->row)));
    if (rows_next(&rows)) {
        moving_of(&rows, scratch, out);
        *found = true;
    }
    return rows_end(&rows, err);
}

static bool change(struct db *db, const struct log_row *event,
                   const struct opening *opening, struct arena *scratch,
                   struct error *err)
{
    struct moving query;
    bool found = false;
    if (opening->query->is_opening)
        return open_query(db, event, opening, scratch, err);
    if (!match(db, opening->form, opening->query, scratch, &query, &found, err))
        return false;
    struct stepping step = {.id = opening->id, .kind = QUERY_STEP_CLOSE};
    return !found || move(db, event, &query, &step, err);
}

bool project_query(struct db *db, const struct log_row *event, int64_t form,
                   const struct form_key *key, const struct query_change *query,
                   size_t place, struct error *err)
{
    struct opening opening = {.id = event->seq * QUERIES_MOST + (int64_t)place,
                              .form = form,
                              .key = key,
                              .query = query};
    struct arena *scratch = arena_new(4096);
    bool is_done = change(db, event, &opening, scratch, err);
    arena_free(scratch);
    return is_done;
}

/* -- Persons ----------------------------------------------------------------------- */

static enum query_step_kind step_of(int32_t kind)
{
    switch (kind) {
    case LOG_EVENT_QUERY_ANSWERED: return QUERY_STEP_ANSWER;
    case LOG_EVENT_QUERY_CLOSED: return QUERY_STEP_CLOSE;
    case LOG_EVENT_QUERY_REOPENED: return QUERY_STEP_REOPEN;
    case LOG_EVENT_QUERY_CANCELLED: return QUERY_STEP_CANCEL;
    case LOG_EVENT_QUERY_ASSIGNED: return QUERY_STEP_ASSIGN;
    default: return QUERY_STEP_OPEN;
    }
}

static bool open_by_person(struct db *db, const struct log_row *event,
                           const struct stepping *step, struct arena *scratch,
                           struct error *err)
{
    const struct query_stepped *content = event->content;
    struct query_change query = {.is_opening = true,
                                 .kind = QUERY_PERSON,
                                 .item = content->item,
                                 .row = content->row,
                                 .message.english = content->text};
    struct opening opening = {.id = step->id,
                              .by = step->by,
                              .assignee = content->assignee,
                              .key = &content->key,
                              .query = &query};
    return project_form_find(db, &content->key, &opening.form, err) &&
           open_query(db, event, &opening, scratch, err) &&
           write_step(db, event, opening.id, step, err);
}

static bool find(struct db *db, int64_t id, struct arena *scratch, struct moving *out,
                 struct error *err)
{
    struct rows rows =
        db_query(db, STATEMENT_QUERY_PLAIN_BY_ID, BINDS(bind_number(id)));
    bool found = rows_next(&rows);
    if (found)
        moving_of(&rows, scratch, out);
    return rows_end(&rows, err) &&
           (found ||
            error_set(err, ERROR_REFUSED, "there is no query %lld", (long long)id));
}

static bool step_by_person(struct db *db, const struct log_row *event,
                           struct arena *scratch, struct error *err)
{
    const struct query_stepped *content = event->content;
    struct moving query;
    struct stepping step = {.id = event->seq * QUERIES_MOST,
                            .kind = step_of(event->kind),
                            .by = event->origin.user,
                            .assignee = content->assignee,
                            .text = content->text,
                            .request = content->has_request ? content->request : NULL};
    if (step.kind == QUERY_STEP_OPEN)
        return open_by_person(db, event, &step, scratch, err);
    if (!find(db, content->query, scratch, &query, err))
        return false;
    if (query.participant != event->participant)
        return error_set(err, ERROR_REFUSED, "query %lld is of another participant",
                         (long long)query.id);
    return move(db, event, &query, &step, err);
}

bool project_query_step(struct db *db, const struct log_row *event, struct error *err)
{
    const struct query_stepped *content = event->content;
    if (content->key.participant != event->participant)
        return error_set(
            err, ERROR_REFUSED, "the event of participant %lld names participant %lld",
            (long long)event->participant, (long long)content->key.participant);
    struct arena *scratch = arena_new(4096);
    bool is_done = step_by_person(db, event, scratch, err);
    arena_free(scratch);
    return is_done;
}
