#include "support/unit.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "formats/xml_read.h"

#include <string.h>

/* What the events said, as one line: "<name@line:column …text… >". */
struct trace {
    struct arena *arena;
    struct buffer said;
    const char *refuse;                     /* the element that is refused */
    struct text space, language, attribute; /* of the last element */
};

static bool on_start(void *data, const struct xml_element *element, struct error *err)
{
    struct trace *trace = data;
    if (trace->refuse != NULL && text_equal(element->name, text_of(trace->refuse)))
        return error_set(err, ERROR_NOT_FOUND, "refused by the test");
    buffer_format(&trace->said, "<%.*s@%zu:%zu ", TEXT_ARG(element->name),
                  element->place.line, element->place.column);
    trace->space = text_copy(trace->arena, element->space);
    trace->language = text_copy(trace->arena, xml_language(element));
    trace->attribute = text_copy(trace->arena, xml_attribute(element, "a"));
    return true;
}

static bool on_text(void *data, struct text piece, struct error *err)
{
    (void)err;
    buffer_text_add(&((struct trace *)data)->said, piece);
    return true;
}

static bool on_end(void *data, struct error *err)
{
    (void)err;
    BUFFER_LITERAL(&((struct trace *)data)->said, ">");
    return true;
}

static int make(void **state)
{
    struct arena *arena = arena_new(64 << 20);
    struct trace *trace = ARENA_NEW(arena, struct trace);
    trace->arena = arena;
    trace->said = buffer_in(arena, 1 << 20);
    *state = trace;
    return 0;
}

static int unmake(void **state)
{
    arena_free(((struct trace *)*state)->arena);
    return 0;
}

static bool read_text(void **state, struct text document, size_t maximum,
                      struct error *err)
{
    struct xml_events events = {
        .start = on_start, .text = on_text, .end = on_end, .data = *state};
    return xml_read(document, &events, maximum, err);
}

static bool read(void **state, const char *document, struct error *err)
{
    return read_text(state, text_of(document), 1 << 20, err);
}

static struct text said(void **state)
{
    struct trace *trace = *state;
    return (struct text){trace->said.at, trace->said.len};
}

static void hands_out_elements_in_order_with_their_places(void **state)
{
    struct error err;
    ASSERT_OK(read(state, "<r>\n <x>1</x><y/>\n</r>", &err), &err);
    ASSERT_TEXT(said(state), "<r@1:1 \n <x@2:2 1><y@2:10 >\n>");
}

static void resolves_namespaces_and_xml_lang(void **state)
{
    struct error err;
    struct trace *trace = *state;
    ASSERT_OK(
        read(state, "<p:r xmlns:p='urn:x' a='1' p:a='2' xml:lang='zh-CN'></p:r>", &err),
        &err);
    ASSERT_TEXT(trace->space, "urn:x");
    ASSERT_TEXT(trace->attribute, "1");
    ASSERT_TEXT(trace->language, "zh-CN");
    ASSERT_OK(read(state, "<r p:a='2' xmlns:p='urn:x'/>", &err), &err);
    ASSERT_TEXT(trace->space, "");
    assert_true(text_is_absent(trace->attribute));
    assert_true(text_is_absent(trace->language));
}

static void reads_other_encodings_as_utf8(void **state)
{
    struct error err;
    ASSERT_OK(
        read(state, "<?xml version='1.0' encoding='ISO-8859-1'?><r>\xe9</r>", &err),
        &err);
    ASSERT_TEXT(said(state), "<r@1:44 é>");
}

static void expands_the_five_entities_of_xml_and_character_references(void **state)
{
    struct error err;
    ASSERT_OK(read(state, "<r>&lt;&amp;&gt;&quot;&apos;&#x9aa8;</r>", &err), &err);
    ASSERT_TEXT(said(state), "<r@1:1 <&>\"'骨>");
}

