/* What queries cost when there are many: the inbox, its filters and the counts with 20,000
 * open queries of 2,000 participants against 20 of 20; and what opening, answering and
 * closing one costs against a save of one item, in the folder with many.
 *
 *     make bench       BENCH_QUERIES=20000 BENCH_QUERY_ROUNDS=40
 *
 * Both folders are open at once, in this process; each kind of question is asked of both in
 * turn, in short blocks, and its processor time is taken, so that other programs do not count.
 * The few are such that every filter finds them all: the pages are about as long. Steps and saves
 * take turns as well; their processor time is that of the whole process, medians of the
 * rounds. The folders are filled through the store's writer: events, seals, projections.
 * All data are SYNTHETIC.
 */
#include "actions/query.h"
#include "actions/save_values.h"
#include "actions/study.h"
#include "model/builtin_study.h"
#include "support/many_queries.h"
#include "support/measure.h"
#include "support/scratch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    FEW = 20,
    PER_PARTICIPANT = 10,
    BLOCK = 25, /* questions of one folder before the other has its turn */
    STEPS = 20, /* of a kind in one round */
    MOST_ROUNDS = 200,
    QUESTIONS = 9,
    ACTS = 4 /* a save, and three steps */
};

struct folder {
    char path[SCRATCH_PATH], keys[SCRATCH_PATH];
    struct store_options options;
    struct study *study;
    int64_t participants, queries;
    double *times[QUESTIONS];
    int time_count;
};

static void must(bool is_done, const char *what, const struct error *err)
{
    if (is_done)
        return;
    fprintf(stderr, "queries: %s: %s\n", what, err == NULL ? "" : err->text);
    abort();
}

/* -- who asks ------------------------------------------------------------------------ */

static const struct grant manager_grants[] = {{.role = ROLE_DM}};
static const struct grant coordinator_grants[] = {
    {.role = ROLE_CRC, .site = {.at = "01", .len = 2}}};
static const struct grant nurse_grants[] = {
    {.role = ROLE_RN, .site = {.at = "01", .len = 2}}};

#define PERSON(id, held)                                                               \
    {                                                                                  \
        .user = (id), .name = TEXT_INIT("synthetic"), .grants = (held),                \
        .grant_count = 1, .language = TEXT_INIT("en"),                                 \
        .device = TEXT_INIT("SYNTHETIC")                                               \
    }
static const struct caller manager = PERSON(2, manager_grants);
static const struct caller coordinator = PERSON(3, coordinator_grants);
static const struct caller nurse = PERSON(4, nurse_grants);

static void folder_begin(struct folder *folder, const struct scratch *scratch,
                         const char *name, int64_t participants, int64_t queries)
{
    struct error err;
    char keys[64];
    struct study_new new = {
        .design_xml = {.at = (const char *)builtin_study,
                       .len = (size_t)(builtin_study_end - builtin_study)}};
    snprintf(keys, sizeof keys, "%s-keys", name);
    scratch_path(scratch, name, folder->path);
    scratch_path(scratch, keys, folder->keys);
    folder->participants = participants;
    folder->queries = queries;
    folder->options =
        (struct store_options){.folder = folder->path, .keyring = folder->keys};
    must(study_create(&folder->options, &new, &err), "making a folder", &err);
    many_queries_fill(&folder->options, participants, queries, queries == FEW);
    must(study_open(&folder->options, &folder->study, &err), "opening it", &err);
}

/* -- questions ----------------------------------------------------------------------- */

static struct query_filter waiting(void)
{
    return (struct query_filter){
        .states = {[QUERY_OPEN] = true, [QUERY_ANSWERED] = true},
        .opened_before = INT64_MAX,
        .limit = 25};
}

static const char *const questions[QUESTIONS] = {
    "inbox",   "by site",    "by form", "by site and form", "by assignee", "by author",
    "by kind", "older than", "counts"};

