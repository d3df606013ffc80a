#ifndef OSTEON_SYSTEM_STOP_SIGNAL_H
#define OSTEON_SYSTEM_STOP_SIGNAL_H
/* How an operator ends a server: SIGTERM, SIGINT (Ctrl-C) or SIGHUP. The signals are
 * blocked in every thread and waited for in one, so that no handler runs anywhere. */

/* Call before the first thread is made. Also ignores SIGPIPE: a peer that is gone shows
 * at the write. */
void stop_signal_block(void);

/* Waits for one of the signals. From then on a second one ends the process at once. */
void stop_signal_wait(void);

#endif
