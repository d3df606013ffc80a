/* The authority and certificate of `serve --tls auto`, by an injected clock; what they are
 * worth is asked of openssl, which is not ours. Lengths of time: doc/network.md. */
#include "cli/own_certificate.h"
#include "store/kept_secret.h"
#include "support/folder.h"
#include "support/unit.h"
#include "system/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int64_t day = INT64_C(86400) * 1000000;
static const int64_t began = (int64_t)FOLDER_BEGAN_SECONDS * 1000000;

static const struct text ward_names[] = {
    {"ward", 4}, {"ward.local", 10}, {"localhost", 9}};
static const struct text ward_addresses[] = {{"192.0.2.7", 9}, {"2001:db8::7", 11}};
static const struct host_names ward = {ward_names, 3, ward_addresses, 2};

struct bench {
    struct test_folder folder;
    struct store *store;
    struct arena *arena;
    struct own_certificate own;
};

static int begin(void **state)
{
    static struct bench bench;
    folder_place(&bench.folder);
    folder_make_in(&bench.folder);
    bench.store = folder_open(&bench.folder);
    bench.arena = arena_new(1 << 24);
    *state = &bench;
    return 0;
}

static int end(void **state)
{
    struct bench *bench = *state;
    store_close(bench->store);
    arena_free(bench->arena);
    folder_gone(&bench->folder);
    return 0;
}

static void keep_as(struct bench *bench, const struct host_names *names, int64_t now)
{
    struct error err;
    if (!own_certificate_keep(bench->store, names, now, bench->arena, &bench->own,
                              &err))
        fail_msg("%s", err.text);
}

static void keep(struct bench *bench, int64_t now)
{
    keep_as(bench, &ward, now);
}

static struct validity validity(struct text certificate)
{
    struct certificate_facts facts;
    struct error err;
    assert_true(certificate_read(certificate, &facts, &err));
    return facts.validity;
}

/* The words of openssl about the certificate of the server, or its exit status. */
static const char *openssl(struct bench *bench, const char *format, int *status)
{
    struct error err;
    const char *folder = bench->folder.scratch.path;
    const char *ca = text_format(bench->arena, "%s/ca.pem", folder).at;
    const char *leaf = text_format(bench->arena, "%s/leaf.pem", folder).at;
    assert_true(file_write_durably(ca, bench->own.authority.certificate, 0600, &err));
    assert_true(file_write_durably(leaf, bench->own.server.certificate, 0600, &err));
    char *said = arena_alloc(bench->arena, 16384);
    const char *line =
        text_format(bench->arena, "cd '%s' && openssl %s 2>&1", folder, format).at;
    FILE *pipe = popen(line, "r"); // NOLINT(cert-env33-c): our own words
    assert_non_null(pipe);
    size_t len = fread(said, 1, 16383, pipe);
    said[len] = '\0';
    *status = pclose(pipe);
    return said;
}

static void openssl_takes(struct bench *bench, const char *host, bool expected)
{
    int status;
    const char *said = openssl(
        bench,
        text_format(
            bench->arena,
            "verify -x509_strict -purpose sslserver -attime %lld -CAfile ca.pem "
            "%s leaf.pem",
            (long long)(began / 1000000), host)
            .at,
        &status);
    if ((status == 0) != expected)
        fail_msg("openssl about %s: %s", host, said);
}

static void another_program_takes_the_certificate_for_each_name_and_address(
    void **state)
{
    struct bench *bench = *state;
    keep(bench, began);
    assert_true(bench->own.is_new);
    openssl_takes(bench, "-verify_hostname ward", true);
    openssl_takes(bench, "-verify_hostname ward.local", true);
    openssl_takes(bench, "-verify_hostname localhost", true);
    openssl_takes(bench, "-verify_ip 192.0.2.7", true);
    openssl_takes(bench, "-verify_ip 2001:db8::7", true);
    openssl_takes(bench, "-verify_ip 192.0.2.8", false);
    openssl_takes(bench, "-verify_hostname example.org", false);
}

