#include "actions/delegation.h"
#include "actions/people.h"
#include "actions/register.h"
#include "actions/study_state.h"

struct listing {
    const struct design *design;
    const struct caller *caller;
    struct people people;
    struct register_list *out;
    int64_t now;
    struct error *err;
};

static bool may_keep(const struct listing *listing, const struct register_line *line)
{
    const struct register_kind *kind = listing->out->kind;
    bool is_of_pi = kind->agreement == REGISTER_AGREES_PERSON &&
                    text_equal(register_value(line, "ROLE"), TEXT("PI"));
    if (is_of_pi)
        return caller_may(listing->caller, PERMISSION_MANAGE_USERS, (struct text){0},
                          false);
    return caller_may(listing->caller, kind->permission, line->site, false);
}

/* As far as one can tell before it is tried. */
static bool may_agree(const struct listing *listing, const struct register_line *line)
{
    const struct register_kind *kind = listing->out->kind;
    if (line->ended.seq != 0 || line->agreed.seq != 0 ||
        !register_line_needs_agreement(kind, line))
        return false;
    if (kind->agreement == REGISTER_AGREES_PERSON)
        return line->person == listing->caller->user;
    return line->added.user != listing->caller->user && may_keep(listing, line);
}

static bool show_line(struct listing *listing, const struct register_line *line,
                      struct register_shown *shown)
{
    const struct register_kind *kind = listing->out->kind;
    bool is_settled =
        kind->agreement == REGISTER_AGREES_SECOND && line->agreed.seq != 0;
    *shown = (struct register_shown){
        .line = line,
        .state = register_state_at(listing->design, kind, line, listing->now),
        .may_agree = may_agree(listing, line),
        .may_change = line->ended.seq == 0 && !is_settled && may_keep(listing, line),
        .by =
            ARENA_ARRAY(listing->people.arena, const struct user *, line->step_count)};
    for (size_t i = 0; i < line->step_count; i++)
        if (!people_user(&listing->people, line->steps[i].moment.user, &shown->by[i],
                         listing->err))
            return false;
    return people_user(&listing->people, line->person, &shown->person, listing->err);
}

/* Somewhere: at which site is asked when it is tried. */
static bool may_add(const struct listing *listing)
{
    const struct caller *caller = listing->caller;
    const struct register_kind *kind = listing->out->kind;
    bool may = kind->agreement == REGISTER_AGREES_PERSON &&
               caller_may(caller, PERMISSION_MANAGE_USERS, (struct text){0}, false);
    if (!kind->is_of_site)
        may = caller_may(caller, kind->permission, (struct text){0}, false);
    for (size_t i = 0; kind->is_of_site && i < caller->grant_count; i++)
        may =
            may || caller_may(caller, kind->permission, caller->grants[i].site, false);
    return may;
}

static bool read_list(struct listing *listing, struct db *db, struct text name)
{
    struct register_list *out = listing->out;
    struct register_line *lines = NULL;
    if (!register_lines(db, name, listing->people.arena, &lines, &out->count,
                        listing->err))
        return false;
    out->lines = ARENA_ARRAY(listing->people.arena, struct register_shown, out->count);
    for (size_t i = 0; i < out->count; i++)
        if (!show_line(listing, &lines[out->count - 1 - i], &out->lines[i]))
            return false;
    return !text_equal(name, TEXT("LOT")) ||
           register_count_used(db, listing->design, out->lines, out->count,
                               listing->people.arena, listing->err);
}

/* Whom a line can be about, and where the log gates the roles. */
static bool read_staff(struct study *study, struct listing *listing, struct db *db)
{
    struct register_list *out = listing->out;
    struct arena *arena = listing->people.arena;
    const struct design *design = listing->design;
    struct user *users = NULL;
    size_t count = 0;
    if (out->kind->agreement != REGISTER_AGREES_PERSON)
        return true;
    out->sites = ARENA_ARRAY(arena, struct register_site, design->site_count);
    for (size_t i = 0; i < design->site_count; i++) {
        struct register_site *site = &out->sites[out->site_count++];
        site->site = design->sites[i].code;
        if (!delegation_is_kept(study, site->site, &site->is_kept, listing->err))
            return false;
    }
    if (!out->may_add)
        return true;
    if (!user_list(db, arena, &users, &count, listing->err))
        return false;
    struct user *staff = ARENA_ARRAY(arena, struct user, count);
    for (size_t i = 0; i < count; i++) {
        bool is_staff = false;
        for (size_t k = 0; k < users[i].grant_count; k++)
            is_staff = is_staff || register_role_is_delegated(users[i].grants[k].role);
        if (is_staff && !users[i].is_disabled)
            staff[out->staff_count++] = users[i];
    }
    out->staff = staff;
    return true;
}

/* What an agreement of the caller will be asked for. */
static bool read_proof(struct study *study, struct listing *listing, struct db *db)
{
    struct register_list *out = listing->out;
    const struct caller *caller = listing->caller;
    struct sign_in_state state = {0};
    out->needs_name = !session_table_has_signed(study->sessions, &caller->session);
    if (!user_sign_in_state(db, caller->user, listing->people.arena, &state,
                            listing->err))
        return false;
    out->needs_totp = !text_is_absent(state.totp_secret);
    return true;
}

bool register_read(struct study *study, const struct caller *caller, struct text name,
                   struct arena *arena, struct register_list *out, struct error *err)
{
    const struct design *design = study_design(study);
    *out = (struct register_list){.kind = register_kind_of(design, name),
                                  .fields = register_fields(design, name)};
    if (out->kind == NULL)
        return error_set(err, ERROR_NOT_FOUND, "the study keeps no such register");
    struct db *db = store_reader(study->store);
    struct listing listing = {.design = design,
                              .caller = caller,
                              .people = people_of(db, arena),
                              .out = out,
                              .now = study_now(study),
                              .err = err};
    out->may_add = may_add(&listing);
    bool is_read = read_list(&listing, db, name) && read_staff(study, &listing, db) &&
                   read_proof(study, &listing, db);
    store_reader_return(study->store, db);
    return is_read;
}
