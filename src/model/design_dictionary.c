#include "model/design_dictionary.h"

/* What every study has. root (NULL: a word alone), name, type */
static const struct {
    const char *root, *name, *type;
} given[] = {
    {"participant", "state", "text"},
    {"participant", "enrolled", "truth"},
    {"participant", "number", "text"},
    {"participant", "site", "text"},
    {"participant", "screening", "text"},   /* screening number */
    {"participant", "provisional", "text"}, /* number before registration */
    {"participant", "bed", "text"},         /* where that began */
    {"participant", "attached", "moment"},  /* to its screening record */
    {"participant", "attached_by", "text"},
    {"participant", "open_queries", "number"},
    {"participant", "open_hard_queries", "number"},
    {"participant", "unsigned_forms", "number"},
    {"participant", "locked_forms", "number"},
    {"user", "role", "text"},
    {"user", "name", "text"},
    {"feed", "pump_volume", "number mL"}, /* by the IO needle, as pumps say */
    {"feed", "pump_pause", "number min"}, /* longest stop in this segment */
    {"feed", "orphans", "number"},        /* values that no device association covers */
    {"feed", "corrected", "truth"},       /* the laboratory corrected this form */
    {NULL, "planned", "truth"},
    {NULL, "quarantine", "truth"},
};

struct filling {
    const struct design *design;
    struct dictionary *to;
    struct arena *study;
};

/* ---- types ---- */

static int32_t codelist_position(const struct filling *filling,
                                 const struct codelist *list)
{
    return list == NULL ? -1 : (int32_t)(list - filling->design->codelists);
}

static bool take_unit(struct text code, struct type *type, struct error *err)
{
    if (code.len == 0)
        return true;
    if (!unit_parse(code, &type->unit, NULL)) {
        error_set(err, ERROR_REFUSED, "the unit %.*s is not known", TEXT_ARG(code));
        struct text near = unit_nearest(code);
        return text_is_absent(near)
                   ? false
                   : error_hint(err, "did you mean %.*s?", TEXT_ARG(near));
    }
    type->is_unit_declared = true;
    return true;
}

static bool item_type_of(const struct filling *filling, const struct item *item,
                         struct type *out, struct error *err)
{
    static const enum type_kind kinds[] = {
        [ITEM_TEXT] = TYPE_TEXT,           [ITEM_INTEGER] = TYPE_NUMBER,
        [ITEM_DECIMAL] = TYPE_NUMBER,      [ITEM_CODED] = TYPE_CODE,
        [ITEM_DATE] = TYPE_MOMENT,         [ITEM_DATETIME] = TYPE_MOMENT,
        [ITEM_PARTIAL_DATE] = TYPE_MOMENT, [ITEM_PARTIAL_DATETIME] = TYPE_MOMENT,
        [ITEM_TIME] = TYPE_TEXT,           [ITEM_PARTIAL_TIME] = TYPE_TEXT};
    *out = type_of_kind(item->is_multiple ? TYPE_CODES : kinds[item->type]);
    out->codelist = codelist_position(filling, item->codelist);
    if (out->kind != TYPE_NUMBER)
        return true;
    out->decimals = item->type == ITEM_INTEGER ? 0 : item->decimals;
    out->is_unit_declared = true;
    /* Other systems write units as they like: "Weeks". */
    if (filling->design->is_foreign && !unit_parse(item->unit, &out->unit, NULL)) {
        out->unit = type_of_kind(TYPE_NUMBER).unit;
        return true;
    }
    return take_unit(item->unit, out, err) ||
           error_in(err, "item %.*s", TEXT_ARG(item->oid));
}

/* "number mg/kg", "code CL.NY" … */
static bool declared_type(const struct filling *filling, struct text words,
                          struct type *out, struct error *err)
{
    static const struct {
        const char *word;
        enum type_kind kind;
    } kinds[] = {{"text", TYPE_TEXT},   {"number", TYPE_NUMBER}, {"code", TYPE_CODE},
                 {"codes", TYPE_CODES}, {"moment", TYPE_MOMENT}, {"truth", TYPE_TRUTH}};
    struct text rest = words;
    struct text word = text_cut(&rest, ' ');
    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
        if (!text_equal(word, text_of(kinds[i].word)))
            continue;
        *out = type_of_kind(kinds[i].kind);
        if (out->kind == TYPE_NUMBER)
            return take_unit(text_trim(rest), out, err);
        for (size_t k = 0; k < filling->design->codelist_count; k++)
            if (text_equal(filling->design->codelists[k].oid, text_trim(rest)))
                out->codelist = (int32_t)k;
        if (out->codelist >= 0 || (out->kind != TYPE_CODE && out->kind != TYPE_CODES))
            return true;
        return error_set(err, ERROR_REFUSED, "there is no code list %.*s",
                         TEXT_ARG(rest));
    }
    error_set(err, ERROR_REFUSED, "%.*s is no type", TEXT_ARG(word));
    return error_hint(err, "text, number, code, codes, moment or truth");
}

