/* What queries cost through the door: the inbox, each filter and the counts with 20,000
 * open queries of 2,000 participants against 20 of 20, as p99 of the answer over loopback;
 * and the processor time of the server for opening, answering and closing one, against that
 * for a save of one item, in the folder with many.
 *
 *     make bench       BENCH_QUERIES=20000 BENCH_QUERY_ROUNDS=40
 *
 * Two servers run at once; each kind of question is asked of both in turn, in short blocks
 * on one connection, so that a slow moment of the machine meets both. A p99 is the median of
 * those of the blocks: other programs on the machine spoil some of them. Acts take turns as well, each round on
 * another participant; their processor time is the server's, of all rounds together, for the
 * system counts it in hundredths of a second. What the actions alone cost: queries.c. All
 * data are SYNTHETIC.
 */
#include "support/load.h"
#include "support/many_queries.h"
#include "support/measure.h"
#include "support/scratch.h"
#include "support/served.h"
#include "system/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PASSWORD "SYNTHETIC three owls"

enum {
    FEW = 20,
    PER_PARTICIPANT = 10,
    BLOCK = 100, /* questions of one folder before the other has its turn */
    STEPS = 100, /* acts of a kind in one round */
    MOST_ROUNDS = 200,
    ACTS = 4, /* a save, and three steps */
    BODY = 1024
};

static const struct {
    const char *what, *path;
} questions[] = {
    {"inbox", "/api/queries"},
    {"by site", "/api/queries?site=01"},
    {"by form", "/api/queries?form=F.FU"},
    {"by site and form", "/api/queries?site=01&form=F.FU"},
    {"by assignee", "/api/queries?assignee=crc"},
    {"by author", "/api/queries?author=rn"},
    {"by kind", "/api/queries?kind=person"},
    {"counts", "/api/queries/counts"},
};
enum { QUESTIONS = sizeof questions / sizeof questions[0] };

struct folder {
    struct served served;
    char dm[128], crc[128], rn[128]; /* tokens */
    int64_t participants, queries;
    double *times[QUESTIONS];
    int time_count;
};

static void must(bool is_done, const char *what)
{
    if (is_done)
        return;
    fprintf(stderr, "queries_http: %s\n", what);
    abort();
}

/* -- folders -------------------------------------------------------------------------- */

/* The queries name the users 2 to 4 as who asked. */
static void add_people(struct folder *folder)
{
    static const char *const people[][3] = {
        {"dm", "DM", ""}, {"crc", "CRC", "01"}, {"rn", "RN", "01"}};
    char path[600];
    snprintf(path, sizeof path, "%s.password", folder->served.folder);
    FILE *file = fopen(path, "w");
    must(file != NULL && fputs(PASSWORD, file) >= 0 && fclose(file) == 0, path);
    for (size_t i = 0; i < 3; i++) {
        const char *words[] = {
            "osteon", "user",       folder->served.folder, "add", people[i][0],
            "--role", people[i][1], "--password-file",     path,  NULL,
            NULL,     NULL};
        if (people[i][2][0] != '\0') {
            words[9] = "--site";
            words[10] = people[i][2];
        }
        must(served_command(&folder->served, words) == 0, "user add");
    }
    remove(path);
}

static void sign_in(struct folder *folder, const char *name, char out[128])
{
    must(served_sign_in(&folder->served, name, PASSWORD), name);
    memcpy(out, folder->served.token, 128);
}

static void folder_begin(struct folder *folder, const struct scratch *scratch,
                         const char *name, int64_t participants, int64_t queries)
{
    char keys[64];
    snprintf(keys, sizeof keys, "%s-keys", name);
    scratch_path(scratch, name, folder->served.folder);
    scratch_path(scratch, keys, folder->served.keyring);
    folder->participants = participants;
    folder->queries = queries;
    must(served_command(
             &folder->served,
             (const char *const[]){"osteon", "init", folder->served.folder, NULL}) == 0,
         "init");
    add_people(folder);
    struct store_options options = {.folder = folder->served.folder,
                                    .keyring = folder->served.keyring};
    many_queries_fill(&options, participants, queries, queries == FEW);
    served_start(&folder->served);
    sign_in(folder, "crc", folder->crc);
    sign_in(folder, "rn", folder->rn);
    sign_in(folder, "dm", folder->dm);
}

/* -- one connection --------------------------------------------------------------------- */

/* Requests one after the other: what `next` writes, until it has no more. */
struct talk {
    const struct folder *folder;
    const char *method, *token;
    char path[200], body[BODY]; /* of the request under way */
    bool (*next)(struct talk *talk);
    void (*take)(struct talk *talk, const char *reply);
    int count, most, status_wanted;
    int64_t began;
    double *times;
    void *data;
};

