#include "model/setting_value.h"

static struct datum moment_datum(struct text written, int32_t offset_minutes)
{
    struct moment moment;
    return moment_parse(written, &moment, NULL) ? datum_moment(&moment, offset_minutes)
                                                : datum_of_kind(DATUM_EMPTY);
}

struct datum setting_datum(const struct setting *setting, int32_t offset_minutes)
{
    struct text value = setting->value;
    struct text rest = value;
    struct text word = text_cut(&rest, ' ');
    struct decimal number;
    if (text_equal(word, TEXT("date")) || text_equal(word, TEXT("time")))
        return moment_datum(text_trim(rest), offset_minutes);
    if (text_equal(value, TEXT("yes")) || text_equal(value, TEXT("no")))
        return datum_truth(value.len == 3 ? TRUTH_YES : TRUTH_NO);
    if (value.len >= 2 && value.at[0] == '\'')
        return datum_text(text_part(value, 1, value.len - 2));
    if (decimal_parse(word, &number, NULL) == DECIMAL_OK)
        return datum_number(number);
    return datum_of_kind(DATUM_EMPTY);
}
