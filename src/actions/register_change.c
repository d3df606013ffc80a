/* Adding a line to a register, agreeing to one, correcting and ending it. */
#include "actions/configuration.h"
#include "actions/identity.h"
#include "actions/password.h"
#include "actions/program_values.h"
#include "actions/register.h"
#include "actions/study_state.h"
#include "base/datetime.h"
#include "base/decimal.h"
#include "base/utf8.h"
#include "model/setting_value.h"

/* What all four acts look at. */
struct changing {
    struct act *act;
    struct txn *txn;
    const struct design *design;
    const struct register_kind *kind;
    const struct study_register *fields;
    struct register_line *line; /* NULL: it is being added */
};

static bool open_register(struct changing *changing, struct text name,
                          struct error *err)
{
    changing->design = study_design(changing->act->study);
    changing->kind = register_kind_of(changing->design, name);
    changing->fields = register_fields(changing->design, name);
    if (changing->kind != NULL)
        return true;
    error_set(err, ERROR_NOT_FOUND, "the study keeps no such register");
    return error_hint(err,
                      "registers are declared by the design: DELEG, ICFV, CONF, LOT");
}

static bool open_line(struct changing *changing, struct text name, int64_t id,
                      struct error *err)
{
    struct register_line *lines = NULL;
    size_t count = 0;
    if (!open_register(changing, name, err) ||
        !register_lines(txn_db(changing->txn), name, txn_arena(changing->txn), &lines,
                        &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (lines[i].id == id)
            changing->line = &lines[i];
    if (changing->line == NULL)
        return error_set(err, ERROR_NOT_FOUND, "the register has no such line");
    if (changing->line->ended.seq == 0)
        return true;
    error_set(err, ERROR_CHANGED, "this line was ended already");
    return error_hint(err, "a line is never opened again: add another one");
}

/* --- who may -------------------------------------------------------------------------- */

/* A principal investigator's line comes with the account, from the administrator; all
 * others from who keeps the register. */
static bool may_keep(const struct changing *changing, struct text site,
                     struct text role, struct error *err)
{
    const struct caller *caller = changing->act->caller;
    bool is_of_pi = changing->kind->agreement == REGISTER_AGREES_PERSON &&
                    text_equal(role, TEXT("PI"));
    if (!is_of_pi)
        return caller_must(caller, changing->kind->permission, site, false, err);
    if (caller_must(caller, PERMISSION_MANAGE_USERS, (struct text){0}, false, err))
        return true;
    return error_hint(err, "the line of a principal investigator is entered by an "
                           "administrator, on the sponsor's written appointment");
}

/* --- what a line says ----------------------------------------------------------------- */

static const struct register_field *field_by_name(const struct study_register *fields,
                                                  struct text name)
{
    for (size_t i = 0; i < fields->field_count; i++)
        if (text_equal(fields->fields[i].name, name))
            return &fields->fields[i];
    return NULL;
}

static bool is_choice(const char *choices, struct text value)
{
    struct text rest = text_of(choices);
    while (rest.len > 0)
        if (text_equal(text_cut(&rest, ' '), value))
            return true;
    return false;
}

static bool refuse_field(struct text field, const char *why, struct error *err)
{
    error_set(err, ERROR_REFUSED, "%.*s: %s", TEXT_ARG(field), why);
    return error_where(err, 0, "%.*s", TEXT_ARG(field));
}

static bool check_entry(const struct changing *changing,
                        const struct register_entry *entry, struct error *err)
{
    const struct register_field *field = field_by_name(changing->fields, entry->field);
    struct decimal number;
    struct moment moment;
    if (field == NULL || register_field_is_by_program(changing->kind, entry->field))
        return refuse_field(entry->field, "nobody fills in such a field", err);
    if (entry->value.len == 0)
        return true;
    if (entry->value.len > LIMIT_REASON || !utf8_is_printable(entry->value, NULL))
        return refuse_field(entry->field, "printable text of at most 2000 bytes", err);
    const char *choices = register_field_choices(changing->kind, entry->field);
    if (choices != NULL && !is_choice(choices, entry->value)) {
        (void)refuse_field(entry->field, "this is none of the choices", err);
        return error_hint(err, "one of %s", choices);
    }
    if (text_equal(field->type, TEXT("number")) &&
        decimal_parse(entry->value, &number, NULL) != DECIMAL_OK)
        return refuse_field(entry->field, "a number is needed", err);
    if (text_equal(field->type, TEXT("moment")) &&
        (!moment_parse(entry->value, &moment, NULL) || moment.precision < MOMENT_DAY))
        return refuse_field(entry->field, "a date is needed, as 2027-01-31", err);
    return true;
}

static bool check_entries(const struct changing *changing,
                          const struct register_entry *entries, size_t count,
                          struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!check_entry(changing, &entries[i], err))
            return false;
    return true;
}

static struct text value_among(const struct register_entry *entries, size_t count,
                               struct text field)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(entries[i].field, field))
            return entries[i].value;
    return TEXT("");
}

