/* osteon study DIR plan FILE: proposes a version of the analysis plan; a second person
 * publishes it. */
#include "actions/plan_version.h"

#include "base/limits.h"
#include "cli/commands.h"
#include "cli/person.h"
#include "system/file.h"

static bool propose(struct command_context *context, const struct caller *caller,
                    struct plan_propose *verb, struct error *err)
{
    struct text name = command_place(context, 0);
    verb->act = act_of(context->study, caller, context->arena, plan_propose);
    return file_read(command_path(context, name), LIMIT_DESIGN_BYTES, context->arena,
                     &verb->json, err) &&
           (plan_propose_prepare(verb, err) || error_in(err, "%.*s", TEXT_ARG(name))) &&
           act_run(&verb->act, err);
}

bool command_study_plan(struct command_context *context, struct error *err)
{
    struct text user = command_option(context, "--user");
    struct caller caller;
    struct plan_propose verb = {.reason = command_option(context, "--reason")};
    if (user.len == 0)
        return error_set(err, ERROR_USAGE,
                         "a statistician or the principal investigator proposes a "
                         "version: --user USER");
    if (verb.reason.len == 0)
        return error_set(err, ERROR_USAGE,
                         "say what it changes and why: --reason TEXT");
    if (!person_as_caller(context, user, TEXT("osteon study plan"), &caller, err) ||
        !propose(context, &caller, &verb, err))
        return false;
    stream_format(context->out,
                  "Version %.*s of the analysis plan is proposed, number %lld. It is "
                  "in force when the second person, the\nother of statistician and "
                  "principal investigator, has published it in the page, under "
                  "Results.\n",
                  TEXT_ARG(verb.version), (long long)verb.proposal);
    return true;
}
