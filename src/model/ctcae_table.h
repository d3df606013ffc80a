#ifndef OSTEON_MODEL_CTCAE_TABLE_H
#define OSTEON_MODEL_CTCAE_TABLE_H
/* The thresholds of CTCAE v5.0 by item of the central laboratory (F.LB), in its units:
 * item, name, English term, Chinese term; under it, a row a clause: threshold, basis, when,
 * side, grade, the clause. Source: Common Terminology Criteria for Adverse Events v5.0,
 * 27 November 2017; the text of the clause is its own, without what a number cannot say.
 *
 * Not here: hyperglycemia (v5.0 grades treatment, not the value); grade 4 of anemia and
 * hypoalbuminemia, grade 2 of hypokalemia (clinical); multiples of the baseline INR (only
 * "if on anticoagulation"). Between the whole numbers of hyponatremia a grade reaches to
 * the next: 129.5 is grade 2, and without symptoms told 125-129 is grade 2, not 3.
 */

// clang-format off
#define CTCAE_TERM_TABLE(X) \
    X(ANEMIA, "I.LB.HGB", "Anemia", "贫血") \
    X(WHITE_BLOOD_CELL_DECREASED, "I.LB.WBC", "White blood cell decreased", "白细胞计数降低") \
    X(NEUTROPHIL_COUNT_DECREASED, "I.LB.ANC", "Neutrophil count decreased", "中性粒细胞计数降低") \
    X(LYMPHOCYTE_COUNT_DECREASED, "I.LB.LYM", "Lymphocyte count decreased", "淋巴细胞计数降低") \
    X(LYMPHOCYTE_COUNT_INCREASED, "I.LB.LYM", "Lymphocyte count increased", "淋巴细胞计数增高") \
    X(PLATELET_COUNT_DECREASED, "I.LB.PLT", "Platelet count decreased", "血小板计数降低") \
    X(INR_INCREASED, "I.LB.INR", "INR increased", "INR升高") \
    X(APTT_PROLONGED, "I.LB.APTT", "Activated partial thromboplastin time prolonged", "活化部分凝血活酶时间延长") \
    X(FIBRINOGEN_DECREASED, "I.LB.FIB", "Fibrinogen decreased", "纤维蛋白原降低") \
    X(CREATININE_INCREASED, "I.LB.CREAT", "Creatinine increased", "肌酐升高") \
    X(BLOOD_BILIRUBIN_INCREASED, "I.LB.BILI", "Blood bilirubin increased", "血胆红素升高") \
    X(ALANINE_INCREASED, "I.LB.ALT", "Alanine aminotransferase increased", "丙氨酸氨基转移酶升高") \
    X(ASPARTATE_INCREASED, "I.LB.AST", "Aspartate aminotransferase increased", "天冬氨酸氨基转移酶升高") \
    X(HYPOALBUMINEMIA, "I.LB.ALB", "Hypoalbuminemia", "低白蛋白血症") \
    X(HYPONATREMIA, "I.LB.NA", "Hyponatremia", "低钠血症") \
    X(HYPERNATREMIA, "I.LB.NA", "Hypernatremia", "高钠血症") \
    X(HYPOKALEMIA, "I.LB.K", "Hypokalemia", "低钾血症") \
    X(HYPERKALEMIA, "I.LB.K", "Hyperkalemia", "高钾血症") \
    X(HYPOCALCEMIA, "I.LB.ICA", "Hypocalcemia", "低钙血症") \
    X(HYPERCALCEMIA, "I.LB.ICA", "Hypercalcemia", "高钙血症") \
    X(HYPOGLYCEMIA, "I.LB.GLU", "Hypoglycemia", "低血糖症")

#define CTCAE_RULES_ANEMIA(X) \
    X("1", LIMIT, ALWAYS, BELOW, 1, "<LLN - 100 g/L") \
    X("100", VALUE, ALWAYS, BELOW, 2, "<100 - 80 g/L") \
    X("80", VALUE, ALWAYS, BELOW, 3, "<80 g/L")

