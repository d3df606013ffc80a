#include "support/rule_person.h"

#include "support/unit.h"

#include <string.h>

static bool is_here(const struct person_answer *answer, int64_t instance,
                    struct rule_place place)
{
    return answer->instance == instance && answer->row == place.row &&
           text_equal(text_of(answer->form), place.form) &&
           text_equal(text_of(answer->item), place.item);
}

static struct rule_value person_value(void *data, int64_t instance,
                                      struct rule_place place)
{
    const struct person *person = data;
    if (instance == -1)
        instance = person->under_evaluation;
    for (size_t i = person->count; i-- > 0;)
        if (is_here(&person->answers[i], instance, place))
            return person->answers[i].value;
    return (struct rule_value){.state = RULE_VALUE_NONE};
}

static int64_t person_rows(void *data, struct text form, struct text group)
{
    const struct person *person = data;
    bool is_sites =
        text_equal(form, TEXT("F.SCR")) && text_equal(group, TEXT("IG.SCR3"));
    return is_sites ? person->site_rows : 0;
}

static int64_t person_instances(void *data, struct text form)
{
    const struct person *person = data;
    if (text_equal(form, TEXT("F.ICF")))
        return person->consents;
    if (text_equal(form, TEXT("F.IO")))
        return person->insertions;
    return text_equal(form, TEXT("F.SCR")) ? person->screenings : 0;
}

void person_start(struct person *person, struct arena *arena)
{
    *person = (struct person){.arena = arena, .screenings = 1};
    person->world = (struct rule_world){.value = person_value,
                                        .rows = person_rows,
                                        .instances = person_instances,
                                        .data = person,
                                        .offset_minutes = 480};
}

void person_put_row(struct person *person, int64_t instance, const char *item,
                    int64_t row, const char *value)
{
    static const char *const forms[][2] = {{"I.SCR.", "F.SCR"},
                                           {"I.ICF.", "F.ICF"},
                                           {"I.DM.", "F.DM"},
                                           {"I.FU.", "F.FU"},
                                           {"I.IO.", "F.IO"}};
    size_t form = 0;
    while (strncmp(item, forms[form][0], strlen(forms[form][0])) != 0)
        form++;
    assert_true(person->count < PERSON_ANSWERS);
    person->answers[person->count++] = (struct person_answer){
        .instance = instance,
        .form = forms[form][1],
        .item = item,
        .row = row,
        .value = {.state = RULE_VALUE_GIVEN, .value = text_of(value)}};
}

void person_put(struct person *person, const char *item, const char *value)
{
    person_put_row(person, 0, item, 0, value);
}

/* The last answer put becomes one without a value. */
void person_make(struct person *person, enum rule_value_state state)
{
    person->answers[person->count - 1].value =
        (struct rule_value){.state = state, .value = TEXT("Y")};
}

struct rule_results person_run(struct person *person, const char *form)
{
    struct rule_results results;
    rules_run_form(&person->world, text_of(form), person->arena, &results);
    return results;
}

bool person_has_finding(struct rule_results results, const char *check)
{
    for (size_t i = 0; i < results.finding_count; i++)
        if (text_equal(results.findings[i].check, text_of(check)))
            return true;
    return false;
}

bool person_is_hidden(struct rule_results results, const char *item)
{
    for (size_t i = 0; i < results.hidden_count; i++)
        if (text_equal(results.hidden[i].item, text_of(item)))
            return true;
    return false;
}

const char *const person_exclusions[6] = {"I.SCR.EXC1", "I.SCR.EXC2", "I.SCR.EXC3",
                                          "I.SCR.EXC4", "I.SCR.EXC5", "I.SCR.EXC6"};

void person_put_site(struct person *person, int64_t row, const char *answer)
{
    for (size_t i = 0; i < ARRAY_COUNT(person_exclusions); i++)
        person_put_row(person, 0, person_exclusions[i], row, answer);
}

void person_put_eligible(struct person *person)
{
    person_put(person, "I.SCR.SCRDTM", "2026-11-22T08:00");
    person_put(person, "I.SCR.BRTHDT", "1980-01-01");
    person_put(person, "I.SCR.HVOL", "N");
    person_put(person, "I.SCR.INC2", "2 5");
    person_put(person, "I.SCR.HEMANY", "Y");
    person_put(person, "I.SCR.CRITIC", "Y");
    person->site_rows = 1;
    person_put_site(person, 1, "N");
}
