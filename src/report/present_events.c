/* How counts, codes, proportions, curves and incidences are told. */
#include "report/present_parts.h"

#include <stdio.h>

static struct text level(const struct present *call)
{
    enum { HUNDRED = 100 };
    return text_format(call->arena, "%.15g", HUNDRED * call->plan->level);
}

/* --- counts and proportions ----------------------------------------------------------- */

/* At no event; the interval of a zero is half of a two-sided one. */
static void upper_bound(const struct present *call, struct statements *out)
{
    static const char operation[] = "clopper_pearson.upper_one_sided";
    if (!present_has_value(call, operation))
        return;
    struct statement *said = present_next(call, out);
    struct text of = level(call);
    line_words(
        &said->label,
        words_fill(call->arena, present_word(call, WORD_UPPER_ONE_SIDED), &of, 1));
    struct line value = present_line(call, operation, form_percent);
    line_fill(&said->estimate, present_word(call, WORD_PERCENT), &value, 1);
}

static void bound(const struct present *call, struct statements *out,
                  const char *operation, enum report_word label)
{
    if (!present_has(call, operation))
        return;
    struct statement *said = present_next(call, out);
    line_words(&said->label, present_word(call, label));
    struct line value = present_line(call, operation, form_percent);
    line_fill(&said->estimate, present_word(call, WORD_PERCENT), &value, 1);
    present_interval(call, &said->interval, operation, form_percent);
}

void present_proportion(const struct present *call, struct statements *out)
{
    struct statement *said = present_next(call, out);
    const struct line values[] = {present_line(call, "events", form_whole),
                                  present_line(call, "n", form_whole),
                                  present_line(call, "estimate", form_percent)};
    bool is_told = present_has_value(call, "estimate");
    line_fill(&said->estimate,
              present_word(call, is_told ? WORD_EVENTS_OF : WORD_EVENTS_PLAIN), values,
              ARRAY_COUNT(values));
    present_interval(call, &said->interval, "wilson", form_percent);
    struct line exact = {.arena = call->arena};
    present_interval(call, &exact, "clopper_pearson", form_percent);
    if (is_told && !line_is_empty(&exact)) {
        line_words(&said->interval, TEXT("\n"));
        line_fill(&said->interval, present_word(call, WORD_EXACT), &exact, 1);
    }
    bound(call, out, "complete_case", WORD_COMPLETE_CASE);
    bound(call, out, "best_case", WORD_BEST_CASE);
    upper_bound(call, out);
}

void present_counts(const struct present *call, struct statements *out)
{
    const struct line values[] = {present_line(call, "events", form_whole),
                                  present_line(call, "n", form_whole)};
    bool is_all =
        result_value(call->part, "events").value == result_value(call->part, "n").value;
    line_fill(&present_next(call, out)->estimate,
              is_all ? TEXT("{1}") : present_word(call, WORD_EVENTS_PLAIN), values,
              ARRAY_COUNT(values));
}

/* --- codes ------------------------------------------------------------------------------ */

/* "16 (30.8 %)" for each. */
void present_levels(const struct present *call, struct statements *out)
{
    const struct text events = TEXT("events.");
    for (size_t i = 0; i < call->part->value_count; i++) {
        struct text operation = call->part->values[i].operation;
        if (!text_starts_with(operation, events))
            continue;
        struct text code = text_part(operation, events.len, operation.len);
        struct text said = plan_say(&call->part->values[i].words, call->language);
        struct statement *statement = present_next(call, out);
        const char *share = text_format(call->arena, "share.%.*s", TEXT_ARG(code)).at;
        const struct line values[] = {
            present_line(call, text_c(call->arena, operation), form_whole),
            present_line(call, share, form_percent)};
        line_words(&statement->label, said.len > 0 ? said : code);
        line_fill(&statement->estimate, present_word(call, WORD_COUNT_SHARE), values,
                  ARRAY_COUNT(values));
    }
}

/* --- survival ------------------------------------------------------------------------- */

static void at_times(const struct present *call, struct statements *out)
{
    enum { NAME_MOST = 100 };
    struct text alive = plan_say(&call->result->analysis->estimated, call->language);
    for (size_t i = 0; i < call->part->value_count; i++) {
        struct text operation = call->part->values[i].operation;
        struct text time = text_part(operation, sizeof "surv.t" - 1, operation.len);
        if (!text_starts_with(operation, TEXT("surv.t")) ||
            text_find(time, '.') < time.len)
            continue;
        char risk[NAME_MOST];
        snprintf(risk, sizeof risk, "nrisk.t%.*s", TEXT_ARG(time));
        const char *name = text_c(call->arena, operation);
        struct statement *said = present_next(call, out);
        struct line labels[] = {{.arena = call->arena},
                                {.arena = call->arena},
                                present_line(call, risk, form_whole),
                                {.arena = call->arena}};
        struct spoken_time spoken = present_time(call, time);
        line_words(&labels[0], spoken.number);
        line_words(&labels[1], spoken.unit);
        line_words(&labels[3],
                   alive.len > 0 ? alive : present_word(call, WORD_EVENT_FREE));
        line_fill(&said->label, present_word(call, WORD_AT), labels,
                  ARRAY_COUNT(labels));
        struct line value = present_line(call, name, form_percent);
        line_fill(&said->estimate, present_word(call, WORD_PERCENT), &value, 1);
        present_interval(call, &said->interval, name, form_percent);
    }
}

