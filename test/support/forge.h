#ifndef OSTEON_TEST_SUPPORT_FORGE_H
#define OSTEON_TEST_SUPPORT_FORGE_H
/* An event of the log written anew by somebody who has everything: the program, the folder
 * and its keys. Seal and chain fit afterwards; what is left to show it is what the events
 * say of each other.
 */
#include "store/reads.h"
#include "support/folder.h"

/* Lets `change` change the content of event `seq`, and seals and chains it and all later
 * events anew. The folder is closed. A step that cannot be done fails the test. */
void forge(const struct test_folder *folder, int64_t seq,
           void (*change)(struct log_row *row, struct arena *arena));

#endif
