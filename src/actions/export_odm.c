/* CDISC ODM into one new file: a snapshot, or every change from the log. */
#include "actions/export_imported.h"
#include "actions/export_signed.h"
#include "actions/export_walk.h"
#include "actions/study_items.h"
#include "base/datetime.h"
#include "base/hex.h"
#include "base/limits.h"
#include "base/version.h"
#include "formats/odm_write.h"
#include "model/event.h"
#include "store/event_content.h"
#include "system/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum {
    PIECE = 256 * 1024,               /* then the bytes go to the file */
    PIECE_MOST = LIMIT_COMMAND_ARENA, /* one form at least */
    EVENTS = 20                       /* of the log at a time */
};

struct odm_target {
    struct odm_file odm;
    struct buffer out;
    int descriptor;
    struct hasher *hasher; /* of all that was written */
    bool has_failed;
    int64_t changes, queries;
    struct exported_import *imported; /* of the participant */
};

static void spill(struct odm_target *target)
{
    struct text bytes = {.at = target->out.at, .len = target->out.len};
    target->has_failed = target->has_failed || target->out.is_overflown;
    hasher_add(target->hasher, bytes.at, bytes.len);
    while (bytes.len > 0 && !target->has_failed) {
        ssize_t written = write(target->descriptor, bytes.at, bytes.len);
        target->has_failed = written <= 0;
        bytes = text_part(bytes, written < 0 ? 0 : (size_t)written, bytes.len);
    }
    target->out.len = 0;
}

static bool spill_piece(struct odm_target *target, struct error *err)
{
    if (target->out.len >= PIECE)
        spill(target);
    return !target->has_failed ||
           error_set(err, ERROR_FAILED,
                     "the file could not be written: is the disk full?");
}

/* -- Queries ----------------------------------------------------------------------------- */

/* What was asked, and what each step said, when and by whom; the program's steps name
 * nobody: "[answer 2026-11-28T08:30:00Z U.FOLDER.3] as in the source". */
