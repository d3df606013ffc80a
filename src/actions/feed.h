#ifndef OSTEON_ACTIONS_FEED_H
#define OSTEON_ACTIONS_FEED_H
/* Feeds for people: which there are and how they stand ('view feed state (no values)'), who
 * may send ('manage feeds and certificates'), and which messages came ('reconcile feed
 * messages'). */
#include "actions/act.h"
#include "store/feeds.h"

/* Opens a feed, or closes it, by what its messages say of their sender. */
struct feed_change {
    struct act act;
    struct text feed;  /* "LIS@CENTRALLAB" */
    struct text label; /* what people call it; empty: its name */
    bool is_open;
    struct text certificate; /* SHA-256 in hex; empty: any */
    int64_t silent_after;    /* minutes; 0: silence is nothing unusual */
    struct text reason;
};
MUST_USE bool feed_change(struct act *act, struct txn *txn, struct error *err);

/* Where senders connect, while somebody listens. */
struct feed_door {
    struct text address; /* "192.0.2.1:2575" */
    bool has_tls, wants_certificate;
};
/* `door` lives until another is set; NULL: nobody listens. */
void feed_door_set(struct study *study, const struct feed_door *door);
const struct feed_door *feed_door_get(const struct study *study);

struct feed_state_entry {
    struct feed feed;
    struct text set_by;         /* a person's name; absent: nobody has decided on it */
    struct text refused_reason; /* of the last refusal; absent: none */
    int64_t today, waiting, quarantined;
    bool is_silent; /* for longer than it may be */
};
struct feed_state_list {
    struct feed_state_entry *at;
    size_t count;
};
MUST_USE bool feed_states_read(struct study *study, const struct caller *caller,
                               struct arena *arena, struct feed_state_list *out,
                               struct error *err);

/* Which messages: `most` before the message `before`, the last to come first; of `state`,
 * or FEED_STATES: all. */
struct feed_messages_wanted {
    enum feed_state state;
    int64_t before;
    size_t most;
};
MUST_USE bool feed_messages_view(struct study *study, const struct caller *caller,
                                 const struct feed_messages_wanted *wanted,
                                 struct arena *arena, struct feed_message_list *out,
                                 struct error *err);

#endif
