/* What a text becomes in an XML document, by XML 1.0: the expected bytes are written by
 * hand from sections 2.2 (characters), 2.4 (mark-up) and 3.3.3 (attribute values). */
#include "formats/xml_write.h"
#include "support/unit.h"

static void expect(const char *text, const char *expected)
{
    struct arena *arena = arena_new(64 * 1024);
    struct buffer out = buffer_in(arena, 4096);
    xml_put_text(&out, text_of(text));
    ASSERT_TEXT(((struct text){out.at, out.len}), expected);
    arena_free(arena);
}

static void escapes_what_is_mark_up(void **state)
{
    (void)state;
    expect("plain 骨髓", "plain 骨髓");
    expect("a<b & c>d", "a&lt;b &amp; c&gt;d");
    expect("say \"no\"", "say &quot;no&quot;");
    expect("]]>", "]]&gt;");
    expect("", "");
}

static void keeps_white_space_that_a_reader_would_change(void **state)
{
    (void)state;
    expect("one\ntwo\r\nthree\tfour", "one&#10;two&#13;&#10;three&#9;four");
}

static void replaces_what_no_document_may_hold(void **state)
{
    (void)state;
    expect("bell\x07!", "bell\xef\xbf\xbd!");
    expect("\xef\xbf\xbe and \xef\xbf\xbf", "\xef\xbf\xbd and \xef\xbf\xbd");
    /* U+FFFD itself, U+FFFC, and a character of four bytes stay. */
    expect("\xef\xbf\xbd\xef\xbf\xbc\xf0\x9f\x92\x89",
           "\xef\xbf\xbd\xef\xbf\xbc\xf0\x9f\x92\x89");
}

static void leaves_out_an_attribute_without_a_value(void **state)
{
    (void)state;
    struct arena *arena = arena_new(64 * 1024);
    struct buffer out = buffer_in(arena, 4096);
    xml_put(&out, "Name", (struct text){0});
    xml_put(&out, "Value", TEXT("\"1\""));
    xml_put(&out, "Empty", TEXT(""));
    xml_put_number(&out, "Row", -2);
    ASSERT_TEXT(((struct text){out.at, out.len}),
                " Value=\"&quot;1&quot;\" Empty=\"\" Row=\"-2\"");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_what_is_mark_up),
        cmocka_unit_test(keeps_white_space_that_a_reader_would_change),
        cmocka_unit_test(replaces_what_no_document_may_hold),
        cmocka_unit_test(leaves_out_an_attribute_without_a_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
