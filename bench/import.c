/* What an import costs beside a bare loop on the same file in the same run
 * (support/bare_import.h), its memory, and what it costs the ward that saves meanwhile.
 *
 *     make bench       BENCH_IMPORT_PARTICIPANTS=9000 BENCH_IMPORT_ROUNDS=5
 *                      BENCH_WARD_MEGABYTES=20
 *
 * 9000 participants are 24 MB; 402000 are 1 GB. Both take turns in every round. Of a round,
 * the import is made into a new folder in a process of its own, so that the most memory is
 * its own. The file of the ward's study is an export of the SYNTHETIC demo, repeated.
 */
#include "actions/export.h"
#include "demo/demo.h"
#include "support/bare_import.h"
#include "support/imported.h"
#include "support/load.h"
#include "support/measure.h"
#include "support/screening_save.h"
#include "system/clock.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_ROUNDS = 101, CLIENTS = 8 };

static void must(bool is_done, const char *what)
{
    if (is_done)
        return;
    fprintf(stderr, "import: %s\n", what);
    abort();
}

/* --- beside the bare loop ------------------------------------------------------------ */

struct alone {
    struct imported imported;
    char folder[SCRATCH_PATH];   /* of this round */
    char database[SCRATCH_PATH]; /* of the bare loop */
    int payload;
};

static double import_once(void *data)
{
    const struct alone *alone = data;
    return imported_run(&alone->imported, alone->folder);
}

/* The mean of what the import has put into the log. */
static int payload_of(const char *folder)
{
    char path[SCRATCH_PATH + 16];
    sqlite3 *database = NULL;
    sqlite3_stmt *mean = NULL;
    snprintf(path, sizeof path, "%s/osteon.db", folder);
    must(sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
             sqlite3_prepare_v2(database,
                                "SELECT avg(length(payload)) FROM log"
                                " WHERE participant IS NOT NULL",
                                -1, &mean, NULL) == SQLITE_OK &&
             sqlite3_step(mean) == SQLITE_ROW,
         "the log");
    int found = (int)sqlite3_column_double(mean, 0);
    sqlite3_finalize(mean);
    sqlite3_close(database);
    return found;
}

static double bare_once(const struct alone *alone, struct bare_import_figures *figures)
{
    char log[SCRATCH_PATH + 8];
    struct bare_import bare = {.file = alone->imported.file,
                               .database = alone->database,
                               .payload = alone->payload};
    bare_import_run(&bare, figures);
    remove(alone->database);
    snprintf(log, sizeof log, "%s-wal", alone->database);
    remove(log);
    return figures->seconds;
}

static int rounds_wanted(void)
{
    int rounds = (int)measure_setting("BENCH_IMPORT_ROUNDS", 5);
    return rounds < 1 ? 1 : rounds > MOST_ROUNDS ? MOST_ROUNDS : rounds;
}

static bool compare(struct alone *alone)
{
    int rounds = rounds_wanted();
    double ratios[MOST_ROUNDS], times[MOST_ROUNDS];
    struct bare_import_figures bare = {0};
    int64_t memory = 0, most = 0;
    for (int i = 0; i < rounds; i++) {
        scratch_copy(alone->imported.folder, alone->folder);
        times[i] = imported_apart(import_once, alone, &memory);
        most = memory > most ? memory : most;
        alone->payload = payload_of(alone->folder);
        scratch_remove(alone->folder);
        printf("    imported in %.2f s, %.0f MB of memory", times[i],
               (double)memory / 1024);
        fflush(stdout);
        ratios[i] = bare_once(alone, &bare) / times[i];
        printf("; bare %.2f s\n", bare.seconds);
    }
    double seconds = measure_median(times, rounds);
    printf("%lld participants, %lld forms, %lld answers, %.0f MB: %.2f s, %.1f MB/s\n",
           (long long)bare.participants, (long long)bare.forms, (long long)bare.values,
           (double)alone->imported.bytes / 1e6, seconds,
           (double)alone->imported.bytes / 1e6 / seconds);
    const struct measure_bound rate = {.what = "import/bare rate", .must = 0.5};
    const struct measure_bound room = {
        .what = "most memory, MB", .must = 128, .is_most = true};
    bool holds = measure_print(&rate, measure_median(ratios, rounds));
    holds = measure_print(&room, (double)most / 1024) && holds;
    fflush(stdout);
    return holds;
}

/* --- beside a ward that saves --------------------------------------------------------- */

struct ward {
    struct served served;
    char file[SCRATCH_PATH];
    struct screening_save saves[CLIENTS];
    atomic_bool is_imported;
};

