/* The rows stand in the order in which a person reads a design. */
#include "model/design_facts.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "model/alarm.h"

static void tell(struct design_facts *facts, const char *name, struct text value)
{
    ASSERT(facts->count < DESIGN_FACTS_AT_MOST);
    facts->facts[facts->count++] = (struct design_fact){.name = name, .value = value};
}

static void tell_label(struct design_facts *facts, const char *english,
                       const char *chinese, struct label label)
{
    tell(facts, english, label.english);
    tell(facts, chinese, label.chinese);
}

#define TELL_LABEL(facts, name, label) tell_label(facts, name, name " (zh)", label)

static void tell_truth(struct design_facts *facts, const char *name, bool is_so)
{
    tell(facts, name, is_so ? TEXT("yes") : TEXT("no"));
}

static void tell_number(struct design_facts *facts, const char *name, bool has_number,
                        int64_t number)
{
    tell(facts, name,
         has_number ? text_format(facts->arena, "%lld", (long long)number)
                    : (struct text){0});
}

static struct text text_in(struct buffer *buffer)
{
    struct text out;
    struct error ignored;
    return buffer->len > 0 && buffer_text(buffer, &out, &ignored) ? out
                                                                  : (struct text){0};
}

/* OIDs by a blank. `oid_at` reads the i-th. */
static void tell_list(struct design_facts *facts, const char *name, const void *list,
                      size_t count, struct text (*oid_at)(const void *list, size_t i))
{
    struct buffer buffer = buffer_in(facts->arena, LIMIT_DESIGN_BYTES);
    for (size_t i = 0; i < count; i++)
        buffer_format(&buffer, "%s%.*s", i == 0 ? "" : " ", TEXT_ARG(oid_at(list, i)));
    tell(facts, name, text_in(&buffer));
}

static struct text form_at(const void *list, size_t i)
{
    const struct form *const *forms = list;
    return forms[i]->oid;
}

static struct text group_at(const void *list, size_t i)
{
    const struct item_group *const *groups = list;
    return groups[i]->oid;
}

static struct text item_at(const void *list, size_t i)
{
    const struct item *const *items = list;
    return items[i]->oid;
}

static struct text oid_of(const struct item *item)
{
    return item == NULL ? (struct text){0} : item->oid;
}

/* --- one function a kind ------------------------------------------------------------ */

static void tell_design(const void *thing, struct design_facts *facts)
{
    const struct design *design = thing;
    tell(facts, "OID", design->oid);
    tell(facts, "version", design->version);
    TELL_LABEL(facts, "name", design->name);
    TELL_LABEL(facts, "protocol", design->protocol);
    TELL_LABEL(facts, "sponsor", design->sponsor);
    tell_number(facts, "enrolment target", design->enrolment_target > 0,
                design->enrolment_target);
}

static void tell_site(const void *thing, struct design_facts *facts)
{
    const struct site *site = thing;
    TELL_LABEL(facts, "name", site->name);
    tell(facts, "number prefix", site->prefix);
    tell_number(facts, "offset in minutes", true, site->offset_minutes);
}

static void tell_exception(struct design_facts *facts,
                           const struct exception *exception)
{
    TELL_LABEL(facts, "left out when (words)", exception->words);
    tell(facts, "condition", exception->unless.oid);
    tell(facts, "collected when", exception->unless.code);
}

static void tell_event(const void *thing, struct design_facts *facts)
{
    const struct study_event *event = thing;
    TELL_LABEL(facts, "label", event->label);
    TELL_LABEL(facts, "note", event->note);
    tell(facts, "kind", event->kind);
    tell_truth(facts, "repeating", event->is_repeating);
    TELL_LABEL(facts, "target", event->target);
    TELL_LABEL(facts, "window", event->window);
    tell_list(facts, "forms", event->forms, event->form_count, form_at);
    tell(facts, "moment", event->moment.code);
    tell_exception(facts, &event->exception);
}

static void tell_form_use(const void *thing, struct design_facts *facts)
{
    const struct form_use *use = thing;
    tell_truth(facts, "optional", use->is_optional);
    tell_exception(facts, &use->exception);
}

static void tell_timing(const void *thing, struct design_facts *facts)
{
    const struct event_timing *timing = thing;
    tell(facts, "event", timing->event->oid);
    tell(facts, "from", timing->from->oid);
    tell(facts, "form", timing->form == NULL ? (struct text){0} : timing->form->oid);
    tell_number(facts, "target in seconds", true, timing->target);
    tell_number(facts, "earliest in seconds", timing->has_low, timing->low);
    tell_number(facts, "latest in seconds", timing->has_high, timing->high);
}

