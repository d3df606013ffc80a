#ifndef OSTEON_REPORT_PEN_ADVANCE_H
#define OSTEON_REPORT_PEN_ADVANCE_H
/* How long a line of text will be in a browser, which is not asked: by the advances of
 * Inter (4.0, tabular figures), a Chinese character as one em. Other faces differ by some
 * hundredths, so leave room. */
#include "report/pen.h"

double pen_advance(struct text string, double size, enum pen_weight weight);

#endif
