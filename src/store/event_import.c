/* What an import leaves in the log: that it began, what it says form by form, and that it
 * was made visible or abandoned. */
#include "store/event.h"
#include "store/project.h"

static void begun_encode(struct buffer *out, const void *content)
{
    const struct import_begun *c = content;
    bytes_put_text(out, c->files);
    bytes_put_unsigned(out, c->named_count);
    for (size_t i = 0; i < c->named_count; i++) {
        bytes_put_text(out, c->named[i].element);
        bytes_put_text(out, c->named[i].oid);
        bytes_put_text(out, c->named[i].name);
        bytes_put_text(out, c->named[i].meaning);
        bytes_put_text(out, c->named[i].legal);
    }
}

static void get_named(struct bytes_reader *in, struct arena *arena,
                      struct import_begun *c)
{
    struct import_named *named =
        event_get_array(in, arena, sizeof *named, &c->named_count);
    for (size_t i = 0; i < c->named_count && !in->is_bad; i++) {
        named[i].element = bytes_get_text(in);
        named[i].oid = bytes_get_text(in);
        named[i].name = bytes_get_text(in);
        named[i].meaning = bytes_get_text(in);
        named[i].legal = bytes_get_text(in);
    }
    c->named = named;
}

/* Version 2 has whom and what the files name. */
static const void *begun_decode(struct bytes_reader *in, const struct log_row *event,
                                struct arena *arena)
{
    struct import_begun *c = ARENA_NEW(arena, struct import_begun);
    c->files = bytes_get_text(in);
    if (event->kind_version > 1)
        get_named(in, arena, c);
    return c;
}

static void kept_put(struct buffer *out, const struct import_kept *kept)
{
    bytes_put_text(out, kept->element);
    bytes_put_optional_text(out, kept->item);
    bytes_put_signed(out, kept->row);
    bytes_put_text(out, kept->xml);
    bytes_put_unsigned(out, (uint64_t)kept->level);
    bytes_put_unsigned(out, kept->change);
}

static void staged_encode(struct buffer *out, const void *content)
{
    const struct import_staged *c = content;
    bytes_put_signed(out, c->import);
    bytes_put_bool(out, c->is_new);
    if (c->is_new) {
        bytes_put_text(out, c->subject_key);
        bytes_put_text(out, c->site);
    }
    bytes_put_unsigned(out, c->kept_count);
    for (size_t i = 0; i < c->kept_count; i++)
        kept_put(out, &c->kept[i]);
    event_put_values(out, &c->saved);
}

static void get_kept(struct bytes_reader *in, struct arena *arena,
                     const struct log_row *event, struct import_staged *c)
{
    struct import_kept *kept = event_get_array(in, arena, sizeof *kept, &c->kept_count);
    for (size_t i = 0; i < c->kept_count && !in->is_bad; i++) {
        kept[i].element = bytes_get_text(in);
        kept[i].item = bytes_get_optional_text(in);
        kept[i].row = bytes_get_signed(in);
        kept[i].xml = bytes_get_text(in);
        kept[i].level =
            text_is_absent(kept[i].item) ? IMPORT_LEVEL_FORM : IMPORT_LEVEL_ITEM;
        if (event->kind_version == 1)
            continue;
        uint64_t level = bytes_get_unsigned(in);
        in->is_bad = in->is_bad || level > IMPORT_LEVEL_SUBJECT;
        kept[i].level = (enum import_level)level;
        kept[i].change = (size_t)bytes_get_unsigned(in);
    }
    c->kept = kept;
}

/* Version 2 has where each kept element stood and of which change it speaks. */
static const void *staged_decode(struct bytes_reader *in, const struct log_row *event,
                                 struct arena *arena)
{
    struct import_staged *c = ARENA_NEW(arena, struct import_staged);
    c->import = bytes_get_signed(in);
    c->is_new = bytes_get_bool(in);
    if (c->is_new) {
        c->subject_key = bytes_get_text(in);
        c->site = bytes_get_text(in);
    }
    get_kept(in, arena, event, c);
    event_get_values(in, event, arena, &c->saved);
    return c;
}

static void committed_encode(struct buffer *out, const void *content)
{
    const struct import_committed *c = content;
    bytes_put_signed(out, c->import);
    bytes_put_signed(out, c->participants);
    bytes_put_signed(out, c->forms);
    bytes_put_signed(out, c->values);
}

static const void *committed_decode(struct bytes_reader *in,
                                    const struct log_row *event, struct arena *arena)
{
    struct import_committed *c = ARENA_NEW(arena, struct import_committed);
    (void)event;
    c->import = bytes_get_signed(in);
    c->participants = bytes_get_signed(in);
    c->forms = bytes_get_signed(in);
    c->values = bytes_get_signed(in);
    return c;
}

static void rules_run_encode(struct buffer *out, const void *content)
{
    const struct import_rules_run *c = content;
    bytes_put_signed(out, c->import);
    bytes_put_signed(out, c->through);
}

static const void *rules_run_decode(struct bytes_reader *in,
                                    const struct log_row *event, struct arena *arena)
{
    struct import_rules_run *c = ARENA_NEW(arena, struct import_rules_run);
    (void)event;
    c->import = bytes_get_signed(in);
    c->through = bytes_get_signed(in);
    return c;
}

static void abandoned_encode(struct buffer *out, const void *content)
{
    const struct import_abandoned *c = content;
    bytes_put_signed(out, c->import);
    bytes_put_unsigned(out, c->name_count);
    for (size_t i = 0; i < c->name_count; i++)
        bytes_put_text(out, c->names[i]);
}

static const void *abandoned_decode(struct bytes_reader *in,
                                    const struct log_row *event, struct arena *arena)
{
    struct import_abandoned *c = ARENA_NEW(arena, struct import_abandoned);
    (void)event;
    c->import = bytes_get_signed(in);
    struct text *names = event_get_array(in, arena, sizeof *names, &c->name_count);
    for (size_t i = 0; i < c->name_count; i++)
        names[i] = bytes_get_text(in);
    c->names = names;
    return c;
}

const struct event_kind events_import[] = {
    {LOG_EVENT_IMPORT_BEGUN, 2, begun_encode, begun_decode, project_import_begun},
    {LOG_EVENT_IMPORT_STAGED, 2, staged_encode, staged_decode, project_import_staged},
    {LOG_EVENT_IMPORT_COMMITTED, 1, committed_encode, committed_decode,
     project_import_committed},
    {LOG_EVENT_IMPORT_ABANDONED, 1, abandoned_encode, abandoned_decode,
     project_import_abandoned},
    {LOG_EVENT_IMPORT_RULES_RUN, 1, rules_run_encode, rules_run_decode,
     project_import_rules_run},
};
const size_t events_import_count = ARRAY_COUNT(events_import);
