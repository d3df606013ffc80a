#include "support/unit.h"

#include "actions/item_version.h"

#include <string.h>

static void a_version_is_an_event_and_a_place(void **state)
{
    struct version version = {0};
    char text[VERSION_TEXT];
    (void)state;
    assert_true(version_parse(TEXT("1234:3"), &version));
    assert_int_equal(version.seq, 1234);
    assert_int_equal(version.place, 3);
    version_print(version, text);
    assert_string_equal(text, "1234:3");
}

static void anything_else_is_no_version(void **state)
{
    static const char *const wrong[] = {"",
                                        ":",
                                        "1",
                                        "1:",
                                        ":1",
                                        "0:0",
                                        "-1:0",
                                        "1:-1",
                                        "1:1:1",
                                        "a:1",
                                        "1 :1",
                                        "1:1 ",
                                        "9999999999999999999:1",
                                        "1:4294967296"};
    struct version version;
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(wrong); i++)
        if (version_parse(text_of(wrong[i]), &version))
            fail_msg("\"%s\" was taken for a version", wrong[i]);
}

static void a_base_may_be_a_change_that_waited_on_the_device(void **state)
{
    struct base_reference base;
    (void)state;
    assert_true(
        base_reference_parse(TEXT("01890a5d-ac96-774b-bcce-b302099a8057:12"), &base));
    assert_true(base.is_queued);
    assert_int_equal(base.version.place, 12);
    assert_memory_equal(base.batch, "\x01\x89\x0a\x5d\xac\x96\x77\x4b", 8);
    assert_true(base_reference_parse(TEXT("7:0"), &base));
    assert_false(base.is_queued);
    assert_false(
        base_reference_parse(TEXT("01890a5d-ac96-774b-bcce-b302099a8057"), &base));
    assert_false(
        base_reference_parse(TEXT("01890a5d-ac96-774b-bcce-b302099a8057:"), &base));
    assert_false(
        base_reference_parse(TEXT("01890a5d_ac96-774b-bcce-b302099a8057:1"), &base));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_version_is_an_event_and_a_place),
        cmocka_unit_test(anything_else_is_no_version),
        cmocka_unit_test(a_base_may_be_a_change_that_waited_on_the_device),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
