/* What is verified against the source, and what waits. */
#include "actions/item_version.h"
#include "actions/people.h"
#include "actions/source_verification.h"
#include "actions/study.h"
#include "actions/verification_sample.h"

enum verification_state verification_state_of(const struct answer_verification *answer)
{
    if (answer->seq == 0)
        return VERIFICATION_NONE;
    return version_equal(answer->verified, answer->version) ? VERIFICATION_STANDS
                                                            : VERIFICATION_FELL;
}

static void add_answer(struct verification_count *count, bool is_needed,
                       const struct answer_verification *answer)
{
    enum verification_state state = verification_state_of(answer);
    bool waits = is_needed && state != VERIFICATION_STANDS;
    count->fell += state == VERIFICATION_FELL;
    count->needed += is_needed;
    count->verified += is_needed && state == VERIFICATION_STANDS;
    if (waits && (count->oldest == 0 || answer->corrected_time < count->oldest))
        count->oldest = answer->corrected_time;
}

/* What the program wrote has no source, whatever the design says of its item. */
static bool is_needed(const struct design *design, const struct form *form,
                      const struct answer_verification *answer, bool is_sampled)
{
    const struct item *item = design_item(design, answer->item);
    return form != NULL && item != NULL && source_is_person(answer->source) &&
           !answer->is_in_vault &&
           verification_is_needed(design, form, item, is_sampled);
}

/* What is read of a participant, so that each part has few parameters. */
struct reading {
    const struct verification_asker *asker;
    const struct participant *participant;
    struct answer_verification *answers;
    size_t answer_count;
    struct error *err;
};

static bool find_design(struct reading *reading, const struct form_state *form,
                        const struct design **design, bool *is_sampled)
{
    const struct verification_asker *asker = reading->asker;
    return study_design_version(asker->study, form->design_version, design,
                                reading->err) &&
           verification_is_sampled(asker->db, &(*design)->verification,
                                   reading->participant, asker->arena, is_sampled,
                                   reading->err);
}

static bool read_answers(struct reading *reading, int64_t form)
{
    return answer_verifications(reading->asker->db, reading->participant->id, form,
                                reading->asker->arena, &reading->answers,
                                &reading->answer_count, reading->err);
}

static bool name_of(struct people *people, int64_t id, struct verified_answer *out,
                    struct error *err)
{
    const struct user *by = NULL;
    if (!people_user(people, id, &by, err))
        return false;
    out->by_name = by == NULL ? TEXT("") : by->name;
    out->by_full_name = by == NULL ? (struct text){0} : by->full_name;
    return true;
}

bool form_verification_read(const struct verification_asker *asker,
                            const struct participant *participant,
                            const struct form_state *known,
                            struct form_verification *out, struct error *err)
{
    struct reading reading = {.asker = asker, .participant = participant, .err = err};
    struct people people = people_of(asker->db, asker->arena);
    const struct design *design = NULL;
    struct error ignored;
    *out = (struct form_verification){.may = caller_must_for(asker->caller,
                                                             PERMISSION_VERIFY_SOURCE,
                                                             participant, &ignored)};
    if (known == NULL)
        return true;
    if (!find_design(&reading, known, &design, &out->is_sampled) ||
        !read_answers(&reading, known->id))
        return false;
    const struct form *form = design_form(design, known->key.form);
    out->is_planned = design->verification.is_planned;
    out->at = ARENA_ARRAY(asker->arena, struct verified_answer, reading.answer_count);
    for (size_t i = 0; i < reading.answer_count; i++) {
        const struct answer_verification *answer = &reading.answers[i];
        struct verified_answer *one = &out->at[out->count++];
        *one = (struct verified_answer){
            .answer = *answer,
            .state = verification_state_of(answer),
            .is_needed = is_needed(design, form, answer, out->is_sampled)};
        add_answer(&out->total, one->is_needed, answer);
        out->seen = answer->version.seq > out->seen ? answer->version.seq : out->seen;
        if (!name_of(&people, answer->verified_by, one, err))
            return false;
    }
    return true;
}

/* Both lists come in the order of the form instances' numbers, or not: forms are few. */
static bool count_form(struct reading *reading, const struct form_state *form,
                       struct verification_count *out, struct forms_verification *all)
{
    const struct design *design = NULL;
    *out = (struct verification_count){0};
    if (!find_design(reading, form, &design, &all->is_sampled))
        return false;
    const struct form *kind = design_form(design, form->key.form);
    for (size_t i = 0; i < reading->answer_count; i++) {
        const struct answer_verification *answer = &reading->answers[i];
        if (answer->form != form->id)
            continue;
        add_answer(out, is_needed(design, kind, answer, all->is_sampled), answer);
        if (answer->version.seq > all->seen)
            all->seen = answer->version.seq;
    }
    return true;
}

bool forms_verification_read(const struct verification_asker *asker,
                             const struct participant *participant,
                             const struct form_state *forms, size_t form_count,
                             struct forms_verification *out, struct error *err)
{
    struct reading reading = {.asker = asker, .participant = participant, .err = err};
    *out = (struct forms_verification){
        .counts = ARENA_ARRAY(asker->arena, struct verification_count, form_count + 1)};
    if (!read_answers(&reading, form_count == 1 ? forms[0].id : 0))
        return false;
    for (size_t i = 0; i < form_count; i++)
        if (!count_form(&reading, &forms[i], &out->counts[i], out))
            return false;
    return true;
}
