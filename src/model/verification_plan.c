#include "model/verification_plan.h"

#include "model/design.h"

static const char *const names[] = {
    [VERIFICATION_UNSAID] = NULL,
    [VERIFICATION_ALWAYS] = "always",
    [VERIFICATION_SAMPLED] = "sampled",
    [VERIFICATION_NEVER] = "never",
};

const char *verification_need_name(enum verification_need need)
{
    return names[need];
}

bool verification_need_parse(struct text name, enum verification_need *out)
{
    for (size_t i = VERIFICATION_ALWAYS; i < ARRAY_COUNT(names); i++)
        if (text_equal(name, text_of(names[i]))) {
            *out = (enum verification_need)i;
            return true;
        }
    return false;
}

bool verification_is_needed(const struct design *design, const struct form *form,
                            const struct item *item, bool is_sampled)
{
    enum verification_need need = item->verification != VERIFICATION_UNSAID
                                      ? item->verification
                                      : form->verification;
    if (!design->verification.is_planned || item->is_identity || item->is_system ||
        item->requirement == ITEM_DERIVED)
        return false;
    return need == VERIFICATION_ALWAYS || (need != VERIFICATION_NEVER && is_sampled);
}
