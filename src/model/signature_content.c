#include "model/signature_content.h"

#include <inttypes.h>

/* --- meanings -------------------------------------------------------------------------- */

static const struct {
    struct text name;
    struct label label;
} meanings[] = {
#define X(name, in_english, in_chinese)                                                \
    [SIGNATURE_##name] = {                                                             \
        TEXT_INIT(#name),                                                              \
        {.english = TEXT_INIT(in_english), .chinese = TEXT_INIT(in_chinese)}},
    SIGNATURE_MEANING_TABLE(X)
#undef X
};

struct text signature_meaning_name(enum signature_meaning meaning)
{
    return meanings[meaning].name;
}

struct label signature_meaning_label(enum signature_meaning meaning)
{
    return meanings[meaning].label;
}

bool signature_meaning_is_of_row(enum signature_meaning meaning)
{
    return meaning == SIGNATURE_READ_MADE || meaning == SIGNATURE_ADJUDICATED;
}

bool signature_meaning_parse(struct text name, enum signature_meaning *out)
{
    for (size_t i = 0; i < ARRAY_COUNT(meanings); i++)
        if (text_equal(meanings[i].name, name)) {
            *out = (enum signature_meaning)i;
            return true;
        }
    return false;
}

/* --- lines ----------------------------------------------------------------------------- */

struct writing {
    const struct signature_content *content;
    const struct shown_form *form;
    struct buffer *out;
};

/* A tab ends a field and a line feed a line; within a field they are written \t and \n, a
 * carriage return \r, and a backslash twice. */
static void put_escaped(struct buffer *out, struct text field)
{
    for (size_t i = 0; i < field.len; i++) {
        char c = field.at[i];
        if (c == '\\' || c == '\t' || c == '\n' || c == '\r') {
            buffer_byte(out, '\\');
            c = c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c;
        }
        buffer_byte(out, c);
    }
}

static void put_field(struct writing *writing, struct text field)
{
    buffer_byte(writing->out, '\t');
    put_escaped(writing->out, field);
}

static void put_number(struct writing *writing, int64_t number)
{
    buffer_format(writing->out, "\t%" PRId64, number);
}

/* A missing language falls back to English, as on the page. */
static struct text said(const struct writing *writing, struct label label)
{
    return writing->content->is_chinese && label.chinese.len > 0 ? label.chinese
                                                                 : label.english;
}

/* --- answers --------------------------------------------------------------------------- */

/* "Y", "Yes"; of several codes each with its label. */
static void put_codes(struct writing *writing, const struct item *item,
                      struct text value)
{
    struct text rest = value;
    put_field(writing, value);
    buffer_byte(writing->out, '\t');
    while (rest.len > 0) {
        struct text one = item->is_multiple ? text_cut(&rest, ' ') : rest;
        if (!item->is_multiple)
            rest.len = 0;
        const struct code *code = codelist_code(item->codelist, one);
        put_escaped(writing->out, code == NULL ? one : said(writing, code->label));
        if (rest.len > 0)
            BUFFER_LITERAL(writing->out, "; ");
    }
}

static void put_answer(struct writing *writing, const struct item *item,
                       const struct answer *answer)
{
    struct text words = answer->missing_text;
    if (answer->is_in_vault) {
        BUFFER_LITERAL(writing->out, "\tvault");
    } else if (answer->missing != MISSING_NOT) {
        BUFFER_LITERAL(writing->out, "\tmissing");
        put_field(writing, missing_reason_code(answer->missing));
        put_field(writing, said(writing, missing_reason_label(answer->missing)));
        put_field(writing, words);
    } else if (item->codelist != NULL) {
        BUFFER_LITERAL(writing->out, "\tcode");
        put_codes(writing, item, answer->value);
    } else {
        BUFFER_LITERAL(writing->out, "\tvalue");
        put_field(writing, answer->value);
        put_field(writing, item->unit);
    }
}

static void put_item(struct writing *writing, const struct item *item,
                     const struct shown_answer *shown)
{
    if (shown->answer.missing == MISSING_CLEARED)
        return;
    buffer_text_add(writing->out, shown->is_hidden ? TEXT("hidden") : TEXT("item"));
    put_field(writing, item->oid);
    put_number(writing, shown->row);
    if (!shown->is_hidden) {
        put_field(writing, said(writing, item->label));
        put_answer(writing, item, &shown->answer);
    }
    buffer_byte(writing->out, '\n');
}

/* --- forms ----------------------------------------------------------------------------- */

/* The lowest row behind `after` that has an answer in the group; -1: none. */
static int64_t next_row(const struct shown_form *form, const struct item_group *group,
                        int64_t after)
{
    int64_t next = -1;
    for (size_t i = 0; i < form->answer_count; i++) {
        const struct shown_answer *shown = &form->answers[i];
        if (shown->row <= after || (next >= 0 && shown->row >= next))
            continue;
        for (size_t k = 0; k < group->item_count; k++)
            if (text_equal(group->items[k]->oid, shown->item))
                next = shown->row;
    }
    return next;
}

static void put_group(struct writing *writing, const struct item_group *group)
{
    const struct shown_form *form = writing->form;
    for (int64_t row = next_row(form, group, -1); row >= 0;
         row = next_row(form, group, row))
        for (size_t i = 0; i < group->item_count; i++)
            for (size_t k = 0; k < form->answer_count; k++)
                if (form->answers[k].row == row &&
                    text_equal(form->answers[k].item, group->items[i]->oid))
                    put_item(writing, group->items[i], &form->answers[k]);
}

static void put_form(struct writing *writing)
{
    const struct shown_form *form = writing->form;
    const struct form_key *key = &form->key;
    const struct study_event *event = design_event(form->design, key->event);
    const struct form *definition = design_form(form->design, key->form);
    BUFFER_LITERAL(writing->out, "form");
    put_number(writing, key->participant);
    put_field(writing, key->event);
    put_number(writing, key->event_repeat);
    put_field(writing, key->form);
    put_number(writing, key->form_repeat);
    put_field(writing, form->design->version);
    put_field(writing, event == NULL ? (struct text){0} : said(writing, event->label));
    put_field(writing,
              definition == NULL ? (struct text){0} : said(writing, definition->label));
    buffer_byte(writing->out, '\n');
    if (form->row != 0) {
        BUFFER_LITERAL(writing->out, "row");
        put_number(writing, form->row);
        buffer_byte(writing->out, '\n');
    }
    for (size_t i = 0; definition != NULL && i < definition->group_count; i++)
        put_group(writing, definition->groups[i]);
}

static bool is_of_one_row(const struct signature_content *content)
{
    return content->form_count == 1 && content->forms[0].row != 0;
}

void signature_content_write(const struct signature_content *content,
                             struct buffer *out)
{
    struct writing writing = {.content = content, .out = out};
    buffer_format(out, "osteon signature %d\nstudy", is_of_one_row(content) ? 2 : 1);
    put_field(&writing, content->study);
    BUFFER_LITERAL(out, "\nparticipant");
    put_number(&writing, content->participant);
    BUFFER_LITERAL(out, "\nlanguage");
    put_field(&writing, content->is_chinese ? TEXT("zh") : TEXT("en"));
    BUFFER_LITERAL(out, "\nmeaning");
    put_field(&writing, meanings[content->meaning].name);
    put_field(&writing, said(&writing, meanings[content->meaning].label));
    buffer_byte(out, '\n');
    for (size_t i = 0; i < content->form_count; i++) {
        writing.form = &content->forms[i];
        put_form(&writing);
    }
}

/* --- order ----------------------------------------------------------------------------- */

static int number_order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int signature_form_order(const struct form_key *a, const struct form_key *b)
{
    int order = number_order(a->participant, b->participant);
    if (order == 0)
        order = text_compare(a->event, b->event);
    if (order == 0)
        order = number_order(a->event_repeat, b->event_repeat);
    if (order == 0)
        order = text_compare(a->form, b->form);
    return order != 0 ? order : number_order(a->form_repeat, b->form_repeat);
}
