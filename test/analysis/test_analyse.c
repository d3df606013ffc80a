/* Datasets made by hand through the methods: populations, groups, missing values. Expected
 * numbers are those of the protocol's table (specification, section 5) and of R 4.2.2. */
#include "support/unit.h"

#include "analysis/analyse.h"
#include "base/limits.h"
#include "formats/plan_read.h"

#include <stdio.h>
#include <string.h>

static const char plan_json[] =
    "{\"study\":\"SYNTHETIC\",\"version\":\"1\",\"level\":0.95,\"choices\":[],"
    "\"datasets\":["
    "{\"name\":\"people\",\"label\":{\"en\":\"People\",\"zh\":\"人\"},\"variables\":["
    "{\"name\":\"IN\",\"label\":{\"en\":\"In\",\"zh\":\"入\"},\"is\":\"yes\"},"
    "{\"name\":\"HIT\",\"label\":{\"en\":\"Hit\",\"zh\":\"中\"},\"is\":\"yes\"},"
    "{\"name\":\"DAYS\",\"label\":{\"en\":\"Days\",\"zh\":\"天\"},\"is\":\"1\"},"
    "{\"name\":\"ARM\",\"label\":{\"en\":\"Arm\",\"zh\":\"组\"},\"is\":\"'A'\"}]},"
    "{\"name\":\"rows\",\"form\":\"F.X\",\"label\":{\"en\":\"Rows\",\"zh\":\"行\"},"
    "\"variables\":["
    "{\"name\":\"OK\",\"label\":{\"en\":\"Ok\",\"zh\":\"成\"},\"is\":\"yes\"}]}],"
    "\"populations\":[{\"name\":\"ALL\",\"where\":\"IN\",\"label\":{\"en\":\"All\","
    "\"zh\":\"全\"}}],"
    "\"analyses\":["
    "{\"id\":\"a.failure\",\"endpoint\":\"E1\",\"purpose\":\"primary\",\"label\":{"
    "\"en\":\"a\",\"zh\":\"甲\"},"
    "\"population\":\"ALL\",\"dataset\":\"people\",\"method\":\"proportion\",\"with\":{"
    "\"event\":\"HIT\",\"missing\":\"failure\"}},"
    "{\"id\":\"a.known\",\"endpoint\":\"E1\",\"purpose\":\"sensitivity\",\"label\":{"
    "\"en\":\"b\",\"zh\":\"乙\"},"
    "\"population\":\"ALL\",\"dataset\":\"people\",\"method\":\"proportion\",\"with\":{"
    "\"event\":\"HIT\",\"missing\":\"left out\"}},"
    "{\"id\":\"b\",\"endpoint\":\"E2\",\"purpose\":\"secondary\",\"label\":{\"en\":"
    "\"c\",\"zh\":\"丙\"},"
    "\"population\":\"ALL\",\"dataset\":\"people\",\"group\":\"ARM\",\"method\":"
    "\"summary\",\"with\":{\"value\":\"DAYS\"}},"
    "{\"id\":\"c\",\"endpoint\":\"E3\",\"purpose\":\"secondary\",\"label\":{\"en\":"
    "\"d\",\"zh\":\"丁\"},"
    "\"population\":\"ALL\",\"dataset\":\"people\",\"method\":\"survival\",\"with\":{"
    "\"time\":\"DAYS\",\"event\":\"HIT\",\"horizon\":[4],\"at\":[2]}},"
    "{\"id\":\"d\",\"endpoint\":\"E4\",\"purpose\":\"secondary\",\"label\":{\"en\":"
    "\"e\",\"zh\":\"戊\"},"
    "\"population\":\"ALL\",\"dataset\":\"rows\",\"where\":\"OK\",\"method\":\"count\","
    "\"with\":{\"event\":\"OK\"}}]}";

enum { IN, HIT, DAYS, ARM };

struct cohort {
    struct arena *arena;
    struct analysis_plan *plan;
    struct dataset *datasets[2];
    struct analysis_result *results;
};

static struct datum truth(bool is_yes)
{
    return datum_truth(is_yes ? TRUTH_YES : TRUTH_NO);
}

static void read_plan(struct cohort *cohort)
{
    struct error err = {0};
    static const enum column_kind people[] = {COLUMN_TRUTH, COLUMN_TRUTH, COLUMN_NUMBER,
                                              COLUMN_CODE};
    static const enum column_kind rows[] = {COLUMN_TRUTH};
    cohort->arena = arena_new(LIMIT_COMMAND_ARENA);
    assert_true(plan_read(text_of(plan_json), cohort->arena, &cohort->plan, &err));
    cohort->datasets[0] =
        dataset_new(&cohort->plan->datasets[0], people, cohort->arena);
    cohort->datasets[1] = dataset_new(&cohort->plan->datasets[1], rows, cohort->arena);
    assert_true(plan_check(cohort->plan, cohort->datasets, &err));
}

