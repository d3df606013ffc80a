/* osteon stats METHOD: the table of methods. */
#include "base/nearest.h"
#include "cli/commands.h"
#include "cli/stats_method.h"

#include <string.h>

enum { METHOD_OPTIONS = 12 };

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
    {"table2x2", "--cells a,b,c,d | --data FILE.csv --event E --group G [--level 0.95]",
     "two groups, an event or none: risk difference, risk ratio, odds ratio and their tests",
     "a and b are those of group 1 with and without the event, c and d those of group 2; of data, group 1 is the lesser value\n"
     "of G, and the event is 1. Gives p1, p2; rd with rd_newcombe, rd_wald, rd_miettinen_nurminen; rr with rr_katz; or with\n"
     "or_woolf; or_haldane (½ in each cell); or_cmle with or_exact (conditional), each interval as .lower and .upper; chisq, p_chisq,\n"
     "chisq_yates, p_yates; p_fisher (sums the tables at most as probable), p_fisher_less, _greater, _midp.\n"
     "Newcombe: square-and-add of the two Wilson intervals (1998, Statistics in Medicine 17:873-890, method 10).\n"
     "Miettinen, Nurminen 1985, Statistics in Medicine 4:213-226: score, restricted likelihood, variance times N/(N-1).\n"
     "Katz: ln rr ± z √(1/a - 1/n1 + 1/c - 1/n2). Woolf: ln or ± z √(1/a + 1/b + 1/c + 1/d). Fisher 1935; Cornfield 1956.",
     {"--cells", "--data", "--event", "--group", "--level"}, stats_table2x2},
    {"mantel-haenszel", "--cells a,b,c,d,a,b,c,d,… | --data FILE.csv --event E --group G --strata S [--level 0.95]",
     "fourfold tables in strata: one measure for all, and whether the strata differ",
     "Gives or_mh (variance of Robins, Breslow, Greenland 1986), rr_mh (Greenland, Robins 1985) and rd_mh (Sato 1989) with .lower\n"
     "and .upper; chisq with .p, chisq_corrected with .p (½); breslow_day and tarone with .p: are the odds ratios the same?\n"
     "or = Σ ad/n / Σ bc/n. chisq = (Σ (a - E))²/Σ V, V = n1 n2 m1 m2/(n²(n-1)). Mantel, Haenszel 1959, JNCI 22:719-748.",
     {"--cells", "--data", "--event", "--group", "--strata", "--level"}, stats_mantel_haenszel},
    {"mcnemar", "--cells n11,n12,n21,n22 | --data FILE.csv --x FIRST --y SECOND [--level 0.95]",
     "pairs with yes or no in each half: is yes as frequent first as second?",
     "Gives chisq, p; chisq_cc, cc_p (corrected by 1); exact_p, midp_p; difference (n12 - n21)/n (Wald) and or = n12/n21 (exact),\n"
     "with .lower and .upper. n12: yes first, no second. Columns hold 1 and 0.\n"
     "chisq = (n12 - n21)²/(n12 + n21). McNemar 1947, Psychometrika 12:153-157.",
     {"--cells", "--data", "--x", "--y", "--level"}, stats_mcnemar},
    {"trend", "--events x1,x2,… --totals n1,n2,… [--scores s1,s2,…]",
     "does a proportion rise or fall over ordered groups? (Cochran-Armitage)",
     "Gives chisq, z (above 0: it rises with the score), p. Scores are 1, 2, 3, … when not given.\n"
     "z = Σ s (x - n p) / √(p (1-p) (Σ n s² - (Σ n s)²/N)). Armitage 1955, Biometrics 11:375-386.",
     {"--events", "--totals", "--scores"}, stats_trend},
    {"paired", "--data FILE.csv --x A --y B | --column DIFFERENCE [--null 0] [--level 0.95]",
     "pairs, or one sample: mean difference with its t test, median, sign test",
     "The difference is x - y of the rows that have both. Gives mean, sd, t, df, p, less_p, greater_p, lower, upper (of the mean),\n"
     "stderr; sign.above, .below, .equal and sign.p, .less_p, .greater_p (exact); median with .lower, .upper and .achieved_level.\n"
     "t = (mean - null)/(sd/√n), n-1 degrees of freedom. Median: order statistics by the binomial distribution of ½.\n"
     "Student 1908, Biometrika 6:1-25; Conover 1999, Practical Nonparametric Statistics, 3.2 and 3.4.",
     {"--data", "--x", "--y", "--column", "--null", "--level"}, stats_paired},
    {"twosample", "--data FILE.csv --column C --group G | --x A --y B [--null 0] [--level 0.95]",
     "two groups' means: Welch's and the pooled t test, Cohen's d, Hedges' g",
     "The first group is the lesser value of G, or column A. Gives mean1, mean2, sd1, sd2, difference; welch. and pooled. t, df, p,\n"
     "less_p, greater_p, lower, upper, stderr; cohen_d, hedges_g with hedges_g_var, .lower, .upper, J_exact; smd.\n"
     "Welch: t = difference/√(s1²/n1 + s2²/n2), 1947, Biometrika 34:28-35. g = J d, J = Γ(m/2)/(√(m/2) Γ((m-1)/2)): Hedges 1981.\n"
     "smd: difference/√((s1² + s2²)/2), of a baseline table.",
     {"--data", "--x", "--y", "--column", "--group", "--null", "--level"}, stats_twosample},
    {"effect-size", "--means M1,M2 --sds S1,S2 --sizes N1,N2 [--level 0.95]",
     "the same as twosample, from means and standard deviations", "Results and formulas: osteon stats help twosample.",
     {"--means", "--sds", "--sizes", "--level"}, stats_effect_size},
    {"signed-rank", "--data FILE.csv --x A --y B | --column D [--method auto|exact|normal|uncorrected] [--null 0] [--level 0.95]",
     "Wilcoxon's signed rank test, with the shift of Hodges and Lehmann",
     "Gives stat (V: ranks of the differences above the null, summed), z, p, less_p, greater_p; hl with .lower, .upper: the median of\n"
     "all averages of two differences. Differences equal to the null are left out. auto: exact when there are no ties, none is left\n"
     "out, and fewer than 50; else normal, corrected by ½. exact: with ties by the shift algorithm.\n"
     "Hollander, Wolfe 1999, 3.1 to 3.3; Streitberg, Röhmel 1986, Statistical Software Newsletter 12:10-17.",
     {"--data", "--x", "--y", "--column", "--method", "--null", "--level"}, stats_signed_rank},
    {"rank-sum", "--data FILE.csv --column C --group G | --x A --y B [--method auto|exact|normal|uncorrected] [--null 0]",
     "Wilcoxon's rank sum test (Mann-Whitney), with the shift of Hodges and Lehmann",
     "The first group is the lesser value of G, or column A. Gives stat (W: its ranks, summed, less m(m+1)/2), z, p, less_p, greater_p;\n"
     "hl with .lower, .upper: the median of all differences of a value of the first and one of the second group. Methods as in\n"
     "signed-rank; auto is exact with fewer than 50 in each group. exact with ties: as far from the mean on both sides.\n"
     "Hollander, Wolfe 1999, 4.1 to 4.3; Mann, Whitney 1947, Annals of Mathematical Statistics 18:50-60.",
     {"--data", "--x", "--y", "--column", "--group", "--method", "--null", "--level"}, stats_rank_sum},
    {"kruskal", "--data FILE.csv --column C --group G",
     "several groups: Kruskal-Wallis, one-way analysis of variance, Welch's",
     "Gives H, df, p; anova.F, .df1, .df2, .p; welch.F, .df2, .p (unequal variances).\n"
     "H = (12/(N(N+1)) Σ R²/n - 3(N+1))/(1 - Σ(t³-t)/(N³-N)). Kruskal, Wallis 1952, JASA 47:583-621; Welch 1951, Biometrika 38:330-336.",
     {"--data", "--column", "--group"}, stats_kruskal},
    {"correlation", "--data FILE.csv --x A --y B [--level 0.95]",
     "how two columns go together: Pearson and Spearman",
     "Gives pearson.r, .lower, .upper, .p; spearman_rho, spearman.p (by t). r: tanh(artanh r ± z/√(n-3)), Fisher 1921, Metron 1:3-32.",
     {"--data", "--x", "--y", "--level"}, stats_correlation},
    {"rate", "--events X --exposure T [--null RATE] | --events X1,X2 --exposure T1,T2 [--null RATIO] [--level 0.95]",
     "events over an exposure: a rate, or two and their ratio, exactly",
     "Gives rate with .exact and .midp .lower and .upper, and with --null p, less_p, greater_p; of two rate1, rate2, and ratio with\n"
     ".lower, .upper, p, less_p, greater_p (of ratio 1 when no null is given).\n"
     "exact: χ²(a/2; 2x)/2T, χ²(1-a/2; 2x+2)/2T, Garwood 1936, Biometrika 28:437-442. Ratio: x1 of x1 + x2 is binomial. The two-sided p\n"
     "sums the counts at most as probable.",
     {"--events", "--exposure", "--null", "--level"}, stats_rate},
    {"adjust", "--p p1,p2,… | --data FILE.csv --column P [--method bonferroni|holm|hochberg|hommel|BH|BY|fixed]",
     "adjusted p-values of a family: Bonferroni, Holm, Hochberg, Hommel, BH, BY, fixed sequence",
     "Gives METHOD.i of each p-value i, of all methods or the one that is asked for. fixed: in the order given.\n"
     "Holm 1979; Hochberg 1988, Biometrika 75:800-802; Hommel 1988, Biometrika 75:383-386; Benjamini, Hochberg 1995, JRSS B 57:289-300;\n"
     "Benjamini, Yekutieli 2001, Annals of Statistics 29:1165-1188.",
     {"--p", "--data", "--column", "--method"}, stats_adjust},
    {"km", "--data FILE.csv --time T --event E [--group G] [--at 28,90] [--ci log-log|log|plain] [--rmst 90]",
     "Kaplan-Meier: survival, its interval, quantiles, restricted mean, numbers at risk",
     "The event is 1, a censored time 0. Gives n, events; at each time t of --at surv.tT, .se (Greenwood), .lower,\n"
     ".upper, nrisk.tT, cumhaz.tT with .se (Nelson-Aalen), surv_fh.tT; q25, q50, q75 (or those of --quantiles) with\n"
     ".lower and .upper; rmstT with .se. With --group each name begins with G=VALUE.\n"
     "S(t) = Π (1 - d/n); se = S √Σ d/(n(n-d)). Quantiles: the first time where 1-S reaches it, the middle where S\n"
     "lies flat at it; their limits invert the interval (Brookmeyer and Crowley 1982). Ties are exact; at one time\n"
     "events come before censorings. Kaplan, Meier 1958, JASA 53:457-481.",
     {"--data", "--time", "--event", "--group", "--at", "--ci", "--level", "--rmst", "--quantiles"}, stats_km},
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
