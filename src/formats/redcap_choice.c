#include "formats/redcap_choice.h"

#include "base/limits.h"

static bool is_doubled(const struct odm_list *codes, struct text code)
{
    for (size_t i = 0; i < codes->count; i++)
        if (text_equal(ODM_LIST_AT(*codes, struct odm_code, i)->code.code, code))
            return true;
    return false;
}

/* What is wrong with one choice; NULL: nothing. */
static const char *fault_of(struct text choice, struct text code, bool has_blanks,
                            const struct odm_list *codes)
{
    if (choice.len == 0)
        return "a choice is empty";
    if (text_find(choice, ',') == choice.len)
        return "a choice has no comma between its code and its words";
    if (code.len == 0)
        return "a choice has no code before its comma";
    if (code.len > LIMIT_OID)
        return "a code is too long";
    if (!has_blanks && text_find(code, ' ') < code.len)
        return "a code of a checkbox holds a blank";
    return is_doubled(codes, code) ? "a code stands twice" : NULL;
}

static bool read_choice(struct odm_parts *parts, struct xml_place place,
                        struct text choice, bool has_blanks, struct odm_list *codes,
                        struct error *err)
{
    struct text words = choice;
    struct text code = text_trim(text_cut(&words, ','));
    const char *fault = fault_of(choice, code, has_blanks, codes);
    void *added;
    if (fault != NULL) {
        odm_finding_add(parts, place, "write 1, Yes | 0, No", "%s: \"%.*s\"", fault,
                        SHOWN(choice));
        return true;
    }
    if (!odm_list_add(codes, sizeof(struct odm_code), parts->study, &added, err))
        return false;
    struct odm_code *part = added;
    *part = (struct odm_code){.place = place, .order = codes->count};
    words = text_trim(words);
    return odm_keep(parts, code, &part->code.code, err) &&
           odm_keep(parts, words.len > 0 ? words : code, &part->code.label.english,
                    err);
}

bool redcap_choices_read(struct odm_parts *parts, struct xml_place place,
                         struct text choices, bool has_blanks, struct odm_list *codes,
                         struct error *err)
{
    enum { MOST_CHOICES = 5000 }; /* each is compared with all others */
    struct text rest = choices;
    while (!text_is_absent(rest)) {
        struct text choice = text_trim(text_cut(&rest, '|'));
        if (codes->count == MOST_CHOICES)
            return error_set(err, ERROR_TOO_LARGE, "more than %d choices of one field",
                             (int)MOST_CHOICES);
        if (!read_choice(parts, place, choice, has_blanks, codes, err))
            return false;
    }
    return true;
}

/* --- a checkbox as N items ------------------------------------------------------------ */

static char as_name(char letter)
{
    if (letter >= 'A' && letter <= 'Z')
        return (char)(letter - 'A' + 'a');
    bool is_kept = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    return is_kept ? letter : '_';
}

/* Is "field___suffix" the item of this choice? REDCap writes small letters, and _ for what
 * a name cannot hold. */
static bool is_choice(struct text code, struct text suffix)
{
    if (code.len != suffix.len)
        return false;
    for (size_t i = 0; i < code.len; i++)
        if (as_name(code.at[i]) != as_name(suffix.at[i]))
            return false;
    return true;
}

struct text redcap_choice_field(struct text oid, struct text *suffix)
{
    for (size_t i = 1; i + 3 < oid.len; i++)
        if (oid.at[i] == '_' && oid.at[i + 1] == '_' && oid.at[i + 2] == '_') {
            *suffix = text_part(oid, i + 3, oid.len);
            return text_part(oid, 0, i);
        }
    return (struct text){0};
}

const struct code *redcap_choice_code(const struct codelist *list, struct text suffix)
{
    for (size_t i = 0; i < list->code_count; i++)
        if (is_choice(list->codes[i].code, suffix))
            return &list->codes[i];
    return NULL;
}
