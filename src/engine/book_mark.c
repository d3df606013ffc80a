#include "engine/book_parts.h"

#include "engine/watch.h"

/* Looking costs a turn of a loop for each place: so many between two runs, then all places
 * are marked without. */
enum { LOOKS = 50000 };

void book_mark_place(struct book *book, int32_t rule, int32_t serial, int32_t row)
{
    struct book_dirt *dirt = &book->dirt[rule];
    if (dirt->is_all)
        return;
    for (int32_t i = 0; i < dirt->count && i < 4; i++) {
        const struct book_place *last = &dirt->places[dirt->count - 1 - i];
        if (last->serial == serial && (last->row == row || last->row == -1))
            return;
    }
    if (dirt->count == dirt->capacity) {
        int32_t capacity = dirt->capacity == 0 ? 8 : dirt->capacity * 2;
        struct book_place *places =
            ARENA_ARRAY(book->arena, struct book_place, (size_t)capacity);
        for (int32_t i = 0; i < dirt->count; i++)
            places[i] = dirt->places[i];
        dirt->places = places;
        dirt->capacity = capacity;
    }
    dirt->places[dirt->count++] = (struct book_place){.serial = serial, .row = row};
}

static void mark_reader(struct book *book, const struct graph_edge *edge,
                        int32_t serial, int32_t row)
{
    if (edge->reach == DEPENDS_ANYWHERE || serial < 0)
        book->dirt[edge->rule].is_all = true;
    else
        book_mark_place(book, edge->rule, serial,
                        edge->reach == DEPENDS_SAME_ROW ? row : -1);
}

void book_mark_readers(struct book *book, const struct graph_readers *readers,
                       int32_t thing, int32_t serial, int32_t row)
{
    for (int32_t i = readers->first[thing]; i < readers->first[thing + 1]; i++)
        mark_reader(book, &readers->edges[i], serial, row);
}

void book_mark_form(struct book *book, int32_t form, int32_t group, int32_t serial)
{
    for (int32_t r = 0; r < book->set->rule_count; r++) {
        const struct rule *rule = &book->set->rules[r];
        if (rule->form == form && (group < 0 || rule->group == group))
            book_mark_place(book, r, serial, -1);
    }
}

/* ---- places to which a changed row does not matter ---- */

struct looking {
    struct book *book;
    const struct book_cell *cell;
    const struct graph_edge *edge;
    const struct watch_share *general; /* of each loop, before the change */
    const struct watch_share *now; /* the same after it; NULL: it has not changed yet */
};

static bool is_watched(const struct book *book, const struct graph_edge *edge)
{
    return book->is_looking && edge->watch != NULL && !book->dirt[edge->rule].is_all;
}

static void keep_share(struct book *book, const struct watch_share *share)
{
    if (book->share_count == book->share_capacity) {
        size_t capacity = book->share_capacity == 0 ? 64 : book->share_capacity * 2;
        struct watch_share *shares =
            ARENA_ARRAY(book->arena, struct watch_share, capacity);
        for (size_t i = 0; i < book->share_count; i++)
            shares[i] = book->shares[i];
        book->shares = shares;
        book->share_capacity = capacity;
    }
    book->shares[book->share_count++] = *share;
}

/* What the changed row gives a loop; wherever the rule stands when `place` is NULL. Texts
 * made on the way are given back. */
static struct watch_share share_of(const struct looking *looking,
                                   const struct watch_loop *loop,
                                   const struct engine_place *place)
{
    struct book *book = looking->book;
    const struct book_cell *cell = looking->cell;
    const struct watch *watch = looking->edge->watch;
    struct run_frame row = {.form = loop->plan->form,
                            .instance = sheet_position(book->sheet, cell->instance),
                            .row = loop->plan->group >= 0 ? cell->row : 0};
    struct arena_mark mark = arena_mark(book->arena);
    book->run->scratch = book->arena;
    struct watch_share share =
        place == NULL ? watch_general(book->run, watch, loop, &row)
                      : watch_share_of(book->run, watch, loop, &row, place);
    arena_rewind(book->arena, mark);
    book->look_count++;
    return share;
}

typedef void place_function(const struct looking *looking,
                            const struct engine_place *place);