static void add(struct cohort *cohort, int64_t id, bool is_in, struct datum hit,
                int64_t days, const char *arm)
{
    struct dataset *people = cohort->datasets[0];
    size_t row =
        dataset_add(people, (struct row_place){.participant = id, .event = -1});
    dataset_set(people, row, IN, truth(is_in));
    dataset_set(people, row, HIT, hit);
    dataset_set(people, row, DAYS, datum_whole(days));
    if (arm != NULL)
        dataset_set(people, row, ARM, datum_text(text_of(arm)));
    for (int i = 0; i < 2; i++) {
        size_t at =
            dataset_add(cohort->datasets[1], (struct row_place){.participant = id});
        dataset_set(cohort->datasets[1], at, 0, truth(i == 0));
    }
}

static const struct result_part *part_of(const struct cohort *cohort, const char *id,
                                         size_t part)
{
    for (size_t i = 0; i < cohort->plan->analysis_count; i++)
        if (text_equal(cohort->plan->analyses[i].id, text_of(id))) {
            assert_true(part < cohort->results[i].part_count);
            return &cohort->results[i].parts[part];
        }
    fail_msg("no analysis %s", id);
    return NULL;
}

static void is_near(const struct result_part *part, const char *operation,
                    double expected)
{
    struct estimate found = result_value(part, operation);
    assert_true(is_estimated(found));
    assert_float_equal(found.value, expected, 5e-4);
}

/* 49 of 52, the protocol's table: Wilson 84.4 to 98.0, exact 84.1 to 98.8. */
static void missing_counts_as_failure_and_is_told(void **state)
{
    (void)state;
    struct cohort cohort;
    read_plan(&cohort);
    for (int64_t id = 1; id <= 52; id++)
        add(&cohort, id, true, id <= 49 ? truth(true) : datum_truth(TRUTH_UNKNOWN), 1,
            NULL);
    add(&cohort, 53, false, truth(false), 1, NULL);
    analyse(cohort.plan, cohort.datasets, cohort.arena, &cohort.results);
    const struct result_part *failure = part_of(&cohort, "a.failure", 0);
    assert_int_equal(cohort.results[0].population, 52);
    assert_int_equal(failure->missing, 3);
    is_near(failure, "n", 52);
    is_near(failure, "events", 49);
    is_near(failure, "wilson.lower", 0.844);
    is_near(failure, "wilson.upper", 0.980);
    is_near(failure, "clopper_pearson.lower", 0.841);
    is_near(failure, "clopper_pearson.upper", 0.988);
    is_near(failure, "complete_case", 1);
    is_near(failure, "best_case", 1);
    const struct result_part *known = part_of(&cohort, "a.known", 0);
    is_near(known, "n", 49);
    assert_false(is_estimated(result_value(known, "complete_case")));
    arena_free(cohort.arena);
}

static void rows_follow_their_participants(void **state)
{
    (void)state;
    struct cohort cohort;
    read_plan(&cohort);
    add(&cohort, 3, true, truth(true), 1, NULL);
    add(&cohort, 5, false, truth(true), 1, NULL);
    add(&cohort, 9, true, truth(true), 1, NULL);
    analyse(cohort.plan, cohort.datasets, cohort.arena, &cohort.results);
    const struct result_part *rows = part_of(&cohort, "d", 0);
    assert_int_equal(rows->row_count, 2);
    assert_int_equal(cohort.datasets[1]->places[rows->rows[0]].participant, 3);
    assert_int_equal(cohort.datasets[1]->places[rows->rows[1]].participant, 9);
    arena_free(cohort.arena);
}

/* summary(c(1, 2, 4)) and one value in R. */
static void groups_stand_apart(void **state)
{
    (void)state;
    struct cohort cohort;
    read_plan(&cohort);
    add(&cohort, 1, true, truth(true), 1, "A");
    add(&cohort, 2, true, truth(true), 7, "B");
    add(&cohort, 3, true, truth(true), 2, "A");
    add(&cohort, 4, true, truth(true), 4, "A");
    add(&cohort, 5, true, truth(true), 9, NULL);
    analyse(cohort.plan, cohort.datasets, cohort.arena, &cohort.results);
    assert_int_equal(cohort.results[2].part_count, 2);
    const struct result_part *first = part_of(&cohort, "b", 0);
    assert_true(text_equal(first->group, TEXT("A")));
    is_near(first, "n", 3);
    is_near(first, "median", 2);
    is_near(first, "q75", 3);
    is_near(first, "mean", 7.0 / 3);
    const struct result_part *second = part_of(&cohort, "b", 1);
    is_near(second, "mean", 7);
    assert_false(is_estimated(result_value(second, "sd")));
    arena_free(cohort.arena);
}

