#include "demo/enter.h"

#include "actions/enrol.h"
#include "actions/image_task.h"
#include "actions/participants.h"
#include "actions/save_values.h"
#include "actions/second_check.h"
#include "base/limits.h"
#include "demo/alarms_seen.h"
#include "demo/query_turn.h"
#include "demo/readings.h"

#include <inttypes.h>
#include <pthread.h>
#include <string.h>

enum { UNDER_WAY = 192 };

struct entering;

/* One step under way, and what it needs until it is done. */
struct slot {
    struct entering *entering;
    const struct step *step;
    struct arena *arena;
    struct test_clock time;
    struct clock clock;
    struct caller caller;
    int64_t assigned; /* the participant whose image a reader has been given */
    union {
        struct participant_add add;
        struct participant_enrol enrol;
        struct save_values save;
        struct second_check_make check;
        struct query_turning query;
        struct image_assign assign;
        struct signature_make sign;
    } verb;
    bool is_under_way;
};

struct entering {
    struct study *study;
    const struct user *const *people;
    int64_t *ids; /* of each patient in the folder */
    int64_t next_id;
    pthread_mutex_t lock;
    pthread_cond_t done;
    bool is_refused;
    struct error refusal;
    struct slot slots[UNDER_WAY];
};

/* --- what came of a step; on the writer's thread ------------------------------------------- */

static bool refuse(struct error *err, const struct step *step, const struct error *why)
{
    *err = *why;
    return error_in(err, "entering %.*s at %.*s, patient %zu", TEXT_ARG(step->form),
                    TEXT_ARG(step->event), step->patient + 1);
}

static bool save_is_whole(const struct slot *slot, struct error *err)
{
    const struct save_values *save = &slot->verb.save;
    for (size_t i = 0; i < save->mutation_count; i++) {
        struct text item = save->mutations[i].item;
        if (save->outcomes[i].status == MUTATION_REJECTED)
            return error_in((*err = *save->outcomes[i].why, err), "%.*s",
                            TEXT_ARG(item));
        if (save->outcomes[i].status == MUTATION_CONFLICT)
            return error_set(err, ERROR_FAILED, "%.*s has two values", TEXT_ARG(item));
    }
    return true;
}

static bool step_is_right(const struct slot *slot, const struct act *act,
                          struct error *err)
{
    const struct step *step = slot->step;
    if (act->outcome.code != ERROR_NONE) {
        *err = act->outcome;
        return false;
    }
    if (step->kind == STEP_SAVE)
        return save_is_whole(slot, err);
    if (step->kind == STEP_CHECK)
        return slot->verb.check.is_agreed ||
               error_set(err, ERROR_FAILED, "the second check does not agree");
    return step->kind != STEP_SCREEN ||
           slot->verb.add.participant->id == slot->entering->ids[step->patient] ||
           error_set(err, ERROR_FAILED, "the folder had participants before");
}

static void step_finished(void *waiter, struct act *act)
{
    struct slot *slot = waiter;
    struct entering *entering = slot->entering;
    struct error why;
    bool is_right = step_is_right(slot, act, &why);
    pthread_mutex_lock(&entering->lock);
    slot->is_under_way = false;
    if (!is_right && !entering->is_refused)
        entering->is_refused = !refuse(&entering->refusal, slot->step, &why);
    pthread_cond_signal(&entering->done);
    pthread_mutex_unlock(&entering->lock);
}

/* Waits until the slot is free; false when some step has been refused. */
static bool slot_wait(struct slot *slot)
{
    struct entering *entering = slot->entering;
    pthread_mutex_lock(&entering->lock);
    while (slot->is_under_way)
        pthread_cond_wait(&entering->done, &entering->lock);
    bool is_good = !entering->is_refused;
    pthread_mutex_unlock(&entering->lock);
    return is_good;
}

/* --- a step as a verb ---------------------------------------------------------------------------- */

static struct caller caller_of(const struct entering *entering, enum staff who,
                               struct arena *arena)
{
    const struct user *user = entering->people[who];
    return (struct caller){
        .user = user->id,
        .name = user->name,
        .full_name = user->full_name,
        .grants = user->grants,
        .grant_count = user->grant_count,
        .language = staff_rows[who].language,
        .device = text_format(arena, "SYNTHETIC tablet %d", (int)who % 6 + 1),
        .client = TEXT("192.0.2.1"), /* of documentation, RFC 5737 */
    };
}

static struct caller caller_for(struct slot *slot, const struct step *step)
{
    struct caller caller = caller_of(slot->entering, step->by, slot->arena);
    /* A server finds the tasks when somebody signs in; here the step is the task. */
    if (staff_rows[step->by].role == ROLE_IMG ||
        staff_rows[step->by].role == ROLE_ADJ) {
        slot->assigned = slot->entering->ids[step->patient];
        caller.assigned = &slot->assigned;
        caller.assigned_count = 1;
    }
    return caller;
}

