/* Whom a message names: by the numbers in PID-3, then name and date of birth as far as both
 * sides have them. What is compared is never told. */
#include "actions/laboratory_message.h"

#include "actions/study_items.h"
#include "base/limits.h"
#include "formats/hl7_time.h"
#include "model/design.h"
#include "model/event.h"
#include "store/reads.h"

#define ITEM_BIRTH TEXT("I.SCR.BRTHDT")

struct matching {
    struct db *db;
    const struct design *design;
    const struct hl7_result *result;
    struct arena *arena;
    struct laboratory_match *match;
    int64_t link; /* the event that linked the number; 0: the study's own number */
    struct error *err;
};

static void differs(struct matching *matching, const char *what)
{
    matching->match->fault = FEED_REASON_PATIENT_DIFFERS;
    matching->match->said = text_of(what);
}

/* The study's own number of a participant, which the laboratory got with the order. */
static bool find_own_number(struct matching *matching, struct text number,
                            int64_t *participant)
{
    struct participant_filter filter = {.find = number, .limit = LIMIT_LIST};
    struct participant *list = NULL;
    size_t count = 0;
    *participant = 0;
    if (!participant_list(matching->db, &filter, matching->arena, &list, &count,
                          matching->err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (text_equal(list[i].subject_number, number) ||
            text_equal(list[i].screening_number, number))
            *participant = list[i].id;
    return true;
}

static bool find_by_number(struct matching *matching,
                           const struct hl7_identifier *identifier)
{
    int64_t participant = 0, link = 0;
    if (identifier->number.len == 0)
        return true;
    struct text authority =
        identifier->authority.len == 0 ? TEXT("") : identifier->authority;
    if (!patient_link_find(matching->db, identifier->number, authority, &participant,
                           &link, matching->err))
        return false;
    if (participant == 0 && text_equal(authority, matching->design->study_oid) &&
        !find_own_number(matching, identifier->number, &participant))
        return false;
    if (participant == 0)
        return true;
    if (matching->match->participant != 0 &&
        matching->match->participant != participant)
        differs(matching, "PID-3: two numbers belong to two participants");
    matching->match->participant = participant;
    matching->link = link != 0 ? link : matching->link;
    return true;
}

/* --- the name ------------------------------------------------------------------------------- */

/* Letters without case, spaces and what stands between names. */
static struct text plain_name(struct text name, struct arena *arena)
{
    char *at = arena_alloc(arena, name.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < name.len; i++) {
        char byte = name.at[i];
        if (byte >= 'A' && byte <= 'Z')
            byte = (char)(byte - 'A' + 'a');
        if (byte != ' ' && byte != ',' && byte != '-' && byte != '.')
            at[len++] = byte;
    }
    return (struct text){.at = at, .len = len};
}

/* As it stands, or with its last word before the others: given and family name have both
 * orders. */
static bool is_same_name(struct text a, struct text b, struct arena *arena)
{
    size_t space = a.len;
    while (space > 0 && a.at[space - 1] != ' ')
        space--;
    struct text plain = plain_name(b, arena);
    if (text_equal(plain_name(a, arena), plain))
        return true;
    if (space == 0)
        return false;
    struct text turned =
        text_format(arena, "%.*s %.*s", TEXT_ARG(text_part(a, space, a.len)),
                    TEXT_ARG(text_part(a, 0, space)));
    return text_equal(plain_name(turned, arena), plain);
}

/* The name that was told when the number was linked. */
static bool compare_name(struct matching *matching)
{
    struct log_filter filter = {.after = matching->link - 1,
                                .before = matching->link + 1,
                                .user = -1,
                                .limit = 1};
    struct log_row *rows = NULL;
    size_t count = 0;
    if (matching->link == 0 || matching->result->name_count == 0)
        return true;
    if (!log_list(matching->db, &filter, matching->arena, &rows, &count, matching->err))
        return false;
    if (count == 0 || rows[0].content == NULL)
        return true;
    const struct patient_linked *linked = rows[0].content;
    if (linked->name.len == 0)
        return true;
    matching->match->name_was_compared = true;
    for (size_t i = 0; i < matching->result->name_count; i++)
        if (is_same_name(matching->result->names[i], linked->name, matching->arena))
            return true;
    differs(matching, "PID-5: the name is not that of the participant");
    return true;
}

/* --- the date of birth ---------------------------------------------------------------------- */

static bool same_day(const struct moment *a, const struct moment *b)
{
    bool both_months = a->precision >= MOMENT_MONTH && b->precision >= MOMENT_MONTH;
    bool both_days = a->precision >= MOMENT_DAY && b->precision >= MOMENT_DAY;
    return a->year == b->year && (!both_months || a->month == b->month) &&
           (!both_days || a->day == b->day);
}

static bool compare_birth(struct matching *matching)
{
    struct form_key key = {.participant = matching->match->participant,
                           .event = EVENT_SCREENING,
                           .event_repeat = 1,
                           .form = FORM_SCREENING,
                           .form_repeat = 1};
    struct text stored;
    struct moment ours, theirs;
    struct error none = {0};
    if (!hl7_time_parse(matching->result->birth, &theirs))
        return true;
    if (!vault_read(matching->db, &key, ITEM_BIRTH, 0, matching->arena, &stored,
                    &none)) {
        if (none.code != ERROR_NOT_FOUND)
            *matching->err = none;
        return none.code == ERROR_NOT_FOUND;
    }
    if (!moment_parse(stored, &ours, NULL))
        return true;
    matching->match->birth_was_compared = true;
    if (!same_day(&ours, &theirs))
        differs(matching, "PID-7: the date of birth is not that of the participant");
    return true;
}

static bool check_enrolled(struct matching *matching)
{
    struct participant *participant = NULL;
    if (!participant_plain(matching->db, matching->match->participant, matching->arena,
                           &participant, matching->err))
        return false;
    if (participant != NULL && participant_is_enrolled(participant))
        return true;
    matching->match->fault = FEED_REASON_PATIENT;
    matching->match->said = TEXT("the participant is not enrolled");
    return true;
}

bool laboratory_match(struct db *db, const struct design *design,
                      const struct laboratory_message *message, struct arena *arena,
                      struct laboratory_match *out, struct error *err)
{
    struct matching matching = {.db = db,
                                .design = design,
                                .result = &message->result,
                                .arena = arena,
                                .match = out,
                                .err = err};
    *out = (struct laboratory_match){0};
    for (size_t i = 0; i < message->result.identifier_count; i++)
        if (!find_by_number(&matching, &message->result.identifiers[i]))
            return false;
    if (out->participant == 0) {
        out->fault = FEED_REASON_PATIENT;
        out->said = TEXT("PID-3: no number is known here");
        return true;
    }
    if (out->fault != FEED_REASON_NONE)
        return true;
    if (!compare_name(&matching) || !compare_birth(&matching))
        return false;
    return matching.match->fault != FEED_REASON_NONE || check_enrolled(&matching);
}
