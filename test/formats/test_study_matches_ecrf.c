/* The built-in study against its specification: every item of its forms, one by one. */
#include "support/design_text.h"
#include "support/ecrf.h"
#include "support/unit.h"

#include "base/limits.h"
#include "model/alarm.h"

#include <limits.h>

struct fixture {
    struct arena *study;
    const struct design *design;
    struct json_object *ecrf;
};

static int make(void **state)
{
    struct arena *study = arena_new(LIMIT_DESIGN_ARENA);
    struct fixture *f = ARENA_NEW(study, struct fixture);
    f->study = study;
    f->ecrf = ecrf_open();
    f->design = design_builtin(study);
    *state = f;
    return 0;
}

static int unmake(void **state)
{
    struct fixture *f = *state;
    json_object_put(f->ecrf);
    arena_free(f->study);
    return 0;
}

static struct json_object *at(struct json_object *array, size_t i)
{
    return json_object_array_get_idx(array, i);
}

static struct json_object *spec(struct fixture *f, const char *array, const char *oid)
{
    struct json_object *object = ecrf_by_oid(ecrf_member(f->ecrf, array), oid);
    if (object == NULL)
        fail_msg("ecrf.json has no %s", oid);
    return object;
}

/* Both texts, or both absent; an empty text in the specification is none. */
static void same(struct text actual, struct text expected, const char *oid,
                 const char *what)
{
    if (!text_equal(actual, expected))
        fail_msg("%s: %s is \"%.*s\", specified \"%.*s\"", oid, what, TEXT_ARG(actual),
                 TEXT_ARG(expected));
}

static void same_label(struct label label, struct json_object *object,
                       const char *english, const char *chinese, const char *oid)
{
    same(label.english, ecrf_text(object, english), oid, english);
    same(label.chinese, ecrf_text(object, chinese), oid, chinese);
}

/* What is said for people is said in both languages. */
static void same_languages(struct label label, const char *oid)
{
    if ((label.english.len > 0) != (label.chinese.len > 0))
        fail_msg("%s: a text stands in one language only", oid);
}

static bool is_yes(struct json_object *object, const char *key)
{
    return text_equal(ecrf_text(object, key), TEXT("Y"));
}

/* --- study, sites, events --------------------------------------------------------- */

static void names_the_study_its_sponsor_and_its_site(void **state)
{
    struct fixture *f = *state;
    struct json_object *meta = ecrf_member(f->ecrf, "meta");
    same(f->design->study_oid, ecrf_text(meta, "study"), "study", "OID");
    same(f->design->version, ecrf_text(meta, "version"), "study", "version");
    same(f->design->protocol.english, ecrf_text(meta, "org_study_id"), "study",
         "protocol");
    same_label(f->design->name, meta, "title_en", "title_zh", "study");
    same(f->design->sponsor.english, ecrf_text(meta, "sponsor"), "study", "sponsor");
    assert_int_equal(f->design->enrolment_target, 52);
    const struct site *site = design_site(f->design, TEXT("01"));
    assert_non_null(site);
    /* The derivations of DM.SUBJID and DM.SITEID. */
    ASSERT_TEXT(site->prefix, "H4");
    ASSERT_TEXT(site->name.english, "Shanxi Bethune Hospital");
    assert_int_equal(site->offset_minutes, 8 * 60);
    assert_int_equal(f->design->site_count, 1);
}

static struct json_object *all(struct fixture *f, const char *array)
{
    return ecrf_member(f->ecrf, array);
}

static void holds_every_event_in_order(void **state)
{
    struct fixture *f = *state;
    struct json_object *events = all(f, "events");
    assert_int_equal(json_object_array_length(events), 25);
    assert_int_equal(f->design->event_count, 25);
    for (size_t i = 0; i < f->design->event_count; i++) {
        const struct study_event *event = &f->design->events[i];
        struct json_object *object = at(events, i);
        const char *oid = ecrf_text(object, "oid").at;
        ASSERT_TEXT(event->oid, oid);
        same_label(event->label, object, "name_en", "name_zh", oid);
        same(event->kind, ecrf_text(object, "kind"), oid, "kind");
        same(event->target.english, ecrf_text(object, "target"), oid, "target");
        same(event->window.english, ecrf_text(object, "window"), oid, "window");
        same(event->basis, ecrf_text(object, "basis"), oid, "basis");
        same(event->note.english, ecrf_text(object, "note"), oid, "note");
        same_languages(event->note, oid);
        assert_true(event->target.chinese.len > 0 && event->window.chinese.len > 0);
        assert_int_equal(event->is_repeating, is_yes(object, "repeating"));
    }
}

