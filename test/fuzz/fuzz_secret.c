/* The small secret files: a password's (--password-file) and a folder's key. Any bytes as
 * their content; the first byte chooses. */
#include "fuzz/fuzz.h"

#include "actions/account.h"
#include "base/limits.h"
#include "cli/secret.h"
#include "store/keyring.h"
#include "support/scratch.h"

#include <stdio.h>
#include <stdlib.h>

static const uint8_t folder_id[FOLDER_ID_SIZE];
static struct scratch scratch;
static char path[SCRATCH_PATH];

static void remove_scratch(void)
{
    scratch_end(&scratch);
}

/* Its name is that of the key of the folder whose id is zero. */
static void write_file(struct text content)
{
    if (path[0] == '\0') {
        scratch_begin(&scratch);
        atexit(remove_scratch);
        scratch_path(&scratch, "00000000000000000000000000000000.key", path);
    }
    FILE *file = fopen(path, "wb");
    ASSERT(file != NULL && fwrite(content.at, 1, content.len, file) == content.len);
    ASSERT(fclose(file) == 0);
}

static void read_password(struct arena *arena)
{
    const char *const paths[] = {path};
    struct secret_files files = {.paths = paths, .count = 1};
    struct secret_source source = secret_from_files(&files);
    struct text secret = {0};
    struct error err = {0};
    if (!secret_ask(&source, "password of anna", arena, &secret, &err)) {
        fuzz_check_refusal(&err, LIMIT_PASSWORD);
        return;
    }
    ASSERT(secret.len > 0 && secret.len <= LIMIT_PASSWORD + 2);
    if (password_check(secret, TEXT("anna"), TEXT("Anna Test"), &err))
        ASSERT(secret.len >= LIMIT_PASSWORD_SHORTEST && secret.len <= LIMIT_PASSWORD);
    else
        fuzz_check_refusal(&err, secret.len);
}

static void read_key(void)
{
    struct folder_secret secret;
    struct error err = {0};
    if (!keyring_read(scratch.path, folder_id, &secret, &err))
        ASSERT(err.code == ERROR_DAMAGED || err.code == ERROR_TOO_LARGE);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct text content = fuzz_text(bytes, len);
    bool is_key = fuzz_byte(&content) % 2 == 1;
    if (content.len == 0)
        content = TEXT("");
    struct arena *arena = arena_new(1 << 20);
    write_file(content);
    if (is_key)
        read_key();
    else
        read_password(arena);
    arena_free(arena);
    return 0;
}
