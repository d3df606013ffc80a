#include "support/rule_coverage.h"

#include "engine/syntax.h"

#include <stdio.h>

enum { NO = TRUTH_NO, YES = TRUTH_YES, UNKNOWN = TRUTH_UNKNOWN, VALUE, OUTCOMES };
enum { TRACE = 4096, RECENT = 16384 };
/* The rarest of so many; a prime, so that they stand far from each other. */
enum { CHOICE = 16, STRIDE = 100003 };

struct rule_coverage {
    const struct rule_study *study;
    struct trace trace;
    int64_t (*wholes)[OUTCOMES]; /* by rule: what it said */
    int64_t (*parts)[OUTCOMES];  /* by rule and instruction */
    int32_t *parts_at;           /* first of each rule */
    bool *is_given; /* by rule and instruction: never unknown, nor nothing */
    int32_t part_count;
    int32_t recent[RECENT]; /* numbers of outcomes */
    int32_t recent_count;
    FILE *out; /* of the report */
};

static int outcome_of(struct datum value)
{
    if (value.kind == DATUM_TRUTH)
        return (int)value.as.coefficient;
    return datum_has_value(value) ? VALUE : UNKNOWN;
}

/* ---- what is always given ---- */

/* Where the left side of an "and" or "or" ends: before the jump that leaves it. */
static int32_t left_end(const struct program *program, int32_t i)
{
    for (int32_t k = i - 1; k >= 0; k--)
        if ((program->code[k].op == OP_SKIP_NO || program->code[k].op == OP_SKIP_YES) &&
            program->code[k].a == i + 1)
            return k - 1;
    return 0;
}

/* An "any" or "all" is given where what it asks of each row is. */
static bool loop_is_given(const struct program *program, int32_t i,
                          const bool *is_given)
{
    int32_t body = program->code[i].a;
    const struct loop_plan *plan = &program->loops[program->code[body - 1].a];
    if (plan->kind == LOOP_COUNT)
        return true;
    if (plan->kind != LOOP_ANY && plan->kind != LOOP_ALL)
        return false;
    bool is_all_given = true;
    for (int32_t k = body; k < i; k++) {
        bool is_end = program->code[k].op == OP_WHERE ||
                      (program->code[k].op == OP_TAKE && plan->has_value);
        is_all_given = is_all_given && (!is_end || is_given[k - 1]);
    }
    return is_all_given;
}

/* A comparison of what is given with one value that is. */
static bool compares_given(const struct program *program, int32_t i,
                           const bool *is_given)
{
    int op = program->code[i - 1].op;
    bool is_one = op == OP_PLACE || op == OP_EVENT || op == OP_CONSTANT;
    return is_one && is_given[i - 1] && is_given[i - 2];
}

static bool is_given_at(const struct program *program, int32_t i, const bool *is_given)
{
    const struct instruction *at = &program->code[i];
    switch (at->op) {
    case OP_IS: return true;
    case OP_CONSTANT: return outcome_of(program->constants[at->a]) != UNKNOWN;
    case OP_EVENT: return at->which == EVENT_NAMES_ALL;
    case OP_PLACE: return true;
    case OP_NOT:
    case OP_TEST_TEXT:
    case OP_TEST_NUMBER: return is_given[i - 1];
    case OP_COMPARE_TEXT:
    case OP_COMPARE_NUMBER: return compares_given(program, i, is_given);
    case OP_AND:
    case OP_OR: return is_given[left_end(program, i)] && is_given[i - 1];
    case OP_NEXT: return loop_is_given(program, i, is_given);
    case OP_END: return i > 0 && is_given[i - 1];
    default: return false;
    }
}

static void find_given(const struct program *program, bool *is_given)
{
    for (int32_t i = 0; i < program->code_count; i++)
        is_given[i] = is_given_at(program, i, is_given);
}

/* ---- counting ---- */

struct rule_coverage *rule_coverage_new(const struct rule_study *study,
                                        struct arena *arena)
{
    const struct rule_set *set = study->set;
    struct rule_coverage *coverage = ARENA_NEW(arena, struct rule_coverage);
    size_t rules = (size_t)set->rule_count, total = 0;
    coverage->study = study;
    coverage->trace.capacity = TRACE;
    coverage->trace.entries = ARENA_ARRAY(arena, struct trace_entry, TRACE);
    coverage->parts_at = ARENA_ARRAY(arena, int32_t, rules);
    for (size_t r = 0; r < rules; r++) {
        coverage->parts_at[r] = (int32_t)total;
        total += (size_t)set->rules[r].program->code_count;
    }
    coverage->wholes =
        arena_alloc(arena, arena_product(sizeof *coverage->wholes, rules));
    coverage->parts = arena_alloc(arena, arena_product(sizeof *coverage->parts, total));
    coverage->part_count = (int32_t)total;
    coverage->is_given = ARENA_ARRAY(arena, bool, total);
    for (int32_t r = 0; r < set->rule_count; r++)
        find_given(set->rules[r].program, &coverage->is_given[coverage->parts_at[r]]);
    return coverage;
}