/* Specification 4, in minutes from T0 (RM24: from removal). INT_MIN, INT_MAX: no limit. */
enum { HOUR = 60, DAY = 24 * 60 };
static const struct {
    const char *event, *form, *from;
    int target, low, high;
} schedule[] = {
    {"SE.SCR", NULL, "SE.T0", 0, INT_MIN, 0},
    {"SE.CONS", NULL, "SE.T0", DAY, 0, 3 * DAY},
    {"SE.BL", NULL, "SE.T0", -15, -60, 0},
    {"SE.BL", "F.LB", "SE.T0", -15, -6 * HOUR, 30},
    {"SE.M5", NULL, "SE.T0", 5, 3, 7},
    {"SE.M15", NULL, "SE.T0", 15, 10, 20},
    {"SE.M30", NULL, "SE.T0", 30, 25, 35},
    {"SE.H1", NULL, "SE.T0", 60, 50, 70},
    {"SE.H2", NULL, "SE.T0", 120, 105, 135},
    {"SE.H4", NULL, "SE.T0", 4 * HOUR, 4 * HOUR - 30, 4 * HOUR + 30},
    {"SE.H6", NULL, "SE.T0", 6 * HOUR, 6 * HOUR - 30, 6 * HOUR + 30},
    {"SE.H12", NULL, "SE.T0", 12 * HOUR, 11 * HOUR, 13 * HOUR},
    {"SE.H24", NULL, "SE.T0", 24 * HOUR, 22 * HOUR, 26 * HOUR},
    {"SE.H48", NULL, "SE.T0", 48 * HOUR, 44 * HOUR, 52 * HOUR},
    {"SE.H72", NULL, "SE.T0", 72 * HOUR, 66 * HOUR, 78 * HOUR},
    {"SE.H96", NULL, "SE.T0", 96 * HOUR, 90 * HOUR, 96 * HOUR},
    {"SE.RM24", NULL, "SE.REM", 24 * HOUR, 18 * HOUR, 30 * HOUR},
    {"SE.D7", NULL, "SE.T0", 7 * DAY, 6 * DAY, 8 * DAY},
    {"SE.D28", NULL, "SE.T0", 28 * DAY, 25 * DAY, 31 * DAY},
    {"SE.D90", NULL, "SE.T0", 90 * DAY, 83 * DAY, 97 * DAY},
    {"SE.EOS", NULL, "SE.T0", 90 * DAY, INT_MIN, 97 * DAY},
};

static void knows_when_each_event_is_due(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(f->design->timing_count, ARRAY_COUNT(schedule));
    for (size_t i = 0; i < ARRAY_COUNT(schedule); i++) {
        const struct study_event *event =
            design_event(f->design, text_of(schedule[i].event));
        const struct form *form =
            schedule[i].form == NULL
                ? NULL
                : design_form(f->design, text_of(schedule[i].form));
        const struct event_timing *timing = design_timing(f->design, event, form);
        assert_non_null(timing);
        assert_ptr_equal(timing->form, form);
        ASSERT_TEXT(timing->from->oid, schedule[i].from);
        assert_int_equal(timing->target, schedule[i].target * 60);
        assert_int_equal(timing->has_low, schedule[i].low != INT_MIN);
        assert_int_equal(timing->has_high, schedule[i].high != INT_MAX);
        if (timing->has_low)
            assert_int_equal(timing->low, schedule[i].low * 60);
        if (timing->has_high)
            assert_int_equal(timing->high, schedule[i].high * 60);
    }
    const struct study_event *base = design_event(f->design, TEXT("SE.BL"));
    const struct form *vitals = design_form(f->design, TEXT("F.VS"));
    assert_null(design_timing(f->design, base, vitals)->form);
}

/* --- forms ------------------------------------------------------------------------ */

static void check_key(const struct item *key, struct json_object *object,
                      const char *oid)
{
    struct text expected = ecrf_text(object, "repeat_key");
    same(key == NULL ? (struct text){0} : key->name, expected, oid, "repeat key");
}

