#include "base/bytes.h"
#include "cli/control.h"
#include "system/local_socket.h"

enum { HEAD_SIZE = 5 };

bool control_send(int socket, enum control_kind kind, struct text payload)
{
    char head[HEAD_SIZE] = {(char)kind};
    for (int i = 0; i < 4; i++)
        head[1 + i] = (char)(payload.len >> (8 * i) & 0xFF);
    return local_socket_write(socket, (struct text){.at = head, .len = sizeof head}) &&
           local_socket_write(socket, payload);
}

static bool is_kind(unsigned char byte)
{
    return byte == CONTROL_RUN || byte == CONTROL_SECRET || byte == CONTROL_NO_SECRET ||
           byte == CONTROL_OUT || byte == CONTROL_ERR || byte == CONTROL_ASK ||
           byte == CONTROL_EXIT;
}

bool control_receive(int socket, size_t maximum, struct arena *arena,
                     enum control_kind *kind, struct text *payload)
{
    unsigned char head[HEAD_SIZE];
    if (!local_socket_read(socket, head, sizeof head) || !is_kind(head[0]))
        return false;
    size_t len = 0;
    for (int i = 0; i < 4; i++)
        len |= (size_t)head[1 + i] << (8 * i);
    char *bytes = len > maximum ? NULL : arena_try(arena, len + 1);
    if (bytes == NULL || !local_socket_read(socket, bytes, len))
        return false;
    *kind = (enum control_kind)head[0];
    *payload = (struct text){.at = bytes, .len = len};
    return true;
}

bool control_words_write(const struct control_words *words, struct arena *arena,
                         struct text *payload, struct error *err)
{
    struct buffer buffer = buffer_in(arena, CONTROL_WORDS_LIMIT);
    bytes_put_unsigned(&buffer, CONTROL_VERSION);
    bytes_put_bool(&buffer, words->is_terminal);
    bytes_put_text(&buffer, words->working_folder);
    bytes_put_unsigned(&buffer, words->count);
    for (size_t i = 0; i < words->count; i++)
        bytes_put_text(&buffer, words->words[i]);
    return buffer_text(&buffer, payload, err) || error_in(err, "the command line");
}

bool control_words_read(struct text payload, struct arena *arena,
                        struct control_words *out)
{
    struct bytes_reader reader = bytes_read(payload);
    bool is_known = bytes_get_unsigned(&reader) == CONTROL_VERSION;
    out->is_terminal = bytes_get_bool(&reader);
    out->working_folder = bytes_get_text(&reader);
    out->count = bytes_get_count(&reader);
    if (!is_known || reader.is_bad || out->count > ARGUMENTS_MAXIMUM)
        return false;
    struct text *words = ARENA_ARRAY(arena, struct text, out->count);
    for (size_t i = 0; i < out->count; i++)
        words[i] = bytes_get_text(&reader);
    out->words = words;
    return bytes_done(&reader);
}
