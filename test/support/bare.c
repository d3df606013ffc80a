#include "bare.h"

#include "system/clock.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { CHECKPOINT_FRAMES = 400, TEXT_SIZE = 24 };

struct bare_run {
    const struct bare *bare;
    sqlite3 *database;
    sqlite3_stmt *item, *log, *batch, *begin, *commit;
    unsigned char *payload;
    int64_t n;
    int frames;
};

static void must(const struct bare_run *run, int result)
{
    if (result == SQLITE_OK || result == SQLITE_DONE || result == SQLITE_ROW)
        return;
    fprintf(stderr, "bare: %s\n", sqlite3_errmsg(run->database));
    abort();
}

int64_t bare_cpu(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
           usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

static const char schema[] =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA wal_autocheckpoint=0;"
    "PRAGMA cache_size=-16384;"
    "CREATE TABLE item_value(form INTEGER, item INTEGER, row INTEGER, value TEXT,"
    " missing INTEGER, missing_text TEXT, source INTEGER, seq INTEGER, place INTEGER,"
    " corrected_time INTEGER, by_user INTEGER, PRIMARY KEY(form, item, row))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE log(seq INTEGER PRIMARY KEY, kind INTEGER, kind_version INTEGER,"
    " server_time INTEGER, written_time INTEGER, device_time INTEGER,"
    " stated_time INTEGER, user_id INTEGER, device TEXT, participant INTEGER,"
    " key INTEGER, payload BLOB, previous_hash BLOB, hash BLOB) STRICT;"
    "CREATE INDEX log_participant ON log(participant);";

static int count_frames(void *data, sqlite3 *database, const char *name, int frames)
{
    (void)database;
    (void)name;
    ((struct bare_run *)data)->frames = frames;
    return SQLITE_OK;
}

static sqlite3_stmt *prepare(struct bare_run *run, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    must(run, sqlite3_prepare_v3(run->database, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                 &statement, NULL));
    return statement;
}

static void step(struct bare_run *run, sqlite3_stmt *statement)
{
    must(run, sqlite3_step(statement));
    must(run, sqlite3_reset(statement));
}

static void bind_numbers(sqlite3_stmt *statement, int first, const int64_t *numbers,
                         int count)
{
    for (int i = 0; i < count; i++)
        sqlite3_bind_int64(statement, first + i, numbers[i]);
}

static void save(struct bare_run *run)
{
    const struct bare *bare = run->bare;
    int64_t form = ++run->n % bare->forms;
    char text[TEXT_SIZE];
    int len = snprintf(text, sizeof text, "%lld", (long long)run->n);
    for (int i = 0; i < bare->items; i++) {
        bind_numbers(run->item, 1, (int64_t[]){form, i, 0}, 3);
        sqlite3_bind_text(run->item, 4, text, len, SQLITE_STATIC);
        bind_numbers(run->item, 5, (int64_t[]){0, 0, run->n, i, run->n, 1}, 6);
        step(run, run->item);
    }
    bind_numbers(run->log, 1, (int64_t[]){run->n, 19, 1, run->n, run->n, run->n, 0, 1},
                 8);
    sqlite3_bind_text(run->log, 9, "SYNTHETIC", -1, SQLITE_STATIC);
    bind_numbers(run->log, 10, (int64_t[]){form, 2}, 2);
    sqlite3_bind_blob(run->log, 12, run->payload, bare->payload, SQLITE_STATIC);
    sqlite3_bind_blob(run->log, 13, run->payload, 32, SQLITE_STATIC);
    sqlite3_bind_blob(run->log, 14, run->payload, 32, SQLITE_STATIC);
    step(run, run->log);
}

static void prepare_all(struct bare_run *run)
{
    must(run, sqlite3_open(run->bare->path, &run->database));
    must(run, sqlite3_exec(run->database, schema, NULL, NULL, NULL));
    sqlite3_wal_hook(run->database, count_frames, run);
    run->item = prepare(
        run,
        "INSERT INTO item_value(form, item, row, value, missing, source, seq, place,"
        " corrected_time, by_user) VALUES (?,?,?,?,?,?,?,?,?,?)"
        " ON CONFLICT(form, item, row) DO UPDATE SET value = excluded.value,"
        " missing = excluded.missing, source = excluded.source, seq = excluded.seq,"
        " place = excluded.place, corrected_time = excluded.corrected_time,"
        " by_user = excluded.by_user");
    run->log = prepare(run, "INSERT INTO log VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    run->begin = prepare(run, "BEGIN IMMEDIATE");
    run->commit = prepare(run, "COMMIT");
    run->payload = malloc((size_t)run->bare->payload + 32);
    if (run->payload == NULL)
        abort();
    memset(run->payload, 0x5a, (size_t)run->bare->payload + 32);
}

static void end(struct bare_run *run)
{
    sqlite3_stmt *all[] = {run->item, run->log, run->begin, run->commit};
    for (int i = 0; i < 4; i++)
        sqlite3_finalize(all[i]);
    must(run, sqlite3_close(run->database));
    free(run->payload);
}

void bare_run(const struct bare *bare, struct bare_figures *out)
{
    struct bare_run run = {.bare = bare};
    prepare_all(&run);
    int64_t began = clock_monotonic(), cpu = bare_cpu();
    *out = (struct bare_figures){0};
    while (clock_monotonic() - began < bare->microseconds) {
        step(&run, run.begin);
        for (int i = 0; i < bare->batch; i++)
            save(&run);
        step(&run, run.commit);
        out->commits++;
        if (run.frames >= CHECKPOINT_FRAMES)
            must(&run, sqlite3_wal_checkpoint_v2(
                           run.database, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL));
    }
    out->saves = run.n;
    out->elapsed = clock_monotonic() - began;
    out->cpu = bare_cpu() - cpu;
    end(&run);
}
