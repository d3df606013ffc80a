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

/* An event in the list of the study; the condition says when it is left out. */
struct odm_event_reference {
    struct odm_reference to;
    struct text condition;
};

struct odm_event {
    struct xml_place place;
    struct study_event event;
    struct text comment;
    struct odm_list forms; /* struct odm_reference */
};

struct odm_group {
    struct xml_place place;
    struct text oid;
    struct text type; /* "Form", "Section", or another that is no matter of ours */
    struct text comment;
    struct label label;
    bool is_repeating;
    struct text entered_by, signature, basis;
    struct odm_list groups; /* struct odm_reference */
    struct odm_list items;  /* struct odm_item_reference */
    size_t position;        /* among the forms or the sections of the design */
};

struct odm_item {
    struct xml_place place;
    struct item item;
    struct text codelist; /* its OID; absent when there is none */
    struct xml_place codelist_place;
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
    struct xml_place place;
    struct codelist codelist;
    struct odm_list codes; /* struct odm_code */
};

/* A ConditionDef, MethodDef or CommentDef: words under an OID. */
enum odm_words_kind { ODM_CONDITION, ODM_METHOD, ODM_COMMENT };
struct odm_words {
    struct xml_place place;
    enum odm_words_kind kind;
    struct text oid;
    struct label words;
    struct formula formula;
    bool is_check; /* a condition that fires instead of showing */
    bool is_alarm, is_planned;
    struct text also, forms; /* OIDs with blanks between them */
    struct text needs, basis;
};

/* A RangeCheck that names a check: where it stands, its message. */
struct odm_check {
    struct xml_place place;
    struct text oid;
    size_t item; /* position among the items */
    bool is_hard;
    struct label message;
};

/* A RelativeTimingConstraint. */
struct odm_timing {
    struct xml_place place;
    struct text from, to;
    struct event_timing timing;
};

struct odm_site {
    struct xml_place place;
    struct site site;
};

/* A StudyParameter; of those named SITE also what is said of the site. */
struct odm_parameter {
    struct xml_place place;
    struct text short_name;
    struct text value;
    struct text prefix;
    int32_t offset_minutes;
    struct text oid, term, chinese;
    struct text basis, over;
    struct odm_list fields; /* struct register_field */
};

struct odm_parts {
    struct arena *study;
    struct odm_findings *findings;
    size_t study_count; /* Study and MetaDataVersion elements seen */
    size_t version_count;
    struct text study_oid, study_name, protocol_name;
    struct text version_oid, version_name;
    struct label study_label;
    struct label sponsor;
    bool has_sponsor;
    struct odm_list parameters; /* struct odm_parameter */
    struct odm_list timings;    /* struct odm_timing */
    struct odm_list event_refs; /* struct odm_event_reference */
    struct odm_list events;     /* struct odm_event */
    struct odm_list groups;     /* struct odm_group */
    struct odm_list items;      /* struct odm_item */
    struct odm_list codelists;  /* struct odm_codelist */
    struct odm_list words;      /* struct odm_words */
    struct odm_list checks;     /* struct odm_check */
    struct odm_list sites;      /* struct odm_site */
};

/* A copy in the study's arena; an absent text stays absent. */
MUST_USE bool odm_keep(struct odm_parts *parts, struct text t, struct text *out,
                       struct error *err);

/* The start of a text that a sentence can hold, cut between characters. */
struct text odm_shown(struct text t);
#define SHOWN(t) TEXT_ARG(odm_shown(t))

/* Notes what is wrong, at a place. The hint may be NULL or empty. */
void odm_finding_add(struct odm_parts *parts, struct xml_place place, const char *hint,
                     const char *sentence, ...) PRINTF_LIKE(4, 5);

/* Makes the design. False when the arena is full; what is wrong becomes findings. */
MUST_USE bool odm_design_resolve(struct odm_parts *parts, struct design **out,
                                 struct error *err);

#endif
