/* The bytes of messages as they came: packed by zlib, sealed with AES-256-GCM under the
 * key of the month, bound to the message's number and digest. */
#include "base/bytes.h"
#include "base/datetime.h"
#include "base/limits.h"
#include "store/data_key.h"
#include "store/feeds.h"

#include <zlib.h>

enum {
    PACKED_NOT = 0,
    PACKED_DEFLATE = 1,
    BOUND_SIZE = 19 + 8 + HASH_SIZE,
    HEAD_MOST = 16 /* before the packed bytes */
};

/* --- keys ----------------------------------------------------------------------------- */

static int64_t month_of(int64_t instant)
{
    struct moment moment = moment_of_instant(instant, 0);
    return (int64_t)moment.year * 12 + moment.month - 1;
}

static bool find_period(struct db *db, int64_t month, int64_t *key, struct error *err)
{
    struct rows rows =
        db_query(db, STATEMENT_FEED_PERIOD_FIND, BINDS(bind_number(month)));
    *key = rows_next(&rows) ? rows_number(&rows, 0) : 0;
    return rows_end(&rows, err);
}

/* The first message of a month makes its key. */
static bool key_of_month(struct db *db, int64_t now, const struct data_key **out,
                         struct error *err)
{
    int64_t month = month_of(now);
    int64_t id = 0;
    if (!find_period(db, month, &id, err))
        return false;
    if (id == 0 && (!data_key_make_apart(db, &id, err) ||
                    !db_run(db, STATEMENT_FEED_PERIOD_INSERT,
                            BINDS(bind_number(month), bind_number(id)), err)))
        return false;
    if (!data_key_by_id(db, id, out, err))
        return false;
    return (*out != NULL && !(*out)->is_destroyed) ||
           error_set(err, ERROR_DAMAGED, "the key of the feeds' month is missing");
}

/* --- packing and sealing -------------------------------------------------------------- */

static bool bound_to(struct buffer *out, int64_t id, const struct hash *digest,
                     struct text *bound, struct error *err)
{
    BUFFER_LITERAL(out, "osteon feed message");
    bytes_put_fixed64(out, (uint64_t)id);
    buffer_bytes(out, digest->bytes, HASH_SIZE);
    return buffer_text(out, bound, err);
}

/* As zlib packs it, or as it is where that is no shorter. */
static struct text pack(struct arena *arena, struct text bytes)
{
    uLongf size = compressBound(bytes.len);
    struct buffer out = buffer_in(arena, size + bytes.len + HEAD_MOST);
    buffer_reserve(&out, size + HEAD_MOST);
    buffer_byte(&out, PACKED_DEFLATE);
    bytes_put_unsigned(&out, bytes.len);
    ASSERT(compress2((Bytef *)out.at + out.len, &size, (const Bytef *)bytes.at,
                     bytes.len, Z_BEST_SPEED) == Z_OK);
    out.len += size;
    if (size >= bytes.len) {
        out.len = 0;
        buffer_byte(&out, PACKED_NOT);
        buffer_text_add(&out, bytes);
    }
    return (struct text){out.at, out.len};
}

static bool unpack(struct text packed, struct arena *arena, struct text *out)
{
    struct text body = text_part(packed, 1, packed.len);
    *out = body;
    if (packed.len > 0 && packed.at[0] == PACKED_NOT)
        return true;
    struct bytes_reader in = bytes_read(body);
    uint64_t len = bytes_get_unsigned(&in);
    if (packed.len == 0 || packed.at[0] != PACKED_DEFLATE || in.is_bad ||
        len > LIMIT_FEED_MESSAGE)
        return false;
    uLongf size = (uLongf)len;
    char *plain = arena_alloc(arena, len + 1);
    *out = (struct text){plain, (size_t)len};
    return uncompress((Bytef *)plain, &size, (const Bytef *)in.rest.at, in.rest.len) ==
               Z_OK &&
           size == len;
}

bool feed_raw_keep(struct txn *txn, int64_t id, const struct hash *digest,
                   struct text bytes, struct error *err)
{
    struct arena *arena = txn_arena(txn);
    const struct data_key *key = NULL;
    struct buffer buffer = buffer_in(arena, BOUND_SIZE);
    struct text bound;
    if (bytes.len > LIMIT_FEED_MESSAGE)
        return error_set(err, ERROR_TOO_LARGE, "a message of %zu bytes", bytes.len);
    if (!key_of_month(txn_db(txn), txn_now(txn), &key, err) ||
        !bound_to(&buffer, id, digest, &bound, err))
        return false;
    struct text packed = pack(arena, bytes);
    uint8_t *sealed = arena_alloc(arena, packed.len + SEAL_OVERHEAD);
    seal(&key->key, packed, bound, sealed);
    return db_run(txn_db(txn), STATEMENT_FEED_RAW_INSERT,
                  BINDS(bind_number(id), bind_number(key->id),
                        bind_bytes(sealed, packed.len + SEAL_OVERHEAD)),
                  err);
}

/* --- reading -------------------------------------------------------------------------- */

/* The sealed bytes in `arena`, and the number of their key. Absent: there are none. */
static bool read_sealed(struct db *db, int64_t id, struct arena *arena, int64_t *key,
                        struct text *out, struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_FEED_RAW_FIND, BINDS(bind_number(id)));
    *out = (struct text){0};
    if (rows_next(&rows) && !rows_is_null(&rows, 1)) {
        *key = rows_number(&rows, 0);
        *out = text_copy(arena, rows_bytes(&rows, 1));
    }
    return rows_end(&rows, err);
}

static bool open_sealed(const struct data_key *key, const struct feed_message *message,
                        struct text sealed, struct arena *arena, struct text *out,
                        struct error *err)
{
    struct buffer buffer = buffer_in(arena, BOUND_SIZE);
    struct text bound;
    if (!bound_to(&buffer, message->id, &message->digest, &bound, err))
        return false;
    uint8_t *packed = arena_alloc(arena, sealed.len + 1);
    bool is_open =
        sealed.len > SEAL_OVERHEAD && unseal(&key->key, sealed, bound, packed) &&
        unpack((struct text){(const char *)packed, sealed.len - SEAL_OVERHEAD}, arena,
               out);
    struct hash digest = is_open ? hash_of(*out) : (struct hash){{0}};
    return (is_open && hash_equal(&digest, &message->digest)) ||
           error_set(err, ERROR_DAMAGED,
                     "what is kept of message %lld is not what came",
                     (long long)message->id);
}

bool feed_raw_read(struct db *db, const struct feed_message *message,
                   struct arena *arena, struct text *out, struct error *err)
{
    int64_t id = 0;
    struct text sealed;
    const struct data_key *key = NULL;
    *out = (struct text){0};
    if (!read_sealed(db, message->id, arena, &id, &sealed, err))
        return false;
    if (text_is_absent(sealed))
        return true;
    if (!data_key_by_id(db, id, &key, err))
        return false;
    if (key == NULL)
        return error_set(err, ERROR_DAMAGED, "the key of message %lld is missing",
                         (long long)message->id);
    return key->is_destroyed || open_sealed(key, message, sealed, arena, out, err);
}
