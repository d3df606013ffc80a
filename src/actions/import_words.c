#include "actions/import_words.h"

enum { PARTS = 4 };

static const struct {
    const char *english, *chinese;
} words[] = {
    /* whole sentences; "*" stands for what differs, in the same order */
    {"the repeat key \"*\" is no number", "重复键“*”不是数字"},
    {"the form * is in no event of the design", "设计中没有任何访视包含表单 *"},
    {"participant *: * elements are not kept, there is no form to keep them with",
     "受试者 *：有 * 个元素未保留，因为没有可附的表单"},
    {"reference data: * elements are not kept, there is no value to keep them with",
     "参考数据：有 * 个元素未保留，因为没有可附的数值"},
    {"*: the design does not repeat this group; kept as row *",
     "*：设计中该组不重复；按第 * 行保留"},
    {"*: the section * is not one of reference data", "*：分组 * 不是参考数据分组"},
    {"*: the section * does not have this item", "*：分组 * 没有该项目"},
    {"*: the form * does not have this item", "*：表单 * 没有该项目"},
    {"* is not kept: there is too much of it, or no form to keep it with",
     "* 未保留：内容过多，或没有可附的表单"},
    /* what follows a name */
    {"the design does not repeat this event; kept as it is",
     "设计中该访视不重复；按原样保留"},
    {"the design does not have this form at this event; kept as it is",
     "设计中该访视没有此表单；按原样保留"},
    {"the design does not repeat this form; kept as it is",
     "设计中该表单不重复；按原样保留"},
    {"a whole number is expected", "应为整数"},
    {"a number may have 18 digits at most", "数字最多 18 位"},
    {"not a number", "不是数字"},
    {"not a date that exists", "该日期不存在"},
    {"more of the date is needed", "日期不够完整"},
    {"a date without time is expected", "应为不带时间的日期"},
    {"not a time of a day", "不是一天中的时刻"},
    {"a control character, or not UTF-8", "含控制字符，或不是 UTF-8 编码"},
    {"the value is empty", "数值为空"},
    {"the code list * has no code \"*\"", "代码表 * 中没有代码“*”"},
    {"* characters are too many", "* 个字符过多"},
    {"more than * digits after the full stop", "小数点后超过 * 位"},
    {"stands inside Study; it belongs behind it", "位于 Study 之内；应在其后"},
    /* hints */
    {"repeat keys here are whole numbers from 1", "此处的重复键应为从 1 开始的整数"},
    {"mark it in the design: IsReferenceData=\"Yes\"",
     "请在设计中标明：IsReferenceData=\"Yes\""},
    {"one of *", "可选：*"},
    {"did you mean *?", "是否应为 *？"},
    {"at most *", "最多 *"},
    {"digits only, as in 12", "只写数字，例如 12"},
    {"digits and a full stop, as in 12.5", "数字和小数点，例如 12.5"},
    {"leave out the decimals", "去掉小数部分"},
    {"day and time: 2026-03-05T14:07", "日期和时间，例如 2026-03-05T14:07"},
    {"a day: 2026-03-05", "日期，例如 2026-03-05"},
    {"as much as is known: 2026, *", "写到已知的精度：2026、*"},
    {"hours and minutes: 14:07", "时和分，例如 14:07"},
    {"as much as is known: 14, 14:07, 14:07:30", "写到已知的精度：14、14:07、14:07:30"},
    {"remove the character at this place", "删除该处的字符"},
    {"give a value, or a reason why there is none", "请填写数值或缺失原因"},
};

/* The pattern's part up to the next "*". */
static struct text piece_of(const char *pattern)
{
    size_t len = 0;
    while (pattern[len] != '\0' && pattern[len] != '*')
        len++;
    return (struct text){.at = pattern, .len = len};
}

/* Where `piece` next begins in `t`, or the end of `t` for an empty one; false: nowhere. */
static bool find(struct text t, struct text piece, size_t *at)
{
    for (*at = 0; piece.len > 0 && *at + piece.len <= t.len; (*at)++)
        if (text_starts_with(text_part(t, *at, t.len), piece))
            return true;
    *at = t.len;
    return piece.len == 0;
}

/* Each "*" of the pattern is as short as can be; the last one goes to the end. */
static bool matches(const char *pattern, struct text t, struct text parts[PARTS])
{
    struct text piece = piece_of(pattern);
    if (!text_starts_with(t, piece))
        return false;
    t = text_part(t, piece.len, t.len);
    pattern += piece.len;
    for (size_t i = 0; *pattern == '*' && i < PARTS; i++) {
        size_t len = 0;
        piece = piece_of(++pattern);
        if (!find(t, piece, &len))
            return false;
        parts[i] = text_part(t, 0, len);
        t = text_part(t, len + piece.len, t.len);
        pattern += piece.len;
    }
    return t.len == 0;
}

static struct text filled(const char *pattern, const struct text parts[PARTS],
                          struct arena *arena)
{
    struct text out = TEXT("");
    for (size_t i = 0; *pattern != '\0'; i++) {
        struct text piece = piece_of(pattern);
        pattern += piece.len;
        bool has_part = *pattern == '*';
        out =
            text_format(arena, "%.*s%.*s%.*s", TEXT_ARG(out), TEXT_ARG(piece),
                        has_part ? (int)parts[i].len : 0, has_part ? parts[i].at : "");
        pattern += has_part ? 1 : 0;
    }
    return out;
}

static struct text whole(struct text english, struct arena *arena)
{
    for (size_t i = 0; i < ARRAY_COUNT(words); i++) {
        struct text parts[PARTS] = {0};
        if (matches(words[i].english, english, parts))
            return filled(words[i].chinese, parts, arena);
    }
    return (struct text){0};
}

struct text import_words_chinese(struct text english, struct arena *arena)
{
    struct text found = whole(english, arena);
    for (size_t i = 0; text_is_absent(found) && i + 2 < english.len; i++) {
        if (english.at[i] != ':' || english.at[i + 1] != ' ')
            continue;
        found = whole(text_part(english, i + 2, english.len), arena);
        if (!text_is_absent(found))
            found =
                text_format(arena, "%.*s：%.*s", (int)i, english.at, TEXT_ARG(found));
    }
    return found;
}
