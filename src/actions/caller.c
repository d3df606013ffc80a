#include "actions/act.h"
#include "actions/study.h"
#include "base/datetime.h"
#include "system/log.h"

#include <inttypes.h>
#include <stdio.h>

enum { LANGUAGE_BYTES = 16 };

static const struct grant operator_grants[] = {{.role = ROLE_ADM}};

struct caller caller_operator(struct text device)
{
    return (struct caller){
        .name = TEXT("operator"),
        .full_name = TEXT("Operator at the command line"),
        .grants = operator_grants,
        .grant_count = ARRAY_COUNT(operator_grants),
        .language = TEXT("en"),
        .device = device,
    };
}

bool caller_may(const struct caller *caller, enum permission permission,
                struct text site, bool is_assigned)
{
    return permission_allows(caller->grants, caller->grant_count, permission, site,
                             is_assigned);
}

bool caller_is_assigned(const struct caller *caller, int64_t participant)
{
    for (size_t i = 0; i < caller->assigned_count; i++)
        if (caller->assigned[i] == participant)
            return true;
    return false;
}

/* "PI, INV, CRC", for the sentence of a refusal. */
static void roles_print(enum permission permission, char *out, size_t size)
{
    size_t len = 0;
    out[0] = '\0';
    for (int role = 0; role < ROLE_COUNT && len + 8 < size; role++) {
        if (permission_scope(permission, (enum role)role) == PERMISSION_SCOPE_NONE)
            continue;
        struct text code = role_code((enum role)role);
        len += (size_t)snprintf(out + len, size - len, "%s%.*s", len > 0 ? ", " : "",
                                TEXT_ARG(code));
    }
}

/* A role that would have been enough, if the delegation log let it act. */
static const struct resting_grant *resting_for(const struct caller *caller,
                                               enum permission permission,
                                               struct text site, bool is_assigned)
{
    for (size_t i = 0; i < caller->resting_count; i++)
        if (permission_allows(&caller->resting[i].grant, 1, permission, site,
                              is_assigned))
            return &caller->resting[i];
    return NULL;
}

static bool refuse_resting(const struct resting_grant *resting,
                           enum permission permission, struct error *err)
{
    struct text name = permission_name(permission);
    struct text lack = delegation_lack_label(resting->lack).english;
    struct text site = resting->grant.site;
    char day[MOMENT_TEXT_SIZE] = "";
    if (resting->at != 0)
        instant_print(resting->at, day);
    error_set(err, ERROR_NOT_ALLOWED,
              "not allowed: %.*s: your role %.*s%s%.*s rests, %.*s%s%.10s",
              TEXT_ARG(name), TEXT_ARG(role_code(resting->grant.role)),
              site.len > 0 ? " at site " : "", TEXT_ARG(site), TEXT_ARG(lack),
              day[0] == '\0'                      ? ""
              : resting->lack == DELEGATION_ENDED ? " on "
                                                  : " but from ",
              day);
    if (resting->lack == DELEGATION_NOT_ACCEPTED)
        return error_hint(err, "accept it in the delegation log: it is your own line");
    return error_hint(err, resting->grant.role == ROLE_PI
                               ? "an administrator keeps the line of a principal "
                                 "investigator"
                               : "the principal investigator keeps the delegation log");
}

bool caller_must(const struct caller *caller, enum permission permission,
                 struct text site, bool is_assigned, struct error *err)
{
    if (caller_may(caller, permission, site, is_assigned))
        return true;
    const struct resting_grant *resting =
        resting_for(caller, permission, site, is_assigned);
    if (resting != NULL)
        return refuse_resting(resting, permission, err);
    char roles[120];
    roles_print(permission, roles, sizeof roles);
    struct text name = permission_name(permission);
    error_set(err, ERROR_NOT_ALLOWED, "not allowed: %.*s%s%.*s", TEXT_ARG(name),
              site.len > 0 ? ", site " : "", TEXT_ARG(site));
    if (roles[0] == '\0')
        return error_hint(err, "no role may do this");
    return error_hint(err, "roles that may: %s", roles);
}

bool caller_must_for(const struct caller *caller, enum permission permission,
                     const struct participant *participant, struct error *err)
{
    return caller_must(caller, permission, participant->site,
                       caller_is_assigned(caller, participant->id), err);
}