static void count_part(struct rule_coverage *coverage, int32_t part, int outcome)
{
    coverage->parts[part][outcome]++;
    if (outcome != VALUE && coverage->recent_count < RECENT)
        coverage->recent[coverage->recent_count++] = part * OUTCOMES + outcome;
}

static void count_at(struct rule_coverage *coverage, struct book *book, int32_t r,
                     int32_t instance, int32_t row)
{
    const struct rule *rule = &coverage->study->set->rules[r];
    struct engine_place place = {.form = rule->form, .instance = instance, .row = row};
    struct trace *trace = &coverage->trace;
    trace->count = 0;
    struct datum value = run_program(book->run, rule->program, &place).value;
    coverage->wholes[r][outcome_of(value)]++;
    for (size_t i = 0; i < trace->count && i < trace->capacity; i++)
        count_part(coverage, coverage->parts_at[r] + trace->entries[i].at,
                   outcome_of(trace->entries[i].value));
}

static void count_rule(struct rule_coverage *coverage, struct book *book, int32_t r)
{
    const struct rule_set *set = coverage->study->set;
    const struct rule *rule = &set->rules[r];
    const struct sheet_form *form = &book->sheet->forms[rule->form];
    int32_t first = set->shape->forms[rule->form].first_group;
    for (int32_t i = 0; i < form->count; i++) {
        if (rule->group < 0) {
            count_at(coverage, book, r, i, 0);
            continue;
        }
        int32_t rows = form->instances[i]->groups[rule->group - first].rows;
        for (int32_t row = 1; row <= rows; row++)
            count_at(coverage, book, r, i, row);
    }
}

void rule_coverage_count(struct rule_coverage *coverage, struct book *book, int64_t now,
                         int32_t offset_minutes, struct arena *scratch)
{
    book->world.now = now;
    book->world.offset_minutes = offset_minutes;
    book->run->scratch = scratch;
    book->run->trace = &coverage->trace;
    for (int32_t r = 0; r < coverage->study->set->rule_count; r++)
        count_rule(coverage, book, r);
    book->run->trace = NULL;
}

/* ---- the report ---- */

/* A part that ends early, at a jump, is counted there: joined with where it ends else. */
static void join_jumps(const struct program *program, int64_t (*parts)[OUTCOMES])
{
    for (int32_t i = 0; i < program->code_count; i++) {
        bool is_jump =
            program->code[i].op == OP_SKIP_NO || program->code[i].op == OP_SKIP_YES;
        for (int32_t k = i + 1; is_jump && k < program->code_count; k++) {
            if (program->spans[k].from != program->spans[i].from ||
                program->spans[k].to != program->spans[i].to)
                continue;
            for (int c = 0; c < OUTCOMES; c++) {
                parts[k][c] += parts[i][c];
                parts[i][c] = 0;
            }
            break;
        }
    }
}

/* "a otherwise b" is what a is, where that is given. */
static void join_otherwise(const struct program *program, int64_t (*parts)[OUTCOMES])
{
    for (int32_t i = 1; i < program->code_count; i++) {
        int32_t end = program->code[i].a - 1;
        if (program->code[i].op != OP_OTHERWISE || end <= i)
            continue;
        parts[end][YES] += parts[i - 1][YES];
        parts[end][NO] += parts[i - 1][NO];
    }
}

/* On one line, one blank between words. */
static void put_words(struct text part, FILE *out)
{
    for (size_t i = 0; i < part.len; i++) {
        bool is_blank = part.at[i] == ' ' || part.at[i] == '\n';
        bool is_next =
            i + 1 < part.len && (part.at[i + 1] == ' ' || part.at[i + 1] == '\n');
        if (!is_blank)
            fputc(part.at[i], out);
        else if (!is_next)
            fputc(' ', out);
    }
}

static void print_line(const struct rule_coverage *coverage, int32_t r,
                       struct program_span span, const char *what, int64_t count,
                       bool is_possible)
{
    const struct program *program = coverage->study->set->rules[r].program;
    FILE *out = coverage->out;
    if (!is_possible && count > 0)
        fprintf(stderr, "%s %u %u %s is said never to be, but was\n",
                coverage->study->names[r], span.from, span.to, what);
    ASSERT(is_possible || count == 0);
    fprintf(out, "%s\t%u\t%u\t%s\t", coverage->study->names[r], span.from, span.to,
            what);
    if (is_possible)
        fprintf(out, "%lld\t", (long long)count);
    else
        fputs("never\t", out);
    if (span.from == 0 && span.to == program->source.len)
        fputs("the whole", out);
    else
        put_words(text_part(program->source, span.from, (size_t)span.to - span.from),
                  out);
    fputc('\n', out);
}

static void print_truths(const struct rule_coverage *coverage, int32_t r,
                         struct program_span span, const int64_t *counts, bool is_given)
{
    print_line(coverage, r, span, "yes", counts[YES], true);
    print_line(coverage, r, span, "no", counts[NO], true);
    print_line(coverage, r, span, "unknown", counts[UNKNOWN], !is_given);
}

