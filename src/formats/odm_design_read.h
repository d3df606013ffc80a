#ifndef OSTEON_FORMATS_ODM_DESIGN_READ_H
#define OSTEON_FORMATS_ODM_DESIGN_READ_H
/* Reads a study design from CDISC ODM 2.0 XML.
 *
 * The document is read to its end and everything that is wrong with the design is
 * listed, with its place and, for a reference to nothing, the nearest name. A design
 * with findings is not handed out. Elements and attributes of other namespaces, and
 * parts of ODM that are no matter of a design, are passed over.
 *
 * How ODM is used, and what stands in Coding elements under ODM_VENDOR_SYSTEM because
 * ODM has no place for it: studies/io-hematology/README.md.
 */
#include "model/design.h"

#define ODM_NAMESPACE     "http://www.cdisc.org/ns/odm/v2.0"
#define ODM_VENDOR_SYSTEM "https://osteon.org/ns/odm/1/"

enum { ODM_FINDINGS_KEPT = 100 };

struct odm_finding {
    size_t line, column;  /* from 1 */
    struct text sentence; /* English */
    struct text hint;     /* may be empty */
};

struct odm_findings {
    struct odm_finding kept[ODM_FINDINGS_KEPT];
    size_t kept_count;
    size_t total; /* those not kept included */
};

/* The design and all its texts live in `study` (LIMIT_DESIGN_ARENA is ample), so do the
 * findings; `document` may go. ERROR_MALFORMED, ERROR_TOO_LARGE, or ERROR_REFUSED: then
 * `err` tells the first finding. `err->where` is "line:column". */
MUST_USE bool odm_design_read(struct text document, struct arena *study,
                              const struct design **out, struct odm_findings *findings,
                              struct error *err);

#endif
