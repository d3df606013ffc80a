#include "listen/acknowledge.h"

#include "base/datetime.h"
#include "base/limits.h"

/* HL7 table 0357 and where in the message it is: segment MSH and a field, 0: nowhere. */
struct fault {
    const char *code, *name;
    int field;
    const char *advice;
};

static const struct fault not_stored = {"207", "Application internal error", 0,
                                        "nothing is lost here: send it again"};

static struct fault fault_of(enum feed_reason reason)
{
    switch (reason) {
    case FEED_REASON_SENDER_UNKNOWN:
        return (struct fault){"204", "Unknown key identifier", 3,
                              "an administrator opens it on the page Feeds"};
    case FEED_REASON_SENDER_CLOSED:
        return (struct fault){"206", "Application record locked", 3,
                              "an administrator opens it on the page Feeds"};
    case FEED_REASON_CERTIFICATE:
        return (struct fault){"204", "Unknown key identifier", 3,
                              "an administrator sets it on the page Feeds"};
    case FEED_REASON_TYPE:
        return (struct fault){"200", "Unsupported message type", 9,
                              "send results: ORU, R01"};
    case FEED_REASON_VERSION:
        return (struct fault){"203", "Unsupported version id", 12,
                              "send 2.3, 2.3.1, 2.4, 2.5, 2.5.1 or 2.6"};
    case FEED_REASON_PROCESSING:
        return (struct fault){"202", "Unsupported processing id", 11,
                              "this is a study in production: send P"};
    case FEED_REASON_CONTROL_REUSED:
        return (struct fault){"205", "Duplicate key identifier", 10,
                              "it is kept, and a person looks at it: give each message "
                              "a control id of its own"};
    case FEED_REASON_TOO_LARGE:
        return (struct fault){"207", "Application internal error", 0,
                              "at most 1 MB: send the results in several messages"};
    case FEED_REASON_STRUCTURE:
    /* Found when it is filed: its sender got an AA long before. */
    case FEED_REASON_CHARACTER_SET:
    case FEED_REASON_PATIENT:
    case FEED_REASON_PATIENT_DIFFERS:
    case FEED_REASON_CODE:
    case FEED_REASON_UNIT:
    case FEED_REASON_WINDOW:
    case FEED_REASON_LOCKED:
    case FEED_REASON_VALUE:
    case FEED_REASON_NONE:
    case FEED_REASONS: break;
    }
    return (struct fault){"100", "Segment sequence error", 0,
                          "put it right and send it with another control id"};
}

/* --- writing ---------------------------------------------------------------------------- */

struct acknowledgement {
    struct buffer *out;
    char field, component, subcomponent;
    struct text encoding;
};

/* Escapes of HL7 v2.5.1 chapter 2, section 2.7.1. */
static void put_text(const struct acknowledgement *answer, struct text t)
{
    static const char names[] = "SRET"; /* of the signs of MSH-2, in order */
    char escape = answer->encoding.at[2];
    for (size_t i = 0; i < t.len; i++) {
        size_t at = text_find(answer->encoding, t.at[i]);
        char name = t.at[i] == answer->field ? 'F' : at < 4 ? names[at] : '\0';
        if (at >= answer->encoding.len && name != 'F') {
            buffer_byte(answer->out, t.at[i]);
            continue;
        }
        buffer_byte(answer->out, escape);
        buffer_byte(answer->out, name);
        buffer_byte(answer->out, escape);
    }
}

static void put_field(const struct acknowledgement *answer, struct text raw)
{
    buffer_byte(answer->out, answer->field);
    buffer_text_add(answer->out, raw);
}

/* "20261122083000.123+0000" */
static void put_time(const struct acknowledgement *answer, int64_t now)
{
    struct moment moment = moment_of_instant(now, 0);
    buffer_byte(answer->out, answer->field);
    buffer_format(answer->out, "%04d%02d%02d%02d%02d%02d+0000", moment.year,
                  moment.month, moment.day, moment.hour, moment.minute, moment.second);
}

/* As many parts as the sender's own type has. */
static void put_type(const struct acknowledgement *answer,
                     const struct hl7_header *header)
{
    struct text trigger = hl7_component(header, header->type, 1);
    struct text structure = hl7_component(header, header->type, 2);
    put_field(answer, TEXT("ACK"));
    if (trigger.len > 0) {
        buffer_byte(answer->out, answer->component);
        buffer_text_add(answer->out, trigger);
    }
    if (structure.len > 0) {
        buffer_byte(answer->out, answer->component);
        buffer_text_add(answer->out, TEXT("ACK"));
    }
}

