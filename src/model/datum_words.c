#include "model/datum_words.h"

#include "model/answer_datum.h"

static struct text fault_words(int fault)
{
    switch ((enum datum_fault)fault) {
    case FAULT_OVERFLOW: return TEXT("cannot be computed: a number is too large");
    case FAULT_STEPS: return TEXT("cannot be computed: too many steps");
    case FAULT_TEXT_TOO_LONG: return TEXT("cannot be computed: a text is too long");
    }
    return TEXT("cannot be computed");
}

static struct text truth_words(int64_t truth)
{
    return truth == TRUTH_YES  ? TEXT("yes")
           : truth == TRUTH_NO ? TEXT("no")
                               : TEXT("unknown");
}

struct text datum_words(struct datum value, int32_t offset_minutes, struct arena *arena)
{
    switch ((enum datum_kind)value.kind) {
    case DATUM_EMPTY: return TEXT("nothing");
    case DATUM_MISSING:
        /* enum datum_reason stands in the order of enum missing_reason. */
        return text_format(
            arena, "missing: %.*s",
            TEXT_ARG(missing_reason_code((enum missing_reason)value.detail)));
    case DATUM_SEALED: return TEXT("sealed");
    case DATUM_FAULT: return fault_words(value.detail);
    case DATUM_REAL: return text_format(arena, "about %.12g", value.as.real);
    case DATUM_TEXT:
        return text_format(arena, "'%.*s'", TEXT_ARG(datum_as_text(value)));
    case DATUM_TRUTH: return truth_words(value.as.coefficient);
    case DATUM_NUMBER:
    case DATUM_MOMENT: break;
    }
    return datum_answer(value, offset_minutes, arena);
}
