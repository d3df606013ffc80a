#ifndef OSTEON_MODEL_USER_H
#define OSTEON_MODEL_USER_H
/* A user: a named person who signs in. Never reused, never renamed to somebody else:
 * a user who leaves is disabled and keeps the history (21 CFR 11.100(a), 11.300).
 */
#include "model/permission.h"

struct user {
    int64_t id;
    struct text name;      /* what is typed to sign in; unique */
    struct text full_name; /* as printed beside a signature */
    const struct grant *grants;
    size_t grant_count;
    bool is_disabled;
    bool has_password; /* false until the first one-time link is used */
    bool has_totp;
    bool has_identity; /* somebody has verified who it is: may sign */
    int64_t created_at;
};

#endif
