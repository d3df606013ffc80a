/* What a due time means: the table that the page is held to as well,
 * test/fixtures/due_states.txt, written by hand from the definitions of due_state.h. */
#include "support/unit.h"

#include "base/limits.h"
#include "model/due_state.h"
#include "system/file.h"

#include <stdio.h>

enum { NONE = -1 };

/* "-" is no number. */
static int minute_of(struct text *rest)
{
    int64_t minute = NONE;
    *rest = text_trim(*rest);
    struct text word = text_cut(rest, ' ');
    if (!text_equal(word, TEXT("-")) && !text_to_int64(word, &minute))
        fail_msg("no number: %.*s", TEXT_ARG(word));
    return (int)minute;
}

static bool holds(struct text line)
{
    struct text state = line, numbers = text_cut(&state, '>');
    struct text now = numbers, forms, window = text_cut(&now, '|');
    forms = text_cut(&now, '|');
    int opens = minute_of(&window), at = minute_of(&window),
        closes = minute_of(&window);
    struct event_due due = {.due = at,
                            .has_opens = opens != NONE,
                            .has_closes = closes != NONE,
                            .opens = opens,
                            .closes = closes};
    struct due_forms counts = {.asked = (size_t)minute_of(&forms),
                               .complete = (size_t)minute_of(&forms),
                               .begun = (size_t)minute_of(&forms)};
    const char *said = due_state_name(due_state_of(&due, &counts, minute_of(&now)));
    if (text_equal(text_of(said), text_trim(state)))
        return true;
    print_error("%.*s: says %s\n", TEXT_ARG(line), said);
    return false;
}

static void says_what_the_table_says(void **state)
{
    (void)state;
    struct error err;
    struct arena *arena = arena_new(LIMIT_DESIGN_ARENA);
    struct text rest;
    size_t count = 0, failed = 0;
    ASSERT_OK(file_read("test/fixtures/due_states.txt", LIMIT_DESIGN_BYTES, arena,
                        &rest, &err),
              &err);
    while (!text_is_absent(rest)) {
        struct text line = text_trim(text_cut(&rest, '\n'));
        if (line.len == 0 || line.at[0] == '#')
            continue;
        count++;
        failed += !holds(line);
    }
    arena_free(arena);
    assert_true(count >= 20);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(says_what_the_table_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
