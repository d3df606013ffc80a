#include "actions/import_stage.h"

#include "actions/act.h"
#include "actions/import_reference.h"
#include "actions/record_lock.h"
#include "base/buffer.h"
#include "store/heads.h"
#include "store/import.h"
#include "system/clock.h"

#include <semaphore.h>

/* Of the writer's time, before who waits to save is let through (measured: bench/import). */
enum { SHARE_MICROSECONDS = 500 };

struct import_portion {
    struct act act;
    struct import_staging *staging;
    const struct design *design;
    const struct import_form *forms;
    size_t form_count;
    size_t from, to; /* of the forms: those that this unit has staged */
    int64_t participants, forms_staged, new_values, changed,
        unchanged; /* of this unit */
    bool is_under_way;
    sem_t done;
};

/* --- it begins ---------------------------------------------------------------------------- */

static void portion_end(void *data)
{
    sem_destroy(&((struct import_portion *)data)->done);
}

static struct import_portion *portion_new(struct arena *arena)
{
    struct import_portion *portion = ARENA_NEW(arena, struct import_portion);
    ASSERT(sem_init(&portion->done, 0, 0) == 0);
    arena_on_end(arena, portion_end, portion);
    return portion;
}

struct import_begin {
    struct act act;
    struct text files;
    const struct import_named *named;
    size_t named_count;
    int64_t import;
};

static bool begin(struct act *act, struct txn *txn, struct error *err)
{
    struct import_begin *verb = (struct import_begin *)act;
    struct origin origin = caller_origin(act->caller);
    struct import_begun content = {
        .files = verb->files, .named = verb->named, .named_count = verb->named_count};
    return record_open_check(txn_db(txn), 0, 0, txn_arena(txn), err) &&
           txn_append(txn, LOG_EVENT_IMPORT_BEGUN, &origin, 0, &content, &verb->import,
                      err);
}

bool import_stage_begin(struct import_staging *staging, const struct import_file *files,
                        size_t count, const struct import_names *named,
                        struct error *err)
{
    struct buffer names = buffer_in(staging->arena, 64 * 1024);
    for (size_t i = 0; i < count; i++)
        buffer_format(&names, "%s%.*s", i == 0 ? "" : "\n", TEXT_ARG(files[i].name));
    struct import_begin verb = {
        .act = act_of(staging->study, staging->caller, staging->arena, begin)};
    staging->portion = portion_new(staging->arena);
    verb.named = import_names_used(named, staging->arena, &verb.named_count);
    if (!buffer_text(&names, &verb.files, err) || !act_run(&verb.act, err))
        return false;
    staging->import = verb.import;
    return true;
}

/* --- one portion ---------------------------------------------------------------------------- */

/* One form on its way into the log. */
struct staged_form {
    struct import_portion *verb;
    struct txn *txn;
    const struct import_form *form;
    struct import_staged content;
    struct import_kept *kept; /* those of the content */
    struct form_heads *heads;
    bool is_visible; /* the participant is there already: the commit projects it */
};

static bool find_participant(struct staged_form *staged, int64_t *id, struct error *err)
{
    struct db *db = txn_db(staged->txn);
    int64_t import = staged->verb->staging->import;
    int64_t of = 0;
    *id = REFERENCE_PARTICIPANT;
    staged->is_visible = text_is_absent(staged->form->subject);
    if (staged->is_visible)
        return true; /* reference data */
    if (!import_subject(db, import, staged->form->subject, id, err))
        return false;
    if (*id == 0) {
        staged->content.is_new = true;
        staged->content.subject_key = staged->form->subject;
        staged->content.site = staged->form->site;
        staged->verb->participants++;
        return participant_next_id(db, id, err);
    }
    if (!import_of_participant(db, *id, &of, err))
        return false;
    staged->is_visible = of == 0;
    return true;
}

static bool load_heads(struct staged_form *staged, struct error *err)
{
    struct db *db = txn_db(staged->txn);
    struct arena *arena = txn_arena(staged->txn);
    const struct form_key *key = &staged->content.saved.key;
    return heads_load(db, key, arena, &staged->heads, err) &&
           (!staged->is_visible ||
            import_apply_waiting(db, staged->heads, key, arena, err));
}

/* What is kept of the given change speaks of the staged one now; 0: it is not staged. */
static void speak_of(struct staged_form *staged, size_t given, size_t change)
{
    for (size_t i = 0; i < staged->form->kept_count; i++)
        if (staged->form->kept[i].change == given)
            staged->kept[i].change = change;
}

