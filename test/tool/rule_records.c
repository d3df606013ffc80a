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
#include "engine/digest.h"
#include "engine/pack.h"
#include "support/record_values.h"

#include <stdio.h>

/* Records that are whole participants by chance, in percent; examples in each other one. */
enum { WHOLE = 15, AGAIN = 65 };
/* Outcomes are aimed at until they come once in so many records; found anew after so many. */
enum { RARE = 100, AIMS = 250 };

/* ---- operations ---- */

static void put_bytes(struct record_maker *maker, const void *bytes, size_t len)
{
    buffer_bytes(&maker->record, bytes, len);
}

static void put_operation(struct record_maker *maker, uint8_t code,
                          const int32_t *numbers, size_t count)
{
    put_bytes(maker, &code, 1);
    put_bytes(maker, numbers, sizeof *numbers * count);
    maker->operations++;
}

static void put_value(struct record_maker *maker, struct datum value)
{
    struct datum plain = value;
    if (value.kind == DATUM_TEXT)
        plain.as.coefficient = 0;
    put_bytes(maker, &plain, sizeof plain);
    if (value.kind == DATUM_TEXT)
        put_bytes(maker, value.as.at, (size_t)value.scale);
}

static struct sheet_instance *put_instance(struct record_maker *maker, int32_t form,
                                           int32_t event, int32_t event_repeat,
                                           int32_t form_repeat)
{
    int32_t key[] = {form, event, event_repeat, form_repeat};
    put_operation(maker, 1, key, ARRAY_COUNT(key));
    return book_instance(maker->book, form, event, event_repeat, form_repeat);
}

static void put_rows(struct record_maker *maker, struct sheet_instance *instance,
                     int32_t group, int32_t rows)
{
    int32_t numbers[] = {instance->serial, group, rows};
    put_operation(maker, 2, numbers, ARRAY_COUNT(numbers));
    book_set_rows(maker->book, instance, group, rows);
}

static void put_item(struct record_maker *maker, struct sheet_instance *instance,
                     int32_t item, int32_t row, struct datum value)
{
    int32_t numbers[] = {instance->serial, item, row};
    put_operation(maker, 3, numbers, ARRAY_COUNT(numbers));
    put_value(maker, value);
    book_set(maker->book, instance, item, row, value);
}

static void put_property(struct record_maker *maker, int32_t property,
                         struct datum value)
{
    put_operation(maker, 4, &property, 1);
    put_value(maker, value);
    book_set_property(maker->book, property, value);
}

