#include "actions/export_imported.h"

#include "actions/imported.h"
#include "model/event.h"

#include <string.h>

/* One imported event of the participant. */
struct import_said {
    struct import_said *next;
    int64_t seq;
    struct form_key key;
    struct imported_statement *list;
    size_t count;
};

struct exported_import {
    struct import_said *first, **last;
    /* What the element of the participant itself has a place for: an audit record, a
     * signature. NULL: none was said. */
    const struct odm_said *single[2];
    const struct import_said
        *next;              /* of them, not behind the history's event at hand */
    struct import_said now; /* that event's */
};

bool export_imported_names(struct export_walk *walk, struct odm_file *odm,
                           struct arena *arena, struct error *err)
{
    struct imported_names names;
    if (!imported_names_read(walk->live, walk->cut.seq + 1, arena, &names, err))
        return false;
    struct odm_named *list = ARENA_ARRAY(arena, struct odm_named, names.count + 1);
    for (size_t i = 0; i < names.count; i++) /* the design's own places stand already */
        if (!text_equal(names.list[i].element, TEXT("Location")) ||
            design_site(walk->design, names.list[i].oid) == NULL)
            list[odm->named_count++] = names.list[i];
    odm->named = list;
    walk->has_imports = odm->has_imports = names.has_imports;
    return true;
}

/* --- reading ------------------------------------------------------------------------------ */

static void add_event(const struct export_walk *walk, struct exported_import *all,
                      const struct log_row *row, struct arena *scratch)
{
    const struct import_staged *staged = row->content;
    struct import_said said = {.seq = row->seq, .key = staged->saved.key};
    imported_statements(staged, walk->design, scratch, &said.list, &said.count);
    if (said.count == 0)
        return;
    *all->last = ARENA_NEW(scratch, struct import_said);
    **all->last = said;
    all->last = &(*all->last)->next;
}

static bool is_same(const struct odm_said *a, const struct odm_said *b)
{
    return a->kind == b->kind && text_equal(a->user, b->user) &&
           text_equal(a->time, b->time) && text_equal(a->source, b->source) &&
           text_equal(a->message, b->message);
}

static bool is_single(const struct odm_statement *statement)
{
    return statement->said.kind == ODM_SAID_AUDIT ||
           statement->said.kind == ODM_SAID_SIGNATURE;
}

/* At the participant already? The records and signatures that its element has no place for
 * stand at the form that came with them. */
static bool is_at_subject(const struct exported_import *all,
                          const struct odm_statement *statement)
{
    if (statement->place != ODM_AT_SUBJECT || !is_single(statement))
        return statement->place == ODM_AT_SUBJECT;
    const struct odm_said *single = all->single[statement->said.kind];
    return single != NULL && is_same(single, &statement->said);
}

/* One of the participant itself: the first of its kind where only one can be. */
static void put_subject_said(struct exported_import *all, struct odm_file *odm,
                             const struct odm_statement *statement,
                             struct odm_statement *list)
{
    enum odm_said_kind kind = statement->said.kind;
    if (is_single(statement) && all->single[kind] != NULL)
        return;
    if (is_single(statement))
        all->single[kind] = &statement->said;
    if (odm->is_transactional || kind != ODM_SAID_AUDIT)
        list[odm->subject_said_count++] = *statement;
}

static void put_subject(struct exported_import *all, struct odm_file *odm,
                        bool has_audit, struct arena *scratch)
{
    static const struct odm_said ours = {.kind = ODM_SAID_AUDIT};
    size_t most = 0;
    all->single[ODM_SAID_AUDIT] = has_audit ? &ours : NULL;
    for (const struct import_said *said = all->first; said != NULL; said = said->next)
        most += said->count;
    struct odm_statement *list = ARENA_ARRAY(scratch, struct odm_statement, most + 1);
    odm->said = ARENA_ARRAY(scratch, struct odm_statement, most + 1);
    odm->subject_said = list;
    odm->subject_said_count = 0;
    for (const struct import_said *said = all->first; said != NULL; said = said->next)
        for (size_t i = 0; i < said->count; i++) {
            struct odm_statement *statement = &said->list[i].statement;
            if (statement->place == ODM_AT_SUBJECT)
                put_subject_said(all, odm, statement, list);
            statement->is_written = is_at_subject(all, statement);
        }
}

