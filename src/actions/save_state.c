/* Completeness of a form, and the state of its participant, after a save. */
#include "actions/consent.h"
#include "actions/form_save_parts.h"
#include "actions/study_items.h"

/* --- completeness ------------------------------------------------------------------------ */

/* A person must answer it, if it is relevant. A condition that only words say is not
 * known to hold. */
static bool is_expected(const struct item *item)
{
    if (item->is_system || item->requirement == ITEM_DERIVED)
        return false;
    if (item->requirement == ITEM_CONDITIONAL)
        return !text_is_absent(item->shows.code);
    return item->requirement == ITEM_REQUIRED;
}

static int64_t group_rows(const struct form_heads *heads,
                          const struct item_group *group)
{
    if (!group->is_repeating)
        return 0;
    int64_t rows = heads_rows(heads, group);
    return rows > 0 ? rows : 1; /* a group that has no row yet is owed one */
}

static void count_item(const struct form_heads *heads, const struct item *item,
                       int64_t row, const struct rule_results *results,
                       struct completeness *out)
{
    if (results->hidden_count > 0 && rule_hides(results, item->oid, row))
        return;
    const struct head *head = heads_current(heads, item->oid, row);
    out->expected++;
    if (head != NULL && answer_is_given(&head->answer))
        out->answered++;
}

struct completeness form_completeness(const struct form_heads *heads,
                                      const struct form *form,
                                      const struct rule_results *results)
{
    struct completeness out = {0};
    for (size_t i = 0; i < form->group_count; i++) {
        const struct item_group *group = form->groups[i];
        int64_t rows = group_rows(heads, group);
        for (size_t k = 0; k < group->item_count; k++) {
            const struct item *item = group->items[k];
            if (!is_expected(item))
                continue;
            for (int64_t row = rows == 0 ? 0 : 1; row <= rows; row++)
                count_item(heads, item, row, results, &out);
        }
    }
    return out;
}

void save_completeness(struct form_save *save, const struct rule_results *results)
{
    struct completeness count = form_completeness(save->heads, save->form, results);
    save->content.answered = count.answered;
    save->content.expected = count.expected;
    save->content.is_complete = count.answered == count.expected;
}

/* --- state ---------------------------------------------------------------------------------- */

struct participant_facts world_facts(const struct world *world, bool is_enrolled)
{
    struct participant_facts facts = {
        .is_screened = !text_is_absent(world->participant->screening_number),
        .is_enrolled = is_enrolled,
        .is_erased = world->participant->state == PARTICIPANT_ERASED,
    };
    if (!facts.is_screened || facts.is_erased)
        return facts;
    facts.is_withdrawn = consent_is_withdrawn(world);
    if (facts.is_enrolled)
        return facts;
    facts.is_eligible =
        world_answer_is(world, FORM_SCREENING, 0, ITEM_ELIGIBLE, TEXT("Y"));
    if (facts.is_eligible)
        facts.consent = consent_standing(world);
    return facts;
}

void save_state(struct form_save *save)
{
    struct participant_facts facts = world_facts(&save->world, save->is_enrolled);
    save->content.state = participant_state_of(&facts);
    /* A verb that enrols or attaches changes the state in the same unit. */
    save->content.has_state =
        !save->content.has_batch || save->content.state != save->participant->state;
}
