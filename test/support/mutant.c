#include "support/mutant.h"

#include <string.h>

enum { PARTS = 4000, LOCALS = 40, OTHERS = 600 };

struct scanning {
    struct text source;
    const struct dictionary *dictionary;
    struct arena *arena;
    struct mutable_part *parts;
    size_t count;
    struct text locals[LOCALS];
    size_t local_count;
};

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static int nth_of(const struct scanning *scanning, struct text t)
{
    int nth = 1;
    for (size_t i = 0; i < scanning->count; i++)
        nth += text_equal(scanning->parts[i].text, t);
    return nth;
}

static struct mutable_part *add(struct scanning *scanning, size_t from, size_t to,
                                size_t wanted)
{
    struct mutable_part *part = &scanning->parts[scanning->count];
    struct text t = text_part(scanning->source, from, to - from);
    *part = (struct mutable_part){.from = from,
                                  .to = to,
                                  .nth = nth_of(scanning, t),
                                  .text = t,
                                  .wanted = wanted};
    part->others = ARENA_ARRAY(scanning->arena, struct text, OTHERS);
    scanning->count++;
    return part;
}

static void offer(struct mutable_part *part, struct text other)
{
    if (part->other_count < OTHERS && !text_equal(other, part->text)) {
        struct text *others = (struct text *)(uintptr_t)part->others;
        others[part->other_count++] = other;
    }
}

/* --- signs and words --------------------------------------------------------------- */

static const struct {
    const char *from, *one, *two;
} swaps[] = {
    {"<=", "<", ">="},          {">=", ">", "<="},         {"<>", "=", NULL},
    {"<", "<=", ">"},           {">", ">=", "<"},          {"=", "<>", NULL},
    {"+", "-", NULL},           {"-", "+", NULL},          {"*", "/", NULL},
    {"/", "*", NULL},           {"and", "or", NULL},       {"or", "and", NULL},
    {"not", "", NULL},          {"filled", "empty", NULL}, {"empty", "filled", NULL},
    {"absent", "filled", NULL}, {"first", "last", NULL},   {"last", "first", NULL},
    {"sum", "max", NULL},       {"max", "min", NULL},      {"min", "max", NULL},
    {"previous", "next", NULL}, {"everywhere", "", NULL},  {"yes", "no", NULL},
    {"no", "yes", NULL},        {"abs", "", NULL},         {"lower", "", NULL},
    {"trim", "", NULL},         {"date", "", NULL},        {"now", "today", NULL},
    {"in", "not in", NULL},     {"any", "not any", NULL},
};

static bool add_swap(struct scanning *scanning, size_t from, size_t to)
{
    struct text t = text_part(scanning->source, from, to - from);
    for (size_t i = 0; i < ARRAY_COUNT(swaps); i++) {
        if (!text_equal(text_of(swaps[i].from), t))
            continue;
        struct mutable_part *part = add(scanning, from, to, 2);
        offer(part, text_of(swaps[i].one));
        if (swaps[i].two != NULL)
            offer(part, text_of(swaps[i].two));
        return true;
    }
    return false;
}

/* --- thresholds and codes ----------------------------------------------------------- */

/* One step of the last digit up and down. */
static void add_number(struct scanning *scanning, size_t from, size_t to)
{
    struct decimal number;
    struct text t = text_part(scanning->source, from, to - from);
    if (decimal_parse(t, &number, NULL) != DECIMAL_OK)
        return;
    struct mutable_part *part = add(scanning, from, to, 2);
    for (int step = -1; step <= 1; step += 2) {
        struct decimal changed = number;
        char digits[DECIMAL_TEXT_SIZE];
        changed.coefficient += step;
        if (changed.coefficient < 0)
            continue;
        size_t len = decimal_print(changed, digits);
        offer(part,
              text_copy(scanning->arena, (struct text){.at = digits, .len = len}));
    }
}

static struct text quoted(const struct scanning *scanning, struct text code)
{
    return text_format(scanning->arena, "'%.*s'", TEXT_ARG(code));
}

