#ifndef OSTEON_ACTIONS_SAFETY_CLOCK_H
#define OSTEON_ACTIONS_SAFETY_CLOCK_H
/* Within what time a serious adverse event is to be reported, as a pure function of facts
 * (specification section 2, step 17, and AL16). Each clock says on what it rests. The
 * limits are figures of a law that was recalled and not read (certainty B): they are shown
 * as to be confirmed.
 *
 * All clocks begin when the site became aware, which is never later than the moment from
 * which the sponsor counts: they may come early, never late. An event whose relation to the
 * device is not answered counts as related, for the same reason. What ends them: SAEI24 the
 * first, SAEEC the sponsor's report, SAEREG that to the national system.
 */
#include "model/design.h"

/* name, hours until amber, hours until red, English, Chinese, where it comes from.
 * Amber at 20 h of 24 is AL16's; one day before the others is a choice of this design. */
// clang-format off
#define SAFETY_CLOCK_TABLE(X)                                                               \
    X(SPONSOR_24H,   20,      24, "Report to the sponsor's office", "报告申办方办公室",      \
      "China device GCP 2022: the investigator, within 24 h",                               \
      "《医疗器械临床试验质量管理规范》2022：研究者 24 小时内")                             \
    X(SPONSOR_7D,  6 * 24, 7 * 24, "Sponsor's report, 7 days", "申办方报告（7 日）",         \
      "China device GCP 2022: death or life-threatening, related to the device",            \
      "《医疗器械临床试验质量管理规范》2022：死亡或危及生命且与器械相关")                   \
    X(SPONSOR_15D, 14 * 24, 15 * 24, "Sponsor's report, 15 days", "申办方报告（15 日）",     \
      "China device GCP 2022: other serious events",                                        \
      "《医疗器械临床试验质量管理规范》2022：其他严重不良事件")                             \
    X(NATIONAL_7D,  6 * 24, 7 * 24, "National device-event system, 7 days",                 \
      "国家医疗器械不良事件监测系统（7 日）",                                              \
      "National monitoring of device events: death", "国家医疗器械不良事件监测：死亡")      \
    X(NATIONAL_20D, 19 * 24, 20 * 24, "National device-event system, 20 days",              \
      "国家医疗器械不良事件监测系统（20 日）",                                             \
      "National monitoring of device events: serious injury",                               \
      "国家医疗器械不良事件监测：严重伤害")
// clang-format on

enum safety_clock_name {
#define X(name, warns, due, english, chinese, rests, rests_chinese) CLOCK_##name,
    SAFETY_CLOCK_TABLE(X)
#undef X
};

/* "SPONSOR_24H" */
struct text safety_clock_code(enum safety_clock_name name);
struct label safety_clock_label(enum safety_clock_name name);
struct label safety_clock_source(enum safety_clock_name name);

enum relation { RELATION_UNKNOWN, RELATION_NONE, RELATION_POSSIBLE };
/* CL.CAUS: NOT and UNL are none; POS, PRO and DEF are possible. */
enum relation relation_of(struct text code);

struct serious_facts {
    int64_t aware_at; /* instants; 0: not told */
    bool is_death, is_life_threatening;
    enum relation device;
    int64_t sponsor_at, ethics_at, system_at; /* reported; 0: not yet */
};

enum clock_state { CLOCK_RUNS, CLOCK_NEAR, CLOCK_LATE, CLOCK_DONE, CLOCK_DONE_LATE };

struct safety_clock {
    enum safety_clock_name name;
    enum clock_state state;
    int64_t warns_at, due_at;
    int64_t done_at; /* 0: not yet */
};
enum { SAFETY_CLOCKS_MOST = 3 };

/* Those that run for this event, at `now`; none while nobody said when the site became
 * aware. Returns how many. */
size_t safety_clocks_of(const struct serious_facts *facts, int64_t now,
                        struct safety_clock out[SAFETY_CLOCKS_MOST]);

#endif