static bool check_required(const struct changing *changing,
                           const struct register_line *line, struct error *err)
{
    for (size_t i = 0; i < changing->fields->field_count; i++) {
        struct text name = changing->fields->fields[i].name;
        if (register_field_is_required(changing->kind, name) &&
            value_among(line->entries, line->entry_count, name).len == 0)
            return refuse_field(name, "this is needed", err);
    }
    return true;
}

/* --- a change of configuration -------------------------------------------------------- */

static const struct setting *setting_of(const struct design *design, struct text name)
{
    for (size_t i = 0; i < design->setting_count; i++)
        if (text_equal(design->settings[i].name, name))
            return &design->settings[i];
    return NULL;
}

/* A setting of the rules takes what its default is: a number with the same unit, a date. */
static bool check_setting(const struct setting *setting, struct text value,
                          struct error *err)
{
    struct setting wanted = *setting;
    wanted.value = value;
    struct datum before = setting_datum(setting, 0);
    struct datum after = setting_datum(&wanted, 0);
    struct text unit_before = setting->value, unit_after = value;
    bool has_unit = before.kind == DATUM_NUMBER;
    (void)text_cut(&unit_before, ' ');
    (void)text_cut(&unit_after, ' ');
    if (after.kind == before.kind && (!has_unit || text_equal(unit_before, unit_after)))
        return true;
    (void)refuse_field(TEXT("NEW"), "this is no value of the setting", err);
    return error_hint(err, "written as the one of the design: %.*s",
                      TEXT_ARG(setting->value));
}

static bool check_configuration(const struct changing *changing,
                                const struct register_line *line, struct error *err)
{
    struct text kind = register_value(line, "KIND");
    struct text name = register_value(line, "SETTING");
    struct text value = register_value(line, "NEW");
    const struct setting *setting = setting_of(changing->design, name);
    bool is_deferral = text_equal(kind, TEXT("deferral"));
    if (is_deferral != text_equal(name, TEXT(CONFIGURATION_DEFERRAL)))
        return refuse_field(TEXT("SETTING"),
                            "the deferral switch is the setting \"deferral\"", err);
    if (is_deferral) {
        if (!is_choice("yes no", value))
            return refuse_field(TEXT("NEW"), "yes or no", err);
        if (value.len == 3 && text_trim(register_value(line, "APPROVAL")).len == 0)
            return refuse_field(
                TEXT("APPROVAL"),
                "deferred consent needs the number of the ethics approval", err);
        return true;
    }
    if (setting != NULL)
        return check_setting(setting, value, err);
    if (is_choice("limit amendment", kind))
        return refuse_field(TEXT("SETTING"), "the design has no such setting", err);
    return true;
}

/* What only the whole line can be wrong about. */
static bool check_line(const struct changing *changing,
                       const struct register_line *line, struct error *err)
{
    if (!check_required(changing, line, err))
        return false;
    if (changing->kind->permission == PERMISSION_CHANGE_CONFIGURATION)
        return check_configuration(changing, line, err);
    return true;
}

/* --- adding --------------------------------------------------------------------------- */

static bool holds_role(const struct user *user, struct text role, struct text site)
{
    for (size_t i = 0; i < user->grant_count; i++)
        if (text_equal(role_code(user->grants[i].role), role) &&
            (user->grants[i].site.len == 0 || text_equal(user->grants[i].site, site)))
            return true;
    return false;
}

