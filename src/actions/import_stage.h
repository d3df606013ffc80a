#ifndef OSTEON_ACTIONS_IMPORT_STAGE_H
#define OSTEON_ACTIONS_IMPORT_STAGE_H
/* Puts what an import says into the log, portion by portion, each in one transaction; then
 * makes it visible, or takes it back. For import.c. */
#include "actions/import.h"
#include "actions/import_map.h"

struct import_portion;

struct import_staging {
    struct study *study;
    const struct caller *caller;
    struct import_report *report;
    struct arena *arena;
    struct import_portion *portion; /* with the writer, or it was */
    int64_t import;                 /* 0: not begun */
    int64_t participants, forms, values;
};

MUST_USE bool import_stage_begin(struct import_staging *staging,
                                 const struct import_file *files, size_t count,
                                 const struct import_names *names, struct error *err);
/* The portion of an import_map. It is staged while the next one is read: its memory is the
 * writer's until the next call, or import_stage_wait. */
MUST_USE bool import_stage(void *data, struct import_map *map, struct error *err);
/* Waits for the last portion; also when the reading has failed. */
MUST_USE bool import_stage_wait(struct import_staging *staging, struct error *err);
MUST_USE bool import_stage_commit(struct import_staging *staging, struct error *err);
MUST_USE bool import_stage_clean(struct study *study, const struct caller *caller,
                                 struct error *err);

#endif
