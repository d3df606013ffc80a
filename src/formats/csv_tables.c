#include "formats/csv_tables.h"

#include "base/datetime.h"
#include "base/limits.h"
#include "formats/csv_write.h"

/* A row of LIMIT_DESIGN_ITEMS columns is not; a long one is. */
enum { ROW_MOST = 64 * 1024 * 1024 };

enum { OFFSET_NONE = INT32_MAX }; /* of no site: a local time stays as it is */

#define KEYS_OF_SUBJECT "study,data_origin,site,participant"
#define KEYS_OF_FORM    KEYS_OF_SUBJECT ",event,event_repeat,form,form_repeat"

static const struct text fixed_names[] = {
    TEXT_INIT("study"),       TEXT_INIT("data_origin"), TEXT_INIT("site"),
    TEXT_INIT("participant"), TEXT_INIT("event"),       TEXT_INIT("event_repeat"),
    TEXT_INIT("form"),        TEXT_INIT("form_repeat"), TEXT_INIT("group_repeat")};

/* -- Names ------------------------------------------------------------------------- */

static bool is_word(char byte, const char *also)
{
    if ((byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
        (byte >= '0' && byte <= '9'))
        return true;
    for (; *also != '\0'; also++)
        if (byte == *also)
            return true;
    return false;
}

/* Letters, digits and those of `also`; what else stands there becomes _. */
static struct text plain_name(struct text name, const char *also, struct arena *arena)
{
    struct buffer out = buffer_in(arena, 2 * (size_t)LIMIT_OID + 16);
    if (name.len == 0 || !is_word(name.at[0], "") ||
        (name.at[0] >= '0' && name.at[0] <= '9'))
        buffer_byte(&out, 'X');
    for (size_t i = 0; i < name.len && i < LIMIT_OID; i++)
        buffer_byte(&out, is_word(name.at[i], also) ? name.at[i] : '_');
    return (struct text){.at = out.at, .len = out.len};
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* Some file systems and languages do not tell capitals apart. */
static bool same_name(struct text a, struct text b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.at[i]) != lower(b.at[i]))
            return false;
    return true;
}

static bool column_is_taken(const struct csv_column *columns, size_t count,
                            struct text name)
{
    for (size_t i = 0; i < ARRAY_COUNT(fixed_names); i++)
        if (same_name(fixed_names[i], name))
            return true;
    for (size_t i = 0; i < count; i++)
        if (same_name(columns[i].name, name))
            return true;
    return false;
}

static struct text column_name(const struct csv_table *table, const struct item *item,
                               struct arena *arena)
{
    struct text plain =
        plain_name(item->name.len > 0 ? item->name : item->oid, "_", arena);
    struct text name = plain;
    for (int n = 2; column_is_taken(table->columns, table->count, name); n++)
        name = text_format(arena, "%.*s_%d", TEXT_ARG(plain), n);
    return name;
}

static bool file_is_taken(const struct csv_tables *tables, size_t count,
                          struct text name)
{
    static const struct text others[] = {
        TEXT_INIT("participants.csv"), TEXT_INIT("forms.csv"),
        TEXT_INIT("other_values.csv"), TEXT_INIT("codebook.csv"),
        TEXT_INIT("codes.csv")};
    for (size_t i = 0; i < ARRAY_COUNT(others); i++)
        if (same_name(others[i], name))
            return true;
    for (size_t i = 0; i < count; i++)
        if (same_name(tables->tables[i].file_name, name))
            return true;
    return false;
}

static struct text file_name(const struct csv_tables *tables, size_t at)
{
    struct arena *arena = tables->arena;
    struct text plain = plain_name(tables->design->groups[at].oid, "_-.", arena);
    struct text name = text_format(arena, "%.*s.csv", TEXT_ARG(plain));
    for (int n = 2; file_is_taken(tables, at, name); n++)
        name = text_format(arena, "%.*s_%d.csv", TEXT_ARG(plain), n);
    return name;
}

/* -- Headers ----------------------------------------------------------------------- */

static void send(const struct csv_tables *tables, size_t file,
                 const struct buffer *buffer)
{
    ASSERT(!buffer->is_overflown);
    tables->files.put(tables->files.data, file,
                      (struct text){.at = buffer->at, .len = buffer->len});
}

