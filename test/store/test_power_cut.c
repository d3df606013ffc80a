/* The proof that no acknowledged save is lost when the power goes.
 *
 * Each round: 32 writing clients on a folder whose disk is support/power_vfs.h; at a
 * random operation the power goes; what the disk still holds becomes a new folder, which
 * is opened as after a restart. Then for every client the acknowledged save stands, no
 * save stands half, and `verify` holds. Before, the disk may fail, and the program be
 * killed and started again. ENDURE=1 runs 500 rounds of each.
 *
 * The proof must be able to fail: each deliberate fault of the store, and each way to
 * lose the proof, is run too and has to be caught.
 */
#include "store/verify.h"
#include "support/power_vfs.h"
#include "support/saver.h"
#include "support/scratch.h"
#include "support/unit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CLIENTS = 32, ITEMS = 5, FAULT_ROUNDS = 300 };

/* Under sanitizers the rounds are for what a recovery does to memory, not for chance; and
 * that this proof goes red is shown once, without them, for the rare faults take minutes. */
#ifdef __SANITIZE_ADDRESS__
enum { SHORT_ROUNDS = 8, SHOWS_CATCHES = 0 };
#else
enum { SHORT_ROUNDS = 24, SHOWS_CATCHES = 1 };
#endif

struct client {
    struct saver saver;
    bool goes_on;   /* after a save that was not confirmed: a failing disk, not a cut */
    bool has_heard; /* of a checkpoint that failed */
};

static struct {
    char folder[SCRATCH_PATH]; /* made once; every round works on a copy */
    char keyring[SCRATCH_PATH];
    uint64_t dice;
} proof;

static uint64_t dice(uint64_t below)
{
    proof.dice ^= proof.dice << 13;
    proof.dice ^= proof.dice >> 7;
    proof.dice ^= proof.dice << 17;
    return proof.dice % below;
}

static void *client_run(void *data)
{
    struct client *client = data;
    struct error err;
    for (int i = 0; i < 2000 && !power_is_cut(); i++) {
        bool is_saved = saver_save(&client->saver, &err);
        if (!power_is_cut() &&
            store_figures(client->saver.store).failed_checkpoints > 0)
            client->has_heard = true;
        if (is_saved)
            continue;
        if (!client->goes_on)
            break;
        /* As a tablet does: wait a little, then send on. */
        nanosleep(&(struct timespec){.tv_nsec = 200000}, NULL);
    }
    return NULL;
}

static int rounds_of(int short_form)
{
    return getenv("ENDURE") != NULL ? 500 : short_form;
}

struct round {
    struct store_faults faults;
    int sync_failures, write_failures; /* per mille */
    const char *failing_file;
    int64_t latest_cut;
    int kills;  /* of the program, the power staying on, before the cut */
    int deadly; /* per mille of the failed syncs: such a kill */
};

/* The savers' work on `folder`, until the program is killed or the power goes: from
 * inside the program the two look the same. */
static void work_until_cut(const char *folder, const struct round *round,
                           struct client clients[CLIENTS],
                           struct store_figures *figures)
{
    struct error err;
    struct store_options options = {.folder = folder,
                                    .keyring = proof.keyring,
                                    .vfs = "power",
                                    .faults = round->faults};
    struct store *store = NULL;
    if (!store_open(&options, &store, &err)) {
        power_cut(); /* a disk that fails at the start */
        return;
    }
    power_cut_after(20 + (int64_t)dice((uint64_t)round->latest_cut));
    pthread_t threads[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
        clients[i].saver.store = store;
        assert_int_equal(pthread_create(&threads[i], NULL, client_run, &clients[i]), 0);
    }
    for (int i = 0; i < CLIENTS; i++)
        pthread_join(threads[i], NULL);
    power_cut();
    struct store_figures some = store_figures(store);
    figures->commits += some.commits;
    figures->failed_commits += some.failed_commits;
    for (int i = 0; i < CLIENTS; i++)
        figures->failed_checkpoints += clients[i].has_heard;
    store_close(store);
}

