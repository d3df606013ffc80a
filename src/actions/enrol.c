#include "actions/enrol.h"

#include "actions/configuration.h"
#include "actions/consent.h"
#include "actions/design_choice.h"
#include "actions/form_place.h"
#include "actions/form_save_parts.h"
#include "actions/program_values.h"
#include "actions/study_items.h"
#include "actions/study_state.h"
#include "base/buffer.h"
#include "base/datetime.h"
#include "base/limits.h"

#include <inttypes.h>
#include <string.h>

static bool check_state(const struct participant *participant, struct error *err)
{
    if (participant->state == PARTICIPANT_ERASED)
        return error_set(err, ERROR_REFUSED, "this participant's data were erased");
    if (!text_is_absent(participant->screening_number))
        return true;
    error_set(err, ERROR_REFUSED, "a provisional participant is not enrolled");
    return error_hint(err, "enrol the screening record that it is attached to");
}

/* --- planned, or happened ------------------------------------------------------------------ */

static bool is_fact(const struct participant_enrol *verb)
{
    return !text_is_absent(verb->reason);
}

/* What happened has its time, and it is over. */
static bool check_fact(const struct participant_enrol *verb, const struct world *world,
                       struct error *err)
{
    struct datum entered =
        world_answer(world, FORM_DEMOGRAPHY, 0, ITEM_ENROLMENT_TIME, 0);
    if (!reason_check(verb->reason, err))
        return false;
    if (entered.kind == DATUM_MOMENT && entered.as.coefficient <= world->now)
        return true;
    error_set(
        err, ERROR_REFUSED,
        "when the participant was enrolled is not entered, or lies in the future");
    return error_hint(err, "enter the time of enrolment first, then record it");
}

/* --- refused by a check ---------------------------------------------------------------- */

struct rule_findings {
    struct rule_finding *at;
    size_t count;
};

static struct rule_place *places_copy(const struct rule_finding *finding,
                                      struct arena *arena)
{
    struct rule_place *places =
        ARENA_ARRAY(arena, struct rule_place, finding->place_count);
    for (size_t i = 0; i < finding->place_count; i++)
        places[i] = finding->places[i]; /* the texts are the design's */
    return places;
}

static struct rule_finding *findings_copy(const struct rule_findings *list,
                                          struct arena *arena)
{
    struct rule_finding *copy = ARENA_ARRAY(arena, struct rule_finding, list->count);
    for (size_t i = 0; i < list->count; i++)
        copy[i] = (struct rule_finding){.check = list->at[i].check,
                                        .places = places_copy(&list->at[i], arena),
                                        .place_count = list->at[i].place_count};
    return copy;
}

static struct text check_names(const struct rule_findings *list, struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_REASON);
    struct text names = TEXT("");
    struct error ignored;
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            buffer_byte(&buffer, ' ');
        buffer_text_add(&buffer, list->at[i].check->oid);
    }
    (void)!buffer_text(&buffer, &names, &ignored);
    return names;
}

static bool refuse(struct participant_enrol *verb, struct txn *txn,
                   const struct rule_findings *list, struct error *err)
{
    struct act *act = &verb->act;
    struct origin origin = caller_origin(act->caller);
    struct participant_enrolled content = {.findings =
                                               check_names(list, txn_arena(txn))};
    verb->findings = findings_copy(list, act->arena);
    verb->finding_count = list->count;
    if (!txn_append(txn, LOG_EVENT_ENROLMENT_REFUSED, &origin, verb->participant,
                    &content, NULL, err))
        return false;
    act->is_refusal_logged = true;
    error_set(err, ERROR_REFUSED, "enrolment is stopped by %.*s",
              TEXT_ARG(content.findings));
    return error_hint(err, "%.*s", TEXT_ARG(list->at[0].check->message.english));
}