bool caller_must_somewhere(const struct caller *caller, enum permission permission,
                           struct error *err)
{
    for (size_t i = 0; i < caller->grant_count; i++)
        if (permission_scope(permission, caller->grants[i].role) !=
            PERMISSION_SCOPE_NONE)
            return true;
    for (size_t i = 0; i < caller->resting_count; i++) {
        const struct grant *grant = &caller->resting[i].grant;
        if (permission_scope(permission, grant->role) != PERMISSION_SCOPE_NONE)
            return refuse_resting(&caller->resting[i], permission, err);
    }
    return caller_must(caller, permission, (struct text){0}, false, err);
}

struct text text_clip(struct text t, size_t most)
{
    if (text_is_absent(t))
        return TEXT("");
    if (t.len <= most)
        return t;
    size_t len = most;
    while (len > 0 && ((unsigned char)t.at[len] & 0xC0) == 0x80)
        len--;
    return text_part(t, 0, len);
}

struct origin caller_origin(const struct caller *caller)
{
    return (struct origin){
        .user = caller->user,
        .device = text_clip(caller->device, LIMIT_NAME),
        .language = text_clip(caller->language, LANGUAGE_BYTES),
    };
}

void caller_sites(const struct caller *caller, enum permission permission,
                  struct arena *arena, bool *all, const struct text **sites,
                  size_t *count)
{
    struct text *list = ARENA_ARRAY(arena, struct text, caller->grant_count + 1);
    *all = false;
    *count = 0;
    *sites = list;
    for (size_t i = 0; i < caller->grant_count; i++) {
        const struct grant *grant = &caller->grants[i];
        enum permission_scope scope = permission_scope(permission, grant->role);
        if (scope == PERMISSION_SCOPE_ALL_SITES)
            *all = true;
        if (scope != PERMISSION_SCOPE_OWN_SITE || text_is_absent(grant->site))
            continue;
        bool is_known = false;
        for (size_t k = 0; k < *count; k++)
            is_known = is_known || text_equal(list[k], grant->site);
        if (!is_known)
            list[(*count)++] = grant->site;
    }
}

/* --- a refusal of a verb that only reads, put on the log without waiting ------------- */

struct refusal {
    struct arena *arena;
    struct unit unit;
    struct origin origin;
    int64_t participant;
    struct sign_in_event content;
};

static bool refusal_apply(struct txn *txn, void *data, struct error *err)
{
    struct refusal *refusal = data;
    return txn_append(txn, LOG_EVENT_ACCESS_REFUSED, &refusal->origin,
                      refusal->participant, &refusal->content, NULL, err);
}

static void refusal_done(void *data, const struct error *err)
{
    struct refusal *refusal = data;
    if (err != NULL)
        log_warning("a refused access of user %" PRId64 " is not on the log: %s",
                    refusal->origin.user, err->text);
    arena_free(refusal->arena);
}

bool caller_refused(struct study *study, const struct caller *caller,
                    int64_t participant, const struct error *err)
{
    enum { REFUSAL_BYTES = 16 * 1024 };
    if (err->code != ERROR_NOT_ALLOWED)
        return false;
    struct arena *arena = arena_new(REFUSAL_BYTES);
    struct refusal *refusal = ARENA_NEW(arena, struct refusal);
    refusal->arena = arena;
    refusal->participant = participant;
    refusal->origin = caller_origin(caller);
    refusal->origin.device = text_copy(arena, text_part(caller->device, 0, LIMIT_NAME));
    refusal->origin.language =
        text_copy(arena, text_part(caller->language, 0, LIMIT_NAME));
    refusal->content = (struct sign_in_event){
        .user = caller->user,
        .why = text_copy(arena, text_of(err->text)),
        .client = text_copy(arena, text_clip(caller->client, LIMIT_NAME)),
    };
    refusal->unit =
        (struct unit){.apply = refusal_apply, .done = refusal_done, .data = refusal};
    struct error queue_error;
    if (!store_submit(study_store(study), &refusal->unit, &queue_error))
        refusal_done(refusal, &queue_error);
    return false;
}
