#include "listen/mllp.h"

#include "base/limits.h"

enum {
    BEGIN = 0x0B,
    END = 0x1C,
    RETURN = 0x0D,
    KEPT = 64 * 1024, /* of a message's memory, for the next one */
    /* Growing by doubling leaves the smaller pieces behind. */
    ARENA = 3 * LIMIT_FEED_MESSAGE
};

void mllp_open(struct mllp *mllp)
{
    *mllp = (struct mllp){.arena = arena_new(ARENA)};
}

void mllp_close(struct mllp *mllp)
{
    arena_free(mllp->arena);
}

static void begin(struct mllp *mllp)
{
    arena_keep(mllp->arena, KEPT);
    mllp->bytes = buffer_in(mllp->arena, LIMIT_FEED_MESSAGE);
    mllp->size = 0;
    mllp->is_inside = true;
}

/* What does not fit any more is counted only, and of what was kept the head stays. */
static void add(struct mllp *mllp, struct text bytes)
{
    mllp->size += (int64_t)bytes.len;
    if (mllp->size <= LIMIT_FEED_MESSAGE)
        buffer_text_add(&mllp->bytes, bytes);
    else if (mllp->bytes.len > LIMIT_FEED_HEAD)
        mllp->bytes.len = LIMIT_FEED_HEAD;
}

/* Up to the first of two bytes. */
static struct text cut_before(struct text *rest, char one, char other)
{
    size_t at = text_find(*rest, one);
    struct text piece = text_part(*rest, 0, at);
    piece = text_part(piece, 0, text_find(piece, other));
    *rest = text_part(*rest, piece.len, rest->len);
    return piece;
}

/* Moves to the beginning of a frame; false: there is none. */
static bool pass_over(struct mllp *mllp, struct text *rest)
{
    struct text between = text_part(*rest, 0, text_find(*rest, BEGIN));
    *rest = text_part(*rest, between.len, rest->len);
    for (size_t i = 0; i < between.len; i++)
        mllp->bytes_of_no_one += between.at[i] != RETURN && between.at[i] != '\n';
    if (rest->len == 0)
        return false;
    *rest = text_part(*rest, 1, rest->len);
    begin(mllp);
    return true;
}

bool mllp_take(struct mllp *mllp, struct text *rest, struct mllp_frame *frame)
{
    while (rest->len > 0) {
        if (!mllp->is_inside && !pass_over(mllp, rest))
            return false;
        add(mllp, cut_before(rest, END, BEGIN));
        if (rest->len == 0)
            return false;
        char end = rest->at[0];
        *rest = text_part(*rest, 1, rest->len);
        if (end == END) {
            mllp->is_inside = false;
            *frame = (struct mllp_frame){
                .bytes = {mllp->bytes.len == 0 ? "" : mllp->bytes.at, mllp->bytes.len},
                .size = mllp->size};
            return true;
        }
        mllp->cut_short++;
        begin(mllp);
    }
    return false;
}

void mllp_put(struct buffer *out, struct text message)
{
    buffer_byte(out, BEGIN);
    buffer_text_add(out, message);
    buffer_byte(out, END);
    buffer_byte(out, RETURN);
}
