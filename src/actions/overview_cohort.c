/* Everybody's facts, read anew when the log says that something happened to them. */
#include "actions/overview_parts.h"
#include "actions/study_state.h"
#include "store/plan_version.h"

#include <pthread.h>

enum { LOG_PAGE = 1000, COHORT_MOST = 100000, FACTS_MOST = 4 << 20 };
#define COHORT_ARENA ((size_t)256 << 20)

struct cohort {
    struct arena *arena;
    pthread_mutex_t lock; /* over all of it, its facts included */
    struct facts **facts; /* by id */
    size_t count, capacity;
    int64_t seen; /* the last event of the log that was looked at */
    bool is_listed;
    const struct design *design; /* that the facts were read under; NULL: none yet */
    struct overview_plan *plan;  /* of this design; NULL: none */
    int64_t plan_published;      /* by this event; 0: the program's */
};

struct cohort *cohort_new(void)
{
    struct arena *arena = arena_new(COHORT_ARENA);
    struct cohort *cohort = ARENA_NEW(arena, struct cohort);
    cohort->arena = arena;
    pthread_mutex_init(&cohort->lock, NULL);
    return cohort;
}

void cohort_free(struct cohort *cohort)
{
    if (cohort == NULL)
        return;
    for (size_t i = 0; i < cohort->count; i++)
        arena_free(cohort->facts[i]->arena);
    overview_plan_free(cohort->plan);
    pthread_mutex_destroy(&cohort->lock);
    arena_free(cohort->arena);
}

/* --- who there is --------------------------------------------------------------------- */

