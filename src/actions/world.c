#include "actions/world.h"

#include "model/answer_datum.h"

#include <string.h>

/* --- the forms ------------------------------------------------------------------------ */

/* Behind those that are there. */
static void add_forms(struct world *world, const struct form_states *forms)
{
    struct world_form *all = ARENA_ARRAY(world->arena, struct world_form,
                                         world->form_count + forms->count + 1);
    for (size_t i = 0; i < world->form_count; i++)
        all[i] = world->forms[i];
    for (size_t i = 0; i < forms->count; i++)
        all[world->form_count + i] = (struct world_form){.state = forms->list[i]};
    world->forms = all;
    world->form_count += forms->count;
}

static bool read_forms(struct world *world, struct error *err)
{
    struct form_states read;
    if (world->stored_forms != NULL)
        add_forms(world, world->stored_forms);
    else if (form_list(world->db, world->participant->id, world->arena, &read, err))
        add_forms(world, &read);
    else
        return false;
    if (world->attached == 0)
        return true;
    if (!form_list(world->db, world->attached, world->arena, &read, err))
        return false;
    add_forms(world, &read);
    return true;
}

/* The instance under evaluation is one of the list, also before its first save. */
static void find_current(struct world *world)
{
    if (text_is_absent(world->key.form))
        return;
    for (size_t i = 0; i < world->form_count; i++)
        if (form_key_equal(&world->forms[i].state.key, &world->key)) {
            world->current = &world->forms[i];
            return;
        }
    /* add_forms has left room for one more. */
    world->current = &world->forms[world->form_count++];
    *world->current = (struct world_form){.state = {.key = world->key}};
}

static bool is_taken(const struct sheet_form *form, int32_t event,
                     const struct form_key *key, int32_t form_repeat)
{
    for (int32_t i = 0; i < form->count; i++)
        if (form->instances[i]->event == event &&
            form->instances[i]->event_repeat == (int32_t)key->event_repeat &&
            form->instances[i]->form_repeat == form_repeat)
            return true;
    return false;
}

/* A form whose place is taken by one of the other record comes behind it. */
static void place_form(struct world *world, struct world_form *form)
{
    const struct form_key *key = &form->state.key;
    struct sheet *sheet = world->book->sheet;
    int32_t number = rulebook_form(world->rulebook, key->form);
    int32_t event = rulebook_event(world->rulebook, key->event);
    int32_t repeat = (int32_t)key->form_repeat;
    if (number < 0 || event < 0)
        return;
    while (is_taken(&sheet->forms[number], event, key, repeat))
        repeat++;
    form->instance =
        sheet_instance(sheet, number, event, (int32_t)key->event_repeat, repeat);
}

static bool is_once(const struct world *world, const struct world_form *form)
{
    int32_t number = rulebook_form(world->rulebook, form->state.key.form);
    return number < 0 || world->rulebook->dictionary->forms[number].is_once;
}

/* What the attached record tells came first; but of a form that there is once, the
 * participant's own is the one. */
static void place_forms(struct world *world)
{
    for (size_t i = 0; i < world->form_count; i++) {
        bool is_own = world->forms[i].state.key.participant == world->participant->id;
        if (is_own == is_once(world, &world->forms[i]))
            place_form(world, &world->forms[i]);
    }
    for (size_t i = 0; i < world->form_count; i++)
        if (world->forms[i].instance == NULL)
            place_form(world, &world->forms[i]);
}

static bool list_forms(struct world *world, struct error *err)
{
    if (!read_forms(world, err))
        return false;
    find_current(world);
    place_forms(world);
    return true;
}

/* --- answers -------------------------------------------------------------------------- */

static struct datum datum_for(const struct world *world, int32_t item,
                              const struct answer *answer)
{
    return answer_datum(answer, world->rulebook->dictionary->items[item].type.kind,
                        world->offset_minutes);
}