/* "SCIO+SCDTM": two items together tell the copies of a form apart. */
static void check_keys(const struct form *form, struct json_object *object,
                       const char *oid)
{
    struct text rest = ecrf_text(object, "repeat_key");
    struct text first = text_cut(&rest, '+');
    same(form->repeat_key == NULL ? (struct text){0} : form->repeat_key->name, first,
         oid, "repeat key");
    same(form->second_key == NULL ? (struct text){0} : form->second_key->name, rest,
         oid, "second repeat key");
}

static void check_groups(const struct form *form, struct json_object *object)
{
    struct json_object *groups = ecrf_member(object, "item_groups");
    assert_int_equal(form->group_count, json_object_array_length(groups));
    for (size_t i = 0; i < form->group_count; i++) {
        const struct item_group *group = form->groups[i];
        struct json_object *expected = at(groups, i);
        struct json_object *items = ecrf_member(expected, "items");
        same(group->oid, ecrf_text(expected, "oid"), form->oid.at, "section");
        same_label(group->label, expected, "name_en", "name_zh", group->oid.at);
        assert_int_equal(group->is_repeating, is_yes(expected, "repeating"));
        check_key(group->repeat_key, expected, group->oid.at);
        assert_int_equal(group->item_count, json_object_array_length(items));
        for (size_t k = 0; k < group->item_count; k++)
            ASSERT_TEXT(group->items[k]->oid, json_object_get_string(at(items, k)));
    }
}

static void holds_its_forms_with_every_section_and_item_in_order(void **state)
{
    struct fixture *f = *state;
    struct json_object *forms = all(f, "forms");
    assert_int_equal(json_object_array_length(forms), 25);
    assert_int_equal(f->design->form_count, 25);
    for (size_t i = 0; i < f->design->form_count; i++) {
        struct json_object *object = at(forms, i);
        const char *oid = ecrf_text(object, "oid").at;
        const struct form *form = &f->design->forms[i];
        ASSERT_TEXT(form->oid, oid);
        same_label(form->label, object, "name_en", "name_zh", oid);
        same(form->note.english, ecrf_text(object, "note"), oid, "note");
        same_languages(form->note, oid);
        same(form->entered_by, ecrf_text(object, "entered_by"), oid, "entered by");
        same(form->basis, ecrf_text(object, "basis"), oid, "basis");
        assert_int_equal(text_equal(form->signature, TEXT("PI")),
                         is_yes(object, "pi_signature"));
        assert_int_equal(form->is_repeating, is_yes(object, "repeating"));
        check_keys(form, object, oid);
        check_groups(form, object);
        struct json_object *events = ecrf_member(object, "events");
        for (size_t k = 0; k < json_object_array_length(events); k++) {
            const char *event = json_object_get_string(at(events, k));
            assert_true(event_has_form(design_event(f->design, text_of(event)), form));
        }
    }
}

static void puts_no_form_into_an_event_where_it_does_not_belong(void **state)
{
    struct fixture *f = *state;
    size_t expected = 0;
    size_t found = 0;
    struct json_object *forms = all(f, "forms");
    for (size_t i = 0; i < json_object_array_length(forms); i++)
        expected += json_object_array_length(ecrf_member(at(forms, i), "events"));
    for (size_t i = 0; i < f->design->event_count; i++)
        found += f->design->events[i].form_count;
    assert_int_equal(found, expected);
}

/* --- items ------------------------------------------------------------------------ */

static enum item_type expected_type(struct json_object *object)
{
    static const struct {
        const char *name;
        enum item_type type;
    } types[] = {
        {"integer", ITEM_INTEGER},
        {"decimal", ITEM_DECIMAL},
        {"text", ITEM_TEXT},
        {"coded", ITEM_CODED},
        {"date", ITEM_DATE},
        {"datetime", ITEM_DATETIME},
        {"partialDate", ITEM_PARTIAL_DATE},
        {"partialDateTime", ITEM_PARTIAL_DATETIME},
    };
    for (size_t i = 0; i < ARRAY_COUNT(types); i++)
        if (text_equal(ecrf_text(object, "type"), text_of(types[i].name)))
            return types[i].type;
    fail_msg("a type that the specification did not have");
    return ITEM_TEXT;
}

