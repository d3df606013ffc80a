#include "actions/import_report.h"

#include "actions/import_words.h"

#include <stdarg.h>
#include <stdio.h>

enum { SLOTS = 32768 }; /* a power of two over twice LIMIT_IMPORT_UNKNOWN */

struct import_report *import_report_new(struct arena *arena)
{
    struct import_report *report = ARENA_NEW(arena, struct import_report);
    report->arena = arena;
    report->findings = ARENA_ARRAY(arena, struct import_finding, LIMIT_IMPORT_FINDINGS);
    report->unknown = ARENA_ARRAY(arena, struct import_unknown, LIMIT_IMPORT_UNKNOWN);
    report->unknown_slots = ARENA_ARRAY(arena, uint32_t, SLOTS);
    return report;
}

void import_report_add(struct import_report *report, bool is_error,
                       const struct xml_place *place, struct text hint,
                       const char *format, ...)
{
    report->error_count += is_error;
    /* The first error is kept in any case: the last place is for it. */
    bool is_first_error = is_error && report->error_count == 1;
    size_t room = LIMIT_IMPORT_FINDINGS;
    room -= is_first_error ? 0 : 1;
    report->finding_total++;
    if (report->finding_count >= room)
        return;
    char sentence[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    report->findings[report->finding_count++] = (struct import_finding){
        .is_error = is_error,
        .file = report->file,
        .line = place == NULL ? 0 : place->line,
        .column = place == NULL ? 0 : place->column,
        .element = place == NULL ? (struct text){0} : text_of(place->element),
        .sentence = text_copy(report->arena, text_of(sentence)),
        .hint = text_copy(report->arena, hint),
        .chinese_sentence = import_words_chinese(text_of(sentence), report->arena),
        .chinese_hint = import_words_chinese(hint, report->arena)};
}

bool import_report_unknown(struct import_report *report, const char *kind,
                           struct text oid, struct text nearest,
                           const struct xml_place *place, struct error *err)
{
    size_t at = (text_hash(oid) + (size_t)kind[0]) & (SLOTS - 1);
    for (; report->unknown_slots[at] != 0; at = (at + 1) & (SLOTS - 1)) {
        struct import_unknown *known = &report->unknown[report->unknown_slots[at] - 1];
        if (known->kind == kind && text_equal(known->oid, oid)) {
            known->count++;
            return true;
        }
    }
    if (report->unknown_count == LIMIT_IMPORT_UNKNOWN)
        return error_set(err, ERROR_TOO_LARGE, "more than %d different unknown OIDs",
                         LIMIT_IMPORT_UNKNOWN);
    report->unknown[report->unknown_count++] =
        (struct import_unknown){.kind = kind,
                                .oid = text_copy(report->arena, oid),
                                .nearest = nearest,
                                .file = report->file,
                                .line = place->line,
                                .column = place->column,
                                .count = 1};
    report->unknown_slots[at] = (uint32_t)report->unknown_count;
    return true;
}

bool import_report_refuses(const struct import_report *report)
{
    return report->error_count > 0 || report->unknown_count > 0;
}