/* What the next start finds. */
static bool folder_holds(const char *folder, struct client clients[CLIENTS],
                         struct error *err)
{
    struct store_options options = {.folder = folder, .keyring = proof.keyring};
    struct store *store = NULL;
    if (!store_open(&options, &store, err))
        return false;
    bool holds = true;
    for (int i = 0; i < CLIENTS && holds; i++)
        holds = saver_holds(&clients[i].saver, store, err);
    /* And saving goes on. */
    for (int i = 0; i < CLIENTS && holds; i++) {
        clients[i].saver.store = store;
        clients[i].saver.base.seq = 0;
        holds = saver_save(&clients[i].saver, err);
    }
    store_close(store);
    if (!holds)
        return false;
    return verify_holds(&options, err);
}

/* The whole life of a folder up to the cut. It is copied at each start of the program:
 * what the system knows goes with it, and the shim remembers what the disk holds. */
static void live_until_cut(const struct scratch *scratch, const struct round *round,
                           struct client clients[CLIENTS],
                           struct store_figures *figures, char folder[SCRATCH_PATH])
{
    scratch_path(scratch, "life-0", folder);
    scratch_copy(proof.folder, folder);
    power_reset();
    power_fail_only(round->failing_file);
    power_fail_syncs(round->sync_failures);
    power_fail_writes(round->write_failures);
    power_fail_deadly(round->deadly);
    for (int i = 0; i < CLIENTS; i++) {
        saver_begin(&clients[i].saver, NULL, i, ITEMS);
        clients[i].goes_on = round->sync_failures + round->write_failures > 0;
    }
    work_until_cut(folder, round, clients, figures);
    for (int life = 1; life <= round->kills; life++) {
        char name[16], killed[SCRATCH_PATH];
        memcpy(killed, folder, sizeof killed);
        snprintf(name, sizeof name, "life-%d", life);
        scratch_path(scratch, name, folder);
        scratch_copy(killed, folder);
        power_again(killed, folder);
        work_until_cut(folder, round, clients, figures);
    }
}

static bool round_holds(const struct round *round, struct store_figures *figures,
                        struct error *err)
{
    struct scratch scratch;
    scratch_begin(&scratch);
    char before[SCRATCH_PATH], after[SCRATCH_PATH];
    scratch_path(&scratch, "after", after);
    scratch_copy(proof.folder, after);
    static struct client clients[CLIENTS];
    memset(clients, 0, sizeof clients);
    live_until_cut(&scratch, round, clients, figures, before);
    power_survivors(before, after, dice(UINT64_MAX));
    bool holds = folder_holds(after, clients, err);
    for (int i = 0; i < CLIENTS; i++)
        saver_end(&clients[i].saver);
    scratch_end(&scratch);
    return holds;
}

/* How many of the rounds end with something lost. */
static int rounds_lost(const struct round *round, int rounds,
                       struct store_figures *figures)
{
    int lost = 0;
    *figures = (struct store_figures){0};
    for (int i = 0; i < rounds; i++) {
        struct error err = {.code = ERROR_NONE};
        if (!round_holds(round, figures, &err) && lost++ == 0)
            printf("# round %d: %s\n", i + 1, err.text);
    }
    printf("# lost in %d of %d rounds: %lld commits stood, %lld failed\n", lost, rounds,
           (long long)figures->commits, (long long)figures->failed_commits);
    return lost;
}

/* A fault counts as caught at the first round that ends badly. */
static bool is_caught(const struct round *round)
{
    if (!SHOWS_CATCHES)
        skip();
    struct store_figures figures = {0};
    for (int i = 0; i < FAULT_ROUNDS; i++) {
        struct error err = {.code = ERROR_NONE};
        if (!round_holds(round, &figures, &err)) {
            printf("# caught in round %d: %s\n", i + 1, err.text);
            return true;
        }
    }
    return false;
}

static void no_acknowledged_save_is_lost_when_the_power_goes(void **state)
{
    (void)state;
    struct round round = {.latest_cut = 2500};
    struct store_figures figures;
    assert_int_equal(rounds_lost(&round, rounds_of(SHORT_ROUNDS), &figures), 0);
}

/* Several commits fail in most rounds, and others stand after them. */
static void nothing_is_lost_with_a_failing_fsync_and_then_no_power(void **state)
{
    (void)state;
    struct round round = {.latest_cut = 2500, .sync_failures = 100};
    struct store_figures figures;
    int rounds = rounds_of(SHORT_ROUNDS / 2);
    assert_int_equal(rounds_lost(&round, rounds, &figures), 0);
    assert_true(figures.failed_commits > rounds && figures.commits > 5 * rounds);
}