static enum item_requirement expected_requirement(struct json_object *object)
{
    switch (ecrf_text(object, "required").at[0]) {
    case 'R': return ITEM_REQUIRED;
    case 'C': return ITEM_CONDITIONAL;
    case 'D': return ITEM_DERIVED;
    default: return ITEM_OPTIONAL;
    }
}

static enum second_check expected_second_check(struct json_object *object)
{
    struct text check = ecrf_text(object, "second_check");
    if (text_equal(check, TEXT("person")))
        return SECOND_CHECK_PERSON;
    if (text_equal(check, TEXT("repeat")))
        return SECOND_CHECK_REPEAT;
    return text_equal(check, TEXT("person_or_repeat")) ? SECOND_CHECK_EITHER
                                                       : SECOND_CHECK_NONE;
}

static void check_bound(bool has, struct decimal actual, struct json_object *bound,
                        const char *oid)
{
    if (!has && bound == NULL)
        return;
    struct decimal expected;
    size_t fault;
    assert_true(has && bound != NULL);
    assert_int_equal(
        decimal_parse(text_of(json_object_to_json_string(bound)), &expected, &fault),
        DECIMAL_OK);
    if (decimal_compare(actual, expected) != 0)
        fail_msg("%s: a limit is not %s", oid, json_object_to_json_string(bound));
}

static void check_range(const struct range *range, struct json_object *object,
                        const char *key, const char *oid)
{
    struct json_object *bounds = NULL;
    bool has = json_object_object_get_ex(object, key, &bounds);
    check_bound(range->has_low, range->low, has ? at(bounds, 0) : NULL, oid);
    check_bound(range->has_high, range->high, has ? at(bounds, 1) : NULL, oid);
}

static void check_codelist(struct fixture *f, const struct item *item,
                           struct json_object *object)
{
    struct text oid = ecrf_text(object, "codelist");
    if (text_is_absent(oid)) {
        assert_null(item->codelist);
        return;
    }
    assert_non_null(item->codelist);
    same(item->codelist->oid, oid, item->oid.at, "code list");
    struct json_object *list = spec(f, "codelists", oid.at);
    struct json_object *codes = ecrf_member(list, "items");
    same_label(item->codelist->label, list, "name_en", "name_zh", oid.at);
    assert_int_equal(item->codelist->code_count, json_object_array_length(codes));
    for (size_t i = 0; i < item->codelist->code_count; i++) {
        const struct code *code = &item->codelist->codes[i];
        same(code->code, ecrf_text(at(codes, i), "code"), oid.at, "code");
        same_label(code->label, at(codes, i), "en", "zh", oid.at);
    }
}

static void check_condition(const struct item *item, struct json_object *object)
{
    struct text words = ecrf_text(object, "show_if");
    assert_int_equal(item->has_condition, !text_is_absent(words));
    if (text_is_absent(words)) {
        assert_true(text_is_absent(item->condition));
        return;
    }
    /* ODM names the exception: when the item is left out. */
    struct text start = TEXT("Left out unless ");
    assert_true(text_starts_with(item->condition, start));
    same(text_part(item->condition, start.len, item->condition.len), words,
         item->oid.at, "condition");
}

/* "Filled in by the system", and no word how: the timepoint is the event of the form, so it
 * is derived. The check of a needle that is in has none of the list. */
static bool is_derived_beyond(const struct item *item)
{
    static const char *const oids[] = {"I.VS.VSTPT", "I.LB.LBTPT", "I.SC.SCTPT"};
    for (size_t i = 0; i < ARRAY_COUNT(oids); i++)
        if (text_equal(item->oid, text_of(oids[i])))
            return true;
    return false;
}

static void check_derivation(const struct item *item, struct json_object *object)
{
    const char *oid = item->oid.at;
    struct text words = ecrf_text(object, "derivation");
    enum item_requirement wanted = expected_requirement(object);
    if (is_derived_beyond(item)) {
        assert_int_equal(words.len, 0);
        assert_int_equal(wanted, ITEM_REQUIRED);
        words = TEXT("the event at which the form stands");
        wanted = ITEM_DERIVED;
    }
    same(item->derivation.english, words, oid, "derivation");
    if (item->requirement != wanted)
        fail_msg("%s is %s", oid, item_requirement_name(item->requirement));
}

