#ifndef OSTEON_TEST_SUPPORT_LIFE_H
#define OSTEON_TEST_SUPPORT_LIFE_H
/* A short life of a folder in which every kind of event happens, and small steps to write
 * one's own. All of it is SYNTHETIC. A step that is refused fails the test.
 */
#include "store/store.h"
#include "store/txn.h"

/* What stands in the folder afterwards, and nowhere else: for a search of its bytes. */
#define LIFE_MARK_VALUE  "MARKVALUEqzx71"
#define LIFE_MARK_VAULT  "MARKVAULTqzx72"
#define LIFE_MARK_REASON "MARKREASONqzx73"
#define LIFE_MARK_BED    "MARKBEDqzx74"
#define LIFE_MARK_ASKED  "MARKASKEDqzx75"

enum {
    LIFE_ADMINISTRATOR = 1,
    LIFE_COORDINATOR = 2,
    LIFE_PARTICIPANT = 1, /* screened; has conflicts, a query, identity */
    LIFE_PROVISIONAL = 2, /* attached to LIFE_SCREENED */
    LIFE_SCREENED = 3,
    LIFE_MARKED = 4,    /* its values are the marks */
    LIFE_IMPORTED = 40, /* and the two behind it: imported */
    LIFE_ERASED = 5
};

/* One event, waited for; its number. */
int64_t life_event(struct store *store, enum log_event_kind kind, int64_t user,
                   int64_t participant, const void *content);
/* The same, when a refusal is expected: its error. */
struct error life_refused(struct store *store, enum log_event_kind kind, int64_t user,
                          int64_t participant, const void *content);

void life_add_user(struct store *store, int64_t user, const char *name);
void life_add_participant(struct store *store, int64_t participant, const char *number);

/* The one form instance that the steps write to. */
struct form_key life_form(int64_t participant);

/* Saves changes into life_form; places count from 0. `batch` 0: without an id. */
struct life_save {
    int64_t participant;
    uint8_t batch; /* the last byte of the batch's id */
    int64_t corrected_time;
    struct value_change *changes;
    size_t change_count;
    const struct query_change *queries;
    size_t query_count;
    struct arena *arena; /* where changes[].old is kept; NULL: not kept */
};
int64_t life_save(struct store *store, const struct life_save *save);
void life_batch_id(uint8_t last, uint8_t out[BATCH_ID_SIZE]);

/* Everything that can happen, in order. */
void life_lived(struct store *store);
/* Erases LIFE_MARKED. */
void life_erase_marked(struct store *store);

/* A feed that is opened, messages of it in every state, one of them of this participant
 * with its bytes, which hold `said`. */
void life_feed(struct store *store, int64_t participant, struct text said);

/* A number of this participant, what a feed means, results that came; they hold `said`. */
void life_laboratory(struct store *store, int64_t participant, struct text said);

/* One alarm of this participant (0: of the study) that goes through all that an alarm can,
 * and one that ended. */
void life_alarm(struct store *store, int64_t participant, struct text note);
void life_assessment(struct store *store, int64_t participant, struct text note);
void life_start_review(struct store *store, int64_t participant, struct text note);
void life_grade(struct store *store, int64_t participant, struct text reason);
void life_safety_review(struct store *store, int64_t participant, struct text note);

/* A plan that waits, one that is published, and a run of it. */
void life_plans(struct store *store);

#endif
