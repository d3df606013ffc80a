#ifndef OSTEON_CLI_SECRET_H
#define OSTEON_CLI_SECRET_H
/* Passwords and other secrets for a command: from the files named by --password-file, in
 * their order, or typed at the terminal without echo. Never from an argument or the
 * environment, which other programs can read.
 *
 * A command asks its context's source, and does not know whether the answer comes from
 * this process or through the control socket from the one that started the command.
 */
#include "base/arena.h"
#include "base/error.h"

struct secret_source {
    /* `prompt` says whose secret, "password of anna". The secret lives in `arena`; one
     * line feed at the end of a file does not belong to it. */
    bool (*ask)(void *data, const char *prompt, struct arena *arena, struct text *out,
                struct error *err);
    void *data;
};

MUST_USE bool secret_ask(const struct secret_source *source, const char *prompt,
                         struct arena *arena, struct text *out, struct error *err);

/* Reads the files first, then the terminal. `secret_files` must outlive the source. */
struct secret_files {
    const char *const *paths;
    size_t count;
    size_t next;
};
struct secret_source secret_from_files(struct secret_files *files);

#endif
