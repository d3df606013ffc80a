#include "store/kept_secret.h"

#include "store/store_inside.h"

enum { SECRET_LARGEST = 64 * 1024 };

bool kept_secret_read(const struct store *store, const char *kind, struct arena *arena,
                      struct text *out, struct error *err)
{
    return keyring_file_read(store->options.keyring, store->folder.id, kind,
                             SECRET_LARGEST, arena, out, err);
}

bool kept_secret_write(const struct store *store, const char *kind, struct text content,
                       struct error *err)
{
    return keyring_file_write(store->options.keyring, store->folder.id, kind, content,
                              err);
}

bool kept_secret_path(const struct store *store, const char *kind, struct arena *arena,
                      const char **out, struct error *err)
{
    return keyring_file_path(store->options.keyring, store->folder.id, kind, arena, out,
                             err);
}
