#include "formats/odm_rules_read.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "formats/odm_design_parts.h"

#define FIELD_SYSTEM ODM_VENDOR_SYSTEM "register-field"

/* One FormalExpression, with the OID of what holds it. */
struct source_text {
    struct text holder;
    struct text code;
    size_t line;
};

/* One ItemRef with a method or a condition. */
struct item_use {
    struct text group, item;
    struct text method, condition;
};

struct reading {
    struct arena *study;
    struct odm_list texts; /* struct source_text: of methods, conditions */
    struct odm_list uses;  /* struct item_use */
    struct odm_list rules; /* struct rule_source */
    struct odm_list declared, fields;
    struct text
        holder; /* MethodDef, ConditionDef, ItemGroupDef or ItemDef that is open */
    struct text check; /* RangeCheck that is open; absent: none */
    size_t check_number;
    bool is_ours; /* the open FormalExpression */
    bool is_code;
    size_t line;
    struct buffer text;
    size_t depth, parameter_depth;
};

static bool keep(struct reading *reading, struct text t, struct text *out)
{
    char *copy = arena_try(reading->study, t.len + 1);
    if (copy == NULL)
        return false;
    for (size_t i = 0; i < t.len; i++)
        copy[i] = t.at[i];
    *out = text_is_absent(t) ? t : (struct text){.at = copy, .len = t.len};
    return true;
}

static bool keep_attribute(struct reading *reading, const struct xml_element *element,
                           const char *name, struct text *out, struct error *err)
{
    return keep(reading, xml_attribute(element, name), out) || odm_no_room(err);
}

static bool is(const struct xml_element *element, const char *name)
{
    return text_equal(element->name, text_of(name));
}

/* ---- declared names ---- */

static bool declared_kind_of(struct text short_name, enum declared_kind *out,
                             struct text *prefix)
{
    static const struct {
        const char *short_name, *prefix;
    } kinds[] = {[DECLARED_SETTING] = {"SETTING", "SP.SETTING."},
                 [DECLARED_COUNT] = {"COUNT", "SP.COUNT."},
                 [DECLARED_REGISTER] = {"REGISTER", "SP.REGISTER."}};
    for (int i = 0; i < (int)ARRAY_COUNT(kinds); i++) {
        if (text_equal(short_name, text_of(kinds[i].short_name))) {
            *out = (enum declared_kind)i;
            *prefix = text_of(kinds[i].prefix);
            return true;
        }
    }
    return false;
}

static bool parameter_start(struct reading *reading, const struct xml_element *element,
                            struct error *err)
{
    struct declared_name declared = {0};
    struct text prefix, oid;
    if (!declared_kind_of(xml_attribute(element, "ShortName"), &declared.kind, &prefix))
        return true;
    if (!keep_attribute(reading, element, "OID", &oid, err))
        return false;
    if (!text_starts_with(oid, prefix) || oid.len == prefix.len) {
        error_set(err, ERROR_REFUSED, "the OID of a declared name begins with %.*s",
                  TEXT_ARG(prefix));
        return error_where(err, 0, "%zu:%zu", element->place.line,
                           element->place.column);
    }
    declared.name = text_part(oid, prefix.len, oid.len);
    void *added;
    if (!odm_list_add(&reading->declared, sizeof declared, reading->study, &added, err))
        return false;
    *(struct declared_name *)added = declared;
    reading->parameter_depth = element->depth;
    return true;
}

static struct declared_name *open_declared(struct reading *reading)
{
    return ODM_LIST_AT(reading->declared, struct declared_name,
                       reading->declared.count - 1);
}

static bool parameter_inside(struct reading *reading, const struct xml_element *element,
                             struct error *err)
{
    if (is(element, "ParameterValue"))
        return keep_attribute(reading, element, "Value", &open_declared(reading)->value,
                              err);
    if (!is(element, "Coding") ||
        !text_equal(xml_attribute(element, "System"), TEXT(FIELD_SYSTEM)))
        return true;
    void *added;
    struct text code;
    if (!odm_list_add(&reading->fields, sizeof(struct declared_field), reading->study,
                      &added, err) ||
        !keep_attribute(reading, element, "Code", &code, err))
        return false;
    struct declared_field *field = added;
    field->name = text_cut(&code, ' ');
    field->type = text_is_absent(code) ? TEXT("text") : text_trim(code);
    open_declared(reading)->field_count++;
    return true;
}

/* ---- expressions and their uses ---- */

static bool use_start(struct reading *reading, const struct xml_element *element,
                      struct error *err)
{
    struct item_use use = {.group = reading->holder};
    void *added;
    if (text_is_absent(xml_attribute(element, "MethodOID")) &&
        text_is_absent(xml_attribute(element, "CollectionExceptionConditionOID")))
        return true;
    if (!keep_attribute(reading, element, "ItemOID", &use.item, err) ||
        !keep_attribute(reading, element, "MethodOID", &use.method, err) ||
        !keep_attribute(reading, element, "CollectionExceptionConditionOID",
                        &use.condition, err) ||
        !odm_list_add(&reading->uses, sizeof use, reading->study, &added, err))
        return false;
    *(struct item_use *)added = use;
    return true;
}

