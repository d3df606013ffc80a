/* Statistics against R in the same run: the two take turns, processor time, medians of the
 * rounds, the same data and the same results. R is a process beside (bench/stats.R), which
 * keeps the data; what it has not installed is passed over. All data are SYNTHETIC.
 *
 * The times are those of a million people, continuous and in whole days. R's coxph.fit gives
 * coefficients and their variance as we do; coxph also the concordance, which is then ours
 * too. crr is quadratic: it is given 4000.
 *
 *     make bench       BENCH_ROUNDS=3 BENCH_PEOPLE=1000000 BENCH_ONLY=cox
 */
#include "base/arena_large.h"
#include "base/attributes.h"
#include "stats/cox.h"
#include "stats/finegray.h"
#include "stats/incidence.h"
#include "stats/logrank.h"
#include "stats/mixed.h"
#include "stats/rank_test.h"
#include "stats/simulate.h"
#include "stats/survival.h"
#include "support/measure.h"
#include "system/huge_pages.h"
#include "system/workers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { COVARIATES = 20, MOST_ROUNDS = 99, VISITS = 6, FEW = 4000, REPEATED = 60000 };

struct people {
    size_t count;
    double *times, *days, *event, *group, *cause, *x[COVARIATES];
    double *y, *subject, *visit;
    bool *is_event;
    uint32_t *groups, *causes, *subjects;
    struct arena *work; /* of one run of ours */
};

struct other { /* R */
    FILE *words, *answers;
    char path[64];
};

/* --- data ----------------------------------------------------------------------------- */

static double uniform(uint64_t *stream)
{
    *stream = *stream * 6364136223846793005u + 1442695040888963407u;
    return ((double)(*stream >> 11) + 0.5) / 9007199254740992.0;
}

static void make_person(struct people *all, size_t i, uint64_t *stream)
{
    for (size_t k = 0; k < COVARIATES; k++)
        all->x[k][i] = uniform(stream) + uniform(stream) + uniform(stream) - 1.5;
    double hazard = exp(0.3 * all->x[0][i] - 0.2 * all->x[1][i]);
    all->times[i] = -log(uniform(stream)) * 100 / hazard;
    all->days[i] = fmin(1000, ceil(all->times[i] * 3));
    all->is_event[i] = uniform(stream) < 0.7;
    all->event[i] = all->is_event[i] ? 1 : 0;
    all->groups[i] = uniform(stream) < 0.5;
    all->group[i] = (double)all->groups[i];
    all->causes[i] = !all->is_event[i] ? 0 : uniform(stream) < 0.5 ? 1 : 2;
    all->cause[i] = (double)all->causes[i];
    all->subjects[i] = (uint32_t)(i / VISITS);
    all->subject[i] = (double)all->subjects[i];
    all->visit[i] = (double)(i % VISITS);
    all->y[i] =
        60 + 0.5 * all->visit[i] + 5 * sin((double)all->subjects[i]) + all->x[2][i] * 8;
}

static double *column(struct arena *arena, size_t count)
{
    return ARENA_ARRAY(arena, double, count);
}

static struct people make_people(struct arena *arena, size_t count)
{
    struct people all = {.count = count};
    double **columns[] = {&all.times, &all.days, &all.event,   &all.group,
                          &all.cause, &all.y,    &all.subject, &all.visit};
    for (size_t i = 0; i < ARRAY_COUNT(columns); i++)
        *columns[i] = column(arena, count);
    for (size_t k = 0; k < COVARIATES; k++)
        all.x[k] = column(arena, count);
    all.is_event = ARENA_ARRAY(arena, bool, count);
    all.groups = ARENA_ARRAY(arena, uint32_t, count);
    all.causes = ARENA_ARRAY(arena, uint32_t, count);
    all.subjects = ARENA_ARRAY(arena, uint32_t, count);
    uint64_t stream = 1;
    for (size_t i = 0; i < count; i++)
        make_person(&all, i, &stream);
    return all;
}

