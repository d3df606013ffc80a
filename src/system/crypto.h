#ifndef OSTEON_SYSTEM_CRYPTO_H
#define OSTEON_SYSTEM_CRYPTO_H
/* The cryptography of the program, each from a library: GnuTLS (SHA-256, AES-256-GCM,
 * HMAC, Ed25519, random bytes) and libargon2. Nothing here is home-made.
 *
 * Sources: FIPS 180-4, NIST SP 800-38D, RFC 8032, RFC 9106, RFC 6238, RFC 4226.
 */
#include "base/arena.h"
#include "base/error.h"

enum {
    HASH_SIZE = 32,
    KEY_SIZE = 32,
    SEAL_NONCE = 12,
    SEAL_TAG = 16,
    SEAL_OVERHEAD = SEAL_NONCE + SEAL_TAG,
    SIGNATURE_SIZE = 64,
    SIGNING_SEED_SIZE = 32,
    SIGNING_PUBLIC_SIZE = 32,
    PASSWORD_HASH_TEXT = 160
};

struct hash {
    uint8_t bytes[HASH_SIZE];
};
struct key {
    uint8_t bytes[KEY_SIZE];
};

/* Fills from the system's generator; aborts when there is none. */
void random_bytes(void *out, size_t len);

/* One context a thread, reused: see dependencies (SHA-256 212 ns against 445). */
struct hasher;
struct hasher *hasher_new(struct arena *arena);
void hasher_add(struct hasher *hasher, const void *bytes, size_t len);
/* The digest of what was added till now; more can follow. */
struct hash hasher_so_far(const struct hasher *hasher);
/* The digest of all that was added; the hasher is empty again. */
struct hash hasher_end(struct hasher *hasher);
struct hash hash_of(struct text bytes);
/* HMAC-SHA256 (RFC 2104). */
struct hash message_code(struct text key, struct text message);
/* In constant time. */
bool hash_equal(const struct hash *a, const struct hash *b);

/* AES-256-GCM. `out` has room for plain.len + SEAL_OVERHEAD bytes and becomes
 * nonce ‖ ciphertext ‖ tag with a fresh random nonce. */
void seal(const struct key *key, struct text plain, struct text associated,
          uint8_t *out);
/* `out` has room for sealed.len - SEAL_OVERHEAD bytes. False: wrong key, changed bytes or
 * other associated data; nothing is in `out` then. */
MUST_USE bool unseal(const struct key *key, struct text sealed, struct text associated,
                     uint8_t *out);

/* argon2id, t=2, m=19 MiB, p=1, encoded text with salt and parameters. Slow on purpose
 * (20 ms): only on the hashing threads. */
void password_hash(struct text password, char out[PASSWORD_HASH_TEXT]);
bool password_verify(struct text password, const char *encoded);

/* RFC 6238 with SHA-1, 30 s, 6 digits. */
uint32_t totp_code(struct text secret, int64_t instant);
/* Accepts the step before and after; `*step` gets the accepted one, so that a code is
 * used once. */
bool totp_verify(struct text secret, uint32_t code, int64_t instant, int64_t *step);

/* Ed25519. */
void signing_public(const uint8_t seed[SIGNING_SEED_SIZE],
                    uint8_t out[SIGNING_PUBLIC_SIZE]);
void signing_sign(const uint8_t seed[SIGNING_SEED_SIZE], struct text message,
                  uint8_t out[SIGNATURE_SIZE]);
bool signing_verify(const uint8_t public_key[SIGNING_PUBLIC_SIZE], struct text message,
                    const uint8_t signature[SIGNATURE_SIZE]);

/* Overwrites secrets so that the compiler may not leave it out. */
void wipe(void *secret, size_t len);

#endif