static bool check_start(struct reading *reading, const struct xml_element *element,
                        struct error *err)
{
    if (!keep_attribute(reading, element, "OID", &reading->check, err))
        return false;
    reading->check_number++;
    if (text_is_absent(reading->check))
        reading->check = text_format(reading->study, "%.*s/%zu",
                                     TEXT_ARG(reading->holder), reading->check_number);
    return true;
}

static bool on_start(void *data, const struct xml_element *element, struct error *err)
{
    struct reading *reading = data;
    reading->depth = element->depth;
    if (reading->parameter_depth > 0)
        return parameter_inside(reading, element, err);
    if (is(element, "StudyParameter"))
        return parameter_start(reading, element, err);
    if (is(element, "MethodDef") || is(element, "ConditionDef") ||
        is(element, "ItemGroupDef") || is(element, "ItemDef")) {
        reading->check_number = 0;
        reading->check = (struct text){0};
        return keep_attribute(reading, element, "OID", &reading->holder, err);
    }
    if (is(element, "ItemRef"))
        return use_start(reading, element, err);
    if (is(element, "RangeCheck"))
        return check_start(reading, element, err);
    if (is(element, "FormalExpression"))
        reading->is_ours =
            text_starts_with(xml_attribute(element, "Context"), TEXT("osteon"));
    if (is(element, "Code") && reading->is_ours) {
        reading->is_code = true;
        reading->line = element->place.line;
        reading->text.len = 0;
    }
    return true;
}

static bool on_text(void *data, struct text piece, struct error *err)
{
    (void)err; /* an overflow is remembered by the buffer */
    struct reading *reading = data;
    if (reading->is_code)
        buffer_text_add(&reading->text, piece);
    return true;
}

static bool code_end(struct reading *reading, struct error *err)
{
    struct text code;
    void *added;
    if (!buffer_text(&reading->text, &code, err) || !keep(reading, code, &code))
        return false;
    reading->is_code = reading->is_ours = false;
    if (!text_is_absent(reading->check)) {
        if (!odm_list_add(&reading->rules, sizeof(struct rule_source), reading->study,
                          &added, err))
            return false;
        *(struct rule_source *)added = (struct rule_source){.kind = RULE_FIRES,
                                                            .oid = reading->check,
                                                            .item = reading->holder,
                                                            .code = code,
                                                            .line = reading->line};
        return true;
    }
    if (!odm_list_add(&reading->texts, sizeof(struct source_text), reading->study,
                      &added, err))
        return false;
    *(struct source_text *)added = (struct source_text){
        .holder = reading->holder, .code = code, .line = reading->line};
    return true;
}

static bool on_end(void *data, struct error *err)
{
    struct reading *reading = data;
    if (reading->depth-- == reading->parameter_depth)
        reading->parameter_depth = 0;
    return !reading->is_code || code_end(reading, err);
}

/* ---- joined ---- */

static bool add_use(struct reading *reading, const struct item_use *use,
                    enum rule_kind kind, struct text oid, struct error *err)
{
    for (size_t i = 0; i < reading->texts.count; i++) {
        const struct source_text *text =
            ODM_LIST_AT(reading->texts, struct source_text, i);
        void *added;
        if (text_is_absent(oid) || !text_equal(text->holder, oid))
            continue;
        if (!odm_list_add(&reading->rules, sizeof(struct rule_source), reading->study,
                          &added, err))
            return false;
        *(struct rule_source *)added = (struct rule_source){.kind = kind,
                                                            .oid = oid,
                                                            .item = use->item,
                                                            .group = use->group,
                                                            .code = text->code,
                                                            .line = text->line};
    }
    return true;
}

static void share_fields(struct reading *reading)
{
    const struct declared_field *next = reading->fields.things;
    for (size_t i = 0; i < reading->declared.count; i++) {
        struct declared_name *declared =
            ODM_LIST_AT(reading->declared, struct declared_name, i);
        declared->fields = next;
        if (declared->field_count > 0)
            next += declared->field_count;
    }
}

bool odm_rules_read(struct text document, struct arena *study, struct rule_sources *out,
                    struct error *err)
{
    struct reading reading = {.study = study,
                              .text = buffer_in(study, (size_t)2 * LIMIT_RULE_BYTES)};
    struct xml_events events = {
        .start = on_start, .text = on_text, .end = on_end, .data = &reading};
    if (!xml_read(document, &events, LIMIT_DESIGN_BYTES, err))
        return false;
    for (size_t i = 0; i < reading.uses.count; i++) {
        const struct item_use *use = ODM_LIST_AT(reading.uses, struct item_use, i);
        if (!add_use(&reading, use, RULE_DERIVES, use->method, err) ||
            !add_use(&reading, use, RULE_SHOWS, use->condition, err))
            return false;
    }
    share_fields(&reading);
    *out = (struct rule_sources){.rules = reading.rules.things,
                                 .rule_count = reading.rules.count,
                                 .declared = reading.declared.things,
                                 .declared_count = reading.declared.count};
    return true;
}
