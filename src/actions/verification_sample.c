#include "actions/verification_sample.h"

#include "system/crypto.h"

/* "S-0007" → 7; 0: it ends in no number. */
static int64_t number_at_site(struct text screening_number)
{
    size_t at = screening_number.len;
    int64_t number = 0;
    while (at > 0 && screening_number.at[at - 1] >= '0' &&
           screening_number.at[at - 1] <= '9')
        at--;
    struct text digits = text_part(screening_number, at, screening_number.len - at);
    return text_to_int64(digits, &number) ? number : 0;
}

bool verification_is_drawn(const struct verification_plan *plan, struct text site,
                           struct text screening_number, struct arena *scratch)
{
    enum { WHOLE = 100 };
    int64_t number = number_at_site(screening_number);
    if (number > 0 && number <= plan->first_of_site)
        return true;
    struct hash drawn =
        hash_of(text_format(scratch, "%.*s|%.*s|%.*s", TEXT_ARG(plan->seed),
                            TEXT_ARG(site), TEXT_ARG(screening_number)));
    uint64_t first = 0;
    for (size_t i = 0; i < sizeof(uint32_t); i++)
        first = first << 8 | drawn.bytes[i];
    return first * WHOLE < (uint64_t)plan->share << 32;
}

bool verification_is_sampled(struct db *db, const struct verification_plan *plan,
                             const struct participant *participant, struct arena *arena,
                             bool *out, struct error *err)
{
    struct participant *joined = NULL;
    *out = false;
    if (!plan->is_planned)
        return true;
    if (participant->attached_to != 0) {
        if (!participant_plain(db, participant->attached_to, arena, &joined, err))
            return false;
        if (joined != NULL)
            participant = joined;
    }
    *out = !text_is_absent(participant->screening_number) &&
           verification_is_drawn(plan, participant->site, participant->screening_number,
                                 arena);
    return true;
}