/* The same again is nothing new; else it builds on what is there. */
static bool apply_change(struct staged_form *staged, size_t place, struct error *err)
{
    const struct value_change *given = &staged->form->changes[place];
    struct values_saved *saved = &staged->content.saved;
    const struct head *current = heads_current(staged->heads, given->item, given->row);
    if (current != NULL && answer_equal(&current->answer, &given->new)) {
        staged->verb->unchanged++;
        return true;
    }
    if (current == NULL && given->new.missing == MISSING_CLEARED)
        return true;
    struct value_change *change = &saved->changes[saved->change_count];
    *change = *given;
    if (current != NULL) {
        change->has_base = true;
        change->base = (struct base_reference){.version = current->version};
        staged->verb->changed++;
    } else {
        staged->verb->new_values++;
    }
    struct head_author author = {.version = {.seq = txn_next_seq(staged->txn),
                                             .place = (int32_t)saved->change_count},
                                 .corrected_time = saved->corrected_time,
                                 .user = staged->verb->act.caller->user};
    saved->change_count++;
    speak_of(staged, place + 1, saved->change_count);
    return heads_apply(staged->heads, txn_db(staged->txn), change, &author, err);
}

/* What the rules say about the form they say when it is visible (import_rules.h); till then
 * it counts as not complete. */
static void count_answers(struct staged_form *staged, const struct design *design)
{
    struct values_saved *saved = &staged->content.saved;
    const struct form *form = design_form(design, saved->key.form);
    size_t next = 0;
    struct text item;
    int64_t row;
    const struct head *head;
    while (heads_next(staged->heads, &next, &item, &row, &head))
        saved->answered += answer_is_given(&head->answer);
    for (size_t i = 0; form != NULL && i < form->group_count; i++)
        saved->expected += (int64_t)form->groups[i]->item_count;
    if (saved->expected < saved->answered)
        saved->expected = saved->answered;
}

/* What is frozen or locked an import does not change either. */
static bool check_open(const struct staged_form *staged, struct error *err)
{
    const struct form_key *key = &staged->content.saved.key;
    struct db *db = txn_db(staged->txn);
    struct arena *arena = txn_arena(staged->txn);
    struct form_state *known = NULL;
    return form_find(db, key, arena, &known, err) &&
           record_open_check(db, key->participant, known == NULL ? 0 : known->id, arena,
                             err);
}

static bool append(struct staged_form *staged, int64_t participant, struct error *err)
{
    struct origin origin = caller_origin(staged->verb->act.caller);
    struct values_saved *saved = &staged->content.saved;
    bool is_nothing = saved->change_count == 0 &&
                      (staged->content.kept_count == 0 || staged->is_visible);
    if (is_nothing && !staged->content.is_new)
        return true;
    if (staged->is_visible && !check_open(staged, err))
        return false;
    staged->verb->forms_staged++;
    saved->heads = staged->is_visible ? NULL : staged->heads;
    return txn_append(staged->txn, LOG_EVENT_IMPORT_STAGED, &origin, participant,
                      &staged->content, NULL, err);
}

/* A history that was imported before, given again: what led to the answer that is there
 * already is no news. */
static bool is_known_step(struct staged_form *staged, size_t place)
{
    const struct import_form *form = staged->form;
    const struct value_change *given = &form->changes[place];
    if (!staged->is_visible)
        return false;
    const struct head *current = heads_current(staged->heads, given->item, given->row);
    for (size_t i = place + 1; i < form->change_count && current != NULL; i++)
        if (text_equal(form->changes[i].item, given->item) &&
            form->changes[i].row == given->row &&
            answer_equal(&current->answer, &form->changes[i].new))
            return true;
    return false;
}

/* As they are, but of no change yet. */
static struct import_kept *kept_of(struct arena *arena, const struct import_form *form)
{
    struct import_kept *kept =
        ARENA_ARRAY(arena, struct import_kept, form->kept_count + 1);
    for (size_t i = 0; i < form->kept_count; i++) {
        kept[i] = form->kept[i];
        kept[i].change = 0;
    }
    return kept;
}

static bool stage_form(struct import_portion *verb, struct txn *txn,
                       const struct import_form *form, struct error *err)
{
    const struct design *design = verb->design;
    struct staged_form staged = {.verb = verb, .txn = txn, .form = form};
    int64_t participant = 0;
    if (!find_participant(&staged, &participant, err))
        return false;
    staged.content.import = verb->staging->import;
    staged.content.kept = staged.kept = kept_of(txn_arena(txn), form);
    staged.content.kept_count = form->kept_count;
    staged.content.saved = (struct values_saved){
        .key = form->key,
        .design_version = design->version,
        .corrected_time = txn_now(txn),
        .changes =
            ARENA_ARRAY(txn_arena(txn), struct value_change, form->change_count)};
    staged.content.saved.key.participant = participant;
    if (!load_heads(&staged, err))
        return false;
    for (size_t i = 0; i < form->change_count; i++)
        if (!is_known_step(&staged, i) && !apply_change(&staged, i, err))
            return false;
    count_answers(&staged, design);
    return append(&staged, participant, err);
}

/* The whole portion while nobody else writes. A save that waits is let through as soon as
 * the import has had its share of the writer's time. */