static void says_where_a_document_is_not_well_formed(void **state)
{
    struct error err;
    ASSERT_ERROR(read(state, "<r>\n  <x></y>\n</r>", &err), &err, ERROR_MALFORMED);
    assert_string_equal(err.where, "2:8");
    assert_int_equal(err.at, 11);
    ASSERT_ERROR(read(state, "", &err), &err, ERROR_MALFORMED);
    ASSERT_ERROR(read(state, "<r>", &err), &err, ERROR_MALFORMED);
    ASSERT_ERROR(read(state, "<r/><r/>", &err), &err, ERROR_MALFORMED);
    ASSERT_ERROR(read(state, "<r>&nbsp;</r>", &err), &err, ERROR_MALFORMED);
    ASSERT_ERROR(read(state, "<r>\xff</r>", &err), &err, ERROR_MALFORMED);
    ASSERT_ERROR(read_text(state, TEXT("<r>\0</r>"), 100, &err), &err, ERROR_MALFORMED);
    ASSERT_ERROR(read(state, "<p:r/>", &err), &err, ERROR_MALFORMED);
}

static void refuses_a_bomb_of_entities_before_it_goes_off(void **state)
{
    struct error err;
    const char *bomb = "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a '0123456789'>"
                       "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
                       "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><r>&c;</r>";
    ASSERT_ERROR(read(state, bomb, &err), &err, ERROR_REFUSED);
    assert_string_equal(err.where, "1:34");
    assert_non_null(strstr(err.text, "DOCTYPE"));
    assert_int_equal(said(state).len, 0);
}

static void opens_no_other_file(void **state)
{
    struct error err;
    ASSERT_ERROR(read(state,
                      "<!DOCTYPE r [<!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
                      "<r>&f;</r>",
                      &err),
                 &err, ERROR_REFUSED);
    ASSERT_ERROR(read(state, "<!DOCTYPE r SYSTEM 'file:///etc/hostname'><r/>", &err),
                 &err, ERROR_REFUSED);
}

static struct text nested(struct arena *arena, size_t levels)
{
    struct buffer buffer = buffer_in(arena, 1 << 20);
    for (size_t i = 0; i < levels; i++)
        BUFFER_LITERAL(&buffer, "<x>");
    for (size_t i = 0; i < levels; i++)
        BUFFER_LITERAL(&buffer, "</x>");
    return (struct text){buffer.at, buffer.len};
}

static void refuses_elements_nested_too_deep(void **state)
{
    struct error err;
    struct trace *trace = *state;
    struct text deepest = nested(trace->arena, LIMIT_XML_DEPTH);
    ASSERT_OK(read_text(state, deepest, 1 << 20, &err), &err);
    struct text too_deep = nested(trace->arena, LIMIT_XML_DEPTH + 1);
    ASSERT_ERROR(read_text(state, too_deep, 1 << 20, &err), &err, ERROR_TOO_LARGE);
}

static void refuses_a_document_larger_than_the_maximum(void **state)
{
    struct error err;
    ASSERT_OK(read_text(state, TEXT("<r>12</r>"), 9, &err), &err);
    ASSERT_ERROR(read_text(state, TEXT("<r>123</r>"), 9, &err), &err, ERROR_TOO_LARGE);
}

static void stops_where_an_event_refuses(void **state)
{
    struct error err;
    struct trace *trace = *state;
    trace->refuse = "y";
    ASSERT_ERROR(read(state, "<r><x/>\n<y/><z/></r>", &err), &err, ERROR_NOT_FOUND);
    assert_string_equal(err.where, "2:1");
    ASSERT_TEXT(said(state), "<r@1:1 <x@1:4 >\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(hands_out_elements_in_order_with_their_places),
        TEST(resolves_namespaces_and_xml_lang),
        TEST(reads_other_encodings_as_utf8),
        TEST(expands_the_five_entities_of_xml_and_character_references),
        TEST(says_where_a_document_is_not_well_formed),
        TEST(refuses_a_bomb_of_entities_before_it_goes_off),
        TEST(opens_no_other_file),
        TEST(refuses_elements_nested_too_deep),
        TEST(refuses_a_document_larger_than_the_maximum),
        TEST(stops_where_an_event_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
