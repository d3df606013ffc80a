/* Several MetaDataVersions in one document: the last one is the design, with all that it
 * includes, directly or through others; a definition of the same type and OID replaces
 * the included one (ODM 1.3.2 §3.1.1.3.1). */
#include "formats/odm_design_parts.h"

#include "base/limits.h"
#include "base/oid_index.h"

#include <stddef.h>
#include <string.h>

enum { MOST_RANKS = 20 }; /* each goes through all definitions once */

static struct odm_version *version_at(const struct odm_parts *parts, size_t i)
{
    return ODM_LIST_AT(parts->versions, struct odm_version, i);
}

static struct text study_oid(const struct odm_parts *parts,
                             const struct odm_version *version)
{
    if (version->study >= parts->studies.count)
        return (struct text){0};
    return ODM_LIST_AT(parts->studies, struct odm_study, version->study)->oid;
}

/* SIZE_MAX when the document does not hold it. */
static size_t included_by(const struct odm_parts *parts,
                          const struct odm_version *version)
{
    for (size_t i = 0; i < parts->versions.count; i++)
        if (text_equal(version_at(parts, i)->oid, version->include_version) &&
            text_equal(study_oid(parts, version_at(parts, i)), version->include_study))
            return i;
    return SIZE_MAX;
}

static void forget_ranks(struct odm_parts *parts)
{
    for (size_t i = 0; i < parts->versions.count; i++)
        version_at(parts, i)->rank = SIZE_MAX;
    for (size_t i = 0; i < parts->studies.count; i++)
        ODM_LIST_AT(parts->studies, struct odm_study, i)->rank = SIZE_MAX;
}

static void give_rank(struct odm_parts *parts, struct odm_version *version, size_t rank)
{
    version->rank = rank;
    if (version->study >= parts->studies.count)
        return;
    struct odm_study *study =
        ODM_LIST_AT(parts->studies, struct odm_study, version->study);
    if (study->rank == SIZE_MAX)
        study->rank = rank;
}

/* From the chosen version along the Includes: each gets its rank. */
static size_t rank_versions(struct odm_parts *parts)
{
    size_t rank = 0;
    size_t at = parts->chosen;
    for (;;) {
        struct odm_version *version = version_at(parts, at);
        give_rank(parts, version, rank++);
        if (text_is_absent(version->include_version) || rank > MOST_RANKS)
            return rank;
        at = included_by(parts, version);
        if (at != SIZE_MAX && version_at(parts, at)->rank == SIZE_MAX)
            continue;
        odm_finding_add(parts, version->include_place,
                        at == SIZE_MAX ? "put it before this one, into the same file"
                                       : NULL,
                        at == SIZE_MAX ? "there is no MetaDataVersion %.*s in the file"
                                       : "the MetaDataVersion %.*s includes itself",
                        SHOWN(version->include_version));
        return rank;
    }
}

static void tell_passed_over(struct odm_parts *parts)
{
    const struct odm_version *chosen = version_at(parts, parts->chosen);
    for (size_t i = 0; i < parts->versions.count; i++) {
        const struct odm_version *version = version_at(parts, i);
        if (version->rank == SIZE_MAX)
            odm_warning_add(parts, version->place, "put the one that is meant last",
                            "%.*s is passed over: the design is the last "
                            "MetaDataVersion of the file, %.*s",
                            SHOWN(version->oid), SHOWN(chosen->oid));
    }
}

/* --- one kind of definitions ------------------------------------------------------ */

/* Begins each of the structs: see odm_design_parts.h. */
static size_t version_of(const struct odm_list *list, size_t size, size_t i)
{
    size_t version;
    memcpy(&version, (const char *)list->things + i * size, sizeof version);
    return version;
}

static struct text oid_of(const struct odm_list *list, size_t size, size_t oid_at,
                          size_t i)
{
    struct text oid;
    memcpy(&oid, (const char *)list->things + i * size + oid_at, sizeof oid);
    return oid;
}

