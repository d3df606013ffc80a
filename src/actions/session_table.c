#include "actions/session_table.h"

#include "actions/session.h"
#include "base/limits.h"

#include <pthread.h>
#include <string.h>

enum {
    BUCKETS = 4096,
    SESSIONS = 16384,
    SECOND = 1000 * 1000,
    ENTRY_BYTES = 64 * 1024
};

struct entry {
    struct entry *next; /* in its bucket, or in the list of free ones */
    struct hash token;
    int64_t user, began, last_used, last_written;
    struct arena *arena; /* the texts and grants of `caller` */
    struct caller caller;
    bool has_secret, has_signed;
    uint8_t secret[TOTP_SECRET_SIZE];
};

struct session_table {
    pthread_mutex_t lock;
    struct arena *study;
    struct entry *buckets[BUCKETS];
    struct entry *unused;
    size_t count;
};

static void entry_clear(struct entry *entry)
{
    arena_free(entry->arena);
    wipe(entry->secret, sizeof entry->secret);
    *entry = (struct entry){0};
}

static void session_table_end(void *data)
{
    struct session_table *table = data;
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct entry *entry = table->buckets[i]; entry != NULL;
             entry = entry->next)
            arena_free(entry->arena);
    pthread_mutex_destroy(&table->lock);
}

struct session_table *session_table_new(struct arena *study)
{
    struct session_table *table = ARENA_NEW(study, struct session_table);
    table->study = study;
    pthread_mutex_init(&table->lock, NULL);
    arena_on_end(study, session_table_end, table);
    return table;
}

static struct entry **bucket_of(struct session_table *table, const struct hash *token)
{
    uint32_t number = 0;
    memcpy(&number, token->bytes, sizeof number);
    return &table->buckets[number % BUCKETS];
}

static struct entry *entry_find(struct session_table *table, const struct hash *token)
{
    for (struct entry *entry = *bucket_of(table, token); entry != NULL;
         entry = entry->next)
        if (hash_equal(&entry->token, token))
            return entry;
    return NULL;
}

static void entry_drop(struct session_table *table, struct entry *gone)
{
    struct entry **at = bucket_of(table, &gone->token);
    while (*at != gone)
        at = &(*at)->next;
    *at = gone->next;
    entry_clear(gone);
    gone->next = table->unused;
    table->unused = gone;
    table->count--;
}

/* The least used session: of `user`, or of anybody when `user` is -1. */
static struct entry *entry_idlest(struct session_table *table, int64_t user,
                                  size_t *count)
{
    struct entry *idlest = NULL;
    *count = 0;
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct entry *entry = table->buckets[i]; entry != NULL;
             entry = entry->next) {
            if (user != -1 && entry->user != user)
                continue;
            (*count)++;
            if (idlest == NULL || entry->last_used < idlest->last_used)
                idlest = entry;
        }
    return idlest;
}

static void make_room(struct session_table *table, int64_t user)
{
    size_t count = 0;
    struct entry *idlest = entry_idlest(table, user, &count);
    if (count >= LIMIT_SESSIONS_PER_USER)
        entry_drop(table, idlest);
    if (table->count >= SESSIONS)
        entry_drop(table, entry_idlest(table, -1, &count));
}

static void grants_copy(struct entry *entry, const struct user *user)
{
    struct grant *grants = ARENA_ARRAY(entry->arena, struct grant, user->grant_count);
    for (size_t i = 0; i < user->grant_count; i++) {
        grants[i] = user->grants[i];
        if (!text_is_absent(grants[i].site))
            grants[i].site = text_copy(entry->arena, grants[i].site);
    }
    entry->caller.grants = grants;
    entry->caller.grant_count = user->grant_count;
}

static struct entry *entry_new(struct session_table *table)
{
    struct entry *entry = table->unused;
    if (entry == NULL)
        entry = ARENA_NEW(table->study, struct entry);
    else
        table->unused = entry->next;
    *entry = (struct entry){.arena = arena_new(ENTRY_BYTES)};
    table->count++;
    return entry;
}