static void tell_form(const void *thing, struct design_facts *facts)
{
    const struct form *form = thing;
    TELL_LABEL(facts, "label", form->label);
    TELL_LABEL(facts, "note", form->note);
    tell_truth(facts, "repeating", form->is_repeating);
    tell(facts, "key", oid_of(form->repeat_key));
    tell(facts, "second key", oid_of(form->second_key));
    tell_list(facts, "groups", form->groups, form->group_count, group_at);
    tell(facts, "entered by", form->entered_by);
    tell(facts, "signature", form->signature);
    tell(facts, "source verification",
         text_of(verification_need_name(form->verification)));
}

static void tell_group(const void *thing, struct design_facts *facts)
{
    const struct item_group *group = thing;
    TELL_LABEL(facts, "label", group->label);
    tell_truth(facts, "repeating", group->is_repeating);
    tell_truth(facts, "reference data", group->is_reference);
    tell(facts, "key", oid_of(group->repeat_key));
    tell_list(facts, "items", group->items, group->item_count, item_at);
}

static void add_limit(struct buffer *buffer, const char *sign, bool is_open,
                      struct decimal limit)
{
    char number[DECIMAL_TEXT_SIZE];
    size_t len = decimal_print(limit, number);
    buffer_format(buffer, "%s%s%s%.*s", buffer->len > 0 ? ", " : "", sign,
                  is_open ? " " : "= ", (int)len, number);
}

/* ">= 0, < 10" */
static void tell_range(struct design_facts *facts, const char *name,
                       const struct range *range)
{
    struct buffer buffer = buffer_in(facts->arena, 4 * DECIMAL_TEXT_SIZE);
    if (range->has_low)
        add_limit(&buffer, ">", range->is_low_open, range->low);
    if (range->has_high)
        add_limit(&buffer, "<", range->is_high_open, range->high);
    tell(facts, name, text_in(&buffer));
}

static struct text second_check_text(enum second_check check)
{
    switch (check) {
    case SECOND_CHECK_NONE: break;
    case SECOND_CHECK_PERSON: return TEXT("another person");
    case SECOND_CHECK_REPEAT: return TEXT("entered again");
    case SECOND_CHECK_EITHER: return TEXT("another person or entered again");
    }
    return TEXT("no");
}

/* "mg/L x1, mg/dL x10" */
static void tell_accepted(const struct item *item, struct design_facts *facts)
{
    char factor[DECIMAL_TEXT_SIZE];
    size_t most = 1;
    for (size_t i = 0; i < item->accepted_count; i++)
        most += item->accepted[i].unit.len + sizeof factor + sizeof ", x";
    struct buffer buffer = buffer_in(facts->arena, most);
    for (size_t i = 0; i < item->accepted_count; i++) {
        size_t len = decimal_print(item->accepted[i].factor, factor);
        buffer_format(&buffer, "%s%.*s x%.*s", i == 0 ? "" : ", ",
                      TEXT_ARG(item->accepted[i].unit), (int)len, factor);
    }
    tell(facts, "units accepted from feeds", text_in(&buffer));
}

static void tell_item_value(const struct item *item, struct design_facts *facts)
{
    tell(facts, "type", text_of(item_type_name(item->type)));
    tell(facts, "unit", item->unit);
    tell_number(facts, "decimals", item->decimals >= 0, item->decimals);
    tell_number(facts, "longest", item->max_length > 0, (int64_t)item->max_length);
    tell_range(facts, "hard range", &item->hard);
    tell_range(facts, "soft range", &item->soft);
    tell(facts, "code list",
         item->codelist == NULL ? (struct text){0} : item->codelist->oid);
    tell_truth(facts, "several codes", item->is_multiple);
    tell(facts, "LOINC", item->loinc);
    tell_accepted(item, facts);
}

static void tell_item(const void *thing, struct design_facts *facts)
{
    const struct item *item = thing;
    tell(facts, "name", item->name);
    TELL_LABEL(facts, "label", item->label);
    TELL_LABEL(facts, "note", item->note);
    tell_item_value(item, facts);
    tell(facts, "requirement", text_of(item_requirement_name(item->requirement)));
    tell(facts, "second check", second_check_text(item->second_check));
    tell(facts, "source verification",
         text_of(verification_need_name(item->verification)));
    tell_truth(facts, "filled by the program", item->is_system);
    tell_truth(facts, "in the identity vault", item->is_identity);
    tell_truth(facts, "a location, not exported", item->is_location);
    tell(facts, "left out when (words)", item->condition);
    tell(facts, "condition", item->shows.oid);
    tell(facts, "shown when", item->shows.code);
    TELL_LABEL(facts, "derivation (words)", item->derivation);
    tell(facts, "derivation", item->derives.oid);
    tell(facts, "derived by", item->derives.code);
    tell(facts, "source", item->source);
}

