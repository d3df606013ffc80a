/* An analysis plan from any bytes: refused with a sentence, or whole; one that is whole runs
 * over an empty study and over a participant of empty cells. */
#include "fuzz/fuzz.h"

#include "analysis/analyse.h"
#include "base/limits.h"
#include "formats/plan_read.h"

/* Kinds as the methods want them, where a name is used so. */
static enum column_kind kind_of(const struct analysis_plan *plan, struct text name,
                                uint8_t chance)
{
    for (size_t i = 0; i < plan->population_count; i++)
        if (text_equal(plan->populations[i].where, name))
            return COLUMN_TRUTH;
    return (enum column_kind)(chance % (COLUMN_MOMENT + 1));
}

static void use(const struct analysis_plan *plan, struct arena *arena, uint8_t chance)
{
    struct error err = {0};
    struct analysis_result *results = NULL;
    struct dataset **datasets =
        ARENA_ARRAY(arena, struct dataset *, plan->dataset_count);
    for (size_t i = 0; i < plan->dataset_count; i++) {
        const struct plan_dataset *dataset = &plan->datasets[i];
        enum column_kind *kinds =
            ARENA_ARRAY(arena, enum column_kind, dataset->variable_count);
        for (size_t k = 0; k < dataset->variable_count; k++)
            kinds[k] = kind_of(plan, dataset->variables[k].name, chance);
        datasets[i] = dataset_new(dataset, kinds, arena);
    }
    if (!plan_check(plan, datasets, &err)) {
        ASSERT(err.text[0] != '\0');
        return;
    }
    for (size_t i = 0; i < plan->dataset_count; i++)
        dataset_add(datasets[i], (struct row_place){.participant = 1, .event = -1});
    analyse(plan, datasets, arena, &results);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct text input = fuzz_text(bytes, len);
    uint8_t chance = fuzz_byte(&input);
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    struct analysis_plan *plan = NULL;
    struct error err = {0};
    if (plan_read(input, arena, &plan, &err))
        use(plan, arena, chance);
    else
        ASSERT(err.text[0] != '\0');
    arena_free(arena);
    return 0;
}
