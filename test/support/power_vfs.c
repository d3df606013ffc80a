#include "power_vfs.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECTOR = 512, FILES = 64, NAME = 512 };

struct change {
    struct change *next;
    bool is_truncation;
    sqlite3_int64 at; /* or the new length */
    size_t len;
    unsigned char bytes[];
};

/* What the disk holds of one file. */
struct tracked {
    char name[NAME];
    unsigned char *synced;
    size_t len, capacity;
    bool was_synced; /* exists on the disk for sure */
    struct change *first, **last;
};

struct power_file {
    sqlite3_file base;
    struct tracked *tracked; /* NULL: temporary, not followed */
    sqlite3_file *real;
};

static struct {
    pthread_mutex_t lock;
    sqlite3_vfs *real;
    struct tracked files[FILES];
    int file_count;
    int64_t operations, cut_at;
    bool is_cut;
    int sync_failures, write_failures, deadly;
    const char *only;
    uint64_t random;
} power = {.lock = PTHREAD_MUTEX_INITIALIZER,
           .cut_at = INT64_MAX,
           .random = 88172645463325252u};

static void *must_have(void *memory)
{
    if (memory == NULL)
        abort();
    return memory;
}

/* xorshift64: a test's dice, not a secret. */
static uint64_t dice(void)
{
    power.random ^= power.random << 13;
    power.random ^= power.random >> 7;
    power.random ^= power.random << 17;
    return power.random;
}

static bool ends_with(const char *name, const char *end)
{
    size_t len = strlen(name), tail = strlen(end);
    return len >= tail && strcmp(name + len - tail, end) == 0;
}

/* Counts one operation; false when the power is gone. Called with the lock held. */
static bool has_power(void)
{
    if (++power.operations >= power.cut_at)
        power.is_cut = true;
    return !power.is_cut;
}

static bool fails(const struct tracked *file, int per_mille)
{
    if (per_mille == 0 || (power.only != NULL && !ends_with(file->name, power.only)))
        return false;
    return dice() % 1000 < (uint64_t)per_mille;
}

static void image_resize(struct tracked *file, size_t len)
{
    if (len > file->capacity) {
        file->capacity = len * 2;
        file->synced = must_have(realloc(file->synced, file->capacity));
    }
    if (len > file->len)
        memset(file->synced + file->len, 0, len - file->len);
    file->len = len;
}

static void image_apply(struct tracked *file, const struct change *change, size_t from,
                        size_t len)
{
    if (change->is_truncation) {
        image_resize(file, (size_t)change->at);
        return;
    }
    size_t end = (size_t)change->at + from + len;
    if (end > file->len)
        image_resize(file, end);
    memcpy(file->synced + change->at + from, change->bytes + from, len);
}

static void changes_clear(struct tracked *file)
{
    while (file->first != NULL) {
        struct change *next = file->first->next;
        free(file->first);
        file->first = next;
    }
    file->last = &file->first;
}

static void image_sync(struct tracked *file)
{
    for (struct change *change = file->first; change != NULL; change = change->next)
        image_apply(file, change, 0, change->len);
    changes_clear(file);
    file->was_synced = true;
}

static void change_add(struct tracked *file, bool is_truncation, sqlite3_int64 at,
                       const void *bytes, size_t len)
{
    struct change *change = must_have(malloc(sizeof *change + len));
    *change = (struct change){.is_truncation = is_truncation, .at = at, .len = len};
    if (len > 0)
        memcpy(change->bytes, bytes, len);
    *file->last = change;
    file->last = &change->next;
}

/* Half of the unsynced sectors reach the disk, each for itself. */
static void keep_some(struct tracked *file)
{
    for (struct change *change = file->first; change != NULL; change = change->next) {
        if (change->is_truncation) {
            if (dice() % 2 == 0)
                image_apply(file, change, 0, 0);
            continue;
        }
        size_t from = 0;
        while (from < change->len) {
            /* Sectors are aligned on the disk, not in the write. */
            size_t to_edge = SECTOR - ((size_t)change->at + from) % SECTOR;
            size_t len = change->len - from < to_edge ? change->len - from : to_edge;
            if (dice() % 2 == 0)
                image_apply(file, change, from, len);
            from += len;
        }
    }
}

