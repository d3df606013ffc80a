#ifndef OSTEON_FORMATS_ODM_DESIGN_RESOLVE_H
#define OSTEON_FORMATS_ODM_DESIGN_RESOLVE_H
/* From what the document says (the parts) to the design. Internal to the reader.
 *
 * odm_design_resolve.c counts, makes the arrays and goes through the parts: code lists,
 * items, sections, forms, events, sites. Each reference is followed through one index of
 * all definitions (odm_design_index.c); one to nothing becomes a finding.
 */
#include "base/oid_index.h"
#include "formats/odm_design_parts.h"

enum odm_definition {
    DEFINITION_EVENT,
    DEFINITION_FORM, /* a FormDef of ODM 1; in 2.0 a form is an ItemGroupDef */
    DEFINITION_GROUP,
    DEFINITION_ITEM,
    DEFINITION_CODELIST,
    DEFINITION_CONDITION,
    DEFINITION_METHOD,
    DEFINITION_COMMENT,
    DEFINITION_UNIT
};

struct resolving {
    struct odm_parts *parts;
    struct design *design;
    struct oid_index index;
    struct study_event *events;
    struct form *forms;
    struct item_group *groups;
    struct item *items;
    struct codelist *codelists;
    size_t event_count;
    const struct codelist *yes_no; /* of items that are boolean; NULL: there are none */
};

/* An array of `count` zeroed things of `size`; NULL when the arena is full. */
void *odm_array(struct resolving *resolving, size_t count, size_t size);

struct odm_item *odm_item_part(const struct resolving *resolving, size_t i);
struct odm_group *odm_group_part(const struct resolving *resolving, size_t i);
bool odm_is_form(const struct odm_group *group);
/* Rows; a form that repeats repeats as a whole. */
bool odm_group_repeats(const struct odm_group *part);

/* Gives a label without English text one. */
void odm_label_complete(struct label *label, struct text fallback);

/* Enters all definitions; an OID that stands twice is a finding. */
void odm_index_all(struct resolving *resolving);
/* The position of a definition in its list; SIZE_MAX with a strict finding, which names
 * the nearest OID, when there is none. An absent OID has been told already. */
size_t odm_follow(struct resolving *resolving, struct text oid,
                  enum odm_definition kind, struct xml_place place);
/* Words under an OID; absent when `oid` is. */
struct label odm_words_of(struct resolving *resolving, struct text oid,
                          enum odm_definition kind, struct xml_place place);

/* The expression under an OID; without code when there is none. */
struct formula odm_formula_of(const struct resolving *resolving, struct text oid);

/* Sort by OrderNumber where it is given, then as they stand in the document. */
void odm_sort_references(struct odm_list *list);
void odm_sort_item_references(struct odm_list *list);
void odm_sort_plan_references(struct odm_list *list);
void odm_sort_codes(struct odm_list *list);

/* Which parts become forms, which groups: before the arrays are made. */
void odm_assign_places(struct resolving *resolving);
/* All groups with their items. */
MUST_USE bool odm_resolve_groups(struct resolving *resolving, struct error *err);
/* All forms with their groups; needs the groups. */
MUST_USE bool odm_resolve_forms(struct resolving *resolving, struct error *err);
/* The expressions of what is in the design. */
MUST_USE bool odm_resolve_foreign_rules(struct resolving *resolving, struct error *err);
/* Events, the study itself, sites. */
MUST_USE bool odm_resolve_study(struct resolving *resolving, struct error *err);
/* Checks, then timings, then settings, counts and registers. */
MUST_USE bool odm_resolve_rules(struct resolving *resolving, struct error *err);
/* Alarms, whose steps name checks: odm_design_resolve_alarms.c, a part of the rules. */
MUST_USE bool odm_resolve_alarms(struct resolving *resolving, struct error *err);

#endif
