#ifndef OSTEON_TEST_SUPPORT_MATRIX_H
#define OSTEON_TEST_SUPPORT_MATRIX_H
/* The permission matrix as the study's specification has it (support/ecrf.h), apart from
 * json-c, whose names are also those of base/json_write.h. */
#include "model/permission.h"

struct matrix {
    /* 's', 'a', 't', or '.' for a blank cell */
    char letters[PERMISSION_COUNT][ROLE_COUNT];
};

/* Stops the test when the specification has no row of a permission's name. */
void matrix_read(struct matrix *out);

#endif
