#include "formats/redcap_dictionary.h"

#include "base/limits.h"
#include "base/oid_index.h"
#include "formats/csv_read.h"
#include "formats/redcap_field.h"

#include <stdio.h>
#include <string.h>

enum { NAME_MOST = 100 }; /* of a field or a form, as in REDCap */
enum { SEEN_FIELD, SEEN_FORM };

struct dictionary {
    struct odm_parts *parts;
    struct redcap_row row;
    enum redcap_column columns[LIMIT_CSV_COLUMNS]; /* of the file */
    bool is_header_good;
    struct oid_index seen; /* fields; forms with their position among the groups */
    size_t form, section;  /* open; positions among the groups */
    bool has_form;
    struct odm_list forms; /* struct form_begun */
};

struct form_begun {
    struct text name;
    struct xml_place place;
    size_t group;
};

/* --- the header ------------------------------------------------------------------------- */

static struct xml_place header_place(const struct csv_row *row, size_t column)
{
    return (struct xml_place){row->line, column, "header"};
}

static void take_heading(struct dictionary *dictionary, const struct csv_row *row,
                         size_t i)
{
    struct odm_parts *parts = dictionary->parts;
    struct text heading = text_trim(row->fields[i]), nearest = {0};
    enum redcap_column column = redcap_column_of(heading, &nearest);
    char hint[120] = "a dictionary has the 18 columns of REDCap's own download";
    dictionary->columns[i] = column;
    if (column == REDCAP_COLUMNS) {
        if (!text_is_absent(nearest))
            snprintf(hint, sizeof hint, "did you mean %.*s?", TEXT_ARG(nearest));
        odm_finding_add(parts, header_place(row, i + 1), hint,
                        "\"%.*s\" is no column of a REDCap data dictionary",
                        SHOWN(heading));
    } else if (dictionary->row.columns[column] > 0) {
        odm_finding_add(parts, header_place(row, i + 1), "leave one of them out",
                        "the column %s stands twice", redcap_column_title(column));
    } else {
        dictionary->row.columns[column] = i + 1;
    }
}

static void take_header(struct dictionary *dictionary, const struct csv_row *row)
{
    struct odm_parts *parts = dictionary->parts;
    size_t before = parts->findings->error_count;
    if (row->count == 1 && text_find(row->fields[0], ';') < row->fields[0].len) {
        odm_finding_add(parts, header_place(row, 1), "save it with commas",
                        "the columns are parted by semicolons");
        return;
    }
    for (size_t i = 0; i < row->count; i++)
        take_heading(dictionary, row, i);
    for (size_t i = 0; i < REDCAP_COLUMNS; i++)
        if (dictionary->row.columns[i] == 0)
            odm_finding_add(parts, header_place(row, row->count + 1),
                            "take the dictionary as REDCap gives it",
                            "the column %s is missing",
                            redcap_column_title((enum redcap_column)i));
    dictionary->is_header_good = parts->findings->error_count == before;
}

/* --- names ------------------------------------------------------------------------------ */

static bool is_name(struct text name)
{
    if (name.len == 0 || name.len > NAME_MOST || name.at[0] < 'a' || name.at[0] > 'z')
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_')
            return false;
    }
    return true;
}

static bool has_name(struct dictionary *dictionary, enum redcap_column column)
{
    struct text name = dictionary->row.cells[column];
    if (is_name(name))
        return true;
    odm_finding_add(dictionary->parts, redcap_place(&dictionary->row, column),
                    "a small letter, then small letters, digits and _, at most 100",
                    name.len == 0 ? "the name is missing%.*s" : "\"%.*s\" is no name",
                    SHOWN(name));
    return false;
}

/* "demographics" and "contact_info" for people: Demographics, Contact info. */
static bool form_label(struct odm_parts *parts, struct text name, struct text *out,
                       struct error *err)
{
    char words[NAME_MOST] = "";
    for (size_t i = 0; i < name.len; i++)
        words[i] = name.at[i] == '_' ? ' ' : name.at[i];
    if (words[0] >= 'a' && words[0] <= 'z')
        words[0] = (char)(words[0] - 'a' + 'A');
    return odm_keep(parts, (struct text){words, name.len}, out, err);
}

/* "form.field", as in the project's XML; the field alone where that would be too long. */
static bool section_oid(struct odm_parts *parts, struct text form, struct text field,
                        struct text *out, struct error *err)
{
    char oid[2 * NAME_MOST + 20];
    if (form.len + field.len + 1 <= LIMIT_OID)
        snprintf(oid, sizeof oid, "%.*s.%.*s", TEXT_ARG(form), TEXT_ARG(field));
    else
        snprintf(oid, sizeof oid, "%.*s.section", TEXT_ARG(field));
    return odm_keep(parts, text_of(oid), out, err);
}

