#include "actions/import.h"

#include "actions/import_map.h"
#include "actions/import_stage.h"
#include "base/limits.h"
#include "formats/odm_data_read.h"
#include "system/background.h"
#include "system/file_source.h"

#include <inttypes.h>

/* --- reading the files --------------------------------------------------------------- */

/* A file, and who watches it being read. */
struct watched_file {
    struct file_source source;
    struct progress *progress;
};

static bool read_watched(void *data, char *at, size_t room, size_t *len,
                         struct error *err)
{
    struct watched_file *file = data;
    return file_source_read(&file->source, at, room, len, err) &&
           progress_step(file->progress, (int64_t)*len, err);
}

/* The first pass says how much there is: as much again for the second. */
static void say_how_much(const struct import_data *import, const struct import_map *map,
                         const struct watched_file *file)
{
    if (import->progress != NULL && map->portion == NULL)
        atomic_fetch_add(&import->progress->of, file_source_size(&file->source) *
                                                    (import->is_dry_run ? 1 : 2));
}

static bool read_file(struct import_data *import, struct import_map *map, size_t i,
                      struct error *err)
{
    const struct import_file *file = &import->files[i];
    struct watched_file opened = {.progress = import->progress};
    if (!file_source_open(&opened.source, file->path, err))
        return false;
    say_how_much(import, map, &opened);
    struct xml_source source = {.read = read_watched, .data = &opened};
    struct odm_data_events events = import_map_events(map);
    map->report->file = i;
    map->study_count = 0;
    map->depth = 0;
    map->has_data = false;
    bool is_read = odm_data_read(&source, &events, err);
    file_source_close(&opened.source);
    if (!is_read) {
        char where[sizeof err->where];
        memcpy(where, err->where, sizeof where);
        return error_where(err, err->at, "%.*s:%s", TEXT_ARG(file->name), where);
    }
    if (!map->has_data) {
        error_set(err, ERROR_REFUSED, "%.*s holds no clinical data",
                  TEXT_ARG(file->name));
        return error_hint(err, "a design is read by osteon init DIR --study FILE");
    }
    return import_map_flush(map, err);
}

static bool read_files(struct import_data *import, struct import_map *map,
                       struct error *err)
{
    bool is_read = true;
    for (size_t i = 0; is_read && i < import->file_count; i++)
        is_read = read_file(import, map, i, err);
    return is_read;
}

static struct import_map map_of(const struct import_data *import,
                                struct import_report *report)
{
    const struct design *design = study_design(import->study);
    struct text site = import->site;
    if (text_is_absent(site) && design->site_count > 0)
        site = design->sites[0].code;
    return (struct import_map){
        .design = design, .report = report, .default_site = site};
}

/* --- the two passes --------------------------------------------------------------------- */

static bool look(struct import_data *import, struct import_names *names,
                 struct error *err)
{
    struct import_map *map = ARENA_NEW(import->arena, struct import_map);
    *map = map_of(import, import->report);
    map->names = names;
    import_map_begin(map);
    bool is_read = read_files(import, map, err);
    import_map_end(map);
    if (!is_read)
        return false;
    import_names_report(names, import->report);
    const struct import_report *report = import->report;
    if (!import_report_refuses(report))
        return true;
    error_set(err, ERROR_REFUSED,
              "nothing was imported: %zu unknown OIDs and %zu other errors",
              report->unknown_count, report->error_count);
    return error_hint(err, "the report names each with its line");
}

static bool stage(struct import_data *import, const struct import_names *names,
                  int64_t *id, struct error *err)
{
    struct import_map *map = ARENA_NEW(import->arena, struct import_map);
    struct import_staging staging = {.study = import->study,
                                     .caller = import->caller,
                                     .report = import->report,
                                     .arena = arena_new(SIZE_MAX / 2)};
    /* What is to be said was said in the first pass. */
    *map = map_of(import, import_report_new(import->arena));
    map->names = import_names_new(import->arena);
    map->portion = import_stage;
    map->data = &staging;
    struct error late;
    import_map_begin(map);
    bool is_read =
        import_stage_begin(&staging, import->files, import->file_count, names, err) &&
        read_files(import, map, err);
    bool is_staged = import_stage_wait(&staging, is_read ? err : &late) && is_read &&
                     import_stage_commit(&staging, err);
    import_map_end(map);
    *id = staging.import;
    arena_free(staging.arena);
    return is_staged;
}

bool import_clean(struct study *study, const struct caller *caller, struct error *err)
{
    return import_stage_clean(study, caller, err);
}

static bool check_site(const struct import_data *import, struct error *err)
{
    if (text_is_absent(import->site) ||
        design_site(study_design(import->study), import->site) != NULL)
        return true;
    return error_set(err, ERROR_USAGE, "the study has no site %.*s",
                     TEXT_ARG(import->site));
}

static bool run(struct import_data *import, struct error *err)
{
    struct import_names *names = import_names_new(import->arena);
    if (!check_site(import, err) || !look(import, names, err))
        return false;
    if (import->is_dry_run)
        return true;
    int64_t id = 0;
    struct error ignored;
    if (!study_import_begin(import->study, err))
        return false;
    bool is_done = import_stage_clean(import->study, import->caller, err) &&
                   stage(import, names, &id, err);
    if (!is_done && id != 0)
        (void)!import_stage_clean(import->study, import->caller, &ignored);
    study_import_end(import->study);
    import->report->is_visible = is_done;
    return is_done;
}

/* In the background: reading a gigabyte takes what the bedside leaves. */
struct import_work {
    struct import_data *import;
    struct error *err;
    bool is_done;
};

static void work(void *data)
{
    struct import_work *of = data;
    of->is_done = run(of->import, of->err);
}

bool import_run(struct import_data *import, struct error *err)
{
    enum permission permission =
        import->is_dry_run ? PERMISSION_TRY_IMPORT : PERMISSION_IMPORT_DATA;
    struct text site = text_is_absent(import->site) ? TEXT("") : import->site;
    import->report = import_report_new(import->arena);
    if (!caller_must(import->caller, permission, site, false, err))
        return caller_refused(import->study, import->caller, 0, err);
    struct import_work of = {.import = import, .err = err};
    background_run(work, &of);
    return of.is_done;
}
