#ifndef OSTEON_MODEL_DESIGN_DICTIONARY_H
#define OSTEON_MODEL_DESIGN_DICTIONARY_H
/* The names of a design, as the rules of the study see them (engine/dictionary.h).
 *
 * Besides what stands in the design the rules know declared names: settings ("setting.X"),
 * counts over participants ("study.X") and registers, rows with fields; and what every
 * study has: participant, user, "planned".
 */
#include "engine/dictionary.h"
#include "model/design.h"

enum declared_kind { DECLARED_SETTING, DECLARED_COUNT, DECLARED_REGISTER };

struct declared_field {
    struct text name;
    struct text type; /* "text", "number mg/kg", "code CL.NY", "moment", "truth" */
};

struct declared_name {
    enum declared_kind kind;
    struct text name;
    struct text value; /* of a setting: "3 mg/kg", 'text', date 2025-11-22, yes */
    const struct declared_field *fields; /* of a register */
    size_t field_count;
};

/* In `study`. An unknown unit or type of a declared name, or of an item, is
 * ERROR_REFUSED. */
MUST_USE bool design_dictionary(const struct design *design,
                                const struct declared_name *declared,
                                size_t declared_count, struct arena *study,
                                const struct dictionary **out, struct error *err);

#endif
