#include "actions/delegation.h"

#include "actions/register.h"
#include "actions/study_state.h"

/* What of a line decides, at whatever moment. */
struct delegated {
    struct text site;
    int64_t person;
    enum role role;
    int64_t begins, ends; /* INT64_MAX: open */
    bool is_accepted;     /* or needs nobody to accept it */
    bool has_protocol, has_device;
};

struct delegation {
    pthread_mutex_t lock;
    struct arena *arena; /* of `lines`; NULL: nothing was read yet */
    struct delegated *lines;
    size_t count;
};

struct delegation *delegation_new(struct arena *study)
{
    struct delegation *delegation = ARENA_NEW(study, struct delegation);
    pthread_mutex_init(&delegation->lock, NULL);
    return delegation;
}

void delegation_free(struct delegation *delegation)
{
    pthread_mutex_destroy(&delegation->lock);
    if (delegation->arena != NULL)
        arena_free(delegation->arena);
}

/* --- what the register says ----------------------------------------------------------- */

static struct delegated delegated_of(const struct design *design,
                                     const struct register_kind *kind,
                                     const struct register_line *line, enum role role)
{
    struct delegated out = {.site = line->site,
                            .person = line->person,
                            .role = role,
                            .begins = line->added.at,
                            .ends = INT64_MAX,
                            .is_accepted = line->agreed.seq != 0 ||
                                           !register_line_needs_agreement(kind, line),
                            .has_protocol =
                                register_value(line, "PROTOCOL").len > 0 &&
                                register_value(line, "PROTOCOL_DATE").len > 0,
                            .has_device = register_value(line, "DEVICE_DATE").len > 0};
    (void)register_instant(design, line, register_value(line, "IN_FORCE"), &out.begins);
    if (line->ended.seq != 0)
        (void)register_instant(design, line, line->ends_on, &out.ends);
    return out;
}

static bool read_lines(struct study *study, struct arena *arena, struct delegated **out,
                       size_t *count, struct error *err)
{
    const struct design *design = study_design(study);
    const struct register_kind *kind = register_kind_of(design, TEXT("DELEG"));
    struct register_line *lines = NULL;
    size_t line_count = 0;
    *count = 0;
    if (kind == NULL) /* this study keeps no such log */
        return true;
    struct db *db = store_reader(study->store);
    bool is_read = register_lines(db, TEXT("DELEG"), arena, &lines, &line_count, err);
    store_reader_return(study->store, db);
    if (!is_read)
        return false;
    *out = ARENA_ARRAY(arena, struct delegated, line_count);
    for (size_t i = 0; i < line_count; i++) {
        enum role role = ROLE_PAT;
        if (role_parse(register_value(&lines[i], "ROLE"), &role))
            (*out)[(*count)++] = delegated_of(design, kind, &lines[i], role);
    }
    return true;
}

/* The lock is held. What a register's act has changed is on disk before the mark is set. */
static bool refresh(struct study *study, struct error *err)
{
    struct delegation *delegation = study->delegation;
    struct delegated *lines = NULL;
    size_t count = 0;
    if (!atomic_exchange(&study->is_delegation_stale, false))
        return true;
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    if (!read_lines(study, arena, &lines, &count, err)) {
        atomic_store(&study->is_delegation_stale, true);
        arena_free(arena);
        return false;
    }
    if (delegation->arena != NULL)
        arena_free(delegation->arena);
    delegation->arena = arena;
    delegation->lines = lines;
    delegation->count = count;
    return true;
}

/* --- the gate ------------------------------------------------------------------------- */

/* A role that is held for no site (an imaging reader's) has its line at any. */
static bool is_at(const struct delegated *line, struct text site)
{
    return site.len == 0 || text_equal(line->site, site);
}

