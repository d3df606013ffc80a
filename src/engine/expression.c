#include "engine/expression.h"

#include "engine/emit.h"
#include "engine/parse.h"

const struct program *expression_compile(const struct expression *expression,
                                         const struct dictionary *dictionary,
                                         struct arena *study, struct findings *findings)
{
    struct syntax syntax;
    *findings = findings_of(expression->source, study);
    if (!parse_source(expression->source, study, &syntax, findings) ||
        !check_syntax(&syntax, dictionary, &expression->context, study, findings))
        return NULL;
    return emit_program(&syntax, expression->source, dictionary,
                        expression->context.stored, study, findings);
}
