#ifndef OSTEON_FORMATS_REDCAP_PROJECT_H
#define OSTEON_FORMATS_REDCAP_PROJECT_H
/* What a REDCap project's XML says in elements and attributes of its own, beside ODM.
 * Internal to the reader of designs.
 *
 * A checkbox is N boolean items there, field___code; here it is one item of several codes.
 * Which forms and events repeat stands in elements of the study, not in the definitions.
 */
#include "formats/odm_design_elements.h"

/* Of an ItemDef that has just been added: note, slider's words, checkbox, remarks. */
MUST_USE bool redcap_item_attributes(struct odm_parser *parser,
                                     const struct xml_element *element,
                                     struct error *err);

/* Of any element of REDCap's: a form or an event that repeats is noted. */
MUST_USE bool redcap_repeat_note(struct odm_parser *parser,
                                 const struct xml_element *element, struct error *err);

/* When all is read: what repeats does, and each checkbox becomes one item. */
MUST_USE bool redcap_project_finish(struct odm_parts *parts, struct error *err);
/* Of it, in redcap_checkbox.c. */
MUST_USE bool redcap_checkboxes_fold(struct odm_parts *parts, struct error *err);

#endif