/* A line that ended before it began was entered by mistake. */
static bool stands_at(const struct delegation *delegation, struct text site,
                      int64_t now)
{
    for (size_t i = 0; i < delegation->count; i++) {
        const struct delegated *line = &delegation->lines[i];
        if (line->role == ROLE_PI && is_at(line, site) && line->begins <= now &&
            line->begins < line->ends)
            return true;
    }
    return false;
}

/* The needle's device is in the hands of those who run the bedside timer. */
static bool needs_device_training(enum role role)
{
    return permission_scope(PERMISSION_RUN_TIMER, role) != PERMISSION_SCOPE_NONE;
}

static enum delegation_lack lack_of(const struct delegated *line, int64_t now)
{
    if (line->ends <= now)
        return DELEGATION_ENDED;
    if (!line->is_accepted)
        return DELEGATION_NOT_ACCEPTED;
    if (!line->has_protocol)
        return DELEGATION_NO_PROTOCOL_TRAINING;
    if (!line->has_device && needs_device_training(line->role))
        return DELEGATION_NO_DEVICE_TRAINING;
    return line->begins > now ? DELEGATION_LATER : DELEGATION_COMPLETE;
}

/* Of several lines the one that lacks least, which is the order of the lacks. */
static struct resting_grant judge(const struct delegation *delegation, int64_t person,
                                  const struct grant *grant, int64_t now)
{
    struct resting_grant out = {.grant = *grant, .lack = DELEGATION_NO_LINE};
    for (size_t i = 0; i < delegation->count; i++) {
        const struct delegated *line = &delegation->lines[i];
        if (line->person != person || line->role != grant->role ||
            !is_at(line, grant->site))
            continue;
        enum delegation_lack lack = lack_of(line, now);
        if (lack > out.lack)
            continue;
        out.lack = lack;
        out.at = lack == DELEGATION_ENDED   ? line->ends
                 : lack == DELEGATION_LATER ? line->begins
                                            : 0;
    }
    return out;
}

static void take_out(const struct delegation *delegation, int64_t now,
                     struct arena *arena, struct caller *caller)
{
    struct grant *acting = ARENA_ARRAY(arena, struct grant, caller->grant_count);
    struct resting_grant *resting =
        ARENA_ARRAY(arena, struct resting_grant, caller->grant_count);
    size_t acting_count = 0;
    caller->resting_count = 0;
    for (size_t i = 0; i < caller->grant_count; i++) {
        const struct grant *grant = &caller->grants[i];
        struct resting_grant judged = {.lack = DELEGATION_COMPLETE};
        if (register_role_is_delegated(grant->role) &&
            stands_at(delegation, grant->site, now))
            judged = judge(delegation, caller->user, grant, now);
        if (judged.lack == DELEGATION_COMPLETE)
            acting[acting_count++] = *grant;
        else
            resting[caller->resting_count++] = judged;
    }
    caller->resting = resting;
    caller->grants = acting;
    caller->grant_count = acting_count;
}

bool delegation_apply(struct study *study, struct arena *arena, struct caller *caller,
                      struct error *err)
{
    struct delegation *delegation = study->delegation;
    pthread_mutex_lock(&delegation->lock);
    bool is_read = refresh(study, err);
    if (is_read && delegation->count > 0)
        take_out(delegation, study_now(study), arena, caller);
    pthread_mutex_unlock(&delegation->lock);
    return is_read;
}

bool delegation_is_kept(struct study *study, struct text site, bool *out,
                        struct error *err)
{
    struct delegation *delegation = study->delegation;
    pthread_mutex_lock(&delegation->lock);
    bool is_read = refresh(study, err);
    *out = is_read && stands_at(delegation, site, study_now(study));
    pthread_mutex_unlock(&delegation->lock);
    return is_read;
}

struct label delegation_lack_label(enum delegation_lack lack)
{
    static const struct label labels[] = {
#define X(name, in_english, in_chinese)                                                \
    [DELEGATION_##name] = {TEXT_INIT(in_english), TEXT_INIT(in_chinese)},
        DELEGATION_LACK_TABLE(X)
#undef X
    };
    return labels[lack];
}
