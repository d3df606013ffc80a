/* The overview's endpoints of the time after the puncture: flow through the needle (E4),
 * hemodynamic recovery (E6), the efficacy composite (E10), the harms that the registry record
 * names (E12); E9 is in overview_delivery.c. A study without their items has no such figure. */
#include "actions/overview_parts.h"
#include "actions/safety.h"
#include "actions/study_items.h"

#define FORM_INFUSION      TEXT("F.INF")
#define FORM_EFFICACY      TEXT("F.EF")
#define FORM_ADVERSE_EVENT TEXT("F.CX")
#define ITEM_FLOW_TEST     TEXT("I.INF.FLOWT")
#define ITEM_FLOW_LIMITED  TEXT("I.INF.FLOWLIM")
#define ITEM_PRESSURE_MODE TEXT("I.INF.PRESMOD")
#define ITEM_ROUTE         TEXT("I.INF.INFROUTE")
#define ITEM_RECOVERY      TEXT("I.EF.EFHEM")
#define ITEM_EFFICACY      TEXT("I.EF.EFCOMP")
#define ITEM_HARM          TEXT("I.CX.AECX")
#define ITEM_CAUSALITY     TEXT("I.CX.AEREL")
#define ITEM_ADJUDICATED   TEXT("I.CX.AEADJ")

/* --- answers -------------------------------------------------------------------------- */

static bool is_one_of(struct datum answer, const char *const *codes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (fact_is_code(answer, text_of(codes[i])))
            return true;
    return false;
}

/* --- E4: flow through the needle ------------------------------------------------------ */

/* Timed with the clamp open; a rate that an order or a pump limits is no capacity. */
static void read_flow(const struct world *world, enum overview_flow_mode mode,
                      struct text code, struct facts *facts)
{
    struct fact_place row = {.world = world, .form = FORM_INFUSION};
    size_t count = 0, room = 0;
    while (fact_next_row(&row, ITEM_FLOW_TEST))
        room++;
    double *flows = ARENA_ARRAY(facts->arena, double, room);
    row.instance = row.row = 0; /* once more from the start */
    while (fact_next_row(&row, ITEM_FLOW_TEST)) {
        double flow = fact_number(fact_at(&row, ITEM_FLOW_TEST));
        struct datum how = fact_at(&row, ITEM_PRESSURE_MODE);
        if (isnan(flow) || !fact_is_code(how, code) ||
            !fact_is_code(fact_at(&row, ITEM_ROUTE), TEXT("IO")) ||
            fact_is_code(fact_at(&row, ITEM_FLOW_LIMITED), TEXT("Y")))
            continue;
        facts->flow_modes[mode] = fact_code(world, ITEM_PRESSURE_MODE, how);
        flows[count++] = flow;
    }
    facts->flows[mode] = flows;
    facts->flow_counts[mode] = count;
}

/* --- E12: harms of the registry record ------------------------------------------------- */

static void read_harms(const struct world *world, struct facts *facts)
{
    static const char *const terms[OVERVIEW_HARMS] = {"LINF", "FATE", "OSTEO", "BLEED",
                                                      "NERVE"};
    static const char *const related[] = {"POS", "PRO", "DEF"};
    int32_t count = world_instances(world, FORM_ADVERSE_EVENT);
    for (int32_t i = 0; i < count; i++) {
        struct fact_place event = {
            .world = world, .form = FORM_ADVERSE_EVENT, .instance = i};
        struct datum term = fact_at(&event, ITEM_HARM);
        if (!is_one_of(term, terms, ARRAY_COUNT(terms)) ||
            !is_one_of(fact_at(&event, ITEM_CAUSALITY), related,
                       ARRAY_COUNT(related)) ||
            fact_is_code(fact_at(&event, ITEM_ADJUDICATED), TEXT("N")))
            continue;
        const struct code *code = fact_code(world, ITEM_HARM, term);
        size_t known = 0;
        while (known < facts->harm_count && facts->harms[known] != code)
            known++;
        if (code != NULL && known == facts->harm_count)
            facts->harms[facts->harm_count++] = code;
    }
}

/* --- reports of serious events ----------------------------------------------------------- */

static void read_clocks(const struct world *world, struct facts *facts)
{
    int32_t count = world_instances(world, FORM_ADVERSE_EVENT);
    int64_t *due =
        ARENA_ARRAY(facts->arena, int64_t, (size_t)count * SAFETY_CLOCKS_MOST);
    for (int32_t i = 0; i < count; i++) {
        struct safety_event event;
        if (!safety_event_of(world, i, &event))
            continue;
        for (size_t k = 0; k < event.clock_count; k++)
            if (event.clocks[k].done_at == 0)
                due[facts->reports_due_count++] = event.clocks[k].due_at;
    }
    facts->reports_due = due;
}