/* The rows of a group up to this one are there. */
static void make_row(struct sheet *sheet, struct sheet_instance *instance, int32_t item,
                     int64_t row)
{
    int32_t group = sheet->shape->items[item].group;
    int32_t first = sheet->shape->forms[instance->form].first_group;
    if (sheet->shape->groups[group].is_repeating && row <= LIMIT_ROWS &&
        instance->groups[group - first].rows < row)
        sheet_set_rows(sheet, instance, group, (int32_t)row);
}

static void put_answer(struct world *world, struct sheet_instance *instance,
                       struct text oid, int64_t row, const struct answer *answer)
{
    int32_t item = rulebook_item(world->rulebook, instance->form, oid);
    struct sheet *sheet = world->book->sheet;
    if (item < 0)
        return;
    make_row(sheet, instance, item, row);
    (void)sheet_set(sheet, instance, item, (int32_t)row,
                    datum_for(world, item, answer));
}

/* The answers that the save has at hand, its own included. */
static void put_heads_now(struct world *world)
{
    size_t next = 0;
    struct text item;
    int64_t row = 0;
    const struct head *head = NULL;
    while (heads_next(world->heads, &next, &item, &row, &head))
        put_answer(world, world->current->instance, item, row, &head->answer);
}

/* As the answers were before the save. Heads of its own event are what it has changed:
 * in their place stands what was there, of several changes before the first. */
static void put_heads_before(struct world *world)
{
    size_t next = 0;
    struct text item;
    int64_t row = 0;
    const struct head *head = NULL;
    while (heads_next(world->heads, &next, &item, &row, &head))
        if (world->change_count == 0 || head->version.seq != world->seq)
            put_answer(world, world->current->instance, item, row, &head->answer);
    for (size_t i = world->change_count; i > 0; i--) {
        const struct value_change *change = &world->changes[i - 1];
        if (answer_is_given(&change->old)) /* else not even its row was there */
            put_answer(world, world->current->instance, change->item, change->row,
                       &change->old);
    }
}

static struct sheet_instance *instance_of(const struct world *world, int64_t form)
{
    for (size_t i = 0; i < world->form_count; i++)
        if (world->forms[i].state.id == form)
            return world->forms[i].instance;
    return NULL;
}

static bool read_stored(struct world *world, int64_t participant, struct error *err)
{
    bool is_in_heads = world->heads != NULL && world->current != NULL;
    int64_t without = is_in_heads ? world->current->state.id : 0;
    struct participant_value *values = NULL;
    size_t count = 0;
    if (!participant_values(world->db, participant, without, world->arena, &values,
                            &count, err))
        return false;
    struct sheet_instance *instance = NULL;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || values[i].form != values[i - 1].form)
            instance = instance_of(world, values[i].form);
        if (instance != NULL)
            put_answer(world, instance, values[i].item, values[i].row,
                       &values[i].answer);
    }
    struct participant_value *all =
        ARENA_ARRAY(world->arena, struct participant_value, world->value_count + count);
    for (size_t i = 0; i < world->value_count; i++)
        all[i] = world->values[i];
    for (size_t i = 0; i < count; i++)
        all[world->value_count + i] = values[i];
    world->values = all;
    world->value_count += count;
    return true;
}

static bool read_answers(struct world *world, struct error *err)
{
    for (size_t i = 0; i < world->form_count; i++) {
        int64_t participant = world->forms[i].state.key.participant;
        bool is_first =
            i == 0 || participant != world->forms[i - 1].state.key.participant;
        if (is_first && !read_stored(world, participant, err))
            return false;
    }
    if (world->heads != NULL && world->current != NULL &&
        world->current->instance != NULL)
        put_heads_before(world);
    return true;
}

/* --- what is known without asking ----------------------------------------------------- */

/* A puncture and a dose are asked about before they happen: a row of their form that says
 * where or how much, and not yet when, is a plan. */
static bool looks_ahead(const struct world *world)
{
    const struct design *design = world->rulebook->design;
    const struct form *form = design_form(design, world->key.form);
    for (size_t i = 0; form != NULL && i < design->check_count; i++)
        if (design->checks[i].is_planned &&
            form_group_of(form, design->checks[i].item) != NULL)
            return true;
    return false;
}

