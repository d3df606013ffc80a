#include "web/live.h"

#include "base/json_write.h"
#include "base/limits.h"
#include "model/event.h"
#include "system/clock.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
    INBOX = 1024,           /* notices between two turns of the caretaker */
    INBOX_HIGH = INBOX / 2, /* where it is emptied though nobody listens */
    SITE_SIZE = 32,
    EVENT_SIZE = 768, /* an event as sent; OIDs have limits, so it always fits */
    STREAM_BYTES = 64 * 1024,
    RETRY_MILLISECONDS = 3000
};

/* A notice with its texts in itself: the writer's memory is gone when it is read. */
struct heard {
    struct store_notice notice;
    char event[LIMIT_OID], form[LIMIT_OID], site[SITE_SIZE];
};

struct told {
    struct heard heard;
    size_t len; /* of `text`; 0: nobody has asked for it yet */
    char text[EVENT_SIZE];
};

struct live_stream {
    struct live_hub *hub;
    struct arena *arena;
    struct caller caller;
    const struct text *sites;
    size_t site_count;
    bool sees_all_sites;
    bool is_overseer; /* hears of what concerns no participant */

    void *connection;
    void (*sleep)(void *connection);
    void (*wake)(void *connection);
    uint64_t place; /* of the next event in the ring */
    int64_t last_sent;
    bool is_greeted, must_reload, wants_ping, is_asleep, is_ended;
    struct live_stream *previous, *next;
};

struct live_hub {
    pthread_mutex_t inbox_mutex; /* the inbox: held for a copy only */
    pthread_cond_t inbox_filled;
    struct heard *inbox;
    size_t inbox_count;
    bool has_overflown, is_poked;
    bool is_listened; /* are there streams? */

    pthread_mutex_t mutex; /* the rest */
    struct heard *batch;   /* takes turns with the inbox */
    struct arena *scratch;
    struct told *ring;
    uint64_t end;   /* place behind the newest event */
    uint64_t gap;   /* streams before this place have missed something */
    int64_t latest; /* seq of the newest */
    struct live_stream *streams;
    int64_t count;
    bool is_ended;
};

static void close_hub(void *data)
{
    struct live_hub *hub = data;
    arena_free(hub->scratch);
    pthread_mutex_destroy(&hub->mutex);
    pthread_mutex_destroy(&hub->inbox_mutex);
    pthread_cond_destroy(&hub->inbox_filled);
}

struct live_hub *live_hub_new(struct arena *process)
{
    struct live_hub *hub = ARENA_NEW(process, struct live_hub);
    hub->inbox = ARENA_ARRAY(process, struct heard, INBOX);
    hub->batch = ARENA_ARRAY(process, struct heard, INBOX);
    hub->ring = ARENA_ARRAY(process, struct told, LIMIT_LIVE_HISTORY);
    hub->scratch = arena_new(STREAM_BYTES);
    ASSERT(pthread_mutex_init(&hub->mutex, NULL) == 0);
    ASSERT(pthread_mutex_init(&hub->inbox_mutex, NULL) == 0);
    pthread_condattr_t attributes;
    ASSERT(pthread_condattr_init(&attributes) == 0);
    ASSERT(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0);
    ASSERT(pthread_cond_init(&hub->inbox_filled, &attributes) == 0);
    pthread_condattr_destroy(&attributes);
    arena_on_end(process, close_hub, hub);
    return hub;
}

static void keep_text(struct text *t, char *room, size_t size)
{
    *t = text_part(*t, 0, size);
    if (t->len > 0)
        memcpy(room, t->at, t->len);
}

void live_heard(void *data, const struct store_notice *notice)
{
    struct live_hub *hub = data;
    pthread_mutex_lock(&hub->inbox_mutex);
    if (hub->inbox_count == INBOX) {
        hub->has_overflown = true;
    } else {
        struct heard *heard = &hub->inbox[hub->inbox_count++];
        heard->notice = *notice;
        keep_text(&heard->notice.event, heard->event, sizeof heard->event);
        keep_text(&heard->notice.form, heard->form, sizeof heard->form);
        keep_text(&heard->notice.site, heard->site, sizeof heard->site);
    }
    /* The caretaker takes all there is: it needs to be woken for the first alone, and
     * while nobody listens not before there are many. */
    size_t enough = hub->is_listened ? 1 : INBOX_HIGH;
    if (hub->inbox_count == enough || hub->has_overflown)
        pthread_cond_signal(&hub->inbox_filled);
    pthread_mutex_unlock(&hub->inbox_mutex);
}

