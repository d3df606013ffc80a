/* REDCap's data dictionary as a design. What a column means is said in REDCap's own help, as
 * its users know it: a checkbox takes several choices, limits warn, dates are kept year
 * first whatever the page shows; the field "NAME_complete" is REDCap's own. */
#include "base/limits.h"
#include "formats/odm_design_read.h"
#include "model/rule_examples.h"
#include "model/value.h"
#include "support/odm_sample.h"
#include "support/unit.h"

#include <string.h>

#define HEADER                                                                         \
    "\"Variable / Field Name\",\"Form Name\",\"Section Header\",\"Field Type\","       \
    "\"Field Label\",\"Choices, Calculations, OR Slider Labels\",\"Field Note\","      \
    "\"Text Validation Type OR Show Slider Number\",\"Text Validation Min\","          \
    "\"Text Validation Max\",Identifier?,\"Branching Logic (Show field only if...)\"," \
    "\"Required Field?\",\"Custom Alignment\",\"Question Number (surveys only)\","     \
    "\"Matrix Group Name\",\"Matrix Ranking?\",\"Field Annotation\"\n"
/* The first eight columns; limits; branching; required. */
#define ROW(first, low, high, shown, required)                                         \
    first "," low "," high ",," shown "," required ",,,,,\n"
#define FIELD(first) ROW(first, "", "", "", "")

static bool read_rows(void **state, const char *header, const char *rows,
                      struct error *err)
{
    struct odm_sample *f = *state;
    struct text document = text_format(f->study, "%s%s", header, rows);
    return odm_design_read(document, f->study, &f->design, &f->findings, err);
}

static const struct design *design_of(void **state, const char *rows)
{
    struct odm_sample *f = *state;
    struct error err;
    ASSERT_OK(read_rows(state, HEADER, rows, &err), &err);
    return f->design;
}

static const struct item *item_of(void **state, const char *rows)
{
    const struct item *item = design_item(design_of(state, rows), TEXT("x"));
    assert_non_null(item);
    return item;
}

/* --- fields ----------------------------------------------------------------------------- */

static void takes_every_field_type_for_what_it_is(void **state)
{
    static const struct {
        const char *row;
        enum item_type type;
    } rows[] = {
        {FIELD("x,f,,text,X,,,"), ITEM_TEXT},
        {FIELD("x,f,,notes,X,,,"), ITEM_TEXT},
        {FIELD("x,f,,radio,X,\"a, A | b, B\",,"), ITEM_CODED},
        {FIELD("x,f,,dropdown,X,\"a, A | b, B\",,autocomplete"), ITEM_CODED},
        {FIELD("x,f,,checkbox,X,\"a, A | b, B\",,"), ITEM_CODED},
        {FIELD("x,f,,yesno,X,,,"), ITEM_CODED},
        {FIELD("x,f,,truefalse,X,,,"), ITEM_CODED},
        {FIELD("x,f,,calc,X,1+1,,"), ITEM_DECIMAL},
        {FIELD("x,f,,slider,X,low | high,,number"), ITEM_INTEGER},
        {FIELD("x,f,,file,X,,,"), ITEM_TEXT},
        {FIELD("x,f,,file,X,,,signature"), ITEM_TEXT},
        {FIELD("x,f,,sql,X,a query,,"), ITEM_TEXT},
        {FIELD("x,f,,text,X,,,date_mdy"), ITEM_DATE},
        {FIELD("x,f,,text,X,,,datetime_seconds_dmy"), ITEM_DATETIME},
        {FIELD("x,f,,text,X,,,time"), ITEM_TIME},
        {FIELD("x,f,,text,X,,,integer"), ITEM_INTEGER},
        {FIELD("x,f,,text,X,,,number"), ITEM_DECIMAL},
        {FIELD("x,f,,text,X,,,number_comma_decimal"), ITEM_DECIMAL},
        {FIELD("x,f,,text,X,,,email"), ITEM_TEXT},
        {FIELD("x,f,,text,X,,,phone"), ITEM_TEXT},
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        const struct item *item = item_of(state, rows[i].row);
        if (item->type != rows[i].type)
            fail_msg("%s: %s", rows[i].row, item_type_name(item->type));
        ASSERT_TEXT(item->label.english, "X");
    }
}

