#include "formats/json_read.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <string.h>

struct parser {
    struct text input;
    size_t at;
    unsigned depth;
    struct arena *arena;
    struct error *err;
};

static bool fault(struct parser *parser, size_t at, const char *what)
{
    if (at >= parser->input.len)
        error_set(parser->err, ERROR_MALFORMED, "the JSON text ends too early: %s",
                  what);
    else
        error_set(parser->err, ERROR_MALFORMED, "this is not JSON: %s", what);
    return error_where(parser->err, at, "byte %zu", at);
}

static bool too_large(struct parser *parser, const char *what)
{
    error_set(parser->err, ERROR_TOO_LARGE, "%s", what);
    return error_where(parser->err, parser->at, "byte %zu", parser->at);
}

static void skip_space(struct parser *parser)
{
    while (parser->at < parser->input.len) {
        char byte = parser->input.at[parser->at];
        if (byte != ' ' && byte != '\n' && byte != '\r' && byte != '\t')
            return;
        parser->at++;
    }
}

/* The byte here, or NUL at the end: NUL stands in no JSON text outside of a string. */
static char here(const struct parser *parser)
{
    return parser->at < parser->input.len ? parser->input.at[parser->at] : '\0';
}

static bool take(struct parser *parser, char byte)
{
    if (here(parser) != byte || parser->at >= parser->input.len)
        return false;
    parser->at++;
    return true;
}

/* Four hexadecimal digits at `at`. */
static bool read_unit(const struct parser *parser, size_t at, uint32_t *out)
{
    if (at > parser->input.len || parser->input.len - at < 4)
        return false;
    uint32_t unit = 0;
    for (size_t i = 0; i < 4; i++) {
        char digit = parser->input.at[at + i];
        unsigned value = digit >= '0' && digit <= '9'   ? (unsigned)(digit - '0')
                         : digit >= 'a' && digit <= 'f' ? (unsigned)(digit - 'a') + 10
                         : digit >= 'A' && digit <= 'F' ? (unsigned)(digit - 'A') + 10
                                                        : 16;
        if (value == 16)
            return false;
        unit = unit * 16 + value;
    }
    *out = unit;
    return true;
}

static size_t put_utf8(char *out, uint32_t point)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    size_t len = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned leads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = len - 1; i > 0; i--) {
        out[i] = (char)(unsigned char)(0x80 | (point & 0x3f));
        point >>= 6;
    }
    out[0] = (char)(unsigned char)(leads[len] | point);
    return len;
}

/* RFC 8259 section 7: "\uD83D\uDE00" is one character in two halves. `at` stands on the
 * backslash. */
static bool read_point(struct parser *parser, size_t *at, uint32_t *point)
{
    uint32_t low = 0;
    if (!read_unit(parser, *at + 2, point))
        return fault(parser, *at, "four hexadecimal digits must follow \\u");
    if (*point == 0)
        return fault(parser, *at, "the character U+0000 is not allowed");
    if (*point >= 0xdc00 && *point <= 0xdfff)
        return fault(parser, *at, "the second half of a character without the first");
    if (*point < 0xd800 || *point > 0xdbff) {
        *at += 6;
        return true;
    }
    bool has_second =
        parser->input.len - *at >= 12 && parser->input.at[*at + 6] == '\\' &&
        parser->input.at[*at + 7] == 'u' && read_unit(parser, *at + 8, &low) &&
        low >= 0xdc00 && low <= 0xdfff;
    if (!has_second)
        return fault(parser, *at, "the first half of a character without the second");
    *point = 0x10000 + ((*point - 0xd800) << 10) + (low - 0xdc00);
    *at += 12;
    return true;
}

static bool read_escape(struct parser *parser, size_t *at, char *out, size_t *len)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    char letter = *at + 1 < parser->input.len ? parser->input.at[*at + 1] : '\0';
    if (letter == 'u') {
        uint32_t point = 0;
        if (!read_point(parser, at, &point))
            return false;
        *len += put_utf8(out + *len, point);
        return true;
    }
    const char *found = letter == '\0' ? NULL : strchr(letters, letter);
    if (found == NULL)
        return fault(parser, *at, "an unknown escape");
    out[(*len)++] = meant[found - letters];
    *at += 2;
    return true;
}

