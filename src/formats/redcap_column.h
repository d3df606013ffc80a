#ifndef OSTEON_FORMATS_REDCAP_COLUMN_H
#define OSTEON_FORMATS_REDCAP_COLUMN_H
/* The 18 columns of a REDCap data dictionary, and what is done with those that say what no
 * design of ours has: they are kept as remarks, "not run", with the reason. A project's XML
 * says the same in attributes of its items.
 */
#include "formats/odm_design_parts.h"

enum redcap_column {
    REDCAP_VARIABLE,
    REDCAP_FORM,
    REDCAP_HEADER,
    REDCAP_TYPE,
    REDCAP_LABEL,
    REDCAP_CHOICES,
    REDCAP_NOTE,
    REDCAP_VALIDATION,
    REDCAP_LOWEST,
    REDCAP_HIGHEST,
    REDCAP_IDENTIFIER,
    REDCAP_BRANCHING,
    REDCAP_REQUIRED,
    REDCAP_ALIGNMENT,
    REDCAP_NUMBER,
    REDCAP_MATRIX,
    REDCAP_RANKING,
    REDCAP_ANNOTATION,
    REDCAP_COLUMNS
};

/* As REDCap's own header has it: "Field Type". */
const char *redcap_column_title(enum redcap_column column);

/* The column of a heading, as the page of REDCap or its API writes it; REDCAP_COLUMNS when
 * there is none, with the nearest title, or absent. */
enum redcap_column redcap_column_of(struct text heading, struct text *nearest);

/* Keeps what a column says as text that is not run; nothing when it says nothing. Without a
 * `reason` it is the column's own. `owner`: the field. `is_item`: it is an item. */
struct redcap_remark {
    enum redcap_column column;
    struct text owner, source;
    const char *reason; /* a sentence that lives on */
    bool is_item;
};
MUST_USE bool redcap_remark_add(struct odm_parts *parts, struct xml_place place,
                                const struct redcap_remark *remark, struct error *err);

#endif
