#ifndef OSTEON_ACTIONS_EXPORT_IMPORTED_H
#define OSTEON_ACTIONS_EXPORT_IMPORTED_H
/* What imports said besides values, on its way into an ODM file. For export_odm.c. */
#include "actions/export_walk.h"
#include "formats/odm_write.h"

struct exported_import;

/* Whom the visible imports before the cut name, into `odm`. */
MUST_USE bool export_imported_names(struct export_walk *walk, struct odm_file *odm,
                                    struct arena *arena, struct error *err);
/* What was said of the participant and the file wants to know beforehand, in `scratch`: for
 * a snapshot all that it can hold, for a history what is of the participant itself. That is of the participant itself is
 * put into `odm`, which has room for one audit record: `has_audit` says that it is taken.
 * NULL in `out`: nothing. */
MUST_USE bool export_imported_read(struct export_walk *walk, struct odm_file *odm,
                                   int64_t participant, bool has_audit,
                                   struct arena *scratch, struct exported_import **out,
                                   struct error *err);
/* Snapshot: what is of the values of this form, for odm_form; and the rest of it, behind
 * the form. */
void export_imported_form(const struct exported_import *said, struct odm_file *odm,
                          const struct form_key *key);
void export_imported_rest(const struct export_walk *walk, struct odm_file *odm,
                          const struct form_key *key);
/* History: an event, whose statements follow; then what it said of its change (from 1);
 * of no change: 0. */
void export_imported_event(const struct export_walk *walk, struct exported_import *said,
                           struct odm_file *odm, const struct log_row *row,
                           struct arena *scratch);
void export_imported_change(const struct exported_import *said, struct odm_file *odm,
                            size_t change);
/* In a history: does the change have an audit record of its source? */
bool export_imported_has_audit(const struct odm_file *odm);

#endif
