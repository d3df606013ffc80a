#include "support/many_queries.h"

#include "store/txn.h"
#include "support/measure.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { UNIT = 250 }; /* participants in one transaction */

static void must(bool is_done, const struct error *err)
{
    if (is_done)
        return;
    fprintf(stderr, "many_queries: %s\n", err->text);
    abort();
}

struct filling {
    int64_t first, end; /* participants of this unit */
    int64_t per_participant;
    bool is_alike; /* every filter finds all of them: a page of the few is as long */
};

static const char *const forms[][2] = {
    {"SE.BL", "F.DM"}, {"SE.SCR", "F.SCR"}, {"SE.SCR", "F.ICF"}, {"SE.D7", "F.FU"}};

static bool fill_one(struct txn *txn, int64_t id, const struct filling *filling,
                     struct error *err)
{
    char number[16];
    bool is_alike = filling->is_alike;
    struct origin origin = {.user = is_alike ? 4 : 2 + id % 3,
                            .device = TEXT("SYNTHETIC")};
    snprintf(number, sizeof number, "S-%04" PRId64, id);
    struct participant_added added = {.participant = id,
                                      .site = !is_alike && id % 2 == 0 ? TEXT("02")
                                                                       : TEXT("01"),
                                      .screening_number = text_of(number)};
    if (!txn_append(txn, LOG_EVENT_PARTICIPANT_ADDED, &origin, id, &added, NULL, err))
        return false;
    for (int64_t i = 0; i < filling->per_participant; i++) {
        size_t at = is_alike ? 3 : (size_t)((id + i) % (int64_t)ARRAY_COUNT(forms));
        struct query_stepped step = {.key = {.participant = id,
                                             .event = text_of(forms[at][0]),
                                             .event_repeat = 1,
                                             .form = text_of(forms[at][1]),
                                             .form_repeat = 1},
                                     .text =
                                         TEXT("SYNTHETIC: look at the source again"),
                                     .assignee = is_alike ? 3 : (id + i) % 4};
        if (!txn_append(txn, LOG_EVENT_QUERY_OPENED, &origin, id, &step, NULL, err))
            return false;
    }
    return true;
}

static bool fill_some(struct txn *txn, void *data, struct error *err)
{
    const struct filling *filling = data;
    for (int64_t id = filling->first; id < filling->end; id++)
        if (!fill_one(txn, id, filling, err))
            return false;
    return true;
}

void many_queries_fill(const struct store_options *options, int64_t participants,
                       int64_t queries, bool is_alike)
{
    struct error err;
    struct store *store = NULL;
    must(store_open(options, &store, &err), &err);
    for (int64_t first = 1; first <= participants; first += UNIT) {
        struct filling filling = {.first = first,
                                  .end = first + UNIT,
                                  .is_alike = is_alike,
                                  .per_participant = queries / participants};
        if (filling.end > participants + 1)
            filling.end = participants + 1;
        struct unit unit = {.apply = fill_some, .data = &filling};
        must(store_write(store, &unit, &err), &err);
    }
    store_close(store);
}

/* --- what the benches of queries print ------------------------------------------------- */

struct many_queries_size many_queries_size(int most)
{
    struct many_queries_size size = {
        .queries = measure_setting("BENCH_QUERIES", 20000),
        .rounds = (int)measure_setting("BENCH_QUERY_ROUNDS", 40)};
    if (size.rounds > most)
        size.rounds = most;
    return size;
}

void many_queries_print_head(const char *what, int64_t few, int64_t many)
{
    printf("%-18s %10s %10s %10s %10s  (%s; %" PRId64 " against %" PRId64 " queries)\n",
           "question", "p50 few", "p50 many", "p99 few", "p99 many", what, few, many);
}

bool many_queries_print(const char *question, const char *how,
                        struct many_queries_times few, struct many_queries_times many)
{
    char what[80];
    struct measure_bound bound = {.what = what, .must = 2, .is_most = true};
    printf("%-18s %10.0f %10.0f %10.0f %10.0f\n", question, few.p50, many.p50, few.p99,
           many.p99);
    snprintf(what, sizeof what, "%s%s, p99 many / few", question, how);
    return measure_print(&bound, many.p99 / few.p99);
}
