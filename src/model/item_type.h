#ifndef OSTEON_MODEL_ITEM_TYPE_H
#define OSTEON_MODEL_ITEM_TYPE_H
/* The types of an item, one row a type: its name in the API; how ODM 2.0 writes it as a
 * DataType, and other spellings that are read; which of the functions of value.c brings
 * an answer into its normal form. A new type is a row here, such a function, and a row in
 * the page's table, web/src/values/item-types.ts: doc/adding.md.
 *
 * The first row goes through FIRST, for lists with something between their members.
 */
#include "base/text.h"

#include <stdbool.h>

// clang-format off
#define ITEM_TYPE_TABLE(FIRST, X)                                                         \
    FIRST(TEXT,         "text",             "text",            ITEM_TYPES_AS_TEXT,   text)   \
    X(INTEGER,          "integer",          "integer",         "",                   number) \
    X(DECIMAL,          "decimal",          "decimal",         "float double",       number) \
    X(CODED,            "coded",            "text with a code list", "boolean",      coded)  \
    X(DATE,             "date",             "date",            "",                   date)   \
    X(DATETIME,         "datetime",         "datetime",        "",                   date)   \
    X(PARTIAL_DATE,     "partial-date",     "partialDate",     "incompleteDate",     date)   \
    X(PARTIAL_DATETIME, "partial-datetime", "partialDatetime", "incompleteDatetime", date)   \
    X(TIME,             "time",             "time",            "",                   time)   \
    X(PARTIAL_TIME,     "partial-time",     "partialTime",     "incompleteTime",     time)
/* Texts of a form of their own are kept as they are written. */
#define ITEM_TYPES_AS_TEXT                                                                \
    "string URI hexBinary base64Binary hexFloat base64Float durationDatetime"             \
    " intervalDatetime"
// clang-format on

enum item_type {
#define X(type, name, odm, also, form) ITEM_##type,
    ITEM_TYPE_TABLE(X, X)
#undef X
};

const char *item_type_name(enum item_type type); /* "partial-date" … as in the API */

/* By DataType: "partialDate". An item is coded by its code list, not by its DataType. */
bool item_type_of_odm(struct text data_type, enum item_type *out);
/* The DataType that is nearest to a misspelt one, or absent. */
struct text item_type_nearest(struct text data_type);

/* "text, integer, decimal …" */
#define ITEM_TYPE_ODM_NAMES                              ITEM_TYPE_TABLE(ITEM_TYPE_ODM_FIRST, ITEM_TYPE_ODM_NEXT)
#define ITEM_TYPE_ODM_FIRST(type, name, odm, also, form) odm
#define ITEM_TYPE_ODM_NEXT(type, name, odm, also, form)  ", " odm

/* JSON: ["text","integer" …] */
#define ITEM_TYPE_JSON_NAMES                                                           \
    "[" ITEM_TYPE_TABLE(ITEM_TYPE_JSON_FIRST, ITEM_TYPE_JSON_NEXT) "]"
#define ITEM_TYPE_JSON_FIRST(type, name, odm, also, form) "\"" name "\""
#define ITEM_TYPE_JSON_NEXT(type, name, odm, also, form)  ",\"" name "\""

#endif
