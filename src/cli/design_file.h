#ifndef OSTEON_CLI_DESIGN_FILE_H
#define OSTEON_CLI_DESIGN_FILE_H
/* A study design that a command names: the built-in one, a file, or that in force in a
 * data folder. */
#include "cli/command.h"
#include "formats/odm_design_read.h"

struct design_file {
    struct text name; /* as it was given */
    struct text xml;
    const struct design *design; /* NULL: refused */
    struct odm_findings findings;
};

/* Is it the name of the built-in study, or no name at all? */
bool design_is_builtin(struct text name);

/* Reads the file and its design into the command's arena. False: the file cannot be read,
 * or its design is refused; then `findings` and `err` say why. `name` may be absent or
 * "io-hematology": the built-in study. */
MUST_USE bool design_file_read(struct command_context *context, struct text name,
                               struct design_file **out, struct error *err);

/* The same of the command's first place, which may be the folder that is open. */
MUST_USE bool design_file_of_command(struct command_context *context,
                                     struct design_file **out, struct error *err);

/* "FILE:13:17: warning: ItemGroupRef: …; hint", a line each. */
void design_file_show_findings(const struct design_file *file, struct stream *stream);
/* How many expressions of other systems are translated, and so run. */
size_t design_file_rules_run(const struct design *design);
/* All of them, a line each. */
void design_file_show_foreign_rules(const struct design_file *file,
                                    struct stream *stream);

#endif
