#include "actions/import_names.h"

#include "base/buffer.h"
#include "base/limits.h"

#include <string.h>

enum { SLOTS = 16384 }; /* a power of two over twice LIMIT_IMPORT_NAMED */

struct name {
    struct import_named said;
    struct xml_place place;
    size_t file;
    bool is_used, is_defined;
};

struct import_names {
    struct arena *arena;
    struct name *list;
    size_t count;
    uint32_t *slots;
};

struct import_names *import_names_new(struct arena *arena)
{
    struct import_names *names = ARENA_NEW(arena, struct import_names);
    names->arena = arena;
    names->list = ARENA_ARRAY(arena, struct name, LIMIT_IMPORT_NAMED);
    names->slots = ARENA_ARRAY(arena, uint32_t, SLOTS);
    return names;
}

/* The one, or a new one that nobody defines yet. */
static bool find(struct import_names *names, const char *element, struct text oid,
                 struct name **out, struct error *err)
{
    size_t at = (text_hash(oid) + (size_t)element[0]) & (SLOTS - 1);
    for (; names->slots[at] != 0; at = (at + 1) & (SLOTS - 1)) {
        *out = &names->list[names->slots[at] - 1];
        if (text_equal((*out)->said.oid, oid) &&
            text_equal((*out)->said.element, text_of(element)))
            return true;
    }
    if (names->count == LIMIT_IMPORT_NAMED)
        return error_set(err, ERROR_TOO_LARGE,
                         "more than %d users, locations and signature definitions",
                         LIMIT_IMPORT_NAMED);
    *out = &names->list[names->count++];
    names->slots[at] = (uint32_t)names->count;
    (*out)->said = (struct import_named){.element = text_of(element),
                                         .oid = text_copy(names->arena, oid),
                                         .name = TEXT(""),
                                         .meaning = TEXT(""),
                                         .legal = TEXT("")};
    return true;
}

/* --- what AdminData says ------------------------------------------------------------------ */

/* By the element that ends, whose name the reader tells at its start. */
struct named_reading {
    struct import_named *said;
    struct arena *arena;
    struct buffer content;
    char element[32];
};

static const struct named_row {
    const char *element;
    size_t offset;
} named_rows[] = {
    {"LoginName", offsetof(struct import_named, name)},
    {"UserName", offsetof(struct import_named, name)},
    {"FullName", offsetof(struct import_named, meaning)},
    {"DisplayName", offsetof(struct import_named, meaning)},
    {"FirstName", offsetof(struct import_named, meaning)},
    {"GivenName", offsetof(struct import_named, meaning)},
    {"LastName", offsetof(struct import_named, meaning)},
    {"FamilyName", offsetof(struct import_named, meaning)},
    {"Meaning", offsetof(struct import_named, meaning)},
    {"LegalReason", offsetof(struct import_named, legal)},
};

static bool on_start(void *data, const struct xml_element *element, struct error *err)
{
    struct named_reading *reading = data;
    (void)err;
    if (element->depth == 1) {
        struct text name = xml_attribute(element, "Name");
        struct text method = xml_attribute(element, "Methodology");
        if (name.len > 0 || method.len > 0)
            reading->said->name =
                text_copy(reading->arena, name.len > 0 ? name : method);
    }
    if (text_equal(element->name, TEXT("TranslatedText")))
        return true;
    reading->content.len = 0;
    size_t len = element->name.len < sizeof reading->element - 1
                     ? element->name.len
                     : sizeof reading->element - 1;
    memcpy(reading->element, element->name.at, len);
    reading->element[len] = '\0';
    return true;
}

static bool on_text(void *data, struct text piece, struct error *err)
{
    struct named_reading *reading = data;
    (void)err;
    buffer_text_add(&reading->content, piece);
    return true;
}

/* A name in parts is joined; the same twice stands once. */
static void add_part(struct arena *arena, struct text *field, struct text part)
{
    if (field->len == 0)
        *field = text_copy(arena, part);
    else if (!text_equal(*field, part))
        *field = text_format(arena, "%.*s %.*s", TEXT_ARG(*field), TEXT_ARG(part));
}

static bool on_end(void *data, struct error *err)
{
    struct named_reading *reading = data;
    (void)err;
    struct text part =
        text_trim((struct text){reading->content.at, reading->content.len});
    for (size_t i = 0; i < ARRAY_COUNT(named_rows) && part.len > 0; i++)
        if (text_equal(text_of(reading->element), text_of(named_rows[i].element)))
            add_part(
                reading->arena,
                (struct text *)(void *)((char *)reading->said + named_rows[i].offset),
                part);
    reading->content.len = 0;
    return true;
}

static bool read_said(struct import_names *names, struct text xml,
                      struct import_named *said, struct error *err)
{
    struct named_reading reading = {.said = said,
                                    .arena = names->arena,
                                    .content =
                                        buffer_in(names->arena, LIMIT_IMPORT_KEPT)};
    struct xml_events events = {
        .start = on_start, .text = on_text, .end = on_end, .data = &reading};
    return xml_read(xml, &events, 2 * LIMIT_IMPORT_KEPT, err);
}

static const char *element_of(struct text element)
{
    if (text_equal(element, TEXT("User")))
        return "User";
    return text_equal(element, TEXT("Location")) ? "Location" : "SignatureDef";
}

bool import_names_add(struct import_names *names, const struct odm_data_named *given,
                      struct import_report *report, struct error *err)
{
    const char *element = element_of(given->element);
    struct name *name = NULL;
    struct xml_place place = given->place;
    place.element = element;
    if (given->oid.len == 0) {
        import_report_add(report, false, &place, TEXT(""),
                          "%s has no OID: nothing can name it; dropped", element);
        return true;
    }
    if (!find(names, element, given->oid, &name, err))
        return false;
    if (name->is_defined) {
        import_report_add(report, false, &place, TEXT(""),
                          "%s %.*s is defined already; the first counts", element,
                          TEXT_ARG(given->oid));
        return true;
    }
    name->is_defined = true;
    name->place = place;
    name->file = report->file;
    return read_said(names, given->xml, &name->said, err);
}

/* --- what is used -------------------------------------------------------------------------- */

bool import_names_use(struct import_names *names, const char *element, struct text oid,
                      struct error *err)
{
    struct name *name = NULL;
    if (oid.len == 0)
        return true;
    if (!find(names, element, oid, &name, err))
        return false;
    name->is_used = true;
    return true;
}

void import_names_report(const struct import_names *names, struct import_report *report)
{
    size_t file = report->file;
    for (size_t i = 0; i < names->count; i++) {
        const struct name *name = &names->list[i];
        if (name->is_used || !name->is_defined)
            continue;
        report->file = name->file;
        import_report_add(report, false, &name->place, TEXT(""),
                          "%.*s %.*s is not named by anything that is kept; dropped",
                          TEXT_ARG(name->said.element), TEXT_ARG(name->said.oid));
    }
    report->file = file;
}

const struct import_named *import_names_used(const struct import_names *names,
                                             struct arena *arena, size_t *count)
{
    struct import_named *used =
        ARENA_ARRAY(arena, struct import_named, names->count + 1);
    *count = 0;
    for (size_t i = 0; i < names->count; i++)
        if (names->list[i].is_used)
            used[(*count)++] = names->list[i].said;
    return used;
}
