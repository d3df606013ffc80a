#ifndef OSTEON_ACTIONS_CASEBOOK_COPY_H
#define OSTEON_ACTIONS_CASEBOOK_COPY_H
/* The whole casebook of one participant, to be printed ('export or print casebook'): each
 * form as a screen shows it, the threads of its queries, and the history if wanted.
 * Pseudonymised: no bed, and of the vault only that something is there (21 CFR 11.10(b)).
 *
 * Read at one moment: when somebody saves meanwhile it is read again. It is no copy before
 * casebook_copy_note has put it on the log as EXPORTED, with its hash.
 */
#include "actions/form_view.h"
#include "actions/history.h"
#include "actions/query.h"

struct casebook_copy {
    struct casebook *casebook;
    int64_t event; /* the last of the log that is in it */
    struct hash head;
    int64_t at; /* server time of the copy */
    struct form_view **forms;
    size_t form_count;
    struct query_thread **queries;
    size_t query_count;
    bool has_history;
    struct history_entry *history; /* newest first */
    size_t history_count;
    int64_t values;
};

/* ERROR_BUSY: somebody saves all the time. ERROR_TOO_LARGE: the history is. */
MUST_USE bool casebook_copy_read(struct study *study, const struct caller *caller,
                                 int64_t participant, bool with_history,
                                 struct arena *arena, struct casebook_copy *out,
                                 struct error *err);
MUST_USE bool casebook_copy_note(struct study *study, const struct caller *caller,
                                 const struct casebook_copy *copy,
                                 const struct hash *content, struct arena *arena,
                                 struct error *err);

#endif
