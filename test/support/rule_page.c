#include "support/rule_page.h"

static const struct text arrow = TEXT_INIT("→");

struct reading {
    struct rule_page *page;
    page_example_function *take;
    void *data;
    size_t line;
};

static size_t find_arrow(struct text line)
{
    for (size_t i = 0; i + arrow.len <= line.len; i++)
        if (text_equal(text_part(line, i, arrow.len), arrow))
            return i;
    return line.len;
}

static struct text joined(struct rule_page *page, struct text before, struct text part)
{
    if (text_is_absent(before))
        return part;
    return text_format(page->sample.arena, "%.*s\n%.*s", TEXT_ARG(before),
                       TEXT_ARG(part));
}

static void read_examples(struct reading *reading, struct text block)
{
    struct page_example example = {.where = TEXT("")};
    while (block.len > 0) {
        struct text line = text_cut(&block, '\n');
        size_t at = find_arrow(line);
        reading->line++;
        if (text_is_absent(example.source) && text_starts_with(line, TEXT("-- at "))) {
            example.where = text_part(line, 6, line.len);
            continue;
        }
        example.source =
            joined(reading->page, example.source, text_trim(text_part(line, 0, at)));
        if (at == line.len)
            continue;
        example.expected = text_trim(text_part(line, at + arrow.len, line.len));
        example.line = reading->line;
        reading->page->example_count++;
        reading->take(reading->data, reading->page, &example);
        example.source = (struct text){0};
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
    *rest = text_part(*rest, i + 1, rest->len);
    return block;
}

void rule_page_read(struct rule_page *page, struct text document,
                    page_example_function *take, void *data)
{
    struct reading reading = {.page = page, .take = take, .data = data};
    struct text rest = document;
    while (rest.len > 0) {
        struct text line = text_cut(&rest, '\n');
        reading.line++;
        if (!text_starts_with(line, TEXT("```")) || line.len == 3)
            continue;
        struct text block = take_block(&rest);
        size_t begin = reading.line;
        if (text_equal(line, TEXT("```design")))
            rule_sample_begin(&page->sample, block);
        else if (text_equal(line, TEXT("```values")))
            rule_sample_values(&page->sample, block);
        else if (text_equal(line, TEXT("```example")))
            read_examples(&reading, block);
        reading.line = begin + lines_of(block);
    }
}
