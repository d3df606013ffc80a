#include "model/answer_datum.h"

static struct datum number_datum(struct text value)
{
    struct decimal number;
    return decimal_parse(value, &number, NULL) == DECIMAL_OK
               ? datum_number(number)
               : datum_of_kind(DATUM_EMPTY);
}

static struct datum moment_datum(struct text value, int32_t offset_minutes)
{
    struct moment moment;
    return moment_parse(value, &moment, NULL) ? datum_moment(&moment, offset_minutes)
                                              : datum_of_kind(DATUM_EMPTY);
}

struct datum answer_datum(const struct answer *answer, enum type_kind kind,
                          int32_t offset_minutes)
{
    if (answer->missing == MISSING_CLEARED)
        return datum_of_kind(DATUM_EMPTY);
    if (answer->missing != MISSING_NOT)
        /* enum datum_reason stands in the order of enum missing_reason. */
        return (struct datum){.kind = DATUM_MISSING,
                              .detail = (uint8_t)answer->missing};
    if (text_is_absent(answer->value))
        return datum_of_kind(answer->is_in_vault ? DATUM_SEALED : DATUM_EMPTY);
    if (answer->value.len == 0)
        return datum_of_kind(DATUM_EMPTY);
    switch ((int)kind) {
    case TYPE_NUMBER: return number_datum(answer->value);
    case TYPE_MOMENT: return moment_datum(answer->value, offset_minutes);
    default: return datum_text(answer->value);
    }
}

struct text datum_answer(struct datum value, int32_t offset_minutes,
                         struct arena *arena)
{
    if (value.kind == DATUM_TEXT)
        return datum_as_text(value);
    if (value.kind == DATUM_NUMBER) {
        char *digits = arena_alloc(arena, DECIMAL_TEXT_SIZE);
        size_t len = decimal_print(datum_decimal(value), digits);
        return (struct text){.at = digits, .len = len};
    }
    if (value.kind == DATUM_MOMENT) {
        char *written = arena_alloc(arena, MOMENT_TEXT_SIZE);
        struct moment moment = datum_to_moment(value, offset_minutes);
        return (struct text){.at = written, .len = moment_print(&moment, written)};
    }
    return (struct text){0};
}
