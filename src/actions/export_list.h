#ifndef OSTEON_ACTIONS_EXPORT_LIST_H
#define OSTEON_ACTIONS_EXPORT_LIST_H
/* What has left the folder, from the log: who, when, of which cut, with which hash. For
 * whoever may export. */
#include "actions/caller.h"

struct export_entry {
    int64_t seq, server_time;
    struct text by_name, by_full_name; /* absent: the operator at the command line */
    const struct exported *what;
};

struct export_entries {
    struct export_entry *list;
    size_t count;
};

/* The newest first, at most `limit`, of events before `before` (0: from the newest). Reads
 * through the log: not on a thread that others wait for. */
MUST_USE bool export_list(struct study *study, const struct caller *caller,
                          int64_t before, size_t limit, struct arena *arena,
                          struct export_entries *out, struct error *err);

#endif
