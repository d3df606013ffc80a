#ifndef OSTEON_FORMATS_FOREIGN_TRANSLATE_PARTS_H
#define OSTEON_FORMATS_FOREIGN_TRANSLATE_PARTS_H
/* A translation on its way: conditions (foreign_translate.c) and numbers
 * (foreign_number.c) hold each other. */
#include "base/buffer.h"
#include "formats/foreign_translate.h"

/* A field that is known to be filled where we are. */
struct foreign_guard {
    struct text field, code;
    const struct foreign_guard *outer;
};

struct foreign_writing {
    enum foreign_dialect dialect;
    const struct foreign_scope *scope;
    struct arena *scratch;
    size_t guard_count; /* made so far: there is a most */
    struct buffer out;
    struct error *err;
};

/* False, with the sentence at the node. */
bool foreign_cannot(struct foreign_writing *writing, const struct foreign_node *node,
                    const char *format, ...) PRINTF_LIKE(3, 4);
/* The item of a field; NULL when it is refused. */
const struct item *foreign_item(struct foreign_writing *writing,
                                const struct foreign_node *field);
/* "OID" */
bool foreign_write_item(struct foreign_writing *writing,
                        const struct foreign_node *field, const struct item *item);
/* Are all codes plain numbers? */
bool foreign_has_numbers(const struct item *item);

bool foreign_write_condition(struct foreign_writing *writing,
                             const struct foreign_node *node,
                             const struct foreign_guard *guards);
bool foreign_write_number(struct foreign_writing *writing,
                          const struct foreign_node *node,
                          const struct foreign_guard *guards);

#endif