/* A history needs to know beforehand what stands at the participant alone. */
bool export_imported_read(struct export_walk *walk, struct odm_file *odm,
                          int64_t participant, bool has_audit, struct arena *scratch,
                          struct exported_import **out, struct error *err)
{
    enum { EVENTS = 50 };
    struct log_filter filter = {.participant = participant,
                                .with_answers = true,
                                .said = odm->is_transactional ? LOG_SAID_OF_PARTICIPANT
                                                              : LOG_SAID_IN_SNAPSHOT,
                                .before = walk->cut.seq + 1,
                                .limit = EVENTS};
    odm->subject_said_count = odm->said_count = 0;
    *out = NULL;
    if (!walk->has_imports)
        return true;
    struct exported_import *all = *out = ARENA_NEW(scratch, struct exported_import);
    all->last = &all->first;
    for (size_t count = EVENTS; count == EVENTS;) {
        struct log_row *rows = NULL;
        if (!log_list(walk->live, &filter, scratch, &rows, &count, err))
            return false;
        for (size_t i = 0; i < count; i++) {
            if (rows[i].content != NULL)
                add_event(walk, all, &rows[i], scratch);
            filter.after = rows[i].seq;
        }
    }
    put_subject(all, odm, has_audit, scratch);
    all->next = all->first;
    return true;
}

void export_imported_event(const struct export_walk *walk, struct exported_import *all,
                           struct odm_file *odm, const struct log_row *row,
                           struct arena *scratch)
{
    odm->said_count = 0;
    if (all == NULL)
        return;
    all->now = (struct import_said){.seq = row->seq};
    while (all->next != NULL && all->next->seq < row->seq)
        all->next = all->next->next;
    bool is_read = all->next != NULL && all->next->seq == row->seq;
    if (is_read)
        all->now = *all->next;
    else if (row->kind == LOG_EVENT_IMPORT_STAGED)
        imported_statements(row->content, walk->design, scratch, &all->now.list,
                            &all->now.count);
    odm->said = ARENA_ARRAY(scratch, struct odm_statement, all->now.count + 1);
}

/* --- into the file ------------------------------------------------------------------------- */

static void add_statement(struct odm_file *odm, const struct odm_statement *statement)
{
    if (statement->is_written)
        return;
    struct odm_statement *mine = &odm->said[odm->said_count++];
    *mine = *statement;
    if (mine->place == ODM_AT_SUBJECT)
        mine->place = ODM_AT_FORM;
}

/* A statement that a repeated import brought again stands once. */
static bool is_listed(const struct odm_file *odm, const struct odm_statement *statement)
{
    for (size_t i = 0; i < odm->said_count; i++) {
        const struct odm_statement *known = &odm->said[i];
        if (known->row == statement->row && known->place == statement->place &&
            text_equal(known->item, statement->item) &&
            is_same(&known->said, &statement->said))
            return true;
    }
    return false;
}

void export_imported_form(const struct exported_import *all, struct odm_file *odm,
                          const struct form_key *key)
{
    odm->said_count = 0;
    for (const struct import_said *said = all == NULL ? NULL : all->first; said != NULL;
         said = said->next)
        for (size_t i = 0; i < said->count && form_key_equal(&said->key, key); i++) {
            const struct odm_statement *statement = &said->list[i].statement;
            if (statement->said.kind != ODM_SAID_AUDIT && !is_listed(odm, statement))
                add_statement(odm, statement);
        }
}

void export_imported_change(const struct exported_import *all, struct odm_file *odm,
                            size_t change)
{
    odm->said_count = 0;
    for (size_t i = 0; all != NULL && i < all->now.count; i++)
        if (all->now.list[i].change == change)
            add_statement(odm, &all->now.list[i].statement);
}

bool export_imported_has_audit(const struct odm_file *odm)
{
    for (size_t i = 0; i < odm->said_count; i++)
        if (odm->said[i].said.kind == ODM_SAID_AUDIT)
            return true;
    return false;
}

void export_imported_rest(const struct export_walk *walk, struct odm_file *odm,
                          const struct form_key *key)
{
    const struct form *form = design_form(walk->design, key->form);
    for (size_t i = 0; i < odm->said_count; i++) {
        struct odm_statement *statement = &odm->said[i];
        struct record_value value = {.oid = statement->item, .row = statement->row};
        bool has_value = true;
        if (statement->place == ODM_AT_ITEM)
            record_place(walk->plan, form, &value);
        else if (statement->place == ODM_AT_GROUP)
            value.group = design_group(walk->design, statement->item);
        else
            has_value = false;
        /* In a snapshot an item without its value would say that there is none. */
        bool is_gone = statement->place == ODM_AT_ITEM && !odm->is_transactional;
        if (!statement->is_written && !is_gone)
            odm_statement(odm, key, statement, has_value ? &value : NULL);
    }
    odm->said_count = 0;
}
