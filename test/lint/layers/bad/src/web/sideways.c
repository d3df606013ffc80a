#include "listen/mllp.h"
#include "routes.h"
#include <sqlite3.h>
