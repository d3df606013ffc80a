/* osteon init DIR: a new data folder with a study and its first administrator. */
#include "actions/study.h"
#include "cli/commands.h"
#include "cli/design_file.h"
#include "cli/user_command.h"

/* Reads the design before anything is made, and says what is to be known about it. */
static bool read_design(struct command_context *context, struct text *xml,
                        struct error *err)
{
    struct design_file *file;
    bool is_read =
        design_file_read(context, command_option(context, "--study"), &file, err);
    design_file_show_findings(file, context->err);
    if (!is_read)
        return error_in(err, "%.*s", TEXT_ARG(file->name));
    *xml = file->xml;
    size_t count = file->design->foreign_rule_count;
    if (count > 0)
        stream_format(
            context->err,
            "%zu expressions of other systems: %zu are translated and run, the "
            "others are kept as text; osteon study %.*s check lists them.\n",
            count, design_file_rules_run(file->design), TEXT_ARG(file->name));
    return true;
}

static bool add_administrator(struct command_context *context, struct error *err)
{
    static const struct grant grant = {.role = ROLE_ADM};
    struct caller caller = caller_operator(TEXT("osteon init"));
    struct user_add verb = {
        .act = act_of(context->study, &caller, context->arena, user_add),
        .name = TEXT("admin"),
        .full_name = TEXT("Administrator"),
        .grants = &grant,
        .grant_count = 1,
    };
    return act_run(&verb.act, err) &&
           user_hand_over(context, verb.user, verb.link, err);
}

bool command_init(struct command_context *context, struct error *err)
{
    struct text folder = arguments_place(context->arguments, 0);
    context->folder = command_path(context, folder);
    struct store_options options = {.folder = context->folder};
    struct study_new new = {0};
    if (!read_design(context, &new.design_xml, err) ||
        !study_create(&options, &new, err) ||
        !study_open(&options, &context->study, err))
        return false;
    const struct design *design = study_design(context->study);
    stream_format(context->err, "Made %.*s: study %.*s, design %.*s.\n",
                  TEXT_ARG(folder), TEXT_ARG(design->study_oid),
                  TEXT_ARG(design->version));
    stream_text(context->err,
                TEXT("The key of this folder lies outside it: without the key nobody "
                     "reads the data, so keep a copy of both, apart.\n"));
    bool is_done = add_administrator(context, err);
    study_close(context->study);
    context->study = NULL;
    if (is_done)
        stream_format(context->err, "Next: osteon serve %.*s\n", TEXT_ARG(folder));
    return is_done;
}
