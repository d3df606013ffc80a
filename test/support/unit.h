#ifndef OSTEON_TEST_SUPPORT_UNIT_H
#define OSTEON_TEST_SUPPORT_UNIT_H
/* What every unit test includes: cmocka, with the headers it wants before itself, and
 * expectations that cmocka lacks.
 *
 * A test's name is the behaviour that it shows, as a sentence.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
// clang-format off
#include <cmocka.h>
// clang-format on

#include "base/error.h"
#include "base/text.h"

/* `expression` stops the program by abort, seen from a forked child. */
#define EXPECT_ABORT(expression)                                                       \
    do {                                                                               \
        int child_ = unit_fork_quietly();                                              \
        if (child_ == 0) {                                                             \
            (void)(expression);                                                        \
            unit_leave();                                                              \
        }                                                                              \
        assert_true(unit_child_aborted(child_));                                       \
    } while (0)

/* Forks; the child's standard error goes nowhere, since its words are expected. */
int unit_fork_quietly(void);
void unit_leave(void) __attribute__((noreturn));
bool unit_child_aborted(int child);

/* As assert_string_equal, for a text view. */
#define ASSERT_TEXT(actual, expected)                                                  \
    unit_assert_text((actual), (expected), __FILE__, __LINE__)
void unit_assert_text(struct text actual, const char *expected, const char *file,
                      int line);

/* The call succeeded; otherwise the test fails with the error's sentence. */
#define ASSERT_OK(call, err) unit_assert_ok((call), (err), __FILE__, __LINE__)
void unit_assert_ok(bool is_ok, const struct error *err, const char *file, int line);

/* The call failed with this code. */
#define ASSERT_ERROR(call, err, expected_code)                                         \
    unit_assert_error((call), (err), (expected_code), __FILE__, __LINE__)
void unit_assert_error(bool is_ok, const struct error *err, enum error_code code,
                       const char *file, int line);

#endif