static void the_certificates_say_what_they_may_be_used_for(void **state)
{
    struct bench *bench = *state;
    keep(bench, began);
    int status;
    const char *leaf = openssl(bench, "x509 -in leaf.pem -noout -text", &status);
    assert_non_null(strstr(leaf, "CA:FALSE"));
    assert_non_null(strstr(leaf, "Digital Signature\n"));
    assert_non_null(strstr(leaf, "TLS Web Server Authentication\n"));
    assert_non_null(strstr(leaf, "ASN1 OID: prime256v1"));
    const char *ca = openssl(bench, "x509 -in ca.pem -noout -text", &status);
    assert_non_null(strstr(ca, "CA:TRUE, pathlen:0"));
    assert_non_null(strstr(ca, "Certificate Sign, CRL Sign\n"));
    assert_non_null(strstr(ca, "X509v3 Name Constraints: critical"));
    assert_non_null(strstr(ca, "DNS:ward.local"));
}

static void what_the_authority_may_not_sign_is_left_out(void **state)
{
    struct bench *bench = *state;
    keep(bench, began);
    static const struct text names[] = {{"ward", 4}, {"example.org", 11}};
    struct host_names wider = {names, 2, ward_addresses, 2};
    struct error err;
    struct certified_key made;
    assert_true(certificate_issue(&bench->own.authority, &wider,
                                  validity(bench->own.server.certificate), bench->arena,
                                  &made, &err));
    assert_false(certificate_is_for(made.certificate, TEXT("example.org")));
    assert_true(certificate_is_for(made.certificate, TEXT("ward")));
}

static void an_authority_lasts_ten_years_and_a_certificate_397_days(void **state)
{
    struct bench *bench = *state;
    keep(bench, began);
    struct validity server = validity(bench->own.server.certificate);
    struct validity authority = validity(bench->own.authority.certificate);
    assert_int_equal(397 * day, server.ends - server.begins);
    assert_int_equal(3650 * day, authority.ends - authority.begins);
    assert_true(server.begins < began && authority.begins < began);
}

static void it_is_made_anew_at_two_thirds_of_its_life_and_not_before(void **state)
{
    struct bench *bench = *state;
    keep(bench, began);
    struct text first = text_copy(bench->arena, bench->own.server.certificate);
    struct text authority = text_copy(bench->arena, bench->own.authority.certificate);
    keep(bench, began + 263 * day);
    assert_false(bench->own.is_new);
    assert_true(text_equal(first, bench->own.server.certificate));
    keep(bench, began + 264 * day);
    assert_true(bench->own.is_new);
    assert_false(text_equal(first, bench->own.server.certificate));
    assert_true(text_equal(authority, bench->own.authority.certificate));
    assert_true(certificate_is_issued_by(bench->own.server.certificate, authority));
    keep(bench, began + 264 * day);
    assert_false(bench->own.is_new);
}

static void at_a_start_after_it_ended_it_is_made_anew(void **state)
{
    struct bench *bench = *state;
    keep(bench, began);
    keep(bench, began + 1000 * day);
    assert_true(bench->own.is_new);
    assert_true(validity(bench->own.server.certificate).ends > began + 1000 * day);
}

static void another_address_makes_it_anew_and_fewer_do_not(void **state)
{
    struct bench *bench = *state;
    keep(bench, began);
    static const struct text more[] = {{"192.0.2.7", 9}, {"192.0.2.9", 9}};
    struct host_names moved = {ward_names, 3, more, 2};
    assert_true(text_equal(own_certificate_lacks(&bench->own, &moved), more[1]));
    keep_as(bench, &moved, began);
    assert_true(bench->own.is_new);
    assert_true(text_is_absent(own_certificate_lacks(&bench->own, &moved)));
    struct host_names fewer = {ward_names, 3, more, 1};
    keep_as(bench, &fewer, began);
    assert_false(bench->own.is_new);
}

