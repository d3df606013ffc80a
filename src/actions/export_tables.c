/* The tables of CSV as a folder, or packed: data, codebook, scripts, README, hashes. */
#include "actions/export_walk.h"
#include "base/datetime.h"
#include "base/hex.h"
#include "base/limits.h"
#include "formats/csv_codebook.h"
#include "system/file.h"
#include "system/file_set.h"

#include <stdio.h>
#include <unistd.h>

static size_t add_file(void *data, struct text name)
{
    return file_set_add(data, name);
}

static void put_bytes(void *data, size_t file, struct text bytes)
{
    file_set_put(data, file, bytes);
}

static bool take_subject(struct export_walk *walk, const struct record_subject *subject,
                         struct arena *scratch, struct error *err)
{
    (void)err;
    csv_tables_subject(walk->data, subject, scratch);
    return true;
}

static bool take_form(struct export_walk *walk, const struct record_subject *subject,
                      const struct record_form *form, struct arena *scratch,
                      struct error *err)
{
    (void)err;
    csv_tables_form(walk->data, subject, form, scratch);
    return true;
}

/* -- Beside the data ----------------------------------------------------------------- */

static size_t add_text(struct file_set *set, struct text name, struct text content)
{
    size_t file = file_set_add(set, name);
    file_set_put(set, file, content);
    file_set_finish(set, file);
    return file;
}

static void put_head(struct buffer *out, const struct export_walk *walk)
{
    char time[MOMENT_TEXT_SIZE];
    char hash[HEX_SIZE(HASH_SIZE)];
    size_t len = instant_print(walk->cut.time, time);
    hex_print(walk->cut.hash.bytes, HASH_SIZE, hash);
    if (walk->is_synthetic)
        BUFFER_LITERAL(
            out, "SYNTHETIC DATA: made by a program. No real person, no real "
                 "result.\n合成数据：由程序生成，不含任何真实个人或真实结果。\n\n");
    buffer_format(
        out,
        "Study      %.*s, %.*s\n"
        "Design     version %.*s\n"
        "Data cut   event %lld of the log, %.*s, hash %.*s\n"
        "Content    %lld participants, %lld forms, %lld values\n"
        "Withheld   %lld participants: provisional records that are not "
        "attached\n"
        "Sealed     %lld values: image readings that two readers have not "
        "signed\n\n",
        TEXT_ARG(walk->design->study_oid), TEXT_ARG(walk->design->name.english),
        TEXT_ARG(walk->design->version), (long long)walk->cut.seq, (int)len, time,
        (int)sizeof hash, hash, (long long)walk->participants, (long long)walk->forms,
        (long long)walk->values, (long long)walk->withheld, (long long)walk->sealed);
}

static const char how_to_read[] =
    "Pseudonymised: nothing of the identity vault and no bed is in any file. Free "
    "texts "
    "are as people wrote them.\n"
    "\n"
    "Tables     CSV (RFC 4180), UTF-8, one file a section of the design; empty ones "
    "have "
    "their header.\n"
    "Keys       study, site, participant, event, event_repeat, form, form_repeat, "
    "group_repeat (0: does not repeat)\n"
    "Items      ITEM the value; ITEM_missing why there is none (ND, UNK, NA, REF, DEV, "
    "OTH); ITEM_missing_text its words.\n"
    "           All three empty: nothing was entered. Several codes stand in one "
    "field, "
    "a blank between.\n"
    "Times      local time of the site with its offset from UTC. Partial dates are as "
    "far as known: 2026-03.\n"
    "Units      UCUM, in codebook.csv; labels, types, codes, LOINC there too. "
    "codes.csv: each code list.\n"
    "R          source(\"load.R\"); study <- osteon_load(\".\")\n"
    "Python     from load import osteon_load; study = osteon_load(\".\")\n"
    "Sheets     import as text (Data, From Text/CSV). Texts that begin with = + - @ "
    "are "
    "as entered;\n"
    "           a spreadsheet that opens a file by double-click may take them for "
    "formulas.\n"
    "假名化：任何文件均不含身份库内容和床号。数据为 UTF-8 编码 "
    "CSV；列名、标签、类型、单位和编码见 "
    "codebook.csv 与 codes.csv。\n"
    "用 Excel 打开时请用“数据 → 自文本/CSV”并按文本导入。\n\n";

