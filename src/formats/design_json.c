#include "formats/design_json.h"

#include "model/value.h"

void design_json_label(struct json_writer *json, const char *key, struct label label)
{
    struct text english = text_is_absent(label.english) ? label.chinese : label.english;
    if (text_is_absent(english))
        return;
    json_key(json, key);
    json_object(json);
    json_member_text(json, "en", english);
    json_member_text(json, "zh",
                     text_is_absent(label.chinese) ? english : label.chinese);
    json_end(json);
}

/* A member that is left out when there is nothing to say. */
static void optional_text(struct json_writer *json, const char *key, struct text value)
{
    if (value.len > 0)
        json_member_text(json, key, value);
}

/* As a JSON number: for the hint on the page, and exact for up to 15 digits. The server
 * checks against the exact decimal. */
static void limit(struct json_writer *json, bool has, struct decimal value)
{
    if (!has) {
        json_null(json);
        return;
    }
    double divisor = 1;
    for (int32_t i = 0; i < value.scale; i++)
        divisor *= 10;
    json_double(json, (double)value.coefficient / divisor);
}

static void range(struct json_writer *json, const char *key, const char *open_key,
                  const struct range *range)
{
    if (!range->has_low && !range->has_high)
        return;
    json_key(json, key);
    json_array(json);
    limit(json, range->has_low, range->low);
    limit(json, range->has_high, range->high);
    json_end(json);
    if (!range->is_low_open && !range->is_high_open)
        return;
    json_key(json, open_key);
    json_array(json);
    json_bool(json, range->is_low_open);
    json_bool(json, range->is_high_open);
    json_end(json);
}

static const char *second_check_name(enum second_check check)
{
    switch (check) {
    case SECOND_CHECK_PERSON: return "person";
    case SECOND_CHECK_REPEAT: return "repeat";
    case SECOND_CHECK_EITHER: return "person-or-repeat";
    case SECOND_CHECK_NONE: break;
    }
    return NULL;
}

static void item_object(struct json_writer *json, const struct item *item)
{
    json_object(json);
    json_member_text(json, "oid", item->oid);
    json_member_text(json, "name", item->name);
    design_json_label(json, "label", item->label);
    design_json_label(json, "note", item->note);
    json_member_text(json, "type", text_of(item_type_name(item->type)));
    json_member_text(json, "source", item->is_system ? TEXT("system") : TEXT("site"));
    if (text_equal(item->source, TEXT("timer")))
        json_member_bool(json, "timer", true);
    json_member_text(json, "required",
                     text_of(item_requirement_name(item->requirement)));
    if (item->codelist != NULL)
        json_member_text(json, "codelist", item->codelist->oid);
    json_member_bool(json, "multiple", item->is_multiple);
    optional_text(json, "unit", item->unit);
    if (item->decimals >= 0)
        json_member_integer(json, "decimals", item->decimals);
    if (item->max_length > 0)
        json_member_integer(json, "max_length", (int64_t)item->max_length);
    range(json, "hard_range", "hard_open", &item->hard);
    range(json, "soft_range", "soft_open", &item->soft);
    json_member_bool(json, "identity", item->is_identity);
    json_member_bool(json, "has_condition", item->has_condition);
    design_json_label(json, "derivation", item->derivation);
    optional_text(json, "derives", item->derives.code);
    optional_text(json, "loinc", item->loinc);
    optional_text(json, "second_check", text_of(second_check_name(item->second_check)));
    optional_text(json, "verification",
                  text_of(verification_need_name(item->verification)));
    json_end(json);
}

static void event_object(struct json_writer *json, const struct study_event *event)
{
    json_object(json);
    json_member_text(json, "oid", event->oid);
    design_json_label(json, "label", event->label);
    json_member_text(json, "kind", event->kind);
    json_member_bool(json, "repeating", event->is_repeating);
    design_json_label(json, "target", event->target);
    design_json_label(json, "window", event->window);
    json_key(json, "forms");
    json_array(json);
    for (size_t i = 0; i < event->form_count; i++)
        json_text(json, event->forms[i]->oid);
    json_end(json);
    json_key(json, "optional");
    json_array(json);
    for (size_t i = 0; i < event->form_count; i++)
        if (event->form_uses[i].is_optional)
            json_text(json, event->forms[i]->oid);
    json_end(json);
    json_end(json);
}

