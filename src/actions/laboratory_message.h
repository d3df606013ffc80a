#ifndef OSTEON_ACTIONS_LABORATORY_MESSAGE_H
#define OSTEON_ACTIONS_LABORATORY_MESSAGE_H
/* One laboratory message as it can be understood now: read in the character set that its
 * sender states, whom it names, what its codes and units mean. For the files of this floor
 * only; filing (file_message.c) and looking (reconcile.h) go by the same.
 */
#include "formats/hl7_result.h"
#include "store/feeds.h"
#include "store/laboratory.h"

struct design;

struct laboratory_message {
    struct feed_message *header;
    struct feed_rules rules;  /* of its feed, in force */
    struct text document;     /* as UTF-8; absent when that could not be read */
    struct hl7_result result; /* when nothing stands against it */
    int64_t reported;         /* MSH-7 as an instant; else when it came */
    enum feed_reason fault;   /* CHARACTER_SET, STRUCTURE */
    struct text said;         /* where; no value, no identity */
};

/* ERROR_NOT_FOUND: no such message, or its bytes are not kept any more. */
MUST_USE bool laboratory_message_read(struct db *db, int64_t id, struct arena *arena,
                                      struct laboratory_message *out,
                                      struct error *err);

/* Whom it names. With a fault `participant` may be known all the same: one whose name or
 * date of birth differs. */
struct laboratory_match {
    int64_t participant;    /* 0: nobody */
    enum feed_reason fault; /* PATIENT, PATIENT_DIFFERS */
    struct text said;
    bool name_was_compared, birth_was_compared;
};
MUST_USE bool laboratory_match(struct db *db, const struct design *design,
                               const struct laboratory_message *message,
                               struct arena *arena, struct laboratory_match *out,
                               struct error *err);

/* What one observation means. */
struct laboratory_meaning {
    struct text code;        /* as rules name it: "CRP L" */
    const struct item *item; /* NULL: not known, or not collected */
    bool is_not_collected;   /* by a rule: it stays with the message */
    bool has_factor;
    struct decimal factor;
    struct text unit; /* as it came; absent: none */
};
struct laboratory_meaning laboratory_meaning_of(
    const struct design *design, const struct feed_rules *rules,
    const struct hl7_observation *observation, struct arena *arena);

/* When the specimen of an order was taken: false: it does not say, to the minute. */
bool laboratory_collected(const struct hl7_order *order, int32_t offset_minutes,
                          int64_t *out);

/* Where it was drawn, a code of CL.SPEC; absent: it does not say. */
struct text laboratory_draw_site(const struct hl7_order *order);
#define DRAWN_THROUGH_NEEDLE TEXT("IO")

#endif