/* The type of a setting follows from how its value is written. */
static bool setting_type(struct text value, struct type *out, struct error *err)
{
    if (value.len > 0 && value.at[0] == '\'') {
        *out = type_of_kind(TYPE_TEXT);
        return true;
    }
    if (text_starts_with(value, TEXT("date ")) ||
        text_starts_with(value, TEXT("time "))) {
        *out = type_of_kind(TYPE_MOMENT);
        return true;
    }
    if (text_equal(value, TEXT("yes")) || text_equal(value, TEXT("no"))) {
        *out = type_of_kind(TYPE_TRUTH);
        return true;
    }
    struct text rest = value;
    struct decimal number;
    if (decimal_parse(text_cut(&rest, ' '), &number, NULL) != DECIMAL_OK) {
        error_set(err, ERROR_REFUSED, "%.*s is no value of a setting", TEXT_ARG(value));
        return error_hint(err, "as in 3 mg/kg, 'text', date 2025-11-22, yes");
    }
    *out = type_number(number.scale);
    return take_unit(text_trim(rest), out, err);
}

/* ---- forms and items ---- */

static struct text without_prefix(struct text oid, const char *prefix)
{
    struct text start = text_of(prefix);
    return text_starts_with(oid, start) && oid.len > start.len
               ? text_part(oid, start.len, oid.len)
               : oid;
}

static void fill_events(struct filling *filling)
{
    const struct design *design = filling->design;
    struct dictionary *to = filling->to;
    to->events =
        ARENA_ARRAY(filling->study, struct dictionary_event, design->event_count);
    to->event_count = (int32_t)design->event_count;
    for (size_t i = 0; i < design->event_count; i++)
        to->events[i] = (struct dictionary_event){
            .oid = design->events[i].oid,
            .name = without_prefix(design->events[i].oid, "SE."),
            .is_repeating = design->events[i].is_repeating};
}

static void fill_codelists(struct filling *filling)
{
    const struct design *design = filling->design;
    struct dictionary *to = filling->to;
    to->codelists =
        ARENA_ARRAY(filling->study, struct dictionary_codelist, design->codelist_count);
    to->codelist_count = (int32_t)design->codelist_count;
    for (size_t i = 0; i < design->codelist_count; i++) {
        const struct codelist *list = &design->codelists[i];
        struct text *codes = ARENA_ARRAY(filling->study, struct text, list->code_count);
        for (size_t k = 0; k < list->code_count; k++)
            codes[k] = list->codes[k].code;
        to->codelists[i] = (struct dictionary_codelist){
            .oid = list->oid, .codes = codes, .code_count = (int32_t)list->code_count};
    }
}

static void fill_form(struct filling *filling, const struct form *form,
                      struct dictionary_form *to)
{
    const struct design *design = filling->design;
    int32_t *events = ARENA_ARRAY(filling->study, int32_t, design->event_count);
    bool is_repeated = form->is_repeating;
    for (size_t i = 0; i < design->event_count; i++) {
        if (!event_has_form(&design->events[i], form))
            continue;
        events[to->event_count++] = (int32_t)i;
        is_repeated = is_repeated || design->events[i].is_repeating;
    }
    to->oid = form->oid;
    to->name = without_prefix(form->oid, "F.");
    to->is_repeating = form->is_repeating;
    to->is_once = !is_repeated && to->event_count == 1;
    to->events = events;
}

static bool fill_group(struct filling *filling, const struct item_group *group,
                       int32_t form, struct error *err)
{
    struct dictionary *to = filling->to;
    int32_t position = to->group_count++;
    to->groups[position] =
        (struct dictionary_group){.oid = group->oid,
                                  .name = without_prefix(group->oid, "IG."),
                                  .form = form,
                                  .is_repeating = group->is_repeating};
    for (size_t i = 0; i < group->item_count; i++) {
        const struct item *item = group->items[i];
        struct dictionary_item *entry = &to->items[to->item_count++];
        *entry = (struct dictionary_item){
            .oid = item->oid, .name = item->name, .form = form, .group = position};
        if (!item_type_of(filling, item, &entry->type, err))
            return false;
    }
    return true;
}

