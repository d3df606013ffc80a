/* A REDCap data dictionary from any bytes: refused with a sentence and a place, or a design
 * in which every row of the file has its item or its section. */
#include "fuzz/fuzz.h"

#include "base/buffer.h"
#include "formats/csv_read.h"
#include "formats/odm_design_read.h"
#include "formats/redcap_column.h"
#include "formats/redcap_dictionary.h"

#include <stdlib.h>

enum { ARENA = 16 << 20 };

/* Every view of the design's own is read, so that a stray pointer is seen. */
static size_t sum_of(struct text t)
{
    size_t sum = 0;
    for (size_t i = 0; i < t.len; i++)
        sum += (unsigned char)t.at[i];
    return sum;
}

static void use(const struct design *design)
{
    size_t sum = 0;
    for (size_t i = 0; i < design->item_count; i++) {
        const struct item *item = &design->items[i];
        sum += sum_of(item->label.english) + sum_of(item->note.english);
        ASSERT(design_item(design, item->oid) == item);
        ASSERT((item->type == ITEM_CODED) ==
               (item->codelist != NULL && item->codelist->code_count > 0));
        ASSERT(!item->is_multiple || item->codelist != NULL);
    }
    for (size_t i = 0; i < design->foreign_rule_count; i++) {
        const struct foreign_rule *rule = &design->foreign_rules[i];
        sum += sum_of(rule->source) + sum_of(rule->reason);
        ASSERT(rule->source.len > 0 && rule->line > 1 && rule->column > 0);
        ASSERT(rule->use != FOREIGN_REMARK || rule->reason.len > 0);
    }
    ASSERT(sum < SIZE_MAX);
}

struct rows {
    const struct design *design;
    struct arena *arena;
    size_t variable, form; /* columns */
};

static bool on_row(void *data, const struct csv_row *row, struct error *err)
{
    (void)err;
    struct rows *rows = data;
    struct text ignored;
    for (size_t i = 0; row->is_header && i < row->count; i++) {
        enum redcap_column column =
            redcap_column_of(text_trim(row->fields[i]), &ignored);
        if (column == REDCAP_VARIABLE)
            rows->variable = i;
        if (column == REDCAP_FORM)
            rows->form = i;
    }
    if (row->is_header)
        return true;
    struct text name = text_trim(row->fields[rows->variable]);
    struct text form = text_trim(row->fields[rows->form]);
    struct text section =
        text_format(rows->arena, "%.*s.%.*s", TEXT_ARG(form), TEXT_ARG(name));
    struct text alone = text_format(rows->arena, "%.*s.section", TEXT_ARG(name));
    ASSERT(design_item(rows->design, name) != NULL ||
           design_group(rows->design, section) != NULL ||
           design_group(rows->design, alone) != NULL);
    return true;
}

static void check_refusal(const struct odm_findings *findings, const struct error *err)
{
    ASSERT(err->code == ERROR_MALFORMED || err->code == ERROR_REFUSED ||
           err->code == ERROR_TOO_LARGE);
    ASSERT(err->text[0] != '\0');
    for (size_t i = 0; i < findings->kept_count; i++)
        ASSERT(findings->kept[i].line > 0 && findings->kept[i].column > 0 &&
               findings->kept[i].sentence.len > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct text document = fuzz_text(bytes, len);
    /* The first two bytes order a failure of memory: 0 is none. */
    size_t fail_at = (size_t)fuzz_byte(&document) << 8;
    fail_at |= fuzz_byte(&document);
    if (!redcap_dictionary_is(document))
        return 0;
    struct arena *study = arena_new(ARENA), *scratch = arena_new(ARENA);
    struct odm_findings *findings = malloc(sizeof *findings);
    struct rows rows = {.arena = scratch};
    struct error err;
    arena_fail_after(study, fail_at);
    if (odm_design_read(document, study, &rows.design, findings, &err)) {
        ASSERT(findings->error_count == 0);
        use(rows.design);
        ASSERT(csv_read(document, scratch, on_row, &rows, &err));
    } else {
        check_refusal(findings, &err);
    }
    free(findings);
    arena_free(scratch);
    arena_free(study);
    return 0;
}
