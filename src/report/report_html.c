#include "report/report_html.h"

#include "report/pen_svg.h"
#include "report/report_words.h"

struct writing {
    const struct document *document;
    struct text home;
    struct buffer *to;
};

static const char style[] =
    ":root{color-scheme:light "
    "dark;--paper:#f3f5f4;--surface:#fff;--ink:#10202b;--ink-2:#47596a;--line:#d5dcde;"
    "--edge:#7f8d95;--accent:#0a5a7c;--arm-a:#003a5d;--arm-b:#c05408;--wait:#7a4d00;--"
    "focus:#d97700}"
    "@media screen and "
    "(prefers-color-scheme:dark){:root{--paper:#0a0f12;--surface:#11181c;--ink:#d5dfe3;"
    "--ink-2:#93a5af;--line:#243038;--edge:#758791;--accent:#e0a44a;--arm-a:#62b5e0;--"
    "arm-b:#f0975a;--wait:#e8bd6a;"
    "--focus:#ffd27a}}"
    "*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);"
    "font:400 16px/1.55 Inter,system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK "
    "SC',sans-serif;"
    "font-variant-numeric:tabular-nums}html:lang(zh) body{line-height:1.75}"
    "main{max-width:56rem;margin:0 auto;padding:2.5rem 2rem "
    "4rem;background:var(--surface)}"
    "h1{font-size:1.75rem;line-height:1.25;margin:0 0 "
    ".25rem}h2{font-size:1.3rem;margin:2.5rem 0 .75rem;"
    "padding-top:.75rem;border-top:1px solid "
    "var(--line)}h3{font-size:1.05rem;margin:1.75rem 0 .4rem}"
    "h2,h3,caption,figcaption{break-after:avoid}p{margin:.5rem "
    "0}p,li{overflow-wrap:anywhere}ul{margin:.5rem "
    "0;padding-left:1.2rem}li{margin:.35rem 0}"
    "a{color:var(--accent)}a:focus-visible,:focus-visible{outline:3px solid "
    "var(--focus);outline-offset:2px}"
    ".study,.note{color:var(--ink-2);font-size:.875rem}"
    ".warning{border:1px solid var(--wait);border-left-width:6px;padding:.5rem "
    ".75rem;color:var(--wait);font-weight:600}"
    "nav ol{columns:2 16rem;padding-left:1.6rem;margin:0}nav "
    "li{margin:0;padding:.15rem 0}"
    ".wide{overflow-x:auto;margin:1rem 0 "
    "0}table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.45;"
    "border-top:1.5px solid var(--ink);border-bottom:1.5px solid var(--ink)}"
    "caption{text-align:left;font-weight:600;padding:0 0 .5rem;font-size:.9375rem}"
    "thead th{border-bottom:1px solid var(--ink);font-weight:600;vertical-align:bottom}"
    "th,td{padding:.35rem .6rem .35rem "
    "0;text-align:left;vertical-align:top;font-weight:400}"
    "th:last-child,td:last-child{padding-right:0}.n{text-align:right;white-space:"
    "nowrap}tbody tr.part>*{border-top:1px solid var(--line)}"
    "tbody "
    "tr:first-child>*{border-top:0}tr.inner>*{padding-block:.12rem}tr.inner>th{padding-"
    "left:1.1rem}th small{color:var(--ink-2);font-size:.8125rem}"
    "figure{margin:1.25rem 0 0;break-inside:avoid}figure "
    "svg{max-width:100%;height:auto;display:block}"
    "figcaption{font-size:.9375rem}b{font-weight:600}"
    "@media print{@page{size:A4;margin:18mm "
    "16mm}body,main{background:#fff;padding:0;font-size:10pt}main{max-width:none}"
    "nav{display:none}.wide{overflow:visible}tr{break-inside:avoid}a{color:inherit;"
    "text-decoration:none}"
    "}";

static struct text word(const struct writing *writing, enum report_word which)
{
    return report_word(writing->document->language, which);
}

/* --- lines ---------------------------------------------------------------------------- */

static void write_words(const struct writing *writing, struct text words)
{
    struct text rest = words;
    for (;;) {
        size_t end = text_find(rest, '\n');
        xml_escape(writing->to, text_part(rest, 0, end));
        if (end == rest.len)
            return;
        BUFFER_LITERAL(writing->to, "<br>");
        rest = text_part(rest, end + 1, rest.len);
    }
}