static bool fill_forms(struct filling *filling, struct error *err)
{
    const struct design *design = filling->design;
    for (size_t i = 0; i < design->form_count; i++) {
        const struct form *form = &design->forms[i];
        fill_form(filling, form, &filling->to->forms[i]);
        for (size_t k = 0; k < form->group_count; k++)
            if (!fill_group(filling, form->groups[k], (int32_t)i, err))
                return false;
    }
    filling->to->form_count = (int32_t)design->form_count;
    return true;
}

/* ---- declared names ---- */

static bool fill_register(struct filling *filling, const struct declared_name *declared,
                          struct error *err)
{
    struct dictionary *to = filling->to;
    int32_t form = to->form_count++;
    int32_t group = to->group_count++;
    to->forms[form] = (struct dictionary_form){.oid = declared->name,
                                               .name = declared->name,
                                               .is_once = true,
                                               .is_register = true};
    to->groups[group] = (struct dictionary_group){.oid = declared->name,
                                                  .name = declared->name,
                                                  .form = form,
                                                  .is_repeating = true};
    for (size_t i = 0; i < declared->field_count; i++) {
        const struct declared_field *field = &declared->fields[i];
        struct dictionary_item *entry = &to->items[to->item_count++];
        *entry = (struct dictionary_item){
            .oid = field->name, .name = field->name, .form = form, .group = group};
        if (!declared_type(filling, field->type, &entry->type, err))
            return error_in(err, "register %.*s, field %.*s", TEXT_ARG(declared->name),
                            TEXT_ARG(field->name));
    }
    return true;
}

static bool fill_property(struct filling *filling, const struct declared_name *declared,
                          struct error *err)
{
    struct dictionary *to = filling->to;
    bool is_setting = declared->kind == DECLARED_SETTING;
    struct dictionary_property *entry = &to->properties[to->property_count++];
    *entry = (struct dictionary_property){.root = is_setting ? TEXT("setting")
                                                             : TEXT("study"),
                                          .name = declared->name,
                                          .type = type_number(0)};
    return !is_setting || setting_type(declared->value, &entry->type, err) ||
           error_in(err, "setting %.*s", TEXT_ARG(declared->name));
}

static bool fill_declared(struct filling *filling, const struct declared_name *declared,
                          size_t count, struct error *err)
{
    struct dictionary *to = filling->to;
    for (size_t i = 0; i < ARRAY_COUNT(given); i++) {
        struct dictionary_property *entry = &to->properties[to->property_count++];
        entry->root = text_of(given[i].root);
        entry->name = text_of(given[i].name);
        if (!declared_type(filling, text_of(given[i].type), &entry->type, err))
            return false;
    }
    for (size_t i = 0; i < count; i++)
        if (declared[i].kind == DECLARED_REGISTER
                ? !fill_register(filling, &declared[i], err)
                : !fill_property(filling, &declared[i], err))
            return false;
    return true;
}

static void make_room(struct filling *filling, const struct declared_name *declared,
                      size_t declared_count)
{
    const struct design *design = filling->design;
    size_t items = 0, groups = 0;
    for (size_t i = 0; i < design->form_count; i++) {
        groups += design->forms[i].group_count;
        for (size_t k = 0; k < design->forms[i].group_count; k++)
            items += design->forms[i].groups[k]->item_count;
    }
    for (size_t i = 0; i < declared_count; i++)
        items += declared[i].field_count;
    struct dictionary *to = filling->to;
    to->items = ARENA_ARRAY(filling->study, struct dictionary_item, items);
    to->groups =
        ARENA_ARRAY(filling->study, struct dictionary_group, groups + declared_count);
    to->forms = ARENA_ARRAY(filling->study, struct dictionary_form,
                            design->form_count + declared_count);
    to->properties = ARENA_ARRAY(filling->study, struct dictionary_property,
                                 ARRAY_COUNT(given) + declared_count);
}

bool design_dictionary(const struct design *design,
                       const struct declared_name *declared, size_t declared_count,
                       struct arena *study, const struct dictionary **out,
                       struct error *err)
{
    struct filling filling = {
        .design = design, .to = ARENA_NEW(study, struct dictionary), .study = study};
    make_room(&filling, declared, declared_count);
    fill_events(&filling);
    fill_codelists(&filling);
    if (!fill_forms(&filling, err) ||
        !fill_declared(&filling, declared, declared_count, err))
        return false;
    dictionary_finish(filling.to, study);
    *out = filling.to;
    return true;
}
