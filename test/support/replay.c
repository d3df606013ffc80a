#include "support/replay.h"

#include "base/limits.h"
#include "engine/book.h"
#include "model/answer_datum.h"
#include "model/rulebook.h"
#include "support/unit.h"

enum { FINDINGS_MOST = 20000, WAKES_MOST = 2000, SITE_OFFSET = 480 };

/* A check that fired, and where. */
struct replay_finding {
    int64_t participant;
    int32_t rule, serial, row;
};

struct replay_person {
    struct book *book;
    bool is_result_enrolled; /* SCRRES says ENR */
};

struct replay {
    const struct rulebook *rulebook;
    struct arena *arena, *scratch;
    struct replay_person *people; /* by participant id */
    int64_t person_count;
    bool *is_derived; /* by item */
    int64_t enrolled; /* screening results that say so */
    struct replay_finding *findings;
    size_t finding_count;
    size_t fault_count; /* rules that could not be computed */
};

/* --- the beginning -------------------------------------------------------------------- */

static void set_property(struct replay *replay, struct book *book, const char *root,
                         const char *name, struct datum value)
{
    int32_t property = rulebook_property(replay->rulebook, root, name);
    assert_true(property >= 0);
    book_set_property(book, property, value);
}

/* Settings, empty registers, and what holds for a folder without feeds. */
static void set_study(struct replay *replay, struct book *book)
{
    const struct design *design = replay->rulebook->design;
    const struct dictionary *dictionary = replay->rulebook->dictionary;
    for (int32_t i = 0; i < dictionary->form_count; i++)
        if (dictionary->forms[i].is_register)
            (void)book_instance(book, i, 0, 1, 1);
    const struct datum *known =
        rulebook_properties(replay->rulebook, design->sites[0].code);
    for (int32_t i = 0; i < dictionary->property_count; i++)
        if (known[i].kind != DATUM_EMPTY)
            book_set_property(book, i, known[i]);
    set_property(replay, book, "participant", "enrolled", datum_truth(TRUTH_NO));
    set_property(replay, book, "feed", "orphans", datum_whole(0));
    set_property(replay, book, "feed", "corrected", datum_truth(TRUTH_NO));
    set_property(replay, book, NULL, "quarantine", datum_truth(TRUTH_NO));
}

struct replay *replay_begin(const struct design *design, int64_t participants)
{
    struct arena *arena = arena_new(SIZE_MAX / 2);
    struct replay *replay = ARENA_NEW(arena, struct replay);
    struct error err;
    *replay = (struct replay){.arena = arena,
                              .scratch = arena_new((size_t)64 << 20),
                              .person_count = participants};
    ASSERT_OK(rulebook_make(design, arena, &replay->rulebook, &err), &err);
    const struct rule_set *set = replay->rulebook->set;
    replay->people =
        ARENA_ARRAY(replay->arena, struct replay_person, (size_t)participants + 1);
    replay->findings = ARENA_ARRAY(replay->arena, struct replay_finding, FINDINGS_MOST);
    replay->is_derived =
        ARENA_ARRAY(replay->arena, bool, (size_t)set->shape->item_count);
    for (int32_t i = 0; i < set->rule_count; i++)
        if (set->rules[i].kind == RULE_DERIVES)
            replay->is_derived[set->rules[i].item] = true;
    for (int64_t i = 1; i <= participants; i++) {
        replay->people[i].book = book_new(set, replay->arena);
        set_study(replay, replay->people[i].book);
    }
    return replay;
}

void replay_end(struct replay *replay)
{
    arena_free(replay->scratch);
    arena_free(replay->arena);
}

/* --- running -------------------------------------------------------------------------- */

static void keep(struct replay *replay, const struct replay_finding *finding)
{
    for (size_t i = 0; i < replay->finding_count; i++) {
        const struct replay_finding *kept = &replay->findings[i];
        if (kept->participant == finding->participant && kept->rule == finding->rule &&
            kept->serial == finding->serial && kept->row == finding->row)
            return;
    }
    assert_true(replay->finding_count < FINDINGS_MOST);
    replay->findings[replay->finding_count++] = *finding;
}

static void run(struct replay *replay, int64_t participant, int64_t now)
{
    struct book *book = replay->people[participant].book;
    arena_reset(replay->scratch);
    book_run(book, now, SITE_OFFSET, replay->scratch);
    for (size_t i = 0; i < book->change_count; i++) {
        const struct book_change *change = &book->changes[i];
        bool is_check = replay->rulebook->set->rules[change->rule].kind == RULE_FIRES;
        replay->fault_count += change->value.kind == DATUM_FAULT;
        if (is_check && change->value.kind == DATUM_TRUTH &&
            change->value.as.coefficient == TRUTH_YES)
            keep(replay, &(struct replay_finding){.participant = participant,
                                                  .rule = change->rule,
                                                  .serial = change->serial,
                                                  .row = change->row});
    }
}

