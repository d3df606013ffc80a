#ifndef OSTEON_TEST_SUPPORT_ODM_SAMPLE_H
#define OSTEON_TEST_SUPPORT_ODM_SAMPLE_H
/* A small ODM design with one of everything, which tests read with one part changed. */
#include "base/limits.h"
#include "formats/odm_design_read.h"

struct odm_sample {
    struct arena *study;
    const struct design *design;
    struct odm_findings findings;
};

/* Setup and teardown of a test whose state this is. */
int odm_sample_make(void **state);
int odm_sample_unmake(void **state);

/* The document, with the first `part` replaced; whole when `part` is NULL. */
struct text odm_sample_text(struct arena *arena, const char *part, const char *by);

bool odm_sample_read(void **state, const char *part, const char *by, struct error *err);

#endif
