#ifndef OSTEON_REPORT_PRESENT_H
#define OSTEON_REPORT_PRESENT_H
/* From the numbers of one part of a result to the cells of a row: which numbers are told,
 * with how many decimals, beside which interval. Each number keeps its reference.
 */
#include "report/document.h"
#include "report/report_words.h"

/* Why numbers of a table are not estimable, each reason once; told below the table. */
struct reason_notes {
    struct arena *arena;
    const char **reasons;
    size_t count, capacity;
};

struct present {
    const struct analysis_plan *plan;
    enum language language;
    struct arena *arena;
    struct reason_notes *notes;
    const struct analysis_result *result;
    const struct result_part *part;
};

/* One line of a row: what it is (absent: the analysis itself), the number, the interval,
 * the p of its test. */
struct statement {
    struct line label, estimate, interval, p;
};

struct statements {
    struct statement *list;
    size_t count, capacity;
};

/* By the method's own way, or each number of a method without one. */
void present_part(const struct present *call, struct statements *out);

/* The number, or "not estimable" with its note. */
void present_number(const struct present *call, struct line *line,
                    const char *operation, struct number_form form);
/* `prefix`.lower and .upper; nothing when the part has no such numbers. */
void present_interval(const struct present *call, struct line *line, const char *prefix,
                      struct number_form form);
/* A count that stands beside the numbers: "rows", "missing", "population_n". */
void present_count(const struct present *call, struct line *line, const char *column,
                   size_t count);
bool present_has(const struct present *call, const char *operation);
/* "E4.flow/GRAV/median"; in the call's arena. */
struct text present_reference(const struct present *call, struct text operation);
/* The unit of the variable that this argument of the analysis names; absent: none. */
struct text present_unit(const struct present *call, const char *argument);

/* How many were analysed. */
void present_analysed(const struct present *call, struct line *line);

/* "[a] Not estimable: …", the note of this place. */
struct text present_note(const struct reason_notes *notes, size_t at,
                         enum language language);
void present_notes(const struct reason_notes *notes, enum language language,
                   struct table *table);

#endif
