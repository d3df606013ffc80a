/* The walk along the chain. Each event is opened once: its seal is proof of its columns,
 * and what it says goes through the same projections as when it happened. */
#include "store/event.h"
#include "store/names.h"
#include "store/verify_inside.h"

#include <string.h>

struct erasure {
    int64_t participant;
    bool has_event; /* PARTICIPANT_ERASED was read */
    int64_t first_unreadable;
};

struct walk {
    struct verify *verify;
    struct db *live;
    struct arena *arena; /* of one event */
    struct hasher *hasher;
    struct buffer bound;
    int64_t seq;          /* of the event before */
    struct hash stored;   /* its hash as it stands */
    struct hash computed; /* and as it should */
    struct erasure *erasures;
    size_t erasure_count, erasure_capacity;
};

/* -- Erasures ---------------------------------------------------------------------- */

static struct erasure *erasure_of(struct walk *walk, int64_t participant)
{
    for (size_t i = 0; i < walk->erasure_count; i++)
        if (walk->erasures[i].participant == participant)
            return &walk->erasures[i];
    if (walk->erasure_count == walk->erasure_capacity) {
        size_t capacity = 2 * walk->erasure_capacity + 16;
        struct erasure *grown =
            ARENA_ARRAY(walk->verify->arena, struct erasure, capacity);
        if (walk->erasure_count > 0)
            memcpy(grown, walk->erasures, walk->erasure_count * sizeof *grown);
        walk->erasures = grown;
        walk->erasure_capacity = capacity;
    }
    struct erasure *erasure = &walk->erasures[walk->erasure_count++];
    *erasure = (struct erasure){.participant = participant};
    return erasure;
}

static const struct text *names_of(const struct log_row *row, size_t *count)
{
    if (row->kind == LOG_EVENT_IMPORT_ABANDONED) {
        const struct import_abandoned *abandoned = row->content;
        *count = abandoned->name_count;
        return abandoned->names;
    }
    const struct participant_erased *erased = row->content;
    *count = erased->name_count;
    return erased->names;
}

/* The names that stood in events which nobody can read any more are in the events of the
 * erasures, by their numbers: they are given first. */
static bool take_erasures_of(struct walk *walk, enum log_event_kind kind,
                             struct error *err)
{
    struct db *scratch = walk->verify->scratch;
    struct rows rows =
        db_query(walk->live, STATEMENT_LOG_OF_KIND, BINDS(bind_number(kind)));
    bool is_good = true;
    while (is_good && rows_next(&rows)) {
        struct log_entry entry;
        struct log_row row;
        enum log_opened how = LOG_BAD_SEAL;
        arena_reset(walk->arena);
        struct error ignored;
        if (!log_entry_read(&rows, &entry) ||
            !log_entry_open(walk->live, &entry, walk->arena, &row, &how, &ignored) ||
            how != LOG_OPENED)
            continue; /* the walk will say what is wrong with it */
        if (row.participant != 0)
            erasure_of(walk, row.participant)->has_event = true;
        size_t count = 0;
        const struct text *names = names_of(&row, &count);
        for (size_t i = 0; is_good && i < count; i++) {
            int64_t number = 0;
            is_good = names_number(scratch, names[i], &number, err);
        }
    }
    return rows_end_after(&rows, is_good, err);
}

static bool take_erasures(struct walk *walk, struct error *err)
{
    return take_erasures_of(walk, LOG_EVENT_PARTICIPANT_ERASED, err) &&
           take_erasures_of(walk, LOG_EVENT_IMPORT_ABANDONED, err);
}

static void judge_erasures(struct walk *walk)
{
    for (size_t i = 0; i < walk->erasure_count; i++) {
        const struct erasure *erasure = &walk->erasures[i];
        if (!erasure->has_event)
            verify_add(walk->verify, VERIFY_ERASURE, erasure->first_unreadable,
                       "the key of participant %lld is destroyed, but the log tells of "
                       "no erasure",
                       (long long)erasure->participant);
        else if (erasure->first_unreadable == 0)
            verify_add(walk->verify, VERIFY_ERASURE, 0,
                       "participant %lld was erased, but its key is still there",
                       (long long)erasure->participant);
    }
}

/* -- The chain --------------------------------------------------------------------- */

static bool seal_fits(struct walk *walk, const struct log_entry *entry)
{
    struct log_row row;
    struct error ignored;
    enum log_opened how = LOG_BAD_SEAL;
    return walk->live->keys != NULL &&
           log_entry_open(walk->live, entry, walk->arena, &row, &how, &ignored) &&
           (how == LOG_OPENED || how == LOG_LATER_KIND);
}

