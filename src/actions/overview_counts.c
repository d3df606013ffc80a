/* The overview's counts: screening, enrolment, completeness, and what needs attention. */
#include "actions/overview_parts.h"
#include "actions/study_items.h"

#include <stdlib.h>

bool facts_are_of_enrolled(const struct facts *facts)
{
    return participant_is_enrolled(&facts->participant);
}

/* --- screening ------------------------------------------------------------------------ */

static void count_screened(const struct facts *facts, struct overview_screening *out)
{
    out->screened++;
    out->eligible += facts->eligible == FACT_YES;
    out->not_eligible += facts->eligible == FACT_NO;
    out->undecided += facts->eligible == FACT_MISSING;
    out->consented += facts->is_consented;
    out->deferred += facts->is_deferred;
    out->missed += text_equal(facts->outcome, TEXT("MISS"));
    out->declined += text_equal(facts->outcome, TEXT("REF"));
    out->no_need += text_equal(facts->outcome, TEXT("NOIO"));
    out->died += text_equal(facts->outcome, TEXT("DIED"));
}

static void count_enrolled(const struct facts *facts, int64_t now,
                           struct overview_screening *out)
{
    int64_t day28 = facts->enrolled + 28 * OVERVIEW_DAY;
    bool is_known = facts->died != 0 || facts->last_alive >= day28;
    out->enrolled++;
    out->placed += facts->is_placed;
    out->failed += facts->has_puncture && !facts->is_placed;
    out->known += is_known;
    out->not_yet += !is_known && now < day28;
    out->unknown += !is_known && now >= day28;
}

/* --- completeness --------------------------------------------------------------------- */

static void add_cells(const struct overview_input *input, struct overview *out)
{
    const struct design *design = input->design;
    size_t most = design->event_count * design->form_count;
    struct overview_cell *all = ARENA_ARRAY(input->arena, struct overview_cell, most);
    for (size_t i = 0; i < input->count; i++)
        for (size_t k = 0; k < input->facts[i]->cell_count; k++) {
            const struct overview_cell *cell = &input->facts[i]->cells[k];
            size_t event = (size_t)(cell->event - design->events);
            size_t form = (size_t)(cell->form - design->forms);
            struct overview_cell *sum = &all[event * design->form_count + form];
            sum->event = cell->event;
            sum->form = cell->form;
            sum->forms += cell->forms;
            sum->answered += cell->answered;
            sum->expected += cell->expected;
        }
    for (size_t i = 0; i < most; i++)
        if (all[i].forms > 0)
            all[out->cell_count++] = all[i];
    out->cells = all;
}

void overview_count(const struct overview_input *input, struct overview *out)
{
    out->has_insertions = design_form(input->design, FORM_INSERTION) != NULL;
    for (size_t i = 0; i < input->count; i++) {
        const struct facts *facts = input->facts[i];
        if (facts->participant.screening_number.len > 0 &&
            facts->participant.state != PARTICIPANT_ERASED)
            count_screened(facts, &out->screening);
        if (facts_are_of_enrolled(facts))
            count_enrolled(facts, out->now, &out->screening);
    }
    add_cells(input, out);
}

/* --- attention ------------------------------------------------------------------------ */

static struct overview_person person_of(const struct overview_input *input,
                                        const struct facts *facts, int64_t at)
{
    const struct participant *p = &facts->participant;
    struct overview_person person = {.at = at};
    bool is_assigned = caller_is_assigned(input->caller, p->id);
    if (!caller_may(input->caller, PERMISSION_VIEW_CASEBOOK, p->site, is_assigned))
        return person;
    struct text number = p->subject_number;
    if (number.len == 0)
        number =
            p->screening_number.len > 0 ? p->screening_number : p->provisional_number;
    person.id = p->id;
    person.number = text_copy(input->arena, number);
    if (p->bed.len > 0)
        person.bed = text_copy(input->arena, p->bed);
    return person;
}

/* The earliest come first; the rest is only counted. */
static void name_one(struct overview_attention *need, struct overview_person person)
{
    size_t at = need->named_count;
    while (at > 0 && need->named[at - 1].at > person.at)
        at--;
    if (at == OVERVIEW_NAMED)
        return;
    need->named_count += need->named_count < OVERVIEW_NAMED;
    for (size_t i = need->named_count - 1; i > at; i--)
        need->named[i] = need->named[i - 1];
    need->named[at] = person;
}

static void need_one(const struct overview_input *input, const struct facts *facts,
                     struct overview_attention *need, size_t count, int64_t at)
{
    if (count == 0)
        return;
    need->count += count;
    need->participants++;
    name_one(need, person_of(input, facts, at));
}

