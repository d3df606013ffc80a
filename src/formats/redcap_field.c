#include "formats/redcap_field.h"

#include "base/limits.h"
#include "formats/redcap_choice.h"

#include <stdio.h>
#include <string.h>

/* A field on its way. */
struct field {
    struct odm_parts *parts;
    const struct redcap_row *row;
    struct text variable;
    struct error *err;
};

struct xml_place redcap_place(const struct redcap_row *row, enum redcap_column column)
{
    return (struct xml_place){row->line, row->columns[column],
                              redcap_column_title(column)};
}

bool redcap_is_yes(struct odm_parts *parts, const struct redcap_row *row,
                   enum redcap_column column)
{
    struct text cell = row->cells[column];
    bool is_yes = text_equal(cell, TEXT("y")) || text_equal(cell, TEXT("Y"));
    if (!is_yes && cell.len > 0)
        odm_finding_add(parts, redcap_place(row, column), "y, or leave it empty",
                        "%.*s says \"%.*s\"", SHOWN(row->cells[REDCAP_VARIABLE]),
                        SHOWN(cell));
    return is_yes;
}

static struct text cell(const struct field *field, enum redcap_column column)
{
    return field->row->cells[column];
}

static struct odm_item *open_item(const struct field *field)
{
    struct odm_list *items = &field->parts->items;
    return ODM_LIST_AT(*items, struct odm_item, items->count - 1);
}

static bool remark(const struct field *field, enum redcap_column column,
                   const char *reason)
{
    struct redcap_remark remark = {.column = column,
                                   .owner = field->variable,
                                   .source = cell(field, column),
                                   .reason = reason,
                                   .is_item = true};
    return redcap_remark_add(field->parts, redcap_place(field->row, column), &remark,
                             field->err);
}

static void fault(const struct field *field, enum redcap_column column,
                  const char *hint, const char *sentence)
{
    odm_finding_add(field->parts, redcap_place(field->row, column), hint, "%.*s: %s",
                    SHOWN(field->variable), sentence);
}

static void warn(const struct field *field, enum redcap_column column, const char *hint,
                 const char *sentence)
{
    odm_warning_add(field->parts, redcap_place(field->row, column), hint, "%.*s: %s",
                    SHOWN(field->variable), sentence);
}

/* --- choices ---------------------------------------------------------------------------- */

bool redcap_codelist_begin(struct odm_parts *parts, struct xml_place place,
                           struct text variable, struct odm_codelist **out,
                           struct error *err)
{
    void *added;
    if (!odm_list_add(&parts->codelists, sizeof(struct odm_codelist), parts->study,
                      &added, err))
        return false;
    struct odm_codelist *list = added;
    *out = list;
    list->version = parts->versions.count - 1;
    list->place = place;
    list->codelist.label.english = variable;
    struct odm_item *item =
        ODM_LIST_AT(parts->items, struct odm_item, parts->items.count - 1);
    char oid[LIMIT_OID + 1];
    snprintf(oid, sizeof oid, "%.*s.choices", TEXT_ARG(variable));
    if (!odm_keep(parts, text_of(oid), &list->codelist.oid, err))
        return false;
    item->codelist = list->codelist.oid;
    item->codelist_place = place;
    item->item.type = ITEM_CODED;
    return true;
}

bool redcap_codes_add(struct odm_parts *parts, struct xml_place place,
                      struct odm_codelist *list, const struct redcap_code *codes,
                      size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        void *added;
        if (!odm_list_add(&list->codes, sizeof(struct odm_code), parts->study, &added,
                          err))
            return false;
        *(struct odm_code *)added = (struct odm_code){
            .place = place,
            .order = i,
            .code = {text_of(codes[i].code),
                     {text_of(codes[i].english), text_of(codes[i].chinese)}}};
    }
    return true;
}

