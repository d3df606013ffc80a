#ifndef OSTEON_ACTIONS_RECONSENT_H
#define OSTEON_ACTIONS_RECONSENT_H
/* Who has to consent again: an amendment said so (design_propose.needs_consent), the
 * participant was there when it was published, takes part still, and has agreed on no
 * consent record since. */
#include "actions/caller.h"
#include "actions/study.h"
#include "store/amendment.h"

struct reconsent {
    int64_t participant;
    struct text number;       /* "H4-001" */
    bool has_agreed;          /* before the amendment */
    int64_t agreed_at;        /* the latest */
    struct text form_version; /* of the consent form signed then; may be absent */
    int64_t next_repeat;      /* of the consent form, for the new record */
};

struct reconsent_list {
    struct text version; /* the latest that asks for it; absent: none does */
    int64_t published_at;
    struct text approval, approved_on; /* may be absent */
    struct reconsent *at;
    size_t count;
};

/* Of the participants whose casebook the caller may view. */
MUST_USE bool reconsent_read(struct study *study, const struct caller *caller,
                             struct arena *arena, struct reconsent_list *out,
                             struct error *err);

#endif
