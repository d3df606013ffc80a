#include "saver.h"

#include "store/heads.h"
#include "store/reads.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void must(bool is_done, const struct error *err)
{
    if (is_done)
        return;
    fprintf(stderr, "saver: %s\n", err->text);
    abort();
}

static const struct origin origin = {.user = 0,
                                     .device = {.at = "SYNTHETIC", .len = 9}};

static bool add_participant(struct txn *txn, void *data, struct error *err)
{
    int64_t *participant = data;
    if (!participant_next_id(txn_db(txn), participant, err))
        return false;
    struct participant_added content = {
        .participant = *participant,
        .site = TEXT("01"),
        .screening_number = text_format(txn_arena(txn), "S-%04d", (int)*participant)};
    return txn_append(txn, LOG_EVENT_PARTICIPANT_ADDED, &origin, *participant, &content,
                      NULL, err);
}

void saver_folder(const char *folder, const char *keyring, int count)
{
    struct error err;
    struct store_options options = {.folder = folder, .keyring = keyring};
    struct store_new what = {.study_oid = TEXT("SYNTHETIC"),
                             .design_xml = TEXT("<ODM/>"),
                             .design_version = TEXT("1")};
    must(store_create(&options, &what, &err), &err);
    struct store *store;
    must(store_open(&options, &store, &err), &err);
    for (int i = 0; i < count; i++) {
        int64_t participant = 0;
        struct unit unit = {.apply = add_participant, .data = &participant};
        must(store_write(store, &unit, &err), &err);
    }
    store_close(store);
}

void saver_begin(struct saver *saver, struct store *store, int index, int item_count)
{
    *saver = (struct saver){
        .store = store, .participant = index + 1, .item_count = item_count};
    saver->arena = arena_new(8 << 20);
    for (int i = 0; i < item_count; i++)
        saver->items[i] = text_format(saver->arena, "I.SYN.ITEM%02d", i);
}

void saver_end(struct saver *saver)
{
    arena_free(saver->arena);
}

static struct form_key key_of(const struct saver *saver)
{
    return (struct form_key){.participant = saver->participant,
                             .event = TEXT("SE.SYN"),
                             .event_repeat = 1,
                             .form = TEXT("F.SYN"),
                             .form_repeat = 1};
}

static bool apply_save(struct txn *txn, void *data, struct error *err)
{
    struct saver *saver = data;
    struct arena *arena = txn_arena(txn);
    struct values_saved saved = {.key = key_of(saver),
                                 .design_version = TEXT("1"),
                                 .has_batch = true,
                                 .corrected_time = txn_now(txn),
                                 .change_count = (size_t)saver->item_count,
                                 .answer = TEXT("ok"),
                                 .answered = saver->item_count,
                                 .expected = saver->item_count};
    memcpy(saved.batch, saver->batch, BATCH_ID_SIZE);
    if (!heads_load(txn_db(txn), &saved.key, arena, &saved.heads, err))
        return false;
    saved.changes = ARENA_ARRAY(arena, struct value_change, saved.change_count);
    struct text value = text_format(arena, "%lld", (long long)saver->n);
    struct head_author author = {.batch = saved.batch,
                                 .corrected_time = saved.corrected_time,
                                 .version.seq = txn_next_seq(txn)};
    for (int32_t i = 0; i < saver->item_count; i++) {
        struct value_change *change = &saved.changes[i];
        change->item = saver->items[i];
        change->new.value = value;
        change->has_base = saver->base.seq != 0;
        change->base.version = (struct version){.seq = saver->base.seq, .place = i};
        change->reason = change->has_base ? TEXT("SYNTHETIC") : (struct text){0};
        author.version.place = i;
        if (!heads_apply(saved.heads, txn_db(txn), change, &author, err))
            return false;
    }
    saver->version = author.version;
    return txn_append(txn, LOG_EVENT_VALUES_SAVED, &origin, saver->participant, &saved,
                      NULL, err);
}

