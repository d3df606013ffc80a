#ifndef OSTEON_TEST_SUPPORT_RULE_SCENES_H
#define OSTEON_TEST_SUPPORT_RULE_SCENES_H
/* The hand-written examples of a study's rules as steps that fill a participant: where to
 * begin when a record is to reach a certain part of a rule. */
#include "support/rule_study.h"

#include "engine/sheet.h"

enum scene_step_kind {
    SCENE_INSTANCE,
    SCENE_ROWS,
    SCENE_ITEM,
    SCENE_FACT,
    SCENE_PROPERTY
};

/* Serial numbers count the instances of the scene, from 0 in the order of its steps. */
struct scene_step {
    enum scene_step_kind kind;
    struct sheet_instance key; /* of an instance: form, event and repeats */
    int32_t serial, item, row; /* also: group and rows; property */
    struct question fact;      /* its instance is a serial number, or -1 */
    struct datum value;
};

struct rule_scene {
    int32_t rule;
    int64_t now;
    const struct scene_step *steps;
    size_t count;
};

struct rule_scenes {
    const struct rule_scene *scenes; /* those of a rule stand together */
    size_t count;
    const size_t *first; /* of each rule; one more behind the last */
};

/* Those of the files vectors/FORM.txt beside the design. False when one cannot be read or
 * set up, which is printed to standard error. A page has none. */
bool rule_scenes_read(const char *path, const struct rule_study *study,
                      struct arena *arena, struct rule_scenes *out);

#endif