static bool take_choices(const struct field *field, bool is_multiple)
{
    struct xml_place place = redcap_place(field->row, REDCAP_CHOICES);
    struct text choices = cell(field, REDCAP_CHOICES);
    struct odm_codelist *list;
    if (choices.len == 0)
        fault(field, REDCAP_CHOICES, "write 1, Yes | 0, No", "there are no choices");
    if (!redcap_codelist_begin(field->parts, place, field->variable, &list,
                               field->err) ||
        (choices.len > 0 &&
         !redcap_choices_read(field->parts, place, choices, !is_multiple, &list->codes,
                              field->err)))
        return false;
    open_item(field)->item.is_multiple = is_multiple && list->codes.count > 0;
    return true;
}

/* REDCap fixes these choices; some of its versions write them into the column all the same. */
static bool take_two(const struct field *field, const char *yes, const char *no,
                     const char *yes_chinese, const char *no_chinese)
{
    if (cell(field, REDCAP_CHOICES).len > 0)
        return take_choices(field, false);
    const struct redcap_code codes[] = {{"1", yes, yes_chinese}, {"0", no, no_chinese}};
    struct xml_place place = redcap_place(field->row, REDCAP_TYPE);
    struct odm_codelist *list;
    return redcap_codelist_begin(field->parts, place, field->variable, &list,
                                 field->err) &&
           redcap_codes_add(field->parts, place, list, codes, ARRAY_COUNT(codes),
                            field->err);
}

/* --- expressions ------------------------------------------------------------------------ */

static bool take_expression(const struct field *field, enum redcap_column column,
                            enum foreign_use use)
{
    struct odm_parts *parts = field->parts;
    struct item *item = &open_item(field)->item;
    struct xml_place place = redcap_place(field->row, column);
    void *added;
    if (cell(field, column).len == 0)
        return true;
    if (!odm_list_add(&parts->foreign_rules, sizeof(struct odm_foreign_rule),
                      parts->study, &added, field->err))
        return false;
    *(struct odm_foreign_rule *)added =
        (struct odm_foreign_rule){.version = parts->versions.count - 1,
                                  .rule = {.use = use,
                                           .owner = field->variable,
                                           .is_of_item = true,
                                           .context = TEXT("REDCap"),
                                           .source = cell(field, column),
                                           .line = place.line,
                                           .column = place.column}};
    *(use == FOREIGN_DERIVATION ? &item->derives.oid : &item->shows.oid) =
        field->variable;
    return true;
}

static bool take_calculation(const struct field *field)
{
    open_item(field)->item.type = ITEM_DECIMAL;
    if (cell(field, REDCAP_CHOICES).len == 0)
        fault(field, REDCAP_CHOICES, "as in round([weight] / 2, 1)",
              "there is no calculation");
    return take_expression(field, REDCAP_CHOICES, FOREIGN_DERIVATION);
}

/* --- limits ----------------------------------------------------------------------------- */

/* A limit may be another field or a moment: REDCap's page looks it up. */
static bool is_looked_up(struct text written)
{
    return written.at[0] == '[' || text_equal(written, TEXT("now")) ||
           text_equal(written, TEXT("today"));
}

static bool parse_number(struct text written, bool has_comma, struct decimal *out)
{
    char digits[40];
    size_t at;
    if (written.len >= sizeof digits)
        return false;
    for (size_t i = 0; i < written.len; i++)
        digits[i] = has_comma && written.at[i] == ',' ? '.' : written.at[i];
    return decimal_parse((struct text){digits, written.len}, out, &at) == DECIMAL_OK;
}

