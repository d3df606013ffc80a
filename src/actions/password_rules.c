/* Rules for new passwords (NIST SP 800-63B section 5.1.1.2: length, and a comparison
 * with what is commonly used, expected or known; no rules of composition). */
#include "actions/account.h"

#include "base/limits.h"
#include "base/utf8.h"

/* Of the commonest passwords those that have twelve characters or more, and words of
 * this house. Compared without regard to case; one repeated character or a run of the
 * keyboard is found by rule. */
static const char *const common[] = {
    "123456789012",     "1234567890123",    "12345678901234",
    "123456789123",     "123123123123",     "112233445566",
    "121212121212",     "123412341234",     "123456123456",
    "987654321098",     "qwertyuiop12",     "qwertyuiop123",
    "qwertyuiopasdf",   "1q2w3e4r5t6y",     "1qaz2wsx3edc",
    "qazwsxedcrfv",     "zaq12wsxcde3",     "q1w2e3r4t5y6",
    "asdfghjkl123",     "zxcvbnm12345",     "passwordpassword",
    "password1234",     "password12345",    "password123456",
    "passw0rd1234",     "p@ssw0rd1234",     "p@ssword1234",
    "mypassword123",    "administrator",    "administrator1",
    "adminadmin12",     "adminadminadmin",  "admin1234567",
    "welcome12345",     "welcome123456",    "letmeinletmein",
    "letmein12345",     "iloveyou1234",     "iloveyouiloveyou",
    "trustno1trustno1", "unbelievable",     "thunderbird1",
    "masterpassword",   "changemechangeme", "changeme1234",
    "abcdefghijkl",     "abcdefg12345",     "abcd12345678",
    "abc123abc123",     "abcabcabcabc",     "woaini1314520",
    "woaini520520",     "a123456789012",    "aa1234567890",
    "5201314520131",    "520131452013",     "correcthorsebatterystaple",
    "hospital1234",     "hospital12345",    "osteonosteon",
    "osteon123456",     "intraosseous",     "clinicaltrial",
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool equal_without_case(struct text a, struct text b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.at[i]) != lower(b.at[i]))
            return false;
    return true;
}

static bool contains_without_case(struct text whole, struct text part)
{
    for (size_t i = 0; i + part.len <= whole.len; i++)
        if (equal_without_case(text_part(whole, i, part.len), part))
            return true;
    return false;
}

static bool is_common(struct text password)
{
    for (size_t i = 0; i < ARRAY_COUNT(common); i++)
        if (equal_without_case(password, text_of(common[i])))
            return true;
    return false;
}

/* "aaaaaaaaaaaa", "abcdefghijklmn", "98765432109876": every step the same, or nearly. */
static bool is_run(struct text password)
{
    size_t repeated = 0;
    for (size_t i = 2; i < password.len; i++)
        if (password.at[i] - password.at[i - 1] ==
            password.at[i - 1] - password.at[i - 2])
            repeated++;
    return repeated + 4 >= password.len;
}

/* A name of three letters or fewer is part of many a good password. */
static bool is_built_around(struct text password, struct text name)
{
    enum { SHORTEST_NAME = 4, REST = 6 };
    return name.len >= SHORTEST_NAME && password.len < name.len + REST &&
           contains_without_case(password, name);
}

/* What a keyboard can type into one line. */
static bool is_one_line(struct text password)
{
    size_t at = 0;
    for (size_t i = 0; i < password.len; i++)
        if ((unsigned char)password.at[i] < ' ')
            return false;
    return utf8_is_printable(password, &at);
}

bool password_check(struct text password, struct text name, struct text full_name,
                    struct error *err)
{
    if (password.len > LIMIT_PASSWORD)
        return error_set(err, ERROR_REFUSED, "a password has at most %d bytes",
                         LIMIT_PASSWORD);
    if (!is_one_line(password))
        return error_set(err, ERROR_REFUSED, "a password has no control characters");
    if (utf8_count(password) < LIMIT_PASSWORD_SHORTEST)
        return error_set(err, ERROR_REFUSED, "a password has at least %d characters",
                         LIMIT_PASSWORD_SHORTEST);
    if (equal_without_case(password, name) || equal_without_case(password, full_name) ||
        is_built_around(password, name) || is_built_around(password, full_name))
        return error_set(err, ERROR_REFUSED,
                         "the password is the name, or nearly: choose another one");
    if (is_common(password) || is_run(password))
        return error_set(err, ERROR_REFUSED,
                         "this password is among the commonest: choose another one");
    return true;
}