static void a_name_the_authority_may_not_sign_does_not_renew_for_ever(void **state)
{
    struct bench *bench = *state;
    keep(bench, began);
    static const struct text renamed[] = {{"theatre", 7}, {"localhost", 9}};
    struct host_names other = {renamed, 2, ward_addresses, 2};
    keep_as(bench, &other, began);
    assert_false(bench->own.is_new);
    assert_true(text_equal(own_certificate_lacks(&bench->own, &other), renamed[0]));
}

static void a_clock_outside_of_the_authoritys_time_makes_nothing(void **state)
{
    struct bench *bench = *state;
    keep(bench, began);
    struct text first = text_copy(bench->arena, bench->own.server.certificate);
    keep(bench, 0); /* 1970: a machine whose battery is empty */
    assert_false(bench->own.is_new);
    assert_true(text_equal(first, bench->own.server.certificate));
    assert_non_null(strstr(text_c(bench->arena, bench->own.trouble), "clock"));
    keep(bench, began + 4000 * day);
    assert_false(bench->own.is_new);
    assert_non_null(strstr(text_c(bench->arena, bench->own.trouble), "ended"));
    keep(bench, began);
    assert_false(bench->own.is_new);
    assert_true(text_is_absent(bench->own.trouble));
}

static void what_a_clock_in_the_future_made_is_made_anew_when_it_is_right(void **state)
{
    struct bench *bench = *state;
    keep(bench, began);
    keep(bench, began + 1000 * day);
    keep(bench, began);
    assert_true(bench->own.is_new);
    assert_true(validity(bench->own.server.certificate).begins <= began);
}

static void no_certificate_outlives_its_authority(void **state)
{
    struct bench *bench = *state;
    keep(bench, began);
    keep(bench, began + 3600 * day);
    assert_true(bench->own.is_new);
    assert_int_equal(validity(bench->own.authority.certificate).ends,
                     validity(bench->own.server.certificate).ends);
}

static void the_files_are_secret_and_the_certificate_is_apart_from_its_key(void **state)
{
    struct bench *bench = *state;
    keep(bench, began);
    keep(bench, began); /* as read from the files */
    assert_null(
        strstr(text_c(bench->arena, bench->own.authority.certificate), "PRIVATE"));
    assert_non_null(strstr(text_c(bench->arena, bench->own.authority.key), "PRIVATE"));
    int status;
    const char *modes = openssl(
        bench,
        text_format(bench->arena,
                    "version >/dev/null; stat -c %%a '%s'/*.authority '%s'/*.server",
                    bench->folder.keyring, bench->folder.keyring)
            .at,
        &status);
    assert_string_equal("600\n600\n", modes);
}

static void a_damaged_authority_is_refused_and_never_replaced(void **state)
{
    struct bench *bench = *state;
    struct error err;
    assert_true(
        kept_secret_write(bench->store, OWN_AUTHORITY_KIND, TEXT("SYNTHETIC"), &err));
    assert_false(own_certificate_keep(bench->store, &ward, began, bench->arena,
                                      &bench->own, &err));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(another_program_takes_the_certificate_for_each_name_and_address),
        TEST(the_certificates_say_what_they_may_be_used_for),
        TEST(what_the_authority_may_not_sign_is_left_out),
        TEST(an_authority_lasts_ten_years_and_a_certificate_397_days),
        TEST(it_is_made_anew_at_two_thirds_of_its_life_and_not_before),
        TEST(at_a_start_after_it_ended_it_is_made_anew),
        TEST(another_address_makes_it_anew_and_fewer_do_not),
        TEST(a_name_the_authority_may_not_sign_does_not_renew_for_ever),
        TEST(a_clock_outside_of_the_authoritys_time_makes_nothing),
        TEST(what_a_clock_in_the_future_made_is_made_anew_when_it_is_right),
        TEST(no_certificate_outlives_its_authority),
        TEST(the_files_are_secret_and_the_certificate_is_apart_from_its_key),
        TEST(a_damaged_authority_is_refused_and_never_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
