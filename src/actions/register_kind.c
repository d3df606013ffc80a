/* Which registers there are, who keeps each, and what its lines are at a moment. */
#include "actions/register.h"

#include "base/datetime.h"

#include <string.h>

// clang-format off
static const struct register_kind kinds[] = {
    {"DELEG", PERMISSION_DELEGATE, true, REGISTER_AGREES_PERSON,
     " LINE SITE STAFF ENDS PI_SIGNED STAFF_SIGNED REASON ",
     " ROLE TASKS IN_FORCE "},
    {"ICFV", PERMISSION_MANAGE_CONSENT_FORMS, true, REGISTER_AGREES_NOBODY,
     " SITE ENDS ENTERED_BY ENTERED_AT ",
     " VERSION LANGUAGE COMMITTEE APPROVAL APPROVED IN_FORCE "},
    {"CONF", PERMISSION_CHANGE_CONFIGURATION, false, REGISTER_AGREES_SECOND,
     " NUMBER OLD FIRST FIRST_AT SECOND SECOND_AT DESIGN ",
     " KIND SETTING NEW REASON IN_FORCE "},
    {"LOT", PERMISSION_MANAGE_DEVICE_LOTS, true, REGISTER_AGREES_NOBODY,
     " SITE USED LEFT ",
     " MODEL KIND NUMBER EXPIRY RECEIVED RECEIVED_AT "},
};

static const struct {
    const char *name, *field, *choices;
} choices[] = {
    {"DELEG", "ROLE", "PI INV OPR RN CRC LAB IMG"},
    {"ICFV", "LANGUAGE", "zh en"},
    {"CONF", "KIND", "design plan limit map feed deferral amendment"},
    {"LOT", "KIND", "needle driver"},
};
// clang-format on

const struct study_register *register_fields(const struct design *design,
                                             struct text name)
{
    for (size_t i = 0; i < design->register_count; i++)
        if (text_equal(design->registers[i].name, name))
            return &design->registers[i];
    return NULL;
}

const struct register_kind *register_kind_of(const struct design *design,
                                             struct text name)
{
    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++)
        if (text_equal(text_of(kinds[i].name), name))
            return register_fields(design, name) == NULL ? NULL : &kinds[i];
    return NULL;
}

static bool is_word_of(const char *words, struct text word)
{
    struct text rest = text_of(words);
    while (rest.len > 0)
        if (text_equal(text_cut(&rest, ' '), word))
            return word.len > 0;
    return false;
}

bool register_field_is_by_program(const struct register_kind *kind, struct text field)
{
    return is_word_of(kind->by_program, field);
}

bool register_field_is_required(const struct register_kind *kind, struct text field)
{
    return is_word_of(kind->required, field);
}

const char *register_field_choices(const struct register_kind *kind, struct text field)
{
    for (size_t i = 0; i < ARRAY_COUNT(choices); i++)
        if (strcmp(choices[i].name, kind->name) == 0 &&
            text_equal(text_of(choices[i].field), field))
            return choices[i].choices;
    return NULL;
}

bool register_role_is_delegated(enum role role)
{
    return role == ROLE_PI || permission_scope(PERMISSION_ACCEPT_DELEGATION, role) !=
                                  PERMISSION_SCOPE_NONE;
}

/* --- at a moment ---------------------------------------------------------------------- */

bool register_instant(const struct design *design, const struct register_line *line,
                      struct text moment, int64_t *out)
{
    struct moment parsed;
    const struct site *site = design_site(design, line->site);
    if (site == NULL && design->site_count > 0)
        site = &design->sites[0]; /* the study's own: by the sponsor's site */
    if (moment.len == 0 || !moment_parse(moment, &parsed, NULL))
        return false;
    *out = moment_instant(&parsed, site == NULL ? 0 : site->offset_minutes);
    return true;
}

/* The principal investigator's own line rests on the sponsor's appointment. */
bool register_line_needs_agreement(const struct register_kind *kind,
                                   const struct register_line *line)
{
    if (kind->agreement == REGISTER_AGREES_PERSON)
        return !text_equal(register_value(line, "ROLE"), TEXT("PI"));
    return kind->agreement == REGISTER_AGREES_SECOND;
}

enum register_state register_state_at(const struct design *design,
                                      const struct register_kind *kind,
                                      const struct register_line *line, int64_t now)
{
    int64_t begins = line->added.at, ends = 0;
    (void)register_instant(design, line, register_value(line, "IN_FORCE"), &begins);
    if (line->ended.seq != 0 &&
        (!register_instant(design, line, line->ends_on, &ends) || ends <= now))
        return REGISTER_OVER;
    if (register_line_needs_agreement(kind, line) && line->agreed.seq == 0)
        return REGISTER_WAITING;
    return begins > now ? REGISTER_LATER : REGISTER_IN_FORCE;
}

const char *register_state_name(enum register_state state)
{
    static const char *const names[] = {[REGISTER_WAITING] = "waiting",
                                        [REGISTER_LATER] = "later",
                                        [REGISTER_IN_FORCE] = "in_force",
                                        [REGISTER_OVER] = "over"};
    return names[state];
}