static size_t talk_request(void *data, int client, char *out, size_t size)
{
    struct talk *talk = data;
    (void)client;
    if (talk->count == talk->most || (talk->next != NULL && !talk->next(talk)))
        return 0;
    int len =
        snprintf(out, size,
                 "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                 "Authorization: Bearer %s\r\n%sContent-Length: %zu\r\n\r\n%s",
                 talk->method, talk->path, talk->folder->served.port, talk->token,
                 talk->body[0] == '\0' ? "" : "Content-Type: application/json\r\n",
                 strlen(talk->body), talk->body);
    must(len > 0 && (size_t)len < size, "room");
    talk->began = clock_monotonic();
    return (size_t)len;
}

static void talk_reply(void *data, int client, int status, struct text body)
{
    struct talk *talk = data;
    char reply[4096];
    (void)client;
    size_t len = body.len < sizeof reply - 1 ? body.len : sizeof reply - 1;
    memcpy(reply, body.at, len);
    reply[len] = '\0';
    must(status == talk->status_wanted, reply);
    if (talk->times != NULL)
        talk->times[talk->count] = (double)(clock_monotonic() - talk->began);
    if (talk->take != NULL)
        talk->take(talk, reply);
    talk->count++;
}

static void talk_run(struct talk *talk)
{
    struct load_figures figures;
    struct load load = {.port = talk->folder->served.port,
                        .clients = 1,
                        .microseconds = INT64_C(600) * 1000 * 1000,
                        .request = talk_request,
                        .reply = talk_reply,
                        .data = talk};
    must(load_run(&load, &figures) && talk->count == talk->most, "the server is gone");
}

/* -- questions -------------------------------------------------------------------------- */

/* A page of the few is as long as one of the many. */
static void take_page(struct talk *talk, const char *reply)
{
    must(strstr(talk->path, "counts") != NULL || strstr(reply, "\"id\":") != NULL,
         reply);
}

static void ask_block(struct folder *folder, int which)
{
    struct talk talk = {.folder = folder,
                        .method = "GET",
                        .token = folder->dm,
                        .most = BLOCK,
                        .status_wanted = 200,
                        .take = take_page,
                        .times = folder->times[which] + folder->time_count};
    snprintf(talk.path, sizeof talk.path, "%s", questions[which].path);
    talk_run(&talk);
}

static void ask_all(struct folder *few, struct folder *many, int rounds)
{
    for (int round = 0; round < rounds; round++) {
        for (int which = 0; which < QUESTIONS; which++) {
            ask_block(few, which);
            ask_block(many, which);
        }
        few->time_count += BLOCK;
        many->time_count += BLOCK;
    }
}

/* -- acts --------------------------------------------------------------------------------- */

/* The queries of a round, and the save that is compared with them. */
struct acting {
    long long query[STEPS];
    char version[64];
    int64_t saves, participant;
};

static void batch_id(int64_t n, char out[40])
{
    snprintf(out, 40, "01900000-0000-7000-8000-%012" PRIx64, (uint64_t)n);
}

static bool next_save(struct talk *talk)
{
    struct acting *acting = talk->data;
    char id[40];
    batch_id(++acting->saves, id);
    snprintf(talk->path, sizeof talk->path, "/api/mutations");
    snprintf(
        talk->body, sizeof talk->body,
        "{\"batch\":\"%s\",\"participant\":%lld,\"event\":\"SE.BL\",\"form\":\"F.DM\","
        "\"device\":\"SYNTHETIC\",\"reason\":\"SYNTHETIC\",\"mutations\":[{\"item\":"
        "\"I.DM.WEIGHT\",\"value\":\"%d\"%s%s%s}]}",
        id, (long long)acting->participant, 60 + (int)(acting->saves % 2),
        acting->version[0] == '\0' ? "" : ",\"base\":\"", acting->version,
        acting->version[0] == '\0' ? "" : "\"");
    return true;
}

static void take_save(struct talk *talk, const char *reply)
{
    struct acting *acting = talk->data;
    const char *at = strstr(reply, "\"version\":\"");
    must(strstr(reply, "\"status\":\"ok\"") != NULL && at != NULL, reply);
    snprintf(acting->version, sizeof acting->version, "%.*s",
             (int)strcspn(at + 11, "\""), at + 11);
}

static bool next_open(struct talk *talk)
{
    const struct acting *acting = talk->data;
    snprintf(talk->path, sizeof talk->path, "/api/queries");
    snprintf(talk->body, sizeof talk->body,
             "{\"participant\":%lld,\"event\":\"SE.BL\",\"form\":\"F.DM\",\"item\":"
             "\"I.DM.HEIGHT\",\"text\":\"SYNTHETIC: look at the source again\"}",
             (long long)acting->participant);
    return true;
}

