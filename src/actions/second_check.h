#ifndef OSTEON_ACTIONS_SECOND_CHECK_H
#define OSTEON_ACTIONS_SECOND_CHECK_H
/* The second check of critical values that a person typed (specification section 8; Annex
 * 11 §6): which ones wait, and making one.
 *
 * An item of the design says how it is checked: by another person, or by typing it again
 * without seeing the first entry. Nothing waits for it at the bedside: the value is
 * stored and used at once. What the program, a timer or a feed brought needs no check, nor
 * does a reason why there is no value. A check is about one version of the answer: when the
 * value changes, it waits again. Where the two entries differ both are kept, a query asks,
 * and the first stays in force until it is confirmed or changed.
 *
 * A form on which a second check waits cannot be signed: second_checks_of tells.
 */
#include "actions/act.h"
#include "store/reads.h"

/* How this caller may make the check. */
enum second_check_way {
    SECOND_CHECK_NOT_BY_CALLER, /* no right, or the one who entered it */
    SECOND_CHECK_BY_SIGHT,      /* sees the value: right, or what it should be */
    SECOND_CHECK_BY_TYPING      /* types it again without seeing it */
};

struct second_check_open {
    struct form_key key;
    const struct item *item;
    enum second_check_way way;
    struct unchecked_value value;
    struct text by_name, checked_by_name;
};

struct second_check_list {
    struct second_check_open *at;
    size_t count;
};

/* Who asks for a list, and where it goes. */
struct second_check_asker {
    struct study *study;
    struct db *db;
    const struct caller *caller;
    struct arena *arena;
};
/* The second checks that wait on these forms of one participant, in their order. */
MUST_USE bool second_checks_of(const struct second_check_asker *asker,
                               const struct participant *participant,
                               const struct form_state *forms, size_t form_count,
                               struct second_check_list *out, struct error *err);
/* How many wait on this form instance: for its signature. */
MUST_USE bool second_checks_count(struct db *db, const struct design *design,
                                  const struct form_state *form, struct arena *arena,
                                  int64_t *count, struct error *err);

/* Makes one ('second check of a critical entry', and the right to enter the item).
 * ERROR_NOT_ALLOWED for the one who entered the value, where another person must check;
 * ERROR_CHANGED when the value is not the one named any more. A value that was checked
 * already is not checked again (`seq` 0). */
struct second_check_make {
    struct act act;
    struct form_key key;
    struct text item;
    int64_t row;
    struct text
        version;       /* "SEQ:PLACE" of the answer that is checked, or "UUID:PLACE" of
                          * a change that the same device sends before */
    bool is_right;     /* it was seen, and it is right */
    struct text value; /* else: as typed */

    bool is_agreed; /* results */
    int64_t seq;
};
MUST_USE bool second_check_make(struct act *act, struct txn *txn, struct error *err);

/* The check by which the query is known that asks which of two entries is right. */
#define CHECK_SECOND TEXT("SECOND")

#endif