static void attend_needles(const struct overview_input *input,
                           const struct facts *facts, struct overview *out)
{
    for (size_t i = 0; i < facts->needle_count; i++) {
        const struct fact_needle *needle = &facts->needles[i];
        int64_t dwell = out->now - needle->since;
        enum overview_need need = NEED_COUNT;
        if (dwell >= NEEDLE_LIMIT_HOURS * OVERVIEW_HOUR)
            need = NEED_OUT;
        else if (dwell >= NEEDLE_TARGET_HOURS * OVERVIEW_HOUR)
            need = needle->is_justified ? NEED_COUNT : NEED_JUSTIFY;
        else if (dwell >= NEEDLE_NEAR_HOURS * OVERVIEW_HOUR)
            need = NEED_DECIDE;
        if (need != NEED_COUNT)
            need_one(input, facts, &out->attention[need], 1, needle->since);
    }
}

static void attend_reports(const struct overview_input *input,
                           const struct facts *facts, struct overview *out)
{
    size_t count[2] = {0};
    int64_t first[2] = {INT64_MAX, INT64_MAX};
    for (size_t i = 0; i < facts->reports_due_count; i++) {
        bool is_late = facts->reports_due[i] <= out->now;
        count[is_late]++;
        if (facts->reports_due[i] < first[is_late])
            first[is_late] = facts->reports_due[i];
    }
    need_one(input, facts, &out->attention[NEED_SAFETY], count[0], first[0]);
    need_one(input, facts, &out->attention[NEED_SAFETY_LATE], count[1], first[1]);
}

static enum overview_need need_of_due(const struct fact_due *due, int64_t now)
{
    switch (due_state_of(&due->due, &due->forms, now)) {
    case DUE_OVERDUE: return NEED_OVERDUE;
    case DUE_MISSED: return NEED_MISSED;
    case DUE_OPEN:
    case DUE_NOW: return NEED_DUE;
    case DUE_NOT_NEEDED:
    case DUE_DONE:
    case DUE_LATER: break;
    }
    return NEED_COUNT;
}

/* Each participant stands once, with the visit that is due longest. */
static void attend_visits(const struct overview_input *input, const struct facts *facts,
                          struct overview *out)
{
    static const enum overview_need needs[] = {NEED_OVERDUE, NEED_MISSED, NEED_DUE};
    for (size_t k = 0; k < ARRAY_COUNT(needs); k++) {
        size_t count = 0;
        const struct fact_due *first = NULL;
        for (size_t i = 0; i < facts->due_count; i++) {
            if (need_of_due(&facts->dues[i], out->now) != needs[k])
                continue;
            const struct due_forms *forms = &facts->dues[i].forms;
            count += needs[k] == NEED_OVERDUE ? forms->asked - forms->complete : 1;
            if (first == NULL || facts->dues[i].due.due < first->due.due)
                first = &facts->dues[i];
        }
        if (first == NULL)
            continue;
        struct overview_attention *need = &out->attention[needs[k]];
        struct overview_person person = person_of(input, facts, first->due.due);
        person.event = first->due.event;
        need->count += count;
        need->participants++;
        name_one(need, person);
    }
}

static int needle_compare(const void *left, const void *right)
{
    int64_t a = ((const struct overview_needle *)left)->person.at;
    int64_t b = ((const struct overview_needle *)right)->person.at;
    return (a < b) - (a > b); /* the newest first */
}

static void list_needles(const struct overview_input *input, struct overview *out)
{
    size_t count = 0;
    for (size_t i = 0; i < input->count; i++)
        count += input->facts[i]->needle_count;
    struct overview_needle *needles =
        ARENA_ARRAY(input->arena, struct overview_needle, count);
    for (size_t i = 0; i < input->count; i++)
        for (size_t k = 0; k < input->facts[i]->needle_count; k++) {
            const struct fact_needle *needle = &input->facts[i]->needles[k];
            needles[out->needle_count++] = (struct overview_needle){
                .person = person_of(input, input->facts[i], needle->since),
                .place = needle->place,
                .is_justified = needle->is_justified};
        }
    if (count > 1)
        qsort(needles, count, sizeof *needles, needle_compare);
    out->needles = needles;
}

void overview_attend(const struct overview_input *input, struct overview *out)
{
    list_needles(input, out);
    for (size_t i = 0; i < input->count; i++) {
        const struct facts *facts = input->facts[i];
        const struct participant *p = &facts->participant;
        if (p->state == PARTICIPANT_ERASED)
            continue;
        need_one(input, facts, &out->attention[NEED_ATTACH],
                 p->state == PARTICIPANT_PROVISIONAL, p->created_at);
        need_one(input, facts, &out->attention[NEED_CONSENT], facts->is_deferred,
                 p->created_at);
        /* Those with the most queries first. */
        need_one(input, facts, &out->attention[NEED_QUERIES], (size_t)p->open_queries,
                 -p->open_queries);
        attend_reports(input, facts, out);
        attend_needles(input, facts, out);
        if (facts_are_of_enrolled(facts))
            attend_visits(input, facts, out);
    }
    for (size_t i = 0; i < out->attention[NEED_QUERIES].named_count; i++)
        out->attention[NEED_QUERIES].named[i].at = 0;
}