/* The map of laboratory results: in the order of the specification, each factor exactly. */
static void check_accepted(const struct item *item, struct json_object *map)
{
    size_t seen = 0;
    for (size_t i = 0; i < json_object_array_length(map); i++) {
        struct json_object *row = json_object_array_get_idx(map, i);
        if (!text_equal(ecrf_text(row, "item"), item->oid))
            continue;
        same(item->loinc, ecrf_text(row, "loinc"), item->oid.at,
             "LOINC of its results");
        json_object_object_foreach(ecrf_member(row, "accepted_units"), unit, factor)
        {
            struct decimal expected;
            assert_true(seen < item->accepted_count);
            ASSERT_TEXT(item->accepted[seen].unit, unit);
            assert_int_equal(
                decimal_parse(text_of(json_object_get_string(factor)), &expected, NULL),
                DECIMAL_OK);
            assert_int_equal(decimal_compare(item->accepted[seen].factor, expected), 0);
            seen++;
        }
    }
    assert_int_equal(item->accepted_count, seen);
}

static void check_item(struct fixture *f, const struct item *item,
                       struct json_object *object)
{
    const char *oid = item->oid.at;
    same(item->name, ecrf_text(object, "name"), oid, "name");
    same_label(item->label, object, "label_en", "label_zh", oid);
    same(item->note.english, ecrf_text(object, "note"), oid, "note");
    same_languages(item->note, oid);
    same(item->source, ecrf_text(object, "source"), oid, "source");
    same(item->basis, ecrf_text(object, "basis"), oid, "basis");
    same(item->unit, ecrf_text(object, "unit_ucum"), oid, "unit");
    same(item->loinc, ecrf_text(object, "loinc"), oid, "LOINC");
    check_derivation(item, object);
    check_accepted(item, ecrf_member(f->ecrf, "lab_map"));
    if (item->type != expected_type(object))
        fail_msg("%s is %s", oid, item_type_name(item->type));
    assert_int_equal(item->second_check, expected_second_check(object));
    assert_int_equal(item->is_system,
                     text_equal(ecrf_text(object, "source"), TEXT("system")));
    struct json_object *member = NULL;
    bool is_multiple = json_object_object_get_ex(object, "multiple", &member) &&
                       json_object_get_boolean(member);
    assert_int_equal(item->is_multiple, is_multiple);
    bool has_decimals = json_object_object_get_ex(object, "decimals", &member);
    assert_int_equal(item->decimals, has_decimals ? json_object_get_int(member) : -1);
    assert_int_equal(item->is_identity, text_starts_with(ecrf_text(object, "privacy"),
                                                         TEXT("identifier")));
    check_range(&item->hard, object, "hard_range", oid);
    check_range(&item->soft, object, "soft_range", oid);
    check_codelist(f, item, object);
    check_condition(item, object);
}

static void agrees_with_the_specification_item_by_item(void **state)
{
    struct fixture *f = *state;
    struct json_object *items = ecrf_member(f->ecrf, "items");
    size_t count = 0;
    for (size_t i = 0; i < json_object_array_length(items); i++) {
        struct json_object *object = at(items, i);
        const struct item *item = design_item(f->design, ecrf_text(object, "oid"));
        if (item == NULL)
            fail_msg("%s is not in study.xml", ecrf_text(object, "oid").at);
        check_item(f, item, object);
        count++;
    }
    /* All of specification 3, and none beside them. */
    assert_int_equal(count, 416);
    assert_int_equal(f->design->item_count, count);
}

/* --- rules ------------------------------------------------------------------------ */

static enum check_severity expected_severity(struct json_object *object)
{
    struct text severity = ecrf_text(object, "severity");
    if (text_equal(severity, TEXT("hard")))
        return CHECK_HARD;
    return text_equal(severity, TEXT("alarm")) ? CHECK_ALARM : CHECK_SOFT;
}

/* "feed", "workflow" → "feed workflow" */
static void same_needs(const struct study_check *check, struct json_object *needs)
{
    struct text rest = check->needs;
    for (size_t i = 0; i < json_object_array_length(needs); i++)
        same(text_cut(&rest, ' '), text_of(json_object_get_string(at(needs, i))),
             check->oid.at, "needs");
    assert_true(text_is_absent(rest));
}