static void put_head(const struct acknowledgement *answer,
                     const struct hl7_header *header, int64_t now, int64_t number)
{
    buffer_text_add(answer->out, TEXT("MSH"));
    put_field(answer, answer->encoding);
    put_field(answer, header->receiving_application);
    put_field(answer, header->receiving_facility);
    put_field(answer, header->sending_application);
    put_field(answer, header->sending_facility);
    put_time(answer, now);
    put_field(answer, TEXT(""));
    put_type(answer, header);
    buffer_byte(answer->out, answer->field);
    buffer_format(answer->out, "OSTEON%lld", (long long)number);
    put_field(answer, header->processing.len > 0 ? header->processing : TEXT("P"));
    put_field(answer, header->version.len > 0 ? header->version : TEXT("2.5.1"));
    if (header->character_set.len > 0) {
        for (int i = 13; i < 18; i++)
            put_field(answer, TEXT(""));
        put_field(answer, header->character_set);
    }
    buffer_byte(answer->out, '\r');
}

/* "the message is broken: segment 3 (OBX): no OBR stands before it; put it right …" */
static struct text words_of(const struct receive_message *verb,
                            const struct fault *fault)
{
    struct arena *arena = verb->act.arena;
    if (verb->act.outcome.code != ERROR_NONE)
        return text_format(arena, "it could not be stored: %s; %s",
                           error_sentence(verb->act.outcome.code), fault->advice);
    struct text reason = feed_reason_label(feed_reason_name(verb->reason)).english;
    struct text said = receive_message_said(verb);
    if (said.len > 0)
        return text_format(arena, "%.*s: %.*s; %s", TEXT_ARG(reason), TEXT_ARG(said),
                           fault->advice);
    if (verb->reason == FEED_REASON_SENDER_UNKNOWN)
        return text_format(arena, "%.*s: %.*s; %s", TEXT_ARG(reason),
                           TEXT_ARG(verb->feed), fault->advice);
    return text_format(arena, "%.*s; %s", TEXT_ARG(reason), fault->advice);
}

static bool is_before_2_5(const struct hl7_header *header)
{
    struct text version = hl7_component(header, header->version, 0);
    return text_starts_with(version, TEXT("2.3")) || text_equal(version, TEXT("2.4"));
}

/* ERR-1 before 2.5: MSH^1^9^200&Unsupported message type&HL70357 */
static void put_earlier_error(const struct acknowledgement *answer,
                              const struct fault *fault)
{
    char c = answer->component, s = answer->subcomponent;
    buffer_byte(answer->out, answer->field);
    if (fault->field > 0)
        buffer_format(answer->out, "MSH%c1%c%d", c, c, fault->field);
    else
        buffer_format(answer->out, "%c%c", c, c);
    buffer_format(answer->out, "%c%s%c%s%cHL70357", c, fault->code, s, fault->name, s);
}

static void put_error(const struct acknowledgement *answer, const struct fault *fault,
                      struct text words, bool is_earlier)
{
    char c = answer->component;
    buffer_text_add(answer->out, TEXT("ERR"));
    if (is_earlier) {
        put_earlier_error(answer, fault);
    } else {
        put_field(answer, TEXT(""));
        put_field(answer, TEXT(""));
        if (fault->field > 0)
            buffer_format(answer->out, "MSH%c1%c%d", c, c, fault->field);
        buffer_byte(answer->out, answer->field);
        buffer_format(answer->out, "%s%c%s%cHL70357", fault->code, c, fault->name, c);
        put_field(answer, TEXT("E"));
        for (int i = 5; i < 8; i++)
            put_field(answer, TEXT(""));
        buffer_byte(answer->out, answer->field);
        put_text(answer, words);
    }
    buffer_byte(answer->out, '\r');
}

void acknowledge(const struct receive_message *verb, int64_t now, int64_t number,
                 struct buffer *out)
{
    const struct hl7_header *header = &verb->header;
    bool is_read = header->encoding.len > 0;
    struct acknowledgement answer = {.out = out,
                                     .field = is_read ? header->field : '|',
                                     .encoding =
                                         is_read ? header->encoding : TEXT("^~\\&")};
    answer.component = answer.encoding.at[0];
    answer.subcomponent = answer.encoding.len > 3 ? answer.encoding.at[3] : '&';
    bool is_stored = verb->act.outcome.code == ERROR_NONE;
    bool is_taken = is_stored && verb->reason == FEED_REASON_NONE;
    struct text code = is_taken    ? TEXT("AA")
                       : is_stored ? feed_reason_answer(verb->reason)
                                   : TEXT("AE");
    if (!is_read)
        code = TEXT("AR");
    put_head(&answer, header, now, number);
    buffer_text_add(out, TEXT("MSA"));
    put_field(&answer, code);
    put_field(&answer, header->control);
    struct fault fault = is_stored ? fault_of(verb->reason) : not_stored;
    struct text words = is_taken ? TEXT("") : words_of(verb, &fault);
    if (!is_taken) {
        buffer_byte(out, answer.field);
        put_text(&answer, words);
    }
    buffer_byte(out, '\r');
    if (!is_taken)
        put_error(&answer, &fault, words, is_before_2_5(header));
}