/* --- forms and sections ------------------------------------------------------------------ */

static struct odm_group *group_at(struct dictionary *dictionary, size_t i)
{
    return ODM_LIST_AT(dictionary->parts->groups, struct odm_group, i);
}

static bool add_group(struct dictionary *dictionary, struct xml_place place,
                      size_t *position, struct error *err)
{
    struct odm_parts *parts = dictionary->parts;
    void *added;
    if (!odm_list_add(&parts->groups, sizeof(struct odm_group), parts->study, &added,
                      err))
        return false;
    *position = parts->groups.count - 1;
    struct odm_group *group = added;
    group->version = parts->versions.count - 1;
    group->place = place;
    return true;
}

static bool begin_form(struct dictionary *dictionary, struct text name,
                       struct xml_place place, struct error *err)
{
    struct odm_parts *parts = dictionary->parts;
    void *added;
    char oid[NAME_MOST + 10];
    snprintf(oid, sizeof oid, "Form.%.*s", TEXT_ARG(name));
    if (!add_group(dictionary, place, &dictionary->form, err) ||
        !odm_list_add(&dictionary->forms, sizeof(struct form_begun), parts->study,
                      &added, err))
        return false;
    *(struct form_begun *)added = (struct form_begun){name, place, dictionary->form};
    struct oid_entry entry = {name, SEEN_FORM, dictionary->form};
    (void)!oid_index_add(&dictionary->seen, entry);
    struct odm_group *form = group_at(dictionary, dictionary->form);
    form->is_form_def = true;
    form->type = TEXT("Form");
    return odm_keep(parts, text_of(oid), &form->oid, err) &&
           form_label(parts, name, &form->label.english, err);
}

static bool begin_section(struct dictionary *dictionary, struct text form,
                          struct text field, struct label label, struct xml_place place,
                          struct error *err)
{
    struct odm_parts *parts = dictionary->parts;
    void *added;
    if (!add_group(dictionary, place, &dictionary->section, err))
        return false;
    struct odm_group *section = group_at(dictionary, dictionary->section);
    section->label = label;
    if (!section_oid(parts, form, field, &section->oid, err) ||
        !odm_list_add(&group_at(dictionary, dictionary->form)->groups,
                      sizeof(struct odm_reference), parts->study, &added, err))
        return false;
    *(struct odm_reference *)added =
        (struct odm_reference){.place = place, .oid = section->oid, .order = SIZE_MAX};
    return true;
}

static bool refer_to_item(struct dictionary *dictionary, struct text item,
                          struct xml_place place, bool is_mandatory, struct error *err)
{
    struct odm_group *section = group_at(dictionary, dictionary->section);
    void *added;
    if (!odm_list_add(&section->items, sizeof(struct odm_item_reference),
                      dictionary->parts->study, &added, err))
        return false;
    *(struct odm_item_reference *)added = (struct odm_item_reference){
        .to = {.place = place, .oid = item, .order = SIZE_MAX},
        .is_mandatory = is_mandatory};
    return true;
}

/* The form of the row is open then; a form that comes again goes on. */
static bool enter_form(struct dictionary *dictionary, bool *is_other, struct error *err)
{
    struct text name = dictionary->row.cells[REDCAP_FORM];
    struct xml_place place = redcap_place(&dictionary->row, REDCAP_FORM);
    const struct oid_entry *known = oid_index_find(&dictionary->seen, name, SEEN_FORM);
    *is_other =
        !dictionary->has_form || known == NULL || known->position != dictionary->form;
    if (!*is_other)
        return true;
    dictionary->has_form = true;
    if (known == NULL)
        return begin_form(dictionary, name, place, err);
    dictionary->form = known->position;
    odm_warning_add(dictionary->parts, place, "its fields are put together",
                    "the form %.*s stands in two places", SHOWN(name));
    return true;
}

/* A heading begins a section; so does a descriptive text, which is its heading. */
static bool enter_section(struct dictionary *dictionary, bool is_descriptive,
                          struct error *err)
{
    const struct redcap_row *row = &dictionary->row;
    struct text heading = row->cells[REDCAP_HEADER], words = row->cells[REDCAP_LABEL];
    bool is_other;
    if (!enter_form(dictionary, &is_other, err))
        return false;
    if (!is_other && heading.len == 0 && !is_descriptive)
        return true;
    struct label label = group_at(dictionary, dictionary->form)->label;
    if (is_descriptive && words.len > 0)
        label.english = words;
    else if (heading.len > 0)
        label.english = heading;
    if (is_descriptive && words.len > 0 && heading.len > 0)
        odm_warning_add(dictionary->parts, redcap_place(row, REDCAP_HEADER),
                        "put the heading into a section of its own",
                        "the descriptive text %.*s stands for its heading \"%.*s\"",
                        SHOWN(row->cells[REDCAP_VARIABLE]), SHOWN(heading));
    return begin_section(dictionary, row->cells[REDCAP_FORM],
                         row->cells[REDCAP_VARIABLE], label,
                         redcap_place(row, REDCAP_HEADER), err);
}

