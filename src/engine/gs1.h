#ifndef OSTEON_ENGINE_GS1_H
#define OSTEON_ENGINE_GS1_H
/* Data carriers of devices (UDI): element strings of application identifiers.
 *
 * Three spellings are read: with parentheses "(01)06901234567892(17)260831(10)L1"; as a
 * scanner sends it, variable-length elements ended by GS (0x1D, written also "<GS>" or
 * U+241D) and perhaps an "]d2" or "]C1" in front. Source: GS1 General Specifications 24,
 * figures 3.2-1 and 7.8.5-2.
 */
#include "base/text.h"

/* The value of an application identifier; absent when there is none, or the text does not
 * parse as a whole. */
struct text gs1_element(struct text t, struct text identifier);

/* The text parses, and (01) is there with 14 digits and a right check digit. */
bool gs1_is_valid(struct text t);

#endif
