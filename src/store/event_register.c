/* REGISTER_LINE_ADDED, _AGREED, _CORRECTED and _ENDED, IDENTITY_VERIFIED. */
#include "store/event.h"
#include "store/project.h"
#include "store/register.h"

static void step_encode(struct buffer *out, const void *content)
{
    const struct register_step *c = content;
    bytes_put_signed(out, c->line);
    bytes_put_text(out, c->name);
    bytes_put_optional_text(out, c->site);
    bytes_put_signed(out, c->person);
    bytes_put_optional_text(out, c->reason);
    bytes_put_optional_text(out, c->ends_on);
    bytes_put_unsigned(out, c->entry_count);
    for (size_t i = 0; i < c->entry_count; i++) {
        bytes_put_text(out, c->entries[i].field);
        bytes_put_text(out, c->entries[i].value);
    }
}

static const void *step_decode(struct bytes_reader *in, const struct log_row *event,
                               struct arena *arena)
{
    (void)event;
    struct register_step *c = ARENA_NEW(arena, struct register_step);
    c->line = bytes_get_signed(in);
    c->name = bytes_get_text(in);
    c->site = bytes_get_optional_text(in);
    c->person = bytes_get_signed(in);
    c->reason = bytes_get_optional_text(in);
    c->ends_on = bytes_get_optional_text(in);
    struct register_entry *entries =
        event_get_array(in, arena, sizeof *entries, &c->entry_count);
    for (size_t i = 0; i < c->entry_count; i++) {
        entries[i].field = bytes_get_text(in);
        entries[i].value = bytes_get_text(in);
    }
    c->entries = entries;
    return c;
}

static void identity_encode(struct buffer *out, const void *content)
{
    const struct identity_verified *c = content;
    bytes_put_signed(out, c->user);
    bytes_put_text(out, c->how);
    bytes_put_text(out, c->certified_on);
}

static const void *identity_decode(struct bytes_reader *in, const struct log_row *event,
                                   struct arena *arena)
{
    (void)event;
    struct identity_verified *c = ARENA_NEW(arena, struct identity_verified);
    c->user = bytes_get_signed(in);
    c->how = bytes_get_text(in);
    c->certified_on = bytes_get_text(in);
    return c;
}

// clang-format off
const struct event_kind events_register[] = {
    {LOG_EVENT_REGISTER_LINE_ADDED,     1, step_encode,     step_decode,     project_register_added},
    {LOG_EVENT_REGISTER_LINE_AGREED,    1, step_encode,     step_decode,     project_register_agreed},
    {LOG_EVENT_REGISTER_LINE_CORRECTED, 1, step_encode,     step_decode,     project_register_corrected},
    {LOG_EVENT_REGISTER_LINE_ENDED,     1, step_encode,     step_decode,     project_register_ended},
    {LOG_EVENT_IDENTITY_VERIFIED,       1, identity_encode, identity_decode, project_identity},
};
// clang-format on
const size_t events_register_count = ARRAY_COUNT(events_register);
