/* A signed checkpoint in somebody else's hands: it finds what a folder that is whole in
 * itself cannot show, an older copy and a history that was written anew. */
#include "store/checkpoint.h"

#include "base/buffer.h"
#include "store/backup.h"
#include "store/event_content.h"
#include "support/life.h"
#include "support/tamper.h"
#include "support/unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct test_folder folder;
static struct arena *arena;
static char paper[SCRATCH_PATH]; /* the checkpoint as a file */
static const struct origin origin = {.user = 1,
                                     .device = {.at = "SYNTHETIC", .len = 9}};

static int begin(void **state)
{
    (void)state;
    arena = arena_new(SIZE_MAX / 2);
    folder_place(&folder);
    folder_make_in(&folder);
    scratch_path(&folder.scratch, "checkpoint", paper);
    struct store *store = folder_open(&folder);
    life_add_user(store, 1, "ada");
    life_add_participant(store, 1, "S-0001");
    store_close(store);
    return 0;
}

static int end(void **state)
{
    (void)state;
    folder_gone(&folder);
    arena_free(arena);
    return 0;
}

static void write_file(const char *path, struct text content)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content.at, 1, content.len, file), content.len);
    assert_int_equal(fclose(file), 0);
}

static bool sign(struct txn *txn, void *data, struct error *err)
{
    return checkpoint_sign(txn, &origin, arena, data, err);
}

/* Signs the folder as it stands, into `paper`. */
static struct text signed_now(void)
{
    struct error err;
    struct text document = {0};
    struct store *store = folder_open(&folder);
    struct unit unit = {.apply = sign, .data = &document};
    ASSERT_OK(store_write(store, &unit, &err), &err);
    store_close(store);
    write_file(paper, document);
    return document;
}

static void save(const char *value)
{
    struct value_change change = {.item = TEXT("IT.HB"),
                                  .new = {.value = text_of(value)}};
    struct life_save one = {1, 0, 1000, &change, 1, NULL, 0, NULL};
    struct store *store = folder_open(&folder);
    life_save(store, &one);
    store_close(store);
}

static void back_up(const char *path)
{
    struct error err;
    struct store *store = folder_open(&folder);
    ASSERT_OK(store_backup(store, &origin, path, &err), &err);
    store_close(store);
}

/* Puts a back-up in the database's place, as somebody would who wants an entry gone. */
static void put_in_place(const char *backup)
{
    assert_int_equal(rename(backup, folder.database), 0);
}

/* -- Tests ------------------------------------------------------------------------- */

static void a_folder_that_went_on_holds_with_its_checkpoint(void **state)
{
    (void)state;
    save("13.4");
    signed_now();
    save("13.5");
    struct verify_report report = tamper_verified(&folder, paper, arena);
    tamper_assert_nothing_found(&report);
    assert_true(report.is_signer_known);
}

static void an_older_backup_in_its_place_holds_and_a_checkpoint_finds_it(void **state)
{
    (void)state;
    char backup[SCRATCH_PATH];
    scratch_path(&folder.scratch, "backup", backup);
    back_up(backup);
    save("13.4");
    struct checkpoint read;
    struct error err;
    ASSERT_OK(checkpoint_read(signed_now(), &read, &err), &err);
    put_in_place(backup);
    struct verify_report report = tamper_verified(&folder, NULL, arena);
    tamper_assert_nothing_found(&report);
    report = tamper_verified(&folder, paper, arena);
    tamper_assert_found(&report, VERIFY_CHECKPOINT, read.seq, "this is an older copy");
    assert_int_equal(report.finding_count, 1);
}

/* Whoever has the program and the key ring can write another history on an older state. */
static void a_history_written_anew_with_the_key_is_found(void **state)
{
    (void)state;
    char backup[SCRATCH_PATH];
    scratch_path(&folder.scratch, "backup", backup);
    back_up(backup);
    save("13.4");
    struct checkpoint read;
    struct error err;
    ASSERT_OK(checkpoint_read(signed_now(), &read, &err), &err);
    put_in_place(backup);
    save("14.9");
    save("14.9");
    struct verify_report report = tamper_verified(&folder, NULL, arena);
    tamper_assert_nothing_found(&report);
    report = tamper_verified(&folder, paper, arena);
    tamper_assert_found(&report, VERIFY_CHECKPOINT, read.seq, "was written anew");
    assert_int_equal(report.finding_count, 1);
}

