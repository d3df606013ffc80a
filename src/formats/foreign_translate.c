#include "formats/foreign_translate_parts.h"

#include "base/limits.h"
#include "formats/redcap_choice.h"

#include <stdarg.h>
#include <stdio.h>

enum { LONGEST = 16384, MOST_GUARDS = 5000 };

bool foreign_cannot(struct foreign_writing *writing, const struct foreign_node *node,
                    const char *format, ...)
{
    char sentence[200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    error_set(writing->err, ERROR_REFUSED, "%s", sentence);
    writing->err->at = node == NULL ? 0 : node->at;
    return false;
}

/* --- fields ----------------------------------------------------------------------- */

/* As REDCap exports it, a choice of a checkbox is an item of its own: field___code. */
static bool field_oid(struct foreign_writing *writing, const struct foreign_node *field,
                      struct text *out)
{
    char name[LIMIT_OID + 1];
    *out = field->text;
    if (text_is_absent(field->code))
        return true;
    size_t len = (size_t)snprintf(name, sizeof name, "%.*s___%.*s",
                                  TEXT_ARG(field->text), TEXT_ARG(field->code));
    if (field->code.len == 0 || len > LIMIT_OID)
        return foreign_cannot(writing, field, "there is no such choice");
    for (size_t i = field->text.len; i < len; i++) {
        if (name[i] >= 'A' && name[i] <= 'Z')
            name[i] = (char)(name[i] - 'A' + 'a');
        if (name[i] == '-' || name[i] == '.')
            name[i] = '_';
    }
    *out = text_format(writing->scratch, "%s", name);
    return true;
}

const struct item *foreign_item(struct foreign_writing *writing,
                                const struct foreign_node *field)
{
    struct text oid;
    const char *refusal = "";
    if (!field_oid(writing, field, &oid))
        return NULL;
    const struct item *item =
        writing->scope->find(writing->scope->data, oid, field->event, &refusal);
    bool is_usable =
        item != NULL && !item->is_multiple && text_find(oid, '"') == oid.len;
    if (item == NULL)
        foreign_cannot(writing, field, "%.*s %s", TEXT_ARG(oid), refusal);
    else if (!is_usable)
        foreign_cannot(writing, field, "%.*s holds several answers", TEXT_ARG(oid));
    return is_usable ? item : NULL;
}

bool foreign_write_item(struct foreign_writing *writing,
                        const struct foreign_node *field, const struct item *item)
{
    (void)field;
    buffer_format(&writing->out, "\"%.*s\"", TEXT_ARG(item->oid));
    return true;
}

bool foreign_has_numbers(const struct item *item)
{
    struct decimal number;
    size_t at;
    if (item->type != ITEM_CODED)
        return false;
    for (size_t i = 0; i < item->codelist->code_count; i++)
        if (decimal_parse(item->codelist->codes[i].code, &number, &at) != DECIMAL_OK)
            return false;
    return true;
}

/* --- what is known to be filled ---------------------------------------------------- */

static bool is_guarded(const struct foreign_guard *guards,
                       const struct foreign_node *field)
{
    for (; guards != NULL; guards = guards->outer)
        if (text_equal(guards->field, field->text) &&
            text_equal(guards->code, field->code))
            return true;
    return false;
}

/* The fields that are filled whenever the condition is `truth`. */
static const struct foreign_guard *filled_when(struct foreign_writing *writing,
                                               const struct foreign_node *node,
                                               bool truth,
                                               const struct foreign_guard *guards)
{
    if (node->kind == FOREIGN_NOT)
        return filled_when(writing, node->left, !truth, guards);
    if (node->kind != FOREIGN_BINARY)
        return guards;
    if (node->operation == (truth ? FOREIGN_AND : FOREIGN_OR)) {
        guards = filled_when(writing, node->left, truth, guards);
        return filled_when(writing, node->right, truth, guards);
    }
    const struct foreign_node *field = node->left, *constant = node->right;
    if (field->kind != FOREIGN_FIELD || constant->kind != FOREIGN_STRING ||
        !text_is_absent(field->event) || writing->guard_count++ >= MOST_GUARDS)
        return guards;
    bool is_empty = constant->text.len == 0;
    if (node->operation != (truth != is_empty ? FOREIGN_EQUAL : FOREIGN_DIFFERENT))
        return guards;
    struct foreign_guard *guard = ARENA_NEW(writing->scratch, struct foreign_guard);
    *guard = (struct foreign_guard){
        .field = field->text, .code = field->code, .outer = guards};
    return guard;
}

static bool all_guarded(const struct foreign_node *node,
                        const struct foreign_guard *guards)
{
    switch (node->kind) {
    case FOREIGN_NUMBER: return true;
    case FOREIGN_FIELD: return is_guarded(guards, node);
    case FOREIGN_MINUS: return all_guarded(node->left, guards);
    case FOREIGN_BINARY:
        return node->operation >= FOREIGN_PLUS && node->operation != FOREIGN_DIVIDE &&
               all_guarded(node->left, guards) && all_guarded(node->right, guards);
    case FOREIGN_STRING:
    case FOREIGN_NOT:
    case FOREIGN_CALL: break;
    }
    return false;
}

/* --- comparisons ------------------------------------------------------------------- */

static const char *const signs[] = {
    [FOREIGN_EQUAL] = "=",    [FOREIGN_DIFFERENT] = "<>", [FOREIGN_LESS] = "<",
    [FOREIGN_AT_MOST] = "<=", [FOREIGN_MORE] = ">",       [FOREIGN_AT_LEAST] = ">="};

struct comparing {
    const struct foreign_node *node, *field, *constant;
    enum foreign_operation operation;
    const struct item *item;
    const struct code
        *choice; /* of a checkbox that is one item; NULL: an item itself */
    bool is_guarded;
};

static bool is_equality(const struct comparing *comparing)
{
    return comparing->operation <= FOREIGN_DIFFERENT;
}

/* "X" is 'c': yes or no also of a missing answer. In XPath a missing answer is neither
 * equal nor different. `quote` is "'" around texts. */
static bool write_equality(struct foreign_writing *writing,
                           const struct comparing *comparing, struct text constant,
                           const char *quote)
{
    struct text oid = comparing->item->oid;
    bool is_equal = comparing->operation == FOREIGN_EQUAL;
    if (text_find(constant, '\'') < constant.len)
        return foreign_cannot(writing, comparing->constant,
                              "a quotation mark in a text is not understood");
    if (!is_equal && writing->dialect == FOREIGN_XPATH)
        buffer_format(&writing->out, "(\"%.*s\" is filled and ", TEXT_ARG(oid));
    buffer_format(&writing->out, "\"%.*s\" is %s%s%.*s%s", TEXT_ARG(oid),
                  is_equal ? "" : "not ", quote, TEXT_ARG(constant), quote);
    if (!is_equal && writing->dialect == FOREIGN_XPATH)
        BUFFER_LITERAL(&writing->out, ")");
    return true;
}

/* < and the like, with a number. */
static bool write_order(struct foreign_writing *writing,
                        const struct comparing *comparing)
{
    bool is_path = writing->dialect == FOREIGN_XPATH;
    bool is_coded = comparing->item->type == ITEM_CODED;
    if (comparing->constant->kind != FOREIGN_NUMBER)
        return foreign_cannot(writing, comparing->constant,
                              "a text has no order that both systems agree on");
    if (!is_path && !comparing->is_guarded)
        return foreign_cannot(
            writing, comparing->node,
            "what an empty %.*s is less or more than is not settled in REDCap",
            TEXT_ARG(comparing->item->oid));
    buffer_format(&writing->out, "%s%s\"%.*s\"%s %s %.*s%s", is_path ? "((" : "",
                  is_coded ? "number(" : "", TEXT_ARG(comparing->item->oid),
                  is_coded ? ")" : "", signs[comparing->operation],
                  TEXT_ARG(comparing->constant->text),
                  is_path ? ") otherwise no)" : "");
    return true;
}

static bool is_zero(struct text constant)
{
    struct decimal number;
    size_t at;
    return decimal_parse(constant, &number, &at) == DECIMAL_OK &&
           number.coefficient == 0;
}

/* In REDCap an empty text equals the number 0, on some of its pages. */
static bool is_settled(struct foreign_writing *writing,
                       const struct comparing *comparing)
{
    return writing->dialect == FOREIGN_XPATH || comparing->is_guarded ||
           comparing->constant->kind == FOREIGN_STRING ||
           !is_zero(comparing->constant->text) ||
           foreign_cannot(writing, comparing->node,
                          "whether an empty %.*s equals 0 is not settled in REDCap; "
                          "'0' in quotes would be",
                          TEXT_ARG(comparing->item->oid));
}

/* The code that is written like the constant; another one that is the same number makes
 * it doubtful. */
static bool compare_code(struct foreign_writing *writing,
                         const struct comparing *comparing)
{
    const struct codelist *list = comparing->item->codelist;
    struct text constant = comparing->constant->text;
    struct decimal number, other;
    size_t at;
    bool is_number = decimal_parse(constant, &number, &at) == DECIMAL_OK;
    if (!is_equality(comparing) && !foreign_has_numbers(comparing->item))
        return foreign_cannot(writing, comparing->node,
                              "the codes of %.*s are no numbers",
                              TEXT_ARG(comparing->item->oid));
    if (!is_equality(comparing))
        return write_order(writing, comparing);
    if (codelist_code(list, constant) == NULL)
        return foreign_cannot(writing, comparing->constant, "'%.*s' is no code of %.*s",
                              TEXT_ARG(constant), TEXT_ARG(comparing->item->oid));
    for (size_t i = 0; is_number && i < list->code_count; i++)
        if (!text_equal(list->codes[i].code, constant) &&
            decimal_parse(list->codes[i].code, &other, &at) == DECIMAL_OK &&
            decimal_compare(number, other) == 0)
            return foreign_cannot(writing, comparing->constant,
                                  "two codes of %.*s are the same number",
                                  TEXT_ARG(comparing->item->oid));
    return is_settled(writing, comparing) &&
           write_equality(writing, comparing, constant, "'");
}

/* A text of digits against a whole number says the same as the number; against a number
 * with decimals it does not ('1' and 1.0). */
static bool compare_number(struct foreign_writing *writing,
                           const struct comparing *comparing)
{
    const struct foreign_node *constant = comparing->constant;
    int64_t whole;
    if (!is_equality(comparing))
        return write_order(writing, comparing);
    bool is_plain = text_to_int64(constant->text, &whole) &&
                    (constant->text.at[0] != '0' || constant->text.len == 1);
    if (constant->kind == FOREIGN_STRING &&
        (comparing->item->type != ITEM_INTEGER || !is_plain))
        return foreign_cannot(writing, constant,
                              "a text is compared with the number %.*s",
                              TEXT_ARG(comparing->item->oid));
    return is_settled(writing, comparing) &&
           write_equality(writing, comparing, constant->text, "");
}

/* REDCap compares two texts that look like numbers as numbers, on its server. */
static bool compare_text(struct foreign_writing *writing,
                         const struct comparing *comparing)
{
    struct decimal number;
    size_t at;
    if (!is_equality(comparing))
        return foreign_cannot(writing, comparing->node,
                              "texts have no order that both systems agree on");
    if (comparing->constant->kind != FOREIGN_STRING ||
        decimal_parse(comparing->constant->text, &number, &at) == DECIMAL_OK)
        return foreign_cannot(writing, comparing->constant,
                              "a number is compared with the text %.*s",
                              TEXT_ARG(comparing->item->oid));
    return write_equality(writing, comparing, comparing->constant->text, "'");
}

static bool compare_empty(struct foreign_writing *writing,
                          const struct comparing *comparing)
{
    if (writing->dialect == FOREIGN_XPATH || !is_equality(comparing))
        return foreign_cannot(writing, comparing->node,
                              "this comparison with an empty text is not understood");
    buffer_format(&writing->out, "\"%.*s\" is %s", TEXT_ARG(comparing->item->oid),
                  comparing->operation == FOREIGN_EQUAL ? "absent" : "filled");
    return true;
}

/* Ticked is 1; 0 is all else, also before anybody looked. */
static bool compare_checkbox(struct foreign_writing *writing,
                             const struct comparing *comparing)
{
    struct text constant = comparing->constant->text;
    bool is_one = text_equal(constant, TEXT("1"));
    if (!is_equality(comparing) || (!is_one && !text_equal(constant, TEXT("0"))))
        return foreign_cannot(writing, comparing->node,
                              "a checkbox is compared with 0 or 1 alone");
    bool is_ticked = is_one == (comparing->operation == FOREIGN_EQUAL);
    if (comparing->choice != NULL) {
        buffer_format(&writing->out, "%s((\"%.*s\" has '%.*s') otherwise no)",
                      is_ticked ? "" : "not ", TEXT_ARG(comparing->item->oid),
                      TEXT_ARG(comparing->choice->code));
        return true;
    }
    buffer_format(&writing->out, "\"%.*s\" is %s'1'", TEXT_ARG(comparing->item->oid),
                  is_ticked ? "" : "not ");
    return true;
}

static bool compare(struct foreign_writing *writing, const struct comparing *comparing)
{
    if (!text_is_absent(comparing->field->code))
        return compare_checkbox(writing, comparing);
    if (comparing->constant->text.len == 0)
        return compare_empty(writing, comparing);
    switch (comparing->item->type) {
    case ITEM_CODED: return compare_code(writing, comparing);
    case ITEM_INTEGER:
    case ITEM_DECIMAL: return compare_number(writing, comparing);
    case ITEM_TEXT: return compare_text(writing, comparing);
    case ITEM_DATE:
    case ITEM_DATETIME:
    case ITEM_TIME:
    case ITEM_PARTIAL_DATE:
    case ITEM_PARTIAL_DATETIME:
    case ITEM_PARTIAL_TIME: break;
    }
    return foreign_cannot(writing, comparing->node,
                          "REDCap and XPath compare the date %.*s as text",
                          TEXT_ARG(comparing->item->oid));
}

static bool is_constant(const struct foreign_node *node)
{
    return node->kind == FOREIGN_NUMBER || node->kind == FOREIGN_STRING;
}

/* 5 < [x] is [x] > 5. */
static enum foreign_operation turned(enum foreign_operation operation)
{
    switch (operation) {
    case FOREIGN_LESS: return FOREIGN_MORE;
    case FOREIGN_AT_MOST: return FOREIGN_AT_LEAST;
    case FOREIGN_MORE: return FOREIGN_LESS;
    case FOREIGN_AT_LEAST: return FOREIGN_AT_MOST;
    case FOREIGN_EQUAL:
    case FOREIGN_DIFFERENT:
    case FOREIGN_OR:
    case FOREIGN_AND:
    case FOREIGN_PLUS:
    case FOREIGN_SUBTRACT:
    case FOREIGN_TIMES:
    case FOREIGN_DIVIDE:
    case FOREIGN_POWER: break;
    }
    return operation;
}

/* Two calculations, of fields that are known to be filled. */
static bool compare_numbers(struct foreign_writing *writing,
                            const struct foreign_node *node,
                            const struct foreign_guard *guards)
{
    if (writing->dialect != FOREIGN_REDCAP || !all_guarded(node->left, guards) ||
        !all_guarded(node->right, guards))
        return foreign_cannot(writing, node,
                              "what this says of an empty field is not settled");
    BUFFER_LITERAL(&writing->out, "(");
    if (!foreign_write_number(writing, node->left, guards))
        return false;
    buffer_format(&writing->out, " %s ", signs[node->operation]);
    if (!foreign_write_number(writing, node->right, guards))
        return false;
    BUFFER_LITERAL(&writing->out, ")");
    return true;
}

/* A checkbox may be one item of several codes; NULL: it is none. */
static const struct item *folded_checkbox(struct foreign_writing *writing,
                                          const struct foreign_node *field,
                                          const struct code **choice)
{
    const char *refusal;
    if (text_is_absent(field->code))
        return NULL;
    const struct item *item =
        writing->scope->find(writing->scope->data, field->text, field->event, &refusal);
    if (item == NULL || !item->is_multiple || item->codelist == NULL ||
        text_find(item->oid, '"') < item->oid.len)
        return NULL;
    *choice = redcap_choice_code(item->codelist, field->code);
    return *choice == NULL || text_find((*choice)->code, '\'') < (*choice)->code.len
               ? NULL
               : item;
}

static bool write_comparison(struct foreign_writing *writing,
                             const struct foreign_node *node,
                             const struct foreign_guard *guards)
{
    bool is_turned = is_constant(node->left);
    struct comparing comparing = {.node = node,
                                  .field = is_turned ? node->right : node->left,
                                  .constant = is_turned ? node->left : node->right,
                                  .operation = is_turned ? turned(node->operation)
                                                         : node->operation};
    if (comparing.field->kind != FOREIGN_FIELD || !is_constant(comparing.constant))
        return compare_numbers(writing, node, guards);
    comparing.item = folded_checkbox(writing, comparing.field, &comparing.choice);
    if (comparing.item == NULL)
        comparing.item = foreign_item(writing, comparing.field);
    comparing.is_guarded = is_guarded(guards, comparing.field);
    return comparing.item != NULL && compare(writing, &comparing);
}

/* --- conditions ---------------------------------------------------------------------- */

static bool write_both(struct foreign_writing *writing, const struct foreign_node *node,
                       const struct foreign_guard *guards)
{
    bool is_and = node->operation == FOREIGN_AND;
    const struct foreign_guard *of_left =
        filled_when(writing, node->right, is_and, guards);
    const struct foreign_guard *of_right =
        filled_when(writing, node->left, is_and, guards);
    BUFFER_LITERAL(&writing->out, "(");
    if (!foreign_write_condition(writing, node->left, of_left))
        return false;
    buffer_format(&writing->out, " %s ", is_and ? "and" : "or");
    if (!foreign_write_condition(writing, node->right, of_right))
        return false;
    BUFFER_LITERAL(&writing->out, ")");
    return true;
}

bool foreign_write_condition(struct foreign_writing *writing,
                             const struct foreign_node *node,
                             const struct foreign_guard *guards)
{
    if (node->kind == FOREIGN_NOT) {
        BUFFER_LITERAL(&writing->out, "not (");
        if (!foreign_write_condition(writing, node->left, guards))
            return false;
        BUFFER_LITERAL(&writing->out, ")");
        return true;
    }
    if (node->kind != FOREIGN_BINARY || node->operation >= FOREIGN_PLUS)
        return foreign_cannot(writing, node,
                              "a value stands where a condition is needed");
    return node->operation <= FOREIGN_AND ? write_both(writing, node, guards)
                                          : write_comparison(writing, node, guards);
}

/* --- the whole ------------------------------------------------------------------------ */

bool foreign_dialect_of(struct text context, enum foreign_dialect *out)
{
    if (text_equal(context, TEXT("XPath")) || text_equal(context, TEXT("XPath 1.0")))
        *out = FOREIGN_XPATH;
    else if (text_equal(context, TEXT("REDCap")))
        *out = FOREIGN_REDCAP;
    else
        return false;
    return true;
}

bool foreign_translate(enum foreign_dialect dialect, enum foreign_use use,
                       struct text source, const struct foreign_scope *scope,
                       struct arena *scratch, struct text *out, struct error *err)
{
    struct foreign_writing writing = {.dialect = dialect,
                                      .scope = scope,
                                      .scratch = scratch,
                                      .out = buffer_in(scratch, LONGEST),
                                      .err = err};
    struct foreign_node *tree;
    if (!foreign_parse(dialect, source, scratch, &tree, err))
        return false;
    bool is_written = use == FOREIGN_DERIVATION
                          ? foreign_write_number(&writing, tree, NULL)
                          : foreign_write_condition(&writing, tree, NULL);
    return is_written && buffer_text(&writing.out, out, err);
}
