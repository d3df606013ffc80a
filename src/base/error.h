#ifndef OSTEON_BASE_ERROR_H
#define OSTEON_BASE_ERROR_H
/* Expected failure is a value that the callee fills into the caller's struct.
 *
 * A function that can fail returns bool and takes `struct error *` last. Nothing
 * is allocated. The sentence says what went wrong; the hint says what to do.
 *
 *     if (!store_open(&options, &store, err))
 *         return error_in(err, "opening folder %s", path);
 *
 * A code exists only where a caller decides on it; the rest is in the sentence.
 */
#include "base/attributes.h"

#include <stdbool.h>
#include <stddef.h>

/* code, HTTP status, exit status, sentence (English), sentence (Chinese) */
// clang-format off
#define ERROR_TABLE(X)                                                             \
    X(NONE,          200, 0, "no error", "没有错误")                               \
    X(FAILED,        500, 1, "could not be done", "无法完成")                      \
    X(NOT_FOUND,     404, 1, "not found", "未找到")                                \
    X(USAGE,         400, 2, "wrong usage", "用法错误")                            \
    X(MALFORMED,     400, 3, "malformed input", "输入格式错误")                    \
    X(REFUSED,       422, 3, "input refused", "输入被拒绝")                        \
    X(TOO_LARGE,     413, 3, "input too large", "输入过大")                        \
    X(SIGN_IN,       401, 4, "sign-in needed", "需要登录")                         \
    X(NOT_ALLOWED,   403, 4, "not allowed", "没有权限")                            \
    X(CHANGED,       409, 5, "changed by someone else", "已被他人更改")            \
    X(LOCKED,        423, 3, "frozen or locked", "已冻结或锁定")                    \
    X(TOO_MANY,      429, 4, "too many attempts", "尝试次数过多")                  \
    X(NOT_CONFIRMED, 503, 1, "not confirmed, send again with the same id",         \
                             "未确认，请用同一编号重新发送")                       \
    X(BUSY,          503, 1, "busy, try again", "繁忙，请重试")                    \
    X(DAMAGED,       500, 1, "the record does not hold", "记录不完整")
// clang-format on

enum error_code {
#define X(code, http, exit, english, chinese) ERROR_##code,
    ERROR_TABLE(X)
#undef X
};

struct error {
    enum error_code code;
    const char *file; /* where in our source: for the log, not for the person */
    int line;
    size_t at; /* byte position in the input; 0 when there is none */
    char where
        [120]; /* the input's name and place: "mutations[3].value", "study.xml:12:5" */
    char text[320]; /* what went wrong, a sentence without the full stop */
    char hint[200]; /* what to do; may be empty */
};

/* Fills `err` and returns false, so that a refusal is one statement. */
#define error_set(err, code, ...)                                                      \
    error_fill((err), (code), __FILE__, __LINE__, __VA_ARGS__)
bool error_fill(struct error *err, enum error_code code, const char *file, int line,
                const char *format, ...) PRINTF_LIKE(5, 6);

/* Puts context before the sentence: "opening folder x: disk full". Returns false. */
bool error_in(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* Adds what to do, or the place in the input. Both return false. */
bool error_hint(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);
bool error_where(struct error *err, size_t at, const char *format, ...)
    PRINTF_LIKE(3, 4);

#ifdef __clang_analyzer__ /* which looks at one file at a time: these return false */
#    define error_fill(...)  (error_fill(__VA_ARGS__), false)
#    define error_in(...)    (error_in(__VA_ARGS__), false)
#    define error_hint(...)  (error_hint(__VA_ARGS__), false)
#    define error_where(...) (error_where(__VA_ARGS__), false)
#endif

int error_http_status(enum error_code code);
int error_exit_status(enum error_code code);
const char *error_sentence(enum error_code code); /* English */
const char *error_sentence_chinese(enum error_code code);
const char *error_name(enum error_code code); /* "NOT_FOUND", for machines */

#endif
