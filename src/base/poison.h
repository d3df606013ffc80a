/* Memory that nobody may read or write until it is lent again: told to AddressSanitizer,
 * which then stops at the first touch. Without it nothing is done.
 *
 * Source: sanitizer/asan_interface.h of the compilers (manual poisoning).
 */
#ifndef OSTEON_BASE_POISON_H
#define OSTEON_BASE_POISON_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__has_feature)
#    if __has_feature(address_sanitizer)
#        define POISON_WORKS 1
#    endif
#elif defined(__SANITIZE_ADDRESS__)
#    define POISON_WORKS 1
#endif

#ifdef POISON_WORKS
#    include <sanitizer/asan_interface.h>
#else
#    define POISON_WORKS 0
#endif

/* The bytes belong to the caller still, but nobody may touch them. */
static inline void poison(void *bytes, size_t len)
{
#if POISON_WORKS
    __asan_poison_memory_region(bytes, len);
#else
    (void)bytes;
    (void)len;
#endif
}

/* They may be used again. */
static inline void unpoison(void *bytes, size_t len)
{
#if POISON_WORKS
    __asan_unpoison_memory_region(bytes, len);
#else
    (void)bytes;
    (void)len;
#endif
}

/* For tests; never without the sanitizer. */
static inline bool is_poisoned(const void *byte)
{
#if POISON_WORKS
    return __asan_address_is_poisoned(byte);
#else
    (void)byte;
    return false;
#endif
}

#endif
