/* What rules ask that is no answer: where a value came from, the state of forms, counts.
 * Read when first asked; a read that fails is remembered in the world. Signatures are not
 * there yet: nobody signed. */
#include "actions/world.h"

#include "actions/counts.h"
#include "actions/second_check.h"
#include "base/limits.h"
#include "model/answer_datum.h"
#include "model/event.h"

static struct datum failed(struct world *world)
{
    world->is_failed = true;
    return datum_of_kind(DATUM_EMPTY);
}

static const struct world_form *form_at(const struct world *world, int32_t form,
                                        int32_t instance)
{
    const struct sheet_form *list = &world->book->sheet->forms[form];
    if (instance < 0 || instance >= list->count)
        return NULL;
    for (size_t i = 0; i < world->form_count; i++)
        if (world->forms[i].instance == list->instances[instance])
            return &world->forms[i];
    return NULL;
}

/* --- the past of an item -------------------------------------------------------------- */

/* NULL: a form that is not there any more in the participant's list. */
static const struct world_form *form_of(const struct world *world,
                                        const struct form_key *key)
{
    for (size_t i = 0; i < world->form_count; i++)
        if (form_key_equal(&world->forms[i].state.key, key))
            return &world->forms[i];
    return NULL;
}

static bool read_past_of(struct world *world, int64_t participant, struct error *err)
{
    struct log_filter filter = {.participant = participant,
                                .user = -1,
                                .with_answers = true,
                                .limit = LIMIT_LIST};
    struct log_row *rows = NULL;
    size_t count = 0;
    do {
        if (!log_list(world->db, &filter, world->arena, &rows, &count, err))
            return false;
        size_t changes = 0;
        for (size_t i = 0; i < count; i++)
            changes +=
                rows[i].content == NULL
                    ? 0
                    : ((const struct values_saved *)rows[i].content)->change_count;
        struct world_change *past =
            ARENA_ARRAY(world->arena, struct world_change, world->past_count + changes);
        for (size_t i = 0; i < world->past_count; i++)
            past[i] = world->past[i];
        for (size_t i = 0; i < count; i++) {
            const struct values_saved *saved = rows[i].content;
            const struct world_form *form =
                saved == NULL ? NULL : form_of(world, &saved->key);
            for (size_t k = 0; form != NULL && k < saved->change_count; k++)
                past[world->past_count++] =
                    (struct world_change){.form = form,
                                          .change = &saved->changes[k],
                                          .server_time = rows[i].server_time,
                                          .user = rows[i].origin.user};
        }
        world->past = past;
        filter.after = count > 0 ? rows[count - 1].seq : filter.after;
    } while (count == filter.limit);
    return true;
}

static bool read_past(struct world *world)
{
    if (world->is_past_read)
        return true;
    world->is_past_read = true;
    for (size_t i = 0; i < world->form_count; i++) {
        int64_t participant = world->forms[i].state.key.participant;
        bool is_first =
            i == 0 || participant != world->forms[i - 1].state.key.participant;
        if (is_first && !read_past_of(world, participant, &world->error))
            return false;
    }
    return true;
}

/* First and last change of an item, those of the save at hand included. */
struct item_past {
    const struct value_change *first, *last;
    int64_t last_time, last_user;
    int64_t count;
};

static void add_past(struct item_past *out, const struct value_change *change,
                     int64_t time, int64_t user)
{
    if (out->first == NULL)
        out->first = change;
    out->last = change;
    out->last_time = time;
    out->last_user = user;
    out->count++;
}

static struct item_past past_of(const struct world *world,
                                const struct world_form *form, struct text item,
                                int64_t row)
{
    struct item_past out = {0};
    for (size_t i = 0; i < world->past_count; i++) {
        const struct world_change *past = &world->past[i];
        if (past->form == form && past->change->row == row &&
            text_equal(past->change->item, item))
            add_past(&out, past->change, past->server_time, past->user);
    }
    for (size_t i = 0; form == world->current && i < world->change_count; i++)
        if (world->changes[i].row == row && text_equal(world->changes[i].item, item))
            add_past(&out, &world->changes[i], world->now, world->user);
    return out;
}

static struct datum source_of(const struct value_change *change)
{
    if (change->source == SOURCE_FEED)
        return datum_text(TEXT("feed"));
    return datum_text(source_is_person(change->source) ? TEXT("site") : TEXT("system"));
}

/* The sign-in name, which is never used again; nobody's when the program has written. */
static struct datum author_of(struct world *world, const struct item_past *past)
{
    struct user *user = NULL;
    if (!source_is_person(past->last->source))
        return datum_of_kind(DATUM_EMPTY);
    if (!user_by_id(world->db, past->last_user, world->arena, &user, &world->error))
        return failed(world);
    return user == NULL ? datum_of_kind(DATUM_EMPTY) : datum_text(user->name);
}

/* --- what came with an answer ----------------------------------------------------------- */