/* What an earlier step has put there, whether or not it is on disk yet. */
static struct text base_of(const struct entry *entry, struct arena *arena)
{
    struct uuid id;
    char printed[UUID_TEXT_SIZE];
    memcpy(id.bytes, entry->corrects->id, sizeof id.bytes);
    uuid_print(&id, printed);
    return text_format(arena, "%.*s:%zu", (int)UUID_TEXT_SIZE, printed, entry->place);
}

/* Marks are tapped and labels scanned as they are on the ward. */
static enum value_source source_of(const struct design *design,
                                   const struct entry *entry)
{
    const struct item *item = design_item(design, entry->item);
    if (item == NULL || entry->corrects != NULL || entry->value.len == 0)
        return SOURCE_PERSON;
    if (text_equal(item->source, TEXT("timer")))
        return SOURCE_TIMER;
    return text_equal(item->source, TEXT("scanner")) ? SOURCE_SCANNER : SOURCE_PERSON;
}

static const struct mutation *mutations_of(const struct slot *slot,
                                           const struct step *step)
{
    struct arena *arena = slot->arena;
    const struct design *design = study_design(slot->entering->study);
    struct mutation *out = ARENA_ARRAY(arena, struct mutation, step->entry_count);
    struct text stated = {0};
    if (step->happened != 0)
        stated = site_moment(arena, step->happened);
    for (size_t i = 0; i < step->entry_count; i++) {
        const struct entry *entry = &step->entries[i];
        out[i] = (struct mutation){.item = entry->item,
                                   .row = entry->row,
                                   .value = entry->value,
                                   .missing = entry->missing,
                                   .reason = entry->reason,
                                   .stated = stated,
                                   .source = source_of(design, entry)};
        if (entry->corrects != NULL)
            out[i].base = base_of(entry, arena);
    }
    return out;
}

static struct act *save_of(struct slot *slot, const struct step *step)
{
    struct save_values *verb = &slot->verb.save;
    /* Each tablet's clock is off by its own little, and that is measured. */
    int64_t offset = ((int64_t)step->by % 6 - 2) * 370 * 1000;
    *verb = (struct save_values){
        .act = act_of(slot->entering->study, &slot->caller, slot->arena, save_values),
        .participant = slot->entering->ids[step->patient],
        .event = step->event,
        .form = step->form,
        .event_repeat = step->event_repeat,
        .form_repeat = step->form_repeat,
        .has_device_time = true,
        .device_time = step->at + offset,
        .has_clock_offset = true,
        .clock_offset = offset,
        .mutations = mutations_of(slot, step),
        .mutation_count = step->entry_count,
    };
    memcpy(verb->batch, step->id, BATCH_ID_SIZE);
    verb->digest =
        hash_of((struct text){.at = (const char *)step->id, .len = sizeof step->id});
    return &verb->act;
}

static struct form_key key_of(const struct slot *slot, const struct step *step)
{
    return (struct form_key){.participant = slot->entering->ids[step->patient],
                             .event = step->event,
                             .event_repeat = step->event_repeat,
                             .form = step->form,
                             .form_repeat = step->form_repeat};
}

static struct act *check_of(struct slot *slot, const struct step *step)
{
    const struct entry *entry = &step->entries[0];
    slot->verb.check =
        (struct second_check_make){.act = act_of(slot->entering->study, &slot->caller,
                                                 slot->arena, second_check_make),
                                   .key = key_of(slot, step),
                                   .item = entry->item,
                                   .row = entry->row,
                                   .version = base_of(entry, slot->arena),
                                   .is_right = entry->value.len == 0,
                                   .value = entry->value};
    return &slot->verb.check.act;
}

static struct act *query_of(struct slot *slot, const struct step *step)
{
    struct query_turning *turning = &slot->verb.query;
    query_turning_begin(turning, step);
    turning->verb.act =
        act_of(slot->entering->study, &slot->caller, slot->arena, query_turn_take);
    turning->verb.key.participant = slot->entering->ids[step->patient];
    turning->verb.assignee =
        step->turn == TURN_ASK ? slot->entering->people[STAFF_COORDINATOR]->id : 0;
    return &turning->verb.act;
}

static struct act *assign_of(struct slot *slot, const struct step *step)
{
    slot->verb.assign = (struct image_assign){
        .act = act_of(slot->entering->study, &slot->caller, slot->arena, image_assign),
        .key = key_of(slot, step),
        .person = staff_rows[step->to].name,
        .is_adjudicator = staff_rows[step->to].role == ROLE_ADJ};
    return &slot->verb.assign.act;
}

