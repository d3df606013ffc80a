/* What a durable save of a 30-item form costs: rate, tail, and processor time.
 *
 * Three programs take turns in every round, driven by the same number of closed-loop
 * clients: the bare loop (support/bare.h: libsqlite3 alone, batches of the floor's mean
 * size), the floor (the store's own writer in this process: same rows, sealing, chain; no
 * HTTP, no permissions, no rules) and the server (`osteon serve` over loopback; the load
 * generator's processor time is not counted). Medians of the rounds; ratios are what
 * counts, for absolute times on a shared machine mean little.
 *
 *     make bench       BENCH_SECONDS=2 BENCH_ROUNDS=5 BENCH_CLIENTS=1,8,32,64
 *
 * At 32 clients the ratios have bounds; the program fails when one is not kept. What a
 * checkpoint adds to the tail is bounded by p99, over at least ten checkpoints: a save in
 * fifty waits for one.
 */
#include "store/store.h"
#include "support/bare.h"
#include "support/load.h"
#include "support/measure.h"
#include "support/saver.h"
#include "support/scratch.h"
#include "support/screening_save.h"
#include "support/served.h"
#include "system/clock.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ITEMS = 30,
    MOST_CLIENTS = 64,
    MOST_ROUNDS = 15,
    BOUND_CLIENTS = 32,
    PAYLOAD = 960 /* as the log row of the same save (909 to 968 bytes, measured) */
};

struct figures {
    double rate; /* saves a second */
    double cpu;  /* microseconds a save */
    double batch;
    double p50, p99, maximum; /* milliseconds */
    int64_t checkpoints;
};

struct bench {
    struct scratch scratch;
    char floor_folder[SCRATCH_PATH], floor_keys[SCRATCH_PATH];
    struct served served;
    int64_t microseconds;
    int rounds;
};

/* -- the floor ----------------------------------------------------------------------- */

/* All clients on one thread, as the server drives its own: each has one save outstanding
 * and sends the next when it hears of the last. */
struct floor_client {
    struct saver saver;
    struct floor *floor;
    struct floor_client *next; /* among those that have heard */
    int64_t began;
    int64_t saves;
    int64_t *times;
    size_t time_capacity;
};

struct floor {
    struct store *store;
    pthread_mutex_t lock;
    pthread_cond_t heard;
    struct floor_client *first;
};

/* On the writer's thread. */
static void floor_done(void *data, const struct error *err)
{
    struct floor_client *client = data;
    struct floor *floor = client->floor;
    if (err != NULL) {
        fprintf(stderr, "floor: %s\n", err->text);
        abort();
    }
    pthread_mutex_lock(&floor->lock);
    bool is_first = floor->first == NULL;
    client->next = floor->first;
    floor->first = client;
    pthread_mutex_unlock(&floor->lock);
    if (is_first)
        pthread_cond_signal(&floor->heard);
}

static void floor_send(struct floor_client *client, int64_t now)
{
    struct error err;
    client->began = now;
    struct unit *unit = saver_next(&client->saver);
    unit->done = floor_done;
    /* apply's data is the saver, and the saver is the client's first member */
    if (!store_submit(client->floor->store, unit, &err)) {
        fprintf(stderr, "floor: %s\n", err.text);
        abort();
    }
}

static struct floor_client *floor_wait(struct floor *floor)
{
    pthread_mutex_lock(&floor->lock);
    while (floor->first == NULL)
        pthread_cond_wait(&floor->heard, &floor->lock);
    struct floor_client *client = floor->first;
    floor->first = NULL;
    pthread_mutex_unlock(&floor->lock);
    return client;
}

static void floor_drive(struct floor *floor, struct floor_client *clients, int count,
                        int64_t until)
{
    for (int i = 0; i < count; i++)
        floor_send(&clients[i], clock_monotonic());
    for (int outstanding = count; outstanding > 0;) {
        struct floor_client *client = floor_wait(floor);
        int64_t now = clock_monotonic();
        while (client != NULL) {
            struct floor_client *next = client->next;
            saver_acknowledge(&client->saver);
            if ((size_t)client->saves < client->time_capacity)
                client->times[client->saves] = now - client->began;
            client->saves++;
            if (now < until)
                floor_send(client, now);
            else
                outstanding--;
            client = next;
        }
    }
}