static void nothing_is_lost_on_a_full_disk_and_then_no_power(void **state)
{
    (void)state;
    struct round round = {.latest_cut = 2500, .write_failures = 30};
    struct store_figures figures;
    int rounds = rounds_of(SHORT_ROUNDS / 2);
    assert_int_equal(rounds_lost(&round, rounds, &figures), 0);
    assert_true(figures.failed_commits > rounds && figures.commits > 5 * rounds);
}

/* What a failed sync has left in the system's memory is found by the next start of the
 * program, looks whole, and is not on the disk. */
static const struct round killed_on_a_failing_disk = {
    .latest_cut = 600, .sync_failures = 400, .deadly = 500, .kills = 5};

static void nothing_is_lost_by_kills_on_a_failing_disk_and_then_no_power(void **state)
{
    (void)state;
    struct store_figures figures;
    int rounds = rounds_of(SHORT_ROUNDS / 2);
    assert_int_equal(rounds_lost(&killed_on_a_failing_disk, rounds, &figures), 0);
}

static void the_proof_catches_synchronous_normal(void **state)
{
    (void)state;
    struct round round = {.latest_cut = 2500, .faults.synchronous_normal = true};
    assert_true(is_caught(&round));
}

static void the_proof_catches_synchronous_off(void **state)
{
    (void)state;
    struct round round = {.latest_cut = 2500, .faults.synchronous_off = true};
    assert_true(is_caught(&round));
}

static void the_proof_catches_a_reply_before_the_commit(void **state)
{
    (void)state;
    struct round round = {.latest_cut = 2500, .faults.acknowledge_before_commit = true};
    assert_true(is_caught(&round));
}

static void the_proof_catches_a_chain_head_kept_after_a_failed_commit(void **state)
{
    (void)state;
    struct round round = {.latest_cut = 2500,
                          .write_failures = 30,
                          .faults.keep_head_after_failed_commit = true};
    assert_true(is_caught(&round));
}

static void a_failed_checkpoint_loses_nothing_and_is_reported(void **state)
{
    (void)state;
    struct round round = {
        .latest_cut = 4000, .sync_failures = 500, .failing_file = "osteon.db"};
    struct store_figures figures = {0};
    int rounds = rounds_of(SHORT_ROUNDS / 2);
    assert_int_equal(rounds_lost(&round, rounds, &figures), 0);
    assert_true(figures.failed_checkpoints > 0);
}

static void the_proof_catches_an_ignored_checkpoint_error(void **state)
{
    (void)state;
    struct round round = killed_on_a_failing_disk;
    round.faults.ignore_checkpoint_error = true;
    assert_true(is_caught(&round));
}

static int proof_begin(void **state)
{
    (void)state;
    static struct scratch scratch;
    scratch_begin(&scratch);
    scratch_path(&scratch, "folder", proof.folder);
    scratch_path(&scratch, "keys", proof.keyring);
    saver_folder(proof.folder, proof.keyring, CLIENTS);
    power_register();
    const char *seed = getenv("POWER_SEED");
    proof.dice = seed != NULL ? strtoull(seed, NULL, 10) | 1 : (uint64_t)time(NULL) | 1;
    printf("# POWER_SEED=%llu\n", (unsigned long long)proof.dice);
    *state = &scratch;
    return 0;
}

static int proof_end(void **state)
{
    scratch_end(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_acknowledged_save_is_lost_when_the_power_goes),
        cmocka_unit_test(nothing_is_lost_with_a_failing_fsync_and_then_no_power),
        cmocka_unit_test(nothing_is_lost_on_a_full_disk_and_then_no_power),
        cmocka_unit_test(nothing_is_lost_by_kills_on_a_failing_disk_and_then_no_power),
        cmocka_unit_test(a_failed_checkpoint_loses_nothing_and_is_reported),
        cmocka_unit_test(the_proof_catches_synchronous_normal),
        cmocka_unit_test(the_proof_catches_synchronous_off),
        cmocka_unit_test(the_proof_catches_a_reply_before_the_commit),
        cmocka_unit_test(the_proof_catches_a_chain_head_kept_after_a_failed_commit),
        cmocka_unit_test(the_proof_catches_an_ignored_checkpoint_error),
    };
    return cmocka_run_group_tests(tests, proof_begin, proof_end);
}
