#ifndef OSTEON_FORMATS_ODM_DESIGN_PARTS_H
#define OSTEON_FORMATS_ODM_DESIGN_PARTS_H
/* What a design document says, element by element, before its references are resolved.
 * Internal to the reader: odm_design_elements.c fills it, odm_design_resolve.c makes the
 * design of it.
 *
 * Everything lives in the study's arena and is asked for with arena_try: the document
 * comes from outside. False means that the arena is full, and `err` says so.
 */
#include "formats/odm_design_read.h"
#include "formats/xml_read.h"

#include <stdarg.h>

/* Says that the arena is full; returns false. */
bool odm_no_room(struct error *err);

/* A growing array of things of one size. */
struct odm_list {
    void *things;
    size_t count;
    size_t capacity;
};

/* A new zeroed thing at the end of the list. Pointers to earlier things end here. */
MUST_USE bool odm_list_add(struct odm_list *list, size_t size, struct arena *study,
                           void **out, struct error *err);
#define ODM_LIST_AT(list, type, i) (&((type *)(list).things)[i])

/* A reference to an OID, at its place in an ordered list. */
struct odm_reference {
    struct xml_place place;
    struct text oid;
    size_t order;  /* OrderNumber; SIZE_MAX when there is none */
    size_t serial; /* position in the document */
    bool is_form;  /* a FormRef of ODM 1 */
};

struct odm_item_reference {
    struct odm_reference to; /* first: lists of references are sorted alike */
    struct text method;
    struct text condition;
    bool is_mandatory;
    bool is_key;
    bool is_second_key;
    bool drives_repeats;
    bool is_system;
};

/* An event in the list of the study, or a form at an event; the condition says when it is
 * left out. */
struct odm_plan_reference {
    struct odm_reference to;
    struct text condition;
    bool is_optional; /* Mandatory="No" */
};

/* The definitions. Each begins with the position of its MetaDataVersion (of a unit: of
 * its Study), so that odm_design_versions.c can go through all kinds alike. */
struct odm_event {
    size_t version;
    struct xml_place place;
    bool is_placed; /* it stands in the design */
    struct study_event event;
    struct text comment;
    struct text redcap_name; /* UniqueEventName; else absent */
    struct odm_list forms;   /* struct odm_plan_reference */
};

/* What REDCap says to repeat: a form or an event, by REDCap's own name of it. */
struct odm_repeat {
    struct xml_place place;
    struct text name;
    bool is_form;
};

/* An ItemGroupDef, or a FormDef of ODM 1. It can become a form, a group, or both: a form
 * with items of its own, a section that an event lists directly. */
struct odm_group {
    size_t version;
    struct xml_place place;
    struct text oid;
    struct text type; /* "Form", "Section", …; absent when the document does not say */
    struct text comment;
    struct text redcap_name; /* FormName of a FormDef; else absent */
    struct label label;
    bool is_repeating;
    bool is_form_def;
    bool is_reference; /* IsReferenceData: its values are of no participant */
    struct text entered_by, signature, basis;
    enum verification_need verification;
    struct odm_list groups; /* struct odm_reference */
    struct odm_list items;  /* struct odm_item_reference */
    size_t form;            /* its position among the forms; SIZE_MAX: it is none */
    size_t group;           /* its position among the groups; SIZE_MAX: it is none */
    size_t listed_count;    /* forms that list it directly */
    size_t listed_by;       /* the last of them */
    bool is_in_event;       /* the form stands in an event */
    size_t seen_in;         /* 1 + position of what it was last made a part of */
};

struct odm_item {
    size_t version;
    struct xml_place place;
    struct item item;
    struct text codelist; /* its OID; absent when there is none */
    struct xml_place codelist_place;
    struct text unit; /* OID of a MeasurementUnit of ODM 1 */
    struct xml_place unit_place;
    bool is_boolean;
    struct odm_list accepted; /* struct accepted_unit */
    struct text checkbox; /* REDCap's field, of which it is one choice; else absent */
    struct label description; /* label when there is no Question */
    bool is_placed; /* a section has taken it: what the ItemRef says is known */
    size_t seen_in; /* 1 + position of the form that had it last */
};

struct odm_code {
    struct xml_place place;
    struct code code;
    size_t order;
    size_t serial;
};

struct odm_codelist {
    size_t version;
    struct xml_place place;
    struct codelist codelist;
    bool is_external;      /* a dictionary that the document does not hold */
    bool is_folded;        /* its item has become a choice of another */
    struct text choices;   /* REDCap's, of the checkbox whose choice has this list */
    struct odm_list codes; /* struct odm_code */
};

/* A MeasurementUnit of ODM 1. */
struct odm_unit {
    size_t version; /* the position of its Study */
    struct xml_place place;
    struct text oid;
    struct label symbol;
};

