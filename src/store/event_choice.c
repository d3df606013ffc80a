/* DEVIATION_OPENED, OPEN_POINT_CONFIRMED. */
#include "store/event.h"
#include "store/project.h"

static void deviation_encode(struct buffer *out, const void *content)
{
    const struct deviation_opened *c = content;
    bytes_put_text(out, c->check);
    bytes_put_text(out, c->category);
    bytes_put_signed(out, c->form);
    bytes_put_text(out, c->item);
    bytes_put_signed(out, c->row);
    bytes_put_signed(out, c->fact.seq);
    bytes_put_signed(out, c->fact.place);
    bytes_put_signed(out, c->opened);
}

static const void *deviation_decode(struct bytes_reader *in,
                                    const struct log_row *event, struct arena *arena)
{
    (void)event;
    struct deviation_opened *c = ARENA_NEW(arena, struct deviation_opened);
    c->check = bytes_get_text(in);
    c->category = bytes_get_text(in);
    c->form = bytes_get_signed(in);
    c->item = bytes_get_text(in);
    c->row = bytes_get_signed(in);
    c->fact.seq = bytes_get_signed(in);
    c->fact.place = (int32_t)bytes_get_signed(in);
    c->opened = bytes_get_signed(in);
    return c;
}

static void point_encode(struct buffer *out, const void *content)
{
    const struct point_confirmed *c = content;
    bytes_put_text(out, c->point);
    bytes_put_optional_text(out, c->choice);
    bytes_put_optional_text(out, c->reason);
    bytes_put_optional_text(out, c->reference);
}

static const void *point_decode(struct bytes_reader *in, const struct log_row *event,
                                struct arena *arena)
{
    (void)event;
    struct point_confirmed *c = ARENA_NEW(arena, struct point_confirmed);
    c->point = bytes_get_text(in);
    c->choice = bytes_get_optional_text(in);
    c->reason = bytes_get_optional_text(in);
    c->reference = bytes_get_optional_text(in);
    return c;
}

const struct event_kind events_choice[] = {
    {LOG_EVENT_DEVIATION_OPENED, 1, deviation_encode, deviation_decode,
     project_deviation},
    {LOG_EVENT_OPEN_POINT_CONFIRMED, 1, point_encode, point_decode, project_point},
};
const size_t events_choice_count = ARRAY_COUNT(events_choice);