static void begin_table(struct csv_tables *tables, size_t at)
{
    struct csv_table *table = &tables->tables[at];
    const struct item_group *group = &tables->design->groups[at];
    struct csv_column *columns =
        ARENA_ARRAY(tables->arena, struct csv_column, group->item_count + 1);
    *table = (struct csv_table){
        .group = group, .columns = columns, .file_name = file_name(tables, at)};
    for (size_t i = 0; i < group->item_count; i++) {
        if (!record_is_open(group->items[i]))
            continue;
        columns[table->count].name = column_name(table, group->items[i], tables->arena);
        columns[table->count++].item = group->items[i];
    }
    struct buffer line = buffer_in(tables->arena, ROW_MOST);
    BUFFER_LITERAL(&line, KEYS_OF_FORM ",group_repeat");
    for (size_t i = 0; i < table->count; i++)
        buffer_format(&line, ",%.*s,%.*s_missing,%.*s_missing_text",
                      TEXT_ARG(columns[i].name), TEXT_ARG(columns[i].name),
                      TEXT_ARG(columns[i].name));
    BUFFER_LITERAL(&line, "\r\n");
    table->file = tables->files.add(tables->files.data, table->file_name);
    send(tables, table->file, &line);
}

static size_t begin_file(const struct csv_tables *tables, struct text name,
                         struct text header)
{
    size_t file = tables->files.add(tables->files.data, name);
    tables->files.put(tables->files.data, file, header);
    return file;
}

struct csv_tables *csv_tables_begin(const struct design *design, bool is_synthetic,
                                    const struct csv_files *files, struct arena *arena)
{
    struct csv_tables *tables = ARENA_NEW(arena, struct csv_tables);
    *tables = (struct csv_tables){.design = design,
                                  .is_synthetic = is_synthetic,
                                  .files = *files,
                                  .arena = arena};
    tables->participants_file =
        begin_file(tables, TEXT("participants.csv"),
                   TEXT(KEYS_OF_SUBJECT ",screening_number,provisional_number,"
                                        "enrolment_number,state,screened_at,"
                                        "enrolled_at,attached_to\r\n"));
    tables->forms_file = begin_file(
        tables, TEXT("forms.csv"),
        TEXT(KEYS_OF_FORM ",design_version,is_complete,answered,expected\r\n"));
    tables->tables = ARENA_ARRAY(arena, struct csv_table, design->group_count + 1);
    for (size_t i = 0; i < design->group_count; i++)
        begin_table(tables, i);
    tables->other_file = begin_file(
        tables, TEXT("other_values.csv"),
        TEXT(KEYS_OF_FORM ",group_repeat,item,value,missing,missing_text\r\n"));
    return tables;
}

/* -- Rows -------------------------------------------------------------------------- */

static void put_subject_keys(const struct csv_tables *tables, struct csv_out *row,
                             const struct record_subject *subject)
{
    csv_text(row, tables->design->study_oid);
    csv_text(row, tables->is_synthetic ? TEXT("SYNTHETIC") : TEXT("COLLECTED"));
    csv_text(row, subject->participant->site);
    csv_text(row, subject->number);
}

static void put_instant(struct csv_out *row, int64_t instant, int32_t offset_minutes)
{
    char printed[MOMENT_TEXT_SIZE];
    size_t len = instant == 0 ? 0 : instant_print_at(instant, offset_minutes, printed);
    csv_text(row, (struct text){.at = printed, .len = len});
}

void csv_tables_subject(struct csv_tables *tables, const struct record_subject *subject,
                        struct arena *scratch)
{
    const struct participant *participant = subject->participant;
    struct buffer line = buffer_in(scratch, ROW_MOST);
    struct csv_out row = csv_begin(&line);
    put_subject_keys(tables, &row, subject);
    csv_text(&row, participant->screening_number);
    csv_text(&row, participant->provisional_number);
    csv_text(&row, participant->subject_number);
    csv_text(&row, participant_state_name(participant->state));
    put_instant(&row, participant->screened_at, subject->offset_minutes);
    put_instant(&row, participant->enrolled_at, subject->offset_minutes);
    csv_text(&row, subject->attached_to);
    csv_end(&row);
    send(tables, tables->participants_file, &line);
    tables->participants++;
}

static struct text form_keys(const struct csv_tables *tables,
                             const struct record_subject *subject,
                             const struct form_key *key, struct arena *scratch)
{
    struct buffer *keys = ARENA_NEW(scratch, struct buffer);
    *keys = buffer_in(scratch, 64 * 1024);
    struct csv_out row = csv_begin(keys);
    put_subject_keys(tables, &row, subject);
    csv_text(&row, key->event);
    csv_number(&row, key->event_repeat);
    csv_text(&row, key->form);
    csv_number(&row, key->form_repeat);
    return (struct text){.at = keys->at, .len = keys->len};
}

