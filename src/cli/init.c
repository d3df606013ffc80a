/* osteon init DIR: a new data folder with a study and its first administrator. */
#include "actions/study.h"
#include "base/limits.h"
#include "cli/commands.h"
#include "cli/user_command.h"
#include "model/builtin_study.h"
#include "system/file.h"

static bool read_design(struct command_context *context, struct text *xml,
                        struct error *err)
{
    struct text name = command_option(context, "--study");
    if (text_is_absent(name) || text_equal(name, TEXT("io-hematology"))) {
        *xml = (struct text){.at = (const char *)builtin_study,
                             .len = (size_t)(builtin_study_end - builtin_study)};
        return true;
    }
    if (file_read(command_path(context, name), LIMIT_DESIGN_BYTES, context->arena, xml,
                  err))
        return true;
    if (err->code == ERROR_NOT_FOUND)
        error_hint(err, "--study takes io-hematology, the built-in study, or a file of "
                        "ODM 2.0");
    return false;
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
