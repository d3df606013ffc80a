#ifndef OSTEON_ACTIONS_PEOPLE_H
#define OSTEON_ACTIONS_PEOPLE_H
/* Names of users and participants by id, each read once: for lists. For this floor only. */
#include "store/reads.h"

struct people {
    struct db *db;
    struct arena *arena;
    struct user **users;
    size_t user_count, user_capacity;
    struct participant **participants;
    size_t participant_count, participant_capacity;
};

struct people people_of(struct db *db, struct arena *arena);
/* NULL for the program (0) and for an id that nobody has. */
MUST_USE bool people_user(struct people *people, int64_t id, const struct user **out,
                          struct error *err);
MUST_USE bool people_participant(struct people *people, int64_t id,
                                 const struct participant **out, struct error *err);
/* "H4-001", else "S-0001", else "P-0001", else absent. */
struct text participant_number(const struct participant *participant);

#endif
