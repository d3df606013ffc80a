/* Every threshold of the laboratory grades, on it and beside it. The expected grades are
 * written by hand from the text of CTCAE v5.0 (27 November 2017), in the study's units;
 * the reference ranges are invented. */
#include "support/unit.h"

#include "model/ctcae.h"

static struct ctcae_number number(const char *written)
{
    struct ctcae_number out = {0};
    out.is_known = written[0] != '\0';
    if (out.is_known)
        assert_int_equal(decimal_parse(text_of(written), &out.value, NULL), DECIMAL_OK);
    return out;
}

struct sample {
    const char *term, *low, *high, *baseline;
    const char *values[12]; /* with their grades below, "" ends */
    int grades[12];
};

static const struct sample samples[] = {
    {"Anemia",
     "130",
     "175",
     "",
     {"130", "129", "100", "99", "80", "79"},
     {0, 1, 1, 2, 2, 3}},
    {"White blood cell decreased",
     "4.0",
     "10",
     "",
     {"4.0", "3.99", "3.0", "2.99", "2.0", "1.99", "1.0", "0.99"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"Neutrophil count decreased",
     "2.0",
     "7",
     "",
     {"2.0", "1.99", "1.5", "1.49", "1.0", "0.99", "0.5", "0.49"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"Lymphocyte count decreased",
     "1.1",
     "3.2",
     "",
     {"1.1", "1.09", "0.8", "0.79", "0.5", "0.49", "0.2", "0.19"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"Lymphocyte count increased",
     "1.1",
     "3.2",
     "",
     {"4.0", "4.01", "20", "20.01"},
     {0, 2, 2, 3}},
    {"Platelet count decreased",
     "125",
     "350",
     "",
     {"125", "124", "75", "74", "50", "49", "25", "24"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"INR increased",
     "0.8",
     "1.2",
     "",
     {"1.2", "1.21", "1.5", "1.51", "2.5", "2.51"},
     {0, 1, 1, 2, 2, 3}},
    {"Activated partial thromboplastin time prolonged",
     "25",
     "40",
     "",
     {"40", "40.1", "60", "60.1", "100", "100.1"},
     {0, 1, 1, 2, 2, 3}},
    {"Fibrinogen decreased",
     "2.0",
     "4.0",
     "3.0",
     {"2.0", "1.99", "1.5", "1.49", "1.0", "0.99", "0.5", "0.49"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    /* if abnormal: 25, 50 and 75 % less than the baseline; absolute value below 0.5 g/L */
    {"Fibrinogen decreased",
     "2.0",
     "4.0",
     "1.6",
     {"1.6", "1.59", "1.21", "1.2", "0.81", "0.8", "0.5", "0.49"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"Fibrinogen decreased", "4.0", "8.0", "3.2", {"0.81", "0.8"}, {3, 4}},
    {"Creatinine increased",
     "57",
     "100",
     "",
     {"100", "101", "150", "151", "300", "301", "600", "601"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"Creatinine increased",
     "57",
     "100",
     "40",
     {"60", "61", "120", "121"},
     {0, 2, 2, 3}},
    {"Blood bilirubin increased",
     "3",
     "20",
     "10",
     {"20", "20.1", "30", "30.1", "60", "60.1", "200", "200.1"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"Blood bilirubin increased",
     "3",
     "20",
     "40",
     {"40", "40.1", "60", "60.1", "120", "120.1", "400", "400.1"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"Alanine aminotransferase increased",
     "9",
     "50",
     "30",
     {"50", "51", "150", "151", "250", "251", "1000", "1001"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"Alanine aminotransferase increased",
     "9",
     "50",
     "60",
     {"89", "90", "180", "181", "300", "301", "1200", "1201"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"Aspartate aminotransferase increased",
     "15",
     "40",
     "30",
     {"40", "41", "120", "121", "200", "201", "800", "801"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"Aspartate aminotransferase increased",
     "15",
     "40",
     "60",
     {"89", "90", "180", "181", "300", "301", "1200", "1201"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"Hypoalbuminemia",
     "40",
     "55",
     "",
     {"40", "39", "30", "29", "20", "19"},
     {0, 1, 1, 2, 2, 3}},
    {"Hyponatremia",
     "137",
     "147",
     "",
     {"137", "136", "130", "129", "125", "124", "120", "119"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"Hypernatremia",
     "137",
     "147",
     "",
     {"147", "148", "150", "151", "155", "156", "160", "161"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"Hypokalemia",
     "3.5",
     "5.3",
     "",
     {"3.5", "3.4", "3.0", "2.9", "2.5", "2.4"},
     {0, 1, 1, 3, 3, 4}},
    {"Hyperkalemia",
     "3.5",
     "5.3",
     "",
     {"5.3", "5.4", "5.5", "5.6", "6.0", "6.1", "7.0", "7.1"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"Hypocalcemia",
     "1.12",
     "1.32",
     "",
     {"1.12", "1.11", "1.0", "0.99", "0.9", "0.89", "0.8", "0.79"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"Hypercalcemia",
     "1.12",
     "1.32",
     "",
     {"1.32", "1.33", "1.5", "1.51", "1.6", "1.61", "1.8", "1.81"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    {"Hypoglycemia",
     "3.9",
     "6.1",
     "",
     {"3.9", "3.8", "3.0", "2.9", "2.2", "2.1", "1.7", "1.6"},
     {0, 1, 1, 2, 2, 3, 3, 4}},
    /* Typed by hand, without a range: what needs none is graded all the same. */
    {"Platelet count decreased", "", "", "", {"124", "75", "74"}, {0, 0, 2}},
    {"Activated partial thromboplastin time prolonged", "", "", "", {"200"}, {0}},
    {"Creatinine increased", "", "", "50", {"75", "76", "151"}, {0, 2, 3}},
};

static const struct ctcae_term *term_of(const char *name)
{
    for (size_t i = 0; i < ctcae_term_count; i++)
        if (text_equal(ctcae_terms[i].term.english, text_of(name)))
            return &ctcae_terms[i];
    fail_msg("no term %s", name);
    return NULL;
}

static int grade_of(const struct sample *sample, const char *value)
{
    struct ctcae_result result = {number(value), number(sample->low),
                                  number(sample->high)};
    struct ctcae_result baseline = {number(sample->baseline), number(sample->low),
                                    number(sample->high)};
    const struct ctcae_rule *rule =
        ctcae_grade(term_of(sample->term), &result, &baseline);
    return rule == NULL ? 0 : rule->grade;
}

static void every_threshold_grades_as_the_text_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(samples); i++)
        for (size_t j = 0; j < 12 && samples[i].values[j] != NULL; j++)
            if (grade_of(&samples[i], samples[i].values[j]) != samples[i].grades[j])
                fail_msg("%s %s (baseline '%s'): grade %d, not %d", samples[i].term,
                         samples[i].values[j], samples[i].baseline,
                         grade_of(&samples[i], samples[i].values[j]),
                         samples[i].grades[j]);
}

static void every_term_has_its_samples(void **state)
{
    (void)state;
    for (size_t i = 0; i < ctcae_term_count; i++) {
        size_t found = 0;
        for (size_t j = 0; j < ARRAY_COUNT(samples); j++)
            found += text_equal(ctcae_terms[i].term.english, text_of(samples[j].term));
        assert_true(found > 0);
    }
}

static void without_a_value_there_is_no_grade(void **state)
{
    (void)state;
    struct ctcae_result none = {0};
    for (size_t i = 0; i < ctcae_term_count; i++)
        assert_null(ctcae_grade(&ctcae_terms[i], &none, &none));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_threshold_grades_as_the_text_says),
        cmocka_unit_test(every_term_has_its_samples),
        cmocka_unit_test(without_a_value_there_is_no_grade),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
