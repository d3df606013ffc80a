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
#include "model/verification_plan.h"

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
    struct text basis;
    const struct code *codes;
    size_t code_count;
};

struct range {
    bool has_low, has_high;
    bool is_low_open, is_high_open; /* the limit itself lies outside */
    struct decimal low, high;
};

/* Is the number within the range? */
bool range_holds(const struct range *range, struct decimal value);

/* An expression of the study's language (doc/language.md) as the document has it, white
 * space and comments included; not compiled. */
struct formula {
    struct text oid;  /* of its MethodDef or ConditionDef */
    struct text code; /* absent: only words say it */
    size_t line;      /* where the code begins in the document */
};

/* A unit in which a feed may bring a result, and what its number is multiplied with to be
 * in the unit of the item: a matter of the analyte, not of units alone (mg/dL of urea). */
struct accepted_unit {
    struct text unit; /* UCUM */
    struct decimal factor;
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
    enum verification_need verification;
    bool is_multiple; /* several codes: joined by one space, in code-list order */
    bool is_system;   /* filled by the program, never typed */
    bool is_identity; /* kept in the identity vault */
    bool is_location; /* where a person lies; never exported, as identity */
    bool has_condition;
    int32_t decimals;  /* -1: not declared */
    size_t max_length; /* characters; 0: LIMIT_ITEM_TEXT bytes and nothing else */
    struct text unit;  /* UCUM */
    struct range hard;
    struct range soft;
    const struct codelist *codelist; /* NULL unless coded */
    struct text loinc;
    const struct accepted_unit
        *accepted; /* of results from feeds; none: feeds bring none */
    size_t accepted_count;
    struct text condition; /* when it is left out, in words; absent: never */
    struct formula shows;  /* is it shown? */
    struct formula derives;
    struct text source; /* who brings the value: "site", "feed", "timer" … */
    struct text basis;  /* "registry", "implied", "design" */
};

struct item_group {
    struct text oid;
    struct label label;
    bool is_repeating;
    bool is_reference;             /* its values are the study's, of no participant */
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
    const struct item *second_key; /* of a repeating form; may be NULL */
    const struct item_group *const *groups;
    size_t group_count;
    struct text entered_by; /* in words */
    struct text signature;  /* "PI", "none" */
    enum verification_need verification;
    struct text basis;
};

/* When something of the plan is not to be collected. As for an item, the expression says
 * when it is. */
struct exception {
    struct formula unless; /* is it collected? absent: it always is */
    struct label words;    /* why it is not, for people */
};

/* What the plan says of a form at an event. */
struct form_use {
    bool is_optional; /* never asked for: none is made where there is nothing to tell */
    struct exception exception;
};

struct study_event {
    struct text oid;
    struct label label;
    struct text kind; /* "scheduled", "conditional", "log", "event", "unscheduled" */
    bool is_repeating;
    struct label note;
    struct label target; /* in words; as numbers: struct event_timing */
    struct label window;
    const struct form *const *forms;
    const struct form_use *form_uses; /* by form */
    size_t form_count;
    struct formula moment;      /* when it happened; without: what its forms say */
    struct exception exception; /* the event as a whole */
    struct text basis;
};

/* When an event is due: seconds after another happened, before it when negative. */
struct event_timing {
    struct text oid;
    const struct study_event *event;
    const struct study_event *from;
    const struct form *form; /* for this form alone; NULL: for the event */
    int64_t target;
    bool has_low, has_high;
    int64_t low, high; /* inclusive */
};

enum check_severity { CHECK_HARD, CHECK_SOFT, CHECK_ALARM };
const char *check_severity_name(enum check_severity severity); /* "hard" … */

/* A rule that looks for what is wrong. It is evaluated, and shown, at its item: once a
 * row where the item's section repeats. */
struct study_check {
    struct text oid; /* "CK001" */
    enum check_severity severity;
    struct label message;
    struct text words;    /* when it fires, in words */
    struct formula fires; /* yes: a finding */
    const struct item *item;
    const struct item *const *also; /* further items concerned */
    size_t also_count;
    const struct form *const *forms; /* that it belongs to */
    size_t form_count;
    bool is_planned; /* looks at a planned act too, before it is stored */
    /* It blocks an act: one that happened all the same opens a deviation of this category
     * (absent: none) and, where the study says how grave it is, of this severity. The act
     * happened when `happened` is answered. */
    struct text deviation, deviation_severity;
    const struct item *happened;
    struct text
        needs; /* what beyond values it looks at: "time config"; may be absent */
    struct text basis;
};

