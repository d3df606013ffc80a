#ifndef OSTEON_STORE_IMPORT_H
#define OSTEON_STORE_IMPORT_H
/* Questions about an import that is being staged (event_content.h: import_staged). There
 * is at most one. Inside a unit, or by a reader. */
#include "store/reads.h"

struct form_heads;

/* In the table of imports. */
enum import_state { IMPORT_STAGING, IMPORT_COMMITTED, IMPORT_ABANDONED };

MUST_USE bool import_is_committed(struct db *db, int64_t import, bool *out,
                                  struct error *err);
/* Those that were made visible, in order; in `arena`. */
MUST_USE bool import_list_committed(struct db *db, struct arena *arena, int64_t **out,
                                    size_t *count, struct error *err);
/* 0: none is being staged. */
MUST_USE bool import_running(struct db *db, int64_t *import, struct error *err);
/* A visible import on which the rules have not run to the end; `import` 0: there is none. */
struct import_waiting {
    int64_t import, committed, through; /* events */
};
MUST_USE bool import_rules_waiting(struct db *db, struct import_waiting *out,
                                   struct error *err);
/* Of whom it says something behind `through`: each once in a row, of at most `most` events
 * of the log. Moves `through` behind them, at the end to `committed`. */
MUST_USE bool import_rules_next(struct db *db, struct import_waiting *waiting,
                                size_t most, struct arena *arena, int64_t **out,
                                size_t *count, struct error *err);
/* The import that stages this participant; 0: none, the participant is visible. */
MUST_USE bool import_of_participant(struct db *db, int64_t participant, int64_t *import,
                                    struct error *err);
/* The participant with this key: of the import, or a visible one whose screening or
 * subject number it is; 0: none. */
MUST_USE bool import_subject(struct db *db, int64_t import, struct text key,
                             int64_t *participant, struct error *err);
/* Some of the staged participants behind `after`, in order. */
MUST_USE bool import_subjects(struct db *db, int64_t after, int64_t *out, size_t most,
                              size_t *count, struct error *err);
/* What this import has said about a form of a visible participant, applied to its heads:
 * what is said next builds on it. */
MUST_USE bool import_apply_waiting(struct db *db, struct form_heads *heads,
                                   const struct form_key *key, struct arena *arena,
                                   struct error *err);

#endif
