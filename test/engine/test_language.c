/* The language's reference tells the truth: each example of doc/language.md is run. */
#include "support/rule_sample.h"
#include "support/unit.h"
#include "system/file.h"

#include <stdio.h>

struct page {
    struct rule_sample sample;
    struct text where;
    size_t line, example_count, failures;
};

static struct text arrow = {.at = "→", .len = 3};

static size_t find_arrow(struct text line)
{
    for (size_t i = 0; i + arrow.len <= line.len; i++)
        if (text_equal(text_part(line, i, arrow.len), arrow))
            return i;
    return line.len;
}

static void run_example(struct page *page, struct text source, struct text expected)
{
    struct text value = rule_sample_value(&page->sample, source, page->where);
    page->example_count++;
    if (text_equal(value, expected))
        return;
    page->failures++;
    fprintf(stderr, "doc/language.md:%zu: %.*s\n  is       %.*s\n  expected %.*s\n",
            page->line, TEXT_ARG(source), TEXT_ARG(value), TEXT_ARG(expected));
}

/* Lines up to one with an arrow are one expression. */
static void run_examples(struct page *page, struct text block)
{
    struct text source = {0};
    page->where = TEXT("");
    while (block.len > 0) {
        struct text line = text_cut(&block, '\n');
        size_t at = find_arrow(line);
        page->line++;
        if (text_is_absent(source) && text_starts_with(line, TEXT("-- at "))) {
            page->where = text_part(line, 6, line.len);
            continue;
        }
        struct text part = text_trim(text_part(line, 0, at));
        source = text_is_absent(source) ? part
                                        : text_format(page->sample.arena, "%.*s\n%.*s",
                                                      TEXT_ARG(source), TEXT_ARG(part));
        if (at == line.len)
            continue;
        run_example(page, source, text_trim(text_part(line, at + arrow.len, line.len)));
        source = (struct text){0};
    }
}

static size_t lines_of(struct text t)
{
    size_t lines = 0;
    for (size_t i = 0; i < t.len; i++)
        lines += t.at[i] == '\n';
    return lines;
}

/* The text up to the next "```". */
static struct text take_block(struct text *rest)
{
    size_t i = 0;
    while (i < rest->len && !text_starts_with(text_part(*rest, i, 4), TEXT("\n```")))
        i++;
    struct text block = text_part(*rest, 0, i + 1);
    *rest = text_part(*rest, i + 4, rest->len);
    return block;
}

static void read_page(struct page *page, struct text rest)
{
    while (rest.len > 0) {
        struct text line = text_cut(&rest, '\n');
        page->line++;
        if (!text_starts_with(line, TEXT("```")) || line.len == 3)
            continue;
        struct text block = take_block(&rest);
        size_t begin = page->line;
        if (text_equal(line, TEXT("```design")))
            rule_sample_begin(&page->sample, block);
        else if (text_equal(line, TEXT("```values")))
            rule_sample_values(&page->sample, block);
        else if (text_equal(line, TEXT("```example")))
            run_examples(page, block);
        page->line = begin + lines_of(block);
    }
}

static void every_example_of_the_reference_gives_the_value_it_says(void **state)
{
    (void)state;
    struct page page = {0};
    struct arena *arena = arena_new((size_t)4 << 20);
    struct text document;
    struct error err;
    ASSERT_OK(file_read("doc/language.md", (size_t)1 << 20, arena, &document, &err),
              &err);
    read_page(&page, document);
    assert_int_equal(page.failures, 0);
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
