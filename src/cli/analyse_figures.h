#ifndef OSTEON_CLI_ANALYSE_FIGURES_H
#define OSTEON_CLI_ANALYSE_FIGURES_H
/* The plan's figures in files, for `osteon analyse`. */
#include "base/language.h"
#include "formats/results_write.h"
#include "system/file_set.h"

/* figures/ID.svg, .pdf, .png and .csv of each. ERROR_FAILED as in report/pen_cairo.h. */
MUST_USE bool put_figures(struct file_set *set, const struct results_input *input,
                          enum language language, struct error *err);

#endif
