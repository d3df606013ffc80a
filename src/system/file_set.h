#ifndef OSTEON_SYSTEM_FILE_SET_H
#define OSTEON_SYSTEM_FILE_SET_H
/* A new folder of files that are written side by side in constant memory: one pass over
 * the data fills all of them. Each file has a small buffer and its SHA-256; it is open
 * only while its buffer is written, so their number is not bound by the system.
 *
 *     file_set_begin("/srv/out", arena, &set, err)
 *     size_t file = file_set_add(set, TEXT("a.csv"));
 *     file_set_put(set, file, bytes);      failures are told at the end
 *     file_set_finish(set, file);          its size and hash stand
 *     file_set_end(set, err)               all on disk, or the folder is gone
 */
#include "system/crypto.h"

struct file_set;

struct file_fact {
    struct text name;
    int64_t size;
    struct hash hash;
    bool is_finished;
};

/* `path` must not exist; ERROR_REFUSED when it does. The set lives in `arena`. */
MUST_USE bool file_set_begin(const char *path, struct arena *arena,
                             struct file_set **out, struct error *err);
/* A folder inside it, once; its files are named "figures/a.svg". */
MUST_USE bool file_set_folder(struct file_set *set, struct text name,
                              struct error *err);
/* `name` without folders, but that one. */
size_t file_set_add(struct file_set *set, struct text name);
/* A file that is there as a whole. */
void file_set_whole(struct file_set *set, struct text name, struct text bytes);
void file_set_put(struct file_set *set, size_t file, struct text bytes);
void file_set_finish(struct file_set *set, size_t file);
size_t file_set_count(const struct file_set *set);
const struct file_fact *file_set_fact(const struct file_set *set, size_t file);
const char *file_set_path(const struct file_set *set);

/* Finishes what is not finished and syncs. False: something could not be written. */
MUST_USE bool file_set_end(struct file_set *set, struct error *err);
/* Removes the files and the folder. */
void file_set_remove(struct file_set *set);

#endif
