#include "stats/planning.h"

#include "stats/root.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

static const char no_difference[] = "there is no difference to find";

double normal_sum(double side, double power)
{
    return qnorm(side, 0, 1, 0, 0) + qnorm(power, 0, 1, 1, 0);
}

static const char *plan_fault(const struct plan *plan)
{
    if (!(plan->side > 0 && plan->side < 0.5))
        return "alpha must be between 0 and 0.5 on a side";
    if (!(plan->power > 0 && plan->power < 1))
        return "the power must be between 0 and 1";
    if (!(plan->ratio > 0) || !isfinite(plan->ratio))
        return "the ratio must be above 0";
    return NULL;
}

static const char *proportions_fault(const struct plan *plan, double p1, double p2)
{
    if (!(p1 > 0 && p1 < 1 && p2 > 0 && p2 < 1))
        return "the proportions must be between 0 and 1";
    return plan_fault(plan);
}

static double square(double value)
{
    return value * value;
}

/* --- two proportions ------------------------------------------------------------------ */

struct spreads { /* errors of p1 - p2, by 1/√n */
    double null, apart;
};

static struct spreads spreads_of(const struct plan *plan, double p1, double p2)
{
    double r = plan->ratio, mean = (p1 + r * p2) / (1 + r);
    return (struct spreads){.null = sqrt((1 + 1 / r) * mean * (1 - mean)),
                            .apart = sqrt(p1 * (1 - p1) + p2 * (1 - p2) / r)};
}

struct estimate two_proportions_size(const struct plan *plan, double p1, double p2)
{
    const char *fault = proportions_fault(plan, p1, p2);
    if (fault == NULL && !(fabs(p1 - p2) > 0))
        fault = no_difference;
    if (fault != NULL)
        return not_estimable(fault);
    struct spreads spread = spreads_of(plan, p1, p2);
    double reach = qnorm(plan->side, 0, 1, 0, 0) * spread.null +
                   qnorm(plan->power, 0, 1, 1, 0) * spread.apart;
    if (!(reach > 0))
        return not_estimable("the power is reached by any number");
    return estimate_of(square(reach / (p1 - p2)));
}

struct estimate fleiss_size(const struct plan *plan, double p1, double p2)
{
    struct estimate plain = two_proportions_size(plan, p1, p2);
    if (!is_estimated(plain))
        return plain;
    double n = plain.value, r = plan->ratio;
    double root = sqrt(1 + 2 * (r + 1) / (n * r * fabs(p1 - p2)));
    return estimate_of(n / 4 * square(1 + root));
}

struct estimate two_proportions_power(const struct plan *plan, double p1, double p2,
                                      double n)
{
    const struct plan asked = {plan->side, 0.5, plan->ratio};
    const char *fault = proportions_fault(&asked, p1, p2);
    if (fault == NULL && !(n > 0))
        fault = "there is nobody";
    if (fault != NULL)
        return not_estimable(fault);
    struct spreads spread = spreads_of(plan, p1, p2);
    double z = qnorm(plan->side, 0, 1, 0, 0);
    double at = (sqrt(n) * fabs(p1 - p2) - z * spread.null) / spread.apart;
    return estimate_of(pnorm(at, 0, 1, 1, 0));
}

struct estimate unpooled_size(const struct plan *plan, double p1, double p2)
{
    const char *fault = proportions_fault(plan, p1, p2);
    if (fault == NULL && !(fabs(p1 - p2) > 0))
        fault = "there is no difference to find";
    if (fault != NULL)
        return not_estimable(fault);
    double z = normal_sum(plan->side, plan->power);
    return estimate_of(square(z * spreads_of(plan, p1, p2).apart / (p1 - p2)));
}

struct estimate margin_size(const struct plan *plan, double p1, double p2,
                            double margin, bool is_equivalence)
{
    const char *fault = proportions_fault(plan, p1, p2);
    if (fault == NULL && !(margin > 0 && margin < 1))
        fault = "the margin must be between 0 and 1";
    double room = is_equivalence ? margin - fabs(p1 - p2) : p1 - p2 + margin;
    if (fault == NULL && !(room > 0))
        fault = "the difference lies beyond the margin";
    if (fault != NULL)
        return not_estimable(fault);
    bool is_centred = is_equivalence && fabs(p1 - p2) <= 0;
    double z = normal_sum(plan->side, is_centred ? (1 + plan->power) / 2 : plan->power);
    return estimate_of(square(z * spreads_of(plan, p1, p2).apart / room));
}

/* --- means ---------------------------------------------------------------------------- */

static const char *means_fault(const struct plan *plan, double difference, double sd)
{
    if (!(sd > 0) || !isfinite(sd))
        return "the standard deviation must be above 0";
    if (!isfinite(difference) || !(fabs(difference) > 0))
        return no_difference;
    return plan_fault(plan);
}

static double power_of_means(const struct plan *plan, enum means_design design,
                             double effect, double n)
{
    double r = plan->ratio, df = design == MEANS_TWO ? n + r * n - 2 : n - 1;
    double weight = design == MEANS_TWO ? n * r / (1 + r) : n;
    return pnt(qt(plan->side, df, 0, 0), df, effect * sqrt(weight), 0, 0);
}