/* A configured constant of the rules: setting.NAME. */
struct setting {
    struct text name;
    struct label label;
    struct text value; /* the default, as the language writes it: "3 mg/kg" */
    struct text basis;
};

/* A count over participants: study.NAME. With a key it counts the rows of others whose key
 * is that of the row that asks (model/count_rules.h). */
struct study_count {
    struct text name;
    struct label label;
    struct text rows;    /* what is counted: "SCR where SCRRES = 'ENR'" */
    bool is_over_others; /* without the participant whose rule asks */
    struct text key;     /* an expression; absent: the count has none */
    /* Expressions; a row counts while the time of the row that asks overlaps its own. No
     * end: it goes on. Absent: at any time. */
    struct text begins, ends;
    size_t line; /* of the declaration in the document */
};

struct register_field {
    struct text name;
    struct text type; /* "text", "number", "moment", "codes CL.ICFTYPE" … */
    struct text label;
};

/* Rows kept beside the forms: NAME.FIELD. */
struct study_register {
    struct text name;
    struct label label;
    const struct register_field *fields;
    size_t field_count;
};

/* What the registration leaves open or contradicts: what the study runs with is a choice
 * until somebody who may has confirmed it. */
struct open_point {
    struct text name; /* "Q1" */
    struct label label;
    struct label says;    /* what the registration says */
    struct label choice;  /* what the study runs with now */
    struct label confirm; /* who must confirm it, in words */
    struct text basis;
    const struct text *concerns; /* OIDs that hang on it, or "setting.NAME" */
    size_t concern_count;
};

struct study_alarm; /* model/alarm.h */

/* How much is verified against the source beside what is critical
 * (model/verification_plan.h). */
struct verification_plan {
    bool is_planned; /* else nothing is to be verified */
    struct label label;
    struct text seed;
    int32_t first_of_site; /* participants */
    int32_t share;         /* of the later ones, in percent */
    struct label confirm;  /* who must confirm it, in words; absent: it is confirmed */
    struct text basis;
};

struct site {
    struct text code;   /* "01" */
    struct text prefix; /* of participant numbers: "H4" */
    struct label name;
    int32_t offset_minutes; /* of local time from UTC */
};

/* An expression in the language of another system, as the design writes it. */
enum foreign_use {
    FOREIGN_CONDITION, /* of a ConditionDef: when something is left out */
    FOREIGN_DERIVATION,
    FOREIGN_CHECK,
    FOREIGN_REMARK /* what the other system says of an item beside: never run */
};
const char *foreign_use_name(enum foreign_use use); /* "condition" … */

struct foreign_rule {
    enum foreign_use use;
    struct text owner; /* OID of the ConditionDef, the MethodDef or the checked item */
    bool is_of_item;   /* it stands at the item itself, and owner is the item's OID */
    struct text context; /* which language: "XPath"; may be absent */
    struct text source;
    struct text translation; /* in the language of this program; absent: not run */
    struct text reason;      /* why it is not run; a sentence */
    size_t line, column;     /* in the document */
};

struct design {
    struct text oid;       /* of the MetaDataVersion */
    struct text version;   /* what people see: "0.2" */
    struct text study_oid; /* "NCT07239375" */
    struct label name;
    struct label protocol;
    struct label sponsor;
    int32_t enrolment_target; /* 0: none */
    bool is_foreign;          /* written for another system: no facts of ours in it */
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
    const struct foreign_rule *foreign_rules;
    size_t foreign_rule_count;
    const struct study_check *checks;
    size_t check_count;
    const struct event_timing *timings;
    size_t timing_count;
    const struct setting *settings;
    size_t setting_count;
    const struct study_count *counts;
    size_t count_count;
    const struct study_register *registers;
    size_t register_count;
    const struct open_point *open_points;
    size_t open_point_count;
    const struct study_alarm *alarms;
    size_t alarm_count;
    struct verification_plan verification;
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
/* When `form` is due at `event`: what is said for the form alone, else for the event;
 * NULL when the design says nothing. */
const struct event_timing *design_timing(const struct design *design,
                                         const struct study_event *event,
                                         const struct form *form);
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
