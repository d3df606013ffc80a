/* Events, the study itself, sites. */
#include "formats/odm_design_resolve.h"

#include "base/limits.h"

#include <stdio.h>

/* --- events ----------------------------------------------------------------------- */

/* The form that an event means, or NULL: a form itself; the only form of a section; a
 * form made for the section. */
static struct odm_group *form_of(struct resolving *resolving,
                                 const struct odm_reference *reference,
                                 const struct study_event *event)
{
    size_t i = odm_follow(resolving, reference->oid,
                          reference->is_form ? DEFINITION_FORM : DEFINITION_GROUP,
                          reference->place);
    if (i == SIZE_MAX)
        return NULL;
    struct odm_group *part = odm_group_part(resolving, i);
    if (odm_is_form(part))
        return part;
    odm_strict_add(
        resolving->parts, reference->place, "an event lists ItemGroupDefs of Type Form",
        "%.*s in the event %.*s is no form", SHOWN(part->oid), SHOWN(event->oid));
    if (part->form != SIZE_MAX)
        return part;
    return part->listed_count == 1 ? odm_group_part(resolving, part->listed_by) : NULL;
}

/* An event on its way. */
struct listing {
    struct study_event *event;
    const struct form **forms;
    struct form_use *uses;
};

static bool begin_listing(struct resolving *resolving, struct study_event *event,
                          size_t most, struct listing *out, struct error *err)
{
    *out = (struct listing){.event = event,
                            .forms = odm_array(resolving, most, sizeof *out->forms),
                            .uses = odm_array(resolving, most, sizeof *out->uses)};
    event->forms = out->forms;
    event->form_uses = out->uses;
    return out->forms != NULL && out->uses != NULL ? true : odm_no_room(err);
}

/* Of a form that is listed twice the first says when it is collected. */
static void add_form(struct resolving *resolving, struct listing *listing,
                     struct odm_group *part, struct form_use use)
{
    struct study_event *event = listing->event;
    const struct form *form = &resolving->forms[part->form];
    part->is_in_event = true;
    for (size_t i = 0; i < event->form_count; i++)
        if (listing->forms[i] == form)
            return;
    listing->uses[event->form_count] = use;
    listing->forms[event->form_count++] = form;
}

static struct exception exception_of(struct resolving *resolving,
                                     const struct odm_plan_reference *reference)
{
    return (struct exception){
        .words = odm_words_of(resolving, reference->condition, DEFINITION_CONDITION,
                              reference->to.place),
        .unless = odm_formula_of(resolving, reference->condition)};
}

static bool resolve_event(struct resolving *resolving, size_t i, struct error *err)
{
    struct odm_event *part = ODM_LIST_AT(resolving->parts->events, struct odm_event, i);
    if (part->is_placed)
        return true;
    part->is_placed = true;
    struct study_event *event = &resolving->events[resolving->event_count++];
    struct listing listing;
    *event = part->event;
    if (!begin_listing(resolving, event, part->forms.count, &listing, err))
        return false;
    odm_label_complete(&event->label, event->oid);
    event->note =
        odm_words_of(resolving, part->comment, DEFINITION_COMMENT, part->place);
    odm_sort_plan_references(&part->forms);
    for (size_t k = 0; k < part->forms.count; k++) {
        const struct odm_plan_reference *reference =
            ODM_LIST_AT(part->forms, struct odm_plan_reference, k);
        struct odm_group *form = form_of(resolving, &reference->to, event);
        struct form_use use = {.is_optional = reference->is_optional,
                               .exception = exception_of(resolving, reference)};
        if (form != NULL)
            add_form(resolving, &listing, form, use);
    }
    return true;
}

/* The chosen version's list of events, or the one that it includes. */
static struct odm_list *event_refs(struct resolving *resolving)
{
    struct odm_parts *parts = resolving->parts;
    struct odm_version *best = NULL;
    for (size_t i = 0; i < parts->versions.count; i++) {
        struct odm_version *version =
            ODM_LIST_AT(parts->versions, struct odm_version, i);
        if (version->rank != SIZE_MAX && version->event_refs.count > 0 &&
            (best == NULL || version->rank < best->rank))
            best = version;
    }
    return best == NULL ? NULL : &best->event_refs;
}

/* ODM 1 orders the events where the Protocol lists them; 2.0 lists them in groups. */
static bool resolve_events(struct resolving *resolving, struct error *err)
{
    struct odm_list *references = event_refs(resolving);
    if (references != NULL && !resolving->parts->is_odm_2)
        odm_sort_plan_references(references);
    for (size_t i = 0; references != NULL && i < references->count; i++) {
        const struct odm_plan_reference *reference =
            ODM_LIST_AT(*references, struct odm_plan_reference, i);
        struct xml_place place = reference->to.place;
        size_t event =
            odm_follow(resolving, reference->to.oid, DEFINITION_EVENT, place);
        struct exception exception = exception_of(resolving, reference);
        if (event != SIZE_MAX)
            ODM_LIST_AT(resolving->parts->events, struct odm_event, event)
                ->event.exception = exception;
        if (event != SIZE_MAX && !resolving->parts->is_odm_2 &&
            !resolve_event(resolving, event, err))
            return false;
    }
    for (size_t i = 0; i < resolving->parts->events.count; i++)
        if (!resolve_event(resolving, i, err))
            return false;
    return true;
}

