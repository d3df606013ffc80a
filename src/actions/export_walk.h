#ifndef OSTEON_ACTIONS_EXPORT_WALK_H
#define OSTEON_ACTIONS_EXPORT_WALK_H
/* Inside of export: everything that may leave the folder at a cut, one participant and
 * one form at a time, in an order that depends on the data alone: participants as they
 * were added; events and forms in the design's order, then by repeats. */
#include "actions/export.h"
#include "actions/image_read.h"
#include "formats/record.h"

struct export_walk {
    struct db *live; /* a reader */
    struct db *db;   /* the tables at the cut: `live`, or made anew */
    struct data_cut cut;
    const struct design *design; /* in force at the cut */
    bool is_synthetic;
    bool is_everywhere;
    const struct text *sites;
    size_t site_count;
    const struct record_plan *plan;
    struct text design_xml; /* of `design`, as published, and when */
    int64_t design_time;
    bool has_imports; /* visible ones */

    /* `scratch` lives until the next participant. */
    bool (*subject)(struct export_walk *walk, const struct record_subject *subject,
                    struct arena *scratch, struct error *err);
    bool (*form)(struct export_walk *walk, const struct record_subject *subject,
                 const struct record_form *form, struct arena *scratch,
                 struct error *err);
    bool (*subject_end)(struct export_walk *walk, const struct record_subject *subject,
                        struct arena *scratch, struct error *err); /* may be NULL */
    void *data;
    struct progress *progress;

    int64_t participants, withheld, forms, values;
    struct image_reads reads; /* of the form that is visited */
    int64_t sealed; /* answers of image readings that two readers have not signed */
};

/* What of a form's readings stays here. */
MUST_USE bool export_walk_reads(const struct export_walk *walk,
                                const struct participant *participant,
                                const struct form_state *form, struct arena *scratch,
                                struct image_reads *out, struct error *err);
MUST_USE bool export_walk_all(struct export_walk *walk, struct error *err);
/* The study's reference data: they are of no site. In `arena`. */
MUST_USE bool export_walk_reference(struct export_walk *walk, struct arena *arena,
                                    struct record_section **out, size_t *count,
                                    struct error *err);

/* The targets: two that are filled from one walk, and the log itself. */
MUST_USE bool export_to_tables(struct export_walk *walk,
                               const struct export_request *request,
                               struct arena *arena, struct hash *content,
                               struct error *err);

MUST_USE bool export_to_odm(struct export_walk *walk,
                            const struct export_request *request, struct arena *arena,
                            struct hash *content, struct error *err);

MUST_USE bool export_to_audit(struct export_walk *walk,
                              const struct export_request *request, struct arena *arena,
                              struct hash *content, struct error *err);

struct file_set; /* system/file_set.h */
/* The finished files of `set` as the new file `path`, with its hash. */
MUST_USE bool export_pack(const struct file_set *set, const char *path,
                          struct arena *arena, struct hash *content, struct error *err);

#endif
