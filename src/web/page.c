#include "web/page.h"

#include "web/handler.h"
#include "web/header.h"
#include "web/reply_headers.h"

#include <microhttpd.h>
#include <string.h>

/* The three answers to a request for one file. */
struct made {
    struct MHD_Response *plain;
    struct MHD_Response *brotli; /* NULL when there is none */
    struct MHD_Response *unchanged;
};

struct page {
    const struct asset *assets;
    size_t count;
    struct made *made;
};

static struct MHD_Response *response_of(const unsigned char *bytes, size_t len)
{
    /* The library does not write to a persistent body, but asks for a pointer that may. */
    union {
        const unsigned char *read;
        void *pointer;
    } view = {.read = bytes};
    struct MHD_Response *response =
        MHD_create_response_from_buffer(len, view.pointer, MHD_RESPMEM_PERSISTENT);
    ASSERT(response != NULL);
    return response;
}

static void add_headers(struct MHD_Response *response, const struct asset *asset,
                        bool is_tls)
{
    char etag[40];
    size_t len = strlen(asset->etag);
    ASSERT(len + 3 <= sizeof etag);
    etag[0] = '"';
    memcpy(etag + 1, asset->etag, len);
    memcpy(etag + 1 + len, "\"", 2);
    reply_header(response, "ETag", etag);
    reply_header(response, "Cache-Control",
                 asset->is_immutable ? "public, max-age=31536000, immutable"
                                     : "no-cache");
    reply_header(response, "Vary", "Accept-Encoding");
    reply_page_security(response, is_tls);
}

static struct MHD_Response *file_response(const struct asset *asset, bool is_brotli,
                                          bool is_tls)
{
    const unsigned char *from = is_brotli ? asset->brotli : asset->raw;
    const unsigned char *end = is_brotli ? asset->brotli_end : asset->raw_end;
    struct MHD_Response *response = response_of(from, (size_t)(end - from));
    reply_header(response, "Content-Type", asset->content_type);
    if (is_brotli)
        reply_header(response, "Content-Encoding", "br");
    add_headers(response, asset, is_tls);
    return response;
}

static void destroy_answers(void *data)
{
    struct page *page = data;
    for (size_t i = 0; i < page->count; i++) {
        MHD_destroy_response(page->made[i].plain);
        MHD_destroy_response(page->made[i].unchanged);
        if (page->made[i].brotli != NULL)
            MHD_destroy_response(page->made[i].brotli);
    }
}

struct page *page_new(const struct asset *files, size_t count, bool is_tls,
                      struct arena *process)
{
    struct page *page = ARENA_NEW(process, struct page);
    *page = (struct page){.assets = files, .count = count};
    page->made = ARENA_ARRAY(process, struct made, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct made *made = &page->made[i];
        made->plain = file_response(&files[i], false, is_tls);
        made->unchanged = response_of((const unsigned char *)"", 0);
        add_headers(made->unchanged, &files[i], is_tls);
        if (files[i].brotli != NULL)
            made->brotli = file_response(&files[i], true, is_tls);
    }
    arena_on_end(process, destroy_answers, page);
    return page;
}

const struct asset *page_find(const struct page *page, struct text path)
{
    if (text_equal(path, TEXT("/")))
        path = TEXT("/index.html");
    size_t low = 0;
    size_t high = page->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(path, text_of(page->assets[middle].path));
        if (order == 0)
            return &page->assets[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

struct MHD_Response *page_answer(const struct page *page, const struct asset *asset,
                                 const struct request *request, int *status)
{
    const struct made *made = &page->made[asset - page->assets];
    *status = MHD_HTTP_NOT_MODIFIED;
    if (header_names_etag(request_header(request, "if-none-match"),
                          text_of(asset->etag)))
        return made->unchanged;
    *status = MHD_HTTP_OK;
    bool is_brotli =
        made->brotli != NULL &&
        header_takes_coding(request_header(request, "accept-encoding"), TEXT("br"));
    return is_brotli ? made->brotli : made->plain;
}
