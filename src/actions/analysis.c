#include "actions/analysis.h"

#include "actions/act.h"
#include "actions/analysis_rows.h"
#include "actions/participant_scan.h"
#include "actions/plan_version.h"
#include "analysis/collect.h"
#include "base/hex.h"
#include "base/limits.h"
#include "formats/plan_read.h"
#include "formats/results_write.h"
#include "model/event.h"
#include "store/reads.h"
#include "system/crypto.h"

struct analysing {
    const struct analysis_request *request;
    struct arena *arena;
    struct collector *collector;
    struct row_finder finder;
    const struct caller *caller;
    struct text *numbers;
    bool *may_name;
    size_t count, capacity, name_capacity;
};

/* Of the dataset whose rows are wanted. */
static size_t rows_so_far(const struct analysing *analysing)
{
    const struct collector *collector = analysing->collector;
    if (analysing->finder.analysis == NULL)
        return 0;
    const struct plan_dataset *named =
        plan_dataset(collector->plan, analysing->finder.analysis->dataset);
    return collector->datasets[named - collector->plan->datasets]->count;
}

static bool may_name(const struct caller *caller, const struct participant *participant)
{
    return caller->user == 0 ||
           caller_may(caller, PERMISSION_VIEW_CASEBOOK, participant->site,
                      caller_is_assigned(caller, participant->id));
}

static bool look(void *context, const struct world *world, struct error *err)
{
    struct analysing *analysing = context;
    const struct participant *participant = world->participant;
    struct collected from = {participant->id, world->rulebook, world->book};
    struct text number = participant->subject_number.len > 0
                             ? participant->subject_number
                             : participant->screening_number;
    analysing->numbers = ARENA_GROW(analysing->arena, analysing->numbers,
                                    analysing->count, &analysing->capacity);
    analysing->may_name = ARENA_GROW(analysing->arena, analysing->may_name,
                                     analysing->count, &analysing->name_capacity);
    analysing->may_name[analysing->count] = may_name(analysing->caller, participant);
    analysing->numbers[analysing->count++] = text_copy(analysing->arena, number);
    size_t first = rows_so_far(analysing);
    collect(analysing->collector, &from);
    find_rows(&analysing->finder, world, first);
    return progress_step(analysing->request->progress, 1, err);
}

/* The version that was in force at the cut. */
static bool find_design(struct study *study, struct db *db, struct arena *arena,
                        const struct data_cut *cut, const struct design **out,
                        struct error *err)
{
    struct stored_design *stored = NULL;
    if (!design_current(db, arena, &stored, err))
        return false;
    if (stored == NULL)
        return error_set(err, ERROR_REFUSED, "the study had no design at event %lld",
                         (long long)cut->seq);
    return study_design_version(study, stored->version, out, err);
}

static bool find_plan(const struct design *design, struct db *db,
                      const struct analysis_request *request, struct arena *arena,
                      struct analysis_report *out, struct error *err)
{
    struct plan_used used = {0};
    struct analysis_plan *other = NULL;
    bool is_other = !text_is_absent(request->plan_json);
    if (is_other ? !plan_read(request->plan_json, arena, &other, err)
                 : !plan_in_force(design, db, arena, &used, err))
        return false;
    out->plan = is_other ? other : used.plan;
    out->plan_content = is_other ? hash_of(request->plan_json) : used.content;
    out->plan_published = used.published;
    return true;
}

static bool find_analysis(const struct analysis_plan *plan, struct text id,
                          const struct plan_analysis **out, struct error *err)
{
    *out = NULL;
    for (size_t i = 0; i < plan->analysis_count; i++)
        if (text_equal(plan->analyses[i].id, id))
            *out = &plan->analyses[i];
    return text_is_absent(id) || *out != NULL ||
           error_set(err, ERROR_NOT_FOUND, "the plan has no analysis of this name");
}

static bool analyse_cut(struct study *study, const struct caller *caller, struct db *db,
                        struct analysing *analysing, struct arena *scratch,
                        struct analysis_report *out, struct error *err)
{
    const struct design *design = NULL;
    const struct plan_analysis *rows_of = NULL;
    if (!find_design(study, db, analysing->arena, &out->cut, &design, err) ||
        !find_plan(design, db, analysing->request, analysing->arena, out, err) ||
        !find_analysis(out->plan, analysing->request->rows_of, &rows_of, err))
        return false;
    const struct analysis_plan *plan = out->plan;
    int64_t enrolled = 0;
    if (!participants_enrolled(db, &enrolled, err) ||
        !collector_new(plan, study_rulebook(study, design), analysing->arena, scratch,
                       &analysing->collector, err) ||
        !plan_check(plan, analysing->collector->datasets, err))
        return false;
    analysing->collector->expected = 2 * (size_t)enrolled; /* with those screened */
    static const enum permission permission = PERMISSION_VIEW_OVERVIEW;
    analysing->finder = (struct row_finder){.analysis = rows_of,
                                            .caller = caller,
                                            .collector = analysing->collector,
                                            .arena = analysing->arena};
    const struct participant_scan scan = {.study = study,
                                          .caller = caller,
                                          .db = db,
                                          .now = out->cut.time,
                                          .permissions = &permission,
                                          .permission_count = caller->user != 0,
                                          .context = analysing,
                                          .look = look};
    if (!participants_scan(&scan, err))
        return false;
    struct analysis_result *results = NULL;
    analyse(plan, analysing->collector->datasets, analysing->arena, &results);
    out->design = design->version;
    out->datasets = analysing->collector->datasets;
    out->numbers = analysing->numbers;
    out->may_name = analysing->may_name;
    out->results = results;
    out->rows = analysing->finder.rows;
    out->row_count = analysing->finder.count;
    out->rows_not_named = analysing->finder.not_named;
    return true;
}

