#include "engine/check_parts.h"

/* ---- what may be meant ---- */

void check_unknown_name(struct checker *checker, struct node *node)
{
    struct text near =
        dictionary_nearest(checker->dictionary, node->first, node->second);
    struct text sentence =
        text_is_absent(node->second)
            ? text_format(checker->arena, "the name %.*s is not known",
                          TEXT_ARG(node->first))
            : text_format(checker->arena, "the name %.*s.%.*s is not known",
                          TEXT_ARG(node->first), TEXT_ARG(node->second));
    check_fail(checker, node, sentence, finding_did_you_mean(checker->arena, near));
}

/* "BL, M5, M15 …" */
static struct text event_names(struct checker *checker, int32_t form)
{
    enum { NAMES = 6 };
    const struct dictionary_form *entry = &checker->dictionary->forms[form];
    struct text names = TEXT("");
    for (int32_t i = 0; i < entry->event_count && i < NAMES; i++) {
        struct text name = checker->dictionary->events[entry->events[i]].name;
        names = text_format(checker->arena, "%.*s%s%.*s", TEXT_ARG(names),
                            i == 0 ? "" : ", ", TEXT_ARG(name));
    }
    if (entry->event_count > NAMES)
        names = text_format(checker->arena, "%.*s …", TEXT_ARG(names));
    return names;
}

/* The item can stand in several places: which can be chosen? */
static bool fail_ambiguous(struct checker *checker, struct node *node, int32_t item)
{
    const struct dictionary *dictionary = checker->dictionary;
    const struct dictionary_item *entry = &dictionary->items[item];
    const struct dictionary_form *form = &dictionary->forms[entry->form];
    struct text name = entry->name;
    struct text sentence =
        text_format(checker->arena, "%.*s can stand several times: it needs a choice",
                    TEXT_ARG(name));
    struct text hint;
    if (checker->frame_count > 1 && checker->frames[0].form == entry->form)
        hint =
            text_format(checker->arena, "this.%.*s is that of the row under evaluation",
                        TEXT_ARG(name));
    else if (form->is_repeating || dictionary->groups[entry->group].is_repeating)
        hint =
            text_format(checker->arena, "write first(%.*s), last(%.*s), any(… where …)",
                        TEXT_ARG(name), TEXT_ARG(name));
    else
        hint = text_format(checker->arena,
                           "write %.*s.%.*s at one of %.*s; or first, last",
                           TEXT_ARG(form->name), TEXT_ARG(name),
                           TEXT_ARG(event_names(checker, entry->form)));
    return check_fail(checker, node, sentence, hint);
}

bool check_find_event(struct checker *checker, struct node *node, int32_t form)
{
    const struct dictionary_form *entry = &checker->dictionary->forms[form];
    if (entry->is_repeating)
        return check_fail(checker, node,
                          text_format(checker->arena,
                                      "%.*s can stand several times at one event",
                                      TEXT_ARG(entry->name)),
                          TEXT("write first(…), last(…) with a condition"));
    if (node->is_at_this_event)
        return true;
    node->event = dictionary_event_of(checker->dictionary, node->at);
    for (int32_t i = 0; i < entry->event_count && node->event >= 0; i++)
        if (entry->events[i] == node->event)
            return true;
    struct text near = dictionary_nearest_event(checker->dictionary, node->at);
    return check_fail(checker, node,
                      text_format(checker->arena,
                                  "%.*s does not stand at an event %.*s",
                                  TEXT_ARG(entry->name), TEXT_ARG(node->at)),
                      node->event < 0 && !text_is_absent(near)
                          ? finding_did_you_mean(checker->arena, near)
                          : text_format(checker->arena, "it stands at %.*s",
                                        TEXT_ARG(event_names(checker, form))));
}

/* ---- items ---- */

static bool resolve_at(struct checker *checker, struct node *node, int32_t item)
{
    const struct dictionary_item *entry = &checker->dictionary->items[item];
    if (checker->dictionary->groups[entry->group].is_repeating)
        return fail_ambiguous(checker, node, item);
    node->item_reach = node->is_at_this_event ? ITEM_BESIDE : ITEM_AT;
    return check_find_event(checker, node, entry->form);
}

/* An item that is not of the row looked at is one of a row around it, if any has it. The
 * place under evaluation is no such row: this.NAME asks for it. */
static int32_t frame_around(const struct checker *checker, int32_t item, int32_t frame)
{
    const struct dictionary_item *entry = &checker->dictionary->items[item];
    for (int32_t i = frame; i > 0; i--) {
        const struct check_frame *at = &checker->frames[i];
        bool is_of_row = at->group == entry->group ||
                         !checker->dictionary->groups[entry->group].is_repeating;
        if (at->form == entry->form && is_of_row)
            return i;
    }
    return frame;
}

