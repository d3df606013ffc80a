/* The built-in design as the page gets it, read back with json-c. */
#include "support/design_text.h"
#include "support/unit.h"

#include "base/limits.h"

#include <json-c/json.h>
#include <string.h>

struct fixture {
    struct arena *study;
    struct json_object *root;
};

static int make(void **state)
{
    struct arena *study = arena_new(LIMIT_DESIGN_ARENA);
    struct fixture *f = ARENA_NEW(study, struct fixture);
    f->study = study;
    f->root = json_tokener_parse(design_as_json(design_builtin(study), study));
    assert_non_null(f->root);
    *state = f;
    return 0;
}

static int unmake(void **state)
{
    struct fixture *f = *state;
    json_object_put(f->root);
    arena_free(f->study);
    return 0;
}

/* The value at "a/b/0/c", or NULL. OIDs hold dots, so the path is cut at slashes. */
static struct json_object *get(void **state, const char *path)
{
    struct json_object *object = ((struct fixture *)*state)->root;
    struct text rest = text_of(path);
    while (!text_is_absent(rest) && object != NULL) {
        struct text step = text_cut(&rest, '/');
        char key[64] = "";
        int64_t i = 0;
        memcpy(key, step.at, step.len);
        if (json_object_is_type(object, json_type_array) && text_to_int64(step, &i))
            object = json_object_array_get_idx(object, (size_t)i);
        else if (!json_object_object_get_ex(object, key, &object))
            object = NULL;
    }
    return object;
}

