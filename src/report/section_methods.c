/* The methods text, from the plan: populations, estimation, missing values, choices. */
#include "report/section.h"

static void heading(const struct section_call *call, enum report_word word)
{
    document_heading(call->document, 2, section_word(call, word));
}

static struct line *paragraph(const struct section_call *call)
{
    return document_paragraph(call->document, PARAGRAPH_TEXT);
}

static struct line *item(const struct section_call *call)
{
    return document_paragraph(call->document, PARAGRAPH_ITEM);
}

static void put_words(const struct section_call *call, struct line *line,
                      enum report_word word, const struct text *values, size_t count)
{
    line_words(line, words_fill(call->document->arena, section_word(call, word), values,
                                count));
}

static void put_populations(const struct section_call *call)
{
    const struct analysis_plan *plan = call->input->plan;
    heading(call, WORD_METHOD_POPULATIONS);
    for (size_t i = 0; i < plan->population_count; i++) {
        const struct plan_population *population = &plan->populations[i];
        int32_t at = plan_variable(&plan->datasets[0], population->where);
        struct line *line = item(call);
        line_strong(line, population->name);
        line_words(line, TEXT(": "));
        ASSERT(at >= 0); /* plan_check has looked */
        struct text values[] = {section_label(call, &population->label),
                                plan->datasets[0].variables[at].source};
        put_words(call, line, WORD_METHOD_RULE, values, ARRAY_COUNT(values));
    }
}

/* --- estimation ----------------------------------------------------------------------- */

/* "E10" behind "E9". */
static bool comes_before(struct text a, struct text b)
{
    return a.len != b.len ? a.len < b.len : text_compare(a, b) < 0;
}

/* The next endpoint behind `last` for which the method is used; absent: there is none. */
static struct text next_endpoint(const struct analysis_plan *plan, struct text method,
                                 struct text last)
{
    struct text found = {0};
    for (size_t i = 0; i < plan->analysis_count; i++) {
        const struct plan_analysis *analysis = &plan->analyses[i];
        struct text one = analysis->endpoint;
        if (analysis->purpose != PURPOSE_DESCRIPTIVE &&
            text_equal(analysis->method, method) && comes_before(last, one) &&
            (found.len == 0 || comes_before(one, found)))
            found = one;
    }
    return found;
}

static bool describes(const struct analysis_plan *plan, struct text method)
{
    for (size_t i = 0; i < plan->analysis_count; i++)
        if (plan->analyses[i].purpose == PURPOSE_DESCRIPTIVE &&
            text_equal(plan->analyses[i].method, method))
            return true;
    return false;
}

/* "E1, E2", and the description of participants. */
static struct text endpoints_of(const struct section_call *call, struct text method)
{
    const struct analysis_plan *plan = call->input->plan;
    struct arena *arena = call->document->arena;
    struct text said = {0};
    for (struct text one = next_endpoint(plan, method, said); one.len > 0;
         one = next_endpoint(plan, method, one))
        said = said.len == 0
                   ? one
                   : text_format(arena, "%.*s, %.*s", TEXT_ARG(said), TEXT_ARG(one));
    if (!describes(plan, method))
        return said;
    struct text more = section_word(call, WORD_METHOD_DESCRIBING);
    return said.len == 0
               ? more
               : text_format(arena, "%.*s, %.*s", TEXT_ARG(said), TEXT_ARG(more));
}

static void put_method(const struct section_call *call, const struct method *method)
{
    const struct method_text *words = method_text(text_of(method->name));
    struct text endpoints = endpoints_of(call, text_of(method->name));
    if (endpoints.len == 0)
        return;
    struct text values[] = {
        words == NULL ? text_of(method->label) : section_label(call, &words->name),
        words == NULL ? text_of(method->reference) : section_label(call, &words->says),
        endpoints};
    put_words(call, item(call), WORD_METHOD_USED, values, ARRAY_COUNT(values));
}

static void put_estimation(const struct section_call *call)
{
    struct text level = section_level(call);
    heading(call, WORD_METHOD_ESTIMATION);
    put_words(call, paragraph(call), WORD_METHOD_LEVEL, &level, 1);
    for (size_t i = 0; method_at(i) != NULL; i++)
        put_method(call, method_at(i));
}

/* --- missing values, choices ---------------------------------------------------------- */

/* The endpoints whose missing values are taken like those of the analysis `at`; absent: an
 * earlier one has the same sentence. */
static struct text same_rule(const struct section_call *call, size_t at)
{
    const struct plan_analysis *analyses = call->input->plan->analyses;
    struct text said = analyses[at].endpoint, last = said;
    for (size_t i = 0; i < call->input->plan->analysis_count; i++) {
        if (!text_equal(analyses[i].missing.en, analyses[at].missing.en))
            continue;
        if (i < at)
            return (struct text){0};
        if (!text_equal(analyses[i].endpoint, last))
            said = text_format(call->document->arena, "%.*s, %.*s", TEXT_ARG(said),
                               TEXT_ARG(analyses[i].endpoint));
        last = analyses[i].endpoint;
    }
    return said;
}

static void put_missing(const struct section_call *call)
{
    const struct analysis_plan *plan = call->input->plan;
    heading(call, WORD_METHOD_MISSING);
    line_words(paragraph(call), section_word(call, WORD_METHOD_MISSING_RULE));
    for (size_t i = 0; i < plan->analysis_count; i++) {
        struct text values[] = {section_label(call, &plan->analyses[i].missing),
                                same_rule(call, i)};
        if (values[0].len > 0 && values[1].len > 0)
            put_words(call, item(call), WORD_METHOD_MISSING_ONE, values,
                      ARRAY_COUNT(values));
    }
}

static void put_choices(const struct section_call *call)
{
    const struct analysis_plan *plan = call->input->plan;
    if (plan->choice_count == 0)
        return;
    heading(call, WORD_METHOD_CHOICES);
    for (size_t i = 0; i < plan->choice_count; i++) {
        struct line *line = item(call);
        line_strong(line, section_label(call, &plan->choices[i].label));
        line_words(line,
                   call->input->language == LANGUAGE_CHINESE ? TEXT("：") : TEXT(": "));
        line_words(line, section_label(call, &plan->choices[i].says));
    }
}

static void put_software(const struct section_call *call)
{
    const struct report_input *input = call->input;
    struct arena *arena = call->document->arena;
    struct text values[] = {input->software,
                            input->plan->version,
                            input->design,
                            text_format(arena, "%lld", (long long)input->cut_seq),
                            report_time(input->cut_time, arena),
                            input->cut_hash,
                            input->plan_hash};
    heading(call, WORD_METHOD_SOFTWARE);
    put_words(call, paragraph(call), WORD_METHOD_SOFTWARE_SAYS, values,
              ARRAY_COUNT(values));
}

void section_methods(const struct section_call *call)
{
    const struct plan_report *report = call->input->plan->report;
    if (report != NULL)
        line_words(paragraph(call), section_label(call, &report->about));
    put_populations(call);
    put_estimation(call);
    put_missing(call);
    put_choices(call);
    put_software(call);
}
