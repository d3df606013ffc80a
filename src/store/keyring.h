#ifndef OSTEON_STORE_KEYRING_H
#define OSTEON_STORE_KEYRING_H
/* The two secrets of a folder, kept outside of it: the key that wraps all data keys, and
 * the seed that signs checkpoints. One file `<folder id in hex>.key`, mode 0600, in the
 * key ring: the folder $OSTEON_KEYS, else $XDG_CONFIG_HOME/osteon/keys, else
 * ~/.config/osteon/keys. Whoever loses it has lost the data; whoever copies the data
 * folder without it has nothing.
 */
#include "base/arena.h"
#include "system/crypto.h"

enum { FOLDER_ID_SIZE = 16 };

struct folder_secret {
    struct key wrapping;
    uint8_t signing_seed[SIGNING_SEED_SIZE];
};

/* `keyring` NULL: the default place. ERROR_NOT_FOUND with a hint when the ring does not
 * hold this folder's key. */
MUST_USE bool keyring_read(const char *keyring, const uint8_t folder_id[FOLDER_ID_SIZE],
                           struct folder_secret *out, struct error *err);
/* Makes fresh secrets and writes them durably. */
MUST_USE bool keyring_make(const char *keyring, const uint8_t folder_id[FOLDER_ID_SIZE],
                           struct folder_secret *out, struct error *err);

/* Other files of this folder in the ring, mode 0600: `kind` ends their names. "erased": the
 * list of erasures (store/erasures.h); others: store/kept_secret.h. Empty where there is
 * none. */
MUST_USE bool keyring_file_read(const char *keyring,
                                const uint8_t folder_id[FOLDER_ID_SIZE],
                                const char *kind, size_t largest, struct arena *arena,
                                struct text *out, struct error *err);
MUST_USE bool keyring_file_write(const char *keyring,
                                 const uint8_t folder_id[FOLDER_ID_SIZE],
                                 const char *kind, struct text content,
                                 struct error *err);
MUST_USE bool keyring_file_path(const char *keyring,
                                const uint8_t folder_id[FOLDER_ID_SIZE],
                                const char *kind, struct arena *arena, const char **out,
                                struct error *err);

#endif