/* REDCap warns of a number beyond them and keeps it: soft limits. */
static bool take_limit(const struct field *field, enum redcap_column column,
                       bool has_comma)
{
    struct item *item = &open_item(field)->item;
    struct text written = cell(field, column);
    bool is_low = column == REDCAP_LOWEST;
    bool is_number = item->type == ITEM_INTEGER || item->type == ITEM_DECIMAL;
    if (written.len == 0)
        return true;
    if (!is_number)
        return remark(field, column, NULL);
    if (is_looked_up(written))
        return remark(field, column, "a limit that is looked up is not checked");
    if (!parse_number(written, has_comma,
                      is_low ? &item->soft.low : &item->soft.high)) {
        fault(field, column, "a number, as in 100 or 36.5", "the limit is no number");
        return true;
    }
    *(is_low ? &item->soft.has_low : &item->soft.has_high) = true;
    return true;
}

static bool take_limits(const struct field *field, bool has_comma)
{
    if (!take_limit(field, REDCAP_LOWEST, has_comma) ||
        !take_limit(field, REDCAP_HIGHEST, has_comma))
        return false;
    const struct range *limits = &open_item(field)->item.soft;
    if (limits->has_low && limits->has_high &&
        decimal_compare(limits->low, limits->high) > 0)
        fault(field, REDCAP_HIGHEST, "the lower limit stands in Text Validation Min",
              "the limits leave no value");
    return true;
}

/* --- texts ------------------------------------------------------------------------------ */

static bool take_validation(const struct field *field)
{
    struct text name = cell(field, REDCAP_VALIDATION), nearest = {0};
    struct item *item = &open_item(field)->item;
    if (name.len == 0)
        return take_limits(field, false);
    const struct redcap_validation *validation = redcap_validation_of(name, &nearest);
    if (validation == NULL) {
        char hint[120] = "it is entered as text, in any form";
        if (!text_is_absent(nearest)) {
            snprintf(hint, sizeof hint, "did you mean %.*s?", TEXT_ARG(nearest));
            fault(field, REDCAP_VALIDATION, hint, "this form of a text is not known");
        } else {
            warn(field, REDCAP_VALIDATION, hint, "this form of a text is not known");
        }
        return remark(field, REDCAP_VALIDATION, NULL) && take_limits(field, false);
    }
    item->type = validation->type;
    item->decimals = validation->decimals;
    if (validation->has_comma)
        warn(field, REDCAP_VALIDATION, "REDCap's data have the comma",
             "numbers are written with a point here");
    return (validation->is_checked || remark(field, REDCAP_VALIDATION, NULL)) &&
           take_limits(field, validation->has_comma);
}

/* A validation that is none of a text. */
static bool take_setting(const struct field *field, const char *known)
{
    return (known != NULL &&
            text_equal(cell(field, REDCAP_VALIDATION), text_of(known))) ||
           remark(field, REDCAP_VALIDATION, "it says nothing of a field of this type");
}

/* "a; b" */
static bool join(const struct field *field, struct text a, struct text b,
                 struct text *out)
{
    char *joined = arena_try(field->parts->study, a.len + b.len + 2);
    if (joined == NULL)
        return odm_no_room(field->err);
    if (a.len > 0) {
        memcpy(joined, a.at, a.len);
        joined[a.len] = ';';
        joined[a.len + 1] = ' ';
    }
    size_t len = a.len > 0 ? a.len + 2 : 0;
    memcpy(joined + len, b.at, b.len);
    *out = (struct text){joined, len + b.len};
    return true;
}

/* From 0 to 100 where nothing else is said. */
static bool take_slider(const struct field *field)
{
    struct item *item = &open_item(field)->item;
    item->type = ITEM_INTEGER;
    item->soft.has_low = item->soft.has_high = true;
    item->soft.low = decimal_of(0);
    item->soft.high = decimal_of(100);
    struct text words = cell(field, REDCAP_CHOICES);
    return take_setting(field, "number") && take_limits(field, false) &&
           (words.len == 0 ||
            join(field, item->note.english, words, &item->note.english));
}

static bool take_file(const struct field *field)
{
    warn(field, REDCAP_TYPE, "its name is entered as text",
         "files and signatures are not kept here");
    return take_setting(field, "signature") && remark(field, REDCAP_CHOICES, NULL) &&
           take_limits(field, false);
}

