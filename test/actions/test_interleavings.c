/* Two tablets that were without the server send what they hold: in whatever order their
 * edits arrive, what stands at the end is the same. All 924 orders that keep each tablet's
 * own are tried, C(12, 6), against the real save. */
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/form_view.h"
#include "actions/history.h"
#include "base/buffer.h"
#include "base/uuid.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define BASELINE "SE.BL", "F.DM"

enum { EDITS = 6, TABLETS = 2, ALL = EDITS * TABLETS, ORDERS = 924 };

/* `follows`: the edit of the same tablet that it is based on; SEEN: the answer that both
 * had before; FIRST: nothing. `ago`: seconds before the first arrival. */
enum { SEEN = -1, FIRST = -2 };

struct edit {
    const char *item, *value;
    int follows;
    int64_t ago;
};

/* Three edits of the weight each, one of them outside its range; a height and a test that
 * both enter for the first time, with other values and with the same; an answer whose
 * condition the other tablet's makes hold. */
static const struct edit edits[TABLETS][EDITS] = {
    {{"I.DM.WEIGHT", "61", SEEN, 600},
     {"I.DM.HEIGHT", "160", FIRST, 560},
     {"I.DM.WEIGHT", "620", 0, 520},
     {"I.DM.SEX", "F", FIRST, 480},
     {"I.DM.WEIGHT", "63", 2, 440},
     {"I.DM.WTEST", "N", FIRST, 400}},
    {{"I.DM.WEIGHT", "71", SEEN, 590},
     {"I.DM.PREG", "N", FIRST, 550},
     {"I.DM.WEIGHT", "72", 0, 510},
     {"I.DM.HEIGHT", "165", FIRST, 470},
     {"I.DM.WEIGHT", "73", 2, 430},
     {"I.DM.WTEST", "N", FIRST, 390}},
};

static struct fixture study;
static struct caller tablets[TABLETS];

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    tablets[0] = fixture_person(&study, "crc", ROLE_CRC);
    tablets[1] = fixture_person(&study, "rn", ROLE_RN);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

/* One participant, and what the two tablets hold of them. */
struct race {
    int64_t person;
    const char *seen; /* the version of the weight that both saw */
    int64_t began;
    struct save_values held[TABLETS][EDITS];
    struct mutation mutations[TABLETS][EDITS];
    size_t sent[TABLETS];
};

static struct text base_of(const struct race *race, int tablet, const struct edit *edit)
{
    if (edit->follows == FIRST)
        return (struct text){0};
    if (edit->follows == SEEN)
        return text_of(race->seen);
    struct uuid uuid;
    char id[UUID_TEXT_SIZE];
    memcpy(uuid.bytes, race->held[tablet][edit->follows].batch, sizeof uuid.bytes);
    uuid_print(&uuid, id);
    return text_format(study.arena, "%.*s:0", (int)sizeof id, id);
}

static void hold(struct race *race, int tablet, int i)
{
    const struct edit *edit = &edits[tablet][i];
    struct save_values verb =
        fixture_save_of(&study, &tablets[tablet], race->person, BASELINE);
    verb.has_device_time = true;
    verb.device_time = race->began - edit->ago * 1000 * 1000;
    race->held[tablet][i] = verb;
    race->mutations[tablet][i] = (struct mutation){.item = text_of(edit->item),
                                                   .value = text_of(edit->value),
                                                   .base = base_of(race, tablet, edit)};
    if (edit->follows != FIRST)
        race->mutations[tablet][i].reason = TEXT("SYNTHETIC reason");
}

static void begin(struct race *race)
{
    *race = (struct race){.person = fixture_screen(&study, &tablets[0]),
                          .began = fixture_now(&study)};
    fixture_enter(&study, &tablets[0], race->person, BASELINE, "I.DM.WEIGHT", "60",
                  NULL);
    race->seen = fixture_version(&study, race->person, BASELINE, "I.DM.WEIGHT", 0);
    for (int tablet = 0; tablet < TABLETS; tablet++)
        for (int i = 0; i < EDITS; i++)
            hold(race, tablet, i);
}

static void send_next(struct race *race, int tablet)
{
    size_t i = race->sent[tablet]++;
    struct save_values *verb = &race->held[tablet][i];
    ASSERT_OK(fixture_save(&study, verb, &race->mutations[tablet][i], 1), &study.err);
    if (verb->outcomes[0].status == MUTATION_REJECTED)
        ASSERT_OK(false, verb->outcomes[0].why);
    assert_false(verb->is_duplicate);
    assert_true(verb->seq > 0);
}

/* --- what stands at the end ---------------------------------------------------------- */

