#include "store/gather.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Fifteen pages. SQLite's own layer cannot write 128 KB in one call. */
enum { ROOM = 64 * 1024, NAME = 64 };

struct layer {
    sqlite3_vfs vfs;
    sqlite3_vfs *under;
    char name[NAME];
};

/* A write-ahead log. The file below lies behind this struct. */
struct gathered {
    sqlite3_file base;
    sqlite3_file *below;
    unsigned char *room;
    sqlite3_int64 at; /* where the gathered bytes belong */
    int len;
};

/* -- The file ---------------------------------------------------------------------- */

static struct gathered *of(sqlite3_file *file)
{
    return (struct gathered *)file;
}

/* What cannot be written is given up: the transaction that it belongs to fails. */
static int flush(struct gathered *file)
{
    int len = file->len;
    file->len = 0;
    return len == 0
               ? SQLITE_OK
               : file->below->pMethods->xWrite(file->below, file->room, len, file->at);
}

static int gather_write(sqlite3_file *base, const void *bytes, int len,
                        sqlite3_int64 at)
{
    struct gathered *file = of(base);
    bool is_next = file->len > 0 && at == file->at + file->len;
    if (!is_next || len > ROOM - file->len) {
        int result = flush(file);
        if (result != SQLITE_OK)
            return result;
        file->at = at;
    }
    if (len > ROOM)
        return file->below->pMethods->xWrite(file->below, bytes, len, at);
    memcpy(file->room + file->len, bytes, (size_t)len);
    file->len += len;
    return SQLITE_OK;
}

static int gather_read(sqlite3_file *base, void *out, int len, sqlite3_int64 at)
{
    int result = flush(of(base));
    sqlite3_file *below = of(base)->below;
    return result == SQLITE_OK ? below->pMethods->xRead(below, out, len, at) : result;
}

static int gather_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    int result = flush(of(base));
    sqlite3_file *below = of(base)->below;
    return result == SQLITE_OK ? below->pMethods->xTruncate(below, size) : result;
}

static int gather_sync(sqlite3_file *base, int flags)
{
    int result = flush(of(base));
    sqlite3_file *below = of(base)->below;
    return result == SQLITE_OK ? below->pMethods->xSync(below, flags) : result;
}

static int gather_size(sqlite3_file *base, sqlite3_int64 *size)
{
    int result = flush(of(base));
    sqlite3_file *below = of(base)->below;
    return result == SQLITE_OK ? below->pMethods->xFileSize(below, size) : result;
}

static int gather_close(sqlite3_file *base)
{
    struct gathered *file = of(base);
    int flushed = flush(file);
    int closed = file->below->pMethods->xClose(file->below);
    sqlite3_free(file->room);
    return flushed == SQLITE_OK ? closed : flushed;
}

/* A write-ahead log is never locked itself. */
static int gather_lock(sqlite3_file *base, int level)
{
    return of(base)->below->pMethods->xLock(of(base)->below, level);
}

static int gather_unlock(sqlite3_file *base, int level)
{
    return of(base)->below->pMethods->xUnlock(of(base)->below, level);
}

static int gather_is_reserved(sqlite3_file *base, int *is_reserved)
{
    return of(base)->below->pMethods->xCheckReservedLock(of(base)->below, is_reserved);
}

static int gather_control(sqlite3_file *base, int what, void *data)
{
    return of(base)->below->pMethods->xFileControl(of(base)->below, what, data);
}

static int gather_sector(sqlite3_file *base)
{
    return of(base)->below->pMethods->xSectorSize(of(base)->below);
}

static int gather_traits(sqlite3_file *base)
{
    return of(base)->below->pMethods->xDeviceCharacteristics(of(base)->below);
}

/* Version 1: a write-ahead log is neither shared memory nor mapped. */
static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = gather_close,
    .xRead = gather_read,
    .xWrite = gather_write,
    .xTruncate = gather_truncate,
    .xSync = gather_sync,
    .xFileSize = gather_size,
    .xLock = gather_lock,
    .xUnlock = gather_unlock,
    .xCheckReservedLock = gather_is_reserved,
    .xFileControl = gather_control,
    .xSectorSize = gather_sector,
    .xDeviceCharacteristics = gather_traits,
};

/* -- Opening ----------------------------------------------------------------------- */

static int gather_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base,
                       int flags, int *out_flags)
{
    sqlite3_vfs *under = ((struct layer *)vfs)->under;
    if ((flags & SQLITE_OPEN_WAL) == 0)
        return under->xOpen(under, name, base, flags, out_flags);
    struct gathered *file = of(base);
    *file = (struct gathered){.below = (sqlite3_file *)(file + 1)};
    file->room = sqlite3_malloc(ROOM);
    if (file->room == NULL)
        return SQLITE_NOMEM;
    int result = under->xOpen(under, name, file->below, flags, out_flags);
    if (result == SQLITE_OK)
        file->base.pMethods = &methods;
    else
        sqlite3_free(file->room);
    return result;
}

const char *gather_vfs(const char *under_name)
{
    sqlite3_vfs *under = sqlite3_vfs_find(under_name);
    if (under == NULL)
        return NULL;
    char name[NAME];
    snprintf(name, sizeof name, "gather-%.40s", under->zName);
    sqlite3_vfs *known = sqlite3_vfs_find(name);
    if (known != NULL)
        return known->zName;
    /* Never given back: SQLite keeps it as long as the program runs. */
    struct layer *layer = sqlite3_malloc(sizeof *layer);
    if (layer == NULL)
        return NULL;
    *layer = (struct layer){.vfs = *under, .under = under};
    memcpy(layer->name, name, sizeof name);
    layer->vfs.zName = layer->name;
    layer->vfs.pNext = NULL;
    layer->vfs.xOpen = gather_open;
    layer->vfs.szOsFile = under->szOsFile + (int)sizeof(struct gathered);
    sqlite3_vfs_register(&layer->vfs, 0);
    return layer->name;
}
