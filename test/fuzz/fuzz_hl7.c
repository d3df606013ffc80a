/* HL7 messages from any bytes, in each character set: a refusal is a sentence with a place;
 * what is taken is UTF-8 throughout, and no longer than what came. */
#include "fuzz/fuzz.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "formats/hl7_charset.h"
#include "formats/hl7_result.h"
#include "formats/hl7_time.h"

static void check_text(struct text t)
{
    struct moment moment;
    ASSERT(utf8_is_valid(t, NULL));
    (void)hl7_time_parse(t, &moment);
}

static void check_result(const struct hl7_result *result)
{
    size_t number = 0;
    check_text(result->control);
    for (size_t i = 0; i < result->name_count; i++)
        check_text(result->names[i]);
    for (size_t i = 0; i < result->order_count; i++) {
        const struct hl7_order *order = &result->orders[i];
        check_text(order->specimen_text);
        check_text(order->collected);
        for (size_t k = 0; k < order->observation_count; k++) {
            const struct hl7_observation *observation = &order->observations[k];
            ASSERT(observation->number == ++number);
            ASSERT(text_is_absent(observation->answer.comparator) ||
                   observation->answer.is_number);
            check_text(observation->answer.text);
            check_text(observation->range.text);
            check_text(observation->note);
        }
    }
}

static void check_values(const struct hl7_message *message, struct arena *arena)
{
    for (size_t i = 0; i < message->segment_count; i++) {
        const struct hl7_segment *segment = &message->segments[i];
        for (size_t k = 0; k < segment->field_count; k++) {
            struct arena_mark mark = arena_mark(arena);
            struct text whole = hl7_field(segment, k);
            struct text value =
                hl7_value(message, segment, (struct hl7_place){.field = k}, arena);
            ASSERT(value.len <= whole.len);
            check_text(value);
            arena_rewind(arena, mark);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena *arena = arena_new(LIMIT_HL7_ARENA);
    struct text input = fuzz_text(bytes, len), document;
    enum hl7_charset charset = (enum hl7_charset)(fuzz_byte(&input) % 4);
    /* Orders a failure of memory while the message is cut, or while its result is begun; what
     * comes then is bounded by the message. */
    size_t failure = fuzz_byte(&input) % 16;
    arena_fail_after(arena, failure);
    struct error err = {0};
    struct hl7_message message;
    struct hl7_result result;
    (void)hl7_charset_said(input);
    if (!hl7_to_utf8(input, charset, arena, &document, &err)) {
        fuzz_check_refusal(&err, len);
    } else if (!hl7_read(document, arena, &message, &err)) {
        fuzz_check_refusal(&err, document.len);
    } else {
        arena_fail_after(arena, 0);
        check_values(&message, arena);
        arena_fail_after(arena, failure < 3 ? failure : 0);
        if (hl7_result_read(&message, arena, &result, &err))
            check_result(&result);
        else
            fuzz_check_refusal(&err, document.len);
    }
    arena_free(arena);
    return 0;
}
