#ifndef OSTEON_ACTIONS_WORLD_H
#define OSTEON_ACTIONS_WORLD_H
/* One participant as the rules see it: all answers in a sheet (engine/sheet.h), what is
 * hidden found, and the rest of what rules ask (states, sources, settings) read when a
 * rule first asks. An attached provisional record is seen together with its screening
 * record (FR03). Stored identity values stay sealed. For this floor only.
 *
 *     struct world world = {.db = …, .arena = …, .rulebook = …, .participant = …, .now = …,
 *                           .key = key};
 *     if (world_open(&world, err) && world_run(&world, err))
 *         rule_results_of(&world, world.current, …)       (actions/rule_results.h)
 */
#include "actions/caller.h"
#include "engine/book.h"
#include "model/participant.h"
#include "model/schedule.h"
#include "store/heads.h"
#include "store/laboratory.h"
#include "store/reads.h"

struct world_form {
    struct form_state state;         /* id 0: nothing of it is stored yet */
    struct sheet_instance *instance; /* NULL: this design has no such form or event */
};

/* One change of an item that the log knows, for questions about its past. */
struct world_change {
    const struct world_form *form;
    const struct value_change *change;
    int64_t server_time;
    int64_t user;
};

struct world {
    struct db *db;
    struct arena *arena;
    const struct rulebook *rulebook;
    const struct participant *participant;
    const struct form_states *stored_forms; /* of it; NULL: world_open reads them */
    int64_t now;
    /* The instance under evaluation: its rules all run. `key.form` absent: there is none.
     * Its answers are those of `heads` where a save is at hand, `changes` being what the
     * save has changed there, `seq` its event; else as stored. */
    struct form_key key;
    const struct form_heads *heads;
    const struct value_change *changes;
    size_t change_count;
    int64_t seq;
    int64_t user;                /* whose changes they are */
    const struct caller *caller; /* who saves or looks; NULL: the program */

    /* world_open fills in the rest. */
    int32_t offset_minutes; /* of the site */
    int64_t attached;       /* the provisional record of this participant; 0: none */
    struct world_form *forms;
    size_t form_count;
    struct world_form *current; /* NULL: none */
    struct participant_value *values;
    size_t value_count;
    struct book *book;         /* NULL: the design has no rules */
    struct schedule *schedule; /* NULL: nobody asked yet */
    struct run *count_run; /* of counts.c: a rule asks while another run is going on */
    bool is_past_read;
    struct world_change *past;
    size_t past_count;
    bool is_received_read;
    struct stored_results received; /* what feeds brought, of it and what is attached */
    bool is_failed;                 /* a rule's question could not be read: `error` */
    struct error error;
};

/* Reads the answers and finds what is hidden; then what `changes` reach is due to run. */
MUST_USE bool world_open(struct world *world, struct error *err);
/* Runs the rules that are due. */
MUST_USE bool world_run(struct world *world, struct error *err);

/* When events happened and are due, by what is entered; computed once. */
/* Without what is left out, which takes longer to find out. */
MUST_USE bool world_dues(struct world *world, struct schedule *out, struct error *err);
MUST_USE bool world_schedule(struct world *world, struct schedule *out,
                             struct error *err);

/* Does the form stand under the version whose rules these are? One that is not stored yet
 * does. What rules of another version say about it does not count. */
bool world_form_is_under(const struct world *world, const struct world_form *form);

/* How many instances a form has, and the answer of one, in the order of the study's events,
 * then of their repeats: as rules see it, empty when it is hidden or not there. */
int32_t world_instances(const struct world *world, struct text form);
struct datum world_answer(const struct world *world, struct text form, int32_t instance,
                          struct text item, int32_t row);
int32_t world_rows(const struct world *world, struct text form, int32_t instance,
                   struct text item);
/* The answer as it is stored, also while its condition does not hold: the leave for a
 * needle to stay is given before the form asks for it. */
struct datum world_stored(const struct world *world, struct text form, int32_t instance,
                          struct text item, int32_t row);
/* Where that instance stands; false when there is none. */
bool world_place(const struct world *world, struct text form, int32_t instance,
                 struct form_key *out);
/* Is the answer this code? */
bool world_answer_is(const struct world *world, struct text form, int32_t instance,
                     struct text item, struct text code);

/* Puts the registers, and the settings that are in force, into the sheet:
 * world_registers.c. A part of world_open. */
MUST_USE bool world_registers(struct world *world, struct error *err);

/* The callback of the engine for what is no answer: world_ask.c. `data` is the world. */
struct datum world_ask(void *data, const struct question *question);

#endif
