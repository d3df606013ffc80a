#ifndef OSTEON_WEB_API_SIGN_IN_H
#define OSTEON_WEB_API_SIGN_IN_H
/* The answer that tells somebody who they are: after signing in, and at GET /api/me. */
#include "actions/session.h"
#include "web/handler.h"

/* {user: Me, csrf} */
MUST_USE bool respond_me(const struct request *request, struct response *response,
                         const struct user *user, struct text csrf, struct error *err);

/* For ERROR_TOO_MANY: Retry-After in seconds. */
void response_retry_after(const struct request *request, struct response *response,
                          int64_t seconds);

#endif
