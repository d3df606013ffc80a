#ifndef OSTEON_ACTIONS_HISTORY_H
#define OSTEON_ACTIONS_HISTORY_H
/* What the log says about an item or a form ('view history of a value'). Newest first. */
#include "actions/act.h"
#include "store/reads.h"

/* What an import brought besides values, as its source said it. */
struct history_imported {
    const char *kind; /* "AUDIT", "SIGNATURE", "ANNOTATION", "QUERY" */
    struct text author, author_name, location;
    struct text time;          /* as it was written there */
    struct text reason, words; /* of a query or annotation; what a signature means */
    struct text state;         /* of a query */
    struct text source;        /* the number of the record there */
};

struct history_entry {
    int64_t seq;
    enum log_event_kind kind;
    struct form_key key;
    struct text item;
    int64_t row;
    struct answer old, new; /* of an identity item: is_in_vault, no value */
    struct text reason;
    int64_t by; /* user; 0: the program */
    struct text by_name, by_full_name;
    bool has_stated_time, has_device_time, has_clock_offset;
    int64_t stated_time, device_time, server_time, clock_offset;
    struct text device, language;
    enum value_source source;
    struct version version;
    struct text design_version;
    struct text status; /* "current", "replaced", "beside" (conflict) */
    /* Of an imported change: who made it there. */
    const struct history_imported *imported;
    size_t imported_count;
    /* Of SECOND_CHECKED; what was typed is shown when it differs. NULL: another kind. */
    const struct second_checked *check;
    struct text review;     /* what a signature means; a proposal: "lock", "unlock" */
    int64_t verified_count; /* of a source verification: how many answers */
    /* The entry is no change, but what its one `imported` says, of the item or (no item)
     * of the form, or its `check`, or a review. */
    bool is_statement;
    bool is_sealed; /* a reading that is kept from the caller: no answers, no reason */
};

struct history_filter {
    int64_t participant;
    struct text event, form; /* absent: the whole casebook */
    int64_t event_repeat, form_repeat;
    struct text item; /* absent: the whole form */
    int64_t row;
    bool has_row;
    size_t limit;   /* 0: LIMIT_LIST */
    int64_t before; /* entries of events before this number; 0: from the newest */
};
MUST_USE bool history_read(struct study *study, const struct caller *caller,
                           const struct history_filter *filter, struct arena *arena,
                           struct history_entry **out, size_t *count,
                           struct error *err);

#endif
