/* What is different between two designs, in words that need no knowledge of ODM. */
#include "support/amended.h"
#include "support/design_text.h"
#include "support/unit.h"

#include "base/limits.h"
#include "formats/odm_design_read.h"
#include "model/design_diff_words.h"

static struct arena *arena;

static int begin(void **state)
{
    (void)state;
    arena = arena_new(LIMIT_DESIGN_ARENA);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* Every fact of every thing of the study has a name in Chinese. */
static void every_thing_and_fact_has_words(void **state)
{
    (void)state;
    const struct design *design = design_builtin(arena);
    for (size_t i = 0; i < design_things_count; i++) {
        const struct design_things *things = &design_things[i];
        size_t count = 0;
        const struct design_thing *list = things->list(design, arena, &count);
        struct design_facts facts = {.arena = arena};
        assert_false(text_equal(design_thing_words(things->name).chinese,
                                text_of(things->name)));
        for (size_t k = 0; k < count; k++) {
            facts.count = 0;
            things->tell(list[k].at, &facts);
            for (size_t f = 0; f < facts.count; f++)
                if (text_equal(design_fact_words(facts.facts[f].name).chinese,
                               text_of(facts.facts[f].name)))
                    assert_string_equal(facts.facts[f].name, "LOINC");
        }
    }
}

static const struct design *amended(void)
{
    const struct design *design = NULL;
    struct odm_findings *findings = ARENA_NEW(arena, struct odm_findings);
    struct error err;
    ASSERT_OK(
        odm_design_read(amended_design("0.3", arena), arena, &design, findings, &err),
        &err);
    return design;
}

static void assert_says(const struct design_diff *diff, const char *oid,
                        const char *english, const char *chinese)
{
    for (size_t i = 0; i < diff->count; i++) {
        if (!text_equal(diff->changes[i].oid, text_of(oid)))
            continue;
        struct label words = design_change_words(&diff->changes[i], arena);
        ASSERT_TEXT(words.english, english);
        ASSERT_TEXT(words.chinese, chinese);
        return;
    }
    fail_msg("nothing is said about %s", oid);
}

static void an_amendment_is_told_in_both_languages(void **state)
{
    (void)state;
    struct design_diff diff = design_diff(design_builtin(arena), amended(), arena);
    assert_says(&diff, "I.FU.FUPAIN", "Item \"Pain at the site\" (I.FU.FUPAIN) is new",
                "新增项目“穿刺点疼痛” (I.FU.FUPAIN)");
    assert_says(&diff, "CK074", "Check \"Check signal\" (CK074): fires when changed",
                "核查“请核实信号” (CK074)：触发条件已更改");
    assert_says(&diff, "the study", "Study: OID was \"MDV.0.2\", is now \"MDV.0.3\"",
                "研究：标识符由“MDV.0.2”改为“MDV.0.3”");
    struct design_diff back = design_diff(amended(), design_builtin(arena), arena);
    assert_says(&back, "I.FU.FUPAIN",
                "Item \"Pain at the site\" (I.FU.FUPAIN) is left out",
                "删除项目“穿刺点疼痛” (I.FU.FUPAIN)");
}

static void a_value_is_told_as_it_was_and_as_it_is(void **state)
{
    (void)state;
    struct design_change change = {.kind = DESIGN_CHANGED,
                                   .thing = "item",
                                   .oid = TEXT("I.LB.CREAT"),
                                   .label = {TEXT("Creatinine"), TEXT("肌酐")},
                                   .fact = "unit",
                                   .before = TEXT("mg/dL"),
                                   .after = TEXT("umol/L")};
    struct label words = design_change_words(&change, arena);
    ASSERT_TEXT(
        words.english,
        "Item \"Creatinine\" (I.LB.CREAT): unit was \"mg/dL\", is now \"umol/L\"");
    ASSERT_TEXT(words.chinese, "项目“肌酐” (I.LB.CREAT)：单位由“mg/dL”改为“umol/L”");
    change.before = (struct text){0};
    ASSERT_TEXT(design_change_words(&change, arena).chinese,
                "项目“肌酐” (I.LB.CREAT)：单位新增为“umol/L”");
    change.before = TEXT("mg/dL");
    change.after = (struct text){0};
    ASSERT_TEXT(design_change_words(&change, arena).english,
                "Item \"Creatinine\" (I.LB.CREAT): unit is gone (was \"mg/dL\")");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(every_thing_and_fact_has_words),
        TEST(an_amendment_is_told_in_both_languages),
        TEST(a_value_is_told_as_it_was_and_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
