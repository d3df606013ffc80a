#include "engine/type.h"

struct type type_of_kind(enum type_kind kind)
{
    return (struct type){
        .kind = kind, .unit = unit_one(), .decimals = -1, .codelist = -1};
}

struct type type_number(int32_t decimals)
{
    struct type type = type_of_kind(TYPE_NUMBER);
    type.decimals = decimals;
    return type;
}

struct text unit_describe(const struct unit_of_measure *unit)
{
    if (!text_is_absent(unit->code))
        return unit->code;
    return unit_is_one(unit) ? TEXT("no unit") : TEXT("a computed unit");
}

struct text type_describe(const struct type *type, struct arena *arena)
{
    static const char *const names[] = {[TYPE_BROKEN] = "something wrong",
                                        [TYPE_NUMBER] = "a number",
                                        [TYPE_APPROXIMATE] = "an approximate number",
                                        [TYPE_TEXT] = "a text",
                                        [TYPE_CODE] = "a code",
                                        [TYPE_CODES] = "a set of codes",
                                        [TYPE_MOMENT] = "a date or time",
                                        [TYPE_TRUTH] = "a truth",
                                        [TYPE_NOTHING] = "nothing"};
    if (!type_is_numeric(type) || unit_is_one(&type->unit))
        return text_of(names[type->kind]);
    return text_format(arena, "%s in %.*s", names[type->kind],
                       TEXT_ARG(unit_describe(&type->unit)));
}
