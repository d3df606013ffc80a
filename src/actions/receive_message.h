#ifndef OSTEON_ACTIONS_RECEIVE_MESSAGE_H
#define OSTEON_ACTIONS_RECEIVE_MESSAGE_H
/* Taking in one message of a feed: durable before it is answered.
 *
 *     struct receive_message *verb = …; verb->bytes = …;
 *     if (receive_message_begin(verb))            // on the thread of the connection
 *         act_submit(&verb->act, err);            // else the answer stands already
 *     … when the act has finished: answer by `reason` (listen/acknowledge.h)
 *
 * Taken (AA): its bytes and FEED_MESSAGE_RECEIVED are on disk, and it waits to be filed
 * (actions/filing.h). An error (AE): kept as well, but it waits for a person. Refused (AR):
 * only what it says about itself is on the log. The same control id with the same bytes is
 * answered as before, and nothing is stored.
 */
#include "actions/act.h"
#include "formats/hl7_header.h"
#include "store/feeds.h"

struct receive_message {
    struct act act;
    struct text bytes; /* as they came; of a larger one what was kept of it */
    int64_t size;      /* of all of it */
    struct text
        certificate; /* SHA-256 of the one that was shown, in hex; absent: none */

    /* What it says about itself; set by receive_message_begin. */
    struct hl7_header header;
    struct text feed;
    struct hash digest;
    enum feed_reason found; /* what stands against it by itself */

    enum feed_reason reason; /* results: why it was not taken */
    struct text said; /* by receive_message_begin; told by receive_message_said */
    int64_t message;  /* its number; 0: it is not on the log */
    bool is_repeat;
};

/* Reads the header and looks at the shape. False: it cannot be read or belongs to nobody,
 * so that there is nothing to store; it is answered at once. */
bool receive_message_begin(struct receive_message *verb);
MUST_USE bool receive_message(struct act *act, struct txn *txn, struct error *err);

/* More than the reason says by itself; absent: nothing. */
struct text receive_message_said(const struct receive_message *verb);

#endif