/* The text from `from` to `end` has escapes: it becomes shorter, never longer. */
static bool decode(struct parser *parser, size_t from, size_t end, struct text *out)
{
    char *copy = arena_try(parser->arena, end - from);
    if (copy == NULL)
        return too_large(parser, "the JSON text is too large");
    size_t len = 0;
    for (size_t at = from; at < end;) {
        if (parser->input.at[at] != '\\')
            copy[len++] = parser->input.at[at++];
        else if (!read_escape(parser, &at, copy, &len))
            return false;
    }
    *out = (struct text){.at = copy, .len = len};
    return true;
}

/* The cursor stands behind the opening quotation mark. */
static bool read_text(struct parser *parser, struct text *out)
{
    size_t from = parser->at;
    bool has_escapes = false;
    size_t at = from;
    for (; at < parser->input.len && parser->input.at[at] != '"'; at++) {
        if ((unsigned char)parser->input.at[at] < 0x20)
            return fault(parser, at,
                         "a control character must be written as an escape");
        if (parser->input.at[at] == '\\') {
            has_escapes = true;
            at++; /* whatever follows does not end the text */
        }
    }
    if (at >= parser->input.len)
        return fault(parser, parser->input.len, "a text has no closing quotation mark");
    parser->at = at + 1;
    if (has_escapes)
        return decode(parser, from, at, out);
    *out = text_part(parser->input, from, at - from);
    return true;
}

static bool take_digits(struct parser *parser)
{
    size_t from = parser->at;
    while (here(parser) >= '0' && here(parser) <= '9')
        parser->at++;
    return parser->at > from;
}

/* RFC 8259 section 6. */
static bool read_number(struct parser *parser, struct text *out)
{
    size_t from = parser->at;
    take(parser, '-');
    if (!take(parser, '0') && !take_digits(parser))
        return fault(parser, parser->at, "a digit must stand here");
    if (here(parser) >= '0' && here(parser) <= '9')
        return fault(parser, parser->at, "a number must not begin with 0");
    if (take(parser, '.') && !take_digits(parser))
        return fault(parser, parser->at, "a digit must follow the decimal point");
    if (take(parser, 'e') || take(parser, 'E')) {
        if (!take(parser, '+'))
            take(parser, '-');
        if (!take_digits(parser))
            return fault(parser, parser->at,
                         "a digit must follow the exponent's letter");
    }
    *out = text_part(parser->input, from, parser->at - from);
    return true;
}

static bool read_word(struct parser *parser, struct json_value *value)
{
    static const struct {
        struct text word;
        enum json_kind kind;
        bool truth;
    } words[] = {{TEXT_INIT("true"), JSON_BOOL, true},
                 {TEXT_INIT("false"), JSON_BOOL, false},
                 {TEXT_INIT("null"), JSON_NULL, false}};
    struct text rest = text_part(parser->input, parser->at, parser->input.len);
    for (size_t i = 0; i < ARRAY_COUNT(words); i++) {
        if (!text_starts_with(rest, words[i].word))
            continue;
        value->kind = words[i].kind;
        value->truth = words[i].truth;
        parser->at += words[i].word.len;
        return true;
    }
    return fault(parser, parser->at, "a value must stand here");
}

static bool read_value(struct parser *parser, struct json_value *value);

static struct json_value *child_of(struct parser *parser, struct json_value *parent,
                                   struct json_value *last)
{
    struct json_value *child = arena_try(parser->arena, sizeof *child);
    if (child == NULL) {
        too_large(parser, "the JSON text has too many parts");
        return NULL;
    }
    child->parent = parent;
    child->at = (uint32_t)parser->at;
    if (last == NULL)
        parent->first = child;
    else
        last->next = child;
    parent->count++;
    return child;
}

static bool has_twin(const struct json_value *member)
{
    for (const struct json_value *other = member->parent->first; other != member;
         other = other->next)
        if (text_equal(other->key, member->key))
            return true;
    return false;
}

