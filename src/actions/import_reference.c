#include "actions/import_reference.h"

struct form_key import_reference_key(const struct item_group *group)
{
    return (struct form_key){
        .event = group->oid, .event_repeat = 1, .form = group->oid, .form_repeat = 1};
}

static bool group_has(const struct item_group *group, const struct item *item)
{
    for (size_t i = 0; i < group->item_count; i++)
        if (group->items[i] == item)
            return true;
    return false;
}

bool import_reference_has_place(struct import_map *map, const struct item *item,
                                const struct odm_data_item *given)
{
    const struct item_group *group = map->places[map->depth].group;
    if (group == NULL)
        return false;
    if (!group->is_reference) {
        import_report_add(map->report, true, &given->place,
                          TEXT("mark it in the design: IsReferenceData=\"Yes\""),
                          "%.*s: the section %.*s is not one of reference data",
                          TEXT_ARG(given->oid), TEXT_ARG(group->oid));
        return false;
    }
    if (group_has(group, item))
        return true;
    import_report_add(map->report, true, &given->place, TEXT(""),
                      "%.*s: the section %.*s does not have this item",
                      TEXT_ARG(given->oid), TEXT_ARG(group->oid));
    return false;
}
