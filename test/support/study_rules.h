#ifndef OSTEON_TEST_SUPPORT_STUDY_RULES_H
#define OSTEON_TEST_SUPPORT_STUDY_RULES_H
/* The rules of the built-in study and of its events, compiled, with their hand-written
 * examples. */
#include "engine/finding.h"
#include "model/design_sources.h"
#include "model/rule_vectors.h"

struct study_rules {
    struct arena *arena;
    const struct design *design;
    struct rule_sources sources; /* behind those of the set: of events */
    const struct dictionary *dictionary;
    const struct rule_set *set;
    const struct rule *rules; /* of each source */
    struct vector_stage stage;
    const struct rule_vector *vectors; /* of all files */
    const char *const *vector_files;   /* where each stands */
    size_t vector_count;
    struct run *run;
    struct arena *scratch;
};

/* Fails the test when the study does not compile or a file cannot be read. */
void study_rules_begin(struct study_rules *rules);
void study_rules_end(struct study_rules *rules);

/* The rule of an OID, or -1. Several items may share a condition: the first. */
int32_t study_rule(const struct study_rules *rules, struct text oid);

#endif