/* As if screening had ended with "enrolled", now. */
static void plan_enrolment(struct world *world)
{
    const struct text forms[] = {FORM_SCREENING, FORM_CONSENT, FORM_DEMOGRAPHY};
    struct book *book = world->book;
    int32_t planned = rulebook_property(world->rulebook, NULL, "planned");
    for (size_t i = 0; i < ARRAY_COUNT(forms); i++) {
        int32_t form = rulebook_form(world->rulebook, forms[i]);
        for (int32_t k = 0; form >= 0 && k < book->sheet->forms[form].count; k++) {
            struct sheet_instance *instance = book->sheet->forms[form].instances[k];
            int32_t result =
                rulebook_item(world->rulebook, form, ITEM_SCREENING_RESULT);
            book_touch(book, instance);
            if (result >= 0)
                book_set(book, instance, result, 0, datum_text(RESULT_ENROLLED));
        }
    }
    if (planned >= 0)
        book_set_property(book, planned, datum_truth(TRUTH_YES));
}

static void add_hard(struct rule_findings *list, const struct rule_results *results)
{
    for (size_t i = 0; i < results->finding_count; i++)
        if (results->findings[i].check->severity == CHECK_HARD)
            list->at[list->count++] = results->findings[i];
}

/* What stands in the way, of screening, consent and enrolment. */
static bool find_obstacles(struct world *world, struct rule_findings *list,
                           struct error *err)
{
    size_t most = 0;
    if (world->book == NULL)
        return true;
    plan_enrolment(world);
    if (!world_run(world, err))
        return false;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < world->form_count; i++) {
            struct text form = world->forms[i].state.key.form;
            if (!text_equal(form, FORM_SCREENING) && !text_equal(form, FORM_CONSENT) &&
                !text_equal(form, FORM_DEMOGRAPHY))
                continue;
            struct rule_results results = rule_results_of(world, &world->forms[i]);
            most += results.finding_count;
            if (pass == 1)
                add_hard(list, &results);
        }
        if (pass == 0)
            list->at = ARENA_ARRAY(world->arena, struct rule_finding, most);
    }
    return true;
}

/* --- when --------------------------------------------------------------------------------- */

/* What was entered; else the first skin puncture, when the placement began before the
 * registration or consent is deferred (FR05 and the note of ENRDTM); else now. */
static int64_t enrolment_time(const struct world *world)
{
    int64_t instant = world->now;
    struct datum entered =
        world_answer(world, FORM_DEMOGRAPHY, 0, ITEM_ENROLMENT_TIME, 0);
    if (entered.kind == DATUM_MOMENT)
        return entered.as.coefficient;
    bool is_early =
        world_answer_is(world, FORM_SCREENING, 0, ITEM_PREREGISTERED, TEXT("Y"));
    struct participant_facts facts = world_facts(world, false);
    if (is_early || facts.consent == CONSENT_DEFERRED)
        (void)world_first_puncture(world, &instant);
    return instant;
}

/* --- enrolled ------------------------------------------------------------------------------ */

static bool count_enrolled(struct participant_enrol *verb, struct txn *txn,
                           struct error *err)
{
    int64_t count = 0;
    int32_t target = study_design(verb->act.study)->enrolment_target;
    if (!participants_enrolled(txn_db(txn), &count, err))
        return false;
    verb->is_beyond_target = target > 0 && count > target;
    return true;
}

/* Planned: signed by whoever enrols. Happened: the result says so, and nobody signed. */
static struct program_value screening_value(const struct participant_enrol *verb)
{
    if (is_fact(verb))
        return (struct program_value){.item = ITEM_SCREENING_RESULT,
                                      .value = RESULT_ENROLLED};
    return (struct program_value){.item = ITEM_ELIGIBLE_BY,
                                  .value = verb->act.caller->full_name};
}

static bool fill_enrolled(struct participant_enrol *verb, struct txn *txn,
                          struct participant *participant, struct text number,
                          int64_t enrolled_at, struct error *err)
{
    struct act *act = &verb->act;
    const struct design *design = study_design(act->study);
    struct program_value demography[] = {
        {.item = ITEM_SUBJECT_NUMBER, .value = number},
        {.item = ITEM_SITE, .value = participant->site},
        {.item = ITEM_ENROLMENT_TIME,
         .value = site_time(design, participant->site, enrolled_at, txn_arena(txn)),
         .only_if_empty = true},
    };
    struct program_value screening[] = {screening_value(verb)};
    struct program_place place = {.participant = participant,
                                  .event = EVENT_BASELINE,
                                  .form = FORM_DEMOGRAPHY,
                                  .is_enrolled = true};
    if (!program_values_save(act, txn, &place, demography, ARRAY_COUNT(demography),
                             err))
        return false;
    place.event = EVENT_SCREENING;
    place.form = FORM_SCREENING;
    return program_values_save(act, txn, &place, screening, ARRAY_COUNT(screening),
                               err);
}

