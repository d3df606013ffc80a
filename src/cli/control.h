#ifndef OSTEON_CLI_CONTROL_H
#define OSTEON_CLI_CONTROL_H
/* The control socket DIR/control.sock: while `serve` owns a folder, every other command
 * on it runs inside the server.
 *
 * The caller sends the words of its command line and its working folder; the server
 * chooses the very same command from the table, runs it with its open study, and sends
 * what the command writes, at last its exit status. When the command needs a secret the
 * server asks, and the caller reads its file or terminal. The socket has mode 0600 and
 * the kernel names the caller: only the server's own user and root are served.
 *
 * A frame is a kind (one byte), a length (four bytes, little endian), then the payload:
 *
 *     caller → server   R run: version, flags, folder, words (base/bytes.h)
 *                       S a secret       N none: the sentence why
 *     server → caller   O, E bytes for standard output, standard error
 *                       A ask for a secret: the prompt
 *                       X the exit status, the last frame
 */
#include "cli/command.h"

enum {
    CONTROL_VERSION = 1,
    CONTROL_WORDS_LIMIT = 256 * 1024, /* of a run frame */
    CONTROL_CHUNK = 32 * 1024,        /* of a stream frame */
    CONTROL_THREADS = 4,              /* commands that may run at once */
    CONTROL_PATIENCE_SECONDS = 300    /* for a caller that does not read or answer */
};

enum control_kind {
    CONTROL_RUN = 'R',
    CONTROL_SECRET = 'S',
    CONTROL_NO_SECRET = 'N',
    CONTROL_OUT = 'O',
    CONTROL_ERR = 'E',
    CONTROL_ASK = 'A',
    CONTROL_EXIT = 'X'
};

/* One frame. Reading refuses a payload over `maximum` bytes; false when the other end is
 * gone or does not keep to the rules. */
bool control_send(int socket, enum control_kind kind, struct text payload);
bool control_receive(int socket, size_t maximum, struct arena *arena,
                     enum control_kind *kind, struct text *payload);

/* The payload of a run frame: the words of the command line, without the program's name. */
struct control_words {
    const struct text *words;
    size_t count;
    struct text working_folder;
    bool is_terminal; /* the caller's standard error */
};
MUST_USE bool control_words_write(const struct control_words *words,
                                  struct arena *arena, struct text *payload,
                                  struct error *err);
/* Views into `payload`. False: not what this version of the program sends. */
MUST_USE bool control_words_read(struct text payload, struct arena *arena,
                                 struct control_words *out);

/* The caller's side. `control_reach` fails with ERROR_NOT_FOUND when nobody serves. */
MUST_USE bool control_reach(const char *folder, int *socket, struct error *err);
struct control_call {
    const struct text *words; /* without the program's name */
    size_t count;
    const char *working_folder;
    struct stream *out, *err;
    const struct secret_source *secrets;
};
/* Runs the command in the server; `*status` is its exit status. ERROR_FAILED when the
 * server goes away before it said one. Closes nothing. */
MUST_USE bool control_run(int socket, const struct control_call *call,
                          struct arena *arena, int *status, struct error *err);

/* The server's side: listens until `control_stop`, which waits for running commands'
 * callers to be told. `run` gets a context with everything but the study. */
struct control_host {
    const char *folder; /* absolute */
    int (*run)(void *data, const struct text *words, size_t count,
               struct command_context *context);
    void *data;
};
struct control;
/* The control lives in `process`. Hold the folder's lock. */
MUST_USE bool control_start(const struct control_host *host, struct arena *process,
                            struct control **out, struct error *err);
void control_stop(struct control *control);

#endif
