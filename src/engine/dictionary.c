#include "engine/dictionary.h"

#include "base/nearest.h"

static int32_t find_position(const struct oid_index *index, struct text name)
{
    const struct oid_entry *entry = oid_index_find(index, name, 0);
    return entry == NULL ? -1 : (int32_t)entry->position;
}

static void index_item(struct dictionary *dictionary, int32_t position)
{
    struct dictionary_item *item = &dictionary->items[position];
    struct oid_entry entry = {.oid = item->name, .position = (size_t)position};
    item->next_of_name = -1;
    if (!oid_index_add(&dictionary->item_names, entry)) {
        int32_t last = find_position(&dictionary->item_names, item->name);
        while (dictionary->items[last].next_of_name >= 0)
            last = dictionary->items[last].next_of_name;
        dictionary->items[last].next_of_name = position;
    }
    entry.oid = item->oid;
    /* An item may stand in several forms: its OID alone then names the first. */
    bool is_first = oid_index_add(&dictionary->item_oids, entry);
    (void)is_first;
}

void dictionary_finish(struct dictionary *dictionary, struct arena *arena)
{
    size_t count = (size_t)dictionary->item_count;
    bool has_room = oid_index_make(&dictionary->item_names, count, arena) &&
                    oid_index_make(&dictionary->item_oids, count, arena);
    ASSERT(has_room);
    for (int32_t i = 0; i < dictionary->item_count; i++)
        index_item(dictionary, i);
}

int32_t dictionary_form_of(const struct dictionary *dictionary, struct text name)
{
    for (int32_t i = 0; i < dictionary->form_count; i++)
        if (text_equal(dictionary->forms[i].name, name) ||
            text_equal(dictionary->forms[i].oid, name))
            return i;
    return -1;
}

int32_t dictionary_group_of(const struct dictionary *dictionary, struct text name)
{
    for (int32_t i = 0; i < dictionary->group_count; i++)
        if (text_equal(dictionary->groups[i].name, name) ||
            text_equal(dictionary->groups[i].oid, name))
            return i;
    return -1;
}

int32_t dictionary_event_of(const struct dictionary *dictionary, struct text name)
{
    for (int32_t i = 0; i < dictionary->event_count; i++)
        if (text_equal(dictionary->events[i].name, name) ||
            text_equal(dictionary->events[i].oid, name))
            return i;
    return -1;
}

int32_t dictionary_item_of(const struct dictionary *dictionary, struct text name)
{
    int32_t item = find_position(&dictionary->item_names, name);
    return item >= 0 ? item : find_position(&dictionary->item_oids, name);
}

int32_t dictionary_item_in(const struct dictionary *dictionary, int32_t form,
                           struct text name)
{
    int32_t item = dictionary_item_of(dictionary, name);
    while (item >= 0 && dictionary->items[item].form != form)
        item = dictionary->items[item].next_of_name;
    return item;
}

int32_t dictionary_oid_in(const struct dictionary *dictionary, int32_t form,
                          struct text oid)
{
    int32_t item = find_position(&dictionary->item_oids, oid);
    while (item >= 0 && dictionary->items[item].form != form)
        item = dictionary->items[item].next_of_name;
    return item;
}

int32_t dictionary_property_of(const struct dictionary *dictionary, struct text root,
                               struct text name)
{
    for (int32_t i = 0; i < dictionary->property_count; i++)
        if (text_equal(dictionary->properties[i].root, root) &&
            text_equal(dictionary->properties[i].name, name))
            return i;
    return -1;
}

bool dictionary_has_root(const struct dictionary *dictionary, struct text root)
{
    for (int32_t i = 0; i < dictionary->property_count; i++)
        if (text_equal(dictionary->properties[i].root, root))
            return true;
    return false;
}

int32_t dictionary_code(const struct dictionary *dictionary, int32_t codelist,
                        struct text code)
{
    const struct dictionary_codelist *list = &dictionary->codelists[codelist];
    for (int32_t i = 0; i < list->code_count; i++)
        if (text_equal(list->codes[i], code))
            return i;
    return -1;
}

struct text dictionary_nearest_code(const struct dictionary *dictionary,
                                    int32_t codelist, struct text code)
{
    const struct dictionary_codelist *list = &dictionary->codelists[codelist];
    struct nearest nearest = nearest_to(code);
    for (int32_t i = 0; i < list->code_count; i++)
        nearest_offer(&nearest, list->codes[i]);
    return nearest.best;
}

struct text dictionary_nearest(const struct dictionary *dictionary, struct text first,
                               struct text second)
{
    bool is_pair = !text_is_absent(second);
    struct nearest nearest = nearest_to(is_pair ? second : first);
    int32_t form = is_pair ? dictionary_form_of(dictionary, first) : -1;
    for (int32_t i = 0; i < dictionary->item_count; i++)
        if (form < 0 || dictionary->items[i].form == form)
            nearest_offer(&nearest, dictionary->items[i].name);
    for (int32_t i = 0; i < dictionary->property_count; i++)
        if (!is_pair || text_equal(dictionary->properties[i].root, first))
            nearest_offer(&nearest, dictionary->properties[i].name);
    for (int32_t i = 0; i < dictionary->form_count && !is_pair; i++)
        nearest_offer(&nearest, dictionary->forms[i].name);
    for (int32_t i = 0; i < dictionary->group_count && !is_pair; i++)
        nearest_offer(&nearest, dictionary->groups[i].name);
    return nearest.best;
}

struct text dictionary_nearest_event(const struct dictionary *dictionary,
                                     struct text name)
{
    struct nearest nearest = nearest_to(name);
    for (int32_t i = 0; i < dictionary->event_count; i++)
        nearest_offer(&nearest, dictionary->events[i].name);
    return nearest.best;
}
