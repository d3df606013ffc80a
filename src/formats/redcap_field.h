#ifndef OSTEON_FORMATS_REDCAP_FIELD_H
#define OSTEON_FORMATS_REDCAP_FIELD_H
/* One row of a REDCap data dictionary: a field. Internal to the reader of dictionaries. */
#include "formats/redcap_column.h"
#include "formats/redcap_type.h"

struct redcap_row {
    size_t line;
    struct text cells[REDCAP_COLUMNS]; /* without white space at the ends */
    size_t columns[REDCAP_COLUMNS];    /* their numbers in the file, from 1 */
};

struct xml_place redcap_place(const struct redcap_row *row, enum redcap_column column);

/* A cell of "y" or nothing; anything else is a finding. */
bool redcap_is_yes(struct odm_parts *parts, const struct redcap_row *row,
                   enum redcap_column column);

/* Adds the item of a field, with its code list and what it says of it. Not of a
 * descriptive one. */
MUST_USE bool redcap_item_add(struct odm_parts *parts, const struct redcap_row *row,
                              enum redcap_kind kind, struct error *err);

/* What a descriptive field says besides its text. */
MUST_USE bool redcap_descriptive_remarks(struct odm_parts *parts,
                                         const struct redcap_row *row,
                                         struct error *err);

/* A code list VARIABLE.choices that the item, the last one, refers to. */
MUST_USE bool redcap_codelist_begin(struct odm_parts *parts, struct xml_place place,
                                    struct text variable, struct odm_codelist **out,
                                    struct error *err);
struct redcap_code {
    const char *code, *english, *chinese;
};
MUST_USE bool redcap_codes_add(struct odm_parts *parts, struct xml_place place,
                               struct odm_codelist *list,
                               const struct redcap_code *codes, size_t count,
                               struct error *err);

#endif
