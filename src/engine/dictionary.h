#ifndef OSTEON_ENGINE_DICTIONARY_H
#define OSTEON_ENGINE_DICTIONARY_H
/* The names that the rules of a study may use, with their types: its items, groups, forms,
 * events, code lists, registers, and the properties of participant, study, settings, user.
 *
 * Whoever has a design fills one (model/design_dictionary.h). Everything is known by its
 * position from then on: programs and values name items by number, never by text.
 */
#include "base/oid_index.h"
#include "engine/type.h"

struct dictionary_item {
    struct text oid;
    struct text name;
    int32_t form;
    int32_t group;
    struct type type;
    int32_t next_of_name; /* the next item of the same name, or -1 */
};

struct dictionary_group {
    struct text oid;
    struct text name; /* OID without "IG." */
    int32_t form;
    bool is_repeating;
};

struct dictionary_form {
    struct text oid;
    struct text name; /* OID without "F." */
    bool is_repeating;
    bool is_once;          /* a participant has at most one */
    bool is_register;      /* rows of a register of the study, in one instance */
    const int32_t *events; /* at which it stands; none for a register */
    int32_t event_count;
};

struct dictionary_event {
    struct text oid;
    struct text name; /* OID without "SE." */
    bool is_repeating;
};

struct dictionary_codelist {
    struct text oid;
    const struct text *codes;
    int32_t code_count;
};

/* "study.enrolled", "setting.lidocaine_limit", "user.role", or a word alone: "planned". */
struct dictionary_property {
    struct text root; /* absent: a word alone */
    struct text name;
    struct type type;
};

struct dictionary {
    struct dictionary_item *items;
    int32_t item_count;
    struct dictionary_group *groups;
    int32_t group_count;
    struct dictionary_form *forms;
    int32_t form_count;
    struct dictionary_event *events; /* in the order of the design */
    int32_t event_count;
    struct dictionary_codelist *codelists;
    int32_t codelist_count;
    struct dictionary_property *properties;
    int32_t property_count;
    struct oid_index item_names; /* name → first item; "position" */
    struct oid_index item_oids;
};

/* Called once when all arrays stand: makes the indexes in `arena`. */
void dictionary_finish(struct dictionary *dictionary, struct arena *arena);

/* Positions, or -1. A name or an OID; event and group also without "SE.", "IG.". */
int32_t dictionary_form_of(const struct dictionary *dictionary, struct text name);
int32_t dictionary_group_of(const struct dictionary *dictionary, struct text name);
int32_t dictionary_event_of(const struct dictionary *dictionary, struct text name);
int32_t dictionary_item_in(const struct dictionary *dictionary, int32_t form,
                           struct text name);
/* By OID alone, which is quicker. */
int32_t dictionary_oid_in(const struct dictionary *dictionary, int32_t form,
                          struct text oid);
/* The first of this name or OID; further ones by `next_of_name`. */
int32_t dictionary_item_of(const struct dictionary *dictionary, struct text name);
int32_t dictionary_property_of(const struct dictionary *dictionary, struct text root,
                               struct text name);
bool dictionary_has_root(const struct dictionary *dictionary, struct text root);

/* Position of a code in its list, or -1. */
int32_t dictionary_code(const struct dictionary *dictionary, int32_t codelist,
                        struct text code);
struct text dictionary_nearest_code(const struct dictionary *dictionary,
                                    int32_t codelist, struct text code);
/* Nearest of items, forms, groups and properties to what was written; or absent. */
struct text dictionary_nearest(const struct dictionary *dictionary, struct text first,
                               struct text second);
struct text dictionary_nearest_event(const struct dictionary *dictionary,
                                     struct text name);

#endif
