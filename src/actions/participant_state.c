#include "actions/participant_state.h"

enum participant_state participant_state_of(const struct participant_facts *facts)
{
    if (facts->is_erased)
        return PARTICIPANT_ERASED;
    if (facts->is_enrolled)
        return facts->is_withdrawn ? PARTICIPANT_WITHDRAWN : PARTICIPANT_ENROLLED;
    if (!facts->is_screened)
        return PARTICIPANT_PROVISIONAL;
    if (!facts->is_eligible)
        return PARTICIPANT_SCREENED;
    if (facts->consent == CONSENT_GIVEN)
        return PARTICIPANT_CONSENTED;
    if (facts->consent == CONSENT_DEFERRED)
        return PARTICIPANT_DEFERRED;
    return PARTICIPANT_ELIGIBLE;
}

/* CL.ICFTYPE and CL.ICFRES of the study. A waiver of the ethics committee stands in the
 * place of a consent (CK014), but does not outweigh a refusal. */
enum consent consent_of(struct text type, struct text result, bool is_withdrawn)
{
    if (is_withdrawn || text_equal(result, TEXT("REFK")) ||
        text_equal(result, TEXT("REFD")))
        return CONSENT_REFUSED;
    if (text_equal(type, TEXT("WAIV")) || text_equal(result, TEXT("AGR")))
        return CONSENT_GIVEN;
    if (text_equal(type, TEXT("DEF")) && text_equal(result, TEXT("PEND")))
        return CONSENT_DEFERRED;
    return CONSENT_NONE;
}
