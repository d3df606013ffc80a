/* What the server asks of the actions: the door in use (web/server.h). */
#include "web/server.h"

#include "actions/lookup.h"
#include "actions/misuse.h"
#include "actions/session.h"
#include "actions/staging.h"
#include "actions/study.h"

enum { SESSIONS_BYTES = 256 * 1024 };

/* Listing sessions does not count as using one. */
static bool session_stands(struct study *study, const struct caller *caller)
{
    struct arena *scratch = arena_new(SESSIONS_BYTES);
    struct session_shown *sessions = NULL;
    size_t count = 0;
    struct error unused;
    bool stands = false;
    if (session_list(study, caller, scratch, &sessions, &count, &unused))
        for (size_t i = 0; i < count; i++)
            stands = stands || sessions[i].is_this;
    arena_free(scratch);
    return stands;
}

static void listen_to_store(struct study *study,
                            void (*heard)(void *data,
                                          const struct store_notice *notice),
                            void *data)
{
    store_listen(study_store(study), heard, data);
}

const struct server_door server_door_of_actions = {
    .find_caller = session_find,
    .session_stands = session_stands,
    .csrf_matches = session_csrf_matches,
    .find_participant = lookup_participant,
    .refused_token = misuse_ended_session,
    .refused = caller_refused,
    .submit = act_submit,
    .listen = listen_to_store,
    .open_file = staging_open,
};
