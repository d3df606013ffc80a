/* A damaged data folder or back-up: `verify` and `restore` of a small real one with bytes
 * changed in any place, cut at any place. An input is a first byte that chooses, then
 * patches of five bytes: place (three), how much to add to the byte there, how many bytes.
 *
 * Nothing crashes; what is refused says why; what is restored holds.
 */
#include "fuzz/fuzz.h"

#include "base/limits.h"
#include "store/backup.h"
#include "store/verify.h"
#include "support/study_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DATABASE_LARGEST = 8 << 20, VERIFY_ARENA = 256 << 20 };

enum { IS_RESTORE = 1, IS_CUT = 2, IS_CARD = 4 };

static struct fixture fixture;
static struct text original; /* the back-up, whole */
static struct text original_card;
static char damaged[SCRATCH_PATH]; /* a folder that is verified: its database */
static char card[SCRATCH_PATH];    /* the same folder's card */
static char backup[SCRATCH_PATH];
static char restored[SCRATCH_PATH];
static char folder[SCRATCH_PATH];

static struct text read_whole(const char *path, struct arena *arena)
{
    FILE *file = fopen(path, "rb");
    char *bytes = arena_alloc(arena, DATABASE_LARGEST);
    ASSERT(file != NULL);
    size_t len = fread(bytes, 1, DATABASE_LARGEST, file);
    fclose(file);
    return (struct text){.at = bytes, .len = len};
}

static void write_whole(const char *path, struct text content)
{
    FILE *file = fopen(path, "wb");
    ASSERT(file != NULL && fwrite(content.at, 1, content.len, file) == content.len);
    ASSERT(fclose(file) == 0);
}

static void close_study(void)
{
    arena_free(fixture.arena);
    folder_gone(&fixture.place);
}

/* A folder with people, a participant and values, and a copy of it to damage. */
static void make_original(void)
{
    struct origin origin = {.device = TEXT("test")};
    fixture_open(&fixture);
    struct caller crc = fixture_person(&fixture, "crc", ROLE_CRC);
    int64_t participant = fixture_screen(&fixture, &crc);
    fixture_enter(&fixture, &crc, participant, "SE.SCR", "F.SCR", "I.SCR.HVOL", "N",
                  NULL);
    scratch_path(&fixture.place.scratch, "backup", backup);
    scratch_path(&fixture.place.scratch, "restored", restored);
    scratch_path(&fixture.place.scratch, "damaged", folder);
    scratch_path(&fixture.place.scratch, "damaged/osteon.db", damaged);
    scratch_path(&fixture.place.scratch, "damaged/folder", card);
    ASSERT(store_backup(study_store(fixture.study), &origin, backup, &fixture.err));
    study_close(fixture.study);
    atexit(close_study);
    scratch_copy(fixture.place.path, folder);
    original_card = read_whole(card, fixture.arena);
    original = read_whole(backup, fixture.arena);
}

/* The original with the input's patches. */
static struct text patched(struct text patches, bool is_cut, struct arena *arena)
{
    char *bytes = arena_alloc(arena, original.len);
    size_t len = original.len;
    memcpy(bytes, original.at, len);
    while (patches.len >= 5) {
        size_t at = fuzz_byte(&patches);
        at = at << 8 | fuzz_byte(&patches);
        at = (at << 8 | fuzz_byte(&patches)) % len;
        uint8_t added = fuzz_byte(&patches);
        for (size_t count = fuzz_byte(&patches) + 1U; count > 0 && at < len; count--)
            bytes[at++] += (char)added;
        if (is_cut && patches.len < 5)
            len = at;
    }
    return (struct text){.at = bytes, .len = len};
}

static void check_said(const struct error *err)
{
    ASSERT(err->code != ERROR_NONE && err->text[0] != '\0');
}

static void verify(struct text database, struct arena *arena)
{
    struct store_options options = fixture.place.options;
    struct verify_report report = {0};
    struct error err = {0};
    options.folder = folder;
    write_whole(damaged, database);
    if (!verify_folder(&options, NULL, arena, &report, &err))
        check_said(&err);
    for (size_t i = 0; i < report.finding_count; i++)
        ASSERT(report.findings[i].sentence.len > 0);
}

static void restore(struct text database, struct arena *arena)
{
    struct store_options options = fixture.place.options;
    struct origin origin = {.device = TEXT("test")};
    struct error err = {0};
    struct verify_report report = {0};
    options.folder = restored;
    write_whole(backup, database);
    if (!store_restore(backup, &options, &origin, &err))
        check_said(&err);
    else if (!verify_folder(&options, NULL, arena, &report, &err))
        check_said(&err);
    struct scratch made;
    snprintf(made.path, sizeof made.path, "%s", restored);
    if (access(restored, F_OK) == 0)
        scratch_end(&made);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    if (original.len == 0)
        make_original();
    struct text input = fuzz_text(bytes, len);
    uint8_t choice = fuzz_byte(&input);
    struct arena *arena = arena_new(VERIFY_ARENA);
    if ((choice & IS_CARD) != 0) {
        write_whole(card, input.len == 0 ? TEXT("") : input);
        verify(original, arena);
        write_whole(card, original_card);
    } else if ((choice & IS_RESTORE) != 0) {
        restore(patched(input, (choice & IS_CUT) != 0, arena), arena);
    } else {
        verify(patched(input, (choice & IS_CUT) != 0, arena), arena);
    }
    arena_free(arena);
    return 0;
}
