#ifndef OSTEON_ACTIONS_AUDIT_PARTS_H
#define OSTEON_ACTIONS_AUDIT_PARTS_H
/* Inside of the audit trail: reading the log step by step, for the page and the export. */
#include "actions/audit.h"
#include "actions/people.h"

struct audit_reading {
    struct db *log;
    struct arena *arena;
    struct people people; /* of the tables whose names are told */
    bool is_everywhere;
    const struct text *sites; /* else */
    size_t site_count;
    struct audit_entry *entries; /* room for `limit` */
    size_t count, limit;
    struct error *err;
};

struct log_filter audit_log_filter(const struct audit_filter *filter);
/* The next `wanted->limit` events, of which those that may be seen are added; moves
 * `wanted` behind them. `*is_end`: there are no more. */
MUST_USE bool audit_step(struct audit_reading *reading, struct log_filter *wanted,
                         bool *is_end);

/* Which roles a user had at an event of the log, not which they have now. */
struct audit_roles;
MUST_USE bool audit_roles_read(struct db *log, int64_t until, struct arena *arena,
                               struct audit_roles **out, struct error *err);
/* "PI 01; CRC 02", as of that event; absent: none, or nobody. */
struct text audit_roles_at(const struct audit_roles *roles, int64_t user, int64_t seq);

#endif