/* A delegation is to somebody who has the role there, and nobody delegates to himself. */
static bool find_person(const struct changing *changing,
                        const struct register_add *verb, struct text role, int64_t *out,
                        struct error *err)
{
    struct user *user = NULL;
    *out = 0;
    if (changing->kind->agreement != REGISTER_AGREES_PERSON)
        return true;
    if (!user_by_name(txn_db(changing->txn), verb->person, txn_arena(changing->txn),
                      &user, err))
        return false;
    if (user == NULL)
        return refuse_field(TEXT("STAFF"), "there is no such user", err);
    if (!holds_role(user, role, verb->site)) {
        (void)refuse_field(TEXT("ROLE"), "the user does not have this role at the site",
                           err);
        return error_hint(err, "an administrator gives the role first");
    }
    if (user->id == changing->act->caller->user)
        return error_set(err, ERROR_NOT_ALLOWED,
                         "nobody enters a line of the delegation log for himself");
    *out = user->id;
    return true;
}

/* The value that a change of configuration replaces, and the design it was made under. */
static bool add_before(struct changing *changing, struct register_entry *entries,
                       size_t *count, struct error *err)
{
    struct configuration configuration;
    struct text name = value_among(entries, *count, TEXT("SETTING"));
    const struct setting *setting = setting_of(changing->design, name);
    struct arena *arena = txn_arena(changing->txn);
    if (!configuration_read(txn_db(changing->txn), changing->design, arena,
                            &configuration, err))
        return false;
    const struct register_line *now = configuration_of(
        &configuration, name, value_among(entries, *count, TEXT("SITES")),
        txn_now(changing->txn));
    struct text old = now != NULL       ? register_value(now, "NEW")
                      : setting != NULL ? setting->value
                                        : TEXT("");
    if (old.len == 0 && text_equal(name, TEXT(CONFIGURATION_DEFERRAL)))
        old = TEXT("no");
    entries[(*count)++] = (struct register_entry){TEXT("OLD"), old};
    entries[(*count)++] =
        (struct register_entry){TEXT("DESIGN"), changing->design->version};
    return true;
}

static bool fill_entries(struct changing *changing, const struct register_add *verb,
                         struct register_step *step, struct error *err)
{
    struct register_entry *entries = ARENA_ARRAY(
        txn_arena(changing->txn), struct register_entry, verb->entry_count + 2);
    for (size_t i = 0; i < verb->entry_count; i++)
        if (verb->entries[i].value.len > 0)
            entries[step->entry_count++] = verb->entries[i];
    step->entries = entries;
    if (changing->kind->permission != PERMISSION_CHANGE_CONFIGURATION)
        return true;
    return add_before(changing, entries, &step->entry_count, err);
}

static bool check_site(const struct changing *changing, struct text site,
                       struct error *err)
{
    if (!changing->kind->is_of_site || design_site(changing->design, site) != NULL)
        return true;
    error_set(err, ERROR_REFUSED, "the study has no site \"%.*s\"", TEXT_ARG(site));
    return error_where(err, 0, "site");
}

static void changed_after(struct act *act)
{
    atomic_store(&act->study->is_delegation_stale, true);
}

bool register_add(struct act *act, struct txn *txn, struct error *err)
{
    struct register_add *verb = (struct register_add *)act;
    struct changing changing = {.act = act, .txn = txn};
    struct origin origin = caller_origin(act->caller);
    struct register_step step = {.name = verb->name};
    struct text role = value_among(verb->entries, verb->entry_count, TEXT("ROLE"));
    bool is_of_pi = text_equal(role, TEXT("PI"));
    if (!open_register(&changing, verb->name, err))
        return false;
    if (changing.kind->is_of_site)
        step.site = verb->site;
    if (!may_keep(&changing, step.site, role, err) ||
        !check_site(&changing, step.site, err) ||
        !check_entries(&changing, verb->entries, verb->entry_count, err))
        return false;
    if (changing.kind->agreement == REGISTER_AGREES_PERSON && is_of_pi) {
        if (!reason_check(verb->document, err))
            return error_hint(err, "name the sponsor's written appointment: its date "
                                   "or number");
        step.reason = text_trim(verb->document);
    }
    struct register_line line = {.site = step.site};
    if (!find_person(&changing, verb, role, &step.person, err) ||
        !fill_entries(&changing, verb, &step, err))
        return false;
    line.entries = step.entries;
    line.entry_count = step.entry_count;
    act->after = changed_after;
    return check_line(&changing, &line, err) &&
           txn_append(txn, LOG_EVENT_REGISTER_LINE_ADDED, &origin, 0, &step,
                      &verb->line, err);
}

/* --- agreeing ------------------------------------------------------------------------- */