/* Does the part that this instruction finishes give a truth? Some are told by their
 * operation; calls and the like by what they gave. */
static bool is_truth(const struct program *program, int32_t i, const int64_t *counts)
{
    switch (program->code[i].op) {
    case OP_NOT:
    case OP_AND:
    case OP_OR:
    case OP_COMPARE_NUMBER:
    case OP_COMPARE_TEXT:
    case OP_COMPARE_MOMENT:
    case OP_COMPARE_TRUTH:
    case OP_TEST_NUMBER:
    case OP_TEST_TEXT:
    case OP_IN:
    case OP_HAS:
    case OP_IS: return true;
    default: return counts[VALUE] == 0 && counts[YES] + counts[NO] > 0;
    }
}

/* Is what a rule says always given? Nothing but its last part gives it, then. */
static bool is_whole_given(const struct program *program, const bool *is_given)
{
    bool is_plain = true;
    for (int32_t i = 0; i < program->code_count; i++)
        is_plain = is_plain && program->code[i].op != OP_BRANCH;
    return is_plain && is_given[program->code_count - 1];
}

static void print_rule(const struct rule_coverage *coverage, int32_t r)
{
    const struct rule *rule = &coverage->study->set->rules[r];
    const struct program *program = rule->program;
    int64_t(*parts)[OUTCOMES] = &coverage->parts[coverage->parts_at[r]];
    const bool *is_given = &coverage->is_given[coverage->parts_at[r]];
    const int64_t *whole = coverage->wholes[r];
    struct program_span all = {.from = 0, .to = (uint32_t)program->source.len};
    bool is_certain = is_whole_given(program, is_given);
    join_jumps(program, parts);
    join_otherwise(program, parts);
    for (int32_t i = 0; i < program->code_count; i++) {
        bool is_part = program->spans[i].from < program->spans[i].to;
        if (is_part && is_truth(program, i, parts[i]))
            print_truths(coverage, r, program->spans[i], parts[i], is_given[i]);
    }
    if (rule->kind != RULE_DERIVES) {
        print_truths(coverage, r, all, whole, is_certain);
        return;
    }
    print_line(coverage, r, all, "value", whole[YES] + whole[NO] + whole[VALUE], true);
    print_line(coverage, r, all, "none", whole[UNKNOWN], !is_certain);
}

void rule_coverage_print(struct rule_coverage *coverage, FILE *out)
{
    coverage->out = out;
    for (int32_t r = 0; r < coverage->study->set->rule_count; r++)
        print_rule(coverage, r);
}

/* ---- what is missing ---- */

static int32_t low(const int64_t *counts, int64_t wanted, bool is_given)
{
    return (counts[YES] < wanted) + (counts[NO] < wanted) +
           (!is_given && counts[UNKNOWN] < wanted);
}

void rule_coverage_needs(const struct rule_coverage *coverage, int64_t wanted,
                         int32_t *needs)
{
    for (int32_t r = 0; r < coverage->study->set->rule_count; r++) {
        const struct program *program = coverage->study->set->rules[r].program;
        int32_t at = coverage->parts_at[r];
        needs[r] = 0;
        for (int32_t i = 0; i < program->code_count; i++)
            if (program->spans[i].from < program->spans[i].to &&
                is_truth(program, i, coverage->parts[at + i]))
                needs[r] +=
                    low(coverage->parts[at + i], wanted, coverage->is_given[at + i]);
    }
}

static bool is_rare(const struct rule_coverage *coverage, int32_t outcome,
                    int64_t wanted)
{
    const int64_t *counts = coverage->parts[outcome / OUTCOMES];
    int64_t count = counts[outcome % OUTCOMES];
    return count > 0 && count < wanted && counts[VALUE] == 0;
}

int32_t rule_coverage_take_rare(struct rule_coverage *coverage, int64_t wanted,
                                int32_t *outcomes, int32_t most)
{
    int32_t count = 0;
    for (int32_t i = 0; i < coverage->recent_count && count < most; i++)
        if (is_rare(coverage, coverage->recent[i], wanted))
            outcomes[count++] = coverage->recent[i];
    coverage->recent_count = 0;
    return count;
}

int32_t rule_coverage_choose(const struct rule_coverage *coverage, int64_t wanted,
                             uint64_t chance)
{
    int32_t count = rule_coverage_outcome_count(coverage), best = -1;
    int64_t fewest = wanted;
    int32_t first = (int32_t)(chance % (uint64_t)count);
    for (int32_t i = 0, seen = 0; i < count && seen < CHOICE; i++) {
        int32_t outcome = (int32_t)(((int64_t)first + (int64_t)i * STRIDE) % count);
        int64_t came = coverage->parts[outcome / OUTCOMES][outcome % OUTCOMES];
        if (!is_rare(coverage, outcome, wanted))
            continue;
        seen++;
        if (came < fewest) {
            fewest = came;
            best = outcome;
        }
    }
    return best;
}

int32_t rule_coverage_outcome_count(const struct rule_coverage *coverage)
{
    return coverage->part_count * OUTCOMES;
}