static void write_event(struct json_writer *json, const struct store_notice *notice)
{
    enum log_event_kind kind = LOG_EVENT_NONE;
    json_object(json);
    json_member_integer(json, "seq", notice->seq);
    if (log_event_of_number(notice->kind, &kind))
        json_member_text(json, "kind", log_event_name(kind));
    if (notice->participant != 0)
        json_member_integer(json, "participant", notice->participant);
    if (notice->event.len > 0) {
        json_member_text(json, "event", notice->event);
        json_member_integer(json, "event_repeat", notice->event_repeat);
    }
    if (notice->form.len > 0) {
        json_member_text(json, "form", notice->form);
        json_member_integer(json, "form_repeat", notice->form_repeat);
    }
    json_member_integer(json, "user", notice->user);
    json_member_instant(json, "at", notice->server_time);
    json_end(json);
}

/* One notice becomes the newest event of the ring. */
static void tell(struct live_hub *hub, const struct heard *heard)
{
    struct told *told = &hub->ring[hub->end % LIMIT_LIVE_HISTORY];
    told->heard = *heard;
    told->heard.notice.event.at = told->heard.event;
    told->heard.notice.form.at = told->heard.form;
    told->heard.notice.site.at = told->heard.site;
    told->len = 0;
    hub->end++;
    hub->latest = heard->notice.seq;
}

/* Written when the first stream asks: most saves happen while few are listening. */
static void write_told(struct live_hub *hub, struct told *told)
{
    const struct store_notice *notice = &told->heard.notice;
    arena_reset(hub->scratch);
    struct buffer buffer = buffer_in(hub->scratch, EVENT_SIZE);
    buffer_format(&buffer, "id: %lld\nevent: change\ndata: ", (long long)notice->seq);
    struct json_writer json = json_to(&buffer);
    write_event(&json, notice);
    BUFFER_LITERAL(&buffer, "\n\n");
    struct text text = TEXT("");
    struct error unused;
    /* OIDs full of characters that must be escaped: then say that something changed. */
    if (!buffer_text(&buffer, &text, &unused))
        text = TEXT("event: reload\ndata: {}\n\n");
    memcpy(told->text, text.at, text.len);
    told->len = text.len;
}

static bool sees(const struct live_stream *stream, const struct told *told)
{
    const struct store_notice *notice = &told->heard.notice;
    /* Who manages users hears of each refusal: it may be a sign of misuse. */
    if (notice->kind == LOG_EVENT_ACCESS_REFUSED && stream->is_overseer)
        return true;
    if (notice->participant == 0)
        return stream->is_overseer || notice->kind == LOG_EVENT_DESIGN_PUBLISHED;
    if (stream->sees_all_sites ||
        caller_is_assigned(&stream->caller, notice->participant))
        return true;
    for (size_t i = 0; i < stream->site_count; i++)
        if (text_equal(stream->sites[i], notice->site))
            return true;
    return false;
}

static void wake_stream(struct live_stream *stream)
{
    if (!stream->is_asleep)
        return;
    stream->is_asleep = false;
    stream->wake(stream->connection);
}

/* Those that may see an event from `from` on. */
static void wake_who_sees(struct live_hub *hub, uint64_t from, bool has_overflown)
{
    for (struct live_stream *each = hub->streams; each != NULL; each = each->next) {
        bool has_news = has_overflown;
        for (uint64_t i = from; i < hub->end && !has_news && each->is_asleep; i++)
            has_news = sees(each, &hub->ring[i % LIMIT_LIVE_HISTORY]);
        if (has_news)
            wake_stream(each);
    }
}

static struct timespec moment_after(int64_t microseconds)
{
    int64_t end = clock_monotonic() + microseconds;
    return (struct timespec){.tv_sec = (time_t)(end / 1000000),
                             .tv_nsec = (long)(end % 1000000) * 1000};
}

/* The inbox into the ring. With `mutex` held. */
static void empty_inbox(struct live_hub *hub, bool is_listened)
{
    pthread_mutex_lock(&hub->inbox_mutex);
    hub->is_listened = is_listened;
    size_t count = hub->inbox_count;
    bool has_overflown = hub->has_overflown;
    struct heard *batch = hub->inbox;
    hub->inbox = hub->batch;
    hub->batch = batch;
    hub->inbox_count = 0;
    hub->has_overflown = false;
    pthread_mutex_unlock(&hub->inbox_mutex);
    uint64_t from = hub->end;
    for (size_t i = 0; i < count; i++)
        tell(hub, &batch[i]);
    if (has_overflown)
        hub->gap = hub->end;
    if (count > 0)
        wake_who_sees(hub, from, has_overflown);
}

