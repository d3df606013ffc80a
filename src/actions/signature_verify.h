#ifndef OSTEON_ACTIONS_SIGNATURE_VERIFY_H
#define OSTEON_ACTIONS_SIGNATURE_VERIFY_H
/* Does each standing signature still fit what it was given for? */
#include "store/verify.h"

/* Computes the content of every standing signature anew, from the log alone: the answers,
 * the labels and units of the design, language and meaning. One that does not fit is
 * named. For verify_store_with and verify_folder_with. */
verify_examine_function signatures_examine;

#endif
