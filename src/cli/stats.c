/* osteon stats METHOD, osteon plan METHOD: the table of methods. */
#include "base/arena_large.h"
#include "base/limits.h"
#include "base/nearest.h"
#include "cli/commands.h"
#include "cli/stats_method.h"
#include "system/huge_pages.h"

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
    {"beta-binomial", "--events X --total N --null P [--prior 1,1] [--planned N] [--threshold 0.95] [--level 0.95]",
     "what is believed of a proportion, and how likely the planned end is a success",
     "Gives post_mean, post_sd, median, eti and hdi (shortest) with .lower and .upper, p_gt: P(p > null); with --planned need_total, the\n"
     "smallest number of events at the end with P(p > null) above the threshold, and pred_prob, the probability of reaching it.\n"
     "Posterior: beta(a + x, b + n - x). Spiegelhalter, Abrams, Myles 2004; Lee, Liu 2008, Clinical Trials 5:93-106.",
     {"--events", "--total", "--null", "--prior", "--planned", "--threshold", "--level"}, stats_beta_binomial},
    {"group-sequential", "--boundary KIND (--looks K | --times 0.5,1) [--sides 1|2] [--alpha A] [--parameter X] [--power P]",
     "boundaries of a trial that is looked at several times",
     "KIND: obrien-fleming, pocock, wang-tsiatis (--parameter Δ), spend-obrien-fleming, spend-pocock, hwang-shih-decani (γ), kim-demets (ρ).\n"
     "Alpha is of all sides: 0.05 of two, 0.025 of one when not given. Gives t.k, z.k, cum_alpha.k (spent), stage_p.k (one-sided); with\n"
     "--power drift (E Z at the end), cum_power.k, inflation (of the size of a trial with one look), expected_information.\n"
     "By recursive numerical integration: Armitage, McPherson, Rowe 1969, JRSS A 132:235-244; Jennison, Turnbull 2000, chapters 2, 7, 19.",
     {"--boundary", "--looks", "--times", "--sides", "--alpha", "--parameter", "--power"}, stats_group_sequential},
    {"conditional-power", "--z Z --fraction T [--drift D] [--alpha 0.025 | --critical Z]",
     "how likely the end is a success, given what an interim look has found",
     "Gives current_trend, null, design (of --drift, E Z at the end), predictive (flat prior). Alpha is one-sided.\n"
     "Φ((z√t + θ(1-t) - z*)/√(1-t)); predictive Φ((z - z*√t)/√(1-t)). Proschan, Lan, Wittes 2006, chapters 3 and 6.",
     {"--z", "--fraction", "--drift", "--alpha", "--critical"}, stats_conditional_power},
    {"zero-events", "--total N [--level 0.95] | --rate P [--probability 0.95]",
     "what no event among N says of a rate; how many show a rare event",
     "Gives upper_one_sided 1-(1-level)^(1/N) and upper_two_sided; n_to_detect, the least N with at least one event of rate P with that\n"
     "probability, and n_to_detect.exact, ln(1-probability)/ln(1-P). Hanley, Lippman-Hand 1983, JAMA 249:1743-1745.",
     {"--total", "--rate", "--level", "--probability"}, stats_zero_events},
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

