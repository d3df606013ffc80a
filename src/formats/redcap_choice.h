#ifndef OSTEON_FORMATS_REDCAP_CHOICE_H
#define OSTEON_FORMATS_REDCAP_CHOICE_H
/* The choices of a REDCap field: "1, Yes | 0, No"; and a checkbox as REDCap exports it, one
 * item a choice: field___code, 1 when ticked and 0 when not.
 */
#include "formats/odm_design_parts.h"

/* Adds them to `codes` (struct odm_code); what is malformed becomes a finding at `place`.
 * `has_blanks`: a code may hold blanks. False when the arena is full. */
MUST_USE bool redcap_choices_read(struct odm_parts *parts, struct xml_place place,
                                  struct text choices, bool has_blanks,
                                  struct odm_list *codes, struct error *err);

/* "field" of "field___suffix", or absent. */
struct text redcap_choice_field(struct text oid, struct text *suffix);

/* The code that the suffix means, or NULL: REDCap writes small letters there, and _ for what
 * a name cannot hold. */
const struct code *redcap_choice_code(const struct codelist *list, struct text suffix);

#endif
