/* What a large folder costs its readers: the same openings in a folder of 100,000
 * participants and in one of 10, served side by side.
 *
 * Each participant has 40 answers in the first form; ten of the many, and five of the
 * few, have full casebooks: every event and form of the study, repeats three times. The
 * folders are filled through the store's own writer: events, seals, chain, projections.
 * Every participant and value is SYNTHETIC.
 *
 *     make bench       BENCH_PARTICIPANTS=100000 BENCH_SCALE_ROUNDS=50
 *
 * Both servers are asked in turn, in short blocks, so that a slow moment of the machine
 * meets both; a p99 is that of all openings of a kind, over participants drawn at random.
 * Then come 32 clients who save, and the most memory that the server ever had; and the
 * time from starting the program to its first answer and to the first form of a person
 * who is still signed in, among them a start after kill -9, when a write-ahead log is
 * left.
 */
#include "actions/study.h"
#include "store/reads.h"
#include "store/txn.h"
#include "support/load.h"
#include "support/measure.h"
#include "support/scratch.h"
#include "support/screening_save.h"
#include "support/served.h"
#include "system/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
    ANSWERS = 40,
    MOST_ANSWERS = 500, /* of one form */
    REPEATS = 3,
    UNIT = 250,     /* participants in one transaction */
    OPENINGS = 200, /* of one folder before the other has its turn */
    MOST_ROUNDS = 500,
    SAVING_CLIENTS = 32,
    STARTS = 5,
    REPLY = 256 * 1024
};

struct folder {
    struct served served;
    int64_t participants, full; /* the first `full` have full casebooks */
    int64_t fill_time;          /* microseconds */
};

static void must(bool is_done, const char *what)
{
    if (is_done)
        return;
    fprintf(stderr, "scale: %s\n", what);
    abort();
}

/* -- filling a folder ---------------------------------------------------------------- */

struct filling {
    const struct design *design;
    int64_t full;
    int64_t first, end; /* participants of this unit */
};

static const struct origin origin = {.device = {.at = "SYNTHETIC", .len = 9}};

static struct text value_for(const struct item *item)
{
    switch (item->type) {
    case ITEM_TEXT: return TEXT("SYNTHETIC");
    case ITEM_INTEGER:
    case ITEM_DECIMAL: return TEXT("12");
    case ITEM_CODED: return item->codelist->codes[0].code;
    case ITEM_DATE:
    case ITEM_PARTIAL_DATE: return TEXT("2026-11-20");
    case ITEM_DATETIME:
    case ITEM_PARTIAL_DATETIME: return TEXT("2026-11-20T08:00");
    case ITEM_TIME:
    case ITEM_PARTIAL_TIME: return TEXT("08:00");
    }
    return TEXT("SYNTHETIC");
}

static void answer_group(struct values_saved *saved, const struct item_group *group,
                         int64_t row, size_t most)
{
    for (size_t i = 0; i < group->item_count && saved->change_count < most; i++)
        saved->changes[saved->change_count++] =
            (struct value_change){.item = group->items[i]->oid,
                                  .row = row,
                                  .new = {.value = value_for(group->items[i]),
                                          .is_in_vault = group->items[i]->is_identity}};
}

/* At most so many answers to a form. */
static bool save_form(struct txn *txn, const struct filling *filling,
                      const struct form_key *key, size_t most, struct error *err)
{
    const struct form *form = design_form(filling->design, key->form);
    struct values_saved saved = {.key = *key,
                                 .design_version = filling->design->version,
                                 .corrected_time = txn_now(txn),
                                 .answer = TEXT("ok")};
    saved.changes = ARENA_ARRAY(txn_arena(txn), struct value_change, most);
    for (size_t g = 0; g < form->group_count; g++) {
        const struct item_group *group = form->groups[g];
        int64_t rows = group->is_repeating ? REPEATS : 1;
        for (int64_t row = 1; row <= rows; row++)
            answer_group(&saved, group, group->is_repeating ? row : 0, most);
    }
    saved.answered = saved.expected = (int64_t)saved.change_count;
    return txn_append(txn, LOG_EVENT_VALUES_SAVED, &origin, key->participant, &saved,
                      NULL, err);
}

static bool save_casebook(struct txn *txn, const struct filling *filling,
                          int64_t participant, struct error *err)
{
    const struct design *design = filling->design;
    for (size_t e = 0; e < design->event_count; e++) {
        const struct study_event *event = &design->events[e];
        int64_t repeats = event->is_repeating ? REPEATS : 1;
        for (int64_t at = 0; at < repeats * (int64_t)event->form_count; at++) {
            struct form_key key = {
                .participant = participant,
                .event = event->oid,
                .event_repeat = 1 + at / (int64_t)event->form_count,
                .form = event->forms[at % (int64_t)event->form_count]->oid,
                .form_repeat = 1};
            if (!save_form(txn, filling, &key, MOST_ANSWERS, err))
                return false;
        }
    }
    return true;
}