/* Forms that no event lists would never be seen: an event of their own holds them. */
static bool hold_other_forms(struct resolving *resolving, struct error *err)
{
    static const struct study_event others = {
        .oid = TEXT_INIT("SE.osteon.forms"),
        .label = {TEXT_INIT("Forms"), TEXT_INIT("表单")},
        .kind = TEXT_INIT("log")};
    struct study_event *event = &resolving->events[resolving->event_count];
    struct listing listing;
    *event = others;
    if (!begin_listing(resolving, event, resolving->design->form_count, &listing, err))
        return false;
    for (size_t i = 0; i < resolving->parts->groups.count; i++) {
        struct odm_group *part = odm_group_part(resolving, i);
        if (part->form == SIZE_MAX || part->is_in_event)
            continue;
        add_form(resolving, &listing, part, (struct form_use){.is_optional = true});
        odm_warning_add(resolving->parts, part->place,
                        "it is shown under an event Forms",
                        "no event lists the form %.*s", SHOWN(part->oid));
    }
    resolving->event_count += event->form_count > 0;
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
    if (!text_is_absent(sites[i].prefix) || text_is_absent(sites[i].code))
        return;
    sites[i].prefix = sites[i].code;
    odm_strict_add(parts, part->place,
                   "add a StudyParameter SITE of this Value with the Coding "
                   "number-prefix",
                   "the site %.*s has no start of participant numbers",
                   SHOWN(sites[i].code));
}

/* Participants belong to a site; a design without one gets one. */
static const struct site only_site = {
    .code = TEXT_INIT("01"),
    .prefix = TEXT_INIT("01"),
    .name = {TEXT_INIT("Site 01"), TEXT_INIT("01 中心")}};

static bool resolve_sites(struct resolving *resolving, struct error *err)
{
    size_t count = resolving->parts->sites.count;
    struct site *sites = odm_array(resolving, count, sizeof *sites);
    if (sites == NULL)
        return odm_no_room(err);
    for (size_t i = 0; i < count; i++)
        resolve_site(resolving, sites, i);
    if (count == 0 && !resolving->parts->is_ours)
        sites[count++] = only_site;
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

/* --- source verification ------------------------------------------------------------ */

static int32_t number_up_to(struct resolving *resolving,
                            const struct odm_parameter *parameter, const char *term,
                            struct text said, int32_t most)
{
    int64_t number = 0;
    if (text_to_int64(said, &number) && number >= 0 && number <= most)
        return (int32_t)number;
    char hint[64];
    snprintf(hint, sizeof hint, "a whole number from 0 to %d", (int)most);
    odm_finding_add(resolving->parts, parameter->place, hint, "%s is \"%.*s\"", term,
                    SHOWN(said));
    return 0;
}

/* What is critical without a plan would never be asked for. */
static void find_unplanned(struct resolving *resolving)
{
    const struct odm_list *groups = &resolving->parts->groups;
    for (size_t i = 0; i < groups->count; i++) {
        const struct odm_group *group = ODM_LIST_AT(*groups, struct odm_group, i);
        if (group->verification != VERIFICATION_UNSAID)
            odm_finding_add(resolving->parts, group->place,
                            "add a StudyParameter of ShortName VERIFY",
                            "%.*s says source-verification, and there is no plan of it",
                            SHOWN(group->oid));
    }
}

static void resolve_verification(struct resolving *resolving)
{
    const struct odm_list *parameters = &resolving->parts->parameters;
    struct verification_plan *plan = &resolving->design->verification;
    for (size_t i = 0; i < parameters->count; i++) {
        const struct odm_parameter *parameter =
            ODM_LIST_AT(*parameters, struct odm_parameter, i);
        if (!text_equal(parameter->short_name, TEXT("VERIFY")))
            continue;
        if (plan->is_planned)
            odm_finding_add(resolving->parts, parameter->place, "leave one of them out",
                            "there is a second VERIFY parameter");
        *plan = (struct verification_plan){
            .is_planned = true,
            .label = {.english = parameter->term, .chinese = parameter->chinese},
            .seed = parameter->value,
            .first_of_site = number_up_to(resolving, parameter, "verify-first",
                                          parameter->first, INT32_MAX),
            .share = number_up_to(resolving, parameter, "verify-share",
                                  parameter->share, 100),
            .confirm = parameter->confirm,
            .basis = parameter->basis};
    }
    if (!plan->is_planned)
        find_unplanned(resolving);
}

/* What people see, and what names the version in the folder. */
static struct text version_name(const struct odm_version *version)
{
    return version->name.len > LIMIT_OID ? version->oid : version->name;
}

static void resolve_names(struct resolving *resolving)
{
    static const struct odm_study none = {.rank = 0};
    struct odm_parts *parts = resolving->parts;
    struct design *design = resolving->design;
    struct xml_place start = {1, 1, "ODM"};
    if (parts->versions.count == 0) {
        odm_finding_add(parts, start, "a file of data is no design",
                        parts->studies.count == 0
                            ? "the document holds no Study"
                            : "the Study holds no MetaDataVersion");
        return;
    }
    const struct odm_version *version =
        ODM_LIST_AT(parts->versions, struct odm_version, parts->chosen);
    const struct odm_study *study =
        version->study < parts->studies.count
            ? ODM_LIST_AT(parts->studies, struct odm_study, version->study)
            : &none;
    design->oid = version->oid;
    design->version = version_name(version);
    design->study_oid = text_is_absent(study->oid) ? version->oid : study->oid;
    design->name = study->label;
    odm_label_complete(&design->name, study->name);
    odm_label_complete(&design->name, design->study_oid);
    design->protocol.english = study->protocol;
    odm_label_complete(&design->protocol, design->study_oid);
    design->sponsor = parts->sponsor;
}

bool odm_resolve_study(struct resolving *resolving, struct error *err)
{
    if (!resolve_events(resolving, err) ||
        (!resolving->parts->is_ours && !hold_other_forms(resolving, err)))
        return false;
    resolving->design->event_count = resolving->event_count;
    resolve_names(resolving);
    resolve_target(resolving);
    resolve_verification(resolving);
    return resolve_sites(resolving, err);
}