static bool write_people(const struct people *all, const char *path)
{
    FILE *file = fopen(path, "wb");
    double count = (double)all->count;
    if (file == NULL)
        return false;
    fwrite(&count, sizeof count, 1, file);
    const double *before[] = {all->times, all->days, all->event, all->group,
                              all->cause};
    for (size_t i = 0; i < ARRAY_COUNT(before); i++)
        fwrite(before[i], sizeof(double), all->count, file);
    for (size_t k = 0; k < COVARIATES; k++)
        fwrite(all->x[k], sizeof(double), all->count, file);
    const double *behind[] = {all->y, all->subject, all->visit};
    for (size_t i = 0; i < ARRAY_COUNT(behind); i++)
        fwrite(behind[i], sizeof(double), all->count, file);
    return fclose(file) == 0;
}

/* --- ours ----------------------------------------------------------------------------- */

static double curve(const struct people *all, const double *times, struct arena *arena)
{
    struct survival_curve *found = NULL;
    struct survival_at at;
    if (!survival_fit(&(struct survival_input){times, all->is_event, all->count, NULL},
                      arena, &found))
        return (double)NAN;
    survival_at(found, 50, SURVIVAL_LOG_LOG, 0.95, &at);
    return at.survival.value;
}

static double logrank(const struct people *all, const double *times,
                      struct arena *arena)
{
    struct logrank found;
    logrank_test(&(struct logrank_input){.times = times,
                                         .is_event = all->is_event,
                                         .groups = all->groups,
                                         .count = all->count,
                                         .group_count = 2},
                 arena, &found);
    return found.chi2.value;
}

static double cox(const struct people *all, size_t columns, bool is_whole,
                  struct arena *arena)
{
    struct cox_input input = {.times = all->times,
                              .is_event = all->is_event,
                              .covariates = (const double *const *)all->x,
                              .covariate_count = columns,
                              .count = all->count};
    const struct cox_fit *fit = cox_fit(&input, arena);
    struct cox_concordance concordance;
    if (!is_whole)
        return fit->coefficients[0].value.value;
    cox_concordance(fit, arena, &concordance);
    return concordance.value.value;
}

static double km_continuous(const struct people *all, struct arena *arena)
{
    return curve(all, all->times, arena);
}

static double km_days(const struct people *all, struct arena *arena)
{
    return curve(all, all->days, arena);
}

static double logrank_continuous(const struct people *all, struct arena *arena)
{
    return logrank(all, all->times, arena);
}

static double logrank_days(const struct people *all, struct arena *arena)
{
    return logrank(all, all->days, arena);
}

static double cox_1_core(const struct people *all, struct arena *arena)
{
    return cox(all, 1, false, arena);
}

static double cox_20_core(const struct people *all, struct arena *arena)
{
    return cox(all, COVARIATES, false, arena);
}

static double cox_20_whole(const struct people *all, struct arena *arena)
{
    return cox(all, COVARIATES, true, arena);
}

static double incidence(const struct people *all, struct arena *arena)
{
    struct incidence_at found;
    incidence_at(
        incidence_fit(&(struct incidence_input){all->times, all->causes, all->count, 1},
                      arena),
        50, 0.95, &found);
    return found.incidence.value;
}

static double finegray(const struct people *all, struct arena *arena)
{
    struct finegray_fit fit;
    finegray_fit(&(struct finegray_input){.times = all->times,
                                          .causes = all->causes,
                                          .covariates = (const double *const *)all->x,
                                          .count = all->count < FEW ? all->count : FEW,
                                          .covariate_count = 2,
                                          .cause = 1},
                 arena, &fit);
    return fit.coefficients[0].value.value;
}

static double mixed(const struct people *all, struct arena *arena)
{
    size_t rows = all->count < REPEATED ? all->count : REPEATED;
    struct mixed_fit fit;
    mixed_fit(&(struct mixed_input){.outcomes = all->y,
                                    .covariates = (const double *const[]){all->visit},
                                    .subjects = all->subjects,
                                    .count = rows,
                                    .covariate_count = 1,
                                    .subject_count = (rows + VISITS - 1) / VISITS,
                                    .kind = MIXED_INTERCEPT,
                                    .level = 0.95},
              arena, &fit);
    return fit.coefficients[1].value.value;
}

/* wilcox.test gives no shift when it is not asked: then neither do we. */
static const struct rank_options test_only = {
    .method = RANK_NORMAL, .level = 0.95, .is_test_only = true};