/* Of a trial to come: osteon plan METHOD, and osteon stats METHOD too. */
static const struct stats_method plans[] = {
    {"two-proportions", "--p1 P --p2 P [--power 0.8 | --n N] [--alpha 0.05] [--sides 2] [--ratio 1]",
     "size or power of a comparison of two proportions",
     "--n is group 1, group 2 has ratio times as many. Gives n_exact (of group 1, not rounded), n1, n2, n_total; the same as fleiss. (with\n"
     "continuity correction) and fisher. (the first n whose exact power is enough); with --n power and fisher.power.\n"
     "n = (z √((1+1/r) p̄ q̄) + z_p √(p1 q1 + p2 q2/r))²/(p1-p2)². Fleiss, Tytun, Ury 1980, Biometrics 36:343-346.",
     {"--p1", "--p2", "--power", "--n", "--alpha", "--sides", "--ratio"}, stats_two_proportions},
    {"margin", "--p1 P --p2 P --margin D [--kind noninferiority|equivalence] [--power 0.8] [--alpha 0.025] [--ratio 1]",
     "size of a non-inferiority or equivalence trial of two proportions",
     "Higher is better: group 1 may be worse than group 2 by less than the margin. Alpha is one-sided, of each of the two tests of\n"
     "equivalence. Gives n_exact (of group 1), n1, n2, n_total.\n"
     "n = (z + z_p)² (p1 q1 + p2 q2/r)/(p1-p2+D)². Chow, Shao, Wang 2008, Sample Size Calculations in Clinical Research, chapter 4.",
     {"--p1", "--p2", "--margin", "--kind", "--power", "--n", "--alpha", "--ratio"}, stats_margin},
    {"means", "--delta D --sd S [--kind two|one|paired] [--power 0.8 | --n N] [--alpha 0.05] [--sides 2] [--ratio 1]",
     "size or power of a t test of means",
     "--sd is of a value, for paired of a difference; --n is group 1, or the pairs. Gives n_exact, n1, n2, n_total; with --n power.\n"
     "By the noncentral t distribution, δ/σ √(n r/(1+r)) or δ/σ √n; the far tail does not count. Chow, Shao, Wang 2008, chapter 3.",
     {"--delta", "--sd", "--kind", "--power", "--n", "--alpha", "--sides", "--ratio"}, stats_means},
    {"pairs", "--p12 P --p21 P [--power 0.8] [--alpha 0.05] [--sides 2]",
     "how many pairs McNemar's test needs",
     "p12 and p21 are the parts of pairs that differ either way. Gives n_exact, n_total.\n"
     "n = (z √(p12+p21) + z_p √(p12+p21-(p12-p21)²))²/(p12-p21)². Connor 1987, Biometrics 43:207-211.",
     {"--p12", "--p21", "--power", "--alpha", "--sides"}, stats_pairs},
    {"events", "--hazard-ratio H [--power 0.8] [--alpha 0.05] [--sides 2] [--ratio 1] [--hazard L --accrual A --follow-up F --dropout D]",
     "events, and participants, that a log-rank test needs",
     "Gives schoenfeld_events and freedman_events with .exact; with --hazard (of group 1) event_prob1, event_prob2, n_total, n_total_exact\n"
     "of Schoenfeld's number: uniform accrual over A, then follow-up F; exponential dropout of rate D.\n"
     "(z + z_p)²(1+r)²/(r ln²H): Schoenfeld 1983, Biometrics 39:499-503. (z + z_p)²(1+rH)²/(r(1-H)²): Freedman 1982, Stat Med 1:121-129.",
     {"--hazard-ratio", "--power", "--alpha", "--sides", "--ratio", "--hazard", "--accrual", "--follow-up", "--dropout"}, stats_events},
    {"simulate", "--n N --hazard L --hazard-ratio H --follow-up F [--ratio 1] [--accrual A] [--dropout D] [--delay T]\n"
     "  [--boundary KIND (--looks K | --times 0.5,1) [--parameter X]] [--total-events X] [--alpha 0.05] [--sides 2]\n"
     "  [--trials 10000] [--seed 1] [--threads K]",
     "the power of a log-rank test by simulation: accrual, dropout, an effect that comes late, several looks",
     "--n is group 1. Gives power with .se (Monte-Carlo), .lower and .upper (Wilson, of the trials); events and duration (means, when the\n"
     "trial stops); with a boundary cum_power.k, looked.k (the part of trials that come to look k), z.k and events.k, after how many events it\n"
     "is made: t times the number that the design lets expect, or --total-events; the last look is made at the end all the same.\n"
     "--delay: the hazards are the same up to T. A seed gives the same trials on any machine and any number of threads.\n"
     "Streams of Philox4x32-10: Salmon and others 2011, SC'11. Z = Σ(d - n2/n)/√Σ(n1 n2/n²). Schoenfeld 1981, Biometrika 68:316-319.",
     {"--n", "--hazard", "--hazard-ratio", "--follow-up", "--ratio", "--accrual", "--dropout", "--delay", "--boundary", "--looks",
      "--times", "--parameter", "--total-events", "--alpha", "--sides", "--trials", "--seed", "--threads"}, stats_simulate},
    {"single-arm", "--p0 P --p1 P [--alpha 0.05] [--power 0.8 | --n N] [--n-max 5000]",
     "one arm against a null proportion: exact size or power",
     "Gives crit (reject from so many events), alpha and power as they are; without --n first_n, the first with the power, and lasting_n,\n"
     "from which all up to n-max have it: power saws. crit = the least c with P(X ≥ c | p0) ≤ alpha. Chernick, Liu 2002.",
     {"--p0", "--p1", "--alpha", "--power", "--n", "--n-max"}, stats_single_arm},
    {"simon", "--p0 P --p1 P [--alpha 0.05] [--power 0.8] [--n-max 100]",
     "Simon's two-stage designs, optimal and minimax",
     "Gives optimal. and minimax. r1 (stop at so many of n1), n1, r (reject above so many of n), n, EN0, PET0, alpha, power, of all designs\n"
     "up to n-max participants. Simon 1989, Controlled Clinical Trials 10:1-10.",
     {"--p0", "--p1", "--alpha", "--power", "--n-max"}, stats_simon},
    {"interval-width", "--p1 P --width W [--level 0.95] [--kind clopper-pearson|wilson] [--n-max 5000]",
     "how many make the interval of a proportion no wider than W",
     "Gives first_n, and lasting_n, from which all up to n-max are so. The events are n times P, rounded half to even.",
     {"--p1", "--width", "--level", "--kind", "--n-max"}, stats_interval_width},
    {"sd-limit", "--sd S --n N [--level 0.8]",
     "the upper limit of a pilot's standard deviation, to plan the next trial with",
     "--sd is of n values. Gives sd_upper = s √((n-1)/χ²(1-level; n-1)): the true deviation is below it with that confidence.\n"
     "Browne 1995, Statistics in Medicine 14:1933-1940.",
     {"--sd", "--n", "--level"}, stats_sd_limit},
    {"assurance", "--delta D --prior-sd T --sd S --n N [--alpha 0.05] [--sides 2] [--ratio 1]",
     "the power of two means when the difference itself is uncertain",
     "The difference is believed to be normal about D with deviation T; --n is group 1. Gives assurance, the mean power over that belief, and\n"
     "power, at D itself; both by the normal distribution, without the far tail.\n"
     "Φ((D√k - z)/√(1 + T²k)), k = n r/((1+r)S²). O'Hagan, Stevens, Campbell 2005, Pharmaceutical Statistics 4:187-201.",
     {"--delta", "--prior-sd", "--sd", "--n", "--alpha", "--sides", "--ratio"}, stats_assurance},
    {"design-effect", "--cluster-size M --icc R [--cv C] [--n N]",
     "what clusters do to a size",
     "Gives design_effect 1 + ((1 + cv²) m - 1) ICC; with --n, of participants without clusters, n_total and clusters.\n"
     "Eldridge, Ashby, Kerry 2006, International Journal of Epidemiology 35:1292-1300.",
     {"--cluster-size", "--icc", "--cv", "--n"}, stats_design_effect},
};
// clang-format on

