#include "model/alarm.h"

#include "base/buffer.h"
#include "base/limits.h"

struct text alarm_level_name(enum alarm_level level)
{
    static const struct text names[] = {
#define X(name, code, english, chinese) [ALARM_##name] = TEXT_INIT(code),
        ALARM_LEVEL_TABLE(X)
#undef X
    };
    return names[level];
}

bool alarm_level_parse(struct text name, enum alarm_level *out)
{
    for (enum alarm_level level = ALARM_INFO; level <= ALARM_CRITICAL; level++)
        if (text_equal(alarm_level_name(level), name)) {
            *out = level;
            return true;
        }
    return false;
}

const struct study_alarm *alarm_find(const struct design *design, struct text oid)
{
    for (size_t i = 0; i < design->alarm_count; i++)
        if (text_equal(design->alarms[i].oid, oid))
            return &design->alarms[i];
    return NULL;
}

const struct alarm_step *alarm_step_find(const struct study_alarm *alarm,
                                         struct text oid)
{
    for (size_t i = 0; i < alarm->step_count; i++)
        if (text_equal(alarm->steps[i].oid, oid))
            return &alarm->steps[i];
    return NULL;
}

struct label alarm_step_label(const struct alarm_step *step)
{
    static const struct label labels[] = {[ALARM_BY_CHECK] = {{0}, {0}},
#define X(name, code, english, chinese)                                                \
    [ALARM_BY_##name] = {TEXT_INIT(english), TEXT_INIT(chinese)},
                                          ALARM_STUDY_CAUSE_TABLE(X)
#undef X
    };
    return step->check != NULL ? step->check->message : labels[step->cause];
}

bool alarm_roles_parse(struct text list, uint32_t *out, struct text *wrong)
{
    *out = 0;
    while (!text_is_absent(list)) {
        enum role role;
        struct text word = text_cut(&list, ' ');
        if (word.len == 0)
            continue;
        if (!role_parse(word, &role)) {
            *wrong = word;
            return false;
        }
        *out |= (uint32_t)1 << role;
    }
    return true;
}

struct text alarm_roles_text(uint32_t roles, struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_OID);
    struct text out = {0};
    struct error ignored;
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if ((roles >> role & 1) != 0)
            buffer_format(&buffer, "%s%.*s", buffer.len == 0 ? "" : " ",
                          TEXT_ARG(role_code((enum role)role)));
    return buffer.len > 0 && buffer_text(&buffer, &out, &ignored) ? out
                                                                  : (struct text){0};
}

bool alarm_duration_parse(struct text written, int64_t *seconds)
{
    static const struct {
        struct text unit;
        int64_t seconds;
    } units[] = {{TEXT_INIT("s"), 1},
                 {TEXT_INIT("min"), 60},
                 {TEXT_INIT("h"), 3600},
                 {TEXT_INIT("d"), 86400}};
    enum { LONGEST = 1000000 };
    int64_t number = 0;
    struct text digits = text_cut(&written, ' ');
    if (!text_to_int64(digits, &number) || number <= 0 || number > LONGEST)
        return false;
    for (size_t i = 0; i < ARRAY_COUNT(units); i++)
        if (text_equal(units[i].unit, written)) {
            *seconds = number * units[i].seconds;
            return true;
        }
    return false;
}

/* The alarm of the data manager alone is that of the feeds (specification 8.1). */
static enum permission alarm_permission(const struct study_alarm *alarm,
                                        enum alarm_level level)
{
    if (alarm->audience == (uint32_t)1 << ROLE_DM)
        return PERMISSION_ACKNOWLEDGE_FEED;
    switch (level) {
    case ALARM_INFO: break;
    case ALARM_AMBER: return PERMISSION_ACKNOWLEDGE_AMBER;
    case ALARM_RED: return PERMISSION_ACKNOWLEDGE_RED;
    case ALARM_CRITICAL: return PERMISSION_ACKNOWLEDGE_CRITICAL;
    }
    return PERMISSION_ACKNOWLEDGE_INFO;
}

static bool holds(uint32_t roles, enum role role)
{
    return (roles >> (unsigned)role & 1) != 0;
}

uint32_t alarm_acknowledged_by(const struct study_alarm *alarm, enum alarm_level level)
{
    enum permission permission = alarm_permission(alarm, level);
    uint32_t roles = 0;
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if (holds(alarm->audience, (enum role)role) &&
            permission_scope(permission, (enum role)role) != PERMISSION_SCOPE_NONE)
            roles |= (uint32_t)1 << role;
    return roles;
}

bool alarm_may_acknowledge(const struct study_alarm *alarm, enum alarm_level level,
                           const struct grant *grants, size_t count, struct text site)
{
    enum permission permission = alarm_permission(alarm, level);
    for (size_t i = 0; i < count; i++)
        if (holds(alarm->audience, grants[i].role) &&
            permission_allows(&grants[i], 1, permission, site, false))
            return true;
    return false;
}

/* Whoever acts for all sites is called wherever it is. */
static bool is_at(const struct study_alarm *alarm, const struct grant *grant,
                  struct text site)
{
    enum permission feed = PERMISSION_ACKNOWLEDGE_FEED;
    return text_is_absent(site) || text_equal(grant->site, site) ||
           (alarm_permission(alarm, ALARM_AMBER) == feed && grant->role == ROLE_DM);
}

bool alarm_is_for(const struct study_alarm *alarm, bool is_escalated,
                  const struct grant *grants, size_t count, struct text site)
{
    uint32_t roles = alarm->audience | (is_escalated ? alarm->escalates_to : 0);
    for (size_t i = 0; i < count; i++)
        if (holds(roles, grants[i].role) && is_at(alarm, &grants[i], site))
            return true;
    return false;
}