/* The next code of each list that has this one; a text that is none gets another text. */
static void add_literal(struct scanning *scanning, size_t from, size_t to)
{
    struct text code = text_part(scanning->source, from + 1, to - from - 2);
    const struct dictionary *dictionary = scanning->dictionary;
    struct mutable_part *part = add(scanning, from, to, 1);
    for (int32_t i = 0; i < dictionary->codelist_count; i++) {
        const struct dictionary_codelist *list = &dictionary->codelists[i];
        for (int32_t k = 0; k < list->code_count; k++)
            if (text_equal(list->codes[k], code))
                offer(part, quoted(scanning, list->codes[(k + 1) % list->code_count]));
    }
    for (int32_t i = 0; i < dictionary->event_count; i++)
        offer(part, quoted(scanning, dictionary->events[i].name));
    offer(part, TEXT("'another'"));
}

/* --- references --------------------------------------------------------------------- */

static bool is_alike(const struct dictionary_item *a, const struct dictionary_item *b)
{
    return a->form == b->form && a->type.kind == b->type.kind &&
           a->type.codelist == b->type.codelist;
}

/* Other items of the form and kind, those behind it first, nearest first. */
static void offer_items(struct scanning *scanning, struct mutable_part *part,
                        struct text before, struct text name)
{
    const struct dictionary *dictionary = scanning->dictionary;
    for (int32_t i = 0; i < dictionary->item_count; i++) {
        const struct dictionary_item *item = &dictionary->items[i];
        if (!text_equal(item->name, name))
            continue;
        for (int32_t k = 1; k < dictionary->item_count; k++) {
            const struct dictionary_item *other =
                &dictionary->items[(i + k) % dictionary->item_count];
            if (is_alike(item, other))
                offer(part, text_format(scanning->arena, "%.*s%.*s", TEXT_ARG(before),
                                        TEXT_ARG(other->name)));
        }
    }
}

static void offer_properties(struct scanning *scanning, struct mutable_part *part,
                             struct text root, struct text name)
{
    const struct dictionary *dictionary = scanning->dictionary;
    for (int32_t i = 0; i < dictionary->property_count; i++) {
        const struct dictionary_property *property = &dictionary->properties[i];
        if (text_equal(property->root, root) && !text_equal(property->name, name))
            offer(part, text_format(scanning->arena, "%.*s.%.*s", TEXT_ARG(root),
                                    TEXT_ARG(property->name)));
    }
}

static void offer_names(struct scanning *scanning, struct mutable_part *part)
{
    const struct dictionary *dictionary = scanning->dictionary;
    bool is_event = dictionary_event_of(dictionary, part->text) >= 0;
    bool is_form = dictionary_form_of(dictionary, part->text) >= 0;
    for (int32_t i = 0; is_event && i < dictionary->event_count; i++)
        offer(part, dictionary->events[i].name);
    for (int32_t i = 0; is_form && i < dictionary->form_count; i++)
        offer(part, dictionary->forms[i].name);
    for (size_t i = 0; i < scanning->local_count; i++)
        offer(part, scanning->locals[i]);
}

static bool is_local(const struct scanning *scanning, struct text word)
{
    for (size_t i = 0; i < scanning->local_count; i++)
        if (text_equal(scanning->locals[i], word))
            return true;
    return false;
}

static void add_reference(struct scanning *scanning, size_t from, size_t to)
{
    const struct dictionary *dictionary = scanning->dictionary;
    struct text word = text_part(scanning->source, from, to - from);
    struct text name = word, before = text_cut(&name, '.');
    bool is_pair = !text_is_absent(name);
    struct text last = is_pair ? name : word;
    bool is_item = dictionary_item_of(dictionary, last) >= 0;
    bool is_property = is_pair && dictionary_has_root(dictionary, before);
    bool is_name = !is_pair && (dictionary_event_of(dictionary, word) >= 0 ||
                                dictionary_form_of(dictionary, word) >= 0);
    if (!is_item && !is_property && !is_name && !is_local(scanning, word))
        return;
    struct mutable_part *part = add(scanning, from, to, 1);
    if (is_property)
        offer_properties(scanning, part, before, name);
    if (is_item)
        offer_items(scanning, part,
                    is_pair ? text_part(word, 0, before.len + 1) : TEXT(""), last);
    if (is_name || is_local(scanning, word))
        offer_names(scanning, part);
    if (is_pair && text_equal(before, TEXT("this"))) {
        struct mutable_part *plain = add(scanning, from, to, 1);
        offer(plain, name);
    }
}

