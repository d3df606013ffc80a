#include "web/trust_page.h"

#include "base/hex.h"
#include "base/uuid.h"
#include "system/certificate.h"
#include "web/qr_code.h"
#include "web/trust_text.h"

#include <string.h>

enum {
    PAGE_LARGEST = 256 * 1024,
    TEXT_STEPS = ARRAY_COUNT(trust_steps),
    ETAG_BYTES = 8
};

/* -- a server without a study ------------------------------------------------------------ */

static void listen_to_nothing(struct study *study,
                              void (*heard)(void *data,
                                            const struct store_notice *notice),
                              void *data)
{
    (void)study;
    (void)heard;
    (void)data;
}

/* Without routes nobody asks for the rest. */
const struct server_door trust_door = {.listen = listen_to_nothing};
const struct route_table trust_routes = {0};

/* -- its files --------------------------------------------------------------------------- */

static const char style[] =
    "body{font:18px/1.5 system-ui,sans-serif;max-width:44rem;margin:0 "
    "auto;padding:1rem;"
    "color:#12212e;background:#fff}\n"
    "h1{font-size:1.5rem;margin:1rem 0 .25rem}h2{font-size:1.15rem;margin:1.5rem 0 "
    ".25rem}\n"
    "code{font:600 1.05rem/1.6 ui-monospace,monospace;overflow-wrap:anywhere}\n"
    ".print{border:2px solid #12212e;border-radius:.5rem;padding:.75rem 1rem}\n"
    "a.get{display:inline-block;min-height:44px;line-height:44px;padding:0 1rem;"
    "margin:.25rem .5rem .25rem 0;border-radius:.5rem;background:#0b5c8f;color:#fff;"
    "text-decoration:none}\n"
    "nav a{display:inline-block;min-height:44px;line-height:44px;margin-right:1rem}\n"
    "a{color:#0b5c8f}img{width:12rem;height:12rem}ol{padding-left:1.5rem}"
    "section{border-top:1px solid #9fb0bd;margin-top:1.5rem}\n"
    "@media(prefers-color-scheme:dark){body{color:#e6eef4;background:#0d151b}"
    "a{color:#7cc4f0}.print{border-color:#e6eef4}}\n";

static void add_step_list(struct buffer *out, const struct trust_step *row,
                          bool is_chinese)
{
    const char *steps = is_chinese ? row->chinese : row->english;
    buffer_format(out, "<h2>%s</h2><ol>", row->device);
    struct text rest = text_of(steps);
    while (rest.len > 0) {
        struct text step = text_cut(&rest, '\n');
        buffer_format(out, "<li>%.*s</li>", TEXT_ARG(step));
    }
    BUFFER_LITERAL(out, "</ol>\n");
}

static void add_language(struct buffer *out, const struct trust_page *page,
                         const char *fingerprint, bool is_chinese)
{
    const struct trust_words *words = is_chinese ? &trust_chinese : &trust_english;
    buffer_format(out, "<section lang=\"%s\" id=\"%s\"><h1>%s</h1><p>%s</p>",
                  words->language, words->language, words->title, words->why);
    buffer_format(out, "<p class=\"print\">%s<br><code>%s</code></p><p>%s</p>",
                  words->fingerprint, fingerprint, words->compare);
    buffer_format(
        out,
        "<p><a class=\"get\" href=\"/trust/osteon-ca.crt\">%s</a>"
        "<a class=\"get\" href=\"/trust/osteon-ca.mobileconfig\">%s</a></p>\n",
        words->certificate, words->profile);
    for (size_t i = 0; i < TEXT_STEPS; i++)
        add_step_list(out, &trust_steps[i], is_chinese);
    buffer_format(out, "<h2>%s</h2><p>%s <a href=\"%s\">%s</a></p>", words->then,
                  words->open, page->address, page->address);
    buffer_format(out,
                  "<h2>%s</h2><p><img src=\"/trust/qr.svg\" alt=\"%s\"><br>%s</p>"
                  "</section>\n",
                  words->next, page->here, page->here);
}

static bool add_page(struct buffer *out, const struct trust_page *page,
                     struct error *err)
{
    struct certificate_facts facts;
    char fingerprint[FINGERPRINT_TEXT];
    if (!certificate_read(page->authority, &facts, err))
        return false;
    fingerprint_print(&facts.fingerprint, fingerprint);
    BUFFER_LITERAL(out, "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                        "<meta name=\"viewport\" content=\"width=device-width\">"
                        "<title>Osteon: trust this server 信任本服务器</title>"
                        "<link rel=\"stylesheet\" href=\"/trust/style.css\">"
                        "<nav><a href=\"#en\">English</a><a href=\"#zh\" lang=\"zh\">"
                        "中文</a></nav>\n");
    add_language(out, page, fingerprint, false);
    add_language(out, page, fingerprint, true);
    BUFFER_LITERAL(out, "</html>\n");
    return true;
}

