#include "model/rule_examples.h"

struct rule_trial *rule_trial_new(const struct rulebook *rulebook,
                                  const struct rule_list *list, struct arena *arena,
                                  struct arena *scratch)
{
    struct rule_trial *trial = ARENA_NEW(arena, struct rule_trial);
    *trial = (struct rule_trial){
        .list = list,
        .stage = {.design = rulebook->design,
                  .dictionary = rulebook->dictionary,
                  .shape = rulebook->set->shape},
        .arena = arena,
        .scratch = scratch,
        .run = run_new(arena, scratch),
        .tallies = ARENA_ARRAY(arena, struct example_tally, list->count)};
    return trial;
}

/* Several items may share a condition: the first stands for all. */
static size_t rule_of(const struct rule_trial *trial, struct text oid)
{
    size_t at = 0;
    while (at < trial->list->count && !text_equal(trial->list->sources[at].oid, oid))
        at++;
    return at;
}

static void fail(struct rule_trial *trial, struct example_tally *tally,
                 struct example_failure failure)
{
    struct example_failure **last = &tally->failures;
    while (*last != NULL)
        last = &(*last)->next;
    *last = ARENA_NEW(trial->arena, struct example_failure);
    **last = failure;
    tally->failed++;
    trial->failed++;
}

/* What the rule says; absent with `said` why it cannot be asked. */
static bool try_vector(struct rule_trial *trial, const struct rule_vector *vector,
                       const struct rule *rule, struct text *said, bool *is_so)
{
    struct vector_scene scene;
    struct error err;
    arena_reset(trial->scratch);
    if (rule->form < 0) {
        *said = TEXT("the rule stands in no form");
        return false;
    }
    if (!rule_vector_set(vector, rule, &trial->stage, trial->scratch, &scene, &err)) {
        *said = text_copy(trial->arena, text_of(err.text));
        return false;
    }
    trial->run->world = &scene.world;
    struct datum value = run_program(trial->run, rule->program, &scene.place).value;
    int32_t offset = scene.world.offset_minutes;
    *is_so = rule_vector_holds(vector, rule, value, offset, trial->scratch);
    if (!*is_so)
        *said = text_copy(trial->arena,
                          rule_result_text(rule, value, offset, trial->scratch));
    return true;
}

static void try_example(struct rule_trial *trial, struct text file,
                        const struct rule_vector *vector)
{
    size_t at = rule_of(trial, vector->rule);
    bool is_known = at < trial->list->count;
    struct example_tally *tally = is_known ? &trial->tallies[at] : &trial->unknown;
    struct example_failure failure = {.file = file,
                                      .line = vector->line,
                                      .rule = vector->rule,
                                      .said = TEXT("there is no such rule")};
    bool is_so = false;
    tally->count++;
    trial->count++;
    if (is_known &&
        try_vector(trial, vector, &trial->list->rules[at], &failure.said, &is_so))
        failure.expected = vector->expected;
    if (!is_so)
        fail(trial, tally, failure);
}

bool rule_trial_file(struct rule_trial *trial, struct text file, struct text document,
                     struct error *err)
{
    struct rule_vectors vectors;
    if (!rule_vectors_read(document, trial->arena, &vectors, err))
        return false;
    for (size_t i = 0; i < vectors.count; i++)
        try_example(trial, file, &vectors.vectors[i]);
    return true;
}

const struct example_tally *rule_trial_tally(const struct rule_trial *trial, size_t at)
{
    return &trial->tallies[rule_of(trial, trial->list->sources[at].oid)];
}
