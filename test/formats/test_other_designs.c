/* Every design in ../shared/cases and ../shared/standards/odm: the counts of its
 * README.md, and each finding with its place and element. */
#include "support/odm_sample.h"
#include "support/unit.h"

#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool read_case(void **state, const char *name, struct error *err)
{
    struct odm_sample *f = *state;
    const char *path = text_format(f->study, "../shared/%s", name).at;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s cannot be read from the project's root", path);
    struct buffer bytes = buffer_in(f->study, 4 << 20);
    char part[4096];
    for (size_t len; (len = fread(part, 1, sizeof part, file)) > 0;)
        buffer_bytes(&bytes, part, len);
    fclose(file);
    return odm_design_read((struct text){bytes.at, bytes.len}, f->study, &f->design,
                           &f->findings, err);
}

static const struct odm_finding *finding_at(void **state, size_t line,
                                            const char *element)
{
    struct odm_sample *f = *state;
    struct text start = text_format(f->study, "%s: ", element);
    for (size_t i = 0; i < f->findings.kept_count; i++)
        if (f->findings.kept[i].line == line &&
            text_starts_with(f->findings.kept[i].sentence, start))
            return &f->findings.kept[i];
    fail_msg("no finding at line %zu of %s", line, element);
    return NULL;
}

/* Events, forms, items and code lists as the README of the cases counts them; groups as
 * they become groups of the design; one more code list where items are boolean. */
static void loads_each_design_whole(void **state)
{
    static const struct {
        const char *name;
        size_t events, forms, items, codelists, foreign_rules;
    } rows[] = {
        {"cases/openedc/metadata.xml", 3, 5, 28, 4 + 1, 7 + 2},
        {"cases/cdisc/protocol-to-workflow-1.3.2.xml", 5, 7, 63, 12 + 1, 15},
        {"cases/cdisc/protocol-to-workflow-2.0.xml", 5, 7, 63, 12 + 1, 15},
        {"cases/cdisc/demographics-race.xml", 1, 1, 6, 3 + 1, 0},
        {"cases/cdisc/repeating-item-group-uc-d.xml", 1, 1, 4, 2, 0},
        {"cases/cdisc/simple-timing-constraints.xml", 4, 0, 0, 0, 0},
        {"cases/cdisc/inclusion-exclusion-workflow.xml", 0, 0, 4, 1, 4},
        {"cases/cdisc/matrix-crf-1.3.2-invalid.xml", 1, 1, 7, 3, 0},
        {"cases/odmlib/odm-data-snapshot.xml", 4, 7, 52, 14, 0},
        /* one form stands in no event, and gets one */
        {"cases/odmlib/cdash-odm-test.xml", 1 + 1, 4, 52, 16 + 1, 0},
        {"cases/odmlib/test_odm_001-validated.xml", 2, 2, 2, 1, 0},
        {"cases/odmlib-lj/odmv2_example.xml", 0, 0, 2, 1, 0},
    };
    struct odm_sample *f = *state;
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct error err;
        arena_reset(f->study);
        ASSERT_OK(read_case(state, rows[i].name, &err), &err);
        const struct design *design = f->design;
        if (design->event_count != rows[i].events ||
            design->form_count != rows[i].forms ||
            design->item_count != rows[i].items ||
            design->codelist_count != rows[i].codelists ||
            design->foreign_rule_count != rows[i].foreign_rules)
            fail_msg("%s: %zu events, %zu forms, %zu items, %zu code lists, %zu rules",
                     rows[i].name, design->event_count, design->form_count,
                     design->item_count, design->codelist_count,
                     design->foreign_rule_count);
    }
}

/* The two files say the same in the two versions of the standard. */
static void makes_one_design_of_both_versions_of_a_study(void **state)
{
    struct odm_sample *f = *state;
    struct error err;
    ASSERT_OK(read_case(state, "cases/cdisc/protocol-to-workflow-1.3.2.xml", &err),
              &err);
    const struct design *one = f->design;
    ASSERT_OK(read_case(state, "cases/cdisc/protocol-to-workflow-2.0.xml", &err), &err);
    const struct design *two = f->design;
    for (size_t i = 0; i < one->item_count; i++) {
        const struct item *item = &one->items[i];
        const struct item *other = design_item(two, item->oid);
        assert_non_null(other);
        assert_int_equal(item->type, other->type);
        assert_int_equal(item->requirement, other->requirement);
        assert_true(text_equal(item->label.english, other->label.english));
    }
    for (size_t i = 0; i < one->form_count; i++) {
        const struct form *form = &one->forms[i];
        const struct form *other = design_form(two, form->oid);
        assert_non_null(other);
        assert_int_equal(form->group_count, other->group_count);
        for (size_t k = 0; k < form->group_count; k++)
            assert_true(text_equal(form->groups[k]->oid, other->groups[k]->oid));
    }
}

