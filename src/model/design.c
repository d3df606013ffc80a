#include "model/design.h"

#include "base/nearest.h"
#include "base/oid_index.h"

enum oid_kind { OID_EVENT, OID_FORM, OID_GROUP, OID_ITEM, OID_CODELIST };

struct design_index {
    struct oid_index oids;
};

const char *foreign_use_name(enum foreign_use use)
{
    switch (use) {
    case FOREIGN_CONDITION: return "condition";
    case FOREIGN_DERIVATION: return "derivation";
    case FOREIGN_CHECK: return "check";
    case FOREIGN_REMARK: return "remark";
    }
    return "check";
}

const char *check_severity_name(enum check_severity severity)
{
    switch (severity) {
    case CHECK_HARD: return "hard";
    case CHECK_SOFT: return "soft";
    case CHECK_ALARM: return "alarm";
    }
    return "soft";
}

const char *item_requirement_name(enum item_requirement requirement)
{
    switch (requirement) {
    case ITEM_OPTIONAL: return "optional";
    case ITEM_REQUIRED: return "required";
    case ITEM_CONDITIONAL: return "conditional";
    case ITEM_DERIVED: return "derived";
    }
    return "optional";
}

bool range_holds(const struct range *range, struct decimal value)
{
    int from_low = range->has_low ? decimal_compare(value, range->low) : 1;
    int from_high = range->has_high ? decimal_compare(value, range->high) : -1;
    return (from_low > 0 || (from_low == 0 && !range->is_low_open)) &&
           (from_high < 0 || (from_high == 0 && !range->is_high_open));
}

/* --- the index -------------------------------------------------------------------- */

static bool add(struct oid_index *oids, struct text oid, enum oid_kind kind,
                size_t position, struct error *err)
{
    struct oid_entry entry = {.oid = oid, .kind = (int)kind, .position = position};
    if (text_is_absent(oid) || oid.len == 0)
        return error_set(err, ERROR_REFUSED, "something in the design has no OID");
    if (!oid_index_add(oids, entry))
        return error_set(err, ERROR_REFUSED, "the OID %.*s stands twice in the design",
                         TEXT_ARG(oid));
    return true;
}

static bool add_all(struct oid_index *oids, const struct design *design,
                    struct error *err)
{
    for (size_t i = 0; i < design->event_count; i++)
        if (!add(oids, design->events[i].oid, OID_EVENT, i, err))
            return false;
    for (size_t i = 0; i < design->form_count; i++)
        if (!add(oids, design->forms[i].oid, OID_FORM, i, err))
            return false;
    for (size_t i = 0; i < design->group_count; i++)
        if (!add(oids, design->groups[i].oid, OID_GROUP, i, err))
            return false;
    for (size_t i = 0; i < design->item_count; i++)
        if (!add(oids, design->items[i].oid, OID_ITEM, i, err))
            return false;
    for (size_t i = 0; i < design->codelist_count; i++)
        if (!add(oids, design->codelists[i].oid, OID_CODELIST, i, err))
            return false;
    return true;
}

bool design_finish(struct design *design, struct arena *study, struct error *err)
{
    size_t count = design->event_count + design->form_count + design->group_count +
                   design->item_count + design->codelist_count;
    struct design_index *index = arena_try(study, sizeof *index);
    if (index == NULL || !oid_index_make(&index->oids, count, study))
        return error_set(err, ERROR_TOO_LARGE, "the design is too large");
    if (!add_all(&index->oids, design, err))
        return false;
    design->index = index;
    return true;
}

/* The position of an OID of this kind, or SIZE_MAX. */
static size_t position_of(const struct design *design, struct text oid,
                          enum oid_kind kind)
{
    const struct oid_entry *entry =
        oid_index_find(&design->index->oids, oid, (int)kind);
    return entry == NULL ? SIZE_MAX : entry->position;
}

const struct study_event *design_event(const struct design *design, struct text oid)
{
    size_t i = position_of(design, oid, OID_EVENT);
    return i == SIZE_MAX ? NULL : &design->events[i];
}

const struct form *design_form(const struct design *design, struct text oid)
{
    size_t i = position_of(design, oid, OID_FORM);
    return i == SIZE_MAX ? NULL : &design->forms[i];
}

const struct item_group *design_group(const struct design *design, struct text oid)
{
    size_t i = position_of(design, oid, OID_GROUP);
    return i == SIZE_MAX ? NULL : &design->groups[i];
}

const struct item *design_item(const struct design *design, struct text oid)
{
    size_t i = position_of(design, oid, OID_ITEM);
    return i == SIZE_MAX ? NULL : &design->items[i];
}

const struct event_timing *design_timing(const struct design *design,
                                         const struct study_event *event,
                                         const struct form *form)
{
    const struct event_timing *found = NULL;
    for (size_t i = 0; i < design->timing_count; i++) {
        const struct event_timing *timing = &design->timings[i];
        if (timing->event != event)
            continue;
        if (timing->form == NULL)
            found = timing;
        else if (timing->form == form)
            return timing;
    }
    return found;
}

const struct site *design_site(const struct design *design, struct text code)
{
    for (size_t i = 0; i < design->site_count; i++)
        if (text_equal(design->sites[i].code, code))
            return &design->sites[i];
    return NULL;
}

/* --- within the design ------------------------------------------------------------ */

static bool group_has_item(const struct item_group *group, const struct item *item)
{
    for (size_t i = 0; i < group->item_count; i++)
        if (group->items[i] == item)
            return true;
    return false;
}

const struct item_group *form_group_of(const struct form *form, const struct item *item)
{
    for (size_t i = 0; i < form->group_count; i++)
        if (group_has_item(form->groups[i], item))
            return form->groups[i];
    return NULL;
}

bool event_has_form(const struct study_event *event, const struct form *form)
{
    for (size_t i = 0; i < event->form_count; i++)
        if (event->forms[i] == form)
            return true;
    return false;
}

const struct code *codelist_code(const struct codelist *codelist, struct text code)
{
    for (size_t i = 0; i < codelist->code_count; i++)
        if (text_equal(codelist->codes[i].code, code))
            return &codelist->codes[i];
    return NULL;
}

struct text design_nearest_item(const struct design *design, struct text oid)
{
    struct nearest nearest = nearest_to(oid);
    for (size_t i = 0; i < design->item_count; i++)
        nearest_offer(&nearest, design->items[i].oid);
    return nearest.best;
}
