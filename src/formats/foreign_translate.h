#ifndef OSTEON_FORMATS_FOREIGN_TRANSLATE_H
#define OSTEON_FORMATS_FOREIGN_TRANSLATE_H
/* An expression of another system in the language of this program (doc/language.md), where
 * it says the same for every answer and for every one that is missing; else a reason.
 *
 * What decides is the missing answer. REDCap has an empty text there: equal to '' and
 * different from all else. In XPath an answer that is not there meets no comparison. So a
 * condition comes out that is yes or no, never unknown. How REDCap orders an empty text
 * differs between its pages and its server: < and the like are translated only where the
 * rest of the expression settles that the field is filled ([a] <> '' and [a] > 5).
 * A calculation without one of its values is empty there as here.
 * doc/designs.md has the whole table.
 */
#include "formats/foreign_parse.h"
#include "model/design.h"

/* Finds what a field means; NULL with a sentence why not. */
struct foreign_scope {
    const struct item *(*find)(void *data, struct text oid, struct text event,
                               const char **refusal);
    void *data;
};

/* The dialect of a FormalExpression by its Context. False: none that is known. */
bool foreign_dialect_of(struct text context, enum foreign_dialect *out);

/* FOREIGN_DERIVATION: a number comes out; else a condition. The translation lives in
 * `scratch`. ERROR_REFUSED with a sentence and `err->at`, the byte in the source. */
MUST_USE bool foreign_translate(enum foreign_dialect dialect, enum foreign_use use,
                                struct text source, const struct foreign_scope *scope,
                                struct arena *scratch, struct text *out,
                                struct error *err);

#endif
