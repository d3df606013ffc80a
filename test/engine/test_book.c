/* All rules over one participant: order, circles, and that running what a change reaches
 * gives what running everything would. */
#include "engine/digest.h"
#include "engine/pack.h"
#include "support/rule_sample.h"
#include "support/unit.h"

static const char *const design =
    "event BL\nevent H1\nevent H2\n"
    "codes NY N Y\n"
    "form DM at BL\n"
    "item SEX text\nitem WEIGHT number kg 1\nitem HEIGHT number cm 1\n"
    "item BMI number kg/m2 1\nitem PREG code NY\nitem PREGW number - 0\n"
    "item DOSES number - 0\nitem TOTAL number mg 0\nitem HIGH code NY\n"
    "form VS at BL H1 H2\n"
    "item T moment\nitem SBP number mm[Hg] 0\nitem DBP number mm[Hg] 0\n"
    "item PP number mm[Hg] 0\nitem DPP number mm[Hg] 0\n"
    "form LID at H1\n"
    "item LIMIT number mg 0\n"
    "group LID2 repeats\n"
    "item LIDT moment\nitem MG number mg 0\nitem CUM number mg 0\nitem OVER code NY\n"
    "property setting.limit number mg/kg 0\n";

/* kind, item, expression */
static const struct {
    enum rule_kind kind;
    const char *item, *source;
} sources[] = {
    /* Not in their order: the graph finds it. */
    {RULE_FIRES, "OVER", "OVER = 'Y'"},
    {RULE_DERIVES, "OVER", "CUM > LIMIT"},
    {RULE_DERIVES, "CUM",
     "sum(MG here where LIDT <= this.LIDT and LIDT > this.LIDT - 24 h)"},
    {RULE_DERIVES, "LIMIT", "round(setting.limit * DM.WEIGHT in mg, 0)"},
    {RULE_DERIVES, "BMI", "round(WEIGHT / HEIGHT^2 in kg/m2, 1)"},
    {RULE_FIRES, "BMI", "BMI < 13 or BMI > 50"},
    {RULE_SHOWS, "PREG", "SEX = 'F'"},
    {RULE_SHOWS, "PREGW", "PREG = 'Y'"},
    {RULE_FIRES, "PREGW", "PREGW > 42"},
    {RULE_DERIVES, "PP", "SBP - DBP"},
    {RULE_DERIVES, "DPP", "PP - (PP at BL)"},
    {RULE_FIRES, "DPP", "DPP > 20 and PP > previous(PP)"},
    {RULE_DERIVES, "DOSES", "count(LID2 where MG > 0)"},
    {RULE_DERIVES, "TOTAL", "sum(LID.MG)"},
    {RULE_FIRES, "TOTAL", "TOTAL > 100 and now - last(LIDT) > 1 h"},
    {RULE_FIRES, "TOTAL", "any(LID2 where now - LIDT > 1 h)"},
    {RULE_FIRES, "DOSES", "last(LID.OVER) = 'Y'"},
    {RULE_DERIVES, "HIGH", "any(LID2 where MG > 100)"},
    {RULE_FIRES, "LIDT", "LIDT < previous(LIDT)"},
    {RULE_FIRES, "MG", "let LEAST = 10 mg\nMG > previous(MG where MG > LEAST by LIDT)"},
};

enum { RULES = sizeof sources / sizeof sources[0] };

struct studied {
    struct rule_sample sample;
    struct rule_set set;
    struct rule rules[RULES];
};

static void add_rule(struct studied *s, size_t i, enum rule_kind kind, const char *name,
                     const char *source)
{
    int32_t at = rule_sample_item(&s->sample, name);
    const struct dictionary_item *item = &s->sample.dictionary.items[at];
    bool is_row = s->sample.dictionary.groups[item->group].is_repeating;
    struct findings findings;
    struct rule *rule = &s->rules[i];
    *rule = (struct rule){.kind = kind,
                          .item = at,
                          .form = item->form,
                          .group = is_row ? item->group : -1};
    struct expression expression = {
        .source = text_of(source),
        .context = {.form = rule->form,
                    .group = rule->group,
                    .is_truth_wanted = kind != RULE_DERIVES,
                    .stored = kind == RULE_DERIVES ? &item->type : NULL}};
    rule->program = expression_compile(&expression, &s->sample.dictionary,
                                       s->sample.arena, &findings);
    if (rule->program == NULL)
        fail_msg("%s: %.*s", source, TEXT_ARG(findings.kept[0].sentence));
}

