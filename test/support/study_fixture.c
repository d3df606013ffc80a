#include "support/study_fixture.h"

#include "support/unit.h"

#include "actions/enrol.h"
#include "actions/form_view.h"
#include "actions/identity.h"
#include "actions/item_version.h"
#include "actions/users.h"
#include "base/limits.h"
#include "model/builtin_study.h"
#include "store/verify.h"

#include <string.h>

/* 2026-11-22T02:00:00Z */
static const int64_t beginning = INT64_C(1795312800) * 1000 * 1000;

/* --- the folder -------------------------------------------------------------------- */

static void open_study(struct fixture *fixture)
{
    ASSERT_OK(study_open(&fixture->place.options, &fixture->study, &fixture->err),
              &fixture->err);
}

void fixture_open(struct fixture *fixture)
{
    *fixture = (struct fixture){0};
    folder_place(&fixture->place);
    fixture->place.time.instant = beginning;
    fixture->arena = arena_new(LIMIT_DESIGN_ARENA);
    struct study_new new = {
        .design_xml = {.at = (const char *)builtin_study,
                       .len = (size_t)(builtin_study_end - builtin_study)}};
    ASSERT_OK(study_create(&fixture->place.options, &new, &fixture->err),
              &fixture->err);
    open_study(fixture);
}

void fixture_close(struct fixture *fixture)
{
    study_close(fixture->study);
    arena_free(fixture->arena);
    folder_gone(&fixture->place);
}

void fixture_close_held(struct fixture *fixture)
{
    study_close(fixture->study);
    ASSERT_OK(verify_holds(&fixture->place.options, &fixture->err), &fixture->err);
    open_study(fixture);
    fixture_close(fixture);
}

void fixture_reopen(struct fixture *fixture)
{
    study_close(fixture->study);
    open_study(fixture);
}

void fixture_pass(struct fixture *fixture, int64_t seconds)
{
    fixture->place.time.instant += seconds * 1000 * 1000;
}

int64_t fixture_now(const struct fixture *fixture)
{
    return fixture->place.time.instant;
}

/* --- people ------------------------------------------------------------------------- */

static bool role_is_at_site(enum role role)
{
    return role != ROLE_ADM && role != ROLE_DM && role != ROLE_SAF &&
           role != ROLE_STAT && role != ROLE_PAT;
}

static struct user_add add_user(struct fixture *fixture, const char *name,
                                enum role role)
{
    static struct caller operator;
    operator= caller_operator(TEXT("test"));
    struct grant grant = {.role = role};
    if (role_is_at_site(role))
        grant.site = SITE;
    struct user_add verb = {
        .act = act_of(fixture->study, &operator, fixture->arena, user_add),
        .name = text_of(name),
        .full_name = text_format(fixture->arena, "SYNTHETIC %s", name),
        .grants = &grant,
        .grant_count = 1,
    };
    ASSERT_OK(act_run(&verb.act, &fixture->err), &fixture->err);
    struct identity_verify identity = {
        .act = act_of(fixture->study, &operator, fixture->arena, identity_verify),
        .user = verb.user->id,
        .how = TEXT("SYNTHETIC identity card"),
        .certified_on = TEXT("2026-11-01")};
    ASSERT_OK(act_run(&identity.act, &fixture->err), &fixture->err);
    return verb;
}

static struct caller caller_of(const struct user *user)
{
    return (struct caller){.user = user->id,
                           .name = user->name,
                           .full_name = user->full_name,
                           .grants = user->grants,
                           .grant_count = user->grant_count,
                           .language = TEXT("en"),
                           .device = TEXT("SYNTHETIC tablet"),
                           .client = TEXT("192.0.2.1")};
}

struct caller fixture_person(struct fixture *fixture, const char *name, enum role role)
{
    return caller_of(add_user(fixture, name, role).user);
}

struct caller fixture_stranger(struct fixture *fixture, const char *name,
                               enum role role)
{
    struct caller caller = fixture_person(fixture, name, role);
    struct grant *elsewhere = ARENA_NEW(fixture->arena, struct grant);
    *elsewhere = (struct grant){.role = role, .site = TEXT("02")};
    caller.grants = elsewhere;
    return caller;
}

struct caller fixture_member(struct fixture *fixture, const char *name, enum role role,
                             const char *password)
{
    struct user_add added = add_user(fixture, name, role);
    struct link_sign_in link = {
        .act = act_of(fixture->study, NULL, fixture->arena, link_finish),
        .token = text_copy(fixture->arena, text_of(added.link)),
        .password = text_of(password),
        .client = TEXT("192.0.2.1"),
        .device = TEXT("SYNTHETIC tablet"),
        .language = TEXT("en"),
    };
    ASSERT_OK(link_begin(&link, &fixture->err), &fixture->err);
    link_hash(&link);
    ASSERT_OK(act_run(&link.act, &fixture->err), &fixture->err);
    struct caller caller = caller_of(link.signed_in.user);
    caller.session = link.signed_in.session;
    return caller;
}

