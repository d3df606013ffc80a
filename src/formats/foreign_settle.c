#include "formats/foreign_settle.h"

#include "base/limits.h"
#include "formats/foreign_translate.h"
#include "model/design_sources.h"

#include <string.h>

enum { SCRATCH = 16 << 20, MOST_RULES = 5000 };

/* Where an item stands. */
struct home {
    const struct form *form; /* NULL: in none */
    const struct item_group *group;
    bool is_doubled;
};

struct settling {
    const struct design *design;
    struct item *items;
    struct foreign_rule *rules;
    struct home *homes; /* one an item */
    struct arena *study, *scratch;
    const struct home *owner; /* of the expression under translation */
    size_t placed_count;      /* items that have a translation */
    size_t standing_count;    /* of all items in all forms */
};

/* --- where items stand --------------------------------------------------------------- */

static void note_homes(struct settling *settling, const struct form *form)
{
    for (size_t g = 0; g < form->group_count; g++)
        for (size_t i = 0; i < form->groups[g]->item_count; i++) {
            settling->standing_count++;
            struct home *home =
                &settling->homes[form->groups[g]->items[i] - settling->design->items];
            home->is_doubled = home->form != NULL;
            home->form = form;
            home->group = form->groups[g];
        }
}

/* Is there one place alone where the form can stand? */
static bool stands_once(const struct design *design, const struct home *home)
{
    return design->event_count == 1 && !design->events[0].is_repeating &&
           !home->form->is_repeating && !home->group->is_repeating;
}

static const struct item *find(void *data, struct text oid, struct text event,
                               const char **refusal)
{
    const struct settling *settling = data;
    const struct item *item = design_item(settling->design, oid);
    *refusal = "is no field of the design";
    if (item == NULL)
        return NULL;
    const struct home *home = &settling->homes[item - settling->design->items];
    *refusal = "stands at another event";
    if (!text_is_absent(event))
        return NULL;
    *refusal = "stands in no form, or in several";
    if (home->form == NULL || home->is_doubled)
        return NULL;
    *refusal = "stands in rows of its own";
    if (home->form == settling->owner->form)
        return home->group == settling->owner->group || !home->group->is_repeating
                   ? item
                   : NULL;
    *refusal = "stands in another form, and the design does not say at which event";
    return stands_once(settling->design, home) ? item : NULL;
}

/* --- reasons -------------------------------------------------------------------------- */

static bool keep(struct settling *settling, struct text t, struct text *out,
                 struct error *err)
{
    char *copy = arena_try(settling->study, t.len + 1);
    if (copy == NULL)
        return error_set(err, ERROR_TOO_LARGE, "the design is too large");
    memcpy(copy, t.at, t.len);
    *out = (struct text){.at = copy, .len = t.len};
    return true;
}

static bool give_reason(struct settling *settling, struct foreign_rule *rule,
                        struct text sentence, struct error *err)
{
    rule->translation = (struct text){0};
    return keep(settling, sentence, &rule->reason, err);
}

static bool give_refusal(struct settling *settling, struct foreign_rule *rule,
                         const struct error *refusal, struct error *err)
{
    return give_reason(settling, rule,
                       text_format(settling->scratch, "%s, at character %zu",
                                   refusal->text, refusal->at + 1),
                       err);
}

/* --- placing --------------------------------------------------------------------------- */

static struct formula *formula_of(struct item *item, const struct foreign_rule *rule)
{
    return rule->use == FOREIGN_DERIVATION ? &item->derives : &item->shows;
}

/* Does the expression belong to the item? */
static bool is_owner(const struct item *item, const struct foreign_rule *rule)
{
    struct text oid =
        rule->use == FOREIGN_DERIVATION ? item->derives.oid : item->shows.oid;
    return !text_is_absent(oid) && text_equal(oid, rule->owner);
}

static enum foreign_dialect dialect_of(const struct foreign_rule *rule, bool *is_known)
{
    enum foreign_dialect dialect = FOREIGN_REDCAP;
    *is_known = foreign_dialect_of(rule->context, &dialect);
    return dialect;
}

/* A condition of ODM says when something is left out, one of REDCap when it is shown. */
static bool translate(struct settling *settling, const struct foreign_rule *rule,
                      size_t item, struct text *out, struct error *err)
{
    bool is_known;
    enum foreign_dialect dialect = dialect_of(rule, &is_known);
    const struct foreign_scope scope = {.find = find, .data = settling};
    settling->owner = &settling->homes[item];
    if (!foreign_translate(dialect, rule->use, rule->source, &scope, settling->scratch,
                           out, err))
        return false;
    if (rule->use == FOREIGN_CONDITION && !rule->is_of_item)
        *out = text_format(settling->scratch, "not (%.*s)", TEXT_ARG(*out));
    return true;
}

static void withdraw(struct settling *settling, const struct foreign_rule *rule)
{
    for (size_t i = 0; i < settling->design->item_count; i++)
        if (is_owner(&settling->items[i], rule))
            formula_of(&settling->items[i], rule)->code = (struct text){0};
}

/* The compiler has room for so many. */
static bool too_many(struct error *err)
{
    return error_set(err, ERROR_TOO_LARGE, "more than %d expressions of another system",
                     MOST_RULES);
}

