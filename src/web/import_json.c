#include "web/import_json.h"

#include "web/api_write.h"

static void json_place(struct json_writer *json, const struct import_data *import,
                       size_t file, size_t line, size_t column)
{
    json_member_text(json, "file", import->files[file].name);
    json_member_integer(json, "line", (int64_t)line);
    json_member_integer(json, "column", (int64_t)column);
}

static void json_unknown(struct json_writer *json, const struct import_data *import)
{
    const struct import_report *report = import->report;
    json_key(json, "unknown");
    json_array(json);
    for (size_t i = 0; i < report->unknown_count; i++) {
        const struct import_unknown *unknown = &report->unknown[i];
        json_object(json);
        json_member_text(json, "kind", text_of(unknown->kind));
        json_member_text(json, "oid", unknown->oid);
        json_member_integer(json, "count", unknown->count);
        json_member_text(json, "nearest", unknown->nearest);
        json_place(json, import, unknown->file, unknown->line, unknown->column);
        json_end(json);
    }
    json_end(json);
}

static void json_findings(struct json_writer *json, const struct import_data *import)
{
    const struct import_report *report = import->report;
    json_key(json, "findings");
    json_array(json);
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct import_finding *finding = &report->findings[i];
        json_object(json);
        json_member_text(json, "severity",
                         finding->is_error ? TEXT("error") : TEXT("note"));
        json_place(json, import, finding->file, finding->line, finding->column);
        json_member_text(json, "element", finding->element);
        json_member_text(json, "sentence", finding->sentence);
        if (finding->hint.len > 0)
            json_member_text(json, "hint", finding->hint);
        write_optional_text(json, "sentence_zh", finding->chinese_sentence);
        write_optional_text(json, "hint_zh", finding->chinese_hint);
        json_end(json);
    }
    json_end(json);
}

void import_json(struct json_writer *json, const struct import_data *import,
                 struct text refused)
{
    const struct import_report *report = import->report;
    const struct {
        const char *name;
        int64_t count;
    } counts[] = {
        {"participants", report->participants},
        {"values", report->values},
        {"empty_values", report->empty_values},
        {"kept_elements", report->kept},
        {"new_participants", report->new_participants},
        {"forms", report->forms},
        {"new_values", report->new_values},
        {"changed_values", report->changed_values},
        {"unchanged_values", report->unchanged_values},
        {"findings_total", (int64_t)report->finding_total},
    };
    json_object(json);
    json_member_bool(json, "dry_run", import->is_dry_run);
    json_member_bool(json, "imported", report->is_visible);
    write_optional_text(json, "refused", refused);
    for (size_t i = 0; i < ARRAY_COUNT(counts); i++)
        json_member_integer(json, counts[i].name, counts[i].count);
    json_unknown(json, import);
    json_findings(json, import);
    json_end(json);
}