static void set_planned(struct world *world)
{
    int32_t planned = rulebook_property(world->rulebook, NULL, "planned");
    if (planned >= 0)
        sheet_set_property(world->book->sheet, planned, datum_truth(TRUTH_YES));
}

/* What an attachment tells comes from the verb that makes it: sealed, so that what is
 * stored stays. */
static void set_properties(struct world *world)
{
    static const char *const of_attachment[] = {"provisional", "bed", "attached",
                                                "attached_by"};
    struct sheet *sheet = world->book->sheet;
    memcpy(sheet->properties,
           rulebook_properties(world->rulebook, world->participant->site),
           sizeof *sheet->properties * (size_t)sheet->shape->property_count);
    if (looks_ahead(world))
        set_planned(world);
    for (size_t i = 0; world->attached != 0 && i < ARRAY_COUNT(of_attachment); i++) {
        int32_t property =
            rulebook_property(world->rulebook, "participant", of_attachment[i]);
        if (property >= 0)
            sheet_set_property(sheet, property, datum_of_kind(DATUM_SEALED));
    }
}

/* --- opening, running ----------------------------------------------------------------- */

static void make_book(struct world *world)
{
    const struct site *site =
        design_site(world->rulebook->design, world->participant->site);
    world->offset_minutes = site == NULL ? 0 : site->offset_minutes;
    world->book = book_new(world->rulebook->set, world->arena);
    world->book->world.ask = world_ask;
    world->book->world.data = world;
    set_properties(world);
}

/* The row may be a new one: whoever counts rows looks again. */
static void apply_row(struct world *world, struct sheet_instance *instance,
                      int32_t item, int64_t row)
{
    const struct shape *shape = world->book->set->shape;
    int32_t group = shape->items[item].group;
    int32_t rows =
        instance->groups[group - shape->forms[instance->form].first_group].rows;
    if (shape->groups[group].is_repeating && row > rows && row <= LIMIT_ROWS)
        book_set_rows(world->book, instance, group, (int32_t)row);
}

static void apply_changes(struct world *world)
{
    struct sheet_instance *instance = world->current->instance;
    for (size_t i = 0; i < world->change_count; i++) {
        const struct value_change *change = &world->changes[i];
        int32_t item = rulebook_item(world->rulebook, instance->form, change->item);
        if (item < 0)
            continue;
        /* Which may be the answer of somebody else that this one does not replace. */
        const struct head *current =
            heads_current(world->heads, change->item, change->row);
        ASSERT(current != NULL);
        apply_row(world, instance, item, change->row);
        book_set(world->book, instance, item, (int32_t)change->row,
                 datum_for(world, item, &current->answer));
    }
}

/* Is the form of this save the only one there is? Then what it was before matters to
 * nobody else, and need not be known. */
static bool is_alone(const struct world *world)
{
    return world->form_count == 1 && world->current != NULL &&
           world->current->instance != NULL && world->heads != NULL;
}

bool world_open(struct world *world, struct error *err)
{
    if (world->rulebook->set == NULL)
        return true;
    if (!participant_attached_to(world->db, world->participant->id, &world->attached,
                                 err))
        return false;
    make_book(world);
    if (!world_registers(world, err) || !list_forms(world, err))
        return false;
    if (is_alone(world)) {
        put_heads_now(world);
        book_touch(world->book, world->current->instance);
        return true;
    }
    if (!read_answers(world, err))
        return false;
    book_settle(world->book, world->now, world->offset_minutes, world->arena);
    if (world->current != NULL && world->current->instance != NULL) {
        book_touch(world->book, world->current->instance);
        apply_changes(world);
    }
    return true;
}

bool world_run(struct world *world, struct error *err)
{
    if (world->book != NULL)
        book_run(world->book, world->now, world->offset_minutes, world->arena);
    if (world->is_failed)
        *err = world->error;
    return !world->is_failed;
}

static struct schedule_input schedule_input_of(const struct world *world)
{
    return (struct schedule_input){.rulebook = world->rulebook,
                                   .sheet = world->book->sheet,
                                   .world = &world->book->world};
}

