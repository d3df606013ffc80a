/* Runs a fuzzing target over its saved corpus, as an ordinary test that prints TAP:
 * build/replay/<name> reads test/fuzz/corpus/<name>/, or the files named as arguments. */
#include "fuzz/fuzz.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        return false;
    long size = ftell(file);
    rewind(file);
    if (size < 0)
        return false;
    /* Exactly as long as the input, so that a read past the end is seen. */
    uint8_t *bytes = malloc(size == 0 ? 1 : (size_t)size);
    bool is_read = bytes != NULL && fread(bytes, 1, (size_t)size, file) == (size_t)size;
    fclose(file);
    /* Standard error names the input that was being read when the program dies. */
    fprintf(stderr, "%s\n", path);
    if (is_read)
        LLVMFuzzerTestOneInput(bytes, (size_t)size);
    free(bytes);
    return is_read;
}

/* The number of inputs replayed, or -1. */
static int replay_folder(const char *folder)
{
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return -1;
    int count = 0;
    const struct dirent *entry;
    while ((entry = readdir(directory)) != NULL) {
        char path[4096 + 256 + 2];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (!replay_file(path)) {
            closedir(directory);
            return -1;
        }
        count++;
    }
    closedir(directory);
    return count;
}

int main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/');
    const char *name = slash == NULL ? argv[0] : slash + 1;
    char folder[4096];
    snprintf(folder, sizeof folder, "test/fuzz/corpus/%s", name);
    puts("1..1");
    fflush(stdout);
    int count = 0;
    if (argc > 1) {
        for (int i = 1; i < argc; i++)
            count += replay_file(argv[i]) ? 1 : 0;
    } else {
        count = replay_folder(folder);
    }
    bool is_ok = count > 0;
    printf("%s 1 - %s: %d saved inputs\n", is_ok ? "ok" : "not ok", name, count);
    return is_ok ? 0 : 1;
}
