#include "stats/incidence.h"

#include "stats/order.h"

struct step {
    double time;
    double at_risk, events, of_cause, censored;
    double before;    /* S just before */
    double incidence; /* from here on */
    double variance;  /* Aalen's; of the last time at which the cause came */
};

struct incidence_curve {
    size_t step_count;
    struct step *steps;
};

/* The sums of the delta method: F, S and their product move together. */
struct delta {
    double square, cross, plain;
};

/* d of n at one time, where F moves by `slope` and 1/S by `rate` for each. */
static void add_delta(struct delta *delta, const struct step *step, double d,
                      double slope, double rate)
{
    double n = step->at_risk;
    double spread = d > 1 ? 1 - (d - 1) / (n - 1) : 1;
    double weight = step->before * step->before * spread * d / (n * n);
    delta->square += slope * slope * weight;
    delta->cross += slope * rate * weight;
    delta->plain += rate * rate * weight;
}

static void take_step(struct incidence_curve *curve, struct delta *delta)
{
    struct step *step = &curve->steps[curve->step_count];
    const struct step *last = curve->step_count == 0 ? NULL : step - 1;
    double n = step->at_risk, others = step->events - step->of_cause;
    step->before = last == NULL
                       ? 1
                       : last->before * (last->at_risk - last->events) / last->at_risk;
    step->incidence =
        (last == NULL ? 0 : last->incidence) + step->before * step->of_cause / n;
    step->variance = last == NULL ? 0 : last->variance;
    double after = step->before * (n - step->events) / n, f = step->incidence;
    double rate = after > 0 ? 1 / after : 0;
    if (others > 0 && after > 0)
        add_delta(delta, step, others, f * rate, rate);
    if (step->of_cause > 0) {
        add_delta(delta, step, step->of_cause, 1 + f * rate, rate);
        step->variance = delta->square + f * f * delta->plain - 2 * f * delta->cross;
    }
    curve->step_count++;
}

struct incidence_curve *incidence_fit(const struct incidence_input *input,
                                      struct arena *arena)
{
    for (size_t i = 0; i < input->count; i++)
        if (!(input->times[i] >= 0) || !isfinite(input->times[i]))
            return NULL;
    struct incidence_curve *curve = ARENA_NEW(arena, struct incidence_curve);
    curve->steps = ARENA_ARRAY(arena, struct step, input->count + 1);
    double *rising;
    const uint32_t *order = order_sort(input->times, input->count, arena, &rising);
    struct delta delta = {0};
    for (size_t i = 0; i < input->count;) {
        struct step *step = &curve->steps[curve->step_count];
        step->time = rising[i];
        step->at_risk = (double)(input->count - i);
        for (; i < input->count && rising[i] <= step->time; i++) {
            uint32_t cause = input->causes[order[i]];
            step->events += cause != 0;
            step->of_cause += cause == input->cause;
            step->censored += cause == 0;
        }
        take_step(curve, &delta);
    }
    return curve;
}

/* --- the jackknife -------------------------------------------------------------------- */

/* What a person's weight adds to F(t), as sums up to the time that the person left. */
struct influence {
    double rate;   /* Σ h/(n (1 - h)): by which being at risk raises ln S */
    double raised; /* Σ f · rate before */
    double shared; /* Σ S(s-) h_c/n: by which being at risk lowers F */
};

static double squares_of(const struct step *step, const struct influence *sums,
                         double rest)
{
    double n = step->at_risk, left = n - step->events;
    double stay = sums->raised + rest * sums->rate - sums->shared;
    double gone = left > 0 ? stay - rest / left : stay;
    double cause = gone + step->before / n;
    return step->censored * stay * stay +
           (step->events - step->of_cause) * gone * gone +
           step->of_cause * cause * cause;
}

static double jackknife_variance(const struct incidence_curve *curve, size_t count)
{
    struct influence sums = {0};
    double final = count == 0 ? 0 : curve->steps[count - 1].incidence, sum = 0;
    for (size_t i = 0; i < count; i++) {
        const struct step *step = &curve->steps[i];
        double n = step->at_risk, rise = step->before * step->of_cause / n;
        sums.raised += rise * sums.rate;
        sums.shared += rise / n;
        if (n > step->events)
            sums.rate += step->events / (n * (n - step->events));
        sum += squares_of(step, &sums, final - step->incidence);
    }
    double stay = sums.raised - sums.shared;
    if (count > 0) {
        const struct step *last = &curve->steps[count - 1];
        sum += (last->at_risk - last->events - last->censored) * stay * stay;
    }
    return sum;
}

/* --- at a time ------------------------------------------------------------------------ */

void incidence_at(const struct incidence_curve *curve, double time, double level,
                  struct incidence_at *out)
{
    const char *reason = NULL;
    size_t count = 0;
    while (count < curve->step_count && curve->steps[count].time <= time)
        count++;
    if (!(time >= 0))
        reason = "the time is not a number of at least 0";
    else if (curve->step_count == 0)
        reason = "there is nobody to follow";
    else if (time > curve->steps[curve->step_count - 1].time)
        reason = "nobody was followed that long";
    if (reason != NULL) {
        out->interval = no_interval(reason);
        out->incidence = out->aalen_variance = out->jackknife_error =
            not_estimable(reason);
        return;
    }
    double f = count == 0 ? 0 : curve->steps[count - 1].incidence;
    double variance = count == 0 ? 0 : curve->steps[count - 1].variance;
    out->incidence = estimate_of(f);
    out->aalen_variance = estimate_of(variance);
    out->jackknife_error = estimate_of(sqrt(jackknife_variance(curve, count)));
    if (!(f > 0 && f < 1)) {
        out->interval = no_interval("an incidence of 0 or 1 has no interval");
        return;
    }
    double reach = normal_reach(level) * sqrt(variance) / (f * log(f));
    out->interval = interval_of(pow(f, exp(-reach)), pow(f, exp(reach)));
}