/* Between the two lines of a PEM block, base64 as a profile wants it. */
static struct text base64_of(struct text pem)
{
    text_cut(&pem, '\n');
    size_t len = text_find(pem, '-');
    return text_part(pem, 0, len);
}

/* A configuration profile of iPadOS with one payload, the authority (Apple, Device
 * Management, "CertificateRoot"). Its ids follow from the authority: the same again
 * replaces itself. */
static bool add_profile(struct buffer *out, const struct trust_page *page,
                        struct error *err)
{
    struct certificate_facts facts;
    if (!certificate_read(page->authority, &facts, err))
        return false;
    struct uuid ids[2];
    char printed[2][UUID_TEXT_SIZE];
    for (size_t i = 0; i < 2; i++) {
        memcpy(ids[i].bytes, facts.fingerprint.bytes + i * UUID_BYTES, UUID_BYTES);
        uuid_print(&ids[i], printed[i]);
    }
    struct text base64 = base64_of(page->authority);
    buffer_format(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<plist version=\"1.0\"><dict><key>PayloadContent</key><array><dict>\n"
        "<key>PayloadType</key><string>com.apple.security.root</string>\n"
        "<key>PayloadVersion</key><integer>1</integer>\n"
        "<key>PayloadIdentifier</key><string>osteon.authority.certificate</string>\n"
        "<key>PayloadUUID</key><string>%.*s</string>\n"
        "<key>PayloadDisplayName</key><string>Osteon authority</string>\n"
        "<key>PayloadCertificateFileName</key><string>osteon-ca.crt</string>\n"
        "<key>PayloadContent</key><data>\n%.*s</data>\n"
        "</dict></array>\n",
        (int)UUID_TEXT_SIZE, printed[0], TEXT_ARG(base64));
    buffer_format(out,
                  "<key>PayloadType</key><string>Configuration</string>\n"
                  "<key>PayloadVersion</key><integer>1</integer>\n"
                  "<key>PayloadIdentifier</key><string>osteon.authority</string>\n"
                  "<key>PayloadUUID</key><string>%.*s</string>\n"
                  "<key>PayloadDisplayName</key><string>Osteon: trust this server"
                  "</string>\n</dict></plist>\n",
                  (int)UUID_TEXT_SIZE, printed[1]);
    return true;
}

static struct asset asset_of(const char *path, const char *type, struct text content,
                             struct arena *arena)
{
    struct hash hash = hash_of(content);
    char *etag = arena_alloc(arena, HEX_SIZE(ETAG_BYTES) + 1);
    etag[hex_print(hash.bytes, ETAG_BYTES, etag)] = '\0';
    const unsigned char *raw = (const unsigned char *)content.at;
    return (struct asset){.path = path,
                          .etag = etag,
                          .content_type = type,
                          .raw = raw,
                          .raw_end = raw + content.len};
}

bool trust_page_make(const struct trust_page *page, struct arena *arena,
                     const struct asset **out, size_t *count, struct error *err)
{
    struct buffer html = buffer_in(arena, PAGE_LARGEST);
    struct buffer profile = buffer_in(arena, PAGE_LARGEST);
    struct buffer picture = buffer_in(arena, PAGE_LARGEST);
    struct text html_text, profile_text, picture_text;
    if (!add_page(&html, page, err) || !add_profile(&profile, page, err) ||
        !qr_code_svg(page->here, &picture, err) ||
        !buffer_text(&html, &html_text, err) ||
        !buffer_text(&profile, &profile_text, err) ||
        !buffer_text(&picture, &picture_text, err))
        return false;
    const struct asset files[] = {
        asset_of("/trust", "text/html; charset=utf-8", html_text, arena),
        asset_of("/trust/osteon-ca.crt", "application/x-x509-ca-cert", page->authority,
                 arena),
        asset_of("/trust/osteon-ca.mobileconfig", "application/x-apple-aspen-config",
                 profile_text, arena),
        asset_of("/trust/qr.svg", "image/svg+xml", picture_text, arena),
        asset_of("/trust/style.css", "text/css; charset=utf-8", text_of(style), arena),
    };
    struct asset *copy = ARENA_ARRAY(arena, struct asset, ARRAY_COUNT(files));
    memcpy(copy, files, sizeof files);
    *out = copy;
    *count = ARRAY_COUNT(files);
    return true;
}
