#include "actions/imported.h"

#include "model/event.h"
#include "store/import.h"

#include <string.h>

/* --- people ------------------------------------------------------------------------------ */

const struct odm_named *imported_name(const struct imported_names *names,
                                      const char *element, struct text oid)
{
    for (size_t i = 0; i < names->count && oid.len > 0; i++)
        if (text_equal(names->list[i].oid, oid) &&
            text_equal(names->list[i].element, text_of(element)))
            return &names->list[i];
    return NULL;
}

static void add_names(struct imported_names *names, const struct import_begun *begun,
                      struct arena *arena)
{
    struct odm_named *larger =
        ARENA_ARRAY(arena, struct odm_named, names->count + begun->named_count + 1);
    if (names->count > 0)
        memcpy(larger, names->list, names->count * sizeof *larger);
    names->list = larger;
    for (size_t i = 0; i < begun->named_count; i++) {
        const struct import_named *named = &begun->named[i];
        const char *element = text_c(arena, named->element);
        if (imported_name(names, element, named->oid) == NULL)
            names->list[names->count++] = (struct odm_named){.element = named->element,
                                                             .oid = named->oid,
                                                             .name = named->name,
                                                             .meaning = named->meaning,
                                                             .legal = named->legal};
    }
}

bool imported_names_read(struct db *db, int64_t before, struct arena *arena,
                         struct imported_names *out, struct error *err)
{
    int64_t *imports = NULL;
    size_t count = 0;
    *out = (struct imported_names){0};
    if (!import_list_committed(db, arena, &imports, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct log_filter filter = {
            .after = imports[i] - 1, .before = imports[i] + 1, .user = -1, .limit = 1};
        struct log_row *rows = NULL;
        size_t found = 0;
        if (imports[i] >= before)
            break;
        out->has_imports = true;
        if (!log_list(db, &filter, arena, &rows, &found, err))
            return false;
        if (found == 1 && rows->kind == LOG_EVENT_IMPORT_BEGUN && rows->content != NULL)
            add_names(out, rows->content, arena);
    }
    return true;
}

/* --- statements ----------------------------------------------------------------------------- */

static enum odm_place place_of(enum import_level level)
{
    switch (level) {
    case IMPORT_LEVEL_FORM: return ODM_AT_FORM;
    case IMPORT_LEVEL_ITEM: return ODM_AT_ITEM;
    case IMPORT_LEVEL_GROUP: return ODM_AT_GROUP;
    case IMPORT_LEVEL_EVENT: return ODM_AT_EVENT;
    case IMPORT_LEVEL_SUBJECT: return ODM_AT_SUBJECT;
    }
    return ODM_AT_FORM;
}

static bool may_be_shown(const struct design *design, struct text item)
{
    return item.len == 0 || record_is_open(design_item(design, item));
}

void imported_statements(const struct import_staged *staged,
                         const struct design *design, struct arena *arena,
                         struct imported_statement **out, size_t *count)
{
    size_t capacity = staged->kept_count + 1;
    *out = ARENA_ARRAY(arena, struct imported_statement, capacity);
    *count = 0;
    for (size_t i = 0; i < staged->kept_count; i++) {
        const struct import_kept *kept = &staged->kept[i];
        struct odm_said *said = NULL;
        size_t said_count = 0;
        struct error ignored; /* what is no XML says nothing */
        if (!odm_said_may(kept->element) || !may_be_shown(design, kept->item) ||
            !odm_said_read(kept->xml, arena, &said, &said_count, &ignored))
            continue;
        for (size_t j = 0; j < said_count; j++) {
            if (!may_be_shown(design, said[j].item))
                continue;
            *out = ARENA_GROW(arena, *out, *count, &capacity);
            (*out)[(*count)++] = (struct imported_statement){
                .statement = {.said = said[j],
                              .place = place_of(kept->level),
                              .item = kept->item,
                              .row = kept->row},
                .change = kept->change};
        }
    }
}