/* As Linux does it: the error is told once, then the pages count as written. Some are, and
 * no later sync brings the others; reads still find them, until the power goes. */
static void image_fail_sync(struct tracked *file)
{
    keep_some(file);
    changes_clear(file);
}

static int power_close(sqlite3_file *base)
{
    struct power_file *file = (struct power_file *)base;
    int result = file->real->pMethods->xClose(file->real);
    free(file->real);
    return result;
}

static int power_read(sqlite3_file *base, void *out, int len, sqlite3_int64 at)
{
    struct power_file *file = (struct power_file *)base;
    if (power_is_cut())
        return SQLITE_IOERR_READ;
    return file->real->pMethods->xRead(file->real, out, len, at);
}

static int power_write(sqlite3_file *base, const void *bytes, int len, sqlite3_int64 at)
{
    struct power_file *file = (struct power_file *)base;
    if (file->tracked == NULL)
        return file->real->pMethods->xWrite(file->real, bytes, len, at);
    pthread_mutex_lock(&power.lock);
    int result = !has_power()                                 ? SQLITE_IOERR_WRITE
                 : fails(file->tracked, power.write_failures) ? SQLITE_FULL
                                                              : SQLITE_OK;
    if (result == SQLITE_OK)
        result = file->real->pMethods->xWrite(file->real, bytes, len, at);
    if (result == SQLITE_OK)
        change_add(file->tracked, false, at, bytes, (size_t)len);
    pthread_mutex_unlock(&power.lock);
    return result;
}

static int power_truncate(sqlite3_file *base, sqlite3_int64 len)
{
    struct power_file *file = (struct power_file *)base;
    if (file->tracked == NULL)
        return file->real->pMethods->xTruncate(file->real, len);
    pthread_mutex_lock(&power.lock);
    int result = SQLITE_IOERR_TRUNCATE;
    if (has_power())
        result = file->real->pMethods->xTruncate(file->real, len);
    if (result == SQLITE_OK)
        change_add(file->tracked, true, len, NULL, 0);
    pthread_mutex_unlock(&power.lock);
    return result;
}

/* The real fsync is left out: this disk is the image, and the cut decides. */
static int power_sync(sqlite3_file *base, int flags)
{
    struct power_file *file = (struct power_file *)base;
    (void)flags;
    if (file->tracked == NULL)
        return SQLITE_OK;
    pthread_mutex_lock(&power.lock);
    int result = SQLITE_IOERR_FSYNC;
    if (has_power()) {
        if (fails(file->tracked, power.sync_failures)) {
            image_fail_sync(file->tracked);
            power.is_cut = dice() % 1000 < (uint64_t)power.deadly;
        } else {
            image_sync(file->tracked);
            result = SQLITE_OK;
        }
    }
    pthread_mutex_unlock(&power.lock);
    return result;
}

static int power_size(sqlite3_file *base, sqlite3_int64 *out)
{
    struct power_file *file = (struct power_file *)base;
    return file->real->pMethods->xFileSize(file->real, out);
}

static int power_lock(sqlite3_file *base, int level)
{
    struct power_file *file = (struct power_file *)base;
    return file->real->pMethods->xLock(file->real, level);
}

static int power_unlock(sqlite3_file *base, int level)
{
    struct power_file *file = (struct power_file *)base;
    return file->real->pMethods->xUnlock(file->real, level);
}

static int power_reserved(sqlite3_file *base, int *out)
{
    struct power_file *file = (struct power_file *)base;
    return file->real->pMethods->xCheckReservedLock(file->real, out);
}

static int power_control(sqlite3_file *base, int operation, void *argument)
{
    struct power_file *file = (struct power_file *)base;
    return file->real->pMethods->xFileControl(file->real, operation, argument);
}

