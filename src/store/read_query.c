#include "store/db.h"
#include "store/names.h"
#include "store/reads.h"

static bool copy_name(struct db *db, int64_t number, struct arena *arena,
                      struct text *out, struct error *err)
{
    struct text oid;
    if (!names_text(db, number, &oid, err))
        return false;
    *out = text_copy(arena, oid);
    return true;
}

/* What a person asked stands in the language in which it was asked. */
static struct label message_of(const struct rows *rows, enum query_kind kind,
                               struct arena *arena)
{
    struct text english = rows_copy(rows, 16, arena);
    return (struct label){.english = english,
                          .chinese = kind == QUERY_PERSON ? english
                                                          : rows_copy(rows, 17, arena)};
}

/* A row of QUERY_COLUMNS. */
static bool query_of(struct db *db, const struct rows *rows, struct arena *arena,
                     struct stored_query *out, struct error *err)
{
    enum query_kind kind = (enum query_kind)rows_number(rows, 12);
    *out = (struct stored_query){
        .id = rows_number(rows, 0),
        .participant = rows_number(rows, 1),
        .site = rows_copy(rows, 2, arena),
        .state = (enum query_state)rows_number(rows, 4),
        .is_held = rows_number(rows, 5) != 0,
        .assignee = rows_number(rows, 6),
        .last_seq = rows_number(rows, 7),
        .key = {.participant = rows_number(rows, 1),
                .event_repeat = rows_number(rows, 9),
                .form_repeat = rows_number(rows, 10)},
        .form = rows_number(rows, 11),
        .kind = kind,
        .check = rows_copy(rows, 13, arena),
        .row = rows_number(rows, 15),
        .message = message_of(rows, kind, arena),
        .opened_at = rows_number(rows, 18),
        .opened_by = rows_number(rows, 19),
        .last_at = rows_number(rows, 20),
        .last_by = rows_number(rows, 21),
    };
    return copy_name(db, rows_number(rows, 3), arena, &out->key.form, err) &&
           copy_name(db, rows_number(rows, 8), arena, &out->key.event, err) &&
           (rows_is_null(rows, 14) ||
            copy_name(db, rows_number(rows, 14), arena, &out->item, err));
}

/* -- Lists ------------------------------------------------------------------------- */

static bool list_of(struct db *db, enum statement statement, struct binds binds,
                    struct arena *arena, struct stored_query **out, size_t *count,
                    struct error *err)
{
    size_t capacity = 16;
    struct stored_query *list = ARENA_ARRAY(arena, struct stored_query, capacity);
    struct rows rows = db_query(db, statement, binds);
    bool is_good = true;
    *count = 0;
    while (is_good && rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        is_good = query_of(db, &rows, arena, &list[(*count)++], err);
    }
    *out = list;
    return rows_end_after(&rows, is_good, err);
}

bool query_list(struct db *db, int64_t form_instance, bool open_only,
                struct arena *arena, struct stored_query **out, size_t *count,
                struct error *err)
{
    return list_of(db, STATEMENT_QUERY_LIST,
                   BINDS(bind_number(form_instance), bind_number(open_only)), arena,
                   out, count, err);
}

bool query_list_unbegun(struct db *db, int64_t participant, struct arena *arena,
                        struct stored_query **out, size_t *count, struct error *err)
{
    return list_of(db, STATEMENT_QUERY_UNBEGUN, BINDS(bind_number(participant)), arena,
                   out, count, err);
}

bool query_list_of(struct db *db, int64_t participant, struct arena *arena,
                   struct stored_query **out, size_t *count, struct error *err)
{
    return list_of(db, STATEMENT_QUERY_OF_PARTICIPANT, BINDS(bind_number(participant)),
                   arena, out, count, err);
}

bool query_find(struct db *db, int64_t id, struct arena *arena,
                struct stored_query **found, struct error *err)
{
    size_t count = 0;
    if (!list_of(db, STATEMENT_QUERY_BY_ID, BINDS(bind_number(id)), arena, found,
                 &count, err))
        return false;
    if (count == 0)
        *found = NULL;
    return true;
}

/* -- Accepted findings ------------------------------------------------------------- */

bool query_accepted(struct db *db, int64_t form_instance, struct arena *arena,
                    struct accepted_finding **out, size_t *count, struct error *err)
{
    size_t capacity = 8;
    struct accepted_finding *list =
        ARENA_ARRAY(arena, struct accepted_finding, capacity);
    struct rows rows =
        db_query(db, STATEMENT_QUERY_ACCEPTED, BINDS(bind_number(form_instance)));
    bool is_good = true;
    *count = 0;
    while (is_good && rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        struct accepted_finding *accepted = &list[(*count)++];
        *accepted =
            (struct accepted_finding){.kind = (enum query_kind)rows_number(&rows, 0),
                                      .check = rows_copy(&rows, 1, arena),
                                      .row = rows_number(&rows, 3),
                                      .seq = rows_number(&rows, 4)};
        is_good = rows_is_null(&rows, 2) ||
                  copy_name(db, rows_number(&rows, 2), arena, &accepted->item, err);
    }
    *out = list;
    return rows_end_after(&rows, is_good, err);
}