/* Which column was changed shows in what the seal, bound to all others, still fits. */
static void name_change(struct walk *walk, const struct log_entry *entry)
{
    long long seq = entry->seq;
    struct log_entry with_true_link = *entry;
    with_true_link.previous_hash = walk->stored;
    if (seal_fits(walk, entry))
        verify_add(walk->verify, VERIFY_CHANGED, entry->seq,
                   "event %lld: column hash was changed", seq);
    else if (seal_fits(walk, &with_true_link))
        verify_add(walk->verify, VERIFY_CHANGED, entry->seq,
                   "event %lld: column previous_hash was changed", seq);
    else
        verify_add(walk->verify, VERIFY_CHANGED, entry->seq,
                   "event %lld was changed: it is not what its hash says", seq);
}

static bool check_number(struct walk *walk, const struct log_entry *entry)
{
    int64_t expected = walk->seq + 1;
    if (entry->seq == expected)
        return true;
    if (entry->seq - expected == 1)
        verify_add(walk->verify, VERIFY_MISSING, expected, "event %lld is missing",
                   (long long)expected);
    else
        verify_add(walk->verify, VERIFY_MISSING, expected,
                   "events %lld to %lld are missing", (long long)expected,
                   (long long)(entry->seq - 1));
    return false;
}

static void check_chain(struct walk *walk, const struct log_entry *entry)
{
    bool is_next = check_number(walk, entry);
    walk->bound.len = 0;
    log_entry_bound(entry, &walk->bound);
    struct hash computed = log_entry_hash(
        entry, (struct text){walk->bound.at, walk->bound.len}, walk->hasher);
    bool is_changed = !hash_equal(&computed, &entry->hash);
    if (is_changed)
        name_change(walk, entry);
    /* After an event whose hash column was changed, the true hash is what must follow. */
    else if (is_next && !hash_equal(&entry->previous_hash, &walk->stored) &&
             !hash_equal(&entry->previous_hash, &walk->computed))
        verify_add(walk->verify, VERIFY_LINK, entry->seq,
                   "event %lld does not follow event %lld: their hashes do not meet",
                   (long long)entry->seq, (long long)walk->seq);
    walk->seq = entry->seq;
    walk->stored = entry->hash;
    walk->computed = computed;
}

/* -- What it says ------------------------------------------------------------------ */

static bool key_is_right(struct walk *walk, const struct log_entry *entry)
{
    const struct data_key *key = NULL;
    struct error ignored;
    if (!data_key_by_id(walk->live, entry->data_key, &key, &ignored) || key == NULL)
        return true; /* said elsewhere */
    bool is_study = entry->participant == 0 ||
                    entry->kind == LOG_EVENT_PARTICIPANT_ERASED ||
                    entry->kind == LOG_EVENT_IMPORT_ABANDONED;
    return key->participant == (is_study ? 0 : entry->participant);
}

static void say_unreadable(struct walk *walk, const struct log_entry *entry,
                           enum log_opened how)
{
    struct verify *verify = walk->verify;
    long long seq = entry->seq;
    switch (how) {
    case LOG_NO_KEY:
        verify_add(verify, VERIFY_KEY, entry->seq,
                   "event %lld: its data key %lld is missing", seq,
                   (long long)entry->data_key);
        break;
    case LOG_BAD_SEAL:
        verify_add(verify, VERIFY_SEAL, entry->seq,
                   "event %lld was changed after it was sealed, and the chain computed "
                   "anew",
                   seq);
        break;
    case LOG_LATER_KIND:
        verify_add(verify, VERIFY_LATER_KIND, entry->seq,
                   "event %lld is of kind %lld of a later version", seq,
                   (long long)entry->kind);
        break;
    case LOG_MALFORMED:
        verify_add(verify, VERIFY_CONTENT, entry->seq,
                   "event %lld does not say what its kind says", seq);
        break;
    case LOG_OPENED:
    case LOG_ERASED: break;
    }
}

static void check_first(struct walk *walk, const struct log_row *row)
{
    const struct store *store = walk->verify->store;
    const struct study_created *created = row->content;
    if (row->kind != LOG_EVENT_STUDY_CREATED ||
        !text_equal(created->study_oid, store->study_oid) ||
        memcmp(created->folder_id, store->folder.id, FOLDER_ID_SIZE) != 0)
        verify_add(walk->verify, VERIFY_CONTENT, 1,
                   "event 1 does not create this study in this folder");
}

