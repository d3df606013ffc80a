#include "report/report_build.h"

#include "report/section.h"

struct building {
    const struct report_input *input;
    struct document *document;
    bool *is_taken; /* by analysis */
};

static struct text word(const struct building *building, enum report_word which)
{
    return report_word(building->input->language, which);
}

/* --- which analyses a chapter takes --------------------------------------------------- */

static bool lists(const struct plan_texts *texts, struct text name)
{
    for (size_t i = 0; i < texts->count; i++)
        if (text_equal(texts->list[i], name))
            return true;
    return texts->count == 0;
}

static bool fits(const struct plan_section *section,
                 const struct plan_analysis *analysis)
{
    bool says_which = section->endpoints.count + section->purposes.count +
                          section->methods.count + section->analyses.count >
                      0;
    return says_which && lists(&section->endpoints, analysis->endpoint) &&
           lists(&section->purposes, text_of(plan_purpose_names[analysis->purpose])) &&
           lists(&section->methods, analysis->method) &&
           lists(&section->analyses, analysis->id);
}

static const struct analysis_result *const *take(struct building *building,
                                                 const struct plan_section *section,
                                                 bool is_citing, size_t *count)
{
    const struct analysis_plan *plan = building->input->plan;
    const struct analysis_result **taken =
        ARENA_ARRAY(building->document->arena, const struct analysis_result *,
                    plan->analysis_count);
    *count = 0;
    for (size_t i = 0; i < plan->analysis_count; i++) {
        if (!fits(section, &plan->analyses[i]) || (!is_citing && building->is_taken[i]))
            continue;
        taken[(*count)++] = &building->input->results[i];
        building->is_taken[i] = building->is_taken[i] || !is_citing;
    }
    return taken;
}

static bool check_figures(const struct building *building,
                          const struct plan_section *section, struct error *err)
{
    for (size_t i = 0; i < section->figures.count; i++)
        if (plan_figure(building->input->plan, section->figures.list[i]) == NULL)
            return error_set(err, ERROR_REFUSED,
                             "the plan's report: there is no figure %.*s",
                             TEXT_ARG(section->figures.list[i]));
    return true;
}

static bool put_section(struct building *building, const struct plan_section *section,
                        struct error *err)
{
    const struct section_kind *kind = section_kind(section->kind);
    if (kind == NULL)
        return error_set(err, ERROR_REFUSED,
                         "the plan's report: there is no kind of chapter %.*s",
                         TEXT_ARG(section->kind));
    if (!check_figures(building, section, err))
        return false;
    struct section_call call = {.input = building->input,
                                .section = section,
                                .document = building->document,
                                .head = kind->head};
    call.results = take(building, section, kind->is_citing, &call.result_count);
    enum language language = building->input->language;
    size_t before = building->document->block_count;
    document_heading(building->document, 1, plan_say(&section->label, language));
    if (section->note.en.len > 0)
        line_words(document_paragraph(building->document, PARAGRAPH_TEXT),
                   plan_say(&section->note, language));
    size_t empty = building->document->block_count;
    kind->write(&call);
    section_put_figures(&call, (struct text){0});
    if (building->document->block_count == empty)
        building->document->block_count = before; /* nothing to head */
    return true;
}

/* What no chapter has taken, by its ids. */
static bool put_rest(struct building *building, struct error *err)
{
    const struct analysis_plan *plan = building->input->plan;
    struct arena *arena = building->document->arena;
    struct text *ids = ARENA_ARRAY(arena, struct text, plan->analysis_count);
    struct plan_section rest = {.kind = TEXT("outcomes"), .analyses = {.list = ids}};
    rest.label.en = rest.label.zh = word(building, WORD_OTHER_RESULTS);
    for (size_t i = 0; i < plan->analysis_count; i++)
        if (!building->is_taken[i])
            ids[rest.analyses.count++] = plan->analyses[i].id;
    return rest.analyses.count == 0 || put_section(building, &rest, err);
}

/* --- what stands before the chapters -------------------------------------------------- */

static struct text cut_words(const struct building *building)
{
    const struct report_input *input = building->input;
    struct text values[] = {
        text_format(building->document->arena, "%lld", (long long)input->cut_seq),
        report_time(input->cut_time, building->document->arena)};
    return words_fill(building->document->arena, word(building, WORD_CUT), values,
                      ARRAY_COUNT(values));
}

static void put_front(struct building *building)
{
    const struct report_input *input = building->input;
    struct document *document = building->document;
    struct text versions[] = {input->plan->version, input->design, input->software};
    document->study = input->plan->study;
    document->title = input->plan->report == NULL
                          ? input->plan->study
                          : plan_say(&input->plan->report->title, input->language);
    document->created = input->cut_time;
    document->figures = input->figures;
    document->running = cut_words(building);
    if (input->is_synthetic) {
        document->warning = word(building, WORD_SYNTHETIC);
        line_words(document_paragraph(document, PARAGRAPH_WARNING),
                   word(building, WORD_SYNTHETIC_SAYS));
    }
    struct line *line = document_paragraph(document, PARAGRAPH_NOTE);
    line_words(line, document->running);
    line_words(line, TEXT("\n"));
    line_words(line, words_fill(document->arena, word(building, WORD_CUT_HASH),
                                &input->cut_hash, 1));
    line_words(line, TEXT("\n"));
    line_words(line, words_fill(document->arena, word(building, WORD_VERSIONS),
                                versions, ARRAY_COUNT(versions)));
}

bool report_build(const struct report_input *input, struct arena *arena,
                  struct document **out, struct error *err)
{
    const struct plan_report *report = input->plan->report;
    struct building building = {
        .input = input,
        .document = document_new(arena, input->language),
        .is_taken = ARENA_ARRAY(arena, bool, input->plan->analysis_count)};
    put_front(&building);
    building.document->front = building.document->block_count;
    for (size_t i = 0; report != NULL && i < report->section_count; i++)
        if (!put_section(&building, &report->sections[i], err))
            return false;
    *out = building.document;
    return put_rest(&building, err);
}
