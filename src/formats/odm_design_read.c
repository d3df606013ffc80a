#include "formats/odm_design_read.h"

#include "formats/foreign_settle.h"
#include "formats/odm_design_elements.h"
#include "formats/redcap_dictionary.h"
#include "formats/redcap_project.h"

#define ODM_1_NAMESPACES "http://www.cdisc.org/ns/odm/v1"

/* A file of examples may hold a Study or a MetaDataVersion alone. */
static bool is_root(struct text name)
{
    return text_equal(name, TEXT("ODM")) || text_equal(name, TEXT("Study")) ||
           text_equal(name, TEXT("MetaDataVersion"));
}

/* Which version of the standard, by the namespace: said at the root, once. Without one
 * (the writers of early files forgot it) the attribute ODMVersion decides. */
static bool check_root(struct odm_parser *parser, const struct xml_element *element,
                       struct error *err)
{
    struct text space = element->space;
    struct xml_place place = element->place;
    place.element = odm_element_row(ODM_DOCUMENT, element->name)->name;
    bool is_2 = text_equal(space, TEXT(ODM_NAMESPACE));
    bool is_1 = text_starts_with(space, TEXT(ODM_1_NAMESPACES));
    if (!is_root(element->name) || (!is_2 && !is_1 && space.len > 0)) {
        error_set(
            err, ERROR_REFUSED, "this is no ODM document: its root is %.*s of %s%.*s",
            SHOWN(element->name), space.len == 0 ? "no namespace" : "", SHOWN(space));
        return error_hint(err, "the root is ODM, its namespace %s", ODM_NAMESPACE);
    }
    if (space.len == 0)
        is_2 = text_starts_with(xml_attribute(element, "ODMVersion"), TEXT("2"));
    parser->parts.is_odm_2 = is_2;
    if (space.len == 0)
        odm_warning_add(
            &parser->parts, place, is_2 ? ODM_NAMESPACE : ODM_1_NAMESPACES ".3",
            "the namespace is missing; read as %s", odm_version_name(parser));
    if (!text_equal(element->name, TEXT("ODM")))
        odm_warning_add(&parser->parts, place, "put it into an ODM element",
                        "the document is a part of ODM, not a whole one");
    return odm_keep(&parser->parts, space, &parser->space, err);
}

static const struct odm_element_row *row_of(struct odm_parser *parser,
                                            const struct xml_element *element)
{
    const struct odm_element_row *outer = parser->open[parser->depth];
    bool is_odm = text_equal(element->space, parser->space);
    const struct odm_element_row *row =
        odm_element_row(is_odm ? outer->element : ODM_UNKNOWN, element->name);
    if (is_odm && row->element == ODM_UNKNOWN)
        odm_alien_element(parser, outer->element, outer->name, element);
    else if (is_odm && (row->versions & (parser->parts.is_odm_2 ? ODM_2 : ODM_1)) == 0)
        odm_other_version(parser, outer->name, element);
    return row;
}

static bool on_start(void *data, const struct xml_element *element, struct error *err)
{
    static const struct odm_element_row document = {.element = ODM_DOCUMENT,
                                                    .name = "the document"};
    struct odm_parser *parser = data;
    if (element->depth == 1) {
        parser->open[0] = &document;
        if (!check_root(parser, element, err))
            return false;
    }
    const struct odm_element_row *row = row_of(parser, element);
    struct xml_element placed = *element;
    placed.place.element = row->name;
    parser->open[++parser->depth] = row;
    if (row->element == ODM_LABEL)
        odm_label_begin(parser);
    if (text_equal(element->space, TEXT(REDCAP_SPACE)))
        return redcap_repeat_note(parser, element, err);
    return row->start == NULL || row->start(parser, &placed, err);
}

static bool on_text(void *data, struct text piece, struct error *err)
{
    (void)err; /* an overflow is remembered by the buffer, and told at the end */
    struct odm_parser *parser = data;
    enum odm_element open = parser->open[parser->depth]->element;
    if (open == ODM_TRANSLATED || open == ODM_WRITTEN || open == ODM_EXPRESSION)
        buffer_text_add(&parser->text, piece);
    return true;
}

static bool on_end(void *data, struct error *err)
{
    struct odm_parser *parser = data;
    const struct odm_element_row *row = parser->open[parser->depth--];
    if (row->element == ODM_LABEL)
        odm_label_finish(parser);
    return row->end == NULL || row->end(parser, err);
}

/* All findings as one error: the first of them, and how many more there are. */
static bool tell_findings(const struct odm_findings *findings, struct error *err)
{
    if (findings->kept_count == 0)
        return error_set(err, ERROR_TOO_LARGE, "the design is too large");
    const struct odm_finding *first = &findings->kept[0];
    while (first->severity != ODM_ERROR &&
           first + 1 < findings->kept + findings->kept_count)
        first++;
    if (findings->error_count == 1)
        error_set(err, ERROR_REFUSED, "%.*s", TEXT_ARG(first->sentence));
    else
        error_set(err, ERROR_REFUSED, "%.*s (and %zu more)", TEXT_ARG(first->sentence),
                  findings->error_count - 1);
    error_where(err, 0, "%zu:%zu", first->line, first->column);
    return error_hint(err, "%.*s", TEXT_ARG(first->hint));
}

static bool read_parts(struct text document, struct odm_parser *parser,
                       struct error *err)
{
    if (redcap_dictionary_is(document))
        return redcap_dictionary_read(document, &parser->parts, err);
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
                 odm_versions_resolve(&parser.parts, err) &&
                 redcap_project_finish(&parser.parts, err) &&
                 odm_design_resolve(&parser.parts, &design, err);
    arena_free(scratch);
    odm_findings_settle(&parser.parts);
    if (!is_ok)
        return false;
    if (findings->error_count > 0)
        return tell_findings(findings, err);
    *out = design;
    return design_finish(design, study, err) &&
           (parser.parts.is_ours ||
            foreign_rules_run(design, parser.parts.made_items, parser.parts.made_rules,
                              study, err));
}
