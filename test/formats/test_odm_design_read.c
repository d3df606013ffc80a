#include "support/odm_sample.h"
#include "support/unit.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

static const struct design *read_whole(void **state)
{
    struct error err;
    ASSERT_OK(odm_sample_read(state, NULL, NULL, &err), &err);
    return ((struct odm_sample *)*state)->design;
}

/* --- what a good design says ------------------------------------------------------ */

static void reads_the_study_and_its_version(void **state)
{
    const struct design *design = read_whole(state);
    ASSERT_TEXT(design->oid, "MDV");
    ASSERT_TEXT(design->version, "1.0");
    ASSERT_TEXT(design->study_oid, "ST");
    ASSERT_TEXT(design->name.chinese, "一项研究");
    ASSERT_TEXT(design->name.english, "一项研究"); /* the only one that there is */
    ASSERT_TEXT(design->protocol.english, "P-1");
    ASSERT_TEXT(design->sponsor.english, "Sponsor");
    assert_int_equal(design->enrolment_target, 52);
}

static void reads_sites_with_prefix_and_local_time(void **state)
{
    const struct design *design = read_whole(state);
    const struct site *site = design_site(design, TEXT("01"));
    assert_int_equal(design->site_count, 1);
    ASSERT_TEXT(site->prefix, "H4");
    ASSERT_TEXT(site->name.english, "The site");
    assert_int_equal(site->offset_minutes, 480);
    struct error err;
    ASSERT_OK(odm_sample_read(state, "'+08:00'", "'-03:30'", &err), &err);
    assert_int_equal(((struct odm_sample *)*state)->design->sites[0].offset_minutes,
                     -210);
}

static void reads_events_with_their_forms_by_order_number(void **state)
{
    const struct design *design = read_whole(state);
    const struct study_event *event = design_event(design, TEXT("SE.A"));
    assert_int_equal(event->form_count, 2);
    ASSERT_TEXT(event->forms[0]->oid, "F.A");
    ASSERT_TEXT(event->forms[1]->oid, "F.B");
    ASSERT_TEXT(event->kind, "scheduled");
    ASSERT_TEXT(event->label.english, "Visit A");
    ASSERT_TEXT(event->target.english, "day 1");
    ASSERT_TEXT(event->target.chinese, "第1天");
    assert_true(text_is_absent(event->window.english));
}

static void reads_when_a_form_is_not_collected_at_an_event(void **state)
{
    struct error err;
    const struct study_event *event = design_event(read_whole(state), TEXT("SE.A"));
    assert_false(event->form_uses[0].is_optional);
    assert_int_equal(event->form_uses[0].exception.words.english.len, 0);
    ASSERT_OK(odm_sample_read(state, "'F.B' OrderNumber='2' Mandatory='Yes'",
                              "'F.B' OrderNumber='2' Mandatory='No' "
                              "CollectionExceptionConditionOID='C.F'",
                              &err),
              &err);
    event = design_event(((struct odm_sample *)*state)->design, TEXT("SE.A"));
    assert_false(event->form_uses[0].is_optional); /* F.A, whose OrderNumber is 1 */
    assert_true(event->form_uses[1].is_optional);
    ASSERT_TEXT(event->form_uses[1].exception.words.english, "Left out unless SEX=F");
}

static void reads_forms_sections_and_their_keys(void **state)
{
    const struct design *design = read_whole(state);
    const struct form *form = design_form(design, TEXT("F.A"));
    assert_int_equal(form->group_count, 2);
    assert_false(form->is_repeating);
    assert_null(form->repeat_key);
    ASSERT_TEXT(form->note.english, "One per patient");
    const struct item_group *group = form->groups[0];
    assert_int_equal(group->item_count, 4);
    ASSERT_TEXT(group->items[0]->oid, "I.SEX");
    ASSERT_TEXT(group->items[1]->oid, "I.AGE");
    ASSERT_TEXT(group->items[2]->oid, "I.PREG");
    assert_true(form->groups[1]->is_repeating);
    ASSERT_TEXT(form->groups[1]->repeat_key->oid, "I.PLACE");
    const struct form *repeating = design_form(design, TEXT("F.B"));
    assert_true(repeating->is_repeating);
    ASSERT_TEXT(repeating->repeat_key->oid, "I.SEQ");
}

