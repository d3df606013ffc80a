#include "actions/verification_duty.h"

/* What a person did before with the same answer. What the program derived nobody did. */
enum part { PART_ENTERED };

static const struct {
    enum part did;
    enum verification_step step;
    const char *why;
} forbidden[] = {
    {PART_ENTERED, VERIFICATION_MAKE, "you entered this value yourself"},
    {PART_ENTERED, VERIFICATION_WITHDRAW, "you entered this value yourself"},
};

static bool did(const struct caller *caller, enum part part,
                const struct answer_verification *answer)
{
    switch (part) {
    case PART_ENTERED:
        return source_is_person(answer->source) && answer->by == caller->user;
    }
    return false;
}

bool verification_duty_check(const struct caller *caller,
                             const struct answer_verification *answer,
                             enum verification_step step, struct error *err)
{
    for (size_t i = 0; i < ARRAY_COUNT(forbidden); i++) {
        if (forbidden[i].step != step || !did(caller, forbidden[i].did, answer))
            continue;
        error_set(err, ERROR_NOT_ALLOWED, "not allowed: %s", forbidden[i].why);
        return error_hint(err, "another monitor compares it with the source");
    }
    return true;
}
