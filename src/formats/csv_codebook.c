#include "formats/csv_codebook.h"

#include "base/limits.h"
#include "formats/csv_write.h"

static struct text yes_or_empty(bool holds)
{
    return holds ? TEXT("yes") : (struct text){0};
}

static struct text why_not_exported(const struct item *item)
{
    if (item->is_identity)
        return TEXT("identity");
    return item->is_location ? TEXT("location") : (struct text){0};
}

static struct text unit_of(const struct item *item)
{
    switch (item->type) {
    case ITEM_DATETIME:
    case ITEM_PARTIAL_DATETIME: return TEXT("local time with its offset from UTC");
    case ITEM_TIME:
    case ITEM_PARTIAL_TIME: return TEXT("local time of day at the site");
    case ITEM_DATE:
    case ITEM_PARTIAL_DATE: return TEXT("local date at the site");
    case ITEM_TEXT:
    case ITEM_INTEGER:
    case ITEM_DECIMAL:
    case ITEM_CODED: return item->unit;
    }
    return item->unit;
}

static void put_item(struct csv_out *row, const struct csv_table *table,
                     const struct item *item, struct text column)
{
    csv_text(row, table->file_name);
    csv_text(row, column);
    csv_text(row, item->oid);
    csv_text(row, item->label.english);
    csv_text(row, item->label.chinese);
    csv_text(row, text_of(item_type_name(item->type)));
    csv_text(row, unit_of(item));
    csv_text(row, item->codelist == NULL ? (struct text){0} : item->codelist->oid);
    csv_text(row, yes_or_empty(item->is_multiple));
    csv_text(row, item->loinc);
    csv_text(row, text_of(item_requirement_name(item->requirement)));
    csv_text(row, table->group->label.english);
    csv_text(row, table->group->label.chinese);
    csv_text(row, why_not_exported(item));
    csv_end(row);
}

static struct text column_of(const struct csv_table *table, const struct item *item)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->columns[i].item == item)
            return table->columns[i].name;
    return (struct text){0};
}

static void send(const struct csv_tables *tables, size_t file, struct buffer *lines)
{
    tables->files.put(tables->files.data, file,
                      (struct text){.at = lines->at, .len = lines->len});
    lines->len = 0;
}

static void put_codes(const struct csv_tables *tables, struct buffer *lines)
{
    size_t file = tables->files.add(tables->files.data, TEXT("codes.csv"));
    BUFFER_LITERAL(lines, "codelist,position,code,label_en,label_zh\r\n");
    for (size_t i = 0; i < tables->design->codelist_count; i++) {
        const struct codelist *list = &tables->design->codelists[i];
        for (size_t j = 0; j < list->code_count; j++) {
            struct csv_out row = csv_begin(lines);
            csv_text(&row, list->oid);
            csv_number(&row, (int64_t)j + 1);
            csv_text(&row, list->codes[j].code);
            csv_text(&row, list->codes[j].label.english);
            csv_text(&row, list->codes[j].label.chinese);
            csv_end(&row);
        }
        send(tables, file, lines);
    }
    for (size_t i = 0; i <= missing_reason_count; i++) {
        struct text code = missing_reasons[i].code;
        struct csv_out row = csv_begin(lines);
        csv_text(&row, TEXT("missing"));
        csv_number(&row, (int64_t)i + 1);
        csv_text(&row, code);
        csv_text(&row, missing_reasons[i].label.english);
        csv_text(&row, missing_reasons[i].label.chinese);
        csv_end(&row);
    }
    send(tables, file, lines);
}

void csv_codebook(const struct csv_tables *tables, struct arena *scratch)
{
    struct buffer lines = buffer_in(scratch, LIMIT_DESIGN_BYTES);
    size_t file = tables->files.add(tables->files.data, TEXT("codebook.csv"));
    BUFFER_LITERAL(&lines, "table,column,item,label_en,label_zh,type,unit,codelist,"
                           "multiple,loinc,requirement,section_en,section_zh,"
                           "left_out\r\n");
    for (size_t i = 0; i < tables->design->group_count; i++) {
        const struct csv_table *table = &tables->tables[i];
        for (size_t j = 0; j < table->group->item_count; j++) {
            struct csv_out row = csv_begin(&lines);
            const struct item *item = table->group->items[j];
            put_item(&row, table, item, column_of(table, item));
        }
        send(tables, file, &lines);
    }
    put_codes(tables, &lines);
}
