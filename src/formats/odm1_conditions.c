/* When something of the plan is left out, as ODM 1.3.2 says it: the reference names a
 * ConditionDef. Its Context is not the one of our own designs, so that a reader takes the
 * file for what it is, a design of ODM 1; as there, an expression is true of what is
 * collected. */
#include "formats/odm_design_read.h"
#include "formats/odm_write_parts.h"
#include "formats/xml_write.h"

struct condition {
    const struct formula *formula;
    struct label words;
};

typedef void condition_function(void *data, const struct condition *condition);

static void tell_exception(const struct exception *exception,
                           condition_function *function, void *data)
{
    const struct condition condition = {.formula = &exception->unless,
                                        .words = exception->words};
    if (!text_is_absent(exception->unless.oid))
        function(data, &condition);
}

/* In the order of the design: of events, of forms at events, of items. */
static void each_condition(const struct design *design, condition_function *function,
                           void *data)
{
    for (size_t i = 0; i < design->event_count; i++) {
        const struct study_event *event = &design->events[i];
        tell_exception(&event->exception, function, data);
        for (size_t k = 0; k < event->form_count; k++)
            tell_exception(&event->form_uses[k].exception, function, data);
    }
    for (size_t i = 0; i < design->item_count; i++) {
        const struct condition condition = {
            .formula = &design->items[i].shows,
            .words = {.english = design->items[i].condition}};
        if (!text_is_absent(design->items[i].shows.oid))
            function(data, &condition);
    }
}

struct finding_first {
    struct text oid;
    const struct formula *first;
};

static void find_first(void *data, const struct condition *condition)
{
    struct finding_first *finding = data;
    if (finding->first == NULL && text_equal(condition->formula->oid, finding->oid))
        finding->first = condition->formula;
}

/* Several items may share a condition: it is defined once. */
static bool is_first(const struct design *design, const struct formula *formula)
{
    struct finding_first finding = {.oid = formula->oid};
    each_condition(design, find_first, &finding);
    return finding.first == formula;
}

struct writing {
    struct buffer *out;
    const struct design *design;
};

static void put_expression(struct buffer *out, struct text code)
{
    BUFFER_LITERAL(out, "<FormalExpression Context=\"" ODM_VENDOR_SYSTEM "show-if\">");
    xml_put_text(out, code);
    BUFFER_LITERAL(out, "</FormalExpression>");
}

/* An expression of another system stands as it came, where it says whose it is. */
static void put_foreign(const struct writing *writing, struct text oid)
{
    for (size_t i = 0; i < writing->design->foreign_rule_count; i++) {
        const struct foreign_rule *rule = &writing->design->foreign_rules[i];
        if (rule->use != FOREIGN_CONDITION || rule->is_of_item ||
            text_is_absent(rule->context) || !text_equal(rule->owner, oid))
            continue;
        BUFFER_LITERAL(writing->out, "<FormalExpression");
        xml_put(writing->out, "Context", rule->context);
        BUFFER_LITERAL(writing->out, ">");
        xml_put_text(writing->out, rule->source);
        BUFFER_LITERAL(writing->out, "</FormalExpression>");
    }
}

static void put_words(struct buffer *out, struct label words, struct text oid)
{
    BUFFER_LITERAL(out, "<Description><TranslatedText xml:lang=\"en\">");
    xml_put_text(out, words.english.len > 0 ? words.english : oid);
    BUFFER_LITERAL(out, "</TranslatedText>");
    if (words.chinese.len > 0) {
        BUFFER_LITERAL(out, "<TranslatedText xml:lang=\"zh-CN\">");
        xml_put_text(out, words.chinese);
        BUFFER_LITERAL(out, "</TranslatedText>");
    }
    BUFFER_LITERAL(out, "</Description>");
}

static void put_condition(void *data, const struct condition *condition)
{
    const struct writing *writing = data;
    const struct formula *formula = condition->formula;
    struct buffer *out = writing->out;
    if (!is_first(writing->design, formula))
        return;
    BUFFER_LITERAL(out, "<ConditionDef");
    xml_put(out, "OID", formula->oid);
    xml_put(out, "Name",
            condition->words.english.len > 0 ? condition->words.english : formula->oid);
    BUFFER_LITERAL(out, ">");
    put_words(out, condition->words, formula->oid);
    if (writing->design->is_foreign)
        put_foreign(writing, formula->oid);
    else if (!text_is_absent(formula->code))
        put_expression(out, text_trim(formula->code));
    BUFFER_LITERAL(out, "</ConditionDef>\n");
}

void odm1_put_condition(struct buffer *out, const struct formula *formula)
{
    if (!text_is_absent(formula->oid))
        xml_put(out, "CollectionExceptionConditionOID", formula->oid);
}

void odm1_conditions(struct buffer *out, const struct design *design)
{
    struct writing writing = {.out = out, .design = design};
    each_condition(design, put_condition, &writing);
}
