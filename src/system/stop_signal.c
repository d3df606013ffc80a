#include "system/stop_signal.h"

#include <pthread.h>
#include <signal.h>
#include <stddef.h>

static sigset_t stop_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    return set;
}

void stop_signal_block(void)
{
    sigset_t set = stop_signals();
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGPIPE, &ignore, NULL);
}

void stop_signal_wait(void)
{
    sigset_t set = stop_signals();
    int number;
    while (sigwait(&set, &number) != 0)
        continue;
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}
