/* A checkpoint from any bytes: taken only with a signature that fits. A first byte that is
 * odd asks for the rest to be signed, so that what lies behind the signature is reached. */
#include "fuzz/fuzz.h"

#include "base/buffer.h"
#include "base/hex.h"
#include "store/checkpoint.h"

#include <string.h>

static struct text with_signature(struct text body, struct arena *arena)
{
    static const uint8_t seed[SIGNING_SEED_SIZE] = {7};
    uint8_t public_key[SIGNING_PUBLIC_SIZE];
    uint8_t signature[SIGNATURE_SIZE];
    char hex[HEX_SIZE(SIGNATURE_SIZE)];
    struct buffer out = buffer_in(arena, 1 << 20);
    signing_public(seed, public_key);
    size_t len = hex_print(public_key, sizeof public_key, hex);
    buffer_text_add(&out, body);
    buffer_format(&out, "\npublic-key %.*s\n", (int)len, hex);
    signing_sign(seed, (struct text){.at = out.at, .len = out.len}, signature);
    len = hex_print(signature, sizeof signature, hex);
    buffer_format(&out, "signature %.*s\n", (int)len, hex);
    return (struct text){.at = out.at, .len = out.len};
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct text document = fuzz_text(bytes, len);
    if (len > 64 * 1024)
        return 0;
    struct arena *arena = arena_new(2 << 20);
    if (fuzz_byte(&document) % 2 == 1)
        document = with_signature(document, arena);
    struct checkpoint checkpoint = {0};
    struct error err = {0};
    if (checkpoint_read(document, &checkpoint, &err)) {
        ASSERT(checkpoint.seq > 0);
        ASSERT(checkpoint.study.len > 0 && checkpoint.time.len > 0);
        ASSERT(text_starts_with(document, TEXT("osteon checkpoint 1\n")));
    } else {
        fuzz_check_refusal(&err, document.len);
        ASSERT(err.code == ERROR_REFUSED);
    }
    arena_free(arena);
    return 0;
}