static int power_sector(sqlite3_file *base)
{
    (void)base;
    return SECTOR;
}

/* No atomic writes and no safe append; an interrupted write harms no neighbouring bytes. */
static int power_characteristics(sqlite3_file *base)
{
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int power_shm_map(sqlite3_file *base, int page, int size, int extend,
                         void volatile **out)
{
    struct power_file *file = (struct power_file *)base;
    return file->real->pMethods->xShmMap(file->real, page, size, extend, out);
}

static int power_shm_lock(sqlite3_file *base, int offset, int n, int flags)
{
    struct power_file *file = (struct power_file *)base;
    return file->real->pMethods->xShmLock(file->real, offset, n, flags);
}

static void power_shm_barrier(sqlite3_file *base)
{
    struct power_file *file = (struct power_file *)base;
    file->real->pMethods->xShmBarrier(file->real);
}

static int power_shm_unmap(sqlite3_file *base, int delete)
{
    struct power_file *file = (struct power_file *)base;
    return file->real->pMethods->xShmUnmap(file->real, delete);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = power_close,
    .xRead = power_read,
    .xWrite = power_write,
    .xTruncate = power_truncate,
    .xSync = power_sync,
    .xFileSize = power_size,
    .xLock = power_lock,
    .xUnlock = power_unlock,
    .xCheckReservedLock = power_reserved,
    .xFileControl = power_control,
    .xSectorSize = power_sector,
    .xDeviceCharacteristics = power_characteristics,
    .xShmMap = power_shm_map,
    .xShmLock = power_shm_lock,
    .xShmBarrier = power_shm_barrier,
    .xShmUnmap = power_shm_unmap,
};

/* What stood in a file before we saw it counts as synced. */
static void image_load(struct tracked *file, sqlite3_file *real)
{
    sqlite3_int64 len = 0;
    if (real->pMethods->xFileSize(real, &len) != SQLITE_OK || len == 0)
        return;
    image_resize(file, (size_t)len);
    real->pMethods->xRead(real, file->synced, (int)len, 0);
    file->was_synced = true;
}

static struct tracked *track(const char *name, sqlite3_file *real)
{
    for (int i = 0; i < power.file_count; i++)
        if (strcmp(power.files[i].name, name) == 0)
            return &power.files[i];
    if (power.file_count == FILES || strlen(name) >= NAME)
        abort();
    struct tracked *file = &power.files[power.file_count++];
    *file = (struct tracked){.first = NULL};
    file->last = &file->first;
    snprintf(file->name, sizeof file->name, "%s", name);
    image_load(file, real);
    return file;
}

static int power_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags,
                      int *flags_out)
{
    (void)vfs;
    struct power_file *file = (struct power_file *)base;
    *file = (struct power_file){.base.pMethods = NULL};
    if (power_is_cut())
        return SQLITE_CANTOPEN;
    file->real = must_have(calloc(1, (size_t)power.real->szOsFile));
    int result = power.real->xOpen(power.real, name, file->real, flags, flags_out);
    if (result != SQLITE_OK) {
        free(file->real);
        return result;
    }
    pthread_mutex_lock(&power.lock);
    if (name != NULL && (flags & SQLITE_OPEN_DELETEONCLOSE) == 0)
        file->tracked = track(name, file->real);
    pthread_mutex_unlock(&power.lock);
    file->base.pMethods = &methods;
    return SQLITE_OK;
}

static int power_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    (void)vfs;
    pthread_mutex_lock(&power.lock);
    int result = SQLITE_IOERR_DELETE;
    if (has_power()) {
        result = power.real->xDelete(power.real, name, sync_folder);
        for (int i = 0; i < power.file_count; i++)
            if (result == SQLITE_OK && strcmp(power.files[i].name, name) == 0) {
                changes_clear(&power.files[i]);
                power.files[i].len = 0;
                power.files[i].was_synced = false;
            }
    }
    pthread_mutex_unlock(&power.lock);
    return result;
}

