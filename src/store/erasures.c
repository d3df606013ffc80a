#include "store/erasures.h"

#include "base/hex.h"
#include "model/event.h"

#include <inttypes.h>
#include <string.h>

enum { LIST_LARGEST = 16 * 1024 * 1024 };

struct mark {
    int64_t participant, seq;
    struct hash hash;
};

struct mark_list {
    struct mark *at;
    size_t count, capacity;
};

/* --- the list ------------------------------------------------------------------------- */

static bool parse_line(struct text line, struct mark *out)
{
    struct text participant = text_cut(&line, ' ');
    struct text seq = text_cut(&line, ' ');
    return text_to_int64(participant, &out->participant) &&
           text_to_int64(seq, &out->seq) && hex_parse(line, out->hash.bytes, HASH_SIZE);
}

static void add(struct mark_list *list, const struct mark *mark, struct arena *arena)
{
    list->at = ARENA_GROW(arena, list->at, list->count, &list->capacity);
    list->at[list->count++] = *mark;
}

static bool read_list(struct store *store, struct arena *arena, struct mark_list *out,
                      struct error *err)
{
    struct text content = {0};
    *out = (struct mark_list){0};
    if (!keyring_file_read(store->options.keyring, store->folder.id, "erased",
                           LIST_LARGEST, arena, &content, err))
        return false;
    while (content.len > 0) {
        struct mark mark;
        if (!parse_line(text_cut(&content, '\n'), &mark))
            return error_set(err, ERROR_DAMAGED,
                             "the list of erasures in the key ring is not whole");
        add(out, &mark, arena);
    }
    return true;
}

static bool write_list(struct store *store, const struct mark_list *list,
                       struct arena *arena, struct error *err)
{
    struct buffer buffer = buffer_in(arena, LIST_LARGEST);
    struct text content = {0};
    for (size_t i = 0; i < list->count; i++) {
        char hex[HEX_SIZE(HASH_SIZE)];
        size_t len = hex_print(list->at[i].hash.bytes, HASH_SIZE, hex);
        buffer_format(&buffer, "%" PRId64 " %" PRId64 " %.*s\n",
                      list->at[i].participant, list->at[i].seq, (int)len, hex);
    }
    return buffer_text(&buffer, &content, err) &&
           keyring_file_write(store->options.keyring, store->folder.id, "erased",
                              content, err);
}

/* --- noting --------------------------------------------------------------------------- */

/* The event with which the participant's record began. */
static bool find_beginning(struct db *db, int64_t participant, struct mark *out,
                           struct error *err)
{
    struct rows rows =
        db_query(db, STATEMENT_LOG_BEGINNING_OF, BINDS(bind_number(participant)));
    out->participant = participant;
    bool is_found = rows_next(&rows);
    out->seq = is_found ? rows_number(&rows, 0) : 0;
    bool is_whole = is_found && rows_fixed(&rows, 1, out->hash.bytes, HASH_SIZE);
    return rows_end(&rows, err) &&
           (is_whole || error_set(err, ERROR_DAMAGED,
                                  "the log does not have the events of participant "
                                  "%" PRId64,
                                  participant));
}

static bool is_listed(const struct mark_list *list, const struct mark *mark)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].participant == mark->participant &&
            hash_equal(&list->at[i].hash, &mark->hash))
            return true;
    return false;
}

static bool note_all(struct store *store, struct arena *arena, struct error *err)
{
    struct mark_list list;
    struct db *db = store->writer.db;
    size_t erased_count = 0, capacity = 0;
    int64_t *erased = NULL;
    if (!read_list(store, arena, &list, err))
        return false;
    struct rows rows = db_query(db, STATEMENT_LOG_ERASED, NO_BINDS);
    while (rows_next(&rows)) {
        erased = ARENA_GROW(arena, erased, erased_count, &capacity);
        erased[erased_count++] = rows_number(&rows, 0);
    }
    if (!rows_end(&rows, err))
        return false;
    size_t before = list.count;
    for (size_t i = 0; i < erased_count; i++) {
        struct mark mark;
        if (!find_beginning(db, erased[i], &mark, err))
            return false;
        if (!is_listed(&list, &mark))
            add(&list, &mark, arena);
    }
    return list.count == before || write_list(store, &list, arena, err);
}

bool erasures_note(struct store *store, struct error *err)
{
    struct arena *arena = arena_new(2 * LIST_LARGEST);
    bool is_noted = note_all(store, arena, err);
    arena_free(arena);
    return is_noted;
}

/* --- applying ------------------------------------------------------------------------- */

/* The very record that was erased, with its key still there? */
static bool is_back(struct db *db, const struct mark *mark, bool *out,
                    struct error *err)
{
    struct mark found = {0};
    struct rows rows = db_query(db, STATEMENT_KEY_OF_PARTICIPANT,
                                BINDS(bind_number(mark->participant)));
    bool has_key = rows_next(&rows) && !rows_is_null(&rows, 2);
    *out = false;
    if (!rows_end(&rows, err))
        return false;
    if (!has_key)
        return true;
    if (!find_beginning(db, mark->participant, &found, err))
        return false;
    *out = found.seq == mark->seq && hash_equal(&found.hash, &mark->hash);
    return true;
}

struct again {
    const int64_t *participants;
    size_t count;
};

static bool erase_again(struct txn *txn, void *data, struct error *err)
{
    const struct again *again = data;
    struct origin origin = {.device = TEXT("osteon")};
    struct participant_erased content = {
        .reason = TEXT("erased before this back-up was restored: erased again")};
    for (size_t i = 0; i < again->count; i++)
        if (!txn_append(txn, LOG_EVENT_PARTICIPANT_ERASED, &origin,
                        again->participants[i], &content, NULL, err))
            return false;
    return true;
}

static bool apply(struct store *store, struct arena *arena, struct error *err)
{
    struct mark_list list;
    struct again again = {0};
    if (!read_list(store, arena, &list, err))
        return false;
    if (list.count == 0)
        return true;
    int64_t *participants = ARENA_ARRAY(arena, int64_t, list.count);
    struct db *db = store_reader(store);
    bool is_read = true;
    for (size_t i = 0; is_read && i < list.count; i++) {
        bool is_there = false;
        is_read = is_back(db, &list.at[i], &is_there, err);
        if (is_there)
            participants[again.count++] = list.at[i].participant;
    }
    store_reader_return(store, db);
    again.participants = participants;
    struct unit unit = {.apply = erase_again, .data = &again};
    return is_read && (again.count == 0 || store_write(store, &unit, err));
}

bool erasures_apply(struct store *store, struct error *err)
{
    struct arena *arena = arena_new(2 * LIST_LARGEST);
    bool is_applied = apply(store, arena, err);
    arena_free(arena);
    return is_applied || error_in(err, "erasing again what an earlier erasure took");
}
