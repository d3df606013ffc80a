/* Checks, timings, what the rules may name (settings, counts, registers), and the points
 * that the registration leaves open. */
#include "formats/odm_design_resolve.h"

#include <stdio.h>

/* --- checks ----------------------------------------------------------------------- */

static size_t count_words(struct text list)
{
    size_t count = 0;
    while (!text_is_absent(list))
        count += text_cut(&list, ' ').len > 0;
    return count;
}

static bool resolve_also(struct resolving *resolving, const struct odm_words *words,
                         struct study_check *check, struct error *err)
{
    struct text rest = words->also;
    const struct item **items = odm_array(resolving, count_words(rest), sizeof *items);
    if (items == NULL)
        return odm_no_room(err);
    while (!text_is_absent(rest)) {
        size_t i =
            odm_follow(resolving, text_cut(&rest, ' '), DEFINITION_ITEM, words->place);
        if (i != SIZE_MAX)
            items[check->also_count++] = &resolving->items[i];
    }
    check->also = items;
    return true;
}

static bool resolve_check_forms(struct resolving *resolving,
                                const struct odm_words *words,
                                struct study_check *check, struct error *err)
{
    struct text rest = words->forms;
    bool is_all = text_equal(rest, TEXT("all"));
    size_t most = is_all ? resolving->design->form_count : count_words(rest);
    const struct form **forms = odm_array(resolving, most, sizeof *forms);
    if (forms == NULL)
        return odm_no_room(err);
    check->forms = forms;
    while (is_all && check->form_count < most) {
        forms[check->form_count] = &resolving->forms[check->form_count];
        check->form_count++;
    }
    while (!is_all && !text_is_absent(rest)) {
        size_t i =
            odm_follow(resolving, text_cut(&rest, ' '), DEFINITION_GROUP, words->place);
        if (i == SIZE_MAX)
            continue;
        const struct odm_group *group = odm_group_part(resolving, i);
        if (odm_is_form(group))
            forms[check->form_count++] = &resolving->forms[group->form];
    }
    return true;
}

/* "REP I.IO.PUNDTM": a hard check blocks an act; an alarm says that a limit is reached. */
static void resolve_deviation(struct resolving *resolving,
                              const struct odm_words *words, struct study_check *check)
{
    struct text rest = words->deviation;
    if (text_is_absent(rest))
        return;
    struct text category = text_cut(&rest, ' ');
    struct text happened = text_cut(&rest, ' ');
    if (category.len == 0 || text_is_absent(happened) ||
        check->severity == CHECK_SOFT) {
        odm_finding_add(resolving->parts, words->place,
                        "a hard check or an alarm, and CATEGORY ITEM of what happened",
                        "the deviation of %.*s is \"%.*s\"", SHOWN(words->oid),
                        SHOWN(words->deviation));
        return;
    }
    size_t i = odm_follow(resolving, happened, DEFINITION_ITEM, words->place);
    if (i == SIZE_MAX)
        return;
    check->deviation = category;
    check->deviation_severity = rest;
    check->happened = &resolving->items[i];
}

static enum check_severity severity_of(const struct odm_words *words, bool is_hard)
{
    if (words->is_alarm)
        return CHECK_ALARM;
    return is_hard ? CHECK_HARD : CHECK_SOFT;
}

/* The condition that a RangeCheck names, with the place and message that it gives. */
static bool resolve_check(struct resolving *resolving, const struct odm_check *part,
                          struct study_check *checks, struct error *err)
{
    struct odm_parts *parts = resolving->parts;
    size_t i = odm_follow(resolving, part->oid, DEFINITION_CONDITION, part->place);
    size_t item = odm_follow(resolving, part->item, DEFINITION_ITEM, part->place);
    if (i == SIZE_MAX || item == SIZE_MAX)
        return true;
    const struct odm_words *words = ODM_LIST_AT(parts->words, struct odm_words, i);
    if (!words->is_check) {
        odm_finding_add(parts, part->place, "its FormalExpression has another Context",
                        "%.*s is a condition, but no check", SHOWN(part->oid));
        return true;
    }
    if (words->is_alarm && part->is_hard)
        odm_finding_add(parts, part->place, "SoftHard is Soft for an alarm",
                        "the check %.*s is an alarm", SHOWN(part->oid));
    struct study_check *check = &checks[i];
    if (check->item != NULL)
        odm_finding_add(parts, part->place, "name further items in its Alias also",
                        "the check %.*s stands at a second item", SHOWN(part->oid));
    *check = (struct study_check){
        .oid = words->oid,
        .severity = severity_of(words, part->is_hard),
        .message = part->message,
        .words = words->words.english,
        .fires = words->formula,
        .item = &resolving->items[item],
        .is_planned = words->is_planned,
        .needs = words->needs,
        .basis = words->basis,
    };
    resolve_deviation(resolving, words, check);
    return resolve_also(resolving, words, check, err) &&
           resolve_check_forms(resolving, words, check, err);
}