static void tell_codelist(const void *thing, struct design_facts *facts)
{
    const struct codelist *list = thing;
    TELL_LABEL(facts, "label", list->label);
}

static void tell_code(const void *thing, struct design_facts *facts)
{
    const struct code *code = thing;
    TELL_LABEL(facts, "label", code->label);
}

static void tell_check(const void *thing, struct design_facts *facts)
{
    const struct study_check *check = thing;
    tell(facts, "severity", text_of(check_severity_name(check->severity)));
    TELL_LABEL(facts, "message", check->message);
    tell(facts, "words", check->words);
    tell(facts, "fires when", check->fires.code);
    tell(facts, "item", oid_of(check->item));
    tell_list(facts, "further items", check->also, check->also_count, item_at);
    tell_list(facts, "forms", check->forms, check->form_count, form_at);
    tell_truth(facts, "looks at planned acts", check->is_planned);
    tell(facts, "opens a deviation", check->deviation);
    tell(facts, "how grave", check->deviation_severity);
    if (check->happened != NULL)
        tell(facts, "happened when answered", check->happened->oid);
    tell(facts, "needs", check->needs);
}

static void tell_setting(const void *thing, struct design_facts *facts)
{
    const struct setting *setting = thing;
    TELL_LABEL(facts, "label", setting->label);
    tell(facts, "value", setting->value);
}

static void tell_count(const void *thing, struct design_facts *facts)
{
    const struct study_count *count = thing;
    TELL_LABEL(facts, "label", count->label);
    tell(facts, "counts", count->rows);
    tell_truth(facts, "over the others", count->is_over_others);
    tell(facts, "key", count->key);
    tell(facts, "from", count->begins);
    tell(facts, "to", count->ends);
}

static void tell_register(const void *thing, struct design_facts *facts)
{
    const struct study_register *rows = thing;
    struct buffer buffer = buffer_in(facts->arena, LIMIT_DESIGN_BYTES);
    TELL_LABEL(facts, "label", rows->label);
    for (size_t i = 0; i < rows->field_count; i++)
        buffer_format(&buffer, "%s%.*s %.*s", i == 0 ? "" : ", ",
                      TEXT_ARG(rows->fields[i].name), TEXT_ARG(rows->fields[i].type));
    tell(facts, "fields", text_in(&buffer));
}

static void tell_verification(const void *thing, struct design_facts *facts)
{
    const struct verification_plan *plan = thing;
    TELL_LABEL(facts, "label", plan->label);
    tell(facts, "seed", plan->seed);
    tell_number(facts, "first participants of a site", true, plan->first_of_site);
    tell_number(facts, "share of the later ones in percent", true, plan->share);
    TELL_LABEL(facts, "confirm", plan->confirm);
}

static void tell_open_point(const void *thing, struct design_facts *facts)
{
    const struct open_point *point = thing;
    TELL_LABEL(facts, "label", point->label);
    TELL_LABEL(facts, "says", point->says);
    TELL_LABEL(facts, "choice", point->choice);
    TELL_LABEL(facts, "confirm", point->confirm);
}

static void tell_steps(struct design_facts *facts, const struct study_alarm *alarm)
{
    struct buffer buffer = buffer_in(facts->arena, LIMIT_DESIGN_BYTES);
    for (size_t i = 0; i < alarm->step_count; i++)
        buffer_format(&buffer, "%s%.*s %.*s", i == 0 ? "" : ", ",
                      TEXT_ARG(alarm_level_name(alarm->steps[i].level)),
                      TEXT_ARG(alarm->steps[i].oid));
    tell(facts, "steps", text_in(&buffer));
}

static void tell_alarm(const void *thing, struct design_facts *facts)
{
    const struct study_alarm *alarm = thing;
    TELL_LABEL(facts, "label", alarm->label);
    tell(facts, "acknowledged by", alarm_roles_text(alarm->audience, facts->arena));
    tell_steps(facts, alarm);
    tell_number(facts, "escalates after seconds", alarm->escalates_after > 0,
                alarm->escalates_after);
    tell(facts, "escalates to", alarm_roles_text(alarm->escalates_to, facts->arena));
    tell_number(facts, "comes again after seconds", alarm->repeats_after > 0,
                alarm->repeats_after);
    TELL_LABEL(facts, "told besides", alarm->told);
}

/* --- the lists ------------------------------------------------------------------------ */

