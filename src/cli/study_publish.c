/* osteon study DIR publish FILE: proposes a design version; a second person publishes it. */
#include "actions/amendment.h"

#include "base/limits.h"
#include "cli/commands.h"
#include "cli/person.h"
#include "system/file.h"

static bool propose(struct command_context *context, const struct caller *caller,
                    struct design_propose *verb, struct error *err)
{
    struct text name = command_place(context, 0);
    verb->act = act_of(context->study, caller, context->arena, design_propose);
    return file_read(command_path(context, name), LIMIT_DESIGN_BYTES, context->arena,
                     &verb->xml, err) &&
           (design_propose_prepare(verb, err) ||
            error_in(err, "%.*s", TEXT_ARG(name))) &&
           act_run(&verb->act, err);
}

bool command_study_publish(struct command_context *context, struct error *err)
{
    struct text user = command_option(context, "--user");
    struct caller caller;
    struct design_propose verb = {
        .reason = command_option(context, "--reason"),
        .approval = command_option(context, "--approval"),
        .approved_on = command_option(context, "--approved-on"),
        .needs_consent = command_has(context, "--needs-consent")};
    if (user.len == 0)
        return error_set(err, ERROR_USAGE,
                         "a data manager or the principal investigator proposes a "
                         "version: --user USER");
    if (verb.reason.len == 0)
        return error_set(err, ERROR_USAGE,
                         "say what it changes and why: --reason TEXT");
    if (!person_as_caller(context, user, TEXT("osteon study publish"), &caller, err) ||
        !propose(context, &caller, &verb, err))
        return false;
    stream_format(
        context->out,
        "Version %.*s is proposed. It is in force when the second person, the "
        "other of data manager and\nprincipal investigator, has published it "
        "in the page, under Study design.\n",
        TEXT_ARG(verb.version));
    return true;
}
