#include "actions/work_parts.h"

#include "actions/participant_scan.h"
#include "actions/study_state.h"

#include <stdlib.h>

/* One row a kind of work: read beside each participant, or once. */
static const struct work_source {
    bool (*of_participant)(struct work *work, const struct world *world,
                           struct error *err);
    bool (*of_all)(struct work *work, struct error *err);
} sources[] = {
    {.of_participant = work_deferred_consent},
    {.of_participant = work_safety_reports},
    {.of_participant = work_emergency_start},
    {.of_participant = work_deviations},
    {.of_participant = work_signatures},
    {.of_participant = work_erasure},
    {.of_participant = work_end_of_study},
    {.of_participant = work_second_checks},
    {.of_all = work_consent_again},
    {.of_all = work_queries},
    {.of_all = work_images},
};

struct text work_kind_name(enum work_kind kind)
{
    static const struct text names[] = {
#define X(name) [WORK_##name] = TEXT_INIT(#name),
        WORK_KIND_TABLE(X)
#undef X
    };
    return names[kind];
}

enum work_level work_level_of(int64_t now, int64_t warns_at, int64_t due_at)
{
    if (now >= due_at)
        return WORK_LATE;
    return now >= warns_at ? WORK_DUE : WORK_NEXT;
}

bool work_is_for(const struct work *work, enum permission permission,
                 const struct participant *participant)
{
    return caller_may(work->caller, permission, participant->site,
                      caller_is_assigned(work->caller, participant->id));
}

void work_add(struct work *work, const struct work_entry *entry)
{
    struct work_list *out = work->out;
    out->at = ARENA_GROW(work->arena, out->at, out->count, &work->capacity);
    struct work_entry *kept = &out->at[out->count++];
    *kept = *entry;
    kept->number = text_copy(work->arena, entry->number);
    kept->key = form_key_copy(&entry->key, work->arena);
    kept->what = (struct label){text_copy(work->arena, entry->what.english),
                                text_copy(work->arena, entry->what.chinese)};
}

/* --- reading -------------------------------------------------------------------------- */

static bool look(void *context, const struct world *world, struct error *err)
{
    for (size_t i = 0; i < ARRAY_COUNT(sources); i++)
        if (sources[i].of_participant != NULL &&
            !sources[i].of_participant(context, world, err))
            return false;
    return true;
}

static int64_t order_of(const struct work_entry *entry)
{
    if (entry->due_at != 0)
        return entry->due_at;
    return entry->since != 0 ? entry->since : INT64_MAX;
}

static int compare(const void *left, const void *right)
{
    const struct work_entry *a = left;
    const struct work_entry *b = right;
    int64_t of_a = order_of(a);
    int64_t of_b = order_of(b);
    if (a->level != b->level)
        return a->level < b->level ? -1 : 1;
    if (of_a != of_b)
        return of_a < of_b ? -1 : 1;
    if (a->key.participant != b->key.participant)
        return a->key.participant < b->key.participant ? -1 : 1;
    return a->kind < b->kind ? -1 : a->kind > b->kind;
}

static bool read_all(struct work *work, struct error *err)
{
    static const enum permission any[] = {PERMISSION_VIEW_CASEBOOK,
                                          PERMISSION_READ_SAE_REPORTS};
    struct participant_scan scan = {.study = work->study,
                                    .caller = work->caller,
                                    .permissions = any,
                                    .permission_count = ARRAY_COUNT(any),
                                    .context = work,
                                    .look = look};
    /* These take a reader of their own: a thread that held one could wait for ever. */
    for (size_t i = 0; i < ARRAY_COUNT(sources); i++)
        if (sources[i].of_all != NULL && !sources[i].of_all(work, err))
            return false;
    work->db = scan.db = store_reader(work->study->store);
    bool is_read = participants_scan(&scan, err);
    store_reader_return(work->study->store, scan.db);
    return is_read;
}

bool work_list_read(struct study *study, const struct caller *caller,
                    struct arena *arena, struct work_list *out, struct error *err)
{
    struct work work = {.study = study,
                        .caller = caller,
                        .arena = arena,
                        .now = study_now(study),
                        .out = out};
    *out = (struct work_list){0};
    if (!caller_must(caller, PERMISSION_VIEW_WORK_LIST, (struct text){0}, true, err))
        return caller_refused(study, caller, 0, err);
    if (!read_all(&work, err))
        return false;
    if (out->count > 1)
        qsort(out->at, out->count, sizeof *out->at, compare);
    return true;
}
