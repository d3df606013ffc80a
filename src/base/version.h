#ifndef OSTEON_BASE_VERSION_H
#define OSTEON_BASE_VERSION_H
/* The program's version, written here only. CHANGELOG.md says what changed. */

#define OSTEON_VERSION "0.1.0"

/* A library as it is loaded: each floor that uses one names it, for `osteon doctor`. */
struct library_version {
    const char *name;
    const char *version;
};

#endif
