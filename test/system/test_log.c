#include "support/unit.h"
#include "system/log.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What `speak` writes to standard error. */
static size_t captured(void (*speak)(void), char *out, size_t size)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    int before = dup(STDERR_FILENO);
    dup2(ends[1], STDERR_FILENO);
    speak();
    dup2(before, STDERR_FILENO);
    close(before);
    close(ends[1]);
    size_t len = 0;
    for (ssize_t got = 1; got > 0 && len < size; len += (size_t)got)
        got = read(ends[0], out + len, size - len);
    close(ends[0]);
    return len;
}

static void speak_once(void)
{
    log_warning("port %d is taken", 8180);
}

static void writes_one_line_with_time_and_level(void **state)
{
    (void)state;
    char line[256] = "";
    size_t len = captured(speak_once, line, sizeof line);
    assert_string_equal(line + strlen("2026-01-01T00:00:00.000Z"),
                        " warning port 8180 is taken\n");
    assert_int_equal(line[10], 'T');
    assert_int_equal(line[len - 1], '\n');
}

static void speak_low(void)
{
    log_threshold(LOG_LEVEL_WARNING);
    log_info("left out");
    log_error("kept");
    log_threshold(LOG_LEVEL_INFO);
}

static void leaves_out_what_is_below_the_threshold(void **state)
{
    (void)state;
    char line[256] = "";
    captured(speak_low, line, sizeof line);
    assert_null(strstr(line, "left out"));
    assert_non_null(strstr(line, "error kept"));
}

static void speak_long(void)
{
    char text[5000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    log_info("%s", text);
}

static void cuts_a_line_that_is_too_long(void **state)
{
    (void)state;
    char line[6000] = "";
    size_t len = captured(speak_long, line, sizeof line);
    assert_int_equal(len, 1024);
    assert_int_equal(line[1023], '\n');
}

static void speak_forged(void)
{
    log_info("name %s", "x\n2026-01-01T00:00:00.000Z error forged\033[2J");
}

static void text_of_a_request_cannot_forge_a_line(void **state)
{
    (void)state;
    char line[256] = "";
    size_t len = captured(speak_forged, line, sizeof line);
    assert_ptr_equal(strchr(line, '\n'), line + len - 1);
    assert_null(strchr(line, '\033'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_one_line_with_time_and_level),
        cmocka_unit_test(leaves_out_what_is_below_the_threshold),
        cmocka_unit_test(cuts_a_line_that_is_too_long),
        cmocka_unit_test(text_of_a_request_cannot_forge_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
