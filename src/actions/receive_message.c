#include "actions/receive_message.h"

#include "actions/filing.h"
#include "actions/study_state.h"
#include "base/datetime.h"

/* --- what stands against it by itself --------------------------------------------------- */

static bool is_version_taken(struct text version)
{
    static const struct text taken[] = {TEXT_INIT("2.3"),   TEXT_INIT("2.3.1"),
                                        TEXT_INIT("2.4"),   TEXT_INIT("2.5"),
                                        TEXT_INIT("2.5.1"), TEXT_INIT("2.6")};
    for (size_t i = 0; i < ARRAY_COUNT(taken); i++)
        if (text_equal(version, taken[i]))
            return true;
    return false;
}

static bool is_type_taken(const struct hl7_header *header)
{
    return text_equal(hl7_component(header, header->type, 0), TEXT("ORU")) &&
           text_equal(hl7_component(header, header->type, 1), TEXT("R01"));
}

static enum feed_reason look_at(struct receive_message *verb)
{
    const struct hl7_header *header = &verb->header;
    struct error why = {0};
    if (verb->size > LIMIT_FEED_MESSAGE)
        return FEED_REASON_TOO_LARGE;
    if (!is_type_taken(header))
        return FEED_REASON_TYPE;
    if (!is_version_taken(hl7_component(header, header->version, 0)))
        return FEED_REASON_VERSION;
    if (!text_equal(hl7_component(header, header->processing, 0), TEXT("P")))
        return FEED_REASON_PROCESSING;
    if (hl7_results_check(header, verb->bytes, &why))
        return FEED_REASON_NONE;
    verb->said = text_copy(verb->act.arena, text_of(why.text));
    return FEED_REASON_STRUCTURE;
}

/* Its name, or where it has none its other identifier (HD.1, HD.2). */
static struct text name_of(const struct hl7_header *header, struct text field)
{
    struct text name = hl7_component(header, field, 0);
    return name.len > 0 ? name : hl7_component(header, field, 1);
}

bool receive_message_begin(struct receive_message *verb)
{
    struct error why = {0};
    verb->reason = FEED_REASON_STRUCTURE;
    if (!hl7_header_read(verb->bytes, &verb->header, &why)) {
        verb->header = (struct hl7_header){0};
        verb->said = text_copy(verb->act.arena, text_of(why.text));
        return false;
    }
    struct text application = name_of(&verb->header, verb->header.sending_application);
    struct text facility = name_of(&verb->header, verb->header.sending_facility);
    if (application.len == 0 && facility.len == 0) {
        verb->reason = FEED_REASON_SENDER_UNKNOWN;
        verb->said = TEXT("MSH-3 and MSH-4 do not say who sends");
        return false;
    }
    verb->feed = text_format(verb->act.arena, "%.*s@%.*s", TEXT_ARG(application),
                             TEXT_ARG(facility));
    verb->digest = hash_of(verb->bytes);
    verb->found = look_at(verb);
    return true;
}

/* --- deciding ----------------------------------------------------------------------------- */

static enum feed_reason refusal_of(const struct receive_message *verb,
                                   const struct feed *feed)
{
    if (feed == NULL || feed->standing == FEED_UNKNOWN)
        return FEED_REASON_SENDER_UNKNOWN;
    if (feed->standing == FEED_CLOSED)
        return FEED_REASON_SENDER_CLOSED;
    if (!text_is_absent(feed->certificate) &&
        !text_equal(feed->certificate, verb->certificate))
        return FEED_REASON_CERTIFICATE;
    return verb->found == FEED_REASON_STRUCTURE ? FEED_REASON_NONE : verb->found;
}

static bool is_refused(enum feed_reason reason)
{
    return text_equal(feed_reason_answer(reason), TEXT("AR"));
}

struct text receive_message_said(const struct receive_message *verb)
{
    return verb->reason == FEED_REASON_STRUCTURE ||
                   verb->reason == FEED_REASON_SENDER_UNKNOWN
               ? verb->said
               : (struct text){0};
}

static bool append(struct receive_message *verb, struct txn *txn, struct error *err)
{
    const struct hl7_header *header = &verb->header;
    struct origin origin = caller_origin(verb->act.caller);
    struct feed_message_received content = {
        .feed = verb->feed,
        .control = header->control,
        .digest = verb->digest,
        .size = verb->size,
        .type = header->type,
        .version = hl7_component(header, header->version, 0),
        .state = verb->reason == FEED_REASON_NONE ? FEED_WAITING : FEED_QUARANTINED,
        .reason = feed_reason_name(verb->reason),
        .said = receive_message_said(verb),
        .is_kept = true};
    if (header->time.len > 0)
        content.message_time = header->time;
    if (is_refused(verb->reason)) {
        content.state = FEED_REJECTED;
        content.is_kept = false;
    }
    return txn_append(txn, LOG_EVENT_FEED_MESSAGE_RECEIVED, &origin, 0, &content,
                      &verb->message, err) &&
           (!content.is_kept ||
            feed_raw_keep(txn, verb->message, &verb->digest, verb->bytes, err));
}

/* A sender that is refused tries again and again: the log tells of it once a minute for the
 * same reason, and not of more unknown senders than a person looks through. */
static bool is_told_already(struct receive_message *verb, struct txn *txn,
                            const struct feed *feed, bool *out, struct error *err)
{
    struct feed_message *last = NULL;
    int64_t unknown = 0;
    *out = true;
    if (feed == NULL) {
        if (!feeds_unknown(txn_db(txn), &unknown, err))
            return false;
        *out = unknown >= LIMIT_FEED_UNKNOWN;
        return true;
    }
    if (!feed_message_find(txn_db(txn), feed->refused_message, txn_arena(txn), &last,
                           err))
        return false;
    *out = last != NULL && text_equal(last->reason, feed_reason_name(verb->reason)) &&
           txn_now(txn) - last->received < 60 * INSTANT_SECOND;
    return true;
}

/* Has it come before? A refused one may come again: what stood against it may be gone. */
static bool compare_before(struct receive_message *verb, struct txn *txn,
                           struct error *err)
{
    struct feed_message_list before;
    if (!feed_messages_same(txn_db(txn), verb->feed, verb->header.control,
                            txn_arena(txn), &before, err))
        return false;
    for (size_t i = 0; i < before.count; i++) {
        const struct feed_message *message = &before.at[i];
        if (message->state == FEED_REJECTED)
            continue;
        if (!hash_equal(&message->digest, &verb->digest)) {
            verb->reason = FEED_REASON_CONTROL_REUSED;
            continue;
        }
        /* The reason is what it was then: that of those before it, or its own. */
        verb->is_repeat = true;
        verb->message = message->id;
        return true;
    }
    return true;
}

static void receive_message_after(struct act *act)
{
    filing_wake(act->study);
}

bool receive_message(struct act *act, struct txn *txn, struct error *err)
{
    struct receive_message *verb = (struct receive_message *)act;
    struct feed *feed = NULL;
    verb->is_repeat = false;
    verb->message = 0;
    if (!feed_find(txn_db(txn), verb->feed, txn_arena(txn), &feed, err))
        return false;
    verb->reason = refusal_of(verb, feed);
    if (verb->reason != FEED_REASON_NONE) {
        bool is_told = false;
        return is_told_already(verb, txn, feed, &is_told, err) &&
               (is_told || append(verb, txn, err));
    }
    verb->reason = verb->found;
    if (!compare_before(verb, txn, err) || verb->is_repeat)
        return verb->is_repeat;
    act->after = receive_message_after;
    return append(verb, txn, err);
}
