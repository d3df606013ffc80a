#include "model/rulebook.h"

#include "model/alarm.h"
#include "model/setting_value.h"

static bool refuse(const struct rule_problem *problem, size_t count, struct error *err)
{
    const struct rule_source *rule = problem->rule;
    error_set(err, ERROR_REFUSED, "rule %.*s, line %zu: %.*s", TEXT_ARG(rule->oid),
              rule->line + problem->finding.line - 1,
              TEXT_ARG(problem->finding.sentence));
    return error_hint(err, "%zu findings: osteon study FILE check lists them", count);
}

static const struct study_check *check_of(const struct design *design, struct text oid)
{
    for (size_t i = 0; i < design->check_count; i++)
        if (text_equal(design->checks[i].oid, oid))
            return &design->checks[i];
    return NULL;
}

static void find_checks(struct rulebook *rulebook, struct arena *study)
{
    size_t count = rulebook->sources.rule_count;
    const struct study_check **checks =
        ARENA_ARRAY(study, const struct study_check *, count);
    for (size_t i = 0; i < count; i++)
        if (rulebook->sources.rules[i].kind == RULE_FIRES)
            checks[i] = check_of(rulebook->design, rulebook->sources.rules[i].oid);
    rulebook->checks = checks;
}

static const struct study_alarm *alarm_of(const struct design *design,
                                          const struct study_check *check)
{
    for (size_t i = 0; i < design->alarm_count; i++)
        if (alarm_step_find(&design->alarms[i], check->oid) != NULL)
            return &design->alarms[i];
    return NULL;
}

static void find_alarms(struct rulebook *rulebook, struct arena *study)
{
    size_t count = rulebook->sources.rule_count;
    const struct study_alarm **alarms =
        ARENA_ARRAY(study, const struct study_alarm *, count);
    for (size_t i = 0; i < count; i++)
        if (rulebook->checks[i] != NULL)
            alarms[i] = alarm_of(rulebook->design, rulebook->checks[i]);
    rulebook->alarms = alarms;
}

static void know(const struct rulebook *rulebook, struct datum *properties,
                 const char *root, const char *name, struct datum value)
{
    int32_t property = rulebook_property(rulebook, root, name);
    if (property >= 0)
        properties[property] = value;
}

static void know_site(const struct rulebook *rulebook, const struct site *site,
                      struct datum *properties)
{
    const struct design *design = rulebook->design;
    for (size_t i = 0; i < design->setting_count; i++) {
        int32_t property = dictionary_property_of(rulebook->dictionary, TEXT("setting"),
                                                  design->settings[i].name);
        properties[property] =
            setting_datum(&design->settings[i], site->offset_minutes);
    }
    know(rulebook, properties, "participant", "site", datum_text(site->code));
    know(rulebook, properties, "participant", "number", datum_of_kind(DATUM_SEALED));
    know(rulebook, properties, "participant", "screening", datum_of_kind(DATUM_SEALED));
    know(rulebook, properties, NULL, "planned", datum_truth(TRUTH_NO));
}

static void know_properties(struct rulebook *rulebook, struct arena *study)
{
    const struct design *design = rulebook->design;
    size_t count = (size_t)rulebook->dictionary->property_count;
    struct datum *properties =
        ARENA_ARRAY(study, struct datum, arena_product(design->site_count, count));
    for (size_t i = 0; i < design->site_count; i++)
        know_site(rulebook, &design->sites[i], properties + i * count);
    rulebook->properties = properties;
}

const struct datum *rulebook_properties(const struct rulebook *rulebook,
                                        struct text site)
{
    const struct design *design = rulebook->design;
    const struct site *known = design_site(design, site);
    size_t at = known == NULL ? 0 : (size_t)(known - design->sites);
    return rulebook->properties + at * (size_t)rulebook->dictionary->property_count;
}

bool rulebook_make(const struct design *design, struct arena *study,
                   const struct rulebook **out, struct error *err)
{
    struct rulebook *rulebook = ARENA_NEW(study, struct rulebook);
    struct rule_problems problems;
    rulebook->design = design;
    rulebook->sources = design_sources(design, study);
    *out = rulebook;
    if (rulebook->sources.rule_count == 0)
        return true;
    if (!design_dictionary(design, rulebook->sources.declared,
                           rulebook->sources.declared_count, study,
                           &rulebook->dictionary, err))
        return false;
    rulebook->set =
        design_rules(&rulebook->sources, rulebook->dictionary, study, &problems);
    if (rulebook->set == NULL)
        return refuse(&problems.kept[0], problems.count, err);
    find_checks(rulebook, study);
    find_alarms(rulebook, study);
    know_properties(rulebook, study);
    return count_rules_compile(design, rulebook->dictionary, rulebook->set, study,
                               &rulebook->counts, err) &&
           event_rules_compile(design, rulebook->dictionary, study, &rulebook->events,
                               err);
}

int32_t rulebook_form(const struct rulebook *rulebook, struct text oid)
{
    const struct form *form = design_form(rulebook->design, oid);
    return form == NULL ? -1 : (int32_t)(form - rulebook->design->forms);
}

int32_t rulebook_event(const struct rulebook *rulebook, struct text oid)
{
    const struct study_event *event = design_event(rulebook->design, oid);
    return event == NULL ? -1 : (int32_t)(event - rulebook->design->events);
}

int32_t rulebook_item(const struct rulebook *rulebook, int32_t form, struct text oid)
{
    return dictionary_oid_in(rulebook->dictionary, form, oid);
}

int32_t rulebook_property(const struct rulebook *rulebook, const char *root,
                          const char *name)
{
    return dictionary_property_of(rulebook->dictionary, text_of(root), text_of(name));
}
