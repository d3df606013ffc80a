#include "actions/misuse.h"

#include "actions/program_values.h"
#include "actions/session_keep.h"
#include "actions/study_state.h"
#include "store/web_session.h"
#include "system/log.h"

enum { SECOND = 1000 * 1000, EVENTS_MOST = 5000 };

const char *misuse_code(enum misuse_sign sign)
{
    static const char *const codes[] = {
#define X(name, code, english, chinese) [MISUSE_##name] = (code),
        MISUSE_TABLE(X)
#undef X
    };
    return codes[sign];
}

struct label misuse_label(enum misuse_sign sign)
{
    static const struct label labels[] = {
#define X(name, code, english, chinese)                                                \
    [MISUSE_##name] = {TEXT_INIT(english), TEXT_INIT(chinese)},
        MISUSE_TABLE(X)
#undef X
    };
    return labels[sign];
}

/* --- grouping ---------------------------------------------------------------------------- */

struct gathering {
    struct arena *arena;
    struct misuse *list; /* also those that are too few to be a sign */
    size_t count, capacity;
};

static bool is_same(const struct misuse *group, const struct misuse *one)
{
    if (group->sign != one->sign)
        return false;
    if (one->sign == MISUSE_ADDRESS)
        return text_equal(group->client, one->client);
    return group->user == one->user &&
           (one->user != 0 || text_equal(group->name, one->name));
}

/* The group that goes on with this event. An hour without a failure ends a group of
 * failures, but one that is a sign already stays one. */
static struct misuse *group_of(struct gathering *gathering, const struct misuse *one)
{
    for (size_t i = gathering->count; i-- > 0;) {
        struct misuse *group = &gathering->list[i];
        bool is_near =
            one->last_at - group->last_at <= (int64_t)MISUSE_GAP_SECONDS * SECOND;
        bool is_of_failures =
            one->sign == MISUSE_SIGN_INS || one->sign == MISUSE_ADDRESS;
        if (is_same(group, one))
            return is_near || !is_of_failures ? group : NULL;
    }
    return NULL;
}

static struct misuse *put(struct gathering *gathering, const struct misuse *one)
{
    struct misuse *group = group_of(gathering, one);
    if (group == NULL) {
        gathering->list = ARENA_GROW(gathering->arena, gathering->list,
                                     gathering->count, &gathering->capacity);
        group = &gathering->list[gathering->count++];
        *group = *one;
        group->count = 0;
    }
    group->client = one->client;
    group->why = one->why;
    group->last_at = one->last_at;
    group->last_seq = one->last_seq;
    return group;
}

/* Was this name tried from the address before, in the group at hand? */
static bool is_name_known(const struct log_row *events, size_t at,
                          const struct misuse *group, const struct sign_in_event *who)
{
    for (size_t i = 0; i < at; i++) {
        const struct sign_in_event *other = events[i].content;
        if (other != NULL && events[i].kind == LOG_EVENT_SIGN_IN_FAILED &&
            events[i].server_time >= group->first_at && other->user == who->user &&
            text_equal(other->client, who->client) &&
            text_equal(other->name, who->name))
            return true;
    }
    return false;
}

static struct misuse misuse_of(const struct log_row *event, enum misuse_sign sign)
{
    const struct sign_in_event *who = event->content;
    return (struct misuse){.sign = sign,
                           .user = who->user,
                           .name = who->name,
                           .client = who->client,
                           .why = who->why,
                           .first_at = event->server_time,
                           .last_at = event->server_time,
                           .last_seq = event->seq};
}

static void take_failure(struct gathering *gathering, const struct log_row *events,
                         size_t at)
{
    const struct sign_in_event *who = events[at].content;
    struct misuse one = misuse_of(&events[at], MISUSE_SIGN_INS);
    put(gathering, &one)->count++;
    if (who->client.len == 0)
        return;
    one.sign = MISUSE_ADDRESS;
    one.user = 0;
    one.name = (struct text){0};
    struct misuse *group = put(gathering, &one);
    if (!is_name_known(events, at, group, who))
        group->count++;
}

static void take_refusal(struct gathering *gathering, const struct log_row *event)
{
    const struct sign_in_event *who = event->content;
    bool is_ended = text_equal(who->why, TEXT(MISUSE_ENDED_WHY));
    struct misuse one = misuse_of(event, is_ended ? MISUSE_ENDED : MISUSE_REFUSED);
    put(gathering, &one)->count++;
}

static bool is_sign(const struct misuse *group)
{
    return (group->sign != MISUSE_SIGN_INS && group->sign != MISUSE_ADDRESS) ||
           group->count >= MISUSE_FAILURES;
}

static void sort_latest_first(struct misuse *list, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct misuse one = list[i];
        size_t at = i;
        for (; at > 0 && list[at - 1].last_seq < one.last_seq; at--)
            list[at] = list[at - 1];
        list[at] = one;
    }
}

void misuse_find(const struct log_row *events, size_t count, struct arena *arena,
                 struct misuse **out, size_t *out_count)
{
    struct gathering gathering = {.arena = arena};
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (events[i].content == NULL)
            continue; /* about a participant who is erased */
        if (events[i].kind == LOG_EVENT_SIGN_IN_FAILED)
            take_failure(&gathering, events, i);
        else
            take_refusal(&gathering, &events[i]);
    }
    for (size_t i = 0; i < gathering.count; i++)
        if (is_sign(&gathering.list[i]))
            gathering.list[kept++] = gathering.list[i];
    sort_latest_first(gathering.list, kept);
    *out = gathering.list;
    *out_count = kept;
}

/* --- reading ------------------------------------------------------------------------------ */

