#ifndef OSTEON_ACTIONS_SECOND_CHECK_PARTS_H
#define OSTEON_ACTIONS_SECOND_CHECK_PARTS_H
/* How a second check is made; for the files of this floor only. */
#include "actions/second_check.h"

/* How whoever has the rights makes it. Of an item that either way is open to, the one who
 * entered it types it again and another person sees it. One that is to be typed again is
 * always typed, whoever does it. */
enum second_check_way second_check_way_of(const struct item *item, bool is_own_entry);

#endif
