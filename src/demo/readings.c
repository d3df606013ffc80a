#include "demo/readings.h"

#include "actions/form_review.h"
#include "base/hex.h"

/* What the reader would be shown at this moment is known when the saves before it are done:
 * in the writer's transaction. */
static bool sign_as_shown(struct act *act, struct txn *txn, struct error *err)
{
    struct signature_make *verb = (struct signature_make *)act;
    struct participant *participant = NULL;
    struct form_state *form = NULL;
    struct form_review review;
    if (!participant_plain(txn_db(txn), verb->key.participant, txn_arena(txn),
                           &participant, err) ||
        !form_find(txn_db(txn), &verb->key, txn_arena(txn), &form, err))
        return false;
    struct review_asker asker = {act->study, txn_db(txn), act->caller, txn_arena(txn),
                                 participant};
    if (!form_review_read(&asker, form, &review, err))
        return false;
    char *digits = arena_alloc(txn_arena(txn), HEX_SIZE(HASH_SIZE));
    size_t len = hex_print(review.offer.content.bytes, HASH_SIZE, digits);
    verb->content = (struct text){.at = digits, .len = len};
    verb->meaning = signature_meaning_name(review.offer.meaning);
    return signature_finish(act, txn, err);
}

struct act *reading_sign_act(struct signature_make *verb, struct study *study,
                             const struct caller *caller, struct arena *arena,
                             const struct form_key *key)
{
    *verb = (struct signature_make){.act = act_of(study, caller, arena, sign_as_shown),
                                    .key = *key,
                                    .language = caller->language,
                                    .name = caller->name,
                                    .is_password_right = true};
    return &verb->act;
}