/* In the order of the conditions, not of the items where they stand. */
static bool resolve_checks(struct resolving *resolving, struct error *err)
{
    struct odm_parts *parts = resolving->parts;
    struct study_check *checks =
        odm_array(resolving, parts->words.count, sizeof *checks);
    if (checks == NULL)
        return odm_no_room(err);
    for (size_t i = 0; i < parts->checks.count; i++)
        if (!resolve_check(resolving, ODM_LIST_AT(parts->checks, struct odm_check, i),
                           checks, err))
            return false;
    size_t count = 0;
    for (size_t i = 0; i < parts->words.count; i++) {
        const struct odm_words *words = ODM_LIST_AT(parts->words, struct odm_words, i);
        if (checks[i].item != NULL)
            checks[count++] = checks[i];
        else if (words->is_check)
            odm_finding_add(parts, words->place, "name it in a RangeCheck of an item",
                            "the check %.*s stands at no item", SHOWN(words->oid));
    }
    resolving->design->checks = checks;
    resolving->design->check_count = count;
    return true;
}

/* --- timings ---------------------------------------------------------------------- */

/* "TC.BL.F.LB": what stands behind the event's own timing is the form it is for. */
static const struct form *form_of(struct resolving *resolving,
                                  const struct odm_timing *part)
{
    const struct text oid = part->timing.oid;
    for (size_t i = 0; i < resolving->design->form_count; i++) {
        const struct form *form = &resolving->forms[i];
        if (form->oid.len + 1 < oid.len &&
            text_equal(text_part(oid, oid.len - form->oid.len, form->oid.len),
                       form->oid) &&
            oid.at[oid.len - form->oid.len - 1] == '.')
            return form;
    }
    return NULL;
}

static bool resolve_timings(struct resolving *resolving, struct error *err)
{
    struct odm_parts *parts = resolving->parts;
    struct event_timing *timings =
        odm_array(resolving, parts->timings.count, sizeof *timings);
    if (timings == NULL)
        return odm_no_room(err);
    resolving->design->timings = timings;
    for (size_t i = 0; i < parts->timings.count; i++) {
        const struct odm_timing *part =
            ODM_LIST_AT(parts->timings, struct odm_timing, i);
        size_t to = odm_follow(resolving, part->to, DEFINITION_EVENT, part->place);
        size_t from = odm_follow(resolving, part->from, DEFINITION_EVENT, part->place);
        if (to == SIZE_MAX || from == SIZE_MAX)
            continue;
        struct event_timing *timing = &timings[resolving->design->timing_count++];
        *timing = part->timing;
        timing->event = &resolving->events[to];
        timing->from = &resolving->events[from];
        timing->form = form_of(resolving, part);
    }
    return true;
}

/* --- settings, counts, registers, open points -------------------------------------- */

enum declared {
    DECLARED_SETTING,
    DECLARED_COUNT,
    DECLARED_REGISTER,
    DECLARED_OPEN,
    DECLARED_KINDS
};
static const struct {
    struct text short_name, prefix;
} declared_kinds[DECLARED_KINDS] = {
    [DECLARED_SETTING] = {TEXT_INIT("SETTING"), TEXT_INIT("SP.SETTING.")},
    [DECLARED_COUNT] = {TEXT_INIT("COUNT"), TEXT_INIT("SP.COUNT.")},
    [DECLARED_REGISTER] = {TEXT_INIT("REGISTER"), TEXT_INIT("SP.REGISTER.")},
    [DECLARED_OPEN] = {TEXT_INIT("OPEN"), TEXT_INIT("SP.OPEN.")},
};

