/* Study, sponsor and sites, events. */
#include "formats/odm_design_elements.h"

/* --- study and version ------------------------------------------------------------ */

bool odm_study_start(struct odm_parser *parser, const struct xml_element *element,
                     struct error *err)
{
    struct odm_parts *parts = &parser->parts;
    void *added;
    if (!odm_list_add(&parts->studies, sizeof(struct odm_study), parts->study, &added,
                      err))
        return false;
    struct odm_study *study = added;
    study->place = element->place;
    if (!odm_oid(parser, element, "OID", &study->oid, err))
        return false;
    return !parts->is_odm_2 ||
           (odm_attribute(parser, element, "StudyName", &study->name, err) &&
            odm_attribute(parser, element, "ProtocolName", &study->protocol, err));
}

bool odm_study_end(struct odm_parser *parser, struct error *err)
{
    (void)err;
    const struct odm_study *study = ODM_OPEN(parser->parts.studies, struct odm_study);
    if (study->name.len == 0 && !study->is_name_misspelt)
        odm_finding_add(&parser->parts, study->place,
                        parser->parts.is_odm_2 ? "add the attribute StudyName"
                                               : "add GlobalVariables with a StudyName",
                        "StudyName is missing");
    return true;
}

bool odm_study_label(struct odm_parser *parser, const struct xml_element *element,
                     struct error *err)
{
    (void)element, (void)err;
    parser->label = &ODM_OPEN(parser->parts.studies, struct odm_study)->label;
    return true;
}

bool odm_version_start(struct odm_parser *parser, const struct xml_element *element,
                       struct error *err)
{
    struct odm_parts *parts = &parser->parts;
    void *added;
    if (!odm_list_add(&parts->versions, sizeof(struct odm_version), parts->study,
                      &added, err))
        return false;
    struct odm_version *version = added;
    version->place = element->place;
    version->study = parts->studies.count - 1; /* SIZE_MAX: the root itself */
    return odm_oid(parser, element, "OID", &version->oid, err) &&
           odm_name(parser, element, &version->name, err);
}

bool odm_include_start(struct odm_parser *parser, const struct xml_element *element,
                       struct error *err)
{
    struct odm_version *version = ODM_OPEN(parser->parts.versions, struct odm_version);
    version->include_place = element->place;
    return odm_oid(parser, element, "StudyOID", &version->include_study, err) &&
           odm_oid(parser, element, "MetaDataVersionOID", &version->include_version,
                   err);
}

/* --- events ----------------------------------------------------------------------- */

bool odm_event_ref_start(struct odm_parser *parser, const struct xml_element *element,
                         struct error *err)
{
    struct odm_version *version = ODM_OPEN(parser->parts.versions, struct odm_version);
    void *added;
    if (!odm_list_add(&version->event_refs, sizeof(struct odm_plan_reference),
                      parser->parts.study, &added, err))
        return false;
    struct odm_plan_reference *reference = added;
    return odm_reference(parser, element, "StudyEventOID", &reference->to, err) &&
           odm_attribute(parser, element, "CollectionExceptionConditionOID",
                         &reference->condition, err);
}

/* ODM's Type is too coarse for us; Category is free and carries the kind. */
static struct text event_kind(struct odm_parser *parser,
                              const struct xml_element *element)
{
    static const struct text kinds[] = {TEXT_INIT("scheduled"),
                                        TEXT_INIT("conditional"), TEXT_INIT("event"),
                                        TEXT_INIT("log"), TEXT_INIT("unscheduled")};
    static const char *const types[] = {"Scheduled", "Unscheduled", "Common"};
    static const struct text by_type[] = {TEXT_INIT("scheduled"),
                                          TEXT_INIT("unscheduled"), TEXT_INIT("log")};
    struct text category = xml_attribute(element, "Category");
    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++)
        if (text_equal(kinds[i], category))
            return kinds[i];
    size_t i = odm_choice(parser, element, "Type", types, ARRAY_COUNT(types));
    return by_type[i == SIZE_MAX ? 0 : i];
}

bool odm_event_start(struct odm_parser *parser, const struct xml_element *element,
                     struct error *err)
{
    void *added;
    if (!odm_list_add(&parser->parts.events, sizeof(struct odm_event),
                      parser->parts.study, &added, err))
        return false;
    struct odm_event *event = added;
    event->version = parser->parts.versions.count - 1;
    event->place = element->place;
    event->event.is_repeating = odm_is_yes(parser, element, "Repeating");
    event->event.kind = event_kind(parser, element);
    return odm_oid(parser, element, "OID", &event->event.oid, err) &&
           odm_name(parser, element, &event->event.label.english, err) &&
           odm_attribute(parser, element, "CommentOID", &event->comment, err) &&
           odm_attribute(parser, element, REDCAP_SPACE " UniqueEventName",
                         &event->redcap_name, err);
}

bool odm_event_label(struct odm_parser *parser, const struct xml_element *element,
                     struct error *err)
{
    (void)element, (void)err;
    parser->label = &ODM_OPEN(parser->parts.events, struct odm_event)->event.label;
    return true;
}

