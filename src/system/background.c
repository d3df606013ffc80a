#include "system/background.h"

#include "base/attributes.h"

#include <pthread.h>
#include <sys/resource.h>

/* Of 19: some progress is made on a machine that is never idle. */
enum { BACKGROUND_NICE = 10 };

struct background {
    void (*work)(void *);
    void *data;
};

/* Linux keeps the priority by thread, and only a privileged one gets it back: hence the
 * thread of its own. A refusal costs others some milliseconds and nothing else. */
static void *run(void *data)
{
    const struct background *background = data;
    (void)setpriority(PRIO_PROCESS, 0, BACKGROUND_NICE);
    background->work(background->data);
    return NULL;
}

void background_run(void (*work)(void *), void *data)
{
    struct background background = {.work = work, .data = data};
    pthread_t thread;
    if (pthread_create(&thread, NULL, run, &background) != 0)
        work(data);
    else
        ASSERT(pthread_join(thread, NULL) == 0);
}
