#include "demo/registers.h"

#include "actions/identity.h"
#include "actions/register.h"
#include "demo/plan.h"

#define SITE TEXT("01")

enum { MOST_ENTRIES = 12 };

struct keeping {
    struct study *study;
    const struct user *const *people;
    struct arena *arena;
    struct test_clock time; /* goes on with each act */
    struct clock clock;
    struct error *err;
};

static struct caller caller_of(const struct user *user)
{
    return (struct caller){.user = user->id,
                           .name = user->name,
                           .full_name = user->full_name,
                           .grants = user->grants,
                           .grant_count = user->grant_count,
                           .language = TEXT("en"),
                           .device = TEXT("SYNTHETIC desk"),
                           .client = TEXT("192.0.2.1")};
}

static struct act act_now(struct keeping *keeping, const struct caller *by,
                          bool (*decide)(struct act *, struct txn *, struct error *))
{
    struct act act = act_of(keeping->study, by, keeping->arena, decide);
    keeping->time.instant += 2 * MINUTES;
    act.clock = &keeping->clock;
    return act;
}

/* Entries: field, value, field, value … */
struct line {
    const char *name;
    struct text person;
    const char *entries[2 * MOST_ENTRIES];
};

static bool add_line(struct keeping *keeping, const struct caller *by,
                     const struct line *line, int64_t *number)
{
    struct register_entry entries[MOST_ENTRIES];
    struct register_add verb = {.act = act_now(keeping, by, register_add),
                                .name = text_of(line->name),
                                .site = SITE,
                                .person = line->person,
                                .document = TEXT("SYNTHETIC letter of 2025-11-10"),
                                .entries = entries};
    for (; line->entries[2 * verb.entry_count] != NULL; verb.entry_count++)
        entries[verb.entry_count] =
            (struct register_entry){text_of(line->entries[2 * verb.entry_count]),
                                    text_of(line->entries[2 * verb.entry_count + 1])};
    bool is_done = act_run(&verb.act, keeping->err);
    *number = verb.line;
    return is_done || error_in(keeping->err, "register %s of the demo", line->name);
}

static bool agree(struct keeping *keeping, const struct caller *by, const char *name,
                  int64_t line)
{
    struct register_agree verb = {.act = act_now(keeping, by, register_agree),
                                  .name = text_of(name),
                                  .line = line,
                                  .seen = line,
                                  .is_proven = true};
    return act_run(&verb.act, keeping->err);
}

/* --- who may act ---------------------------------------------------------------------- */

static bool verify_everybody(struct keeping *keeping, const struct caller *runner)
{
    for (size_t i = 0; i < STAFF_COUNT; i++) {
        struct identity_verify verb = {
            .act = act_now(keeping, runner, identity_verify),
            .user = keeping->people[i]->id,
            .how =
                TEXT("SYNTHETIC identity card; certification in the SYNTHETIC binder"),
            .certified_on = TEXT("2025-11-17")};
        if (!act_run(&verb.act, keeping->err))
            return false;
    }
    return true;
}

static const char *tasks_of(enum role role)
{
    switch ((int)role) {
    case ROLE_PI: return "SYNTHETIC: answers for the study at the site";
    case ROLE_INV: return "SYNTHETIC: eligibility, consent, enrolment, signatures";
    case ROLE_OPR: return "SYNTHETIC: placement of the needle, bedside timer";
    case ROLE_RN: return "SYNTHETIC: infusion, vital signs, site checks";
    case ROLE_CRC: return "SYNTHETIC: forms, queries, registers";
    case ROLE_LAB: return "SYNTHETIC: laboratory results";
    default: return "SYNTHETIC: reads of images";
    }
}

