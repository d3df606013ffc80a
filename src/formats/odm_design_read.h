#ifndef OSTEON_FORMATS_ODM_DESIGN_READ_H
#define OSTEON_FORMATS_ODM_DESIGN_READ_H
/* Reads a study design from CDISC ODM XML: 2.0, and 1.3 as others write it; or from a REDCap
 * data dictionary (redcap_dictionary.h), whose findings have the number of the column.
 *
 * The document is read to its end and everything that is wrong with the design is
 * listed, with its place and, for a misspelt name, the nearest one. A design with errors
 * is not handed out; warnings are shown. Elements and attributes of other namespaces,
 * and parts of ODM that are no matter of a design, are passed over.
 *
 * A design that states facts under ODM_VENDOR_SYSTEM was written for this program: there
 * a reference to nothing, or two uses of an item that do not agree, is an error. In
 * another's design it is a warning: what is missing is left out, and said.
 *
 * How ODM is used, and what stands in Coding elements because ODM has no place for it:
 * studies/io-hematology/README.md. What becomes of other designs: doc/designs.md.
 */
#include "model/design.h"

#define ODM_NAMESPACE     "http://www.cdisc.org/ns/odm/v2.0"
#define ODM_VENDOR_SYSTEM "https://osteon.org/ns/odm/1/"

enum { ODM_FINDINGS_KEPT = 100 };

enum odm_severity { ODM_WARNING, ODM_ERROR };

struct odm_finding {
    enum odm_severity severity;
    size_t line, column;  /* from 1 */
    struct text sentence; /* English; begins with the element's name */
    struct text hint;     /* may be empty */
};

struct odm_findings {
    struct odm_finding kept[ODM_FINDINGS_KEPT]; /* by their place */
    size_t kept_count;
    size_t total;       /* those not kept included */
    size_t error_count; /* of them */
};

/* The design and all its texts live in `study` (LIMIT_DESIGN_ARENA is ample), so do the
 * findings; `document` may go. ERROR_MALFORMED, ERROR_TOO_LARGE, or ERROR_REFUSED: then
 * `err` tells the first error. `err->where` is "line:column". */
MUST_USE bool odm_design_read(struct text document, struct arena *study,
                              const struct design **out, struct odm_findings *findings,
                              struct error *err);

#endif
