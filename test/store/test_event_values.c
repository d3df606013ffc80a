/* What a save says is read back as it was said; bytes that no program wrote are refused. */
#include "base/buffer.h"
#include "store/event.h"
#include "support/unit.h"

#include <string.h>

static struct arena *arena;

static int begin(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct text encoded(struct values_saved *saved)
{
    struct buffer out = buffer_in(arena, 1 << 20);
    struct origin origin = {.language = TEXT("en")};
    event_encode(event_kind_of(LOG_EVENT_VALUES_SAVED), &origin, saved, &out);
    assert_false(out.is_overflown);
    return (struct text){out.at, out.len};
}

static bool decode(struct text bytes, struct log_row *out)
{
    *out = (struct log_row){
        .seq = 9, .kind = LOG_EVENT_VALUES_SAVED, .kind_version = 1, .participant = 1};
    return event_decode(event_kind_of(LOG_EVENT_VALUES_SAVED), bytes, arena, out);
}

static struct values_saved save_of(struct value_change *changes, size_t count)
{
    return (struct values_saved){.key = {.participant = 1,
                                         .event = TEXT("SE.A"),
                                         .event_repeat = 1,
                                         .form = TEXT("F.A"),
                                         .form_repeat = 1},
                                 .design_version = TEXT("1"),
                                 .changes = changes,
                                 .change_count = count};
}

static void each_change_keeps_its_own_reason(void **state)
{
    (void)state;
    static const char *const reasons[] = {NULL, "one", "one", "two",
                                          NULL, "two", "two"};
    struct value_change changes[ARRAY_COUNT(reasons)] = {0};
    for (size_t i = 0; i < ARRAY_COUNT(reasons); i++)
        changes[i] = (struct value_change){
            .item = TEXT("I.A"),
            .row = (int64_t)i,
            .place = (int32_t)(2 * i),
            .source = i == 3 ? SOURCE_SYSTEM : SOURCE_PERSON,
            .new = {.value = TEXT("7")},
            .reason = reasons[i] == NULL ? (struct text){0} : text_of(reasons[i])};
    struct values_saved saved = save_of(changes, ARRAY_COUNT(reasons));
    struct log_row row;
    assert_true(decode(encoded(&saved), &row));
    const struct values_saved *read = row.content;
    assert_int_equal(read->change_count, ARRAY_COUNT(reasons));
    for (size_t i = 0; i < ARRAY_COUNT(reasons); i++) {
        assert_int_equal(read->changes[i].place, 2 * i);
        assert_int_equal(read->changes[i].source, changes[i].source);
        if (reasons[i] == NULL)
            assert_true(text_is_absent(read->changes[i].reason));
        else
            ASSERT_TEXT(read->changes[i].reason, reasons[i]);
    }
}

static void every_source_comes_back(void **state)
{
    struct value_change changes[SOURCE_FEED + 1] = {0};
    struct log_row row;
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(changes); i++)
        changes[i] = (struct value_change){.item = TEXT("I.A"),
                                           .row = (int64_t)i,
                                           .place = (int32_t)i,
                                           .source = (enum value_source)i,
                                           .new = {.value = TEXT("7")}};
    struct values_saved saved = save_of(changes, ARRAY_COUNT(changes));
    assert_true(decode(encoded(&saved), &row));
    const struct values_saved *read = row.content;
    for (size_t i = 0; i < ARRAY_COUNT(changes); i++)
        assert_int_equal(read->changes[i].source, i);
    changes[0].source = (enum value_source)(SOURCE_FEED + 1);
    assert_false(decode(encoded(&saved), &row));
}

/* 30 changes of one batch have one reason: it stands there once. */
static void a_batch_carries_its_reason_once(void **state)
{
    (void)state;
    enum { ITEMS = 30 };
    struct value_change changes[ITEMS] = {0};
    for (int32_t i = 0; i < ITEMS; i++)
        changes[i] = (struct value_change){.item = TEXT("I.A"),
                                           .row = i,
                                           .place = i,
                                           .new = {.value = TEXT("7")},
                                           .reason = TEXT("SYNTHETICREASON")};
    struct values_saved saved = save_of(changes, ITEMS);
    struct text bytes = encoded(&saved);
    int found = 0;
    for (size_t at = 0; at + 15 <= bytes.len; at++)
        found += memcmp(bytes.at + at, "SYNTHETICREASON", 15) == 0;
    assert_int_equal(found, 1);
}

static void bytes_that_are_cut_or_longer_are_refused(void **state)
{
    (void)state;
    struct version settled = {3, 1};
    struct value_change changes[] = {
        {.item = TEXT("I.A"),
         .new = {.missing = MISSING_OTHER, .missing_text = TEXT("why")},
         .has_base = true,
         .base.version = {4, 2},
         .settles = &settled,
         .settle_count = 1,
         .reason = TEXT("one")},
        {.item = TEXT("I.B"),
         .place = 1,
         .new = {.value = TEXT("7")},
         .reason = TEXT("one")},
    };
    struct values_saved saved = save_of(changes, 2);
    struct text bytes = encoded(&saved);
    struct log_row row;
    for (size_t len = 0; len < bytes.len; len++)
        assert_false(decode(text_part(bytes, 0, len), &row));
    char *longer = arena_alloc(arena, bytes.len + 1);
    memcpy(longer, bytes.at, bytes.len);
    longer[bytes.len] = 0;
    assert_false(decode((struct text){longer, bytes.len + 1}, &row));
    assert_true(decode(bytes, &row));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(each_change_keeps_its_own_reason),
        TEST(every_source_comes_back),
        TEST(a_batch_carries_its_reason_once),
        TEST(bytes_that_are_cut_or_longer_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
