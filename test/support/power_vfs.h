#ifndef OSTEON_TEST_POWER_VFS_H
#define OSTEON_TEST_POWER_VFS_H
/* An SQLite VFS named "power" over the system's own that can lose its power.
 *
 * Reads and writes go through to real files. Beside them the shim keeps, for each file,
 * what a disk would still hold after a power cut: the bytes as of the last sync, and the
 * writes and truncations since then. At the cut everything fails; `power_survivors`
 * then writes what is left into another folder: the synced bytes, plus a random half of
 * the 512-byte sectors that were not synced (so pages come out torn, in any order). A file
 * that was made and never synced may be gone.
 *
 * Orders to fail syncs or writes model a failing fsync and a full disk. What a failed sync
 * has not brought to the disk is lost at the cut, whatever is synced later: Linux tells
 * the error once and then takes the pages for written. One process, any number of threads.
 */
#include <stdbool.h>
#include <stdint.h>

/* Registers the VFS; once a process. */
void power_register(void);

/* Forgets all files and orders: before a folder is opened. */
void power_reset(void);

/* The power goes at the n-th write, sync or truncation from now on. */
void power_cut_after(int64_t operations);
/* The power goes now. */
void power_cut(void);
bool power_is_cut(void);

/* The program is killed at the n-th operation, or now, and the power stays: everything
 * fails until power_again. The caller closes what it has open, copies the files of `from`
 * (what the system still knows) to `to`, and opens them there; what is on the disk and
 * what is not goes with them. Orders to fail stay. */
void power_again(const char *from, const char *to);

/* From now on, each operation fails with this chance in 1000. */
void power_fail_syncs(int per_mille);
void power_fail_writes(int per_mille);
/* Of the failed syncs, so many in 1000 are the last thing the program does. */
void power_fail_deadly(int per_mille);
/* Only files whose name ends so are touched by the two orders above; NULL: all. */
void power_fail_only(const char *name_end);

/* Operations so far: to choose a moment for the next cut. */
int64_t power_operations(void);

/* Writes what survived of the files of `folder` into the existing folder `to`. Files the
 * shim never saw are not copied. Aborts on an I/O error of the test itself. */
void power_survivors(const char *folder, const char *to, uint64_t seed);

#endif