/* --- rows -------------------------------------------------------------------------------- */

static bool kind_of(struct dictionary *dictionary, enum redcap_kind *kind)
{
    struct text name = dictionary->row.cells[REDCAP_TYPE], nearest = {0};
    char hint[120] = "text, notes, radio, dropdown, checkbox, yesno, truefalse, calc, "
                     "slider, file, descriptive, sql";
    if (redcap_kind_of(name, kind, &nearest))
        return true;
    if (!text_is_absent(nearest))
        snprintf(hint, sizeof hint, "did you mean %.*s?", TEXT_ARG(nearest));
    odm_finding_add(dictionary->parts, redcap_place(&dictionary->row, REDCAP_TYPE),
                    hint, "%.*s: \"%.*s\" is no field type",
                    SHOWN(dictionary->row.cells[REDCAP_VARIABLE]), SHOWN(name));
    return false;
}

/* All that is wrong with a row is said; one with a bad name or type is not taken. */
static bool take_field(struct dictionary *dictionary, struct error *err)
{
    const struct redcap_row *row = &dictionary->row;
    struct odm_parts *parts = dictionary->parts;
    struct text name = row->cells[REDCAP_VARIABLE];
    struct xml_place place = redcap_place(row, REDCAP_VARIABLE);
    enum redcap_kind kind;
    bool is_named = has_name(dictionary, REDCAP_VARIABLE);
    bool is_typed = kind_of(dictionary, &kind);
    if (!has_name(dictionary, REDCAP_FORM) || !is_named || !is_typed)
        return true;
    const struct oid_entry *other = oid_index_find(&dictionary->seen, name, SEEN_FIELD);
    if (other != NULL) {
        odm_finding_add(parts, place, "give each field a name of its own",
                        "the field %.*s stands in line %zu already", SHOWN(name),
                        other->position);
        return true;
    }
    (void)!oid_index_add(&dictionary->seen,
                         (struct oid_entry){name, SEEN_FIELD, row->line});
    if (!enter_section(dictionary, kind == REDCAP_DESCRIPTIVE, err))
        return false;
    if (kind == REDCAP_DESCRIPTIVE)
        return redcap_descriptive_remarks(parts, row, err);
    bool is_mandatory = redcap_is_yes(parts, row, REDCAP_REQUIRED);
    return redcap_item_add(parts, row, kind, err) &&
           refer_to_item(dictionary, name, place, is_mandatory, err);
}

static bool on_row(void *data, const struct csv_row *row, struct error *err)
{
    struct dictionary *dictionary = data;
    if (row->is_header) {
        take_header(dictionary, row);
        return true;
    }
    if (!dictionary->is_header_good)
        return true;
    dictionary->row.line = row->line;
    for (size_t i = 0; i < row->count; i++)
        dictionary->row.cells[dictionary->columns[i]] = text_trim(row->fields[i]);
    return take_field(dictionary, err);
}

/* --- what REDCap adds, and what a dictionary does not say -------------------------------- */

/* REDCap gives each form the field that says how far it is. */
static bool add_status(struct dictionary *dictionary, const struct form_begun *form,
                       struct error *err)
{
    static const struct redcap_code codes[] = {{"0", "Incomplete", "未完成"},
                                               {"1", "Unverified", "未核实"},
                                               {"2", "Complete", "完成"}};
    static const struct label heading = {TEXT_INIT("Form Status"),
                                         TEXT_INIT("表单状态")};
    struct odm_parts *parts = dictionary->parts;
    char printed[NAME_MOST + 10];
    struct text name;
    void *added;
    snprintf(printed, sizeof printed, "%.*s_complete", TEXT_ARG(form->name));
    if (oid_index_find(&dictionary->seen, text_of(printed), SEEN_FIELD) != NULL)
        return true;
    dictionary->form = form->group;
    if (!odm_keep(parts, text_of(printed), &name, err) ||
        !begin_section(dictionary, form->name, name, heading, form->place, err) ||
        !odm_list_add(&parts->items, sizeof(struct odm_item), parts->study, &added,
                      err))
        return false;
    *(struct odm_item *)added = (struct odm_item){
        .version = parts->versions.count - 1,
        .place = form->place,
        .item = {.oid = name,
                 .name = name,
                 .label = {TEXT_INIT("Complete?"), TEXT_INIT("是否完成？")},
                 .decimals = -1}};
    struct odm_codelist *list;
    return redcap_codelist_begin(parts, form->place, name, &list, err) &&
           redcap_codes_add(parts, form->place, list, codes, ARRAY_COUNT(codes), err) &&
           refer_to_item(dictionary, name, form->place, false, err);
}