static void study_begin(struct studied *s)
{
    rule_sample_begin(&s->sample, text_of(design));
    for (size_t i = 0; i < RULES; i++)
        add_rule(s, i, sources[i].kind, sources[i].item, sources[i].source);
    s->set = (struct rule_set){
        .shape = s->sample.shape, .rules = s->rules, .rule_count = RULES};
    int32_t circle, count;
    assert_true(graph_make(&s->set, s->sample.arena, &circle, 1, &count));
}

static void rules_run_behind_those_they_read(void **state)
{
    (void)state;
    struct studied s;
    study_begin(&s);
    int32_t place[RULES];
    for (int32_t i = 0; i < RULES; i++)
        place[s.set.order[i]] = i;
    /* OVER reads CUM and LIMIT; the check reads OVER; PREGW reads PREG; DPP reads PP. */
    static const int before[][2] = {{1, 0}, {2, 1}, {3, 1},  {4, 5},
                                    {6, 7}, {7, 8}, {9, 10}, {10, 11}};
    for (size_t i = 0; i < 8; i++)
        assert_true(place[before[i][0]] < place[before[i][1]]);
    rule_sample_end(&s.sample);
}

static void a_circle_is_found_and_named(void **state)
{
    (void)state;
    struct studied s;
    study_begin(&s);
    /* PP reads DPP, which reads PP at the baseline. */
    add_rule(&s, 9, RULE_DERIVES, "PP", "SBP - DBP + DPP");
    int32_t circle[4], count;
    assert_false(graph_make(&s.set, s.sample.arena, circle, 4, &count));
    assert_int_equal(count, 2);
    assert_int_equal(circle[0] + circle[1], 9 + 10);
    rule_sample_end(&s.sample);
}

/* ---- changes ---- */

static uint64_t random_state = 99;

static int32_t below(int32_t limit)
{
    random_state =
        random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int32_t)(random_state >> 33) % limit;
}

static struct datum random_value(const struct dictionary_item *item, int64_t now)
{
    static const char *const codes[] = {"N", "Y"};
    if (below(6) == 0)
        return datum_of_kind(DATUM_EMPTY);
    switch ((int)item->type.kind) {
    case TYPE_NUMBER: return datum_whole(below(150));
    case TYPE_MOMENT: return datum_instant(now - below(100000) * INT64_C(1000000), 480);
    case TYPE_CODE: return datum_text(text_of(codes[below(2)]));
    default: return datum_text(below(2) == 0 ? TEXT("F") : TEXT("M"));
    }
}

static bool is_derived(const struct studied *s, int32_t item)
{
    for (size_t i = 0; i < RULES; i++)
        if (s->rules[i].kind == RULE_DERIVES && s->rules[i].item == item)
            return true;
    return false;
}

/* The same instances, rows and entered values in a new book, everything run. */
static struct book *rebuilt(struct studied *s, const struct book *book, int64_t now)
{
    struct book *fresh = book_new(&s->set, s->sample.arena);
    book_set_property(fresh, 0, book->sheet->properties[0]);
    for (int32_t serial = 0; serial < book->sheet->serial_count; serial++) {
        const struct sheet_instance *from = book->sheet->by_serial[serial];
        struct sheet_instance *to = book_instance(
            fresh, from->form, from->event, from->event_repeat, from->form_repeat);
        int32_t first = s->set.shape->forms[from->form].first_group;
        for (int32_t item = 0; item < s->set.shape->item_count; item++) {
            const struct shape_item *place = &s->set.shape->items[item];
            if (place->form != from->form || is_derived(s, item))
                continue;
            bool repeats = s->set.shape->groups[place->group].is_repeating;
            int32_t rows = repeats ? from->groups[place->group - first].rows : 0;
            if (repeats)
                book_set_rows(fresh, to, place->group, rows);
            for (int32_t row = repeats; row <= rows; row++)
                book_set(fresh, to, item, row,
                         sheet_cell(book->sheet, from, item, row)->value);
        }
    }
    book_run(fresh, now, 480, s->sample.arena);
    return fresh;
}

