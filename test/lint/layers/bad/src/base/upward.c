#include "store/store.h"
#include <unistd.h>
