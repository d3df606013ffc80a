/* osteon stats METHOD: the table of methods. */
#include "base/nearest.h"
#include "cli/commands.h"
#include "cli/stats_method.h"

#include <string.h>

enum { METHOD_OPTIONS = 20 };

struct stats_method {
    const char *name;
    const char *usage;
    const char *help;
    const char *details; /* results, formula, reference */
    const char *options[METHOD_OPTIONS];
    stats_method_function *run;
};

// clang-format off
static const struct stats_method methods[] = {
    {"proportion", "--events X --total N [--level 0.95] [--null P]",
     "a proportion with its intervals, and the exact test of a null",
     "Gives estimate; lower and upper of wilson, clopper_pearson, wilson_cc, agresti_coull, wald, jeffreys, midp;\n"
     "clopper_pearson.lower_one_sided and .upper_one_sided, each at the whole level;\n"
     "with --null two_sided_p, greater_p, less_p of the exact binomial test.\n"
     "wilson: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n). clopper_pearson: quantiles of beta(x, n-x+1) and\n"
     "beta(x+1, n-x). midp: P(beyond x) + ½ P(x) = (1-level)/2. The two-sided p sums the outcomes at most as probable.\n"
     "Brown, Cai, DasGupta 2001, Statistical Science 16:101-133.",
     {"--events", "--total", "--level", "--null"}, stats_proportion},
    {"km", "--data FILE.csv --time T --event E [--group G] [--start S] [--landmark L] [--at 28,90] [--ci log-log|log|plain]\n"
     "  [--rmst 90]",
     "Kaplan-Meier: survival, its interval, quantiles, restricted mean, numbers at risk",
     "The event is 1, a censored time 0. Gives n, events; at each time t of --at surv.tT, .se (Greenwood), .lower,\n"
     ".upper, .lower_peto, nrisk.tT, cumhaz.tT with .se (Nelson-Aalen), surv_fh.tT (Fleming-Harrington); q25, q50, q75\n"
     "(or those of --quantiles) with .lower and .upper; followup.q50 (reverse Kaplan-Meier); rmstT with .se.\n"
     "With --group each name begins with G=VALUE; of two groups the second against the first: difference.tT,\n"
     "rmstT.difference and rmstT.ratio (its .se is of the logarithm) with .se, .lower, .upper, .p.\n"
     "--start: when one came under observation (left truncation). --landmark: of those still followed at L, from L on.\n"
     "S(t) = Π (1 - d/n); se = S √Σ d/(n(n-d)). Quantiles: the first time where 1-S reaches it, the middle where S\n"
     "lies flat at it; their limits invert the interval (Brookmeyer and Crowley 1982). Ties are exact; at one time\n"
     "events come before censorings. Kaplan, Meier 1958, JASA 53:457-481.",
     {"--data", "--time", "--event", "--cause", "--group", "--start", "--landmark", "--at", "--ci", "--level", "--rmst",
      "--quantiles"}, stats_km},
    {"logrank", "--data FILE.csv --time T --event E --group G [--strata S] [--rho 0]",
     "log-rank test of groups, stratified, weighted, with trend",
     "Gives chisq, df, p; trend.chisq, trend.p (scores: the groups' numbers, or 1, 2, 3 by name); for each group g n.g,\n"
     "events.g, obs.g, exp.g (weighted) and var.g. --rho 1 is the test of Peto and Peto.\n"
     "O_g = Σ w d_g, E_g = Σ w d n_g/n, w = S(t-)^rho; variance hypergeometric; sums within strata.\n"
     "Mantel 1966, Cancer Chemotherapy Reports 50:163-170; Harrington, Fleming 1982, Biometrika 69:553-566.",
     {"--data", "--time", "--event", "--cause", "--group", "--strata", "--rho"}, stats_logrank},
    {"cox", "--data FILE.csv --time T --event E --covariates a,b [--start S] [--strata S] [--cluster C] [--robust]\n"
     "  [--ties efron|breslow] [--cause K] [--at 30,90] [--predict a=1,b=60] [--transform km|identity|rank|log] [--residuals]",
     "Cox's proportional hazards: coefficients, tests, concordance, proportionality, prediction",
     "For each covariate c coef.c, se.c, robust_se.c, hr.c, hr_lo.c, hr_hi.c, p.c (Wald; of the robust error where there\n"
     "is one); loglik0, loglik, lrt, wald, score with .p; concordance.C, .se (infinitesimal jackknife); zph_km.chisq.c, zph_km.p.c\n"
     "and GLOBAL: score test of proportional hazards, for each transform of time. At each time t of --at basehaz.tT (all covariates 0) with .se, and\n"
     "with --predict surv.tT with .se, .lower, .upper (log scale); in strata each name begins with the stratum's.\n"
     "--residuals: martingale.I and dfbeta.c.I of row I. --cause K: the event is K, others censor (cause-specific).\n"
     "Not estimable: without events; a covariate that does not vary or repeats others; an infinite coefficient.\n"
     "Cox 1972, JRSS B 34:187-220; Efron 1977, JASA 72:557-565; Lin, Wei 1989; Grambsch, Therneau 1994.",
     {"--data", "--time", "--event", "--cause", "--covariates", "--start", "--strata", "--cluster", "--robust", "--ties",
      "--level", "--at", "--predict", "--transform", "--residuals"}, stats_cox},
    {"cuminc", "--data FILE.csv --time T --event E [--group G] [--strata S] [--at 28,90] [--rho 0]",
     "cumulative incidence of each cause where causes compete, with Gray's test of groups",
     "The event is 0 (censored) or the number of a cause. For each cause c, at each time t of --at, cif.C.tT with .lower,\n"
     ".upper (log-log), var.C.tT (Aalen, as cuminc of R) and se_jackknife.C.tT (infinitesimal jackknife, as the multistate\n"
     "survfit of R: the two differ on purpose); with --group cif.GROUP_C.tT, and gray.stat.C, gray.p.C, gray.df.C.\n"
     "F(t) = Σ S(s-) d_c/n. Aalen, Johansen 1978; Gray 1988, Annals of Statistics 16:1141-1154.",
     {"--data", "--time", "--event", "--group", "--strata", "--at", "--level", "--rho"}, stats_cuminc},
    {"gray", "--data FILE.csv --time T --event E --group G [--strata S] [--rho 0]",
     "Gray's test of the cumulative incidence in groups, for each cause",
     "The event is 0 (censored) or the number of a cause. Gives gray.stat.C, gray.p.C, gray.df.C for each cause C.\n"
     "Gray 1988, Annals of Statistics 16:1141-1154.",
     {"--data", "--time", "--event", "--group", "--strata", "--rho"}, stats_gray},
    {"finegray", "--data FILE.csv --time T --event E --covariates a,b [--cause 1] [--level 0.95]",
     "Fine and Gray: covariates and the subdistribution hazard of a cause",
     "The event is 0 (censored) or the number of a cause. For each covariate c coef.c, se.c (robust, for the weights being\n"
     "estimated too), hr.c, hr_lo.c, hr_hi.c, p.c; events, loglik0, loglik, lrt.\n"
     "Who had a competing event stays at risk with the weight G(t-)/G(s-), G the Kaplan-Meier curve of censoring.\n"
     "Fine, Gray 1999, JASA 94:496-509. The cause-specific hazard: osteon stats cox --cause.",
     {"--data", "--time", "--event", "--cause", "--covariates", "--level"}, stats_finegray},
    {"logistic", "--data FILE.csv --outcome Y --covariates a,b [--firth] [--profile] [--level 0.95]",
     "logistic regression, also by Firth's penalised likelihood",
     "The outcome is 1 or 0. For (Intercept) and each covariate c coef.c, se.c, z.c, p.c, or.c, or_lo.c, or_hi.c (Wald);\n"
     "loglik, deviance, null_deviance. --profile: profile_c.lo, profile_c.hi, lr_chisq.c, lr_p.c. --firth: penloglik and\n"
     "pl_lo.c, pl_hi.c, plr_chisq.c, plr_p.c, of the penalised likelihood log L + ½ ln |I|.\n"
     "Not estimable: separation, named at the coefficients that are infinite: use --firth then.\n"
     "Firth 1993, Biometrika 80:27-38; Heinze, Schemper 2002, Statistics in Medicine 21:2409-2419.",
     {"--data", "--outcome", "--covariates", "--firth", "--profile", "--level"}, stats_logistic},
    {"lmm", "--data FILE.csv --outcome Y --subject S --covariates a,b [--slope T] [--group G] [--ml] [--contrast a=1,b=-1]",
     "linear mixed model: random intercept of each subject, or intercept and slope",
     "For (Intercept) and each covariate c beta.c, se.c, lower.c, upper.c, p.c and satterthwaite_df.c; kr_se.c, kr_df.c,\n"
     "kr_p.c (Kenward-Roger); vc.S_(Intercept)_NA, vc.S_T_NA, vc.S_(Intercept)_T (variances, covariance),\n"
     "vc.Residual_NA_NA; loglik. --contrast: contrast with .se, .lower, .upper, .p, .satterthwaite_df, .kr_se, .kr_df,\n"
     ".kr_p. --ml: maximum likelihood instead of REML, without degrees of freedom.\n"
     "Laird, Ware 1982, Biometrics 38:963-974; Kenward, Roger 1997, Biometrics 53:983-997.",
     {"--data", "--outcome", "--subject", "--covariates", "--slope", "--group", "--ml", "--level", "--contrast"}, stats_lmm},
    {"mmrm", "--data FILE.csv --outcome Y --subject S --visit V [--covariates base] [--group G] [--by-visit c]\n"
     "  [--covariance un|ar1|cs|toeplitz] [--ml] [--contrast a=1,b=-1]",
     "mixed model for repeated measures: visits that vary together",
     "The effects are the covariates, each visit but the first (VLEVEL), the group and the columns of --by-visit, each with\n"
     "its product with the visits (VLEVEL:G). For each effect c beta.c, se.c, lower.c, upper.c, p.c, satterthwaite_df.c,\n"
     "kr_se.c, kr_df.c, kr_p.c; for each visit effect.G.LEVEL, the group's difference, with .se, .lower, .upper, .p,\n"
     ".satterthwaite_df, .kr_se, .kr_df, .kr_p; the covariance of the visits V11, V12, …; loglik.\n"
     "What it targets is the course of those who are alive: deaths truncate it.\n"
     "Mallinckrodt and others 2001; Kenward, Roger 1997, Biometrics 53:983-997.",
     {"--data", "--outcome", "--subject", "--visit", "--covariates", "--group", "--by-visit", "--covariance", "--ml",
      "--level", "--contrast"}, stats_mmrm},
    {"gee", "--data FILE.csv --outcome Y --cluster C --covariates a,b [--family logit|poisson] [--exposure T]\n"
     "  [--correlation exchangeable|independence] [--level 0.95]",
     "generalised estimating equations: average effects on clustered outcomes",
     "The outcome is 1 or 0, or with --family poisson a count; --exposure multiplies its mean. For (Intercept) and each\n"
     "covariate c coef.c, robust_se.c, lower.c, upper.c, p.c (robust), se.c (naive); alpha, the correlation within\n"
     "clusters, and phi, the scale: moments as geepack of R.\n"
     "Liang, Zeger 1986, Biometrika 73:13-22.",
     {"--data", "--outcome", "--cluster", "--covariates", "--family", "--exposure", "--correlation", "--level"}, stats_gee},
    {"summary", "--data FILE.csv --column C [--quantiles 0.25,0.5,0.75] [--type 7] [--level 0.95]",
     "mean, deviation, quantiles and geometric mean of a column",
     "Gives mean, geomean with .lower and .upper (t intervals; of the logarithms for geomean), sd, min, max, median,\n"
     "mad (1.4826 times the median deviation), and quantile_typeK.pP.\n"
     "--type is one of the nine of Hyndman and Fan 1996, The American Statistician 50:361-365; 7 when not given.",
     {"--data", "--column", "--quantiles", "--type", "--level"}, stats_summary},
};
// clang-format on

