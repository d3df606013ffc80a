/* Readers: opened once, lent one at a time, each inside one read transaction. */
#include "store/names.h"
#include "store/store_inside.h"

bool readers_open(struct store *store, enum db_mode mode, struct error *err)
{
    struct db_options options = {
        .path = store->folder.database, .vfs = store->options.vfs, .mode = mode};
    while (store->readers_made < READERS) {
        struct db *db = NULL;
        if (!db_open(&options, store->arena, &db, err))
            return false;
        names_open(db, store->arena);
        if (store->has_secret)
            data_keys_open(db, store->arena, store->folder.id, &store->secret);
        store->readers[store->readers_in++] = db;
        store->readers_made++;
    }
    return true;
}

void readers_close(struct store *store)
{
    ASSERT(store->readers_in == store->readers_made);
    while (store->readers_in > 0)
        db_close(store->readers[--store->readers_in]);
    store->readers_made = 0;
}

struct db *store_reader(struct store *store)
{
    pthread_mutex_lock(&store->lock);
    while (store->readers_in == 0)
        pthread_cond_wait(&store->readable, &store->lock);
    struct db *db = store->readers[--store->readers_in];
    int64_t erasures = store->erasures;
    pthread_mutex_unlock(&store->lock);
    /* No connection keeps a key that has been destroyed. */
    if (db->erasures != erasures)
        data_keys_forget(db);
    db->erasures = erasures;
    struct error err;
    ASSERT(db_begin(db, &err)); /* takes no lock: that is left to the first statement */
    return db;
}

void store_reader_return(struct store *store, struct db *db)
{
    db_rollback(db);
    pthread_mutex_lock(&store->lock);
    store->readers[store->readers_in++] = db;
    pthread_cond_signal(&store->readable);
    pthread_mutex_unlock(&store->lock);
}
