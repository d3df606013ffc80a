#ifndef OSTEON_ACTIONS_IMAGE_READ_H
#define OSTEON_ACTIONS_IMAGE_READ_H
/* Readings of an image: the rows of the repeating section of F.IM (specification 8.1: "two
 * reads blind to each other and to outcome"; "imaging reads hidden until both are signed").
 *
 * A reading is sealed until two different people have each signed a row of their own. Until
 * then it is shown to who made it, and to who may 'read unblinded imaging'; to everybody else
 * it is said that there is one. Every place at which a value leaves the program asks here:
 *
 *     struct image_asker asker = {db, db, caller, participant, arena};
 *     if (!image_reads_of(&asker, form, &reads, err)) …
 *     if (image_read_is_sealed(&reads, value->row)) …
 *
 * A signature that falls (its reader corrects) seals again. Readings that came by an import
 * were made elsewhere and are open: what was imported must come out whole.
 */
#include "actions/caller.h"
#include "model/design.h"
#include "store/heads.h"
#include "store/reads.h"

struct image_asker {
    struct db *db;               /* the tables that are asked */
    struct db *log;              /* the same, or, of an earlier cut, a reader */
    const struct caller *caller; /* NULL: nobody in particular, as for exports */
    const struct participant *whose;
    struct arena *arena;
};

struct image_reads {
    int64_t *sealed; /* rows that are kept from the caller */
    size_t sealed_count;
    int64_t own_row;  /* that the caller has made; 0: none */
    bool is_unsealed; /* two people have signed */
};

/* Of a form of another kind: nothing is sealed. */
MUST_USE bool image_reads_of(const struct image_asker *asker,
                             const struct form_state *form, struct image_reads *out,
                             struct error *err);
bool image_read_is_sealed(const struct image_reads *reads, int64_t row);
/* What stands in the place of what is sealed. */
struct label image_read_sealed_label(void);
/* Is the item one of a reading? */
bool image_read_has_item(const struct form *form, const struct item *item);

/* Who enters a row: a reader his own or a new one, never a second; an adjudicator, who has
 * made none of the readings, when both are signed; nobody changes another's. */
MUST_USE bool image_read_may_enter(const struct image_asker *asker,
                                   const struct form_state *form, int64_t row,
                                   struct error *err);

#endif
