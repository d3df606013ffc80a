#ifndef OSTEON_MODEL_VALUE_H
#define OSTEON_MODEL_VALUE_H
/* One answer: a value, or a stated reason why there is none, or nothing yet. */
#include "model/design.h"

enum missing_reason {
    MISSING_NOT,            /* there is a value */
    MISSING_NOT_DONE,       /* ND */
    MISSING_UNKNOWN,        /* UNK */
    MISSING_NOT_APPLICABLE, /* NA */
    MISSING_REFUSED,        /* REF */
    MISSING_DEVICE_FAULT,   /* DEV */
    MISSING_OTHER,          /* OTH, with a text */
    MISSING_CLEARED         /* entered by mistake and taken back: nothing is known */
};

struct missing_reason_row {
    enum missing_reason reason;
    struct text code;
    struct label label;
};
extern const struct missing_reason_row missing_reasons[];
extern const size_t missing_reason_count; /* those a person may choose: ND … OTH */
/* Of those a person may choose; MISSING_CLEARED comes from an empty value alone. */
bool missing_reason_parse(struct text code, enum missing_reason *out);
/* Absent for MISSING_NOT; "CLEARED" for MISSING_CLEARED. */
struct text missing_reason_code(enum missing_reason reason);
struct label missing_reason_label(enum missing_reason reason);

struct answer {
    struct text value; /* normalised; absent when missing or in the vault */
    enum missing_reason missing;
    struct text missing_text; /* with MISSING_OTHER */
    bool is_in_vault;         /* the value stands in the identity vault */
};

/* Same value or same reason. */
bool answer_equal(const struct answer *a, const struct answer *b);
/* A value or a stated reason: what completeness counts. */
bool answer_is_given(const struct answer *answer);

/* Where an answer stands. Repeats count from 1; row 0 in a group that does not repeat. */
struct form_key {
    int64_t participant;
    struct text event;
    int64_t event_repeat;
    struct text form;
    int64_t form_repeat;
};

bool form_key_equal(const struct form_key *a, const struct form_key *b);
/* With its names in `arena`. */
struct form_key form_key_copy(const struct form_key *key, struct arena *arena);

/* Checks `raw` against the item's type, code list, digits and length and normalises it:
 * white space at the ends trimmed; numbers and dates from full-width to half-width;
 * numbers without plus sign and leading zeros, their decimals kept (1.50 stays 1.50);
 * several codes sorted by the code list, each once; dates to ISO 8601 ("2026/03/05 14:07"
 * is taken too). Ranges are not checked here: a fact out of range is stored and queried.
 * ERROR_REFUSED with the byte position in `raw` and a hint (nearest code, digits
 * allowed); also for an empty value. The result lives in `arena` or in `raw`. */
MUST_USE bool value_normalise(const struct item *item, struct text raw,
                              struct arena *arena, struct text *out, struct error *err);

#endif
