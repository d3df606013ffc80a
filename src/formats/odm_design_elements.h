#ifndef OSTEON_FORMATS_ODM_DESIGN_ELEMENTS_H
#define OSTEON_FORMATS_ODM_DESIGN_ELEMENTS_H
/* The elements of ODM that a design is read from. Internal to the reader.
 *
 * odm_design_read.c keeps the stack of open elements and looks each one up in the table
 * of odm_design_elements.c; the functions of that table stand in odm_design_study.c
 * (study, sites, events), _parameters.c, _timing.c, _groups.c (forms, sections, words),
 * _items.c (items, code lists), _ranges.c (limits), _rules.c (expressions, checks),
 * _foreign.c (expressions of other systems), and what ODM 1 alone has in odm1_design.c.
 * Each takes what its element says into the parts; what is wrong becomes a finding, and
 * reading goes on.
 */
#include "base/buffer.h"
#include "base/limits.h"
#include "base/nearest.h"
#include "formats/odm_design_parts.h"

enum odm_element {
    ODM_UNKNOWN, /* passed over, with all that is in it */
    ODM_DOCUMENT,
    ODM_ROOT,
    ODM_STUDY,
    ODM_GLOBALS, /* GlobalVariables */
    ODM_BASICS,  /* BasicDefinitions */
    ODM_UNIT,
    ODM_VERSION,
    ODM_PROTOCOL,
    ODM_SUMMARY,
    ODM_PARAMETER,
    ODM_PARAMETER_VALUE,
    ODM_EVENT_GROUP,
    ODM_EVENT,
    ODM_FORM, /* FormDef */
    ODM_GROUP,
    ODM_ITEM_REF,
    ODM_ITEM,
    ODM_RANGE,
    ODM_TIMINGS,
    ODM_TIMING,
    ODM_CODELIST,
    ODM_CODE,
    ODM_WORDS,
    ODM_EXPRESSION, /* FormalExpression: its text, or that of a Code in it */
    ODM_ADMIN,
    ODM_ORGANIZATION,
    ODM_LOCATION,
    ODM_LABEL,      /* Description, Question, Decode …: holds TranslatedText */
    ODM_TRANSLATED, /* TranslatedText */
    ODM_WRITTEN,    /* all it says is text */
    ODM_LEAF        /* all it says stands in its attributes */
};

enum odm_comparator {
    ODM_LT,
    ODM_LE,
    ODM_GT,
    ODM_GE,
    ODM_EQ,
    ODM_NE,
    ODM_IN,
    ODM_NOTIN,
    ODM_NO_COMPARATOR
};

/* The RangeCheck that is open. */
struct odm_range {
    struct xml_place place;
    enum odm_comparator comparator;
    bool is_hard, is_soft;
    bool is_settled; /* nothing is left to compare: an expression, or told already */
    struct odm_list values; /* struct text */
    bool is_check;          /* names a check instead of giving a limit */
    struct text check;      /* its OID */
    struct label message;
};

/* What the open FormalExpression says, by its Context; foreign: it is not ours. */
enum odm_formula {
    FORMULA_FOREIGN,
    FORMULA_DERIVES,
    FORMULA_SHOWS,
    FORMULA_FIRES,
    FORMULA_CHECK
};

#define REDCAP_SPACE "https://projectredcap.org"

struct odm_parser;
struct odm_element_row;
typedef bool odm_start(struct odm_parser *, const struct xml_element *, struct error *);
typedef bool odm_end(struct odm_parser *, struct error *);

struct odm_parser {
    struct odm_parts parts;
    struct text space; /* the namespace of the document */
    const struct odm_element_row *open[LIMIT_XML_DEPTH + 1]; /* outermost: 1 */
    size_t depth;
    struct label *label;        /* where the open Description, Question … goes */
    struct text *language;      /* of it; NULL for a text that is not kept */
    bool has_english;           /* it has given an English text */
    struct text other_language; /* the first of neither English nor Chinese */
    struct label unused;        /* for a label that nobody wants */
    struct buffer text; /* characters of the open TranslatedText, CheckValue … */
    bool has_code;      /* of the open FormalExpression: a Code has been read */
    struct odm_range range;
    enum odm_formula formula;
    size_t formula_line;
};

/* In which versions of the standard an element stands at its place. */
enum { ODM_1 = 1, ODM_2 = 2, ODM_ANY = ODM_1 | ODM_2 };

struct odm_element_row {
    enum odm_element parent;
    const char *name;
    int versions;
    enum odm_element element;
    odm_start *start; /* may be NULL */
    odm_end *end;     /* may be NULL */
};

/* A row of ODM_UNKNOWN when the element is no matter of a design at this place. The
 * outermost parent is ODM_DOCUMENT. */
const struct odm_element_row *odm_element_row(enum odm_element parent,
                                              struct text name);

/* Offers the names that the table has in `parent`. */
void odm_offer_names(enum odm_element parent, struct nearest *nearest);

/* An element of ODM that the table has not at its place (odm_design_alien.c): silence
 * when the standard has it there, an error when it is a misspelt name, else a warning. */
