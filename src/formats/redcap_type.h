#ifndef OSTEON_FORMATS_REDCAP_TYPE_H
#define OSTEON_FORMATS_REDCAP_TYPE_H
/* What REDCap's field types and forms of a text are here. */
#include "model/item_type.h"

#include <stdint.h>

enum redcap_kind {
    REDCAP_TEXT,
    REDCAP_NOTES,
    REDCAP_CHOICE,
    REDCAP_CHECKBOX,
    REDCAP_YESNO,
    REDCAP_TRUEFALSE,
    REDCAP_CALC,
    REDCAP_SLIDER,
    REDCAP_FILE,
    REDCAP_SQL,
    REDCAP_DESCRIPTIVE
};

/* False, with the nearest one or absent: there is no such type. */
bool redcap_kind_of(struct text name, enum redcap_kind *out, struct text *nearest);

/* A form of a text: "date_mdy". REDCap stores dates as year-month-day, whatever the order in
 * which its page shows them. */
struct redcap_validation {
    const char *name;
    enum item_type type;
    int32_t decimals; /* -1: not said */
    bool has_comma;   /* its page writes a comma as the decimal point */
    bool is_checked;  /* the type says all; else the form of the text is not checked */
};
/* NULL when it is not one of REDCap's own, with a misspelt one's nearest, or absent. */
const struct redcap_validation *redcap_validation_of(struct text name,
                                                     struct text *nearest);

#endif