/* `*db` is `live`, or the tables as they stood. */
static bool open_cut(struct db *live, const struct analysis_request *request,
                     struct arena *arena, struct data_cut *cut, struct db **db,
                     struct error *err)
{
    struct data_cut now;
    *db = live;
    if (!data_cut_now(live, &now, err))
        return false;
    *cut = now;
    return text_is_absent(request->as_of) ||
           (data_cut_find(live, request->as_of, cut, err) &&
            (cut->seq == now.seq || as_of_open(live, cut->seq, arena, db, err)));
}

/* Somewhere at least; the scan asks for each participant's site. */
static bool may(struct study *study, const struct caller *caller, struct arena *arena,
                struct error *err)
{
    bool is_everywhere = false;
    const struct text *sites = NULL;
    size_t count = 0;
    if (caller->user == 0)
        return true;
    caller_sites(caller, PERMISSION_VIEW_OVERVIEW, arena, &is_everywhere, &sites,
                 &count);
    return is_everywhere || count > 0 ||
           caller_must(caller, PERMISSION_VIEW_OVERVIEW, (struct text){0}, false,
                       err) ||
           caller_refused(study, caller, 0, err);
}

bool analysis_run(struct study *study, const struct caller *caller,
                  const struct analysis_request *request, struct arena *arena,
                  struct analysis_report *out, struct error *err)
{
    struct store *store = study_store(study);
    *out = (struct analysis_report){.is_synthetic = store_is_demo(store)};
    if (!may(study, caller, arena, err))
        return false;
    struct analysing analysing = {.request = request, .arena = arena, .caller = caller};
    struct arena *scratch = arena_new(LIMIT_REQUEST_ARENA);
    struct db *live = store_reader(store), *db = NULL;
    bool is_run = open_cut(live, request, arena, &out->cut, &db, err) &&
                  analyse_cut(study, caller, db, &analysing, scratch, out, err);
    if (db != NULL && db != live)
        as_of_close(db);
    store_reader_return(store, live);
    arena_free(scratch);
    return is_run;
}

/* --- what was run ------------------------------------------------------------------------ */

bool analysis_results_input(struct study *study, const struct analysis_report *report,
                            struct arena *arena, struct results_input *out,
                            struct error *err)
{
    char *hash = ARENA_ARRAY(arena, char, HEX_SIZE(HASH_SIZE));
    char *content = ARENA_ARRAY(arena, char, HEX_SIZE(HASH_SIZE));
    const struct design *design = NULL;
    if (!study_design_version(study, report->design, &design, err))
        return false;
    hex_print(report->cut.hash.bytes, HASH_SIZE, hash);
    hex_print(report->plan_content.bytes, HASH_SIZE, content);
    *out =
        (struct results_input){.plan = report->plan,
                               .plan_hash = {content, HEX_SIZE(HASH_SIZE)},
                               .results = report->results,
                               .datasets = report->datasets,
                               .numbers = report->numbers,
                               .dictionary = study_rulebook(study, design)->dictionary,
                               .cut_seq = report->cut.seq,
                               .cut_time = report->cut.time,
                               .cut_hash = {hash, HEX_SIZE(HASH_SIZE)},
                               .design = report->design,
                               .is_synthetic = report->is_synthetic,
                               .arena = arena};
    return true;
}

bool analysis_json(struct study *study, const struct analysis_report *report,
                   struct arena *arena, struct text *out, struct error *err)
{
    enum { RESULTS_MOST = 1 << 28 };
    struct results_input input;
    struct buffer buffer = buffer_in(arena, RESULTS_MOST);
    if (!analysis_results_input(study, report, arena, &input, err))
        return false;
    results_write_ars(&input, &buffer);
    return buffer_text(&buffer, out, err);
}

bool analysis_note(struct act *act, struct txn *txn, struct error *err)
{
    struct analysis_note *verb = (struct analysis_note *)act;
    const struct analysis_report *report = verb->report;
    struct origin origin = caller_origin(act->caller);
    bool is_operator = act->caller->user == 0; /* who owns the folder */
    if (!is_operator && !caller_must(act->caller, PERMISSION_RUN_ANALYSIS,
                                     (struct text){0}, false, err))
        return false;
    struct analysis_run_noted content = {.at_seq = report->cut.seq,
                                         .head = report->cut.hash,
                                         .plan = report->plan->version,
                                         .plan_content = report->plan_content,
                                         .design = report->design,
                                         .results = verb->results,
                                         .participants =
                                             (int64_t)report->datasets[0]->count};
    return txn_append(txn, LOG_EVENT_ANALYSIS_RUN, &origin, 0, &content, &verb->seq,
                      err);
}
