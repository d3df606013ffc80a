#include "engine/graph.h"

#include "engine/watch.h"

/* ---- who reads what ---- */

static int32_t thing_count(const struct rule_set *set, enum dependency_kind kind)
{
    switch (kind) {
    case DEPENDS_ITEM: return set->shape->item_count;
    case DEPENDS_PROPERTY: return set->shape->property_count;
    case DEPENDS_ROWS:
    case DEPENDS_STATE: return set->shape->form_count;
    }
    return 0;
}

/* Counted, summed up, filled. */
static struct graph_readers readers_of(const struct rule_set *set,
                                       enum dependency_kind kind, struct arena *study)
{
    int32_t things = thing_count(set, kind), total = 0;
    int32_t *first = ARENA_ARRAY(study, int32_t, (size_t)things + 2);
    for (int32_t r = 0; r < set->rule_count; r++) {
        const struct program *program = set->rules[r].program;
        for (int32_t i = 0; i < program->dependency_count; i++)
            if (program->dependencies[i].kind == (int32_t)kind) {
                first[program->dependencies[i].subject + 2]++;
                total++;
            }
    }
    for (int32_t i = 2; i < things + 2; i++)
        first[i] += first[i - 1];
    struct graph_edge *edges = ARENA_ARRAY(study, struct graph_edge, (size_t)total);
    struct watch_parts *parts =
        ARENA_ARRAY(study, struct watch_parts, (size_t)set->rule_count);
    for (int32_t r = 0; r < set->rule_count; r++) {
        const struct program *program = set->rules[r].program;
        for (int32_t i = 0; i < program->dependency_count; i++) {
            const struct dependency *dependency = &program->dependencies[i];
            if (dependency->kind == (int32_t)kind)
                edges[first[dependency->subject + 1]++] = (struct graph_edge){
                    .rule = r,
                    .reach = (enum dependency_reach)dependency->reach,
                    .watch =
                        kind == DEPENDS_ITEM && dependency->reach > DEPENDS_SAME_ROW
                            ? watch_make(set, r, dependency->subject, &parts[r], study)
                            : NULL};
        }
    }
    return (struct graph_readers){.first = first, .edges = edges};
}

/* ---- order ---- */

/* Rules whose result is read by others; those of a check are not. */
static bool gives(const struct rule *rule)
{
    return rule->kind != RULE_FIRES;
}

struct ordering {
    const struct rule_set *set;
    int32_t *waits_for; /* by rule: rules before it that have not run yet */
    int32_t *order;
    int32_t done;
};

static void release_readers(struct ordering *ordering, const struct rule *rule)
{
    const struct graph_readers *readers = &ordering->set->of_item;
    if (!gives(rule))
        return;
    for (int32_t i = readers->first[rule->item]; i < readers->first[rule->item + 1];
         i++) {
        int32_t reader = readers->edges[i].rule;
        if (--ordering->waits_for[reader] == 0)
            ordering->order[ordering->done++] = reader;
    }
}

static void sort_rules(struct ordering *ordering)
{
    const struct rule_set *set = ordering->set;
    for (int32_t r = 0; r < set->rule_count; r++) {
        const struct rule *rule = &set->rules[r];
        const struct graph_readers *readers = &set->of_item;
        if (!gives(rule))
            continue;
        for (int32_t i = readers->first[rule->item]; i < readers->first[rule->item + 1];
             i++)
            ordering->waits_for[readers->edges[i].rule]++;
    }
    for (int32_t r = 0; r < set->rule_count; r++)
        if (ordering->waits_for[r] == 0)
            ordering->order[ordering->done++] = r;
    for (int32_t next = 0; next < ordering->done; next++)
        release_readers(ordering, &set->rules[ordering->order[next]]);
}

/* A rule still waiting reads an item of another that waits: one step back. */
static int32_t rule_before(const struct ordering *ordering, int32_t reader)
{
    const struct rule_set *set = ordering->set;
    const struct program *program = set->rules[reader].program;
    for (int32_t r = 0; r < set->rule_count; r++) {
        if (ordering->waits_for[r] <= 0 || !gives(&set->rules[r]))
            continue;
        for (int32_t i = 0; i < program->dependency_count; i++)
            if (program->dependencies[i].kind == DEPENDS_ITEM &&
                program->dependencies[i].subject == set->rules[r].item)
                return r;
    }
    return -1;
}

/* Back from rule to rule until one comes again: between lies a circle. */
static int32_t find_circle(const struct ordering *ordering, struct arena *study,
                           int32_t *circle, int32_t most)
{
    const struct rule_set *set = ordering->set;
    int32_t *seen_at = ARENA_ARRAY(study, int32_t, (size_t)set->rule_count);
    int32_t *path = ARENA_ARRAY(study, int32_t, (size_t)set->rule_count + 1);
    int32_t rule = 0, len = 0;
    while (rule < set->rule_count && ordering->waits_for[rule] <= 0)
        rule++;
    while (rule >= 0 && seen_at[rule] == 0) {
        path[len] = rule;
        seen_at[rule] = ++len;
        rule = rule_before(ordering, rule);
    }
    ASSERT(rule >= 0);
    int32_t start = seen_at[rule] - 1;
    for (int32_t i = start; i < len && i - start < most; i++)
        circle[i - start] = path[i];
    return len - start;
}

bool graph_make(struct rule_set *set, struct arena *study, int32_t *circle,
                int32_t most, int32_t *circle_count)
{
    set->of_item = readers_of(set, DEPENDS_ITEM, study);
    set->of_rows = readers_of(set, DEPENDS_ROWS, study);
    set->of_property = readers_of(set, DEPENDS_PROPERTY, study);
    set->of_state = readers_of(set, DEPENDS_STATE, study);
    struct ordering ordering = {.set = set};
    ordering.waits_for = ARENA_ARRAY(study, int32_t, (size_t)set->rule_count);
    ordering.order = ARENA_ARRAY(study, int32_t, (size_t)set->rule_count);
    sort_rules(&ordering);
    set->order = ordering.order;
    *circle_count = 0;
    if (ordering.done == set->rule_count)
        return true;
    *circle_count = find_circle(&ordering, study, circle, most);
    return false;
}