static void makes_one_item_of_several_codes_of_a_checkbox(void **state)
{
    const struct item *item =
        item_of(state, FIELD("x,f,,checkbox,X,\"1, one, or less | b, two\",,"));
    assert_true(item->is_multiple);
    assert_int_equal(item->codelist->code_count, 2);
    ASSERT_TEXT(item->codelist->codes[0].label.english, "one, or less");
    ASSERT_TEXT(item->codelist->codes[1].code, "b");
    ASSERT_TEXT(item->codelist->oid, "x.choices");
}

static void takes_a_date_year_first_whatever_the_page_of_redcap_shows(void **state)
{
    struct odm_sample *f = *state;
    const struct item *item = item_of(state, FIELD("x,f,,text,X,,,date_mdy"));
    struct error err;
    struct text value;
    ASSERT_OK(value_normalise(item, TEXT("2024-02-29"), f->study, &value, &err), &err);
    ASSERT_ERROR(value_normalise(item, TEXT("02-29-2024"), f->study, &value, &err),
                 &err, ERROR_REFUSED);
}

static void warns_beyond_limits_as_redcap_does(void **state)
{
    const struct item *item = item_of(
        state, ROW("x,f,,text,X,,,number_1dp_comma_decimal", "\"36,5\"", "42", "", ""));
    assert_true(item->soft.has_low && item->soft.has_high && !item->hard.has_low);
    assert_int_equal(decimal_compare(item->soft.low,
                                     (struct decimal){.coefficient = 365, .scale = 1}),
                     0);
    assert_int_equal(item->decimals, 1);
    item = item_of(state, FIELD("x,f,,slider,X,,,"));
    assert_int_equal(decimal_compare(item->soft.high, decimal_of(100)), 0);
}

static void keeps_identifiers_in_the_vault_and_required_fields_required(void **state)
{
    const struct item *item = item_of(state, "x,f,,text,X,,a note,,,,y,,y,,,,,\n");
    assert_true(item->is_identity);
    assert_int_equal(item->requirement, ITEM_REQUIRED);
    ASSERT_TEXT(item->note.english, "a note");
}

/* --- forms ------------------------------------------------------------------------------ */

static void puts_forms_sections_and_descriptive_texts_where_they_stand(void **state)
{
    const struct design *design = design_of(
        state, FIELD("a,first_form,,text,A,,,") FIELD("b,first_form,Heading,text,B,,,")
                   FIELD("d,first_form,,descriptive,Please read,,,")
                       FIELD("c,first_form,,text,C,,,") FIELD("e,second,,text,E,,,"));
    assert_int_equal(design->form_count, 2);
    const struct form *form = design_form(design, TEXT("Form.first_form"));
    assert_non_null(form);
    ASSERT_TEXT(form->label.english, "First form");
    assert_int_equal(form->group_count, 4);
    ASSERT_TEXT(form->groups[1]->label.english, "Heading");
    ASSERT_TEXT(form->groups[2]->label.english, "Please read");
    ASSERT_TEXT(form->groups[2]->items[0]->oid, "c");
    ASSERT_TEXT(form->groups[3]->items[0]->oid, "first_form_complete");
    assert_non_null(design_item(design, TEXT("second_complete")));
    assert_int_equal(design->event_count, 1);
}

/* --- expressions and remarks ------------------------------------------------------------- */

static void runs_branching_logic_and_calculations(void **state)
{
    struct odm_sample *f = *state;
    const struct design *design = design_of(
        state, FIELD("box,f,,checkbox,Box,\"1, one | -2, two\",,")
                   FIELD("h,f,,text,H,,,number")
                       ROW("x,f,,text,X,,,", "", "", "\"[box(1)] = \"\"1\"\"\"", "")
                           ROW("y,f,,text,Y,,,", "", "", "[box(-2)] <> '1'", "")
                               FIELD("z,f,,calc,Z,\"round([h]/2,1)\",,"));
    const struct rulebook *rulebook;
    struct rule_list list;
    struct error err;
    ASSERT_OK(rulebook_make(design, f->study, &rulebook, &err), &err);
    ASSERT_OK(rule_list_make(rulebook, f->study, &list, &err), &err);
    struct arena *scratch = arena_new((size_t)64 << 20);
    struct rule_trial *trial = rule_trial_new(rulebook, &list, f->study, scratch);
    static const char examples[] =
        "rule x\nbox -> shows\n- -> no\n1 -> yes\n-2 -> no\n"
        "rule y\nbox -> shows\n- -> yes\n1 -> yes\n-2 -> no\n"
        "rule z\nh -> value\n- -> -\n5 -> 2.5\n";
    ASSERT_OK(rule_trial_file(trial, TEXT("F.txt"), text_of(examples), &err), &err);
    assert_int_equal(trial->count, 8);
    assert_int_equal(trial->failed, 0);
    arena_free(scratch);
}

