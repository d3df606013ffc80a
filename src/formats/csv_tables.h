#ifndef OSTEON_FORMATS_CSV_TABLES_H
#define OSTEON_FORMATS_CSV_TABLES_H
/* A study's data as tables: one CSV file a section of the design, a row for each place
 * where something of it was answered, and always the file with its header, also when
 * there is no row. Each item has three columns: its value, why there is none
 * (ITEM_missing: ND, UNK …) and that reason's words (ITEM_missing_text). Each row begins
 * with the same keys. Besides: participants.csv, forms.csv, and other_values.csv for
 * answers whose place the design in force does not know.
 *
 * The files go out side by side through `put`; this floor knows no operating system.
 */
#include "base/buffer.h"
#include "formats/record.h"

struct csv_files {
    size_t (*add)(void *data, struct text name); /* a new file: its number */
    void (*put)(void *data, size_t file, struct text bytes);
    void *data;
};

struct csv_column {
    const struct item *item;
    struct text
        name; /* of letters, digits and _; no other column of the table has it */
};

struct csv_table {
    const struct item_group *group;
    struct text file_name; /* "IG.SCR1.csv" */
    size_t file;
    const struct csv_column *columns; /* those that may leave the folder */
    size_t count;
    int64_t rows;
};

struct csv_tables {
    const struct design *design;
    bool is_synthetic;
    struct csv_files files;
    struct arena *arena;
    struct csv_table *tables; /* as the design's groups */
    size_t participants_file, forms_file, other_file;
    int64_t participants, forms, others, values;
};

/* Adds the files and writes their headers; in `arena`. */
struct csv_tables *csv_tables_begin(const struct design *design, bool is_synthetic,
                                    const struct csv_files *files, struct arena *arena);
void csv_tables_subject(struct csv_tables *tables, const struct record_subject *subject,
                        struct arena *scratch);
void csv_tables_form(struct csv_tables *tables, const struct record_subject *subject,
                     const struct record_form *form, struct arena *scratch);
/* Reference data: the keys but study, data_origin and group_repeat are empty. */
void csv_tables_section(struct csv_tables *tables, const struct record_section *section,
                        struct arena *scratch);

#endif
