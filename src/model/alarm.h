#ifndef OSTEON_MODEL_ALARM_H
#define OSTEON_MODEL_ALARM_H
/* Alarms as the design declares them (specification section 2, AL01 to AL20): who is
 * called, what raises each step, when an alarm that nobody acknowledged goes on to whom,
 * and after what time one comes again while its cause stands. What stands at a moment is
 * on the log (store/alarms.h); the rules find it (actions/alarm_rules.c).
 *
 * A step is raised by a check of the design, so that one expression serves the server, the
 * page and the examples; or by a fact of the whole study that the program counts.
 */
#include "model/permission.h"

/* name in the design, English, Chinese. The order is that of urgency. */
// clang-format off
#define ALARM_LEVEL_TABLE(X)                                                               \
    X(INFO,     "info",     "For information", "提示")                                     \
    X(AMBER,    "amber",    "Amber",           "黄色")                                     \
    X(RED,      "red",      "Red",             "红色")                                     \
    X(CRITICAL, "critical", "Critical",        "危急")

/* Facts of the whole study that raise a step: name in the design, English, Chinese. */
#define ALARM_STUDY_CAUSE_TABLE(X)                                                         \
    X(ENROLMENT_CAP,  "study.enrolment_cap",                                               \
      "The planned number of participants is enrolled", "已达到计划入组人数")              \
    X(ENROLMENT_PACE, "study.enrolment_pace",                                              \
      "Enrolment is more than 25 % behind its pace", "入组进度落后超过 25%")
// clang-format on

enum alarm_level {
#define X(name, code, english, chinese) ALARM_##name,
    ALARM_LEVEL_TABLE(X)
#undef X
};
struct text alarm_level_name(enum alarm_level level);
bool alarm_level_parse(struct text name, enum alarm_level *out);

enum alarm_cause {
    ALARM_BY_CHECK,
#define X(name, code, english, chinese) ALARM_BY_##name,
    ALARM_STUDY_CAUSE_TABLE(X)
#undef X
};

struct alarm_step {
    struct text oid; /* of the check, or the name of the cause */
    enum alarm_level level;
    enum alarm_cause cause;
    const struct study_check *check; /* NULL: a fact of the study */
};

struct study_alarm {
    struct text oid; /* "AL04" */
    struct label label;
    uint32_t audience; /* who acknowledges: bit 1 << role */
    struct label told; /* who is told besides and acknowledges nothing; may be absent */
    const struct alarm_step *steps;
    size_t step_count;
    int64_t escalates_after; /* seconds without acknowledgement; 0: never */
    uint32_t escalates_to;   /* bit 1 << role */
    int64_t repeats_after;   /* seconds; 0: it comes once */
    struct text basis;
};

/* Of a design: NULL when it has no such alarm, or step. */
const struct study_alarm *alarm_find(const struct design *design, struct text oid);
const struct alarm_step *alarm_step_find(const struct study_alarm *alarm,
                                         struct text oid);

/* What the step says, in both languages. */
struct label alarm_step_label(const struct alarm_step *step);

/* "OPR RN" → bits. False names the word that is no role. */
bool alarm_roles_parse(struct text list, uint32_t *out, struct text *wrong);
/* "OPR RN", in the order of the roles; in `arena`. */
struct text alarm_roles_text(uint32_t roles, struct arena *arena);

/* "5 min", "12 h", "1 d", "30 s" → seconds. */
bool alarm_duration_parse(struct text written, int64_t *seconds);

/* Who may acknowledge: a role of the audience that has the right of the level at `site`
 * (absent: an alarm of the whole study). Acknowledging ends no cause. */
bool alarm_may_acknowledge(const struct study_alarm *alarm, enum alarm_level level,
                           const struct grant *grants, size_t count, struct text site);

/* The roles of the audience that have the right of the level: bit 1 << role. */
uint32_t alarm_acknowledged_by(const struct study_alarm *alarm, enum alarm_level level);

/* Is it for one of these grants: of the audience, or called by escalation? */
bool alarm_is_for(const struct study_alarm *alarm, bool is_escalated,
                  const struct grant *grants, size_t count, struct text site);

#endif
