/* Records to compare two builds of the engine with: rule_records FILE COUNT SEED [REPORT]
 *
 * FILE is a study design (ODM 2.0) with rules, or a page like doc/language.md, whose
 * examples are its rules. Makes COUNT SYNTHETIC participants with values at, just under and
 * just over what the rules compare with, missing, sealed and partial ones, runs all rules
 * natively, and writes everything to standard output; test/e2e/support/engine_replay.mjs
 * does the same in WebAssembly and compares. All numbers are little endian:
 *
 *     "OREC3\n"  u32 length, packed rules  u32 records
 *     record:  u32 bytes that follow
 *              u32 operations  f64 now  i32 offset
 *              operation: u8 1 form event event_repeat form_repeat     an instance
 *                         u8 2 serial group rows
 *                         u8 3 serial item row VALUE                   (i32 each)
 *                         u8 4 property VALUE
 *                         u8 5 kind which subject serial row VALUE      a fact
 *              u64 digest before book_run
 *              u32 changes of book_run  f64 wakes_at (0: never)  u64 digest
 *     VALUE:   16 bytes of struct datum; of a text the pointer is 0 and its bytes follow
 *
 * REPORT gets how often each logical part of each rule was yes, no, unknown, and each
 * derivation had a value or none (support/rule_coverage.h); "-" prints that instead.
 *
 * A record is a whole participant by chance, or several examples of rules one after the
 * other into one participant, with changes. What came seldom so far is made oftener: by
 * examples of its rule, and by records in which it came, changed once more.
 */
#include "base/limits.h"
#include "engine/digest.h"
#include "engine/pack.h"
#include "formats/odm_design_read.h"
#include "model/setting_value.h"
#include "support/rule_coverage.h"
#include "support/rule_sample.h"
#include "support/rule_scenes.h"
#include "support/rule_study.h"
#include "system/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OFFSET = 480, POOL = 64, FACTS = 512 };
/* Records that are whole participants by chance, in percent; examples in each other one. */
enum { WHOLE = 15, SCENES = 16, AGAIN = 65 };
/* Outcomes are aimed at until they come once in so many records; found anew after so many. */
enum { RARE = 100, AIMS = 250 };
#define MINUTE INT64_C(60000000)

/* A question about something besides values that some rule asks. */
struct asked {
    enum question_kind kind;
    int32_t which, subject;
};

/* All that a record hangs on. */
struct recipe {
    uint64_t seed;
    int32_t scene_count; /* 0: a whole participant by chance */
    int32_t scenes[SCENES];
};

struct maker {
    struct arena *arena, *scratch, *participant;
    struct rule_study study;
    struct book *book;
    uint64_t random;
    struct buffer record;
    uint32_t operations;
    int64_t now;
    /* Of this record, in percent: how often a value is absent, and how often it is one that
     * a rule names. Records differ, so that long chains of "and" come true too. */
    int32_t absent, named;
    struct datum *pool; /* by item: POOL constants of the rules that read it */
    int32_t *pool_count;
    struct asked asked[FACTS];
    size_t asked_count;
    struct rule_scenes scenes;
    struct rule_coverage *coverage;
    int32_t *needs;         /* by rule: outcomes that are still rare */
    int64_t need;           /* their sum */
    int64_t wanted;         /* how often an outcome must come not to be rare */
    int32_t facts;          /* of this record: how often one is there, in percent */
    struct recipe *recipes; /* by outcome: of a record in which it came while rare */
};

/* ---- chance (splitmix64, Steele, Lea and Flood 2014) ---- */

