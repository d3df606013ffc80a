/* Records to compare two builds of the engine with: rule_records FILE COUNT SEED [coverage]
 *
 * FILE is a study design (ODM 2.0) with rules, or a page like doc/language.md, whose
 * examples are its rules. Makes COUNT SYNTHETIC participants with values at, just under and
 * just over what the rules compare with, missing, sealed and partial ones, runs all rules
 * natively, and writes everything to standard output; test/e2e/support/engine_replay.mjs
 * does the same in WebAssembly and compares. All numbers are little endian:
 *
 *     "OREC2\n"  u32 length, packed rules  u32 records
 *     record:  u32 operations  f64 now  i32 offset
 *              operation: u8 1 form event event_repeat form_repeat     an instance
 *                         u8 2 serial group rows
 *                         u8 3 serial item row VALUE                   (i32 each)
 *                         u8 4 property VALUE
 *                         u8 5 kind which subject serial row VALUE      a fact
 *              u32 changes of book_run  f64 wakes_at (0: never)  u64 digest
 *     VALUE:   16 bytes of struct datum; of a text the pointer is 0 and its bytes follow
 *
 * "coverage" prints instead how often each logical part of each rule was yes, no, unknown,
 * and each derivation had a value or none: RULE FROM TO YES NO UNKNOWN, or VALUE NONE.
 */
#include "base/limits.h"
#include "engine/digest.h"
#include "engine/pack.h"
#include "formats/odm_design_read.h"
#include "model/setting_value.h"
#include "support/rule_sample.h"
#include "support/rule_study.h"
#include "system/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OFFSET = 480, POOL = 64, FACTS = 512 };

