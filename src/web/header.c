#include "web/header.h"

static unsigned char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte - 'A' + 'a')
                                      : (unsigned char)byte;
}

bool header_name_equal(struct text a, struct text b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.at[i]) != lower(b.at[i]))
            return false;
    return true;
}

struct text header_cookie(struct text cookies, struct text name)
{
    struct text found = {0};
    size_t count = 0;
    while (!text_is_absent(cookies)) {
        struct text value = text_trim(text_cut(&cookies, ';'));
        if (!text_equal(text_cut(&value, '='), name))
            continue;
        found = value;
        count++;
    }
    return count == 1 ? found : (struct text){0};
}

struct text header_bearer(struct text authorization)
{
    static const struct text scheme = TEXT_INIT("Bearer ");
    if (authorization.len <= scheme.len ||
        !header_name_equal(text_part(authorization, 0, scheme.len), scheme))
        return (struct text){0};
    return text_trim(text_part(authorization, scheme.len, authorization.len));
}

/* The type, and perhaps parameters behind a semicolon. */
bool header_is_json(struct text content_type)
{
    struct text type = text_cut(&content_type, ';');
    return header_name_equal(text_trim(type), TEXT("application/json"));
}

bool header_is_xml(struct text content_type)
{
    struct text type = text_cut(&content_type, ';');
    return header_name_equal(text_trim(type), TEXT("application/xml"));
}

static bool is_listed(struct text list, struct text wanted,
                      bool (*is_it)(struct text, struct text))
{
    while (!text_is_absent(list))
        if (is_it(text_trim(text_cut(&list, ',')), wanted))
            return true;
    return false;
}

/* The weak comparison: W/ is ignored. */
static bool is_tag(struct text listed, struct text tag)
{
    if (text_starts_with(listed, TEXT("W/")))
        listed = text_part(listed, 2, listed.len);
    bool is_quoted =
        listed.len >= 2 && listed.at[0] == '"' && listed.at[listed.len - 1] == '"';
    return is_quoted && text_equal(text_part(listed, 1, listed.len - 2), tag);
}

bool header_names_etag(struct text list, struct text tag)
{
    return text_equal(text_trim(list), TEXT("*")) || is_listed(list, tag, is_tag);
}

/* "br", "br;q=0.5"; not "br;q=0", nor "br;q=0.000". */
static bool is_accepted(struct text listed, struct text coding)
{
    struct text quality = listed;
    struct text name = text_trim(text_cut(&quality, ';'));
    if (!header_name_equal(name, coding))
        return false;
    quality = text_trim(quality);
    if (!text_starts_with(quality, TEXT("q=")))
        return true;
    for (size_t i = 2; i < quality.len; i++)
        if (quality.at[i] >= '1' && quality.at[i] <= '9')
            return true;
    return false;
}

bool header_takes_coding(struct text accepted, struct text coding)
{
    return is_listed(accepted, coding, is_accepted);
}