/* Rises with n, as a UUIDv7 rises with time; differs between savers. */
static void next_batch(struct saver *saver)
{
    uint64_t n = (uint64_t)saver->n;
    for (int i = 0; i < 8; i++)
        saver->batch[i] = (uint8_t)(n >> (56 - 8 * i));
    for (int i = 0; i < 8; i++)
        saver->batch[8 + i] = (uint8_t)((uint64_t)saver->participant >> (56 - 8 * i));
}

struct unit *saver_next(struct saver *saver)
{
    saver->n++;
    next_batch(saver);
    saver->unit = (struct unit){.apply = apply_save, .data = saver};
    return &saver->unit;
}

void saver_acknowledge(struct saver *saver)
{
    saver->acknowledged = saver->n;
    saver->base = saver->version;
    memcpy(saver->acknowledged_batch, saver->batch, BATCH_ID_SIZE);
}

bool saver_save(struct saver *saver, struct error *err)
{
    if (!store_write(saver->store, saver_next(saver), err))
        return false;
    saver_acknowledge(saver);
    return true;
}

/* The one number that all items hold; -1 when they differ, 0 when there are none. */
static int64_t number_held(const struct saver *saver, const struct stored_value *values,
                           size_t count)
{
    if (count == 0)
        return 0;
    int64_t first = -1;
    if (count != (size_t)saver->item_count ||
        !text_to_int64(values[0].answer.value, &first))
        return -1;
    for (size_t i = 1; i < count; i++)
        if (!text_equal(values[i].answer.value, values[0].answer.value))
            return -1;
    return first;
}

static bool values_hold(const struct saver *saver, struct db *db, struct arena *arena,
                        struct error *err)
{
    struct form_key key = key_of(saver);
    struct form_state *form = NULL;
    struct stored_value *values = NULL;
    size_t count = 0;
    if (!form_find(db, &key, arena, &form, err))
        return false;
    if (form != NULL && !form_values(db, form->id, arena, &values, &count, err))
        return false;
    int64_t held = number_held(saver, values, count);
    if (held < 0)
        return error_set(err, ERROR_DAMAGED, "participant %d: half a save stands",
                         (int)saver->participant);
    if (held < saver->acknowledged || held > saver->n)
        return error_set(err, ERROR_DAMAGED,
                         "participant %d: save %lld was acknowledged, %lld stands",
                         (int)saver->participant, (long long)saver->acknowledged,
                         (long long)held);
    return true;
}

static bool batch_holds(const struct saver *saver, struct db *db, struct arena *arena,
                        struct error *err)
{
    if (saver->acknowledged == 0)
        return true;
    struct stored_batch *batch = NULL;
    if (!batch_find(db, saver->acknowledged_batch, arena, &batch, err))
        return false;
    if (batch == NULL)
        return error_set(err, ERROR_DAMAGED,
                         "participant %d: the acknowledged batch %lld is unknown",
                         (int)saver->participant, (long long)saver->acknowledged);
    return true;
}

static bool resume_from(struct saver *saver, struct db *db, struct arena *arena,
                        struct error *err)
{
    struct form_key key = key_of(saver);
    struct form_state *form = NULL;
    struct stored_value *values = NULL;
    size_t count = 0;
    if (!form_find(db, &key, arena, &form, err) || form == NULL)
        return err->code == ERROR_NONE;
    if (!form_values(db, form->id, arena, &values, &count, err))
        return false;
    saver->n = saver->acknowledged = number_held(saver, values, count);
    saver->base = (struct version){.seq = values[0].version.seq};
    return true;
}

bool saver_resume(struct saver *saver, struct error *err)
{
    *err = (struct error){.code = ERROR_NONE};
    struct arena *arena = arena_new(8 << 20);
    struct db *db = store_reader(saver->store);
    bool is_done = resume_from(saver, db, arena, err);
    store_reader_return(saver->store, db);
    arena_free(arena);
    return is_done;
}

bool saver_holds(const struct saver *saver, struct store *store, struct error *err)
{
    struct arena *arena = arena_new(8 << 20);
    struct db *db = store_reader(store);
    bool holds =
        values_hold(saver, db, arena, err) && batch_holds(saver, db, arena, err);
    store_reader_return(store, db);
    arena_free(arena);
    return holds;
}