static bool replay(struct walk *walk, const struct log_row *row, struct error *err)
{
    if (row->seq == 1)
        check_first(walk, row);
    const struct event_kind *kind = event_kind_of(row->kind);
    if (kind->project(walk->verify->scratch, row, err))
        return true;
    if (db_is_broken(walk->verify->scratch))
        return false;
    verify_add(walk->verify, VERIFY_CONTENT, row->seq,
               "event %lld does not fit what was before it: %s", (long long)row->seq,
               err->text);
    return true;
}

static bool check_content(struct walk *walk, const struct log_entry *entry,
                          struct error *err)
{
    struct log_row row;
    enum log_opened how = LOG_NO_KEY;
    if (!log_entry_open(walk->live, entry, walk->arena, &row, &how, err)) {
        if (err->code != ERROR_DAMAGED)
            return false;
        verify_add(walk->verify, VERIFY_KEY, entry->seq, "event %lld: %s",
                   (long long)entry->seq, err->text);
        return true;
    }
    if (!key_is_right(walk, entry))
        verify_add(walk->verify, VERIFY_KEY, entry->seq,
                   "event %lld is sealed with a key that is not its participant's",
                   (long long)entry->seq);
    if (how == LOG_ERASED) {
        walk->verify->report->erased_events++;
        struct erasure *erasure = erasure_of(walk, entry->participant);
        if (erasure->first_unreadable == 0)
            erasure->first_unreadable = entry->seq;
        return true;
    }
    if (how == LOG_OPENED)
        return replay(walk, &row, err);
    say_unreadable(walk, entry, how);
    return true;
}

static bool check_event(struct walk *walk, const struct rows *rows, struct error *err)
{
    struct verify *verify = walk->verify;
    struct log_entry entry;
    verify->report->events++;
    if (!log_entry_read(rows, &entry)) {
        verify_add(verify, VERIFY_CHANGED, entry.seq,
                   "event %lld was changed: a hash of it has not %d bytes",
                   (long long)entry.seq, HASH_SIZE);
        walk->seq = entry.seq;
        return true;
    }
    size_t findings = verify->report->finding_count;
    check_chain(walk, &entry);
    if (verify->checkpoint != NULL && verify->checkpoint->seq == entry.seq) {
        verify->has_checkpoint_hash = true;
        verify->checkpoint_hash = walk->computed;
    }
    /* What the chain has told already is not told twice. */
    bool is_whole = verify->report->finding_count == findings;
    return verify->scratch == NULL || !is_whole || check_content(walk, &entry, err);
}

static bool check_keys(struct walk *walk, struct error *err)
{
    struct rows rows = db_query(walk->live, STATEMENT_KEY_ALL, NO_BINDS);
    while (rows_next(&rows))
        if (!data_key_unwraps(walk->live, &rows))
            verify_add(walk->verify, VERIFY_KEY, 0,
                       "data key %lld was changed: it cannot be unwrapped",
                       (long long)rows_number(&rows, 0));
    return rows_end(&rows, err);
}

static bool walk_all(struct walk *walk, struct error *err)
{
    bool has_key = walk->verify->scratch != NULL;
    if (has_key && (!check_keys(walk, err) || !take_erasures(walk, err)))
        return false;
    struct rows rows = db_query(walk->live, STATEMENT_LOG_ALL, NO_BINDS);
    bool is_good = true;
    while (is_good && rows_next(&rows)) {
        arena_reset(walk->arena);
        is_good = check_event(walk, &rows, err);
    }
    struct error end;
    bool is_ended = rows_end(&rows, &end);
    if (is_good && !is_ended)
        *err = end;
    if (is_good && has_key)
        judge_erasures(walk);
    return is_good && is_ended;
}

bool verify_log(struct verify *verify, struct error *err)
{
    struct arena *lasting = arena_new(1024 * 1024);
    struct walk walk = {
        .verify = verify,
        .live = verify->live,
        .arena = arena_new(SIZE_MAX / 2),
        .hasher = hasher_new(lasting),
        .bound = buffer_in(lasting, 64 * 1024),
        .stored = verify->store->first_hash,
        .computed = verify->store->first_hash,
    };
    bool is_done = walk_all(&walk, err);
    verify->report->seq = walk.seq;
    verify->report->head = walk.stored;
    arena_free(walk.arena);
    arena_free(lasting);
    return is_done;
}
