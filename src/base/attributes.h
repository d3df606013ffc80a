#ifndef OSTEON_BASE_ATTRIBUTES_H
#define OSTEON_BASE_ATTRIBUTES_H
/* Compiler attributes, named once, and the assert that stays on in release. */

#include <stddef.h>

#define MUST_USE                   __attribute__((warn_unused_result))
#define PRINTF_LIKE(string, first) __attribute__((format(printf, string, first)))
#define NO_RETURN                  __attribute__((noreturn))
#define ARRAY_COUNT(array)         (sizeof(array) / sizeof((array)[0]))

/* A broken invariant is a bug, never an input: print where and abort. Saves are
 * single transactions and retries are idempotent, so stopping loses nothing. */
#define ASSERT(condition)                                                              \
    ((condition) ? (void)0 : assert_failed(#condition, __FILE__, __LINE__))

NO_RETURN void assert_failed(const char *condition, const char *file, int line);

/* There is no memory (`maximum` is 0), or an arena has passed its maximum. */
NO_RETURN void memory_exhausted(size_t maximum);

#endif
