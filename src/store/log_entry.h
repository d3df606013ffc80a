#ifndef OSTEON_STORE_LOG_ENTRY_H
#define OSTEON_STORE_LOG_ENTRY_H
/* One row of the log as it stands on disk, and the three things that hold it:
 *
 *  hash     SHA-256 of the canonical bytes of all columns, in order: numbers as eight
 *           bytes little endian, what may be NULL behind a presence byte, texts and
 *           bytes behind their length. It covers the hash before, so rows are a chain;
 *           the first hash before is made from the study's OID and the folder's id.
 *  seal     AES-256-GCM of the payload with a data key; bound to all other columns,
 *           the hash before included. Who computes the chain anew after a change cannot
 *           make the seals fit without the keys.
 *  number   1, 2, 3 … without a gap.
 */
#include "base/buffer.h"
#include "store/db.h"
#include "store/reads.h"

struct log_entry {
    int64_t seq, kind, kind_version;
    int64_t server_time, written_time;
    bool has_device_time, has_stated_time;
    int64_t device_time, stated_time;
    int64_t user; /* 0 is NULL */
    struct text device;
    int64_t participant; /* 0 is NULL */
    int64_t data_key;
    struct text payload; /* sealed */
    struct hash previous_hash, hash;
};

struct hash log_first_hash(struct text study_oid, const uint8_t *folder_id, size_t len);

/* What the seal is bound to, and the rest of what the hash covers: appended to `out`. */
void log_entry_bound(const struct log_entry *entry, struct buffer *out);
struct hash log_entry_hash(const struct log_entry *entry, struct text bound,
                           struct hasher *hasher);

/* The row of a LOG_… statement; views until the next row. False: a column has a type or
 * size that no log has. */
bool log_entry_read(const struct rows *rows, struct log_entry *out);
MUST_USE bool log_entry_insert(struct db *db, const struct log_entry *entry,
                               struct error *err);

enum log_opened {
    LOG_OPENED,
    LOG_ERASED,     /* its key is destroyed */
    LOG_NO_KEY,     /* there is no such key */
    LOG_BAD_SEAL,   /* changed after sealing, or not with this key */
    LOG_LATER_KIND, /* of a later program */
    LOG_MALFORMED   /* sealed rightly, but not what its kind says */
};
/* Opens and decodes: `out->content` lives in `arena`, and is NULL unless LOG_OPENED. False
 * only when the database or the key ring fails. */
MUST_USE bool log_entry_open(struct db *db, const struct log_entry *entry,
                             struct arena *arena, struct log_row *out,
                             enum log_opened *how, struct error *err);

/* The columns alone, and whether the key is destroyed. */
MUST_USE bool log_entry_columns(struct db *db, const struct log_entry *entry,
                                struct arena *arena, struct log_row *out,
                                struct error *err);

/* The event of this number, opened, whole: also the values of the vault. ERROR_DAMAGED
 * when it cannot be opened. */
MUST_USE bool log_event(struct db *db, int64_t seq, struct arena *arena,
                        struct log_row *out, struct error *err);

#endif