static void reads_an_item_with_all_that_is_said_of_it(void **state)
{
    const struct item *age = design_item(read_whole(state), TEXT("I.AGE"));
    assert_int_equal(age->type, ITEM_INTEGER);
    ASSERT_TEXT(age->label.english, "Age in years");
    ASSERT_TEXT(age->label.chinese, "年龄");
    ASSERT_TEXT(age->note.english, "completed years");
    ASSERT_TEXT(age->unit, "a");
    ASSERT_TEXT(age->loinc, "30525-0");
    assert_true(age->is_identity);
    assert_int_equal(age->second_check, SECOND_CHECK_REPEAT);
    assert_true(age->hard.has_low && !age->hard.has_high);
    assert_int_equal(decimal_compare(age->hard.low, decimal_of(0)), 0);
    assert_true(!age->soft.has_low && age->soft.has_high);
    assert_int_equal(decimal_compare(age->soft.high, decimal_of(65)), 0);
    assert_int_equal(age->requirement, ITEM_REQUIRED);
    assert_false(age->is_system);
}

static void tells_required_conditional_and_derived_items_apart(void **state)
{
    const struct design *design = read_whole(state);
    const struct item *pregnant = design_item(design, TEXT("I.PREG"));
    assert_int_equal(pregnant->requirement, ITEM_CONDITIONAL);
    assert_true(pregnant->has_condition);
    ASSERT_TEXT(pregnant->condition, "Left out unless SEX=F");
    ASSERT_TEXT(pregnant->label.english, "Pregnant");
    assert_int_equal(pregnant->max_length, 200);
    const struct item *bmi = design_item(design, TEXT("I.BMI"));
    assert_int_equal(bmi->requirement, ITEM_DERIVED);
    assert_true(bmi->is_system);
    assert_int_equal(bmi->decimals, 1);
    ASSERT_TEXT(bmi->derivation.english, "weight by height squared");
    ASSERT_TEXT(bmi->label.english, "BMI");
    assert_int_equal(design_item(design, TEXT("I.SEQ"))->requirement, ITEM_OPTIONAL);
    assert_int_equal(design_item(design, TEXT("I.SEQ"))->type, ITEM_PARTIAL_DATE);
}

static void reads_code_lists_in_their_order(void **state)
{
    const struct design *design = read_whole(state);
    const struct item *sex = design_item(design, TEXT("I.SEX"));
    assert_int_equal(sex->type, ITEM_CODED);
    assert_false(sex->is_multiple);
    assert_int_equal(sex->codelist->code_count, 2);
    ASSERT_TEXT(sex->codelist->codes[0].code, "M");
    ASSERT_TEXT(sex->codelist->codes[0].label.english, "M");
    ASSERT_TEXT(sex->codelist->codes[1].label.english, "Female");
    assert_true(design_item(design, TEXT("I.PLACE"))->is_multiple);
}

static void keeps_nothing_of_the_document_s_memory(void **state)
{
    struct odm_sample *f = *state;
    struct arena *scratch = arena_new(1 << 20);
    struct text whole = odm_sample_text(scratch, NULL, NULL);
    char *bytes = malloc(whole.len);
    memcpy(bytes, whole.at, whole.len);
    struct error err;
    ASSERT_OK(odm_design_read((struct text){bytes, whole.len}, f->study, &f->design,
                              &f->findings, &err),
              &err);
    memset(bytes, 'X', whole.len);
    free(bytes);
    arena_free(scratch);
    ASSERT_TEXT(design_item(f->design, TEXT("I.AGE"))->label.chinese, "年龄");
}

static void passes_over_elements_of_other_namespaces(void **state)
{
    struct error err;
    ASSERT_OK(
        odm_sample_read(state, "</ItemDef>",
                        "<v:Extra xmlns:v='urn:vendor' v:x='1'><ItemDef OID='I.SEX'/>"
                        "<Question><TranslatedText>no</TranslatedText></Question>"
                        "</v:Extra></ItemDef>",
                        &err),
        &err);
}