static void write_number(const struct writing *writing, const struct run *run)
{
    static const char *const kinds[] = {
        [NUMBER_PLAIN] = "plain", [NUMBER_PERCENT] = "percent", [NUMBER_P] = "p"};
    BUFFER_LITERAL(writing->to, "<span data-ref=\"");
    xml_escape(writing->to, run->reference);
    buffer_format(writing->to, "\" data-rounding=\"%s:%d\">", kinds[run->form.kind],
                  run->form.decimals);
    xml_escape(writing->to, run->text);
    BUFFER_LITERAL(writing->to, "</span>");
}

static void write_line(const struct writing *writing, const struct line *line)
{
    for (size_t i = 0; i < line->count; i++) {
        const struct run *run = &line->runs[i];
        if (run->reference.len > 0) {
            write_number(writing, run);
        } else if (run->is_strong) {
            BUFFER_LITERAL(writing->to, "<b>");
            write_words(writing, run->text);
            BUFFER_LITERAL(writing->to, "</b>");
        } else {
            write_words(writing, run->text);
        }
    }
}

/* "Table 3. " */
static void write_numbered(const struct writing *writing, enum report_word which,
                           int at)
{
    struct text number = text_format(writing->document->arena, "%d", at);
    xml_escape(writing->to,
               words_fill(writing->document->arena, word(writing, which), &number, 1));
}

/* --- tables --------------------------------------------------------------------------- */

static void write_head(const struct writing *writing, const struct table *table)
{
    BUFFER_LITERAL(writing->to, "<thead><tr>");
    for (size_t i = 0; i < table->column_count; i++) {
        buffer_format(writing->to, "<th scope=\"col\"%s>",
                      table->columns[i].is_number ? " class=\"n\"" : "");
        write_words(writing, table->columns[i].head);
        BUFFER_LITERAL(writing->to, "</th>");
    }
    BUFFER_LITERAL(writing->to, "</tr></thead>\n");
}

/* Its name leads to the results of the running page. */
static void write_name(const struct writing *writing, const struct table_row *row)
{
    bool leads = row->analysis.len > 0 && writing->home.len > 0;
    if (leads) {
        BUFFER_LITERAL(writing->to, "<a href=\"");
        xml_escape(writing->to, writing->home);
        BUFFER_LITERAL(writing->to, "#/analysis/");
        xml_escape(writing->to, row->analysis);
        BUFFER_LITERAL(writing->to, "\">");
    }
    write_line(writing, &row->cells[0]);
    if (leads)
        BUFFER_LITERAL(writing->to, "</a>");
}

static void write_row(const struct writing *writing, const struct table *table,
                      const struct table_row *row)
{
    buffer_format(writing->to, "<tr class=\"%s\">",
                  row->kind == ROW_INNER ? "inner" : "part");
    for (size_t i = 0; i < table->column_count; i++) {
        const char *name = i == 0 ? "th" : "td";
        buffer_format(writing->to, "<%s%s%s>", name, i == 0 ? " scope=\"row\"" : "",
                      table->columns[i].is_number ? " class=\"n\"" : "");
        if (i == 0)
            write_name(writing, row);
        else
            write_line(writing, &row->cells[i]);
        buffer_format(writing->to, "</%s>", name);
    }
    BUFFER_LITERAL(writing->to, "</tr>\n");
}

static void write_table(const struct writing *writing, const struct block *block)
{
    const struct table *table = block->table;
    BUFFER_LITERAL(
        writing->to,
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-labelledby=\"");
    buffer_format(writing->to, "table-%d\"><table><caption id=\"table-%d\">",
                  block->number, block->number);
    write_numbered(writing, WORD_TABLE, block->number);
    write_words(writing, table->caption);
    BUFFER_LITERAL(writing->to, "</caption>\n");
    write_head(writing, table);
    BUFFER_LITERAL(writing->to, "<tbody>\n");
    for (size_t i = 0; i < table->row_count; i++)
        write_row(writing, table, &table->rows[i]);
    BUFFER_LITERAL(writing->to, "</tbody></table></div>\n");
    for (size_t i = 0; i < table->note_count; i++) {
        BUFFER_LITERAL(writing->to, "<p class=\"note\">");
        write_line(writing, &table->notes[i]);
        BUFFER_LITERAL(writing->to, "</p>\n");
    }
}

/* --- blocks --------------------------------------------------------------------------- */

static void write_paragraph(const struct writing *writing, const struct block *block)
{
    static const char *const starts[] = {[PARAGRAPH_TEXT] = "<p>",
                                         [PARAGRAPH_ITEM] = "<li>",
                                         [PARAGRAPH_NOTE] = "<p class=\"note\">",
                                         [PARAGRAPH_WARNING] = "<p class=\"warning\">"};
    buffer_text_add(writing->to, text_of(starts[block->style]));
    write_line(writing, &block->line);
    buffer_text_add(writing->to,
                    block->style == PARAGRAPH_ITEM ? TEXT("</li>\n") : TEXT("</p>\n"));
}

