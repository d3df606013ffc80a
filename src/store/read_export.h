#ifndef OSTEON_STORE_READ_EXPORT_H
#define OSTEON_STORE_READ_EXPORT_H
/* What an export reads, in pieces that fit into memory whatever the study's size: one
 * participant (reads.h: participant_after), its forms (form_list), and here one form's
 * answers; and the data cut that it reads at.
 *
 * A cut is one number of the log and that event's hash. The present one is what a reader
 * sees. An earlier one is made anew from the log in a private database, by the same
 * projections: what it gives is what the tables said then, but for the participants that
 * were erased since.
 */
#include "store/reads.h"

struct export_value {
    int64_t number;  /* of the item's OID: the same one for the same OID, from 1 */
    struct text oid; /* lives as long as the database is open */
    int64_t row;
    struct answer answer; /* is_in_vault: there is one, and no more is told */
    enum value_source source;
    struct version version;
};
/* All current answers of one form instance, in `arena`, in an order that is fixed but means
 * nothing. */
MUST_USE bool export_values(struct db *db, int64_t form_instance, struct arena *arena,
                            struct export_value **out, size_t *count,
                            struct error *err);

struct data_cut {
    int64_t seq;
    struct hash hash;
    int64_t time; /* server time of that event */
};
/* The last event of a reader. */
MUST_USE bool data_cut_now(struct db *db, struct data_cut *out, struct error *err);
/* "1234" or a moment, "2026-11-22T10:00+08:00", without an offset by UTC: the last event
 * that was not later. ERROR_REFUSED: neither, or outside of the log. */
MUST_USE bool data_cut_find(struct db *db, struct text wanted, struct data_cut *out,
                            struct error *err);

/* The tables as they stood behind event `seq`; `live`, a reader, must stay out until
 * as_of_close. */
MUST_USE bool as_of_open(struct db *live, int64_t seq, struct arena *arena,
                         struct db **out, struct error *err);
void as_of_close(struct db *db);

#endif