/* A question about something besides values that some rule asks. */
struct asked {
    enum question_kind kind;
    int32_t which, subject;
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
    int64_t (*results)[2]; /* by rule: with a value, without */
    int64_t (*counts)[4]; /* by rule and instruction: no, yes, unknown or none, value */
    int32_t *counts_at;   /* first of each rule */
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

static struct datum random_moment(struct maker *maker, int32_t item)
{
    struct datum near = from_pool(maker, item, DATUM_NUMBER);
    int64_t minute = INT64_C(60000000);
    int64_t at = maker->now - below(maker, 7200) * minute;
    /* As far from now as a rule's own limit, give or take a minute. */
    if (near.kind == DATUM_NUMBER && near.scale == 0 &&
        near.as.coefficient < 40000000 && chance(maker, 50))
        at =
            maker->now - near.as.coefficient * 1000000 + (below(maker, 3) - 1) * minute;
    struct moment moment = moment_of_instant(at - at % minute, OFFSET);
    moment.precision = MOMENT_MINUTE;
    if (chance(maker, 12))
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

static struct datum random_value(struct maker *maker, int32_t item,
                                 const struct type *type)
{
    if (chance(maker, maker->absent))
        return datum_of_kind(DATUM_EMPTY);
    if (chance(maker, maker->absent / 2)) {
        struct datum missing = datum_of_kind(DATUM_MISSING);
        missing.detail = (uint8_t)(1 + below(maker, REASON_OTHER));
        return missing;
    }
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

static void set_item(struct maker *maker, struct sheet_instance *instance, int32_t item,
                     int32_t row)
{
    struct datum value =
        random_value(maker, item, &maker->study.dictionary->items[item].type);
    int32_t numbers[] = {instance->serial, item, row};
    put_operation(maker, 3, numbers, ARRAY_COUNT(numbers));
    put_value(maker, value);
    book_set(maker->book, instance, item, row, value);
}

static void set_fact(struct maker *maker, const struct asked *asked,
                     const struct sheet_instance *instance, int32_t row)
{
    struct datum value = random_fact(maker, asked);
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
    int32_t key[] = {form, event, event_repeat, form_repeat};
    put_operation(maker, 1, key, ARRAY_COUNT(key));
    struct sheet_instance *instance =
        book_instance(maker->book, form, event, event_repeat, form_repeat);
    for (int32_t k = 0; k < shape->forms[form].group_count; k++) {
        int32_t group = shape->forms[form].first_group + k, rows = 1;
        if (shape->groups[group].is_repeating) {
            int32_t numbers[] = {instance->serial, group, rows = below(maker, 4)};
            put_operation(maker, 2, numbers, ARRAY_COUNT(numbers));
            book_set_rows(maker->book, instance, group, rows);
        }
        for (int32_t row = 1; row <= rows; row++)
            for (int32_t i = 0; i < shape->groups[group].item_count; i++)
                set_item(maker, instance, shape->groups[group].first_item + i,
                         shape->groups[group].is_repeating ? row : 0);
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
        put_operation(maker, 4, &i, 1);
        put_value(maker, value);
        book_set_property(maker->book, i, value);
    }
}

/* ---- coverage ---- */

static void count_entries(struct maker *maker, int32_t rule, const struct trace *trace)
{
    for (size_t i = 0; i < trace->count && i < trace->capacity; i++) {
        const struct trace_entry *entry = &trace->entries[i];
        int64_t *counts = maker->counts[maker->counts_at[rule] + entry->at];
        if (entry->value.kind == DATUM_TRUTH)
            counts[entry->value.as.coefficient]++;
        else
            counts[datum_has_value(entry->value) ? 3 : 2]++;
    }
}

static void cover(struct maker *maker)
{
    struct trace trace = {.capacity = 4096};
    const struct rule_set *set = maker->study.set;
    trace.entries = ARENA_ARRAY(maker->scratch, struct trace_entry, trace.capacity);
    maker->book->run->trace = &trace;
    for (int32_t r = 0; r < set->rule_count; r++) {
        const struct rule *rule = &set->rules[r];
        const struct sheet_form *form = &maker->book->sheet->forms[rule->form];
        for (int32_t i = 0; i < form->count; i++) {
            int32_t first = set->shape->forms[rule->form].first_group;
            int32_t rows = rule->group < 0
                               ? 1
                               : form->instances[i]->groups[rule->group - first].rows;
            for (int32_t row = 1; row <= rows; row++) {
                struct engine_place place = {.form = rule->form,
                                             .instance = i,
                                             .row = rule->group < 0 ? 0 : row};
                trace.count = 0;
                struct datum value =
                    run_program(maker->book->run, rule->program, &place).value;
                maker->results[r][!datum_has_value(value)]++;
                count_entries(maker, r, &trace);
            }
        }
    }
    maker->book->run->trace = NULL;
}

static void make_counts(struct maker *maker)
{
    const struct rule_set *set = maker->study.set;
    int32_t total = 0;
    maker->counts_at = ARENA_ARRAY(maker->arena, int32_t, (size_t)set->rule_count);
    maker->results = arena_alloc(
        maker->arena, arena_product(sizeof *maker->results, (size_t)set->rule_count));
    for (int32_t r = 0; r < set->rule_count; r++) {
        maker->counts_at[r] = total;
        total += set->rules[r].program->code_count;
    }
    maker->counts =
        arena_alloc(maker->arena, arena_product(sizeof *maker->counts, (size_t)total));
}

/* A part that ends early, at a jump, is counted there: joined with where it ends else. */
static void join_parts(const struct maker *maker, int32_t rule)
{
    const struct program *program = maker->study.set->rules[rule].program;
    int64_t(*counts)[4] = &maker->counts[maker->counts_at[rule]];
    for (int32_t i = 0; i < program->code_count; i++) {
        bool is_jump =
            program->code[i].op == OP_SKIP_NO || program->code[i].op == OP_SKIP_YES;
        for (int32_t k = i + 1; is_jump && k < program->code_count; k++) {
            if (program->spans[k].from != program->spans[i].from ||
                program->spans[k].to != program->spans[i].to)
                continue;
            for (int c = 0; c < 4; c++) {
                counts[k][c] += counts[i][c];
                counts[i][c] = 0;
            }
            break;
        }
    }
}

static void print_part(const struct maker *maker, int32_t rule, int32_t i)
{
    const struct program *program = maker->study.set->rules[rule].program;
    const int64_t *counts = maker->counts[maker->counts_at[rule] + i];
    const struct program_span *span = &program->spans[i];
    struct text part = text_part(program->source, span->from, span->to - span->from);
    printf("%s\t%u\t%u\tyes %lld\tno %lld\tunknown %lld\t%.*s\n",
           maker->study.names[rule], span->from, span->to, (long long)counts[1],
           (long long)counts[0], (long long)counts[2], TEXT_ARG(part));
}

/* The parts that are truths, and what the whole of a derivation gave. */
static void print_coverage(const struct maker *maker)
{
    const struct rule_set *set = maker->study.set;
    for (int32_t r = 0; r < set->rule_count; r++) {
        const struct program *program = set->rules[r].program;
        join_parts(maker, r);
        for (int32_t i = 0; i < program->code_count; i++) {
            const int64_t *counts = maker->counts[maker->counts_at[r] + i];
            bool is_part = program->spans[i].from < program->spans[i].to;
            if (is_part && counts[0] + counts[1] > 0)
                print_part(maker, r, i);
        }
        if (set->rules[r].kind == RULE_DERIVES)
            printf("%s\t0\t%zu\tvalue %lld\tnone %lld\t\t\n", maker->study.names[r],
                   program->source.len, (long long)maker->results[r][0],
                   (long long)maker->results[r][1]);
    }
}

/* ---- the whole ---- */

static void make_record(struct maker *maker, bool is_coverage)
{
    arena_reset(maker->participant);
    arena_reset(maker->scratch);
    maker->record = buffer_in(maker->scratch, (size_t)16 << 20);
    maker->operations = 0;
    maker->now = INT64_C(1763784000000000) + below(maker, 1000000) * INT64_C(60000000);
    maker->absent = below(maker, 3) * 10;
    maker->named = 30 + below(maker, 3) * 30;
    maker->book = book_new(maker->study.set, maker->participant);
    fill_properties(maker);
    for (int32_t i = 0; i < maker->study.dictionary->form_count; i++)
        fill_form(maker, i);
    fill_facts(maker);
    book_run(maker->book, maker->now, OFFSET, maker->scratch);
    if (is_coverage) {
        cover(maker);
        return;
    }
    struct text operations;
    struct error err;
    bool is_ok = buffer_text(&maker->record, &operations, &err);
    uint32_t changes = (uint32_t)maker->book->change_count;
    double now = (double)maker->now;
    double wakes =
        maker->book->wakes_at == WAKES_NEVER ? 0 : (double)maker->book->wakes_at;
    int32_t offset = OFFSET;
    uint64_t digest = digest_of_book(maker->book, maker->now, OFFSET, maker->scratch);
    ASSERT(is_ok);
    fwrite(&maker->operations, sizeof maker->operations, 1, stdout);
    fwrite(&now, sizeof now, 1, stdout);
    fwrite(&offset, sizeof offset, 1, stdout);
    fwrite(operations.at, 1, operations.len, stdout);
    fwrite(&changes, sizeof changes, 1, stdout);
    fwrite(&wakes, sizeof wakes, 1, stdout);
    fwrite(&digest, sizeof digest, 1, stdout);
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
    fwrite("OREC2\n", 1, 6, stdout);
    fwrite(&len, sizeof len, 1, stdout);
    fwrite(packed.at, 1, packed.len, stdout);
    fwrite(&count, sizeof count, 1, stdout);
}

int main(int argc, char **argv)
{
    int64_t count = 0, seed = 0;
    if (argc < 4 || !text_to_int64(text_of(argv[2]), &count) ||
        !text_to_int64(text_of(argv[3]), &seed)) {
        fputs("rule_records FILE COUNT SEED [coverage]\n", stderr);
        return 2;
    }
    struct maker maker = {.arena = arena_new((size_t)1 << 30),
                          .scratch = arena_new((size_t)256 << 20),
                          .participant = arena_new((size_t)256 << 20),
                          .random = (uint64_t)seed};
    bool is_coverage = argc > 4;
    if (!rule_study_read(argv[1], maker.arena, &maker.study))
        return 1;
    fill_pools(&maker);
    find_asked(&maker);
    if (is_coverage)
        make_counts(&maker);
    else
        write_head(&maker, (uint32_t)count);
    for (int64_t i = 0; i < count; i++)
        make_record(&maker, is_coverage);
    if (is_coverage)
        print_coverage(&maker);
    arena_free(maker.participant);
    arena_free(maker.scratch);
    arena_free(maker.arena);
    return 0;
}
