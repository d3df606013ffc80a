#ifndef OSTEON_MODEL_DESIGN_H
#define OSTEON_MODEL_DESIGN_H
/* A study design: events, forms, item groups, items, code lists, in two languages.
 *
 * Read once from ODM 2.0 (formats/odm_design_read.h) into one arena, then immutable:
 * every thread may read it without a lock. Versions are immutable too; a form keeps the
 * version it was entered under. Items are reached by OID through the lookups below.
 */
#include "base/arena.h"
#include "base/decimal.h"
#include "base/error.h"
#include "model/item_type.h"

enum item_requirement { ITEM_OPTIONAL, ITEM_REQUIRED, ITEM_CONDITIONAL, ITEM_DERIVED };
const char *item_requirement_name(enum item_requirement requirement);

enum second_check {
    SECOND_CHECK_NONE,
    SECOND_CHECK_PERSON,
    SECOND_CHECK_REPEAT,
    SECOND_CHECK_EITHER
};

/* One text in the languages of the study; a missing language falls back to English. */
struct label {
    struct text english;
    struct text chinese;
};

struct code {
    struct text code;
    struct label label;
};

struct codelist {
    struct text oid;
    struct label label;
    const struct code *codes;
    size_t code_count;
};

struct range {
    bool has_low, has_high;
    struct decimal low, high; /* inclusive */
};

struct item {
    struct text oid;
    struct text name;
    struct label label;
    struct label note;       /* help for the person who enters; may be absent */
    struct label derivation; /* in words, for derived items */
    enum item_type type;
    enum item_requirement requirement;
    enum second_check second_check;
    bool is_multiple; /* several codes: joined by one space, in code-list order */
    bool is_system;   /* filled by the program, never typed */
    bool is_identity; /* kept in the identity vault */
    bool has_condition;
    int32_t decimals;  /* -1: not declared */
    size_t max_length; /* characters; 0: LIMIT_ITEM_TEXT bytes and nothing else */
    struct text unit;  /* UCUM */
    struct range hard;
    struct range soft;
    const struct codelist *codelist; /* NULL unless coded */
    struct text loinc;
    struct text condition; /* when it is left out, in words; absent: never */
};

struct item_group {
    struct text oid;
    struct label label;
    bool is_repeating;
    const struct item *repeat_key; /* may be NULL */
    const struct item *const *items;
    size_t item_count;
};

struct form {
    struct text oid;
    struct label label;
    struct label note;
    bool is_repeating;
    const struct item *repeat_key;
    const struct item_group *const *groups;
    size_t group_count;
};

struct study_event {
    struct text oid;
    struct label label;
    struct text kind; /* "scheduled", "conditional", "log", "event", "unscheduled" */
    bool is_repeating;
    struct label target;
    struct label window;
    const struct form *const *forms;
    size_t form_count;
};

struct site {
    struct text code;   /* "01" */
    struct text prefix; /* of participant numbers: "H4" */
    struct label name;
    int32_t offset_minutes; /* of local time from UTC */
};

struct design {
    struct text oid;       /* of the MetaDataVersion */
    struct text version;   /* what people see: "0.2" */
    struct text study_oid; /* "NCT07239375" */
    struct label name;
    struct label protocol;
    struct label sponsor;
    int32_t enrolment_target; /* 0: none */
    const struct site *sites;
    size_t site_count;
    const struct study_event *events;
    size_t event_count;
    const struct form *forms;
    size_t form_count;
    const struct item_group *groups;
    size_t group_count;
    const struct item *items;
    size_t item_count;
    const struct codelist *codelists;
    size_t codelist_count;
    const struct design_index *index; /* OID → place; made by design_finish */
};

/* Called once by the reader when all arrays stand: builds the index in `study`.
 * ERROR_REFUSED names a doubled OID. */
MUST_USE bool design_finish(struct design *design, struct arena *study,
                            struct error *err);

/* NULL when the design has no such OID. */
const struct study_event *design_event(const struct design *design, struct text oid);
const struct form *design_form(const struct design *design, struct text oid);
const struct item_group *design_group(const struct design *design, struct text oid);
const struct item *design_item(const struct design *design, struct text oid);
const struct site *design_site(const struct design *design, struct text code);

/* The group of `form` that holds `item`, or NULL. */
const struct item_group *form_group_of(const struct form *form,
                                       const struct item *item);
bool event_has_form(const struct study_event *event, const struct form *form);
const struct code *codelist_code(const struct codelist *codelist, struct text code);

/* The OID of this kind that is nearest to `oid` (edit distance ≤ 3), or absent: for
 * "did you mean". */
struct text design_nearest_item(const struct design *design, struct text oid);

#endif
