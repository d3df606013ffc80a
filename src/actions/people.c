#include "actions/people.h"

struct people people_of(struct db *db, struct arena *arena)
{
    return (struct people){.db = db, .arena = arena};
}

bool people_user(struct people *people, int64_t id, const struct user **out,
                 struct error *err)
{
    struct user *found = NULL;
    *out = NULL;
    if (id == 0)
        return true;
    for (size_t i = 0; i < people->user_count; i++)
        if (people->users[i]->id == id) {
            *out = people->users[i];
            return true;
        }
    if (!user_by_id(people->db, id, people->arena, &found, err))
        return false;
    if (found == NULL)
        return true;
    people->users = ARENA_GROW(people->arena, people->users, people->user_count,
                               &people->user_capacity);
    people->users[people->user_count++] = found;
    *out = found;
    return true;
}

bool people_participant(struct people *people, int64_t id,
                        const struct participant **out, struct error *err)
{
    struct participant *found = NULL;
    *out = NULL;
    if (id == 0)
        return true;
    for (size_t i = 0; i < people->participant_count; i++)
        if (people->participants[i]->id == id) {
            *out = people->participants[i];
            return true;
        }
    if (!participant_plain(people->db, id, people->arena, &found, err))
        return false;
    if (found == NULL)
        return true;
    people->participants =
        ARENA_GROW(people->arena, people->participants, people->participant_count,
                   &people->participant_capacity);
    people->participants[people->participant_count++] = found;
    *out = found;
    return true;
}

struct text participant_number(const struct participant *participant)
{
    if (!text_is_absent(participant->subject_number))
        return participant->subject_number;
    if (!text_is_absent(participant->screening_number))
        return participant->screening_number;
    return participant->provisional_number;
}