static void each_place(const struct looking *looking, place_function *function)
{
    const struct rule *rule = &looking->book->set->rules[looking->edge->rule];
    const struct sheet_form *form = &looking->book->sheet->forms[rule->form];
    int32_t first = looking->book->set->shape->forms[rule->form].first_group;
    for (int32_t i = 0; i < form->count; i++) {
        const struct sheet_instance *instance = form->instances[i];
        if (looking->edge->reach == DEPENDS_SAME_FORM &&
            instance != looking->cell->instance)
            continue;
        int32_t rows = rule->group < 0 ? 0 : instance->groups[rule->group - first].rows;
        for (int32_t row = rule->group < 0 ? 0 : 1; row <= rows; row++) {
            struct engine_place place = {.form = rule->form, .instance = i, .row = row};
            function(looking, &place);
        }
    }
}

static void keep_shares_at(const struct looking *looking,
                           const struct engine_place *place)
{
    const struct watch *watch = looking->edge->watch;
    for (int32_t i = 0; i < watch->loop_count; i++) {
        if (looking->general[i].is_general)
            continue;
        struct watch_share share = share_of(looking, &watch->loops[i], place);
        keep_share(looking->book, &share);
    }
}

static void look_through(struct looking looking)
{
    struct watch_share general[WATCH_LOOPS];
    const struct watch *watch = looking.edge->watch;
    looking.general = general;
    for (int32_t i = 0; i < watch->loop_count; i++) {
        general[i] = share_of(&looking, &watch->loops[i], NULL);
        keep_share(looking.book, &general[i]);
    }
    each_place(&looking, keep_shares_at);
}

/* The next share of this loop among those kept before the change. */
static const struct watch_share *share_before(const struct looking *looking, int32_t i)
{
    if (looking->general[i].is_general)
        return &looking->general[i];
    return &looking->book->shares[looking->book->share_next++];
}

static void mark_if_different(const struct looking *looking,
                              const struct engine_place *place)
{
    struct book *book = looking->book;
    const struct watch *watch = looking->edge->watch;
    bool is_different = false;
    for (int32_t i = 0; i < watch->loop_count; i++) {
        const struct watch_share *before = share_before(looking, i);
        struct watch_share after = looking->now[i];
        if (!is_different && !after.is_general)
            after = share_of(looking, &watch->loops[i], place);
        is_different = is_different || !watch_is_same(before, &after);
    }
    if (is_different)
        book_mark_place(
            book, looking->edge->rule,
            book->sheet->forms[place->form].instances[place->instance]->serial,
            place->row);
}

/* Nowhere does the row count, neither before nor after. */
static bool is_nowhere(const struct looking *looking)
{
    for (int32_t i = 0; i < looking->edge->watch->loop_count; i++)
        if (!looking->general[i].is_general || !looking->now[i].is_general ||
            !watch_is_same(&looking->general[i], &looking->now[i]))
            return false;
    return true;
}

static void mark_through(struct looking looking)
{
    struct watch_share general[WATCH_LOOPS], now[WATCH_LOOPS];
    struct book *book = looking.book;
    const struct watch *watch = looking.edge->watch;
    looking.general = general;
    looking.now = now;
    for (int32_t i = 0; i < watch->loop_count; i++) {
        general[i] = book->shares[book->share_next++];
        now[i] = share_of(&looking, &watch->loops[i], NULL);
    }
    if (!is_nowhere(&looking))
        each_place(&looking, mark_if_different);
    if (watch->is_own)
        book_mark_place(book, looking.edge->rule, looking.cell->instance->serial,
                        looking.cell->row);
}

void book_look_at(struct book *book, const struct book_cell *cell)
{
    const struct graph_readers *readers = &book->set->of_item;
    struct looking looking = {.book = book, .cell = cell};
    struct arena *scratch = book->run->scratch;
    book->is_looking = book->is_whole && book->look_count < LOOKS;
    book->share_count = book->share_next = 0;
    for (int32_t i = readers->first[cell->item]; i < readers->first[cell->item + 1];
         i++) {
        looking.edge = &readers->edges[i];
        if (is_watched(book, looking.edge))
            look_through(looking);
    }
    book->run->scratch = scratch;
}

/* A watched edge marks places of its own rule alone, and an item has one edge a rule: so
 * the same edges are watched as before the change. */
void book_mark_cell(struct book *book, const struct book_cell *cell)
{
    const struct graph_readers *readers = &book->set->of_item;
    struct looking looking = {.book = book, .cell = cell};
    struct arena *scratch = book->run->scratch;
    for (int32_t i = readers->first[cell->item]; i < readers->first[cell->item + 1];
         i++) {
        looking.edge = &readers->edges[i];
        if (is_watched(book, looking.edge))
            mark_through(looking);
        else
            mark_reader(book, looking.edge, cell->instance->serial, cell->row);
    }
    book->run->scratch = scratch;
}
