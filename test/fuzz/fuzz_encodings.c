/* Bytes written as text, read from any bytes: hexadecimal, base32, base64. What is taken
 * is exactly as long as it must be, and writes itself the same way. */
#include "fuzz/fuzz.h"

#include "base/base32.h"
#include "base/base64.h"
#include "base/hex.h"

#include <string.h>

enum { MOST = 64 };

static bool is_equal_without_case(const char *a, const char *b, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((a[i] | 0x20) != (b[i] | 0x20))
            return false;
    return true;
}

static void read_hex(struct text t, size_t wanted)
{
    uint8_t bytes[MOST];
    char printed[HEX_SIZE(MOST)];
    if (!hex_parse(t, bytes, wanted))
        return;
    ASSERT(t.len == HEX_SIZE(wanted) && hex_print(bytes, wanted, printed) == t.len);
    ASSERT(is_equal_without_case(printed, t.at, t.len));
}

static void read_base32(struct text t, size_t wanted)
{
    uint8_t bytes[MOST];
    char printed[BASE32_SIZE(MOST)];
    if (!base32_parse(t, bytes, wanted))
        return;
    size_t len = base32_print(bytes, wanted, printed);
    ASSERT(t.len >= len && is_equal_without_case(printed, t.at, len));
    for (size_t i = len; i < t.len; i++)
        ASSERT(t.at[i] == '=');
}

static void read_base64(struct text t, size_t wanted)
{
    uint8_t bytes[MOST];
    char printed[BASE64_SIZE(MOST)];
    if (!base64_parse(t, bytes, wanted))
        return;
    size_t len = base64_print(bytes, wanted, printed);
    ASSERT(t.len == len && memcmp(printed, t.at, len) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct text t = fuzz_text(bytes, len);
    size_t wanted = fuzz_byte(&t) % (MOST + 1);
    read_hex(t, wanted);
    read_base32(t, wanted);
    read_base64(t, wanted);
    return 0;
}
