#ifndef OSTEON_SYSTEM_HOST_NAMES_H
#define OSTEON_SYSTEM_HOST_NAMES_H
/* What this machine is called on its network, as it is now. */
#include "system/certificate.h"

/* Names: the host's, the same with ".local" (multicast DNS), localhost. Addresses: of every
 * interface that is up, loopback last; without link-local ones of IPv6, which a browser
 * cannot use. In `arena`. */
void host_names_read(struct arena *arena, struct host_names *out);

#endif
