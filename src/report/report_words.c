#include "report/report_words.h"

#include "base/datetime.h"

static const struct plan_words words[WORD_COUNT] = {
#define REPORT_WORD(name, en, zh) {TEXT_INIT(en), TEXT_INIT(zh)},
    REPORT_WORD_TABLE(REPORT_WORD)
#undef REPORT_WORD
};

struct text report_word(enum language language, enum report_word word)
{
    return plan_say(&words[word], language);
}

struct text report_unit(enum language language, struct text unit)
{
    static const struct {
        struct text unit;
        struct plan_words words;
    } units[] = {
        {TEXT_INIT("a"), {TEXT_INIT("years"), TEXT_INIT("岁")}},
        {TEXT_INIT("d"), {TEXT_INIT("days"), TEXT_INIT("天")}},
        {TEXT_INIT("h"), {TEXT_INIT("hours"), TEXT_INIT("小时")}},
        {TEXT_INIT("min"), {TEXT_INIT("min"), TEXT_INIT("分钟")}},
        {TEXT_INIT("s"), {TEXT_INIT("s"), TEXT_INIT("秒")}},
        {TEXT_INIT("mm[Hg]"), {TEXT_INIT("mmHg"), TEXT_INIT("mmHg")}},
        {TEXT_INIT("10*9/L"), {TEXT_INIT("×10⁹/L"), TEXT_INIT("×10⁹/L")}},
        {TEXT_INIT("{INR}"), {TEXT_INIT("INR"), TEXT_INIT("INR")}},
    };
    for (size_t i = 0; i < ARRAY_COUNT(units); i++)
        if (text_equal(unit, units[i].unit))
            return plan_say(&units[i].words, language);
    return unit;
}

struct text report_time(int64_t instant, struct arena *arena)
{
    struct moment at = moment_of_instant(instant, 0);
    return text_format(arena, "%04d-%02d-%02d %02d:%02d:%02d", at.year, at.month,
                       at.day, at.hour, at.minute, at.second);
}
