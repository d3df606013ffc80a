#include "actions/progress.h"

bool progress_step(struct progress *progress, int64_t count, struct error *err)
{
    if (progress == NULL)
        return true;
    atomic_fetch_add_explicit(&progress->done, count, memory_order_relaxed);
    return progress->is_wanted == NULL || progress->is_wanted(progress->data) ||
           error_set(err, ERROR_FAILED, "it was called off");
}
