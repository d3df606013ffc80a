#ifndef OSTEON_ACTIONS_WORK_PARTS_H
#define OSTEON_ACTIONS_WORK_PARTS_H
/* What the kinds of work share. For the work list only. */
#include "actions/work_list.h"

struct work {
    struct study *study;
    const struct caller *caller;
    struct db *db;
    struct arena *arena; /* of the result */
    int64_t now;
    struct work_list *out;
    size_t capacity;
};

/* Keeps a copy. */
void work_add(struct work *work, const struct work_entry *entry);

/* Late from `due_at` on, due from `warns_at` on, before that next. */
enum work_level work_level_of(int64_t now, int64_t warns_at, int64_t due_at);

/* May the caller do that for this participant? */
bool work_is_for(const struct work *work, enum permission permission,
                 const struct participant *participant);

/* Of one participant. */
MUST_USE bool work_deferred_consent(struct work *work, const struct world *world,
                                    struct error *err);
MUST_USE bool work_safety_reports(struct work *work, const struct world *world,
                                  struct error *err);
MUST_USE bool work_second_checks(struct work *work, const struct world *world,
                                 struct error *err);
MUST_USE bool work_end_of_study(struct work *work, const struct world *world,
                                struct error *err);
MUST_USE bool work_erasure(struct work *work, const struct world *world,
                           struct error *err);
MUST_USE bool work_deviations(struct work *work, const struct world *world,
                              struct error *err);
MUST_USE bool work_emergency_start(struct work *work, const struct world *world,
                                   struct error *err);
MUST_USE bool work_signatures(struct work *work, const struct world *world,
                              struct error *err);
/* Of all. */
MUST_USE bool work_consent_again(struct work *work, struct error *err);
MUST_USE bool work_queries(struct work *work, struct error *err);
MUST_USE bool work_images(struct work *work, struct error *err);

#endif
