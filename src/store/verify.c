#include "store/verify.h"

#include "store/names.h"
#include "store/schema.h"
#include "store/upgrade.h"
#include "store/verify_inside.h"
#include "system/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void verify_add(struct verify *verify, enum verify_fault fault, int64_t seq,
                const char *format, ...)
{
    struct verify_report *report = verify->report;
    if (report->finding_count == FINDINGS_MOST) {
        report->findings_left_off++;
        return;
    }
    char sentence[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    verify->findings[report->finding_count++] = (struct verify_finding){
        .fault = fault,
        .seq = seq,
        .sentence = text_copy(verify->arena, text_of(sentence))};
}

void verify_found(struct verify *verify, enum verify_fault fault, int64_t seq,
                  struct text sentence)
{
    verify_add(verify, fault, seq, "%.*s", TEXT_ARG(sentence));
}

/* A private database for the rebuild; log rows and keys come from the folder itself. */
static bool open_scratch(struct verify *verify, struct arena *arena, struct error *err)
{
    struct db_options options = {.path = "", .mode = DB_SCRATCH};
    if (!db_open(&options, arena, &verify->scratch, err))
        return false;
    verify->scratch->log = verify->live;
    verify->scratch->keys = verify->live->keys;
    names_open(verify->scratch, arena);
    return db_make_tables(verify->scratch, err) && db_begin(verify->scratch, err);
}

static bool check_structure(struct verify *verify, struct error *err)
{
    struct text sentence;
    if (!db_check(verify->live, verify->arena, &sentence, err)) {
        if (err->code != ERROR_DAMAGED)
            return false;
        sentence = text_of(err->text);
    }
    if (!text_is_absent(sentence))
        verify_add(verify, VERIFY_STRUCTURE, 0, "the database file is damaged: %.*s",
                   TEXT_ARG(sentence));
    return true;
}

static void check_checkpoint(struct verify *verify)
{
    const struct checkpoint *checkpoint = verify->checkpoint;
    const struct store *store = verify->store;
    long long seq = checkpoint->seq;
    if (memcmp(checkpoint->folder_id, store->folder.id, FOLDER_ID_SIZE) != 0 ||
        !text_equal(checkpoint->study, store->study_oid)) {
        verify_add(verify, VERIFY_CHECKPOINT, 0,
                   "the checkpoint belongs to another folder");
        return;
    }
    if (store->has_secret) {
        uint8_t own[SIGNING_PUBLIC_SIZE];
        signing_public(store->secret.signing_seed, own);
        verify->report->is_signer_known =
            memcmp(own, checkpoint->public_key, sizeof own) == 0;
        if (!verify->report->is_signer_known)
            verify_add(
                verify, VERIFY_CHECKPOINT, 0,
                "the checkpoint was signed with a key that is not this folder's");
    }
    if (!verify->has_checkpoint_hash)
        verify_add(
            verify, VERIFY_CHECKPOINT, checkpoint->seq,
            "the log ends at event %lld, but the checkpoint of %.*s signed event "
            "%lld: this is an older copy, or its end was cut off",
            (long long)verify->report->seq, TEXT_ARG(checkpoint->time), seq);
    else if (!hash_equal(&verify->checkpoint_hash, &checkpoint->head))
        verify_add(verify, VERIFY_CHECKPOINT, checkpoint->seq,
                   "event %lld is not the one that the checkpoint of %.*s signed: "
                   "the history before it was written anew",
                   seq, TEXT_ARG(checkpoint->time));
}

bool verify_rebuild(struct store *store, struct db *live, struct db *scratch,
                    struct arena *arena, struct verify_report *out, struct error *err)
{
    struct verify verify = {.store = store,
                            .live = live,
                            .scratch = scratch,
                            .arena = arena,
                            .report = out};
    verify.findings = ARENA_ARRAY(arena, struct verify_finding, FINDINGS_MOST);
    out->findings = verify.findings;
    return verify_log(&verify, err);
}

static bool read_format(struct verify *verify, struct error *err)
{
    int64_t format = 0;
    if (!upgrade_format_read(verify->live, &format, err))
        return false;
    verify->is_earlier_format = format < SCHEMA_FORMAT;
    return true;
}

static bool verify_all(struct verify *verify, struct arena *arena, struct error *err)
{
    verify->report->has_key = verify->live->keys != NULL;
    if (!check_structure(verify, err))
        return false;
    /* Of a damaged file more cannot be said. */
    if (verify->report->finding_count > 0)
        return true;
    if ((verify->report->has_key && !open_scratch(verify, arena, err)) ||
        !read_format(verify, err) || !verify_log(verify, err))
        return false;
    if (verify->checkpoint != NULL)
        check_checkpoint(verify);
    return !verify->report->has_key ||
           (verify_tables(verify, err) &&
            (!verify->report->is_compared || verify_feeds(verify, err)) &&
            (verify->examine == NULL || verify->examine(verify, verify->scratch, err)));
}

bool verify_store(struct store *store, const struct checkpoint *checkpoint,
                  struct arena *arena, struct verify_report *out, struct error *err)
{
    return verify_store_with(store, checkpoint, NULL, arena, out, err);
}

bool verify_store_with(struct store *store, const struct checkpoint *checkpoint,
                       verify_examine_function *examine, struct arena *arena,
                       struct verify_report *out, struct error *err)
{
    *out = (struct verify_report){0};
    struct verify verify = {.store = store,
                            .checkpoint = checkpoint,
                            .examine = examine,
                            .arena = arena,
                            .report = out};
    verify.findings = ARENA_ARRAY(arena, struct verify_finding, FINDINGS_MOST);
    out->findings = verify.findings;
    struct arena *scratch = arena_new(SIZE_MAX / 2);
    verify.live = store_reader(store);
    bool is_done = verify_all(&verify, scratch, err);
    store_reader_return(store, verify.live);
    if (verify.scratch != NULL)
        verify.scratch->keys = NULL;
    db_close(verify.scratch);
    arena_free(scratch);
    return is_done;
}

bool verify_folder(const struct store_options *options, const char *checkpoint_file,
                   struct arena *arena, struct verify_report *out, struct error *err)
{
    return verify_folder_with(options, checkpoint_file, NULL, arena, out, err);
}

bool verify_folder_with(const struct store_options *options,
                        const char *checkpoint_file, verify_examine_function *examine,
                        struct arena *arena, struct verify_report *out,
                        struct error *err)
{
    struct checkpoint checkpoint;
    struct text document;
    if (checkpoint_file != NULL &&
        (!file_read(checkpoint_file, 64 * 1024, arena, &document, err) ||
         !checkpoint_read(document, &checkpoint, err)))
        return error_in(err, "reading the checkpoint %s", checkpoint_file);
    struct store_options reading = *options;
    reading.is_read_only = true;
    struct store *store = NULL;
    if (!store_open(&reading, &store, err))
        return false;
    bool is_done = verify_store_with(
        store, checkpoint_file == NULL ? NULL : &checkpoint, examine, arena, out, err);
    store_close(store);
    return is_done;
}

bool verify_holds(const struct store_options *options, struct error *err)
{
    struct arena *arena = arena_new(64 * 1024 * 1024);
    struct verify_report report;
    bool holds = verify_folder(options, NULL, arena, &report, err);
    if (holds && report.finding_count > 0)
        holds = error_set(err, ERROR_DAMAGED, "%.*s",
                          TEXT_ARG(report.findings[0].sentence));
    arena_free(arena);
    return holds;
}
