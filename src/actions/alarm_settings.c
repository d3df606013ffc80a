#include "actions/alarm_settings.h"

#include "base/datetime.h"
#include "base/limits.h"
#include "system/courier.h"
#include "system/file.h"

#include <stdio.h>

enum { SETTINGS_SIZE = 64 * 1024, SECRET_SIZE = 4096, DAY_MINUTES = 24 * 60 };

struct reading {
    struct alarm_settings settings;
    struct alarm_address *addresses;
    size_t capacity;
    struct arena *arena;
    size_t line;
};

static bool refuse(const struct reading *reading, const char *sentence,
                   struct text value, struct error *err)
{
    error_set(err, ERROR_REFUSED, "%s: \"%.*s\"", sentence,
              TEXT_ARG(text_part(value, 0, value.len < 80 ? value.len : 80)));
    return error_hint(err, "line %zu of %s", reading->line, ALARM_SETTINGS_FILE);
}

/* --- values ---------------------------------------------------------------------------- */

static bool take_time(struct text written, int32_t *out)
{
    int64_t hours = 0;
    int64_t minutes = 0;
    struct text rest = written;
    struct text hour = text_cut(&rest, ':');
    if (hour.len != 2 || rest.len != 2 || !text_to_int64(hour, &hours) ||
        !text_to_int64(rest, &minutes) || hours < 0 || hours > 23 || minutes < 0 ||
        minutes > 59)
        return false;
    *out = (int32_t)(hours * 60 + minutes);
    return true;
}

static bool take_quiet(struct reading *reading, struct text value, struct error *err)
{
    struct text until = value;
    struct text from = text_cut(&until, '-');
    reading->settings.has_quiet = true;
    return (take_time(text_trim(from), &reading->settings.quiet_from) &&
            take_time(text_trim(until), &reading->settings.quiet_until)) ||
           refuse(reading, "quiet hours are written 22:00-07:00", value, err);
}

/* The first line of a file; never said anywhere. */
static bool take_secret(struct reading *reading, struct text path, struct text *out,
                        struct error *err)
{
    struct text content;
    if (!file_read(text_c(reading->arena, path), SECRET_SIZE, reading->arena, &content,
                   err))
        return false;
    *out = text_trim(text_cut(&content, '\n'));
    return out->len > 0 || refuse(reading, "the file is empty", path, err);
}

static bool take_server(struct reading *reading, struct text value, struct error *err)
{
    reading->settings.mail_server = text_c(reading->arena, value);
    return courier_address_is_safe(value, true) ||
           refuse(reading, "a mail server is smtps://HOST:PORT or smtp://HOST:PORT",
                  value, err);
}

static bool take_password(struct reading *reading, struct text value, struct error *err)
{
    struct text secret;
    if (!take_secret(reading, value, &secret, err))
        return false;
    reading->settings.mail_password = text_c(reading->arena, secret);
    return true;
}

static bool take_url(struct reading *reading, struct text value, struct error *err)
{
    reading->settings.webhook_url = text_c(reading->arena, value);
    return courier_address_is_safe(value, false) ||
           refuse(reading, "a webhook needs https", courier_host(value), err);
}

static bool take_webhook_secret(struct reading *reading, struct text value,
                                struct error *err)
{
    return take_secret(reading, value, &reading->settings.webhook_secret, err);
}

/* A header and a command of SMTP are lines: no address may break out of its own. */
static bool is_address(struct text value)
{
    size_t signs = 0;
    for (size_t i = 0; i < value.len; i++) {
        if (value.at[i] <= ' ' || value.at[i] == '<' || value.at[i] == '>' ||
            value.at[i] == 0x7f)
            return false;
        signs += value.at[i] == '@';
    }
    return signs == 1 && value.len < 255;
}

static bool take_from(struct reading *reading, struct text value, struct error *err)
{
    reading->settings.mail_from = text_c(reading->arena, value);
    return is_address(value) || refuse(reading, "this is no mail address", value, err);
}

static bool take_user(struct reading *reading, struct text value, struct error *err)
{
    (void)err;
    reading->settings.mail_user = text_c(reading->arena, value);
    return true;
}

static bool take_authority(struct reading *reading, struct text value,
                           struct error *err)
{
    (void)err;
    reading->settings.authority = text_c(reading->arena, value);
    return true;
}

