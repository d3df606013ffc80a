#include "actions/alarm_message.h"

#include "base/buffer.h"
#include "base/datetime.h"
#include "base/hex.h"
#include "base/json_write.h"
#include "base/limits.h"
#include "system/crypto.h"

#include <inttypes.h>
#include <string.h>

static struct text finished(struct buffer *buffer)
{
    struct text out = {0};
    struct error ignored;
    return buffer_text(buffer, &out, &ignored) ? out : (struct text){0};
}

static struct text instant_text(int64_t instant, int32_t offset, struct arena *arena)
{
    char *out = arena_alloc(arena, MOMENT_TEXT_SIZE);
    size_t len = instant_print_at(instant, offset, out);
    return (struct text){.at = out, .len = len};
}

/* --- who ------------------------------------------------------------------------------- */

static bool is_among(const char *const *list, size_t count, const char *address)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], address) == 0)
            return true;
    return false;
}

size_t alarm_addresses(const struct alarm_settings *settings,
                       const struct alarm_news *news, struct arena *arena,
                       const char *const **out, struct text *roles)
{
    uint32_t called = news->kind->audience |
                      (news->alarm->escalations > 0 ? news->kind->escalates_to : 0);
    const char **list = ARENA_ARRAY(arena, const char *, settings->address_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < settings->address_count; i++) {
        const struct alarm_address *address = &settings->addresses[i];
        enum role role;
        bool is_called = role_parse(address->of, &role)
                             ? (called >> (unsigned)role & 1) != 0
                             : text_equal(address->of, news->kind->oid);
        if (is_called && !is_among(list, count, address->to))
            list[count++] = address->to;
    }
    *roles = alarm_roles_text(called, arena);
    *out = list;
    return count;
}

/* --- mail ------------------------------------------------------------------------------ */

static struct label level_words(enum alarm_level level)
{
    static const struct label labels[] = {
#define X(name, code, english, chinese)                                                \
    [ALARM_##name] = {TEXT_INIT(english), TEXT_INIT(chinese)},
        ALARM_LEVEL_TABLE(X)
#undef X
    };
    return labels[level];
}

/* "Sun, 29 Nov 2026 00:10:00 +0000" (RFC 5322, 3.3) */
static void put_date(struct buffer *mail, int64_t instant)
{
    static const char *const days[] = {"Thu", "Fri", "Sat", "Sun",
                                       "Mon", "Tue", "Wed"}; /* 1970-01-01 */
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    enum { DAY_SECONDS = 24 * 60 * 60 };
    char written[MOMENT_TEXT_SIZE];
    instant_print(instant, written); /* 2026-11-29T00:10:00… */
    int month = (written[5] - '0') * 10 + (written[6] - '0');
    int64_t day = instant / INSTANT_SECOND / DAY_SECONDS;
    buffer_format(mail, "Date: %s, %.2s %s %.4s %.8s +0000\r\n", days[day % 7],
                  written + 8, months[(month - 1) % 12], written, written + 11);
}

static void put_headers(struct buffer *mail, const struct alarm_news *news,
                        const char *from, const char *const *to, size_t to_count)
{
    put_date(mail, news->now);
    buffer_format(mail, "From: <%s>\r\nTo: ", from);
    for (size_t i = 0; i < to_count; i++)
        buffer_format(mail, "%s<%s>", i == 0 ? "" : ",\r\n ", to[i]);
    buffer_format(mail, "\r\nSubject: %s%.*s %.*s%s%.*s\r\n",
                  news->is_demo ? "SYNTHETIC " : "", TEXT_ARG(news->kind->oid),
                  TEXT_ARG(alarm_level_name((enum alarm_level)news->alarm->level)),
                  text_is_absent(news->number) ? "" : " ", TEXT_ARG(news->number));
    buffer_format(mail, "Message-ID: <%" PRId64 ".%" PRId64 ".%.*s@osteon>\r\n",
                  news->alarm->seq, news->alarm->notices, TEXT_ARG(news->study));
    buffer_text_add(mail, TEXT("Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                               "Content-Type: text/plain; charset=utf-8\r\n"
                               "Content-Transfer-Encoding: 8bit\r\n\r\n"));
}

struct text alarm_mail_text(const struct alarm_news *news, const char *from,
                            const char *const *to, size_t to_count, struct arena *arena)
{
    struct buffer mail = buffer_in(arena, LIMIT_BODY);
    struct label level = level_words((enum alarm_level)news->alarm->level);
    struct text since =
        instant_text(news->alarm->raised_at, news->offset_minutes, arena);
    struct text number = text_is_absent(news->number) ? TEXT("-") : news->number;
    put_headers(&mail, news, from, to, to_count);
    buffer_format(
        &mail,
        "%sStudy %.*s, alarm %.*s: %.*s.\r\nParticipant: %.*s\r\nSince: "
        "%.16s\r\n%sSign in to see what it is, and to acknowledge it.\r\n\r\n",
        news->is_demo ? "SYNTHETIC, made-up data.\r\n" : "", TEXT_ARG(news->study),
        TEXT_ARG(news->kind->oid), TEXT_ARG(level.english), TEXT_ARG(number), since.at,
        news->alarm->escalations > 0 ? "Nobody has acknowledged it.\r\n" : "");
    buffer_format(&mail,
                  "%s研究 %.*s，警报 %.*s：%.*s。\r\n受试者：%.*s\r\n"
                  "始于：%.16s\r\n%s请登录查看并确认。\r\n",
                  news->is_demo ? "模拟数据。\r\n" : "", TEXT_ARG(news->study),
                  TEXT_ARG(news->kind->oid), TEXT_ARG(level.chinese), TEXT_ARG(number),
                  since.at, news->alarm->escalations > 0 ? "尚无人确认。\r\n" : "");
    return finished(&mail);
}

/* --- webhook --------------------------------------------------------------------------- */

struct text alarm_post_body(const struct alarm_news *news, struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_BODY);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_text(&json, "study", news->study);
    json_member_text(&json, "alarm", news->kind->oid);
    json_member_text(&json, "level",
                     alarm_level_name((enum alarm_level)news->alarm->level));
    if (!text_is_absent(news->number))
        json_member_text(&json, "participant", news->number);
    json_member_integer(&json, "id", news->alarm->seq);
    json_member_integer(&json, "notice", news->alarm->notices);
    json_member_bool(&json, "escalated", news->alarm->escalations > 0);
    json_member_text(&json, "raised_at",
                     instant_text(news->alarm->raised_at, 0, arena));
    json_member_text(&json, "sent_at", instant_text(news->now, 0, arena));
    if (news->is_demo)
        json_member_bool(&json, "synthetic", true);
    json_end(&json);
    return finished(&buffer);
}

struct text alarm_post_signature(struct text secret, struct text body,
                                 struct arena *arena)
{
    struct hash code = message_code(secret, body);
    char hex[HEX_SIZE(sizeof code.bytes)];
    size_t len = hex_print(code.bytes, sizeof code.bytes, hex);
    return text_format(arena, "sha256=%.*s", (int)len, hex);
}
