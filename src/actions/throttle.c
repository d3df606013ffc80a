#include "actions/throttle.h"

#include "system/crypto.h"

#include <pthread.h>
#include <string.h>

enum { SETS = 512, WAYS = 8, SECOND = 1000 * 1000 };

struct throttle_entry {
    uint64_t key; /* 0: free */
    int64_t failures;
    int64_t last;
};

struct throttle {
    pthread_mutex_t lock;
    struct throttle_entry entries[SETS][WAYS];
};

static void throttle_end(void *data)
{
    struct throttle *throttle = data;
    pthread_mutex_destroy(&throttle->lock);
}

struct throttle *throttle_new(struct arena *study)
{
    struct throttle *throttle = ARENA_NEW(study, struct throttle);
    pthread_mutex_init(&throttle->lock, NULL);
    arena_on_end(study, throttle_end, throttle);
    return throttle;
}

int64_t throttle_delay(int64_t failures)
{
    enum { LONGEST_SHIFT = 10 }; /* 2^10 is beyond 15 minutes */
    if (failures < THROTTLE_FREE)
        return 0;
    int64_t power = failures - THROTTLE_FREE + 1;
    if (power >= LONGEST_SHIFT)
        return THROTTLE_LONGEST;
    int64_t delay = INT64_C(1) << power;
    return delay < THROTTLE_LONGEST ? delay : THROTTLE_LONGEST;
}

int64_t throttle_left(int64_t failures, int64_t last, int64_t now)
{
    int64_t until = last + throttle_delay(failures) * SECOND;
    if (until <= now)
        return 0;
    return (until - now + SECOND - 1) / SECOND;
}

static uint64_t key_of(enum throttle_kind kind, struct text key)
{
    struct hash hash = hash_of(key);
    uint64_t number = 0;
    memcpy(&number, hash.bytes, sizeof number);
    number ^= (uint64_t)kind + 1;
    return number != 0 ? number : 1;
}

/* The key's entry, or NULL. The lock is held. */
static struct throttle_entry *entry_find(struct throttle *throttle, uint64_t key)
{
    struct throttle_entry *set = throttle->entries[key % SETS];
    for (size_t i = 0; i < WAYS; i++)
        if (set[i].key == key)
            return &set[i];
    return NULL;
}

static struct throttle_entry *entry_oldest(struct throttle *throttle, uint64_t key)
{
    struct throttle_entry *set = throttle->entries[key % SETS];
    struct throttle_entry *oldest = &set[0];
    for (size_t i = 1; i < WAYS; i++)
        if (set[i].key == 0 || set[i].last < oldest->last)
            oldest = &set[i];
    return oldest;
}

int64_t throttle_wait(struct throttle *throttle, enum throttle_kind kind,
                      struct text key, int64_t now)
{
    int64_t left = 0;
    uint64_t number = key_of(kind, key);
    pthread_mutex_lock(&throttle->lock);
    const struct throttle_entry *entry = entry_find(throttle, number);
    if (entry != NULL)
        left = throttle_left(entry->failures, entry->last, now);
    pthread_mutex_unlock(&throttle->lock);
    return left;
}

void throttle_failed(struct throttle *throttle, enum throttle_kind kind,
                     struct text key, int64_t now)
{
    uint64_t number = key_of(kind, key);
    pthread_mutex_lock(&throttle->lock);
    struct throttle_entry *entry = entry_find(throttle, number);
    if (entry == NULL) {
        entry = entry_oldest(throttle, number);
        *entry = (struct throttle_entry){.key = number};
    }
    /* A user's own count ends with a success only; so does that of a name nobody has. */
    if (kind == THROTTLE_ADDRESS &&
        now - entry->last > (int64_t)THROTTLE_FORGET * SECOND)
        entry->failures = 0;
    entry->failures++;
    entry->last = now;
    pthread_mutex_unlock(&throttle->lock);
}

void throttle_cleared(struct throttle *throttle, enum throttle_kind kind,
                      struct text key)
{
    uint64_t number = key_of(kind, key);
    pthread_mutex_lock(&throttle->lock);
    struct throttle_entry *entry = entry_find(throttle, number);
    if (entry != NULL)
        *entry = (struct throttle_entry){0};
    pthread_mutex_unlock(&throttle->lock);
}