/* --- E6, E10: what the design derives --------------------------------------------------- */

static enum answer_of_fact derived(const struct world *world, struct text item)
{
    struct datum answer = world_answer(world, FORM_EFFICACY, 0, item, 0);
    if (fact_is_code(answer, TEXT("NA")))
        return FACT_NOT_APPLICABLE;
    if (fact_is_code(answer, TEXT("Y")))
        return FACT_YES;
    return fact_is_code(answer, TEXT("N")) ? FACT_NO : FACT_MISSING;
}

void facts_read_course(const struct world *world, struct facts *facts)
{
    facts->recovery = derived(world, ITEM_RECOVERY);
    facts->efficacy = derived(world, ITEM_EFFICACY);
    facts->stable_delivery = fact_stable_delivery(world);
    read_harms(world, facts);
    read_clocks(world, facts);
    read_flow(world, FLOW_GRAVITY, TEXT("GRAV"), facts);
    read_flow(world, FLOW_PRESSURE_BAG, TEXT("BAG"), facts);
}

/* --- adding up -------------------------------------------------------------------------- */

static void add_harms(const struct facts *facts, struct overview *out)
{
    out->any_harm.total++;
    out->any_harm.events += facts->harm_count > 0;
    for (size_t i = 0; i < facts->harm_count; i++) {
        size_t at = 0;
        while (out->harms[at].term != NULL && out->harms[at].term != facts->harms[i])
            at++;
        ASSERT(at < OVERVIEW_HARMS);
        out->harms[at].term = facts->harms[i];
        out->harms[at].participants++;
    }
}

/* Of whom it cannot be judged until the first day is over, it is not asked before. */
static bool can_be_judged(const struct facts *facts, int64_t now)
{
    return facts->died != 0 || now >= facts->first_puncture + OVERVIEW_DAY;
}

static void add_one(const struct facts *facts, int64_t now, struct overview *out)
{
    add_harms(facts, out);
    if (facts->recovery == FACT_MISSING) {
        out->recovery.left_out += can_be_judged(facts, now);
    } else if (facts->recovery != FACT_NOT_APPLICABLE) {
        out->recovery.total++;
        out->recovery.events += facts->recovery == FACT_YES;
    }
    if (facts->efficacy != FACT_MISSING || can_be_judged(facts, now)) {
        out->efficacy.total++;
        out->efficacy.events += facts->efficacy == FACT_YES;
        out->efficacy.missing += facts->efficacy == FACT_MISSING;
    }
    if (facts->is_placed && facts->stable_delivery != FACT_NOT_APPLICABLE) {
        out->stable_delivery.total++;
        out->stable_delivery.events += facts->stable_delivery == FACT_YES;
        out->stable_delivery.missing += facts->stable_delivery == FACT_MISSING;
    }
}

static bool is_counted(const struct facts *facts)
{
    return facts_are_of_enrolled(facts) && facts->has_puncture;
}

static void estimate_flow(const struct overview_input *input,
                          enum overview_flow_mode mode, struct overview_flow *out)
{
    size_t room = 0, count = 0;
    for (size_t i = 0; i < input->count; i++)
        room += input->facts[i]->flow_counts[mode];
    double *all = ARENA_ARRAY(input->arena, double, room);
    for (size_t i = 0; i < input->count; i++) {
        const struct facts *facts = input->facts[i];
        if (!is_counted(facts) || facts->flow_counts[mode] == 0)
            continue;
        out->mode = facts->flow_modes[mode];
        out->participants++;
        for (size_t k = 0; k < facts->flow_counts[mode]; k++)
            all[count++] = facts->flows[mode][k];
    }
    const struct sample *sample = sample_sort(all, count, input->arena);
    ASSERT(sample != NULL); /* every value is a number */
    out->tests = count;
    out->low = sample_quantile(sample, 0.25, 7);
    out->median = sample_quantile(sample, 0.5, 7);
    out->high = sample_quantile(sample, 0.75, 7);
}

void overview_estimate_course(const struct overview_input *input, struct overview *out)
{
    for (size_t i = 0; i < input->count; i++)
        if (is_counted(input->facts[i]))
            add_one(input->facts[i], out->now, out);
    overview_interval(&out->recovery);
    overview_interval(&out->stable_delivery);
    overview_interval(&out->efficacy);
    overview_interval(&out->any_harm);
    for (int mode = 0; mode < FLOW_MODE_COUNT; mode++)
        estimate_flow(input, (enum overview_flow_mode)mode, &out->flows[mode]);
}
