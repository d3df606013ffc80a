#include "formats/redcap_type.h"

#include "base/attributes.h"
#include "base/nearest.h"

// clang-format off
static const struct {
    const char *name;
    enum redcap_kind kind;
} kinds[] = {
    {"text",        REDCAP_TEXT},
    {"notes",       REDCAP_NOTES},
    {"radio",       REDCAP_CHOICE},
    {"dropdown",    REDCAP_CHOICE},
    {"checkbox",    REDCAP_CHECKBOX},
    {"yesno",       REDCAP_YESNO},
    {"truefalse",   REDCAP_TRUEFALSE},
    {"calc",        REDCAP_CALC},
    {"slider",      REDCAP_SLIDER},
    {"file",        REDCAP_FILE},
    {"signature",   REDCAP_FILE},
    {"sql",         REDCAP_SQL},
    {"descriptive", REDCAP_DESCRIPTIVE},
};

static const struct redcap_validation validations[] = {
    {"date_ymd",             ITEM_DATE,     -1, false, true},
    {"date_mdy",             ITEM_DATE,     -1, false, true},
    {"date_dmy",             ITEM_DATE,     -1, false, true},
    {"datetime_ymd",         ITEM_DATETIME, -1, false, true},
    {"datetime_mdy",         ITEM_DATETIME, -1, false, true},
    {"datetime_dmy",         ITEM_DATETIME, -1, false, true},
    {"datetime_seconds_ymd", ITEM_DATETIME, -1, false, true},
    {"datetime_seconds_mdy", ITEM_DATETIME, -1, false, true},
    {"datetime_seconds_dmy", ITEM_DATETIME, -1, false, true},
    {"time",                 ITEM_TIME,     -1, false, true},
    {"time_hh_mm_ss",        ITEM_TIME,     -1, false, true},
    {"time_mm_ss",           ITEM_TEXT,     -1, false, false}, /* how long, not when */
    {"integer",              ITEM_INTEGER,  -1, false, true},
    {"number",               ITEM_DECIMAL,  -1, false, true},
    {"number_1dp",           ITEM_DECIMAL,   1, false, true},
    {"number_2dp",           ITEM_DECIMAL,   2, false, true},
    {"number_3dp",           ITEM_DECIMAL,   3, false, true},
    {"number_4dp",           ITEM_DECIMAL,   4, false, true},
    {"number_comma_decimal",     ITEM_DECIMAL, -1, true, true},
    {"number_1dp_comma_decimal", ITEM_DECIMAL,  1, true, true},
    {"number_2dp_comma_decimal", ITEM_DECIMAL,  2, true, true},
    {"number_3dp_comma_decimal", ITEM_DECIMAL,  3, true, true},
    {"number_4dp_comma_decimal", ITEM_DECIMAL,  4, true, true},
    {"email",                ITEM_TEXT,     -1, false, false},
    {"phone",                ITEM_TEXT,     -1, false, false},
    {"phone_australia",      ITEM_TEXT,     -1, false, false},
    {"phone_uk",             ITEM_TEXT,     -1, false, false},
    {"zipcode",              ITEM_TEXT,     -1, false, false},
    {"postalcode_australia", ITEM_TEXT,     -1, false, false},
    {"postalcode_canada",    ITEM_TEXT,     -1, false, false},
    {"postalcode_french",    ITEM_TEXT,     -1, false, false},
    {"postalcode_germany",   ITEM_TEXT,     -1, false, false},
    {"postalcode_uk",        ITEM_TEXT,     -1, false, false},
    {"ssn",                  ITEM_TEXT,     -1, false, false},
    {"alpha_only",           ITEM_TEXT,     -1, false, false},
    {"mrn_10d",              ITEM_TEXT,     -1, false, false},
    {"mrn_generic",          ITEM_TEXT,     -1, false, false},
    {"vmrn",                 ITEM_TEXT,     -1, false, false},
};
// clang-format on

bool redcap_kind_of(struct text name, enum redcap_kind *out, struct text *nearest)
{
    struct nearest near = nearest_to(name);
    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
        *out = kinds[i].kind;
        if (text_equal(name, text_of(kinds[i].name)))
            return true;
        nearest_offer(&near, text_of(kinds[i].name));
    }
    *nearest = near.best;
    return false;
}

const struct redcap_validation *redcap_validation_of(struct text name,
                                                     struct text *nearest)
{
    struct nearest near = nearest_to(name);
    for (size_t i = 0; i < ARRAY_COUNT(validations); i++) {
        if (text_equal(name, text_of(validations[i].name)))
            return &validations[i];
        nearest_offer(&near, text_of(validations[i].name));
    }
    *nearest = near.distance <= 2 ? near.best : (struct text){0};
    return NULL;
}
