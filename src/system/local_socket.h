#ifndef OSTEON_SYSTEM_LOCAL_SOCKET_H
#define OSTEON_SYSTEM_LOCAL_SOCKET_H
/* A socket in the file system (AF_UNIX), for talk between programs of one machine: its
 * file has mode 0600, and the kernel says who is at the other end (SO_PEERCRED), so that
 * no password is needed for it.
 *
 * Descriptors belong to the caller, who closes them with `local_socket_close`. The path
 * may be longer than the 107 bytes that fit into a socket address.
 */
#include "base/error.h"
#include "base/text.h"

/* Listens at `path`; a socket file that stands there is replaced, so hold the folder's
 * lock. ERROR_FAILED with the system's reason. */
MUST_USE bool local_socket_listen(const char *path, int *out, struct error *err);
/* ERROR_NOT_FOUND when nobody listens there (no file, or its listener is gone). */
MUST_USE bool local_socket_connect(const char *path, int *out, struct error *err);

/* Waits for the next caller. `*is_own` when the caller is the user of this process or
 * root. False when the socket was closed by `local_socket_stop`, or failed. */
bool local_socket_accept(int listening, int *out, bool *is_own);
/* Reading and writing give up after so many seconds without progress. */
void local_socket_patience(int descriptor, int seconds);
/* Wakes whoever waits in accept; wakes whoever waits in read, and writing goes on. */
void local_socket_stop(int descriptor);
void local_socket_stop_reading(int descriptor);
void local_socket_close(int descriptor);

/* All of `bytes`; false when the other end is gone. Never raises SIGPIPE. */
bool local_socket_write(int descriptor, struct text bytes);
/* Exactly `len` bytes; false at the end or when the other end is gone. */
bool local_socket_read(int descriptor, void *out, size_t len);

/* False: the other end has gone; what it sent before may still be read. */
bool local_socket_is_connected(int descriptor);

#endif
