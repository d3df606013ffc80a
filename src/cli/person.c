#include "cli/person.h"

#include "actions/lookup.h"
#include "actions/sign_in.h"

bool person_prove(struct command_context *context, struct text name, struct text device,
                  int64_t *person, struct error *err)
{
    struct arena *arena = context->arena;
    struct sign_in verb = {
        .act = act_of(context->study, NULL, arena, sign_in_finish),
        .name = name,
        .device = device,
        .language = TEXT("en"),
        .without_session = true,
    };
    const char *prompt = text_format(arena, "password of %.*s", TEXT_ARG(name)).at;
    if (!secret_ask(context->secrets, prompt, arena, &verb.password, err))
        return false;
    bool is_proven = sign_in_run(&verb, err);
    if (!is_proven && verb.needs_totp) {
        prompt = text_format(arena, "one-time code of %.*s", TEXT_ARG(name)).at;
        if (!secret_ask(context->secrets, prompt, arena, &verb.totp, err))
            return false;
        verb.act = act_of(context->study, NULL, arena, sign_in_finish);
        is_proven = sign_in_run(&verb, err);
    }
    *person = verb.person;
    return is_proven || error_in(err, "%.*s", TEXT_ARG(name));
}

bool person_as_caller(struct command_context *context, struct text name,
                      struct text device, struct caller *out, struct error *err)
{
    struct user *user = NULL;
    *out = (struct caller){.device = device, .language = TEXT("en")};
    if (!person_prove(context, name, device, &out->user, err) ||
        !lookup_self(context->study, out, context->arena, &user, err))
        return false;
    out->name = user->name;
    out->full_name = user->full_name;
    out->grants = user->grants;
    out->grant_count = user->grant_count;
    return true;
}
