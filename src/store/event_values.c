/* SECOND_CHECKED, and VALUES_SAVED: the event there is most of, so its bytes are few. What a change does not
 * have costs nothing but a bit. */
#include "store/event.h"
#include "store/project.h"

/* Never changed: they stand in every log. */
enum change_flag {
    CHANGE_PLACE_FOLLOWS = 1 << 0, /* place is the one after the change before */
    CHANGE_HAS_ROW = 1 << 1,
    CHANGE_HAS_OLD = 1 << 2,
    CHANGE_HAS_BASE = 1 << 3,
    CHANGE_BASE_QUEUED = 1 << 4,
    CHANGE_HAS_REASON = 1 << 5,
    CHANGE_HAS_STATED = 1 << 6,
    CHANGE_HAS_SETTLES = 1 << 7,
    CHANGE_IS_CONFLICT = 1 << 8,
    CHANGE_SOURCE_SHIFT = 9,         /* the two low bits of the source */
    CHANGE_REASON_FOLLOWS = 1 << 11, /* the same as that of the change before */
    CHANGE_SOURCE_HIGH = 1 << 12,    /* the third: sources came later than its place */
    CHANGE_ALL = (1 << 13) - 1
};
enum answer_flag {
    ANSWER_MISSING = 0x0f,
    ANSWER_IN_VAULT = 0x10,
    ANSWER_HAS_VALUE = 0x20,
    ANSWER_HAS_MISSING_TEXT = 0x40
};

static void answer_put(struct buffer *out, const struct answer *answer)
{
    unsigned flags = (unsigned)answer->missing & ANSWER_MISSING;
    if (answer->is_in_vault)
        flags |= ANSWER_IN_VAULT;
    if (!text_is_absent(answer->value))
        flags |= ANSWER_HAS_VALUE;
    if (!text_is_absent(answer->missing_text))
        flags |= ANSWER_HAS_MISSING_TEXT;
    buffer_byte(out, (char)flags);
    if (!text_is_absent(answer->value))
        bytes_put_text(out, answer->value);
    if (!text_is_absent(answer->missing_text))
        bytes_put_text(out, answer->missing_text);
}

static struct answer answer_get(struct bytes_reader *in)
{
    uint8_t flags = 0;
    event_get_fixed(in, &flags, 1);
    struct answer answer = {.missing = flags & ANSWER_MISSING,
                            .is_in_vault = (flags & ANSWER_IN_VAULT) != 0};
    if (answer.missing > MISSING_CLEARED)
        in->is_bad = true;
    if ((flags & ANSWER_HAS_VALUE) != 0)
        answer.value = bytes_get_text(in);
    if ((flags & ANSWER_HAS_MISSING_TEXT) != 0)
        answer.missing_text = bytes_get_text(in);
    return answer;
}

static bool answer_is_nothing(const struct answer *answer)
{
    return text_is_absent(answer->value) && answer->missing == MISSING_NOT &&
           !answer->is_in_vault;
}

static void version_put(struct buffer *out, struct version version)
{
    bytes_put_signed(out, version.seq);
    bytes_put_signed(out, version.place);
}

/* Places are counted from 0 by clients and the program; far smaller than this, so that
 * there is always one behind. */
enum { PLACE_LARGEST = INT32_MAX - 1 };

static int32_t place_get(struct bytes_reader *in)
{
    int64_t place = bytes_get_signed(in);
    if (place < 0 || place > PLACE_LARGEST)
        in->is_bad = true;
    return in->is_bad ? 0 : (int32_t)place;
}

static struct version version_get(struct bytes_reader *in)
{
    struct version version = {.seq = bytes_get_signed(in)};
    version.place = place_get(in);
    return version;
}

static unsigned source_flags(enum value_source source)
{
    unsigned low = ((unsigned)source & 3) << CHANGE_SOURCE_SHIFT;
    return low | (((unsigned)source & 4) != 0 ? CHANGE_SOURCE_HIGH : 0);
}

static enum value_source source_get(struct bytes_reader *in, uint64_t flags)
{
    unsigned source = (unsigned)(flags >> CHANGE_SOURCE_SHIFT & 3) |
                      ((flags & CHANGE_SOURCE_HIGH) != 0 ? 4 : 0);
    if (source > SOURCE_FEED) {
        in->is_bad = true;
        source = SOURCE_PERSON;
    }
    return (enum value_source)source;
}

/* A batch's one reason stands at the first of its changes alone. `before` NULL: none. */
static bool has_same_reason(const struct value_change *change,
                            const struct value_change *before)
{
    return before != NULL && !text_is_absent(change->reason) &&
           !text_is_absent(before->reason) &&
           text_equal(change->reason, before->reason);
}

static int32_t place_behind(const struct value_change *before)
{
    return before == NULL ? 0 : before->place + 1;
}

