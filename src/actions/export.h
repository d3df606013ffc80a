#ifndef OSTEON_ACTIONS_EXPORT_H
#define OSTEON_ACTIONS_EXPORT_H
/* The study's data in files ('export CSV', 'export ODM'; with the history, and the audit
 * trail alone, 'export history (audit trail)'), read at one data cut in constant memory while others save.
 *
 * Pseudonymised always: no format can name what is in the identity vault, and no bed. Who
 * is still provisional, or was closed as such, is withheld (specification FR06). A caller
 * gets the sites where the permission is held; the operator, who owns the folder and its
 * key, gets all. For the same cut the files are the same, byte by byte: nothing in them
 * says when they were made. Each export is on the log: EXPORTED, with cut and hash.
 */
#include "actions/audit.h"
#include "actions/caller.h"
#include "actions/progress.h"
#include "store/read_export.h"

enum export_format { EXPORT_CSV, EXPORT_ODM_2, EXPORT_ODM_1, EXPORT_AUDIT };

struct export_request {
    enum export_format format;
    bool is_transactional; /* ODM: every change with its audit record */
    /* EXPORT_AUDIT: which events, and the same in words for the log (audit_filter_read). */
    const struct audit_filter *audit;
    struct text audit_words;
    struct text as_of; /* data_cut_find; absent: now */
    /* CSV: a new folder, or with is_packed a new .zip file; others: a new file. */
    const char *path;
    bool is_packed;
    bool is_count_only;        /* what would be in it: no file, no event on the log */
    struct progress *progress; /* by participant; NULL: nobody looks */
};

struct export_report {
    struct data_cut cut;
    int64_t participants, withheld, forms, values; /* values: of EXPORT_AUDIT, events */
    int64_t sealed; /* answers of readings that two readers have not signed: withheld */
    struct hash content; /* of the file, or of SHA256SUMS of a folder */
    bool is_synthetic;
};

/* Nothing is left at `path` when it fails. */
MUST_USE bool export_data(struct study *study, const struct caller *caller,
                          const struct export_request *request, struct arena *arena,
                          struct export_report *out, struct error *err);

#endif
