#include "system/courier.h"

#include <curl/curl.h>
#include <string.h>

enum { CONNECT_SECONDS = 10, WHOLE_SECONDS = 30 };

struct courier {
    CURL *handle;
    char said[CURL_ERROR_SIZE];
};

bool courier_open(struct arena *arena, struct courier **out, struct error *err)
{
    struct courier *courier = ARENA_NEW(arena, struct courier);
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return error_set(err, ERROR_FAILED, "libcurl does not start");
    courier->handle = curl_easy_init();
    *out = courier;
    return courier->handle != NULL ||
           error_set(err, ERROR_FAILED, "libcurl gives no handle");
}

void courier_close(struct courier *courier)
{
    curl_easy_cleanup(courier->handle);
    curl_global_cleanup();
}

const char *courier_library(void)
{
    return curl_version_info(CURLVERSION_NOW)->version;
}

struct text courier_host(struct text address)
{
    struct text rest = address;
    for (size_t i = 0; i + 2 < address.len; i++)
        if (text_equal(text_part(address, i, 3), TEXT("://"))) {
            rest = text_part(address, i + 3, address.len - i - 3);
            break;
        }
    size_t end = 0;
    size_t begin = 0;
    while (end < rest.len && rest.at[end] != '/' && rest.at[end] != '?' &&
           rest.at[end] != '#') {
        if (rest.at[end] == '@')
            begin = end + 1;
        end++;
    }
    return text_part(rest, begin, end - begin);
}

static bool is_of_this_machine(struct text host)
{
    static const struct text local[] = {TEXT_INIT("127.0.0.1"), TEXT_INIT("localhost"),
                                        TEXT_INIT("[::1]")};
    for (size_t i = 0; i < ARRAY_COUNT(local); i++)
        if (text_starts_with(host, local[i]) &&
            (host.len == local[i].len || host.at[local[i].len] == ':'))
            return true;
    return false;
}

bool courier_address_is_safe(struct text address, bool is_mail)
{
    if (is_mail)
        return text_starts_with(address, TEXT("smtps://")) ||
               text_starts_with(address, TEXT("smtp://"));
    return text_starts_with(address, TEXT("https://")) ||
           (text_starts_with(address, TEXT("http://")) &&
            is_of_this_machine(courier_host(address)));
}

/* What was sent before may not be told again, nor what this one needs be left out. */
static void prepare(struct courier *courier, const char *address, const char *authority)
{
    CURL *handle = courier->handle;
    curl_easy_reset(handle);
    courier->said[0] = '\0';
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, courier->said);
    curl_easy_setopt(handle, CURLOPT_URL, address);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, (long)WHOLE_SECONDS);
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps,http,https");
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (authority != NULL)
        curl_easy_setopt(handle, CURLOPT_CAINFO, authority);
}

static bool perform(struct courier *courier, struct error *err)
{
    CURLcode code = curl_easy_perform(courier->handle);
    if (code == CURLE_OK)
        return true;
    return error_set(err, ERROR_FAILED, "%s",
                     courier->said[0] != '\0' ? courier->said
                                              : curl_easy_strerror(code));
}

struct upload {
    struct text rest;
};

static size_t give(char *out, size_t size, size_t count, void *data)
{
    struct upload *upload = data;
    size_t len = size * count;
    if (len > upload->rest.len)
        len = upload->rest.len;
    memcpy(out, upload->rest.at, len);
    upload->rest = text_part(upload->rest, len, upload->rest.len - len);
    return len;
}

static size_t drop(char *bytes, size_t size, size_t count, void *data)
{
    (void)bytes, (void)data;
    return size * count;
}

static bool add(struct curl_slist **list, const char *line, struct error *err)
{
    struct curl_slist *longer = curl_slist_append(*list, line);
    if (longer == NULL)
        return error_set(err, ERROR_FAILED, "no memory for a message");
    *list = longer;
    return true;
}

static bool add_all(struct curl_slist **list, const char *const *lines, size_t count,
                    struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!add(list, lines[i], err))
            return false;
    return true;
}

bool courier_send_mail(struct courier *courier, const struct courier_mail *mail,
                       struct error *err)
{
    CURL *handle = courier->handle;
    struct upload upload = {mail->message};
    struct curl_slist *to = NULL;
    bool is_local = is_of_this_machine(courier_host(text_of(mail->server)));
    prepare(courier, mail->server, mail->authority);
    curl_easy_setopt(handle, CURLOPT_USE_SSL,
                     (long)(is_local ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    if (mail->user != NULL) {
        curl_easy_setopt(handle, CURLOPT_USERNAME, mail->user);
        curl_easy_setopt(handle, CURLOPT_PASSWORD, mail->password);
    }
    curl_easy_setopt(handle, CURLOPT_MAIL_FROM, mail->from);
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(handle, CURLOPT_READDATA, &upload);
    bool is_sent = add_all(&to, mail->to, mail->to_count, err);
    curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, to);
    is_sent = is_sent && perform(courier, err);
    curl_slist_free_all(to);
    return is_sent;
}

bool courier_send_post(struct courier *courier, const struct courier_post *post,
                       struct error *err)
{
    CURL *handle = courier->handle;
    struct curl_slist *headers = NULL;
    long status = 0;
    prepare(courier, post->address, post->authority);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, (long)post->body.len);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, post->body.at);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, drop);
    bool is_sent = add_all(&headers, post->headers, post->header_count, err);
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    is_sent = is_sent && perform(courier, err);
    curl_slist_free_all(headers);
    if (!is_sent)
        return false;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return (status >= 200 && status < 300) ||
           error_set(err, ERROR_FAILED, "the other side answers %ld", status);
}
