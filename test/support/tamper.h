#ifndef OSTEON_TEST_SUPPORT_TAMPER_H
#define OSTEON_TEST_SUPPORT_TAMPER_H
/* A folder's database changed behind the program's back, and what verify finds. A step
 * that cannot be done fails the test.
 */
#include "store/verify.h"
#include "support/folder.h"

/* The tables as the file itself has them, so that a test forgets none. */
enum { TAMPER_COLUMNS = 32, TAMPER_TABLES = 64 };
struct tamper_table {
    const char *name;
    const char *columns[TAMPER_COLUMNS];
    bool is_key[TAMPER_COLUMNS]; /* of the primary key */
    int column_count;
};
int tamper_tables(const struct test_folder *folder, struct arena *arena,
                  struct tamper_table tables[TAMPER_TABLES]);

/* Runs statements that must change something. */
void tamper(const struct test_folder *folder, const char *sql);
/* One bit of one byte of a column of the log, at a place that differs from call to call. */
void tamper_flip(const struct test_folder *folder, const char *column, int64_t seq);
/* Computes the hashes of all events from `from` on anew, as somebody would who has the
 * program but not the key ring. */
void tamper_chain_anew(const struct test_folder *folder, int64_t from,
                       struct arena *arena);

struct verify_report tamper_verified(const struct test_folder *folder,
                                     const char *checkpoint_file, struct arena *arena);
/* The folder as it is now, for later; once. */
void tamper_keep(const struct test_folder *folder);
void tamper_put_back(const struct test_folder *folder);
/* Runs `sql`, verifies, and puts the database back. */
struct verify_report tamper_tried(const struct test_folder *folder, const char *sql,
                                  struct arena *arena);

/* One of the findings is of this fault, at this event, and its sentence says `words`. */
void tamper_assert_found(const struct verify_report *report, enum verify_fault fault,
                         int64_t seq, const char *words);
void tamper_assert_nothing_found(const struct verify_report *report);

#endif
