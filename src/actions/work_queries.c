/* Queries that are assigned to the person by name. */
#include "actions/query.h"
#include "actions/work_parts.h"

static void add(struct work *work, const struct query_entry *query)
{
    const struct stored_query *stored = &query->stored;
    struct work_entry entry = {.kind = WORK_QUERY,
                               .level = WORK_DUE,
                               .number = query->number,
                               .key = stored->key,
                               .since = stored->opened_at,
                               .what = stored->message,
                               .query = stored->id};
    work_add(work, &entry);
}

bool work_queries(struct work *work, struct error *err)
{
    struct query_filter wanted = {.has_assignee = true,
                                  .assignee = work->caller->user,
                                  .opened_before = INT64_MAX,
                                  .limit = LIMIT_LIST};
    if (!caller_must_somewhere(work->caller, PERMISSION_VIEW_CASEBOOK, err)) {
        *err = (struct error){0};
        return true;
    }
    wanted.states[QUERY_OPEN] = true;
    wanted.states[QUERY_ANSWERED] = true;
    for (;;) {
        struct query_inbox inbox;
        if (!query_inbox_read(work->study, work->caller, &wanted, work->arena, &inbox,
                              err))
            return false;
        for (size_t i = 0; i < inbox.count; i++)
            add(work, &inbox.at[i]);
        if (!inbox.has_more)
            return true;
        wanted.after = inbox.next;
    }
}
