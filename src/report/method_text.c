/* What each method of the plan does, in words, with the papers it is from. */
#include "base/attributes.h"
#include "report/report_words.h"

#define WORDS(en, zh)                                                                  \
    {                                                                                  \
        TEXT_INIT(en), TEXT_INIT(zh)                                                   \
    }

// clang-format off
static const struct method_text methods[] = {
    {"count", WORDS("Counts", "计数"),
     WORDS("numbers of rows and of events", "行数与事件数")},
    {"proportion", WORDS("Proportions", "比例"),
     WORDS("Wilson interval (Wilson 1927; Brown, Cai and DasGupta 2001) with the exact interval of Clopper and Pearson (1934) beside it; where no event was seen, its one-sided upper bound",
           "Wilson 区间（Wilson 1927；Brown、Cai 与 DasGupta 2001），并列 Clopper–Pearson 精确区间（1934）；未观察到事件时给出其单侧上限")},
    {"survival", WORDS("Survival curves", "生存曲线"),
     WORDS("Kaplan–Meier estimate (1958) with Greenwood's variance (1926) and log-log intervals; quantiles by inverting them (Brookmeyer and Crowley 1982); at ties an event comes before a censoring",
           "Kaplan–Meier 估计（1958），Greenwood 方差（1926）与 log-log 区间；分位数由该区间反解（Brookmeyer 与 Crowley 1982）；时间相同时事件先于删失")},
    {"summary", WORDS("Summaries", "描述统计"),
     WORDS("mean with t interval, standard deviation, quartiles of type 7 (Hyndman and Fan 1996), geometric mean where all values are positive",
           "均值及 t 区间、标准差、第 7 型四分位数（Hyndman 与 Fan 1996），数值均为正时给出几何均值")},
    {"levels", WORDS("Counts of codes", "分类计数"),
     WORDS("number and share of those with a value", "例数及其占有值者的比例")},
    {"rate", WORDS("Rates", "发生率"),
     WORDS("events over the exposure with the exact Poisson interval (Garwood 1936), and its mid-p form",
           "事件数除以暴露量，Poisson 精确区间（Garwood 1936）及其 mid-p 形式")},
    {"follow_up", WORDS("Length of follow-up", "随访时间"),
     WORDS("reverse Kaplan–Meier estimate (Schemper and Smith 1996)", "反向 Kaplan–Meier 估计（Schemper 与 Smith 1996）")},
    {"compare_survival", WORDS("Survival of two groups", "两组生存比较"),
     WORDS("log-rank test (Mantel 1966), hazard ratio of a Cox model with Efron's ties (Cox 1972; Efron 1977), difference of restricted mean survival times (Royston and Parmar 2013)",
           "log-rank 检验（Mantel 1966），Cox 模型风险比，Efron 法处理结点（Cox 1972；Efron 1977），限制性平均生存时间差（Royston 与 Parmar 2013）")},
    {"cox", WORDS("Cox model", "Cox 模型"),
     WORDS("proportional hazards with Efron's ties (Cox 1972; Efron 1977), Wald intervals, test of proportionality by scaled residuals (Grambsch and Therneau 1994)",
           "比例风险模型，Efron 法处理结点（Cox 1972；Efron 1977），Wald 区间，比例性检验（Grambsch 与 Therneau 1994）")},
    {"incidence", WORDS("Cumulative incidence", "累积发生率"),
     WORDS("Aalen–Johansen estimate beside a competing event, with a log-log interval (Aalen and Johansen 1978)",
           "考虑竞争事件的 Aalen–Johansen 估计及 log-log 区间（Aalen 与 Johansen 1978）")},
    {"change", WORDS("Paired change", "配对变化"),
     WORDS("mean with t interval, median, and the Hodges–Lehmann shift with its signed-rank interval (Wilcoxon 1945; Hodges and Lehmann 1963)",
           "均值及 t 区间、中位数，以及 Hodges–Lehmann 估计及其符号秩区间（Wilcoxon 1945；Hodges 与 Lehmann 1963）")},
    {"compare", WORDS("Two groups, measured quantities", "两组计量资料比较"),
     WORDS("Welch's t interval (1947), Hodges–Lehmann shift with its rank-sum interval (Mann and Whitney 1947; Hodges and Lehmann 1963), Hedges' g (1981)",
           "Welch t 区间（1947），Hodges–Lehmann 估计及其秩和区间（Mann 与 Whitney 1947；Hodges 与 Lehmann 1963），Hedges g（1981）")},
    {"compare_events", WORDS("Two groups, events", "两组事件比较"),
     WORDS("difference of proportions with Newcombe's interval (1998), risk ratio (Katz 1978), odds ratio (Woolf 1955), Fisher's exact test (1935)",
           "率差及 Newcombe 区间（1998）、相对危险度（Katz 1978）、比值比（Woolf 1955）、Fisher 精确检验（1935）")},
    {"pairs", WORDS("Two truths of the same people", "同一受试者的两个判断"),
     WORDS("difference with interval and McNemar's exact and mid-p tests (McNemar 1947; Fagerland and others 2013)",
           "差值及区间，McNemar 精确与 mid-p 检验（McNemar 1947；Fagerland 等 2013）")},
    {"agreement", WORDS("Agreement", "一致性"),
     WORDS("Cohen's kappa (1960) and Gwet's AC1 (2008)", "Cohen kappa（1960）与 Gwet AC1（2008）")},
    {"correlation", WORDS("Correlation", "相关"),
     WORDS("Pearson's with Fisher's interval (1921), Spearman's", "Pearson 相关及 Fisher 区间（1921），Spearman 相关")},
    {"logistic", WORDS("Logistic regression", "Logistic 回归"),
     WORDS("Firth's penalised likelihood with profile intervals (Firth 1993; Heinze and Schemper 2002), since with so many successes separation is to be expected",
           "Firth 惩罚似然及轮廓区间（Firth 1993；Heinze 与 Schemper 2002），因成功率高，完全分离属常见情形")},
    {"clustered", WORDS("Clustered events", "聚类事件"),
     WORDS("generalised estimating equations, exchangeable within clusters, robust errors (Liang and Zeger 1986)",
           "广义估计方程，聚类内可交换相关，稳健标准误（Liang 与 Zeger 1986）")},
    {"mixed", WORDS("Mixed model", "混合模型"),
     WORDS("random intercept, restricted maximum likelihood, Satterthwaite's degrees of freedom (Laird and Ware 1982)",
           "随机截距，限制性极大似然，Satterthwaite 自由度（Laird 与 Ware 1982）")},
    {"repeated", WORDS("Repeated measures", "重复测量"),
     WORDS("mixed model of visit and baseline, restricted maximum likelihood, Satterthwaite's degrees of freedom (Mallinckrodt and others 2008); since death ends the measurements, it describes the course while alive",
           "含访视与基线的混合模型，限制性极大似然，Satterthwaite 自由度（Mallinckrodt 等 2008）；死亡使测量终止，故结果描述存活期间的变化")},
    {"icc", WORDS("Correlation within operators", "操作者内相关"),
     WORDS("analysis of variance and latent logistic scale, percentile interval by a seeded bootstrap of clusters (Donner 1986; Eldridge and others 2009)",
           "方差分析与潜变量 logistic 尺度，按聚类的固定种子自助法百分位区间（Donner 1986；Eldridge 等 2009）")},
    {"missing", WORDS("Missing values", "缺失值"),
     WORDS("counts by variable and reason; a pattern is monotone when what is missing once stays missing",
           "按变量与原因计数；缺失后不再出现数值者为单调缺失")},
    {"sample_size", WORDS("Sample sizes", "样本量"),
     WORDS("two proportions by the normal approximation (Fleiss and others 2003), times the design effect 1 + (m − 1)·ICC where the trial is clustered (Eldridge and others 2006)",
           "两比例正态近似（Fleiss 等 2003），整群设计乘以设计效应 1 + (m − 1)·ICC（Eldridge 等 2006）")},
};
// clang-format on

const struct method_text *method_text(struct text method)
{
    for (size_t i = 0; i < ARRAY_COUNT(methods); i++)
        if (text_equal(method, text_of(methods[i].method)))
            return &methods[i];
    return NULL;
}