struct kind {
    struct odm_list *list;
    size_t size;
    size_t oid_at; /* SIZE_MAX: nothing of it is ever replaced */
    bool is_of_study;
};

/* The rank of a definition: that of its version, or of the first of its study. */
static size_t rank_of(const struct odm_parts *parts, const struct kind *kind, size_t i)
{
    size_t at = version_of(kind->list, kind->size, i);
    if (kind->is_of_study)
        return ODM_LIST_AT(parts->studies, struct odm_study, at)->rank;
    return version_at(parts, at)->rank;
}

/* Marks what stays: from the chosen version outwards, the first of each OID. Two of one
 * OID in one version both stay: that is a finding of its own. */
static bool mark(struct odm_parts *parts, const struct kind *kind, size_t ranks,
                 bool *stays, struct error *err)
{
    struct oid_index seen;
    if (!oid_index_make(&seen, kind->list->count, parts->study))
        return odm_no_room(err);
    for (size_t rank = 0; rank < ranks; rank++)
        for (size_t i = 0; i < kind->list->count; i++) {
            if (rank_of(parts, kind, i) != rank)
                continue;
            struct text oid = {0};
            if (kind->oid_at != SIZE_MAX)
                oid = oid_of(kind->list, kind->size, kind->oid_at, i);
            stays[i] = true;
            if (text_is_absent(oid))
                continue;
            struct oid_entry entry = {.oid = oid, .position = rank};
            const struct oid_entry *other = oid_index_find(&seen, oid, 0);
            stays[i] = other == NULL || other->position == rank;
            if (other == NULL && !oid_index_add(&seen, entry))
                return false; /* it has just been looked for */
        }
    return true;
}

static bool sift(struct odm_parts *parts, const struct kind *kind, size_t ranks,
                 struct error *err)
{
    struct odm_list *list = kind->list;
    bool *stays = arena_try(parts->study, list->count + 1);
    if (stays == NULL)
        return odm_no_room(err);
    if (!mark(parts, kind, ranks, stays, err))
        return false;
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        if (stays[i])
            memmove((char *)list->things + count++ * kind->size,
                    (char *)list->things + i * kind->size, kind->size);
    list->count = count;
    return true;
}

/* --- the whole -------------------------------------------------------------------- */

static bool sift_all(struct odm_parts *parts, size_t ranks, struct error *err)
{
    const struct kind kinds[] = {
        {&parts->events, sizeof(struct odm_event),
         offsetof(struct odm_event, event.oid), false},
        {&parts->groups, sizeof(struct odm_group), offsetof(struct odm_group, oid),
         false},
        {&parts->items, sizeof(struct odm_item), offsetof(struct odm_item, item.oid),
         false},
        {&parts->codelists, sizeof(struct odm_codelist),
         offsetof(struct odm_codelist, codelist.oid), false},
        {&parts->words, sizeof(struct odm_words), offsetof(struct odm_words, oid),
         false},
        {&parts->units, sizeof(struct odm_unit), offsetof(struct odm_unit, oid), true},
        {&parts->timings, sizeof(struct odm_timing), SIZE_MAX, false},
        {&parts->checks, sizeof(struct odm_check), SIZE_MAX, false},
        {&parts->parameters, sizeof(struct odm_parameter), SIZE_MAX, false},
    };
    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++)
        if (!sift(parts, &kinds[i], ranks, err))
            return false;
    return true;
}

bool odm_versions_resolve(struct odm_parts *parts, struct error *err)
{
    if (parts->versions.count == 0)
        return true;
    parts->chosen = parts->versions.count - 1;
    forget_ranks(parts);
    size_t ranks = rank_versions(parts);
    tell_passed_over(parts);
    if (ranks > MOST_RANKS)
        return error_set(err, ERROR_TOO_LARGE,
                         "more than %d MetaDataVersions include one another",
                         (int)MOST_RANKS);
    if (parts->versions.count == 1)
        return true;
    return sift_all(parts, ranks, err);
}
