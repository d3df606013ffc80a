#include "model/ctcae.h"

#include "model/ctcae_table.h"

#define RULE(number, of, if_, to, step, clause)                                        \
    {.threshold = TEXT_INIT(number),                                                   \
     .basis = CTCAE_##of,                                                              \
     .when = CTCAE_##if_,                                                              \
     .side = CTCAE_##to,                                                               \
     .grade = (step),                                                                  \
     .says = TEXT_INIT(clause)},
#define X(name, item, english, chinese)                                                \
    static const struct ctcae_rule rules_##name[] = {CTCAE_RULES_##name(RULE)};
CTCAE_TERM_TABLE(X)
#undef X

const struct ctcae_term ctcae_terms[] = {
#define X(name, of, in_english, in_chinese)                                            \
    {.item = TEXT_INIT(of),                                                            \
     .term = {.english = TEXT_INIT(in_english), .chinese = TEXT_INIT(in_chinese)},     \
     .rules = rules_##name,                                                            \
     .rule_count = ARRAY_COUNT(rules_##name)},
    CTCAE_TERM_TABLE(X)
#undef X
};
const size_t ctcae_term_count = ARRAY_COUNT(ctcae_terms);

static bool is_high(const struct ctcae_rule *rule)
{
    return rule->side == CTCAE_ABOVE || rule->side == CTCAE_FROM;
}

static const struct ctcae_number *limit_of(const struct ctcae_rule *rule,
                                           const struct ctcae_result *result)
{
    return is_high(rule) ? &result->high : &result->low;
}

/* A baseline without a range of its own, typed by hand, is held to the result's. */
static bool baseline_is_abnormal(const struct ctcae_rule *rule,
                                 const struct ctcae_result *result,
                                 const struct ctcae_result *baseline)
{
    const struct ctcae_number *limit = limit_of(rule, baseline);
    if (!limit->is_known)
        limit = limit_of(rule, result);
    if (!baseline->value.is_known || !limit->is_known)
        return false;
    int order = decimal_compare(baseline->value.value, limit->value);
    return is_high(rule) ? order > 0 : order < 0;
}

static bool rule_counts(const struct ctcae_rule *rule,
                        const struct ctcae_result *result,
                        const struct ctcae_result *baseline)
{
    if (rule->when == CTCAE_ALWAYS)
        return true;
    return baseline_is_abnormal(rule, result, baseline) ==
           (rule->when == CTCAE_IF_ABNORMAL);
}

static bool threshold_of(const struct ctcae_rule *rule,
                         const struct ctcae_result *result,
                         const struct ctcae_result *baseline, struct decimal *out)
{
    const struct ctcae_number *of = NULL;
    struct decimal number;
    enum decimal_fault fault = decimal_parse(rule->threshold, &number, NULL);
    ASSERT(fault == DECIMAL_OK);
    switch (rule->basis) {
    case CTCAE_VALUE: *out = number; return true;
    case CTCAE_LIMIT: of = limit_of(rule, result); break;
    case CTCAE_BASELINE: of = &baseline->value; break;
    }
    return of != NULL && of->is_known &&
           decimal_multiply(number, of->value, out) == DECIMAL_OK;
}

static bool rule_holds(const struct ctcae_rule *rule, const struct ctcae_result *result,
                       const struct ctcae_result *baseline)
{
    struct decimal threshold;
    if (!rule_counts(rule, result, baseline) ||
        !threshold_of(rule, result, baseline, &threshold))
        return false;
    int order = decimal_compare(result->value.value, threshold);
    switch (rule->side) {
    case CTCAE_ABOVE: return order > 0;
    case CTCAE_FROM: return order >= 0;
    case CTCAE_BELOW: return order < 0;
    case CTCAE_UP_TO: return order <= 0;
    }
    return false;
}

const struct ctcae_rule *ctcae_grade(const struct ctcae_term *term,
                                     const struct ctcae_result *result,
                                     const struct ctcae_result *baseline)
{
    const struct ctcae_rule *found = NULL;
    if (!result->value.is_known)
        return NULL;
    for (size_t i = 0; i < term->rule_count; i++)
        if ((found == NULL || term->rules[i].grade > found->grade) &&
            rule_holds(&term->rules[i], result, baseline))
            found = &term->rules[i];
    return found;
}
