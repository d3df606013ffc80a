#ifndef OSTEON_TEST_SUPPORT_FOLDER_H
#define OSTEON_TEST_SUPPORT_FOLDER_H
/* A data folder for a test, in a temporary place with a key ring beside it; both are gone
 * at the end. The study is SYNTHETIC and its design is one line of text.
 *
 *     struct test_folder folder = folder_made();
 *     struct store *store = folder_open(&folder);
 *     …
 *     store_close(store);
 *     folder_gone(&folder);
 */
#include "store/store.h"
#include "support/scratch.h"
#include "system/clock.h"

#include <stdatomic.h>

struct test_folder {
    struct scratch scratch; /* holds the two below */
    char path[SCRATCH_PATH];
    char keyring[SCRATCH_PATH];
    char database[SCRATCH_PATH + 16];
    struct test_clock time;
    struct clock clock;
    struct store_options options;
};

/* 2026-11-22T08:00:00Z: where the clock of a test folder stands at first. */
enum { FOLDER_BEGAN_SECONDS = 1795334400 };

/* An empty place; no folder yet. */
void folder_place(struct test_folder *folder);
/* A new folder there. */
void folder_make_in(struct test_folder *folder);
/* Fails the test when it cannot be opened. */
struct store *folder_open(const struct test_folder *folder);
void folder_gone(struct test_folder *folder);

/* Moves the clock on. */
void folder_wait(struct test_folder *folder, int64_t seconds);

/* Do these bytes stand in any file of the folder? */
bool folder_holds(const char *path, const void *bytes, size_t len);

#endif