bool world_dues(struct world *world, struct schedule *out, struct error *err)
{
    *out = (struct schedule){0};
    if (world->book == NULL)
        return true;
    if (world->schedule == NULL) {
        struct schedule_input input = schedule_input_of(world);
        world->schedule = ARENA_NEW(world->arena, struct schedule);
        *world->schedule = schedule_of(&input, world->arena);
    }
    *out = *world->schedule;
    if (world->is_failed)
        *err = world->error;
    return !world->is_failed;
}

bool world_schedule(struct world *world, struct schedule *out, struct error *err)
{
    if (!world_dues(world, out, err))
        return false;
    if (world->book == NULL)
        return true;
    struct schedule_input input = schedule_input_of(world);
    schedule_leave_out(&input, out, world->arena);
    if (world->is_failed)
        *err = world->error;
    return !world->is_failed;
}

/* --- answers for the verbs ------------------------------------------------------------ */

int32_t world_instances(const struct world *world, struct text form)
{
    int32_t number = world->book == NULL ? -1 : rulebook_form(world->rulebook, form);
    return number < 0 ? 0 : world->book->sheet->forms[number].count;
}

struct datum world_answer(const struct world *world, struct text form, int32_t instance,
                          struct text item, int32_t row)
{
    int32_t number = world->book == NULL ? -1 : rulebook_form(world->rulebook, form);
    int32_t subject = number < 0 ? -1 : rulebook_item(world->rulebook, number, item);
    if (subject < 0)
        return datum_of_kind(DATUM_EMPTY);
    struct question question = {
        .kind = ASK_VALUE, .subject = subject, .instance = instance, .row = row};
    return sheet_ask(world->book->sheet, &question);
}

struct datum world_stored(const struct world *world, struct text form, int32_t instance,
                          struct text item, int32_t row)
{
    int32_t number = world->book == NULL ? -1 : rulebook_form(world->rulebook, form);
    int32_t subject = number < 0 ? -1 : rulebook_item(world->rulebook, number, item);
    if (subject < 0 || instance < 0 || instance >= world_instances(world, form))
        return datum_of_kind(DATUM_EMPTY);
    const struct sheet *sheet = world->book->sheet;
    const struct cell *cell =
        sheet_cell(sheet, sheet->forms[number].instances[instance], subject, row);
    return cell == NULL ? datum_of_kind(DATUM_EMPTY) : cell->value;
}

bool world_place(const struct world *world, struct text form, int32_t instance,
                 struct form_key *out)
{
    if (instance < 0 || instance >= world_instances(world, form))
        return false;
    int32_t number = rulebook_form(world->rulebook, form);
    const struct sheet_instance *wanted =
        world->book->sheet->forms[number].instances[instance];
    for (size_t i = 0; i < world->form_count; i++)
        if (world->forms[i].instance == wanted) {
            *out = world->forms[i].state.key;
            return true;
        }
    return false;
}

int32_t world_rows(const struct world *world, struct text form, int32_t instance,
                   struct text item)
{
    int32_t number = world->book == NULL ? -1 : rulebook_form(world->rulebook, form);
    int32_t subject = number < 0 ? -1 : rulebook_item(world->rulebook, number, item);
    if (subject < 0)
        return 0;
    struct question question = {.kind = ASK_ROWS,
                                .subject =
                                    world->rulebook->set->shape->items[subject].group,
                                .instance = instance};
    return (int32_t)sheet_ask(world->book->sheet, &question).as.coefficient;
}

bool world_answer_is(const struct world *world, struct text form, int32_t instance,
                     struct text item, struct text code)
{
    struct datum answer = world_answer(world, form, instance, item, 0);
    return answer.kind == DATUM_TEXT && text_equal(datum_as_text(answer), code);
}

bool world_form_is_under(const struct world *world, const struct world_form *form)
{
    return form->state.id == 0 ||
           text_equal(form->state.design_version, world->rulebook->design->version);
}