static struct query_filter question(int which)
{
    struct query_filter filter = waiting();
    switch (which) {
    case 1: filter.site = TEXT("01"); break;
    case 3: filter.site = TEXT("01"); /* fall through */
    case 2: filter.form = TEXT("F.FU"); break;
    case 4:
        filter.has_assignee = true;
        filter.assignee = 3;
        break;
    case 5:
        filter.has_author = true;
        filter.author = 4;
        break;
    case 6:
        filter.has_kind = true;
        filter.kind = QUERY_PERSON;
        break;
    case 7: filter.opened_before = 1; break;
    default: break;
    }
    return filter;
}

static void ask(struct folder *folder, int which, struct arena *arena)
{
    struct error err;
    struct query_inbox inbox;
    struct query_overview overview;
    struct query_filter filter = question(which);
    arena_reset(arena);
    if (which == QUESTIONS - 1)
        must(query_overview_read(folder->study, &manager, arena, &overview, &err),
             "counting", &err);
    else
        must(query_inbox_read(folder->study, &manager, &filter, arena, &inbox, &err),
             "asking", &err);
}

static void ask_block(struct folder *folder, int which, struct arena *arena)
{
    for (int i = 0; i < BLOCK; i++) {
        int64_t before = measure_processor_time();
        ask(folder, which, arena);
        folder->times[which][folder->time_count + i] =
            (double)(measure_processor_time() - before) / 1000;
    }
}

static void ask_all(struct folder *few, struct folder *many, int rounds)
{
    struct arena *arena = arena_new(64 << 20);
    for (int round = 0; round < rounds; round++) {
        for (int which = 0; which < QUESTIONS; which++) {
            ask_block(few, which, arena);
            ask_block(many, which, arena);
        }
        few->time_count += BLOCK;
        many->time_count += BLOCK;
    }
    arena_free(arena);
}

/* -- steps --------------------------------------------------------------------------- */

struct acting {
    struct folder *folder;
    struct arena *arena;
    int64_t participant, batch;
    struct version version;
};

static double process_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void save_one(struct acting *acting)
{
    struct error err;
    char base[VERSION_TEXT];
    struct save_values verb = {
        .act = act_of(acting->folder->study, &coordinator, acting->arena, save_values),
        .participant = acting->participant,
        .event = TEXT("SE.BL"),
        .form = TEXT("F.DM")};
    acting->batch++;
    memcpy(verb.batch, &acting->batch, sizeof acting->batch);
    verb.digest = hash_of((struct text){(const char *)verb.batch, sizeof verb.batch});
    struct mutation mutation = {.item = TEXT("I.DM.WEIGHT"),
                                .value =
                                    acting->batch % 2 == 0 ? TEXT("61") : TEXT("62"),
                                .reason = TEXT("SYNTHETIC")};
    if (acting->version.seq != 0)
        mutation.base = (struct text){base, version_print(acting->version, base)};
    verb.mutations = &mutation;
    verb.mutation_count = 1;
    must(act_run(&verb.act, &err), "saving", &err);
    must(verb.outcomes[0].status == MUTATION_OK, "saving one item", NULL);
    acting->version = verb.outcomes[0].version;
}

static void step_one(struct acting *acting, enum query_step_kind step, int64_t *query,
                     int64_t *seen)
{
    struct error err;
    struct query_step verb = {
        .act =
            act_of(acting->folder->study, step == QUERY_STEP_ANSWER ? &nurse : &manager,
                   acting->arena, query_step),
        .step = step,
        .query = *query,
        .seen = *seen,
        .key = {.participant = acting->participant,
                .event = TEXT("SE.BL"),
                .form = TEXT("F.DM")},
        .item = step == QUERY_STEP_OPEN ? TEXT("I.DM.HEIGHT") : (struct text){0},
        .text = TEXT("SYNTHETIC: so it stands in the source")};
    must(act_run(&verb.act, &err), "a step", &err);
    *query = verb.query;
    *seen = verb.act.unit.seq;
}

