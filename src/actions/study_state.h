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

/* A version of the design that is in use; never let go before the study is closed. */
struct design_slot {
    struct design_slot *next;
    struct arena *arena; /* its own; holds the slot too */
    const struct design *design;
    const struct rulebook *rulebook;
};

struct alarm_settings; /* actions/alarm_settings.h */
struct cohort;         /* actions/overview_parts.h */
struct delegation;     /* actions/delegation.c */
struct feed_door;      /* actions/feed.h */
struct filing;         /* actions/filing.h */

/* A run of all rules after a register has changed (actions/register_rules.h). */
struct register_run {
    int64_t known;       /* the step up to which `next_moment` was read */
    int64_t next_moment; /* in its lines, after that of the last run; 0: none */
    bool is_under_way;
    int64_t seq, at;     /* what the run is for */
    int64_t participant; /* the last one that was run */
};

struct study {
    struct arena *arena;
    struct store *store;
    struct session_table *sessions;
    struct throttle *throttle;
    struct cohort *cohort; /* what the overview has read; a lock of its own */
    /* Compared with where a name or a password is missing, so that it takes as long. */
    char nobodys_password[PASSWORD_HASH_TEXT];
    pthread_mutex_t design_lock; /* over `designs` */
    struct design_slot *designs;
    _Atomic(struct design_slot *) current; /* in force */
    /* Versions that are or were in force; with one, every form is under it. */
    atomic_size_t version_count;
    atomic_bool is_importing;         /* one import at a time stages */
    struct delegation *delegation;    /* who may act at a site; a lock of its own */
    atomic_bool is_delegation_stale;  /* a register has changed: read it again */
    struct register_run register_run; /* of the waker's thread alone */
    /* Who is told outside the page, and when it is quiet; NULL: nobody, never. */
    _Atomic(const struct alarm_settings *) alarm_settings;
    _Atomic(struct filing *) filing; /* who files messages; NULL: nobody does */
    _Atomic(const struct feed_door *)
        feed_door; /* where senders connect; NULL: nowhere */
};

/* Reads a design and compiles its rules, in an arena of its own. NULL with `err`. */
MUST_USE struct design_slot *design_slot_new(struct text xml, struct error *err);
void design_slot_free(struct design_slot *slot);
/* It was published: it is in force from now on, and belongs to the study. */
void study_put_in_force(struct study *study, struct design_slot *slot);

#endif
