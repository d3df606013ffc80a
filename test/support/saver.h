#ifndef OSTEON_TEST_SAVER_H
#define OSTEON_TEST_SAVER_H
/* Saves of a known shape, straight at the store: for the power-cut proof and the bench's
 * floor. Save n of a saver writes the same text "n" into every item of its form, so that
 * half a save can be told from a whole one. All text is SYNTHETIC.
 */
#include "store/store.h"
#include "store/txn.h"

enum { SAVER_ITEMS_MOST = 40 };

struct saver {
    struct store *store;
    int64_t participant;
    int item_count;
    int64_t n;            /* of the save under way or last tried */
    int64_t acknowledged; /* highest n that was acknowledged */
    struct version base;  /* of the last acknowledged save */
    uint8_t batch[BATCH_ID_SIZE];
    uint8_t acknowledged_batch[BATCH_ID_SIZE];
    struct arena *arena;
    struct unit unit;
    struct version version; /* of the save under way */
    struct text items[SAVER_ITEMS_MOST];
};

/* A folder with a participant for each of `count` savers; the store is closed again. */
void saver_folder(const char *folder, const char *keyring, int count);

/* Participant `index` (from 0) of a folder made so. */
void saver_begin(struct saver *saver, struct store *store, int index, int item_count);
/* Goes on from what stands in the folder, as a page that was opened again. */
bool saver_resume(struct saver *saver, struct error *err);
void saver_end(struct saver *saver);

/* One save, waited for; false when it was not confirmed. */
bool saver_save(struct saver *saver, struct error *err);

/* The two halves of it, for who does not wait: the unit of the next save, whose `done` is
 * the caller's to set, and the word that it was confirmed. */
struct unit *saver_next(struct saver *saver);
void saver_acknowledge(struct saver *saver);

/* The proof for one saver against a folder after recovery: the acknowledged save or a
 * later one that was tried stands, whole. False fills `err` with what is wrong. */
bool saver_holds(const struct saver *saver, struct store *store, struct error *err);

#endif
