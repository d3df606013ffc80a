#include "support/folder.h"

#include "support/unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void folder_place(struct test_folder *folder)
{
    *folder = (struct test_folder){0};
    scratch_begin(&folder->scratch);
    scratch_path(&folder->scratch, "data", folder->path);
    scratch_path(&folder->scratch, "keys", folder->keyring);
    snprintf(folder->database, sizeof folder->database, "%s/osteon.db", folder->path);
    atomic_store(&folder->time.instant, FOLDER_BEGAN_SECONDS * INT64_C(1000000));
    folder->clock = test_clock(&folder->time);
    folder->options = (struct store_options){
        .folder = folder->path, .keyring = folder->keyring, .clock = &folder->clock};
}

void folder_make_in(struct test_folder *folder)
{
    struct error err;
    struct store_new what = {.study_oid = TEXT("SYNTHETIC.STUDY"),
                             .design_version = TEXT("0.1"),
                             .design_xml = TEXT("<ODM>SYNTHETIC</ODM>")};
    ASSERT_OK(store_create(&folder->options, &what, &err), &err);
}

struct store *folder_open(const struct test_folder *folder)
{
    struct error err;
    struct store *store = NULL;
    ASSERT_OK(store_open(&folder->options, &store, &err), &err);
    return store;
}

void folder_gone(struct test_folder *folder)
{
    scratch_end(&folder->scratch);
}

void folder_wait(struct test_folder *folder, int64_t seconds)
{
    atomic_fetch_add(&folder->time.instant, seconds * 1000000);
}

/* Calls `each` with the path of every file of the folder. */
static void walk(const char *path, void (*each)(const char *path, void *data),
                 void *data)
{
    DIR *listing = opendir(path);
    if (listing == NULL)
        return;
    for (const struct dirent *entry = readdir(listing); entry != NULL;
         entry = readdir(listing)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char inside[1024];
        snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name);
        struct stat found;
        if (lstat(inside, &found) == 0 && S_ISREG(found.st_mode))
            each(inside, data);
    }
    closedir(listing);
}

static char *read_whole(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *len = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*len + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *len, file), *len);
    fclose(file);
    return bytes;
}

struct search {
    const char *bytes;
    size_t len;
    bool is_found;
};

static void search_one(const char *path, void *data)
{
    struct search *search = data;
    size_t len = 0;
    char *bytes = read_whole(path, &len);
    for (size_t i = 0; i + search->len <= len && !search->is_found; i++)
        search->is_found = memcmp(bytes + i, search->bytes, search->len) == 0;
    free(bytes);
}

bool folder_holds(const char *path, const void *bytes, size_t len)
{
    struct search search = {.bytes = bytes, .len = len};
    walk(path, search_one, &search);
    return search.is_found;
}
