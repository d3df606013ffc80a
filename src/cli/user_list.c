/* osteon user DIR list: who may sign in, and as what. */
#include "base/datetime.h"
#include "base/limits.h"
#include "cli/commands.h"
#include "cli/user_command.h"
#include "web/api_write.h"

enum { COLUMNS = 5 };

static struct text roles_as_text(const struct user *user, struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_ITEM_TEXT);
    for (size_t i = 0; i < user->grant_count; i++) {
        const struct grant *grant = &user->grants[i];
        buffer_format(&buffer, "%s%.*s", i == 0 ? "" : " ",
                      TEXT_ARG(role_code(grant->role)));
        if (grant->site.len > 0)
            buffer_format(&buffer, ":%.*s", TEXT_ARG(grant->site));
    }
    return (struct text){.at = buffer.len == 0 ? "" : buffer.at, .len = buffer.len};
}

static struct text state_as_text(const struct user *user)
{
    if (user->is_disabled)
        return TEXT("disabled");
    if (!user->has_password)
        return TEXT("invited");
    return user->has_totp ? TEXT("active, second factor") : TEXT("active");
}

static struct text day_as_text(int64_t instant, struct arena *arena)
{
    char text[MOMENT_TEXT_SIZE];
    instant_print(instant, text);
    return text_copy(arena, text_part(text_of(text), 0, sizeof "2026-11-22" - 1));
}

static void print_table(struct command_context *context, const struct user *users,
                        size_t count)
{
    struct text *cells =
        ARENA_ARRAY(context->arena, struct text, (count + 1) * COLUMNS);
    cells[0] = TEXT("name");
    cells[1] = TEXT("full name");
    cells[2] = TEXT("roles");
    cells[3] = TEXT("state");
    cells[4] = TEXT("since");
    for (size_t i = 0; i < count; i++) {
        struct text *row = cells + (i + 1) * COLUMNS;
        row[0] = users[i].name;
        row[1] = users[i].full_name;
        row[2] = roles_as_text(&users[i], context->arena);
        row[3] = state_as_text(&users[i]);
        row[4] = day_as_text(users[i].created_at, context->arena);
    }
    stream_table(context->out, cells, count + 1, COLUMNS);
}

bool command_user_list(struct command_context *context, struct error *err)
{
    struct caller caller = caller_operator(TEXT("osteon user list"));
    struct user *users;
    size_t count;
    if (!users_read(context->study, &caller, context->arena, &users, &count, err))
        return false;
    if (!context->is_json) {
        print_table(context, users, count);
        return true;
    }
    struct buffer buffer = buffer_in(context->arena, LIMIT_RESPONSE);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "users");
    json_array(&json);
    for (size_t i = 0; i < count; i++)
        write_user(&json, &users[i]);
    json_end(&json);
    json_end(&json);
    return command_json(context, &buffer, err);
}
