#ifndef OSTEON_STORE_KEPT_SECRET_H
#define OSTEON_STORE_KEPT_SECRET_H
/* Secrets of the machine that serves a folder, beside the folder's key in the key ring and
 * therefore in no back-up: the authority and the certificate of `serve --tls auto`. */
#include "store/store.h"

/* Absent where there is none. `kind` ends the file's name. */
MUST_USE bool kept_secret_read(const struct store *store, const char *kind,
                               struct arena *arena, struct text *out,
                               struct error *err);
MUST_USE bool kept_secret_write(const struct store *store, const char *kind,
                                struct text content, struct error *err);
/* For a person who must move it out of the way. */
MUST_USE bool kept_secret_path(const struct store *store, const char *kind,
                               struct arena *arena, const char **out,
                               struct error *err);

#endif
