/* What is found wrong: noted while the document is read, settled at its end. */
#include "formats/odm_design_parts.h"

#include <stdio.h>
#include <string.h>

/* Until the end of the document nobody knows whether it was written for this program. */
enum { IF_OURS = ODM_ERROR + 1 };

/* The place of a new finding; of too many, errors are kept rather than warnings. */
static struct odm_finding *room_for(struct odm_findings *findings, int severity)
{
    if (findings->kept_count < ODM_FINDINGS_KEPT)
        return &findings->kept[findings->kept_count];
    for (size_t i = ODM_FINDINGS_KEPT; severity != ODM_WARNING && i > 0; i--)
        if (findings->kept[i - 1].severity == ODM_WARNING)
            return &findings->kept[i - 1];
    return NULL;
}

static void note(struct odm_parts *parts, int severity, struct xml_place place,
                 const char *hint, const char *sentence)
{
    struct odm_findings *findings = parts->findings;
    findings->total++;
    findings->error_count += severity == ODM_ERROR;
    parts->if_ours_count += severity == IF_OURS;
    struct odm_finding *room = room_for(findings, severity);
    if (room == NULL)
        return;
    struct error ignored;
    struct odm_finding finding = {.severity = (enum odm_severity)severity,
                                  .line = place.line,
                                  .column = place.column};
    if (!odm_keep(parts, text_of(sentence), &finding.sentence, &ignored) ||
        !odm_keep(parts, text_of(hint == NULL ? "" : hint), &finding.hint, &ignored))
        return;
    findings->kept_count += room == &findings->kept[findings->kept_count];
    *room = finding;
}

/* "ItemDef: " and the sentence. */
PRINTF_LIKE(5, 0)
static void note_printed(struct odm_parts *parts, int severity, struct xml_place place,
                         const char *hint, const char *sentence, va_list arguments)
{
    char printed[380] = "";
    if (place.element != NULL)
        snprintf(printed, sizeof printed, "%s: ", place.element);
    size_t len = strlen(printed);
    vsnprintf(printed + len, sizeof printed - len, sentence, arguments);
    note(parts, severity, place, hint, printed);
}

void odm_finding_add(struct odm_parts *parts, struct xml_place place, const char *hint,
                     const char *sentence, ...)
{
    va_list arguments;
    va_start(arguments, sentence);
    note_printed(parts, ODM_ERROR, place, hint, sentence, arguments);
    va_end(arguments);
}

void odm_warning_add(struct odm_parts *parts, struct xml_place place, const char *hint,
                     const char *sentence, ...)
{
    va_list arguments;
    va_start(arguments, sentence);
    note_printed(parts, ODM_WARNING, place, hint, sentence, arguments);
    va_end(arguments);
}

void odm_strict_add(struct odm_parts *parts, struct xml_place place, const char *hint,
                    const char *sentence, ...)
{
    va_list arguments;
    va_start(arguments, sentence);
    note_printed(parts, IF_OURS, place, hint, sentence, arguments);
    va_end(arguments);
}

static bool is_before(const struct odm_finding *a, const struct odm_finding *b)
{
    return a->line != b->line ? a->line < b->line : a->column < b->column;
}

/* By place; those of one place as they were found. */
static void sort_kept(struct odm_findings *findings)
{
    for (size_t i = 1; i < findings->kept_count; i++) {
        struct odm_finding finding = findings->kept[i];
        size_t k = i;
        for (; k > 0 && is_before(&finding, &findings->kept[k - 1]); k--)
            findings->kept[k] = findings->kept[k - 1];
        findings->kept[k] = finding;
    }
}

void odm_findings_settle(struct odm_parts *parts)
{
    struct odm_findings *findings = parts->findings;
    enum odm_severity settled = parts->is_ours ? ODM_ERROR : ODM_WARNING;
    for (size_t i = 0; i < findings->kept_count; i++)
        if ((int)findings->kept[i].severity == IF_OURS)
            findings->kept[i].severity = settled;
    if (parts->is_ours)
        findings->error_count += parts->if_ours_count;
    parts->if_ours_count = 0;
    sort_kept(findings);
}
