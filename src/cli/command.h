#ifndef OSTEON_CLI_COMMAND_H
#define OSTEON_CLI_COMMAND_H
/* What a sub-command is, and what it is given to work with.
 *
 * A command is one small file and one row in cli/commands.c. It runs in its own process,
 * or inside `serve` on behalf of another process (cli/control.h), and cannot tell the
 * two apart: it reads secrets, file names and the open study through its context and
 * writes to the context's streams, never to stdout.
 *
 * It returns false with an error whose code is the exit status (base/error.h): 1 it did
 * not hold or could not be done, 2 wrong usage, 3 input refused, 4 not allowed, 5 changed
 * by someone else. The sentence goes to standard error.
 */
#include "base/buffer.h"
#include "cli/arguments.h"
#include "cli/secret.h"
#include "cli/stream.h"

struct store;
struct study;

enum command_folder {
    COMMAND_NEEDS_NONE,   /* no data folder */
    COMMAND_OWNS_FOLDER,  /* makes or serves one: opens it itself */
    COMMAND_READS,        /* the first place is a folder; not locked for it */
    COMMAND_WRITES,       /* the same, locked */
    COMMAND_READS_DESIGN, /* as COMMAND_READS, or the first place names a design */
    COMMAND_WRITES_DESIGN /* as COMMAND_WRITES, or the same */
};

#define COMMAND_DEFAULT_LISTEN  "127.0.0.1:8180"
#define COMMAND_DEFAULT_ADDRESS "http://" COMMAND_DEFAULT_LISTEN

struct command_context {
    const struct command *command;
    const struct arguments *arguments;
    struct arena *arena; /* for the whole command */
    struct stream *out;
    struct stream *err;
    const struct secret_source *secrets;
    const char *working_folder;   /* where relative file names of the arguments begin */
    const char *folder;           /* the data folder, absolute; NULL without one */
    struct study *study;          /* open; NULL unless it reads or writes a folder */
    const struct error *unopened; /* why `study` is NULL, for a command that goes on */
    const struct server_figures *figures; /* of the server it runs in; NULL: none */
    const char *address;       /* where a browser finds the page; NULL: the default */
    struct progress *progress; /* asks whether the caller still waits; NULL: no need */
    bool is_json;              /* --json was given */
};

struct command {
    const char *name;
    const char *verb;  /* the word behind the folder, "add"; NULL: none */
    const char *usage; /* the places: "DIR add NAME" */
    enum command_folder folder;
    size_t minimum_places, maximum_places; /* with folder and verb */
    const struct option *options;          /* may be NULL */
    const char *help;                      /* one line, a sentence without full stop */
    const char *details; /* more, for `osteon help COMMAND`; may be NULL */
    bool (*run)(struct command_context *context, struct error *err);
    bool goes_on_unopened; /* runs also when the folder cannot be opened */
};

/* The n-th place behind the folder (or design) and the verb, or an absent text. */
struct text command_place(const struct command_context *context, size_t n);
struct text command_option(const struct command_context *context, const char *name);
bool command_has(const struct command_context *context, const char *name);

/* A file named in the arguments, absolute. */
const char *command_path(const struct command_context *context, struct text name);

/* Writes what `buffer` holds, JSON, and a line feed to the results. */
MUST_USE bool command_json(struct command_context *context, const struct buffer *buffer,
                           struct error *err);

/* A line on standard error when it is a terminal and the work has taken over a second:
 * "checked 12000 of 52000 events". Call often; it writes at most five times a second. */
struct command_progress {
    int64_t began, last; /* monotonic */
    bool is_shown;
};
struct command_progress command_progress_begin(void);
void command_progress_show(struct command_context *context,
                           struct command_progress *progress, int64_t done, int64_t of,
                           const char *what);
void command_progress_end(struct command_context *context,
                          struct command_progress *progress);

#endif
