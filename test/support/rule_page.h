#ifndef OSTEON_TEST_SUPPORT_RULE_PAGE_H
#define OSTEON_TEST_SUPPORT_RULE_PAGE_H
/* Reads a page like doc/language.md: blocks fenced by ```design, ```values and ```example,
 * in whose lines "source → value" stands, the source perhaps over several lines, below
 * "-- at PLACE".
 */
#include "support/rule_sample.h"

struct page_example {
    struct text source, expected, where;
    size_t line; /* of the page, where its value stands */
};

struct rule_page {
    struct rule_sample sample; /* with the values of the blocks before */
    size_t example_count;
};

typedef void page_example_function(void *data, struct rule_page *page,
                                   const struct page_example *example);

/* Calls `take` for each example. The caller ends page->sample. */
void rule_page_read(struct rule_page *page, struct text document,
                    page_example_function *take, void *data);

#endif
