#include "support/unit.h"

#include "base/oid_index.h"
#include "model/design.h"

#include <stdio.h>

/* A design of two forms, made by hand. */
struct fixture {
    struct arena *study;
    struct item items[3];
    const struct item *first_items[2];
    const struct item *second_items[1];
    struct item_group groups[2];
    const struct item_group *first_groups[1];
    const struct item_group *second_groups[1];
    struct form forms[2];
    const struct form *event_forms[1];
    struct study_event events[1];
    struct codelist codelists[1];
    struct site sites[1];
    struct design design;
};

static const struct code codes[] = {
    {TEXT_INIT("Y"), {TEXT_INIT("Yes"), TEXT_INIT("是")}},
    {TEXT_INIT("N"), {TEXT_INIT("No"), TEXT_INIT("否")}},
};

static void fill(struct fixture *f)
{
    f->items[0].oid = TEXT("I.SCR.AGE");
    f->items[1].oid = TEXT("I.SCR.HVOL");
    f->items[2].oid = TEXT("I.DM.SEX");
    f->first_items[0] = &f->items[0];
    f->first_items[1] = &f->items[1];
    f->second_items[0] = &f->items[2];
    f->groups[0] = (struct item_group){
        .oid = TEXT("IG.SCR"), .items = f->first_items, .item_count = 2};
    f->groups[1] = (struct item_group){
        .oid = TEXT("IG.DM"), .items = f->second_items, .item_count = 1};
    f->first_groups[0] = &f->groups[0];
    f->second_groups[0] = &f->groups[1];
    f->forms[0] = (struct form){
        .oid = TEXT("F.SCR"), .groups = f->first_groups, .group_count = 1};
    f->forms[1] = (struct form){
        .oid = TEXT("F.DM"), .groups = f->second_groups, .group_count = 1};
    f->event_forms[0] = &f->forms[0];
    f->events[0] = (struct study_event){
        .oid = TEXT("SE.SCR"), .forms = f->event_forms, .form_count = 1};
    f->codelists[0] =
        (struct codelist){.oid = TEXT("CL.NY"), .codes = codes, .code_count = 2};
    f->sites[0] = (struct site){.code = TEXT("01"), .prefix = TEXT("H4")};
    f->design = (struct design){.events = f->events,
                                .event_count = 1,
                                .forms = f->forms,
                                .form_count = 2,
                                .groups = f->groups,
                                .group_count = 2,
                                .items = f->items,
                                .item_count = 3,
                                .codelists = f->codelists,
                                .codelist_count = 1,
                                .sites = f->sites,
                                .site_count = 1};
}

static int make(void **state)
{
    struct arena *study = arena_new(4 << 20);
    struct fixture *f = ARENA_NEW(study, struct fixture);
    f->study = study;
    fill(f);
    *state = f;
    return 0;
}

static int unmake(void **state)
{
    struct fixture *f = *state;
    arena_free(f->study);
    return 0;
}

static void finds_each_thing_by_its_oid(void **state)
{
    struct fixture *f = *state;
    struct error err;
    ASSERT_OK(design_finish(&f->design, f->study, &err), &err);
    assert_ptr_equal(design_event(&f->design, TEXT("SE.SCR")), &f->events[0]);
    assert_ptr_equal(design_form(&f->design, TEXT("F.DM")), &f->forms[1]);
    assert_ptr_equal(design_group(&f->design, TEXT("IG.SCR")), &f->groups[0]);
    assert_ptr_equal(design_item(&f->design, TEXT("I.DM.SEX")), &f->items[2]);
    assert_ptr_equal(design_site(&f->design, TEXT("01")), &f->sites[0]);
}

static void finds_nothing_under_an_unknown_oid_or_one_of_another_kind(void **state)
{
    struct fixture *f = *state;
    struct error err;
    ASSERT_OK(design_finish(&f->design, f->study, &err), &err);
    assert_null(design_item(&f->design, TEXT("I.DM.SEXX")));
    assert_null(design_item(&f->design, TEXT("F.DM")));
    assert_null(design_form(&f->design, TEXT("I.DM.SEX")));
    assert_null(design_event(&f->design, TEXT("")));
    assert_null(design_group(&f->design, (struct text){0}));
    assert_null(design_site(&f->design, TEXT("02")));
}

