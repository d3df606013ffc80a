#ifndef OSTEON_STORE_QUERIES_H
#define OSTEON_STORE_QUERIES_H
/* Queries: those of a form, the inbox, the thread of one, and how many there are.
 *
 * The inbox is read along an index, oldest first, and looks at QUERY_LOOKS rows at most: a
 * page may hold fewer than were asked for and still not be the last. So it costs the same
 * however many there are. Counts are kept by the projection (query_tally).
 */
#include "store/event_content.h"
#include "store/store.h"

enum {
    QUERIES_MOST = 1000, /* of one event: the place in a query's number */
    QUERY_LOOKS = 256
};

struct stored_query {
    int64_t id; /* seq of the opening event × 1000 + place */
    int64_t participant;
    struct form_key key;
    enum query_kind kind;
    enum query_state state;
    bool is_held; /* by a person: the program does not close it */
    struct text check, item;
    int64_t row;
    struct label message; /* of a person's: as typed, in both */
    struct text site;
    int64_t form;                 /* form_state.id; 0: nothing is stored there */
    int64_t opened_at, opened_by; /* by 0: the program */
    int64_t assignee;             /* 0: nobody */
    int64_t last_seq, last_at, last_by;
};
MUST_USE bool query_list(struct db *db, int64_t form_instance, bool open_only,
                         struct arena *arena, struct stored_query **out, size_t *count,
                         struct error *err);
/* Those on forms of which nothing is stored. */
MUST_USE bool query_list_unbegun(struct db *db, int64_t participant,
                                 struct arena *arena, struct stored_query **out,
                                 size_t *count, struct error *err);
/* The open ones of the rules, of all forms of a participant. */
MUST_USE bool query_list_of(struct db *db, int64_t participant, struct arena *arena,
                            struct stored_query **out, size_t *count,
                            struct error *err);
/* NULL: there is none. */
MUST_USE bool query_find(struct db *db, int64_t id, struct arena *arena,
                         struct stored_query **found, struct error *err);

/* Findings that a person has closed, with the event that did. */
struct accepted_finding {
    enum query_kind kind;
    struct text check, item;
    int64_t row;
    int64_t seq;
};
MUST_USE bool query_accepted(struct db *db, int64_t form_instance, struct arena *arena,
                             struct accepted_finding **out, size_t *count,
                             struct error *err);

/* The steps of one, oldest first; the program's opening is the query itself. */
struct stored_query_step {
    int64_t id; /* seq × QUERIES_MOST + place */
    enum query_step_kind step;
    int64_t by; /* 0: the program */
    int64_t at;
    int64_t assignee;
    struct text text;
};
MUST_USE bool query_steps(struct db *db, int64_t query, struct arena *arena,
                          struct stored_query_step **out, size_t *count,
                          struct error *err);
/* The step that this client's request made; `*query` 0: none did. */
MUST_USE bool query_request_find(struct db *db, const uint8_t request[BATCH_ID_SIZE],
                                 int64_t *query, enum query_step_kind *step,
                                 int64_t *by, struct error *err);

/* What the inbox is narrowed to. */
struct query_filter {
    bool states[QUERY_STATES]; /* wanted */
    bool sees_all_sites;
    const struct text *sites; /* else: those seen, and `assigned` participants */
    size_t site_count;
    const int64_t *assigned;
    size_t assigned_count;
    struct text site, form; /* absent: any */
    int64_t participant;    /* 0: any */
    bool has_assignee, has_author, has_kind;
    int64_t assignee, author;
    enum query_kind kind;
    int64_t opened_before; /* instant; INT64_MAX: at any time */
    struct query_place {
        int64_t opened_at, id;
    } after; /* the place behind which to go on */
    size_t limit;
};
struct query_page {
    struct stored_query *at;
    size_t count;
    bool has_more;
    struct query_place next;
};
MUST_USE bool query_page_read(struct db *db, const struct query_filter *filter,
                              struct arena *arena, struct query_page *out,
                              struct error *err);

struct query_count {
    struct text site, form;
    int64_t assignee;
    enum query_state state;
    int64_t count;
};
MUST_USE bool query_counts(struct db *db, struct arena *arena, struct query_count **out,
                           size_t *count, struct error *err);
/* When the oldest in this state at a site was opened; 0: there is none. */
MUST_USE bool query_oldest(struct db *db, struct text site, enum query_state state,
                           int64_t *out, struct error *err);

#endif