static void passes_over_parts_of_odm_that_are_no_matter_of_a_design(void **state)
{
    struct error err;
    ASSERT_OK(odm_sample_read(state, "</ODM>",
                              "<ClinicalData StudyOID='ST' MetaDataVersionOID='MDV'>"
                              "<SubjectData SubjectKey='1'/></ClinicalData></ODM>",
                              &err),
              &err);
    ASSERT_OK(odm_sample_read(state, "<ItemGroupDef OID='F.A'",
                              "<ItemGroupDef OID='DS' Name='d' Repeating='No' "
                              "Type='Dataset'/><ItemGroupDef OID='F.A'",
                              &err),
              &err);
}

static void takes_any_prefix_for_the_namespace(void **state)
{
    struct odm_sample *f = *state;
    struct error err;
    const char *prefixed =
        "<o:ODM xmlns:o='http://www.cdisc.org/ns/odm/v2.0'><o:Study OID='S'"
        " StudyName='s' ProtocolName='p'><o:MetaDataVersion OID='M' Name='1'/>"
        "</o:Study></o:ODM>";
    ASSERT_OK(
        odm_design_read(text_of(prefixed), f->study, &f->design, &f->findings, &err),
        &err);
    ASSERT_TEXT(f->design->study_oid, "S");
}

/* --- what is refused at once ------------------------------------------------------ */

static void refuses_what_is_not_odm(void **state)
{
    struct error err;
    ASSERT_ERROR(odm_sample_read(state, "odm/v2.0'", "odm/v3.0'", &err), &err,
                 ERROR_REFUSED);
    assert_string_equal(err.text, "this is no ODM document: its root is ODM of "
                                  "http://www.cdisc.org/ns/odm/v3.0");
    assert_string_equal(err.where, "1:1");
    struct odm_sample *f = *state;
    ASSERT_ERROR(
        odm_design_read(TEXT("<html/>"), f->study, &f->design, &f->findings, &err),
        &err, ERROR_REFUSED);
}

static void refuses_malformed_xml_with_its_place(void **state)
{
    struct error err;
    ASSERT_ERROR(odm_sample_read(state, "</StudyEventDef>", "</StudyEvent>", &err),
                 &err, ERROR_MALFORMED);
    assert_string_equal(err.where, "18:3");
}

static void refuses_entities(void **state)
{
    struct error err;
    ASSERT_ERROR(
        odm_sample_read(state, "<ODM ", "<!DOCTYPE ODM [<!ENTITY a 'b'>]><ODM ", &err),
        &err, ERROR_REFUSED);
    assert_non_null(strstr(err.text, "entity"));
}

static void refuses_texts_and_attributes_without_end(void **state)
{
    struct odm_sample *f = *state;
    char *longest = malloc(LIMIT_ITEM_TEXT + 2);
    memset(longest, 'x', LIMIT_ITEM_TEXT + 1);
    longest[LIMIT_ITEM_TEXT + 1] = '\0';
    struct error err;
    ASSERT_ERROR(odm_sample_read(state, "completed years", longest, &err), &err,
                 ERROR_TOO_LARGE);
    ASSERT_ERROR(odm_sample_read(state, "A study", longest, &err), &err,
                 ERROR_TOO_LARGE);
    longest[LIMIT_OID + 1] = '\0';
    ASSERT_ERROR(odm_sample_read(state, "'SE.A' N",
                                 text_format(f->study, "'%s' N", longest).at, &err),
                 &err, ERROR_REFUSED);
    assert_string_equal(err.text,
                        "StudyEventRef: there is no StudyEventDef SE.A (and 1 more)");
    assert_true(text_starts_with(f->findings.kept[1].sentence,
                                 TEXT("StudyEventDef: OID is longer than 128 bytes")));
    longest[LIMIT_OID] = '\0';
    ASSERT_ERROR(odm_sample_read(state, "'SE.A' N",
                                 text_format(f->study, "'%s' N", longest).at, &err),
                 &err, ERROR_REFUSED);
    assert_string_equal(err.text, "StudyEventRef: there is no StudyEventDef SE.A");
    free(longest);
}