void session_table_put(struct session_table *table, const struct session_begin *begin)
{
    pthread_mutex_lock(&table->lock);
    struct entry *known = entry_find(table, &begin->token);
    if (known != NULL) /* two requests took up one kept session */
        entry_drop(table, known);
    make_room(table, begin->user->id);
    struct entry *entry = entry_new(table);
    entry->token = begin->token;
    entry->user = begin->user->id;
    entry->began = begin->began;
    entry->last_used = begin->last_used;
    entry->last_written = begin->last_used;
    entry->caller.user = begin->user->id;
    entry->caller.name = text_copy(entry->arena, begin->user->name);
    entry->caller.full_name = text_copy(entry->arena, begin->user->full_name);
    entry->caller.client =
        text_copy(entry->arena, text_clip(begin->client, LIMIT_NAME));
    entry->caller.device =
        text_copy(entry->arena, text_clip(begin->device, LIMIT_NAME));
    entry->caller.session = begin->token;
    grants_copy(entry, begin->user);
    struct entry **bucket = bucket_of(table, &begin->token);
    entry->next = *bucket;
    *bucket = entry;
    pthread_mutex_unlock(&table->lock);
}

static enum session_answer entry_answer(const struct entry *entry, int64_t now)
{
    if (now - entry->began > (int64_t)SESSION_LONGEST * SECOND)
        return SESSION_EXPIRED;
    if (now - entry->last_used > (int64_t)SESSION_IDLE_END * SECOND)
        return SESSION_IDLE;
    return SESSION_FOUND;
}

static void caller_copy(const struct caller *from, struct arena *arena,
                        struct caller *caller)
{
    *caller = *from;
    caller->name = text_copy(arena, from->name);
    caller->full_name = text_copy(arena, from->full_name);
    caller->client = text_copy(arena, from->client);
    caller->device = text_copy(arena, from->device);
    struct grant *grants = ARENA_ARRAY(arena, struct grant, from->grant_count);
    for (size_t i = 0; i < from->grant_count; i++) {
        grants[i] = from->grants[i];
        if (!text_is_absent(grants[i].site))
            grants[i].site = text_copy(arena, grants[i].site);
    }
    caller->grants = grants;
}

enum session_answer session_table_use(struct session_table *table,
                                      const struct hash *token, int64_t now,
                                      struct arena *arena, struct caller *caller)
{
    enum session_answer answer = SESSION_UNKNOWN;
    pthread_mutex_lock(&table->lock);
    struct entry *entry = entry_find(table, token);
    if (entry != NULL) {
        answer = entry_answer(entry, now);
        if (answer == SESSION_FOUND) {
            if (now > entry->last_used)
                entry->last_used = now;
            caller_copy(&entry->caller, arena, caller);
        } else {
            entry_drop(table, entry);
        }
    }
    pthread_mutex_unlock(&table->lock);
    return answer;
}

bool session_table_has(struct session_table *table, const struct hash *token)
{
    pthread_mutex_lock(&table->lock);
    bool has = entry_find(table, token) != NULL;
    pthread_mutex_unlock(&table->lock);
    return has;
}

int64_t session_table_last_used(struct session_table *table, const struct hash *token)
{
    pthread_mutex_lock(&table->lock);
    const struct entry *entry = entry_find(table, token);
    int64_t last_used = entry == NULL ? 0 : entry->last_used;
    pthread_mutex_unlock(&table->lock);
    return last_used;
}

bool session_table_touch_due(struct session_table *table, const struct hash *token,
                             int64_t now)
{
    enum { EVERY = 5 * 60 }; /* seconds */
    pthread_mutex_lock(&table->lock);
    struct entry *entry = entry_find(table, token);
    bool is_due = entry != NULL && now - entry->last_written >= (int64_t)EVERY * SECOND;
    if (is_due)
        entry->last_written = now;
    pthread_mutex_unlock(&table->lock);
    return is_due;
}

