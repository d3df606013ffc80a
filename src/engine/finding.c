#include "engine/finding.h"

struct findings findings_of(struct text source, struct arena *arena)
{
    return (struct findings){.arena = arena, .source = source};
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0U) == 0x80U;
}

static void place_in(struct text source, struct finding *finding)
{
    finding->line = finding->column = 1;
    for (size_t i = 0; i < finding->from && i < source.len; i++) {
        if (source.at[i] == '\n') {
            finding->line++;
            finding->column = 1;
        } else if (!is_continuation(source.at[i])) {
            finding->column++;
        }
    }
}

bool finding_add(struct findings *findings, size_t from, size_t to,
                 struct text sentence, struct text hint)
{
    if (findings == NULL)
        return false;
    findings->total++;
    if (findings->kept_count < FINDINGS_KEPT) {
        struct finding *finding = &findings->kept[findings->kept_count++];
        *finding = (struct finding){
            .from = from, .to = to, .sentence = sentence, .hint = hint};
        place_in(findings->source, finding);
    }
    return false;
}

struct text finding_did_you_mean(struct arena *arena, struct text name)
{
    if (text_is_absent(name))
        return TEXT("");
    return text_format(arena, "did you mean %.*s?", TEXT_ARG(name));
}
