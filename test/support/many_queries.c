#include "support/many_queries.h"

#include "store/txn.h"

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
