#ifndef OSTEON_ACTIONS_ALARM_SETTINGS_H
#define OSTEON_ACTIONS_ALARM_SETTINGS_H
/* Who is told of alarms outside the page: the file alarms.conf of the data folder, lines
 * NAME = VALUE. Passwords and secrets stand in files of their own, which it names, so that
 * the folder and its back-ups hold none.
 *
 *     quiet = 22:00-07:00
 *     mail.server = smtps://mail.hospital.example:465
 *     mail.from = osteon@hospital.example
 *     mail.user = osteon
 *     mail.password-file = /etc/osteon/mail-password
 *     mail.to.RN = ward3@hospital.example
 *     mail.to.AL10 = surgeon@hospital.example
 *     webhook.url = https://paging.hospital.example/osteon
 *     webhook.secret-file = /etc/osteon/webhook-secret
 */
#include "model/alarm.h"

#define ALARM_SETTINGS_FILE "alarms.conf"

struct alarm_address {
    struct text of; /* a role, "RN", or an alarm, "AL10" */
    const char *to;
};

struct alarm_settings {
    bool has_quiet;
    int32_t quiet_from, quiet_until; /* minutes of the site's day */
    const char *mail_server;         /* NULL: no mail */
    const char *mail_from, *mail_user, *mail_password;
    const char *authority; /* of both; NULL: the system's */
    const struct alarm_address *addresses;
    size_t address_count;
    const char *webhook_url; /* NULL: none */
    struct text webhook_secret;
};

/* From the folder. `*out` NULL: it has no such file. ERROR_REFUSED names the line. In
 * `arena`. */
MUST_USE bool alarm_settings_read(const char *folder, struct arena *arena,
                                  const struct alarm_settings **out, struct error *err);
/* From the text of the file. */
MUST_USE bool alarm_settings_parse(struct text content, struct arena *arena,
                                   const struct alarm_settings **out,
                                   struct error *err);

/* Is it quiet at this instant, by the clock of a site? */
bool alarm_settings_are_quiet(const struct alarm_settings *settings, int64_t instant,
                              int32_t offset_minutes);

#endif
