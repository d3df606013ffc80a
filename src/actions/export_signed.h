#ifndef OSTEON_ACTIONS_EXPORT_SIGNED_H
#define OSTEON_ACTIONS_EXPORT_SIGNED_H
/* Own signatures on their way into an ODM file: those that stand at the cut, with who
 * signed, when, and what it means (21 CFR 11.50(b)). Of a form they stand at the form, of
 * a casebook at the participant. For export_odm.c. */
#include "actions/export_walk.h"
#include "formats/odm_write.h"

/* Does any stand in the folder? Then its meanings go into `odm`, behind those of imports;
 * and the file must name its users. */
MUST_USE bool export_signed_names(struct export_walk *walk, struct odm_file *odm,
                                  struct arena *arena, bool *out, struct error *err);

/* The latest of the casebook, where the file has the room: before the participant. */
MUST_USE bool export_signed_subject(struct export_walk *walk, struct odm_file *odm,
                                    const struct record_subject *subject,
                                    struct arena *scratch, struct error *err);

/* The latest of this form, behind the form. */
MUST_USE bool export_signed_form(struct export_walk *walk, struct odm_file *odm,
                                 const struct record_subject *subject,
                                 const struct record_form *form, struct arena *scratch,
                                 struct error *err);

#endif
