#ifndef OSTEON_TEST_BARE_IMPORT_H
#define OSTEON_TEST_BARE_IMPORT_H
/* The bare loop beside an import: expat and libsqlite3 and nothing else. It parses the
 * file once and puts in the rows that an import leaves: an item row an answer, a row of the
 * log, of its author and of the form instance a form, a participant and a key each. The
 * log's payload is unsealed, of the size that is given; as many answers a transaction as an
 * import stages. */
#include <stdint.h>

struct bare_import {
    const char *file;
    const char *database; /* to make */
    int payload;          /* bytes of a log row's payload */
};

struct bare_import_figures {
    double seconds;
    int64_t participants, forms, values;
};

void bare_import_run(const struct bare_import *bare, struct bare_import_figures *out);

#endif
