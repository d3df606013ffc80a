/* Passwords and one-time codes of system/crypto.h. */
#include "system/crypto.h"

#include <argon2.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

/* OWASP's first choice for argon2id, 20 ms on the reference machine. */
enum { PASSES = 2, MEMORY_KIB = 19 * 1024, LANES = 1, SALT_SIZE = 16 };

enum { TOTP_STEP_SECONDS = 30, TOTP_MODULUS = 1000000, SHA1_SIZE = 20 };

void password_hash(struct text password, char out[PASSWORD_HASH_TEXT])
{
    uint8_t salt[SALT_SIZE];
    random_bytes(salt, sizeof salt);
    int status =
        argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, password.at, password.len,
                              salt, sizeof salt, HASH_SIZE, out, PASSWORD_HASH_TEXT);
    ASSERT(status == ARGON2_OK);
}

bool password_verify(struct text password, const char *encoded)
{
    return argon2id_verify(encoded, password.at, password.len) == ARGON2_OK;
}

/* RFC 4226 section 5.3: HOTP, and its dynamic truncation. */
static uint32_t hotp_code(struct text secret, int64_t counter)
{
    uint8_t message[8];
    for (int i = 0; i < 8; i++)
        message[i] = (uint8_t)((uint64_t)counter >> (56 - 8 * i));
    uint8_t digest[SHA1_SIZE];
    ASSERT(gnutls_hmac_fast(GNUTLS_MAC_SHA1, secret.at, secret.len, message,
                            sizeof message, digest) == 0);
    size_t offset = digest[SHA1_SIZE - 1] & 0x0fU;
    uint32_t number = ((uint32_t)(digest[offset] & 0x7fU) << 24) |
                      ((uint32_t)digest[offset + 1] << 16) |
                      ((uint32_t)digest[offset + 2] << 8) | digest[offset + 3];
    return number % TOTP_MODULUS;
}

static int64_t step_of(int64_t instant)
{
    return instant / 1000000 / TOTP_STEP_SECONDS;
}

uint32_t totp_code(struct text secret, int64_t instant)
{
    return hotp_code(secret, step_of(instant));
}

bool totp_verify(struct text secret, uint32_t code, int64_t instant, int64_t *step)
{
    /* All three are computed, whichever fits: the time taken says nothing. */
    int64_t now = step_of(instant);
    int64_t fitting = -1;
    for (int64_t candidate = now - 1; candidate <= now + 1; candidate++)
        if (candidate >= 0 && hotp_code(secret, candidate) == code)
            fitting = candidate;
    if (fitting >= 0)
        *step = fitting;
    return fitting >= 0;
}