struct estimate means_power(const struct plan *plan, enum means_design design,
                            double difference, double sd, double n)
{
    const struct plan asked = {plan->side, 0.5, plan->ratio};
    const char *fault = means_fault(&asked, difference, sd);
    double least = design == MEANS_TWO ? 2 / (1 + plan->ratio) : 1;
    if (fault == NULL && !(n > least))
        fault = "there is no degree of freedom";
    if (fault != NULL)
        return not_estimable(fault);
    return estimate_of(power_of_means(plan, design, fabs(difference) / sd, n));
}

struct means_search {
    struct plan plan;
    enum means_design design;
    double effect;
};

static double means_beyond(double log_n, const void *data)
{
    const struct means_search *search = data;
    return power_of_means(&search->plan, search->design, search->effect, exp(log_n)) -
           search->plan.power;
}

struct estimate means_size(const struct plan *plan, enum means_design design,
                           double difference, double sd)
{
    const char *fault = means_fault(plan, difference, sd);
    if (fault != NULL)
        return not_estimable(fault);
    struct means_search search = {*plan, design, fabs(difference) / sd};
    double low = log((design == MEANS_TWO ? 2 / (1 + plan->ratio) : 1) + 1e-6);
    double normal = square(normal_sum(plan->side, plan->power) / search.effect) *
                    (design == MEANS_TWO ? (1 + plan->ratio) / plan->ratio : 1);
    double high = log(fmax(normal, 2) * 4 + 100);
    if (means_beyond(low, &search) >= 0)
        return not_estimable("the power is reached by the least number");
    if (normal > 1e9)
        return not_estimable("more than a thousand million would be needed");
    return estimate_of(exp(root_between(means_beyond, &search, low, high)));
}

/* --- pairs, survival, clusters -------------------------------------------------------- */

struct estimate mcnemar_size(const struct plan *plan, double p12, double p21)
{
    const char *fault = plan_fault(plan);
    if (fault == NULL && !(p12 >= 0 && p21 >= 0 && p12 + p21 <= 1))
        fault = "the two parts that differ must be from 0, together at most 1";
    if (fault == NULL && !(fabs(p12 - p21) > 0))
        fault = no_difference;
    if (fault != NULL)
        return not_estimable(fault);
    double apart = p12 + p21, difference = p12 - p21;
    double reach =
        qnorm(plan->side, 0, 1, 0, 0) * sqrt(apart) +
        qnorm(plan->power, 0, 1, 1, 0) * sqrt(apart - difference * difference);
    return estimate_of(square(reach / difference));
}

static const char *hazards_fault(const struct plan *plan, double hazard_ratio)
{
    if (!(hazard_ratio > 0) || !isfinite(hazard_ratio))
        return "the hazard ratio must be above 0";
    if (!(fabs(hazard_ratio - 1) > 0))
        return no_difference;
    return plan_fault(plan);
}

struct estimate schoenfeld_events(const struct plan *plan, double hazard_ratio)
{
    const char *fault = hazards_fault(plan, hazard_ratio);
    if (fault != NULL)
        return not_estimable(fault);
    double z = normal_sum(plan->side, plan->power), r = plan->ratio;
    return estimate_of(square(z * (1 + r) / log(hazard_ratio)) / r);
}

struct estimate freedman_events(const struct plan *plan, double hazard_ratio)
{
    const char *fault = hazards_fault(plan, hazard_ratio);
    if (fault != NULL)
        return not_estimable(fault);
    double z = normal_sum(plan->side, plan->power), r = plan->ratio;
    return estimate_of(square(z * (1 + r * hazard_ratio) / (1 - hazard_ratio)) / r);
}

struct estimate event_probability(double hazard, double dropout, double accrual,
                                  double follow_up)
{
    if (!(hazard > 0) || !(dropout >= 0) || !(accrual >= 0) || !(follow_up >= 0))
        return not_estimable(
            "hazard is above 0; dropout, accrual and follow-up from 0");
    double rate = hazard + dropout;
    double staying = exp(-rate * follow_up);
    if (accrual > 0)
        staying *= -expm1(-rate * accrual) / (rate * accrual);
    return estimate_of(hazard / rate * (1 - staying));
}

struct estimate design_effect(double cluster_size, double icc, double cv)
{
    if (!(cluster_size >= 1) || !(icc >= 0 && icc <= 1) || !(cv >= 0))
        return not_estimable("clusters have at least 1, the ICC is from 0 to 1, the "
                             "coefficient of variation from 0");
    return estimate_of(1 + ((1 + cv * cv) * cluster_size - 1) * icc);
}

struct estimate deviation_upper_limit(double sd, double n, double level)
{
    if (!(sd > 0) || !(n >= 2) || !(level > 0 && level < 1))
        return not_estimable("the deviation is above 0, of at least two values; the "
                             "level lies between 0 and 1");
    return estimate_of(sd * sqrt((n - 1) / qchisq(1 - level, n - 1, 1, 0)));
}

struct estimate assurance_of_means(const struct plan *plan, double difference,
                                   double prior_sd, double sd, double n)
{
    if (!(plan->side > 0 && plan->side < 1) || !(plan->ratio > 0) || !(sd > 0) ||
        !(prior_sd >= 0) || !(n >= 1))
        return not_estimable(
            "alpha lies between 0 and 1; deviation, ratio and size are "
            "above 0, the prior's deviation from 0");
    double known = n * plan->ratio / ((1 + plan->ratio) * sd * sd);
    double z = qnorm(plan->side, 0, 1, 0, 0);
    return estimate_of(pnorm((fabs(difference) * sqrt(known) - z) /
                                 sqrt(1 + prior_sd * prior_sd * known),
                             0, 1, 1, 0));
}