static bool take_address(struct reading *reading, struct text of, struct text value,
                         struct error *err)
{
    enum role role;
    if (!role_parse(of, &role) && !text_starts_with(of, TEXT("AL")))
        return refuse(reading, "neither a role nor an alarm", of, err);
    if (!is_address(value))
        return refuse(reading, "this is no mail address", value, err);
    struct alarm_settings *settings = &reading->settings;
    reading->addresses = ARENA_GROW(reading->arena, reading->addresses,
                                    settings->address_count, &reading->capacity);
    reading->addresses[settings->address_count++] =
        (struct alarm_address){.of = of, .to = text_c(reading->arena, value)};
    settings->addresses = reading->addresses;
    return true;
}

/* --- lines ------------------------------------------------------------------------------ */

static bool take_line(struct reading *reading, struct text name, struct text value,
                      struct error *err)
{
    static const struct {
        struct text name;
        bool (*take)(struct reading *reading, struct text value, struct error *err);
    } names[] = {{TEXT_INIT("quiet"), take_quiet},
                 {TEXT_INIT("mail.server"), take_server},
                 {TEXT_INIT("mail.from"), take_from},
                 {TEXT_INIT("mail.user"), take_user},
                 {TEXT_INIT("mail.password-file"), take_password},
                 {TEXT_INIT("authority"), take_authority},
                 {TEXT_INIT("webhook.url"), take_url},
                 {TEXT_INIT("webhook.secret-file"), take_webhook_secret}};
    static const struct text to = TEXT_INIT("mail.to.");
    for (size_t i = 0; i < ARRAY_COUNT(names); i++)
        if (text_equal(names[i].name, name))
            return names[i].take(reading, value, err);
    if (text_starts_with(name, to))
        return take_address(reading, text_part(name, to.len, name.len - to.len), value,
                            err);
    return refuse(reading, "nothing is called so here", name, err);
}

static bool check_whole(const struct reading *reading, struct error *err)
{
    const struct alarm_settings *settings = &reading->settings;
    if (settings->mail_server != NULL && settings->mail_from == NULL)
        return refuse(reading, "mail needs a sender", TEXT("mail.from"), err);
    if ((settings->mail_user == NULL) != (settings->mail_password == NULL))
        return refuse(reading, "a user needs a password, and the other way round",
                      TEXT("mail.password-file"), err);
    if (settings->webhook_url != NULL && settings->webhook_secret.len == 0)
        return refuse(reading, "a webhook needs a secret to sign with",
                      TEXT("webhook.secret-file"), err);
    return true;
}

bool alarm_settings_parse(struct text content, struct arena *arena,
                          const struct alarm_settings **out, struct error *err)
{
    struct reading *reading = ARENA_NEW(arena, struct reading);
    reading->arena = arena;
    while (!text_is_absent(content)) {
        struct text value = text_cut(&content, '\n');
        reading->line++;
        if (text_trim(value).len == 0 || text_trim(value).at[0] == '#')
            continue;
        struct text name = text_trim(text_cut(&value, '='));
        if (text_is_absent(value) || text_trim(value).len == 0)
            return refuse(reading, "a line is NAME = VALUE", name, err);
        if (!take_line(reading, name, text_trim(value), err))
            return false;
    }
    *out = &reading->settings;
    return check_whole(reading, err);
}

bool alarm_settings_read(const char *folder, struct arena *arena,
                         const struct alarm_settings **out, struct error *err)
{
    struct text content;
    const char *path =
        text_c(arena, text_format(arena, "%s/%s", folder, ALARM_SETTINGS_FILE));
    *out = NULL;
    if (file_read(path, SETTINGS_SIZE, arena, &content, err))
        return alarm_settings_parse(content, arena, out, err);
    if (err->code != ERROR_NOT_FOUND)
        return false;
    *err = (struct error){0};
    return true;
}

bool alarm_settings_are_quiet(const struct alarm_settings *settings, int64_t instant,
                              int32_t offset_minutes)
{
    if (settings == NULL || !settings->has_quiet)
        return false;
    int64_t minutes = instant / INSTANT_SECOND / 60 + offset_minutes;
    int32_t now = (int32_t)(minutes % DAY_MINUTES);
    if (settings->quiet_from <= settings->quiet_until)
        return now >= settings->quiet_from && now < settings->quiet_until;
    return now >= settings->quiet_from || now < settings->quiet_until;
}
