/* Elements and attributes of ODM that stand where the table has none. */
#include "formats/odm_design_elements.h"

#include <stdio.h>

/* What the standard has in the elements that are read, and is no matter of a design. */
// clang-format off
static const struct {
    enum odm_element parent;
    const char *names; /* of ODM 2.0 and of 1.3.2 alike: what is passed over does no harm */
} passed_over[] = {
    {ODM_ROOT,            "Description ReferenceData ClinicalData Association Signature"},
    {ODM_GLOBALS,         "StudyDescription"},
    {ODM_UNIT,            "Alias"},
    {ODM_VERSION,         "Description Standards AnnotatedCRF SupplementalDoc ValueListDef WhereClauseDef "
                          "WorkflowDef Leaf Presentation ImputationMethod"},
    {ODM_PROTOCOL,        "Description StudyStructure TrialPhase StudyIndications StudyInterventions "
                          "StudyObjectives StudyEndPoints StudyTargetPopulation StudyEstimands "
                          "InclusionExclusionCriteria StudyEventGroupRef WorkflowRef Alias"},
    {ODM_PARAMETER,       "Coding"},
    {ODM_EVENT_GROUP,     "Description StudyEventGroupRef WorkflowRef Coding"},
    {ODM_EVENT,           "WorkflowRef Alias ArchiveLayout"},
    {ODM_FORM,            "ArchiveLayout Alias"},
    {ODM_GROUP,           "Class WorkflowRef Origin Alias Leaf"},
    {ODM_ITEM_REF,        "WhereClauseRef"},
    {ODM_ITEM,            "Definition Prompt ImplementationNotes CDISCNotes ValueListRef ExternalQuestion Role Alias"},
    {ODM_RANGE,           "MethodSignature MeasurementUnitRef"},
    {ODM_CODELIST,        "Alias"},
    {ODM_CODE,            "Description Coding Alias"},
    {ODM_WORDS,           "MethodSignature DocumentRef"},
    {ODM_EXPRESSION,      "ExternalCodeLib"},
    {ODM_ADMIN,           "User SignatureDef"},
    {ODM_ORGANIZATION,    "Address Telecom"},
    {ODM_LOCATION,        "MetaDataVersionRef Address Telecom Query"},
};
// clang-format on

static const char *names_passed_over(enum odm_element parent)
{
    for (size_t i = 0; i < ARRAY_COUNT(passed_over); i++)
        if (passed_over[i].parent == parent)
            return passed_over[i].names;
    return NULL;
}

/* Of these elements it is known what the standard has in them. */
static bool is_known_whole(enum odm_element parent)
{
    return parent == ODM_STUDY || parent == ODM_BASICS || parent == ODM_SUMMARY ||
           names_passed_over(parent) != NULL;
}

static bool is_passed_over(enum odm_element parent, struct text name,
                           struct nearest *nearest)
{
    const char *names = names_passed_over(parent);
    struct text rest = text_of(names);
    while (!text_is_absent(rest)) {
        struct text known = text_cut(&rest, ' ');
        if (text_equal(known, name))
            return true;
        nearest_offer(nearest, known);
    }
    return false;
}

void odm_alien_element(struct odm_parser *parser, enum odm_element parent,
                       const char *parent_name, const struct xml_element *element)
{
    struct nearest nearest = nearest_to(element->name);
    if (!is_known_whole(parent) || is_passed_over(parent, element->name, &nearest))
        return;
    odm_offer_names(parent, &nearest);
    char hint[LIMIT_OID] = "it is passed over";
    if (!text_is_absent(nearest.best))
        snprintf(hint, sizeof hint, "did you mean %.*s?", TEXT_ARG(nearest.best));
    /* What is meant and misspelt would be lost. */
    bool is_misspelt = !text_is_absent(nearest.best) && nearest.distance <= 1;
    if (is_misspelt && text_equal(nearest.best, TEXT("StudyName")))
        ODM_OPEN(parser->parts.studies, struct odm_study)->is_name_misspelt = true;
    if (is_misspelt)
        odm_finding_add(&parser->parts, element->place, hint,
                        "%.*s: %s has no such element in %s", SHOWN(element->name),
                        odm_version_name(parser), parent_name);
    else
        odm_warning_add(&parser->parts, element->place, hint,
                        "%.*s: %s has no such element in %s", SHOWN(element->name),
                        odm_version_name(parser), parent_name);
}

const char *odm_version_name(const struct odm_parser *parser)
{
    return parser->parts.is_odm_2 ? "ODM 2.0" : "ODM 1.3.2";
}

static const char *taken_as(const struct odm_parser *parser)
{
    return parser->parts.is_odm_2 ? "it is taken as ODM 1.3.2 has it"
                                  : "it is taken as ODM 2.0 has it";
}

void odm_other_version(struct odm_parser *parser, const char *parent_name,
                       const struct xml_element *element)
{
    odm_warning_add(&parser->parts, element->place, taken_as(parser),
                    "%.*s: %s has no such element in %s", SHOWN(element->name),
                    odm_version_name(parser), parent_name);
}

struct text odm_attribute_of_2(struct odm_parser *parser,
                               const struct xml_element *element, const char *name)
{
    struct text value = xml_attribute(element, name);
    if (!parser->parts.is_odm_2 && !text_is_absent(value))
        odm_warning_add(&parser->parts, element->place, taken_as(parser),
                        "%s has no attribute %s here", odm_version_name(parser), name);
    return value;
}
