#include "store/keyring.h"

#include "base/hex.h"
#include "system/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATHS = 64 * 1024, KEY_FILE_LARGEST = 4096 };

static const char first_line[] = "osteon key 1";

/* BANNED-OK of the three lines: the place of the key ring is the environment's to say. */
static struct text default_ring(struct arena *arena)
{
    const char *ring = getenv("OSTEON_KEYS"); /* BANNED-OK: where the key ring is */
    if (ring != NULL && ring[0] != '\0')
        return text_of(ring);
    const char *config = getenv("XDG_CONFIG_HOME"); /* BANNED-OK: the key ring again */
    if (config != NULL && config[0] == '/')
        return text_format(arena, "%s/osteon/keys", config);
    const char *home = getenv("HOME"); /* BANNED-OK: and its last resort */
    return home == NULL || home[0] == '\0'
               ? (struct text){0}
               : text_format(arena, "%s/.config/osteon/keys", home);
}

static bool ring_path(const char *keyring, struct arena *arena, struct text *out,
                      struct error *err)
{
    *out = keyring != NULL ? text_of(keyring) : default_ring(arena);
    if (out->len > 0)
        return true;
    error_set(err, ERROR_FAILED, "there is no place for the key ring");
    return error_hint(err, "set OSTEON_KEYS to a folder outside the data folder");
}

static const char *path_of(struct arena *arena, struct text ring,
                           const uint8_t folder_id[FOLDER_ID_SIZE], const char *kind)
{
    char hex[HEX_SIZE(FOLDER_ID_SIZE)];
    size_t len = hex_print(folder_id, FOLDER_ID_SIZE, hex);
    return text_format(arena, "%.*s/%.*s.%s", TEXT_ARG(ring), (int)len, hex, kind).at;
}

static const char *key_path(struct arena *arena, struct text ring,
                            const uint8_t folder_id[FOLDER_ID_SIZE])
{
    return path_of(arena, ring, folder_id, "key");
}

/* "name HEX" on the next line. */
static bool secret_line(struct text *rest, struct text name, void *out, size_t len)
{
    struct text line = text_cut(rest, '\n');
    struct text found = text_cut(&line, ' ');
    return text_equal(found, name) && hex_parse(line, out, len);
}

bool keyring_read(const char *keyring, const uint8_t folder_id[FOLDER_ID_SIZE],
                  struct folder_secret *out, struct error *err)
{
    struct arena *scratch = arena_new(PATHS);
    struct text ring = {0};
    struct text content = {0};
    bool is_read = false;
    if (!ring_path(keyring, scratch, &ring, err))
        goto done;
    const char *path = key_path(scratch, ring, folder_id);
    if (!file_exists(path)) {
        error_set(err, ERROR_NOT_FOUND,
                  "the key ring %.*s does not hold the key of this folder",
                  TEXT_ARG(ring));
        error_hint(err,
                   "put %s there, or set OSTEON_KEYS; without it nothing in the "
                   "folder can be read",
                   strrchr(path, '/') + 1);
        goto done;
    }
    if (!file_read(path, KEY_FILE_LARGEST, scratch, &content, err))
        goto done;
    struct text rest = content;
    is_read = text_equal(text_cut(&rest, '\n'), text_of(first_line)) &&
              secret_line(&rest, TEXT("wrapping"), out->wrapping.bytes, KEY_SIZE) &&
              secret_line(&rest, TEXT("signing"), out->signing_seed, SIGNING_SEED_SIZE);
    if (!is_read)
        error_set(err, ERROR_DAMAGED, "%s is not a key file", path);
done:
    if (content.len > 0) {
        union {
            const char *read;
            char *write;
        } secret = {.read = content.at};
        wipe(secret.write, content.len);
    }
    arena_free(scratch);
    return is_read;
}

/* The ring and the folders above it. */
static bool make_ring(struct arena *arena, struct text ring, struct error *err)
{
    for (size_t at = 1; at <= ring.len; at++) {
        if (at < ring.len && ring.at[at] != '/')
            continue;
        const char *path = text_c(arena, text_part(ring, 0, at));
        if (!file_exists(path) && !folder_make(path, 0700, err))
            return error_in(err, "making the key ring");
    }
    return true;
}

bool keyring_make(const char *keyring, const uint8_t folder_id[FOLDER_ID_SIZE],
                  struct folder_secret *out, struct error *err)
{
    struct arena *scratch = arena_new(PATHS);
    struct text ring = {0};
    bool is_made =
        ring_path(keyring, scratch, &ring, err) && make_ring(scratch, ring, err);
    if (is_made) {
        random_bytes(out->wrapping.bytes, KEY_SIZE);
        random_bytes(out->signing_seed, SIGNING_SEED_SIZE);
        char wrapping[HEX_SIZE(KEY_SIZE) + 1] = {0};
        char signing[HEX_SIZE(SIGNING_SEED_SIZE) + 1] = {0};
        hex_print(out->wrapping.bytes, KEY_SIZE, wrapping);
        hex_print(out->signing_seed, SIGNING_SEED_SIZE, signing);
        char content[256];
        int len = snprintf(content, sizeof content, "%s\nwrapping %s\nsigning %s\n",
                           first_line, wrapping, signing);
        is_made = file_write_durably(key_path(scratch, ring, folder_id),
                                     (struct text){content, (size_t)len}, 0600, err);
        wipe(wrapping, sizeof wrapping);
        wipe(signing, sizeof signing);
        wipe(content, sizeof content);
    }
    arena_free(scratch);
    return is_made;
}

bool keyring_file_path(const char *keyring, const uint8_t folder_id[FOLDER_ID_SIZE],
                       const char *kind, struct arena *arena, const char **out,
                       struct error *err)
{
    struct text ring = {0};
    if (!ring_path(keyring, arena, &ring, err))
        return false;
    *out = path_of(arena, ring, folder_id, kind);
    return true;
}

bool keyring_file_read(const char *keyring, const uint8_t folder_id[FOLDER_ID_SIZE],
                       const char *kind, size_t largest, struct arena *arena,
                       struct text *out, struct error *err)
{
    const char *path;
    *out = (struct text){0};
    return keyring_file_path(keyring, folder_id, kind, arena, &path, err) &&
           (!file_exists(path) || file_read(path, largest, arena, out, err));
}

bool keyring_file_write(const char *keyring, const uint8_t folder_id[FOLDER_ID_SIZE],
                        const char *kind, struct text content, struct error *err)
{
    struct arena *scratch = arena_new(PATHS);
    const char *path;
    bool is_written =
        keyring_file_path(keyring, folder_id, kind, scratch, &path, err) &&
        file_write_durably(path, content, 0600, err);
    arena_free(scratch);
    return is_written;
}