static void put_query(struct buffer *out, const struct form_query *query)
{
    if (query->stored.state != QUERY_OPEN)
        return;
    buffer_format(out, "query %.*s %.*s:", TEXT_ARG(query->stored.check),
                  TEXT_ARG(query->stored.item));
    for (size_t i = 0; i < query->value_count; i++)
        buffer_format(out, " %.*s", TEXT_ARG(query->values[i].stored.answer.value));
    buffer_format(out, "\n");
}

/* Each item with its value, also the derived ones; what is not asked; what is open. */
static struct text end_of(const struct race *race)
{
    struct form_view *view = NULL;
    struct form_key key = {
        .participant = race->person, .event = TEXT("SE.BL"), .form = TEXT("F.DM")};
    struct buffer out = buffer_in(study.arena, 1 << 16);
    struct text text = {0};
    ASSERT_OK(
        form_view_read(study.study, &tablets[0], &key, study.arena, &view, &study.err),
        &study.err);
    for (size_t i = 0; i < view->value_count; i++)
        buffer_format(&out, "%.*s=%.*s\n", TEXT_ARG(view->values[i].stored.item),
                      TEXT_ARG(view->values[i].stored.answer.value));
    for (size_t i = 0; i < view->hidden_count; i++)
        buffer_format(&out, "hidden %.*s\n", TEXT_ARG(view->hidden[i].item));
    /* By item: the order of opening is that of arrival. */
    static const char *const items[] = {"I.DM.WEIGHT", "I.DM.HEIGHT", "I.DM.WTEST",
                                        "I.DM.SEX",    "I.DM.PREG",   "I.DM.BMI"};
    for (size_t k = 0; k < ARRAY_COUNT(items); k++)
        for (size_t i = 0; i < view->query_count; i++)
            if (text_equal(view->queries[i].stored.item, text_of(items[k])))
                put_query(&out, &view->queries[i]);
    ASSERT_OK(buffer_text(&out, &text, &study.err), &study.err);
    return text;
}

/* Every answer that was ever given to the weight is in its history. */
static void nothing_is_lost(const struct race *race)
{
    struct history_entry *entries = NULL;
    size_t count = 0;
    size_t found = 0;
    struct history_filter filter = {
        .participant = race->person, .event = TEXT("SE.BL"), .form = TEXT("F.DM")};
    ASSERT_OK(history_read(study.study, &tablets[0], &filter, study.arena, &entries,
                           &count, &study.err),
              &study.err);
    for (int tablet = 0; tablet < TABLETS; tablet++)
        for (int i = 0; i < EDITS; i++)
            for (size_t k = 0; k < count; k++)
                if (entries[k].by == tablets[tablet].user &&
                    text_equal(entries[k].item, text_of(edits[tablet][i].item)) &&
                    text_equal(entries[k].new.value, text_of(edits[tablet][i].value))) {
                    found++;
                    break;
                }
    assert_int_equal(found, ALL);
}

/* The next order after this one, as a set of the arrivals that are the first tablet's: the
 * next larger number with as many bits. */
static uint32_t next_order(uint32_t order)
{
    uint32_t lowest = order & (0U - order);
    uint32_t ripple = order + lowest;
    return ripple | (((order ^ ripple) / lowest) >> 2);
}

static void all_orders_of_arrival_end_the_same(void **state)
{
    /* 73 of tablet 2 is the latest weight and 165 the latest height: 73 / 1.65² = 26.8. */
    static const char *const expected[] = {"I.DM.WEIGHT=73\n", "I.DM.HEIGHT=165\n",
                                           "I.DM.SEX=F\n",     "I.DM.PREG=N\n",
                                           "I.DM.WTEST=N\n",   "I.DM.BMI=26.8\n"};
    struct text first = {0};
    size_t count = 0;
    (void)state;
    struct arena *kept = arena_new(1 << 16);
    for (uint32_t order = (1U << EDITS) - 1; order < 1U << ALL;
         order = next_order(order)) {
        struct arena_mark mark = arena_mark(study.arena);
        struct race race;
        begin(&race);
        for (int i = 0; i < ALL; i++)
            send_next(&race, (order >> i & 1) == 1 ? 0 : 1);
        struct text end = end_of(&race);
        if (count++ == 0)
            first = text_copy(kept, end);
        if (!text_equal(end, first))
            fail_msg("order %03" PRIx32 " ends in\n%.*s\nand the first in\n%.*s", order,
                     TEXT_ARG(end), TEXT_ARG(first));
        nothing_is_lost(&race);
        arena_rewind(study.arena, mark);
    }
    assert_int_equal(count, ORDERS);
    for (size_t i = 0; i < ARRAY_COUNT(expected); i++)
        assert_non_null(strstr(text_c(kept, first), expected[i]));
    const char *queries = strstr(text_c(kept, first), "query");
    assert_non_null(queries);
    assert_string_equal(queries, "query  I.DM.WEIGHT: 73 63\n"
                                 "query  I.DM.HEIGHT: 165 160\n");
    arena_free(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_orders_of_arrival_end_the_same, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
