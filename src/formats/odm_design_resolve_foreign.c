/* Expressions: those of what has become part of the design. */
#include "formats/odm_design_resolve.h"

static size_t words_version(struct resolving *resolving, struct text oid,
                            enum odm_definition kind)
{
    const struct oid_entry *entry = oid_index_find(&resolving->index, oid, (int)kind);
    if (entry == NULL)
        return SIZE_MAX;
    return ODM_LIST_AT(resolving->parts->words, struct odm_words, entry->position)
        ->version;
}

/* The version of what the expression belongs to: another's may have replaced it. */
static size_t owner_version(struct resolving *resolving,
                            const struct odm_foreign_rule *part)
{
    const struct foreign_rule *rule = &part->rule;
    if (text_is_absent(rule->owner))
        return SIZE_MAX;
    if (rule->use == FOREIGN_REMARK && !rule->is_of_item)
        return part->version;
    if (rule->use == FOREIGN_CONDITION && !rule->is_of_item)
        return words_version(resolving, rule->owner, DEFINITION_CONDITION);
    if (rule->use == FOREIGN_DERIVATION && !rule->is_of_item)
        return words_version(resolving, rule->owner, DEFINITION_METHOD);
    const struct oid_entry *entry =
        oid_index_find(&resolving->index, rule->owner, DEFINITION_ITEM);
    return entry == NULL ? SIZE_MAX
                         : odm_item_part(resolving, entry->position)->version;
}

bool odm_resolve_foreign_rules(struct resolving *resolving, struct error *err)
{
    const struct odm_list *parts = &resolving->parts->foreign_rules;
    struct foreign_rule *rules =
        odm_array(resolving, parts->count, sizeof(struct foreign_rule));
    if (rules == NULL)
        return odm_no_room(err);
    size_t count = 0;
    for (size_t i = 0; i < parts->count; i++) {
        const struct odm_foreign_rule *part =
            ODM_LIST_AT(*parts, struct odm_foreign_rule, i);
        if (owner_version(resolving, part) == part->version &&
            part->rule.source.len > 0)
            rules[count++] = part->rule;
    }
    resolving->parts->made_rules = rules;
    resolving->design->foreign_rules = rules;
    resolving->design->foreign_rule_count = count;
    return true;
}
