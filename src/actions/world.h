#ifndef OSTEON_ACTIONS_WORLD_H
#define OSTEON_ACTIONS_WORLD_H
/* What the rules see of a participant: the form instance under evaluation as it is in
 * memory, all other forms as stored, read when a rule first asks. An attached provisional
 * record is seen together with its screening record (FR03). Stored identity values stay
 * sealed. For this floor only.
 */
#include "engine/rules.h"
#include "model/design.h"
#include "model/participant.h"
#include "store/heads.h"
#include "store/reads.h"

struct world_form {
    struct form_state state;
    bool is_read;
    struct stored_value *values;
    size_t value_count;
};

struct world {
    struct db *db;
    struct arena *arena;
    const struct design *design;
    const struct participant *participant;
    /* The instance under evaluation: its answers are `heads` where a save is at hand, else
     * as stored. `key.form` absent: there is none. */
    struct form_key key;
    const struct form_heads *heads;

    bool is_listed;
    struct world_form *forms;
    size_t form_count;
    size_t current; /* place of the instance under evaluation in `forms` */
    bool is_failed; /* a read failed: `error` */
    struct error error;
};

/* The rules' view of `world`, which must outlive it. */
struct rule_world world_view(struct world *world, bool is_enrolled);

/* One answer; `instance` as in rules.h. */
struct rule_value world_value(struct world *world, int64_t instance, struct text form,
                              struct text item, int64_t row);
/* The provisional record that is attached to this participant; 0: none. */
bool world_attached(struct world *world, int64_t *id);
/* How many instances a form has, that under evaluation included. */
int64_t world_instances(struct world *world, struct text form);
/* The instances of a form in the order of the study's events, then of their repeats:
 * `order[i]` is an instance for world_value. In the world's arena. */
const int64_t *world_order(struct world *world, struct text form, size_t *count);

#endif
