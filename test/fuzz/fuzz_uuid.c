/* UUIDs and the plain encodings: what reads, prints as it was written but for the case
 * of letters and the padding. */
#include "base/attributes.h"
#include "base/base32.h"
#include "base/base64.h"
#include "base/hex.h"
#include "base/uuid.h"
#include "fuzz/fuzz.h"

enum { LONGEST = 512 };

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static void assert_same_but_for_case(const char *printed, size_t len, struct text t)
{
    ASSERT(len <= t.len);
    for (size_t i = 0; i < len; i++)
        ASSERT(small(printed[i]) == small(t.at[i]));
    for (size_t i = len; i < t.len; i++)
        ASSERT(t.at[i] == '=');
}

static void check_uuid(struct text t)
{
    struct uuid uuid;
    size_t at = SIZE_MAX;
    if (!uuid_parse(t, &uuid, &at)) {
        ASSERT(at <= t.len);
        return;
    }
    char printed[UUID_TEXT_SIZE];
    ASSERT(uuid_print(&uuid, printed) == t.len);
    assert_same_but_for_case(printed, sizeof printed, t);
    ASSERT(uuid_compare(&uuid, &uuid) == 0);
    ASSERT(uuid_is_version_7(&uuid) ==
           (t.at[14] == '7' && (uuid.bytes[8] & 0xc0) == 0x80));
    if (uuid_is_version_7(&uuid)) {
        struct uuid made = uuid_version_7(uuid_milliseconds(&uuid), uuid.bytes + 6);
        ASSERT(uuid_compare(&made, &uuid) == 0);
    }
}

static void check_encodings(struct text t)
{
    uint8_t bytes[LONGEST];
    char printed[LONGEST * 2];
    if (hex_parse(t, bytes, t.len / 2))
        assert_same_but_for_case(printed, hex_print(bytes, t.len / 2, printed), t);
    size_t len = BASE64_BYTES(t.len);
    if (base64_parse(t, bytes, len)) {
        struct text again = {.at = printed, .len = base64_print(bytes, len, printed)};
        ASSERT(text_equal(again, t));
    }
    for (len = t.len * 5 / 8; len + 5 > t.len * 5 / 8 && len < LONGEST; len--)
        if (base32_parse(t, bytes, len))
            assert_same_but_for_case(printed, base32_print(bytes, len, printed), t);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct text t = {.at = (const char *)bytes, .len = len};
    check_uuid(t);
    if (len < LONGEST)
        check_encodings(t);
    return 0;
}
