#include "system/certificate.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509-ext.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <string.h>

enum { SECOND = 1000000, SERIAL_SIZE = 16, ADDRESS_MOST = 16, NAME_MOST = 256 };

/* Of calls that fail only for want of memory or by a fault of ours. */
static void must(int status)
{
    ASSERT(status >= 0);
}

static gnutls_datum_t datum_of(struct text bytes)
{
    union {
        const char *read;
        unsigned char *datum;
    } view = {.read = bytes.at == NULL ? "" : bytes.at};
    return (gnutls_datum_t){.data = view.datum, .size = (unsigned)bytes.len};
}

/* -- from and to PEM ----------------------------------------------------------------- */

static bool import_certificate(struct text pem, gnutls_x509_crt_t *out)
{
    gnutls_datum_t datum = datum_of(pem);
    must(gnutls_x509_crt_init(out));
    if (gnutls_x509_crt_import(*out, &datum, GNUTLS_X509_FMT_PEM) == 0)
        return true;
    gnutls_x509_crt_deinit(*out);
    return false;
}

static bool import_key(struct text pem, gnutls_x509_privkey_t *out)
{
    gnutls_datum_t datum = datum_of(pem);
    must(gnutls_x509_privkey_init(out));
    if (gnutls_x509_privkey_import(*out, &datum, GNUTLS_X509_FMT_PEM) == 0)
        return true;
    gnutls_x509_privkey_deinit(*out);
    return false;
}

static struct text take(gnutls_datum_t *datum, struct arena *arena)
{
    struct text view = {.at = (const char *)datum->data, .len = datum->size};
    struct text copy = text_copy(arena, view);
    wipe(datum->data, datum->size);
    gnutls_free(datum->data);
    return copy;
}

static void export_pair(gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key,
                        struct arena *arena, struct certified_key *out)
{
    gnutls_datum_t datum = {0};
    must(gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &datum));
    out->certificate = take(&datum, arena);
    must(gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &datum));
    out->key = take(&datum, arena);
}

/* -- making --------------------------------------------------------------------------- */

static gnutls_x509_privkey_t fresh_key(void)
{
    gnutls_x509_privkey_t key;
    must(gnutls_x509_privkey_init(&key));
    must(gnutls_x509_privkey_generate(
        key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0));
    return key;
}

/* What both kinds have. */
static gnutls_x509_crt_t begin(gnutls_x509_privkey_t key, struct text title,
                               struct validity validity)
{
    gnutls_x509_crt_t made;
    must(gnutls_x509_crt_init(&made));
    must(gnutls_x509_crt_set_version(made, 3));
    must(gnutls_x509_crt_set_key(made, key));
    uint8_t serial[SERIAL_SIZE];
    random_bytes(serial, sizeof serial);
    serial[0] = (uint8_t)((serial[0] & 0x3fU) | 0x40U); /* positive, never shorter */
    must(gnutls_x509_crt_set_serial(made, serial, sizeof serial));
    must(gnutls_x509_crt_set_activation_time(made, validity.begins / SECOND));
    must(gnutls_x509_crt_set_expiration_time(made, validity.ends / SECOND));
    must(gnutls_x509_crt_set_dn_by_oid(made, GNUTLS_OID_X520_ORGANIZATION_NAME, 0,
                                       "Osteon", sizeof "Osteon" - 1));
    must(gnutls_x509_crt_set_dn_by_oid(made, GNUTLS_OID_X520_COMMON_NAME, 0, title.at,
                                       (unsigned)title.len));
    uint8_t id[HASH_SIZE];
    size_t len = sizeof id;
    must(gnutls_x509_crt_get_key_id(made, 0, id, &len));
    must(gnutls_x509_crt_set_subject_key_id(made, id, len));
    return made;
}

