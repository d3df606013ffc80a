#include "actions/study.h"

#include "actions/delegation.h"
#include "actions/overview_parts.h"
#include "actions/sign_in_replay.h"
#include "actions/study_state.h"
#include "base/limits.h"
#include "formats/odm_design_read.h"
#include "model/rulebook.h"
#include "store/amendment.h"

#include <string.h>

/* --- designs --------------------------------------------------------------------------- */

static struct design_slot *slot_find(struct study *study, struct text version)
{
    for (struct design_slot *slot = study->designs; slot != NULL; slot = slot->next)
        if (text_equal(slot->design->version, version))
            return slot;
    return NULL;
}

static bool design_parse(struct text xml, struct arena *arena,
                         const struct design **out, const struct rulebook **rulebook,
                         struct error *err)
{
    struct odm_findings *findings = ARENA_NEW(arena, struct odm_findings);
    return odm_design_read(xml, arena, out, findings, err) &&
           rulebook_make(*out, arena, rulebook, err);
}

struct design_slot *design_slot_new(struct text xml, struct error *err)
{
    struct arena *arena = arena_new(LIMIT_DESIGN_ARENA);
    struct design_slot *slot = ARENA_NEW(arena, struct design_slot);
    slot->arena = arena;
    if (design_parse(xml, arena, &slot->design, &slot->rulebook, err))
        return slot;
    arena_free(arena);
    return NULL;
}

void design_slot_free(struct design_slot *slot)
{
    if (slot != NULL)
        arena_free(slot->arena);
}

/* The lock is held, or no other thread runs yet. */
static bool slot_add(struct study *study, const struct stored_design *stored,
                     struct design_slot **out, struct error *err)
{
    struct design_slot *slot = design_slot_new(stored->xml, err);
    if (slot == NULL)
        return error_in(err, "reading design version %.*s", TEXT_ARG(stored->version));
    slot->next = study->designs;
    study->designs = slot;
    *out = slot;
    return true;
}

void study_put_in_force(struct study *study, struct design_slot *slot)
{
    pthread_mutex_lock(&study->design_lock);
    slot->next = study->designs;
    study->designs = slot;
    pthread_mutex_unlock(&study->design_lock);
    atomic_fetch_add(&study->version_count, 1);
    atomic_store(&study->current, slot);
}

static bool slot_read(struct study *study, struct text version,
                      struct design_slot **out, struct error *err)
{
    struct arena *scratch = arena_new(LIMIT_DESIGN_ARENA);
    struct stored_design *stored = NULL;
    struct db *db = store_reader(study->store);
    bool is_read = design_by_version(db, version, scratch, &stored, err);
    store_reader_return(study->store, db);
    if (is_read && stored == NULL)
        is_read = error_set(
            err, ERROR_REFUSED, "the study has no design version \"%.*s\"",
            version.len > LIMIT_OID ? LIMIT_OID : (int)version.len, version.at);
    is_read = is_read && slot_add(study, stored, out, err);
    arena_free(scratch);
    return is_read;
}

bool study_design_version(struct study *study, struct text version,
                          const struct design **out, struct error *err)
{
    bool is_found = true;
    *out = study_design(study);
    if (text_equal((*out)->version, version))
        return true;
    pthread_mutex_lock(&study->design_lock);
    struct design_slot *slot = slot_find(study, version);
    if (slot == NULL)
        is_found = slot_read(study, version, &slot, err);
    if (is_found)
        *out = slot->design;
    pthread_mutex_unlock(&study->design_lock);
    return is_found;
}