/* --- participants --------------------------------------------------------------------- */

static int64_t add_participant(struct fixture *fixture, const struct caller *by,
                               bool is_provisional)
{
    struct participant_add verb = {
        .act = act_of(fixture->study, by, fixture->arena, participant_add),
        .site = SITE,
        .is_provisional = is_provisional,
    };
    if (is_provisional)
        verb.bed = TEXT("12");
    ASSERT_OK(act_run(&verb.act, &fixture->err), &fixture->err);
    return verb.participant->id;
}

int64_t fixture_screen(struct fixture *fixture, const struct caller *by)
{
    return add_participant(fixture, by, false);
}

int64_t fixture_place(struct fixture *fixture, const struct caller *by)
{
    return add_participant(fixture, by, true);
}

struct participant *fixture_participant(struct fixture *fixture, int64_t id)
{
    struct participant *participant = NULL;
    struct db *db = store_reader(study_store(fixture->study));
    ASSERT_OK(participant_by_id(db, id, fixture->arena, &participant, &fixture->err),
              &fixture->err);
    store_reader_return(study_store(fixture->study), db);
    assert_non_null(participant);
    return participant;
}

/* --- saving ------------------------------------------------------------------------------ */

struct save_values fixture_save_of(struct fixture *fixture, const struct caller *by,
                                   int64_t participant, const char *event,
                                   const char *form)
{
    struct save_values verb = {
        .act = act_of(fixture->study, by, fixture->arena, save_values),
        .participant = participant,
        .event = text_of(event),
        .form = text_of(form),
    };
    fixture->next_batch++;
    memcpy(verb.batch, &fixture->next_batch, sizeof fixture->next_batch);
    verb.digest = hash_of(
        (struct text){.at = (const char *)verb.batch, .len = sizeof verb.batch});
    return verb;
}

bool fixture_save(struct fixture *fixture, struct save_values *verb,
                  const struct mutation *mutations, size_t count)
{
    verb->mutations = mutations;
    verb->mutation_count = count;
    return act_run(&verb->act, &fixture->err);
}

/* "I.SCR.XSITE#2" is row 2. */
static struct mutation first_entry(const char *place, const char *value)
{
    struct text rest = text_of(place);
    struct text item = text_cut(&rest, '#');
    int64_t row = 0;
    if (!text_is_absent(rest))
        assert_true(text_to_int64(rest, &row));
    return (struct mutation){.item = item, .row = row, .value = text_of(value)};
}

/* Marks of the placement clock are tapped. */
static enum value_source source_for(const struct fixture *fixture, struct text oid)
{
    const struct item *item = design_item(study_design(fixture->study), oid);
    return item != NULL && text_equal(item->source, TEXT("timer")) ? SOURCE_TIMER
                                                                   : SOURCE_PERSON;
}

int64_t fixture_enter(struct fixture *fixture, const struct caller *by,
                      int64_t participant, const char *event, const char *form, ...)
{
    enum { MOST = 64 };
    struct mutation mutations[MOST];
    size_t count = 0;
    va_list list;
    va_start(list, form);
    for (const char *item; (item = va_arg(list, const char *)) != NULL;) {
        assert_true(count < MOST);
        mutations[count] = first_entry(item, va_arg(list, const char *));
        mutations[count].source = source_for(fixture, mutations[count].item);
        count++;
    }
    va_end(list);
    struct save_values verb = fixture_save_of(fixture, by, participant, event, form);
    ASSERT_OK(fixture_save(fixture, &verb, mutations, count), &fixture->err);
    for (size_t i = 0; i < count; i++)
        if (verb.outcomes[i].status == MUTATION_REJECTED)
            ASSERT_OK(false, verb.outcomes[i].why);
    return verb.seq;
}

/* --- looking ------------------------------------------------------------------------------- */

static struct form_state *find_form(struct fixture *fixture, struct db *db,
                                    int64_t participant, const char *event,
                                    const char *form)
{
    struct form_state *known = NULL;
    struct form_key key = {.participant = participant,
                           .event = text_of(event),
                           .event_repeat = 1,
                           .form = text_of(form),
                           .form_repeat = 1};
    ASSERT_OK(form_find(db, &key, fixture->arena, &known, &fixture->err),
              &fixture->err);
    return known;
}

static const struct stored_value *find_value(struct fixture *fixture,
                                             int64_t participant, const char *event,
                                             const char *form, const char *item,
                                             int64_t row)
{
    struct stored_value *values = NULL;
    size_t count = 0;
    struct db *db = store_reader(study_store(fixture->study));
    struct form_state *known = find_form(fixture, db, participant, event, form);
    if (known != NULL)
        ASSERT_OK(
            form_values(db, known->id, fixture->arena, &values, &count, &fixture->err),
            &fixture->err);
    store_reader_return(study_store(fixture->study), db);
    for (size_t i = 0; i < count; i++)
        if (values[i].row == row && text_equal(values[i].item, text_of(item)))
            return &values[i];
    return NULL;
}

