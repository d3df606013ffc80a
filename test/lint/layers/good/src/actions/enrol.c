#include "actions/enrol.h"

#include "base/arena.h"
#include "store/store.h"
#include <pthread.h>
