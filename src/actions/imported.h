#ifndef OSTEON_ACTIONS_IMPORTED_H
#define OSTEON_ACTIONS_IMPORTED_H
/* What imports brought besides values, read back from the log: others' audit records,
 * signatures, annotations and queries, with the people they name. Shown as imported, never
 * as ours. What speaks of identity or of a bed is left out (formats/record.h). */
#include "actions/study.h"
#include "formats/odm_write.h"
#include "store/event_content.h"
#include "store/reads.h"

/* Whom and what all visible imports name; of one OID the first counts. */
struct imported_names {
    struct odm_named *list;
    size_t count;
    bool has_imports; /* visible ones, though they may name nobody */
};
MUST_USE bool imported_names_read(struct db *db, int64_t before, struct arena *arena,
                                  struct imported_names *out, struct error *err);
/* NULL: nobody says who that is. */
const struct odm_named *imported_name(const struct imported_names *names,
                                      const char *element, struct text oid);

struct imported_statement {
    struct odm_statement statement;
    size_t change; /* of the event's changes, from 1; 0: of none */
};
/* What one staged form says besides its values, in the order of the file. */
void imported_statements(const struct import_staged *staged,
                         const struct design *design, struct arena *arena,
                         struct imported_statement **out, size_t *count);

#endif