#define CTCAE_RULES_WHITE_BLOOD_CELL_DECREASED(X) \
    X("1", LIMIT, ALWAYS, BELOW, 1, "<LLN - 3.0 x 10e9/L") \
    X("3.0", VALUE, ALWAYS, BELOW, 2, "<3.0 - 2.0 x 10e9/L") \
    X("2.0", VALUE, ALWAYS, BELOW, 3, "<2.0 - 1.0 x 10e9/L") \
    X("1.0", VALUE, ALWAYS, BELOW, 4, "<1.0 x 10e9/L")

#define CTCAE_RULES_NEUTROPHIL_COUNT_DECREASED(X) \
    X("1", LIMIT, ALWAYS, BELOW, 1, "<LLN - 1.5 x 10e9/L") \
    X("1.5", VALUE, ALWAYS, BELOW, 2, "<1.5 - 1.0 x 10e9/L") \
    X("1.0", VALUE, ALWAYS, BELOW, 3, "<1.0 - 0.5 x 10e9/L") \
    X("0.5", VALUE, ALWAYS, BELOW, 4, "<0.5 x 10e9/L")

#define CTCAE_RULES_LYMPHOCYTE_COUNT_DECREASED(X) \
    X("1", LIMIT, ALWAYS, BELOW, 1, "<LLN - 0.8 x 10e9/L") \
    X("0.8", VALUE, ALWAYS, BELOW, 2, "<0.8 - 0.5 x 10e9/L") \
    X("0.5", VALUE, ALWAYS, BELOW, 3, "<0.5 - 0.2 x 10e9/L") \
    X("0.2", VALUE, ALWAYS, BELOW, 4, "<0.2 x 10e9/L")

#define CTCAE_RULES_LYMPHOCYTE_COUNT_INCREASED(X) \
    X("4", VALUE, ALWAYS, ABOVE, 2, ">4 - 20 x 10e9/L") \
    X("20", VALUE, ALWAYS, ABOVE, 3, ">20 x 10e9/L")

#define CTCAE_RULES_PLATELET_COUNT_DECREASED(X) \
    X("1", LIMIT, ALWAYS, BELOW, 1, "<LLN - 75 x 10e9/L") \
    X("75", VALUE, ALWAYS, BELOW, 2, "<75 - 50 x 10e9/L") \
    X("50", VALUE, ALWAYS, BELOW, 3, "<50 - 25 x 10e9/L") \
    X("25", VALUE, ALWAYS, BELOW, 4, "<25 x 10e9/L")

#define CTCAE_RULES_INR_INCREASED(X) \
    X("1.2", VALUE, ALWAYS, ABOVE, 1, ">1.2 - 1.5") \
    X("1.5", VALUE, ALWAYS, ABOVE, 2, ">1.5 - 2.5") \
    X("2.5", VALUE, ALWAYS, ABOVE, 3, ">2.5")

#define CTCAE_RULES_APTT_PROLONGED(X) \
    X("1", LIMIT, ALWAYS, ABOVE, 1, ">ULN - 1.5 x ULN") \
    X("1.5", LIMIT, ALWAYS, ABOVE, 2, ">1.5 - 2.5 x ULN") \
    X("2.5", LIMIT, ALWAYS, ABOVE, 3, ">2.5 x ULN")

#define CTCAE_RULES_FIBRINOGEN_DECREASED(X) \
    X("1", LIMIT, IF_NORMAL, BELOW, 1, "<1.0 - 0.75 x LLN") \
    X("0.75", LIMIT, IF_NORMAL, BELOW, 2, "<0.75 - 0.5 x LLN") \
    X("0.5", LIMIT, IF_NORMAL, BELOW, 3, "<0.5 - 0.25 x LLN") \
    X("0.25", LIMIT, IF_NORMAL, BELOW, 4, "<0.25 x LLN") \
    X("1", BASELINE, IF_ABNORMAL, BELOW, 1, "if abnormal, <25% decrease from baseline") \
    X("0.75", BASELINE, IF_ABNORMAL, UP_TO, 2, "if abnormal, 25 - <50% decrease from baseline") \
    X("0.5", BASELINE, IF_ABNORMAL, UP_TO, 3, "if abnormal, 50 - <75% decrease from baseline") \
    X("0.25", BASELINE, IF_ABNORMAL, UP_TO, 4, "if abnormal, 75% decrease from baseline") \
    X("0.5", VALUE, ALWAYS, BELOW, 4, "absolute value <0.5 g/L")