static unsigned change_flags(const struct value_change *change,
                             const struct value_change *before)
{
    bool is_same_reason = has_same_reason(change, before);
    struct {
        bool is_set;
        unsigned flag;
    } all[] = {
        {change->place == place_behind(before), CHANGE_PLACE_FOLLOWS},
        {change->row != 0, CHANGE_HAS_ROW},
        {!answer_is_nothing(&change->old), CHANGE_HAS_OLD},
        {change->has_base, CHANGE_HAS_BASE},
        {change->has_base && change->base.is_queued, CHANGE_BASE_QUEUED},
        {!text_is_absent(change->reason) && !is_same_reason, CHANGE_HAS_REASON},
        {is_same_reason, CHANGE_REASON_FOLLOWS},
        {change->has_stated_time, CHANGE_HAS_STATED},
        {change->settle_count > 0, CHANGE_HAS_SETTLES},
        {change->is_conflict, CHANGE_IS_CONFLICT},
    };
    unsigned flags = source_flags(change->source);
    for (size_t i = 0; i < ARRAY_COUNT(all); i++)
        flags |= all[i].is_set ? all[i].flag : 0;
    return flags;
}

static void change_put(struct buffer *out, const struct value_change *change,
                       const struct value_change *before)
{
    unsigned flags = change_flags(change, before);
    bytes_put_unsigned(out, flags);
    bytes_put_text(out, change->item);
    if ((flags & CHANGE_PLACE_FOLLOWS) == 0)
        bytes_put_signed(out, change->place);
    if ((flags & CHANGE_HAS_ROW) != 0)
        bytes_put_signed(out, change->row);
    if ((flags & CHANGE_HAS_OLD) != 0)
        answer_put(out, &change->old);
    answer_put(out, &change->new);
    if ((flags & CHANGE_BASE_QUEUED) != 0)
        buffer_bytes(out, change->base.batch, BATCH_ID_SIZE);
    if ((flags & CHANGE_HAS_BASE) != 0)
        version_put(out, change->base.version);
    if ((flags & CHANGE_HAS_REASON) != 0)
        bytes_put_text(out, change->reason);
    if ((flags & CHANGE_HAS_STATED) != 0)
        bytes_put_signed(out, change->stated_time);
    if ((flags & CHANGE_HAS_SETTLES) != 0) {
        bytes_put_unsigned(out, change->settle_count);
        for (size_t i = 0; i < change->settle_count; i++)
            version_put(out, change->settles[i]);
    }
}

static void settles_get(struct bytes_reader *in, struct arena *arena,
                        struct value_change *change)
{
    struct version *settles =
        event_get_array(in, arena, sizeof *settles, &change->settle_count);
    for (size_t i = 0; i < change->settle_count; i++)
        settles[i] = version_get(in);
    change->settles = settles;
}

static struct text reason_get(struct bytes_reader *in, uint64_t flags,
                              const struct value_change *before)
{
    bool has_own = (flags & CHANGE_HAS_REASON) != 0;
    if ((flags & CHANGE_REASON_FOLLOWS) == 0)
        return has_own ? bytes_get_text(in) : (struct text){0};
    if (has_own || before == NULL || text_is_absent(before->reason)) {
        in->is_bad = true;
        return (struct text){0};
    }
    return before->reason;
}

static void change_get(struct bytes_reader *in, struct arena *arena,
                       const struct value_change *before, struct value_change *change)
{
    uint64_t flags = bytes_get_unsigned(in);
    if (flags > CHANGE_ALL)
        in->is_bad = true;
    change->source = source_get(in, flags);
    change->is_conflict = (flags & CHANGE_IS_CONFLICT) != 0;
    change->item = bytes_get_text(in);
    change->place =
        (flags & CHANGE_PLACE_FOLLOWS) != 0 ? place_behind(before) : place_get(in);
    if (change->place > PLACE_LARGEST)
        in->is_bad = true;
    if ((flags & CHANGE_HAS_ROW) != 0)
        change->row = bytes_get_signed(in);
    if ((flags & CHANGE_HAS_OLD) != 0)
        change->old = answer_get(in);
    change->new = answer_get(in);
    change->has_base = (flags & CHANGE_HAS_BASE) != 0;
    change->base.is_queued = (flags & CHANGE_BASE_QUEUED) != 0;
    if (change->base.is_queued)
        event_get_fixed(in, change->base.batch, BATCH_ID_SIZE);
    if (change->has_base)
        change->base.version = version_get(in);
    change->reason = reason_get(in, flags, before);
    change->has_stated_time = (flags & CHANGE_HAS_STATED) != 0;
    if (change->has_stated_time)
        change->stated_time = bytes_get_signed(in);
    if ((flags & CHANGE_HAS_SETTLES) != 0)
        settles_get(in, arena, change);
}

static void query_put(struct buffer *out, const struct query_change *query)
{
    bytes_put_bool(out, query->is_opening);
    bytes_put_unsigned(out, query->kind);
    bytes_put_optional_text(out, query->check);
    bytes_put_optional_text(out, query->item);
    bytes_put_signed(out, query->row);
    bytes_put_optional_text(out, query->message.english);
    bytes_put_optional_text(out, query->message.chinese);
}

