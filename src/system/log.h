#ifndef OSTEON_SYSTEM_LOG_H
#define OSTEON_SYSTEM_LOG_H
/* The operator's log: one line each on standard error, with time and level. Never a
 * clinical value, a password, a token or a key. */
#include "base/attributes.h"

enum log_level { LOG_LEVEL_INFO, LOG_LEVEL_WARNING, LOG_LEVEL_ERROR };

void log_line(enum log_level level, const char *format, ...) PRINTF_LIKE(2, 3);
#define log_info(...)    log_line(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_warning(...) log_line(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_error(...)   log_line(LOG_LEVEL_ERROR, __VA_ARGS__)
/* Lines below this level are left out. */
void log_threshold(enum log_level level);

#endif