/* An export of the demo, repeated to about so many bytes. */
static void write_ward_file(const struct scratch *scratch, const char *to,
                            int64_t bytes)
{
    char folder[SCRATCH_PATH], keys[SCRATCH_PATH], once[SCRATCH_PATH];
    scratch_path(scratch, "demo", folder);
    scratch_path(scratch, "demo-keys", keys);
    scratch_path(scratch, "demo.xml", once);
    struct store_options options = {.folder = folder, .keyring = keys};
    struct demo demo = {.participants = 4, .seed = 1};
    struct demo_figures figures;
    struct study *study = NULL;
    struct error err;
    struct arena *arena = arena_new(64 * 1024 * 1024);
    struct caller caller = caller_operator(TEXT("bench"));
    struct export_request request = {.format = EXPORT_ODM_1, .path = once};
    struct export_report report;
    must(demo_create(&options, &err) && study_open(&options, &study, &err) &&
             demo_fill(study, &demo, &figures, &err) &&
             export_data(study, &caller, &request, arena, &report, &err),
         err.text);
    study_close(study);
    arena_free(arena);
    int64_t size = imported_enlarge(once, 1, to);
    imported_enlarge(once, bytes / size + 1, to);
}

static void *import_served(void *data)
{
    struct ward *ward = data;
    char password[SCRATCH_PATH + 16];
    snprintf(password, sizeof password, "%s.password", ward->served.folder);
    must(served_command(&ward->served,
                        (const char *const[]){"osteon", "import", ward->served.folder,
                                              ward->file, "--user", "dana",
                                              "--password-file", password, NULL}) == 0,
         "the import beside the ward");
    atomic_store(&ward->is_imported, true);
    return NULL;
}

static size_t save_meanwhile(void *data, int client, char *out, size_t size)
{
    struct ward *ward = data;
    return atomic_load(&ward->is_imported)
               ? 0
               : screening_request(ward->saves, client, out, size);
}

static void take_reply(void *data, int client, int status, struct text body)
{
    screening_reply(((struct ward *)data)->saves, client, status, body);
}

static struct load_figures save_for(struct ward *ward, int64_t microseconds)
{
    struct load load = {.port = ward->served.port,
                        .clients = CLIENTS,
                        .microseconds = microseconds,
                        .request = save_meanwhile,
                        .reply = take_reply,
                        .data = ward};
    struct load_figures figures;
    must(load_run(&load, &figures) && figures.failures == 0, "saves");
    return figures;
}

static void begin_ward(struct ward *ward)
{
    char password[SCRATCH_PATH + 16];
    screening_folder(&ward->served, "bench");
    snprintf(password, sizeof password, "%s.password", ward->served.folder);
    FILE *file = fopen(password, "w");
    must(file != NULL && fputs(SCREENING_PASSWORD, file) >= 0 && fclose(file) == 0,
         password);
    must(served_command(&ward->served,
                        (const char *const[]){"osteon", "user", ward->served.folder,
                                              "add", "dana", "--role", "DM",
                                              "--password-file", password, NULL}) == 0,
         "user add");
    served_start(&ward->served);
    must(served_sign_in(&ward->served, "bench", SCREENING_PASSWORD), "sign in");
    for (int i = 0; i < CLIENTS; i++)
        screening_begin(&ward->saves[i], &ward->served);
}

static bool compare_ward(const struct scratch *scratch, int64_t bytes)
{
    static struct ward ward;
    pthread_t importer;
    scratch_path(scratch, "ward", ward.served.folder);
    scratch_path(scratch, "ward-keys", ward.served.keyring);
    scratch_path(scratch, "ward.xml", ward.file);
    write_ward_file(scratch, ward.file, bytes);
    begin_ward(&ward);
    struct load_figures idle = save_for(&ward, 3000000);
    must(pthread_create(&importer, NULL, import_served, &ward) == 0, "thread");
    struct load_figures busy = save_for(&ward, INT64_C(3600) * 1000000);
    pthread_join(importer, NULL);
    printf(
        "ward, %d clients: idle p50 %.1f p99 %.1f ms; while %.0f MB came in for %.1f s"
        " p50 %.1f p99 %.1f max %.1f ms, %lld saves\n",
        CLIENTS, (double)idle.p50 / 1e3, (double)idle.p99 / 1e3, (double)bytes / 1e6,
        (double)busy.elapsed / 1e6, (double)busy.p50 / 1e3, (double)busy.p99 / 1e3,
        (double)busy.maximum / 1e3, (long long)busy.replies);
    printf("    server's most memory: %.0f MB\n",
           (double)served_memory(&ward.served, "VmHWM") / 1024);
    served_stop(&ward.served);
    const struct measure_bound bound = {
        .what = "p99 of a save, importing/idle", .must = 3, .is_most = true};
    return measure_print(&bound, (double)busy.p99 / (double)idle.p99);
}

int main(void)
{
    struct scratch scratch;
    static struct alone alone;
    scratch_begin(&scratch);
    bool holds = true;
    if (imported_begin(&alone.imported, &scratch,
                       measure_setting("BENCH_IMPORT_PARTICIPANTS", 9000))) {
        scratch_path(&scratch, "round", alone.folder);
        scratch_path(&scratch, "bare.db", alone.database);
        holds = compare(&alone);
    } else
        puts("no ../shared/cases: only beside a ward");
    holds =
        compare_ward(&scratch, measure_setting("BENCH_WARD_MEGABYTES", 20) * 1000000) &&
        holds;
    scratch_end(&scratch);
    return holds ? 0 : 1;
}
