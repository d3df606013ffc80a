#include "support/record_values.h"

#include "model/setting_value.h"

/* ---- chance (splitmix64, Steele, Lea and Flood 2014) ---- */

uint64_t record_random(struct record_maker *maker)
{
    uint64_t z = maker->random += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

int32_t record_below(struct record_maker *maker, int32_t limit)
{
    return limit <= 0 ? 0 : (int32_t)(record_random(maker) % (uint64_t)limit);
}

bool record_chance(struct record_maker *maker, int32_t percent)
{
    return record_below(maker, 100) < percent;
}

/* ---- values ---- */

static void pool_add(struct record_maker *maker, int32_t item, struct datum d)
{
    if (maker->pool_count[item] < POOL && datum_has_value(d))
        maker->pool[item * POOL + maker->pool_count[item]++] = d;
}

/* The default of a setting, by its property. */
struct datum record_setting(const struct record_maker *maker, int32_t property)
{
    const struct dictionary_property *entry =
        &maker->study.dictionary->properties[property];
    const struct design *design = maker->study.design;
    if (design != NULL && text_equal(entry->root, TEXT("setting")))
        for (size_t i = 0; i < design->setting_count; i++)
            if (text_equal(design->settings[i].name, entry->name))
                return setting_datum(&design->settings[i], OFFSET);
    return datum_of_kind(DATUM_EMPTY);
}

/* What a program compares with: its constants, and the settings that it reads. */
static void pool_add_program(struct record_maker *maker, int32_t item,
                             const struct program *program)
{
    for (int32_t c = 0; c < program->constant_count; c++)
        pool_add(maker, item, program->constants[c]);
    for (int32_t d = 0; d < program->dependency_count; d++)
        if (program->dependencies[d].kind == DEPENDS_PROPERTY)
            pool_add(maker, item,
                     record_setting(maker, program->dependencies[d].subject));
}

static void fill_pools(struct record_maker *maker)
{
    const struct rule_set *set = maker->study.set;
    size_t items = (size_t)set->shape->item_count;
    maker->pool = ARENA_ARRAY(maker->arena, struct datum, items * POOL);
    maker->pool_count = ARENA_ARRAY(maker->arena, int32_t, items);
    for (int32_t r = 0; r < set->rule_count; r++) {
        const struct program *program = set->rules[r].program;
        for (int32_t d = 0; d < program->dependency_count; d++) {
            int32_t item = program->dependencies[d].subject;
            if (program->dependencies[d].kind != DEPENDS_ITEM)
                continue;
            pool_add_program(maker, item, program);
        }
    }
}

/* A constant of this kind from the rules that read the item; EMPTY: none met. */
static struct datum from_pool(struct record_maker *maker, int32_t item,
                              enum datum_kind kind)
{
    for (int tries = 0; tries < 4 && maker->pool_count[item] > 0; tries++) {
        struct datum d =
            maker->pool[item * POOL + record_below(maker, maker->pool_count[item])];
        if (d.kind == kind)
            return d;
    }
    return datum_of_kind(DATUM_EMPTY);
}

/* Within the hard limits of the design, where it says them. */
static bool from_range(struct record_maker *maker, int32_t item, int32_t decimals,
                       struct datum *out)
{
    const struct design *design = maker->study.design;
    const struct item *entry =
        design == NULL ? NULL
                       : design_item(design, maker->study.dictionary->items[item].oid);
    struct decimal low, high;
    if (entry == NULL || !entry->hard.has_low || !entry->hard.has_high ||
        decimal_round(entry->hard.low, decimals, &low) != DECIMAL_OK ||
        decimal_round(entry->hard.high, decimals, &high) != DECIMAL_OK)
        return false;
    int64_t span = high.coefficient - low.coefficient + 1;
    *out = datum_number(low);
    out->as.coefficient += (int64_t)(record_random(maker) % (uint64_t)span);
    return true;
}

static struct datum random_number(struct record_maker *maker, int32_t item,
                                  const struct type *type)
{
    int32_t decimals = type->decimals < 0 ? record_below(maker, 3) : type->decimals;
    struct datum near = from_pool(maker, item, DATUM_NUMBER);
    struct decimal rounded;
    if (near.kind == DATUM_NUMBER && record_chance(maker, maker->named) &&
        decimal_round(datum_decimal(near), decimals, &rounded) == DECIMAL_OK &&
        rounded.coefficient < INT64_C(100000000000000)) {
        rounded.coefficient += record_below(maker, 3) - 1;
        return datum_number(rounded);
    }
    struct datum number =
        datum_whole(record_below(maker, record_chance(maker, 50) ? 300 : 20000));
    number.scale = decimals;
    return record_chance(maker, 80) && from_range(maker, item, decimals, &near)
               ? near
               : number;
}

/* Now and then less precise. */
static struct datum with_precision(struct record_maker *maker, struct moment moment,
                                   int32_t percent)
{
    if (record_chance(maker, percent))
        moment.precision =
            (enum moment_precision)record_below(maker, MOMENT_FRACTION + 1);
    if (moment.precision <= MOMENT_DAY) {
        moment.hour = moment.minute = moment.second = moment.microsecond = 0;
        moment.has_offset = false;
    }
    if (moment.precision < MOMENT_DAY)
        moment.day = 1;
    if (moment.precision < MOMENT_MONTH)
        moment.month = 1;
    return datum_moment(&moment, OFFSET);
}

struct datum record_moment(struct record_maker *maker, int32_t item)
{
    struct datum near = from_pool(maker, item, DATUM_NUMBER);
    int64_t at = maker->now - record_below(maker, 7200) * MINUTE;
    /* As far from now as a rule's own limit, give or take a minute. */
    if (near.kind == DATUM_NUMBER && near.scale == 0 &&
        near.as.coefficient < 40000000 && record_chance(maker, 50))
        at = maker->now - near.as.coefficient * 1000000 +
             (record_below(maker, 3) - 1) * MINUTE;
    struct moment moment = moment_of_instant(at - at % MINUTE, OFFSET);
    moment.precision = MOMENT_MINUTE;
    return with_precision(maker, moment, 12);
}

static struct datum random_codes(struct record_maker *maker, const struct type *type)
{
    const struct dictionary_codelist *list =
        &maker->study.dictionary->codelists[type->codelist];
    struct text joined = {0};
    int32_t percent = record_below(maker, 3) == 0 ? 60 : 20;
    for (int32_t i = 0; i < list->code_count; i++)
        if (record_chance(maker, percent))
            joined = text_format(maker->scratch, "%.*s%s%.*s", TEXT_ARG(joined),
                                 joined.len == 0 ? "" : " ", TEXT_ARG(list->codes[i]));
    return joined.len == 0 ? datum_of_kind(DATUM_EMPTY) : datum_text(joined);
}

static struct datum random_code(struct record_maker *maker, int32_t item,
                                const struct type *type)
{
    const struct dictionary_codelist *list =
        &maker->study.dictionary->codelists[type->codelist];
    struct datum near = from_pool(maker, item, DATUM_TEXT);
    if (near.kind == DATUM_TEXT && record_chance(maker, maker->named) &&
        dictionary_code(maker->study.dictionary, type->codelist, datum_as_text(near)) >=
            0)
        return near;
    return list->code_count == 0
               ? datum_of_kind(DATUM_EMPTY)
               : datum_text(list->codes[record_below(maker, list->code_count)]);
}

static struct datum random_text(struct record_maker *maker, int32_t item)
{
    static const struct text words[] = {
        TEXT_INIT("H4-001"),  TEXT_INIT("静脉"),
        TEXT_INIT("12.5"),    TEXT_INIT("(01)04012345678901(17)260831(10)L7"),
        TEXT_INIT("  left "), TEXT_INIT("")};
    struct datum near = from_pool(maker, item, DATUM_TEXT);
    if (near.kind == DATUM_TEXT && record_chance(maker, 60))
        return near;
    return datum_text(words[record_below(maker, ARRAY_COUNT(words))]);
}

static struct datum missing(struct record_maker *maker)
{
    struct datum missing = datum_of_kind(DATUM_MISSING);
    missing.detail = (uint8_t)(1 + record_below(maker, REASON_OTHER));
    return missing;
}

struct datum record_value(struct record_maker *maker, int32_t item,
                          const struct type *type)
{
    if (record_chance(maker, maker->absent))
        return datum_of_kind(DATUM_EMPTY);
    if (record_chance(maker, maker->absent / 2))
        return missing(maker);
    if (record_chance(maker, maker->absent / 8))
        return datum_of_kind(DATUM_SEALED);
    switch ((int)type->kind) {
    case TYPE_NUMBER: return random_number(maker, item, type);
    case TYPE_CODE: return random_code(maker, item, type);
    case TYPE_CODES: return random_codes(maker, type);
    case TYPE_MOMENT: return record_moment(maker, item);
    case TYPE_TRUTH: return datum_truth(record_below(maker, 2));
    default: return random_text(maker, item);
    }
}

/* ---- what rules ask besides values ---- */

static void add_asked(struct record_maker *maker, enum question_kind kind,
                      int32_t which, int32_t subject)
{
    for (size_t i = 0; i < maker->asked_count; i++)
        if (maker->asked[i].kind == kind && maker->asked[i].which == which &&
            maker->asked[i].subject == subject)
            return;
    if (maker->asked_count < FACTS)
        maker->asked[maker->asked_count++] =
            (struct asked){.kind = kind, .which = which, .subject = subject};
}

static void find_asked(struct record_maker *maker)
{
    const struct rule_set *set = maker->study.set;
    for (int32_t r = 0; r < set->rule_count; r++) {
        const struct program *program = set->rules[r].program;
        for (int32_t i = 0; i < program->code_count; i++) {
            const struct instruction *at = &program->code[i];
            if (at->op >= OP_ITEM_ROW && at->op <= OP_ITEM_BESIDE && at->which > 0)
                add_asked(maker, ASK_ITEM, at->which - 1, at->a);
            if (at->op == OP_FORM)
                add_asked(maker, ASK_FORM, at->which, at->a);
            for (int32_t event = 0;
                 at->op == OP_SCHEDULE && event < maker->study.dictionary->event_count;
                 event++)
                add_asked(maker, ASK_SCHEDULE, at->which, event);
        }
        for (int32_t i = 0; i < program->loop_count; i++)
            if (program->loops[i].which > 0)
                add_asked(maker, ASK_ITEM, program->loops[i].which - 1,
                          program->loops[i].item);
    }
}

static struct datum one_of(struct record_maker *maker, const char *const *words,
                           int32_t count)
{
    int32_t i = record_below(maker, count + 1);
    return i == count ? datum_of_kind(DATUM_EMPTY) : datum_text(text_of(words[i]));
}

struct datum record_fact(struct record_maker *maker, const struct asked *asked)
{
    static const char *const sources[] = {"site", "feed", "both", "import"};
    static const char *const states[] = {"empty", "started", "complete", "signed"};
    static const char *const units[] = {"mg/dL", "mmol/L", "g/L", "furlong",
                                        "mg/L{FEU}"};
    static const char *const reasons[] = {"typing error"};
    if (asked->kind == ASK_SCHEDULE)
        return record_moment(maker, 0);
    if (asked->kind == ASK_FORM)
        return asked->which == FORM_STATE    ? one_of(maker, states, 4)
               : asked->which == FORM_SIGNED ? datum_truth(record_below(maker, 2))
                                             : datum_whole(record_below(maker, 3));
    const struct type *type = &maker->study.dictionary->items[asked->subject].type;
    switch (asked->which) {
    case ITEM_SOURCE: return one_of(maker, sources, 4);
    case ITEM_ENTERED: return record_moment(maker, asked->subject);
    case ITEM_CHANGES: return datum_whole(record_below(maker, 3));
    case ITEM_FIRST_VALUE: return record_value(maker, asked->subject, type);
    case ITEM_RECEIVED_UNIT: return one_of(maker, units, 5);
    case ITEM_RECEIVED_LOW:
    case ITEM_RECEIVED_HIGH: return random_number(maker, asked->subject, type);
    default: return one_of(maker, reasons, 1);
    }
}

/* What a value becomes that is to be another: nothing, missing, sealed, a little more or
 * less, or any. */
struct datum record_changed_value(struct record_maker *maker, int32_t item,
                                  struct datum value)
{
    const struct type *type = &maker->study.dictionary->items[item].type;
    int32_t choice = record_below(maker, 100);
    if (choice < 30)
        return datum_of_kind(DATUM_EMPTY);
    if (choice < 42)
        return missing(maker);
    if (choice < 47)
        return datum_of_kind(DATUM_SEALED);
    if (choice < 52 && value.kind == DATUM_NUMBER) {
        value.as.coefficient = -value.as.coefficient;
        return value;
    }
    if (choice < 80 && value.kind == DATUM_NUMBER) {
        value.as.coefficient += record_chance(maker, 50) ? 1 : -1;
        return value;
    }
    if (choice < 80 && value.kind == DATUM_MOMENT) {
        struct moment moment = moment_of_instant(
            value.as.coefficient + (record_below(maker, 3) - 1) * MINUTE, OFFSET);
        moment.precision = MOMENT_MINUTE;
        return with_precision(maker, moment, 30);
    }
    return record_value(maker, item, type);
}

void record_find_values(struct record_maker *maker)
{
    fill_pools(maker);
    find_asked(maker);
}