static struct act *sign_of(struct slot *slot, const struct step *step)
{
    struct form_key key = key_of(slot, step);
    return reading_sign_act(&slot->verb.sign, slot->entering->study, &slot->caller,
                            slot->arena, &key);
}

static struct act *act_for(struct slot *slot, const struct step *step)
{
    struct study *study = slot->entering->study;
    switch (step->kind) {
    case STEP_SCREEN:
        slot->entering->ids[step->patient] = ++slot->entering->next_id;
        slot->verb.add = (struct participant_add){
            .act = act_of(study, &slot->caller, slot->arena, participant_add),
            .site = study_design(study)->sites[0].code,
            .has_request = true};
        memcpy(slot->verb.add.request, step->id, STEP_ID);
        return &slot->verb.add.act;
    case STEP_ENROL:
        slot->verb.enrol = (struct participant_enrol){
            .act = act_of(study, &slot->caller, slot->arena, participant_enrol),
            .participant = slot->entering->ids[step->patient]};
        return &slot->verb.enrol.act;
    case STEP_CHECK: return check_of(slot, step);
    case STEP_QUERY: return query_of(slot, step);
    case STEP_ASSIGN: return assign_of(slot, step);
    case STEP_SIGN_READING: return sign_of(slot, step);
    case STEP_SAVE: break;
    }
    return save_of(slot, step);
}

static bool slot_begin(struct slot *slot, const struct step *step, struct error *err)
{
    arena_reset(slot->arena);
    slot->step = step;
    slot->time.instant = step->at;
    slot->clock = test_clock(&slot->time);
    slot->caller = caller_for(slot, step);
    struct act *act = act_for(slot, step);
    act->clock = &slot->clock;
    act->finished = step_finished;
    act->waiter = slot;
    slot->is_under_way = true;
    if (act_submit(act, err))
        return true;
    slot->is_under_way = false;
    return refuse(err, step, err);
}

/* --- alarms ------------------------------------------------------------------------------------- */

enum { STEPS_A_LOOK = 40 };

/* Now and then everybody looks up: when all that is under way is on disk, so that the same
 * seed gives the same events. */
static bool look_at_alarms(struct entering *entering, const struct step *next,
                           struct arena *arena, struct error *err)
{
    static const enum staff lookers[] = {STAFF_NURSE, STAFF_OPERATOR,
                                         STAFF_INVESTIGATOR, STAFF_PI, STAFF_SAFETY};
    struct caller people[ARRAY_COUNT(lookers)];
    for (size_t i = 0; i < UNDER_WAY; i++)
        if (!slot_wait(&entering->slots[i]))
            return false;
    for (size_t i = 0; i < ARRAY_COUNT(lookers); i++)
        people[i] = caller_of(entering, lookers[i], arena);
    return alarms_are_seen(entering->study, people, ARRAY_COUNT(people), next->at, err);
}

/* --- all of it ---------------------------------------------------------------------------------- */

static bool enter_all(struct entering *entering, const struct diary *diary,
                      const struct demo *demo, struct error *err)
{
    bool is_good = true;
    for (size_t i = 0; i < diary->count && is_good; i++) {
        struct slot *slot = &entering->slots[i % UNDER_WAY];
        if (i % STEPS_A_LOOK == STEPS_A_LOOK - 1)
            is_good = look_at_alarms(entering, diary->steps[i], diary->arena, err);
        is_good = is_good && slot_wait(slot) && slot_begin(slot, diary->steps[i], err);
        if (demo->progress != NULL)
            demo->progress(demo->data, i + 1, diary->count);
    }
    for (size_t i = 0; i < UNDER_WAY; i++)
        is_good = slot_wait(&entering->slots[i]) && is_good;
    if (entering->is_refused)
        *err = entering->refusal;
    return is_good;
}

bool diary_enter(const struct diary *diary, const struct cohort *cohort,
                 struct study *study, const struct user *people[STAFF_COUNT],
                 const struct demo *demo, struct error *err)
{
    struct entering *entering = ARENA_NEW(diary->arena, struct entering);
    *entering = (struct entering){
        .study = study,
        .people = people,
        .ids = ARENA_ARRAY(diary->arena, int64_t, cohort->count),
    };
    pthread_mutex_init(&entering->lock, NULL);
    pthread_cond_init(&entering->done, NULL);
    for (size_t i = 0; i < UNDER_WAY; i++)
        entering->slots[i] = (struct slot){.entering = entering,
                                           .arena = arena_new(LIMIT_REQUEST_ARENA)};
    bool is_entered = enter_all(entering, diary, demo, err);
    for (size_t i = 0; i < UNDER_WAY; i++)
        arena_free(entering->slots[i].arena);
    pthread_cond_destroy(&entering->done);
    pthread_mutex_destroy(&entering->lock);
    return is_entered;
}
