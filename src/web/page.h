#ifndef OSTEON_WEB_PAGE_H
#define OSTEON_WEB_PAGE_H
/* The page's files (web/assets.h) as answers: made once, sent many times.
 *
 * Files whose path carries a hash may be kept for a year; the others are asked for again
 * each time and mostly answered 304 by their ETag. "/" is /index.html. Brotli where the
 * browser takes it and it is smaller. */
#include "base/arena.h"
#include "web/assets.h"

struct page;
struct request;
struct MHD_Response;

struct page *page_new(const struct asset *assets, size_t count, bool is_tls,
                      struct arena *process);

/* NULL: no file of this path. */
const struct asset *page_find(const struct page *page, struct text path);

/* The answer to this request: 200 or 304. It belongs to the page. */
struct MHD_Response *page_answer(const struct page *page, const struct asset *asset,
                                 const struct request *request, int *status);

#endif
