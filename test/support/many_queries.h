#ifndef OSTEON_TEST_SUPPORT_MANY_QUERIES_H
#define OSTEON_TEST_SUPPORT_MANY_QUERIES_H
/* A folder with as many open queries as a bench wants, written through the store's writer:
 * events, seals, projections. Asked by the users 2 to 4, over two sites and four forms. All
 * text is SYNTHETIC. Aborts when something fails. */
#include "store/store.h"

/* Opens the folder, fills it and closes it. `is_alike`: every filter finds all of them, so
 * that a page of a few is as long as one of many. */
void many_queries_fill(const struct store_options *options, int64_t participants,
                       int64_t queries, bool is_alike);

#endif