#define CTCAE_RULES_CREATININE_INCREASED(X) \
    X("1", LIMIT, ALWAYS, ABOVE, 1, ">ULN - 1.5 x ULN") \
    X("1.5", BASELINE, ALWAYS, ABOVE, 2, ">1.5 - 3.0 x baseline") \
    X("1.5", LIMIT, ALWAYS, ABOVE, 2, ">1.5 - 3.0 x ULN") \
    X("3", BASELINE, ALWAYS, ABOVE, 3, ">3.0 x baseline") \
    X("3", LIMIT, ALWAYS, ABOVE, 3, ">3.0 - 6.0 x ULN") \
    X("6", LIMIT, ALWAYS, ABOVE, 4, ">6.0 x ULN")

#define CTCAE_RULES_BLOOD_BILIRUBIN_INCREASED(X) \
    X("1", LIMIT, IF_NORMAL, ABOVE, 1, ">ULN - 1.5 x ULN if baseline was normal") \
    X("1.5", LIMIT, IF_NORMAL, ABOVE, 2, ">1.5 - 3.0 x ULN if baseline was normal") \
    X("3.0", LIMIT, IF_NORMAL, ABOVE, 3, ">3.0 - 10.0 x ULN if baseline was normal") \
    X("10.0", LIMIT, IF_NORMAL, ABOVE, 4, ">10.0 x ULN if baseline was normal") \
    X("1.0", BASELINE, IF_ABNORMAL, ABOVE, 1, ">1.0 - 1.5 x baseline if baseline was abnormal") \
    X("1.5", BASELINE, IF_ABNORMAL, ABOVE, 2, ">1.5 - 3.0 x baseline if baseline was abnormal") \
    X("3.0", BASELINE, IF_ABNORMAL, ABOVE, 3, ">3.0 - 10.0 x baseline if baseline was abnormal") \
    X("10.0", BASELINE, IF_ABNORMAL, ABOVE, 4, ">10.0 x baseline if baseline was abnormal")

#define CTCAE_RULES_ALANINE_INCREASED(X) \
    X("1", LIMIT, IF_NORMAL, ABOVE, 1, ">ULN - 3.0 x ULN if baseline was normal") \
    X("3.0", LIMIT, IF_NORMAL, ABOVE, 2, ">3.0 - 5.0 x ULN if baseline was normal") \
    X("5.0", LIMIT, IF_NORMAL, ABOVE, 3, ">5.0 - 20.0 x ULN if baseline was normal") \
    X("20.0", LIMIT, IF_NORMAL, ABOVE, 4, ">20.0 x ULN if baseline was normal") \
    X("1.5", BASELINE, IF_ABNORMAL, FROM, 1, "1.5 - 3.0 x baseline if baseline was abnormal") \
    X("3.0", BASELINE, IF_ABNORMAL, ABOVE, 2, ">3.0 - 5.0 x baseline if baseline was abnormal") \
    X("5.0", BASELINE, IF_ABNORMAL, ABOVE, 3, ">5.0 - 20.0 x baseline if baseline was abnormal") \
    X("20.0", BASELINE, IF_ABNORMAL, ABOVE, 4, ">20.0 x baseline if baseline was abnormal")

#define CTCAE_RULES_ASPARTATE_INCREASED(X) \
    X("1", LIMIT, IF_NORMAL, ABOVE, 1, ">ULN - 3.0 x ULN if baseline was normal") \
    X("3.0", LIMIT, IF_NORMAL, ABOVE, 2, ">3.0 - 5.0 x ULN if baseline was normal") \
    X("5.0", LIMIT, IF_NORMAL, ABOVE, 3, ">5.0 - 20.0 x ULN if baseline was normal") \
    X("20.0", LIMIT, IF_NORMAL, ABOVE, 4, ">20.0 x ULN if baseline was normal") \
    X("1.5", BASELINE, IF_ABNORMAL, FROM, 1, "1.5 - 3.0 x baseline if baseline was abnormal") \
    X("3.0", BASELINE, IF_ABNORMAL, ABOVE, 2, ">3.0 - 5.0 x baseline if baseline was abnormal") \
    X("5.0", BASELINE, IF_ABNORMAL, ABOVE, 3, ">5.0 - 20.0 x baseline if baseline was abnormal") \
    X("20.0", BASELINE, IF_ABNORMAL, ABOVE, 4, ">20.0 x baseline if baseline was abnormal")