static void refuses_one_oid_for_two_things(void **state)
{
    struct fixture *f = *state;
    struct error err;
    f->items[1].oid = f->items[0].oid;
    ASSERT_ERROR(design_finish(&f->design, f->study, &err), &err, ERROR_REFUSED);
    assert_string_equal(err.text, "the OID I.SCR.AGE stands twice in the design");
}

static void refuses_a_thing_without_an_oid(void **state)
{
    struct fixture *f = *state;
    struct error err;
    f->forms[1].oid = (struct text){0};
    ASSERT_ERROR(design_finish(&f->design, f->study, &err), &err, ERROR_REFUSED);
}

static void says_so_when_the_index_has_no_room(void **state)
{
    struct fixture *f = *state;
    for (size_t n = 1; n <= 2; n++) {
        struct error err;
        arena_fail_after(f->study, n);
        ASSERT_ERROR(design_finish(&f->design, f->study, &err), &err, ERROR_TOO_LARGE);
    }
}

static void knows_what_stands_in_what(void **state)
{
    struct fixture *f = *state;
    assert_ptr_equal(form_group_of(&f->forms[0], &f->items[1]), &f->groups[0]);
    assert_null(form_group_of(&f->forms[0], &f->items[2]));
    assert_true(event_has_form(&f->events[0], &f->forms[0]));
    assert_false(event_has_form(&f->events[0], &f->forms[1]));
    assert_ptr_equal(codelist_code(&f->codelists[0], TEXT("N")), &codes[1]);
    assert_null(codelist_code(&f->codelists[0], TEXT("n")));
}

static void suggests_the_nearest_item(void **state)
{
    struct fixture *f = *state;
    ASSERT_TEXT(design_nearest_item(&f->design, TEXT("I.SCR.HVOLL")), "I.SCR.HVOL");
    assert_true(text_is_absent(design_nearest_item(&f->design, TEXT("WEIGHT"))));
}

static void finds_ten_thousand_oids_each_at_its_place(void **state)
{
    struct fixture *f = *state;
    enum { COUNT = 10000 };
    struct oid_index index;
    assert_true(oid_index_make(&index, COUNT, f->study));
    for (size_t i = 0; i < COUNT; i++) {
        char name[24];
        int len = snprintf(name, sizeof name, "I.X.%zu", i);
        struct oid_entry entry = {
            .oid = text_copy(f->study, (struct text){name, (size_t)len}),
            .position = i};
        assert_true(oid_index_add(&index, entry));
        assert_false(oid_index_add(&index, entry));
    }
    for (size_t i = 0; i < COUNT; i++) {
        char name[24];
        int len = snprintf(name, sizeof name, "I.X.%zu", i);
        const struct oid_entry *entry =
            oid_index_find(&index, (struct text){name, (size_t)len}, 0);
        assert_non_null(entry);
        assert_int_equal(entry->position, i);
    }
    assert_null(oid_index_find(&index, TEXT("I.X.10000"), 0));
}

static void names_types_and_requirements_as_the_interface_does(void **state)
{
    (void)state;
    assert_string_equal(item_type_name(ITEM_TEXT), "text");
    assert_string_equal(item_type_name(ITEM_INTEGER), "integer");
    assert_string_equal(item_type_name(ITEM_DECIMAL), "decimal");
    assert_string_equal(item_type_name(ITEM_CODED), "coded");
    assert_string_equal(item_type_name(ITEM_DATE), "date");
    assert_string_equal(item_type_name(ITEM_DATETIME), "datetime");
    assert_string_equal(item_type_name(ITEM_PARTIAL_DATE), "partial-date");
    assert_string_equal(item_type_name(ITEM_PARTIAL_DATETIME), "partial-datetime");
    assert_string_equal(item_requirement_name(ITEM_OPTIONAL), "optional");
    assert_string_equal(item_requirement_name(ITEM_REQUIRED), "required");
    assert_string_equal(item_requirement_name(ITEM_CONDITIONAL), "conditional");
    assert_string_equal(item_requirement_name(ITEM_DERIVED), "derived");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(finds_each_thing_by_its_oid),
        TEST(finds_nothing_under_an_unknown_oid_or_one_of_another_kind),
        TEST(refuses_one_oid_for_two_things),
        TEST(refuses_a_thing_without_an_oid),
        TEST(says_so_when_the_index_has_no_room),
        TEST(knows_what_stands_in_what),
        TEST(suggests_the_nearest_item),
        TEST(finds_ten_thousand_oids_each_at_its_place),
        cmocka_unit_test(names_types_and_requirements_as_the_interface_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
