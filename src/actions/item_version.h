#ifndef OSTEON_ACTIONS_ITEM_VERSION_H
#define OSTEON_ACTIONS_ITEM_VERSION_H
/* The version of an item as pages carry it, "1234:3": the number of the event that set
 * it and the place in that event. Opaque to the page. */
#include "store/event_content.h"

enum { VERSION_TEXT = 44 };

bool version_parse(struct text t, struct version *out);
/* Writes a NUL too; returns the length without it. */
size_t version_print(struct version version, char out[VERSION_TEXT]);
bool version_equal(struct version a, struct version b);

/* A base: a version, or "UUID:PLACE" of a change that waited on the same device. */
bool base_reference_parse(struct text t, struct base_reference *out);

#endif