/* Every column that says what is not done here stands in the list of what is not run. */
static void lists_what_is_not_run_with_its_reason(void **state)
{
    static const struct {
        const char *context, *source, *reason;
    } expected[] = {
        {"Text Validation Type OR Show Slider Number", "email",
         "this form of a text is not checked"},
        {"Text Validation Min", "3", "only limits of numbers are checked"},
        {"Custom Alignment", "LH", "the page has a layout of its own"},
        {"Question Number (surveys only)", "7",
         "the page does not number its questions"},
        {"Matrix Group Name", "grid",
         "the fields of a matrix stand one below the other"},
        {"Matrix Ranking?", "y",
         "that no choice is taken twice in a matrix is not checked"},
        {"Field Annotation", "@HIDDEN", "action tags are not run"},
    };
    const struct design *design =
        design_of(state, "x,f,,text,X,,,email,3,,,,,LH,7,grid,y,@HIDDEN\n");
    for (size_t i = 0; i < ARRAY_COUNT(expected); i++) {
        const struct foreign_rule *found = NULL;
        for (size_t k = 0; k < design->foreign_rule_count; k++)
            if (text_equal(design->foreign_rules[k].context,
                           text_of(expected[i].context)))
                found = &design->foreign_rules[k];
        if (found == NULL)
            fail_msg("%s is dropped in silence", expected[i].context);
        ASSERT_TEXT(found->source, expected[i].source);
        ASSERT_TEXT(found->reason, expected[i].reason);
        ASSERT_TEXT(found->owner, "x");
        assert_int_equal(found->line, 2);
    }
    assert_int_equal(design->foreign_rule_count, ARRAY_COUNT(expected));
}

static void keeps_the_logic_of_a_descriptive_text_as_not_run(void **state)
{
    const struct design *design =
        design_of(state, FIELD("a,f,,text,A,,,") ROW("d,f,,descriptive,Read,,,", "", "",
                                                     "\"[a] = \"\"1\"\"\"", ""));
    assert_int_equal(design->foreign_rule_count, 1);
    ASSERT_TEXT(design->foreign_rules[0].owner, "d");
    ASSERT_TEXT(design->foreign_rules[0].reason, "a descriptive text is always shown");
}

/* --- what is wrong ---------------------------------------------------------------------- */