static void put_fact(struct record_maker *maker, const struct asked *asked,
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

static void set_fact(struct record_maker *maker, const struct asked *asked,
                     const struct sheet_instance *instance, int32_t row)
{
    if (record_chance(maker, maker->facts))
        put_fact(maker, asked, instance, row, record_fact(maker, asked));
}

/* When all instances stand. */
static void fill_facts(struct record_maker *maker)
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

static void fill_instance(struct record_maker *maker, int32_t form, int32_t event,
                          int32_t event_repeat, int32_t form_repeat)
{
    const struct shape *shape = maker->study.set->shape;
    struct sheet_instance *instance =
        put_instance(maker, form, event, event_repeat, form_repeat);
    for (int32_t k = 0; k < shape->forms[form].group_count; k++) {
        int32_t group = shape->forms[form].first_group + k, rows = 1;
        if (shape->groups[group].is_repeating)
            put_rows(maker, instance, group, rows = record_below(maker, 4));
        for (int32_t row = 1; row <= rows; row++)
            for (int32_t i = 0; i < shape->groups[group].item_count; i++) {
                int32_t item = shape->groups[group].first_item + i;
                put_item(maker, instance, item,
                         shape->groups[group].is_repeating ? row : 0,
                         record_value(maker, item,
                                      &maker->study.dictionary->items[item].type));
            }
    }
}

static void fill_form(struct record_maker *maker, int32_t form)
{
    const struct dictionary_form *entry = &maker->study.dictionary->forms[form];
    if (entry->is_register) {
        fill_instance(maker, form, 0, 1, 1);
        return;
    }
    for (int32_t i = 0; i < entry->event_count; i++) {
        bool repeats = maker->study.dictionary->events[entry->events[i]].is_repeating;
        int32_t times = repeats ? record_below(maker, 3) : record_chance(maker, 75);
        for (int32_t event = 1; event <= times; event++) {
            int32_t forms = entry->is_repeating ? record_below(maker, 3) : 1;
            for (int32_t repeat = 1; repeat <= forms; repeat++)
                fill_instance(maker, form, entry->events[i], event, repeat);
        }
    }
}

static struct datum property_value(struct record_maker *maker, int32_t property)
{
    const struct type *type = &maker->study.dictionary->properties[property].type;
    struct datum setting = record_setting(maker, property);
    if (datum_has_value(setting))
        return setting;
    if (record_chance(maker, 10))
        return datum_of_kind(DATUM_EMPTY);
    switch ((int)type->kind) {
    case TYPE_NUMBER: return datum_whole(record_below(maker, 60));
    case TYPE_TRUTH: return datum_truth(record_below(maker, 2));
    case TYPE_TEXT: return datum_text(TEXT("PI"));
    case TYPE_MOMENT: return record_moment(maker, 0);
    default: return datum_of_kind(DATUM_EMPTY);
    }
}

static void fill_properties(struct record_maker *maker)
{
    for (int32_t i = 0; i < maker->study.dictionary->property_count; i++)
        put_property(maker, i, property_value(maker, i));
}

/* ---- records from examples ---- */

/* Of a participant that is made of several scenes. */
struct staging {
    const struct rule_scene *scene;
    struct sheet_instance **instances; /* by serial number in the scene */
    int32_t changes;                   /* in percent of its items */
};

static void stage_fact(struct record_maker *maker, const struct staging *staging,
                       const struct scene_step *step)
{
    struct asked asked = {.kind = step->fact.kind,
                          .which = step->fact.which,
                          .subject = step->fact.subject};
    const struct sheet_instance *instance =
        step->fact.instance < 0 ? NULL : staging->instances[step->fact.instance];
    bool is_changed = record_chance(maker, staging->changes);
    put_fact(maker, &asked, instance, step->fact.row,
             is_changed ? record_fact(maker, &asked) : step->value);
}

static void stage_step(struct record_maker *maker, const struct staging *staging,
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
                 record_chance(maker, staging->changes)
                     ? record_changed_value(maker, step->item, step->value)
                     : step->value);
        return;
    case SCENE_FACT: stage_fact(maker, staging, step); return;
    case SCENE_PROPERTY:
        if (!datum_equal(step->value, record_setting(maker, step->item)))
            put_property(maker, step->item, step->value);
    }
}

/* All that rules ask about one item of the instance besides its value. */
static void stage_facts(struct record_maker *maker,
                        const struct sheet_instance *instance)
{
    const struct shape *shape = maker->study.set->shape;
    size_t i = record_random(maker) % maker->asked_count;
    int32_t item = maker->asked[i].subject;
    if (maker->asked[i].kind != ASK_ITEM || shape->items[item].form != instance->form)
        return;
    bool repeats = shape->groups[shape->items[item].group].is_repeating;
    for (i = 0; i < maker->asked_count; i++)
        if (maker->asked[i].kind == ASK_ITEM && maker->asked[i].subject == item)
            put_fact(maker, &maker->asked[i], instance, repeats,
                     record_fact(maker, &maker->asked[i]));
}

static void stage_scene(struct record_maker *maker, const struct rule_scene *scene)
{
    struct staging staging = {
        .scene = scene,
        .instances = ARENA_ARRAY(maker->scratch, struct sheet_instance *, scene->count),
        .changes = (int32_t[]){0, 2, 8, 25}[record_below(maker, 4)]};
    for (size_t i = 0; i < scene->count; i++)
        stage_step(maker, &staging, &scene->steps[i]);
    int32_t form = maker->study.set->rules[scene->rule].form;
    const struct sheet_form *own = &maker->book->sheet->forms[form];
    for (int n = record_below(maker, 12); n > 0 && maker->asked_count > 0; n--)
        stage_facts(maker, own->instances[record_below(maker, own->count)]);
    maker->now = scene->now;
}

/* Every second time one of those whose outcomes are still rare. */
static int32_t chosen_rule(struct record_maker *maker)
{
    int32_t rules = maker->study.set->rule_count;
    if (maker->need == 0 || record_chance(maker, 50))
        return record_below(maker, rules);
    int64_t at = (int64_t)(record_random(maker) % (uint64_t)maker->need);
    for (int32_t r = 0; r < rules; r++) {
        at -= maker->needs[r];
        if (at < 0)
            return r;
    }
    return 0;
}