static const struct stats_method *method_find(struct text name)
{
    for (size_t i = 0; i < ARRAY_COUNT(methods); i++)
        if (text_equal(text_of(methods[i].name), name))
            return &methods[i];
    return NULL;
}

static bool unknown_method(struct text name, struct error *err)
{
    const char *names[ARRAY_COUNT(methods)];
    for (size_t i = 0; i < ARRAY_COUNT(methods); i++)
        names[i] = methods[i].name;
    error_set(err, ERROR_USAGE, "there is no method %.*s", TEXT_ARG(name));
    const char *nearest = nearest_name(name, names, ARRAY_COUNT(names));
    if (nearest != NULL)
        return error_hint(err, "did you mean osteon stats %s?", nearest);
    return error_hint(err, "osteon stats help lists the methods");
}

static void list_methods(struct command_context *context)
{
    struct text cells[2 * ARRAY_COUNT(methods)];
    for (size_t i = 0; i < ARRAY_COUNT(methods); i++) {
        cells[2 * i] = text_of(methods[i].name);
        cells[2 * i + 1] = text_of(methods[i].help);
    }
    stream_table(context->out, cells, ARRAY_COUNT(methods), 2);
    stream_text(context->out, TEXT("\nosteon stats help METHOD says more.\n"));
}

