/* The two back ends of the pen: SVG is held to expat, lengths of text to pango's, documents
 * to themselves. */
#include "support/unit.h"

#include "base/limits.h"
#include "report/pen_advance.h"
#include "report/pen_cairo.h"
#include "report/pen_svg.h"

#include <expat.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define CREATED INT64_C(1795000000000000) /* 2026-11-18 */

static const char hard[] = "a < b & \"c\" > d 中文";

static void draw(const struct pen *pen)
{
    pen_begin(pen, TEXT("E11.survival#3,17"), text_of(hard));
    pen_text(pen, text_of(hard),
             &(struct pen_text){.x = 20, .y = 40, .size = 16, .ink = INK_TEXT});
    pen_end(pen);
    pen_line(pen, (struct pen_point){0, 1.0 / 3}, (struct pen_point){30, 60},
             &(struct pen_style){.stroke = INK_FIRST, .width = 2, .dash = DASH_LONG});
    pen_dot(pen, 50, 50, 4, &(struct pen_style){.fill = INK_SECOND});
}

static struct text svg_of(struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_RESPONSE);
    struct pen_svg svg;
    struct text bytes = {0};
    struct error err = {0};
    draw(pen_svg_begin(&svg,
                       &(struct pen_svg_about){.width = 300,
                                               .height = 200,
                                               .language = LANGUAGE_CHINESE,
                                               .name = TEXT("a"),
                                               .title = text_of(hard),
                                               .says = TEXT("says")},
                       &buffer));
    pen_svg_end(&svg);
    assert_true(buffer_text(&buffer, &bytes, &err));
    return bytes;
}

struct seen {
    int texts, marks;
    char title[64], reference[64];
    char *into;
};

static const char *attribute(const XML_Char **attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return "";
}

static void on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct seen *seen = data;
    seen->texts += strcmp(name, "text") == 0;
    seen->into = strcmp(name, "text") == 0 ? seen->title : NULL;
    if (attribute(attributes, "data-ref")[0] != '\0') {
        seen->marks++;
        snprintf(seen->reference, sizeof seen->reference, "%s",
                 attribute(attributes, "data-ref"));
    }
}

static void on_text(void *data, const XML_Char *bytes, int len)
{
    struct seen *seen = data;
    if (seen->into != NULL && strlen(seen->title) + (size_t)len < sizeof seen->title)
        strncat(seen->title, bytes, (size_t)len);
}

static void on_end(void *data, const XML_Char *name)
{
    (void)name;
    ((struct seen *)data)->into = NULL;
}

static void svg_is_well_formed_and_says_what_was_written(void **state)
{
    (void)state;
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    struct text svg = svg_of(arena);
    struct seen seen = {0};
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, &seen);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    assert_int_equal(XML_Parse(parser, svg.at, (int)svg.len, 1), XML_STATUS_OK);
    XML_ParserFree(parser);
    assert_int_equal(seen.texts, 1);
    assert_int_equal(seen.marks, 1);
    assert_string_equal(seen.title, hard);
    assert_string_equal(seen.reference, "E11.survival#3,17");
    arena_free(arena);
}

static void marks_of_xml_are_written_as_text(void **state)
{
    (void)state;
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    struct buffer buffer = buffer_in(arena, LIMIT_RESPONSE);
    struct text bytes = {0};
    struct error err = {0};
    xml_escape(&buffer, TEXT("a < b & \"c\""));
    assert_true(buffer_text(&buffer, &bytes, &err));
    ASSERT_TEXT(bytes, "a &lt; b &amp; &quot;c&quot;");
    arena_free(arena);
}

static struct pen_cairo *picture(struct arena *arena, struct buffer *buffer)
{
    struct pen_cairo *cairo = NULL;
    struct error err = {0};
    const struct pen_cairo_about about = {TEXT("SYNTHETIC"), CREATED, LANGUAGE_ENGLISH};
    if (!pen_cairo_png(&about, (struct pen_point){300, 200}, 1, buffer, arena, &cairo,
                       &err))
        fail_msg("%s", err.text);
    return cairo;
}