static bool name_accounts(struct db *db, struct arena *arena, struct misuse *list,
                          size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        struct user *user = NULL;
        list[i].name = (struct text){0};
        if (list[i].user == 0)
            continue; /* not shown: people type passwords into the wrong field */
        if (!user_by_id(db, list[i].user, arena, &user, err))
            return false;
        list[i].name = user == NULL ? (struct text){0} : user->name;
    }
    return true;
}

static bool read_review(struct db *db, struct arena *arena, struct misuse_shown *out,
                        struct error *err)
{
    struct log_row *review = NULL;
    struct user *by = NULL;
    if (!misuse_latest_review(db, arena, &review, err))
        return false;
    if (review == NULL)
        return true;
    const struct misuse_reviewed *said = review->content;
    out->through = said->through;
    out->reviewed_at = review->server_time;
    out->note = said->note;
    if (!user_by_id(db, review->origin.user, arena, &by, err))
        return false;
    out->reviewed_by = by;
    return true;
}

static bool read_misuse(struct db *db, struct arena *arena, struct misuse_shown *out,
                        struct error *err)
{
    struct log_row *events = NULL;
    size_t count = 0;
    if (!read_review(db, arena, out, err) ||
        !misuse_events(db, out->through, EVENTS_MOST, arena, &events, &count, err))
        return false;
    misuse_find(events, count, arena, &out->list, &out->count);
    out->has_more = count == EVENTS_MOST;
    if (count > 0)
        out->through = events[count - 1].seq;
    return name_accounts(db, arena, out->list, out->count, err);
}

bool misuse_read(struct study *study, const struct caller *caller, struct arena *arena,
                 struct misuse_shown *out, struct error *err)
{
    *out = (struct misuse_shown){0};
    if (!caller_must(caller, PERMISSION_MANAGE_USERS, (struct text){0}, false, err))
        return caller_refused(study, caller, 0, err);
    struct db *db = store_reader(study->store);
    bool is_read = read_misuse(db, arena, out, err);
    store_reader_return(study->store, db);
    return is_read;
}

bool misuse_review(struct act *act, struct txn *txn, struct error *err)
{
    const struct misuse_review *verb = (const struct misuse_review *)act;
    struct origin origin = caller_origin(act->caller);
    struct misuse_shown before = {0};
    if (!caller_must(act->caller, PERMISSION_MANAGE_USERS, (struct text){0}, false,
                     err) ||
        !reason_check(verb->note, err) ||
        !read_review(txn_db(txn), txn_arena(txn), &before, err))
        return false;
    if (verb->through >= txn_next_seq(txn))
        return error_set(err, ERROR_REFUSED, "there is no such event yet");
    if (verb->through <= before.through) {
        error_set(err, ERROR_CHANGED, "somebody has looked at these signs already");
        return error_hint(err, "read the list again");
    }
    struct misuse_reviewed content = {.through = verb->through,
                                      .note = text_trim(verb->note)};
    return txn_append(txn, LOG_EVENT_MISUSE_REVIEWED, &origin, 0, &content, NULL, err);
}

/* --- a sign-in that was ended ------------------------------------------------------------- */

/* Requests that were under way when it ended mean nothing. */
enum { GRACE_SECONDS = 60 };

struct ended_use {
    struct arena *arena;
    struct unit unit;
    struct hash token;
    struct text client;
};

static bool is_misuse(const struct web_session *session, int64_t now)
{
    return session != NULL && session->user < 0 &&
           now - session->last_seen > (int64_t)GRACE_SECONDS * SECOND;
}

/* The mark goes with the first use: a device that goes on asking fills no log. */
static bool ended_use_apply(struct txn *txn, void *data, struct error *err)
{
    const struct ended_use *use = data;
    struct web_session *session = NULL;
    if (!web_session_find(txn_db(txn), &use->token, txn_arena(txn), &session, err))
        return false;
    if (!is_misuse(session, txn_now(txn)))
        return true;
    /* Whoever sent it has proven nothing: the event is the program's. */
    struct origin origin = {.device = session->device, .language = TEXT("en")};
    struct sign_in_event content = {
        .user = -session->user, .why = TEXT(MISUSE_ENDED_WHY), .client = use->client};
    return web_session_end(txn, &use->token, err) &&
           txn_append(txn, LOG_EVENT_ACCESS_REFUSED, &origin, 0, &content, NULL, err);
}

static void ended_use_done(void *data, const struct error *err)
{
    struct ended_use *use = data;
    if (err != NULL)
        log_warning("the use of an ended sign-in is not on the log: %s", err->text);
    arena_free(use->arena);
}

static bool was_ended(struct study *study, const struct hash *token,
                      struct arena *scratch)
{
    struct web_session *session = NULL;
    struct error unused;
    struct db *db = store_reader(study->store);
    bool is_read = web_session_find(db, token, scratch, &session, &unused);
    store_reader_return(study->store, db);
    return is_read && is_misuse(session, study_now(study));
}

void misuse_ended_session(struct study *study, struct text token, struct text client)
{
    enum { USE_BYTES = 16 * 1024 };
    struct hash hash;
    if (!token_hash(token, &hash))
        return;
    struct arena *arena = arena_new(USE_BYTES);
    if (!was_ended(study, &hash, arena)) {
        arena_free(arena);
        return;
    }
    struct ended_use *use = ARENA_NEW(arena, struct ended_use);
    use->arena = arena;
    use->token = hash;
    use->client = text_copy(arena, text_clip(client, LIMIT_NAME));
    use->unit =
        (struct unit){.apply = ended_use_apply, .done = ended_use_done, .data = use};
    struct error queue_error;
    if (!store_submit(study->store, &use->unit, &queue_error))
        ended_use_done(use, &queue_error);
}
