#include "base/uuid.h"
#include "support/unit.h"

/* RFC 9562, appendices A.1 to A.6 and B.2, with their versions. */
static const struct {
    const char *text;
    int version;
} examples[] = {
    {"c232ab00-9414-11ec-b3c8-9f6bdeced846", 1},
    {"5df41881-3aed-3515-88a7-2f4a814cf09e", 3},
    {"919108f7-52d1-4320-9bac-f847db4148a8", 4},
    {"2ed6657d-e927-568b-95e1-2665a8aea6a2", 5},
    {"1ec9414c-232a-6b00-b3c8-9f6bdeced846", 6},
    {"017f22e2-79b0-7cc3-98c4-dc0c0c07398f", 7},
    {"5c146b14-3c52-8afd-938a-375d0df1fbf6", 8},
    {"00000000-0000-0000-0000-000000000000", 0}, /* section 5.9, nil */
};

static struct uuid parsed(const char *text)
{
    struct uuid uuid = {0};
    assert_true(uuid_parse(text_of(text), &uuid, NULL));
    return uuid;
}

static void reads_and_prints_the_examples_of_rfc_9562(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(examples); i++) {
        char text[UUID_TEXT_SIZE];
        struct uuid uuid = parsed(examples[i].text);
        assert_int_equal(uuid_print(&uuid, text), UUID_TEXT_SIZE);
        ASSERT_TEXT(((struct text){.at = text, .len = sizeof text}), examples[i].text);
    }
}

/* RFC 9562 section 4, figures 4 and 5: text and integer of one UUID. */
static void the_bytes_are_in_network_order(void **state)
{
    (void)state;
    const uint8_t expected[UUID_BYTES] = {0xf8, 0x1d, 0x4f, 0xae, 0x7d, 0xec,
                                          0x11, 0xd0, 0xa7, 0x65, 0x00, 0xa0,
                                          0xc9, 0x1e, 0x6b, 0xf6};
    struct uuid uuid = parsed("f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    assert_memory_equal(uuid.bytes, expected, UUID_BYTES);
}

static void capitals_are_read_and_printed_small(void **state)
{
    (void)state;
    char text[UUID_TEXT_SIZE];
    struct uuid uuid = parsed("017F22E2-79B0-7cC3-98C4-DC0C0C07398F");
    uuid_print(&uuid, text);
    ASSERT_TEXT(((struct text){.at = text, .len = sizeof text}),
                "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

static void says_where_the_text_form_is_broken(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t at;
    } cases[] = {
        {"", 0},
        {"017f22e2-79b0-7cc3-98c4-dc0c0c07398", 35},
        {"017f22e2-79b0-7cc3-98c4-dc0c0c07398f0", 36},
        {"017f22e279b0-7cc3-98c4-dc0c0c07398f", 8},
        {"017f22e2-79b0-7cc3-98c4-dc0c0c07398g", 35},
        {"017f22e2-79b0-7cc3-98c40dc0c0c07398f", 23},
        {"017f22e-279b0-7cc3-98c4-dc0c0c07398f", 7},
        {"{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}", 0},
        {"urn:uuid:017f22e2-79b0-7cc3-98c4-dc0c0c07398f", 0},
        {" 17f22e2-79b0-7cc3-98c4-dc0c0c07398f", 0},
        {"017f22e279b07cc398c4dc0c0c07398f", 8},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct uuid uuid;
        size_t at = 99;
        assert_false(uuid_parse(text_of(cases[i].text), &uuid, &at));
        assert_int_equal(at, cases[i].at);
    }
}

static void only_version_7_is_version_7(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(examples); i++) {
        struct uuid uuid = parsed(examples[i].text);
        assert_int_equal(uuid_is_version_7(&uuid), examples[i].version == 7);
    }
    struct uuid all_ones = parsed("ffffffff-ffff-ffff-ffff-ffffffffffff");
    assert_false(uuid_is_version_7(&all_ones));
}

/* RFC 9562 section 4.1: the variant's two highest bits are 1 and 0. */
static void version_7_of_another_variant_is_not_ours(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_ours;
    } cases[] = {
        {"017f22e2-79b0-7cc3-78c4-dc0c0c07398f", false},
        {"017f22e2-79b0-7cc3-88c4-dc0c0c07398f", true},
        {"017f22e2-79b0-7cc3-b8c4-dc0c0c07398f", true},
        {"017f22e2-79b0-7cc3-c8c4-dc0c0c07398f", false},
        {"017f22e2-79b0-7cc3-08c4-dc0c0c07398f", false},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct uuid uuid = parsed(cases[i].text);
        assert_int_equal(uuid_is_version_7(&uuid), cases[i].is_ours);
    }
}

/* RFC 9562 appendix A.6: Tuesday, February 22, 2022 2:22:22.00 PM GMT-05:00. */
static void version_7_says_its_millisecond(void **state)
{
    (void)state;
    struct uuid uuid = parsed("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    assert_true(uuid_milliseconds(&uuid) == INT64_C(1645557742000));
}

static void makes_the_version_7_of_appendix_a_6(void **state)
{
    (void)state;
    const uint8_t random[UUID_RANDOM_BYTES] = {0x0c, 0xc3, 0x18, 0xc4, 0xdc,
                                               0x0c, 0x0c, 0x07, 0x39, 0x8f};
    struct uuid made = uuid_version_7(INT64_C(1645557742000), random);
    struct uuid expected = parsed("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    assert_int_equal(uuid_compare(&made, &expected), 0);
}

static void later_ids_sort_after_earlier_ones(void **state)
{
    (void)state;
    const uint8_t high[UUID_RANDOM_BYTES] = {255, 255, 255, 255, 255,
                                             255, 255, 255, 255, 255};
    const uint8_t low[UUID_RANDOM_BYTES] = {0};
    struct uuid earlier = uuid_version_7(INT64_C(0x017fffffffff), high);
    struct uuid later = uuid_version_7(INT64_C(0x018000000000), low);
    assert_true(uuid_compare(&earlier, &later) < 0);
    assert_true(uuid_compare(&later, &earlier) > 0);
    assert_true(uuid_is_version_7(&earlier) && uuid_is_version_7(&later));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_prints_the_examples_of_rfc_9562),
        cmocka_unit_test(the_bytes_are_in_network_order),
        cmocka_unit_test(capitals_are_read_and_printed_small),
        cmocka_unit_test(says_where_the_text_form_is_broken),
        cmocka_unit_test(only_version_7_is_version_7),
        cmocka_unit_test(version_7_of_another_variant_is_not_ours),
        cmocka_unit_test(version_7_says_its_millisecond),
        cmocka_unit_test(makes_the_version_7_of_appendix_a_6),
        cmocka_unit_test(later_ids_sort_after_earlier_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