static bool is_inbox_calm(const struct live_hub *hub)
{
    return !hub->is_poked && hub->inbox_count < (hub->is_listened ? 1 : INBOX_HIGH);
}

void live_deliver(struct live_hub *hub, int64_t microseconds)
{
    struct timespec until = moment_after(microseconds);
    pthread_mutex_lock(&hub->inbox_mutex);
    while (is_inbox_calm(hub))
        if (pthread_cond_timedwait(&hub->inbox_filled, &hub->inbox_mutex, &until) != 0)
            break;
    hub->is_poked = false;
    bool is_empty = hub->inbox_count == 0;
    pthread_mutex_unlock(&hub->inbox_mutex);
    if (is_empty)
        return;
    pthread_mutex_lock(&hub->mutex);
    empty_inbox(hub, hub->streams != NULL);
    pthread_mutex_unlock(&hub->mutex);
}

void live_poke(struct live_hub *hub)
{
    pthread_mutex_lock(&hub->inbox_mutex);
    hub->is_poked = true;
    pthread_cond_signal(&hub->inbox_filled);
    pthread_mutex_unlock(&hub->inbox_mutex);
}

void live_ping(struct live_hub *hub, int64_t now, int64_t silent_since,
               bool (*stands)(struct study *study, const struct caller *caller),
               struct study *study)
{
    pthread_mutex_lock(&hub->mutex);
    for (struct live_stream *each = hub->streams; each != NULL; each = each->next) {
        if (each->last_sent > silent_since)
            continue;
        each->last_sent = now;
        each->wants_ping = true;
        each->is_ended = each->is_ended || !stands(study, &each->caller);
        wake_stream(each);
    }
    pthread_mutex_unlock(&hub->mutex);
}

void live_end_all(struct live_hub *hub)
{
    pthread_mutex_lock(&hub->mutex);
    hub->is_ended = true;
    for (struct live_stream *each = hub->streams; each != NULL; each = each->next) {
        each->is_ended = true;
        wake_stream(each);
    }
    pthread_mutex_unlock(&hub->mutex);
}

int64_t live_count(struct live_hub *hub)
{
    pthread_mutex_lock(&hub->mutex);
    int64_t count = hub->count;
    pthread_mutex_unlock(&hub->mutex);
    return count;
}

static int64_t told_seq(const struct live_hub *hub, uint64_t place)
{
    return hub->ring[place % LIMIT_LIVE_HISTORY].heard.notice.seq;
}

/* The place behind the event `seq`; `*is_missing` when the ring does not reach back to it:
 * numbers have no gaps, so the next one must be there. */
static uint64_t place_behind(const struct live_hub *hub, int64_t seq, bool *is_missing)
{
    uint64_t first = hub->end > LIMIT_LIVE_HISTORY ? hub->end - LIMIT_LIVE_HISTORY : 0;
    first = first < hub->gap ? hub->gap : first;
    uint64_t place = hub->end;
    while (place > first && told_seq(hub, place - 1) > seq)
        place--;
    bool has_reached =
        place > first || (first < hub->end && told_seq(hub, first) == seq + 1);
    *is_missing = seq > hub->latest || (!has_reached && hub->latest != seq);
    return place;
}

static void copy_rights(struct live_stream *stream, const struct caller *caller)
{
    struct arena *arena = stream->arena;
    stream->caller = (struct caller){.user = caller->user, .session = caller->session};
    int64_t *assigned = ARENA_ARRAY(arena, int64_t, caller->assigned_count);
    if (caller->assigned_count > 0)
        memcpy(assigned, caller->assigned, caller->assigned_count * sizeof *assigned);
    stream->caller.assigned = assigned;
    stream->caller.assigned_count = caller->assigned_count;

    const struct text *sites = NULL;
    caller_sites(caller, PERMISSION_VIEW_CASEBOOK, arena, &stream->sees_all_sites,
                 &sites, &stream->site_count);
    struct text *copies = ARENA_ARRAY(arena, struct text, stream->site_count);
    for (size_t i = 0; i < stream->site_count; i++)
        copies[i] = text_copy(arena, sites[i]);
    stream->sites = copies;
    stream->is_overseer =
        caller_may(caller, PERMISSION_MANAGE_USERS, (struct text){0}, false) ||
        caller_may(caller, PERMISSION_VIEW_AUDIT_TRAIL, (struct text){0}, false);
}

