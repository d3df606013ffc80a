#ifndef OSTEON_ACTIONS_ALARM_MESSAGE_H
#define OSTEON_ACTIONS_ALARM_MESSAGE_H
/* What a message of an alarm says: which alarm, how urgent, at whose pseudonymous number,
 * since when. Nothing clinical, not even the alarm's name, for mail is read in corridors
 * and kept on machines of others; whoever may see more signs in.
 */
#include "actions/alarm_settings.h"
#include "store/alarms.h"

struct alarm_news {
    const struct stored_alarm *alarm;
    const struct study_alarm *kind;
    struct text number; /* of the participant; absent: of the study */
    struct text study;  /* "NCT07239375" */
    bool is_demo;
    int64_t now;
    int32_t offset_minutes; /* of the site, for the times in a mail */
};

/* The whole mail (RFC 5322), in both languages. */
struct text alarm_mail_text(const struct alarm_news *news, const char *from,
                            const char *const *to, size_t to_count,
                            struct arena *arena);
/* {"study","alarm","level","participant","notice","raised_at","sent_at"} */
struct text alarm_post_body(const struct alarm_news *news, struct arena *arena);
/* "sha256=…": HMAC-SHA256 of the body under the secret, in hexadecimal. */
struct text alarm_post_signature(struct text secret, struct text body,
                                 struct arena *arena);

/* Who is told, in `arena`: addresses of the roles that the alarm calls, and of the alarm
 * itself; each once. `roles`: the same in words, for the log. */
size_t alarm_addresses(const struct alarm_settings *settings,
                       const struct alarm_news *news, struct arena *arena,
                       const char *const **out, struct text *roles);

#endif
