#define _XOPEN_SOURCE 700 /* nftw */

#include "scratch.h"

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void must(int is_done, const char *what)
{
    if (is_done)
        return;
    perror(what);
    abort();
}

void scratch_begin(struct scratch *scratch)
{
    const char *parent = getenv("TMPDIR");
    snprintf(scratch->path, sizeof scratch->path, "%s/osteon-test-XXXXXX",
             parent == NULL ? "/tmp" : parent);
    must(mkdtemp(scratch->path) != NULL, scratch->path);
}

static int remove_one(const char *path, const struct stat *status, int type,
                      struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

void scratch_remove(const char *path)
{
    must(nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0, path);
}

void scratch_end(struct scratch *scratch)
{
    scratch_remove(scratch->path);
}

void scratch_path(const struct scratch *scratch, const char *name,
                  char out[SCRATCH_PATH])
{
    int len = snprintf(out, SCRATCH_PATH, "%s/%s", scratch->path, name);
    must(len > 0 && len < SCRATCH_PATH, name);
}

static void copy_file(const char *from, const char *to)
{
    static char bytes[1 << 16];
    FILE *in = fopen(from, "rb");
    FILE *out = fopen(to, "wb");
    must(in != NULL && out != NULL, to);
    for (size_t len; (len = fread(bytes, 1, sizeof bytes, in)) > 0;)
        must(fwrite(bytes, 1, len, out) == len, to);
    must(fclose(out) == 0 && fclose(in) == 0, to);
}

void scratch_copy(const char *from, const char *to)
{
    must(mkdir(to, 0700) == 0, to);
    DIR *folder = opendir(from);
    must(folder != NULL, from);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char source[2 * SCRATCH_PATH], target[2 * SCRATCH_PATH];
        snprintf(source, sizeof source, "%s/%s", from, entry->d_name);
        snprintf(target, sizeof target, "%s/%s", to, entry->d_name);
        struct stat status;
        if (stat(source, &status) == 0 && S_ISREG(status.st_mode))
            copy_file(source, target);
    }
    closedir(folder);
}