void power_register(void)
{
    power.real = sqlite3_vfs_find(NULL);
    sqlite3_vfs *vfs = must_have(malloc(sizeof *vfs));
    *vfs = *power.real;
    vfs->zName = "power";
    vfs->szOsFile = sizeof(struct power_file);
    vfs->xOpen = power_open;
    vfs->xDelete = power_delete;
    vfs->pNext = NULL;
    if (sqlite3_vfs_register(vfs, 0) != SQLITE_OK)
        abort();
}

void power_reset(void)
{
    pthread_mutex_lock(&power.lock);
    for (int i = 0; i < power.file_count; i++) {
        changes_clear(&power.files[i]);
        free(power.files[i].synced);
    }
    power.file_count = 0;
    power.operations = 0;
    power.cut_at = INT64_MAX;
    power.is_cut = false;
    power.sync_failures = power.write_failures = power.deadly = 0;
    power.only = NULL;
    pthread_mutex_unlock(&power.lock);
}

void power_cut_after(int64_t operations)
{
    pthread_mutex_lock(&power.lock);
    power.cut_at = power.operations + operations;
    pthread_mutex_unlock(&power.lock);
}

void power_cut(void)
{
    pthread_mutex_lock(&power.lock);
    power.is_cut = true;
    pthread_mutex_unlock(&power.lock);
}

bool power_is_cut(void)
{
    pthread_mutex_lock(&power.lock);
    bool is_cut = power.is_cut;
    pthread_mutex_unlock(&power.lock);
    return is_cut;
}

void power_again(const char *from, const char *to)
{
    pthread_mutex_lock(&power.lock);
    for (int i = 0; i < power.file_count; i++) {
        char *name = power.files[i].name;
        const char *base = strrchr(name, '/');
        char moved[2 * NAME];
        if (base == NULL || strncmp(name, from, strlen(from)) != 0)
            continue;
        int len = snprintf(moved, sizeof moved, "%s%s", to, base);
        if (len >= NAME)
            abort();
        memcpy(name, moved, (size_t)len + 1);
    }
    power.cut_at = INT64_MAX;
    power.is_cut = false;
    pthread_mutex_unlock(&power.lock);
}

void power_fail_syncs(int per_mille)
{
    pthread_mutex_lock(&power.lock);
    power.sync_failures = per_mille;
    pthread_mutex_unlock(&power.lock);
}

void power_fail_writes(int per_mille)
{
    pthread_mutex_lock(&power.lock);
    power.write_failures = per_mille;
    pthread_mutex_unlock(&power.lock);
}

void power_fail_deadly(int per_mille)
{
    pthread_mutex_lock(&power.lock);
    power.deadly = per_mille;
    pthread_mutex_unlock(&power.lock);
}

void power_fail_only(const char *name_end)
{
    pthread_mutex_lock(&power.lock);
    power.only = name_end;
    pthread_mutex_unlock(&power.lock);
}

int64_t power_operations(void)
{
    pthread_mutex_lock(&power.lock);
    int64_t operations = power.operations;
    pthread_mutex_unlock(&power.lock);
    return operations;
}

static void write_image(const struct tracked *file, const char *path)
{
    FILE *out = must_have(fopen(path, "wb"));
    if (file->len > 0 && fwrite(file->synced, 1, file->len, out) != file->len)
        abort();
    if (fclose(out) != 0)
        abort();
}

void power_survivors(const char *folder, const char *to, uint64_t seed)
{
    pthread_mutex_lock(&power.lock);
    power.random = seed | 1;
    for (int i = 0; i < power.file_count; i++) {
        struct tracked *file = &power.files[i];
        const char *base = strrchr(file->name, '/');
        if (base == NULL || strncmp(file->name, folder, strlen(folder)) != 0)
            continue;
        bool has_changes = file->first != NULL;
        if (!file->was_synced && (!has_changes || dice() % 2 == 0))
            continue;
        keep_some(file);
        char path[2 * NAME];
        snprintf(path, sizeof path, "%s%s", to, base);
        write_image(file, path);
    }
    pthread_mutex_unlock(&power.lock);
}