static bool read_member(struct parser *parser, struct json_value *member)
{
    size_t began = parser->at;
    if (!take(parser, '"'))
        return fault(parser, parser->at,
                     "a member's name in quotation marks must stand here");
    if (!read_text(parser, &member->key))
        return false;
    if (member->parent->count > LIMIT_JSON_MEMBERS)
        return too_large(parser, "an object has too many members");
    if (has_twin(member))
        return fault(parser, began, "a member of this name stands twice in the object");
    skip_space(parser);
    if (!take(parser, ':'))
        return fault(parser, parser->at, "a colon must follow the member's name");
    skip_space(parser);
    member->at = (uint32_t)parser->at;
    return read_value(parser, member);
}

static bool read_object(struct parser *parser, struct json_value *object)
{
    object->kind = JSON_OBJECT;
    struct json_value *last = NULL;
    skip_space(parser);
    if (take(parser, '}'))
        return true;
    for (;;) {
        last = child_of(parser, object, last);
        if (last == NULL || !read_member(parser, last))
            return false;
        skip_space(parser);
        if (take(parser, '}'))
            return true;
        if (!take(parser, ','))
            return fault(parser, parser->at, "a comma or } must follow a member");
        skip_space(parser);
    }
}

static bool read_array(struct parser *parser, struct json_value *array)
{
    array->kind = JSON_ARRAY;
    struct json_value *last = NULL;
    skip_space(parser);
    if (take(parser, ']'))
        return true;
    for (;;) {
        last = child_of(parser, array, last);
        if (last == NULL || !read_value(parser, last))
            return false;
        skip_space(parser);
        if (take(parser, ']'))
            return true;
        if (!take(parser, ','))
            return fault(parser, parser->at, "a comma or ] must follow an element");
        skip_space(parser);
    }
}

static bool read_inside(struct parser *parser, struct json_value *value)
{
    bool is_object = here(parser) == '{';
    if (parser->depth == LIMIT_JSON_DEPTH)
        return too_large(parser, "the JSON text is nested too deep");
    parser->depth++;
    parser->at++;
    bool is_read = is_object ? read_object(parser, value) : read_array(parser, value);
    parser->depth--;
    return is_read;
}

static bool read_value(struct parser *parser, struct json_value *value)
{
    char byte = here(parser);
    if (byte == '{' || byte == '[')
        return read_inside(parser, value);
    if (byte == '"') {
        value->kind = JSON_TEXT;
        parser->at++;
        return read_text(parser, &value->text);
    }
    if (byte == '-' || (byte >= '0' && byte <= '9')) {
        value->kind = JSON_NUMBER;
        return read_number(parser, &value->text);
    }
    return read_word(parser, value);
}

static bool check_bytes(struct parser *parser)
{
    size_t at = 0;
    if (parser->input.len > UINT32_MAX)
        return too_large(parser, "the JSON text is too large");
    if (text_starts_with(parser->input, TEXT("\xef\xbb\xbf")))
        return fault(parser, 0, "it must not begin with a byte-order mark");
    if (!utf8_is_valid(parser->input, &at))
        return fault(parser, at, "its bytes are not UTF-8");
    return true;
}

bool json_read(struct text input, struct arena *arena, const struct json_value **out,
               struct error *err)
{
    struct parser parser = {.input = input, .arena = arena, .err = err};
    struct json_value *root = arena_try(arena, sizeof *root);
    if (root == NULL)
        return too_large(&parser, "the JSON text is too large");
    if (!check_bytes(&parser))
        return false;
    skip_space(&parser);
    root->at = (uint32_t)parser.at;
    if (!read_value(&parser, root))
        return false;
    skip_space(&parser);
    if (parser.at < input.len)
        return fault(&parser, parser.at, "nothing may follow the value");
    *out = root;
    return true;
}

const char *json_kind_name(enum json_kind kind)
{
    static const char *const names[] = {
        [JSON_NULL] = "null",       [JSON_BOOL] = "true or false",
        [JSON_NUMBER] = "a number", [JSON_TEXT] = "a text",
        [JSON_ARRAY] = "an array",  [JSON_OBJECT] = "an object",
    };
    return names[kind];
}