static double signed_rank(const struct people *all, struct arena *arena)
{
    struct rank_test found;
    signed_rank_test(all->x[3], all->count, &test_only, arena, &found);
    return found.statistic.value;
}

static double rank_sum(const struct people *all, struct arena *arena)
{
    struct rank_test found;
    size_t half = all->count / 2;
    rank_sum_test(all->x[3], half, all->x[3] + half, all->count - half, &test_only,
                  arena, &found);
    return found.statistic.value;
}

/* Trials of 400, of uniform accrual, with dropout; R draws and tests its own. */
enum { TRIALS = 10000 };

static struct simulated simulate(size_t threads)
{
    struct simulation design = {.sizes = {200, 200},
                                .hazard = log(2) / 12,
                                .hazard_ratio = 0.7,
                                .accrual = 24,
                                .follow_up = 12,
                                .dropout = 0.005,
                                .is_two_sided = true,
                                .looks = 1,
                                .z = {1.959963984540054},
                                .events = {SIZE_MAX},
                                .seed = 1,
                                .trials = TRIALS};
    struct simulated found;
    struct runner runner = workers_runner(&threads);
    if (simulate_logrank(&design, &runner, &found) != NULL)
        abort();
    return found;
}

static double power(const struct people *all, struct arena *arena)
{
    (void)all;
    (void)arena;
    return simulate(1).power.value;
}

/* --- the two in turns ----------------------------------------------------------------- */

static const struct contest {
    const char *word, *title;
    double (*run)(const struct people *all, struct arena *arena);
    double must, goal;
    double tolerance; /* of the results, relative */
} contests[] = {
    {"km_continuous", "Kaplan-Meier, continuous, to survfit", km_continuous, 30, 60,
     1e-7},
    {"km_days", "Kaplan-Meier, days, to survfit", km_days, 80, 150, 1e-10},
    {"logrank_continuous", "log-rank, continuous, to survdiff", logrank_continuous, 50,
     100, 1e-6},
    {"logrank_days", "log-rank, days, to survdiff", logrank_days, 50, 100, 1e-10},
    {"cox_1_core", "Cox, 1 covariate, to coxph.fit", cox_1_core, 0.8, 3, 1e-6},
    {"cox_20_core", "Cox, 20 covariates, to coxph.fit", cox_20_core, 4, 10, 1e-6},
    {"cox_20_whole", "Cox, 20, concordance, to coxph", cox_20_whole, 20, 60, 1e-6},
    {"incidence", "Aalen-Johansen to prodlim", incidence, 20, 40, 1e-6},
    {"finegray", "Fine and Gray, 4000, to crr", finegray, 1000, 10000, 1e-5},
    {"mixed", "mixed model, 10,000 x 6, to lmer", mixed, 20, 50, 1e-6},
    {"signed_rank", "signed rank to wilcox.test", signed_rank, 25, 60, 1e-9},
    {"rank_sum", "rank sum to wilcox.test", rank_sum, 25, 60, 1e-9},
    /* each draws its own trials: the same within some errors of simulation */
    {"power", "power, 10,000 trials, to survdiff.fit", power, 25, 60, 0.03},
};

static bool start_other(struct other *other)
{
    int words[2], answers[2];
    if (pipe(words) != 0 || pipe(answers) != 0)
        return false;
    pid_t child = fork();
    if (child == 0) {
        dup2(words[0], STDIN_FILENO);
        dup2(answers[1], STDOUT_FILENO);
        close(words[1]);
        close(answers[0]);
        execlp("Rscript", "Rscript", "--vanilla", "bench/stats.R", other->path,
               (char *)NULL);
        _exit(127);
    }
    close(words[0]);
    close(answers[1]);
    other->words = fdopen(words[1], "w");
    other->answers = fdopen(answers[0], "r");
    return child > 0 && other->words != NULL && other->answers != NULL;
}

/* False when R has it not. */
static bool ask_other(struct other *other, const char *word, double *seconds,
                      double *result)
{
    char line[200], *end;
    fprintf(other->words, "%s\n", word);
    fflush(other->words);
    if (fgets(line, sizeof line, other->answers) == NULL)
        return false;
    *seconds = strtod(line, &end);
    *result = strtod(end, NULL);
    return end > line;
}