/* Runs at each moment up to `now` at which something can change by itself. */
static void pass(struct replay *replay, int64_t participant, int64_t now)
{
    const struct book *book = replay->people[participant].book;
    int64_t last = INT64_MIN;
    for (int i = 0; i < WAKES_MOST && book->wakes_at <= now; i++) {
        if (book->wakes_at <= last)
            fail_msg("participant %lld: the rules do not go on",
                     (long long)participant);
        last = book->wakes_at;
        run(replay, participant, last);
    }
}

/* --- counts over participants -------------------------------------------------------------- */

static struct datum cell_value(const struct replay *replay,
                               const struct sheet_instance *instance, const char *item,
                               const struct sheet *sheet)
{
    int32_t at = rulebook_item(replay->rulebook, instance->form, text_of(item));
    assert_true(at >= 0);
    return sheet_cell(sheet, instance, at, 0)->value;
}

/* A device with a participant, for a time. */
struct device_use {
    struct text device;
    int64_t from, until;
};

static struct device_use device_use(const struct replay *replay,
                                    const struct sheet *sheet,
                                    const struct sheet_instance *instance)
{
    bool is_needle = instance->form == rulebook_form(replay->rulebook, TEXT("F.IO"));
    struct device_use use = {.from = INT64_MIN, .until = INT64_MAX};
    struct datum device =
        cell_value(replay, instance, is_needle ? "I.IO.UDIRAW" : "I.DA.DVEUI", sheet);
    use.device = datum_has_value(device) ? datum_as_text(device) : (struct text){0};
    if (is_needle)
        return use;
    struct datum from = cell_value(replay, instance, "I.DA.DVBEG", sheet);
    struct datum until = cell_value(replay, instance, "I.DA.DVEND", sheet);
    use.from = datum_has_value(from) ? from.as.coefficient : use.from;
    use.until = datum_has_value(until) ? until.as.coefficient : use.until;
    return use;
}

static bool is_elsewhere(const struct replay *replay, int64_t participant, int32_t form,
                         const struct device_use *use)
{
    for (int64_t i = 1; i <= replay->person_count; i++) {
        const struct sheet *sheet = replay->people[i].book->sheet;
        for (int32_t k = 0; k < sheet->forms[form].count && i != participant; k++) {
            struct device_use other =
                device_use(replay, sheet, sheet->forms[form].instances[k]);
            if (!text_is_absent(other.device) &&
                text_equal(other.device, use->device) && other.from < use->until &&
                use->from < other.until)
                return true;
        }
    }
    return false;
}

/* How many devices of this participant are with others at the same time. */
static int64_t devices_elsewhere(const struct replay *replay, int64_t participant,
                                 struct text form_name)
{
    int32_t form = rulebook_form(replay->rulebook, form_name);
    const struct sheet *sheet = replay->people[participant].book->sheet;
    int64_t count = 0;
    for (int32_t k = 0; k < sheet->forms[form].count; k++) {
        struct device_use use =
            device_use(replay, sheet, sheet->forms[form].instances[k]);
        count += !text_is_absent(use.device) &&
                 is_elsewhere(replay, participant, form, &use);
    }
    return count;
}

static void set_counts(struct replay *replay, int64_t participant)
{
    struct book *book = replay->people[participant].book;
    set_property(replay, book, "study", "enrolled", datum_whole(replay->enrolled));
    set_property(replay, book, "study", "same_device",
                 datum_whole(devices_elsewhere(replay, participant, TEXT("F.IO"))));
    set_property(replay, book, "study", "device_elsewhere",
                 datum_whole(devices_elsewhere(replay, participant, TEXT("F.DA"))));
}

void replay_pass(struct replay *replay, int64_t now)
{
    for (int64_t i = 1; i <= replay->person_count; i++) {
        set_property(replay, replay->people[i].book, NULL, "planned",
                     datum_truth(TRUTH_NO));
        set_counts(replay, i);
        pass(replay, i, now);
        run(replay, i, now);
    }
}

/* --- one save ---------------------------------------------------------------------------- */

/* The unit a result was received in stands in the reason until a save can carry it:
 * "SYNTHETIC: received as 2.60 mg/L{DDU}, …". */
static struct text received_unit(struct text reason)
{
    static const char words[] = "SYNTHETIC: received as ";
    if (!text_starts_with(reason, text_of(words)))
        return (struct text){0};
    struct text rest = text_part(reason, sizeof words - 1, reason.len);
    (void)text_cut(&rest, ' ');
    return text_cut(&rest, ',');
}

struct place {
    struct book *book;
    struct sheet_instance *instance;
    int32_t item, row;
};

static void set_fact(const struct place *at, enum item_question which,
                     struct datum answer)
{
    struct question question = {.kind = ASK_ITEM,
                                .which = (int32_t)which,
                                .subject = at->item,
                                .instance =
                                    sheet_position(at->book->sheet, at->instance),
                                .row = at->row};
    book_set_fact(at->book, &question, answer);
}