/* -- Threads ----------------------------------------------------------------------- */

bool query_steps(struct db *db, int64_t query, struct arena *arena,
                 struct stored_query_step **out, size_t *count, struct error *err)
{
    size_t capacity = 8;
    struct stored_query_step *list =
        ARENA_ARRAY(arena, struct stored_query_step, capacity);
    struct rows rows = db_query(db, STATEMENT_QUERY_STEPS, BINDS(bind_number(query)));
    *count = 0;
    while (rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        list[(*count)++] = (struct stored_query_step){
            .id = rows_number(&rows, 0),
            .step = (enum query_step_kind)rows_number(&rows, 1),
            .by = rows_number(&rows, 2),
            .at = rows_number(&rows, 3),
            .assignee = rows_number(&rows, 4),
            .text = rows_copy(&rows, 5, arena)};
    }
    *out = list;
    return rows_end(&rows, err);
}

bool query_request_find(struct db *db, const uint8_t request[BATCH_ID_SIZE],
                        int64_t *query, enum query_step_kind *step, int64_t *by,
                        struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_QUERY_STEP_BY_REQUEST,
                                BINDS(bind_bytes(request, BATCH_ID_SIZE)));
    *query = 0;
    if (rows_next(&rows)) {
        *query = rows_number(&rows, 0);
        *step = (enum query_step_kind)rows_number(&rows, 1);
        *by = rows_number(&rows, 2);
    }
    return rows_end(&rows, err);
}

/* -- The inbox --------------------------------------------------------------------- */

/* One walk along an index, in one state. */
struct walk {
    struct db *db;
    struct arena *arena;
    const struct query_filter *filter;
    int64_t form; /* number of the wanted form's OID */
    struct stored_query *found;
    size_t count;
    bool is_cut; /* there is more behind `end` */
    struct query_place end;
};

static bool is_seen(const struct query_filter *filter, const struct stored_query *query)
{
    if (filter->sees_all_sites)
        return true;
    for (size_t i = 0; i < filter->site_count; i++)
        if (text_equal(filter->sites[i], query->site))
            return true;
    for (size_t i = 0; i < filter->assigned_count; i++)
        if (filter->assigned[i] == query->participant)
            return true;
    return false;
}

static bool is_wanted(const struct query_filter *filter,
                      const struct stored_query *query)
{
    return is_seen(filter, query) && filter->states[query->state] &&
           (text_is_absent(filter->site) || text_equal(filter->site, query->site)) &&
           (text_is_absent(filter->form) ||
            text_equal(filter->form, query->key.form)) &&
           (filter->participant == 0 || filter->participant == query->participant) &&
           (!filter->has_assignee || filter->assignee == query->assignee) &&
           (!filter->has_author || filter->author == query->opened_by) &&
           (!filter->has_kind || filter->kind == query->kind) &&
           query->opened_at < filter->opened_before;
}

static bool is_behind(const struct stored_query *query, const struct query_place *place)
{
    return query->opened_at > place->opened_at ||
           (query->opened_at == place->opened_at && query->id > place->id);
}

/* The index that leaves the fewest to look at. */
static struct rows begin_walk(const struct walk *walk, enum query_state state)
{
    const struct query_filter *filter = walk->filter;
    struct db *db = walk->db;
    const struct bind at[] = {bind_number(state), bind_number(filter->after.opened_at),
                              bind_number(filter->after.id),
                              bind_number(filter->opened_before)};
    if (filter->participant != 0)
        return db_query(db, STATEMENT_QUERY_INBOX_PARTICIPANT,
                        BINDS(bind_number(filter->participant)));
    /* "Nobody" is assigned most of them: then another index narrows more. */
    if (filter->has_assignee && filter->assignee != 0)
        return db_query(
            db, STATEMENT_QUERY_INBOX_ASSIGNEE,
            BINDS(at[0], at[1], at[2], at[3], bind_number(filter->assignee)));
    if (filter->has_author && filter->author != 0)
        return db_query(db, STATEMENT_QUERY_INBOX_AUTHOR,
                        BINDS(at[0], at[1], at[2], at[3], bind_number(filter->author)));
    if (walk->form != 0 && filter->site.len > 0)
        return db_query(db, STATEMENT_QUERY_INBOX_SITE_FORM,
                        BINDS(at[0], at[1], at[2], at[3], bind_text(filter->site),
                              bind_number(walk->form)));
    if (walk->form != 0)
        return db_query(db, STATEMENT_QUERY_INBOX_FORM,
                        BINDS(at[0], at[1], at[2], at[3], bind_number(walk->form)));
    if (filter->has_kind && filter->kind != QUERY_CHECK)
        return db_query(db, STATEMENT_QUERY_INBOX_KIND,
                        BINDS(at[0], at[1], at[2], at[3], bind_number(filter->kind)));
    if (filter->site.len > 0)
        return db_query(db, STATEMENT_QUERY_INBOX_SITE,
                        BINDS(at[0], at[1], at[2], at[3], bind_text(filter->site)));
    return db_query(db, STATEMENT_QUERY_INBOX, BINDS(at[0], at[1], at[2], at[3]));
}

