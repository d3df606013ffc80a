#include "actions/export.h"

#include "actions/act.h"
#include "actions/export_walk.h"
#include "actions/study.h"

/* -- May they? ---------------------------------------------------------------------- */

static enum permission permission_of(const struct export_request *request)
{
    switch (request->format) {
    case EXPORT_CSV: return PERMISSION_EXPORT_CSV;
    case EXPORT_AUDIT: return PERMISSION_EXPORT_HISTORY;
    case EXPORT_ODM_2:
    case EXPORT_ODM_1: break;
    }
    return PERMISSION_EXPORT_ODM;
}

/* Somewhere at least; the walk asks for each participant's site. */
static bool may_somewhere(const struct caller *caller, enum permission permission,
                          struct arena *arena, struct export_walk *walk,
                          struct error *err)
{
    if (caller->user == 0) {
        walk->is_everywhere = true;
        return true;
    }
    caller_sites(caller, permission, arena, &walk->is_everywhere, &walk->sites,
                 &walk->site_count);
    return walk->is_everywhere || walk->site_count > 0 ||
           caller_must(caller, permission, (struct text){0}, false, err);
}

static bool may(struct study *study, const struct caller *caller,
                const struct export_request *request, struct arena *arena,
                struct export_walk *walk, struct error *err)
{
    struct export_walk history = {0};
    bool is_allowed =
        may_somewhere(caller, permission_of(request), arena, walk, err) &&
        (!request->is_transactional ||
         may_somewhere(caller, PERMISSION_EXPORT_HISTORY, arena, &history, err));
    return is_allowed || caller_refused(study, caller, 0, err);
}

/* -- On the log --------------------------------------------------------------------- */

struct noting {
    struct act act;
    struct exported event;
};

static bool note(struct act *act, struct txn *txn, struct error *err)
{
    struct noting *noting = (struct noting *)act;
    struct origin origin = caller_origin(act->caller);
    return txn_append(txn, LOG_EVENT_EXPORTED, &origin, 0, &noting->event, NULL, err);
}

static struct text format_name(const struct export_request *request,
                               struct arena *arena)
{
    switch (request->format) {
    case EXPORT_CSV: return TEXT("csv");
    case EXPORT_ODM_2:
        return request->is_transactional ? TEXT("odm transactional") : TEXT("odm");
    case EXPORT_ODM_1:
        return request->is_transactional ? TEXT("odm1 transactional") : TEXT("odm1");
    case EXPORT_AUDIT:
        return request->audit_words.len == 0
                   ? TEXT("audit")
                   : text_format(arena, "audit, %.*s", TEXT_ARG(request->audit_words));
    }
    return TEXT("csv");
}

static bool put_on_log(struct study *study, const struct caller *caller,
                       const struct export_request *request, struct arena *arena,
                       const struct export_report *report, struct error *err)
{
    struct noting noting = {.act = act_of(study, caller, arena, note),
                            .event = {.at_seq = report->cut.seq,
                                      .head = report->cut.hash,
                                      .format = format_name(request, arena),
                                      .content = report->content,
                                      .participants = report->participants,
                                      .values = report->values}};
    return act_run(&noting.act, err);
}

/* -- At one cut --------------------------------------------------------------------- */

static bool open_cut(struct export_walk *walk, const struct export_request *request,
                     struct arena *arena, struct error *err)
{
    walk->db = walk->live;
    if (text_is_absent(request->as_of))
        return data_cut_now(walk->live, &walk->cut, err);
    struct data_cut now;
    return data_cut_find(walk->live, request->as_of, &walk->cut, err) &&
           data_cut_now(walk->live, &now, err) &&
           (now.seq == walk->cut.seq ||
            as_of_open(walk->live, walk->cut.seq, arena, &walk->db, err));
}

static bool read_design(struct study *study, struct export_walk *walk,
                        struct arena *arena, struct error *err)
{
    struct stored_design *stored = NULL;
    if (!design_current(walk->db, arena, &stored, err))
        return false;
    if (stored == NULL)
        return error_set(err, ERROR_REFUSED, "the study had no design at event %lld",
                         (long long)walk->cut.seq);
    walk->design_xml = stored->xml;
    walk->design_time = stored->published_at;
    if (!study_design_version(study, stored->version, &walk->design, err))
        return false;
    walk->plan = record_plan_new(walk->design, arena);
    return true;
}

static bool pass_subject(struct export_walk *walk, const struct record_subject *subject,
                         struct arena *scratch, struct error *err)
{
    (void)walk;
    (void)subject;
    (void)scratch;
    (void)err;
    return true;
}

static bool pass_form(struct export_walk *walk, const struct record_subject *subject,
                      const struct record_form *form, struct arena *scratch,
                      struct error *err)
{
    (void)form;
    return pass_subject(walk, subject, scratch, err);
}

/* The walk of an export, and nothing is written: it cannot count anything else. */
static bool count_all(struct export_walk *walk, struct arena *arena, struct error *err)
{
    struct record_section *sections = NULL;
    size_t count = 0;
    walk->subject = pass_subject;
    walk->form = pass_form;
    return export_walk_all(walk, err) &&
           export_walk_reference(walk, arena, &sections, &count, err);
}

static bool write_all(struct study *study, struct export_walk *walk,
                      const struct export_request *request, struct arena *arena,
                      struct hash *content, struct error *err)
{
    if (!open_cut(walk, request, arena, err) || !read_design(study, walk, arena, err))
        return false;
    if (request->is_count_only)
        return count_all(walk, arena, err);
    switch (request->format) {
    case EXPORT_CSV: return export_to_tables(walk, request, arena, content, err);
    case EXPORT_AUDIT: return export_to_audit(walk, request, arena, content, err);
    case EXPORT_ODM_2:
    case EXPORT_ODM_1: break;
    }
    return export_to_odm(walk, request, arena, content, err);
}

bool export_data(struct study *study, const struct caller *caller,
                 const struct export_request *request, struct arena *arena,
                 struct export_report *out, struct error *err)
{
    struct store *store = study_store(study);
    struct export_walk walk = {.is_synthetic = store_is_demo(store),
                               .progress = request->progress};
    *out = (struct export_report){.is_synthetic = walk.is_synthetic};
    if (!may(study, caller, request, arena, &walk, err))
        return false;
    walk.live = store_reader(store);
    bool is_written = write_all(study, &walk, request, arena, &out->content, err);
    if (walk.db != NULL && walk.db != walk.live)
        as_of_close(walk.db);
    store_reader_return(store, walk.live);
    out->cut = walk.cut;
    out->participants = walk.participants;
    out->withheld = walk.withheld;
    out->forms = walk.forms;
    out->sealed = walk.sealed;
    out->values = walk.values;
    return is_written && (request->is_count_only ||
                          put_on_log(study, caller, request, arena, out, err));
}