static bool add_event(struct dictionary *dictionary, struct error *err)
{
    struct odm_parts *parts = dictionary->parts;
    struct xml_place place = {1, 1, "header"};
    void *added;
    if (!odm_list_add(&parts->events, sizeof(struct odm_event), parts->study, &added,
                      err))
        return false;
    struct odm_event *event = added;
    event->version = parts->versions.count - 1;
    event->place = place;
    event->event =
        (struct study_event){.oid = TEXT_INIT("SE.osteon.forms"),
                             .label = {TEXT_INIT("Forms"), TEXT_INIT("表单")},
                             .kind = TEXT_INIT("log")};
    for (size_t i = 0; i < dictionary->forms.count; i++) {
        const struct form_begun *form =
            ODM_LIST_AT(dictionary->forms, struct form_begun, i);
        if (!odm_list_add(&event->forms, sizeof(struct odm_plan_reference),
                          parts->study, &added, err))
            return false;
        *(struct odm_plan_reference *)added = (struct odm_plan_reference){
            .to = {.place = form->place,
                   .oid = group_at(dictionary, form->group)->oid,
                   .order = SIZE_MAX,
                   .is_form = true},
            .is_optional = true};
    }
    odm_warning_add(parts, place, "the project's XML has both",
                    "a dictionary says nothing of events and repeats: each form stands "
                    "once");
    return true;
}

static bool add_study(struct odm_parts *parts, struct error *err)
{
    struct xml_place place = {1, 1, "header"};
    void *added;
    if (!odm_list_add(&parts->studies, sizeof(struct odm_study), parts->study, &added,
                      err))
        return false;
    *(struct odm_study *)added = (struct odm_study){
        .place = place,
        .oid = TEXT_INIT("REDCap.dictionary"),
        .name = TEXT_INIT("REDCap data dictionary"),
        .label = {TEXT_INIT("REDCap data dictionary"), TEXT_INIT("REDCap 数据字典")}};
    if (!odm_list_add(&parts->versions, sizeof(struct odm_version), parts->study,
                      &added, err))
        return false;
    *(struct odm_version *)added = (struct odm_version){
        .place = place, .oid = TEXT_INIT("dictionary"), .name = TEXT_INIT("1")};
    return true;
}

static bool finish(struct dictionary *dictionary, struct error *err)
{
    size_t count = dictionary->forms.count;
    if (!dictionary->is_header_good)
        return true;
    if (count == 0 && dictionary->parts->findings->error_count == 0)
        odm_finding_add(dictionary->parts, (struct xml_place){1, 1, "header"},
                        "one row is one field", "the dictionary has no field");
    for (size_t i = 0; i < count; i++)
        if (!add_status(dictionary,
                        ODM_LIST_AT(dictionary->forms, struct form_begun, i), err))
            return false;
    return add_event(dictionary, err);
}

/* --- the whole --------------------------------------------------------------------------- */

/* XML begins with "<", in whatever encoding; a table with a letter or a quotation mark. */
bool redcap_dictionary_is(struct text document)
{
    struct text bom = TEXT("\xEF\xBB\xBF");
    if (text_starts_with(document, bom))
        document = text_part(document, bom.len, document.len);
    struct text line = text_part(document, 0, text_find(document, '\n'));
    bool has_parts = text_find(line, ',') < line.len || text_find(line, ';') < line.len;
    return line.len > 0 && has_parts && line.at[0] != '<' &&
           (line.at[0] == '"' || (line.at[0] >= 'A' && line.at[0] <= 'Z') ||
            (line.at[0] >= 'a' && line.at[0] <= 'z'));
}

static size_t count_lines(struct text document)
{
    size_t count = 1;
    for (size_t i = 0; i < document.len; i++)
        count += document.at[i] == '\n';
    return count;
}

bool redcap_dictionary_read(struct text document, struct odm_parts *parts,
                            struct error *err)
{
    if (document.len > LIMIT_DESIGN_BYTES)
        return error_set(err, ERROR_TOO_LARGE, "the design is too large");
    struct dictionary *dictionary = arena_try(parts->study, sizeof *dictionary);
    struct text whole;
    if (dictionary == NULL || !odm_keep(parts, document, &whole, err))
        return odm_no_room(err);
    *dictionary = (struct dictionary){.parts = parts};
    if (!oid_index_make(&dictionary->seen, 2 * count_lines(whole), parts->study))
        return odm_no_room(err);
    return add_study(parts, err) &&
           csv_read(whole, parts->study, on_row, dictionary, err) &&
           finish(dictionary, err);
}