/* A third party has a copy and a checkpoint, and no key. */
static void a_copy_is_verified_without_the_key(void **state)
{
    (void)state;
    save("13.4");
    signed_now();
    struct test_folder copy = folder;
    copy.options.keyring = "/nonexistent";
    struct verify_report report = tamper_verified(&copy, paper, arena);
    tamper_assert_nothing_found(&report);
    assert_false(report.has_key);
    tamper(&folder, "UPDATE log SET account = 7 WHERE seq = 3");
    tamper_chain_anew(&folder, 3, arena);
    report = tamper_verified(&copy, NULL, arena);
    tamper_assert_nothing_found(&report);
    report = tamper_verified(&copy, paper, arena);
    assert_int_equal(report.finding_count, 1);
    assert_int_equal(report.findings[0].fault, VERIFY_CHECKPOINT);
}

static void a_changed_checkpoint_is_refused(void **state)
{
    (void)state;
    struct text document = signed_now();
    struct checkpoint read;
    struct error err;
    char changed[1024];
    assert_true(document.len < sizeof changed);
    /* Each byte but the last line end, which is none of the signature's business. */
    for (size_t i = 0; i + 1 < document.len; i++) {
        memcpy(changed, document.at, document.len);
        changed[i] = changed[i] == 'f' ? '0' : 'f';
        if (changed[i] == document.at[i])
            continue;
        struct text whole = {.at = changed, .len = document.len};
        if (checkpoint_read(whole, &read, &err))
            fail_msg("byte %zu was changed, and it is read", i);
        assert_int_equal(err.code, ERROR_REFUSED);
    }
}

static void put_line(struct buffer *out, const char *name, const uint8_t *bytes,
                     size_t len)
{
    buffer_format(out, "%s ", name);
    for (size_t i = 0; i < len; i++)
        buffer_format(out, "%02x", bytes[i]);
    buffer_format(out, "\n");
}

/* The same statement, signed by somebody who has only the program. */
static struct text forged(struct text document)
{
    static const uint8_t seed[SIGNING_SEED_SIZE] = {1, 2, 3};
    uint8_t public_key[SIGNING_PUBLIC_SIZE], signature[SIGNATURE_SIZE];
    signing_public(seed, public_key);
    struct buffer out = buffer_in(arena, 2048);
    const char *own = strstr(text_c(arena, document), "public-key");
    assert_non_null(own);
    size_t kept = document.len - strlen(own);
    buffer_bytes(&out, document.at, kept);
    put_line(&out, "public-key", public_key, sizeof public_key);
    signing_sign(seed, (struct text){out.at, out.len}, signature);
    put_line(&out, "signature", signature, sizeof signature);
    return (struct text){out.at, out.len};
}

static void a_checkpoint_that_another_key_signed_is_said_to_be_so(void **state)
{
    (void)state;
    write_file(paper, forged(signed_now()));
    struct verify_report report = tamper_verified(&folder, paper, arena);
    tamper_assert_found(&report, VERIFY_CHECKPOINT, 0, "a key that is not this folder");
    assert_false(report.is_signer_known);
}

static void a_checkpoint_of_another_folder_is_said_to_be_so(void **state)
{
    (void)state;
    signed_now();
    struct test_folder other;
    folder_place(&other);
    folder_make_in(&other);
    struct verify_report report = tamper_verified(&other, paper, arena);
    tamper_assert_found(&report, VERIFY_CHECKPOINT, 0, "belongs to another folder");
    folder_gone(&other);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(a_folder_that_went_on_holds_with_its_checkpoint),
        TEST(an_older_backup_in_its_place_holds_and_a_checkpoint_finds_it),
        TEST(a_history_written_anew_with_the_key_is_found),
        TEST(a_copy_is_verified_without_the_key),
        TEST(a_changed_checkpoint_is_refused),
        TEST(a_checkpoint_that_another_key_signed_is_said_to_be_so),
        TEST(a_checkpoint_of_another_folder_is_said_to_be_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