/* Layout by the table of advances must do for what a browser draws with the same face. */
static void lengths_of_text_are_those_of_the_face(void **state)
{
    (void)state;
    static const char *const texts[] = {"Days from enrolment",
                                        "82.7 % (69.4–90.6)",
                                        "At risk",
                                        "Operator with 20 insertions or more before",
                                        "入组后天数（95 % CI）",
                                        "H4-001"};
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    struct buffer buffer = buffer_in(arena, LIMIT_RESPONSE);
    struct pen_cairo *cairo = picture(arena, &buffer);
    struct error err = {0};
    for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
        for (int weight = WEIGHT_REGULAR; weight <= WEIGHT_STRONG; weight++) {
            double face = pen_width(pen_cairo_pen(cairo), text_of(texts[i]), 13,
                                    (enum pen_weight)weight);
            double table = pen_advance(text_of(texts[i]), 13, (enum pen_weight)weight);
            if (fabs(face - table) > 0.04 * face)
                fail_msg("%s: %.1f by the face, %.1f by the table", texts[i], face,
                         table);
        }
    assert_true(pen_cairo_end(cairo, &err));
    arena_free(arena);
}

static struct text pdf_of(struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_RESPONSE);
    struct pen_cairo *cairo = NULL;
    struct text bytes = {0};
    struct error err = {0};
    const struct pen_cairo_about about = {TEXT("SYNTHETIC"), CREATED, LANGUAGE_CHINESE};
    if (!pen_cairo_pdf(&about, &buffer, arena, &cairo, &err))
        fail_msg("%s", err.text);
    for (int i = 0; i < 2; i++) {
        pen_cairo_page(cairo, A4_WIDTH, A4_HEIGHT);
        const struct text name = i == 0 ? TEXT("first") : TEXT("second");
        pen_cairo_push(cairo, 20, 20, 0.5);
        draw(pen_cairo_pen(cairo));
        pen_cairo_pop(cairo);
        pen_cairo_place(cairo, name, 20, 20);
        assert_int_not_equal(pen_cairo_outline(cairo, 0, text_of(hard), name), 0);
    }
    assert_true(pen_cairo_end(cairo, &err));
    assert_true(buffer_text(&buffer, &bytes, &err));
    return text_copy(arena, bytes);
}

static void the_same_strokes_give_the_same_bytes(void **state)
{
    (void)state;
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    assert_true(text_equal(svg_of(arena), svg_of(arena)));
    struct text pdf = pdf_of(arena);
    assert_true(text_equal(pdf, pdf_of(arena)));
    assert_true(text_starts_with(pdf, TEXT("%PDF-")));
    arena_free(arena);
}

static void a_paragraph_is_as_high_as_it_was_measured(void **state)
{
    (void)state;
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    struct buffer buffer = buffer_in(arena, LIMIT_RESPONSE);
    struct pen_cairo *cairo = picture(arena, &buffer);
    struct error err = {0};
    const struct text words =
        TEXT("Words that do not fit into one line of so few units");
    struct pen_paragraph how = {.width = 60, .size = 10, .ink = INK_TEXT};
    double narrow = pen_cairo_measure(cairo, words, &how);
    assert_float_equal(narrow, pen_cairo_paragraph(cairo, words, &how), 0);
    how.width = 1000;
    double wide = pen_cairo_measure(cairo, words, &how);
    assert_true(narrow > 3 * wide);
    assert_true(pen_cairo_end(cairo, &err));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(svg_is_well_formed_and_says_what_was_written),
        cmocka_unit_test(marks_of_xml_are_written_as_text),
        cmocka_unit_test(lengths_of_text_are_those_of_the_face),
        cmocka_unit_test(the_same_strokes_give_the_same_bytes),
        cmocka_unit_test(a_paragraph_is_as_high_as_it_was_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
