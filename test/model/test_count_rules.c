/* How a design declares counts across participants, and what is refused. */
#include "base/limits.h"
#include "model/rulebook.h"
#include "support/design_text.h"
#include "support/unit.h"

#include <string.h>

static struct arena *arena;
static struct error err;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(LIMIT_DESIGN_ARENA);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* The built-in study with another declaration of the devices at two participants. */
static bool make_with(const struct study_count *changed)
{
    struct design *design = ARENA_NEW(arena, struct design);
    *design = *design_builtin(arena);
    struct study_count *counts =
        ARENA_ARRAY(arena, struct study_count, design->count_count);
    for (size_t i = 0; i < design->count_count; i++) {
        counts[i] = design->counts[i];
        if (text_equal(counts[i].name, TEXT("device_elsewhere"))) {
            counts[i].rows = changed->rows;
            counts[i].key = changed->key;
            counts[i].begins = changed->begins;
            counts[i].ends = changed->ends;
            counts[i].is_over_others = changed->is_over_others;
        }
    }
    design->counts = counts;
    const struct rulebook *rulebook = NULL;
    return rulebook_make(design, arena, &rulebook, &err);
}

static const struct study_count right = {.rows = TEXT_INIT("DA1 where DVKIND = 'MON'"),
                                         .key = TEXT_INIT("DVEUI"),
                                         .begins = TEXT_INIT("DVBEG"),
                                         .ends = TEXT_INIT("DVEND"),
                                         .is_over_others = true};

static void assert_refused(const struct study_count *changed, const char *words)
{
    assert_false(make_with(changed));
    if (strstr(err.text, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, words);
}

static void rows_are_a_section_or_a_form_under_a_condition(void **state)
{
    (void)state;
    ASSERT_OK(make_with(&right), &err);
    struct study_count changed = right;
    changed.rows = TEXT("DA9");
    assert_refused(&changed, "there is no such form or section");
    changed.rows = TEXT("DA1 where DVKIND = 'NONE'");
    assert_refused(&changed, "'NONE' is no code");
}

static void a_key_is_a_text_or_a_code_and_a_time_a_moment(void **state)
{
    (void)state;
    struct study_count changed = right;
    changed.key = TEXT("DVOFF");
    assert_refused(&changed, "its key is a text or a code");
    changed = right;
    changed.begins = TEXT("DVEUI");
    assert_refused(&changed, "are moments");
}

static void with_a_key_others_are_counted(void **state)
{
    (void)state;
    struct study_count changed = right;
    changed.is_over_others = false;
    assert_refused(&changed, "rows of others");
}

/* CK118 stands at F.DA and asks it. */
static void it_is_asked_beside_its_own_rows_only(void **state)
{
    (void)state;
    struct study_count changed = right;
    changed.rows = TEXT("IO");
    changed.key = TEXT("UDIRAW");
    changed.begins = changed.ends = (struct text){0};
    assert_refused(&changed, "only a rule beside the rows");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(rows_are_a_section_or_a_form_under_a_condition),
        TEST(a_key_is_a_text_or_a_code_and_a_time_a_moment),
        TEST(with_a_key_others_are_counted),
        TEST(it_is_asked_beside_its_own_rows_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