static bool help(struct command_context *context, struct error *err)
{
    struct text name = arguments_place(context->arguments, 1);
    if (text_is_absent(name)) {
        list_methods(context);
        return true;
    }
    const struct stats_method *method = method_find(name);
    if (method == NULL)
        return unknown_method(name, err);
    stream_format(context->out, "osteon stats %s %s\n  %s\n\n%s\n", method->name,
                  method->usage, method->help, method->details);
    return true;
}

static bool option_belongs(const struct stats_method *method, const char *option)
{
    if (strcmp(option, "--json") == 0)
        return true;
    for (size_t i = 0; i < METHOD_OPTIONS && method->options[i] != NULL; i++)
        if (strcmp(method->options[i], option) == 0)
            return true;
    return false;
}

bool command_stats(struct command_context *context, struct error *err)
{
    const struct arguments *arguments = context->arguments;
    struct text name = arguments_place(arguments, 0);
    if (text_equal(name, TEXT("help")))
        return help(context, err);
    const struct stats_method *method = method_find(name);
    if (method == NULL)
        return unknown_method(name, err);
    if (arguments->place_count > 1)
        return error_set(err, ERROR_USAGE, "osteon stats %s takes options only",
                         method->name);
    for (size_t i = 0; i < arguments->given_count; i++)
        if (!option_belongs(method, arguments->given[i].option->name))
            return error_set(err, ERROR_USAGE, "osteon stats %s takes no %s",
                             method->name, arguments->given[i].option->name);
    return method->run(context, err);
}
