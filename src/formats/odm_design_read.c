#include "formats/odm_design_read.h"

#include "formats/odm_design_elements.h"

/* The document's namespace decides what it is at all: said at the root, once. */
static bool check_root(const struct xml_element *element, struct error *err)
{
    if (text_equal(element->name, TEXT("ODM")) &&
        text_equal(element->space, TEXT(ODM_NAMESPACE)))
        return true;
    error_set(err, ERROR_REFUSED,
              "this is no ODM 2.0 document: its root is %.*s of %s%.*s",
              SHOWN(element->name), element->space.len == 0 ? "no namespace" : "",
              SHOWN(element->space));
    if (text_starts_with(element->space, TEXT("http://www.cdisc.org/ns/odm/v1")))
        return error_hint(err, "ODM 1 is imported, not used as a design");
    return error_hint(err, "the root is ODM, its namespace %s", ODM_NAMESPACE);
}

static bool on_start(void *data, const struct xml_element *element, struct error *err)
{
    struct odm_parser *parser = data;
    if (element->depth == 1 && !check_root(element, err))
        return false;
    enum odm_element parent =
        parser->depth == 0 ? ODM_DOCUMENT : parser->open[parser->depth]->element;
    bool is_odm = text_equal(element->space, TEXT(ODM_NAMESPACE));
    const struct odm_element_row *row =
        odm_element_row(is_odm ? parent : ODM_UNKNOWN, element->name);
    parser->open[++parser->depth] = row;
    return row->start == NULL || row->start(parser, element, err);
}

static bool on_text(void *data, struct text piece, struct error *err)
{
    (void)err; /* an overflow is remembered by the buffer, and told at the end */
    struct odm_parser *parser = data;
    enum odm_element open = parser->open[parser->depth]->element;
    if (open == ODM_TRANSLATED || open == ODM_RANGE_VALUE || open == ODM_FORMULA_CODE)
        buffer_text_add(&parser->text, piece);
    return true;
}

static bool on_end(void *data, struct error *err)
{
    struct odm_parser *parser = data;
    const struct odm_element_row *row = parser->open[parser->depth--];
    return row->end == NULL || row->end(parser, err);
}

/* All findings as one error: the first of them, and how many more there are. */
static bool tell_findings(const struct odm_findings *findings, struct error *err)
{
    if (findings->kept_count == 0)
        return error_set(err, ERROR_TOO_LARGE, "the design is too large");
    const struct odm_finding *first = &findings->kept[0];
    if (findings->total == 1)
        error_set(err, ERROR_REFUSED, "%.*s", TEXT_ARG(first->sentence));
    else
        error_set(err, ERROR_REFUSED, "%.*s (and %zu more)", TEXT_ARG(first->sentence),
                  findings->total - 1);
    error_where(err, 0, "%zu:%zu", first->line, first->column);
    return error_hint(err, "%.*s", TEXT_ARG(first->hint));
}

static bool read_parts(struct text document, struct odm_parser *parser,
                       struct error *err)
{
    const struct xml_events events = {
        .start = on_start, .text = on_text, .end = on_end, .data = parser};
    return xml_read(document, &events, LIMIT_DESIGN_BYTES, err);
}

bool odm_design_read(struct text document, struct arena *study,
                     const struct design **out, struct odm_findings *findings,
                     struct error *err)
{
    *findings = (struct odm_findings){.total = 0};
    struct arena *scratch = arena_new(4 * LIMIT_ITEM_TEXT);
    struct odm_parser parser = {.depth = 0};
    parser.parts.study = study;
    parser.parts.findings = findings;
    parser.label = &parser.unused;
    parser.text = buffer_in(scratch, LIMIT_ITEM_TEXT);
    struct design *design = NULL;
    bool is_ok = read_parts(document, &parser, err) &&
                 odm_design_resolve(&parser.parts, &design, err);
    arena_free(scratch);
    if (!is_ok)
        return false;
    if (findings->total > 0)
        return tell_findings(findings, err);
    *out = design;
    return design_finish(design, study, err);
}
