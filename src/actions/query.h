#ifndef OSTEON_ACTIONS_QUERY_H
#define OSTEON_ACTIONS_QUERY_H
/* Queries: what persons do with them, the inbox, one with its thread, and how many there
 * are (specification section 8.1). What the program opens and closes: save_queries.c.
 *
 * A query stands at an item, present or missing, or at a form; nothing need be stored there.
 * Whoever opened it, it has the same life (model/query.h). Raising, answering and closing
 * are permissions with a site scope; assigning belongs to raising, opening again to closing.
 * Separation of duties: nobody closes or cancels a query on data they entered or on an
 * answer they gave; who entered data is the author of an answer that stands there now, of
 * the second entry, or of any answer in the thread (query_rights.c has the table).
 */
#include "actions/act.h"
#include "store/reads.h"

/* One step. QUERY_STEP_OPEN asks at `key`, `item` (absent: the form) and `row`; the others
 * move `query`, and say with `seen` the latest step that the person saw: ERROR_CHANGED when
 * there is a later one. The same request id again gives the first answer. */
struct query_step {
    struct act act;
    enum query_step_kind step;
    int64_t query; /* of an opening a result */
    int64_t seen;
    struct form_key key;
    struct text item;
    int64_t row;
    struct text text;
    int64_t assignee; /* of an opening or assigning; 0: nobody */
    bool has_request;
    uint8_t request[BATCH_ID_SIZE];

    bool is_duplicate; /* result */
};
MUST_USE bool query_step(struct act *act, struct txn *txn, struct error *err);

/* A query as a list shows it. Names are absent for the program and for nobody. */
struct query_entry {
    struct stored_query stored;
    struct text number; /* of the participant */
    struct text opened_by, last_by, assignee;
    bool is_sealed; /* it stands at a reading that the caller may not see: no words */
};

/* The queries that the caller may see ('view casebook'), oldest first, page by page. */
struct query_inbox {
    struct query_entry *at;
    size_t count;
    bool has_more;
    struct query_place next;
};
/* Of `wanted` the sites that are seen are filled in here. */
MUST_USE bool query_inbox_read(struct study *study, const struct caller *caller,
                               const struct query_filter *wanted, struct arena *arena,
                               struct query_inbox *out, struct error *err);

struct query_thread_step {
    struct stored_query_step stored;
    struct text by, assignee;
};
struct query_thread {
    struct query_entry entry;
    struct query_thread_step *steps; /* oldest first, from the opening on */
    size_t step_count;
    bool may[QUERY_STEPS];
    struct text
        why_not_close;   /* a sentence, where another person has to; else absent */
    struct user *people; /* whom it can be assigned to, where the caller may */
    size_t people_count;
};
MUST_USE bool query_thread_read(struct study *study, const struct caller *caller,
                                int64_t query, struct arena *arena,
                                struct query_thread **out, struct error *err);

/* How many there are, by what they belong to. */
struct query_sum {
    struct text name; /* site, form OID or sign-in name; absent: nobody */
    int64_t by_state[QUERY_STATES];
};
struct query_sums {
    struct query_sum *at;
    size_t count;
};
struct query_overview {
    struct query_sum all;
    struct query_sums sites, forms, people; /* people: whom they are assigned to */
    int64_t waiting; /* for the caller: open to answer, answered to close */
    int64_t oldest;  /* when the oldest open one was opened; 0: there is none */
};
MUST_USE bool query_overview_read(struct study *study, const struct caller *caller,
                                  struct arena *arena, struct query_overview *out,
                                  struct error *err);

#endif