/* Who wrote what the line says now. */
static int64_t author_of(const struct register_line *line)
{
    int64_t author = line->added.user;
    for (size_t i = 0; i < line->step_count; i++)
        if (line->steps[i].change == REGISTER_CORRECTED)
            author = line->steps[i].moment.user;
    return author;
}

static bool check_second(const struct changing *changing, struct error *err)
{
    const struct caller *caller = changing->act->caller;
    struct user *first = NULL;
    if (!caller_must(caller, changing->kind->permission, changing->line->site, false,
                     err) ||
        !user_by_id(txn_db(changing->txn), author_of(changing->line),
                    txn_arena(changing->txn), &first, err))
        return false;
    if (first != NULL && first->id != caller->user &&
        permission_pair_allows(permission_two_person_rule(changing->kind->permission),
                               first->grants, first->grant_count, caller->grants,
                               caller->grant_count, (struct text){0}))
        return true;
    error_set(
        err, ERROR_NOT_ALLOWED,
        "the configuration is changed by two different people: a data manager and "
        "the principal investigator");
    return error_hint(err, "one enters the change, the other one agrees to it");
}

/* The delegate's own role may rest until this is done, so it is his account that counts. */
static bool check_delegate(const struct changing *changing, struct error *err)
{
    const struct caller *caller = changing->act->caller;
    struct user *user = NULL;
    struct text role = register_value(changing->line, "ROLE");
    if (caller->user != changing->line->person) {
        error_set(err, ERROR_NOT_ALLOWED,
                  "a delegation is accepted by whom it is about, and by nobody else");
        return error_hint(err, "sign in as this person");
    }
    if (!user_by_id(txn_db(changing->txn), caller->user, txn_arena(changing->txn),
                    &user, err))
        return false;
    if (user != NULL && holds_role(user, role, changing->line->site))
        return true;
    error_set(err, ERROR_NOT_ALLOWED, "you do not have this role at the site any more");
    return error_hint(err, "an administrator gives it");
}

static struct register_step step_of(const struct changing *changing)
{
    return (struct register_step){.line = changing->line->id,
                                  .name = text_of(changing->kind->name),
                                  .site = changing->line->site,
                                  .person = changing->line->person};
}

static void agreed_after(struct act *act)
{
    changed_after(act);
    session_table_set_signed(act->study->sessions, &act->caller->session);
}

bool register_agree_begin(struct register_agree *verb, struct error *err)
{
    return proof_begin(&verb->act, verb->password, &verb->expected, &verb->retry_after,
                       err);
}

void register_agree_hash(struct register_agree *verb)
{
    verb->is_password_right = proof_hash(verb->password, verb->expected);
}

static bool prove(struct register_agree *verb, struct txn *txn, struct error *err)
{
    verb->needs_totp = false;
    return verb->is_proven ||
           (identity_must(txn_db(txn), verb->act.caller, txn_arena(txn), err) &&
            proof_name(&verb->act, verb->signer, err) &&
            proof_finish(&verb->act, txn, verb->is_password_right, verb->expected,
                         err) &&
            proof_totp(&verb->act, txn, verb->totp, &verb->needs_totp, err));
}

int64_t register_line_latest(const struct register_line *line)
{
    return line->step_count == 0 ? line->id
                                 : line->steps[line->step_count - 1].moment.seq;
}

/* Nobody agrees to what he did not see. */
static bool check_seen(const struct changing *changing, int64_t seen, struct error *err)
{
    if (seen == register_line_latest(changing->line))
        return true;
    error_set(err, ERROR_CHANGED, "the line has changed meanwhile");
    return error_hint(err, "read it again, then agree");
}

bool register_agree(struct act *act, struct txn *txn, struct error *err)
{
    struct register_agree *verb = (struct register_agree *)act;
    struct changing changing = {.act = act, .txn = txn};
    struct origin origin = caller_origin(act->caller);
    if (!open_line(&changing, verb->name, verb->line, err))
        return false;
    if (!register_line_needs_agreement(changing.kind, changing.line))
        return error_set(err, ERROR_REFUSED, "nobody has to agree to this line");
    bool is_right = changing.kind->agreement == REGISTER_AGREES_SECOND
                        ? check_second(&changing, err)
                        : check_delegate(&changing, err);
    if (!is_right)
        return false;
    if (changing.line->agreed.seq != 0)
        return error_set(err, ERROR_CHANGED, "this line was agreed to already");
    if (!check_seen(&changing, verb->seen, err) || !prove(verb, txn, err))
        return false;
    struct register_step step = step_of(&changing);
    act->after = agreed_after;
    return txn_append(txn, LOG_EVENT_REGISTER_LINE_AGREED, &origin, 0, &step, NULL,
                      err);
}

