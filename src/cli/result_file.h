#ifndef OSTEON_CLI_RESULT_FILE_H
#define OSTEON_CLI_RESULT_FILE_H
/* Where --out PATH goes: a new file that appears whole or not at all, or with "-" the
 * command's own results. A file that exists is not overwritten. */
#include "cli/command.h"

struct result_file {
    struct stream stream; /* write here */
    const char *path;     /* NULL: the command's results */
    const char *beside;   /* the file while it is being written */
    int descriptor;
};

/* ERROR_USAGE without a path; ERROR_REFUSED when the file exists. */
MUST_USE bool result_file_begin(struct command_context *context, struct text out,
                                struct result_file *file, struct error *err);
/* `is_done`: keeps the file, on disk; else takes it away and passes `err` on. */
MUST_USE bool result_file_end(struct result_file *file, bool is_done,
                              struct error *err);

#endif