static bool enrol(struct participant_enrol *verb, struct txn *txn,
                  struct participant *participant, int64_t enrolled_at,
                  const struct rule_findings *obstacles, struct error *err)
{
    struct act *act = &verb->act;
    struct db *db = txn_db(txn);
    const struct site *site = design_site(study_design(act->study), participant->site);
    struct origin origin = caller_origin(act->caller);
    struct participant_enrolled content = {.enrolled_at = enrolled_at,
                                           .reason = verb->reason};
    if (obstacles->count > 0)
        content.findings = check_names(obstacles, txn_arena(txn));
    int64_t number = 0;
    if (!participant_next_number(db, 'E', participant->site, &number, err))
        return false;
    struct text prefix = site == NULL ? participant->site : site->prefix;
    content.subject_number =
        text_format(txn_arena(txn), "%.*s-%03" PRId64, TEXT_ARG(prefix), number);
    return txn_append(txn, LOG_EVENT_PARTICIPANT_ENROLLED, &origin, participant->id,
                      &content, NULL, err) &&
           fill_enrolled(verb, txn, participant, content.subject_number, enrolled_at,
                         err) &&
           count_enrolled(verb, txn, err) &&
           participant_by_id(db, participant->id, act->arena, &verb->enrolled, err);
}

/* A consent may be deferred only where the register of the configuration has the number of
 * the ethics committee's approval (specification, open point Q13). */
static bool check_deferral(struct participant_enrol *verb, struct txn *txn,
                           const struct world *world, struct error *err)
{
    struct deferral deferral;
    struct participant_facts facts = world_facts(world, false);
    if (facts.consent != CONSENT_DEFERRED)
        return true;
    if (!configuration_deferral(world->db, study_design(verb->act.study),
                                world->participant->site, world->now, txn_arena(txn),
                                &deferral, err))
        return false;
    if (deferral.is_on)
        return true;
    error_set(err, ERROR_REFUSED, "deferred consent is not approved at this site");
    return error_hint(err, "a data manager and the principal investigator enter the "
                           "ethics approval in the register of the configuration");
}

bool participant_enrol(struct act *act, struct txn *txn, struct error *err)
{
    struct participant_enrol *verb = (struct participant_enrol *)act;
    struct participant *participant = NULL;
    struct rule_findings obstacles = {0};
    verb->findings = NULL;
    verb->finding_count = 0;
    if (!participant_must_exist(act, txn, verb->participant, &participant, err) ||
        !caller_must_for(act->caller, PERMISSION_ENROL, participant, err) ||
        !check_state(participant, err))
        return false;
    if (participant_is_enrolled(participant))
        return participant_by_id(txn_db(txn), participant->id, act->arena,
                                 &verb->enrolled, err);

    const struct design *design = NULL;
    struct world world = {.db = txn_db(txn),
                          .arena = txn_arena(txn),
                          .participant = participant,
                          .now = txn_now(txn),
                          .caller = act->caller};
    struct design_choice choice = {act->study, world.db, participant, world.arena};
    if (!design_for_participant(&choice, &design, err))
        return false;
    world.rulebook = study_rulebook(act->study, design);
    if (!world_open(&world, err))
        return false;
    int64_t enrolled_at = enrolment_time(&world);
    if (!find_obstacles(&world, &obstacles, err))
        return false;
    if (is_fact(verb) ? !check_fact(verb, &world, err)
                      : !check_deferral(verb, txn, &world, err))
        return false;
    if (!is_fact(verb) && obstacles.count > 0)
        return refuse(verb, txn, &obstacles, err);
    return enrol(verb, txn, participant, enrolled_at, &obstacles, err);
}