/* As R keeps its heap, so does a program that fits one model after the other its arena. */
static struct arena *kept_arena(void)
{
    struct arena *arena = arena_new((size_t)8 << 30);
    arena_keep(arena, SIZE_MAX);
    arena_on_large_block(arena, huge_pages_advise);
    arena_alloc(arena, (size_t)1 << 30);
    arena_reset(arena);
    return arena;
}

static double run_ours(const struct contest *contest, const struct people *all,
                       double *result)
{
    int64_t begin = measure_processor_time();
    *result = contest->run(all, all->work);
    double seconds = (double)(measure_processor_time() - begin) / 1e9;
    arena_reset(all->work);
    return seconds;
}

/* False when a bound is not kept, or the two do not agree. */
static bool compete(const struct contest *contest, const struct people *all,
                    struct other *other, int rounds)
{
    double ours[MOST_ROUNDS], theirs[MOST_ROUNDS], mine = 0, its = 0;
    for (int round = 0; round < rounds; round++) {
        ours[round] = run_ours(contest, all, &mine);
        if (!ask_other(other, contest->word, &theirs[round], &its)) {
            printf("  %-38s R has it not\n", contest->title);
            return true;
        }
    }
    bool is_same = fabs(mine - its) <= contest->tolerance * fmax(1, fabs(its));
    double c = measure_median(ours, rounds), r = measure_median(theirs, rounds);
    char line[100];
    snprintf(line, sizeof line, "%s (%.1f ms, R %.0f ms)", contest->title, c * 1e3,
             r * 1e3);
    if (!is_same)
        printf("  %s: %.17g, R %.17g: NOT THE SAME\n", contest->title, mine, its);
    return measure_print(
               &(struct measure_bound){line, contest->must, contest->goal, false},
               r / c) &&
           is_same;
}

/* --- two threads ---------------------------------------------------------------------- */

static double wall_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* How many times faster than one, by the clock on the wall; the bits must be the same. */
static bool compare_threads(int rounds)
{
    double seconds[2][MOST_ROUNDS];
    struct simulated found[2];
    for (int round = 0; round < rounds; round++)
        for (size_t k = 0; k < 2; k++) {
            double begin = wall_time();
            found[k] = simulate(k + 1);
            seconds[k][round] = wall_time() - begin;
        }
    bool is_same =
        memcmp(found[0].rejected, found[1].rejected, sizeof found[0].rejected) == 0 &&
        memcmp(&found[0].events, &found[1].events, sizeof(double)) == 0 &&
        memcmp(&found[0].duration, &found[1].duration, sizeof(double)) == 0;
    if (!is_same)
        printf("  two threads: NOT THE SAME BITS\n");
    return measure_print(&(struct measure_bound){"power on two threads, by the wall",
                                                 1.8, 1.95, false},
                         measure_median(seconds[0], rounds) /
                             measure_median(seconds[1], rounds)) &&
           is_same;
}

int main(void)
{
    struct arena *arena = arena_new((size_t)4 << 30);
    int rounds = (int)measure_setting("BENCH_ROUNDS", 3);
    struct people all =
        make_people(arena, (size_t)measure_setting("BENCH_PEOPLE", 1000000));
    all.work = kept_arena();
    struct other other = {.path = "/tmp/osteon-bench-XXXXXX"};
    int file = mkstemp(other.path);
    if (rounds > MOST_ROUNDS)
        rounds = MOST_ROUNDS;
    if (file < 0 || close(file) != 0 || !write_people(&all, other.path) ||
        !start_other(&other)) {
        fprintf(stderr, "R could not be started\n");
        return 1;
    }
    printf(
        "statistics: how many times the processor time of R, %zu people, %d rounds\n",
        all.count, rounds);
    bool is_kept = true;
    const char *only = getenv("BENCH_ONLY");
    for (size_t i = 0; i < ARRAY_COUNT(contests); i++)
        if (only == NULL || strstr(contests[i].word, only) != NULL)
            is_kept = compete(&contests[i], &all, &other, rounds) && is_kept;
    is_kept = compare_threads(rounds) && is_kept;
    fclose(other.words);
    fclose(other.answers);
    unlink(other.path);
    arena_free(all.work);
    arena_free(arena);
    return is_kept ? 0 : 1;
}