static const struct design_thing *list_design(const struct design *design,
                                              struct arena *arena, size_t *count)
{
    struct design_thing *thing = ARENA_NEW(arena, struct design_thing);
    *thing = (struct design_thing){.oid = TEXT("the study"), .at = design};
    *count = 1;
    return thing;
}

static const struct design_thing *list_verification(const struct design *design,
                                                    struct arena *arena, size_t *count)
{
    struct design_thing *thing = ARENA_NEW(arena, struct design_thing);
    *thing = (struct design_thing){.oid = TEXT("the plan"),
                                   .label = design->verification.label,
                                   .at = &design->verification};
    *count = design->verification.is_planned ? 1 : 0;
    return thing;
}

/* The list of an array of the design, whose elements are told apart by `key`. */
#define LIST(name, array, number, key, shown)                                          \
    static const struct design_thing *name(const struct design *design,                \
                                           struct arena *arena, size_t *count)         \
    {                                                                                  \
        struct design_thing *things =                                                  \
            ARENA_ARRAY(arena, struct design_thing, design->number);                   \
        for (size_t i = 0; i < design->number; i++)                                    \
            things[i] = (struct design_thing){.oid = design->array[i].key,             \
                                              .label = design->array[i].shown,         \
                                              .at = &design->array[i]};                \
        *count = design->number;                                                       \
        return things;                                                                 \
    }

LIST(list_sites, sites, site_count, code, name)
LIST(list_events, events, event_count, oid, label)
LIST(list_timings, timings, timing_count, oid, event->label)
LIST(list_forms, forms, form_count, oid, label)
LIST(list_groups, groups, group_count, oid, label)
LIST(list_items, items, item_count, oid, label)
LIST(list_codelists, codelists, codelist_count, oid, label)
LIST(list_checks, checks, check_count, oid, message)
LIST(list_settings, settings, setting_count, name, label)
LIST(list_counts, counts, count_count, name, label)
LIST(list_registers, registers, register_count, name, label)
LIST(list_open_points, open_points, open_point_count, name, label)
LIST(list_alarms, alarms, alarm_count, oid, label)

/* "CL.NY Y": a code is told apart by its list. */
static const struct design_thing *list_codes(const struct design *design,
                                             struct arena *arena, size_t *count)
{
    size_t most = 0;
    *count = 0;
    for (size_t i = 0; i < design->codelist_count; i++)
        most += design->codelists[i].code_count;
    struct design_thing *things = ARENA_ARRAY(arena, struct design_thing, most);
    for (size_t i = 0; i < design->codelist_count; i++) {
        const struct codelist *list = &design->codelists[i];
        for (size_t k = 0; k < list->code_count; k++)
            things[(*count)++] = (struct design_thing){
                .oid = text_format(arena, "%.*s %.*s", TEXT_ARG(list->oid),
                                   TEXT_ARG(list->codes[k].code)),
                .label = list->codes[k].label,
                .at = &list->codes[k]};
    }
    return things;
}

/* "SE.H48 F.VS": a form is told apart by its event. */
static const struct design_thing *list_form_uses(const struct design *design,
                                                 struct arena *arena, size_t *count)
{
    size_t most = 0;
    *count = 0;
    for (size_t i = 0; i < design->event_count; i++)
        most += design->events[i].form_count;
    struct design_thing *things = ARENA_ARRAY(arena, struct design_thing, most);
    for (size_t i = 0; i < design->event_count; i++) {
        const struct study_event *event = &design->events[i];
        for (size_t k = 0; k < event->form_count; k++)
            things[(*count)++] = (struct design_thing){
                .oid = text_format(arena, "%.*s %.*s", TEXT_ARG(event->oid),
                                   TEXT_ARG(event->forms[k]->oid)),
                .label = event->forms[k]->label,
                .at = &event->form_uses[k]};
    }
    return things;
}

const struct design_things design_things[] = {
    {"design", list_design, tell_design},
    {"site", list_sites, tell_site},
    {"event", list_events, tell_event},
    {"form at an event", list_form_uses, tell_form_use},
    {"timing", list_timings, tell_timing},
    {"form", list_forms, tell_form},
    {"group", list_groups, tell_group},
    {"item", list_items, tell_item},
    {"code list", list_codelists, tell_codelist},
    {"code", list_codes, tell_code},
    {"check", list_checks, tell_check},
    {"setting", list_settings, tell_setting},
    {"count", list_counts, tell_count},
    {"register", list_registers, tell_register},
    {"open point", list_open_points, tell_open_point},
    {"source verification", list_verification, tell_verification},
    {"alarm", list_alarms, tell_alarm},
};
const size_t design_things_count = ARRAY_COUNT(design_things);
