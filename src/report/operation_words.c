#include "report/operation_words.h"

#include "base/attributes.h"

#define WORDS(en, zh)                                                                  \
    {                                                                                  \
        TEXT_INIT(en), TEXT_INIT(zh)                                                   \
    }

// clang-format off
static const struct operation_words operations[] = {
    {"events", NUMBER_PLAIN, 0, WORDS("events", "事件数")},
    {"events.yes", NUMBER_PLAIN, 0, WORDS("events, with it", "事件数（是）")},
    {"events.no", NUMBER_PLAIN, 0, WORDS("events, without it", "事件数（否）")},
    {"n.yes", NUMBER_PLAIN, 0, WORDS("analysed, with it", "分析例数（是）")},
    {"n.no", NUMBER_PLAIN, 0, WORDS("analysed, without it", "分析例数（否）")},
    {"exchangeable", NUMBER_PLAIN, 0, WORDS("working correlation: exchangeable (1) or none (0)", "工作相关：可交换（1）或独立（0）")},
    {"clusters", NUMBER_PLAIN, 0, WORDS("clusters", "聚类数")},
    {"participants", NUMBER_PLAIN, 0, WORDS("participants", "受试者数")},
    {"competing", NUMBER_PERCENT, 1, WORDS("competing event", "竞争事件")},
    {"incidence", NUMBER_PERCENT, 1, WORDS("cumulative incidence", "累积发生率")},
    {"censored", NUMBER_PLAIN, 0, WORDS("still followed at their end", "随访结束时仍在随访")},
    {"estimate", NUMBER_PERCENT, 1, WORDS("proportion", "比例")},
    {"share", NUMBER_PERCENT, 1, WORDS("share", "占比")},
    {"observed", NUMBER_PERCENT, 1, WORDS("observed agreement", "观察一致率")},
    {"kappa", NUMBER_PLAIN, 2, WORDS("Cohen's kappa", "Cohen kappa")},
    {"ac1", NUMBER_PLAIN, 2, WORDS("Gwet's AC1", "Gwet AC1")},
    {"yes_yes", NUMBER_PLAIN, 0, WORDS("both yes", "均为是")},
    {"yes_no", NUMBER_PLAIN, 0, WORDS("only the first", "仅前者为是")},
    {"no_yes", NUMBER_PLAIN, 0, WORDS("only the second", "仅后者为是")},
    {"no_no", NUMBER_PLAIN, 0, WORDS("neither", "均为否")},
    {"mcnemar.p", NUMBER_P, 3, WORDS("McNemar's test, exact: p", "McNemar 精确检验 p")},
    {"mcnemar.midp", NUMBER_P, 3, WORDS("McNemar's test, mid-p", "McNemar 检验 mid-p")},
    {"odds_ratio", NUMBER_PLAIN, 2, WORDS("odds ratio", "比值比")},
    {"risk_ratio", NUMBER_PLAIN, 2, WORDS("risk ratio", "相对危险度")},
    {"risk_difference", NUMBER_PERCENT, 1, WORDS("difference, in percentage points", "率差（百分点）")},
    {"fisher.p", NUMBER_P, 3, WORDS("Fisher's exact test: p", "Fisher 精确检验 p")},
    {"hazard_ratio", NUMBER_PLAIN, 2, WORDS("hazard ratio", "风险比")},
    {"proportionality", NUMBER_P, 3, WORDS("test of proportional hazards", "比例风险检验")},
    {"events_per_covariate", NUMBER_PLAIN, 1, WORDS("events for each covariate", "每个协变量的事件数")},
    {"logrank.chi2", NUMBER_PLAIN, 2, WORDS("log-rank statistic", "log-rank 统计量")},
    {"logrank.p", NUMBER_P, 3, WORDS("log-rank test: p", "log-rank 检验 p")},
    {"rmst", NUMBER_PLAIN, DECIMALS_BY_SIZE, WORDS("restricted mean survival time", "限制性平均生存时间")},
    {"rmst_difference", NUMBER_PLAIN, DECIMALS_BY_SIZE, WORDS("difference of restricted means", "限制性平均生存时间差")},
    {"correlation", NUMBER_PLAIN, 2, WORDS("correlation within clusters", "聚类内相关")},
    {"pearson", NUMBER_PLAIN, 2, WORDS("correlation (Pearson)", "Pearson 相关系数")},
    {"spearman", NUMBER_PLAIN, 2, WORDS("correlation (Spearman)", "Spearman 相关系数")},
    {"ancova_factor", NUMBER_PLAIN, 2, WORDS("factor on the size when adjusted for it (1 − r²)", "校正基线后的样本量系数（1 − r²）")},
    {"difference", NUMBER_PLAIN, DECIMALS_BY_SIZE, WORDS("difference", "差值")},
    {"welch.p", NUMBER_P, 3, WORDS("Welch's t test: p", "Welch t 检验 p")},
    {"t.p", NUMBER_P, 3, WORDS("t test: p", "t 检验 p")},
    {"hedges_g", NUMBER_PLAIN, 2, WORDS("Hedges' g", "Hedges g")},
    {"hodges_lehmann", NUMBER_PLAIN, DECIMALS_BY_SIZE, WORDS("Hodges–Lehmann shift", "Hodges–Lehmann 估计")},
    {"signed_rank.p", NUMBER_P, 3, WORDS("signed-rank test: p", "符号秩检验 p")},
    {"rank_sum.p", NUMBER_P, 3, WORDS("rank-sum test: p", "秩和检验 p")},
    {"ratio", NUMBER_PLAIN, 2, WORDS("geometric mean ratio", "几何均值比")},
    {"exposure", NUMBER_PLAIN, 1, WORDS("exposure", "暴露量")},
    {"rate", NUMBER_PLAIN, 2, WORDS("rate (exact interval)", "发生率（精确区间）")},
    {"midp", NUMBER_PLAIN, 2, WORDS("rate (mid-p interval)", "发生率（mid-p 区间）")},
    {"worst", NUMBER_PLAIN, 0, WORDS("ranked worst", "按最差计")},
    {"mean", NUMBER_PLAIN, DECIMALS_BY_SIZE, WORDS("mean", "均值")},
    {"sd", NUMBER_PLAIN, DECIMALS_BY_SIZE, WORDS("standard deviation", "标准差")},
    {"q25", NUMBER_PLAIN, DECIMALS_BY_SIZE, WORDS("lower quartile", "下四分位数")},
    {"median", NUMBER_PLAIN, DECIMALS_BY_SIZE, WORDS("median", "中位数")},
    {"q50", NUMBER_PLAIN, DECIMALS_BY_SIZE, WORDS("median", "中位数")},
    {"q75", NUMBER_PLAIN, DECIMALS_BY_SIZE, WORDS("upper quartile", "上四分位数")},
    {"log.mean", NUMBER_PLAIN, 2, WORDS("mean of the logarithms", "对数均值")},
    {"log.sd", NUMBER_PLAIN, 2, WORDS("standard deviation of the logarithms", "对数标准差")},
    {"intercept", NUMBER_PLAIN, 2, WORDS("intercept", "截距")},
    {"effect", NUMBER_PLAIN, 2, WORDS("effect", "效应")},
    {"variance.between", NUMBER_PLAIN, DECIMALS_BY_SIZE, WORDS("variance between clusters", "聚类间方差")},
    {"variance.within", NUMBER_PLAIN, DECIMALS_BY_SIZE, WORDS("variance within clusters", "聚类内方差")},
    {"icc", NUMBER_PLAIN, 3, WORDS("intraclass correlation", "组内相关系数")},
    {"anova", NUMBER_PLAIN, 3, WORDS("intraclass correlation, analysis of variance", "组内相关系数（方差分析）")},
    {"latent", NUMBER_PLAIN, 3, WORDS("intraclass correlation, latent scale", "组内相关系数（潜变量尺度）")},
    {"latent.sd", NUMBER_PLAIN, 2, WORDS("standard deviation between clusters, latent scale", "聚类间标准差（潜变量尺度）")},
    {"replicates", NUMBER_PLAIN, 0, WORDS("bootstrap samples", "自助法样本数")},
    {"replicates.estimable", NUMBER_PLAIN, 0, WORDS("bootstrap samples with an estimate", "可估计的自助法样本数")},
    {"p1", NUMBER_PERCENT, 1, WORDS("proportion, first arm", "第一组比例")},
    {"p2", NUMBER_PERCENT, 1, WORDS("proportion, second arm", "第二组比例")},
    {"n_per_arm", NUMBER_PLAIN, 0, WORDS("participants per arm", "每组例数")},
};
// clang-format on

static bool begins(struct text operation, struct text stem)
{
    return text_starts_with(operation, stem) &&
           (operation.len == stem.len || operation.at[stem.len] == '.');
}

const struct operation_words *operation_words(struct text operation)
{
    const struct operation_words *found = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < ARRAY_COUNT(operations); i++) {
        struct text stem = text_of(operations[i].stem);
        if (stem.len > longest && begins(operation, stem)) {
            found = &operations[i];
            longest = stem.len;
        }
    }
    return found;
}

struct text operation_of(const struct operation_words *words, struct text operation)
{
    size_t len = strlen(words->stem);
    return operation.len > len ? text_part(operation, len + 1, operation.len)
                               : (struct text){0};
}
