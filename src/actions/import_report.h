#ifndef OSTEON_ACTIONS_IMPORT_REPORT_H
#define OSTEON_ACTIONS_IMPORT_REPORT_H
/* What is said about the files of an import: what is wrong, where, and what was perhaps
 * meant. An error refuses the whole import; a note does not. An unknown OID is named once,
 * with how often it stands there.
 */
#include "base/arena.h"
#include "base/limits.h"
#include "formats/xml_read.h"

struct import_finding {
    bool is_error;
    size_t file;         /* place in the list of files */
    size_t line, column; /* from 1; 0: of no place */
    struct text element;
    struct text sentence;
    struct text hint;                           /* may be empty */
    struct text chinese_sentence, chinese_hint; /* absent: there is none */
};

struct import_unknown {
    const char *kind; /* "item" */
    struct text oid, nearest;
    size_t file, line, column;
    int64_t count;
};

struct import_report {
    struct arena *arena;
    size_t file; /* that is being read */
    struct import_finding *findings;
    size_t finding_count, finding_total, error_count;
    struct import_unknown *unknown;
    size_t unknown_count;
    uint32_t *unknown_slots;
    int64_t participants, new_participants, forms, values;
    int64_t new_values, changed_values, unchanged_values;
    int64_t empty_values; /* ItemData that says no value */
    int64_t kept;         /* elements kept as they were */
    bool is_visible;      /* committed */
};

struct import_report *import_report_new(struct arena *arena);

/* `element` lives on. */
void import_report_add(struct import_report *report, bool is_error,
                       const struct xml_place *place, struct text hint,
                       const char *format, ...) PRINTF_LIKE(5, 6);
/* `kind` lives on; `nearest` may be absent. False: more than LIMIT_IMPORT_UNKNOWN. */
MUST_USE bool import_report_unknown(struct import_report *report, const char *kind,
                                    struct text oid, struct text nearest,
                                    const struct xml_place *place, struct error *err);
bool import_report_refuses(const struct import_report *report);

#endif