static bool delegate(struct keeping *keeping, const struct caller *runner)
{
    struct caller pi = caller_of(keeping->people[STAFF_PI]);
    for (size_t i = 0; i < STAFF_COUNT; i++) {
        enum role role = staff_rows[i].role;
        struct caller person = caller_of(keeping->people[i]);
        int64_t number = 0;
        if (!register_role_is_delegated(role))
            continue;
        const struct line line = {"DELEG",
                                  staff_rows[i].name,
                                  {"ROLE", role_code(role).at, "TASKS", tasks_of(role),
                                   "PROTOCOL", "SYNTHETIC 1.0", "PROTOCOL_DATE",
                                   "2025-11-12", "DEVICE_DATE", "2025-11-13",
                                   "IN_FORCE", "2025-11-18"}};
        bool is_pi = role == ROLE_PI;
        if (!add_line(keeping, is_pi ? runner : &pi, &line, &number) ||
            (!is_pi && !agree(keeping, &person, "DELEG", number)))
            return false;
    }
    return true;
}

/* --- what is used --------------------------------------------------------------------- */

static const struct line things[] = {
    {"ICFV",
     {0},
     {"VERSION", "SYNTHETIC V1.0 2025-11-01", "LANGUAGE", "zh", "COMMITTEE",
      "SYNTHETIC ethics committee", "APPROVAL", "SYNTHETIC-EC-2025-01", "APPROVED",
      "2025-10-28", "IN_FORCE", "2025-11-01"}},
    {"LOT",
     {0},
     {"MODEL", "SYNTHETIC needle set", "KIND", "needle", "LENGTH", "25 mm", "NUMBER",
      "SYN01", "EXPIRY", "2029-12-31", "RECEIVED", "20", "RECEIVED_AT", "2025-11-14",
      "PLACE", "SYNTHETIC cabinet, ICU"}},
    {"LOT",
     {0},
     {"MODEL", "SYNTHETIC needle set", "KIND", "needle", "LENGTH", "45 mm", "NUMBER",
      "SYN02", "EXPIRY", "2029-12-31", "RECEIVED", "20", "RECEIVED_AT", "2025-11-14",
      "PLACE", "SYNTHETIC cabinet, ICU"}},
    {"LOT",
     {0},
     {"MODEL", "SYNTHETIC needle set", "KIND", "needle", "LENGTH", "25 mm", "NUMBER",
      "SYN09", "EXPIRY", "2026-03-31", "RECEIVED", "10", "RECEIVED_AT", "2025-11-14",
      "HOLD_AT", "2025-11-16", "HOLD_REASON", "SYNTHETIC: seal damaged in transport"}},
};

static bool enter_things(struct keeping *keeping)
{
    struct caller crc = caller_of(keeping->people[STAFF_COORDINATOR]);
    int64_t number = 0;
    for (size_t i = 0; i < ARRAY_COUNT(things); i++)
        if (!add_line(keeping, &crc, &things[i], &number))
            return false;
    return true;
}

/* The value of the design, put on record by two persons: it changes no rule. */
static bool configure(struct keeping *keeping)
{
    static const struct line change = {
        "CONF",
        {0},
        {"KIND", "limit", "SETTING", "lidocaine_limit", "NEW", "3 mg/kg", "REASON",
         "SYNTHETIC: confirmed by the pharmacy of the site", "IN_FORCE", "2025-11-18"}};
    struct caller dm = caller_of(keeping->people[STAFF_DATA_MANAGER]);
    struct caller pi = caller_of(keeping->people[STAFF_PI]);
    int64_t number = 0;
    return add_line(keeping, &dm, &change, &number) &&
           agree(keeping, &pi, "CONF", number);
}

bool demo_registers(struct study *study, const struct user *const *people,
                    int64_t begins, struct arena *arena, struct error *err)
{
    struct keeping keeping = {.study = study,
                              .people = people,
                              .arena = arena,
                              .time = {.instant = begins},
                              .err = err};
    struct caller runner = caller_operator(TEXT("osteon demo"));
    keeping.clock = test_clock(&keeping.time);
    return verify_everybody(&keeping, &runner) && delegate(&keeping, &runner) &&
           enter_things(&keeping) && configure(&keeping);
}
