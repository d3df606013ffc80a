#ifndef OSTEON_ACTIONS_IMPORT_H
#define OSTEON_ACTIONS_IMPORT_H
/* Imports clinical data: all of it or nothing, while the ward goes on saving.
 *
 * The files are read twice: first to its end to see what is wrong, writing nothing; then
 * form by form into the log, in transactions of about LIMIT_IMPORT_UNIT changes that nobody
 * sees; one event at last makes the whole visible. An import that ends before (killed,
 * or refused by the log) is abandoned by the next one, or at the next start of the
 * server: its staged participants lose their keys.
 *
 * The rules run on what was imported when it is visible (import_rules.h), in the background
 * of a server.
 */
#include "actions/caller.h"
#include "actions/import_report.h"
#include "actions/progress.h"
#include "actions/study.h"
#include "formats/xml_read.h"

struct import_file {
    struct text name; /* as it was given */
    const char *path;
};

struct import_data {
    struct study *study;
    const struct caller *caller;
    const struct import_file *files;
    size_t file_count;
    struct text
        site; /* of new participants of whom the file names none here; absent: the
                         design's first */
    bool is_dry_run;
    struct progress *progress;    /* by byte read; NULL: nobody looks */
    struct arena *arena;          /* for the report */
    struct import_report *report; /* result; there also when the import is refused */
};

/* ERROR_REFUSED: the report says why. `err->where` of a malformed file: "line:column". */
MUST_USE bool import_run(struct import_data *import, struct error *err);

/* Takes back what an import that was killed has staged. Nothing to do: no event. */
MUST_USE bool import_clean(struct study *study, const struct caller *caller,
                           struct error *err);

#endif