/* --- correcting and ending ------------------------------------------------------------ */

static bool append_step(const struct changing *changing, enum log_event_kind kind,
                        const struct register_change_line *verb, struct error *err)
{
    struct origin origin = caller_origin(changing->act->caller);
    struct register_step step = step_of(changing);
    step.entries = verb->entries;
    step.entry_count = verb->entry_count;
    if (verb->reason.len > 0)
        step.reason = text_trim(verb->reason);
    if (verb->ends_on.len > 0)
        step.ends_on = verb->ends_on;
    changing->act->after = changed_after;
    return txn_append(changing->txn, kind, &origin, 0, &step, NULL, err);
}

/* What two persons have put in force one person does not take back. */
static bool check_not_settled(const struct changing *changing, struct error *err)
{
    if (changing->kind->agreement != REGISTER_AGREES_SECOND ||
        changing->line->agreed.seq == 0)
        return true;
    error_set(err, ERROR_REFUSED, "two persons have agreed to this change");
    return error_hint(err, "enter another change, to which two persons agree as well");
}

/* The line as it would be. */
static void correct(const struct changing *changing,
                    const struct register_change_line *verb, struct register_line *line)
{
    struct register_entry *entries =
        ARENA_ARRAY(txn_arena(changing->txn), struct register_entry,
                    changing->line->entry_count + verb->entry_count);
    size_t count = 0;
    for (size_t i = 0; i < verb->entry_count; i++)
        entries[count++] = verb->entries[i];
    for (size_t i = 0; i < changing->line->entry_count; i++) {
        bool is_new = false;
        for (size_t k = 0; k < verb->entry_count; k++)
            is_new = is_new || text_equal(verb->entries[k].field,
                                          changing->line->entries[i].field);
        if (!is_new)
            entries[count++] = changing->line->entries[i];
    }
    line->entries = entries;
    line->entry_count = count;
}

bool register_correct(struct act *act, struct txn *txn, struct error *err)
{
    struct register_change_line *verb = (struct register_change_line *)act;
    struct changing changing = {.act = act, .txn = txn};
    if (!open_line(&changing, verb->name, verb->line, err) ||
        !may_keep(&changing, changing.line->site, register_value(changing.line, "ROLE"),
                  err) ||
        !check_not_settled(&changing, err) || !reason_check(verb->reason, err) ||
        !check_entries(&changing, verb->entries, verb->entry_count, err))
        return false;
    if (verb->entry_count == 0)
        return error_set(err, ERROR_REFUSED, "a correction says what is different");
    /* Another role is another line, which somebody else may have to enter. */
    struct text role = value_among(verb->entries, verb->entry_count, TEXT("ROLE"));
    if (role.len > 0 && !text_equal(role, register_value(changing.line, "ROLE"))) {
        (void)refuse_field(TEXT("ROLE"), "another role needs a line of its own", err);
        return error_hint(err, "end this line and add another one");
    }
    struct register_line line = *changing.line;
    correct(&changing, verb, &line);
    return check_line(&changing, &line, err) &&
           append_step(&changing, LOG_EVENT_REGISTER_LINE_CORRECTED, verb, err);
}

bool register_end(struct act *act, struct txn *txn, struct error *err)
{
    struct register_change_line *verb = (struct register_change_line *)act;
    struct changing changing = {.act = act, .txn = txn};
    struct moment moment;
    if (!open_line(&changing, verb->name, verb->line, err) ||
        !may_keep(&changing, changing.line->site, register_value(changing.line, "ROLE"),
                  err) ||
        !check_not_settled(&changing, err) || !reason_check(verb->reason, err))
        return false;
    if (!moment_parse(verb->ends_on, &moment, NULL) || moment.precision < MOMENT_DAY) {
        error_set(err, ERROR_REFUSED, "a date is needed, as 2027-01-31");
        return error_where(err, 0, "ends_on");
    }
    return append_step(&changing, LOG_EVENT_REGISTER_LINE_ENDED, verb, err);
}
