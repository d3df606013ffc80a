/* ROWS_COUNTED: what a form instance gives to a declared count. */
#include "store/event.h"
#include "store/project.h"

static void counted_encode(struct buffer *out, const void *content)
{
    const struct rows_counted *c = content;
    event_put_key(out, &c->key);
    bytes_put_text(out, c->count);
    bytes_put_unsigned(out, c->row_count);
    for (size_t i = 0; i < c->row_count; i++) {
        bytes_put_signed(out, c->rows[i].row);
        bytes_put_text(out, c->rows[i].key);
        bytes_put_signed(out, c->rows[i].begins);
        bytes_put_signed(out, c->rows[i].ends);
    }
}

static const void *counted_decode(struct bytes_reader *in, const struct log_row *event,
                                  struct arena *arena)
{
    struct rows_counted *c = ARENA_NEW(arena, struct rows_counted);
    c->key.participant = event->participant;
    event_get_key(in, &c->key);
    c->count = bytes_get_text(in);
    struct counted_row *rows = event_get_array(in, arena, sizeof *rows, &c->row_count);
    for (size_t i = 0; i < c->row_count; i++) {
        rows[i].row = bytes_get_signed(in);
        rows[i].key = bytes_get_text(in);
        rows[i].begins = bytes_get_signed(in);
        rows[i].ends = bytes_get_signed(in);
    }
    c->rows = rows;
    return c;
}

const struct event_kind events_counted[] = {
    {LOG_EVENT_ROWS_COUNTED, 1, counted_encode, counted_decode, project_counted},
};
const size_t events_counted_count = ARRAY_COUNT(events_counted);
