/* The design of the study, for GET /api/study. */
#include "model/value.h"
#include "web/api_write.h"

static void write_oids(struct json_writer *json, const char *key,
                       const struct form *const *forms, size_t count)
{
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < count; i++)
        json_text(json, forms[i]->oid);
    json_end(json);
}

static void write_events(struct json_writer *json, const struct design *design)
{
    json_key(json, "events");
    json_array(json);
    for (size_t i = 0; i < design->event_count; i++) {
        const struct study_event *event = &design->events[i];
        json_object(json);
        json_member_text(json, "oid", event->oid);
        write_label(json, "label", event->label);
        json_member_text(json, "kind", event->kind);
        json_member_bool(json, "repeating", event->is_repeating);
        write_label(json, "target", event->target);
        write_label(json, "window", event->window);
        write_oids(json, "forms", event->forms, event->form_count);
        json_end(json);
    }
    json_end(json);
}

static void write_group(struct json_writer *json, const struct item_group *group)
{
    json_object(json);
    json_member_text(json, "oid", group->oid);
    write_label(json, "label", group->label);
    json_member_bool(json, "repeating", group->is_repeating);
    if (group->repeat_key != NULL)
        json_member_text(json, "repeat_key", group->repeat_key->oid);
    json_key(json, "items");
    json_array(json);
    for (size_t i = 0; i < group->item_count; i++)
        json_text(json, group->items[i]->oid);
    json_end(json);
    json_end(json);
}

static void write_forms(struct json_writer *json, const struct design *design)
{
    json_key(json, "forms");
    json_array(json);
    for (size_t i = 0; i < design->form_count; i++) {
        const struct form *form = &design->forms[i];
        json_object(json);
        json_member_text(json, "oid", form->oid);
        write_label(json, "label", form->label);
        json_member_bool(json, "repeating", form->is_repeating);
        if (form->repeat_key != NULL)
            json_member_text(json, "repeat_key", form->repeat_key->oid);
        write_label(json, "note", form->note);
        json_key(json, "groups");
        json_array(json);
        for (size_t j = 0; j < form->group_count; j++)
            write_group(json, form->groups[j]);
        json_end(json);
        json_end(json);
    }
    json_end(json);
}

static void write_bound(struct json_writer *json, bool has_bound, struct decimal bound)
{
    char text[DECIMAL_TEXT_SIZE];
    if (has_bound)
        json_text(json, (struct text){.at = text, .len = decimal_print(bound, text)});
    else
        json_null(json);
}

static void write_range(struct json_writer *json, const char *key,
                        const struct range *range)
{
    if (!range->has_low && !range->has_high)
        return;
    json_key(json, key);
    json_array(json);
    write_bound(json, range->has_low, range->low);
    write_bound(json, range->has_high, range->high);
    json_end(json);
}

static void write_item(struct json_writer *json, const struct item *item)
{
    json_object(json);
    json_member_text(json, "oid", item->oid);
    json_member_text(json, "name", item->name);
    write_label(json, "label", item->label);
    write_label(json, "note", item->note);
    json_member_text(json, "type", text_of(item_type_name(item->type)));
    json_member_text(json, "source", item->is_system ? TEXT("system") : TEXT("site"));
    json_member_text(json, "required",
                     text_of(item_requirement_name(item->requirement)));
    if (item->codelist != NULL)
        json_member_text(json, "codelist", item->codelist->oid);
    json_member_bool(json, "multiple", item->is_multiple);
    write_optional_text(json, "unit", item->unit);
    if (item->decimals >= 0)
        json_member_integer(json, "decimals", item->decimals);
    if (item->max_length > 0)
        json_member_integer(json, "max_length", (int64_t)item->max_length);
    write_range(json, "hard_range", &item->hard);
    write_range(json, "soft_range", &item->soft);
    json_member_bool(json, "identity", item->is_identity);
    json_member_bool(json, "has_condition", item->has_condition);
    write_label(json, "derivation", item->derivation);
    write_optional_text(json, "loinc", item->loinc);
    json_end(json);
}

static void write_code(struct json_writer *json, struct text code, struct label label)
{
    json_object(json);
    json_member_text(json, "code", code);
    write_label(json, "label", label);
    json_end(json);
}

static void write_codelists(struct json_writer *json, const struct design *design)
{
    json_key(json, "codelists");
    json_object(json);
    for (size_t i = 0; i < design->codelist_count; i++) {
        const struct codelist *list = &design->codelists[i];
        json_key_text(json, list->oid);
        json_object(json);
        write_label(json, "label", list->label);
        json_key(json, "codes");
        json_array(json);
        for (size_t j = 0; j < list->code_count; j++)
            write_code(json, list->codes[j].code, list->codes[j].label);
        json_end(json);
        json_end(json);
    }
    json_end(json);
}

static void write_sites(struct json_writer *json, const struct design *design)
{
    json_key(json, "sites");
    json_array(json);
    for (size_t i = 0; i < design->site_count; i++) {
        const struct site *site = &design->sites[i];
        json_object(json);
        json_member_text(json, "code", site->code);
        write_label(json, "name", site->name);
        json_member_integer(json, "offset_minutes", site->offset_minutes);
        json_end(json);
    }
    json_end(json);
}

void write_design(struct json_writer *json, const struct design *design,
                  bool is_synthetic, int64_t now)
{
    json_object(json);
    json_member_text(json, "oid", design->oid);
    json_member_text(json, "version", design->version);
    json_member_text(json, "study", design->study_oid);
    write_label(json, "name", design->name);
    write_label(json, "protocol", design->protocol);
    write_label(json, "sponsor", design->sponsor);
    json_member_bool(json, "synthetic", is_synthetic);
    json_member_instant(json, "now", now);
    json_member_integer(json, "target", design->enrolment_target);
    write_events(json, design);
    write_forms(json, design);
    json_key(json, "items");
    json_object(json);
    for (size_t i = 0; i < design->item_count; i++) {
        json_key_text(json, design->items[i].oid);
        write_item(json, &design->items[i]);
    }
    json_end(json);
    write_codelists(json, design);
    json_key(json, "missing_reasons");
    json_array(json);
    for (size_t i = 0; i < missing_reason_count; i++)
        write_code(json, missing_reasons[i].code, missing_reasons[i].label);
    json_end(json);
    write_sites(json, design);
    json_end(json);
}
