#ifndef OSTEON_ACTIONS_THROTTLE_H
#define OSTEON_ACTIONS_THROTTLE_H
/* Growing delays after failed sign-ins, in memory: for client addresses, and for typed
 * names that nobody has. (A user's own count stands in the projection of the log.) The
 * table is filled again from the log when the folder is opened.
 *
 * Fixed size. A new key takes the place of the oldest one of its set; a flood from one
 * address cannot use this, since that address is delayed itself.
 */
#include "base/arena.h"

enum {
    THROTTLE_FREE = 3,          /* the failure that brings the first delay */
    THROTTLE_LONGEST = 15 * 60, /* seconds */
    THROTTLE_FORGET = 60 * 60   /* seconds without a failure, for an address */
};

struct throttle;
struct throttle *throttle_new(struct arena *study);

/* Seconds that `failures` in a row cost, counted from the last one: nothing for two, then
 * 2, 4, 8 … 900. */
int64_t throttle_delay(int64_t failures);
/* Seconds left at `now` of the delay after a failure at `last`. */
int64_t throttle_left(int64_t failures, int64_t last, int64_t now);

enum throttle_kind { THROTTLE_ADDRESS, THROTTLE_NAME };
int64_t throttle_wait(struct throttle *throttle, enum throttle_kind kind,
                      struct text key, int64_t now);
void throttle_failed(struct throttle *throttle, enum throttle_kind kind,
                     struct text key, int64_t now);
void throttle_cleared(struct throttle *throttle, enum throttle_kind kind,
                      struct text key);

#endif