static struct facts *find(const struct cohort *cohort, int64_t id)
{
    size_t low = 0, high = cohort->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cohort->facts[middle]->id == id)
            return cohort->facts[middle];
        if (cohort->facts[middle]->id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Ids are given upwards, so a new one comes last. */
static void add(struct cohort *cohort, int64_t id)
{
    if (cohort->count == COHORT_MOST ||
        (cohort->count > 0 && cohort->facts[cohort->count - 1]->id >= id))
        return;
    if (cohort->count == cohort->capacity) {
        size_t capacity = cohort->capacity == 0 ? 256 : 2 * cohort->capacity;
        struct facts **larger = ARENA_ARRAY(cohort->arena, struct facts *, capacity);
        for (size_t i = 0; i < cohort->count; i++)
            larger[i] = cohort->facts[i];
        cohort->facts = larger;
        cohort->capacity = capacity;
    }
    struct facts *facts = ARENA_NEW(cohort->arena, struct facts);
    *facts = (struct facts){.arena = arena_new(FACTS_MOST), .id = id, .is_stale = true};
    cohort->facts[cohort->count++] = facts;
}

/* Of a provisional record, also the one that it is attached to: its rules see both. */
static void touch(struct cohort *cohort, int64_t id)
{
    struct facts *facts = find(cohort, id);
    if (facts == NULL) {
        add(cohort, id);
        return;
    }
    facts->is_stale = true;
    if (facts->participant.attached_to != 0) {
        struct facts *attached = find(cohort, facts->participant.attached_to);
        if (attached != NULL)
            attached->is_stale = true;
    }
}

static bool list_all(struct cohort *cohort, struct db *db, struct arena *scratch,
                     struct error *err)
{
    struct participant_filter filter = {.limit = LIMIT_LIST};
    size_t count = LIMIT_LIST;
    while (count == LIMIT_LIST) {
        struct participant *page = NULL;
        struct arena_mark mark = arena_mark(scratch);
        if (!participant_list(db, &filter, scratch, &page, &count, err))
            return false;
        for (size_t i = 0; i < count; i++)
            add(cohort, page[i].id);
        if (count > 0)
            filter.after = page[count - 1].id;
        arena_rewind(scratch, mark);
    }
    cohort->is_listed = true;
    return true;
}

static bool look_at_log(struct cohort *cohort, struct db *db, struct arena *scratch,
                        struct error *err)
{
    size_t count = LOG_PAGE;
    while (count == LOG_PAGE) {
        struct log_filter filter = {.after = cohort->seen,
                                    .user = -1,
                                    .without_content = true,
                                    .limit = LOG_PAGE};
        struct log_row *rows = NULL;
        struct arena_mark mark = arena_mark(scratch);
        if (!log_list(db, &filter, scratch, &rows, &count, err))
            return false;
        for (size_t i = 0; i < count; i++) {
            cohort->seen = rows[i].seq;
            if (rows[i].participant != 0)
                touch(cohort, rows[i].participant);
        }
        arena_rewind(scratch, mark);
    }
    return true;
}

/* --- what is known of them ------------------------------------------------------------ */

static bool read_one(struct study *study, const struct cohort *cohort, struct db *db,
                     struct facts *facts, struct error *err)
{
    struct collector *collector = cohort->plan == NULL ? NULL : cohort->plan->collector;
    struct participant *participant = NULL;
    arena_reset(facts->arena);
    facts->participant = (struct participant){0};
    if (!participant_by_id(db, facts->id, facts->arena, &participant, err))
        return false;
    facts->is_stale = false;
    if (participant == NULL)
        return true;
    facts->participant = *participant;
    return facts_read(study, db, collector, facts, err);
}

static bool read_stale(struct study *study, struct cohort *cohort, struct db *db,
                       struct error *err)
{
    size_t budget = OVERVIEW_AT_ONCE;
    int64_t now = study_now(study);
    for (size_t i = 0; i < cohort->count && budget > 0; i++) {
        struct facts *facts = cohort->facts[i];
        facts->is_stale |= facts->judged_at != 0 && facts->judged_at <= now;
        if (!facts->is_stale)
            continue;
        budget--;
        if (!read_one(study, cohort, db, facts, err))
            return false;
        /* Those it is attached to come later in a look, or in the next one. */
        struct facts *attached = find(cohort, facts->participant.attached_to);
        if (attached != NULL && attached->id < facts->id && !attached->is_stale) {
            if (!read_one(study, cohort, db, attached, err))
                return false;
        } else if (attached != NULL) {
            attached->is_stale = true;
        }
    }
    return true;
}

static bool refresh(struct study *study, struct cohort *cohort, struct error *err)
{
    struct arena *scratch = arena_new(LIMIT_REQUEST_ARENA);
    struct db *db = store_reader(study->store);
    bool is_read = true;
    if (!cohort->is_listed) {
        struct hash head;
        is_read = log_head(db, &cohort->seen, &head, err) &&
                  list_all(cohort, db, scratch, err);
    }
    is_read = is_read && look_at_log(cohort, db, scratch, err) &&
              read_stale(study, cohort, db, err);
    store_reader_return(study->store, db);
    arena_free(scratch);
    return is_read;
}

/* What was read under a version of the design or plan before the one in force is read
 * again. */
static bool look_at_versions(struct study *study, struct cohort *cohort,
                             const struct design *design, struct error *err)
{
    struct arena *scratch = arena_new(LIMIT_REQUEST_ARENA);
    struct stored_plan *plan = NULL;
    struct db *db = store_reader(study->store);
    bool is_read = plan_current(db, scratch, &plan, err);
    int64_t published = plan == NULL ? 0 : plan->published;
    if (is_read && (design != cohort->design || published != cohort->plan_published)) {
        overview_plan_free(cohort->plan);
        cohort->plan = overview_plan_new(study, db);
        for (size_t i = 0; i < cohort->count; i++) {
            cohort->facts[i]->is_stale = true;
            cohort->facts[i]->is_read = false;
        }
        cohort->design = design;
        cohort->plan_published = published;
    }
    store_reader_return(study->store, db);
    arena_free(scratch);
    return is_read;
}

/* --- one look ------------------------------------------------------------------------- */

static bool is_counted(const struct facts *facts, bool all, const struct text *sites,
                       size_t site_count)
{
    for (size_t i = 0; !all && i < site_count; i++)
        all = text_equal(sites[i], facts->participant.site);
    return all && facts->is_read && facts->participant.id != 0 &&
           facts->participant.attached_to == 0;
}

static void choose(const struct cohort *cohort, const struct caller *caller,
                   struct overview_input *input, struct overview *out)
{
    const struct text *sites = NULL;
    size_t site_count = 0;
    caller_sites(caller, PERMISSION_VIEW_OVERVIEW, input->arena, &out->is_of_all_sites,
                 &sites, &site_count);
    const struct facts **chosen =
        ARENA_ARRAY(input->arena, const struct facts *, cohort->count);
    for (size_t i = 0; i < cohort->count; i++) {
        out->read += !cohort->facts[i]->is_stale;
        if (is_counted(cohort->facts[i], out->is_of_all_sites, sites, site_count))
            chosen[input->count++] = cohort->facts[i];
    }
    out->of = cohort->count;
    out->seq = cohort->seen;
    input->facts = chosen;
    input->plan = cohort->plan;
}

static bool may_look(struct study *study, const struct caller *caller,
                     struct arena *arena, struct error *err)
{
    bool all = false;
    const struct text *sites = NULL;
    size_t count = 0;
    caller_sites(caller, PERMISSION_VIEW_OVERVIEW, arena, &all, &sites, &count);
    if (all || count > 0)
        return true;
    return caller_must(caller, PERMISSION_VIEW_OVERVIEW, (struct text){0}, false,
                       err) ||
           caller_refused(study, caller, 0, err);
}

bool overview_read(struct study *study, const struct caller *caller,
                   struct arena *arena, struct overview **out, struct error *err)
{
    if (!may_look(study, caller, arena, err))
        return false;
    struct overview *overview = ARENA_NEW(arena, struct overview);
    overview->now = study_now(study);
    struct overview_input input = {
        .design = study_design(study), .caller = caller, .arena = arena};
    pthread_mutex_lock(&study->cohort->lock);
    bool is_read = look_at_versions(study, study->cohort, input.design, err) &&
                   refresh(study, study->cohort, err);
    if (is_read) {
        choose(study->cohort, caller, &input, overview);
        overview_count(&input, overview);
        overview_attend(&input, overview);
        overview_estimate(&input, overview);
        overview_results(&input, overview);
    }
    pthread_mutex_unlock(&study->cohort->lock);
    *out = overview;
    return is_read;
}
