#ifndef OSTEON_TEST_SUPPORT_RULE_COVERAGE_H
#define OSTEON_TEST_SUPPORT_RULE_COVERAGE_H
/* How often each logical part of each rule was yes, no and unknown over many records, and
 * each derivation had a value and none. */
#include "support/rule_study.h"

#include "engine/book.h"

#include <stdio.h>

struct rule_coverage;

struct rule_coverage *rule_coverage_new(const struct rule_study *study,
                                        struct arena *arena);

/* Runs every rule at every place of the book's sheet as it stands, and counts. */
void rule_coverage_count(struct rule_coverage *coverage, struct book *book, int64_t now,
                         int32_t offset_minutes, struct arena *scratch);

/* Of each rule, how many of its outcomes that can be were counted less than `wanted` times. */
void rule_coverage_needs(const struct rule_coverage *coverage, int64_t wanted,
                         int32_t *needs);

/* Outcomes have numbers. Those that came since the last call and were counted less than
 * `wanted` times: at most `most` of them. */
int32_t rule_coverage_take_rare(struct rule_coverage *coverage, int64_t wanted,
                                int32_t *outcomes, int32_t most);
/* One of the rarest of the outcomes that came, but less than `wanted` times, by chance; -1:
 * there is none. */
int32_t rule_coverage_choose(const struct rule_coverage *coverage, int64_t wanted,
                             uint64_t chance);
int32_t rule_coverage_outcome_count(const struct rule_coverage *coverage);

/* Prints one line each: RULE FROM TO WHAT COUNT PART, where WHAT is
 * yes, no or unknown of a part, value or none of a derivation. COUNT is "never" of what
 * cannot be by its form: an "is" is never unknown, a row number never without a value. */
void rule_coverage_print(struct rule_coverage *coverage, FILE *out);

#endif