const char *fixture_value(struct fixture *fixture, int64_t participant,
                          const char *event, const char *form, const char *item,
                          int64_t row)
{
    const struct stored_value *value =
        find_value(fixture, participant, event, form, item, row);
    if (value == NULL || value->answer.missing == MISSING_CLEARED)
        return "";
    if (value->answer.missing != MISSING_NOT) {
        struct text code = missing_reason_code(value->answer.missing);
        return text_c(fixture->arena,
                      text_format(fixture->arena, "?%.*s", TEXT_ARG(code)));
    }
    if (value->answer.is_in_vault)
        return "(vault)";
    return text_c(fixture->arena, value->answer.value);
}

const char *fixture_version(struct fixture *fixture, int64_t participant,
                            const char *event, const char *form, const char *item,
                            int64_t row)
{
    char *text = arena_alloc(fixture->arena, VERSION_TEXT);
    const struct stored_value *value =
        find_value(fixture, participant, event, form, item, row);
    assert_non_null(value);
    version_print(value->version, text);
    return text;
}

size_t fixture_queries(struct fixture *fixture, int64_t participant, const char *event,
                       const char *form, const char *check)
{
    struct stored_query *queries = NULL;
    size_t count = 0;
    size_t found = 0;
    struct db *db = store_reader(study_store(fixture->study));
    struct form_state *known = find_form(fixture, db, participant, event, form);
    if (known != NULL)
        ASSERT_OK(query_list(db, known->id, true, fixture->arena, &queries, &count,
                             &fixture->err),
                  &fixture->err);
    store_reader_return(study_store(fixture->study), db);
    for (size_t i = 0; i < count; i++)
        if (check[0] == '\0' ? queries[i].kind == QUERY_CONFLICT
                             : text_equal(queries[i].check, text_of(check)))
            found++;
    return found;
}

size_t fixture_events(struct fixture *fixture, enum log_event_kind kind)
{
    struct log_row *rows = NULL;
    size_t count = 0;
    struct log_filter filter = {.user = -1,
                                .kind = (int32_t)kind,
                                .without_content = true,
                                .limit = LIMIT_LIST};
    struct db *db = store_reader(study_store(fixture->study));
    ASSERT_OK(log_list(db, &filter, fixture->arena, &rows, &count, &fixture->err),
              &fixture->err);
    store_reader_return(study_store(fixture->study), db);
    return count;
}

/* --- common beginnings ------------------------------------------------------------------- */

void fixture_make_eligible(struct fixture *fixture, const struct caller *by,
                           int64_t participant)
{
    fixture_enter(fixture, by, participant, "SE.SCR", "F.SCR", "I.SCR.SCRDTM",
                  "2026-11-22T09:30+08:00", "I.SCR.BRTHDT", "1981-05-17", "I.SCR.HVOL",
                  "N", "I.SCR.INC2", "1", "I.SCR.HEMANY", "Y", "I.SCR.CRITIC", "Y",
                  "I.SCR.IODEC", "Y", "I.SCR.SCRRES", "ENR", "I.SCR.XSITE#1", "PTL",
                  "I.SCR.EXC1#1", "N", "I.SCR.EXC2#1", "N", "I.SCR.EXC3#1", "N",
                  "I.SCR.EXC4#1", "N", "I.SCR.EXC5#1", "N", "I.SCR.EXC6#1", "N", NULL);
}

void fixture_consent(struct fixture *fixture, const struct caller *by,
                     int64_t participant)
{
    fixture_enter(fixture, by, participant, "SE.SCR", "F.ICF", "I.ICF.ICFTYPE", "PRO",
                  "I.ICF.ICFVER", "SYNTHETIC 1.0", "I.ICF.ICFASK",
                  "2026-11-22T09:00+08:00", "I.ICF.ICFDTM", "2026-11-22T09:20+08:00",
                  "I.ICF.ICFRES", "AGR", "I.ICF.ICFREL", "SELF", "I.ICF.ICFCAP", "Y",
                  "I.ICF.ICFSENS", "Y", NULL);
}

int64_t fixture_enrol(struct fixture *fixture, const struct caller *crc,
                      const struct caller *investigator)
{
    int64_t participant = fixture_screen(fixture, crc);
    fixture_make_eligible(fixture, crc, participant);
    fixture_consent(fixture, crc, participant);
    struct participant_enrol verb = {
        .act = act_of(fixture->study, investigator, fixture->arena, participant_enrol),
        .participant = participant};
    ASSERT_OK(act_run(&verb.act, &fixture->err), &fixture->err);
    return participant;
}