static void take_open(struct talk *talk, const char *reply)
{
    struct acting *acting = talk->data;
    const char *at = strstr(reply, "\"id\":");
    must(at != NULL, reply);
    acting->query[talk->count] = strtoll(at + 5, NULL, 10);
}

/* Its steps: the first is the event that opened it, each next one the event after the
 * STEPS of the kind before. */
static bool next_step(struct talk *talk, const char *step, int64_t seen)
{
    const struct acting *acting = talk->data;
    snprintf(talk->path, sizeof talk->path, "/api/queries/%lld/%s",
             acting->query[talk->count], step);
    snprintf(talk->body, sizeof talk->body,
             "{\"seen\":%lld,\"text\":\"SYNTHETIC: so it stands in the source\"}",
             (long long)seen);
    return true;
}

static bool next_answer(struct talk *talk)
{
    const struct acting *acting = talk->data;
    return next_step(talk, "answer", acting->query[talk->count] / 1000);
}

static bool next_close(struct talk *talk)
{
    const struct acting *acting = talk->data;
    return next_step(talk, "close", acting->query[talk->count] / 1000 + STEPS);
}

static const struct {
    const char *what;
    bool (*next)(struct talk *talk);
    void (*take)(struct talk *talk, const char *reply);
    int status;
} acts[ACTS] = {
    {"a save of one item", next_save, take_save, 200},
    {"opening / save", next_open, take_open, 201},
    {"answering / save", next_answer, NULL, 200},
    {"closing / save", next_close, NULL, 200},
};

/* Processor time of the server for one act of each kind, microseconds. */
static void act_round(struct folder *folder, struct acting *acting, double out[ACTS])
{
    for (int act = 0; act < ACTS; act++) {
        struct talk talk = {.folder = folder,
                            .method = "POST",
                            .token = act == 0   ? folder->crc
                                     : act == 2 ? folder->rn
                                                : folder->dm,
                            .next = acts[act].next,
                            .take = acts[act].take,
                            .most = STEPS,
                            .status_wanted = acts[act].status,
                            .data = acting};
        int64_t before = load_process_cpu(folder->served.process);
        talk_run(&talk);
        out[act] = (double)(load_process_cpu(folder->served.process) - before) / STEPS;
    }
}

/* -- what was found ----------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    double first = *(const double *)a;
    double second = *(const double *)b;
    return (first > second) - (first < second);
}

/* Of each block, and of those the median. */
static double typical(double *times, int count, double share)
{
    double of_blocks[MOST_ROUNDS];
    int blocks = count / BLOCK;
    for (int i = 0; i < blocks; i++) {
        qsort(times + i * BLOCK, BLOCK, sizeof *times, compare);
        of_blocks[i] = times[i * BLOCK + (int)(share * BLOCK)];
    }
    return measure_median(of_blocks, blocks);
}

static struct many_queries_times times_of(const struct folder *folder, int which)
{
    return (struct many_queries_times){
        .p50 = typical(folder->times[which], folder->time_count, 0.5),
        .p99 = typical(folder->times[which], folder->time_count, 0.99)};
}

static bool print_questions(const struct folder *few, const struct folder *many)
{
    bool is_kept = true;
    many_queries_print_head("microseconds of an answer", few->queries, many->queries);
    for (int which = 0; which < QUESTIONS; which++)
        is_kept = many_queries_print(questions[which].what, " over HTTP",
                                     times_of(few, which), times_of(many, which)) &&
                  is_kept;
    return is_kept;
}

static bool run_acts(struct folder *many, int rounds)
{
    double times[ACTS] = {0};
    struct acting acting = {.saves = 0};
    bool is_kept = true;
    for (int round = 0; round < rounds; round++) {
        double found[ACTS];
        acting.participant = 1 + 2 * round; /* of site 01 */
        acting.version[0] = '\0';
        act_round(many, &acting, found);
        for (int act = 0; act < ACTS; act++)
            times[act] += found[act] / rounds;
    }
    printf("%s: %.0f microseconds of processor time of the server\n", acts[0].what,
           times[0]);
    for (int act = 1; act < ACTS; act++) {
        struct measure_bound bound = {
            .what = acts[act].what, .must = 2, .is_most = true};
        is_kept = measure_print(&bound, times[act] / times[0]) && is_kept;
    }
    return is_kept;
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
    served_stop(&few.served);
    served_stop(&many.served);
    for (int which = 0; which < QUESTIONS; which++) {
        free(few.times[which]);
        free(many.times[which]);
    }
    scratch_end(&scratch);
    return is_kept ? 0 : 1;
}
