#ifndef OSTEON_BASE_VERSION_H
#define OSTEON_BASE_VERSION_H
/* The program's version, written here only. CHANGELOG.md says what changed. */

#define OSTEON_VERSION "0.1.0"

#endif
