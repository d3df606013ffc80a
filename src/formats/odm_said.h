#ifndef OSTEON_FORMATS_ODM_SAID_H
#define OSTEON_FORMATS_ODM_SAID_H
/* What an element that an import kept says (odm_data_keep.h), whatever its dialect: who,
 * where, when, why; what a query asks and how it stands; what an annotation notes. Nothing
 * is made up: a text that the source does not give is absent, a time stands as it was
 * written.
 *
 *     AuditRecord, Signature, Annotation, Query           ODM 1.3.2 and 2.0
 *     AuditLog, DiscrepancyNote                           OpenClinica, several in a list
 *     Query                                               Rave: State is its Status
 *
 * An Annotation is a query where a Flag says so (FlagType QUERY, as odm_write.h has it).
 */
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

/* In the order in which ODM 2.0 has them. */
enum odm_said_kind {
    ODM_SAID_AUDIT,
    ODM_SAID_SIGNATURE,
    ODM_SAID_ANNOTATION,
    ODM_SAID_QUERY
};

enum { ODM_SAID_FLAGS_MOST = 8 };

struct odm_flag {
    struct text value, value_list, type, type_list;
};

struct odm_said {
    enum odm_said_kind kind;
    struct text user, location, time, reason, source;
    struct text signature; /* OID of its meaning */
    struct text message;   /* of a query, the comment of an annotation */
    struct text state;     /* of a query: "Open", "CLOSED", "New" */
    struct text check;     /* what asks: a check's name, a kind of note */
    struct text item;      /* that a query asks about; absent: where it stood */
    int64_t row;
    struct text id; /* of a query */
    struct odm_flag flags[ODM_SAID_FLAGS_MOST];
    size_t flag_count;
};

/* Can an element of this name, which holds others, say something of the kind? */
bool odm_said_may(struct text element);
/* In `arena`; none for an element that says nothing of the kind. ERROR_MALFORMED when
 * `xml` is no element. */
MUST_USE bool odm_said_read(struct text xml, struct arena *arena, struct odm_said **out,
                            size_t *count, struct error *err);

/* The flag of this type, or absent. */
struct text odm_said_flag(const struct odm_said *said, const char *type);
bool odm_said_is_open(const struct odm_said *said);
/* "AUDIT", "SIGNATURE", "ANNOTATION", "QUERY" */
const char *odm_said_name(enum odm_said_kind kind);

#endif
