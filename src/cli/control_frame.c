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