void session_table_drop(struct session_table *table, const struct hash *token)
{
    pthread_mutex_lock(&table->lock);
    struct entry *entry = entry_find(table, token);
    if (entry != NULL)
        entry_drop(table, entry);
    pthread_mutex_unlock(&table->lock);
}

int64_t session_table_drop_user(struct session_table *table, int64_t user,
                                const struct hash *except)
{
    int64_t count = 0;
    pthread_mutex_lock(&table->lock);
    for (size_t i = 0; i < BUCKETS; i++) {
        struct entry *next = NULL;
        for (struct entry *entry = table->buckets[i]; entry != NULL; entry = next) {
            next = entry->next;
            if (entry->user != user ||
                (except != NULL && hash_equal(&entry->token, except)))
                continue;
            entry_drop(table, entry);
            count++;
        }
    }
    pthread_mutex_unlock(&table->lock);
    return count;
}

/* Puts `seen` where it belongs among the newer ones before it. */
static void seen_insert(struct session_seen *list, size_t count,
                        struct session_seen seen)
{
    size_t at = count;
    for (; at > 0 && list[at - 1].began < seen.began; at--)
        list[at] = list[at - 1];
    list[at] = seen;
}

void session_table_list(struct session_table *table, int64_t user, int64_t now,
                        struct arena *arena, struct session_seen **out, size_t *count)
{
    struct session_seen *list =
        ARENA_ARRAY(arena, struct session_seen, LIMIT_SESSIONS_PER_USER);
    *count = 0;
    pthread_mutex_lock(&table->lock);
    for (size_t i = 0; i < BUCKETS; i++)
        for (const struct entry *entry = table->buckets[i]; entry != NULL;
             entry = entry->next) {
            if (entry->user != user || entry_answer(entry, now) != SESSION_FOUND)
                continue;
            struct session_seen seen = {
                .token = entry->token,
                .began = entry->began,
                .last_used = entry->last_used,
                .client = text_copy(arena, entry->caller.client),
                .device = text_copy(arena, entry->caller.device),
            };
            if (*count < LIMIT_SESSIONS_PER_USER)
                seen_insert(list, (*count)++, seen);
        }
    pthread_mutex_unlock(&table->lock);
    *out = list;
}

bool session_table_set_secret(struct session_table *table, const struct hash *token,
                              const uint8_t secret[TOTP_SECRET_SIZE])
{
    pthread_mutex_lock(&table->lock);
    struct entry *entry = entry_find(table, token);
    if (entry != NULL) {
        memcpy(entry->secret, secret, TOTP_SECRET_SIZE);
        entry->has_secret = true;
    }
    pthread_mutex_unlock(&table->lock);
    return entry != NULL;
}

bool session_table_secret(struct session_table *table, const struct hash *token,
                          uint8_t out[TOTP_SECRET_SIZE])
{
    pthread_mutex_lock(&table->lock);
    const struct entry *entry = entry_find(table, token);
    bool has_secret = entry != NULL && entry->has_secret;
    if (has_secret)
        memcpy(out, entry->secret, TOTP_SECRET_SIZE);
    pthread_mutex_unlock(&table->lock);
    return has_secret;
}

void session_table_set_signed(struct session_table *table, const struct hash *token)
{
    pthread_mutex_lock(&table->lock);
    struct entry *entry = entry_find(table, token);
    if (entry != NULL)
        entry->has_signed = true;
    pthread_mutex_unlock(&table->lock);
}

bool session_table_has_signed(struct session_table *table, const struct hash *token)
{
    pthread_mutex_lock(&table->lock);
    const struct entry *entry = entry_find(table, token);
    bool has_signed = entry != NULL && entry->has_signed;
    pthread_mutex_unlock(&table->lock);
    return has_signed;
}