/* Events at 1 and 2 of four; who hits at 5 is censored at the horizon, 4: S(2) = 1/2. */
static void the_horizon_censors(void **state)
{
    (void)state;
    struct cohort cohort;
    read_plan(&cohort);
    add(&cohort, 1, true, truth(true), 1, NULL);
    add(&cohort, 2, true, truth(true), 2, NULL);
    add(&cohort, 3, true, truth(true), 5, NULL);
    add(&cohort, 4, true, truth(false), 3, NULL);
    add(&cohort, 5, true, datum_of_kind(DATUM_EMPTY), 3, NULL);
    analyse(cohort.plan, cohort.datasets, cohort.arena, &cohort.results);
    const struct result_part *curve = part_of(&cohort, "c", 0);
    assert_int_equal(curve->missing, 1);
    is_near(curve, "n", 4);
    is_near(curve, "events", 2);
    is_near(curve, "surv.t2", 0.5);
    arena_free(cohort.arena);
}

static void an_empty_study_has_results_with_reasons(void **state)
{
    (void)state;
    struct cohort cohort;
    read_plan(&cohort);
    analyse(cohort.plan, cohort.datasets, cohort.arena, &cohort.results);
    assert_false(
        is_estimated(result_value(part_of(&cohort, "a.failure", 0), "estimate")));
    assert_false(is_estimated(result_value(part_of(&cohort, "c", 0), "q50")));
    arena_free(cohort.arena);
}

/* --- plans that do not fit ------------------------------------------------------------ */

static void refuses(const char *from, const char *to, const char *sentence)
{
    struct cohort cohort;
    struct error err = {0};
    read_plan(&cohort);
    char json[sizeof plan_json + 64];
    const char *at = strstr(plan_json, from);
    assert_non_null(at);
    snprintf(json, sizeof json, "%.*s%s%s", (int)(at - plan_json), plan_json, to,
             at + strlen(from));
    struct analysis_plan *plan = NULL;
    bool is_good = plan_read(text_of(json), cohort.arena, &plan, &err);
    if (is_good) {
        cohort.datasets[0]->plan = &plan->datasets[0];
        cohort.datasets[1]->plan = &plan->datasets[1];
        is_good = plan_check(plan, cohort.datasets, &err);
    }
    assert_false(is_good);
    if (strstr(err.text, sentence) == NULL)
        fail_msg("%s", err.text);
    arena_free(cohort.arena);
}

static void a_plan_that_does_not_fit_is_refused_by_name(void **state)
{
    (void)state;
    refuses("\"proportion\"", "\"proportions\"", "there is no method proportions");
    refuses("\"method\":\"proportion\"",
            "\"estimated\":{\"en\":\"hit\",\"zh\":\"中\"},\"method\":\"proportion\"",
            "only the method survival has");
    refuses("\"method\":\"survival\"",
            "\"estimated\":{\"en\":\"alive\",\"zh\":\"\"},\"method\":\"survival\"",
            "is a word in both languages");
    refuses("\"event\":\"HIT\"", "\"event\":\"DAYS\"", "a.failure: not a variable");
    refuses("\"event\":\"HIT\",", "", "a.failure: it says no variable for event");
    refuses("\"group\":\"ARM\"", "\"group\":\"HIT\"", "b: its dataset has no code HIT");
    refuses("\"where\":\"OK\"", "\"where\":\"NO\"", "d: its dataset has no truth NO");
    refuses("\"where\":\"IN\"", "\"where\":\"ARM\"", "population ALL");
    refuses("\"population\":\"ALL\",\"dataset\":\"people\",\"group\"",
            "\"population\":\"SOME\",\"dataset\":\"people\",\"group\"",
            "there is no population SOME");
    refuses("\"level\":0.95", "\"level\":95", "a level is above 0 and below 1");
    refuses("\"purpose\":\"primary\"", "\"purpose\":\"first\"", "primary, secondary");
    refuses("\"choices\":[]", "\"choice\":[]", "choices");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_counts_as_failure_and_is_told),
        cmocka_unit_test(rows_follow_their_participants),
        cmocka_unit_test(groups_stand_apart),
        cmocka_unit_test(the_horizon_censors),
        cmocka_unit_test(an_empty_study_has_results_with_reasons),
        cmocka_unit_test(a_plan_that_does_not_fit_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
