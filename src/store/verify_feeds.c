/* What is kept of the messages of feeds is what came: each opens under its key, and has
 * the digest that its event says: the messages are those of the rebuilt tables. */
#include "base/limits.h"
#include "store/data_key.h"
#include "store/feeds.h"
#include "store/verify_inside.h"

enum { AT_ONCE = 64, PORTION_ARENA = 2 * LIMIT_FEED_MESSAGE * AT_ONCE };

/* Its participant was erased, and the bytes with the key. */
static bool is_erased(struct verify *verify, const struct feed_message *message)
{
    const struct data_key *key = NULL;
    struct error why = {0};
    return message->participant != 0 &&
           !data_key_for(verify->live, message->participant, &key, &why) &&
           why.code == ERROR_REFUSED;
}

static bool check_message(struct verify *verify, const struct feed_message *message,
                          struct arena *arena, struct error *err)
{
    struct text bytes;
    long long id = message->id;
    if (!feed_raw_read(verify->live, message, arena, &bytes, err)) {
        if (err->code != ERROR_DAMAGED)
            return false;
        verify_add(verify, VERIFY_TABLE, 0, "table feed_raw, row id %lld: %s", id,
                   err->text);
        return true;
    }
    if (text_is_absent(bytes) && message->is_kept && !is_erased(verify, message))
        verify_add(verify, VERIFY_TABLE, 0,
                   "table feed_raw, row id %lld: the message that came is missing", id);
    return true;
}

static bool check_portion(struct verify *verify, int64_t *after, size_t *count,
                          struct error *err)
{
    struct arena *arena = arena_new(PORTION_ARENA);
    struct feed_message_list list;
    bool is_read =
        feed_messages_after(verify->scratch, *after, AT_ONCE, arena, &list, err);
    *count = is_read ? list.count : 0;
    for (size_t i = 0; is_read && i < list.count; i++) {
        struct arena_mark mark = arena_mark(arena);
        *after = list.at[i].id;
        is_read = check_message(verify, &list.at[i], arena, err);
        arena_rewind(arena, mark);
    }
    arena_free(arena);
    return is_read;
}

bool verify_feeds(struct verify *verify, struct error *err)
{
    int64_t after = 0, strays = 0;
    size_t count = 0;
    if (db_lacks_table(verify->live, "feed_raw"))
        return true;
    do {
        if (!check_portion(verify, &after, &count, err))
            return false;
    } while (count == AT_ONCE);
    if (!db_number(verify->live, STATEMENT_FEED_RAW_STRAY, NO_BINDS, &strays, err))
        return false;
    if (strays > 0)
        verify_add(verify, VERIFY_TABLE, 0,
                   "table feed_raw: no event made %lld of its "
                   "rows",
                   (long long)strays);
    return true;
}
