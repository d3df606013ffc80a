/* osteon permissions: the matrix as people read it, or as JSON. */
#include "cli/commands.h"
#include "web/api_write.h"

enum { COLUMNS = 1 + ROLE_COUNT, MATRIX_JSON = 1 << 20 };

static struct text scope_cell(enum permission permission, enum role role)
{
    static const char *const letters[] = {
        [PERMISSION_SCOPE_NONE] = ".",
        [PERMISSION_SCOPE_OWN_TASK] = "t",
        [PERMISSION_SCOPE_OWN_SITE] = "s",
        [PERMISSION_SCOPE_ALL_SITES] = "a",
    };
    return text_of(letters[permission_scope(permission, role)]);
}

static void print_table(struct command_context *context)
{
    struct text *cells = ARENA_ARRAY(context->arena, struct text,
                                     (size_t)(PERMISSION_COUNT + 1) * COLUMNS);
    struct text *row = cells;
    row[0] = TEXT("permission");
    for (int role = 0; role < ROLE_COUNT; role++)
        row[1 + role] = role_code((enum role)role);
    for (int i = 0; i < PERMISSION_COUNT; i++) {
        row += COLUMNS;
        row[0] = permission_name((enum permission)i);
        for (int role = 0; role < ROLE_COUNT; role++)
            row[1 + role] = scope_cell((enum permission)i, (enum role)role);
    }
    stream_table(context->out, cells, PERMISSION_COUNT + 1, COLUMNS);
}

static void print_two_person_rules(struct command_context *context)
{
    stream_text(context->out, TEXT("\ntwo different people, in any order:\n"));
    for (size_t i = 0; i < two_person_rule_count; i++) {
        const struct two_person_rule *rule = &two_person_rules[i];
        stream_format(context->out,
                      "  %.*s:", TEXT_ARG(permission_name(rule->permission)));
        for (int side = 0; side < 2; side++) {
            uint32_t set = side == 0 ? rule->first : rule->second;
            const char *before = side == 0 ? " " : " and ";
            for (int role = 0; role < ROLE_COUNT; role++) {
                if ((set >> role & 1U) == 0)
                    continue;
                stream_format(context->out, "%s%.*s", before,
                              TEXT_ARG(role_code((enum role)role)));
                before = " or ";
            }
        }
        stream_text(context->out, TEXT("\n"));
    }
}

bool command_permissions(struct command_context *context, struct error *err)
{
    if (!context->is_json) {
        print_table(context);
        stream_text(context->out,
                    TEXT("\ns: at a site of the role's assignment; a: at all sites, "
                         "and acts of no site;\nt: only what is assigned to the user "
                         "by name; .: never. What is not listed is refused.\n"));
        print_two_person_rules(context);
        return true;
    }
    struct buffer buffer = buffer_in(context->arena, MATRIX_JSON);
    struct json_writer json = json_to(&buffer);
    write_permission_matrix(&json);
    return command_json(context, &buffer, err);
}
