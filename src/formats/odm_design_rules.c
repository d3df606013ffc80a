/* Rules of the study: expressions of derived items, conditions and checks. */
#include "formats/odm_design_elements.h"

static struct odm_words *open_words(struct odm_parser *parser)
{
    return ODM_OPEN(parser->parts.words, struct odm_words);
}

/* --- expressions ------------------------------------------------------------------ */

/* An expression of another system: it is told by what it belongs to. */
static bool foreign_start(struct odm_parser *parser, const struct xml_element *element,
                          enum odm_element within, struct error *err)
{
    parser->formula = FORMULA_FOREIGN;
    if (within == ODM_RANGE) {
        const struct odm_item *item = ODM_OPEN(parser->parts.items, struct odm_item);
        parser->range.is_settled = true;
        return odm_foreign_start(parser, element, FOREIGN_CHECK, item->item.oid, err);
    }
    const struct odm_words *words = open_words(parser);
    return odm_foreign_start(parser, element,
                             words->kind == ODM_METHOD ? FOREIGN_DERIVATION
                                                       : FOREIGN_CONDITION,
                             words->oid, err);
}

/* Which kind of expression may stand where, by the Context that says so. */
bool odm_formula_start(struct odm_parser *parser, const struct xml_element *element,
                       struct error *err)
{
    static const struct {
        struct text context;
        enum odm_formula formula;
        enum odm_element within;
        enum odm_words_kind kind; /* within ODM_WORDS */
    } known[] = {
        {TEXT_INIT("osteon"), FORMULA_DERIVES, ODM_WORDS, ODM_METHOD},
        {TEXT_INIT("osteon:show-if"), FORMULA_SHOWS, ODM_WORDS, ODM_CONDITION},
        {TEXT_INIT("osteon:fires-if"), FORMULA_FIRES, ODM_WORDS, ODM_CONDITION},
        {TEXT_INIT("osteon:check"), FORMULA_CHECK, ODM_RANGE, ODM_CONDITION},
    };
    struct text context = xml_attribute(element, "Context");
    enum odm_element within = parser->open[parser->depth]->parent;
    parser->formula = FORMULA_FOREIGN;
    for (size_t i = 0; i < ARRAY_COUNT(known); i++)
        if (text_equal(known[i].context, context) && known[i].within == within &&
            (within == ODM_RANGE || known[i].kind == open_words(parser)->kind))
            parser->formula = known[i].formula;
    bool is_ours = text_starts_with(context, TEXT("osteon"));
    parser->parts.is_ours = parser->parts.is_ours || is_ours;
    if (parser->formula == FORMULA_FOREIGN && is_ours)
        odm_finding_add(&parser->parts, element->place,
                        "osteon in a MethodDef, osteon:show-if or osteon:fires-if in a "
                        "ConditionDef, osteon:check in a RangeCheck",
                        "the Context %.*s does not stand here", SHOWN(context));
    if (parser->formula == FORMULA_FOREIGN)
        return foreign_start(parser, element, within, err);
    return true;
}

bool odm_formula_end(struct odm_parser *parser, struct error *err)
{
    return parser->formula != FORMULA_FOREIGN || odm_foreign_end(parser, err);
}

bool odm_formula_code_start(struct odm_parser *parser,
                            const struct xml_element *element, struct error *err)
{
    (void)err;
    parser->text.len = 0;
    parser->formula_line = element->place.line;
    return true;
}

static bool take_formula(struct odm_parser *parser, struct text code, struct error *err)
{
    struct odm_words *words = open_words(parser);
    if (!text_is_absent(words->formula.code))
        odm_finding_add(&parser->parts, words->place, "keep one",
                        "%.*s has a second expression", SHOWN(words->oid));
    words->is_check = parser->formula == FORMULA_FIRES;
    words->formula.oid = words->oid;
    words->formula.line = parser->formula_line;
    return odm_keep(&parser->parts, code, &words->formula.code, err);
}