static void change_something(struct studied *s, struct book *book, int64_t now)
{
    static const int32_t events[][2] = {{0, 0}, {1, 0}, {1, 1}, {1, 2}, {2, 1}};
    const int32_t *place = events[below(5)];
    struct sheet_instance *instance = book_instance(book, place[0], place[1], 1, 1);
    int32_t group = dictionary_group_of(&s->sample.dictionary, TEXT("LID2"));
    if (place[0] == 2 && below(3) == 0)
        book_set_rows(book, instance, group, below(5));
    if (below(20) == 0)
        book_set_property(book, 0, datum_whole(1 + below(3)));
    for (int32_t item = 0; item < s->set.shape->item_count; item++)
        if (s->set.shape->items[item].form == place[0] && !is_derived(s, item) &&
            below(4) == 0) {
            int32_t row = s->set.shape->items[item].group == group ? 1 + below(4) : 0;
            book_set(book, instance, item, row,
                     random_value(&s->sample.dictionary.items[item], now));
        }
}

static void expect_same_checks(const struct studied *s, const struct book *a,
                               const struct book *b)
{
    for (int32_t r = 0; r < RULES; r++)
        for (int32_t serial = 0;
             serial < a->sheet->serial_count && s->rules[r].kind == RULE_FIRES;
             serial++)
            for (int32_t row = 0; row < 6; row++)
                assert_int_equal(book_fires(a, r, serial, row),
                                 book_fires(b, r, serial, row));
}

/* Sequences of random changes, and of time going by. */
static void a_change_gives_what_running_everything_gives(void **state)
{
    (void)state;
    struct studied s;
    study_begin(&s);
    for (int round = 0; round < 20; round++) {
        struct book *book = book_new(&s.set, s.sample.arena);
        int64_t now = s.sample.world.now;
        for (int step = 0; step < 30; step++) {
            now += below(3600) * INT64_C(1000000);
            if (below(4) > 0)
                change_something(&s, book, now);
            book_run(book, now, 480, s.sample.arena);
            struct book *fresh = rebuilt(&s, book, now);
            assert_true(digest_of_book(book, now, 480, s.sample.arena) ==
                        digest_of_book(fresh, now, 480, s.sample.arena));
            expect_same_checks(&s, book, fresh);
            assert_true(book->wakes_at == fresh->wakes_at);
            /* Nothing more to do. */
            int64_t runs = book->run_count;
            book_run(book, now, 480, s.sample.arena);
            assert_int_equal(book->run_count, runs);
            assert_int_equal(book->change_count, 0);
        }
    }
    rule_sample_end(&s.sample);
}

static void a_change_in_one_row_runs_only_its_rules(void **state)
{
    (void)state;
    struct studied s;
    study_begin(&s);
    struct book *book = book_new(&s.set, s.sample.arena);
    int32_t sbp = rule_sample_item(&s.sample, "SBP");
    struct sheet_instance *vs = NULL;
    for (int32_t event = 0; event < 3; event++)
        vs = book_instance(book, 1, event, 1, 1);
    book_run(book, 0, 480, s.sample.arena);
    int64_t before = book->run_count;
    /* At the last event: PP there; then all that reads PP anywhere, which is DPP and its
     * check at the three events. */
    book_set(book, vs, sbp, 0, datum_whole(120));
    book_set(book, vs, sbp + 1, 0, datum_whole(80));
    book_run(book, 0, 480, s.sample.arena);
    assert_int_equal(book->run_count - before, 1 + 3 + 3);
    assert_int_equal(book->change_count, 1);
    assert_int_equal(book->changes[0].rule, 9);
    assert_int_equal(book->changes[0].value.as.coefficient, 40);
    rule_sample_end(&s.sample);
}