static const struct result_received *received_of(struct world *world,
                                                 const struct form_key *key,
                                                 struct text item)
{
    if (!world->is_received_read &&
        !received_results_read(world->db, key->participant, world->arena,
                               &world->received, &world->error))
        world->is_failed = true;
    world->is_received_read = true;
    const struct stored_result *stored =
        received_result_among(&world->received, key, item);
    return stored == NULL ? NULL : &stored->received;
}

static struct datum limit_of(struct text limit)
{
    struct decimal number;
    return decimal_parse(limit, &number, NULL) == DECIMAL_OK
               ? datum_number(number)
               : datum_of_kind(DATUM_EMPTY);
}

/* Of an answer that a feed brought, or that it could not bring: what a person has typed
 * since came without. */
static struct datum ask_received(struct world *world, const struct world_form *form,
                                 struct text item, enum item_question which,
                                 const struct item_past *past)
{
    const struct result_received *received = received_of(world, &form->state.key, item);
    if (received == NULL || (past->count > 0 && past->last->source != SOURCE_FEED))
        return datum_of_kind(DATUM_EMPTY);
    if (which == ITEM_RECEIVED_LOW)
        return limit_of(received->low);
    if (which == ITEM_RECEIVED_HIGH)
        return limit_of(received->high);
    return received->unit.len > 0 ? datum_text(received->unit)
                                  : datum_of_kind(DATUM_EMPTY);
}

static struct datum ask_item(struct world *world, const struct question *question)
{
    const struct dictionary_item *item =
        &world->rulebook->dictionary->items[question->subject];
    const struct world_form *form = form_at(world, item->form, question->instance);
    if (form == NULL)
        return datum_of_kind(DATUM_EMPTY);
    if (!read_past(world))
        return failed(world);
    struct item_past past = past_of(world, form, item->oid, question->row);
    enum item_question which = (enum item_question)question->which;
    if (which == ITEM_RECEIVED_UNIT || which == ITEM_RECEIVED_LOW ||
        which == ITEM_RECEIVED_HIGH)
        return ask_received(world, form, item->oid, which, &past);
    if (past.count == 0)
        return datum_of_kind(DATUM_EMPTY);
    switch (which) {
    case ITEM_SOURCE: return source_of(past.last);
    case ITEM_ENTERED: return datum_instant(past.last_time, world->offset_minutes);
    case ITEM_CHANGES: return datum_whole(past.count - 1);
    case ITEM_FIRST_VALUE:
        return answer_datum(&past.first->new, item->type.kind, world->offset_minutes);
    case ITEM_CHANGE_REASON:
        return past.last->reason.len > 0 ? datum_text(past.last->reason)
                                         : datum_of_kind(DATUM_EMPTY);
    case ITEM_REASON:
        return past.last->new.missing == MISSING_NOT ||
                       past.last->new.missing == MISSING_CLEARED
                   ? datum_of_kind(DATUM_EMPTY)
                   : datum_text(missing_reason_code(past.last->new.missing));
    case ITEM_AUTHOR: return author_of(world, &past);
    case ITEM_RECEIVED_UNIT:
    case ITEM_RECEIVED_LOW:
    case ITEM_RECEIVED_HIGH: break;
    }
    return datum_of_kind(DATUM_EMPTY);
}

/* --- forms ---------------------------------------------------------------------------- */

static bool is_hard(const struct design *design, const struct stored_query *query)
{
    if (query->kind != QUERY_CHECK)
        return false;
    for (size_t i = 0; i < design->check_count; i++)
        if (text_equal(design->checks[i].oid, query->check))
            return design->checks[i].severity == CHECK_HARD;
    return text_equal(query->check, TEXT("RANGE"));
}

static int64_t hard_queries(struct world *world, const struct world_form *form)
{
    struct stored_query *queries = NULL;
    size_t count = 0;
    int64_t hard = 0;
    if (form->state.open_queries == 0)
        return 0;
    if (!query_list(world->db, form->state.id, true, world->arena, &queries, &count,
                    &world->error)) {
        world->is_failed = true;
        return 0;
    }
    for (size_t i = 0; i < count; i++)
        hard += is_hard(world->rulebook->design, &queries[i]);
    return hard;
}

static struct datum open_second_checks(struct world *world,
                                       const struct world_form *form)
{
    int64_t count = 0;
    if (form == NULL || form->state.id == 0)
        return datum_whole(0);
    return second_checks_count(world->db, world->rulebook->design, &form->state,
                               world->arena, &count, &world->error)
               ? datum_whole(count)
               : failed(world);
}

static struct datum ask_form(struct world *world, const struct question *question)
{
    const struct world_form *form =
        form_at(world, question->subject, question->instance);
    switch ((enum form_question)question->which) {
    case FORM_STATE:
        if (form == NULL || form->state.id == 0)
            return datum_text(TEXT("empty"));
        return datum_text(form->state.is_complete ? TEXT("complete") : TEXT("started"));
    case FORM_SIGNED: return datum_truth(TRUTH_NO);
    case FORM_OPEN_QUERIES:
        return datum_whole(form == NULL ? 0 : form->state.open_queries);
    case FORM_OPEN_HARD_QUERIES:
        return datum_whole(form == NULL ? 0 : hard_queries(world, form));
    case FORM_OPEN_SECOND_CHECKS: return open_second_checks(world, form);
    }
    return datum_of_kind(DATUM_EMPTY);
}

