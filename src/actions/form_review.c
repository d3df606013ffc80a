#include "actions/form_review.h"

#include "actions/signature_parts.h"

static struct signing signing_of(const struct review_asker *asker, bool is_casebook)
{
    return (struct signing){.study = asker->study,
                            .db = asker->db,
                            .arena = asker->arena,
                            .caller = asker->caller,
                            .participant = asker->participant,
                            .is_casebook = is_casebook,
                            .is_chinese =
                                text_equal(asker->caller->language, TEXT("zh"))};
}

bool form_review_read(const struct review_asker *asker, const struct form_state *known,
                      struct form_review *out, struct error *err)
{
    struct signing signing = signing_of(asker, false);
    *out = (struct form_review){0};
    if (!lock_view_read(asker->db, asker->caller, asker->participant,
                        known == NULL ? 0 : known->id, asker->arena, &out->locks, err))
        return false;
    if (known == NULL)
        return true;
    signing.forms = known;
    signing.form_count = 1;
    return signatures_of(asker->db, asker->participant, known, asker->arena,
                         &out->signatures, err) &&
           signature_offer_of(&signing, &out->offer, err);
}

bool casebook_review_read(const struct review_asker *asker,
                          const struct form_state *forms, size_t form_count,
                          struct form_review *out, struct error *err)
{
    struct signing signing = signing_of(asker, true);
    *out = (struct form_review){0};
    signing.forms = forms;
    signing.form_count = form_count;
    return lock_view_read(asker->db, asker->caller, asker->participant, -1,
                          asker->arena, &out->locks, err) &&
           signatures_of(asker->db, asker->participant, NULL, asker->arena,
                         &out->signatures, err) &&
           signature_offer_of(&signing, &out->offer, err);
}

bool forms_signatures_read(const struct review_asker *asker,
                           const struct form_state *forms, size_t form_count,
                           struct signatures *out, struct error *err)
{
    for (size_t i = 0; i < form_count; i++) {
        struct participant whose = *asker->participant;
        whose.id = forms[i].key.participant;
        if (!signatures_of(asker->db, &whose, &forms[i], asker->arena, &out[i], err))
            return false;
    }
    return true;
}
