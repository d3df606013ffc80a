#ifndef OSTEON_TEST_SUPPORT_RECORD_VALUES_H
#define OSTEON_TEST_SUPPORT_RECORD_VALUES_H
/* SYNTHETIC values for records that the rules of a study run over: at, just under and just
 * over what the rules compare with, within the ranges of the design, missing, sealed and
 * partial ones. Used by test/tool/rule_records.c, whose state they share.
 */
#include "support/rule_coverage.h"
#include "support/rule_scenes.h"
#include "support/rule_study.h"

#include "base/buffer.h"

enum { OFFSET = 480, POOL = 64, FACTS = 512, SCENES = 16 };
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

struct record_maker {
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

/* Once: what the rules compare with, and what they ask besides values. */
void record_find_values(struct record_maker *maker);

uint64_t record_random(struct record_maker *maker);
/* From 0 to below the limit; 0 when that is none. */
int32_t record_below(struct record_maker *maker, int32_t limit);
bool record_chance(struct record_maker *maker, int32_t percent);

/* Any value of the item, or none. */
struct datum record_value(struct record_maker *maker, int32_t item,
                          const struct type *type);
struct datum record_moment(struct record_maker *maker, int32_t item);
struct datum record_fact(struct record_maker *maker, const struct asked *asked);
/* The default of a setting, by its property; EMPTY: it is none. */
struct datum record_setting(const struct record_maker *maker, int32_t property);
/* What this value becomes that is to be another. */
struct datum record_changed_value(struct record_maker *maker, int32_t item,
                                  struct datum value);

#endif