/* Looks at rows until there are enough, or enough were looked at. */
static bool walk_state(struct walk *walk, enum query_state state, struct error *err)
{
    const struct query_filter *filter = walk->filter;
    struct rows rows = begin_walk(walk, state);
    bool is_good = true;
    size_t looks = 0;
    walk->found = ARENA_ARRAY(walk->arena, struct stored_query, filter->limit + 1);
    walk->count = 0;
    walk->is_cut = false;
    while (is_good && !walk->is_cut && rows_next(&rows)) {
        struct stored_query *query = &walk->found[walk->count];
        walk->is_cut = walk->count == filter->limit || looks++ == QUERY_LOOKS;
        if (walk->is_cut)
            break;
        is_good = query_of(walk->db, &rows, walk->arena, query, err);
        if (!is_good)
            break;
        if (!is_behind(query, &filter->after))
            continue; /* a participant's are walked from the first */
        walk->end = (struct query_place){query->opened_at, query->id};
        walk->count += is_wanted(filter, query);
    }
    return rows_end_after(&rows, is_good, err);
}

static bool is_before(const struct query_place *a, const struct query_place *b)
{
    return a->opened_at < b->opened_at ||
           (a->opened_at == b->opened_at && a->id < b->id);
}

/* The walks' rows in one order, up to where the first of them was cut. */
static void merge(struct walk *walks, size_t count, size_t limit,
                  struct query_page *out)
{
    struct query_place end = {INT64_MAX, INT64_MAX};
    size_t next[QUERY_STATES] = {0};
    for (size_t i = 0; i < count; i++)
        if (walks[i].is_cut && is_before(&walks[i].end, &end))
            end = walks[i].end;
    out->has_more = end.opened_at != INT64_MAX;
    out->next = end;
    for (;;) {
        size_t first = count;
        for (size_t i = 0; i < count; i++)
            if (next[i] < walks[i].count &&
                (first == count ||
                 is_behind(&walks[first].found[next[first]],
                           &(struct query_place){walks[i].found[next[i]].opened_at,
                                                 walks[i].found[next[i]].id})))
                first = i;
        if (first == count)
            return;
        const struct stored_query *query = &walks[first].found[next[first]];
        if (is_behind(query, &end))
            return;
        if (out->count == limit) {
            out->has_more = true;
            out->next = (struct query_place){out->at[limit - 1].opened_at,
                                             out->at[limit - 1].id};
            return;
        }
        out->at[out->count++] = *query;
        next[first]++;
    }
}

bool query_page_read(struct db *db, const struct query_filter *filter,
                     struct arena *arena, struct query_page *out, struct error *err)
{
    struct walk walks[QUERY_STATES];
    size_t count = 0;
    int64_t form = 0;
    *out = (struct query_page){
        .at = ARENA_ARRAY(arena, struct stored_query, filter->limit + 1)};
    if (filter->form.len > 0 && !names_find(db, filter->form, &form, err))
        return false;
    if (filter->form.len > 0 && form == 0)
        return true; /* nobody has named it yet */
    for (int state = 0; state < QUERY_STATES; state++) {
        if (!filter->states[state])
            continue;
        struct walk *walk = &walks[count++];
        *walk = (struct walk){.db = db, .arena = arena, .filter = filter, .form = form};
        if (!walk_state(walk, (enum query_state)state, err))
            return false;
        if (filter->participant != 0)
            break; /* of all states at once */
    }
    merge(walks, count, filter->limit, out);
    return true;
}

/* -- Counts ------------------------------------------------------------------------ */

bool query_counts(struct db *db, struct arena *arena, struct query_count **out,
                  size_t *count, struct error *err)
{
    size_t capacity = 32;
    struct query_count *list = ARENA_ARRAY(arena, struct query_count, capacity);
    struct rows rows = db_query(db, STATEMENT_QUERY_TALLY_ALL, NO_BINDS);
    bool is_good = true;
    *count = 0;
    while (is_good && rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        struct query_count *one = &list[(*count)++];
        *one = (struct query_count){.site = rows_copy(&rows, 0, arena),
                                    .assignee = rows_number(&rows, 2),
                                    .state = (enum query_state)rows_number(&rows, 3),
                                    .count = rows_number(&rows, 4)};
        is_good = copy_name(db, rows_number(&rows, 1), arena, &one->form, err);
    }
    *out = list;
    return rows_end_after(&rows, is_good, err);
}

bool query_oldest(struct db *db, struct text site, enum query_state state, int64_t *out,
                  struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_QUERY_OLDEST,
                                BINDS(bind_text(site), bind_number(state)));
    *out = rows_next(&rows) ? rows_number(&rows, 0) : 0;
    return rows_end(&rows, err);
}