static bool apply_filling(struct txn *txn, void *data, struct error *err)
{
    const struct filling *filling = data;
    const struct study_event *screening = &filling->design->events[0];
    for (int64_t id = filling->first; id < filling->end; id++) {
        struct participant_added added = {
            .participant = id,
            .site = TEXT("01"),
            .screening_number = text_format(txn_arena(txn), "S-%04" PRId64, id)};
        struct form_key key = {.participant = id,
                               .event = screening->oid,
                               .event_repeat = 1,
                               .form = screening->forms[0]->oid,
                               .form_repeat = 1};
        if (!txn_append(txn, LOG_EVENT_PARTICIPANT_ADDED, &origin, id, &added, NULL,
                        err))
            return false;
        if (id <= filling->full ? !save_casebook(txn, filling, id, err)
                                : !save_form(txn, filling, &key, ANSWERS, err))
            return false;
    }
    return true;
}

static void folder_fill(struct folder *folder)
{
    struct error err;
    struct store_options options = {.folder = folder->served.folder,
                                    .keyring = folder->served.keyring};
    struct study *study = NULL;
    int64_t began = clock_monotonic();
    screening_folder(&folder->served, "bench");
    must(study_open(&options, &study, &err), err.text);
    struct filling filling = {.design = study_design(study), .full = folder->full};
    for (int64_t id = 1; id <= folder->participants; id = filling.end) {
        filling.first = id;
        filling.end = id + UNIT;
        if (filling.end > folder->participants + 1)
            filling.end = folder->participants + 1;
        struct unit unit = {.apply = apply_filling, .data = &filling};
        must(store_write(study_store(study), &unit, &err), err.text);
    }
    study_close(study);
    folder->fill_time = clock_monotonic() - began;
}

static double database_megabytes(const struct folder *folder)
{
    char path[SCRATCH_PATH + 16];
    struct stat stat_of;
    snprintf(path, sizeof path, "%s/osteon.db", folder->served.folder);
    must(stat(path, &stat_of) == 0, path);
    return (double)stat_of.st_size / (1024 * 1024);
}

/* -- opening ------------------------------------------------------------------------- */

static const struct opening_row {
    const char *what;
    bool is_full, is_form;
} openings[] = {
    {"form of 40 answers", false, true},
    {"casebook of one form", false, false},
    {"form in a full casebook", true, true},
    {"full casebook", true, false},
};

struct asking {
    const struct folder *folder;
    const struct opening_row *row;
    uint64_t chance;
    int64_t refused, began;
    double times[MOST_ROUNDS * OPENINGS]; /* microseconds */
    int count;
};

/* The multiplier and increment of Knuth's MMIX: the same draws in every run. */
static int64_t draw(struct asking *asking, int64_t count)
{
    asking->chance = asking->chance * 6364136223846793005U + 1442695040888963407U;
    return (int64_t)((asking->chance >> 33) % (uint64_t)count);
}

static size_t asking_request(void *data, int client, char *out, size_t size)
{
    struct asking *asking = data;
    const struct folder *folder = asking->folder;
    (void)client;
    int64_t id =
        asking->row->is_full
            ? 1 + draw(asking, folder->full)
            : folder->full + 1 + draw(asking, folder->participants - folder->full);
    int len = snprintf(out, size,
                       "GET /api/participants/%" PRId64 "%s HTTP/1.1\r\n"
                       "Host: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n\r\n",
                       id, asking->row->is_form ? "/forms/SE.SCR/F.SCR" : "",
                       folder->served.port, folder->served.token);
    must(len > 0 && (size_t)len < size, "room");
    asking->began = clock_monotonic();
    return (size_t)len;
}

static void asking_reply(void *data, int client, int status, struct text body)
{
    struct asking *asking = data;
    (void)client;
    (void)body;
    asking->times[asking->count++] = (double)(clock_monotonic() - asking->began);
    asking->refused += status != 200;
}

static void ask(struct asking *asking)
{
    struct load load = {.port = asking->folder->served.port,
                        .clients = 1,
                        .microseconds = 60000000,
                        .most_requests = OPENINGS,
                        .request = asking_request,
                        .reply = asking_reply,
                        .data = asking};
    struct load_figures figures;
    must(load_run(&load, &figures) && asking->refused == 0, "an opening was refused");
}

static bool compare(const struct folder *few, const struct folder *many,
                    const struct opening_row *row, int rounds)
{
    static struct asking askings[2];
    struct measure_bound bound = {.what = row->what, .must = 2, .is_most = true};
    askings[0] = (struct asking){.folder = few, .row = row};
    askings[1] = (struct asking){.folder = many, .row = row};
    for (int i = 0; i < 2 * rounds; i++)
        ask(&askings[i % 2]);
    double p50[2], p99[2];
    for (int i = 0; i < 2; i++) {
        p50[i] = measure_median(askings[i].times, askings[i].count);
        p99[i] = askings[i].times[askings[i].count * 99 / 100];
    }
    printf("         p50 %4.0f and %4.0f us, p99 %4.0f and %4.0f us: few and many\n",
           p50[0], p50[1], p99[0], p99[1]);
    return measure_print(&bound, p99[1] / p99[0]);
}

