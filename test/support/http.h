#ifndef OSTEON_TEST_SUPPORT_HTTP_H
#define OSTEON_TEST_SUPPORT_HTTP_H
/* A plain socket to a server under test: bytes as the test wants them, answers cut by
 * their framing. Everything ends by itself after HTTP_PATIENCE_SECONDS. */
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { HTTP_PATIENCE_SECONDS = 20, HTTP_ANSWER_SIZE = 256 * 1024 };

struct http {
    int socket;
    char held[HTTP_ANSWER_SIZE]; /* received and not yet taken */
    size_t held_len;
};

struct http_answer {
    int status; /* 0: the connection ended before a whole answer came */
    char head[8192];
    char body[HTTP_ANSWER_SIZE];
    size_t body_len;
};

/* Connects to 127.0.0.1; false when nobody takes it. */
bool http_open(struct http *http, int port);
void http_close(struct http *http);
/* Sends all; false when the other end is gone. */
bool http_send(struct http *http, const char *bytes, size_t len);
bool http_say(struct http *http, const char *text);
/* Takes one answer: with Content-Length, chunked, or without a body. */
void http_take(struct http *http, struct http_answer *answer);
/* As http_take, for an answer to HEAD. */
void http_take_head(struct http *http, struct http_answer *answer);
/* Takes until `wanted` stands in what has come; false when the connection ends before. */
bool http_take_until(struct http *http, const char *wanted);
/* Takes what is left until the other end closes; false when it does not, or when `never`
 * stands in it. */
bool http_ends_without(struct http *http, const char *never);

/* The value of a header of the answer into `out`; false when there is none. */
bool http_header(const struct http_answer *answer, const char *name, char *out,
                 size_t size);

/* One request on a connection of its own; `extra` are header lines, each ended by CR LF. */
int http_ask(int port, const char *method, const char *target, const char *extra,
             const char *body, struct http_answer *answer);

#endif
