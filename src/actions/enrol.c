#include "actions/enrol.h"

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

/* --- refused by a check ---------------------------------------------------------------- */

static struct rule_finding *findings_copy(const struct rule_results *results,
                                          struct arena *arena)
{
    struct rule_finding *copy =
        ARENA_ARRAY(arena, struct rule_finding, results->finding_count);
    for (size_t i = 0; i < results->finding_count; i++) {
        const struct rule_finding *finding = &results->findings[i];
        struct rule_place *places =
            ARENA_ARRAY(arena, struct rule_place, finding->place_count);
        for (size_t k = 0; k < finding->place_count; k++)
            places[k] =
                (struct rule_place){.form = text_copy(arena, finding->places[k].form),
                                    .item = text_copy(arena, finding->places[k].item),
                                    .row = finding->places[k].row};
        copy[i] = (struct rule_finding){.check = text_copy(arena, finding->check),
                                        .severity = finding->severity,
                                        .english = text_copy(arena, finding->english),
                                        .chinese = text_copy(arena, finding->chinese),
                                        .places = places,
                                        .place_count = finding->place_count};
    }
    return copy;
}

static struct text check_names(const struct rule_results *results, struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_REASON);
    struct text names = TEXT("");
    struct error ignored;
    for (size_t i = 0; i < results->finding_count; i++) {
        if (i > 0)
            buffer_byte(&buffer, ' ');
        buffer_text_add(&buffer, results->findings[i].check);
    }
    (void)!buffer_text(&buffer, &names, &ignored);
    return names;
}

static bool refuse(struct participant_enrol *verb, struct txn *txn,
                   const struct rule_results *results, struct error *err)
{
    struct act *act = &verb->act;
    struct origin origin = caller_origin(act->caller);
    struct participant_enrolled content = {.findings =
                                               check_names(results, txn_arena(txn))};
    verb->findings = findings_copy(results, act->arena);
    verb->finding_count = results->finding_count;
    if (!txn_append(txn, LOG_EVENT_ENROLMENT_REFUSED, &origin, verb->participant,
                    &content, NULL, err))
        return false;
    act->is_refusal_logged = true;
    error_set(err, ERROR_REFUSED, "enrolment is stopped by %.*s",
              TEXT_ARG(content.findings));
    return error_hint(err, "%.*s", TEXT_ARG(results->findings[0].english));
}

/* --- when --------------------------------------------------------------------------------- */

static bool instant_of(const struct design *design, struct text site,
                       struct rule_value value, int64_t *out)
{
    struct moment moment;
    size_t at = 0;
    const struct site *known = design_site(design, site);
    if (value.state != RULE_VALUE_GIVEN || !moment_parse(value.value, &moment, &at))
        return false;
    *out = moment_instant(&moment, known == NULL ? 0 : known->offset_minutes);
    return true;
}

/* The first skin puncture of all insertions; false when there is none. */
static bool first_puncture(struct world *world, int64_t *out)
{
    enum { ATTEMPTS = 20 };
    bool is_found = false;
    int64_t instances = world_instances(world, FORM_INSERTION);
    for (int64_t i = 0; i < instances; i++)
        for (int64_t row = 0; row <= ATTEMPTS; row++) {
            int64_t instant = 0;
            struct rule_value value =
                world_value(world, i, FORM_INSERTION, ITEM_PUNCTURE_TIME, row);
            if (!instant_of(world->design, world->participant->site, value, &instant))
                continue;
            if (!is_found || instant < *out)
                *out = instant;
            is_found = true;
        }
    return is_found;
}

/* What was entered; else the first skin puncture, when the placement began before the
 * registration or consent is deferred (FR05 and the note of ENRDTM); else now. */
static int64_t enrolment_time(struct world *world, int64_t now)
{
    int64_t instant = now;
    struct rule_value entered =
        world_value(world, 0, FORM_DEMOGRAPHY, ITEM_ENROLMENT_TIME, 0);
    if (instant_of(world->design, world->participant->site, entered, &instant))
        return instant;
    struct rule_value early =
        world_value(world, 0, FORM_SCREENING, ITEM_PREREGISTERED, 0);
    bool is_early =
        early.state == RULE_VALUE_GIVEN && text_equal(early.value, TEXT("Y"));
    struct participant_facts facts = world_facts(world, false);
    if ((is_early || facts.consent == CONSENT_DEFERRED) &&
        first_puncture(world, &instant))
        return instant;
    return now;
}

/* --- enrolled ------------------------------------------------------------------------------ */

static bool count_enrolled(struct participant_enrol *verb, struct txn *txn,
                           struct error *err)
{
    struct participant *list = NULL;
    size_t count = 0;
    int32_t target = study_design(verb->act.study)->enrolment_target;
    struct participant_filter filter = {
        .state = participant_state_name(PARTICIPANT_ENROLLED), .limit = LIMIT_LIST};
    if (!participant_list(txn_db(txn), &filter, txn_arena(txn), &list, &count, err))
        return false;
    verb->is_beyond_target = target > 0 && count > (size_t)target;
    return true;
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
    struct program_value screening[] = {
        {.item = ITEM_ELIGIBLE_BY, .value = act->caller->full_name}};
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
                  struct error *err)
{
    struct act *act = &verb->act;
    struct db *db = txn_db(txn);
    const struct site *site = design_site(study_design(act->study), participant->site);
    struct origin origin = caller_origin(act->caller);
    struct participant_enrolled content = {.enrolled_at = enrolled_at};
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

bool participant_enrol(struct act *act, struct txn *txn, struct error *err)
{
    struct participant_enrol *verb = (struct participant_enrol *)act;
    struct participant *participant = NULL;
    struct rule_results results = {0};
    verb->findings = NULL;
    verb->finding_count = 0;
    if (!participant_must_exist(act, txn, verb->participant, &participant, err) ||
        !caller_must_for(act->caller, PERMISSION_ENROL, participant, err) ||
        !check_state(participant, err))
        return false;
    if (participant->state == PARTICIPANT_ENROLLED)
        return participant_by_id(txn_db(txn), participant->id, act->arena,
                                 &verb->enrolled, err);

    struct world world = {.db = txn_db(txn),
                          .arena = txn_arena(txn),
                          .design = study_design(act->study),
                          .participant = participant};
    struct rule_world view = world_view(&world, true);
    rules_run_enrolment(&view, txn_arena(txn), &results);
    int64_t enrolled_at = enrolment_time(&world, txn_now(txn));
    if (world.is_failed) {
        *err = world.error;
        return false;
    }
    if (results.finding_count > 0)
        return refuse(verb, txn, &results, err);
    return enrol(verb, txn, participant, enrolled_at, err);
}