static bool needs_planned(struct json_object *needs)
{
    for (size_t i = 0; i < json_object_array_length(needs); i++)
        if (text_equal(text_of(json_object_get_string(at(needs, i))), TEXT("planned")))
            return true;
    return false;
}

static void check_forms(struct fixture *f, const struct study_check *check,
                        struct json_object *forms)
{
    const char *first = json_object_get_string(at(forms, 0));
    if (text_equal(text_of(first), TEXT("F.all"))) {
        assert_int_equal(check->form_count, f->design->form_count);
        return;
    }
    assert_int_equal(check->form_count, json_object_array_length(forms));
    for (size_t i = 0; i < check->form_count; i++)
        same(check->forms[i]->oid, text_of(json_object_get_string(at(forms, i))),
             check->oid.at, "form");
}

static void holds_every_check_as_an_expression(void **state)
{
    struct fixture *f = *state;
    struct json_object *checks = all(f, "checks");
    assert_int_equal(json_object_array_length(checks), 122);
    for (size_t i = 0; i < 122; i++) {
        const struct study_check *check = &f->design->checks[i];
        struct json_object *object = at(checks, i);
        const char *oid = ecrf_text(object, "id").at;
        ASSERT_TEXT(check->oid, oid);
        same_label(check->message, object, "message_en", "message_zh", oid);
        same(check->words, ecrf_text(object, "when"), oid, "words");
        same(check->basis, ecrf_text(object, "basis"), oid, "basis");
        assert_int_equal(check->severity, expected_severity(object));
        struct json_object *needs = ecrf_member(object, "needs");
        same_needs(check, needs);
        assert_int_equal(check->is_planned, needs_planned(needs));
        check_forms(f, check, ecrf_member(object, "forms"));
        assert_true(check->fires.code.len > 0);
        assert_non_null(check->item);
    }
}

/* Behind the checks stand those that only raise a step of an alarm. */
static void holds_no_check_beside_but_of_alarms(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 122; i < f->design->check_count; i++) {
        const struct study_check *check = &f->design->checks[i];
        const struct study_alarm *alarm =
            alarm_find(f->design, text_part(check->oid, 0, 4));
        assert_non_null(alarm);
        assert_non_null(alarm_step_find(alarm, check->oid));
        assert_int_equal(check->severity, CHECK_ALARM);
        assert_true(check->message.chinese.len > 0);
    }
}

/* "amber/red", "red until removed or justified": every level of the table is a step, and
 * none beside them. AL08 says critical of both moments. */
static void check_levels(const struct study_alarm *alarm, struct text level)
{
    for (enum alarm_level one = ALARM_INFO; one <= ALARM_CRITICAL; one++) {
        bool is_step = false;
        struct text rest = level, words;
        bool is_said = false;
        for (size_t i = 0; i < alarm->step_count; i++)
            is_step = is_step || alarm->steps[i].level == one;
        while (!text_is_absent(rest)) {
            words = text_cut(&rest, ' ');
            while (!text_is_absent(words)) {
                struct text word = text_cut(&words, '/');
                while (word.len > 0 && word.at[word.len - 1] == ';')
                    word.len--;
                is_said = is_said || text_equal(word, alarm_level_name(one));
            }
        }
        if (is_step != is_said)
            fail_msg("%s: level %s", alarm->oid.at, alarm_level_name(one).at);
    }
}

/* The audience of the table and, by specification 8.1, the roles that it means: nurse RN,
 * physician or investigator INV and PI, bedside OPR, RN, INV and PI, data manager DM;
 * surgeon, imaging and sponsor's office are told. */