static void lets_a_shared_section_stand_in_two_forms(void **state)
{
    struct odm_sample *f = *state;
    struct error err;
    ASSERT_OK(odm_sample_read(state, "<ItemGroupRef ItemGroupOID='IG.B'",
                              "<ItemGroupRef ItemGroupOID='IG.ROWS' Mandatory='Yes'/>"
                              "<ItemGroupRef ItemGroupOID='IG.B'",
                              &err),
              &err);
    const struct form *a = design_form(f->design, TEXT("F.A"));
    const struct form *b = design_form(f->design, TEXT("F.B"));
    assert_ptr_equal(a->groups[1], b->groups[0]);
}

static void fails_cleanly_wherever_memory_ends(void **state)
{
    struct odm_sample *f = *state;
    struct arena *text = arena_new(1 << 20);
    struct text whole = odm_sample_text(text, NULL, NULL);
    struct error err;
    size_t n = 1;
    bool is_ok = false;
    for (; !is_ok && n < 10000; n++) {
        arena_reset(f->study);
        arena_fail_after(f->study, n);
        is_ok = odm_design_read(whole, f->study, &f->design, &f->findings, &err);
        if (!is_ok)
            assert_int_equal(err.code, ERROR_TOO_LARGE);
    }
    assert_true(is_ok && n > 100);
    arena_free(text);
}

static void fails_cleanly_when_memory_ends_amid_findings(void **state)
{
    struct odm_sample *f = *state;
    struct arena *text = arena_new(1 << 20);
    struct text whole = odm_sample_text(text, "ItemOID='I.AGE'", "ItemOID='I.AEG'");
    struct error err;
    for (size_t n = 1; n < 400; n++) {
        arena_reset(f->study);
        arena_fail_after(f->study, n);
        assert_false(odm_design_read(whole, f->study, &f->design, &f->findings, &err));
        assert_true(err.code == ERROR_TOO_LARGE || err.code == ERROR_REFUSED);
    }
    arena_free(text);
}

static void stops_at_the_end_of_a_small_arena(void **state)
{
    struct odm_sample *f = *state;
    struct arena *text = arena_new(1 << 20);
    struct text whole = odm_sample_text(text, NULL, NULL);
    for (size_t size = 64; size < 16384; size += 501) {
        struct arena *small = arena_new(size);
        struct error err;
        bool is_ok = odm_design_read(whole, small, &f->design, &f->findings, &err);
        assert_true(is_ok || err.code == ERROR_TOO_LARGE);
        arena_free(small);
    }
    arena_free(text);
}

#define TEST(name)                                                                     \
    cmocka_unit_test_setup_teardown(name, odm_sample_make, odm_sample_unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_the_study_and_its_version),
        TEST(reads_sites_with_prefix_and_local_time),
        TEST(reads_events_with_their_forms_by_order_number),
        TEST(reads_when_a_form_is_not_collected_at_an_event),
        TEST(reads_forms_sections_and_their_keys),
        TEST(reads_an_item_with_all_that_is_said_of_it),
        TEST(tells_required_conditional_and_derived_items_apart),
        TEST(reads_code_lists_in_their_order),
        TEST(keeps_nothing_of_the_document_s_memory),
        TEST(passes_over_elements_of_other_namespaces),
        TEST(passes_over_parts_of_odm_that_are_no_matter_of_a_design),
        TEST(takes_any_prefix_for_the_namespace),
        TEST(refuses_what_is_not_odm),
        TEST(refuses_malformed_xml_with_its_place),
        TEST(refuses_entities),
        TEST(refuses_texts_and_attributes_without_end),
        TEST(lets_a_shared_section_stand_in_two_forms),
        TEST(fails_cleanly_wherever_memory_ends),
        TEST(fails_cleanly_when_memory_ends_amid_findings),
        TEST(stops_at_the_end_of_a_small_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