static uint64_t next_random(struct maker *maker)
{
    uint64_t z = maker->random += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static int32_t below(struct maker *maker, int32_t limit)
{
    return limit <= 0 ? 0 : (int32_t)(next_random(maker) % (uint64_t)limit);
}

static bool chance(struct maker *maker, int32_t percent)
{
    return below(maker, 100) < percent;
}

/* ---- values ---- */

static void pool_add(struct maker *maker, int32_t item, struct datum d)
{
    if (maker->pool_count[item] < POOL && datum_has_value(d))
        maker->pool[item * POOL + maker->pool_count[item]++] = d;
}

/* The default of a setting, by its property. */
static struct datum setting_of(const struct maker *maker, int32_t property)
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
static void pool_add_program(struct maker *maker, int32_t item,
                             const struct program *program)
{
    for (int32_t c = 0; c < program->constant_count; c++)
        pool_add(maker, item, program->constants[c]);
    for (int32_t d = 0; d < program->dependency_count; d++)
        if (program->dependencies[d].kind == DEPENDS_PROPERTY)
            pool_add(maker, item, setting_of(maker, program->dependencies[d].subject));
}

static void fill_pools(struct maker *maker)
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
static struct datum from_pool(struct maker *maker, int32_t item, enum datum_kind kind)
{
    for (int tries = 0; tries < 4 && maker->pool_count[item] > 0; tries++) {
        struct datum d =
            maker->pool[item * POOL + below(maker, maker->pool_count[item])];
        if (d.kind == kind)
            return d;
    }
    return datum_of_kind(DATUM_EMPTY);
}

/* Within the hard limits of the design, where it says them. */
static bool from_range(struct maker *maker, int32_t item, int32_t decimals,
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
    out->as.coefficient += (int64_t)(next_random(maker) % (uint64_t)span);
    return true;
}

static struct datum random_number(struct maker *maker, int32_t item,
                                  const struct type *type)
{
    int32_t decimals = type->decimals < 0 ? below(maker, 3) : type->decimals;
    struct datum near = from_pool(maker, item, DATUM_NUMBER);
    struct decimal rounded;
    if (near.kind == DATUM_NUMBER && chance(maker, maker->named) &&
        decimal_round(datum_decimal(near), decimals, &rounded) == DECIMAL_OK &&
        rounded.coefficient < INT64_C(100000000000000)) {
        rounded.coefficient += below(maker, 3) - 1;
        return datum_number(rounded);
    }
    struct datum number = datum_whole(below(maker, chance(maker, 50) ? 300 : 20000));
    number.scale = decimals;
    return chance(maker, 80) && from_range(maker, item, decimals, &near) ? near
                                                                         : number;
}

/* Now and then less precise. */
static struct datum with_precision(struct maker *maker, struct moment moment,
                                   int32_t percent)
{
    if (chance(maker, percent))
        moment.precision = (enum moment_precision)below(maker, MOMENT_FRACTION + 1);
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

static struct datum random_moment(struct maker *maker, int32_t item)
{
    struct datum near = from_pool(maker, item, DATUM_NUMBER);
    int64_t at = maker->now - below(maker, 7200) * MINUTE;
    /* As far from now as a rule's own limit, give or take a minute. */
    if (near.kind == DATUM_NUMBER && near.scale == 0 &&
        near.as.coefficient < 40000000 && chance(maker, 50))
        at =
            maker->now - near.as.coefficient * 1000000 + (below(maker, 3) - 1) * MINUTE;
    struct moment moment = moment_of_instant(at - at % MINUTE, OFFSET);
    moment.precision = MOMENT_MINUTE;
    return with_precision(maker, moment, 12);
}

static struct datum random_codes(struct maker *maker, const struct type *type)
{
    const struct dictionary_codelist *list =
        &maker->study.dictionary->codelists[type->codelist];
    struct text joined = {0};
    int32_t percent = below(maker, 3) == 0 ? 60 : 20;
    for (int32_t i = 0; i < list->code_count; i++)
        if (chance(maker, percent))
            joined = text_format(maker->scratch, "%.*s%s%.*s", TEXT_ARG(joined),
                                 joined.len == 0 ? "" : " ", TEXT_ARG(list->codes[i]));
    return joined.len == 0 ? datum_of_kind(DATUM_EMPTY) : datum_text(joined);
}

static struct datum random_code(struct maker *maker, int32_t item,
                                const struct type *type)
{
    const struct dictionary_codelist *list =
        &maker->study.dictionary->codelists[type->codelist];
    struct datum near = from_pool(maker, item, DATUM_TEXT);
    if (near.kind == DATUM_TEXT && chance(maker, maker->named) &&
        dictionary_code(maker->study.dictionary, type->codelist, datum_as_text(near)) >=
            0)
        return near;
    return list->code_count == 0
               ? datum_of_kind(DATUM_EMPTY)
               : datum_text(list->codes[below(maker, list->code_count)]);
}

static struct datum random_text(struct maker *maker, int32_t item)
{
    static const struct text words[] = {
        TEXT_INIT("H4-001"),  TEXT_INIT("静脉"),
        TEXT_INIT("12.5"),    TEXT_INIT("(01)04012345678901(17)260831(10)L7"),
        TEXT_INIT("  left "), TEXT_INIT("")};
    struct datum near = from_pool(maker, item, DATUM_TEXT);
    if (near.kind == DATUM_TEXT && chance(maker, 60))
        return near;
    return datum_text(words[below(maker, ARRAY_COUNT(words))]);
}

static struct datum missing(struct maker *maker)
{
    struct datum missing = datum_of_kind(DATUM_MISSING);
    missing.detail = (uint8_t)(1 + below(maker, REASON_OTHER));
    return missing;
}

static struct datum random_value(struct maker *maker, int32_t item,
                                 const struct type *type)
{
    if (chance(maker, maker->absent))
        return datum_of_kind(DATUM_EMPTY);
    if (chance(maker, maker->absent / 2))
        return missing(maker);
    if (chance(maker, maker->absent / 8))
        return datum_of_kind(DATUM_SEALED);
    switch ((int)type->kind) {
    case TYPE_NUMBER: return random_number(maker, item, type);
    case TYPE_CODE: return random_code(maker, item, type);
    case TYPE_CODES: return random_codes(maker, type);
    case TYPE_MOMENT: return random_moment(maker, item);
    case TYPE_TRUTH: return datum_truth(below(maker, 2));
    default: return random_text(maker, item);
    }
}

/* ---- what rules ask besides values ---- */

static void add_asked(struct maker *maker, enum question_kind kind, int32_t which,
                      int32_t subject)
{
    for (size_t i = 0; i < maker->asked_count; i++)
        if (maker->asked[i].kind == kind && maker->asked[i].which == which &&
            maker->asked[i].subject == subject)
            return;
    if (maker->asked_count < FACTS)
        maker->asked[maker->asked_count++] =
            (struct asked){.kind = kind, .which = which, .subject = subject};
}

static void find_asked(struct maker *maker)
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

static struct datum one_of(struct maker *maker, const char *const *words, int32_t count)
{
    int32_t i = below(maker, count + 1);
    return i == count ? datum_of_kind(DATUM_EMPTY) : datum_text(text_of(words[i]));
}

static struct datum random_fact(struct maker *maker, const struct asked *asked)
{
    static const char *const sources[] = {"site", "feed", "both", "import"};
    static const char *const states[] = {"empty", "started", "complete", "signed"};
    static const char *const units[] = {"mg/dL", "mmol/L", "g/L", "furlong",
                                        "mg/L{FEU}"};
    static const char *const reasons[] = {"typing error"};
    if (asked->kind == ASK_SCHEDULE)
        return random_moment(maker, 0);
    if (asked->kind == ASK_FORM)
        return asked->which == FORM_STATE    ? one_of(maker, states, 4)
               : asked->which == FORM_SIGNED ? datum_truth(below(maker, 2))
                                             : datum_whole(below(maker, 3));
    const struct type *type = &maker->study.dictionary->items[asked->subject].type;
    switch (asked->which) {
    case ITEM_SOURCE: return one_of(maker, sources, 4);
    case ITEM_ENTERED: return random_moment(maker, asked->subject);
    case ITEM_CHANGES: return datum_whole(below(maker, 3));
    case ITEM_FIRST_VALUE: return random_value(maker, asked->subject, type);
    case ITEM_RECEIVED_UNIT: return one_of(maker, units, 5);
    case ITEM_RECEIVED_LOW:
    case ITEM_RECEIVED_HIGH: return random_number(maker, asked->subject, type);
    default: return one_of(maker, reasons, 1);
    }
}

/* ---- operations ---- */

static void put_bytes(struct maker *maker, const void *bytes, size_t len)
{
    buffer_bytes(&maker->record, bytes, len);
}

static void put_operation(struct maker *maker, uint8_t code, const int32_t *numbers,
                          size_t count)
{
    put_bytes(maker, &code, 1);
    put_bytes(maker, numbers, sizeof *numbers * count);
    maker->operations++;
}

static void put_value(struct maker *maker, struct datum value)
{
    struct datum plain = value;
    if (value.kind == DATUM_TEXT)
        plain.as.coefficient = 0;
    put_bytes(maker, &plain, sizeof plain);
    if (value.kind == DATUM_TEXT)
        put_bytes(maker, value.as.at, (size_t)value.scale);
}

static struct sheet_instance *put_instance(struct maker *maker, int32_t form,
                                           int32_t event, int32_t event_repeat,
                                           int32_t form_repeat)
{
    int32_t key[] = {form, event, event_repeat, form_repeat};
    put_operation(maker, 1, key, ARRAY_COUNT(key));
    return book_instance(maker->book, form, event, event_repeat, form_repeat);
}

static void put_rows(struct maker *maker, struct sheet_instance *instance,
                     int32_t group, int32_t rows)
{
    int32_t numbers[] = {instance->serial, group, rows};
    put_operation(maker, 2, numbers, ARRAY_COUNT(numbers));
    book_set_rows(maker->book, instance, group, rows);
}

static void put_item(struct maker *maker, struct sheet_instance *instance, int32_t item,
                     int32_t row, struct datum value)
{
    int32_t numbers[] = {instance->serial, item, row};
    put_operation(maker, 3, numbers, ARRAY_COUNT(numbers));
    put_value(maker, value);
    book_set(maker->book, instance, item, row, value);
}

static void put_property(struct maker *maker, int32_t property, struct datum value)
{
    put_operation(maker, 4, &property, 1);
    put_value(maker, value);
    book_set_property(maker->book, property, value);
}

static void put_fact(struct maker *maker, const struct asked *asked,
                     const struct sheet_instance *instance, int32_t row,
                     struct datum value)
{
    int32_t serial = instance == NULL ? -1 : instance->serial;
    int32_t numbers[] = {(int32_t)asked->kind, asked->which, asked->subject, serial,
                         row};
    struct question question = {
        .kind = asked->kind,
        .which = asked->which,
        .subject = asked->subject,
        .instance =
            instance == NULL ? -1 : sheet_position(maker->book->sheet, instance),
        .row = row};
    put_operation(maker, 5, numbers, ARRAY_COUNT(numbers));
    put_value(maker, value);
    book_set_fact(maker->book, &question, value);
}

static void set_fact(struct maker *maker, const struct asked *asked,
                     const struct sheet_instance *instance, int32_t row)
{
    if (chance(maker, maker->facts))
        put_fact(maker, asked, instance, row, random_fact(maker, asked));
}

/* When all instances stand. */
static void fill_facts(struct maker *maker)
{
    const struct shape *shape = maker->study.set->shape;
    for (size_t i = 0; i < maker->asked_count; i++) {
        const struct asked *asked = &maker->asked[i];
        int32_t form = asked->kind == ASK_ITEM ? shape->items[asked->subject].form
                                               : asked->subject;
        if (asked->kind == ASK_SCHEDULE) {
            set_fact(maker, asked, NULL, 0);
            continue;
        }
        const struct sheet_form *list = &maker->book->sheet->forms[form];
        for (int32_t k = 0; k < list->count; k++) {
            int32_t group =
                asked->kind == ASK_ITEM ? shape->items[asked->subject].group : -1;
            bool repeats = group >= 0 && shape->groups[group].is_repeating;
            int32_t first = shape->forms[form].first_group;
            int32_t rows = repeats ? list->instances[k]->groups[group - first].rows : 0;
            for (int32_t row = repeats; row <= rows; row++)
                set_fact(maker, asked, list->instances[k], row);
        }
    }
}

static void fill_instance(struct maker *maker, int32_t form, int32_t event,
                          int32_t event_repeat, int32_t form_repeat)
{
    const struct shape *shape = maker->study.set->shape;
    struct sheet_instance *instance =
        put_instance(maker, form, event, event_repeat, form_repeat);
    for (int32_t k = 0; k < shape->forms[form].group_count; k++) {
        int32_t group = shape->forms[form].first_group + k, rows = 1;
        if (shape->groups[group].is_repeating)
            put_rows(maker, instance, group, rows = below(maker, 4));
        for (int32_t row = 1; row <= rows; row++)
            for (int32_t i = 0; i < shape->groups[group].item_count; i++) {
                int32_t item = shape->groups[group].first_item + i;
                put_item(maker, instance, item,
                         shape->groups[group].is_repeating ? row : 0,
                         random_value(maker, item,
                                      &maker->study.dictionary->items[item].type));
            }
    }
}

static void fill_form(struct maker *maker, int32_t form)
{
    const struct dictionary_form *entry = &maker->study.dictionary->forms[form];
    if (entry->is_register) {
        fill_instance(maker, form, 0, 1, 1);
        return;
    }
    for (int32_t i = 0; i < entry->event_count; i++) {
        bool repeats = maker->study.dictionary->events[entry->events[i]].is_repeating;
        int32_t times = repeats ? below(maker, 3) : chance(maker, 75);
        for (int32_t event = 1; event <= times; event++) {
            int32_t forms = entry->is_repeating ? below(maker, 3) : 1;
            for (int32_t repeat = 1; repeat <= forms; repeat++)
                fill_instance(maker, form, entry->events[i], event, repeat);
        }
    }
}

static void fill_properties(struct maker *maker)
{
    const struct dictionary *dictionary = maker->study.dictionary;
    for (int32_t i = 0; i < dictionary->property_count; i++) {
        const struct type *type = &dictionary->properties[i].type;
        struct datum setting = setting_of(maker, i);
        struct datum value = datum_has_value(setting)    ? setting
                             : chance(maker, 10)         ? datum_of_kind(DATUM_EMPTY)
                             : type->kind == TYPE_NUMBER ? datum_whole(below(maker, 60))
                             : type->kind == TYPE_TRUTH  ? datum_truth(below(maker, 2))
                             : type->kind == TYPE_TEXT   ? datum_text(TEXT("PI"))
                             : type->kind == TYPE_MOMENT ? random_moment(maker, 0)
                                                         : datum_of_kind(DATUM_EMPTY);
        put_property(maker, i, value);
    }
}

/* ---- records from examples ---- */

/* What a value becomes that is to be another: nothing, missing, sealed, a little more or
 * less, or any. */
static struct datum changed_value(struct maker *maker, int32_t item, struct datum value)
{
    const struct type *type = &maker->study.dictionary->items[item].type;
    int32_t choice = below(maker, 100);
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
        value.as.coefficient += chance(maker, 50) ? 1 : -1;
        return value;
    }
    if (choice < 80 && value.kind == DATUM_MOMENT) {
        struct moment moment = moment_of_instant(
            value.as.coefficient + (below(maker, 3) - 1) * MINUTE, OFFSET);
        moment.precision = MOMENT_MINUTE;
        return with_precision(maker, moment, 30);
    }
    return random_value(maker, item, type);
}

/* Of a participant that is made of several scenes. */
struct staging {
    const struct rule_scene *scene;
    struct sheet_instance **instances; /* by serial number in the scene */
    int32_t changes;                   /* in percent of its items */
};

static void stage_fact(struct maker *maker, const struct staging *staging,
                       const struct scene_step *step)
{
    struct asked asked = {.kind = step->fact.kind,
                          .which = step->fact.which,
                          .subject = step->fact.subject};
    const struct sheet_instance *instance =
        step->fact.instance < 0 ? NULL : staging->instances[step->fact.instance];
    bool is_changed = chance(maker, staging->changes);
    put_fact(maker, &asked, instance, step->fact.row,
             is_changed ? random_fact(maker, &asked) : step->value);
}

static void stage_step(struct maker *maker, const struct staging *staging,
                       const struct scene_step *step)
{
    struct sheet_instance **instances = staging->instances;
    const struct sheet_instance *key = &step->key;
    switch (step->kind) {
    case SCENE_INSTANCE:
        instances[step->serial] = put_instance(maker, key->form, key->event,
                                               key->event_repeat, key->form_repeat);
        return;
    case SCENE_ROWS:
        put_rows(maker, instances[step->serial], step->item, step->row);
        return;
    case SCENE_ITEM:
        put_item(maker, instances[step->serial], step->item, step->row,
                 chance(maker, staging->changes)
                     ? changed_value(maker, step->item, step->value)
                     : step->value);
        return;
    case SCENE_FACT: stage_fact(maker, staging, step); return;
    case SCENE_PROPERTY:
        if (!datum_equal(step->value, setting_of(maker, step->item)))
            put_property(maker, step->item, step->value);
    }
}

/* All that rules ask about one item of the instance besides its value. */
static void stage_facts(struct maker *maker, const struct sheet_instance *instance)
{
    const struct shape *shape = maker->study.set->shape;
    size_t i = next_random(maker) % maker->asked_count;
    int32_t item = maker->asked[i].subject;
    if (maker->asked[i].kind != ASK_ITEM || shape->items[item].form != instance->form)
        return;
    bool repeats = shape->groups[shape->items[item].group].is_repeating;
    for (i = 0; i < maker->asked_count; i++)
        if (maker->asked[i].kind == ASK_ITEM && maker->asked[i].subject == item)
            put_fact(maker, &maker->asked[i], instance, repeats,
                     random_fact(maker, &maker->asked[i]));
}

static void stage_scene(struct maker *maker, const struct rule_scene *scene)
{
    struct staging staging = {
        .scene = scene,
        .instances = ARENA_ARRAY(maker->scratch, struct sheet_instance *, scene->count),
        .changes = (int32_t[]){0, 2, 8, 25}[below(maker, 4)]};
    for (size_t i = 0; i < scene->count; i++)
        stage_step(maker, &staging, &scene->steps[i]);
    int32_t form = maker->study.set->rules[scene->rule].form;
    const struct sheet_form *own = &maker->book->sheet->forms[form];
    for (int n = below(maker, 12); n > 0 && maker->asked_count > 0; n--)
        stage_facts(maker, own->instances[below(maker, own->count)]);
    maker->now = scene->now;
}

/* Every second time one of those whose outcomes are still rare. */
static int32_t chosen_rule(struct maker *maker)
{
    int32_t rules = maker->study.set->rule_count;
    if (maker->need == 0 || chance(maker, 50))
        return below(maker, rules);
    int64_t at = (int64_t)(next_random(maker) % (uint64_t)maker->need);
    for (int32_t r = 0; r < rules; r++) {
        at -= maker->needs[r];
        if (at < 0)
            return r;
    }
    return 0;
}

/* Examples of any rules, one after the other into the same participant; or a whole one. */
static struct recipe new_recipe(struct maker *maker)
{
    const struct rule_scenes *scenes = &maker->scenes;
    struct recipe recipe = {.seed = next_random(maker)};
    if (scenes->count == 0 || chance(maker, WHOLE))
        return recipe;
    for (int32_t n = 1 + below(maker, SCENES); n > 0; n--) {
        int32_t r = chosen_rule(maker);
        size_t count = scenes->first[r + 1] - scenes->first[r];
        if (count > 0)
            recipe.scenes[recipe.scene_count++] =
                (int32_t)(scenes->first[r] + next_random(maker) % count);
    }
    return recipe;
}

/* ---- the whole ---- */

static void make_record(struct maker *maker, const struct recipe *recipe)
{
    maker->now = INT64_C(1763784000000000) + below(maker, 1000000) * MINUTE;
    maker->absent = below(maker, 3) * 10;
    maker->named = 30 + below(maker, 3) * 30;
    maker->facts = (int32_t[]){3, 15, 60}[below(maker, 3)];
    maker->book = book_new(maker->study.set, maker->participant);
    fill_properties(maker);
    for (int32_t i = 0; i < recipe->scene_count; i++)
        stage_scene(maker, &maker->scenes.scenes[recipe->scenes[i]]);
    if (recipe->scene_count > 0)
        return;
    for (int32_t i = 0; i < maker->study.dictionary->form_count; i++)
        fill_form(maker, i);
    fill_facts(maker);
}

/* One answer of any form that is there becomes another. */
static void change_one(struct maker *maker)
{
    const struct sheet *sheet = maker->book->sheet;
    struct sheet_instance *instance =
        sheet->by_serial[below(maker, sheet->serial_count)];
    const struct shape_form *form = &sheet->shape->forms[instance->form];
    int32_t k = below(maker, form->group_count);
    const struct shape_group *group = &sheet->shape->groups[form->first_group + k];
    int32_t rows = instance->groups[k].rows;
    if (group->is_repeating && rows == 0)
        return;
    int32_t row = group->is_repeating ? 1 + below(maker, rows) : 0;
    int32_t item = group->first_item + below(maker, group->item_count);
    put_item(maker, instance, item, row,
             changed_value(maker, item, sheet_cell(sheet, instance, item, row)->value));
}

/* A new one; or, mostly, one in which something rare came, with changes. */
static struct recipe next_record(struct maker *maker)
{
    int32_t rare =
        rule_coverage_choose(maker->coverage, maker->wanted, next_random(maker));
    bool is_again = rare >= 0 && maker->scenes.count > 0 && chance(maker, AGAIN);
    struct recipe recipe = is_again ? maker->recipes[rare] : new_recipe(maker);
    uint64_t random = maker->random;
    arena_reset(maker->participant);
    arena_reset(maker->scratch);
    maker->record = buffer_in(maker->scratch, (size_t)16 << 20);
    maker->operations = 0;
    maker->random = recipe.seed;
    make_record(maker, &recipe);
    maker->random = random;
    for (int n = is_again ? 1 + below(maker, 3) : 0; n > 0; n--)
        change_one(maker);
    return recipe;
}

static void keep_recipe(struct maker *maker, const struct recipe *recipe)
{
    enum { MOST = 4096 };
    int32_t rare[MOST];
    int32_t count = rule_coverage_take_rare(maker->coverage, maker->wanted, rare, MOST);
    for (int32_t i = 0; i < count; i++)
        maker->recipes[rare[i]] = *recipe;
}

static void cover(struct maker *maker)
{
    rule_coverage_count(maker->coverage, maker->book, maker->now, OFFSET,
                        maker->scratch);
}

/* What is still rare after so many records of all is made oftener from here on. */
static void aim(struct maker *maker)
{
    rule_coverage_needs(maker->coverage, maker->wanted, maker->needs);
    maker->need = 0;
    for (int32_t r = 0; r < maker->study.set->rule_count; r++)
        maker->need += maker->needs[r];
}

static void write_bytes(const void *bytes, size_t len)
{
    fwrite(bytes, 1, len, stdout);
}

/* What the other build must say too. */
struct run_answers {
    uint64_t before, after; /* digests */
    uint32_t changes;
    double wakes;
};

static uint64_t digest(struct maker *maker)
{
    return digest_of_book(maker->book, maker->now, OFFSET, maker->scratch);
}

/* Of a record, besides its operations. */
enum { RECORD_BYTES = 4 + 8 + 4 + 8 + 4 + 8 + 8 };

static void write_record(struct maker *maker, const struct run_answers *answers)
{
    struct text operations;
    struct error err;
    bool is_ok = buffer_text(&maker->record, &operations, &err);
    ASSERT(is_ok);
    double now = (double)maker->now;
    int32_t offset = OFFSET;
    uint32_t bytes = (uint32_t)(operations.len + RECORD_BYTES);
    write_bytes(&bytes, sizeof bytes);
    write_bytes(&maker->operations, sizeof maker->operations);
    write_bytes(&now, sizeof now);
    write_bytes(&offset, sizeof offset);
    write_bytes(operations.at, operations.len);
    write_bytes(&answers->before, sizeof answers->before);
    write_bytes(&answers->changes, sizeof answers->changes);
    write_bytes(&answers->wakes, sizeof answers->wakes);
    write_bytes(&answers->after, sizeof answers->after);
}

/* The rules over the record as it was entered, and over what they make of it. */
static void run_record(struct maker *maker, bool is_coverage)
{
    struct run_answers answers = {0};
    cover(maker);
    if (!is_coverage)
        answers.before = digest(maker);
    book_run(maker->book, maker->now, OFFSET, maker->scratch);
    cover(maker);
    if (is_coverage)
        return;
    answers.changes = (uint32_t)maker->book->change_count;
    if (maker->book->wakes_at != WAKES_NEVER)
        answers.wakes = (double)maker->book->wakes_at;
    answers.after = digest(maker);
    write_record(maker, &answers);
}

static void write_head(struct maker *maker, uint32_t count)
{
    struct buffer buffer = buffer_in(maker->arena, (size_t)16 << 20);
    struct text packed;
    struct error err;
    pack_write(maker->study.set, &buffer);
    bool is_ok = buffer_text(&buffer, &packed, &err);
    ASSERT(is_ok);
    uint32_t len = (uint32_t)packed.len;
    write_bytes("OREC3\n", 6);
    write_bytes(&len, sizeof len);
    write_bytes(packed.at, packed.len);
    write_bytes(&count, sizeof count);
}

static void make_records(struct maker *maker, int64_t count, FILE *report)
{
    bool is_coverage = report == stdout;
    maker->wanted = count / RARE;
    maker->coverage = rule_coverage_new(&maker->study, maker->arena);
    maker->needs =
        ARENA_ARRAY(maker->arena, int32_t, (size_t)maker->study.set->rule_count);
    maker->recipes = ARENA_ARRAY(maker->arena, struct recipe,
                                 (size_t)rule_coverage_outcome_count(maker->coverage));
    if (!is_coverage)
        write_head(maker, (uint32_t)count);
    for (int64_t i = 0; i < count; i++) {
        if (i % AIMS == 0 && maker->scenes.count > 0)
            aim(maker);
        struct recipe recipe = next_record(maker);
        run_record(maker, is_coverage);
        keep_recipe(maker, &recipe);
    }
    if (report != NULL)
        rule_coverage_print(maker->coverage, report);
}

/* Filled and reset for each record: what one needed is kept for the next. */
static struct arena *record_arena(void)
{
    struct arena *arena = arena_new((size_t)256 << 20);
    arena_keep(arena, (size_t)64 << 20);
    return arena;
}

int main(int argc, char **argv)
{
    int64_t count = 0, seed = 0;
    if (argc < 4 || !text_to_int64(text_of(argv[2]), &count) ||
        !text_to_int64(text_of(argv[3]), &seed)) {
        fputs("rule_records FILE COUNT SEED [REPORT | -]\n", stderr);
        return 2;
    }
    FILE *report = argc <= 4                                 ? NULL
                   : text_equal(text_of(argv[4]), TEXT("-")) ? stdout
                                                             : fopen(argv[4], "w");
    if (argc > 4 && report == NULL) {
        perror(argv[4]);
        return 1;
    }
    struct maker maker = {.arena = arena_new((size_t)2 << 30),
                          .scratch = record_arena(),
                          .participant = record_arena(),
                          .random = (uint64_t)seed};
    bool is_ok = rule_study_read(argv[1], maker.arena, &maker.study) &&
                 rule_scenes_read(argv[1], &maker.study, maker.arena, &maker.scenes);
    if (is_ok) {
        fill_pools(&maker);
        find_asked(&maker);
        make_records(&maker, count, report);
    }
    if (report != NULL && fclose(report) != 0)
        is_ok = false;
    arena_free(maker.participant);
    arena_free(maker.scratch);
    arena_free(maker.arena);
    return is_ok ? 0 : 1;
}
