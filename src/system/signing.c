/* Ed25519 (RFC 8032) of system/crypto.h. */
#include "system/crypto.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

/* RFC 8410 section 7: a private key in PKCS #8 is this, then the seed. It is the one
 * form from which GnuTLS 3.7 finds the public half by itself. */
static const uint8_t pkcs8_start[16] = {0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
                                        0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};

static gnutls_x509_privkey_t key_of_seed(const uint8_t seed[SIGNING_SEED_SIZE])
{
    uint8_t encoded[sizeof pkcs8_start + SIGNING_SEED_SIZE];
    memcpy(encoded, pkcs8_start, sizeof pkcs8_start);
    memcpy(encoded + sizeof pkcs8_start, seed, SIGNING_SEED_SIZE);
    gnutls_datum_t datum = {.data = encoded, .size = sizeof encoded};
    gnutls_x509_privkey_t key;
    ASSERT(gnutls_x509_privkey_init(&key) == 0);
    int status = gnutls_x509_privkey_import_pkcs8(key, &datum, GNUTLS_X509_FMT_DER,
                                                  NULL, GNUTLS_PKCS_PLAIN);
    wipe(encoded, sizeof encoded);
    ASSERT(status == 0);
    return key;
}

void signing_public(const uint8_t seed[SIGNING_SEED_SIZE],
                    uint8_t out[SIGNING_PUBLIC_SIZE])
{
    gnutls_x509_privkey_t key = key_of_seed(seed);
    gnutls_ecc_curve_t curve;
    gnutls_datum_t x = {0};
    gnutls_datum_t k = {0};
    int status = gnutls_x509_privkey_export_ecc_raw(key, &curve, &x, NULL, &k);
    gnutls_x509_privkey_deinit(key);
    ASSERT(status == 0 && x.size == SIGNING_PUBLIC_SIZE);
    memcpy(out, x.data, SIGNING_PUBLIC_SIZE);
    wipe(k.data, k.size);
    gnutls_free(k.data);
    gnutls_free(x.data);
}

static gnutls_datum_t message_datum(struct text message)
{
    union {
        const char *read;
        unsigned char *datum;
    } view = {.read = message.at == NULL ? "" : message.at};
    return (gnutls_datum_t){.data = view.datum, .size = (unsigned)message.len};
}

void signing_sign(const uint8_t seed[SIGNING_SEED_SIZE], struct text message,
                  uint8_t out[SIGNATURE_SIZE])
{
    gnutls_privkey_t key;
    ASSERT(gnutls_privkey_init(&key) == 0);
    ASSERT(gnutls_privkey_import_x509(key, key_of_seed(seed),
                                      GNUTLS_PRIVKEY_IMPORT_AUTO_RELEASE) == 0);
    gnutls_datum_t datum = message_datum(message);
    gnutls_datum_t signature = {0};
    int status = gnutls_privkey_sign_data2(key, GNUTLS_SIGN_EDDSA_ED25519, 0, &datum,
                                           &signature);
    gnutls_privkey_deinit(key);
    ASSERT(status == 0 && signature.size == SIGNATURE_SIZE);
    memcpy(out, signature.data, SIGNATURE_SIZE);
    gnutls_free(signature.data);
}

bool signing_verify(const uint8_t public_key[SIGNING_PUBLIC_SIZE], struct text message,
                    const uint8_t signature[SIGNATURE_SIZE])
{
    uint8_t x_bytes[SIGNING_PUBLIC_SIZE];
    uint8_t signature_bytes[SIGNATURE_SIZE];
    memcpy(x_bytes, public_key, sizeof x_bytes);
    memcpy(signature_bytes, signature, sizeof signature_bytes);
    gnutls_datum_t x = {.data = x_bytes, .size = sizeof x_bytes};
    gnutls_datum_t signed_bytes = {.data = signature_bytes,
                                   .size = sizeof signature_bytes};
    gnutls_datum_t datum = message_datum(message);
    gnutls_pubkey_t key;
    ASSERT(gnutls_pubkey_init(&key) == 0);
    bool is_good =
        gnutls_pubkey_import_ecc_raw(key, GNUTLS_ECC_CURVE_ED25519, &x, NULL) == 0 &&
        gnutls_pubkey_verify_data2(key, GNUTLS_SIGN_EDDSA_ED25519, 0, &datum,
                                   &signed_bytes) == 0;
    gnutls_pubkey_deinit(key);
    return is_good;
}