static void take_word(struct scanning *scanning, size_t from, size_t to)
{
    struct text word = text_part(scanning->source, from, to - from);
    if (scanning->local_count > 0 &&
        text_is_absent(scanning->locals[scanning->local_count - 1])) {
        scanning->locals[scanning->local_count - 1] = word;
        return;
    }
    if (text_equal(word, TEXT("let")) && scanning->local_count < LOCALS)
        scanning->locals[scanning->local_count++] = (struct text){0};
    else if (!add_swap(scanning, from, to))
        add_reference(scanning, from, to);
}

/* --- scanning ----------------------------------------------------------------------- */

static size_t end_of_word(struct text source, size_t i)
{
    while (i < source.len &&
           (is_letter(source.at[i]) || is_digit(source.at[i]) ||
            (source.at[i] == '.' && i + 1 < source.len && is_letter(source.at[i + 1]))))
        i++;
    return i;
}

static size_t end_of_number(struct text source, size_t i)
{
    while (i < source.len && (is_digit(source.at[i]) || source.at[i] == '.'))
        i++;
    return i;
}

static size_t end_of_sign(struct text source, size_t i)
{
    char next = i + 1 < source.len ? source.at[i + 1] : ' ';
    bool is_long = (source.at[i] == '<' && (next == '=' || next == '>')) ||
                   (source.at[i] == '>' && next == '=');
    return i + (is_long ? 2 : 1);
}

static size_t end_of(struct text source, size_t i, char byte)
{
    while (i < source.len && source.at[i] != byte)
        i++;
    return i < source.len ? i + 1 : i;
}

static size_t scan(struct scanning *scanning, size_t i)
{
    struct text source = scanning->source;
    char byte = source.at[i];
    size_t to = i + 1;
    if (byte == '-' && to < source.len && source.at[to] == '-')
        return end_of(source, i, '\n');
    if (byte == '\'') {
        to = end_of(source, to, '\'');
        add_literal(scanning, i, to);
    } else if (is_letter(byte)) {
        to = end_of_word(source, i);
        take_word(scanning, i, to);
    } else if (is_digit(byte)) {
        to = end_of_number(source, i);
        add_number(scanning, i, to);
    } else if (strchr("<>=+-*/", byte) != NULL) {
        to = end_of_sign(source, i);
        (void)add_swap(scanning, i, to);
    }
    return to;
}

struct mutable_parts mutant_parts(struct text source,
                                  const struct dictionary *dictionary,
                                  struct arena *arena)
{
    struct scanning *scanning = ARENA_NEW(arena, struct scanning);
    *scanning =
        (struct scanning){.source = source, .dictionary = dictionary, .arena = arena};
    scanning->parts = ARENA_ARRAY(arena, struct mutable_part, PARTS);
    for (size_t i = 0; i < source.len && scanning->count + 2 < PARTS;)
        i = scan(scanning, i);
    return (struct mutable_parts){.parts = scanning->parts, .count = scanning->count};
}

struct text mutant_source(struct text source, const struct mutable_part *part,
                          struct text other, struct arena *arena)
{
    struct text before = text_part(source, 0, part->from);
    struct text behind = text_part(source, part->to, source.len - part->to);
    return text_format(arena, "%.*s%.*s%.*s", TEXT_ARG(before), TEXT_ARG(other),
                       TEXT_ARG(behind));
}
