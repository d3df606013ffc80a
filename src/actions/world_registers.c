/* Registers as the rules see them: the rows of those that a rule reads, and the settings
 * that a change of configuration has put in force. */
#include "actions/configuration.h"
#include "actions/world.h"
#include "model/answer_datum.h"
#include "model/setting_value.h"

static void put_field(struct world *world, struct sheet_instance *instance, int32_t row,
                      struct text field, struct text value)
{
    const struct dictionary *dictionary = world->rulebook->dictionary;
    int32_t item = dictionary_oid_in(dictionary, instance->form, field);
    struct answer answer = {.value = value};
    if (item < 0 || value.len == 0)
        return;
    (void)sheet_set(world->book->sheet, instance, item, row,
                    answer_datum(&answer, dictionary->items[item].type.kind,
                                 world->offset_minutes));
}

static void put_line(struct world *world, struct sheet_instance *instance, int32_t row,
                     const struct register_line *line)
{
    sheet_set_rows(world->book->sheet, instance,
                   world->book->set->shape->forms[instance->form].first_group, row);
    for (size_t i = 0; i < line->entry_count; i++)
        put_field(world, instance, row, line->entries[i].field, line->entries[i].value);
    put_field(world, instance, row, TEXT("SITE"), line->site);
    if (line->ended.seq != 0)
        put_field(world, instance, row, TEXT("ENDS"), line->ends_on);
}

static bool is_read_by_a_rule(const struct world *world, int32_t form)
{
    const struct graph_readers *rows = &world->rulebook->set->of_rows;
    return rows->first[form + 1] > rows->first[form];
}

static bool put_register(struct world *world, int32_t form, struct error *err)
{
    struct text name = world->rulebook->dictionary->forms[form].name;
    struct sheet_instance *instance = sheet_instance(world->book->sheet, form, 0, 1, 1);
    struct register_line *lines = NULL;
    size_t count = 0;
    if (!is_read_by_a_rule(world, form))
        return true;
    if (!register_lines(world->db, name, world->arena, &lines, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        put_line(world, instance, (int32_t)i + 1, &lines[i]);
    return true;
}

static bool put_settings(struct world *world, struct error *err)
{
    const struct design *design = world->rulebook->design;
    struct configuration configuration;
    if (!configuration_read(world->db, design, world->arena, &configuration, err))
        return false;
    for (size_t i = 0; configuration.count > 0 && i < design->setting_count; i++) {
        struct setting setting = design->settings[i];
        const struct register_line *line = configuration_of(
            &configuration, setting.name, world->participant->site, world->now);
        if (line == NULL)
            continue;
        setting.value = register_value(line, "NEW");
        sheet_set_property(world->book->sheet,
                           dictionary_property_of(world->rulebook->dictionary,
                                                  TEXT("setting"), setting.name),
                           setting_datum(&setting, world->offset_minutes));
    }
    return true;
}

bool world_registers(struct world *world, struct error *err)
{
    const struct dictionary *dictionary = world->rulebook->dictionary;
    for (int32_t i = 0; i < dictionary->form_count; i++)
        if (dictionary->forms[i].is_register && !put_register(world, i, err))
            return false;
    return put_settings(world, err);
}