bool live_open(struct live_hub *hub, const struct caller *caller, int64_t last_seen,
               struct live_stream **out, struct error *err)
{
    struct arena *arena = arena_new(STREAM_BYTES);
    struct live_stream *stream = ARENA_NEW(arena, struct live_stream);
    *stream = (struct live_stream){
        .hub = hub, .arena = arena, .last_sent = clock_monotonic()};
    copy_rights(stream, caller);
    pthread_mutex_lock(&hub->mutex);
    bool has_room = hub->count < LIMIT_LIVE_STREAMS && !hub->is_ended;
    if (has_room) {
        empty_inbox(hub, true); /* what was said before it came is behind it */
        stream->place = hub->end;
        if (last_seen > 0)
            stream->place = place_behind(hub, last_seen, &stream->must_reload);
        stream->next = hub->streams;
        if (hub->streams != NULL)
            hub->streams->previous = stream;
        hub->streams = stream;
        hub->count++;
    }
    pthread_mutex_unlock(&hub->mutex);
    if (!has_room) {
        arena_free(arena);
        return error_set(err, ERROR_BUSY, "too many pages are listening");
    }
    *out = stream;
    return true;
}

void live_connect(struct live_stream *stream, void *connection,
                  void (*sleep)(void *connection), void (*wake)(void *connection))
{
    stream->connection = connection;
    stream->sleep = sleep;
    stream->wake = wake;
}

static size_t greet(struct live_stream *stream, char *out, size_t room)
{
    long long seq = (long long)stream->hub->latest;
    stream->is_greeted = true;
    int len = snprintf(out, room, "retry: %d\nevent: hello\ndata: {\"seq\":%lld}\n\n",
                       RETRY_MILLISECONDS, seq);
    ASSERT(len > 0 && (size_t)len < room);
    return (size_t)len;
}

static size_t say_reload(struct live_stream *stream, char *out, size_t room)
{
    stream->must_reload = false;
    int len = snprintf(out, room, "id: %lld\nevent: reload\ndata: {\"seq\":%lld}\n\n",
                       (long long)stream->hub->latest, (long long)stream->hub->latest);
    ASSERT(len > 0);
    if ((size_t)len < room)
        return (size_t)len;
    stream->must_reload = true; /* in the next piece */
    return 0;
}

/* Events that the stream may see, as many as there is room for. */
static size_t copy_events(struct live_stream *stream, char *out, size_t room)
{
    struct live_hub *hub = stream->hub;
    size_t len = 0;
    for (; stream->place < hub->end; stream->place++) {
        struct told *told = &hub->ring[stream->place % LIMIT_LIVE_HISTORY];
        if (!sees(stream, told))
            continue;
        if (told->len == 0)
            write_told(hub, told);
        if (told->len > room - len)
            break;
        memcpy(out + len, told->text, told->len);
        len += told->len;
    }
    return len;
}

static size_t take(struct live_stream *stream, char *out, size_t room)
{
    const struct live_hub *hub = stream->hub;
    size_t len = 0;
    bool is_behind =
        stream->place < hub->gap || hub->end - stream->place > LIMIT_LIVE_HISTORY;
    if (is_behind) {
        stream->must_reload = true;
        stream->place = hub->end;
    }
    if (!stream->is_greeted)
        len += greet(stream, out, room);
    if (stream->must_reload)
        len += say_reload(stream, out + len, room - len);
    len += copy_events(stream, out + len, room - len);
    if (len == 0 && stream->wants_ping) {
        static const char ping[] = ": ping\n\n";
        memcpy(out, ping, sizeof ping - 1);
        len = sizeof ping - 1;
    }
    return len;
}

ssize_t live_take(struct live_stream *stream, char *out, size_t room)
{
    struct live_hub *hub = stream->hub;
    ASSERT(room >= EVENT_SIZE); /* so that any one event fits */
    pthread_mutex_lock(&hub->mutex);
    ssize_t len = stream->is_ended ? -1 : (ssize_t)take(stream, out, room);
    if (len > 0) {
        stream->wants_ping = false;
        stream->last_sent = clock_monotonic();
    }
    if (len == 0) {
        stream->is_asleep = true;
        stream->sleep(stream->connection);
    }
    pthread_mutex_unlock(&hub->mutex);
    return len;
}

void live_close(struct live_stream *stream)
{
    struct live_hub *hub = stream->hub;
    pthread_mutex_lock(&hub->mutex);
    if (stream->previous != NULL)
        stream->previous->next = stream->next;
    else
        hub->streams = stream->next;
    if (stream->next != NULL)
        stream->next->previous = stream->previous;
    hub->count--;
    pthread_mutex_unlock(&hub->mutex);
    arena_free(stream->arena);
}