static void permit_names(gnutls_x509_crt_t authority, const struct host_names *names)
{
    gnutls_x509_name_constraints_t permitted;
    must(gnutls_x509_name_constraints_init(&permitted));
    for (size_t i = 0; i < names->name_count; i++) {
        gnutls_datum_t name = datum_of(names->names[i]);
        must(gnutls_x509_name_constraints_add_permitted(permitted, GNUTLS_SAN_DNSNAME,
                                                        &name));
    }
    must(gnutls_x509_crt_set_name_constraints(authority, permitted, 1));
    gnutls_x509_name_constraints_deinit(permitted);
}

void authority_make(struct text title, const struct host_names *names,
                    struct validity validity, struct arena *arena,
                    struct certified_key *out)
{
    gnutls_x509_privkey_t key = fresh_key();
    gnutls_x509_crt_t made = begin(key, title, validity);
    must(gnutls_x509_crt_set_basic_constraints(made, 1, 0));
    must(gnutls_x509_crt_set_key_usage(made,
                                       GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN));
    permit_names(made, names);
    must(gnutls_x509_crt_sign2(made, made, key, GNUTLS_DIG_SHA256, 0));
    export_pair(made, key, arena, out);
    gnutls_x509_crt_deinit(made);
    gnutls_x509_privkey_deinit(key);
}

/* The bytes of a numeric address; 0: it is none. */
static size_t address_bytes(struct text address, uint8_t out[ADDRESS_MOST])
{
    char text[NAME_MOST];
    if (address.len >= sizeof text)
        return 0;
    memcpy(text, address.at, address.len);
    text[address.len] = '\0';
    if (inet_pton(AF_INET, text, out) == 1)
        return 4;
    return inet_pton(AF_INET6, text, out) == 1 ? 16 : 0;
}

/* A certificate with one name outside is refused as a whole. */
static bool is_permitted(gnutls_x509_crt_t authority, struct text name)
{
    gnutls_x509_name_constraints_t permitted;
    unsigned critical;
    must(gnutls_x509_name_constraints_init(&permitted));
    int status =
        gnutls_x509_crt_get_name_constraints(authority, permitted, 0, &critical);
    gnutls_datum_t datum = datum_of(name);
    bool is = status < 0 || gnutls_x509_name_constraints_check(
                                permitted, GNUTLS_SAN_DNSNAME, &datum) != 0;
    gnutls_x509_name_constraints_deinit(permitted);
    return is;
}

static void name_server(gnutls_x509_crt_t made, gnutls_x509_crt_t authority,
                        const struct host_names *names)
{
    for (size_t i = 0; i < names->name_count; i++)
        if (is_permitted(authority, names->names[i]))
            must(gnutls_x509_crt_set_subject_alt_name(
                made, GNUTLS_SAN_DNSNAME, names->names[i].at,
                (unsigned)names->names[i].len, GNUTLS_FSAN_APPEND));
    for (size_t i = 0; i < names->address_count; i++) {
        uint8_t bytes[ADDRESS_MOST];
        size_t len = address_bytes(names->addresses[i], bytes);
        ASSERT(len > 0);
        must(gnutls_x509_crt_set_subject_alt_name(made, GNUTLS_SAN_IPADDRESS, bytes,
                                                  (unsigned)len, GNUTLS_FSAN_APPEND));
    }
}

static void sign_server(gnutls_x509_crt_t issuer, gnutls_x509_privkey_t issuer_key,
                        const struct host_names *names, struct validity validity,
                        struct arena *arena, struct certified_key *out)
{
    gnutls_x509_privkey_t key = fresh_key();
    gnutls_x509_crt_t made = begin(key, TEXT("Osteon server"), validity);
    must(gnutls_x509_crt_set_basic_constraints(made, 0, -1));
    must(gnutls_x509_crt_set_key_usage(made, GNUTLS_KEY_DIGITAL_SIGNATURE));
    must(gnutls_x509_crt_set_key_purpose_oid(made, GNUTLS_KP_TLS_WWW_SERVER, 0));
    name_server(made, issuer, names);
    uint8_t id[HASH_SIZE];
    size_t len = sizeof id;
    must(gnutls_x509_crt_get_subject_key_id(issuer, id, &len, NULL));
    must(gnutls_x509_crt_set_authority_key_id(made, id, len));
    must(gnutls_x509_crt_sign2(made, issuer, issuer_key, GNUTLS_DIG_SHA256, 0));
    export_pair(made, key, arena, out);
    gnutls_x509_crt_deinit(made);
    gnutls_x509_privkey_deinit(key);
}

