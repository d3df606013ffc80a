#ifndef OSTEON_FORMATS_REDCAP_DICTIONARY_H
#define OSTEON_FORMATS_REDCAP_DICTIONARY_H
/* A REDCap data dictionary (CSV of 18 columns, REDCap's own header) as a study design.
 *
 * One row is one field. The OIDs are those of the project's own XML: form Form.NAME, item
 * VARIABLE, code list VARIABLE.choices; so is the status that REDCap adds to each form, the
 * item NAME_complete. A checkbox is one item of several codes. The dictionary knows no
 * events and no repeats: all forms stand once in one event. Nothing is dropped in silence:
 * what no design of ours has is a remark, "not run", or a warning. What is wrong becomes a
 * finding, whose column is the number of the column in the file.
 *
 * What becomes of each column: doc/designs.md.
 */
#include "formats/odm_design_parts.h"

/* Does the document look like a table rather than XML? */
bool redcap_dictionary_is(struct text document);

/* Fills `parts`. ERROR_MALFORMED when it is no CSV, with the line; ERROR_TOO_LARGE. */
MUST_USE bool redcap_dictionary_read(struct text document, struct odm_parts *parts,
                                     struct error *err);

#endif