static void check_audience(struct fixture *f, const struct study_alarm *alarm,
                           struct text audience)
{
    static const struct {
        const char *words, *roles;
    } meanings[] = {{"bedside screen", "PI INV OPR RN"},
                    {"bedside; suggest other site or access", "PI INV OPR RN"},
                    {"bedside, before puncture", "PI INV OPR RN"},
                    {"nurse, CRC", "RN CRC"},
                    {"nurse, physician, PI", "PI INV RN"},
                    {"physician", "PI INV"},
                    {"PI", "PI"},
                    {"PI, sponsor office", "PI"},
                    {"nurse", "RN"},
                    {"nurse, physician, surgeon on call", "PI INV RN"},
                    {"nurse, physician", "PI INV RN"},
                    {"investigator, PI", "PI INV"},
                    {"physician, imaging", "PI INV"},
                    {"investigator", "PI INV"},
                    {"data manager", "DM"}};
    for (size_t i = 0; i < ARRAY_COUNT(meanings); i++)
        if (text_equal(audience, text_of(meanings[i].words))) {
            same(alarm_roles_text(alarm->audience, f->study),
                 text_of(meanings[i].roles), alarm->oid.at, "audience");
            return;
        }
    fail_msg("%s: who is \"%s\"?", alarm->oid.at, audience.at);
}

static void holds_every_alarm_with_its_levels_and_audience(void **state)
{
    struct fixture *f = *state;
    struct json_object *alarms = all(f, "alarms");
    assert_int_equal(json_object_array_length(alarms), 20);
    assert_int_equal(f->design->alarm_count, 20);
    for (size_t i = 0; i < 20; i++) {
        const struct study_alarm *alarm = &f->design->alarms[i];
        struct json_object *object = at(alarms, i);
        ASSERT_TEXT(alarm->oid, ecrf_text(object, "id").at);
        same(alarm->label.english, ecrf_text(object, "name"), alarm->oid.at, "name");
        same(alarm->basis, ecrf_text(object, "basis"), alarm->oid.at, "basis");
        assert_true(alarm->label.chinese.len > 0);
        check_levels(alarm, ecrf_text(object, "level"));
        check_audience(f, alarm, ecrf_text(object, "audience"));
    }
}

static void says_every_derivation_and_condition_as_an_expression(void **state)
{
    struct fixture *f = *state;
    size_t derived = 0;
    size_t conditional = 0;
    for (size_t i = 0; i < f->design->item_count; i++) {
        const struct item *item = &f->design->items[i];
        derived += item->derives.code.len > 0;
        conditional += item->shows.code.len > 0;
        if ((item->derives.code.len > 0) != (item->derivation.english.len > 0) ||
            (item->shows.code.len > 0) != item->has_condition)
            fail_msg("%s: words without an expression", item->oid.at);
    }
    /* jq '[.items[]|select(.derivation)]|length', and .show_if; and the timepoints */
    assert_int_equal(derived, 76 + 3);
    assert_int_equal(conditional, 42);
}

static void keeps_the_date_of_birth_in_the_vault_and_nothing_else(void **state)
{
    struct fixture *f = *state;
    size_t count = 0;
    for (size_t i = 0; i < f->design->item_count; i++)
        count += f->design->items[i].is_identity;
    assert_int_equal(count, 1);
    assert_true(design_item(f->design, TEXT("I.SCR.BRTHDT"))->is_identity);
}

static void holds_every_code_list_and_none_that_no_item_uses(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(f->design->codelist_count, 69);
    for (size_t i = 0; i < f->design->codelist_count; i++) {
        const struct codelist *list = &f->design->codelists[i];
        same(list->basis, ecrf_text(spec(f, "codelists", list->oid.at), "basis"),
             list->oid.at, "basis");
        bool is_used = false;
        for (size_t k = 0; k < f->design->item_count; k++)
            is_used |= f->design->items[k].codelist == &f->design->codelists[i];
        assert_true(is_used);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_study_its_sponsor_and_its_site),
        cmocka_unit_test(holds_every_event_in_order),
        cmocka_unit_test(knows_when_each_event_is_due),
        cmocka_unit_test(holds_its_forms_with_every_section_and_item_in_order),
        cmocka_unit_test(puts_no_form_into_an_event_where_it_does_not_belong),
        cmocka_unit_test(agrees_with_the_specification_item_by_item),
        cmocka_unit_test(holds_every_check_as_an_expression),
        cmocka_unit_test(holds_no_check_beside_but_of_alarms),
        cmocka_unit_test(holds_every_alarm_with_its_levels_and_audience),
        cmocka_unit_test(says_every_derivation_and_condition_as_an_expression),
        cmocka_unit_test(keeps_the_date_of_birth_in_the_vault_and_nothing_else),
        cmocka_unit_test(holds_every_code_list_and_none_that_no_item_uses),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
