#ifndef OSTEON_LISTEN_MLLP_H
#define OSTEON_LISTEN_MLLP_H
/* The minimal lower layer protocol: a message stands between 0x0B and 0x1C 0x0D (HL7 v2.5.1
 * appendix C, section C.4). Bytes are given as they arrive, in any pieces.
 *
 * A frame ends with 0x1C, which no character set that is taken has within a character; the
 * 0x0D behind it may be missing. What stands between frames is passed over and counted. A
 * frame that begins inside another shows that the first was cut short: it is counted and
 * given up, for its sender has given it up.
 */
#include "base/arena.h"
#include "base/buffer.h"

struct mllp {
    struct arena *arena; /* its own, of the message under way */
    struct buffer bytes;
    bool is_inside;
    int64_t size;            /* of the message under way, and what was not kept of it */
    int64_t cut_short;       /* messages */
    int64_t bytes_of_no_one; /* between frames */
};

void mllp_open(struct mllp *mllp);
void mllp_close(struct mllp *mllp);

struct mllp_frame {
    struct text bytes; /* valid until the next call; of a message of more than
                          LIMIT_FEED_MESSAGE bytes the first LIMIT_FEED_HEAD */
    int64_t size;      /* of all of it */
};

/* Takes from `*rest` up to the end of a message, or all of it. True: `*frame` is one. */
bool mllp_take(struct mllp *mllp, struct text *rest, struct mllp_frame *frame);

/* A message in its frame. */
void mllp_put(struct buffer *out, struct text message);

#endif