static bool take_query(const struct field *field)
{
    warn(field, REDCAP_TYPE, "it is entered as text",
         "a list that a query makes is not known here");
    return remark(field, REDCAP_CHOICES, "a query is not run") &&
           take_setting(field, NULL) && take_limits(field, false);
}

static bool take_kind(const struct field *field, enum redcap_kind kind)
{
    switch (kind) {
    case REDCAP_TEXT:
        return take_validation(field) && remark(field, REDCAP_CHOICES, NULL);
    case REDCAP_CHOICE:
        return take_choices(field, false) && take_setting(field, "autocomplete") &&
               take_limits(field, false);
    case REDCAP_CHECKBOX:
        return take_choices(field, true) && take_setting(field, NULL) &&
               take_limits(field, false);
    case REDCAP_YESNO:
        return take_two(field, "Yes", "No", "是", "否") && take_setting(field, NULL) &&
               take_limits(field, false);
    case REDCAP_TRUEFALSE:
        return take_two(field, "True", "False", "真", "假") &&
               take_setting(field, NULL) && take_limits(field, false);
    case REDCAP_CALC:
        return take_calculation(field) && take_setting(field, NULL) &&
               take_limits(field, false);
    case REDCAP_SLIDER: return take_slider(field);
    case REDCAP_FILE: return take_file(field);
    case REDCAP_SQL: return take_query(field);
    case REDCAP_NOTES:
    case REDCAP_DESCRIPTIVE: break;
    }
    return remark(field, REDCAP_CHOICES, NULL) && take_setting(field, NULL) &&
           take_limits(field, false);
}

/* --- the whole -------------------------------------------------------------------------- */

static const enum redcap_column remarks[] = {REDCAP_ALIGNMENT, REDCAP_NUMBER,
                                             REDCAP_MATRIX, REDCAP_ANNOTATION};

bool redcap_item_add(struct odm_parts *parts, const struct redcap_row *row,
                     enum redcap_kind kind, struct error *err)
{
    struct field field = {parts, row, row->cells[REDCAP_VARIABLE], err};
    void *added;
    if (!odm_list_add(&parts->items, sizeof(struct odm_item), parts->study, &added,
                      err))
        return false;
    struct odm_item *part = added;
    part->version = parts->versions.count - 1;
    part->place = redcap_place(row, REDCAP_VARIABLE);
    part->item =
        (struct item){.oid = field.variable,
                      .name = field.variable,
                      .type = ITEM_TEXT,
                      .decimals = -1,
                      .is_identity = redcap_is_yes(parts, row, REDCAP_IDENTIFIER)};
    if (cell(&field, REDCAP_LABEL).len > 0)
        part->item.label.english = cell(&field, REDCAP_LABEL);
    if (cell(&field, REDCAP_NOTE).len > 0)
        part->item.note.english = cell(&field, REDCAP_NOTE);
    if (!take_kind(&field, kind) ||
        !take_expression(&field, REDCAP_BRANCHING, FOREIGN_CONDITION))
        return false;
    for (size_t i = 0; i < ARRAY_COUNT(remarks); i++)
        if (!remark(&field, remarks[i], NULL))
            return false;
    return !redcap_is_yes(parts, row, REDCAP_RANKING) ||
           remark(&field, REDCAP_RANKING, NULL);
}

bool redcap_descriptive_remarks(struct odm_parts *parts, const struct redcap_row *row,
                                struct error *err)
{
    for (size_t i = REDCAP_CHOICES; i < REDCAP_COLUMNS; i++) {
        struct redcap_remark remark = {.column = (enum redcap_column)i,
                                       .owner = row->cells[REDCAP_VARIABLE],
                                       .source = row->cells[i]};
        if (!redcap_remark_add(parts, redcap_place(row, remark.column), &remark, err))
            return false;
    }
    return true;
}