static bool place_at(struct settling *settling, struct foreign_rule *rule, size_t i,
                     struct error *err)
{
    struct text translation;
    struct error refusal = {0};
    struct formula *formula = formula_of(&settling->items[i], rule);
    if (settling->homes[i].form == NULL || settling->homes[i].is_doubled)
        return give_reason(settling, rule,
                           TEXT("its item stands in no form, or in several"), err);
    if (settling->placed_count++ == MOST_RULES)
        return too_many(err);
    if (!text_is_absent(formula->code) && text_is_absent(rule->translation))
        return give_reason(settling, rule,
                           TEXT("another expression says the same already"), err);
    if (!translate(settling, rule, i, &translation, &refusal)) {
        withdraw(settling, rule);
        return give_refusal(settling, rule, &refusal, err);
    }
    if (!keep(settling, translation, &rule->translation, err))
        return false;
    formula->code = rule->translation;
    formula->line = rule->line;
    return true;
}

static bool place(struct settling *settling, struct foreign_rule *rule,
                  struct error *err)
{
    bool is_known;
    (void)dialect_of(rule, &is_known);
    if (!text_is_absent(rule->reason))
        return true; /* whoever read it has said why */
    if (rule->use == FOREIGN_CHECK)
        return give_reason(settling, rule,
                           TEXT("checks of other systems are not translated"), err);
    if (!is_known)
        return give_reason(settling, rule, TEXT("its language is not known here"), err);
    bool is_placed = false;
    for (size_t i = 0; i < settling->design->item_count; i++) {
        if (!is_owner(&settling->items[i], rule))
            continue;
        is_placed = true;
        arena_reset(settling->scratch);
        if (!place_at(settling, rule, i, err))
            return false;
        if (text_is_absent(rule->translation))
            return true;
    }
    return is_placed ||
           give_reason(settling, rule,
                       TEXT("it belongs to no item; those of sections, forms and "
                            "events are not run"),
                       err);
}

/* --- compiling ------------------------------------------------------------------------- */

/* The translated rule of what does not compile. */
static struct foreign_rule *rule_of(struct settling *settling,
                                    const struct rule_source *source)
{
    for (size_t i = 0; i < settling->design->foreign_rule_count; i++) {
        struct foreign_rule *rule = &settling->rules[i];
        bool derives = rule->use == FOREIGN_DERIVATION;
        if (!text_is_absent(rule->translation) &&
            derives == (source->kind == RULE_DERIVES) &&
            text_equal(rule->owner, source->oid))
            return rule;
    }
    return NULL;
}

/* One round: false when nothing had to be taken out. */
static bool take_out(struct settling *settling, bool *is_changed, struct error *err)
{
    const struct design *design = settling->design;
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    const struct dictionary *dictionary;
    struct rule_sources sources = design_sources(design, arena);
    struct rule_problems problems = {0};
    struct error ignored;
    bool is_ok = true;
    *is_changed = false;
    /* Without a dictionary no rule runs; whoever compiles the design says why. */
    if (design_dictionary(design, sources.declared, sources.declared_count, arena,
                          &dictionary, &ignored))
        (void)design_rules(&sources, dictionary, arena, &problems);
    for (size_t i = 0; is_ok && i < problems.count; i++) {
        struct foreign_rule *rule = rule_of(settling, problems.kept[i].rule);
        if (rule == NULL)
            continue;
        withdraw(settling, rule);
        is_ok = give_reason(settling, rule, problems.kept[i].finding.sentence, err);
        *is_changed = true;
    }
    arena_free(arena);
    return is_ok;
}

/* What an item with a running expression is. */
static void finish_item(struct item *item)
{
    bool is_shown = !text_is_absent(item->shows.code);
    item->has_condition = is_shown;
    if (is_shown && item->requirement == ITEM_REQUIRED)
        item->requirement = ITEM_CONDITIONAL;
    if (!is_shown && item->requirement == ITEM_CONDITIONAL)
        item->requirement = ITEM_OPTIONAL;
    if (!text_is_absent(item->derives.code))
        item->requirement = ITEM_DERIVED;
}

static size_t count_expressions(const struct design *design)
{
    size_t count = 0;
    for (size_t i = 0; i < design->foreign_rule_count; i++)
        count += text_is_absent(design->foreign_rules[i].reason);
    return count;
}

static bool run(struct settling *settling, struct error *err)
{
    const struct design *design = settling->design;
    for (size_t i = 0; i < design->form_count; i++)
        note_homes(settling, &design->forms[i]);
    if (count_expressions(design) > MOST_RULES)
        return too_many(err);
    if (settling->standing_count > LIMIT_DESIGN_ITEMS)
        return error_set(err, ERROR_TOO_LARGE, "the forms hold more than %d items",
                         (int)LIMIT_DESIGN_ITEMS);
    for (size_t i = 0; i < design->foreign_rule_count; i++)
        if (!place(settling, &settling->rules[i], err))
            return false;
    bool is_changed = settling->placed_count > 0;
    while (is_changed)
        if (!take_out(settling, &is_changed, err))
            return false;
    for (size_t i = 0; i < design->item_count; i++)
        finish_item(&settling->items[i]);
    return true;
}

bool foreign_rules_run(const struct design *design, struct item *items,
                       struct foreign_rule *rules, struct arena *study,
                       struct error *err)
{
    struct settling settling = {
        .design = design, .items = items, .rules = rules, .study = study};
    settling.homes =
        arena_try(study, arena_product(design->item_count, sizeof(struct home)));
    if (settling.homes == NULL)
        return error_set(err, ERROR_TOO_LARGE, "the design is too large");
    memset(settling.homes, 0, design->item_count * sizeof(struct home));
    settling.scratch = arena_new(SCRATCH);
    bool is_ok = run(&settling, err);
    arena_free(settling.scratch);
    return is_ok;
}