static void query_get(struct bytes_reader *in, struct query_change *query)
{
    query->is_opening = bytes_get_bool(in);
    uint64_t kind = bytes_get_unsigned(in);
    if (kind > QUERY_CONFLICT)
        in->is_bad = true;
    query->kind = kind == QUERY_CONFLICT ? QUERY_CONFLICT : QUERY_CHECK;
    query->check = bytes_get_optional_text(in);
    query->item = bytes_get_optional_text(in);
    query->row = bytes_get_signed(in);
    query->message.english = bytes_get_optional_text(in);
    query->message.chinese = bytes_get_optional_text(in);
}

void event_put_values(struct buffer *out, const void *content)
{
    const struct values_saved *c = content;
    event_put_key(out, &c->key);
    bytes_put_text(out, c->design_version);
    bytes_put_bool(out, c->has_batch);
    if (c->has_batch) {
        buffer_bytes(out, c->batch, BATCH_ID_SIZE);
        buffer_bytes(out, c->digest.bytes, HASH_SIZE);
    }
    bytes_put_optional_text(out, c->answer);
    bytes_put_signed(out, c->corrected_time);
    bytes_put_bool(out, c->is_complete);
    bytes_put_signed(out, c->answered);
    bytes_put_signed(out, c->expected);
    bytes_put_optional_text(out, c->has_state ? participant_state_name(c->state)
                                              : (struct text){0});
    bytes_put_unsigned(out, c->change_count);
    for (size_t i = 0; i < c->change_count; i++)
        change_put(out, &c->changes[i], i == 0 ? NULL : &c->changes[i - 1]);
    bytes_put_unsigned(out, c->query_count);
    for (size_t i = 0; i < c->query_count; i++)
        query_put(out, &c->queries[i]);
}

static void lists_get(struct bytes_reader *in, struct arena *arena,
                      struct values_saved *c)
{
    c->changes = event_get_array(in, arena, sizeof *c->changes, &c->change_count);
    for (size_t i = 0; i < c->change_count && !in->is_bad; i++)
        change_get(in, arena, i == 0 ? NULL : &c->changes[i - 1], &c->changes[i]);
    struct query_change *queries =
        event_get_array(in, arena, sizeof *queries, &c->query_count);
    for (size_t i = 0; i < c->query_count && !in->is_bad; i++)
        query_get(in, &queries[i]);
    c->queries = queries;
}

void event_get_values(struct bytes_reader *in, const struct log_row *event,
                      struct arena *arena, struct values_saved *c)
{
    c->key.participant = event->participant;
    event_get_key(in, &c->key);
    c->design_version = bytes_get_text(in);
    c->has_batch = bytes_get_bool(in);
    if (c->has_batch) {
        event_get_fixed(in, c->batch, BATCH_ID_SIZE);
        event_get_fixed(in, c->digest.bytes, HASH_SIZE);
    }
    c->answer = bytes_get_optional_text(in);
    c->corrected_time = bytes_get_signed(in);
    c->is_complete = bytes_get_bool(in);
    c->answered = bytes_get_signed(in);
    c->expected = bytes_get_signed(in);
    struct text state = bytes_get_optional_text(in);
    c->has_state = !text_is_absent(state);
    if (c->has_state && !participant_state_parse(state, &c->state))
        in->is_bad = true;
    lists_get(in, arena, c);
}

static const void *values_decode(struct bytes_reader *in, const struct log_row *event,
                                 struct arena *arena)
{
    struct values_saved *c = ARENA_NEW(arena, struct values_saved);
    event_get_values(in, event, arena, c);
    return c;
}

static void checked_encode(struct buffer *out, const void *content)
{
    const struct second_checked *c = content;
    event_put_key(out, &c->key);
    bytes_put_text(out, c->item);
    bytes_put_signed(out, c->row);
    version_put(out, c->version);
    bytes_put_bool(out, c->is_repeat);
    bytes_put_bool(out, c->is_agreed);
    answer_put(out, &c->entered);
    bytes_put_bool(out, c->has_query);
    if (c->has_query)
        query_put(out, &c->query);
}

static const void *checked_decode(struct bytes_reader *in, const struct log_row *event,
                                  struct arena *arena)
{
    struct second_checked *c = ARENA_NEW(arena, struct second_checked);
    c->key.participant = event->participant;
    event_get_key(in, &c->key);
    c->item = bytes_get_text(in);
    c->row = bytes_get_signed(in);
    c->version = version_get(in);
    c->is_repeat = bytes_get_bool(in);
    c->is_agreed = bytes_get_bool(in);
    c->entered = answer_get(in);
    c->has_query = bytes_get_bool(in);
    if (c->has_query)
        query_get(in, &c->query);
    return c;
}

const struct event_kind events_values[] = {
    {LOG_EVENT_VALUES_SAVED, 1, event_put_values, values_decode, project_values},
    {LOG_EVENT_SECOND_CHECKED, 1, checked_encode, checked_decode, project_second_check},
};
const size_t events_values_count = ARRAY_COUNT(events_values);
