/* A design from any bytes: refused with a sentence, or whole. */
#include "fuzz/fuzz.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "formats/design_json.h"
#include "formats/odm_design_read.h"

#include <stdlib.h>

/* Every view of a good design is read, so that a stray pointer is seen; and every OID
 * leads back to its own item. */
static void use(const struct design *design, struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_RESPONSE);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    design_json_members(design, &json);
    json_end(&json);
    for (size_t i = 0; i < design->item_count; i++)
        ASSERT(design_item(design, design->items[i].oid) == &design->items[i]);
    for (size_t i = 0; i < design->foreign_rule_count; i++)
        ASSERT(design->foreign_rules[i].source.len > 0 &&
               design->foreign_rules[i].line > 0);
}

/* An item has one place in a form, and each form stands in an event of a foreign design. */
static void check_forms(const struct design *design)
{
    for (size_t i = 0; i < design->form_count; i++) {
        const struct form *form = &design->forms[i];
        bool is_in_event = !design->is_foreign;
        for (size_t k = 0; k < design->event_count; k++)
            is_in_event = is_in_event || event_has_form(&design->events[k], form);
        ASSERT(is_in_event);
        for (size_t k = 0; k < form->group_count; k++)
            for (size_t n = 0; n < form->groups[k]->item_count; n++)
                ASSERT(form_group_of(form, form->groups[k]->items[n]) ==
                       form->groups[k]);
    }
}

static void check_refusal(const struct odm_findings *findings, const struct error *err)
{
    ASSERT(err->code == ERROR_MALFORMED || err->code == ERROR_REFUSED ||
           err->code == ERROR_TOO_LARGE);
    ASSERT(err->text[0] != '\0');
    ASSERT(findings->kept_count <= findings->total);
    for (size_t i = 0; i < findings->kept_count; i++)
        ASSERT(findings->kept[i].line > 0 && findings->kept[i].sentence.len > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    /* The first two bytes order a failure of memory: 0 is none. */
    size_t fail_at = len < 2 ? 0 : (size_t)bytes[0] << 8 | bytes[1];
    size_t from = len < 2 ? len : 2;
    struct text document = {(const char *)bytes + from, len - from};
    struct arena *study = arena_new(8 << 20);
    struct odm_findings *findings = malloc(sizeof *findings);
    const struct design *design = NULL;
    struct error err;
    arena_fail_after(study, fail_at);
    if (odm_design_read(document, study, &design, findings, &err)) {
        struct arena *scratch = arena_new(64 << 20);
        ASSERT(findings->error_count == 0);
        use(design, scratch);
        check_forms(design);
        arena_free(scratch);
    } else {
        check_refusal(findings, &err);
    }
    free(findings);
    arena_free(study);
    return 0;
}