/* -- memory and start ---------------------------------------------------------------- */

static void save_for_a_while(struct folder *folder)
{
    static struct screening_save saves[SAVING_CLIENTS];
    for (int i = 0; i < SAVING_CLIENTS; i++)
        screening_begin(&saves[i], &folder->served);
    struct load load = {.port = folder->served.port,
                        .clients = SAVING_CLIENTS,
                        .microseconds = 2000000,
                        .request = screening_request,
                        .reply = screening_reply,
                        .data = saves};
    struct load_figures figures;
    must(load_run(&load, &figures), "nobody answers");
    for (int i = 0; i < SAVING_CLIENTS; i++)
        must(saves[i].refused == 0, saves[i].last_refusal);
}

static bool print_memory(const struct folder *many)
{
    static const struct measure_bound bound = {
        .what = "most memory, MB", .must = 100, .is_most = true};
    return measure_print(&bound, (double)served_memory(&many->served, "VmHWM") / 1024);
}

/* Seconds from the start to the first answer, and to the first form. */
struct start {
    double answer, form;
};

static struct start start_once(struct folder *folder)
{
    char path[128], *reply = malloc(REPLY);
    must(reply != NULL, "memory");
    snprintf(path, sizeof path, "/api/participants/%" PRId64 "/forms/SE.SCR/F.SCR",
             folder->participants);
    int64_t began = clock_monotonic();
    struct start start = {.answer = (double)served_start(&folder->served) / 1e6};
    int status = served_request(&folder->served, "GET", path, NULL, reply, REPLY);
    start.form = (double)(clock_monotonic() - began) / 1e6;
    free(reply);
    must(status == 200, "the session did not outlive the restart");
    return start;
}

static bool print_starts(struct folder *many)
{
    static const struct measure_bound bounds[] = {
        {"start to first answer, s", 1, 0, true},
        {"start to first form, s", 1, 0, true},
        {"start after kill -9, s", 1, 0, true},
    };
    double answers[STARTS], forms[STARTS];
    served_kill(&many->served);
    struct start after_kill = start_once(many);
    for (int i = 0; i < STARTS; i++) {
        served_stop(&many->served);
        struct start start = start_once(many);
        answers[i] = start.answer;
        forms[i] = start.form;
    }
    bool is_kept = measure_print(&bounds[0], measure_median(answers, STARTS));
    is_kept = measure_print(&bounds[1], measure_median(forms, STARTS)) && is_kept;
    return measure_print(&bounds[2], after_kill.answer) && is_kept;
}

/* -- the whole ----------------------------------------------------------------------- */

static void folder_begin(struct folder *folder, const struct scratch *scratch,
                         const char *name)
{
    char keys[64];
    snprintf(keys, sizeof keys, "%s-keys", name);
    scratch_path(scratch, name, folder->served.folder);
    scratch_path(scratch, keys, folder->served.keyring);
    folder_fill(folder);
    served_start(&folder->served);
    must(served_sign_in(&folder->served, "bench", SCREENING_PASSWORD), "signing in");
    printf("%" PRId64 " participants, %" PRId64
           " full casebooks: made in %.1f s, %.0f MB\n",
           folder->participants, folder->full, (double)folder->fill_time / 1e6,
           database_megabytes(folder));
    fflush(stdout);
}

int main(void)
{
    struct folder few = {.participants = 10, .full = 5};
    struct folder many = {.participants = measure_setting("BENCH_PARTICIPANTS", 100000),
                          .full = 10};
    int rounds = (int)measure_setting("BENCH_SCALE_ROUNDS", 50);
    struct scratch scratch;
    must(many.participants > many.full && rounds >= 1 && rounds <= MOST_ROUNDS,
         "more than 10 participants, and 1 to 500 rounds");
    scratch_begin(&scratch);
    folder_begin(&few, &scratch, "few");
    folder_begin(&many, &scratch, "many");
    printf("p99 of opening, many / few: %d openings of each\n", rounds * OPENINGS);
    bool is_kept = true;
    for (int i = 0; i < (int)ARRAY_COUNT(openings); i++)
        is_kept = compare(&few, &many, &openings[i], rounds) && is_kept;
    save_for_a_while(&many);
    is_kept = print_memory(&many) && is_kept;
    is_kept = print_starts(&many) && is_kept;
    served_stop(&few.served);
    served_stop(&many.served);
    scratch_end(&scratch);
    return is_kept ? 0 : 1;
}
