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

/* How many and how often, from BENCH_QUERIES and BENCH_QUERY_ROUNDS (at most `most`). */
struct many_queries_size {
    int64_t queries;
    int rounds;
};
struct many_queries_size many_queries_size(int most);

/* Microseconds of a kind of question, of the folder with few and of that with many. */
struct many_queries_times {
    double p50, p99;
};
/* "microseconds of processor time" */
void many_queries_print_head(const char *what, int64_t few, int64_t many);
/* A line of both, and whether the p99 of many is at most twice that of few; `how` follows
 * the question's name there. */
bool many_queries_print(const char *question, const char *how,
                        struct many_queries_times few, struct many_queries_times many);

#endif
