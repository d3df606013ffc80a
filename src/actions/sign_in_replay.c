#include "actions/sign_in_replay.h"

#include "model/event.h"
#include "store/reads.h"

enum { EVENTS_LOOKED_AT = 20000, SIGN_INS_TAKEN = 1000 };

struct replay {
    struct log_row *rows;
    size_t count;
};

static bool read_kind(struct db *db, enum log_event_kind kind, int64_t after,
                      struct arena *arena, struct replay *out, struct error *err)
{
    struct log_filter filter = {.after = after,
                                .user = -1,
                                .kind = (int32_t)kind,
                                .newest_first = true,
                                .limit = SIGN_INS_TAKEN};
    return log_list(db, &filter, arena, &out->rows, &out->count, err);
}

static void replay_failure(struct study *study, const struct log_row *row)
{
    const struct sign_in_event *event = row->content;
    if (event == NULL)
        return;
    if (event->client.len > 0)
        throttle_failed(study->throttle, THROTTLE_ADDRESS, event->client,
                        row->server_time);
    if (event->user == 0 && event->name.len > 0)
        throttle_failed(study->throttle, THROTTLE_NAME, event->name, row->server_time);
}

static void replay_success(struct study *study, const struct log_row *row)
{
    const struct sign_in_event *event = row->content;
    if (event != NULL && event->client.len > 0)
        throttle_cleared(study->throttle, THROTTLE_ADDRESS, event->client);
}

/* Both lists are newest first: from their ends, the earlier one first. */
static void replay_in_order(struct study *study, const struct replay *failed,
                            const struct replay *succeeded)
{
    size_t f = failed->count;
    size_t s = succeeded->count;
    while (f > 0 || s > 0) {
        if (s == 0 || (f > 0 && failed->rows[f - 1].seq < succeeded->rows[s - 1].seq))
            replay_failure(study, &failed->rows[--f]);
        else
            replay_success(study, &succeeded->rows[--s]);
    }
}

bool sign_in_replay(struct study *study, struct error *err)
{
    struct arena *scratch = arena_new(LIMIT_REQUEST_ARENA);
    struct replay failed = {0};
    struct replay succeeded = {0};
    struct hash head;
    int64_t seq = 0;
    struct db *db = store_reader(study->store);
    bool is_read = log_head(db, &seq, &head, err);
    int64_t after = seq > EVENTS_LOOKED_AT ? seq - EVENTS_LOOKED_AT : 0;
    is_read = is_read &&
              read_kind(db, LOG_EVENT_SIGN_IN_FAILED, after, scratch, &failed, err) &&
              read_kind(db, LOG_EVENT_SIGNED_IN, after, scratch, &succeeded, err);
    store_reader_return(study->store, db);
    if (is_read)
        replay_in_order(study, &failed, &succeeded);
    arena_free(scratch);
    return is_read;
}