/* Three doses, 30 h apart. */
static struct sheet_instance *three_doses(struct studied *s, struct book *book,
                                          int64_t now)
{
    int64_t hour = INT64_C(3600000000);
    int32_t group = dictionary_group_of(&s->sample.dictionary, TEXT("LID2"));
    int32_t time = rule_sample_item(&s->sample, "LIDT");
    (void)book_instance(book, 0, 0, 1, 1);
    struct sheet_instance *lid = book_instance(book, 2, 1, 1, 1);
    book_set_rows(book, lid, group, 3);
    for (int32_t row = 1; row <= 3; row++) {
        book_set(book, lid, time, row, datum_instant(now + row * 30 * hour, 480));
        book_set(book, lid, time + 1, row, datum_whole(20));
    }
    book_run(book, now, 480, s->sample.arena);
    return lid;
}

static void a_row_that_is_nothing_to_other_places_runs_no_rule_there(void **state)
{
    (void)state;
    struct studied s;
    study_begin(&s);
    struct book *book = book_new(&s.set, s.sample.arena);
    int64_t now = s.sample.world.now;
    struct sheet_instance *lid = three_doses(&s, book, now);
    int64_t before = book->run_count;
    book_set(book, lid, rule_sample_item(&s.sample, "MG"), 1, datum_whole(40));
    book_run(book, now, 480, s.sample.arena);
    /* CUM and the check of MG in the row itself; that check in the next row, whose dose
     * before it is another; the sum over all, and the check that reads it; OVER, which
     * reads CUM. Not CUM of days later, not the count of doses, not HIGH. */
    assert_int_equal(book->run_count - before, 2 + 2 + 2 + 1);
    rule_sample_end(&s.sample);
}

/* Neither is known, but of a sealed value it is not known whether it is there. */
static void a_sealed_value_is_not_the_same_as_none(void **state)
{
    (void)state;
    struct studied s;
    study_begin(&s);
    struct book *book = book_new(&s.set, s.sample.arena);
    int64_t now = s.sample.world.now;
    struct sheet_instance *lid = three_doses(&s, book, now);
    int32_t mg = rule_sample_item(&s.sample, "MG");
    int32_t high = rule_sample_item(&s.sample, "HIGH");
    const struct cell *cell =
        sheet_cell(book->sheet, book->sheet->forms[0].instances[0], high, 0);
    book_set(book, lid, mg, 1, datum_whole(150));
    book_run(book, now, 480, s.sample.arena);
    assert_true(datum_equal(cell->value, datum_text(TEXT("Y"))));
    book_set(book, lid, mg, 1, datum_of_kind(DATUM_SEALED));
    book_run(book, now, 480, s.sample.arena);
    assert_true(datum_equal(cell->value, datum_text(TEXT("Y"))));
    book_set(book, lid, mg, 1, datum_of_kind(DATUM_EMPTY));
    book_run(book, now, 480, s.sample.arena);
    assert_true(datum_equal(cell->value, datum_of_kind(DATUM_EMPTY)));
    rule_sample_end(&s.sample);
}

/* A row that counts neither before nor after can still count later, at another time. */
static void a_row_that_will_count_sooner_wakes_its_rule_sooner(void **state)
{
    (void)state;
    struct studied s;
    study_begin(&s);
    struct book *book = book_new(&s.set, s.sample.arena);
    int64_t now = s.sample.world.now, hour = INT64_C(3600000000);
    struct sheet_instance *lid = three_doses(&s, book, now);
    assert_int_equal(book->wakes_at, now + 31 * hour + 1);
    book_set(book, lid, rule_sample_item(&s.sample, "LIDT"), 1,
             datum_instant(now + 10 * hour, 480));
    book_run(book, now, 480, s.sample.arena);
    assert_int_equal(book->wakes_at, now + 11 * hour + 1);
    rule_sample_end(&s.sample);
}

/* A new text takes the place of the old one in memory. */
static void a_text_written_over_another_is_another(void **state)
{
    (void)state;
    struct studied s;
    study_begin(&s);
    struct book *book = book_new(&s.set, s.sample.arena);
    int64_t now = s.sample.world.now;
    struct sheet_instance *lid = three_doses(&s, book, now);
    int32_t serial = book->sheet->forms[0].instances[0]->serial;
    book_set_property(book, 0, datum_whole(30));
    book_set(book, book->sheet->by_serial[serial],
             rule_sample_item(&s.sample, "WEIGHT"), 0, datum_whole(1));
    book_run(book, now, 480, s.sample.arena);
    assert_false(book_fires(book, 16, serial, 0));
    book_set(book, lid, rule_sample_item(&s.sample, "MG"), 3, datum_whole(40));
    book_run(book, now, 480, s.sample.arena);
    assert_true(book_fires(book, 16, serial, 0));
    rule_sample_end(&s.sample);
}

