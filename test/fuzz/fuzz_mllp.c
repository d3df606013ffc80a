/* The framing and what follows it up to the answer. The first byte says into pieces of how
 * many bytes the stream is cut: the messages must be those of the stream in one piece, and
 * each gets an acknowledgement that can be read, with its control id. */
#include "fuzz/fuzz.h"

#include "base/limits.h"
#include "listen/acknowledge.h"
#include "listen/mllp.h"
#include "system/crypto.h"

static void check_answer(struct text message, int64_t size, struct arena *arena)
{
    struct receive_message verb = {.act.arena = arena, .bytes = message, .size = size};
    struct buffer out = buffer_in(arena, 8 * 1024);
    struct text answer;
    struct error err = {0};
    bool is_read = receive_message_begin(&verb);
    verb.reason = is_read ? verb.found : verb.reason;
    acknowledge(&verb, 0, 1, &out);
    ASSERT(buffer_text(&out, &answer, &err));
    struct hl7_header header;
    ASSERT(hl7_header_read(answer, &header, &err));
    ASSERT(text_equal(hl7_component(&header, header.type, 0), TEXT("ACK")));
    ASSERT(text_find(answer, 0x0b) == answer.len);
    struct text segment;
    ASSERT(hl7_segment_next(&answer, &segment) && hl7_segment_next(&answer, &segment));
    ASSERT(text_equal(text_cut(&segment, header.field), TEXT("MSA")));
    struct text code = text_cut(&segment, header.field);
    ASSERT(text_equal(code, TEXT("AA")) == (verb.reason == FEED_REASON_NONE));
    ASSERT(text_equal(text_cut(&segment, header.field), verb.header.control));
}

/* The digest of all messages with their lengths, and how many there were. */
static struct hash read_stream(struct text bytes, size_t piece, struct arena *arena,
                               bool with_answers)
{
    struct hasher *hasher = hasher_new(arena);
    struct mllp mllp;
    struct mllp_frame frame;
    mllp_open(&mllp);
    while (bytes.len > 0) {
        struct text rest = text_part(bytes, 0, piece);
        bytes = text_part(bytes, rest.len, bytes.len);
        while (mllp_take(&mllp, &rest, &frame)) {
            hasher_add(hasher, &frame.size, sizeof frame.size);
            hasher_add(hasher, frame.bytes.at, frame.bytes.len);
            struct arena_mark mark = arena_mark(arena);
            if (with_answers)
                check_answer(frame.bytes, frame.size, arena);
            arena_rewind(arena, mark);
        }
        ASSERT(rest.len == 0);
    }
    hasher_add(hasher, &mllp.cut_short, sizeof mllp.cut_short);
    hasher_add(hasher, &mllp.bytes_of_no_one, sizeof mllp.bytes_of_no_one);
    mllp_close(&mllp);
    return hasher_end(hasher);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
    struct text rest = fuzz_text(bytes, len);
    size_t piece = fuzz_byte(&rest) + (size_t)1;
    struct hash whole = read_stream(rest, rest.len, arena, true);
    struct hash pieces = read_stream(rest, piece, arena, false);
    ASSERT(hash_equal(&whole, &pieces));
    arena_free(arena);
    return 0;
}
