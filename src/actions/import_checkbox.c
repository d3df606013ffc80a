#include "actions/import_checkbox.h"

#include "actions/import_kept.h"
#include "formats/redcap_choice.h"

const struct item *import_checkbox_of(const struct design *design, struct text oid,
                                      const struct code **choice)
{
    struct text suffix;
    *choice = NULL;
    const struct item *item = design_item(design, oid);
    if (item != NULL)
        return item;
    struct text field = redcap_choice_field(oid, &suffix);
    item = text_is_absent(field) ? NULL : design_item(design, field);
    if (item == NULL || !item->is_multiple || item->codelist == NULL)
        return NULL;
    *choice = redcap_choice_code(item->codelist, suffix);
    return *choice == NULL ? NULL : item;
}

/* Is it ticked? What is neither 1 nor 0 is an error: no answer of codes could hold it. */
static bool is_ticked(struct import_map *map, const struct odm_data_item *given)
{
    struct text value = text_trim(given->value);
    if (text_equal(value, TEXT("1")) || text_equal(value, TEXT("true")))
        return given->transaction != ODM_TRANSACTION_REMOVE && !given->is_null;
    if (value.len > 0 && !text_equal(value, TEXT("0")) &&
        !text_equal(value, TEXT("false")))
        import_report_add(map->report, true, &given->place,
                          TEXT("1 when it is ticked, 0 when it is not"),
                          "%.*s: a choice of a checkbox is \"%.*s\"",
                          TEXT_ARG(given->oid), TEXT_ARG(value));
    return false;
}

static bool has_code(struct text set, struct text code)
{
    while (!text_is_absent(set))
        if (text_equal(text_cut(&set, ' '), code))
            return true;
    return false;
}

/* The codes in the order of the code list, with this one or without it. */
static struct text with(struct import_map *map, const struct import_tick *tick,
                        struct text set, bool is_in)
{
    struct text all = {0};
    for (size_t i = 0; i < tick->item->codelist->code_count; i++) {
        struct text code = tick->item->codelist->codes[i].code;
        bool has = text_equal(code, tick->choice->code) ? is_in : has_code(set, code);
        if (has && all.len == 0)
            all = code;
        else if (has)
            all = text_format(map->arena, "%.*s %.*s", TEXT_ARG(all), TEXT_ARG(code));
    }
    return all;
}

/* The answer on its way; its choices stand together, so it is nearly always the last. */
static struct value_change *change_of(struct import_form *form,
                                      const struct import_tick *tick, int64_t row)
{
    for (size_t i = form->change_count; i-- > 0;)
        if (text_equal(form->changes[i].item, tick->item->oid) &&
            form->changes[i].row == row)
            return &form->changes[i];
    return NULL;
}

bool import_checkbox_take(struct import_map *map, const struct import_tick *tick,
                          struct error *err)
{
    bool is_in = is_ticked(map, tick->given);
    int64_t row = import_map_row(map, tick->group, tick->given);
    struct import_form *form = import_map_form_here(map);
    struct value_change *change = change_of(form, tick, row);
    if (change == NULL) { /* a portion does not end within a checkbox */
        if (!import_pending_room(map, err))
            return false;
        form = import_map_form_here(map);
        change = import_map_change(map, form, tick->item->oid, row);
    }
    struct text set = with(map, tick, change->new.value, is_in);
    change->new = set.len > 0 ? (struct answer){.value = set,
                                                .is_in_vault = tick->item->is_identity}
                              : (struct answer){.missing = MISSING_CLEARED};
    import_pending_give(map, form, tick->item->oid, row,
                        (size_t)(change - form->changes) + 1);
    return true;
}
