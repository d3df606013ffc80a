#ifndef OSTEON_STORE_CHECKPOINT_H
#define OSTEON_STORE_CHECKPOINT_H
/* A signed statement of where the chain stood: a text of eight lines that is printed or
 * given to somebody else, and that proves later whether a copy of the folder is the same
 * history and no older one.
 *
 *     osteon checkpoint 1
 *     study NCT07239375
 *     folder 0123…                    its id
 *     seq 1234
 *     head 89ab…                      the hash of that event
 *     time 2026-11-22T10:58:26.123Z
 *     public-key cdef…                Ed25519
 *     signature …                     of all lines above, line ends included
 */
#include "store/keyring.h"
#include "store/txn.h"

/* Signs the head as it stands before this event, and puts CHECKPOINT_SIGNED on the log.
 * Hand `document` out only after the unit's commit. */
MUST_USE bool checkpoint_sign(struct txn *txn, const struct origin *origin,
                              struct arena *arena, struct text *document,
                              struct error *err);

struct checkpoint {
    struct text study;
    uint8_t folder_id[FOLDER_ID_SIZE];
    int64_t seq;
    struct hash head;
    struct text time;
    uint8_t public_key[SIGNING_PUBLIC_SIZE];
};

/* Reads a document and checks that its signature fits its own public key: whose key that
 * is, is for the reader to know. ERROR_REFUSED otherwise. Texts are views. */
MUST_USE bool checkpoint_read(struct text document, struct checkpoint *out,
                              struct error *err);

#endif