static bool form_of_event(struct odm_parser *parser, const struct xml_element *element,
                          const char *attribute, bool is_form, struct error *err)
{
    struct odm_event *event = ODM_OPEN(parser->parts.events, struct odm_event);
    void *added;
    if (!odm_list_add(&event->forms, sizeof(struct odm_plan_reference),
                      parser->parts.study, &added, err))
        return false;
    struct odm_plan_reference *reference = added;
    reference->to.is_form = is_form;
    reference->is_optional =
        text_equal(xml_attribute(element, "Mandatory"), TEXT("No"));
    return odm_reference(parser, element, attribute, &reference->to, err) &&
           odm_attribute(parser, element, "CollectionExceptionConditionOID",
                         &reference->condition, err);
}

bool odm_event_form(struct odm_parser *parser, const struct xml_element *element,
                    struct error *err)
{
    return form_of_event(parser, element, "ItemGroupOID", false, err);
}

bool odm_event_form_ref(struct odm_parser *parser, const struct xml_element *element,
                        struct error *err)
{
    return form_of_event(parser, element, "FormOID", true, err);
}

static bool take_target(struct odm_parser *parser, const struct xml_element *element,
                        struct text code, struct error *err)
{
    (void)element, (void)err;
    ODM_OPEN(parser->parts.events, struct odm_event)->event.target.english = code;
    return true;
}

static bool take_target_chinese(struct odm_parser *parser,
                                const struct xml_element *element, struct text code,
                                struct error *err)
{
    (void)element, (void)err;
    ODM_OPEN(parser->parts.events, struct odm_event)->event.target.chinese = code;
    return true;
}

static bool take_window(struct odm_parser *parser, const struct xml_element *element,
                        struct text code, struct error *err)
{
    (void)element, (void)err;
    ODM_OPEN(parser->parts.events, struct odm_event)->event.window.english = code;
    return true;
}

static bool take_window_chinese(struct odm_parser *parser,
                                const struct xml_element *element, struct text code,
                                struct error *err)
{
    (void)element, (void)err;
    ODM_OPEN(parser->parts.events, struct odm_event)->event.window.chinese = code;
    return true;
}

static bool take_moment(struct odm_parser *parser, const struct xml_element *element,
                        struct text code, struct error *err)
{
    (void)err;
    struct study_event *event =
        &ODM_OPEN(parser->parts.events, struct odm_event)->event;
    event->moment =
        (struct formula){.oid = event->oid, .code = code, .line = element->place.line};
    return true;
}

static bool take_event_basis(struct odm_parser *parser,
                             const struct xml_element *element, struct text code,
                             struct error *err)
{
    (void)element, (void)err;
    ODM_OPEN(parser->parts.events, struct odm_event)->event.basis = code;
    return true;
}

bool odm_event_coding(struct odm_parser *parser, const struct xml_element *element,
                      struct error *err)
{
    static const struct odm_coding table[] = {
        {ODM_VENDOR_SYSTEM "target", take_target},
        {ODM_VENDOR_SYSTEM "target/zh-CN", take_target_chinese},
        {ODM_VENDOR_SYSTEM "window", take_window},
        {ODM_VENDOR_SYSTEM "window/zh-CN", take_window_chinese},
        {ODM_VENDOR_SYSTEM "moment", take_moment},
        {ODM_VENDOR_SYSTEM "basis", take_event_basis},
    };
    return odm_coding_take(parser, element, table, ARRAY_COUNT(table), err);
}

/* --- sponsor and sites ------------------------------------------------------------ */

bool odm_organization_start(struct odm_parser *parser,
                            const struct xml_element *element, struct error *err)
{
    struct odm_parts *parts = &parser->parts;
    parser->label = &parser->unused;
    if (parts->has_sponsor ||
        !text_equal(xml_attribute(element, "Type"), TEXT("Sponsor")))
        return true;
    parts->has_sponsor = true;
    parser->label = &parts->sponsor;
    return odm_attribute(parser, element, "Name", &parts->sponsor.english, err);
}

bool odm_location_start(struct odm_parser *parser, const struct xml_element *element,
                        struct error *err)
{
    struct odm_parts *parts = &parser->parts;
    void *added;
    if (parts->sites.count == LIMIT_LIST)
        return error_set(err, ERROR_TOO_LARGE, "more than %d sites", (int)LIMIT_LIST);
    if (!odm_list_add(&parts->sites, sizeof(struct odm_site), parts->study, &added,
                      err))
        return false;
    struct odm_site *site = added;
    site->place = element->place;
    return odm_oid(parser, element, "OID", &site->site.code, err) &&
           odm_attribute(parser, element, "Name", &site->site.name.english, err);
}

bool odm_location_label(struct odm_parser *parser, const struct xml_element *element,
                        struct error *err)
{
    (void)element, (void)err;
    parser->label = &ODM_OPEN(parser->parts.sites, struct odm_site)->site.name;
    return true;
}