bool odm_formula_code_end(struct odm_parser *parser, struct error *err)
{
    struct text code;
    if (parser->formula == FORMULA_FOREIGN)
        return odm_foreign_code_end(parser, err);
    if (!buffer_text(&parser->text, &code, err))
        return false;
    if (text_trim(code).len == 0) {
        struct xml_place place = {.line = parser->formula_line, .column = 1};
        odm_finding_add(&parser->parts, place, NULL, "an expression without content");
        return true;
    }
    if (parser->formula != FORMULA_CHECK)
        return take_formula(parser, code, err);
    parser->range.is_check = true;
    return odm_keep(&parser->parts, text_trim(code), &parser->range.check, err);
}

/* --- checks ----------------------------------------------------------------------- */

bool odm_range_message(struct odm_parser *parser, const struct xml_element *element,
                       struct error *err)
{
    (void)element, (void)err;
    parser->label = &parser->range.message;
    return true;
}

/* A RangeCheck without Comparator has been read to its end. */
bool odm_check_end(struct odm_parser *parser, struct error *err)
{
    const struct odm_range *range = &parser->range;
    void *added;
    if (!range->is_check) {
        odm_strict_add(
            &parser->parts, range->place,
            "a Comparator with a CheckValue, or a FormalExpression of Context "
            "osteon:check",
            "neither a limit nor a check");
        return true;
    }
    if (text_is_absent(range->message.english))
        odm_finding_add(&parser->parts, range->place, "add an ErrorMessage",
                        "the check %.*s says nothing", SHOWN(range->check));
    if (!odm_list_add(&parser->parts.checks, sizeof(struct odm_check),
                      parser->parts.study, &added, err))
        return false;
    *(struct odm_check *)added = (struct odm_check){
        .version = parser->parts.versions.count - 1,
        .place = range->place,
        .oid = range->check,
        .item = ODM_OPEN(parser->parts.items, struct odm_item)->item.oid,
        .is_hard = range->is_hard,
        .message = range->message,
    };
    return true;
}

/* "Yes", the only thing such a fact can say. */
static bool is_said(struct odm_parser *parser, const struct xml_element *element,
                    struct text name)
{
    if (!text_equal(name, TEXT("Yes")))
        odm_finding_add(&parser->parts, element->place, "Yes, or leave it out",
                        "%.*s: Name is \"%.*s\"",
                        SHOWN(xml_attribute(element, "Context")), SHOWN(name));
    return true;
}

static bool take_alarm(struct odm_parser *parser, const struct xml_element *element,
                       struct text name, struct error *err)
{
    (void)err;
    return open_words(parser)->is_alarm = is_said(parser, element, name);
}

static bool take_planned(struct odm_parser *parser, const struct xml_element *element,
                         struct text name, struct error *err)
{
    (void)err;
    return open_words(parser)->is_planned = is_said(parser, element, name);
}

#define TAKE_WORDS(member)                                                             \
    static bool take_##member(struct odm_parser *parser,                               \
                              const struct xml_element *element, struct text name,     \
                              struct error *err)                                       \
    {                                                                                  \
        (void)element, (void)err;                                                      \
        open_words(parser)->member = name;                                             \
        return true;                                                                   \
    }
TAKE_WORDS(also)
TAKE_WORDS(forms)
TAKE_WORDS(needs)
TAKE_WORDS(basis)
TAKE_WORDS(deviation)

bool odm_words_alias(struct odm_parser *parser, const struct xml_element *element,
                     struct error *err)
{
    static const struct odm_coding table[] = {
        {ODM_VENDOR_SYSTEM "alarm", take_alarm},
        {ODM_VENDOR_SYSTEM "planned-act", take_planned},
        {ODM_VENDOR_SYSTEM "also", take_also},
        {ODM_VENDOR_SYSTEM "forms", take_forms},
        {ODM_VENDOR_SYSTEM "needs", take_needs},
        {ODM_VENDOR_SYSTEM "basis", take_basis},
        {ODM_VENDOR_SYSTEM "deviation", take_deviation},
    };
    return odm_alias_take(parser, element, table, ARRAY_COUNT(table), err);
}
