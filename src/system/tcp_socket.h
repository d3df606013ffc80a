#ifndef OSTEON_SYSTEM_TCP_SOCKET_H
#define OSTEON_SYSTEM_TCP_SOCKET_H
/* Listening on a TCP address, and what the kernel knows about a connection. */
#include "base/arena.h"
#include "base/error.h"

enum { TCP_ADDRESS_TEXT = 80 };

/* Listens on "127.0.0.1:8180", "[::1]:8180" or "name:8180"; port 0 takes a free one.
 * ERROR_USAGE: not such an address; ERROR_BUSY: somebody listens there already. Close
 * `*socket` with tcp_close. */
MUST_USE bool tcp_listen(const char *address, int *socket, struct error *err);
void tcp_close(int socket);

/* The address that a listening socket has: "127.0.0.1:8180". */
MUST_USE bool tcp_local_address(int socket, char out[TCP_ADDRESS_TEXT],
                                struct error *err);

struct sockaddr;
/* The host of an address, without the port: "192.0.2.7"; "unknown" when it has none. */
void tcp_host(const struct sockaddr *address, char out[TCP_ADDRESS_TEXT]);

/* Bytes that have arrived on a connection so far; false when it is gone. */
bool tcp_received(int socket, uint64_t *bytes);
/* The other end has not closed its sending half, nor broken off. */
bool tcp_is_connected(int socket);
/* Ends a connection in both directions; its owner finds out and closes it. */
void tcp_end(int socket);

#endif