/* --- when events are due -------------------------------------------------------------- */

/* Of the form that stands at the event, where it has a time of its own; else the event. */
static struct datum ask_schedule(struct world *world, const struct question *question)
{
    struct schedule schedule;
    int64_t repeat = 1;
    if (!world_dues(world, &schedule, &world->error))
        return failed(world);
    if (question->instance >= 0) {
        const struct sheet_form *list = &world->book->sheet->forms[question->row];
        if (question->instance < list->count)
            repeat = list->instances[question->instance]->event_repeat;
    }
    return schedule_answer(&schedule, world->rulebook->design, question, repeat,
                           world->offset_minutes);
}

/* --- the participant and the study ---------------------------------------------------- */

static int64_t open_queries(struct world *world, bool is_hard_only)
{
    int64_t count = 0;
    for (size_t i = 0; i < world->form_count; i++)
        count += is_hard_only ? hard_queries(world, &world->forms[i])
                              : world->forms[i].state.open_queries;
    return count;
}

/* Forms that were begun and want a signature. */
static int64_t unsigned_forms(const struct world *world)
{
    int64_t count = 0;
    for (size_t i = 0; i < world->form_count; i++) {
        const struct form_state *state = &world->forms[i].state;
        const struct form *form = design_form(world->rulebook->design, state->key.form);
        count += state->id != 0 && form != NULL && form->signature.len > 0 &&
                 !text_equal(form->signature, TEXT("none"));
    }
    return count;
}

static struct datum enrolled(struct world *world)
{
    int64_t count = 0;
    return participants_enrolled(world->db, &count, &world->error) ? datum_whole(count)
                                                                   : failed(world);
}

/* The first of the caller's roles that holds at the participant's site. */
static struct datum user_role(const struct world *world)
{
    const struct caller *caller = world->caller;
    for (size_t i = 0; i < caller->grant_count; i++) {
        struct text site = caller->grants[i].site;
        if (site.len == 0 || text_equal(site, world->participant->site))
            return datum_text(role_code(caller->grants[i].role));
    }
    return datum_of_kind(DATUM_EMPTY);
}

/* Nobody looks when the program runs rules by itself. */
static struct datum read_user(const struct world *world, struct text name)
{
    if (world->caller == NULL || world->caller->user == 0)
        return datum_of_kind(DATUM_EMPTY);
    if (text_equal(name, TEXT("name")))
        return datum_text(world->caller->name);
    return user_role(world);
}

static struct datum read_property(struct world *world, struct text root,
                                  struct text name)
{
    enum participant_state state = world->participant->state;
    if (text_equal(root, TEXT("study")) && text_equal(name, TEXT("enrolled")))
        return enrolled(world);
    if (text_equal(root, TEXT("user")))
        return read_user(world, name);
    if (!text_equal(root, TEXT("participant")))
        return datum_of_kind(DATUM_EMPTY);
    if (text_equal(name, TEXT("state")))
        return datum_text(participant_state_name(state));
    if (text_equal(name, TEXT("enrolled")))
        return datum_truth(participant_is_enrolled(world->participant) ? TRUTH_YES
                                                                       : TRUTH_NO);
    if (text_equal(name, TEXT("open_queries")))
        return datum_whole(open_queries(world, false));
    if (text_equal(name, TEXT("open_hard_queries")))
        return datum_whole(open_queries(world, true));
    if (text_equal(name, TEXT("unsigned_forms")))
        return datum_whole(unsigned_forms(world));
    if (text_equal(name, TEXT("locked_forms")))
        return datum_whole(0);
    return datum_of_kind(DATUM_EMPTY);
}

static struct datum ask_property(struct world *world, const struct question *question)
{
    struct datum known = sheet_ask(world->book->sheet, question);
    if (known.kind != DATUM_EMPTY)
        return known;
    /* What others have is another thing for each row that asks, and is never kept. */
    if (counts_ask(world, question, &known))
        return known;
    const struct dictionary_property *property =
        &world->rulebook->dictionary->properties[question->subject];
    known = read_property(world, property->root, property->name);
    sheet_set_property(world->book->sheet, question->subject, known);
    return known;
}

struct datum world_ask(void *data, const struct question *question)
{
    struct world *world = data;
    switch ((int)question->kind) {
    case ASK_ITEM: return ask_item(world, question);
    case ASK_FORM: return ask_form(world, question);
    case ASK_PROPERTY: return ask_property(world, question);
    case ASK_SCHEDULE: return ask_schedule(world, question);
    default: return sheet_ask(world->book->sheet, question);
    }
}
