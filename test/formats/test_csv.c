/* The tables of an export, as texts: quoting by RFC 4180, keys, empty tables, what stays in
 * the folder. The expected lines are written by hand from the RFC and the design. */
#include "formats/csv_codebook.h"
#include "formats/csv_write.h"
#include "support/design_text.h"
#include "support/unit.h"

#include "base/limits.h"

#include <stdio.h>
#include <string.h>

/* -- Fields ------------------------------------------------------------------------ */

static void expect_field(const char *text, const char *expected)
{
    struct arena *arena = arena_new(1024 * 1024);
    struct buffer line = buffer_in(arena, 1024);
    struct csv_out row = csv_begin(&line);
    csv_text(&row, text_of(text));
    csv_number(&row, -7);
    csv_end(&row);
    char with_rest[200];
    snprintf(with_rest, sizeof with_rest, "%s,-7\r\n", expected);
    ASSERT_TEXT(((struct text){line.at, line.len}), with_rest);
    arena_free(arena);
}

static void quotes_only_what_needs_it(void **state)
{
    (void)state;
    expect_field("plain", "plain");
    expect_field("a,b", "\"a,b\"");
    expect_field("say \"no\"", "\"say \"\"no\"\"\"");
    expect_field("two\r\nlines", "\"two\r\nlines\"");
    expect_field("one\nline", "\"one\nline\"");
    expect_field(" blank before", "\" blank before\"");
    expect_field("骨髓腔\xf0\x9f\x92\x89", "骨髓腔\xf0\x9f\x92\x89");
    expect_field("", "");
}

static void leaves_a_formula_as_it_was_entered(void **state)
{
    (void)state;
    expect_field("=1+1", "=1+1");
    expect_field("-3.50", "-3.50");
    expect_field("@SUM(A1)", "@SUM(A1)");
}

/* -- Tables ------------------------------------------------------------------------ */

enum { FILES_MOST = 200 };

struct memory {
    struct arena *arena;
    struct text names[FILES_MOST];
    struct buffer bytes[FILES_MOST];
    size_t count;
    const struct design *design;
    struct csv_tables *tables;
};

static size_t add(void *data, struct text name)
{
    struct memory *memory = data;
    assert_true(memory->count < FILES_MOST);
    memory->names[memory->count] = text_copy(memory->arena, name);
    memory->bytes[memory->count] = buffer_in(memory->arena, 4 * 1024 * 1024);
    return memory->count++;
}

static void put(void *data, size_t file, struct text bytes)
{
    struct memory *memory = data;
    buffer_text_add(&memory->bytes[file], bytes);
}

static struct memory *begin(bool is_synthetic)
{
    struct arena *arena = arena_new(LIMIT_DESIGN_ARENA);
    struct memory *memory = ARENA_NEW(arena, struct memory);
    memory->arena = arena;
    memory->design = design_builtin(arena);
    struct csv_files files = {.add = add, .put = put, .data = memory};
    memory->tables = csv_tables_begin(memory->design, is_synthetic, &files, arena);
    return memory;
}

static struct text file_of(const struct memory *memory, const char *name)
{
    for (size_t i = 0; i < memory->count; i++)
        if (text_equal(memory->names[i], text_of(name)))
            return (struct text){memory->bytes[i].at, memory->bytes[i].len};
    fail_msg("there is no file %s", name);
    return (struct text){0};
}

static bool holds(struct text text, const char *part)
{
    size_t len = strlen(part);
    for (size_t i = 0; i + len <= text.len; i++)
        if (memcmp(text.at + i, part, len) == 0)
            return true;
    return false;
}

static const struct participant somebody = {.id = 1,
                                            .site = TEXT_INIT("01"),
                                            .screening_number = TEXT_INIT("S-0001"),
                                            .state = PARTICIPANT_SCREENED};
static const struct record_subject subject = {
    .number = TEXT_INIT("S-0001"), .participant = &somebody, .offset_minutes = 480};

static struct record_value value_of(const char *oid, int64_t row, const char *value)
{
    return (struct record_value){
        .oid = text_of(oid), .row = row, .answer = {.value = text_of(value)}};
}

static void enter(struct memory *memory, struct record_value *values, size_t count)
{
    struct record_plan *plan = record_plan_new(memory->design, memory->arena);
    struct form_key key = {.participant = 1,
                           .event = TEXT("SE.SCR"),
                           .event_repeat = 1,
                           .form = TEXT("F.SCR"),
                           .form_repeat = 1};
    const struct form *form = design_form(memory->design, TEXT("F.SCR"));
    for (size_t i = 0; i < count; i++)
        record_place(plan, form, &values[i]);
    record_sort(values, count);
    struct record_form record = {.key = &key,
                                 .form = form,
                                 .design_version = TEXT("0.2"),
                                 .values = values,
                                 .count = count};
    csv_tables_form(memory->tables, &subject, &record, memory->arena);
}

