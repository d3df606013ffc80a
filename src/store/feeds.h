#ifndef OSTEON_STORE_FEEDS_H
#define OSTEON_STORE_FEEDS_H
/* Feeds as they stand and the messages that came (FEED_SET, FEED_MESSAGE_RECEIVED,
 * FEED_MESSAGE_SORTED). A message is known by the number of the event that received it.
 *
 * Its bytes are packed (zlib), sealed under the key of the month they came in, and bound
 * to the message's number and digest; they lie in `feed_raw` and nowhere else. They are
 * destroyed when its participant is erased, and all of a month with its key.
 * Results live in `arena`. Instants; 0: never.
 */
#include "store/event_content.h"
#include "store/txn.h"

struct feed {
    struct text name; /* "LIS@CENTRALLAB" */
    enum feed_standing standing;
    struct text label;       /* absent while nobody has set it */
    struct text certificate; /* SHA-256 in hex; absent: any */
    int64_t silent_after;    /* minutes; 0: never */
    int64_t set_by, set_at;
    int64_t last_at, last_message; /* that was taken */
    int64_t refused_at, refused_message;
};

struct feed_list {
    struct feed *at;
    size_t count;
};

struct feed_message {
    int64_t id;
    struct text feed, control;
    struct hash digest;
    int64_t size;
    struct text type, version;
    struct text message_time; /* as written; may be absent */
    int64_t received;
    enum feed_state state;
    struct text reason, said; /* may be absent */
    bool is_kept;             /* its bytes were, when it came */
    int64_t participant;      /* 0: not known */
    int64_t sorted;           /* the event that said so last; 0: none */
};

struct feed_message_list {
    struct feed_message *at;
    size_t count;
};

/* How many messages of a feed are in a state that waits. */
struct feed_open {
    struct text feed;
    enum feed_state state;
    int64_t count;
};

MUST_USE bool feeds_read(struct db *db, struct arena *arena, struct feed_list *out,
                         struct error *err);
/* NULL: nobody of this name has sent or was set. */
MUST_USE bool feed_find(struct db *db, struct text name, struct arena *arena,
                        struct feed **out, struct error *err);
/* Names that sent, and that no administrator has decided on. */
MUST_USE bool feeds_unknown(struct db *db, int64_t *out, struct error *err);
MUST_USE bool feed_count_since(struct db *db, struct text feed, int64_t since,
                               int64_t *out, struct error *err);
MUST_USE bool feeds_open(struct db *db, struct arena *arena, struct feed_open **out,
                         size_t *count, struct error *err);

/* NULL: there is none. */
MUST_USE bool feed_message_find(struct db *db, int64_t id, struct arena *arena,
                                struct feed_message **out, struct error *err);
/* All of a feed with this control id, the first to come first. */
MUST_USE bool feed_messages_same(struct db *db, struct text feed, struct text control,
                                 struct arena *arena, struct feed_message_list *out,
                                 struct error *err);
/* At most `most` in this state behind the message `after`, the first to come first: what
 * is to be filed. */
MUST_USE bool feed_messages_in(struct db *db, enum feed_state state, int64_t after,
                               size_t most, struct arena *arena,
                               struct feed_message_list *out, struct error *err);
/* At most `most` before the message `before`, the last to come first; `state`
 * FEED_STATES: in any. */
MUST_USE bool feed_messages_latest(struct db *db, enum feed_state state, int64_t before,
                                   size_t most, struct arena *arena,
                                   struct feed_message_list *out, struct error *err);

/* At most `most` behind the message `after`, in any state. */
MUST_USE bool feed_messages_after(struct db *db, int64_t after, size_t most,
                                  struct arena *arena, struct feed_message_list *out,
                                  struct error *err);

/* Keeps the bytes of the message `id`, whose event is appended in the same unit. */
MUST_USE bool feed_raw_keep(struct txn *txn, int64_t id, const struct hash *digest,
                            struct text bytes, struct error *err);
/* The bytes as they came. Absent: they were destroyed, or never kept. ERROR_DAMAGED: what
 * lies there is not what came. */
MUST_USE bool feed_raw_read(struct db *db, const struct feed_message *message,
                            struct arena *arena, struct text *out, struct error *err);

#endif