/* Examples of any rules, one after the other into the same participant; or a whole one. */
static struct recipe new_recipe(struct record_maker *maker)
{
    const struct rule_scenes *scenes = &maker->scenes;
    struct recipe recipe = {.seed = record_random(maker)};
    if (scenes->count == 0 || record_chance(maker, WHOLE))
        return recipe;
    for (int32_t n = 1 + record_below(maker, SCENES); n > 0; n--) {
        int32_t r = chosen_rule(maker);
        size_t count = scenes->first[r + 1] - scenes->first[r];
        if (count > 0)
            recipe.scenes[recipe.scene_count++] =
                (int32_t)(scenes->first[r] + record_random(maker) % count);
    }
    return recipe;
}

/* ---- the whole ---- */

static void make_record(struct record_maker *maker, const struct recipe *recipe)
{
    maker->now = INT64_C(1763784000000000) + record_below(maker, 1000000) * MINUTE;
    maker->absent = record_below(maker, 3) * 10;
    maker->named = 30 + record_below(maker, 3) * 30;
    maker->facts = (int32_t[]){3, 15, 60}[record_below(maker, 3)];
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
static void change_one(struct record_maker *maker)
{
    const struct sheet *sheet = maker->book->sheet;
    struct sheet_instance *instance =
        sheet->by_serial[record_below(maker, sheet->serial_count)];
    const struct shape_form *form = &sheet->shape->forms[instance->form];
    int32_t k = record_below(maker, form->group_count);
    const struct shape_group *group = &sheet->shape->groups[form->first_group + k];
    int32_t rows = instance->groups[k].rows;
    if (group->is_repeating && rows == 0)
        return;
    int32_t row = group->is_repeating ? 1 + record_below(maker, rows) : 0;
    int32_t item = group->first_item + record_below(maker, group->item_count);
    put_item(maker, instance, item, row,
             record_changed_value(maker, item,
                                  sheet_cell(sheet, instance, item, row)->value));
}

/* A new one; or, mostly, one in which something rare came, with changes. */
static struct recipe next_record(struct record_maker *maker)
{
    int32_t rare =
        rule_coverage_choose(maker->coverage, maker->wanted, record_random(maker));
    bool is_again = rare >= 0 && maker->scenes.count > 0 && record_chance(maker, AGAIN);
    struct recipe recipe = is_again ? maker->recipes[rare] : new_recipe(maker);
    uint64_t random = maker->random;
    arena_reset(maker->participant);
    arena_reset(maker->scratch);
    maker->record = buffer_in(maker->scratch, (size_t)16 << 20);
    maker->operations = 0;
    maker->random = recipe.seed;
    make_record(maker, &recipe);
    maker->random = random;
    for (int n = is_again ? 1 + record_below(maker, 3) : 0; n > 0; n--)
        change_one(maker);
    return recipe;
}

static void keep_recipe(struct record_maker *maker, const struct recipe *recipe)
{
    enum { MOST = 4096 };
    int32_t rare[MOST];
    int32_t count = rule_coverage_take_rare(maker->coverage, maker->wanted, rare, MOST);
    for (int32_t i = 0; i < count; i++)
        maker->recipes[rare[i]] = *recipe;
}

static void cover(struct record_maker *maker)
{
    rule_coverage_count(maker->coverage, maker->book, maker->now, OFFSET,
                        maker->scratch);
}

/* What is still rare after so many records of all is made oftener from here on. */
static void aim(struct record_maker *maker)
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

static uint64_t digest(struct record_maker *maker)
{
    return digest_of_book(maker->book, maker->now, OFFSET, maker->scratch);
}

/* Of a record, besides its operations. */
enum { RECORD_BYTES = 4 + 8 + 4 + 8 + 4 + 8 + 8 };

static void write_record(struct record_maker *maker, const struct run_answers *answers)
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
static void run_record(struct record_maker *maker, bool is_coverage)
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

static void write_head(struct record_maker *maker, uint32_t count)
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

static void make_records(struct record_maker *maker, int64_t count, FILE *report)
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
    struct record_maker maker = {.arena = arena_new((size_t)2 << 30),
                                 .scratch = record_arena(),
                                 .participant = record_arena(),
                                 .random = (uint64_t)seed};
    bool is_ok = rule_study_read(argv[1], maker.arena, &maker.study) &&
                 rule_scenes_read(argv[1], &maker.study, maker.arena, &maker.scenes);
    if (is_ok) {
        record_find_values(&maker);
        make_records(&maker, count, report);
    }
    if (report != NULL && fclose(report) != 0)
        is_ok = false;
    arena_free(maker.participant);
    arena_free(maker.scratch);
    arena_free(maker.arena);
    return is_ok ? 0 : 1;
}