static void gives_every_section_a_table_with_its_header(void **state)
{
    (void)state;
    struct memory *memory = begin(false);
    assert_int_equal(memory->count, memory->design->group_count + 3);
    for (size_t i = 0; i < memory->count; i++) {
        struct text header = {memory->bytes[i].at, memory->bytes[i].len};
        assert_true(
            text_starts_with(header, TEXT("study,data_origin,site,participant,")));
        assert_int_equal(text_find(header, '\n'), header.len - 1);
    }
    arena_free(memory->arena);
}

static void has_no_column_for_identity_or_bed(void **state)
{
    (void)state;
    struct memory *memory = begin(false);
    csv_codebook(memory->tables, memory->arena);
    assert_true(design_item(memory->design, TEXT("I.SCR.BRTHDT"))->is_identity);
    assert_true(design_item(memory->design, TEXT("I.SCR.PROVBED"))->is_location);
    assert_false(holds(file_of(memory, "IG.SCR1.csv"), "BRTHDT"));
    assert_true(holds(file_of(memory, "IG.SCR1.csv"), ",AGE,AGE_missing,"));
    assert_false(holds(file_of(memory, "IG.SCR5.csv"), "PROVBED"));
    struct text book = file_of(memory, "codebook.csv");
    assert_true(holds(book, "IG.SCR1.csv,,I.SCR.BRTHDT,"));
    assert_true(holds(book, ",identity\r\n"));
    assert_true(holds(book, ",location\r\n"));
    arena_free(memory->arena);
}

static void writes_a_row_for_each_place_with_values_reasons_and_offsets(void **state)
{
    (void)state;
    struct memory *memory = begin(true);
    struct record_value values[] = {
        value_of("I.SCR.XSITE", 2, "TIB"),
        value_of("I.SCR.SCRDTM", 0, "2026-03-05T14:07"),
        value_of("I.SCR.XSITE", 1, "HUM"),
        value_of("I.SCR.INC2B", 0, "TCP SEPSIS"),
        {.oid = TEXT("I.SCR.HVOL"),
         .answer = {.missing = MISSING_OTHER, .missing_text = TEXT("asked, \"no\"")}},
    };
    enter(memory, values, ARRAY_COUNT(values));
    assert_true(holds(file_of(memory, "IG.SCR1.csv"),
                      "\nNCT07239375,SYNTHETIC,01,S-0001,SE.SCR,1,F.SCR,1,0,,,,"
                      "2026-03-05T14:07+08:00,,,,,,,OTH,\"asked, \"\"no\"\"\"\r\n"));
    struct text sites = file_of(memory, "IG.SCR3.csv");
    assert_true(holds(sites, ",F.SCR,1,1,HUM,,"));
    assert_true(holds(sites, ",F.SCR,1,2,TIB,,"));
    assert_true(holds(file_of(memory, "IG.SCR2.csv"), ",TCP SEPSIS,,"));
    assert_int_equal(memory->tables->values, 5);
    arena_free(memory->arena);
}

static void keeps_what_the_design_no_longer_has(void **state)
{
    (void)state;
    struct memory *memory = begin(false);
    struct record_value values[] = {value_of("I.OLD", 3, "x,y")};
    enter(memory, values, 1);
    assert_true(holds(file_of(memory, "other_values.csv"),
                      "\nNCT07239375,COLLECTED,01,S-0001,SE.SCR,1,F.SCR,1,3,I.OLD,"
                      "\"x,y\",,\r\n"));
    arena_free(memory->arena);
}

static void keeps_a_partial_time_as_far_as_it_is_known(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1024 * 1024);
    const struct item moment = {.type = ITEM_PARTIAL_DATETIME};
    const struct item date = {.type = ITEM_PARTIAL_DATE};
    ASSERT_TEXT(record_value_text(&moment, TEXT("2026-03"), 480, arena), "2026-03");
    ASSERT_TEXT(record_value_text(&moment, TEXT("2026-03-05"), 480, arena),
                "2026-03-05");
    ASSERT_TEXT(record_value_text(&moment, TEXT("2026-03-05T14:07:10"), -210, arena),
                "2026-03-05T14:07:10-03:30");
    ASSERT_TEXT(record_value_text(&moment, TEXT("2026-03-05T14:07Z"), 480, arena),
                "2026-03-05T14:07Z");
    ASSERT_TEXT(record_value_text(&date, TEXT("2026"), 480, arena), "2026");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_only_what_needs_it),
        cmocka_unit_test(leaves_a_formula_as_it_was_entered),
        cmocka_unit_test(gives_every_section_a_table_with_its_header),
        cmocka_unit_test(has_no_column_for_identity_or_bed),
        cmocka_unit_test(writes_a_row_for_each_place_with_values_reasons_and_offsets),
        cmocka_unit_test(keeps_what_the_design_no_longer_has),
        cmocka_unit_test(keeps_a_partial_time_as_far_as_it_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
