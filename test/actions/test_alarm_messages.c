/* Who is told of alarms outside the page: the file that says so, and what a message says. */
#include "actions/alarm_message.h"
#include "support/unit.h"

#include <string.h>

static struct arena *arena;
static struct error err;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(1024 * 1024);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const struct alarm_settings *parsed(const char *content)
{
    const struct alarm_settings *settings = NULL;
    ASSERT_OK(alarm_settings_parse(text_of(content), arena, &settings, &err), &err);
    return settings;
}

static void refused(const char *content, const char *sentence)
{
    const struct alarm_settings *settings = NULL;
    assert_false(alarm_settings_parse(text_of(content), arena, &settings, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    if (strstr(err.text, sentence) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, sentence);
}

static void a_file_says_who_is_told(void **state)
{
    (void)state;
    const struct alarm_settings *settings = parsed(
        "# SYNTHETIC\n\nquiet = 22:00-07:00\nmail.server = "
        "smtps://mail.example:465\nmail.from = "
        "osteon@h.example\nmail.to.RN=ward@h.example\nmail.to.AL10 = s@h.example\n");
    assert_string_equal(settings->mail_server, "smtps://mail.example:465");
    assert_int_equal(settings->address_count, 2);
    assert_string_equal(settings->addresses[1].to, "s@h.example");
    assert_true(settings->has_quiet);
    assert_null(settings->webhook_url);
}

static void what_cannot_be_understood_is_named_by_its_line(void **state)
{
    (void)state;
    refused("mail.sever = smtps://x\n", "nothing is called so");
    assert_non_null(strstr(err.hint, "line 1"));
    refused("\nquiet = 25:00-07:00\n", "quiet hours");
    assert_non_null(strstr(err.hint, "line 2"));
    refused("mail.server = http://x\n", "a mail server");
    refused("webhook.url = http://hospital.example/x\n", "needs https");
    refused("mail.to.XX = a@b\n", "neither a role nor an alarm");
    refused("mail.to.RN = a@b>\r\nBcc: c@d\n", "no mail address");
    refused("mail.to.RN = nobody\n", "no mail address");
    refused("mail.server = smtps://x\n", "a sender");
    refused("webhook.url = https://x/y\n", "a secret");
    refused("mail.user = osteon\n", "a password");
}

static void quiet_hours_go_over_midnight_by_the_clock_of_the_site(void **state)
{
    (void)state;
    const struct alarm_settings *settings = parsed("quiet = 22:00-07:00\n");
    const int64_t minute = INT64_C(60) * 1000 * 1000;
    /* 1970-01-01, at +08:00 */
    assert_false(alarm_settings_are_quiet(settings, (13 * 60 + 59) * minute, 480));
    assert_true(alarm_settings_are_quiet(settings, 14 * 60 * minute, 480));
    assert_true(alarm_settings_are_quiet(settings, (22 * 60 + 59) * minute, 480));
    assert_false(alarm_settings_are_quiet(settings, 23 * 60 * minute, 480));
    settings = parsed("quiet = 12:00-14:00\n");
    assert_true(alarm_settings_are_quiet(settings, 5 * 60 * minute, 480));
    assert_false(alarm_settings_are_quiet(settings, 6 * 60 * minute, 480));
    assert_false(alarm_settings_are_quiet(NULL, 0, 480));
}

static struct alarm_news news_of(struct stored_alarm *alarm)
{
    static const struct study_alarm kind = {
        .oid = TEXT_INIT("AL10"),
        .label = {TEXT_INIT("Compartment / extravasation"), TEXT_INIT("外渗")},
        .audience = (uint32_t)1 << ROLE_RN | (uint32_t)1 << ROLE_PI,
        .escalates_to = (uint32_t)1 << ROLE_INV};
    *alarm = (struct stored_alarm){.seq = 77,
                                   .level = ALARM_CRITICAL,
                                   .notices = 1,
                                   .raised_at = INT64_C(1795917600000000)};
    return (struct alarm_news){.alarm = alarm,
                               .kind = &kind,
                               .number = TEXT("H4-003"),
                               .study = TEXT("NCT07239375"),
                               .now = INT64_C(1795917660000000),
                               .offset_minutes = 480};
}

static void each_address_of_who_is_called_is_told_once(void **state)
{
    (void)state;
    struct stored_alarm alarm;
    struct alarm_news news = news_of(&alarm);
    const struct alarm_settings *settings = parsed(
        "mail.to.RN = ward@h.example\nmail.to.PI = ward@h.example\nmail.to.INV = "
        "inv@h.example\nmail.to.CRC = crc@h.example\nmail.to.AL10 = "
        "surgeon@h.example\nmail.to.AL11 = other@h.example\n");
    const char *const *to;
    struct text roles;
    assert_int_equal(alarm_addresses(settings, &news, arena, &to, &roles), 2);
    assert_string_equal(to[0], "ward@h.example");
    assert_string_equal(to[1], "surgeon@h.example");
    ASSERT_TEXT(roles, "PI RN");
    alarm.escalations = 1;
    assert_int_equal(alarm_addresses(settings, &news, arena, &to, &roles), 3);
    ASSERT_TEXT(roles, "PI INV RN");
}

static void a_message_names_number_alarm_and_level_and_nothing_clinical(void **state)
{
    (void)state;
    struct stored_alarm alarm;
    struct alarm_news news = news_of(&alarm);
    const char *const to[] = {"ward@h.example", "surgeon@h.example"};
    const char *mail =
        text_c(arena, alarm_mail_text(&news, "osteon@h.example", to, 2, arena));
    const char *body = text_c(arena, alarm_post_body(&news, arena));
    const char *both[] = {mail, body};
    for (size_t i = 0; i < ARRAY_COUNT(both); i++) {
        assert_non_null(strstr(both[i], "AL10"));
        assert_non_null(strstr(both[i], "H4-003"));
        assert_null(strstr(both[i], "Compartment"));
        assert_null(strstr(both[i], "外渗"));
        assert_null(strstr(both[i], "SYNTHETIC"));
    }
    assert_non_null(strstr(mail, "Date: Sun, 29 Nov 2026 02:01:00 +0000\r\n"));
    assert_non_null(strstr(mail, "Subject: AL10 critical H4-003\r\n"));
    assert_non_null(strstr(mail, "2026-11-29T10:00"));
    assert_non_null(strstr(mail, "研究 NCT07239375"));
    assert_non_null(strstr(body, "\"level\":\"critical\""));
    news.is_demo = true;
    mail = text_c(arena, alarm_mail_text(&news, "osteon@h.example", to, 2, arena));
    assert_non_null(strstr(mail, "Subject: SYNTHETIC AL10"));
}

/* RFC 4231, test case 2. */
static void the_body_is_signed_as_rfc_4231_computes_it(void **state)
{
    (void)state;
    ASSERT_TEXT(
        alarm_post_signature(TEXT("Jefe"), TEXT("what do ya want for nothing?"), arena),
        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_file_says_who_is_told),
        TEST(what_cannot_be_understood_is_named_by_its_line),
        TEST(quiet_hours_go_over_midnight_by_the_clock_of_the_site),
        TEST(each_address_of_who_is_called_is_told_once),
        TEST(a_message_names_number_alarm_and_level_and_nothing_clinical),
        TEST(the_body_is_signed_as_rfc_4231_computes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