/* Processor time of each kind of act, microseconds. */
static void act_round(struct acting *acting, double out[ACTS])
{
    int64_t query[STEPS] = {0};
    int64_t seen[STEPS] = {0};
    double before = process_time();
    for (int i = 0; i < STEPS; i++)
        save_one(acting);
    out[0] = (process_time() - before) / STEPS;
    for (int step = QUERY_STEP_OPEN; step <= QUERY_STEP_CLOSE; step++) {
        before = process_time();
        for (int i = 0; i < STEPS; i++)
            step_one(acting, (enum query_step_kind)step, &query[i], &seen[i]);
        out[1 + step] = (process_time() - before) / STEPS;
    }
}

/* -- what was found ------------------------------------------------------------------ */

static int compare(const void *a, const void *b)
{
    double first = *(const double *)a;
    double second = *(const double *)b;
    return (first > second) - (first < second);
}

static double p99(double *times, int count)
{
    qsort(times, (size_t)count, sizeof *times, compare);
    return times[(int)(0.99 * count)];
}

static struct many_queries_times times_of(const struct folder *folder, int which)
{
    /* p99 sorts them. */
    double last = p99(folder->times[which], folder->time_count);
    return (struct many_queries_times){
        .p50 = folder->times[which][folder->time_count / 2], .p99 = last};
}

static bool print_questions(const struct folder *few, const struct folder *many)
{
    bool is_kept = true;
    many_queries_print_head("microseconds of processor time", few->queries,
                            many->queries);
    for (int which = 0; which < QUESTIONS; which++)
        is_kept = many_queries_print(questions[which], "", times_of(few, which),
                                     times_of(many, which)) &&
                  is_kept;
    return is_kept;
}

static bool print_acts(double times[ACTS][MOST_ROUNDS], int rounds)
{
    static const char *const acts[ACTS] = {"a save of one item", "opening / save",
                                           "answering / save", "closing / save"};
    bool is_kept = true;
    double save = measure_median(times[0], rounds);
    printf("%s: %.0f microseconds of processor time\n", acts[0], save);
    for (int act = 1; act < ACTS; act++) {
        struct measure_bound bound = {.what = acts[act], .must = 2, .is_most = true};
        is_kept =
            measure_print(&bound, measure_median(times[act], rounds) / save) && is_kept;
    }
    return is_kept;
}

static bool run_acts(struct folder *many, int rounds)
{
    static double times[ACTS][MOST_ROUNDS];
    struct acting acting = {
        .folder = many, .arena = arena_new(64 << 20), .participant = 1};
    for (int round = 0; round < rounds; round++) {
        double found[ACTS];
        act_round(&acting, found);
        arena_reset(acting.arena);
        for (int act = 0; act < ACTS; act++)
            times[act][round] = found[act];
    }
    arena_free(acting.arena);
    return print_acts(times, rounds);
}

int main(void)
{
    struct scratch scratch;
    static struct folder few, many;
    struct many_queries_size size = many_queries_size(MOST_ROUNDS);
    scratch_begin(&scratch);
    folder_begin(&few, &scratch, "few", FEW, FEW);
    folder_begin(&many, &scratch, "many", size.queries / PER_PARTICIPANT, size.queries);
    for (int which = 0; which < QUESTIONS; which++) {
        few.times[which] = calloc((size_t)(size.rounds * BLOCK), sizeof(double));
        many.times[which] = calloc((size_t)(size.rounds * BLOCK), sizeof(double));
    }
    ask_all(&few, &many, size.rounds);
    bool is_kept = print_questions(&few, &many);
    is_kept = run_acts(&many, size.rounds) && is_kept;
    study_close(few.study);
    study_close(many.study);
    for (int which = 0; which < QUESTIONS; which++) {
        free(few.times[which]);
        free(many.times[which]);
    }
    scratch_end(&scratch);
    return is_kept ? 0 : 1;
}