enum {
    METHODS = ARRAY_COUNT(methods),
    PLANS = ARRAY_COUNT(plans),
    ALL = METHODS + PLANS
};

/* Those that the command offers: `osteon plan` has plans, `osteon stats` all. */
struct offer {
    const struct stats_method *methods[ALL];
    size_t count;
    const char *command;
};

static struct offer offer_of(const struct command_context *context)
{
    struct offer offer = {.command = context->command->name};
    if (strcmp(offer.command, "plan") != 0)
        for (size_t i = 0; i < METHODS; i++)
            offer.methods[offer.count++] = &methods[i];
    for (size_t i = 0; i < PLANS; i++)
        offer.methods[offer.count++] = &plans[i];
    return offer;
}

static const struct stats_method *method_find(const struct offer *offer,
                                              struct text name, struct error *err)
{
    const char *names[ALL];
    for (size_t i = 0; i < offer->count; i++) {
        names[i] = offer->methods[i]->name;
        if (text_equal(text_of(names[i]), name))
            return offer->methods[i];
    }
    error_set(err, ERROR_USAGE, "there is no method %.*s", TEXT_ARG(name));
    const char *nearest = nearest_name(name, names, offer->count);
    if (nearest != NULL)
        error_hint(err, "did you mean osteon %s %s?", offer->command, nearest);
    else
        error_hint(err, "osteon %s help lists the methods", offer->command);
    return NULL;
}

static void list_methods(const struct offer *offer, struct command_context *context)
{
    struct text cells[2 * ALL];
    for (size_t i = 0; i < offer->count; i++) {
        cells[2 * i] = text_of(offer->methods[i]->name);
        cells[2 * i + 1] = text_of(offer->methods[i]->help);
    }
    stream_table(context->out, cells, offer->count, 2);
    stream_format(context->out, "\nosteon %s help METHOD says more.\n", offer->command);
}

static bool help(const struct offer *offer, struct command_context *context,
                 struct error *err)
{
    struct text name = arguments_place(context->arguments, 1);
    if (text_is_absent(name)) {
        list_methods(offer, context);
        return true;
    }
    const struct stats_method *method = method_find(offer, name, err);
    if (method == NULL)
        return false;
    stream_format(context->out, "osteon %s %s %s\n  %s\n\n%s\n", offer->command,
                  method->name, method->usage, method->help, method->details);
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
    struct offer offer = offer_of(context);
    if (text_equal(name, TEXT("help")))
        return help(&offer, context, err);
    const struct stats_method *method = method_find(&offer, name, err);
    if (method == NULL)
        return false;
    if (arguments->place_count > 1)
        return error_set(err, ERROR_USAGE, "osteon %s %s takes options only",
                         offer.command, method->name);
    for (size_t i = 0; i < arguments->given_count; i++)
        if (!option_belongs(method, arguments->given[i].option->name))
            return error_set(err, ERROR_USAGE, "osteon %s %s takes no %s",
                             offer.command, method->name,
                             arguments->given[i].option->name);
    /* Columns of ten million rows need more than a command usually may have. */
    struct command_context large = *context;
    large.arena = arena_new(LIMIT_STATS_ARENA);
    arena_on_large_block(large.arena, huge_pages_advise);
    bool is_done = method->run(&large, err);
    arena_free(large.arena);
    return is_done;
}
