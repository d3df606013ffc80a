#include "formats/open_points_json.h"

#include "formats/design_json.h"

/* What a point concerns, whatever it is. */
struct concern {
    const char *kind; /* NULL: the design has no such thing */
    struct label label;
    struct text value;       /* of a setting */
    const struct form *form; /* where an item stands */
};

static const struct setting *setting_of(const struct design *design, struct text name)
{
    for (size_t i = 0; i < design->setting_count; i++)
        if (text_equal(design->settings[i].name, name))
            return &design->settings[i];
    return NULL;
}

static const struct study_check *check_of(const struct design *design, struct text oid)
{
    for (size_t i = 0; i < design->check_count; i++)
        if (text_equal(design->checks[i].oid, oid))
            return &design->checks[i];
    return NULL;
}

static const struct codelist *codelist_of(const struct design *design, struct text oid)
{
    for (size_t i = 0; i < design->codelist_count; i++)
        if (text_equal(design->codelists[i].oid, oid))
            return &design->codelists[i];
    return NULL;
}

static const struct form *form_with(const struct design *design,
                                    const struct item *item)
{
    for (size_t i = 0; i < design->form_count; i++)
        if (form_group_of(&design->forms[i], item) != NULL)
            return &design->forms[i];
    return NULL;
}

static struct concern concern_of(const struct design *design, struct text oid)
{
    struct text prefix = TEXT("setting.");
    if (text_starts_with(oid, prefix)) {
        struct text name = text_part(oid, prefix.len, oid.len - prefix.len);
        const struct setting *setting = setting_of(design, name);
        if (setting != NULL)
            return (struct concern){
                .kind = "setting", .label = setting->label, .value = setting->value};
    }
    const struct item *item = design_item(design, oid);
    const struct form *form = design_form(design, oid);
    const struct study_event *event = design_event(design, oid);
    const struct codelist *codelist = codelist_of(design, oid);
    const struct study_check *check = check_of(design, oid);
    if (item != NULL)
        return (struct concern){
            .kind = "item", .label = item->label, .form = form_with(design, item)};
    if (form != NULL)
        return (struct concern){.kind = "form", .label = form->label};
    if (event != NULL)
        return (struct concern){.kind = "event", .label = event->label};
    if (codelist != NULL)
        return (struct concern){.kind = "codelist", .label = codelist->label};
    if (check != NULL)
        return (struct concern){.kind = "check", .label = check->message};
    return (struct concern){0};
}

static void concern_object(struct json_writer *json, const struct design *design,
                           struct text oid)
{
    struct concern concern = concern_of(design, oid);
    if (concern.kind == NULL)
        return;
    json_object(json);
    json_member_text(json, "kind", text_of(concern.kind));
    json_member_text(json, "oid", oid);
    design_json_label(json, "label", concern.label);
    if (concern.form != NULL)
        design_json_label(json, "form", concern.form->label);
    if (concern.value.len > 0)
        json_member_text(json, "value", concern.value);
    json_end(json);
}

static void decision_object(struct json_writer *json, const struct open_point *point,
                            const struct point_decision *decision)
{
    json_object(json);
    json_member_integer(json, "seq", decision->seq);
    json_member_text(json, "choice", decision->choice);
    json_member_bool(json, "is_followed", point_decision_is_followed(decision, point));
    if (!text_is_absent(decision->reason))
        json_member_text(json, "reason", decision->reason);
    if (!text_is_absent(decision->reference))
        json_member_text(json, "reference", decision->reference);
    json_member_text(json, "by", decision->by_name);
    json_member_text(json, "full_name", decision->by_full_name);
    json_member_instant(json, "at", decision->at);
    json_end(json);
}

/* Nothing settles one silently: it is open until somebody who may has decided. */
static void decision_members(struct json_writer *json, const struct open_point *point,
                             const struct point_decisions *decisions)
{
    bool is_open = point_decision_of(decisions, point->name) == NULL;
    json_member_text(json, "state", is_open ? TEXT("open") : TEXT("confirmed"));
    json_key(json, "decisions");
    json_array(json);
    for (size_t i = decisions->count; i > 0; i--)
        if (text_equal(decisions->at[i - 1].point, point->name))
            decision_object(json, point, &decisions->at[i - 1]);
    json_end(json);
}

static void point_object(struct json_writer *json, const struct design *design,
                         const struct open_point *point,
                         const struct point_decisions *decisions)
{
    json_object(json);
    json_member_text(json, "name", point->name);
    design_json_label(json, "label", point->label);
    design_json_label(json, "says", point->says);
    design_json_label(json, "choice", point->choice);
    design_json_label(json, "confirm", point->confirm);
    json_member_text(json, "basis", point->basis);
    decision_members(json, point, decisions);
    json_key(json, "concerns");
    json_array(json);
    for (size_t i = 0; i < point->concern_count; i++)
        concern_object(json, design, point->concerns[i]);
    json_end(json);
    json_end(json);
}

static void setting_object(struct json_writer *json, const struct setting *setting)
{
    json_object(json);
    json_member_text(json, "name", setting->name);
    design_json_label(json, "label", setting->label);
    json_member_text(json, "value", setting->value);
    json_member_text(json, "basis", setting->basis);
    json_end(json);
}

void open_points_json(const struct design *design,
                      const struct point_decisions *decisions, bool may_confirm,
                      struct json_writer *json)
{
    json_object(json);
    json_key(json, "open_points");
    json_array(json);
    for (size_t i = 0; i < design->open_point_count; i++)
        point_object(json, design, &design->open_points[i], decisions);
    json_end(json);
    json_key(json, "settings");
    json_array(json);
    for (size_t i = 0; i < design->setting_count; i++)
        setting_object(json, &design->settings[i]);
    json_end(json);
    json_member_bool(json, "may_confirm", may_confirm);
    json_end(json);
}
