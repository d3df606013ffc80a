#ifndef OSTEON_STORE_GATHER_H
#define OSTEON_STORE_GATHER_H
/* A layer between SQLite and the file system (a VFS) that gathers what is appended to the
 * write-ahead log until it is synced, and then writes it in one piece.
 *
 * SQLite writes each page of a commit by two calls, one for its header of 24 bytes; calls
 * to the system cost more than the bytes. Only for a connection whose commits are synced
 * (DB_DURABLE): there SQLite syncs the log before it tells readers of new pages, so nobody
 * misses what is gathered. A write that fails late fails the sync, and so the commit.
 */

/* The name of the layer over the VFS `under` (NULL: the default), registered when it is
 * new; NULL when there is no such VFS or no memory. */
const char *gather_vfs(const char *under);

#endif