void odm_alien_element(struct odm_parser *, enum odm_element parent,
                       const char *parent_name, const struct xml_element *);
/* An element that the table has at its place, but for the other version: a warning. */
void odm_other_version(struct odm_parser *, const char *parent_name,
                       const struct xml_element *);
/* The value of an attribute that only ODM 2.0 has here: in ODM 1 with a warning. */
struct text odm_attribute_of_2(struct odm_parser *, const struct xml_element *,
                               const char *name);
const char *odm_version_name(const struct odm_parser *);

/* The thing of a list that is being read: the last one. */
#define ODM_OPEN(list, type) ODM_LIST_AT(list, type, (list).count - 1)

/* --- reading attributes (odm_design_elements.c) ------------------------------------ */

/* A copy of an attribute; absent when there is none. */
MUST_USE bool odm_attribute(struct odm_parser *, const struct xml_element *,
                            const char *name, struct text *out, struct error *);
/* As above, and a finding when it is missing, empty or longer than LIMIT_OID (then
 * absent). */
MUST_USE bool odm_oid(struct odm_parser *, const struct xml_element *, const char *name,
                      struct text *out, struct error *);
/* The attribute Name; a finding when it is missing. */
MUST_USE bool odm_name(struct odm_parser *, const struct xml_element *,
                       struct text *out, struct error *);
/* Which of the values an attribute has. A slip of one letter is taken, with a finding;
 * SIZE_MAX, with a finding, for any other value, or none. */
size_t odm_choice(struct odm_parser *, const struct xml_element *, const char *name,
                  const char *const *values, size_t count);
/* "Yes" or "No"; anything else, or nothing, is a finding and false. */
bool odm_is_yes(struct odm_parser *, const struct xml_element *, const char *name);
/* SIZE_MAX when there is none. */
size_t odm_order(struct odm_parser *, const struct xml_element *);
MUST_USE bool odm_reference(struct odm_parser *, const struct xml_element *,
                            const char *name, struct odm_reference *out,
                            struct error *);

/* At the end of an ODM_WRITTEN element: a copy of its text. */
MUST_USE bool odm_written(struct odm_parser *, struct text *out, struct error *);

/* Around each ODM_LABEL element. */
void odm_label_begin(struct odm_parser *);
void odm_label_finish(struct odm_parser *);

/* A fact in a Coding: by its System, one of ODM_VENDOR_SYSTEM or a public one. */
struct odm_coding {
    const char *system;
    bool (*take)(struct odm_parser *, const struct xml_element *, struct text code,
                 struct error *);
};
/* A vendor term that is not in the table is a finding; other systems are passed over. */
MUST_USE bool odm_coding_take(struct odm_parser *, const struct xml_element *,
                              const struct odm_coding *table, size_t count,
                              struct error *);
/* The same of an Alias: its Context and Name. */
MUST_USE bool odm_alias_take(struct odm_parser *, const struct xml_element *,
                             const struct odm_coding *table, size_t count,
                             struct error *);

/* --- the functions of the table ---------------------------------------------------- */

odm_start odm_study_start, odm_study_label, odm_version_start, odm_include_start;
odm_start odm_parameter_start, odm_parameter_value_start, odm_parameter_coding;
odm_start odm_event_ref_start, odm_event_start, odm_event_label, odm_event_form;
odm_start odm_event_form_ref, odm_timing_start;
odm_start odm_event_coding, odm_organization_start, odm_location_start;
odm_start odm_location_label;

odm_start odm_group_start, odm_group_label, odm_group_ref_start, odm_item_ref_start;
odm_start odm_origin_start, odm_condition_start, odm_method_start, odm_comment_start;
odm_start odm_words_label, odm_words_alias, odm_group_coding;
odm_start odm_formula_start, odm_formula_code_start, odm_range_message;
odm_end odm_formula_code_end;
odm_end odm_check_end; /* of a RangeCheck that names a check: called by odm_range_end */

odm_start odm_item_start, odm_item_description, odm_item_question, odm_item_note;
odm_start odm_range_start, odm_codelist_ref_start;
odm_start odm_item_coding, odm_codelist_start, odm_codelist_label, odm_code_start;
odm_start odm_codelist_coding;
odm_start odm_code_label;
odm_end odm_study_end, odm_item_end, odm_range_end, odm_range_value_end;

odm_end odm_formula_end;
/* Of a FormalExpression in the language of another system: called by the above. */
MUST_USE bool odm_foreign_start(struct odm_parser *, const struct xml_element *,
                                enum foreign_use use, struct text owner,
                                struct error *);
/* Of an ItemDef: what REDCap says of it in attributes of its own. */
MUST_USE bool odm_foreign_item(struct odm_parser *, const struct xml_element *,
                               struct error *);
odm_end odm_foreign_code_end, odm_foreign_end;

odm_start odm_unit_start, odm_unit_symbol, odm_unit_ref_start, odm_form_start;
odm_start odm_external_start;
odm_end odm_study_name_end, odm_protocol_name_end;

#endif
