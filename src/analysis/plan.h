#ifndef OSTEON_ANALYSIS_PLAN_H
#define OSTEON_ANALYSIS_PLAN_H
/* The analysis plan as data: which datasets are derived from the answers, who is in which
 * population, and what is estimated of whom by which method. Read from plan.json
 * (formats/plan_read.h); immutable once read.
 *
 * A variable is an expression of the study's language (doc/language.md), evaluated where
 * its dataset's rows stand: once a participant, once for each instance of a form, or once
 * for each row of a repeating section. So the engine derives it, the same one as the bedside's, and it can
 * explain it item by item.
 */
#include "base/arena.h"
#include "base/error.h"
#include "base/language.h"
#include "base/text.h"

#include <stdint.h>

struct plan_words {
    struct text en, zh;
};

/* A value of a code, in its words: of one that an expression makes by itself, for which the
 * design has none; or as a figure has it, in this order. */
struct plan_level {
    struct text name;
    struct plan_words label;
};

struct plan_variable {
    struct text name; /* as in tidy tables: TACC */
    struct plan_words label;
    struct text unit; /* of a number, for people; absent: none */
    struct text source;
    const struct plan_level *levels; /* in their order */
    size_t level_count;
};

/* `section` absent: a row for each instance of `form`; `form` absent too: a row for each
 * participant. */
struct plan_dataset {
    struct text name;
    struct plan_words label;
    struct text form, section;
    const struct plan_variable *variables;
    size_t variable_count;
};

/* Those participants for whom a truth of the first dataset is yes. */
struct plan_population {
    struct text name; /* ATT */
    struct plan_words label;
    struct text where; /* the name of that truth */
};

enum plan_purpose {
    PURPOSE_PRIMARY,
    PURPOSE_SECONDARY,
    PURPOSE_EXPLORATORY,
    PURPOSE_SENSITIVITY,
    PURPOSE_DESCRIPTIVE, /* of participants and conduct: no outcome */
    PURPOSE_COUNT
};
extern const char *const plan_purpose_names[PURPOSE_COUNT];

/* What a method is given: "event": a name or word; "covariates": several names; "at":
 * numbers. */
struct plan_argument {
    struct text name;
    struct text text;         /* one; absent: several, or numbers */
    const struct text *texts; /* several */
    size_t text_count;
    const double *numbers;
    size_t number_count;
};

struct plan_analysis {
    struct text id;       /* E1.attempt */
    struct text endpoint; /* E1 */
    struct plan_words label;
    struct plan_words missing; /* how missing values are taken, in words */
    /* Of a survival: who has not had the event ("alive"); absent: no word for them. */
    struct plan_words estimated;
    enum plan_purpose purpose;
    struct text population, dataset;
    struct text where; /* a truth of the dataset; absent: all its rows */
    struct text group; /* a code of the dataset: once for each of its values; absent */
    struct text method;
    const struct plan_argument *arguments;
    size_t argument_count;
};

/* What is drawn of which analyses; "with" says what else the kind needs. */
struct plan_figure {
    struct text id;   /* a file's name: "survival" */
    struct text kind; /* report/figure.h */
    struct plan_words label;
    struct plan_words caption;       /* how it is to be read */
    struct plan_words x, y;          /* titles of the axes; absent: none */
    const struct plan_level *levels; /* in this order, in these words */
    size_t level_count;
    const struct text *analyses;
    size_t analysis_count;
    const struct plan_argument *arguments;
    size_t argument_count;
};

/* What the protocol leaves open and the plan decides, for people to confirm. */
struct plan_choice {
    struct text name;
    struct plan_words label, says;
};

struct plan_texts {
    const struct text *list;
    size_t count;
};

/* A chapter of the report. It takes the analyses that fit all lists that are given and that
 * no chapter before it has taken; without any list none. */
struct plan_section {
    struct text kind; /* of report/section.h */
    struct plan_words label;
    struct plan_words caption; /* of its table; absent: as the label */
    struct plan_words note;    /* absent: none */
    struct plan_texts endpoints, purposes, methods, analyses;
    struct plan_texts figures;
};

/* What others found, beside which the results are read. */
struct plan_evidence {
    struct plan_words study, population, says;
};

struct plan_report {
    struct plan_words title;
    struct plan_words about;            /* the study in a few sentences */
    const struct plan_level *endpoints; /* what they are called */
    size_t endpoint_count;
    const struct plan_section *sections;
    size_t section_count;
    const struct plan_evidence *evidence;
    size_t evidence_count;
};

struct analysis_plan {
    struct text study, version;
    double level; /* of all intervals, two-sided */
    const struct plan_choice *choices;
    size_t choice_count;
    const struct plan_dataset *datasets; /* the first: a row for each participant */
    size_t dataset_count;
    const struct plan_population *populations;
    size_t population_count;
    const struct plan_analysis *analyses;
    size_t analysis_count;
    const struct plan_figure *figures;
    size_t figure_count;
    const struct plan_report *report; /* NULL: the plan says nothing of one */
};

/* By name; NULL, or -1, when there is none. */
const struct plan_dataset *plan_dataset(const struct analysis_plan *plan,
                                        struct text name);
const struct plan_population *plan_population(const struct analysis_plan *plan,
                                              struct text name);
int32_t plan_variable(const struct plan_dataset *dataset, struct text name);
/* A plan with those analyses alone, in the order of `ids`, and of the datasets only the
 * variables that they and their populations name. In `arena`; it shares texts with `plan`. */
struct analysis_plan *plan_part(const struct analysis_plan *plan,
                                const char *const *ids, size_t count,
                                struct arena *arena);
const struct plan_argument *plan_argument(const struct plan_analysis *analysis,
                                          const char *name);
const struct plan_argument *plan_figure_argument(const struct plan_figure *figure,
                                                 const char *name);
const struct plan_figure *plan_figure(const struct analysis_plan *plan, struct text id);

static inline struct text plan_say(const struct plan_words *words,
                                   enum language language)
{
    return language == LANGUAGE_CHINESE ? words->zh : words->en;
}

#endif