static void expect(void **state, const char *path, const char *json)
{
    struct json_object *object = get(state, path);
    const char *actual = json_object_to_json_string_ext(
        object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
    if (strcmp(actual, json) != 0)
        fail_msg("%s is %s, expected %s", path, actual, json);
}

static void says_what_the_study_is(void **state)
{
    expect(state, "oid", "\"MDV.0.2\"");
    expect(state, "version", "\"0.2\"");
    expect(state, "target", "52");
    expect(state, "sponsor",
           "{\"en\":\"Shanxi Bethune Hospital\",\"zh\":\"山西白求恩医院\"}");
    expect(state, "protocol/en", "\"ShanxiBethuneH4\"");
    expect(state, "sites/0/code", "\"01\"");
    expect(state, "sites/0/name/zh", "\"山西白求恩医院\"");
}

/* Critical to quality (specification 8.2); nobody has confirmed the plan. */
static void tells_the_plan_of_source_verification(void **state)
{
    expect(state, "verification",
           "{\"label\":{\"en\":\"Plan of source verification\","
           "\"zh\":\"原始数据核查计划\"},\"seed\":\"NCT07239375\","
           "\"first\":5,\"share\":20,"
           "\"confirm\":{\"en\":\"Sponsor\",\"zh\":\"申办者\"},\"basis\":\"design\"}");
    expect(state, "forms/0/verification", "\"always\"");
    expect(state, "forms/1/verification", "\"always\"");
    expect(state, "forms/2/verification", "null");
    expect(state, "items/I.FU.VITST/verification", "\"always\"");
    expect(state, "items/I.REM.REMDTM/verification", "\"always\"");
    expect(state, "items/I.DM.WEIGHT/verification", "null");
}

static void lists_events_with_their_forms(void **state)
{
    expect(state, "events/0",
           "{\"oid\":\"SE.SCR\",\"label\":{\"en\":\"Screening\",\"zh\":\"筛选\"},"
           "\"kind\":\"scheduled\",\"repeating\":false,"
           "\"target\":{\"en\":\"before T0\",\"zh\":\"T0前\"},"
           "\"window\":{\"en\":\"any\",\"zh\":\"任意时间\"},"
           "\"forms\":[\"F.SCR\",\"F.ICF\"],\"optional\":[]}");
    expect(state, "events/1/repeating", "true");
    expect(state, "events/1/kind", "\"conditional\"");
}

static void lists_forms_with_sections_and_items(void **state)
{
    expect(state, "forms/0/oid", "\"F.SCR\"");
    expect(state, "forms/0/repeating", "false");
    expect(state, "forms/0/repeat_key", "null");
    expect(state, "forms/0/groups/2/oid", "\"IG.SCR3\"");
    expect(state, "forms/0/groups/2/repeating", "true");
    expect(state, "forms/0/groups/2/repeat_key", "\"I.SCR.XSITE\"");
    expect(state, "forms/0/groups/3/items",
           "[\"I.SCR.ELIG\",\"I.SCR.SCRRES\",\"I.SCR.SCROTH\",\"I.SCR.IODEC\","
           "\"I.SCR.ELIGBY\"]");
    expect(state, "forms/1/repeat_key", "\"I.ICF.ICFSEQ\"");
}

static void says_everything_of_an_item(void **state)
{
    expect(
        state, "items/I.DM.WEIGHT",
        "{\"oid\":\"I.DM.WEIGHT\",\"name\":\"WEIGHT\","
        "\"label\":{\"en\":\"Weight (for dosing)\",\"zh\":\"体重（用于剂量计算）\"},"
        "\"note\":{\"en\":\"mandatory: lidocaine limit and vasoactive doses depend on "
        "it\",\"zh\":\"必填：利多卡因上限和血管活性药剂量均取决于体重\"},"
        "\"type\":\"decimal\",\"source\":\"site\",\"required\":\"required\","
        "\"multiple\":false,\"unit\":\"kg\",\"decimals\":1,"
        "\"hard_range\":[25,250],\"soft_range\":[35,130],"
        "\"identity\":false,\"has_condition\":false,\"loinc\":\"29463-7\","
        "\"second_check\":\"person-or-repeat\"}");
    expect(state, "items/I.SCR.INC2/multiple", "true");
    expect(state, "items/I.SCR.INC2/codelist", "\"CL.INC2\"");
    expect(state, "items/I.SCR.INC2B/required", "\"conditional\"");
    expect(state, "items/I.SCR.INC2B/has_condition", "true");
    expect(state, "items/I.SCR.BRTHDT/identity", "true");
    expect(state, "items/I.SCR.BRTHDT/type", "\"partial-date\"");
    expect(state, "items/I.SCR.AGE/source", "\"system\"");
    expect(state, "items/I.SCR.AGE/required", "\"derived\"");
    expect(state, "items/I.SCR.AGE/derivation/en",
           "\"completed years from BRTHDT to SCRDTM\"");
}

static void leaves_out_what_an_item_does_not_have(void **state)
{
    assert_null(get(state, "items/I.SCR.HVOL/unit"));
    assert_null(get(state, "items/I.SCR.HVOL/hard_range"));
    assert_null(get(state, "items/I.SCR.HVOL/decimals"));
    assert_null(get(state, "items/I.SCR.CRITIC/note"));
    assert_null(get(state, "items/I.SCR.CRITIC/second_check"));
    assert_null(get(state, "items/I.ICF.ICFVER/codelist"));
}

static void gives_code_lists_and_reasons_in_both_languages(void **state)
{
    expect(state, "codelists/CL.NY",
           "{\"label\":{\"en\":\"Yes/No\",\"zh\":\"是/否\"},\"codes\":["
           "{\"code\":\"Y\",\"label\":{\"en\":\"Yes\",\"zh\":\"是\"}},"
           "{\"code\":\"N\",\"label\":{\"en\":\"No\",\"zh\":\"否\"}}]}");
    expect(state, "missing_reasons/0",
           "{\"code\":\"ND\",\"label\":{\"en\":\"Not done\",\"zh\":\"未做\"}}");
    assert_int_equal(json_object_array_length(get(state, "missing_reasons")), 6);
}

static void gives_a_limit_on_one_side_and_one_with_decimals(void **state)
{
    struct fixture *f = *state;
    struct item item = {
        .oid = TEXT("I"),
        .name = TEXT("I"),
        .type = ITEM_DECIMAL,
        .decimals = 1,
        .max_length = 7,
        .hard = {.has_high = true, .high = {.coefficient = 365, .scale = 1}},
        .soft = {.has_low = true, .low = {.coefficient = -5, .scale = 2}}};
    struct design design = {.items = &item, .item_count = 1};
    const char *json = design_as_json(&design, f->study);
    assert_non_null(strstr(json, "\"max_length\":7,"));
    assert_non_null(strstr(json, "\"hard_range\":[null,36.5]"));
    assert_non_null(strstr(json, "\"soft_range\":[-0.05,null]"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_the_study_is),
        cmocka_unit_test(tells_the_plan_of_source_verification),
        cmocka_unit_test(lists_events_with_their_forms),
        cmocka_unit_test(lists_forms_with_sections_and_items),
        cmocka_unit_test(says_everything_of_an_item),
        cmocka_unit_test(leaves_out_what_an_item_does_not_have),
        cmocka_unit_test(gives_code_lists_and_reasons_in_both_languages),
        cmocka_unit_test(gives_a_limit_on_one_side_and_one_with_decimals),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
