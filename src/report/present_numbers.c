/* How measured quantities are told: summaries, changes, two groups. */
#include "report/present_parts.h"

/* --- summaries ------------------------------------------------------------------------ */

static struct number_form summary_form(const struct present *call)
{
    static const char *const sizes[] = {"mean", "sd", "q25", "median", "q75"};
    return present_form(call, sizes, ARRAY_COUNT(sizes));
}

static void median(const struct present *call, struct number_form form,
                   struct line *line)
{
    struct line values[] = {present_line(call, "median", form),
                            present_line(call, "q25", form),
                            {.arena = call->arena},
                            present_line(call, "q75", form)};
    struct estimate low = result_value(call->part, "q25");
    line_words(&values[2],
               interval_between(is_estimated(low) ? low.value : 0, call->language));
    line_fill(line, present_word(call, WORD_MEDIAN_QUARTILES), values,
              ARRAY_COUNT(values));
}

/* Where the plan asks for them. */
static void logarithms(const struct present *call, struct statements *out)
{
    const struct number_form form = {NUMBER_PLAIN, 2};
    if (!present_has_value(call, "log.mean"))
        return;
    struct statement *said = present_next(call, out);
    const struct line values[] = {present_line(call, "log.mean", form),
                                  present_line(call, "log.sd", form)};
    line_words(&said->label, present_word(call, WORD_LOGARITHMS));
    line_fill(&said->estimate, present_word(call, WORD_MEAN_SD), values,
              ARRAY_COUNT(values));
}

void present_summary(const struct present *call, struct statements *out)
{
    struct statement *said = present_next(call, out);
    struct number_form form = summary_form(call);
    if (!present_has(call, "mean")) { /* of ranks */
        median(call, form, &said->estimate);
        return;
    }
    if (!present_has_value(call, "mean")) {
        present_number(call, &said->estimate, "mean", form);
        return;
    }
    const struct line mean[] = {present_line(call, "mean", form),
                                present_line(call, "sd", form)};
    line_fill(&said->estimate, present_word(call, WORD_MEAN_SD), mean,
              ARRAY_COUNT(mean));
    present_interval(call, &said->interval, "mean", form);
    line_words(&said->estimate, TEXT("\n"));
    median(call, form, &said->estimate);
    bool is_description = call->result->analysis->purpose == PURPOSE_DESCRIPTIVE;
    if (is_description || !present_has_value(call, "geomean"))
        return;
    struct line value = present_line(call, "geomean", form);
    line_words(&said->estimate, TEXT("\n"));
    line_fill(&said->estimate, present_word(call, WORD_GEOMETRIC), &value, 1);
    line_words(&said->interval, TEXT("\n\n")); /* beside it: the median has none */
    present_interval(call, &said->interval, "geomean", form);
    logarithms(call, out);
}

/* --- changes and two groups ----------------------------------------------------------- */

void present_change(const struct present *call, struct statements *out)
{
    static const char *const sizes[] = {"mean", "sd", "median"};
    struct number_form form = present_form(call, sizes, ARRAY_COUNT(sizes));
    struct statement *said = present_next(call, out);
    const struct line values[] = {present_line(call, "mean", form),
                                  present_line(call, "sd", form)};
    if (!present_has_value(call, "mean")) {
        present_number(call, &said->estimate, "mean", form);
        return;
    }
    line_fill(&said->estimate, present_word(call, WORD_MEAN_SD), values,
              ARRAY_COUNT(values));
    present_interval(call, &said->interval, "mean", form);
    if (present_has_value(call, "t.p"))
        present_number(call, &said->p, "t.p", form_p);
    present_told(call, out, "median", NULL);
    present_told(call, out, "hodges_lehmann", "signed_rank.p");
    present_told(call, out, "ratio", NULL);
}

/* "26; 26": how many have the truth by which they are divided, and how many have not. */
static void halves(const struct present *call, struct statements *out)
{
    struct statement *said = present_next(call, out);
    const struct line values[] = {present_line(call, "n.yes", form_whole),
                                  present_line(call, "n.no", form_whole)};
    present_halves(call, &said->label);
    line_fill(&said->estimate, TEXT("{1}; {2}"), values, ARRAY_COUNT(values));
}

void present_compare(const struct present *call, struct statements *out)
{
    halves(call, out);
    present_told(call, out, "difference", "welch.p");
    present_told(call, out, "hodges_lehmann", "rank_sum.p");
    present_told(call, out, "hedges_g", NULL);
    present_told(call, out, "ratio", NULL);
}
