#ifndef OSTEON_FORMATS_ZIP_WRITE_H
#define OSTEON_FORMATS_ZIP_WRITE_H
/* A ZIP archive (APPNOTE 6.3: deflate, sizes behind the data, names in UTF-8), written
 * front to back in constant memory. Every file has the same time, the first that the
 * format knows, so that the same files give the same bytes. Up to 4 GB less one byte and
 * 65,535 files: without ZIP64, which not every program opens.
 *
 *     zip_begin(&zip, put, data, arena);
 *     zip_file(&zip, TEXT("a.csv"));  zip_bytes(&zip, bytes) …
 *     zip_end(&zip, err)              ends the last file; tells what went wrong
 */
#include "base/buffer.h"

struct zip_state;

struct zip {
    bool (*put)(void *data, struct text bytes);
    void *data;
    struct arena *arena;
    struct zip_state *state;
};

void zip_begin(struct zip *zip, bool (*put)(void *data, struct text bytes), void *data,
               struct arena *arena);
void zip_file(struct zip *zip, struct text name);
void zip_bytes(struct zip *zip, struct text bytes);
MUST_USE bool zip_end(struct zip *zip, struct error *err);

#endif
