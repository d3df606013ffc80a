/* The control socket's frames, from any bytes that another program may send, and the words
 * of a command in them. */
#include "fuzz/fuzz.h"

#include "cli/commands.h"
#include "cli/control.h"
#include "system/local_socket.h"

#include <sys/socket.h>
#include <unistd.h>

static void read_words(struct text payload, struct arena *arena)
{
    struct control_words words, again;
    struct text written;
    struct error err;
    if (!control_words_read(payload, arena, &words))
        return;
    ASSERT(control_words_write(&words, arena, &written, &err));
    ASSERT(text_equal(written, payload));
    ASSERT(control_words_read(written, arena, &again) && again.count == words.count);
}

static void read_frames(int socket, struct arena *arena)
{
    enum control_kind kind;
    struct text payload;
    struct arena_mark mark = arena_mark(arena);
    while (control_receive(socket, CONTROL_WORDS_LIMIT, arena, &kind, &payload)) {
        ASSERT(payload.len <= CONTROL_WORDS_LIMIT);
        if (kind == CONTROL_RUN)
            read_words(payload, arena);
        arena_rewind(arena, mark);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    int ends[2];
    /* What the socket's own memory holds: nobody reads while it is written. */
    if (len > 64 * 1024 || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return 0;
    struct arena *arena = arena_new(2 << 20);
    ASSERT(local_socket_write(ends[0], fuzz_text(bytes, len)));
    close(ends[0]);
    read_frames(ends[1], arena);
    close(ends[1]);
    arena_free(arena);
    return 0;
}