static void write_figure(const struct writing *writing, const struct block *block)
{
    buffer_format(writing->to, "<figure id=\"figure-%d\">\n", block->number);
    figure_write_svg(block->figure, writing->document->figures,
                     writing->document->language, writing->to);
    BUFFER_LITERAL(writing->to, "<figcaption><b>");
    write_numbered(writing, WORD_FIGURE, block->number);
    BUFFER_LITERAL(writing->to, "</b>");
    write_line(writing, &block->line);
    BUFFER_LITERAL(writing->to, "</figcaption></figure>\n");
}

static bool is_item(const struct block *block)
{
    return block->kind == BLOCK_PARAGRAPH && block->style == PARAGRAPH_ITEM;
}

static void write_block(const struct writing *writing, const struct block *block,
                        size_t at)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        buffer_format(writing->to, "<h%d id=\"part-%zu\">", block->level + 1, at);
        write_line(writing, &block->line);
        buffer_format(writing->to, "</h%d>\n", block->level + 1);
        break;
    case BLOCK_PARAGRAPH: write_paragraph(writing, block); break;
    case BLOCK_TABLE: write_table(writing, block); break;
    case BLOCK_FIGURE: write_figure(writing, block); break;
    }
}

static void write_contents(const struct writing *writing)
{
    const struct document *document = writing->document;
    BUFFER_LITERAL(writing->to,
                   "<nav aria-labelledby=\"contents\"><h2 id=\"contents\">");
    xml_escape(writing->to, word(writing, WORD_CONTENTS));
    BUFFER_LITERAL(writing->to, "</h2>\n<ol>\n");
    for (size_t i = 0; i < document->block_count; i++) {
        const struct block *block = &document->blocks[i];
        if (block->kind != BLOCK_HEADING || block->level != 1)
            continue;
        buffer_format(writing->to, "<li><a href=\"#part-%zu\">", i);
        write_line(writing, &block->line);
        BUFFER_LITERAL(writing->to, "</a></li>\n");
    }
    BUFFER_LITERAL(writing->to, "</ol></nav>\n");
}

static void write_blocks(const struct writing *writing)
{
    const struct document *document = writing->document;
    bool is_list = false;
    for (size_t i = 0; i < document->block_count; i++) {
        const struct block *block = &document->blocks[i];
        if (i == document->front)
            write_contents(writing);
        if (is_item(block) != is_list)
            buffer_text_add(writing->to, is_list ? TEXT("</ul>\n") : TEXT("<ul>\n"));
        is_list = is_item(block);
        write_block(writing, block, i);
    }
    if (is_list)
        BUFFER_LITERAL(writing->to, "</ul>\n");
}

/* --- the page ------------------------------------------------------------------------- */

/* What stands on every printed page. The report's own words have no quotation marks. */
static void write_margins(const struct writing *writing)
{
    const struct document *document = writing->document;
    buffer_format(writing->to,
                  "@page{@top-right{content:\"%.*s\";font:600 8pt Inter,sans-serif}"
                  "@bottom-left{content:\"%.*s\";font:8pt Inter,sans-serif}"
                  "@bottom-right{content:counter(page) \" / \" counter(pages);"
                  "font:8pt Inter,sans-serif}}",
                  TEXT_ARG(document->warning), TEXT_ARG(document->running));
}

static void write_start(const struct writing *writing)
{
    const struct document *document = writing->document;
    BUFFER_LITERAL(writing->to, "<!doctype html>\n<html lang=\"");
    buffer_format(writing->to, "%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  document->language == LANGUAGE_CHINESE ? "zh-CN" : "en");
    BUFFER_LITERAL(writing->to,
                   "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    if (document->warning.len > 0) {
        xml_escape(writing->to, document->warning);
        BUFFER_LITERAL(writing->to, ": ");
    }
    xml_escape(writing->to, document->title);
    buffer_format(writing->to, "</title>\n<style>%s", style);
    write_margins(writing);
    BUFFER_LITERAL(writing->to, "</style>\n</head>\n<body>\n<main>\n");
    BUFFER_LITERAL(writing->to, "<p class=\"study\">");
    xml_escape(writing->to, document->study);
    BUFFER_LITERAL(writing->to, "</p>\n<h1>");
    xml_escape(writing->to, document->title);
    BUFFER_LITERAL(writing->to, "</h1>\n");
}

void report_html_write(const struct document *document, struct text home,
                       struct buffer *to)
{
    struct writing writing = {document, home, to};
    write_start(&writing);
    write_blocks(&writing);
    BUFFER_LITERAL(to, "</main>\n</body>\n</html>\n");
}
