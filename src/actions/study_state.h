#ifndef OSTEON_ACTIONS_STUDY_STATE_H
#define OSTEON_ACTIONS_STUDY_STATE_H
/* What a study holds; for the files of this floor only. */
#include "actions/session_table.h"
#include "actions/study.h"
#include "actions/throttle.h"
#include "base/limits.h"
#include "model/event_rules.h"

#include <pthread.h>
#include <stdatomic.h>

/* Every version of the design that is in use, and the sessions. */
#define LIMIT_STUDY_ARENA ((size_t)4 * LIMIT_DESIGN_ARENA)

struct design_slot {
    struct design_slot *next;
    const struct design *design;
    const struct rulebook *rulebook;
};

struct cohort; /* actions/overview_parts.h */

struct study {
    struct arena *arena;
    struct store *store;
    struct session_table *sessions;
    struct throttle *throttle;
    struct cohort *cohort; /* what the overview has read; a lock of its own */
    /* Compared with where a name or a password is missing, so that it takes as long. */
    char nobodys_password[PASSWORD_HASH_TEXT];
    pthread_mutex_t design_lock; /* over `designs` and the arena's growth */
    struct design_slot *designs;
    /* Set before any other thread runs. */
    const struct design *current;
    const struct rulebook *current_rulebook;
    atomic_bool is_importing; /* one import at a time stages */
};

#endif
