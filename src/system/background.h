#ifndef OSTEON_SYSTEM_BACKGROUND_H
#define OSTEON_SYSTEM_BACKGROUND_H
/* Long work beside people who wait: an import, an analysis. */

/* Runs `work(data)` to its end on a thread of its own, to which the machine gives what the
 * others leave; the caller waits. Where no thread is to be had, `work` runs on the
 * caller's. */
void background_run(void (*work)(void *), void *data);

#endif
