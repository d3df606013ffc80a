#ifndef OSTEON_WEB_ASSETS_H
#define OSTEON_WEB_ASSETS_H
/* The page's files, embedded in the program at build time.
 *
 * The table is generated from build/web/manifest.txt and sorted by path in byte
 * order, so that it can be searched by halving.
 */
#include <stdbool.h>
#include <stddef.h>

struct asset {
    const char *path;         /* as requested: "/app.js" */
    const char *etag;         /* first 16 hexadecimal digits of the SHA-256 of `raw` */
    const char *content_type; /* "text/javascript; charset=utf-8" */
    bool is_immutable;        /* the path carries a hash: may be kept for a year */
    const unsigned char *raw;
    const unsigned char *raw_end;
    /* The same in brotli; NULL when that is not smaller. */
    const unsigned char *brotli;
    const unsigned char *brotli_end;
};

extern const struct asset assets[];
extern const size_t asset_count;

#endif
