#ifndef OSTEON_FORMATS_RECORD_H
#define OSTEON_FORMATS_RECORD_H
/* What the writers of data are given, one participant and one form at a time, whatever
 * the format: numbers and no identity, and the form's answers in the design's order, by
 * section, row and item. Everything lives only during the call.
 *
 * Answers of which the design in force knows no place stand last, `group` NULL: nothing
 * that is known is left out. Identity and location are left out always (record_is_open).
 */
#include "model/participant.h"
#include "model/value.h"

struct record_subject {
    struct text number; /* "H4-001", before enrolment "S-0001", else "P-0001" */
    const struct participant *participant;
    struct text attached_to; /* the number of that one; absent */
    int32_t offset_minutes;  /* local time of its site, from UTC */
};

struct record_value {
    struct text oid;
    const struct item *item;        /* NULL: not in the design in force */
    const struct item_group *group; /* NULL: not on this form of it */
    size_t group_at, item_at;       /* places in the form and in the group */
    int64_t row;
    struct answer answer;
};

struct record_form {
    int64_t instance; /* the store's number of it */
    const struct form_key *key;
    const struct study_event *event; /* NULL: not in the design in force */
    const struct form *form;         /* the same */
    struct text design_version;      /* that it was entered under */
    bool is_complete;
    int64_t answered, expected;
    const struct record_value *values;
    size_t count;
};

/* The values of a section of reference data: the study's, of no participant. By row and
 * item; `group_at` of a value means nothing. */
struct record_section {
    struct text oid;
    const struct item_group *group; /* NULL: not in the design in force */
    const struct record_value *values;
    size_t count;
};

struct record_plan;
/* For many forms of one design; in `arena`. */
struct record_plan *record_plan_new(const struct design *design, struct arena *arena);
/* Finds the place of `value->oid` on the form (NULL: nowhere). */
void record_place(const struct record_plan *plan, const struct form *form,
                  struct record_value *value);
/* Into the design's order. */
void record_sort(struct record_value *values, size_t count);

/* May it leave the folder? NULL, an item that is not known any more: yes, what is in the
 * vault never comes this far. */
bool record_is_open(const struct item *item);

/* The value as files give it: a local time gets the offset of the site, what has no time
 * of day stays as it is. In `arena`, or the value itself. */
struct text record_value_text(const struct item *item, struct text value,
                              int32_t offset_minutes, struct arena *arena);

#endif
