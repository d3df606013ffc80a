#ifndef OSTEON_TEST_SUPPORT_RULE_SAMPLE_H
#define OSTEON_TEST_SUPPORT_RULE_SAMPLE_H
/* A small study and the answers of one SYNTHETIC participant, written as text; and an
 * expression evaluated in it to a text. For tests of the rules' language.
 *
 *     event BL                                 at BL
 *     codes NY N Y                             DM.WEIGHT = 70.5
 *     form DM at BL                            IO#2.ATTRES[1] = SUC
 *     item WEIGHT number kg 1                  VS.MAP = missing ND
 *     form IO repeats at T0                    setting.limit = 3
 *     group IO3 repeats                        source VS.MAP = 'feed'
 *     item ATTRES code ATTRES                  open_queries VS = 2
 *     register ICFV                            target H1 = 2025-11-22T09:00+08:00
 *     property setting.limit number mg/kg
 *
 * "at AE#2" is the second repeat of an event. Lines that are not understood stop the test.
 */
#include "engine/expression.h"
#include "engine/run.h"
#include "engine/sheet.h"

struct rule_sample {
    struct arena *arena;
    struct dictionary dictionary;
    const struct shape *shape;
    struct sheet *sheet;
    struct engine_world world;
    struct run *run;
    int64_t wakes_at; /* of the last evaluation */
};

void rule_sample_begin(struct rule_sample *sample, struct text design);
void rule_sample_values(struct rule_sample *sample, struct text values);
void rule_sample_end(struct rule_sample *sample);

/* "VS at BL", "IO#2.IO3[1] at T0", or "" for none: where an expression stands. */
struct engine_place rule_sample_place(struct rule_sample *sample, struct text words);
int32_t rule_sample_group(struct rule_sample *sample, struct text words);

/* The value as text: 42.5, ≈0.833333, 'text', yes, 2025-11-22, empty, missing ND, sealed,
 * fault; or "error L:C: sentence (hint)". `where` as above. */
struct text rule_sample_value(struct rule_sample *sample, struct text source,
                              struct text where);
const struct program *rule_sample_compile(struct rule_sample *sample,
                                          struct text source, struct text where,
                                          struct findings *findings);
struct text rule_sample_print(struct rule_sample *sample, struct datum value);

/* The number of an item by name, of a form, of an event. */
int32_t rule_sample_item(const struct rule_sample *sample, const char *name);

#endif