static void refuses_what_is_wrong_with_line_column_and_what_to_do(void **state)
{
    static const struct {
        const char *row, *where, *says, *hint;
    } rows[] = {
        {FIELD("X,f,,text,X,,,"), "3:1", "is no name", "small letter"},
        {FIELD("x,,,text,X,,,"), "3:2", "the name is missing", "small letter"},
        {FIELD("x,f,,txt,X,,,"), "3:4", "\"txt\" is no field type",
         "did you mean text?"},
        {FIELD("first,f,,text,X,,,"), "3:1", "stands in line 2 already",
         "a name of its own"},
        {FIELD("x,f,,radio,X,,,"), "3:6", "there are no choices", "1, Yes | 0, No"},
        {FIELD("x,f,,radio,X,\"1, a | b\",,"), "3:6", "no comma", "1, Yes | 0, No"},
        {FIELD("x,f,,radio,X,\"1, a | 1, b\",,"), "3:6", "a code stands twice",
         "1, Yes | 0, No"},
        {FIELD("x,f,,radio,X,\"1, a |\",,"), "3:6", "a choice is empty",
         "1, Yes | 0, No"},
        {FIELD("x,f,,radio,X,\", a | 2, b\",,"), "3:6", "no code before its comma",
         "1, Yes | 0, No"},
        {FIELD("x,f,,checkbox,X,\"a b, a\",,"), "3:6", "holds a blank",
         "1, Yes | 0, No"},
        {FIELD("x,f,,calc,X,,,"), "3:6", "there is no calculation", "round("},
        {FIELD("x,f,,text,X,,,date_ymt"), "3:8", "is not known",
         "did you mean date_ymd?"},
        {ROW("x,f,,text,X,,,number", "low", "", "", ""), "3:9", "no number",
         "a number"},
        {ROW("x,f,,text,X,,,number", "5", "4", "", ""), "3:10", "leave no value",
         "Text Validation Min"},
        {ROW("x,f,,text,X,,,", "", "", "", "yes"), "3:13", "says \"yes\"",
         "leave it empty"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct odm_sample *f = *state;
        struct text both =
            text_format(f->study, "first,f,,text,X,,,,,,,,,,,,,\n%s", rows[i].row);
        struct error err;
        ASSERT_ERROR(read_rows(state, HEADER, both.at, &err), &err, ERROR_REFUSED);
        if (strcmp(err.where, rows[i].where) != 0 ||
            strstr(err.text, rows[i].says) == NULL ||
            strstr(err.hint, rows[i].hint) == NULL)
            fail_msg("%s: at %s: %s; %s", rows[i].row, err.where, err.text, err.hint);
    }
}

static void refuses_a_header_that_is_not_redcaps(void **state)
{
    struct odm_sample *f = *state;
    struct error err;
    struct text header = text_format(f->study, "%s", HEADER);
    char *type = strstr((char *)(uintptr_t)header.at, "Field Type");
    memcpy(type, "Field Tipe", 10);
    ASSERT_ERROR(read_rows(state, header.at, FIELD("x,f,,text,X,,,"), &err), &err,
                 ERROR_REFUSED);
    assert_string_equal(err.where, "1:4");
    assert_non_null(strstr(err.hint, "did you mean Field Type?"));
    ASSERT_ERROR(read_rows(state, "a;b;c\n", "1;2;3\n", &err), &err, ERROR_REFUSED);
    assert_non_null(strstr(err.text, "semicolons"));
    ASSERT_ERROR(read_rows(state, HEADER, "", &err), &err, ERROR_REFUSED);
    assert_non_null(strstr(err.text, "no field"));
}

static void takes_the_header_of_the_api(void **state)
{
    struct error err;
    struct odm_sample *f = *state;
    ASSERT_OK(read_rows(state,
                        "field_name,form_name,section_header,field_type,field_label,"
                        "select_choices_or_calculations,field_note,"
                        "text_validation_type_or_show_slider_number,"
                        "text_validation_min,text_validation_max,identifier,"
                        "branching_logic,required_field,custom_alignment,"
                        "question_number,matrix_group_name,matrix_ranking,"
                        "field_annotation\n",
                        FIELD("x,f,,text,X,,,"), &err),
              &err);
    assert_non_null(design_item(f->design, TEXT("x")));
}

static void refuses_gbk_with_its_line(void **state)
{
    struct error err;
    ASSERT_ERROR(read_rows(state, HEADER, FIELD("x,f,,text,\xc4\xd0\xb5\xc4,,,"), &err),
                 &err, ERROR_MALFORMED);
    assert_string_equal(err.where, "line 2");
    assert_non_null(strstr(err.hint, "UTF-8"));
}

int main(void)
{
#define TEST(name)                                                                     \
    cmocka_unit_test_setup_teardown(name, odm_sample_make, odm_sample_unmake)
    const struct CMUnitTest tests[] = {
        TEST(takes_every_field_type_for_what_it_is),
        TEST(makes_one_item_of_several_codes_of_a_checkbox),
        TEST(takes_a_date_year_first_whatever_the_page_of_redcap_shows),
        TEST(warns_beyond_limits_as_redcap_does),
        TEST(keeps_identifiers_in_the_vault_and_required_fields_required),
        TEST(puts_forms_sections_and_descriptive_texts_where_they_stand),
        TEST(runs_branching_logic_and_calculations),
        TEST(lists_what_is_not_run_with_its_reason),
        TEST(keeps_the_logic_of_a_descriptive_text_as_not_run),
        TEST(refuses_what_is_wrong_with_line_column_and_what_to_do),
        TEST(refuses_a_header_that_is_not_redcaps),
        TEST(takes_the_header_of_the_api),
        TEST(refuses_gbk_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