/* Lines and elements as xmllint gives them for the published schema. */
static void lists_each_finding_of_the_invalid_example(void **state)
{
    static const struct {
        size_t line;
        const char *element;
    } rows[] = {{13, "ItemGroupRef"}, {15, "ItemGroupDef"}, {16, "ItemGroupRef"},
                {18, "ItemGroupDef"}, {19, "ItemRef"},      {128, "ClinicalData"}};
    struct odm_sample *f = *state;
    struct error err;
    ASSERT_OK(read_case(state, "cases/cdisc/matrix-crf-1.3.2-invalid.xml", &err), &err);
    assert_int_equal(f->findings.total, ARRAY_COUNT(rows));
    assert_int_equal(f->findings.error_count, 0);
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
        assert_true(finding_at(state, rows[i].line, rows[i].element)->hint.len > 0);
    const struct form *form = &f->design->forms[0];
    assert_int_equal(form->groups[0]->item_count, 7);
    assert_true(form->groups[0]->is_repeating);
    ASSERT_TEXT(form->groups[0]->repeat_key->oid, "I.MHTERM");
}

static void refuses_the_misspelt_study_name(void **state)
{
    struct odm_sample *f = *state;
    struct error err;
    ASSERT_ERROR(read_case(state, "cases/odmlib/cdash-odm-test-invalid.xml", &err),
                 &err, ERROR_REFUSED);
    assert_string_equal(err.where, "14:13");
    assert_string_equal(err.hint, "did you mean StudyName?");
    assert_int_equal(f->findings.error_count, 1);
    assert_int_equal(finding_at(state, 14, "studyName")->severity, ODM_ERROR);
}

static void refuses_the_nonconformant_design_for_three_reasons(void **state)
{
    struct odm_sample *f = *state;
    struct error err;
    ASSERT_ERROR(read_case(state, "cases/odmlib-lj/nonconformant_odm.xml", &err), &err,
                 ERROR_REFUSED);
    assert_int_equal(f->findings.error_count, 3);
    ASSERT_TEXT(finding_at(state, 15, "ItemRef")->sentence,
                "ItemRef: Mandatory is \"Maybe\"");
    ASSERT_TEXT(finding_at(state, 15, "ItemRef")->hint, "No or Yes");
    ASSERT_TEXT(f->findings.kept[1].sentence, "ItemDef: DataType is \"bogus\"");
    ASSERT_TEXT(f->findings.kept[2].sentence, "ItemDef: the attribute Name is missing");
    assert_int_equal(f->findings.kept[2].line, 17);
}

static void says_that_a_file_of_data_is_no_design(void **state)
{
    static const char *const names[] = {
        "cases/openedc/clinicaldata.xml", "cases/odmlib/test_referece_data_01.xml",
        "cases/libreclinica/sampleImport.xml", "cases/rave/test_double_byte_chars.xml"};
    struct odm_sample *f = *state;
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        struct error err;
        arena_reset(f->study);
        ASSERT_ERROR(read_case(state, names[i], &err), &err, ERROR_REFUSED);
        assert_string_equal(err.text, "ODM: the document holds no Study");
        assert_string_equal(err.hint, "a file of data is no design");
    }
}

/* Earlier versions and REDCap's dialect: read, or refused with a place; never worse. */
static void takes_or_refuses_older_dialects_with_a_sentence(void **state)
{
    static const char *const names[] = {
        "cases/odmxmltools/nvtest.xml",
        "cases/openclinica/extract.xml",
        "cases/redcap/checkboxes-1/project.xml",
        "cases/redcap/clinical-trial-1/project.xml",
        "cases/redcap/longitudinal/project.xml",
        "cases/redcap/repeating-instruments/project.xml",
        "cases/redcap/simple/project.xml",
        "standards/odm/samples/min_odm132_audit_sig.xml",
    };
    struct odm_sample *f = *state;
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        struct error err = {0};
        arena_reset(f->study);
        if (!read_case(state, names[i], &err))
            assert_true(err.text[0] != '\0' && err.where[0] != '\0');
    }
}

#define TEST(name)                                                                     \
    cmocka_unit_test_setup_teardown(name, odm_sample_make, odm_sample_unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(loads_each_design_whole),
        TEST(makes_one_design_of_both_versions_of_a_study),
        TEST(lists_each_finding_of_the_invalid_example),
        TEST(refuses_the_misspelt_study_name),
        TEST(refuses_the_nonconformant_design_for_three_reasons),
        TEST(says_that_a_file_of_data_is_no_design),
        TEST(takes_or_refuses_older_dialects_with_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
