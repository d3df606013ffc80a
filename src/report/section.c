#include "report/section.h"

// clang-format off
static const struct section_kind kinds[] = {
    {"summary", WORD_WHAT, true, section_summary},
    {"methods", WORD_WHAT, false, section_methods},
    {"flow", WORD_MEASURE, false, section_flow},
    {"baseline", WORD_CHARACTERISTIC, false, section_baseline},
    {"outcomes", WORD_WHAT, false, section_results},
    {"harms", WORD_HARM, false, section_results},
    {"missing", WORD_WHAT, false, section_missing},
    {"sensitivity", WORD_WHAT, false, section_results},
    {"feasibility", WORD_MEASURE, false, section_results},
    {"evidence", WORD_EVIDENCE_SOURCE, false, section_evidence},
};
// clang-format on

const struct section_kind *section_kind(struct text name)
{
    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++)
        if (text_equal(name, text_of(kinds[i].name)))
            return &kinds[i];
    return NULL;
}

struct text section_word(const struct section_call *call, enum report_word word)
{
    return report_word(call->input->language, word);
}

struct text section_label(const struct section_call *call,
                          const struct plan_words *words)
{
    return plan_say(words, call->input->language);
}

struct text section_caption(const struct section_call *call)
{
    const struct plan_section *section = call->section;
    return section_label(call, section->caption.en.len > 0 ? &section->caption
                                                           : &section->label);
}

struct present section_present(const struct section_call *call,
                               const struct analysis_result *result,
                               const struct result_part *part,
                               struct reason_notes *notes)
{
    return (struct present){.plan = call->input->plan,
                            .language = call->input->language,
                            .arena = call->document->arena,
                            .notes = notes,
                            .result = result,
                            .part = part};
}

struct text section_group(const struct section_call *call,
                          const struct result_part *part)
{
    struct text said = section_label(call, &part->group_words);
    return said.len > 0 ? said : part->group;
}

struct text section_level(const struct section_call *call)
{
    enum { HUNDRED = 100 };
    return text_format(call->document->arena, "%.15g",
                       HUNDRED * call->input->plan->level);
}

/* --- figures -------------------------------------------------------------------------- */

/* That of its first analysis, when the chapter has a table for each endpoint. */
static struct text endpoint_of(const struct section_call *call,
                               const struct plan_figure *figure)
{
    const struct analysis_plan *plan = call->input->plan;
    const struct plan_texts *endpoints = &call->section->endpoints;
    for (size_t i = 0; endpoints->count > 1 && i < plan->analysis_count; i++)
        if (figure->analysis_count > 0 &&
            text_equal(plan->analyses[i].id, figure->analyses[0]))
            for (size_t k = 0; k < endpoints->count; k++)
                if (text_equal(endpoints->list[k], plan->analyses[i].endpoint))
                    return endpoints->list[k];
    return (struct text){0};
}

void section_put_figures(const struct section_call *call, struct text endpoint)
{
    const struct plan_texts *figures = &call->section->figures;
    bool is_chinese = call->input->language == LANGUAGE_CHINESE;
    for (size_t i = 0; i < figures->count; i++) {
        const struct plan_figure *figure =
            plan_figure(call->input->plan, figures->list[i]);
        ASSERT(figure != NULL); /* report_build has looked */
        if (!text_equal(endpoint_of(call, figure), endpoint))
            continue;
        struct line *caption = document_figure(call->document, figure);
        line_words(caption, section_label(call, &figure->label));
        line_words(caption, is_chinese ? TEXT("。") : TEXT(". "));
        line_words(caption, section_label(call, &figure->caption));
    }
}