static bool said_of(struct export_walk *walk, const struct stored_query *query,
                    struct arena *scratch, struct text *out, struct error *err)
{
    struct text folder = ((struct odm_target *)walk->data)->odm.folder;
    struct stored_query_step *steps = NULL;
    size_t count = 0;
    *out = query->message.english;
    if (!query_steps(walk->db, query->id, scratch, &steps, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        char at[MOMENT_TEXT_SIZE];
        bool is_opening = steps[i].step == QUERY_STEP_OPEN;
        if (is_opening && steps[i].by == 0)
            continue;
        struct text moment = {.at = at, .len = instant_print(steps[i].at, at)};
        struct text by = TEXT("");
        struct text said = is_opening ? TEXT("") : steps[i].text; /* it stands above */
        if (steps[i].by != 0)
            by = text_format(scratch, " U.%.*s.%lld", TEXT_ARG(folder),
                             (long long)steps[i].by);
        *out = text_format(scratch, "%.*s\n[%.*s %.*s%.*s]%s%.*s", TEXT_ARG(*out),
                           TEXT_ARG(query_step_name(steps[i].step)), TEXT_ARG(moment),
                           TEXT_ARG(by), said.len > 0 ? " " : "", TEXT_ARG(said));
    }
    return true;
}

static bool read_queries(struct export_walk *walk, const struct record_form *form,
                         struct arena *scratch, struct odm_query **out, size_t *count,
                         struct error *err)
{
    struct stored_query *stored = NULL;
    size_t stored_count = 0;
    *count = 0;
    if (!query_list(walk->db, form->instance, false, scratch, &stored, &stored_count,
                    err))
        return false;
    *out = ARENA_ARRAY(scratch, struct odm_query, stored_count + 1);
    for (size_t i = 0; i < stored_count; i++) {
        struct odm_query *written = &(*out)[*count];
        bool is_person = stored[i].kind == QUERY_PERSON;
        if (image_read_is_sealed(&walk->reads, stored[i].row))
            continue;
        *written = (struct odm_query){
            .id = stored[i].id,
            .is_open = query_is_unsettled(stored[i].state),
            .check = is_person ? TEXT("PERSON") : stored[i].check,
            .item =
                text_is_absent(stored[i].item) ? stored[i].key.form : stored[i].item,
            .row = stored[i].row,
            .time = stored[i].last_at};
        if (!said_of(walk, &stored[i], scratch, &written->message, err))
            return false;
        (*count)++;
    }
    return true;
}

/* -- What is current ------------------------------------------------------------------- */

static bool take_subject(struct export_walk *walk, const struct record_subject *subject,
                         struct arena *scratch, struct error *err)
{
    struct odm_target *target = walk->data;
    if (!export_imported_read(walk, &target->odm, subject->participant->id, false,
                              scratch, &target->imported, err) ||
        !export_signed_subject(walk, &target->odm, subject, scratch, err))
        return false;
    odm_subject(&target->odm, subject, NULL);
    return spill_piece(target, err);
}

static bool take_form(struct export_walk *walk, const struct record_subject *subject,
                      const struct record_form *form, struct arena *scratch,
                      struct error *err)
{
    struct odm_target *target = walk->data;
    struct odm_query *queries = NULL;
    size_t count = 0;
    if (!read_queries(walk, form, scratch, &queries, &count, err))
        return false;
    target->queries += (int64_t)count;
    struct record_form written = *form;
    if (target->odm.is_transactional)
        written.count = 0; /* its values came with their changes */
    target->odm.said_count = 0;
    if (!target->odm.is_transactional)
        export_imported_form(target->imported, &target->odm, form->key);
    if (!target->odm.is_transactional || count > 0)
        odm_form(&target->odm, subject, &written, queries, count, scratch);
    export_imported_rest(walk, &target->odm, form->key);
    return export_signed_form(walk, &target->odm, subject, form, scratch, err) &&
           spill_piece(target, err);
}

static bool end_subject(struct export_walk *walk, const struct record_subject *subject,
                        struct arena *scratch, struct error *err)
{
    struct odm_target *target = walk->data;
    (void)subject;
    (void)scratch;
    odm_subject_end(&target->odm);
    return spill_piece(target, err);
}

/* -- Every change ---------------------------------------------------------------------- */

static struct odm_audit audit_of(const struct record_subject *subject,
                                 const struct log_row *row, int32_t place,
                                 struct text reason)
{
    return (struct odm_audit){.user = row->origin.user,
                              .site = subject->participant->site,
                              .time = row->server_time,
                              .offset_minutes = subject->offset_minutes,
                              .reason = reason,
                              .seq = row->seq,
                              .place = place};
}

/* A change has a reason always (21 CFR 11.10(e)); that of the program is said by us. */
static struct text reason_of(const struct value_change *changed, bool is_first)
{
    if (changed->reason.len > 0 || is_first || source_is_person(changed->source))
        return changed->reason;
    return changed->source == SOURCE_DERIVED ? TEXT("derived anew by the program")
                                             : TEXT("set by the program");
}

static void take_change(struct export_walk *walk, const struct record_subject *subject,
                        const struct log_row *row, const struct value_change *changed,
                        struct arena *scratch)
{
    struct odm_target *target = walk->data;
    const struct values_saved *saved = row->content;
    struct record_value value = {
        .oid = changed->item, .row = changed->row, .answer = changed->new};
    record_place(walk->plan, design_form(walk->design, saved->key.form), &value);
    if (changed->new.is_in_vault || changed->old.is_in_vault ||
        !record_is_open(value.item))
        return;
    bool is_first =
        text_is_absent(changed->old.value) && (changed->old.missing == MISSING_NOT ||
                                               changed->old.missing == MISSING_CLEARED);
    struct odm_change change = {
        .key = &saved->key,
        .value = &value,
        .is_first = is_first,
        .audit = audit_of(subject, row, changed->place, reason_of(changed, is_first))};
    odm_change(&target->odm, subject, &change, scratch);
    target->changes++;
}

/* Who imported stands at the form, once, where the changes have the audit records of their
 * source. */
static bool take_importer(struct export_walk *walk,
                          const struct record_subject *subject,
                          const struct log_row *row)
{
    struct odm_target *target = walk->data;
    const struct values_saved *saved = row->content;
    struct odm_audit audit = audit_of(subject, row, 0, TEXT("imported"));
    odm_form_audit(&target->odm, &saved->key, &audit);
    return true;
}

/* What of the form's readings stays here, for changes of its rows. */
static bool find_reads(struct export_walk *walk, const struct record_subject *subject,
                       const struct form_key *key, struct arena *scratch,
                       struct error *err)
{
    struct form_state *state = NULL;
    walk->reads = (struct image_reads){0};
    if (!text_equal(key->form, FORM_IMAGING))
        return true;
    return form_find(walk->db, key, scratch, &state, err) &&
           (state == NULL || export_walk_reads(walk, subject->participant, state,
                                               scratch, &walk->reads, err));
}

static void take_event(struct export_walk *walk, const struct record_subject *subject,
                       const struct log_row *row, struct arena *scratch)
{
    struct odm_target *target = walk->data;
    const struct values_saved *saved = row->content;
    bool has_importer = false;
    export_imported_event(walk, target->imported, &target->odm, row, scratch);
    for (size_t i = 0; i < saved->change_count; i++) {
        if (image_read_is_sealed(&walk->reads, saved->changes[i].row))
            continue;
        export_imported_change(target->imported, &target->odm, i + 1);
        if (export_imported_has_audit(&target->odm) && !has_importer)
            has_importer = take_importer(walk, subject, row);
        take_change(walk, subject, row, &saved->changes[i], scratch);
        export_imported_rest(walk, &target->odm, &saved->key);
    }
    export_imported_change(target->imported, &target->odm, 0);
    export_imported_rest(walk, &target->odm, &saved->key);
}

static bool take_events(struct export_walk *walk, const struct record_subject *subject,
                        struct arena *scratch, struct error *err)
{
    struct log_filter filter = {.participant = subject->participant->id,
                                .user = -1,
                                .with_answers = true,
                                .before = walk->cut.seq + 1,
                                .limit = EVENTS};
    for (size_t count = EVENTS; count == EVENTS;) {
        struct arena_mark mark = arena_mark(scratch);
        struct log_row *rows = NULL;
        if (!log_list(walk->live, &filter, scratch, &rows, &count, err))
            return false;
        for (size_t i = 0; i < count; i++) {
            const struct values_saved *saved = rows[i].content;
            if (saved != NULL && !find_reads(walk, subject, &saved->key, scratch, err))
                return false;
            if (saved != NULL)
                take_event(walk, subject, &rows[i], scratch);
            filter.after = rows[i].seq;
        }
        struct odm_target *target = walk->data;
        odm_event_end(&target->odm);
        arena_rewind(scratch, mark);
        if (!spill_piece(target, err))
            return false;
    }
    return true;
}

/* Who added the participant, which is its first event; NULL: an import did. */
static bool read_adding(struct export_walk *walk, const struct record_subject *subject,
                        struct arena *scratch, struct odm_audit **out,
                        struct error *err)
{
    struct log_filter first = {.participant = subject->participant->id,
                               .user = -1,
                               .without_content = true,
                               .limit = 1};
    struct log_row *rows = NULL;
    size_t count = 0;
    *out = NULL;
    if (!log_list(walk->live, &first, scratch, &rows, &count, err))
        return false;
    if (count == 0 || rows->kind != LOG_EVENT_PARTICIPANT_ADDED)
        return true;
    *out = ARENA_NEW(scratch, struct odm_audit);
    **out = audit_of(subject, rows, 0, (struct text){0});
    return true;
}

static bool take_history(struct export_walk *walk, const struct record_subject *subject,
                         struct arena *scratch, struct error *err)
{
    struct odm_target *target = walk->data;
    struct odm_audit *audit = NULL;
    if (!read_adding(walk, subject, scratch, &audit, err))
        return false;
    if (!export_imported_read(walk, &target->odm, subject->participant->id,
                              audit != NULL, scratch, &target->imported, err) ||
        !export_signed_subject(walk, &target->odm, subject, scratch, err))
        return false;
    odm_subject(&target->odm, subject, audit);
    return take_events(walk, subject, scratch, err);
}

/* -- The file -------------------------------------------------------------------------- */

/* The first eight digits of the folder's random id. */
static bool read_folder(struct export_walk *walk, struct odm_file *odm,
                        struct arena *arena, struct error *err)
{
    struct log_filter first = {.user = -1, .limit = 1};
    struct log_row *rows = NULL;
    size_t count = 0;
    if (!log_list(walk->live, &first, arena, &rows, &count, err))
        return false;
    ASSERT(count == 1 && rows->kind == LOG_EVENT_STUDY_CREATED);
    const struct study_created *created = rows->content;
    char digits[HEX_SIZE(4)];
    hex_print(created->folder_id, 4, digits);
    odm->folder = text_copy(arena, (struct text){digits, 8});
    return true;
}

static bool begin(struct export_walk *walk, struct odm_target *target,
                  struct arena *arena, struct error *err)
{
    struct user *users = NULL;
    size_t count = 0;
    bool is_signed = false;
    if (!export_imported_names(walk, &target->odm, arena, err) ||
        !export_signed_names(walk, &target->odm, arena, &is_signed, err) ||
        ((target->odm.is_transactional || is_signed) &&
         !user_list(walk->db, arena, &users, &count, err)))
        return false;
    struct odm_user *known = ARENA_ARRAY(arena, struct odm_user, count + 1);
    known[0] = (struct odm_user){.name = TEXT("osteon")};
    for (size_t i = 0; i < count; i++)
        known[i + 1] = (struct odm_user){.id = users[i].id, .name = users[i].name};
    return read_folder(walk, &target->odm, arena, err) &&
           odm_begin(&target->odm, known, count + 1, err);
}

static void put_trailer(struct export_walk *walk, struct odm_target *target)
{
    char digits[HEX_SIZE(HASH_SIZE)];
    spill(target);
    struct hash hash = hasher_so_far(target->hasher);
    hex_print(hash.bytes, HASH_SIZE, digits);
    buffer_format(
        &target->out,
        "<!-- osteon: participants %lld, withheld %lld, forms %lld, values "
        "%lld, changes %lld, queries %lld, sealed %lld; cut %lld; SHA-256 of all bytes "
        "before this comment %.*s -->\n",
        (long long)walk->participants, (long long)walk->withheld,
        (long long)walk->forms, (long long)walk->values, (long long)target->changes,
        (long long)target->queries, (long long)walk->sealed, (long long)walk->cut.seq,
        (int)sizeof digits, digits);
    spill(target);
}

/* What is current, in a history too: who imported it and when is in the audit trail. */
static bool put_reference(struct export_walk *walk, struct odm_target *target,
                          struct error *err)
{
    struct record_section *sections = NULL;
    size_t count = 0;
    struct arena *scratch = arena_new(LIMIT_COMMAND_ARENA);
    bool is_read = export_walk_reference(walk, scratch, &sections, &count, err);
    if (is_read)
        odm_put_reference(&target->odm, sections, count, scratch);
    arena_free(scratch);
    return is_read && spill_piece(target, err);
}

static bool fill(struct export_walk *walk, struct odm_target *target,
                 struct arena *arena, struct error *err)
{
    walk->data = target;
    walk->subject = target->odm.is_transactional ? take_history : take_subject;
    walk->form = take_form;
    walk->subject_end = end_subject;
    if (!begin(walk, target, arena, err) || !put_reference(walk, target, err))
        return false;
    odm_clinical_begin(&target->odm);
    if (!export_walk_all(walk, err))
        return false;
    odm_end(&target->odm);
    put_trailer(walk, target);
    if (!target->has_failed && fsync(target->descriptor) == 0)
        return true;
    return error_set(err, ERROR_FAILED,
                     "the file could not be written: is the disk full?");
}

bool export_to_odm(struct export_walk *walk, const struct export_request *request,
                   struct arena *arena, struct hash *content, struct error *err)
{
    if (file_exists(request->path)) {
        error_set(err, ERROR_REFUSED, "%s exists already", request->path);
        return error_hint(err, "choose another name, or remove it first");
    }
    const char *beside =
        text_format(arena, "%s.%ld.new", request->path, (long)getpid()).at;
    struct odm_target target = {.out = buffer_in(arena, PIECE_MOST),
                                .hasher = hasher_new(arena)};
    target.odm = (struct odm_file){
        .version = request->format == EXPORT_ODM_2 ? ODM_2_0 : ODM_1_3_2,
        .is_transactional = request->is_transactional,
        .is_synthetic = walk->is_synthetic,
        .design = walk->design,
        .design_xml = walk->design_xml,
        .cut_seq = walk->cut.seq,
        .cut_time = walk->cut.time,
        .design_time = walk->design_time,
        .program_version = TEXT(OSTEON_VERSION),
        .out = &target.out};
    target.descriptor =
        open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (target.descriptor < 0)
        return error_set(err, ERROR_FAILED, "%s cannot be made", request->path);
    bool is_done = fill(walk, &target, arena, err);
    close(target.descriptor);
    *content = hasher_end(target.hasher);
    if (is_done && rename(beside, request->path) != 0)
        is_done = error_set(err, ERROR_FAILED, "%s cannot be written", request->path);
    if (!is_done)
        unlink(beside);
    return is_done;
}
