#ifndef OSTEON_ACTIONS_CONFIGURATION_H
#define OSTEON_ACTIONS_CONFIGURATION_H
/* What the study is configured to at a moment: the register of configuration changes
 * (RG.CONF). A change is in force when two persons have agreed to it and its moment has
 * come; the latest one counts. Without one the design's own value stands.
 */
#include "model/design.h"
#include "store/register.h"

struct configuration {
    const struct design *design;
    const struct register_line *lines;
    size_t count;
};
/* Reads the register, in `arena`. */
MUST_USE bool configuration_read(struct db *db, const struct design *design,
                                 struct arena *arena, struct configuration *out,
                                 struct error *err);

/* The change of a setting that is in force at a site. NULL: none, the design's stands. */
const struct register_line *configuration_of(const struct configuration *configuration,
                                             struct text setting, struct text site,
                                             int64_t now);

/* Deferred consent: off until a change of this study says otherwise, with the number of
 * the ethics committee's approval. */
#define CONFIGURATION_DEFERRAL "deferral"
struct deferral {
    bool is_on;
    struct text approval; /* number of the ethics approval; empty when it is off */
    int64_t line;         /* of the register; 0: none */
};
MUST_USE bool configuration_deferral(struct db *db, const struct design *design,
                                     struct text site, int64_t now, struct arena *arena,
                                     struct deferral *out, struct error *err);

#endif
