#include "system/log.h"

#include "base/datetime.h"
#include "system/clock.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

enum { LINE_SIZE = 1024 };

/* The one setting of the process that every thread reads (c-conventions, "const"). */
static _Atomic int threshold = LOG_LEVEL_INFO;

static const char *const level_names[] = {
    [LOG_LEVEL_INFO] = "info",
    [LOG_LEVEL_WARNING] = "warning",
    [LOG_LEVEL_ERROR] = "error",
};

void log_threshold(enum log_level level)
{
    atomic_store_explicit(&threshold, (int)level, memory_order_relaxed);
}

/* A request's text in a line must not begin a new line or drive the terminal. */
static void blunt_controls(char *line, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
            line[i] = ' ';
}

void log_line(enum log_level level, const char *format, ...)
{
    if ((int)level < atomic_load_explicit(&threshold, memory_order_relaxed))
        return;
    char line[LINE_SIZE];
    size_t len = instant_print(clock_now(&system_clock), line);
    len += (size_t)snprintf(line + len, sizeof line - len, " %s ", level_names[level]);

    va_list arguments;
    va_start(arguments, format);
    int wanted = vsnprintf(line + len, sizeof line - len, format, arguments);
    va_end(arguments);
    if (wanted > 0) {
        size_t room = sizeof line - len - 1;
        len += (size_t)wanted < room ? (size_t)wanted : room;
    }
    blunt_controls(line, len);
    line[len] = '\n'; /* in place of the NUL */
    /* One call, so that the lines of two threads do not mix. */
    if (write(STDERR_FILENO, line, len + 1) < 0)
        return; /* nowhere left to say so */
}
