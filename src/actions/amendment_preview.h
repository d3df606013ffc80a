#ifndef OSTEON_ACTIONS_AMENDMENT_PREVIEW_H
#define OSTEON_ACTIONS_AMENDMENT_PREVIEW_H
/* What a proposed design would do to the data that are there: its checks run over each
 * participant, and so do those of the version that the participant is under; what only the
 * new ones find would newly be asked, what only the old ones find no longer. Writes
 * nothing. */
#include "actions/study.h"
#include "store/amendment.h"

struct caller;

/* Where a check newly fires: as an example, of a participant whom the caller may see. */
struct preview_place {
    int64_t participant;
    struct text number; /* "H4-001" */
    struct form_key key;
    struct text item;
    int64_t row;
};

enum { PREVIEW_EXAMPLES = 5, PREVIEW_PARTICIPANTS = 2000 };

struct preview_check {
    struct text check;    /* OID */
    struct label message; /* of the proposed design; of the old one when it is gone */
    int64_t begins, ends; /* places where it newly fires, and where no longer */
    int64_t participants; /* in whom it newly fires */
    int64_t last;         /* of them */
    struct preview_place examples[PREVIEW_EXAMPLES];
    size_t example_count;
};

struct design_preview {
    struct preview_check
        *checks; /* those that say something else, as the design has them */
    size_t check_count;
    int64_t tried, of; /* participants: the first PREVIEW_PARTICIPANTS are tried */
    int64_t
        unread; /* forms that are there and that the proposed design does not have */
};

/* Who may publish a design may look. ERROR_NOT_FOUND: there is no such proposal. */
MUST_USE bool design_preview_read(struct study *study, const struct caller *caller,
                                  int64_t proposal, struct arena *arena,
                                  struct design_preview *out, struct error *err);

#endif
