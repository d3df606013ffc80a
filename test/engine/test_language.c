/* The language's reference tells the truth: each example of doc/language.md is run. */
#include "support/rule_page.h"
#include "support/unit.h"
#include "system/file.h"

#include <stdio.h>

static void run_example(void *data, struct rule_page *page,
                        const struct page_example *example)
{
    size_t *failures = data;
    struct text value =
        rule_sample_value(&page->sample, example->source, example->where);
    if (text_equal(value, example->expected))
        return;
    ++*failures;
    fprintf(stderr, "doc/language.md:%zu: %.*s\n  is       %.*s\n  expected %.*s\n",
            example->line, TEXT_ARG(example->source), TEXT_ARG(value),
            TEXT_ARG(example->expected));
}

static void every_example_of_the_reference_gives_the_value_it_says(void **state)
{
    (void)state;
    struct rule_page page = {0};
    struct arena *arena = arena_new((size_t)4 << 20);
    struct text document;
    struct error err;
    size_t failures = 0;
    ASSERT_OK(file_read("doc/language.md", (size_t)1 << 20, arena, &document, &err),
              &err);
    rule_page_read(&page, document, run_example, &failures);
    assert_int_equal(failures, 0);
    assert_true(page.example_count > 200);
    rule_sample_end(&page.sample);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_of_the_reference_gives_the_value_it_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
