/* Alarms: StudyParameters of ShortName ALARM, whose steps name checks of the design. */
#include "formats/odm_design_resolve.h"
#include "model/alarm.h"

static void find_wrong(struct resolving *resolving,
                       const struct odm_parameter *parameter, const char *what,
                       struct text written, const char *hint)
{
    odm_finding_add(resolving->parts, parameter->place, hint,
                    "%.*s: %s cannot be \"%.*s\"", SHOWN(parameter->oid), what,
                    SHOWN(written));
}

static const struct study_check *check_named(const struct design *design,
                                             struct text oid)
{
    for (size_t i = 0; i < design->check_count; i++)
        if (text_equal(design->checks[i].oid, oid))
            return &design->checks[i];
    return NULL;
}

static enum alarm_cause cause_named(struct text name)
{
    static const struct text names[] = {[ALARM_BY_CHECK] = TEXT_INIT(""),
#define X(name, code, english, chinese) [ALARM_BY_##name] = TEXT_INIT(code),
                                        ALARM_STUDY_CAUSE_TABLE(X)
#undef X
    };
    for (size_t i = ALARM_BY_CHECK + 1; i < ARRAY_COUNT(names); i++)
        if (text_equal(names[i], name))
            return (enum alarm_cause)i;
    return ALARM_BY_CHECK;
}

/* "amber CK102" */
static void resolve_step(struct resolving *resolving,
                         const struct odm_parameter *parameter, struct text written,
                         struct study_alarm *alarm, struct alarm_step *steps)
{
    struct text rest = written;
    enum alarm_level level;
    if (!alarm_level_parse(text_cut(&rest, ' '), &level)) {
        find_wrong(resolving, parameter, "alarm-step", written,
                   "info, amber, red or critical, then a check: amber CK102");
        return;
    }
    struct alarm_step step = {
        .oid = text_trim(rest), .level = level, .cause = cause_named(text_trim(rest))};
    step.check = check_named(resolving->design, step.oid);
    if (step.check == NULL && step.cause == ALARM_BY_CHECK) {
        find_wrong(resolving, parameter, "alarm-step", written,
                   "there is no such check");
        return;
    }
    steps[alarm->step_count++] = step;
}

/* "10 min INV PI" */
static void resolve_escalation(struct resolving *resolving,
                               const struct odm_parameter *parameter,
                               struct study_alarm *alarm)
{
    struct text rest = parameter->escalates;
    struct text wrong = {0};
    if (text_is_absent(rest))
        return;
    struct text number = text_cut(&rest, ' ');
    struct text unit = text_cut(&rest, ' ');
    struct text delay = {.at = number.at, .len = number.len + 1 + unit.len};
    if (text_is_absent(unit) || text_is_absent(rest) ||
        !alarm_duration_parse(delay, &alarm->escalates_after) ||
        !alarm_roles_parse(rest, &alarm->escalates_to, &wrong))
        find_wrong(resolving, parameter, "alarm-escalates", parameter->escalates,
                   "a time, then roles: 10 min INV PI");
}

static bool resolve_alarm(struct resolving *resolving,
                          const struct odm_parameter *parameter,
                          struct study_alarm *alarm, struct error *err)
{
    static const struct text prefix = TEXT_INIT("SP.ALARM.");
    struct text wrong = {0};
    struct alarm_step *steps =
        odm_array(resolving, parameter->steps.count, sizeof *steps);
    if (steps == NULL)
        return odm_no_room(err);
    *alarm = (struct study_alarm){
        .label = {.english = parameter->term, .chinese = parameter->chinese},
        .told = parameter->told,
        .steps = steps,
        .basis = parameter->basis,
        .oid = parameter->oid};
    if (text_starts_with(parameter->oid, prefix))
        alarm->oid =
            text_part(parameter->oid, prefix.len, parameter->oid.len - prefix.len);
    else
        find_wrong(resolving, parameter, "its OID", parameter->oid, "SP.ALARM.NAME");
    for (size_t i = 0; i < parameter->steps.count; i++)
        resolve_step(resolving, parameter,
                     *ODM_LIST_AT(parameter->steps, struct text, i), alarm, steps);
    if (!alarm_roles_parse(parameter->value, &alarm->audience, &wrong) ||
        alarm->audience == 0)
        find_wrong(resolving, parameter, "its Value", parameter->value,
                   "the roles that acknowledge: RN INV PI");
    resolve_escalation(resolving, parameter, alarm);
    if (!text_is_absent(parameter->repeats) &&
        !alarm_duration_parse(parameter->repeats, &alarm->repeats_after))
        find_wrong(resolving, parameter, "alarm-repeats", parameter->repeats,
                   "a time: 12 h");
    return true;
}

bool odm_resolve_alarms(struct resolving *resolving, struct error *err)
{
    const struct odm_list *parameters = &resolving->parts->parameters;
    struct study_alarm *alarms =
        odm_array(resolving, parameters->count, sizeof *alarms);
    if (alarms == NULL)
        return odm_no_room(err);
    resolving->design->alarms = alarms;
    for (size_t i = 0; i < parameters->count; i++) {
        const struct odm_parameter *parameter =
            ODM_LIST_AT(*parameters, struct odm_parameter, i);
        if (text_equal(parameter->short_name, TEXT("ALARM")) &&
            !resolve_alarm(resolving, parameter,
                           &alarms[resolving->design->alarm_count++], err))
            return false;
    }
    return true;
}
