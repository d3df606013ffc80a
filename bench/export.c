/* What an export costs beside a bare loop on the same folder in the same run: libsqlite3
 * selects the same answers in the order of their keys and writes each as one line of a
 * file, synced at the end. One folder is a SYNTHETIC demo, one holds what was imported of
 * another system (support/imported.h).
 *
 *     make bench       BENCH_EXPORT_PARTICIPANTS=100 BENCH_EXPORT_ROUNDS=5
 *                      BENCH_IMPORT_PARTICIPANTS=9000
 *
 * The rate of the export over that of the bare loop is to be 0.5 or more, or 50 MB/s (a
 * transactional export writes every change, the bare loop what is current), by wall clock and
 * in turn, so that a slow moment of the machine meets both; the most memory that the
 * export adds is printed beside it.
 */
#include "actions/export.h"
#include "demo/demo.h"
#include "support/imported.h"
#include "support/measure.h"
#include "support/scratch.h"
#include "system/clock.h"

#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
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

/* Of a file; of all files of a folder. */
static int64_t bytes_of(const char *path)
{
    struct stat facts;
    char name[SCRATCH_PATH * 2];
    must(stat(path, &facts) == 0, path);
    DIR *folder = S_ISDIR(facts.st_mode) ? opendir(path) : NULL;
    int64_t bytes = folder == NULL ? facts.st_size : 0;
    for (struct dirent *file; folder != NULL && (file = readdir(folder)) != NULL;) {
        snprintf(name, sizeof name, "%s/%s", path, file->d_name);
        bytes += stat(name, &facts) == 0 && S_ISREG(facts.st_mode) ? facts.st_size : 0;
    }
    if (folder != NULL)
        closedir(folder);
    return bytes;
}

struct kind {
    const char *name;
    enum export_format format;
    bool is_transactional;
};

static double ours(struct study *study, const struct kind *kind, const char *path,
                   int64_t *values, int64_t *bytes)
{
    struct error err;
    struct arena *arena = arena_new(256 * 1024 * 1024);
    struct caller caller = caller_operator(TEXT("bench"));
    struct export_request request = {.format = kind->format,
                                     .is_transactional = kind->is_transactional,
                                     .path = path};
    struct export_report report;
    int64_t began = clock_monotonic();
    must(export_data(study, &caller, &request, arena, &report, &err), err.text);
    double seconds = (double)(clock_monotonic() - began) / 1e6;
    *values = report.values;
    arena_free(arena);
    *bytes = bytes_of(path);
    if (kind->format == EXPORT_CSV)
        scratch_remove(path);
    else
        unlink(path);
    return seconds;
}

static bool compare(struct study *study, const char *database, const char *to,
                    const struct kind *kind)
{
    int rounds = (int)measure_setting("BENCH_EXPORT_ROUNDS", 5);
    rounds = rounds < 1 ? 1 : rounds > MOST_ROUNDS ? MOST_ROUNDS : rounds;
    double ratios[MOST_ROUNDS], times[MOST_ROUNDS];
    int64_t exported = 0, selected = 0, bytes = 0;
    int64_t memory = memory_most();
    for (int i = 0; i < rounds; i++) {
        double their_time = bare(database, to, &selected);
        times[i] = ours(study, kind, to, &exported, &bytes);
        ratios[i] = (double)exported / times[i] / ((double)selected / their_time);
    }
    double seconds = measure_median(times, rounds);
    printf("%s: %lld of %lld answers, %.2f s, %.0f answers/s, %.0f MB/s, %lld KB more "
           "memory\n",
           kind->name, (long long)exported, (long long)selected, seconds,
           (double)exported / seconds, (double)bytes / 1e6 / seconds,
           (long long)(memory_most() - memory));
    const struct measure_bound ratio = {.what = "export/bare", .must = 0.5};
    const struct measure_bound rate = {.what = "or MB/s", .must = 50};
    bool holds = measure_print(&ratio, measure_median(ratios, rounds));
    return holds || measure_print(&rate, (double)bytes / 1e6 / seconds);
}

/* ODM 2.0 is last: a design that came as 1.3.2 does not go out so. */
static const struct kind kinds[] = {
    {"csv", EXPORT_CSV, false},
    {"odm 1.3.2", EXPORT_ODM_1, false},
    {"odm 1.3.2 transactional", EXPORT_ODM_1, true},
    {"odm 2.0", EXPORT_ODM_2, false},
};

static bool compare_all(const struct store_options *options, size_t kind_count,
                        const char *to)
{
    char database[SCRATCH_PATH + 16];
    struct study *study = NULL;
    struct error err;
    bool holds = true;
    snprintf(database, sizeof database, "%s/osteon.db", options->folder);
    must(study_open(options, &study, &err), err.text);
    for (size_t i = 0; i < kind_count; i++)
        holds = compare(study, database, to, &kinds[i]) && holds;
    study_close(study);
    return holds;
}

static bool compare_demo(const struct scratch *scratch, const char *to)
{
    char folder[SCRATCH_PATH], keys[SCRATCH_PATH];
    scratch_path(scratch, "study", folder);
    scratch_path(scratch, "keys", keys);
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
    study_close(study);
    puts("the demo");
    return compare_all(&options, ARRAY_COUNT(kinds), to);
}

static bool compare_imported(const struct scratch *scratch, const char *to)
{
    static struct imported imported;
    if (!imported_begin(&imported, scratch,
                        measure_setting("BENCH_IMPORT_PARTICIPANTS", 9000))) {
        puts("no ../shared/cases: only the demo");
        return true;
    }
    struct store_options options = {.folder = imported.folder,
                                    .keyring = imported.keys};
    imported_run(&imported, imported.folder);
    puts("what was imported");
    return compare_all(&options, ARRAY_COUNT(kinds) - 1, to);
}

int main(void)
{
    struct scratch scratch;
    char to[SCRATCH_PATH];
    scratch_begin(&scratch);
    scratch_path(&scratch, "out", to);
    bool holds = compare_demo(&scratch, to);
    holds = compare_imported(&scratch, to) && holds;
    scratch_end(&scratch);
    return holds ? 0 : 1;
}