bool check_resolve_item(struct checker *checker, struct node *node, int32_t item,
                        int32_t frame)
{
    const struct dictionary_item *entry = &checker->dictionary->items[item];
    frame = frame_around(checker, item, frame);
    const struct check_frame *at = &checker->frames[frame];
    bool is_repeating = checker->dictionary->groups[entry->group].is_repeating;
    node->subject = item;
    node->frame = frame;
    node->question = ASK_VALUE;
    node->type = entry->type;
    if (node->has_at)
        return resolve_at(checker, node, item);
    if (at->form == entry->form && !is_repeating)
        node->item_reach = ITEM_OF_FORM;
    else if (at->form == entry->form && at->group == entry->group)
        node->item_reach = ITEM_OF_ROW;
    else if (checker->dictionary->forms[entry->form].is_once && !is_repeating)
        node->item_reach = ITEM_ONCE;
    else
        return fail_ambiguous(checker, node, item);
    return true;
}

/* The item a bare name means: of the row looked at, else the only one of its name. */
static int32_t find_bare(struct checker *checker, struct node *node)
{
    const struct dictionary *dictionary = checker->dictionary;
    int32_t form = checker->frames[node->is_this ? 0 : checker->frame_count - 1].form;
    int32_t near = form < 0 ? -1 : dictionary_item_in(dictionary, form, node->first);
    if (near >= 0)
        return near;
    int32_t item = dictionary_item_of(dictionary, node->first);
    if (item < 0) {
        check_unknown_name(checker, node);
        return -1;
    }
    if (dictionary->items[item].next_of_name < 0)
        return item;
    check_fail(checker, node,
               text_format(checker->arena, "%.*s stands in several forms",
                           TEXT_ARG(node->first)),
               TEXT("write it with its form, as in DM.WEIGHT"));
    return -1;
}

int32_t check_find_item(struct checker *checker, struct node *node)
{
    if (text_is_absent(node->second))
        return find_bare(checker, node);
    int32_t form = dictionary_form_of(checker->dictionary, node->first);
    int32_t item =
        form < 0 ? -1 : dictionary_item_in(checker->dictionary, form, node->second);
    if (item < 0)
        check_unknown_name(checker, node);
    return item;
}

/* ---- places and properties ---- */

static struct {
    const char *first, *second;
    enum question_kind question;
    enum type_kind type;
} const places[] = {
    {"event", NULL, ASK_EVENT, TYPE_TEXT},
    {"event", "repeat", ASK_EVENT_REPEAT, TYPE_NUMBER},
    {"form", "repeat", ASK_FORM_REPEAT, TYPE_NUMBER},
    {"row", NULL, ASK_ROWS, TYPE_NUMBER},
};

static bool resolve_place(struct checker *checker, struct node *node)
{
    for (size_t i = 0; i < ARRAY_COUNT(places); i++) {
        if (!text_equal(node->first, text_of(places[i].first)) ||
            !text_equal(node->second, text_of(places[i].second)))
            continue;
        node->frame = node->is_this ? 0 : checker->frame_count - 1;
        node->question = places[i].question;
        node->form = checker->frames[node->frame].form;
        node->type = places[i].type == TYPE_NUMBER ? type_number(0)
                                                   : type_of_kind(places[i].type);
        return true;
    }
    return false;
}

static bool resolve_property(struct checker *checker, struct node *node)
{
    bool is_pair = !text_is_absent(node->second);
    int32_t property = dictionary_property_of(checker->dictionary,
                                              is_pair ? node->first : (struct text){0},
                                              is_pair ? node->second : node->first);
    if (property < 0 || node->is_this || node->has_at)
        return false;
    node->question = ASK_PROPERTY;
    node->subject = property;
    node->type = checker->dictionary->properties[property].type;
    return true;
}

static bool resolve_local(struct checker *checker, struct node *node)
{
    if (!text_is_absent(node->second) || node->is_this || node->has_at)
        return false;
    for (size_t i = checker->local_count; i > 0; i--) {
        const struct syntax_local *local = &checker->syntax->locals[i - 1];
        if (!text_equal(local->name, node->first))
            continue;
        node->kind = NODE_LOCAL;
        node->value = (int)i - 1;
        node->type = local->value->type;
        /* Only a number itself takes another's unit, not a name for it. */
        node->type.is_bare = false;
        return true;
    }
    return false;
}

void check_name(struct checker *checker, struct node *node)
{
    if (resolve_local(checker, node) || resolve_place(checker, node) ||
        resolve_property(checker, node))
        return;
    int32_t item = check_find_item(checker, node);
    if (item < 0)
        return;
    check_resolve_item(checker, node, item,
                       node->is_this ? 0 : checker->frame_count - 1);
}