void present_survival(const struct present *call, struct statements *out)
{
    struct statement *said = present_next(call, out);
    line_words(&said->label, present_word(call, WORD_FOLLOWED));
    const struct line values[] = {present_line(call, "events", form_whole),
                                  present_line(call, "n", form_whole)};
    line_fill(&said->estimate, present_word(call, WORD_EVENTS_PLAIN), values,
              ARRAY_COUNT(values));
    at_times(call, out);
    said = present_next(call, out);
    struct estimate median = result_value(call->part, "q50");
    struct number_form form = {
        NUMBER_PLAIN, is_estimated(median) ? number_decimals(median.value) : 1};
    line_words(&said->label, present_word(call, WORD_MEDIAN_TIME));
    present_number(call, &said->estimate, "q50", form);
    if (is_estimated(median))
        line_words(&said->estimate, text_format(call->arena, " %.*s",
                                                TEXT_ARG(present_unit(call, "time"))));
    present_interval(call, &said->interval, "q50", form);
    if (!present_has_value(call, "rmst"))
        return;
    said = present_next(call, out);
    struct line mean =
        present_line(call, "rmst", (struct number_form){NUMBER_PLAIN, 1});
    line_words(&said->label, present_word(call, WORD_RESTRICTED_MEAN));
    line_fill(&said->estimate, TEXT("{1} "), &mean, 1);
    line_words(&said->estimate, present_unit(call, "time"));
}

/* --- beside a competing event --------------------------------------------------------- */

/* "at 24 hours (competing event before: 13.5 %)". */
void present_incidence(const struct present *call, struct statements *out)
{
    const struct text stem = TEXT("incidence.");
    struct statement *said = present_next(call, out);
    const struct line counts[] = {present_line(call, "events", form_whole),
                                  present_line(call, "n", form_whole),
                                  present_line(call, "competing", form_whole)};
    line_fill(&said->estimate, present_word(call, WORD_COMPETED), counts,
              ARRAY_COUNT(counts));
    for (size_t i = 0; i < call->part->value_count; i++) {
        struct text operation = call->part->values[i].operation;
        struct text time = text_part(operation, stem.len + 1, operation.len);
        if (!text_starts_with(operation, stem) || text_find(time, '.') < time.len)
            continue;
        const char *other =
            text_format(call->arena, "competing.t%.*s", TEXT_ARG(time)).at;
        struct line labels[] = {{.arena = call->arena},
                                {.arena = call->arena},
                                present_percent(call, other)};
        said = present_next(call, out);
        struct spoken_time spoken = present_time(call, time);
        line_words(&labels[0], spoken.number);
        line_words(&labels[1], spoken.unit);
        line_fill(&said->label, present_word(call, WORD_COMPETED_AT), labels,
                  ARRAY_COUNT(labels));
        said->estimate = present_percent(call, text_c(call->arena, operation));
        present_interval(call, &said->interval, text_c(call->arena, operation),
                         form_percent);
    }
}

/* --- two groups ----------------------------------------------------------------------- */

/* "23/26; 25/26": of those who have the truth by which they are divided, and the others. */
void present_compare_events(const struct present *call, struct statements *out)
{
    struct statement *said = present_next(call, out);
    const struct line values[] = {present_line(call, "events.yes", form_whole),
                                  present_line(call, "n.yes", form_whole),
                                  present_line(call, "events.no", form_whole),
                                  present_line(call, "n.no", form_whole)};
    present_halves(call, &said->label);
    line_fill(&said->estimate, TEXT("{1}/{2}; {3}/{4}"), values, ARRAY_COUNT(values));
    present_told(call, out, "risk_difference", "fisher.p");
    present_told(call, out, "risk_ratio", NULL);
    present_told(call, out, "odds_ratio", NULL);
    present_told(call, out, "logrank.chi2", "logrank.p");
    present_told(call, out, "hazard_ratio", "hazard_ratio.p");
    present_told(call, out, "rmst_difference", "rmst_difference.p");
}

/* --- rates ---------------------------------------------------------------------------- */

void present_rate(const struct present *call, struct statements *out)
{
    const struct number_form form = {NUMBER_PLAIN, 2};
    struct statement *said = present_next(call, out);
    const struct line values[] = {
        present_line(call, "events", form_whole),
        present_line(call, "exposure", (struct number_form){NUMBER_PLAIN, 1})};
    present_number(call, &said->estimate, "rate", form);
    present_interval(call, &said->interval, "rate", form);
    said = present_next(call, out);
    line_words(&said->label, present_word(call, WORD_EVENTS_EXPOSURE));
    line_fill(&said->estimate, TEXT("{1}; {2}"), values, ARRAY_COUNT(values));
}