/* What the study's rules ask of an answer besides its value. */
static void set_facts(const struct place *at, const struct value_change *change,
                      int64_t entered, struct datum value)
{
    struct text unit = received_unit(change->reason);
    bool is_first = text_is_absent(change->old.value) &&
                    change->old.missing == MISSING_NOT && !change->old.is_in_vault;
    set_fact(at, ITEM_SOURCE, datum_text(TEXT("site")));
    set_fact(at, ITEM_ENTERED, datum_instant(entered, SITE_OFFSET));
    if (is_first)
        set_fact(at, ITEM_FIRST_VALUE, value);
    else if (!text_is_absent(change->reason))
        set_fact(at, ITEM_CHANGE_REASON, datum_text(change->reason));
    if (!text_is_absent(unit))
        set_fact(at, ITEM_RECEIVED_UNIT, datum_text(unit));
}

static void set_value(struct replay *replay, struct place *at, struct datum value)
{
    const struct shape *shape = replay->rulebook->set->shape;
    int32_t group = shape->items[at->item].group;
    int32_t first = shape->forms[at->instance->form].first_group;
    if (shape->groups[group].is_repeating &&
        at->instance->groups[group - first].rows < at->row)
        book_set_rows(at->book, at->instance, group, at->row);
    book_set(at->book, at->instance, at->item, at->row, value);
}

static void take_change(struct replay *replay, struct place *at,
                        const struct value_change *change, int64_t participant,
                        int64_t now)
{
    at->item = rulebook_item(replay->rulebook, at->instance->form, change->item);
    at->row = (int32_t)change->row;
    assert_true(at->item >= 0);
    if (replay->is_derived[at->item])
        return;
    struct datum value = answer_datum(
        &change->new, replay->rulebook->dictionary->items[at->item].type.kind,
        SITE_OFFSET);
    set_value(replay, at, value);
    set_facts(at, change, now, value);
    if (!text_equal(change->item, TEXT("I.SCR.SCRRES")))
        return;
    struct replay_person *person = &replay->people[participant];
    bool is_enrolled = text_equal(change->new.value, TEXT("ENR"));
    replay->enrolled += is_enrolled - person->is_result_enrolled;
    person->is_result_enrolled = is_enrolled;
}

/* A needle or a dose is planned before it is stored: the rules are asked with the plan. */
static bool is_of_planned_act(struct text form)
{
    return text_equal(form, TEXT("F.IO")) || text_equal(form, TEXT("F.LID"));
}

static void take_save(struct replay *replay, const struct values_saved *saved,
                      int64_t now)
{
    const struct form_key *key = &saved->key;
    struct book *book = replay->people[key->participant].book;
    int32_t form = rulebook_form(replay->rulebook, key->form);
    int32_t event = rulebook_event(replay->rulebook, key->event);
    assert_true(form >= 0 && event >= 0);
    struct place at = {.book = book,
                       .instance =
                           book_instance(book, form, event, (int32_t)key->event_repeat,
                                         (int32_t)key->form_repeat)};
    for (size_t i = 0; i < saved->change_count; i++)
        take_change(replay, &at, &saved->changes[i], key->participant, now);
    set_counts(replay, key->participant);
    set_property(replay, book, NULL, "planned",
                 datum_truth(is_of_planned_act(key->form) ? TRUTH_YES : TRUTH_NO));
}

void replay_save(struct replay *replay, const struct values_saved *saved, int64_t at)
{
    int64_t participant = saved->key.participant;
    assert_true(participant > 0 && participant <= replay->person_count);
    pass(replay, participant, at);
    take_save(replay, saved, at);
    run(replay, participant, at);
}

void replay_enrol(struct replay *replay, int64_t participant, int64_t at)
{
    pass(replay, participant, at);
    set_property(replay, replay->people[participant].book, "participant", "enrolled",
                 datum_truth(TRUTH_YES));
    run(replay, participant, at);
}

/* --- what fired ------------------------------------------------------------------------------ */

static int32_t rule_of(const struct replay *replay, struct text check)
{
    for (int32_t i = 0; i < replay->rulebook->set->rule_count; i++)
        if (replay->rulebook->checks[i] != NULL &&
            text_equal(replay->rulebook->checks[i]->oid, check))
            return i;
    return -1;
}

static size_t count_places(const struct replay *replay, struct text check,
                           int64_t participant, bool is_open_only)
{
    int32_t rule = rule_of(replay, check);
    size_t count = 0;
    for (size_t i = 0; i < replay->finding_count; i++) {
        const struct replay_finding *it = &replay->findings[i];
        if (it->rule != rule || it->participant != participant)
            continue;
        const struct book *book = replay->people[participant].book;
        count += !is_open_only || book_fires(book, it->rule, it->serial, it->row);
    }
    return count;
}

size_t replay_count(const struct replay *replay, struct text check, int64_t participant)
{
    return count_places(replay, check, participant, false);
}

size_t replay_open(const struct replay *replay, struct text check, int64_t participant)
{
    return count_places(replay, check, participant, true);
}

bool replay_knows(const struct replay *replay, struct text check)
{
    return rule_of(replay, check) >= 0;
}

size_t replay_faults(const struct replay *replay)
{
    return replay->fault_count;
}
