#ifndef OSTEON_DEMO_DEMO_H
#define OSTEON_DEMO_DEMO_H
/* A folder with a SYNTHETIC cohort, by the specification's section 9: the same actions as
 * people's, in the order of a simulated time. The same seed gives the same events.
 *
 *     demo_create(&options, err) && study_open(&options, &study, err) &&
 *         demo_fill(study, &(struct demo){.participants = 52, .seed = 1}, &figures, err)
 */
#include "actions/session.h"
#include "actions/study.h"
#include "demo/staff.h"

enum { DEMO_PARTICIPANTS = 52, DEMO_PARTICIPANTS_MOST = 5000 };

/* A new, empty demo folder of the built-in study, whose log begins before the study. */
MUST_USE bool demo_create(const struct store_options *options, struct error *err);

struct demo {
    size_t participants; /* enrolled: 1 to DEMO_PARTICIPANTS_MOST */
    uint64_t seed;
    void (*progress)(void *data, size_t done, size_t of); /* may be NULL */
    void *data;
};
struct demo_figures {
    size_t screened, enrolled, steps;
};
MUST_USE bool demo_fill(struct study *study, const struct demo *demo,
                        struct demo_figures *out, struct error *err);

/* A one-time link for the person of each role, in the order of enum staff, valid from the
 * simulated now; absent for who has a password already. */
struct demo_link {
    enum staff staff;
    char token[TOKEN_TEXT]; /* "": has a password */
};
MUST_USE bool demo_links(struct study *study, struct arena *arena,
                         struct demo_link out[STAFF_ROLES], struct error *err);

#endif
