/* The report's words: both languages have the same places, every method and number a name. */
#include "support/unit.h"

#include "analysis/method.h"
#include "report/document.h"
#include "report/operation_words.h"
#include "report/report_words.h"

/* Which of {1} … {9} stand in it, as bits. */
static unsigned places(struct text sentence)
{
    unsigned found = 0;
    for (size_t at = 0; at + 2 < sentence.len; at++)
        if (sentence.at[at] == '{' && sentence.at[at + 2] == '}')
            found |= 1u << (sentence.at[at + 1] - '0');
    return found;
}

static void both_languages_have_the_same_places(void **state)
{
    (void)state;
    for (int word = 0; word < WORD_COUNT; word++) {
        struct text en = report_word(LANGUAGE_ENGLISH, (enum report_word)word);
        struct text zh = report_word(LANGUAGE_CHINESE, (enum report_word)word);
        assert_true(en.len > 0 && zh.len > 0);
        assert_int_equal(places(en), places(zh));
    }
}

static void every_method_has_a_name_and_says_what_it_does(void **state)
{
    (void)state;
    for (size_t i = 0; method_at(i) != NULL; i++) {
        const struct method_text *words = method_text(text_of(method_at(i)->name));
        assert_non_null(words);
        assert_true(words->name.zh.len > 0 && words->says.zh.len > 0);
    }
    assert_null(method_text(TEXT("no method")));
}

static void an_operation_has_the_words_of_its_longest_stem(void **state)
{
    (void)state;
    const struct operation_words *words = operation_words(TEXT("odds_ratio.SHOCK"));
    assert_string_equal(words->stem, "odds_ratio");
    ASSERT_TEXT(operation_of(words, TEXT("odds_ratio.SHOCK")), "SHOCK");
    assert_string_equal(operation_words(TEXT("latent.sd"))->stem, "latent.sd");
    assert_string_equal(operation_words(TEXT("events.yes"))->stem, "events.yes");
    assert_null(operation_words(TEXT("odds")));
}

static void places_are_filled_in_the_order_of_the_language(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    struct document *document = document_new(arena, LANGUAGE_ENGLISH);
    struct line *line = document_paragraph(document, PARAGRAPH_TEXT);
    struct line values[] = {{.arena = arena}, {.arena = arena}};
    line_number(&values[0], 0.5, (struct number_form){NUMBER_PERCENT, 1}, TEXT("a//b"));
    line_words(&values[1], TEXT("all"));
    line_fill(line, TEXT("of {2}: {1} %, {x}"), values, ARRAY_COUNT(values));
    ASSERT_TEXT(line_text(line, arena), "of all: 50.0 %, {x}");
    ASSERT_TEXT(line->runs[3].reference, "a//b");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_languages_have_the_same_places),
        cmocka_unit_test(every_method_has_a_name_and_says_what_it_does),
        cmocka_unit_test(an_operation_has_the_words_of_its_longest_stem),
        cmocka_unit_test(places_are_filled_in_the_order_of_the_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
