#ifndef OSTEON_ACTIONS_STUDY_H
#define OSTEON_ACTIONS_STUDY_H
/* An open folder as the program runs it: the store, the designs (each version parsed
 * once and then immutable), the sessions that are signed in, and the clock. Every thread
 * may use a study. */
#include "model/design.h"
#include "store/store.h"

struct study;
struct rulebook; /* model/rulebook.h */

/* Opens the folder and reads its current design. ERROR_BUSY: another process owns it. */
MUST_USE bool study_open(const struct store_options *options, struct study **out,
                         struct error *err);
void study_close(struct study *study);

/* A new folder with this design (ODM 2.0 XML), which is read, and its rules compiled,
 * before anything is made. */
struct study_new {
    struct text design_xml;
    bool is_demo;
    int64_t demo_now;
};
MUST_USE bool study_create(const struct store_options *options,
                           const struct study_new *what, struct error *err);

struct store *study_store(const struct study *study);
/* The version in force: never NULL. */
const struct design *study_design(const struct study *study);
/* A version by its name; ERROR_REFUSED when the folder has none of this name. */
MUST_USE bool study_design_version(struct study *study, struct text version,
                                   const struct design **out, struct error *err);
/* The rules of a version that one of the two functions above gave. */
const struct rulebook *study_rulebook(struct study *study, const struct design *design);
int64_t study_now(const struct study *study);
/* One import stages at a time. ERROR_BUSY: another does. */
MUST_USE bool study_import_begin(struct study *study, struct error *err);
void study_import_end(struct study *study);

#endif
