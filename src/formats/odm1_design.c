/* What ODM 1 has and ODM 2.0 says in another way: names of the study as elements,
 * measurement units, code lists that stand elsewhere. */
#include "formats/odm_design_elements.h"

static struct odm_study *open_study(struct odm_parser *parser)
{
    return ODM_OPEN(parser->parts.studies, struct odm_study);
}

bool odm_study_name_end(struct odm_parser *parser, struct error *err)
{
    return odm_written(parser, &open_study(parser)->name, err);
}

bool odm_protocol_name_end(struct odm_parser *parser, struct error *err)
{
    return odm_written(parser, &open_study(parser)->protocol, err);
}

bool odm_unit_start(struct odm_parser *parser, const struct xml_element *element,
                    struct error *err)
{
    void *added;
    if (!odm_list_add(&parser->parts.units, sizeof(struct odm_unit),
                      parser->parts.study, &added, err))
        return false;
    struct odm_unit *unit = added;
    unit->version = parser->parts.studies.count - 1;
    unit->place = element->place;
    return odm_oid(parser, element, "OID", &unit->oid, err) &&
           odm_attribute(parser, element, "Name", &unit->symbol.english, err);
}

bool odm_unit_symbol(struct odm_parser *parser, const struct xml_element *element,
                     struct error *err)
{
    (void)element, (void)err;
    parser->label = &ODM_OPEN(parser->parts.units, struct odm_unit)->symbol;
    return true;
}

/* Several references let the person choose a unit; the first one is the usual one. */
bool odm_unit_ref_start(struct odm_parser *parser, const struct xml_element *element,
                        struct error *err)
{
    struct odm_item *item = ODM_OPEN(parser->parts.items, struct odm_item);
    if (!text_is_absent(item->unit)) {
        odm_warning_add(&parser->parts, element->place,
                        "values are entered in the first unit",
                        "the item %.*s has several units", SHOWN(item->item.oid));
        return true;
    }
    item->unit_place = element->place;
    return odm_oid(parser, element, "MeasurementUnitOID", &item->unit, err);
}

bool odm_external_start(struct odm_parser *parser, const struct xml_element *element,
                        struct error *err)
{
    (void)err;
    struct odm_codelist *list = ODM_OPEN(parser->parts.codelists, struct odm_codelist);
    list->is_external = true;
    odm_warning_add(
        &parser->parts, element->place, "its codes are entered as text and not checked",
        "the CodeList %.*s stands in %.*s, outside the document",
        SHOWN(list->codelist.oid), SHOWN(xml_attribute(element, "Dictionary")));
    return true;
}