static bool read_current(struct study *study, struct error *err)
{
    struct arena *scratch = arena_new(LIMIT_DESIGN_ARENA);
    struct stored_design *stored = NULL;
    struct stored_version *versions = NULL;
    struct design_slot *slot = NULL;
    size_t count = 0;
    struct db *db = store_reader(study->store);
    bool is_read = design_current(db, scratch, &stored, err) &&
                   version_list(db, scratch, &versions, &count, err);
    store_reader_return(study->store, db);
    if (is_read && stored == NULL)
        is_read = error_set(err, ERROR_DAMAGED, "the folder has no design");
    is_read = is_read && slot_add(study, stored, &slot, err);
    atomic_init(&study->current, slot);
    atomic_init(&study->version_count, count);
    arena_free(scratch);
    return is_read;
}

/* --- open and close ---------------------------------------------------------------------- */

/* Nobody knows this one: it is what an unknown name is compared with. */
static void make_nobodys_password(struct study *study)
{
    uint8_t bytes[HASH_SIZE];
    random_bytes(bytes, sizeof bytes);
    password_hash((struct text){.at = (const char *)bytes, .len = sizeof bytes},
                  study->nobodys_password);
    wipe(bytes, sizeof bytes);
}

bool study_open(const struct store_options *options, struct study **out,
                struct error *err)
{
    struct store *store = NULL;
    if (!store_open(options, &store, err))
        return false;
    struct arena *arena = arena_new(LIMIT_DESIGN_ARENA);
    struct study *study = ARENA_NEW(arena, struct study);
    study->arena = arena;
    study->store = store;
    study->sessions = session_table_new(arena);
    study->throttle = throttle_new(arena);
    study->cohort = cohort_new();
    study->delegation = delegation_new(arena);
    atomic_init(&study->is_delegation_stale, true);
    pthread_mutex_init(&study->design_lock, NULL);
    make_nobodys_password(study);
    if (!read_current(study, err) || !sign_in_replay(study, err)) {
        study_close(study);
        return false;
    }
    *out = study;
    return true;
}

void study_close(struct study *study)
{
    if (study == NULL)
        return;
    store_close(study->store);
    cohort_free(study->cohort);
    delegation_free(study->delegation);
    for (struct design_slot *next = NULL, *slot = study->designs; slot != NULL;
         slot = next) {
        next = slot->next;
        design_slot_free(slot);
    }
    pthread_mutex_destroy(&study->design_lock);
    arena_free(study->arena);
}

bool study_create(const struct store_options *options, const struct study_new *what,
                  struct error *err)
{
    struct arena *scratch = arena_new(LIMIT_DESIGN_ARENA);
    const struct design *design = NULL;
    const struct rulebook *rulebook = NULL;
    bool is_made = design_parse(what->design_xml, scratch, &design, &rulebook, err);
    if (is_made) {
        struct store_new new = {.study_oid = design->study_oid,
                                .design_xml = what->design_xml,
                                .design_version = design->version,
                                .is_demo = what->is_demo,
                                .demo_now = what->demo_now};
        is_made = store_create(options, &new, err);
    }
    arena_free(scratch);
    return is_made;
}

struct store *study_store(const struct study *study)
{
    return study->store;
}

const struct design *study_design(const struct study *study)
{
    return atomic_load(&study->current)->design;
}

const struct rulebook *study_rulebook(struct study *study, const struct design *design)
{
    const struct design_slot *slot = atomic_load(&study->current);
    if (slot->design == design)
        return slot->rulebook;
    pthread_mutex_lock(&study->design_lock);
    slot = slot_find(study, design->version);
    pthread_mutex_unlock(&study->design_lock);
    ASSERT(slot != NULL && slot->design == design);
    return slot->rulebook;
}

int64_t study_now(const struct study *study)
{
    return clock_now(store_clock(study->store));
}

bool study_import_begin(struct study *study, struct error *err)
{
    bool was_importing = false;
    if (atomic_compare_exchange_strong(&study->is_importing, &was_importing, true))
        return true;
    error_set(err, ERROR_BUSY, "another import is under way");
    return error_hint(err, "wait for its end; imports go one after the other");
}

void study_import_end(struct study *study)
{
    atomic_store(&study->is_importing, false);
}
