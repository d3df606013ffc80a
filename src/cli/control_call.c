/* The caller's side of the control socket. */
#include "base/limits.h"
#include "cli/control.h"
#include "system/crypto.h"
#include "system/local_socket.h"

bool control_reach(const char *folder, int *socket, struct error *err)
{
    struct arena *scratch = arena_new(LIMIT_URL * 2);
    const char *path = text_format(scratch, "%s/control.sock", folder).at;
    bool is_reached = local_socket_connect(path, socket, err);
    arena_free(scratch);
    return is_reached;
}

static bool send_words(int socket, const struct control_call *call, struct arena *arena,
                       struct error *err)
{
    const struct control_words words = {.words = call->words,
                                        .count = call->count,
                                        .working_folder = text_of(call->working_folder),
                                        .is_terminal = call->err->is_terminal};
    struct text whole;
    return control_words_write(&words, arena, &whole, err) &&
           (control_send(socket, CONTROL_RUN, whole) ||
            error_set(err, ERROR_FAILED, "the server closed the control socket"));
}

static bool answer_secret(int socket, const struct control_call *call,
                          struct text prompt, struct arena *arena)
{
    struct text secret;
    struct error why;
    if (!secret_ask(call->secrets, text_c(arena, prompt), arena, &secret, &why)) {
        struct text sentence = text_format(arena, "%s%s%s", why.text,
                                           why.hint[0] == '\0' ? "" : "; ", why.hint);
        return control_send(socket, CONTROL_NO_SECRET, sentence);
    }
    return control_send(socket, CONTROL_SECRET, secret);
}

/* Acts on one frame of the server. */
static bool hear(int socket, const struct control_call *call, enum control_kind kind,
                 struct text payload, struct arena *arena)
{
    if (kind == CONTROL_OUT)
        stream_text(call->out, payload);
    else if (kind == CONTROL_ERR)
        stream_text(call->err, payload);
    else if (kind == CONTROL_ASK)
        return answer_secret(socket, call, payload, arena);
    else
        return false;
    // Nobody reads what we print: tell the server by going away.
    return !call->out->has_failed;
}

bool control_run(int socket, const struct control_call *call, struct arena *arena,
                 int *status, struct error *err)
{
    if (!send_words(socket, call, arena, err))
        return false;
    for (;;) {
        struct arena_mark mark = arena_mark(arena);
        enum control_kind kind;
        struct text payload;
        bool is_heard = control_receive(socket, CONTROL_CHUNK, arena, &kind, &payload);
        if (is_heard && kind == CONTROL_EXIT && payload.len == 1) {
            *status = (unsigned char)payload.at[0];
            return true;
        }
        is_heard = is_heard && hear(socket, call, kind, payload, arena);
        arena_rewind(arena, mark);
        if (!is_heard) {
            error_set(err, ERROR_FAILED, "the server went away before it was done");
            return error_hint(err, "what was asked may have been done: look, then ask "
                                   "again");
        }
    }
}
