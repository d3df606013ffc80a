#ifndef OSTEON_REPORT_REPORT_WORDS_H
#define OSTEON_REPORT_REPORT_WORDS_H
/* The report's own words in its languages. What a study says of itself (labels, choices,
 * sections) is in its plan. "{1}" is a place that document.h fills.
 */
#include "analysis/plan.h"
#include "base/language.h"

// clang-format off
#define REPORT_WORD_TABLE(X) \
    X(SYNTHETIC, "SYNTHETIC DATA", "合成数据（SYNTHETIC）") \
    X(SYNTHETIC_SAYS, "SYNTHETIC: these data were made by a program. Nothing here was observed in a patient.", \
      "SYNTHETIC：本报告数据由程序合成，不来自任何真实患者。") \
    X(CUT, "Data cut: event {1} of the log, {2} UTC", "数据截点：日志第 {1} 号事件，{2} UTC") \
    X(CUT_HASH, "SHA-256 {1}", "SHA-256：{1}") \
    X(VERSIONS, "Analysis plan version {1}, study design version {2}, Osteon {3}", \
      "分析计划版本 {1}，研究设计版本 {2}，Osteon {3}") \
    X(PAGE, "Page {1} of {2}", "第 {1} 页，共 {2} 页") \
    X(TABLE, "Table {1}. ", "表 {1}　") \
    X(FIGURE, "Figure {1}. ", "图 {1}　") \
    X(CONTINUED, " (continued)", "（续）") \
    X(CONTENTS, "Contents", "目录") \
    X(WHAT, "Endpoint", "终点") \
    X(CHARACTERISTIC, "Characteristic", "特征") \
    X(MEASURE, "Quantity", "指标") \
    X(HARM, "Harm", "不良结局") \
    X(ANALYSED, "Analysed", "分析例数") \
    X(MISSING, "Missing", "缺失") \
    X(ESTIMATE, "Estimate", "估计值") \
    X(VALUE, "Value", "数值") \
    X(INTERVAL, "{1} % interval", "{1} % 置信区间") \
    X(STAGE, "Stage", "阶段") \
    X(PARTICIPANTS, "Participants", "受试者数") \
    X(OF_POPULATION, "{1}, n = {2}", "{1}，n = {2}") \
    X(NOT_ESTIMABLE, "not estimable", "不可估计") \
    X(NOT_ESTIMABLE_NOTE, "[{1}] Not estimable: {2}.", "[{1}] 不可估计：{2}。") \
    X(EXACT, "exact {1}", "精确 {1}") \
    X(EVENTS_OF, "{1}/{2} ({3} %)", "{1}/{2}（{3} %）") \
    X(COUNT_SHARE, "{1} ({2} %)", "{1}（{2} %）") \
    X(SUMMED, "{1}, {2} % interval {3}", "{1}，{2} % 区间 {3}") \
    X(EVENTS_PLAIN, "{1}/{2}", "{1}/{2}") \
    X(PERCENT, "{1} %", "{1} %") \
    X(MEAN_SD, "mean {1} (SD {2})", "均值 {1}（标准差 {2}）") \
    X(MEDIAN_QUARTILES, "median {1} ({2}{3}{4})", "中位数 {1}（{2}{3}{4}）") \
    X(GEOMETRIC, "geometric mean {1}", "几何均值 {1}") \
    X(COMPLETE_CASE, "complete cases", "完整病例") \
    X(BEST_CASE, "if all missing were events", "缺失全部计为事件") \
    X(UPPER_ONE_SIDED, "none seen; one-sided {1} % upper bound", "未观察到；单侧 {1} % 上限") \
    X(AT, "{4} at {1} {2} ({3} at risk)", "{1} {2}时{4}（在险 {3}）") \
    X(EVENT_FREE, "without the event", "未发生事件") \
    X(MEDIAN_TIME, "median time", "中位时间") \
    X(P, "p", "p") \
    X(AS_RATIO, " (geometric)", "（几何）") \
    X(EVENTS_EXPOSURE, "events; exposure", "事件数；暴露量") \
    X(HALVES, "{1}; others", "{1}；其余") \
    X(COMPETED, "{1}/{2}; competing event {3}", "{1}/{2}；竞争事件 {3}") \
    X(COMPETED_AT, "at {1} {2} (competing event before: {3})", "{1} {2}（此前竞争事件 {3}）") \
    X(OF, ": {1}", "：{1}") \
    X(AT_TIME, " at {1} {2}", "（{1} {2}）") \
    X(WITH_ICC, ", clusters with a correlation of {1}", "（整群，组内相关 {1}）") \
    X(LOGARITHMS, "of the logarithms", "对数值") \
    X(RESTRICTED_MEAN, "restricted mean time", "限制性平均时间") \
    X(FOLLOWED, "with the event, of those followed", "发生事件者（占随访者）") \
    X(SUMMARY_TABLE, "Values are mean (SD) and median (quartiles), or number (percent of those in the population).", \
      "数值为均值（标准差）与中位数（四分位数），或例数（占该人群的百分比）。") \
    X(METHOD_POPULATIONS, "Populations", "分析人群") \
    X(METHOD_ESTIMATION, "Estimation", "统计方法") \
    X(METHOD_LEVEL, "All intervals are two-sided at the {1} % level unless said otherwise.", \
      "除另有说明外，所有区间均为双侧 {1} %。") \
    X(METHOD_DESCRIBING, "the description of participants and conduct", "受试者与实施情况的描述") \
    X(METHOD_RULE, "{1}; rule of the plan: {2}", "{1}；计划中的规则：{2}") \
    X(METHOD_USED, "{1}: {2}. For: {3}.", "{1}：{2}。用于：{3}。") \
    X(METHOD_MISSING, "Missing values", "缺失值的处理") \
    X(METHOD_MISSING_ONE, "{1} ({2})", "{1}（{2}）") \
    X(METHOD_MISSING_RULE, "Nothing is imputed. A value is missing when it was not entered, when somebody gave a reason for its absence, or when what it is derived from is missing; each table counts them.", \
      "不作填补。未录入、已说明缺失原因，或其来源值缺失，均视为缺失；各表均列出缺失数。") \
    X(METHOD_CHOICES, "Choices of the plan, to be confirmed", "计划所作选择（待确认）") \
    X(METHOD_SOFTWARE, "Software and data", "软件与数据") \
    X(METHOD_SOFTWARE_SAYS, "Computed by Osteon {1} from the event log of the study, by version {2} of the analysis plan (SHA-256 {7}) under version {3} of the study design. The data cut is event {4} of the log ({5} UTC), whose hash is {6}; the same cut gives the same report, byte for byte. Each number of the HTML form names the analysis, group and operation of results.json and results.csv that it shows.", \
      "由 Osteon {1} 根据研究事件日志计算，采用分析计划第 {2} 版（SHA-256 {7}）与研究设计第 {3} 版。数据截点为日志第 {4} 号事件（{5} UTC），其哈希值为 {6}；同一截点生成逐字节相同的报告。HTML 版中每个数值均标明其在 results.json 与 results.csv 中对应的分析、分组与运算。") \
    X(MISSING_TABLE, "Missing values by analysis", "各项分析的缺失值") \
    X(VARIABLE, "Variable", "变量") \
    X(KNOWN, "Known", "有值") \
    X(WHY, "Reasons", "原因") \
    X(PATTERN, "Pattern in time", "时间模式") \
    X(WHY_EMPTY, "not entered or not derivable {1}", "未录入或无法推导 {1}") \
    X(WHY_UNKNOWN, "undecided {1}", "无法判定 {1}") \
    X(WHY_STATED, "reason stated {1}", "已说明原因 {1}") \
    X(WHY_NOT_DONE, "not done {1}", "未做 {1}") \
    X(WHY_STATED_UNKNOWN, "stated as unknown {1}", "说明为不详 {1}") \
    X(WHY_NOT_APPLICABLE, "not applicable {1}", "不适用 {1}") \
    X(WHY_REFUSED, "refused {1}", "拒绝 {1}") \
    X(WHY_DEVICE_FAULT, "device fault {1}", "设备故障 {1}") \
    X(WHY_OTHER, "other {1}", "其他 {1}") \
    X(WHY_SEALED, "sealed {1}", "已封存 {1}") \
    X(WHY_FAULT, "not computable {1}", "无法计算 {1}") \
    X(WHY_VERSION, "not in that version of the design {1}", "该版本设计无此项 {1}") \
    X(PATTERN_DROPPED, "ends early in {1}", "提前终止 {1}") \
    X(PATTERN_INTERMITTENT, "with gaps in {1}", "间断缺失 {1}") \
    X(MONOTONE, "monotone", "单调") \
    X(NOT_MONOTONE, "not monotone", "非单调") \
    X(COMPLETE, "{1} of {2} rows have all of these.", "{2} 行中 {1} 行各变量均有值。") \
    X(ALL_MONOTONE, "Whoever lacks one also lacks those that more people lack: the pattern is monotone.", \
      "缺失模式为单调：缺某变量者亦缺更多人所缺的变量。") \
    X(NOT_ALL_MONOTONE, "The pattern across these variables is not monotone.", "各变量间的缺失模式非单调。") \
    X(COMPLETE_NOTE, "In {1} further analyses or groups no value is missing.", "另有 {1} 项分析或分组无缺失。") \
    X(LOOKED_AT, "Looked at", "应有例数") \
    X(EVIDENCE_SOURCE, "Study", "研究") \
    X(EVIDENCE_SAYS, "Result", "结果") \
    X(EVIDENCE_OF, "Population", "人群") \
    X(OTHER_RESULTS, "Further analyses", "其他分析")
// clang-format on

enum report_word {
#define REPORT_WORD(name, en, zh) WORD_##name,
    REPORT_WORD_TABLE(REPORT_WORD)
#undef REPORT_WORD
        WORD_COUNT
};

struct text report_word(enum language language, enum report_word word);
/* "2027-10-20 00:00:05", of UTC, in `arena`. */
struct text report_time(int64_t instant, struct arena *arena);
/* A UCUM unit as people write it; itself where nothing better is known. */
struct text report_unit(enum language language, struct text unit);
/* What a method does and whence it is, for the methods text; false: no words for it. */
struct method_text {
    const char *method;
    struct plan_words name, says;
};
const struct method_text *method_text(struct text method);

#endif