static void group_object(struct json_writer *json, const struct item_group *group)
{
    json_object(json);
    json_member_text(json, "oid", group->oid);
    design_json_label(json, "label", group->label);
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

static void form_object(struct json_writer *json, const struct form *form)
{
    json_object(json);
    json_member_text(json, "oid", form->oid);
    design_json_label(json, "label", form->label);
    json_member_bool(json, "repeating", form->is_repeating);
    if (form->repeat_key != NULL)
        json_member_text(json, "repeat_key", form->repeat_key->oid);
    design_json_label(json, "note", form->note);
    optional_text(json, "verification",
                  text_of(verification_need_name(form->verification)));
    json_key(json, "groups");
    json_array(json);
    for (size_t i = 0; i < form->group_count; i++)
        group_object(json, form->groups[i]);
    json_end(json);
    json_end(json);
}

static void codelist_object(struct json_writer *json, const struct codelist *codelist)
{
    json_object(json);
    design_json_label(json, "label", codelist->label);
    json_key(json, "codes");
    json_array(json);
    for (size_t i = 0; i < codelist->code_count; i++) {
        json_object(json);
        json_member_text(json, "code", codelist->codes[i].code);
        design_json_label(json, "label", codelist->codes[i].label);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

/* Nothing where the design has no plan. */
static void verification_object(const struct design *design, struct json_writer *json)
{
    const struct verification_plan *plan = &design->verification;
    if (!plan->is_planned)
        return;
    json_key(json, "verification");
    json_object(json);
    design_json_label(json, "label", plan->label);
    json_member_text(json, "seed", plan->seed);
    json_member_integer(json, "first", plan->first_of_site);
    json_member_integer(json, "share", plan->share);
    design_json_label(json, "confirm", plan->confirm);
    optional_text(json, "basis", plan->basis);
    json_end(json);
}

static void missing_reason_array(struct json_writer *json)
{
    json_key(json, "missing_reasons");
    json_array(json);
    for (size_t i = 0; i < missing_reason_count; i++) {
        json_object(json);
        json_member_text(json, "code", missing_reasons[i].code);
        design_json_label(json, "label", missing_reasons[i].label);
        json_end(json);
    }
    json_end(json);
}

static void site_array(const struct design *design, struct json_writer *json)
{
    json_key(json, "sites");
    json_array(json);
    for (size_t i = 0; i < design->site_count; i++) {
        json_object(json);
        json_member_text(json, "code", design->sites[i].code);
        design_json_label(json, "name", design->sites[i].name);
        json_end(json);
    }
    json_end(json);
}

void design_json_members(const struct design *design, struct json_writer *json)
{
    json_member_text(json, "oid", design->oid);
    json_member_text(json, "version", design->version);
    design_json_label(json, "name", design->name);
    design_json_label(json, "protocol", design->protocol);
    design_json_label(json, "sponsor", design->sponsor);
    json_member_integer(json, "target", design->enrolment_target);
    json_key(json, "events");
    json_array(json);
    for (size_t i = 0; i < design->event_count; i++)
        event_object(json, &design->events[i]);
    json_end(json);
    json_key(json, "forms");
    json_array(json);
    for (size_t i = 0; i < design->form_count; i++)
        form_object(json, &design->forms[i]);
    json_end(json);
    json_key(json, "items");
    json_object(json);
    for (size_t i = 0; i < design->item_count; i++) {
        json_key_text(json, design->items[i].oid);
        item_object(json, &design->items[i]);
    }
    json_end(json);
    json_key(json, "codelists");
    json_object(json);
    for (size_t i = 0; i < design->codelist_count; i++) {
        json_key_text(json, design->codelists[i].oid);
        codelist_object(json, &design->codelists[i]);
    }
    json_end(json);
    missing_reason_array(json);
    site_array(design, json);
    verification_object(design, json);
}
