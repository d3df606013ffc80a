/* SIGNED, SOURCE_VERIFIED and its withdrawal, the kinds of freezing and locking. */
#include "store/event.h"
#include "store/project.h"
#include "store/review.h"

/* -- Signatures -------------------------------------------------------------------- */

static void signed_form_put(struct buffer *out, const struct signed_form *form)
{
    bytes_put_signed(out, form->key.participant);
    event_put_key(out, &form->key);
    bytes_put_text(out, form->design_version);
    bytes_put_unsigned(out, form->hidden_count);
    for (size_t i = 0; i < form->hidden_count; i++) {
        bytes_put_text(out, form->hidden[i].item);
        bytes_put_signed(out, form->hidden[i].row);
    }
    bytes_put_signed(out, form->row);
}

/* Since version 2 a signature may be of one row. */
static void signed_form_get(struct bytes_reader *in, int32_t version,
                            struct arena *arena, struct signed_form *form)
{
    form->key.participant = bytes_get_signed(in);
    event_get_key(in, &form->key);
    form->design_version = bytes_get_text(in);
    struct item_place *hidden =
        event_get_array(in, arena, sizeof *hidden, &form->hidden_count);
    for (size_t i = 0; i < form->hidden_count; i++) {
        hidden[i].item = bytes_get_text(in);
        hidden[i].row = bytes_get_signed(in);
    }
    form->hidden = hidden;
    form->row = version < 2 ? 0 : bytes_get_signed(in);
}

static void signed_encode(struct buffer *out, const void *content)
{
    const struct signed_record *c = content;
    bytes_put_bool(out, c->is_casebook);
    bytes_put_text(out, c->meaning);
    bytes_put_text(out, c->language);
    buffer_bytes(out, c->content.bytes, HASH_SIZE);
    bytes_put_unsigned(out, c->form_count);
    for (size_t i = 0; i < c->form_count; i++)
        signed_form_put(out, &c->forms[i]);
}

static const void *signed_decode(struct bytes_reader *in, const struct log_row *event,
                                 struct arena *arena)
{
    struct signed_record *c = ARENA_NEW(arena, struct signed_record);
    c->is_casebook = bytes_get_bool(in);
    c->meaning = bytes_get_text(in);
    c->language = bytes_get_text(in);
    event_get_fixed(in, c->content.bytes, HASH_SIZE);
    struct signed_form *forms =
        event_get_array(in, arena, sizeof *forms, &c->form_count);
    for (size_t i = 0; i < c->form_count && !in->is_bad; i++)
        signed_form_get(in, event->kind_version, arena, &forms[i]);
    c->forms = forms;
    if (!c->is_casebook && c->form_count != 1)
        in->is_bad = true;
    return c;
}

/* -- Source verification ----------------------------------------------------------- */

static void verified_encode(struct buffer *out, const void *content)
{
    const struct source_verified *c = content;
    event_put_key(out, &c->key);
    bytes_put_unsigned(out, c->item_count);
    for (size_t i = 0; i < c->item_count; i++) {
        bytes_put_text(out, c->items[i].item);
        bytes_put_signed(out, c->items[i].row);
        bytes_put_signed(out, c->items[i].version.seq);
        bytes_put_signed(out, c->items[i].version.place);
    }
    bytes_put_optional_text(out, c->reason);
}

static const void *verified_decode(struct bytes_reader *in, const struct log_row *event,
                                   struct arena *arena)
{
    struct source_verified *c = ARENA_NEW(arena, struct source_verified);
    c->key.participant = event->participant;
    event_get_key(in, &c->key);
    struct verified_item *items =
        event_get_array(in, arena, sizeof *items, &c->item_count);
    for (size_t i = 0; i < c->item_count; i++) {
        items[i].item = bytes_get_text(in);
        items[i].row = bytes_get_signed(in);
        items[i].version.seq = bytes_get_signed(in);
        items[i].version.place = (int32_t)bytes_get_signed(in);
    }
    c->items = items;
    c->reason = bytes_get_optional_text(in);
    return c;
}

/* -- Freezing and locking ---------------------------------------------------------- */

static void lock_encode(struct buffer *out, const void *content)
{
    const struct lock_changed *c = content;
    bytes_put_bool(out, c->has_form);
    if (c->has_form)
        event_put_key(out, &c->key);
    bytes_put_bool(out, c->is_unlock);
    bytes_put_signed(out, c->first_user);
    bytes_put_optional_text(out, c->reason);
    bytes_put_optional_text(out, c->name);
}

static const void *lock_decode(struct bytes_reader *in, const struct log_row *event,
                               struct arena *arena)
{
    struct lock_changed *c = ARENA_NEW(arena, struct lock_changed);
    c->key.participant = event->participant;
    c->has_form = bytes_get_bool(in);
    if (c->has_form)
        event_get_key(in, &c->key);
    c->is_unlock = bytes_get_bool(in);
    c->first_user = bytes_get_signed(in);
    c->reason = bytes_get_optional_text(in);
    c->name = bytes_get_optional_text(in);
    return c;
}

static void database_encode(struct buffer *out, const void *content)
{
    const struct database_locked *c = content;
    bytes_put_text(out, c->name);
    bytes_put_signed(out, c->at_seq);
    buffer_bytes(out, c->head.bytes, HASH_SIZE);
    bytes_put_signed(out, c->first_user);
}

static const void *database_decode(struct bytes_reader *in, const struct log_row *event,
                                   struct arena *arena)
{
    (void)event;
    struct database_locked *c = ARENA_NEW(arena, struct database_locked);
    c->name = bytes_get_text(in);
    c->at_seq = bytes_get_signed(in);
    event_get_fixed(in, c->head.bytes, HASH_SIZE);
    c->first_user = bytes_get_signed(in);
    return c;
}