static void put_rows(struct buffer *out, const struct csv_tables *tables)
{
    buffer_format(out, "Rows\n%10lld  participants.csv\n%10lld  forms.csv\n",
                  (long long)tables->participants, (long long)tables->forms);
    for (size_t i = 0; i < tables->design->group_count; i++)
        buffer_format(out, "%10lld  %.*s  %.*s\n", (long long)tables->tables[i].rows,
                      TEXT_ARG(tables->tables[i].file_name),
                      TEXT_ARG(tables->tables[i].group->label.english));
    buffer_format(out, "%10lld  other_values.csv\n\n", (long long)tables->others);
}

static void put_hashes(struct buffer *out, const struct file_set *set)
{
    for (size_t i = 0; i < file_set_count(set); i++) {
        const struct file_fact *fact = file_set_fact(set, i);
        char hash[HEX_SIZE(HASH_SIZE)];
        hex_print(fact->hash.bytes, HASH_SIZE, hash);
        buffer_format(out, "%.*s  %.*s\n", (int)sizeof hash, hash,
                      TEXT_ARG(fact->name));
    }
}

static struct text text_in(const struct buffer *buffer)
{
    ASSERT(!buffer->is_overflown);
    return (struct text){.at = buffer->at, .len = buffer->len};
}

static struct hash put_notes(struct file_set *set, const struct export_walk *walk,
                             const struct csv_tables *tables, struct arena *arena)
{
    add_text(set, TEXT("load.R"), csv_script_r());
    add_text(set, TEXT("load.py"), csv_script_python());
    for (size_t i = 0; i < file_set_count(set); i++)
        file_set_finish(set, i);
    struct buffer readme = buffer_in(arena, LIMIT_DESIGN_BYTES);
    put_head(&readme, walk);
    buffer_bytes(&readme, how_to_read, sizeof how_to_read - 1);
    put_rows(&readme, tables);
    BUFFER_LITERAL(&readme, "SHA-256 (sha256sum -c SHA256SUMS checks them, with this "
                            "file)\n");
    put_hashes(&readme, set);
    add_text(set, TEXT("README.txt"), text_in(&readme));
    struct buffer sums = buffer_in(arena, LIMIT_DESIGN_BYTES);
    put_hashes(&sums, set);
    size_t file = add_text(set, TEXT("SHA256SUMS"), text_in(&sums));
    return file_set_fact(set, file)->hash;
}

/* -- The folder ----------------------------------------------------------------------- */

static bool put_reference(struct export_walk *walk, struct csv_tables *tables,
                          struct error *err)
{
    struct record_section *sections = NULL;
    size_t count = 0;
    struct arena *scratch = arena_new(LIMIT_COMMAND_ARENA);
    bool is_read = export_walk_reference(walk, scratch, &sections, &count, err);
    for (size_t i = 0; is_read && i < count; i++)
        csv_tables_section(tables, &sections[i], scratch);
    arena_free(scratch);
    return is_read;
}

static bool fill(struct export_walk *walk, struct file_set *set, struct arena *arena,
                 struct hash *content, struct error *err)
{
    struct csv_files files = {.add = add_file, .put = put_bytes, .data = set};
    struct csv_tables *tables =
        csv_tables_begin(walk->design, walk->is_synthetic, &files, arena);
    walk->data = tables;
    walk->subject = take_subject;
    walk->form = take_form;
    if (!export_walk_all(walk, err) || !put_reference(walk, tables, err))
        return false;
    csv_codebook(tables, arena);
    *content = put_notes(set, walk, tables, arena);
    return file_set_end(set, err);
}

/* Under other names until it is whole. */
static bool settle(struct file_set *set, const struct export_request *request,
                   struct arena *arena, struct hash *content, struct error *err)
{
    const char *made = file_set_path(set);
    if (request->is_packed) {
        const char *packed = text_format(arena, "%s.zip", made).at;
        if (!export_pack(set, packed, arena, content, err))
            return false;
        file_set_remove(set);
        made = packed;
    }
    if (rename(made, request->path) == 0)
        return true;
    if (request->is_packed)
        unlink(made);
    return error_set(err, ERROR_FAILED, "%s cannot be written", request->path);
}

bool export_to_tables(struct export_walk *walk, const struct export_request *request,
                      struct arena *arena, struct hash *content, struct error *err)
{
    const char *beside =
        text_format(arena, "%s.%ld.new", request->path, (long)getpid()).at;
    struct file_set *set = NULL;
    if (file_exists(request->path)) {
        error_set(err, ERROR_REFUSED, "%s exists already", request->path);
        return error_hint(err, "choose another name, or remove it first");
    }
    if (!file_set_begin(beside, arena, &set, err))
        return false;
    bool is_done = fill(walk, set, arena, content, err) &&
                   settle(set, request, arena, content, err);
    if (!is_done)
        file_set_remove(set);
    return is_done;
}
