#include "support/unit.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "formats/csv_read.h"

#include <string.h>

struct trace {
    struct buffer said; /* "1h[a|b]3[1|2]": line, header, fields */
    bool refuses;
};

static bool on_row(void *data, const struct csv_row *row, struct error *err)
{
    struct trace *trace = data;
    if (trace->refuses)
        return error_set(err, ERROR_REFUSED, "refused by the test");
    buffer_format(&trace->said, "%zu%s[", row->line, row->is_header ? "h" : "");
    for (size_t i = 0; i < row->count; i++)
        buffer_format(&trace->said, "%s%.*s", i == 0 ? "" : "|",
                      TEXT_ARG(row->fields[i]));
    buffer_format(&trace->said, "]");
    return true;
}

static const char *read_text(void **state, struct text document, struct error *err)
{
    struct arena *arena = *state;
    struct trace trace = {.said = buffer_in(arena, 1 << 20)};
    *err = (struct error){0};
    if (!csv_read(document, arena, on_row, &trace, err))
        return NULL;
    struct text said;
    ASSERT_OK(buffer_text(&trace.said, &said, err), err);
    return text_c(arena, said);
}

static void expect(void **state, const char *document, const char *said)
{
    struct error err;
    const char *read = read_text(state, text_of(document), &err);
    ASSERT_OK(read != NULL, &err);
    assert_string_equal(read, said);
}

static void expect_refused(void **state, const char *document, enum error_code code,
                           const char *sentence, const char *where)
{
    struct error err;
    assert_null(read_text(state, text_of(document), &err));
    assert_int_equal(err.code, code);
    assert_string_equal(err.text, sentence);
    assert_string_equal(err.where, where);
}

/* RFC 4180, section 2, rules 1 to 7. */
static void reads_what_rfc_4180_describes(void **state)
{
    expect(state, "aaa,bbb\r\nccc,ddd\r\n", "1h[aaa|bbb]2[ccc|ddd]");
    expect(state, "aaa,bbb\nccc,", "1h[aaa|bbb]2[ccc|]");
    expect(state, "a,b\n\"x\r\ny\",\"1,2\"\nu,v\n", "1h[a|b]2[x\r\ny|1,2]4[u|v]");
    expect(state, "a\n\"b\"\"bb\"\n\"\"\n\"\"\"\"", "1h[a]2[b\"bb]3[]4[\"]");
}

static void passes_over_a_bom_and_empty_lines(void **state)
{
    expect(state, "\xEF\xBB\xBF\n\na,b\n\n1,2\r\n\r\n", "3h[a|b]5[1|2]");
}

static void refuses_with_the_line(void **state)
{
    expect_refused(state, "a,b\n1,2\n1\n", ERROR_MALFORMED,
                   "the row has 1 fields, the header 2", "line 3");
    expect_refused(state, "a,b\n1\"2,3\n", ERROR_MALFORMED,
                   "a quotation mark stands within a field", "line 2");
    expect_refused(state, "a\n\"x\ny", ERROR_MALFORMED,
                   "a quotation mark is never closed", "line 2");
    expect_refused(state, "a\n\"x\ny\"z\n", ERROR_MALFORMED,
                   "something stands behind a closing quotation mark", "line 3");
    expect_refused(state, "a\nb\n\xFF\n", ERROR_MALFORMED, "the bytes are not UTF-8",
                   "line 3");
    expect_refused(state, "", ERROR_MALFORMED, "there is no header", "line 1");
    expect_refused(state, "\n\n", ERROR_MALFORMED, "there is no header", "line 3");
}

static void refuses_what_is_too_large(void **state)
{
    enum { LEN = LIMIT_ITEM_TEXT + 10 };
    char *document = arena_alloc(*state, LEN + 1);
    memset(document, ',', LIMIT_CSV_COLUMNS);
    expect_refused(state, document, ERROR_TOO_LARGE, "the row has too many columns",
                   "line 1");
    memset(document, 'x', LEN);
    expect_refused(state, document, ERROR_TOO_LARGE, "a field is too long", "line 1");
}

static void stops_when_the_caller_refuses(void **state)
{
    struct trace trace = {.refuses = true};
    struct error err = {0};
    ASSERT_ERROR(csv_read(TEXT("a\n1\n"), *state, on_row, &trace, &err), &err,
                 ERROR_REFUSED);
}

static int make(void **state)
{
    *state = arena_new(16 << 20);
    return 0;
}

static int unmake(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_rfc_4180_describes),
        cmocka_unit_test(passes_over_a_bom_and_empty_lines),
        cmocka_unit_test(refuses_with_the_line),
        cmocka_unit_test(refuses_what_is_too_large),
        cmocka_unit_test(stops_when_the_caller_refuses),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