/* -- Image tasks ------------------------------------------------------------------- */

static void image_encode(struct buffer *out, const void *content)
{
    const struct image_assigned *c = content;
    event_put_key(out, &c->key);
    bytes_put_signed(out, c->user);
    bytes_put_bool(out, c->is_adjudicator);
}

static const void *image_decode(struct bytes_reader *in, const struct log_row *event,
                                struct arena *arena)
{
    struct image_assigned *c = ARENA_NEW(arena, struct image_assigned);
    c->key.participant = event->participant;
    event_get_key(in, &c->key);
    c->user = bytes_get_signed(in);
    c->is_adjudicator = bytes_get_bool(in);
    return c;
}

/* -- Safety ------------------------------------------------------------------------ */

static void safety_encode(struct buffer *out, const void *content)
{
    const struct safety_reviewed *c = content;
    event_put_key(out, &c->key);
    bytes_put_signed(out, c->of_seq);
    bytes_put_optional_text(out, c->note);
}

static const void *safety_decode(struct bytes_reader *in, const struct log_row *event,
                                 struct arena *arena)
{
    struct safety_reviewed *c = ARENA_NEW(arena, struct safety_reviewed);
    c->key.participant = event->participant;
    event_get_key(in, &c->key);
    c->of_seq = bytes_get_signed(in);
    c->note = bytes_get_optional_text(in);
    return c;
}

/* -- Deviations -------------------------------------------------------------------- */

static void assessed_encode(struct buffer *out, const void *content)
{
    const struct deviation_assessed *c = content;
    event_put_key(out, &c->key);
    bytes_put_signed(out, c->of_seq);
    bytes_put_text(out, c->severity);
    bytes_put_text(out, c->report);
    bytes_put_optional_text(out, c->reported_on);
    bytes_put_optional_text(out, c->note);
}

static const void *assessed_decode(struct bytes_reader *in, const struct log_row *event,
                                   struct arena *arena)
{
    struct deviation_assessed *c = ARENA_NEW(arena, struct deviation_assessed);
    c->key.participant = event->participant;
    event_get_key(in, &c->key);
    c->of_seq = bytes_get_signed(in);
    c->severity = bytes_get_text(in);
    c->report = bytes_get_text(in);
    c->reported_on = bytes_get_optional_text(in);
    c->note = bytes_get_optional_text(in);
    return c;
}

/* -- Emergency starts -------------------------------------------------------------- */

static void start_encode(struct buffer *out, const void *content)
{
    const struct start_reviewed *c = content;
    bytes_put_signed(out, c->placement);
    bytes_put_optional_text(out, c->note);
}

static const void *start_decode(struct bytes_reader *in, const struct log_row *event,
                                struct arena *arena)
{
    struct start_reviewed *c = ARENA_NEW(arena, struct start_reviewed);
    (void)event;
    c->placement = bytes_get_signed(in);
    c->note = bytes_get_optional_text(in);
    return c;
}

/* -- Grades of laboratory results ---------------------------------------------------- */

static void grade_encode(struct buffer *out, const void *content)
{
    const struct grade_decided *c = content;
    event_put_key(out, &c->key);
    bytes_put_text(out, c->item);
    bytes_put_text(out, c->term);
    bytes_put_signed(out, c->of_seq);
    bytes_put_signed(out, c->grade);
    bytes_put_signed(out, c->event);
    bytes_put_optional_text(out, c->reason);
}

static const void *grade_decode(struct bytes_reader *in, const struct log_row *event,
                                struct arena *arena)
{
    struct grade_decided *c = ARENA_NEW(arena, struct grade_decided);
    c->key.participant = event->participant;
    event_get_key(in, &c->key);
    c->item = bytes_get_text(in);
    c->term = bytes_get_text(in);
    c->of_seq = bytes_get_signed(in);
    c->grade = bytes_get_signed(in);
    c->event = bytes_get_signed(in);
    c->reason = bytes_get_optional_text(in);
    return c;
}

const struct event_kind events_review[] = {
    {LOG_EVENT_IMAGE_ASSIGNED, 1, image_encode, image_decode, project_image_assigned},
    {LOG_EVENT_SIGNED, 2, signed_encode, signed_decode, project_signed},
    {LOG_EVENT_SOURCE_VERIFIED, 1, verified_encode, verified_decode, project_verified},
    {LOG_EVENT_SOURCE_VERIFICATION_WITHDRAWN, 1, verified_encode, verified_decode,
     project_verification_withdrawn},
    {LOG_EVENT_FROZEN, 1, lock_encode, lock_decode, project_lock},
    {LOG_EVENT_UNFROZEN, 1, lock_encode, lock_decode, project_unlock},
    {LOG_EVENT_LOCK_PROPOSED, 1, lock_encode, lock_decode, project_lock_proposed},
    {LOG_EVENT_LOCKED, 1, lock_encode, lock_decode, project_lock},
    {LOG_EVENT_UNLOCKED, 1, lock_encode, lock_decode, project_unlock},
    {LOG_EVENT_DATABASE_LOCKED, 1, database_encode, database_decode,
     project_database_lock},
    {LOG_EVENT_SAFETY_REVIEWED, 1, safety_encode, safety_decode,
     project_safety_reviewed},
    {LOG_EVENT_DEVIATION_ASSESSED, 1, assessed_encode, assessed_decode,
     project_deviation_assessed},
    {LOG_EVENT_START_REVIEWED, 1, start_encode, start_decode, project_start_reviewed},
    {LOG_EVENT_GRADE_DECIDED, 1, grade_encode, grade_decode, project_grade_decided},
};
const size_t events_review_count = ARRAY_COUNT(events_review);
