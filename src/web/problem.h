#ifndef OSTEON_WEB_PROBLEM_H
#define OSTEON_WEB_PROBLEM_H
/* Problem documents (RFC 9457) from errors:
 *
 *     {"type":"/problems/refused","title":"input refused","status":422,
 *      "detail":"…","hint":"…","at":"mutations[3].value"}
 *
 * The type is the error's name in lower case with hyphens. What broke inside the program
 * (500) is put on the operator's log and not told to the caller.
 */
#include "web/handler.h"

#define PROBLEM_CONTENT_TYPE "application/problem+json"

/* Statuses that no error code has. */
enum { PROBLEM_METHOD = 405, PROBLEM_MEDIA_TYPE = 415 };

/* `status` 0: the error's own. `members` may add more. */
struct problem {
    const struct error *error;
    int status;
    void (*members)(struct json_writer *json, const void *data);
    const void *data;
};
int problem_status(const struct problem *problem);
/* In `arena`, which must have room for a kilobyte beside what `members` writes. */
struct text problem_print(const struct problem *problem, struct arena *arena);

#endif
