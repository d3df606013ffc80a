#ifndef OSTEON_ACTIONS_AUDIT_H
#define OSTEON_ACTIONS_AUDIT_H
/* The audit trail without clinical values: who did what to whom and when ('view audit
 * trail without clinical values'). An entry is an event of the log; who sees the trail of
 * some sites only gets the events of their participants. */
#include "actions/caller.h"
#include "actions/study.h"
#include "model/event.h"
#include "store/reads.h"

struct audit_entry {
    int64_t seq;
    enum log_event_kind kind;
    int64_t server_time;
    struct origin origin;
    struct text by_name;
    int64_t participant;
    struct text participant_number; /* "H4-001", else "S-0001", else "P-0001" */
    struct text site;
    struct text event, form; /* of VALUES_SAVED and VAULT_VIEWED */
    int64_t event_repeat, form_repeat;
    struct text items;  /* OIDs of a save, joined by a space; no values */
    struct text detail; /* of the other kinds: checks, permission, reason of refusal */
    bool is_erased;
};

struct audit_filter {
    int64_t after, before; /* events, exclusive; before 0: to the end */
    int64_t from, until;   /* server time, inclusive; until 0: to the end */
    int64_t participant;
    int64_t user; /* -1: any */
    int32_t kind; /* 0: any */
    bool newest_first;
    size_t limit;
};
MUST_USE bool audit_read(struct study *study, const struct caller *caller,
                         const struct audit_filter *filter, struct arena *arena,
                         struct audit_entry **out, size_t *count, struct error *err);

/* A filter as people write it; what is absent or empty does not filter. `from` and `until`
 * are partial dates or times, without an offset the local time of the study's first site;
 * all of a day or minute that is named counts. A participant is an id or a number. */
struct audit_wanted {
    struct text from, until, kind, user, participant;
};
/* ERROR_REFUSED names what is not understood, `at` its field "query.from". The sentence
 * `out_words` says the filter again, for the log; absent: everything. */
MUST_USE bool audit_filter_read(struct study *study, const struct audit_wanted *wanted,
                                struct arena *arena, struct audit_filter *out,
                                struct text *out_words, struct error *err);
/* The offset of local time at this site, of the study's first for an unknown one. */
int32_t audit_offset(const struct design *design, struct text site);

#endif
