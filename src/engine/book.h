#ifndef OSTEON_ENGINE_BOOK_H
#define OSTEON_ENGINE_BOOK_H
/* All rules of a study over one participant's sheet: takes changes, runs what they reach,
 * says what is different now.
 *
 *     struct book *book = book_new(set, arena);
 *     struct sheet_instance *vs = book_instance(book, form, event, 1, 1);
 *     book_set(book, vs, item, 0, value);           … any number of changes
 *     book_run(book, now, offset, scratch);         one call for all rules
 *     for (i < book->change_count) … book->changes[i]
 *
 * Derived values are put into the sheet, conditions hide items there. A check remembers
 * whether it fires, at each place. `book->wakes_at` is the first instant at which
 * something can change by itself: call book_run again then.
 */
#include "engine/graph.h"
#include "engine/run.h"
#include "engine/sheet.h"

struct book_change {
    int32_t rule;   /* its kind says what `value` is */
    int32_t serial; /* of the form instance */
    int32_t row;
    struct datum value; /* derived: the new value, or EMPTY; shown, fires: a truth */
};

/* Places at which a rule has to run; a row of -1 stands for all rows. */
struct book_place {
    int32_t serial, row;
};

struct book_dirt {
    bool is_all;
    struct book_place *places;
    int32_t count, capacity;
};

/* What a rule last said at a place, and in which run. */
struct book_outcome {
    int32_t rule, serial, row;
    bool is_there;
    int truth;
    int64_t run_number;
    int64_t wakes_at;
};

struct watch_share;

struct book {
    const struct rule_set *set;
    struct arena *arena;
    struct sheet *sheet;
    struct run *run;
    struct engine_world world;
    struct book_dirt *dirt;        /* by rule */
    struct book_outcome *outcomes; /* hash table */
    size_t outcome_count, outcome_mask;
    struct book_outcome *wakers; /* those that wake, perhaps; the table knows */
    size_t waker_count, waker_capacity;
    struct book_change *changes; /* of the last run */
    size_t change_count, change_capacity;
    int64_t wakes_at;
    int64_t run_count;  /* programs run since the beginning */
    int64_t run_number; /* of book_run */
    /* For changes in rows (engine/watch.h): what the row gave before the change. */
    bool is_settled; /* not all rules have run: what they say here is not known */
    bool is_whole;   /* all have */
    bool is_looking; /* at the change at hand */
    struct watch_share *shares;
    size_t share_count, share_capacity, share_next;
    int64_t look_count; /* since the last run */
};

struct book *book_new(const struct rule_set *set, struct arena *arena);

struct sheet_instance *book_instance(struct book *book, int32_t form, int32_t event,
                                     int32_t event_repeat, int32_t form_repeat);
/* What checks said about rows that go is forgotten without a change. */
void book_set_rows(struct book *book, struct sheet_instance *instance, int32_t group,
                   int32_t rows);
/* A value that is the same as before changes nothing. */
void book_set(struct book *book, struct sheet_instance *instance, int32_t item,
              int32_t row, struct datum value);
void book_set_property(struct book *book, int32_t property, struct datum value);
/* Metadata of an item, state of a form, schedule of an event: engine/question.h. */
void book_set_fact(struct book *book, const struct question *question,
                   struct datum answer);
/* Everything is run next time, as after loading. */
void book_touch_all(struct book *book);
/* All rules of this form instance are run next time. */
void book_touch(struct book *book, const struct sheet_instance *instance);

/* For a sheet filled (engine/sheet.h) with answers that the rules ran over before: finds
 * what is hidden. Derived values stand as they are, and nothing is due to run. */
void book_settle(struct book *book, int64_t now, int32_t offset_minutes,
                 struct arena *scratch);

/* Texts that the changes show live in the sheet or in `scratch`. */
void book_run(struct book *book, int64_t now, int32_t offset_minutes,
              struct arena *scratch);

/* Does this check fire at this place, by the last run? Was it run there at all? */
bool book_fires(const struct book *book, int32_t rule, int32_t serial, int32_t row);
bool book_has_run(const struct book *book, int32_t rule, int32_t serial, int32_t row);

/* The first instant at which a rule that ran in this form instance can say something else
 * by itself; WAKES_NEVER: none. */
int64_t book_wakes_at(const struct book *book, int32_t serial);

#endif