/* The name by which it is known: its OID without the prefix. */
static struct text declared_name(struct resolving *resolving,
                                 const struct odm_parameter *parameter,
                                 enum declared kind)
{
    struct text prefix = declared_kinds[kind].prefix;
    if (text_starts_with(parameter->oid, prefix) && parameter->oid.len > prefix.len)
        return text_part(parameter->oid, prefix.len, parameter->oid.len - prefix.len);
    char hint[80];
    snprintf(hint, sizeof hint, "%.*sNAME", TEXT_ARG(prefix));
    odm_finding_add(resolving->parts, parameter->place, hint,
                    "StudyParameter: the OID of a %.*s is \"%.*s\"",
                    TEXT_ARG(declared_kinds[kind].short_name), SHOWN(parameter->oid));
    return parameter->oid;
}

/* What stands in the design's arrays while they fill. */
struct declaring {
    struct setting *settings;
    struct study_count *counts;
    struct study_register *registers;
    struct open_point *open_points;
};

static bool make_declared(struct resolving *resolving, struct declaring *declaring,
                          struct error *err)
{
    struct design *design = resolving->design;
    size_t count = resolving->parts->parameters.count;
    declaring->settings = odm_array(resolving, count, sizeof *declaring->settings);
    declaring->counts = odm_array(resolving, count, sizeof *declaring->counts);
    declaring->registers = odm_array(resolving, count, sizeof *declaring->registers);
    declaring->open_points =
        odm_array(resolving, count, sizeof *declaring->open_points);
    if (declaring->settings == NULL || declaring->counts == NULL ||
        declaring->registers == NULL || declaring->open_points == NULL)
        return odm_no_room(err);
    design->settings = declaring->settings;
    design->counts = declaring->counts;
    design->registers = declaring->registers;
    design->open_points = declaring->open_points;
    return true;
}

static void declare(struct design *design, struct declaring *declaring,
                    enum declared kind, struct text name,
                    const struct odm_parameter *parameter)
{
    struct label label = {.english = parameter->term, .chinese = parameter->chinese};
    if (kind == DECLARED_SETTING)
        declaring->settings[design->setting_count++] =
            (struct setting){.name = name,
                             .label = label,
                             .value = parameter->value,
                             .basis = parameter->basis};
    else if (kind == DECLARED_COUNT)
        declaring->counts[design->count_count++] = (struct study_count){
            .name = name,
            .label = label,
            .rows = parameter->value,
            .is_over_others = text_equal(parameter->over, TEXT("others")),
            .key = parameter->key,
            .begins = parameter->begins,
            .ends = parameter->ends,
            .line = parameter->place.line};
    else if (kind == DECLARED_REGISTER)
        declaring->registers[design->register_count++] =
            (struct study_register){.name = name,
                                    .label = label,
                                    .fields = parameter->fields.things,
                                    .field_count = parameter->fields.count};
    else
        declaring->open_points[design->open_point_count++] =
            (struct open_point){.name = name,
                                .label = label,
                                .says = parameter->says,
                                .choice = parameter->choice,
                                .confirm = parameter->confirm,
                                .basis = parameter->basis,
                                .concerns = parameter->concerns.things,
                                .concern_count = parameter->concerns.count};
}

static bool resolve_declared(struct resolving *resolving, struct error *err)
{
    struct declaring declaring;
    if (!make_declared(resolving, &declaring, err))
        return false;
    const struct odm_list *parameters = &resolving->parts->parameters;
    for (size_t i = 0; i < parameters->count; i++) {
        const struct odm_parameter *parameter =
            ODM_LIST_AT(*parameters, struct odm_parameter, i);
        enum declared kind = DECLARED_SETTING;
        while (kind < DECLARED_KINDS &&
               !text_equal(parameter->short_name, declared_kinds[kind].short_name))
            kind++;
        if (kind < DECLARED_KINDS)
            declare(resolving->design, &declaring, kind,
                    declared_name(resolving, parameter, kind), parameter);
    }
    return true;
}

bool odm_resolve_rules(struct resolving *resolving, struct error *err)
{
    return resolve_checks(resolving, err) && resolve_timings(resolving, err) &&
           resolve_declared(resolving, err) && odm_resolve_alarms(resolving, err);
}