/* A ConditionDef, MethodDef or CommentDef: words under an OID. */
enum odm_words_kind { ODM_CONDITION, ODM_METHOD, ODM_COMMENT };
struct odm_words {
    size_t version;
    struct xml_place place;
    enum odm_words_kind kind;
    struct text oid;
    struct label words;
    struct formula formula;
    bool is_check; /* a condition that fires instead of showing */
    bool is_alarm, is_planned;
    struct text also, forms; /* OIDs with blanks between them */
    struct text needs, basis;
    struct text deviation; /* "CATEGORY ITEM" or "CATEGORY ITEM SEVERITY" */
};

/* A RangeCheck that names a check: where it stands, its message. */
struct odm_check {
    size_t version;
    struct xml_place place;
    struct text oid;
    struct text item; /* OID of the item where it stands */
    bool is_hard;
    struct label message;
};

/* A RelativeTimingConstraint. */
struct odm_timing {
    size_t version;
    struct xml_place place;
    struct text from, to;
    struct event_timing timing;
};

/* A FormalExpression; what it belongs to may be replaced by a later version. */
struct odm_foreign_rule {
    size_t version;
    struct foreign_rule rule;
};

struct odm_site {
    struct xml_place place;
    struct site site;
};

/* A StudyParameter; of those named SITE also what is said of the site. */
struct odm_parameter {
    size_t version;
    struct xml_place place;
    struct text short_name;
    struct text value;
    struct text prefix;
    int32_t offset_minutes;
    struct text oid, term, chinese;
    struct text basis, over;
    struct text key, begins, ends; /* of a COUNT */
    struct odm_list fields;        /* struct register_field */
    struct label says, choice, confirm;
    struct odm_list concerns; /* struct text */
    struct text first, share; /* of a VERIFY */
    struct odm_list steps;    /* of an ALARM: struct text */
    struct text escalates, repeats;
    struct label told;
};

struct odm_study {
    size_t rank; /* the smallest of its versions */
    struct xml_place place;
    struct text oid, name, protocol;
    bool is_name_misspelt; /* said already */
    struct label label;
};

struct odm_version {
    struct xml_place place;
    size_t study; /* position of its Study; SIZE_MAX: it stands alone */
    struct text oid, name;
    struct xml_place include_place;
    struct text include_study, include_version; /* absent: no Include */
    struct odm_list event_refs;                 /* struct odm_plan_reference */
    size_t rank; /* 0: the design; 1, 2 …: included; SIZE_MAX: passed over */
};

struct odm_parts {
    struct arena *study;
    struct odm_findings *findings;
    size_t if_ours_count; /* findings that are errors only in a design of ours */
    bool is_ours;         /* it states facts under ODM_VENDOR_SYSTEM */
    bool is_odm_2;
    struct odm_list studies;  /* struct odm_study */
    struct odm_list versions; /* struct odm_version */
    size_t chosen;            /* position of the version that is the design */
    struct label sponsor;
    bool has_sponsor;
    struct odm_list parameters;    /* struct odm_parameter */
    struct odm_list timings;       /* struct odm_timing */
    struct odm_list units;         /* struct odm_unit */
    struct odm_list foreign_rules; /* struct odm_foreign_rule */
    struct odm_list repeats;       /* struct odm_repeat */
    struct odm_list events;        /* struct odm_event */
    struct odm_list groups;        /* struct odm_group */
    struct odm_list items;         /* struct odm_item */
    struct odm_list codelists;     /* struct odm_codelist */
    struct odm_list words;         /* struct odm_words */
    struct odm_list checks;        /* struct odm_check */
    struct odm_list sites;         /* struct odm_site */
    /* The design's own, while expressions of other systems are put into it. */
    struct item *made_items;
    struct foreign_rule *made_rules;
};

/* A copy in the study's arena; an absent text stays absent. */
MUST_USE bool odm_keep(struct odm_parts *parts, struct text t, struct text *out,
                       struct error *err);

/* The start of a text that a sentence can hold, cut between characters. */
struct text odm_shown(struct text t);
#define SHOWN(t) TEXT_ARG(odm_shown(t))

/* Notes what is wrong, at a place: an error. The hint may be NULL or empty. */
void odm_finding_add(struct odm_parts *parts, struct xml_place place, const char *hint,
                     const char *sentence, ...) PRINTF_LIKE(4, 5);
/* A warning. */
void odm_warning_add(struct odm_parts *parts, struct xml_place place, const char *hint,
                     const char *sentence, ...) PRINTF_LIKE(4, 5);
/* An error in a design written for this program, a warning in another's. */
void odm_strict_add(struct odm_parts *parts, struct xml_place place, const char *hint,
                    const char *sentence, ...) PRINTF_LIKE(4, 5);
/* When all is read: makes errors or warnings of the strict ones, sorts by place. */
void odm_findings_settle(struct odm_parts *parts);

/* Chooses the MetaDataVersion that is the design and removes the definitions that it
 * does not include, or replaces. False when the arena is full. */
MUST_USE bool odm_versions_resolve(struct odm_parts *parts, struct error *err);

/* Makes the design. False when the arena is full; what is wrong becomes findings. */
MUST_USE bool odm_design_resolve(struct odm_parts *parts, struct design **out,
                                 struct error *err);

#endif