static void a_hidden_answer_is_kept_and_reads_as_nothing(void **state)
{
    (void)state;
    struct studied s;
    study_begin(&s);
    struct book *book = book_new(&s.set, s.sample.arena);
    struct sheet_instance *dm = book_instance(book, 0, 0, 1, 1);
    int32_t sex = rule_sample_item(&s.sample, "SEX");
    int32_t preg = rule_sample_item(&s.sample, "PREG");
    int32_t weeks = rule_sample_item(&s.sample, "PREGW");
    book_set(book, dm, sex, 0, datum_text(TEXT("F")));
    book_set(book, dm, preg, 0, datum_text(TEXT("Y")));
    book_set(book, dm, weeks, 0, datum_whole(50));
    book_run(book, 0, 480, s.sample.arena);
    assert_true(book_fires(book, 8, dm->serial, 0));
    book_set(book, dm, sex, 0, datum_text(TEXT("M")));
    book_run(book, 0, 480, s.sample.arena);
    assert_false(book_fires(book, 8, dm->serial, 0));
    assert_true(sheet_cell(book->sheet, dm, weeks, 0)->is_hidden);
    assert_int_equal(sheet_cell(book->sheet, dm, weeks, 0)->value.as.coefficient, 50);
    book_set(book, dm, sex, 0, datum_text(TEXT("F")));
    book_run(book, 0, 480, s.sample.arena);
    assert_true(book_fires(book, 8, dm->serial, 0));
    rule_sample_end(&s.sample);
}

static void a_check_wakes_when_its_time_has_come(void **state)
{
    (void)state;
    struct studied s;
    study_begin(&s);
    struct book *book = book_new(&s.set, s.sample.arena);
    int64_t now = s.sample.world.now, hour = INT64_C(3600000000);
    struct sheet_instance *dm = book_instance(book, 0, 0, 1, 1);
    struct sheet_instance *lid = book_instance(book, 2, 1, 1, 1);
    int32_t group = dictionary_group_of(&s.sample.dictionary, TEXT("LID2"));
    book_set_rows(book, lid, group, 1);
    book_set(book, lid, rule_sample_item(&s.sample, "LIDT"), 1,
             datum_instant(now, 480));
    book_set(book, lid, rule_sample_item(&s.sample, "MG"), 1, datum_whole(120));
    book_run(book, now, 480, s.sample.arena);
    assert_false(book_fires(book, 14, dm->serial, 0));
    assert_int_equal(book->wakes_at, now + hour + 1);
    book_run(book, book->wakes_at, 480, s.sample.arena);
    assert_true(book_fires(book, 14, dm->serial, 0));
    assert_true(book->wakes_at == WAKES_NEVER);
    rule_sample_end(&s.sample);
}

/* ---- packed ---- */

static struct text packed(struct studied *s)
{
    struct buffer buffer = buffer_in(s->sample.arena, (size_t)1 << 20);
    struct text bytes;
    struct error err;
    pack_write(&s->set, &buffer);
    ASSERT_OK(buffer_text(&buffer, &bytes, &err), &err);
    return bytes;
}

static void packed_rules_do_the_same(void **state)
{
    (void)state;
    struct studied s;
    study_begin(&s);
    const struct rule_set *read = pack_read(packed(&s), s.sample.arena);
    assert_non_null(read);
    struct book *book = book_new(&s.set, s.sample.arena);
    struct book *other = book_new(read, s.sample.arena);
    uint64_t seed = random_state;
    for (int turn = 0; turn < 2; turn++) {
        random_state = seed;
        for (int i = 0; i < 40; i++)
            change_something(&s, turn == 0 ? book : other, 0);
    }
    book_run(book, 0, 480, s.sample.arena);
    book_run(other, 0, 480, s.sample.arena);
    assert_int_equal(book->change_count, other->change_count);
    assert_true(digest_of_book(book, 0, 480, s.sample.arena) ==
                digest_of_book(other, 0, 480, s.sample.arena));
    rule_sample_end(&s.sample);
}

