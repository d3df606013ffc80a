#ifndef OSTEON_ACTIONS_IMPORT_NAMES_H
#define OSTEON_ACTIONS_IMPORT_NAMES_H
/* Whom and what the audit records, signatures and queries of imported files name: users,
 * places, meanings of signatures. Those that are used go into the log with the import;
 * the others are dropped, and the report says so with their line. */
#include "actions/import_report.h"
#include "formats/odm_data_read.h"
#include "store/event_content.h"

struct import_names;

struct import_names *import_names_new(struct arena *arena);
/* What the file's AdminData says of one. False: ERROR_TOO_LARGE, more than
 * LIMIT_IMPORT_NAMED, or what the XML is not. */
MUST_USE bool import_names_add(struct import_names *names,
                               const struct odm_data_named *given,
                               struct import_report *report, struct error *err);
/* Something names it; nothing for an empty OID. `element` lives on. */
MUST_USE bool import_names_use(struct import_names *names, const char *element,
                               struct text oid, struct error *err);
void import_names_report(const struct import_names *names,
                         struct import_report *report);
/* Those that are used, in the order of the files. */
const struct import_named *import_names_used(const struct import_names *names,
                                             struct arena *arena, size_t *count);

#endif
