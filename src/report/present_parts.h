#ifndef OSTEON_REPORT_PRESENT_PARTS_H
#define OSTEON_REPORT_PRESENT_PARTS_H
/* For the files present_*.c: what the ways of telling a method's numbers share. */
#include "report/operation_words.h"
#include "report/present.h"

typedef void present_function(const struct present *call, struct statements *out);
present_function present_counts, present_levels, present_proportion, present_survival,
    present_summary;
present_function present_change, present_compare, present_compare_events,
    present_incidence, present_rate;
/* Each number of a method that has no way of its own. */
present_function present_all;

static const struct number_form form_whole = {NUMBER_PLAIN, 0};
static const struct number_form form_percent = {NUMBER_PERCENT, 1};
static const struct number_form form_p = {NUMBER_P, 3};

/* One more; valid until the next. */
struct statement *present_next(const struct present *call, struct statements *out);
struct text present_word(const struct present *call, enum report_word which);
bool present_has_value(const struct present *call, const char *operation);
/* "7" "days": the time of an operation ("surv.t7") in its variable's unit; hours from a
 * week on in days, where these are whole. */
struct spoken_time {
    struct text number, unit;
};
struct spoken_time present_time(const struct present *call, struct text time);
/* "Platelets below 20 at baseline; others": the two groups of a comparison. */
void present_halves(const struct present *call, struct line *label);
/* The number alone. */
struct line present_line(const struct present *call, const char *operation,
                         struct number_form form);
/* "94.2 %"; of what cannot be estimated that. */
struct line present_percent(const struct present *call, const char *operation);
/* Three digits of the largest of these. */
struct number_form present_form(const struct present *call,
                                const char *const *operations, size_t count);
/* A statement of the number with its interval, in its own words and rounding; `p` (or
 * NULL) is the operation that tests it. Nothing when the part has no such number. */
void present_told(const struct present *call, struct statements *out,
                  const char *operation, const char *p);

#endif
