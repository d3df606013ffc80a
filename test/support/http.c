#include "support/http.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

bool http_open(struct http *http, int port)
{
    http->held_len = 0;
    http->socket = socket(AF_INET, SOCK_STREAM, 0);
    struct timeval patience = {.tv_sec = HTTP_PATIENCE_SECONDS};
    setsockopt(http->socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(http->socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((unsigned short)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    return connect(http->socket, (struct sockaddr *)&address, sizeof address) == 0;
}

void http_close(struct http *http)
{
    close(http->socket);
    http->socket = -1;
}

bool http_send(struct http *http, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(http->socket, bytes, len, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        len -= (size_t)sent;
    }
    return true;
}

bool http_say(struct http *http, const char *text)
{
    return http_send(http, text, strlen(text));
}

/* Waits for more bytes. */
static bool fill(struct http *http)
{
    if (http->held_len + 1 >= sizeof http->held)
        return false;
    ssize_t got = recv(http->socket, http->held + http->held_len,
                       sizeof http->held - 1 - http->held_len, 0);
    if (got <= 0)
        return false;
    http->held_len += (size_t)got;
    http->held[http->held_len] = '\0';
    return true;
}

static void drop(struct http *http, size_t len)
{
    memmove(http->held, http->held + len, http->held_len - len);
    http->held_len -= len;
    http->held[http->held_len] = '\0';
}

static bool take_head(struct http *http, struct http_answer *answer)
{
    char *end = NULL;
    http->held[http->held_len] = '\0';
    while ((end = strstr(http->held, "\r\n\r\n")) == NULL)
        if (!fill(http))
            return false;
    size_t len = (size_t)(end - http->held) + 4;
    if (len >= sizeof answer->head)
        return false;
    memcpy(answer->head, http->held, len);
    answer->head[len] = '\0';
    drop(http, len);
    answer->status = (int)strtol(answer->head + strlen("HTTP/1.1 "), NULL, 10);
    return true;
}

static bool take_bytes(struct http *http, struct http_answer *answer, size_t len)
{
    if (answer->body_len + len >= sizeof answer->body)
        return false;
    while (http->held_len < len)
        if (!fill(http))
            return false;
    memcpy(answer->body + answer->body_len, http->held, len);
    answer->body_len += len;
    answer->body[answer->body_len] = '\0';
    drop(http, len);
    return true;
}

static bool take_chunks(struct http *http, struct http_answer *answer)
{
    for (;;) {
        char *end = NULL;
        while ((end = strstr(http->held, "\r\n")) == NULL)
            if (!fill(http))
                return false;
        size_t len = strtoul(http->held, NULL, 16);
        drop(http, (size_t)(end - http->held) + 2);
        if (!take_bytes(http, answer, len))
            return false;
        while (http->held_len < 2)
            if (!fill(http))
                return false;
        drop(http, 2);
        if (len == 0)
            return true;
    }
}

static void take(struct http *http, struct http_answer *answer, bool has_body)
{
    char value[32];
    answer->status = 0;
    answer->body_len = 0;
    answer->body[0] = '\0';
    if (!take_head(http, answer))
        return;
    bool is_bare = !has_body || answer->status == 204 || answer->status == 304;
    bool is_whole = true;
    if (!is_bare && http_header(answer, "Transfer-Encoding", value, sizeof value))
        is_whole = take_chunks(http, answer);
    else if (!is_bare && http_header(answer, "Content-Length", value, sizeof value))
        is_whole = take_bytes(http, answer, strtoul(value, NULL, 10));
    if (!is_whole)
        answer->status = 0;
}

void http_take(struct http *http, struct http_answer *answer)
{
    take(http, answer, true);
}

void http_take_head(struct http *http, struct http_answer *answer)
{
    take(http, answer, false);
}

bool http_take_until(struct http *http, const char *wanted)
{
    http->held[http->held_len] = '\0';
    char *found = NULL;
    while ((found = strstr(http->held, wanted)) == NULL)
        if (!fill(http))
            return false;
    drop(http, (size_t)(found - http->held) + strlen(wanted));
    return true;
}

bool http_ends_without(struct http *http, const char *never)
{
    ssize_t got = 1;
    while (got > 0 && http->held_len + 1 < sizeof http->held) {
        got = recv(http->socket, http->held + http->held_len,
                   sizeof http->held - 1 - http->held_len, 0);
        http->held_len += got > 0 ? (size_t)got : 0;
    }
    http->held[http->held_len] = '\0';
    bool is_closed = got == 0 || errno == ECONNRESET;
    return is_closed && strstr(http->held, never) == NULL;
}

bool http_header(const struct http_answer *answer, const char *name, char *out,
                 size_t size)
{
    size_t len = strlen(name);
    for (const char *line = strstr(answer->head, "\r\n"); line != NULL;
         line = strstr(line + 2, "\r\n")) {
        if (strncasecmp(line + 2, name, len) != 0 || line[2 + len] != ':')
            continue;
        const char *value = line + 2 + len + 2;
        const char *end = strstr(value, "\r\n");
        snprintf(out, size, "%.*s", (int)(end - value), value);
        return true;
    }
    return false;
}

int http_ask(int port, const char *method, const char *target, const char *extra,
             const char *body, struct http_answer *answer)
{
    static const char no_lines[] = "";
    struct http *http = malloc(sizeof *http);
    char head[8192];
    answer->status = 0;
    if (http_open(http, port)) {
        snprintf(head, sizeof head, "%s %s HTTP/1.1\r\nHost: localhost\r\n%s", method,
                 target, extra == NULL ? no_lines : extra);
        http_say(http, head);
        if (body != NULL) {
            snprintf(head, sizeof head,
                     "Content-Type: application/json\r\nContent-Length: %zu\r\n",
                     strlen(body));
            http_say(http, head);
        }
        http_say(http, "\r\n");
        if (body != NULL)
            http_say(http, body);
        take(http, answer, strcmp(method, "HEAD") != 0);
    }
    http_close(http);
    free(http);
    return answer->status;
}
