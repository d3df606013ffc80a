#include "web/identity.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <pthread.h>

enum { CHAIN_MOST = 8 };

struct identity {
    pthread_mutex_t mutex; /* the members below */
    gnutls_x509_crt_t chain[CHAIN_MOST];
    unsigned count;
    gnutls_x509_privkey_t key;
};

static void forget(gnutls_x509_crt_t *chain, unsigned count, gnutls_x509_privkey_t key)
{
    for (unsigned i = 0; i < count; i++)
        gnutls_x509_crt_deinit(chain[i]);
    if (key != NULL)
        gnutls_x509_privkey_deinit(key);
}

static void close_identity(void *data)
{
    struct identity *identity = data;
    forget(identity->chain, identity->count, identity->key);
    pthread_mutex_destroy(&identity->mutex);
}

struct identity *identity_new(struct arena *process)
{
    struct identity *identity = ARENA_NEW(process, struct identity);
    ASSERT(pthread_mutex_init(&identity->mutex, NULL) == 0);
    arena_on_end(process, close_identity, identity);
    return identity;
}

static gnutls_datum_t datum_of(struct text bytes)
{
    union {
        const char *read;
        unsigned char *datum;
    } view = {.read = bytes.at == NULL ? "" : bytes.at};
    return (gnutls_datum_t){.data = view.datum, .size = (unsigned)bytes.len};
}

/* By the ids of the public halves. */
static bool belong_together(gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key)
{
    unsigned char of_certificate[64];
    unsigned char of_key[64];
    size_t certificate_len = sizeof of_certificate;
    size_t key_len = sizeof of_key;
    return gnutls_x509_crt_get_key_id(certificate, GNUTLS_KEYID_USE_SHA256,
                                      of_certificate, &certificate_len) == 0 &&
           gnutls_x509_privkey_get_key_id(key, GNUTLS_KEYID_USE_SHA256, of_key,
                                          &key_len) == 0 &&
           text_equal((struct text){(const char *)of_certificate, certificate_len},
                      (struct text){(const char *)of_key, key_len});
}

static bool refuse(struct error *err, const char *why)
{
    error_set(err, ERROR_REFUSED, "%s", why);
    return error_hint(err, "is the certificate PEM, and does the key belong to it?");
}

bool identity_set(struct identity *identity, struct text certificate, struct text key,
                  struct error *err)
{
    gnutls_x509_crt_t chain[CHAIN_MOST];
    unsigned count = CHAIN_MOST;
    gnutls_x509_privkey_t private_key;
    gnutls_datum_t datum = datum_of(certificate);
    if (gnutls_x509_crt_list_import(chain, &count, &datum, GNUTLS_X509_FMT_PEM,
                                    GNUTLS_X509_CRT_LIST_IMPORT_FAIL_IF_EXCEED) < 0)
        return refuse(err, "the certificate cannot be read");
    datum = datum_of(key);
    ASSERT(gnutls_x509_privkey_init(&private_key) == 0);
    if (gnutls_x509_privkey_import2(private_key, &datum, GNUTLS_X509_FMT_PEM, NULL,
                                    0) != 0 ||
        !belong_together(chain[0], private_key)) {
        forget(chain, count, private_key);
        return refuse(err, "the key does not belong to the certificate");
    }
    pthread_mutex_lock(&identity->mutex);
    forget(identity->chain, identity->count, identity->key);
    for (unsigned i = 0; i < count; i++)
        identity->chain[i] = chain[i];
    identity->count = count;
    identity->key = private_key;
    pthread_mutex_unlock(&identity->mutex);
    return true;
}

static bool copy_key(struct identity *identity, gnutls_privkey_t *out)
{
    if (gnutls_privkey_init(out) != 0)
        return false;
    if (gnutls_privkey_import_x509(*out, identity->key, GNUTLS_PRIVKEY_IMPORT_COPY) ==
        0)
        return true;
    gnutls_privkey_deinit(*out);
    return false;
}

bool identity_copy(struct identity *identity, gnutls_pcert_st **chain, unsigned *count,
                   gnutls_privkey_t *key)
{
    pthread_mutex_lock(&identity->mutex);
    *chain = gnutls_calloc(CHAIN_MOST, sizeof **chain);
    *count = 0;
    bool is_copied = *chain != NULL && identity->count > 0;
    while (is_copied && *count < identity->count) {
        is_copied = gnutls_pcert_import_x509(&(*chain)[*count], identity->chain[*count],
                                             0) == 0;
        *count += is_copied ? 1 : 0;
    }
    is_copied = is_copied && copy_key(identity, key);
    pthread_mutex_unlock(&identity->mutex);
    if (is_copied)
        return true;
    for (unsigned i = 0; i < *count; i++)
        gnutls_pcert_deinit(&(*chain)[i]);
    gnutls_free(*chain);
    return false;
}
