/* Events, the study itself, sites. */
#include "formats/odm_design_resolve.h"

/* --- events ----------------------------------------------------------------------- */

static bool resolve_event(struct resolving *resolving, size_t position,
                          struct error *err)
{
    struct odm_event *part =
        ODM_LIST_AT(resolving->parts->events, struct odm_event, position);
    struct study_event *event = &resolving->events[position];
    const struct form **forms = odm_array(resolving, part->forms.count, sizeof *forms);
    if (forms == NULL)
        return odm_no_room(err);
    *event = part->event;
    event->forms = forms;
    odm_label_complete(&event->label, event->oid);
    event->note =
        odm_words_of(resolving, part->comment, DEFINITION_COMMENT, part->place);
    odm_sort_references(&part->forms);
    for (size_t i = 0; i < part->forms.count; i++) {
        const struct odm_reference *reference =
            ODM_LIST_AT(part->forms, struct odm_reference, i);
        size_t group =
            odm_follow(resolving, reference->oid, DEFINITION_GROUP, reference->place);
        if (group == SIZE_MAX)
            continue;
        const struct odm_group *form = odm_group_part(resolving, group);
        if (odm_is_form(form))
            forms[event->form_count++] = &resolving->forms[form->position];
        else
            odm_finding_add(resolving->parts, reference->place,
                            "an event lists ItemGroupDefs of Type Form",
                            "%.*s in the event %.*s is no form", SHOWN(form->oid),
                            SHOWN(event->oid));
    }
    return true;
}

/* --- sites and the rest ----------------------------------------------------------- */

static void resolve_site(struct resolving *resolving, struct site *sites, size_t i)
{
    struct odm_parts *parts = resolving->parts;
    const struct odm_site *part = ODM_LIST_AT(parts->sites, struct odm_site, i);
    sites[i] = part->site;
    odm_label_complete(&sites[i].name, sites[i].code);
    for (size_t k = 0; k < i; k++)
        if (text_equal(sites[k].code, sites[i].code))
            odm_finding_add(parts, part->place, NULL, "a second Location %.*s",
                            SHOWN(sites[i].code));
    for (size_t k = 0; k < parts->parameters.count; k++) {
        const struct odm_parameter *parameter =
            ODM_LIST_AT(parts->parameters, struct odm_parameter, k);
        if (!text_equal(parameter->short_name, TEXT("SITE")) ||
            !text_equal(parameter->value, sites[i].code))
            continue;
        sites[i].prefix = parameter->prefix;
        sites[i].offset_minutes = parameter->offset_minutes;
    }
    if (text_is_absent(sites[i].prefix) && !text_is_absent(sites[i].code))
        odm_finding_add(parts, part->place,
                        "add a StudyParameter SITE of this Value with the Coding "
                        "number-prefix",
                        "the site %.*s has no start of participant numbers",
                        SHOWN(sites[i].code));
}

static bool resolve_sites(struct resolving *resolving, struct error *err)
{
    size_t count = resolving->parts->sites.count;
    struct site *sites = odm_array(resolving, count, sizeof *sites);
    if (sites == NULL)
        return odm_no_room(err);
    for (size_t i = 0; i < count; i++)
        resolve_site(resolving, sites, i);
    resolving->design->sites = sites;
    resolving->design->site_count = count;
    return true;
}

/* PLANSUB is CDISC's name for the planned number of participants. */
static void resolve_target(struct resolving *resolving)
{
    const struct odm_list *parameters = &resolving->parts->parameters;
    for (size_t i = 0; i < parameters->count; i++) {
        const struct odm_parameter *parameter =
            ODM_LIST_AT(*parameters, struct odm_parameter, i);
        int64_t target = 0;
        if (!text_equal(parameter->short_name, TEXT("PLANSUB")))
            continue;
        if (!text_to_int64(parameter->value, &target) || target < 0 ||
            target > INT32_MAX)
            odm_finding_add(resolving->parts, parameter->place, "a whole number",
                            "PLANSUB is \"%.*s\"", SHOWN(parameter->value));
        else
            resolving->design->enrolment_target = (int32_t)target;
    }
}

static void resolve_names(struct resolving *resolving)
{
    struct odm_parts *parts = resolving->parts;
    struct design *design = resolving->design;
    struct xml_place start = {1, 1};
    if (parts->study_count == 0)
        odm_finding_add(parts, start, NULL, "the document holds no Study");
    else if (parts->version_count == 0)
        odm_finding_add(parts, start, NULL, "the Study holds no MetaDataVersion");
    design->oid = parts->version_oid;
    design->version = parts->version_name;
    design->study_oid = parts->study_oid;
    design->name = parts->study_label;
    odm_label_complete(&design->name, parts->study_name);
    odm_label_complete(&design->name, parts->study_oid);
    design->protocol.english = parts->protocol_name;
    odm_label_complete(&design->protocol, parts->study_oid);
    design->sponsor = parts->sponsor;
}

static void resolve_event_list(struct resolving *resolving)
{
    const struct odm_list *references = &resolving->parts->event_refs;
    for (size_t i = 0; i < references->count; i++) {
        const struct odm_event_reference *reference =
            ODM_LIST_AT(*references, struct odm_event_reference, i);
        struct xml_place place = reference->to.place;
        size_t event =
            odm_follow(resolving, reference->to.oid, DEFINITION_EVENT, place);
        (void)odm_follow(resolving, reference->condition, DEFINITION_CONDITION, place);
        if (event != SIZE_MAX)
            resolving->events[event].exists =
                odm_formula_of(resolving, reference->condition);
    }
}

bool odm_resolve_study(struct resolving *resolving, struct error *err)
{
    for (size_t i = 0; i < resolving->parts->events.count; i++)
        if (!resolve_event(resolving, i, err))
            return false;
    resolve_names(resolving);
    resolve_event_list(resolving);
    resolve_target(resolving);
    return resolve_sites(resolving, err);
}