static bool stage_portion(struct act *act, struct txn *txn, struct error *err)
{
    struct import_portion *verb = (struct import_portion *)act;
    int64_t began = clock_monotonic();
    verb->participants = verb->forms_staged = 0;
    verb->new_values = verb->changed = verb->unchanged = 0;
    verb->to = verb->from;
    do {
        const struct import_form *form = &verb->forms[verb->to++];
        if (!stage_form(verb, txn, form, err))
            return error_in(err, "participant %.*s", TEXT_ARG(form->subject));
    } while (verb->to < verb->form_count &&
             (clock_monotonic() - began < SHARE_MICROSECONDS || !txn_is_awaited(txn)));
    return true;
}

static void count_staged(struct import_staging *staging,
                         const struct import_portion *verb)
{
    struct import_report *report = staging->report;
    staging->participants += verb->participants;
    staging->forms += verb->forms_staged;
    staging->values += verb->new_values + verb->changed;
    report->new_participants += verb->participants;
    report->forms += verb->forms_staged;
    report->new_values += verb->new_values;
    report->changed_values += verb->changed;
    report->unchanged_values += verb->unchanged;
}

static void wake(void *waiter, struct act *act)
{
    (void)act;
    sem_post(waiter);
}

static bool submit(struct import_portion *portion, struct error *err)
{
    struct import_staging *staging = portion->staging;
    portion->act =
        act_of(staging->study, staging->caller, staging->arena, stage_portion);
    portion->act.finished = wake;
    portion->act.waiter = &portion->done;
    portion->is_under_way = act_submit(&portion->act, err);
    return portion->is_under_way;
}

bool import_stage_wait(struct import_staging *staging, struct error *err)
{
    struct import_portion *portion = staging->portion;
    while (portion != NULL && portion->is_under_way) {
        while (sem_wait(&portion->done) != 0)
            continue; /* a signal came between */
        portion->is_under_way = false;
        if (portion->act.outcome.code != ERROR_NONE) {
            *err = portion->act.outcome;
            return false;
        }
        count_staged(staging, portion);
        portion->from = portion->to;
        if (portion->from < portion->form_count && !submit(portion, err))
            return false;
    }
    return true;
}

bool import_stage(void *data, struct import_map *map, struct error *err)
{
    struct import_staging *staging = data;
    struct import_portion *portion = staging->portion;
    if (!import_stage_wait(staging, err))
        return false;
    portion->staging = staging;
    portion->design = map->design;
    portion->forms = map->forms;
    portion->form_count = map->form_count;
    portion->from = 0;
    return submit(portion, err);
}

/* --- it ends -------------------------------------------------------------------------------- */

struct import_end {
    struct act act;
    struct import_committed content;
};

static bool commit(struct act *act, struct txn *txn, struct error *err)
{
    const struct import_end *verb = (const struct import_end *)act;
    struct origin origin = caller_origin(act->caller);
    return txn_append(txn, LOG_EVENT_IMPORT_COMMITTED, &origin, 0, &verb->content, NULL,
                      err);
}

bool import_stage_commit(struct import_staging *staging, struct error *err)
{
    struct import_end verb = {
        .act = act_of(staging->study, staging->caller, staging->arena, commit),
        .content = {.import = staging->import,
                    .participants = staging->participants,
                    .forms = staging->forms,
                    .values = staging->values}};
    return act_run(&verb.act, err);
}

/* Some participants at a time, so that the ward's saves come between. */
struct import_abandon {
    struct act act;
    bool is_done;
};

static bool abandon(struct act *act, struct txn *txn, struct error *err)
{
    enum { AT_ONCE = 100 };
    struct import_abandon *verb = (struct import_abandon *)act;
    struct origin origin = caller_origin(act->caller);
    struct import_abandoned content = {.with_names = true};
    int64_t staged[AT_ONCE];
    size_t count = 0;
    verb->is_done = true;
    if (!import_running(txn_db(txn), &content.import, err))
        return false;
    if (content.import == 0)
        return true;
    if (!import_subjects(txn_db(txn), 0, staged, AT_ONCE, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!txn_append(txn, LOG_EVENT_IMPORT_ABANDONED, &origin, staged[i], &content,
                        NULL, err))
            return false;
        content.with_names = false;
    }
    verb->is_done = count == 0;
    return count > 0 ||
           txn_append(txn, LOG_EVENT_IMPORT_ABANDONED, &origin, 0, &content, NULL, err);
}

bool import_stage_clean(struct study *study, const struct caller *caller,
                        struct error *err)
{
    struct import_abandon verb = {.is_done = false};
    struct arena *arena = arena_new(SIZE_MAX / 2);
    bool is_good = true;
    while (is_good && !verb.is_done) {
        verb.act = act_of(study, caller, arena, abandon);
        is_good = act_run(&verb.act, err);
    }
    arena_free(arena);
    return is_good;
}
