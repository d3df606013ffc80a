/* Completeness of a form, and the state of its participant, after a save. */
#include "actions/form_save_parts.h"
#include "actions/study_items.h"

/* --- completeness ------------------------------------------------------------------------ */

/* A person must answer it, if it is relevant. */
static bool is_expected(const struct item *item, bool has_rules)
{
    if (item->is_system || item->requirement == ITEM_DERIVED)
        return false;
    if (item->requirement == ITEM_CONDITIONAL)
        return has_rules; /* whether the condition holds is not known otherwise */
    return item->requirement == ITEM_REQUIRED;
}

static int64_t group_rows(struct world *world, const struct item_group *group)
{
    if (!group->is_repeating)
        return 0;
    int64_t rows = heads_rows(world->heads, group);
    return rows > 0 ? rows : 1; /* a group that has no row yet is owed one */
}

static void count_item(struct world *world, const struct item *item, int64_t row,
                       const struct rule_results *results, struct completeness *out)
{
    if (results->hidden_count > 0 && rule_hides(results, item->oid, row))
        return;
    const struct head *head = heads_current(world->heads, item->oid, row);
    out->expected++;
    if (head != NULL && answer_is_given(&head->answer))
        out->answered++;
}

struct completeness form_completeness(struct world *world, const struct form *form,
                                      const struct rule_results *results)
{
    struct completeness out = {0};
    bool has_rules = rules_concern_form(form->oid);
    for (size_t i = 0; i < form->group_count; i++) {
        const struct item_group *group = form->groups[i];
        int64_t rows = group_rows(world, group);
        for (size_t k = 0; k < group->item_count; k++) {
            const struct item *item = group->items[k];
            if (!is_expected(item, has_rules))
                continue;
            for (int64_t row = rows == 0 ? 0 : 1; row <= rows; row++)
                count_item(world, item, row, results, &out);
        }
    }
    return out;
}

void save_completeness(struct form_save *save, const struct rule_results *results)
{
    struct completeness count = form_completeness(&save->world, save->form, results);
    save->content.answered = count.answered;
    save->content.expected = count.expected;
    save->content.is_complete = count.answered == count.expected;
}

/* --- state ---------------------------------------------------------------------------------- */

/* The latest consent record with a result stands. */
static enum consent standing_consent(struct world *world)
{
    enum consent standing = CONSENT_NONE;
    size_t count = 0;
    const int64_t *order = world_order(world, FORM_CONSENT, &count);
    for (size_t i = 0; i < count; i++) {
        struct rule_value type =
            world_value(world, order[i], FORM_CONSENT, ITEM_CONSENT_TYPE, 0);
        struct rule_value result =
            world_value(world, order[i], FORM_CONSENT, ITEM_CONSENT_RESULT, 0);
        struct rule_value end =
            world_value(world, order[i], FORM_CONSENT, ITEM_CONSENT_END, 0);
        enum consent consent =
            consent_of(type.value, result.value, end.state == RULE_VALUE_GIVEN);
        if (consent != CONSENT_NONE)
            standing = consent;
    }
    return standing;
}

struct participant_facts world_facts(struct world *world, bool is_enrolled)
{
    struct participant_facts facts = {
        .is_screened = !text_is_absent(world->participant->screening_number),
        .is_enrolled = is_enrolled,
        .is_erased = world->participant->state == PARTICIPANT_ERASED,
    };
    if (!facts.is_screened || facts.is_enrolled || facts.is_erased)
        return facts;
    struct rule_value eligible =
        world_value(world, 0, FORM_SCREENING, ITEM_ELIGIBLE, 0);
    facts.is_eligible =
        eligible.state == RULE_VALUE_GIVEN && text_equal(eligible.value, TEXT("Y"));
    if (facts.is_eligible)
        facts.consent = standing_consent(world);
    return facts;
}

bool save_state(struct form_save *save, struct error *err)
{
    struct participant_facts facts = world_facts(&save->world, save->is_enrolled);
    if (save->world.is_failed) {
        *err = save->world.error;
        return false;
    }
    save->content.state = participant_state_of(&facts);
    /* A verb that enrols or attaches changes the state in the same unit. */
    save->content.has_state =
        !save->content.has_batch || save->content.state != save->participant->state;
    return true;
}
