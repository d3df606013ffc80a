/* What each method of the plan does, in words, with the papers it is from. */
#include "base/attributes.h"
#include "report/report_words.h"

#define WORDS(en, zh)                                                                  \
    {                                                                                  \
        TEXT_INIT(en), TEXT_INIT(zh)                                                   \
    }

// clang-format off
static const struct method_words methods[] = {
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
};
// clang-format on

const struct method_words *method_words(struct text method)
{
    for (size_t i = 0; i < ARRAY_COUNT(methods); i++)
        if (text_equal(method, text_of(methods[i].method)))
            return &methods[i];
    return NULL;
}