static int by_value(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static void tail_of(struct floor_client *clients, int count, struct figures *out)
{
    size_t total = 0;
    for (int i = 0; i < count; i++)
        total += (size_t)clients[i].saves;
    int64_t *all = malloc(total * sizeof *all);
    if (all == NULL)
        abort();
    size_t n = 0;
    for (int i = 0; i < count; i++)
        for (int64_t k = 0;
             k < clients[i].saves && (size_t)k < clients[i].time_capacity; k++)
            all[n++] = clients[i].times[k];
    qsort(all, n, sizeof *all, by_value);
    out->p50 = (double)all[n / 2] / 1000;
    out->p99 = (double)all[n * 99 / 100] / 1000;
    out->maximum = (double)all[n - 1] / 1000;
    free(all);
}

static struct figures floor_run(const struct bench *bench, int count)
{
    struct error err;
    struct store_options options = {.folder = bench->floor_folder,
                                    .keyring = bench->floor_keys};
    struct floor floor = {.lock = PTHREAD_MUTEX_INITIALIZER,
                          .heard = PTHREAD_COND_INITIALIZER};
    if (!store_open(&options, &floor.store, &err)) {
        fprintf(stderr, "floor: %s\n", err.text);
        abort();
    }
    static struct floor_client clients[MOST_CLIENTS];
    for (int i = 0; i < count; i++) {
        clients[i] = (struct floor_client){.floor = &floor, .time_capacity = 1 << 17};
        clients[i].times = malloc(clients[i].time_capacity * sizeof(int64_t));
        saver_begin(&clients[i].saver, floor.store, i, ITEMS);
        if (!saver_resume(&clients[i].saver, &err))
            abort();
    }
    int64_t began = clock_monotonic(), cpu = bare_cpu();
    struct store_figures before = store_figures(floor.store);
    floor_drive(&floor, clients, count, began + bench->microseconds);
    struct store_figures after = store_figures(floor.store);
    int64_t saves = 0;
    for (int i = 0; i < count; i++)
        saves += clients[i].saves;
    struct figures out = {
        .rate = (double)saves * 1e6 / (double)(clock_monotonic() - began),
        .cpu = (double)(bare_cpu() - cpu) / (double)saves,
        .batch = (double)saves / (double)(after.commits - before.commits),
        .checkpoints = after.checkpoints - before.checkpoints};
    tail_of(clients, count, &out);
    for (int i = 0; i < count; i++) {
        saver_end(&clients[i].saver);
        free(clients[i].times);
    }
    store_close(floor.store);
    return out;
}

/* -- the bare loop ------------------------------------------------------------------- */

static struct figures bare_figures_run(const struct bench *bench, int count,
                                       double batch)
{
    char path[SCRATCH_PATH];
    scratch_path(&bench->scratch, "bare.db", path);
    struct bare bare = {.path = path,
                        .items = ITEMS,
                        .forms = count,
                        .payload = PAYLOAD,
                        .batch = batch < 1.5 ? 1 : (int)(batch + 0.5),
                        .microseconds = bench->microseconds};
    struct bare_figures figures;
    bare_run(&bare, &figures);
    remove(path);
    return (struct figures){.rate =
                                (double)figures.saves * 1e6 / (double)figures.elapsed,
                            .cpu = (double)figures.cpu / (double)figures.saves,
                            .batch = bare.batch};
}

/* -- the server ---------------------------------------------------------------------- */

static struct figures server_run(struct bench *bench, int count)
{
    static struct screening_save saves[MOST_CLIENTS];
    served_start(&bench->served);
    if (!served_sign_in(&bench->served, "bench", SCREENING_PASSWORD))
        abort();
    for (int i = 0; i < count; i++)
        screening_begin(&saves[i], &bench->served);
    struct load load = {.port = bench->served.port,
                        .clients = count,
                        .microseconds = bench->microseconds,
                        .request = screening_request,
                        .reply = screening_reply,
                        .data = saves};
    struct load_figures figures;
    int64_t commits[2], checkpoints[2];
    if (!served_writer(&bench->served, &commits[0], &checkpoints[0]))
        abort();
    int64_t cpu = load_process_cpu(bench->served.process);
    load_run(&load, &figures);
    cpu = load_process_cpu(bench->served.process) - cpu;
    if (!served_writer(&bench->served, &commits[1], &checkpoints[1]))
        abort();
    served_stop(&bench->served);
    for (int i = 0; i < count; i++)
        if (saves[i].refused > 0) {
            fprintf(stderr, "server: client %d: %s\n", i, saves[i].last_refusal);
            abort();
        }
    return (struct figures){
        .rate = (double)figures.replies * 1e6 / (double)figures.elapsed,
        .cpu = (double)cpu / (double)figures.replies,
        .batch = (double)figures.replies / (double)(commits[1] - commits[0]),
        .checkpoints = checkpoints[1] - checkpoints[0],
        .p50 = (double)figures.p50 / 1000,
        .p99 = (double)figures.p99 / 1000,
        .maximum = (double)figures.maximum / 1000};
}

/* -- the rounds ---------------------------------------------------------------------- */

struct rounds {
    struct figures bare[MOST_ROUNDS], floor[MOST_ROUNDS], server[MOST_ROUNDS];
    int count;
};

#define MEDIAN_OF(rounds, expression)                                                  \
    do {                                                                               \
        for (int i = 0; i < (rounds)->count; i++)                                      \
            values[i] = (expression);                                                  \
        found = measure_median(values, (rounds)->count);                               \
    } while (0)

static void print_ratios(const struct rounds *rounds, int clients)
{
    double values[MOST_ROUNDS], found;
    MEDIAN_OF(rounds, rounds->server[i].rate / rounds->floor[i].rate);
    printf("%7d  server/floor rate %.2f", clients, found);
    MEDIAN_OF(rounds, rounds->floor[i].rate / rounds->bare[i].rate);
    printf("  floor/bare rate %.2f", found);
    MEDIAN_OF(rounds, rounds->server[i].cpu / rounds->bare[i].cpu);
    printf("  CPU server/bare %.2f", found);
    MEDIAN_OF(rounds, rounds->floor[i].cpu / rounds->bare[i].cpu);
    printf("  floor/bare %.2f\n", found);
}

static bool print_bounds(const struct rounds *rounds)
{
    static const struct measure_bound bounds[] = {
        {"server rate / floor rate", 0.6, 0.85, false},
        {"floor rate / bare rate", 0.8, 0, false},
        {"server CPU / bare CPU, a save", 2.5, 1.6, true},
        {"server (p99 - p50) / p50", 4.0, 0, true},
        {"checkpoints a round", 10, 0, false},
    };
    double values[MOST_ROUNDS], found;
    bool is_kept = true;
    MEDIAN_OF(rounds, rounds->server[i].rate / rounds->floor[i].rate);
    is_kept = measure_print(&bounds[0], found) && is_kept;
    MEDIAN_OF(rounds, rounds->floor[i].rate / rounds->bare[i].rate);
    is_kept = measure_print(&bounds[1], found) && is_kept;
    MEDIAN_OF(rounds, rounds->server[i].cpu / rounds->bare[i].cpu);
    is_kept = measure_print(&bounds[2], found) && is_kept;
    MEDIAN_OF(rounds, rounds->server[i].p99 / rounds->server[i].p50 - 1);
    is_kept = measure_print(&bounds[3], found) && is_kept;
    MEDIAN_OF(rounds, (double)rounds->server[i].checkpoints);
    return measure_print(&bounds[4], found) && is_kept;
}

static void print_row(const char *name, struct figures figures[], int count)
{
    struct rounds rounds = {.count = count};
    double values[MOST_ROUNDS], found;
    memcpy(rounds.bare, figures, sizeof(struct figures) * (size_t)count);
    MEDIAN_OF(&rounds, rounds.bare[i].rate);
    printf("         %-7s %8.0f saves/s", name, found);
    MEDIAN_OF(&rounds, rounds.bare[i].cpu);
    printf("  %6.1f us CPU a save", found);
    MEDIAN_OF(&rounds, rounds.bare[i].batch);
    printf("  batch %5.1f", found);
    MEDIAN_OF(&rounds, rounds.bare[i].p50);
    if (found <= 0) { /* the bare loop has no waiting client */
        putchar('\n');
        return;
    }
    printf("  p50 %6.2f", found);
    MEDIAN_OF(&rounds, rounds.bare[i].p99);
    printf("  p99 %6.2f", found);
    MEDIAN_OF(&rounds, rounds.bare[i].maximum);
    printf("  max %6.2f ms", found);
    MEDIAN_OF(&rounds, (double)rounds.bare[i].checkpoints);
    printf("  checkpoints %.0f\n", found);
}

static bool run_clients(struct bench *bench, int clients)
{
    static struct rounds rounds;
    rounds.count = bench->rounds;
    for (int i = 0; i < bench->rounds; i++) {
        rounds.floor[i] = floor_run(bench, clients);
        rounds.bare[i] = bare_figures_run(bench, clients, rounds.floor[i].batch);
        rounds.server[i] = server_run(bench, clients);
    }
    print_ratios(&rounds, clients);
    print_row("bare", rounds.bare, bench->rounds);
    print_row("floor", rounds.floor, bench->rounds);
    print_row("server", rounds.server, bench->rounds);
    bool is_kept = clients != BOUND_CLIENTS || print_bounds(&rounds);
    fflush(stdout);
    return is_kept;
}

int main(void)
{
    struct bench bench = {.microseconds = measure_setting("BENCH_SECONDS", 2) * 1000000,
                          .rounds = (int)measure_setting("BENCH_ROUNDS", 5)};
    if (bench.rounds < 1 || bench.rounds > MOST_ROUNDS)
        bench.rounds = 5;
    scratch_begin(&bench.scratch);
    scratch_path(&bench.scratch, "floor", bench.floor_folder);
    scratch_path(&bench.scratch, "floor-keys", bench.floor_keys);
    scratch_path(&bench.scratch, "server", bench.served.folder);
    scratch_path(&bench.scratch, "server-keys", bench.served.keyring);
    saver_folder(bench.floor_folder, bench.floor_keys, MOST_CLIENTS);
    screening_folder(&bench.served, "bench");
    printf("%d items a save, %d rounds of %.0f s each, medians\nclients\n", ITEMS,
           bench.rounds, (double)bench.microseconds / 1e6);
    const char *list = getenv("BENCH_CLIENTS");
    struct text rest = text_of(list == NULL ? "1,8,32,64" : list);
    bool is_kept = true;
    while (!text_is_absent(rest)) {
        int64_t clients = 0;
        if (text_to_int64(text_cut(&rest, ','), &clients) && clients >= 1 &&
            clients <= MOST_CLIENTS)
            is_kept = run_clients(&bench, (int)clients) && is_kept;
    }
    scratch_end(&bench.scratch);
    return is_kept ? 0 : 1;
}