#define CTCAE_RULES_HYPOALBUMINEMIA(X) \
    X("1", LIMIT, ALWAYS, BELOW, 1, "<LLN - 30 g/L") \
    X("30", VALUE, ALWAYS, BELOW, 2, "<30 - 20 g/L") \
    X("20", VALUE, ALWAYS, BELOW, 3, "<20 g/L")

#define CTCAE_RULES_HYPONATREMIA(X) \
    X("1", LIMIT, ALWAYS, BELOW, 1, "<LLN - 130 mmol/L") \
    X("130", VALUE, ALWAYS, BELOW, 2, "125-129 mmol/L and asymptomatic") \
    X("125", VALUE, ALWAYS, BELOW, 3, "120-124 mmol/L regardless of symptoms") \
    X("120", VALUE, ALWAYS, BELOW, 4, "<120 mmol/L")

#define CTCAE_RULES_HYPERNATREMIA(X) \
    X("1", LIMIT, ALWAYS, ABOVE, 1, ">ULN - 150 mmol/L") \
    X("150", VALUE, ALWAYS, ABOVE, 2, ">150 - 155 mmol/L") \
    X("155", VALUE, ALWAYS, ABOVE, 3, ">155 - 160 mmol/L") \
    X("160", VALUE, ALWAYS, ABOVE, 4, ">160 mmol/L")

#define CTCAE_RULES_HYPOKALEMIA(X) \
    X("1", LIMIT, ALWAYS, BELOW, 1, "<LLN - 3.0 mmol/L") \
    X("3.0", VALUE, ALWAYS, BELOW, 3, "<3.0 - 2.5 mmol/L") \
    X("2.5", VALUE, ALWAYS, BELOW, 4, "<2.5 mmol/L")

#define CTCAE_RULES_HYPERKALEMIA(X) \
    X("1", LIMIT, ALWAYS, ABOVE, 1, ">ULN - 5.5 mmol/L") \
    X("5.5", VALUE, ALWAYS, ABOVE, 2, ">5.5 - 6.0 mmol/L") \
    X("6.0", VALUE, ALWAYS, ABOVE, 3, ">6.0 - 7.0 mmol/L") \
    X("7.0", VALUE, ALWAYS, ABOVE, 4, ">7.0 mmol/L")

#define CTCAE_RULES_HYPOCALCEMIA(X) \
    X("1", LIMIT, ALWAYS, BELOW, 1, "<LLN - 1.0 mmol/L") \
    X("1.0", VALUE, ALWAYS, BELOW, 2, "<1.0 - 0.9 mmol/L") \
    X("0.9", VALUE, ALWAYS, BELOW, 3, "<0.9 - 0.8 mmol/L") \
    X("0.8", VALUE, ALWAYS, BELOW, 4, "<0.8 mmol/L")

#define CTCAE_RULES_HYPERCALCEMIA(X) \
    X("1", LIMIT, ALWAYS, ABOVE, 1, ">ULN - 1.5 mmol/L") \
    X("1.5", VALUE, ALWAYS, ABOVE, 2, ">1.5 - 1.6 mmol/L") \
    X("1.6", VALUE, ALWAYS, ABOVE, 3, ">1.6 - 1.8 mmol/L") \
    X("1.8", VALUE, ALWAYS, ABOVE, 4, ">1.8 mmol/L")

#define CTCAE_RULES_HYPOGLYCEMIA(X) \
    X("1", LIMIT, ALWAYS, BELOW, 1, "<LLN - 3.0 mmol/L") \
    X("3.0", VALUE, ALWAYS, BELOW, 2, "<3.0 - 2.2 mmol/L") \
    X("2.2", VALUE, ALWAYS, BELOW, 3, "<2.2 - 1.7 mmol/L") \
    X("1.7", VALUE, ALWAYS, BELOW, 4, "<1.7 mmol/L")
// clang-format on

#endif
