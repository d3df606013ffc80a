#include "actions/laboratory_grade.h"

#include "actions/people.h"
#include "actions/study_items.h"
#include "store/review.h"

/* One result of one item. */
struct graded {
    const struct world_form *form;
    struct ctcae_result result;
    const struct ctcae_rule *rule; /* NULL: no grade */
    int64_t seq, specimen_at, message;
};

struct grading {
    const struct world *world;
    const struct caller *caller;
    struct arena *arena;
    struct laboratory_proposals *out;
    struct stored_grade_decision *decisions;
    size_t decision_count;
    struct stored_results received;
    const struct ctcae_term *term;
    struct ctcae_result baseline;
    int baseline_grade, recorded_grade;
};

static const struct world_form *form_at(const struct world *world,
                                        const struct form_key *key)
{
    for (size_t i = 0; i < world->form_count; i++)
        if (form_key_equal(&world->forms[i].state.key, key))
            return &world->forms[i];
    return NULL;
}

static struct ctcae_number number_of(struct text written)
{
    struct ctcae_number out = {0};
    out.is_known = !text_is_absent(written) &&
                   decimal_parse(written, &out.value, NULL) == DECIMAL_OK;
    return out;
}

/* What a person typed since came without a range. */
static void take_received(const struct grading *grading, struct graded *out)
{
    const struct world *world = grading->world;
    const struct participant_value *value = NULL;
    for (size_t i = 0; i < world->value_count; i++)
        if (world->values[i].form == out->form->state.id &&
            text_equal(world->values[i].item, grading->term->item))
            value = &world->values[i];
    if (value == NULL)
        return;
    out->seq = value->seq;
    const struct stored_result *stored = received_result_among(
        &grading->received, &out->form->state.key, grading->term->item);
    if (stored == NULL || value->source != SOURCE_FEED)
        return;
    out->message = stored->message;
    out->result.low = number_of(stored->received.low);
    out->result.high = number_of(stored->received.high);
}

static bool read_result(struct grading *grading, int32_t instance, struct graded *out)
{
    const struct world *world = grading->world;
    struct form_key key;
    struct text item = grading->term->item;
    struct datum answer = world_answer(world, FORM_LABORATORY, instance, item, 0);
    struct datum at =
        world_answer(world, FORM_LABORATORY, instance, ITEM_SPECIMEN_TIME, 0);
    *out = (struct graded){0};
    if (answer.kind != DATUM_NUMBER ||
        !world_place(world, FORM_LABORATORY, instance, &key))
        return false;
    out->form = form_at(world, &key);
    ASSERT(out->form != NULL);
    out->result.value = (struct ctcae_number){
        true, {.coefficient = answer.as.coefficient, .scale = answer.scale}};
    out->specimen_at = at.kind == DATUM_MOMENT ? at.as.coefficient : 0;
    take_received(grading, out);
    return true;
}

static int grade_of(const struct ctcae_rule *rule)
{
    return rule == NULL ? 0 : rule->grade;
}

static bool is_baseline(const struct graded *graded)
{
    return text_equal(graded->form->state.key.event, EVENT_BASELINE);
}

static void find_baseline(struct grading *grading, int32_t count)
{
    struct graded graded;
    grading->baseline = (struct ctcae_result){0};
    grading->baseline_grade = 0;
    for (int32_t i = 0; i < count; i++)
        if (read_result(grading, i, &graded) && is_baseline(&graded)) {
            grading->baseline = graded.result;
            grading->baseline_grade =
                grade_of(ctcae_grade(grading->term, &graded.result, &graded.result));
        }
}

/* The highest grade of adverse events that bear this term or came from its proposal. */
static void find_recorded(struct grading *grading)
{
    const struct world *world = grading->world;
    int32_t count = world_instances(world, FORM_ADVERSE_EVENT);
    grading->recorded_grade = 0;
    for (size_t i = 0; i < grading->decision_count; i++)
        if (grading->decisions[i].event != 0 &&
            grading->decisions[i].grade > grading->recorded_grade &&
            text_equal(grading->decisions[i].term, grading->term->term.english))
            grading->recorded_grade = (int)grading->decisions[i].grade;
    for (int32_t i = 0; i < count; i++) {
        struct datum grade =
            world_answer(world, FORM_ADVERSE_EVENT, i, ITEM_EVENT_GRADE, 0);
        int64_t number = 0;
        if (world_answer_is(world, FORM_ADVERSE_EVENT, i, ITEM_EVENT_WORDS,
                            grading->term->term.english) &&
            grade.kind == DATUM_TEXT && text_to_int64(datum_as_text(grade), &number) &&
            number > grading->recorded_grade)
            grading->recorded_grade = (int)number;
    }
}

