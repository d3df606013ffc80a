/* DESIGN_PUBLISHED, DESIGN_PROPOSED, DESIGN_WITHDRAWN, PARTICIPANT_MOVED. */
#include "store/event.h"
#include "store/project.h"

static void published_encode(struct buffer *out, const void *content)
{
    const struct design_published *c = content;
    bytes_put_text(out, c->version);
    bytes_put_text(out, c->xml);
    bytes_put_signed(out, c->second_user);
    bytes_put_signed(out, c->proposal);
}

static const void *published_decode(struct bytes_reader *in,
                                    const struct log_row *event, struct arena *arena)
{
    struct design_published *c = ARENA_NEW(arena, struct design_published);
    c->version = bytes_get_text(in);
    c->xml = bytes_get_text(in);
    c->second_user = bytes_get_signed(in);
    if (event->kind_version >= 2)
        c->proposal = bytes_get_signed(in);
    return c;
}

static void proposed_encode(struct buffer *out, const void *content)
{
    const struct design_proposed *c = content;
    bytes_put_text(out, c->version);
    bytes_put_text(out, c->xml);
    bytes_put_text(out, c->reason);
    bytes_put_optional_text(out, c->approval);
    bytes_put_optional_text(out, c->approved_on);
    bytes_put_bool(out, c->needs_consent);
}

static const void *proposed_decode(struct bytes_reader *in, const struct log_row *event,
                                   struct arena *arena)
{
    (void)event;
    struct design_proposed *c = ARENA_NEW(arena, struct design_proposed);
    c->version = bytes_get_text(in);
    c->xml = bytes_get_text(in);
    c->reason = bytes_get_text(in);
    c->approval = bytes_get_optional_text(in);
    c->approved_on = bytes_get_optional_text(in);
    c->needs_consent = bytes_get_bool(in);
    return c;
}

static void withdrawn_encode(struct buffer *out, const void *content)
{
    const struct design_withdrawn *c = content;
    bytes_put_signed(out, c->proposal);
    bytes_put_text(out, c->reason);
}

static const void *withdrawn_decode(struct bytes_reader *in,
                                    const struct log_row *event, struct arena *arena)
{
    (void)event;
    struct design_withdrawn *c = ARENA_NEW(arena, struct design_withdrawn);
    c->proposal = bytes_get_signed(in);
    c->reason = bytes_get_text(in);
    return c;
}

static void moved_encode(struct buffer *out, const void *content)
{
    const struct participant_moved *c = content;
    bytes_put_text(out, c->version);
    bytes_put_text(out, c->from_event);
    bytes_put_text(out, c->reason);
}

static const void *moved_decode(struct bytes_reader *in, const struct log_row *event,
                                struct arena *arena)
{
    (void)event;
    struct participant_moved *c = ARENA_NEW(arena, struct participant_moved);
    c->version = bytes_get_text(in);
    c->from_event = bytes_get_text(in);
    c->reason = bytes_get_text(in);
    return c;
}

// clang-format off
const struct event_kind events_amendment[] = {
    {LOG_EVENT_DESIGN_PUBLISHED,  2, published_encode, published_decode, project_design},
    {LOG_EVENT_DESIGN_PROPOSED,   1, proposed_encode,  proposed_decode,  project_proposed},
    {LOG_EVENT_DESIGN_WITHDRAWN,  1, withdrawn_encode, withdrawn_decode, project_withdrawn},
    {LOG_EVENT_PARTICIPANT_MOVED, 1, moved_encode,     moved_decode,     project_moved},
};
// clang-format on
const size_t events_amendment_count = ARRAY_COUNT(events_amendment);