static void packed_rules_cut_short_are_refused(void **state)
{
    (void)state;
    struct studied s;
    study_begin(&s);
    struct text bytes = packed(&s);
    for (size_t len = 0; len < bytes.len; len += 1 + len / 50)
        assert_null(pack_read(text_part(bytes, 0, len), s.sample.arena));
    rule_sample_end(&s.sample);
}

/* ---- why ---- */

struct explained_part {
    const char *part, *value;
    bool is_answer;
};

static void assert_explained(const char *values, const char *source,
                             const struct explained_part *expected, size_t count)
{
    struct rule_sample sample;
    struct trace_entry entries[16];
    struct trace trace = {.entries = entries, .capacity = 16};
    struct findings findings;
    rule_sample_begin(&sample, text_of(design));
    rule_sample_values(&sample, text_of(values));
    const struct program *program =
        rule_sample_compile(&sample, text_of(source), TEXT("VS at BL"), &findings);
    struct engine_place place = rule_sample_place(&sample, TEXT("VS at BL"));
    sample.run->trace = &trace;
    run_program(sample.run, program, &place);
    assert_int_equal(trace.count, count);
    for (size_t i = 0; i < count; i++) {
        struct program_span span = entries[i].span;
        ASSERT_TEXT(text_part(program->source, span.from, span.to - span.from),
                    expected[i].part);
        ASSERT_TEXT(rule_sample_print(&sample, entries[i].value), expected[i].value);
        assert_int_equal(entries[i].is_answer, expected[i].is_answer);
    }
    rule_sample_end(&sample);
}

static void an_explanation_names_each_part_with_its_value(void **state)
{
    (void)state;
    static const struct explained_part expected[] = {
        {"SBP", "110", true},
        {"DBP", "60", true},
        {"SBP - DBP", "50", false},
        {"SBP - DBP > 40", "yes", false},
        {"SBP - DBP > 40 or DPP > 20", "yes", false}};
    assert_explained("at BL\nVS.SBP = 110\nVS.DBP = 60\n", "SBP - DBP > 40 or DPP > 20",
                     expected, ARRAY_COUNT(expected));
}

/* The first row says no, the second yes: "any" has its value then, and not before. */
static void an_explanation_names_a_loop_once_when_it_is_settled(void **state)
{
    (void)state;
    static const struct explained_part expected[] = {
        {"MG", "10", true},
        {"MG > 20", "no", false},
        {"MG", "30", true},
        {"MG > 20", "yes", false},
        {"any(LID2 where MG > 20)", "yes", false}};
    assert_explained(
        "at BL\nVS.SBP = 110\nLID.MG[1] = 10\nLID.MG[2] = 30\nLID.MG[3] = 40\n",
        "any(LID2 where MG > 20)", expected, ARRAY_COUNT(expected));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_run_behind_those_they_read),
        cmocka_unit_test(a_circle_is_found_and_named),
        cmocka_unit_test(a_change_gives_what_running_everything_gives),
        cmocka_unit_test(a_change_in_one_row_runs_only_its_rules),
        cmocka_unit_test(a_row_that_is_nothing_to_other_places_runs_no_rule_there),
        cmocka_unit_test(a_sealed_value_is_not_the_same_as_none),
        cmocka_unit_test(a_row_that_will_count_sooner_wakes_its_rule_sooner),
        cmocka_unit_test(a_text_written_over_another_is_another),
        cmocka_unit_test(a_hidden_answer_is_kept_and_reads_as_nothing),
        cmocka_unit_test(a_check_wakes_when_its_time_has_come),
        cmocka_unit_test(packed_rules_do_the_same),
        cmocka_unit_test(packed_rules_cut_short_are_refused),
        cmocka_unit_test(an_explanation_names_each_part_with_its_value),
        cmocka_unit_test(an_explanation_names_a_loop_once_when_it_is_settled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