static bool is_declined(const struct grading *grading, const struct graded *graded)
{
    for (size_t i = 0; i < grading->decision_count; i++) {
        const struct stored_grade_decision *one = &grading->decisions[i];
        if (one->event == 0 && one->form == graded->form->state.id &&
            one->of_seq == graded->seq &&
            text_equal(one->term, grading->term->term.english))
            return true;
    }
    return false;
}

static bool is_better(const struct graded *one, const struct graded *than)
{
    int a = grade_of(one->rule), b = grade_of(than->rule);
    return a > b || (a == b && a > 0 && one->specimen_at < than->specimen_at);
}

static void keep(struct grading *grading, const struct graded *worst)
{
    const struct participant *participant = grading->world->participant;
    struct laboratory_proposals *out = grading->out;
    out->at = ARENA_GROW(grading->arena, out->at, out->count, &out->capacity);
    out->at[out->count++] = (struct laboratory_proposal){
        .participant = participant->id,
        .number = text_copy(grading->arena, participant_number(participant)),
        .key = form_key_copy(&worst->form->state.key, grading->arena),
        .term = grading->term,
        .rule = worst->rule,
        .value = worst->result.value.value,
        .low = worst->result.low,
        .high = worst->result.high,
        .baseline = grading->baseline.value,
        .baseline_grade = grading->baseline_grade,
        .recorded_grade = grading->recorded_grade,
        .of_seq = worst->seq,
        .specimen_at = worst->specimen_at,
        .message = worst->message,
        .may_decide =
            caller_may(grading->caller, PERMISSION_SIGN_FORM, participant->site,
                       caller_is_assigned(grading->caller, participant->id))};
}

static void grade_term(struct grading *grading)
{
    int32_t count = world_instances(grading->world, FORM_LABORATORY);
    struct graded graded, worst = {0};
    find_baseline(grading, count);
    find_recorded(grading);
    for (int32_t i = 0; i < count; i++) {
        if (!read_result(grading, i, &graded) || is_baseline(&graded))
            continue;
        graded.rule = ctcae_grade(grading->term, &graded.result, &grading->baseline);
        if (is_better(&graded, &worst) && !is_declined(grading, &graded))
            worst = graded;
    }
    if (grade_of(worst.rule) > grading->baseline_grade &&
        grade_of(worst.rule) > grading->recorded_grade)
        keep(grading, &worst);
}

bool laboratory_proposals_add(const struct world *world, const struct caller *caller,
                              struct arena *arena, struct laboratory_proposals *out,
                              struct error *err)
{
    struct grading grading = {
        .world = world, .caller = caller, .arena = arena, .out = out};
    int64_t participant = world->participant->id;
    if (world_instances(world, FORM_LABORATORY) == 0)
        return true;
    if (!received_results_read(world->db, participant, world->arena, &grading.received,
                               err) ||
        !grade_decisions(world->db, participant, world->arena, &grading.decisions,
                         &grading.decision_count, err))
        return false;
    for (size_t i = 0; i < ctcae_term_count; i++) {
        grading.term = &ctcae_terms[i];
        grade_term(&grading);
    }
    return true;
}

bool laboratory_origin_of(const struct world *world, const struct form_key *event,
                          struct arena *arena, struct laboratory_origin *out,
                          struct error *err)
{
    struct stored_grade_decision *decisions = NULL;
    size_t count = 0;
    *out = (struct laboratory_origin){0};
    if (!grade_decisions(world->db, world->participant->id, world->arena, &decisions,
                         &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < world->form_count; j++)
            if (decisions[i].event == event->form_repeat &&
                world->forms[j].state.id == decisions[i].form) {
                out->key = form_key_copy(&world->forms[j].state.key, arena);
                out->item = text_copy(arena, decisions[i].item);
            }
    return true;
}
