#include "actions/casebook_copy.h"

#include "actions/study.h"
#include "store/read_export.h"

enum { TRIES = 5, HISTORY_MOST = 100000 };

struct copying {
    struct study *study;
    const struct caller *caller;
    struct arena *arena;
    struct casebook_copy *copy;
    int64_t participant;
    size_t query_capacity, history_capacity;
    struct error *err;
};

/* --- one moment ----------------------------------------------------------------------- */

static bool read_head(const struct copying *copying)
{
    struct casebook_copy *copy = copying->copy;
    struct db *db = store_reader(study_store(copying->study));
    bool is_read = log_head(db, &copy->event, &copy->head, copying->err);
    store_reader_return(study_store(copying->study), db);
    return is_read;
}

/* Nothing happened to the participant behind the event that the copy names. */
static bool is_still(const struct copying *copying, int64_t participant, bool *out)
{
    struct log_filter wanted = {.participant = participant,
                                .user = -1,
                                .after = copying->copy->event,
                                .without_content = true,
                                .limit = 1};
    struct log_row *rows = NULL;
    size_t count = 0;
    struct db *db = store_reader(study_store(copying->study));
    bool is_read = log_list(db, &wanted, copying->arena, &rows, &count, copying->err);
    store_reader_return(study_store(copying->study), db);
    *out = count == 0;
    return is_read;
}

/* --- what is in it ----------------------------------------------------------------------- */

static bool read_queries(struct copying *copying, const struct form_view *view)
{
    struct casebook_copy *copy = copying->copy;
    for (size_t i = 0; i < view->query_count; i++) {
        copy->queries = ARENA_GROW(copying->arena, copy->queries, copy->query_count,
                                   &copying->query_capacity);
        if (!query_thread_read(copying->study, copying->caller,
                               view->queries[i].stored.id, copying->arena,
                               &copy->queries[copy->query_count++], copying->err))
            return false;
    }
    return true;
}

static bool read_forms(struct copying *copying)
{
    struct casebook_copy *copy = copying->copy;
    const struct casebook *casebook = copy->casebook;
    copy->forms =
        ARENA_ARRAY(copying->arena, struct form_view *, casebook->form_count + 1);
    for (size_t i = 0; i < casebook->form_count; i++) {
        struct form_view **view = &copy->forms[copy->form_count++];
        if (!form_view_read(copying->study, copying->caller, &casebook->forms[i].key,
                            copying->arena, view, copying->err) ||
            !read_queries(copying, *view))
            return false;
        (*view)->participant->bed = (struct text){0};
        copy->values += (int64_t)(*view)->value_count;
    }
    return true;
}

/* A page may end amid the entries of an event: these are left for the next one. */
static size_t whole_events(const struct history_entry *page, size_t count)
{
    size_t whole = count;
    while (whole > 0 && page[whole - 1].seq == page[count - 1].seq)
        whole--;
    return whole;
}

static bool read_history(struct copying *copying, int64_t participant)
{
    struct casebook_copy *copy = copying->copy;
    struct history_filter filter = {
        .participant = participant, .event_repeat = 1, .form_repeat = 1};
    for (size_t count = LIMIT_LIST; count == LIMIT_LIST;) {
        struct history_entry *page = NULL;
        if (!history_read(copying->study, copying->caller, &filter, copying->arena,
                          &page, &count, copying->err))
            return false;
        size_t taken = count == LIMIT_LIST ? whole_events(page, count) : count;
        if ((count == LIMIT_LIST && taken == 0) || copy->history_count > HISTORY_MOST)
            return error_set(copying->err, ERROR_TOO_LARGE,
                             "the history is too long to be printed");
        for (size_t i = 0; i < taken; i++) {
            copy->history = ARENA_GROW(copying->arena, copy->history,
                                       copy->history_count, &copying->history_capacity);
            copy->history[copy->history_count++] = page[i];
        }
        if (taken > 0)
            filter.before = page[taken - 1].seq;
    }
    return true;
}

static bool read_all(struct copying *copying)
{
    struct casebook_copy *copy = copying->copy;
    if (!casebook_read(copying->study, copying->caller, copying->participant,
                       copying->arena, &copy->casebook, copying->err) ||
        !read_forms(copying))
        return false;
    const struct participant *attached = copy->casebook->attached;
    copy->casebook->participant->bed = (struct text){0};
    copy->at = study_now(copying->study);
    return !copy->has_history ||
           (read_history(copying, copying->participant) &&
            (attached == NULL || read_history(copying, attached->id)));
}

static bool may(struct study *study, const struct caller *caller, int64_t id,
                struct arena *arena, struct error *err)
{
    struct participant *participant = NULL;
    struct db *db = store_reader(study_store(study));
    bool is_read = participant_by_id(db, id, arena, &participant, err);
    store_reader_return(study_store(study), db);
    if (!is_read)
        return false;
    if (participant == NULL || participant->state == PARTICIPANT_ERASED)
        return error_set(err, ERROR_NOT_FOUND, "there is no such participant");
    return caller_must_for(caller, PERMISSION_EXPORT_CASEBOOK, participant, err) ||
           caller_refused(study, caller, id, err);
}

bool casebook_copy_read(struct study *study, const struct caller *caller,
                        int64_t participant, bool with_history, struct arena *arena,
                        struct casebook_copy *out, struct error *err)
{
    if (!may(study, caller, participant, arena, err))
        return false;
    for (int i = 0; i < TRIES; i++) {
        struct copying copying = {.study = study,
                                  .caller = caller,
                                  .arena = arena,
                                  .copy = out,
                                  .participant = participant,
                                  .err = err};
        bool is_one_moment = false;
        *out = (struct casebook_copy){.has_history = with_history};
        if (!read_head(&copying) || !read_all(&copying) ||
            !is_still(&copying, participant, &is_one_moment))
            return false;
        const struct participant *attached = out->casebook->attached;
        if (is_one_moment && attached != NULL &&
            !is_still(&copying, attached->id, &is_one_moment))
            return false;
        if (is_one_moment)
            return true;
    }
    error_set(err, ERROR_BUSY, "the casebook changes while it is read");
    return error_hint(err, "try again in a moment");
}

/* --- on the log ----------------------------------------------------------------------------- */

struct noting {
    struct act act;
    struct exported event;
};

static bool note(struct act *act, struct txn *txn, struct error *err)
{
    struct noting *noting = (struct noting *)act;
    struct origin origin = caller_origin(act->caller);
    return txn_append(txn, LOG_EVENT_EXPORTED, &origin, act->participant,
                      &noting->event, NULL, err);
}

bool casebook_copy_note(struct study *study, const struct caller *caller,
                        const struct casebook_copy *copy, const struct hash *content,
                        struct arena *arena, struct error *err)
{
    struct noting noting = {.act = act_of(study, caller, arena, note),
                            .event = {.at_seq = copy->event,
                                      .head = copy->head,
                                      .format = copy->has_history
                                                    ? TEXT("casebook with history")
                                                    : TEXT("casebook"),
                                      .content = *content,
                                      .participants = 1,
                                      .values = copy->values}};
    noting.act.participant = copy->casebook->participant->id;
    return act_run(&noting.act, err);
}