static void put_form(struct csv_tables *tables, const struct record_form *form,
                     struct text keys, struct buffer *line)
{
    line->len = 0;
    struct csv_out row = csv_begin(line);
    csv_part(&row, keys);
    csv_text(&row, form->design_version);
    csv_text(&row, form->is_complete ? TEXT("yes") : TEXT("no"));
    csv_number(&row, form->answered);
    csv_number(&row, form->expected);
    csv_end(&row);
    send(tables, tables->forms_file, line);
    tables->forms++;
}

static void put_other(struct csv_tables *tables, const struct record_value *value,
                      struct text keys, struct buffer *line)
{
    line->len = 0;
    struct csv_out row = csv_begin(line);
    csv_part(&row, keys);
    csv_number(&row, value->row);
    csv_text(&row, value->oid);
    csv_text(&row, value->answer.value);
    csv_text(&row, missing_reason_code(value->answer.missing));
    csv_text(&row, value->answer.missing_text);
    csv_end(&row);
    send(tables, tables->other_file, line);
    tables->others++;
    tables->values++;
}

struct row_values {
    const struct record_value *at;
    size_t count;
};

/* The values of one row of one section, which stand side by side. */
static struct row_values row_from(const struct record_form *form, size_t from)
{
    size_t to = from + 1;
    while (to < form->count && form->values[to].group == form->values[from].group &&
           form->values[to].row == form->values[from].row)
        to++;
    return (struct row_values){&form->values[from], to - from};
}

static void put_cell(const struct record_value *value, int32_t offset_minutes,
                     struct csv_out *row, struct arena *scratch)
{
    struct text text = value->answer.value;
    if (offset_minutes != OFFSET_NONE)
        text = record_value_text(value->item, text, offset_minutes, scratch);
    csv_text(row, text);
    csv_text(row, missing_reason_code(value->answer.missing));
    csv_text(row, value->answer.missing_text);
}

static void put_row(struct csv_tables *tables, struct row_values values,
                    struct text keys, int32_t offset_minutes, struct buffer *line,
                    struct arena *scratch)
{
    struct csv_table *table =
        &tables->tables[values.at->group - tables->design->groups];
    line->len = 0;
    struct csv_out row = csv_begin(line);
    csv_part(&row, keys);
    csv_number(&row, values.at->row);
    size_t next = 0;
    for (size_t i = 0; i < table->count; i++) {
        if (next < values.count && values.at[next].item == table->columns[i].item) {
            put_cell(&values.at[next++], offset_minutes, &row, scratch);
            tables->values++;
        } else {
            BUFFER_LITERAL(line, ",,,");
        }
    }
    csv_end(&row);
    send(tables, table->file, line);
    table->rows++;
}

void csv_tables_form(struct csv_tables *tables, const struct record_subject *subject,
                     const struct record_form *form, struct arena *scratch)
{
    struct text keys = form_keys(tables, subject, form->key, scratch);
    struct buffer line = buffer_in(scratch, ROW_MOST);
    put_form(tables, form, keys, &line);
    for (size_t i = 0; i < form->count;) {
        if (form->values[i].group == NULL) {
            put_other(tables, &form->values[i++], keys, &line);
            continue;
        }
        struct row_values row = row_from(form, i);
        put_row(tables, row, keys, subject->offset_minutes, &line, scratch);
        i += row.count;
    }
}

/* -- Reference data ------------------------------------------------------------------ */

static struct text keys_of_study(const struct csv_tables *tables, struct arena *scratch)
{
    struct buffer *keys = ARENA_NEW(scratch, struct buffer);
    *keys = buffer_in(scratch, 64 * 1024);
    struct csv_out row = csv_begin(keys);
    csv_text(&row, tables->design->study_oid);
    csv_text(&row, tables->is_synthetic ? TEXT("SYNTHETIC") : TEXT("COLLECTED"));
    for (int i = 0; i < 6; i++)
        csv_text(&row, (struct text){0});
    return (struct text){.at = keys->at, .len = keys->len};
}

static size_t row_end(const struct record_section *section, size_t from)
{
    size_t to = from;
    while (to < section->count && section->values[to].item != NULL &&
           section->values[to].row == section->values[from].row)
        to++;
    return to;
}

void csv_tables_section(struct csv_tables *tables, const struct record_section *section,
                        struct arena *scratch)
{
    struct text keys = keys_of_study(tables, scratch);
    struct buffer line = buffer_in(scratch, ROW_MOST);
    for (size_t i = 0; i < section->count;) {
        size_t end = row_end(section, i);
        if (end == i) {
            put_other(tables, &section->values[i++], keys, &line);
            continue;
        }
        put_row(tables, (struct row_values){&section->values[i], end - i}, keys,
                OFFSET_NONE, &line, scratch);
        i = end;
    }
}
