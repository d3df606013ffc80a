/* Bytes into messages, in whatever pieces the network brings them. */
#include "support/unit.h"

#include "base/limits.h"
#include "listen/mllp.h"

#include <string.h>

#define BEGIN "\x0b"
#define END   "\x1c\r"

static struct mllp mllp;

static int setup(void **state)
{
    (void)state;
    mllp_open(&mllp);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    mllp_close(&mllp);
    return 0;
}

/* Takes all of `bytes`, and adds each message with a bar behind it. */
static void take(struct text bytes, char *out, size_t size)
{
    struct mllp_frame frame;
    while (mllp_take(&mllp, &bytes, &frame)) {
        size_t len = strlen(out);
        assert_true(len + frame.bytes.len + 2 < size);
        assert_int_equal(frame.size, frame.bytes.len);
        memcpy(out + len, frame.bytes.at, frame.bytes.len);
        memcpy(out + len + frame.bytes.len, "|", 2);
    }
    assert_int_equal(bytes.len, 0);
}

static void a_stream_gives_the_same_messages_cut_at_any_two_places(void **state)
{
    static const char stream[] =
        BEGIN "one" END BEGIN END "noise\r\n" BEGIN "two\rlines\r" END BEGIN
              "cut " BEGIN "three\x1c" BEGIN "four" END BEGIN "half";
    size_t len = sizeof stream - 1;
    (void)state;
    for (size_t i = 0; i <= len; i++)
        for (size_t j = i; j <= len; j++) {
            char out[256] = "";
            mllp_close(&mllp);
            mllp_open(&mllp);
            take((struct text){stream, i}, out, sizeof out);
            take((struct text){stream + i, j - i}, out, sizeof out);
            take((struct text){stream + j, len - j}, out, sizeof out);
            assert_string_equal(out, "one||two\rlines\r|three|four|");
            assert_int_equal(mllp.cut_short, 1);
            assert_int_equal(mllp.bytes_of_no_one, 5);
            assert_true(mllp.is_inside);
        }
}

/* Of a hundred megabytes a few thousand bytes are kept, and the next message is read. */
static void too_large_a_message_keeps_its_head_and_counts_the_rest(void **state)
{
    enum { PIECE = 1000 * 1000, PIECES = 100 };
    static char piece[PIECE];
    struct mllp_frame frame;
    (void)state;
    memset(piece, 'x', sizeof piece);
    struct text head = TEXT(BEGIN "MSH|head");
    assert_false(mllp_take(&mllp, &head, &frame));
    for (int i = 0; i < PIECES; i++) {
        struct text more = {piece, PIECE};
        assert_false(mllp_take(&mllp, &more, &frame));
        assert_true(arena_used(mllp.arena) <= (size_t)3 * LIMIT_FEED_MESSAGE);
    }
    struct text end = TEXT(END BEGIN "next" END);
    assert_true(mllp_take(&mllp, &end, &frame));
    assert_int_equal(frame.size, 8 + (int64_t)PIECE * PIECES);
    assert_int_equal(frame.bytes.len, LIMIT_FEED_HEAD);
    assert_true(text_starts_with(frame.bytes, TEXT("MSH|headxxx")));
    assert_true(mllp_take(&mllp, &end, &frame));
    ASSERT_TEXT(frame.bytes, "next");
}

static void the_largest_message_is_kept_whole(void **state)
{
    static char whole[LIMIT_FEED_MESSAGE + 3];
    struct mllp_frame frame;
    (void)state;
    memset(whole, 'x', sizeof whole);
    whole[0] = 0x0b;
    whole[LIMIT_FEED_MESSAGE + 1] = 0x1c;
    whole[LIMIT_FEED_MESSAGE + 2] = '\r';
    struct text bytes = {whole, sizeof whole};
    assert_true(mllp_take(&mllp, &bytes, &frame));
    assert_int_equal(frame.bytes.len, LIMIT_FEED_MESSAGE);
    assert_int_equal(frame.size, LIMIT_FEED_MESSAGE);
}

static void what_is_put_in_a_frame_comes_out_again(void **state)
{
    struct arena *arena = arena_new(1024);
    struct buffer buffer = buffer_in(arena, 512);
    struct mllp_frame frame;
    struct text bytes;
    struct error err;
    (void)state;
    mllp_put(&buffer, TEXT("MSH|^~\\&|\r"));
    ASSERT_OK(buffer_text(&buffer, &bytes, &err), &err);
    ASSERT_TEXT(bytes, BEGIN "MSH|^~\\&|\r" END);
    assert_true(mllp_take(&mllp, &bytes, &frame));
    ASSERT_TEXT(frame.bytes, "MSH|^~\\&|\r");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define ROW(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        ROW(a_stream_gives_the_same_messages_cut_at_any_two_places),
        ROW(too_large_a_message_keeps_its_head_and_counts_the_rest),
        ROW(the_largest_message_is_kept_whole),
        ROW(what_is_put_in_a_frame_comes_out_again),
#undef ROW
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
