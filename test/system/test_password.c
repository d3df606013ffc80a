/* Expected values: the known-answer tests of the reference implementation of argon2
 * (P-H-C, version 0x13), RFC 6238 appendix B, and oathtool as a second program. */
#include "support/unit.h"
#include "system/crypto.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void accepts_the_hashes_of_the_reference_implementation(void **state)
{
    (void)state;
    static const char *const of_password[] = {
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$"
        "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
        "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    };
    for (size_t i = 0; i < ARRAY_COUNT(of_password); i++) {
        assert_true(password_verify(TEXT("password"), of_password[i]));
        assert_false(password_verify(TEXT("Password"), of_password[i]));
    }
}

static void hashes_with_the_chosen_costs_and_a_fresh_salt(void **state)
{
    (void)state;
    struct text password = TEXT("骨髓腔 correct horse \x01");
    char one[PASSWORD_HASH_TEXT], two[PASSWORD_HASH_TEXT];
    password_hash(password, one);
    password_hash(password, two);
    assert_int_equal(strncmp(one, "$argon2id$v=19$m=19456,t=2,p=1$", 31), 0);
    assert_string_not_equal(one, two);
    assert_true(password_verify(password, one));
    assert_false(password_verify(text_part(password, 0, password.len - 1), one));
    assert_false(password_verify(TEXT(""), one));
}

static void accepts_no_password_for_what_is_not_a_hash(void **state)
{
    (void)state;
    static const char *const not_hashes[] = {"", "password", "$argon2id$",
                                             "$argon2i$v=19$m=8"};
    for (size_t i = 0; i < ARRAY_COUNT(not_hashes); i++) {
        assert_false(password_verify(TEXT("password"), not_hashes[i]));
        assert_false(password_verify(TEXT(""), not_hashes[i]));
    }
}

static struct text rfc_secret(void)
{
    return TEXT("12345678901234567890");
}

static void gives_the_codes_of_rfc_6238(void **state)
{
    (void)state;
    static const struct {
        int64_t seconds;
        uint32_t eight_digits;
    } cases[] = {{59, 94287082},         {1111111109, 7081804},
                 {1111111111, 14050471}, {1234567890, 89005924},
                 {2000000000, 69279037}, {20000000000, 65353130}};
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
        assert_int_equal(totp_code(rfc_secret(), cases[i].seconds * 1000000 + 999999),
                         cases[i].eight_digits % 1000000);
}

/* The code of `seconds` by oathtool; -1 when it cannot be run. */
static long code_by_oathtool(const char *secret_hex, long long seconds)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    char now[40];
    snprintf(now, sizeof now, "--now=@%lld", seconds);
    int child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        execlp("oathtool", "oathtool", "--totp", now, secret_hex, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    char printed[32] = "";
    ssize_t len = read(ends[0], printed, sizeof printed - 1);
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    return len <= 0 || status != 0 ? -1 : strtol(printed, NULL, 10);
}

static void agrees_with_oathtool(void **state)
{
    (void)state;
    uint8_t secret[20];
    random_bytes(secret, sizeof secret);
    char hex[41];
    for (size_t i = 0; i < sizeof secret; i++)
        snprintf(hex + 2 * i, 3, "%02x", secret[i]);
    struct text view = {.at = (const char *)secret, .len = sizeof secret};
    static const long long seconds[] = {1763809106, 1763809109, 1763809110, 4102444800};
    for (size_t i = 0; i < ARRAY_COUNT(seconds); i++)
        assert_int_equal(totp_code(view, seconds[i] * 1000000),
                         code_by_oathtool(hex, seconds[i]));
}

static void accepts_one_step_of_clock_drift_and_names_the_step(void **state)
{
    (void)state;
    const int64_t second = 1000000;
    const int64_t now = 1111111111 * second; /* step 37037037 */
    for (int64_t drift = -2; drift <= 2; drift++) {
        int64_t step = 0;
        uint32_t code = totp_code(rfc_secret(), now + drift * 30 * second);
        bool is_near = drift >= -1 && drift <= 1;
        assert_int_equal(totp_verify(rfc_secret(), code, now, &step), is_near);
        assert_int_equal(step, is_near ? 37037037 + drift : 0);
    }
}

static void refuses_a_code_of_seven_digits_that_ends_alike(void **state)
{
    (void)state;
    int64_t step = 0;
    uint32_t code = totp_code(rfc_secret(), 59000000);
    assert_true(totp_verify(rfc_secret(), code, 59000000, &step));
    assert_false(totp_verify(rfc_secret(), code + 1000000, 59000000, &step));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_the_hashes_of_the_reference_implementation),
        cmocka_unit_test(hashes_with_the_chosen_costs_and_a_fresh_salt),
        cmocka_unit_test(accepts_no_password_for_what_is_not_a_hash),
        cmocka_unit_test(gives_the_codes_of_rfc_6238),
        cmocka_unit_test(agrees_with_oathtool),
        cmocka_unit_test(accepts_one_step_of_clock_drift_and_names_the_step),
        cmocka_unit_test(refuses_a_code_of_seven_digits_that_ends_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
