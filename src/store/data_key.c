#include "store/data_key.h"

#include <string.h>

enum {
    KEPT = 1024, /* a power of two */
    WRAPPED_SIZE = KEY_SIZE + SEAL_OVERHEAD,
    ASSOCIATED_SIZE = 15 + FOLDER_ID_SIZE + 16
};

struct data_keys {
    uint8_t folder_id[FOLDER_ID_SIZE];
    struct key wrapping;
    struct data_key by_id[KEPT];
    struct data_key by_participant[KEPT];
};

static void forget_at_end(void *data)
{
    wipe(data, sizeof(struct data_keys));
}

void data_keys_open(struct db *db, struct arena *arena,
                    const uint8_t folder_id[FOLDER_ID_SIZE],
                    const struct folder_secret *secret)
{
    db->keys = ARENA_NEW(arena, struct data_keys);
    memcpy(db->keys->folder_id, folder_id, FOLDER_ID_SIZE);
    db->keys->wrapping = secret->wrapping;
    arena_on_end(arena, forget_at_end, db->keys);
}

void data_keys_forget(struct db *db)
{
    if (db->keys == NULL)
        return;
    wipe(db->keys->by_id, sizeof db->keys->by_id);
    wipe(db->keys->by_participant, sizeof db->keys->by_participant);
}

static void put_number(uint8_t *at, int64_t number)
{
    for (unsigned i = 0; i < 8; i++)
        at[i] = (uint8_t)((uint64_t)number >> (8 * i));
}

/* What a wrapped key is bound to: it cannot be moved to another number, participant or
 * folder. */
static struct text bound_to(const struct data_keys *keys, int64_t id,
                            int64_t participant, uint8_t out[ASSOCIATED_SIZE])
{
    const struct text purpose = TEXT("osteon data key");
    memcpy(out, purpose.at, purpose.len);
    out += purpose.len;
    memcpy(out, keys->folder_id, FOLDER_ID_SIZE);
    put_number(out + FOLDER_ID_SIZE, id);
    put_number(out + FOLDER_ID_SIZE + 8, participant);
    return (struct text){.at = (const char *)out - purpose.len, .len = ASSOCIATED_SIZE};
}

static bool unwrap(const struct data_keys *keys, const struct rows *row,
                   struct data_key *out)
{
    *out = (struct data_key){.id = rows_number(row, 0),
                             .participant = rows_number(row, 1),
                             .is_destroyed = rows_is_null(row, 2)};
    struct text wrapped = rows_bytes(row, 2);
    uint8_t associated[ASSOCIATED_SIZE];
    return out->is_destroyed ||
           (wrapped.len == WRAPPED_SIZE &&
            unseal(&keys->wrapping, wrapped,
                   bound_to(keys, out->id, out->participant, associated),
                   out->key.bytes));
}

bool data_key_unwraps(struct db *db, const struct rows *row)
{
    struct data_key opened;
    bool is_open = unwrap(db->keys, row, &opened);
    wipe(&opened, sizeof opened);
    return is_open;
}

/* Reads one row into `*kept`; its id stays 0 when there is none. */
static bool load(struct db *db, enum statement statement, int64_t number,
                 struct data_key *kept, struct error *err)
{
    *kept = (struct data_key){0};
    struct rows rows = db_query(db, statement, BINDS(bind_number(number)));
    bool is_open = !rows_next(&rows) || unwrap(db->keys, &rows, kept);
    if (!rows_end(&rows, err))
        return false;
    if (is_open)
        return true;
    *kept = (struct data_key){0};
    return error_set(err, ERROR_DAMAGED,
                     "data key %lld cannot be unwrapped: it was changed, or the key "
                     "ring holds another folder's key",
                     (long long)number);
}

static bool have_ring(const struct db *db, struct error *err)
{
    return db->keys != NULL ||
           error_set(err, ERROR_NOT_FOUND,
                     "the key ring does not hold the key of this folder");
}

bool data_key_by_id(struct db *db, int64_t id, const struct data_key **found,
                    struct error *err)
{
    *found = NULL;
    if (!have_ring(db, err))
        return false;
    if (id < DATA_KEY_STUDY)
        return true;
    struct data_key *kept = &db->keys->by_id[(uint64_t)id & (KEPT - 1)];
    if (kept->id != id && !load(db->log, STATEMENT_KEY_BY_ID, id, kept, err))
        return false;
    *found = kept->id == id ? kept : NULL;
    return true;
}

static bool make(struct db *db, int64_t participant, int64_t *out, struct error *err)
{
    int64_t id = 0;
    if (!have_ring(db, err) || !db_number(db, STATEMENT_KEY_NEXT, NO_BINDS, &id, err))
        return false;
    *out = id;
    struct key key;
    random_bytes(key.bytes, KEY_SIZE);
    uint8_t associated[ASSOCIATED_SIZE];
    uint8_t wrapped[WRAPPED_SIZE];
    seal(&db->keys->wrapping,
         (struct text){.at = (const char *)key.bytes, .len = KEY_SIZE},
         bound_to(db->keys, id, participant, associated), wrapped);
    wipe(&key, sizeof key);
    return db_run(db, STATEMENT_KEY_INSERT,
                  BINDS(bind_number(id), bind_number_if(participant != 0, participant),
                        bind_bytes(wrapped, sizeof wrapped)),
                  err);
}

bool data_key_make(struct db *db, int64_t participant, struct error *err)
{
    int64_t id = 0;
    return make(db, participant, &id, err);
}

bool data_key_make_apart(struct db *db, int64_t *id, struct error *err)
{
    return make(db, 0, id, err);
}

bool data_key_for(struct db *db, int64_t participant, const struct data_key **out,
                  struct error *err)
{
    if (participant == 0)
        return data_key_by_id(db, DATA_KEY_STUDY, out, err) &&
               (*out != NULL ||
                error_set(err, ERROR_DAMAGED, "the study's data key is missing"));
    if (!have_ring(db, err))
        return false;
    struct data_key *kept =
        &db->keys->by_participant[(uint64_t)participant & (KEPT - 1)];
    if (kept->participant != participant &&
        !load(db, STATEMENT_KEY_OF_PARTICIPANT, participant, kept, err))
        return false;
    if (kept->id == 0)
        return error_set(err, ERROR_NOT_FOUND, "there is no participant %lld",
                         (long long)participant);
    *out = kept;
    return !kept->is_destroyed ||
           error_set(err, ERROR_REFUSED, "participant %lld was erased",
                     (long long)participant);
}

bool data_key_destroy(struct db *db, int64_t participant, struct error *err)
{
    data_keys_forget(db);
    return db_run(db, STATEMENT_KEY_DESTROY, BINDS(bind_number(participant)), err);
}
