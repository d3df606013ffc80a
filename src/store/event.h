#ifndef OSTEON_STORE_EVENT_H
#define OSTEON_STORE_EVENT_H
/* The kinds of event as one table: how each is written as bytes, read back and projected.
 *
 * The bytes of a payload, before sealing: one byte that says how it is packed (0 plain,
 * 1 deflate), then what every event has (clock offset, language), then the kind's own
 * fields, written with base/bytes.h. They are never changed: a new layout is a new
 * version of the kind, and `decode` reads them all.
 */
#include "base/bytes.h"
#include "model/event.h"
#include "store/db.h"
#include "store/reads.h"

struct event_kind {
    enum log_event_kind kind;
    int32_t version; /* the one that is written */
    void (*encode)(struct buffer *out, const void *content);
    /* The content in `arena`; what is wrong shows in `in`. `event` has its columns. */
    const void *(*decode)(struct bytes_reader *in, const struct log_row *event,
                          struct arena *arena);
    /* Writes the tables. A pure function of the event and of what earlier events wrote. */
    bool (*project)(struct db *db, const struct log_row *event, struct error *err);
};

/* NULL: a kind of a later program. */
const struct event_kind *event_kind_of(int64_t kind);

/* The payload before sealing, into `out`. */
void event_encode(const struct event_kind *kind, const struct origin *origin,
                  const void *content, struct buffer *out);

/* Reads the payload of an event whose columns stand in `*event`: fills the rest of its
 * origin and its content, views into `plain` and `arena`. False: no such event. */
MUST_USE bool event_decode(const struct event_kind *kind, struct text plain,
                           struct arena *arena, struct log_row *event);

/* VALUES_SAVED, for the kinds that say the same and more. */
void event_put_values(struct buffer *out, const void *content);
void event_get_values(struct bytes_reader *in, const struct log_row *event,
                      struct arena *arena, struct values_saved *c);

/* The table's rows, one group of kinds a file. */
extern const struct event_kind events_study[], events_user[], events_participant[],
    events_values[], events_choice[], events_import[], events_wake[], events_counted[],
    events_query[], events_amendment[], events_review[], events_register[],
    events_protection[], events_alarm[], events_plan[];
extern const size_t events_study_count, events_user_count, events_participant_count,
    events_values_count, events_choice_count, events_import_count, events_wake_count,
    events_counted_count, events_query_count, events_amendment_count,
    events_review_count, events_register_count, events_protection_count,
    events_alarm_count, events_plan_count;

/* The projection of a kind that changes no table. */
bool event_ignore(struct db *db, const struct log_row *event, struct error *err);

/* Exactly `len` bytes, without a length before them (buffer_bytes writes them). */
void event_get_fixed(struct bytes_reader *in, void *to, size_t len);

/* A form instance, but for its participant, who is a column. */
void event_put_key(struct buffer *out, const struct form_key *key);
void event_get_key(struct bytes_reader *in, struct form_key *key);

/* A count of things that take at least one byte each, and room for so many of `size`
 * bytes. Bad, and none, when there are fewer bytes or the arena has not the room. */
void *event_get_array(struct bytes_reader *in, struct arena *arena, size_t size,
                      size_t *count);

#endif
