#include "model/design_diff.h"

#include <stdlib.h>

struct comparing {
    const struct design_things *things;
    const struct design_thing *before, *after;
    size_t before_count, after_count;
    struct design_facts *old, *new;
    struct design_change *changes;
    size_t count, capacity;
    struct design_diff *diff;
    struct arena *arena;
};

/* --- things by OID ---------------------------------------------------------------- */

static int compare_things(const void *a, const void *b)
{
    const struct design_thing *const *first = a;
    const struct design_thing *const *second = b;
    return text_compare((*first)->oid, (*second)->oid);
}

static const struct design_thing **sorted(const struct design_thing *things,
                                          size_t count, struct arena *arena)
{
    const struct design_thing **out =
        ARENA_ARRAY(arena, const struct design_thing *, count);
    for (size_t i = 0; i < count; i++)
        out[i] = &things[i];
    if (count > 0)
        qsort(out, count, sizeof *out, compare_things);
    return out;
}

static const struct design_thing *find(const struct design_thing **sorted, size_t count,
                                       const struct design_thing *wanted)
{
    const struct design_thing **found =
        count == 0 ? NULL
                   : bsearch(&wanted, sorted, count, sizeof *sorted, compare_things);
    return found == NULL ? NULL : *found;
}

/* --- values ----------------------------------------------------------------------- */

static bool is_same(struct text a, struct text b)
{
    if (a.len == 0 || b.len == 0)
        return a.len == b.len;
    while (!text_is_absent(a) && !text_is_absent(b))
        if (!text_equal(text_trim(text_cut(&a, '\n')), text_trim(text_cut(&b, '\n'))))
            return false;
    return text_is_absent(a) == text_is_absent(b);
}

/* --- changes ---------------------------------------------------------------------- */

static void add(struct comparing *comparing, struct design_change change)
{
    if (comparing->count == comparing->capacity) {
        size_t capacity = comparing->capacity == 0 ? 64 : 2 * comparing->capacity;
        struct design_change *more =
            ARENA_ARRAY(comparing->arena, struct design_change, capacity);
        for (size_t i = 0; i < comparing->count; i++)
            more[i] = comparing->changes[i];
        comparing->changes = more;
        comparing->capacity = capacity;
    }
    change.thing = comparing->things->name;
    comparing->changes[comparing->count++] = change;
}

static void compare_facts(struct comparing *comparing,
                          const struct design_thing *before,
                          const struct design_thing *after)
{
    struct design_facts *old = comparing->old;
    struct design_facts *new = comparing->new;
    old->count = new->count = 0;
    comparing->things->tell(before->at, old);
    comparing->things->tell(after->at, new);
    ASSERT(old->count == new->count);
    for (size_t i = 0; i < old->count; i++) {
        struct text was = text_trim(old->facts[i].value);
        struct text is = text_trim(new->facts[i].value);
        if (is_same(was, is))
            continue;
        add(comparing, (struct design_change){.kind = DESIGN_CHANGED,
                                              .oid = after->oid,
                                              .label = after->label,
                                              .fact = new->facts[i].name,
                                              .before = was,
                                              .after = is});
        comparing->diff->changed++;
    }
}

/* What `from` has and the other, sorted, has not. */
static size_t add_missing(struct comparing *comparing, enum design_change_kind kind,
                          const struct design_thing *from, size_t from_count,
                          const struct design_thing **other, size_t other_count)
{
    size_t added = 0;
    for (size_t i = 0; i < from_count; i++) {
        if (find(other, other_count, &from[i]) != NULL)
            continue;
        add(comparing, (struct design_change){
                           .kind = kind, .oid = from[i].oid, .label = from[i].label});
        added++;
    }
    return added;
}

static void compare(struct comparing *comparing)
{
    const struct design_thing **before =
        sorted(comparing->before, comparing->before_count, comparing->arena);
    const struct design_thing **after =
        sorted(comparing->after, comparing->after_count, comparing->arena);
    comparing->diff->removed +=
        add_missing(comparing, DESIGN_REMOVED, comparing->before,
                    comparing->before_count, after, comparing->after_count);
    comparing->diff->added +=
        add_missing(comparing, DESIGN_ADDED, comparing->after, comparing->after_count,
                    before, comparing->before_count);
    for (size_t i = 0; i < comparing->after_count; i++) {
        const struct design_thing *thing = &comparing->after[i];
        const struct design_thing *was = find(before, comparing->before_count, thing);
        if (was != NULL)
            compare_facts(comparing, was, thing);
    }
}

static struct design_facts *facts_in(struct arena *arena)
{
    struct design_facts *facts = ARENA_NEW(arena, struct design_facts);
    facts->arena = arena;
    return facts;
}

struct design_diff design_diff(const struct design *before, const struct design *after,
                               struct arena *arena)
{
    struct design_diff diff = {0};
    struct comparing comparing = {
        .old = facts_in(arena), .new = facts_in(arena), .diff = &diff, .arena = arena};
    for (size_t i = 0; i < design_things_count; i++) {
        comparing.things = &design_things[i];
        comparing.before =
            design_things[i].list(before, arena, &comparing.before_count);
        comparing.after = design_things[i].list(after, arena, &comparing.after_count);
        compare(&comparing);
    }
    diff.changes = comparing.changes;
    diff.count = comparing.count;
    return diff;
}
