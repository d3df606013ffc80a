/* What an export costs beside a bare loop on the same folder in the same run: libsqlite3
 * selects the same answers in the order of their keys and writes each as one line of a
 * file, synced at the end. The folder is a SYNTHETIC demo.
 *
 *     make bench       BENCH_EXPORT_PARTICIPANTS=100 BENCH_EXPORT_ROUNDS=5
 *
 * The rate of the export over that of the bare loop is to be 0.5 or more, by wall clock and
 * in turn, so that a slow moment of the machine meets both; the most memory that the
 * export adds is printed beside it.
 */
#include "actions/export.h"
#include "demo/demo.h"
#include "support/measure.h"
#include "support/scratch.h"
#include "system/clock.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

enum { MOST_ROUNDS = 101 };

static void must(bool is_done, const char *what)
{
    if (is_done)
        return;
    fprintf(stderr, "export: %s\n", what);
    abort();
}

static int64_t memory_most(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/* Seconds; `*values` counts the answers. */
static double bare(const char *database, const char *path, int64_t *values)
{
    int64_t began = clock_monotonic();
    sqlite3 *handle = NULL;
    sqlite3_stmt *rows = NULL;
    FILE *out = fopen(path, "w");
    must(out != NULL &&
             sqlite3_open_v2(database, &handle, SQLITE_OPEN_READONLY, NULL) ==
                 SQLITE_OK &&
             sqlite3_prepare_v2(
                 handle,
                 "SELECT f.participant, f.event, f.event_repeat, f.form, f.form_repeat,"
                 " v.item, v.group_row, v.value, v.missing, v.missing_text"
                 " FROM form_instance f CROSS JOIN item_value v WHERE v.form = f.id"
                 " ORDER BY f.participant, f.event, f.event_repeat, f.form,"
                 " f.form_repeat, v.item, v.group_row",
                 -1, &rows, NULL) == SQLITE_OK,
         "the bare loop");
    for (*values = 0; sqlite3_step(rows) == SQLITE_ROW; ++*values)
        for (int i = 0; i < 10; i++) {
            const unsigned char *text = sqlite3_column_text(rows, i);
            if (text != NULL)
                fwrite(text, 1, (size_t)sqlite3_column_bytes(rows, i), out);
            fputc(i == 9 ? '\n' : ',', out);
        }
    must(fflush(out) == 0 && fsync(fileno(out)) == 0, "the bare loop's file");
    fclose(out);
    sqlite3_finalize(rows);
    sqlite3_close(handle);
    unlink(path);
    return (double)(clock_monotonic() - began) / 1e6;
}

static double ours(struct study *study, enum export_format format, const char *path,
                   int64_t *values)
{
    struct error err;
    struct arena *arena = arena_new(256 * 1024 * 1024);
    struct caller caller = caller_operator(TEXT("bench"));
    struct export_request request = {.format = format, .path = path};
    struct export_report report;
    int64_t began = clock_monotonic();
    must(export_data(study, &caller, &request, arena, &report, &err), err.text);
    double seconds = (double)(clock_monotonic() - began) / 1e6;
    *values = report.values;
    arena_free(arena);
    if (format == EXPORT_CSV)
        scratch_remove(path);
    else
        unlink(path);
    return seconds;
}

static bool compare(struct study *study, const char *database, const char *to,
                    enum export_format format, const char *what)
{
    int rounds = (int)measure_setting("BENCH_EXPORT_ROUNDS", 5);
    rounds = rounds < 1 ? 1 : rounds > MOST_ROUNDS ? MOST_ROUNDS : rounds;
    double ratios[MOST_ROUNDS];
    double rates[MOST_ROUNDS];
    int64_t exported = 0;
    int64_t selected = 0;
    int64_t memory = memory_most();
    for (int i = 0; i < rounds; i++) {
        double their_time = bare(database, to, &selected);
        double our_time = ours(study, format, to, &exported);
        rates[i] = (double)exported / our_time;
        ratios[i] = rates[i] / ((double)selected / their_time);
    }
    printf("%s: %lld of %lld answers, %.0f answers/s, %lld KB more memory\n", what,
           (long long)exported, (long long)selected, measure_median(rates, rounds),
           (long long)(memory_most() - memory));
    const struct measure_bound bound = {.what = "export/bare", .must = 0.5};
    return measure_print(&bound, measure_median(ratios, rounds));
}

int main(void)
{
    struct scratch scratch;
    char folder[SCRATCH_PATH];
    char keys[SCRATCH_PATH];
    char to[SCRATCH_PATH];
    char database[SCRATCH_PATH + 16];
    scratch_begin(&scratch);
    scratch_path(&scratch, "study", folder);
    scratch_path(&scratch, "keys", keys);
    scratch_path(&scratch, "out", to);
    snprintf(database, sizeof database, "%s/osteon.db", folder);
    struct store_options options = {.folder = folder, .keyring = keys};
    struct error err;
    struct study *study = NULL;
    struct demo_figures figures;
    struct demo demo = {.participants =
                            (size_t)measure_setting("BENCH_EXPORT_PARTICIPANTS", 100),
                        .seed = 1};
    must(demo_create(&options, &err) && study_open(&options, &study, &err) &&
             demo_fill(study, &demo, &figures, &err),
         err.text);
    bool holds = compare(study, database, to, EXPORT_CSV, "csv");
    holds = compare(study, database, to, EXPORT_ODM_2, "odm 2.0") && holds;
    holds = compare(study, database, to, EXPORT_ODM_1, "odm 1.3.2") && holds;
    study_close(study);
    scratch_end(&scratch);
    return holds ? 0 : 1;
}