bool certificate_issue(const struct certified_key *authority,
                       const struct host_names *names, struct validity validity,
                       struct arena *arena, struct certified_key *out,
                       struct error *err)
{
    gnutls_x509_crt_t issuer;
    gnutls_x509_privkey_t key;
    if (!import_certificate(authority->certificate, &issuer))
        return error_set(err, ERROR_DAMAGED, "the authority is not a certificate");
    if (!import_key(authority->key, &key)) {
        gnutls_x509_crt_deinit(issuer);
        return error_set(err, ERROR_DAMAGED, "the authority has no key");
    }
    sign_server(issuer, key, names, validity, arena, out);
    gnutls_x509_privkey_deinit(key);
    gnutls_x509_crt_deinit(issuer);
    return true;
}

/* -- reading -------------------------------------------------------------------------- */

bool certificate_read(struct text pem, struct certificate_facts *out, struct error *err)
{
    gnutls_x509_crt_t certificate;
    if (!import_certificate(pem, &certificate))
        return error_set(err, ERROR_DAMAGED, "this is not a certificate in PEM");
    out->validity = (struct validity){
        .begins = (int64_t)gnutls_x509_crt_get_activation_time(certificate) * SECOND,
        .ends = (int64_t)gnutls_x509_crt_get_expiration_time(certificate) * SECOND};
    size_t len = HASH_SIZE;
    must(gnutls_x509_crt_get_fingerprint(certificate, GNUTLS_DIG_SHA256,
                                         out->fingerprint.bytes, &len));
    gnutls_x509_crt_deinit(certificate);
    return true;
}

bool certificate_is_issued_by(struct text pem, struct text authority)
{
    gnutls_x509_crt_t certificate;
    gnutls_x509_crt_t issuer;
    if (!import_certificate(pem, &certificate))
        return false;
    bool is = import_certificate(authority, &issuer);
    if (is) {
        unsigned faults = 0;
        /* Without times: they are asked for by the clock that the caller has. */
        is = gnutls_x509_crt_check_issuer(certificate, issuer) == 1 &&
             gnutls_x509_crt_verify(certificate, &issuer, 1,
                                    GNUTLS_VERIFY_DISABLE_TIME_CHECKS |
                                        GNUTLS_VERIFY_DISABLE_TRUSTED_TIME_CHECKS,
                                    &faults) == 0 &&
             faults == 0;
        gnutls_x509_crt_deinit(issuer);
    }
    gnutls_x509_crt_deinit(certificate);
    return is;
}

bool certificate_is_for(struct text pem, struct text name)
{
    gnutls_x509_crt_t certificate;
    char hostname[NAME_MOST];
    if (name.len >= sizeof hostname || !import_certificate(pem, &certificate))
        return false;
    memcpy(hostname, name.at, name.len);
    hostname[name.len] = '\0';
    bool is = gnutls_x509_crt_check_hostname(certificate, hostname) != 0;
    gnutls_x509_crt_deinit(certificate);
    return is;
}

void fingerprint_print(const struct hash *fingerprint, char out[FINGERPRINT_TEXT])
{
    for (size_t i = 0; i < HASH_SIZE; i++)
        snprintf(out + 3 * i, i + 1 < HASH_SIZE ? 4 : 3,
                 i + 1 < HASH_SIZE ? "%02X:" : "%02X", fingerprint->bytes[i]);
}
