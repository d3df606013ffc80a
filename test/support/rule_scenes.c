#include "support/rule_scenes.h"

#include "base/limits.h"
#include "model/rule_vectors.h"
#include "system/file.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct reading {
    const struct rule_study *study;
    struct arena *arena;
    struct vector_stage stage;
    struct rule_scene *scenes;
    size_t count, capacity;
};

static bool tell(const char *path, const struct error *err)
{
    fprintf(stderr, "%s: %s: %s\n", path, err->where, err->text);
    return false;
}

/* ---- one scene: what its sheet holds, as steps ---- */

static void add_cells(struct scene_step *steps, size_t *count,
                      const struct sheet *sheet, const struct sheet_instance *instance)
{
    const struct shape *shape = sheet->shape;
    const struct shape_form *form = &shape->forms[instance->form];
    for (int32_t k = 0; k < form->group_count; k++) {
        int32_t g = form->first_group + k;
        const struct shape_group *group = &shape->groups[g];
        const struct sheet_group *held = &instance->groups[k];
        int32_t rows = group->is_repeating ? held->rows : 1;
        if (group->is_repeating && rows > 0)
            steps[(*count)++] = (struct scene_step){
                .kind = SCENE_ROWS, .serial = instance->serial, .item = g, .row = rows};
        for (int32_t i = 0; i < rows * group->item_count; i++) {
            int32_t item = group->first_item + i % group->item_count;
            int32_t row = group->is_repeating ? 1 + i / group->item_count : 0;
            const struct cell *cell = sheet_cell(sheet, instance, item, row);
            if (cell != NULL && cell->value.kind != DATUM_EMPTY)
                steps[(*count)++] = (struct scene_step){.kind = SCENE_ITEM,
                                                        .serial = instance->serial,
                                                        .item = item,
                                                        .row = row,
                                                        .value = cell->value};
        }
    }
}

static void add_facts(struct scene_step *steps, size_t *count,
                      const struct sheet *sheet)
{
    for (size_t i = 0; sheet->facts != NULL && i <= sheet->fact_mask; i++)
        if (sheet->facts[i].is_there)
            steps[(*count)++] = (struct scene_step){.kind = SCENE_FACT,
                                                    .fact = sheet->facts[i].question,
                                                    .value = sheet->facts[i].answer};
}

static void add_properties(struct scene_step *steps, size_t *count,
                           const struct sheet *sheet, int32_t properties)
{
    for (int32_t p = 0; p < properties; p++)
        if (sheet->properties[p].kind != DATUM_EMPTY)
            steps[(*count)++] = (struct scene_step){
                .kind = SCENE_PROPERTY, .item = p, .value = sheet->properties[p]};
}

static size_t most_steps(const struct sheet *sheet, int32_t properties)
{
    size_t most = (size_t)properties + sheet->fact_mask + 1;
    for (int32_t i = 0; i < sheet->serial_count; i++) {
        const struct sheet_instance *instance = sheet->by_serial[i];
        const struct shape_form *form = &sheet->shape->forms[instance->form];
        most++;
        for (int32_t k = 0; k < form->group_count; k++)
            most +=
                1 + (size_t)(instance->groups[k].rows + 1) *
                        (size_t)sheet->shape->groups[form->first_group + k].item_count;
    }
    return most;
}

static struct rule_scene scene_of(struct reading *reading, int32_t rule,
                                  const struct vector_scene *set)
{
    const struct sheet *sheet = set->sheet;
    int32_t properties = reading->study->dictionary->property_count;
    size_t count = 0;
    struct scene_step *steps =
        ARENA_ARRAY(reading->arena, struct scene_step, most_steps(sheet, properties));
    add_properties(steps, &count, sheet, properties);
    for (int32_t i = 0; i < sheet->serial_count; i++) {
        steps[count++] = (struct scene_step){
            .kind = SCENE_INSTANCE, .serial = i, .key = *sheet->by_serial[i]};
        add_cells(steps, &count, sheet, sheet->by_serial[i]);
    }
    add_facts(steps, &count, sheet);
    return (struct rule_scene){
        .rule = rule, .now = set->world.now, .steps = steps, .count = count};
}

/* ---- all of them ---- */

/* Several items may share a rule: an example stands for each. */
static bool add_vector(struct reading *reading, const struct rule_vector *vector,
                       struct error *err)
{
    for (int32_t r = 0; r < reading->study->set->rule_count; r++) {
        struct vector_scene set;
        if (!text_equal(vector->rule, text_of(reading->study->names[r])))
            continue;
        if (!rule_vector_set(vector, &reading->study->set->rules[r], &reading->stage,
                             reading->arena, &set, err))
            return false;
        ASSERT(reading->count < reading->capacity);
        reading->scenes[reading->count++] = scene_of(reading, r, &set);
    }
    return true;
}

static bool add_file(struct reading *reading, const char *path)
{
    struct error err;
    struct text document;
    struct rule_vectors vectors;
    if (access(path, R_OK) != 0)
        return true;
    if (!file_read(path, LIMIT_DESIGN_BYTES, reading->arena, &document, &err) ||
        !rule_vectors_read(document, reading->arena, &vectors, &err))
        return tell(path, &err);
    for (size_t i = 0; i < vectors.count; i++)
        if (!add_vector(reading, &vectors.vectors[i], &err))
            return tell(path, &err);
    return true;
}

static void sort_by_rule(const struct reading *reading, struct rule_scenes *out)
{
    size_t rules = (size_t)reading->study->set->rule_count, at = 0;
    struct rule_scene *sorted =
        ARENA_ARRAY(reading->arena, struct rule_scene, reading->count + 1);
    size_t *first = ARENA_ARRAY(reading->arena, size_t, rules + 1);
    for (size_t r = 0; r < rules; r++) {
        first[r] = at;
        for (size_t i = 0; i < reading->count; i++)
            if (reading->scenes[i].rule == (int32_t)r)
                sorted[at++] = reading->scenes[i];
    }
    first[rules] = at;
    *out = (struct rule_scenes){.scenes = sorted, .count = at, .first = first};
}

bool rule_scenes_read(const char *path, const struct rule_study *study,
                      struct arena *arena, struct rule_scenes *out)
{
    enum { MOST = 40000 };
    struct reading reading = {.study = study,
                              .arena = arena,
                              .stage = {.design = study->design,
                                        .dictionary = study->dictionary,
                                        .shape = study->set->shape},
                              .scenes = ARENA_ARRAY(arena, struct rule_scene, MOST),
                              .capacity = MOST};
    const char *slash = strrchr(path, '/');
    int folder = slash == NULL ? 0 : (int)(slash - path) + 1;
    for (size_t i = 0; study->design != NULL && i < study->design->form_count; i++) {
        struct text oid = study->design->forms[i].oid;
        if (oid.len > 2 &&
            !add_file(&reading, text_format(arena, "%.*svectors/%.*s.txt", folder, path,
                                            (int)(oid.len - 2), oid.at + 2)
                                    .at))
            return false;
    }
    sort_by_rule(&reading, out);
    return true;
}
