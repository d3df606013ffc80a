#include "support/matrix.h"

#include "support/ecrf.h"

#include <stdio.h>

static char letter_of(struct json_object *row, enum role role)
{
    struct json_object *cell = NULL;
    char code[8];
    snprintf(code, sizeof code, "%.*s", TEXT_ARG(role_code(role)));
    if (!json_object_object_get_ex(row, code, &cell))
        return '.';
    return json_object_get_string(cell)[0];
}

void matrix_read(struct matrix *out)
{
    struct json_object *document = ecrf_open();
    struct json_object *rows =
        ecrf_member(ecrf_member(document, "roles"), "permissions");
    for (int i = 0; i < PERMISSION_COUNT; i++) {
        char name[128];
        snprintf(name, sizeof name, "%.*s",
                 TEXT_ARG(permission_name((enum permission)i)));
        struct json_object *row = ecrf_member(rows, name);
        for (int role = 0; role < ROLE_COUNT; role++)
            out->letters[i][role] = letter_of(row, (enum role)role);
    }
    json_object_put(document);
}
