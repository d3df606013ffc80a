/* osteon demo DIR: a new folder with a SYNTHETIC cohort, and a sign-in link for each role.
 * osteon demo DIR links: the links again, for roles that nobody has signed in with. */
#include "demo/demo.h"

#include "base/datetime.h"
#include "base/json_write.h"
#include "base/limits.h"
#include "cli/commands.h"

#include <inttypes.h>

/* --- how many, from what -------------------------------------------------------------- */

static bool number_option(const struct command_context *context, const char *name,
                          int64_t least, int64_t most, int64_t *out, struct error *err)
{
    struct text given = command_option(context, name);
    if (text_is_absent(given))
        return true;
    if (text_to_int64(given, out) && *out >= least && *out <= most)
        return true;
    return error_set(err, ERROR_USAGE,
                     "%s takes a whole number from %" PRId64 " to %" PRId64, name,
                     least, most);
}

static bool demo_of(const struct command_context *context, struct demo *out,
                    struct error *err)
{
    int64_t participants = DEMO_PARTICIPANTS, seed = 1;
    if (!number_option(context, "--participants", 1, DEMO_PARTICIPANTS_MOST,
                       &participants, err) ||
        !number_option(context, "--seed", 0, INT64_MAX, &seed, err))
        return false;
    out->participants = (size_t)participants;
    out->seed = (uint64_t)seed;
    return true;
}

/* --- the links ---------------------------------------------------------------------------- */

static struct text link_text(const struct command_context *context,
                             const struct demo_link *link)
{
    const char *address =
        context->address == NULL ? COMMAND_DEFAULT_ADDRESS : context->address;
    if (link->token[0] == '\0')
        return TEXT("has signed in: use the password chosen then");
    return text_format(context->arena, "%s/#/link/%s", address, link->token);
}

static bool print_links_json(struct command_context *context,
                             const struct demo_link *links, struct error *err)
{
    struct buffer buffer = buffer_in(context->arena, LIMIT_RESPONSE);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_bool(&json, "synthetic", true);
    json_member_instant(&json, "now", study_now(context->study));
    json_key(&json, "links");
    json_array(&json);
    for (size_t i = 0; i < STAFF_ROLES; i++) {
        const struct staff_row *row = &staff_rows[links[i].staff];
        json_object(&json);
        json_member_text(&json, "role", role_code(row->role));
        json_member_text(&json, "name", row->name);
        if (links[i].token[0] != '\0')
            json_member_text(&json, "link", link_text(context, &links[i]));
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    return command_json(context, &buffer, err);
}

static bool print_links(struct command_context *context, struct error *err)
{
    enum { COLUMNS = 3 };
    struct demo_link links[STAFF_ROLES];
    if (!demo_links(context->study, context->arena, links, err))
        return false;
    if (context->is_json)
        return print_links_json(context, links, err);
    struct text *cells =
        ARENA_ARRAY(context->arena, struct text, (STAFF_ROLES + 1) * COLUMNS);
    cells[0] = TEXT("role");
    cells[1] = TEXT("name");
    cells[2] = TEXT("link, works once");
    for (size_t i = 0; i < STAFF_ROLES; i++) {
        const struct staff_row *row = &staff_rows[links[i].staff];
        struct text *line = cells + (i + 1) * COLUMNS;
        line[0] = role_code(row->role);
        line[1] = row->name;
        line[2] = link_text(context, &links[i]);
    }
    stream_table(context->out, cells, STAFF_ROLES + 1, COLUMNS);
    return true;
}

bool command_demo_links(struct command_context *context, struct error *err)
{
    if (!store_is_demo(study_store(context->study))) {
        error_set(err, ERROR_REFUSED, "this folder is a real study, not a demo");
        return error_hint(err, "osteon user DIR link NAME gives a person a link");
    }
    return print_links(context, err);
}

/* --- the folder ---------------------------------------------------------------------------- */

struct shown_progress {
    struct command_context *context;
    struct command_progress progress;
};

static void show_progress(void *data, size_t done, size_t of)
{
    struct shown_progress *shown = data;
    command_progress_show(shown->context, &shown->progress, (int64_t)done, (int64_t)of,
                          "entry");
}

static bool fill(struct command_context *context, struct demo *demo, struct error *err)
{
    struct demo_figures figures;
    struct shown_progress shown = {context, command_progress_begin()};
    demo->progress = show_progress;
    demo->data = &shown;
    bool is_filled = demo_fill(context->study, demo, &figures, err);
    command_progress_end(context, &shown.progress);
    if (!is_filled)
        return false;
    char now[MOMENT_TEXT_SIZE];
    instant_print(study_now(context->study), now);
    stream_format(context->err,
                  "Made a SYNTHETIC cohort: %zu enrolled of %zu screened, %zu entries, "
                  "seed %" PRIu64 ".\nThe simulated now is %.16s UTC.\n",
                  figures.enrolled, figures.screened, figures.steps, demo->seed, now);
    return true;
}

bool command_demo(struct command_context *context, struct error *err)
{
    struct text folder = arguments_place(context->arguments, 0);
    struct demo demo = {0};
    context->folder = command_path(context, folder);
    struct store_options options = {.folder = context->folder};
    if (!demo_of(context, &demo, err) || !demo_create(&options, err) ||
        !study_open(&options, &context->study, err))
        return false;
    bool is_done = fill(context, &demo, err) && print_links(context, err);
    study_close(context->study);
    context->study = NULL;
    if (!is_done)
        return error_hint(err, "remove %.*s before the next try", TEXT_ARG(folder));
    stream_format(context->err, "Next: osteon serve %.*s\n", TEXT_ARG(folder));
    return true;
}
