#include "support/life.h"

#include "store/checkpoint.h"
#include "store/protection.h"
#include "store/queries.h"
#include "store/register.h"
#include "store/review.h"
#include "support/unit.h"

#include <string.h>

static const struct text device = {.at = "SYNTHETIC tablet", .len = 16};

struct step {
    enum log_event_kind kind;
    int64_t user, participant;
    const void *content;
    int64_t seq;
    struct arena *arena; /* for what the changes replaced; may be NULL */
};

/* What a change replaced stands in the memory of the writer's unit. */
static void keep_old(const struct step *step)
{
    if (step->arena == NULL)
        return;
    const struct values_saved *saved = step->content;
    for (size_t i = 0; i < saved->change_count; i++)
        saved->changes[i].old.value =
            text_copy(step->arena, saved->changes[i].old.value);
}

static bool step_apply(struct txn *txn, void *data, struct error *err)
{
    struct step *step = data;
    struct origin origin = {
        .user = step->user,
        .device = device,
        .has_device_time = true,
        .device_time = txn_now(txn) + 1500000,
        .has_clock_offset = true,
        .clock_offset = 1500000,
        .has_stated_time = step->kind == LOG_EVENT_VALUES_SAVED,
        .stated_time = txn_now(txn) - 60000000,
        .language = TEXT("zh"),
    };
    if (!txn_append(txn, step->kind, &origin, step->participant, step->content,
                    &step->seq, err))
        return false;
    keep_old(step);
    return true;
}

int64_t life_event(struct store *store, enum log_event_kind kind, int64_t user,
                   int64_t participant, const void *content)
{
    struct error err;
    struct step step = {kind, user, participant, content, 0, NULL};
    struct unit unit = {.apply = step_apply, .data = &step};
    ASSERT_OK(store_write(store, &unit, &err), &err);
    return step.seq;
}

struct error life_refused(struct store *store, enum log_event_kind kind, int64_t user,
                          int64_t participant, const void *content)
{
    struct error err = {0};
    struct step step = {kind, user, participant, content, 0, NULL};
    struct unit unit = {.apply = step_apply, .data = &step};
    assert_false(store_write(store, &unit, &err));
    return err;
}

void life_add_user(struct store *store, int64_t user, const char *name)
{
    const struct grant grants[] = {{ROLE_CRC, TEXT("01")}, {ROLE_RN, TEXT("02")}};
    struct user_changed added = {.user = user,
                                 .name = text_of(name),
                                 .full_name = TEXT("SYNTHETIC Person"),
                                 .grants = grants,
                                 .grant_count = 2};
    life_event(store, LOG_EVENT_USER_ADDED, 0, 0, &added);
}

void life_add_participant(struct store *store, int64_t participant, const char *number)
{
    struct participant_added added = {.participant = participant,
                                      .site = TEXT("01"),
                                      .screening_number = text_of(number),
                                      .has_request = true,
                                      .request = {(uint8_t)participant, 7}};
    life_event(store, LOG_EVENT_PARTICIPANT_ADDED, 1, participant, &added);
}

struct form_key life_form(int64_t participant)
{
    return (struct form_key){.participant = participant,
                             .event = TEXT("SE.SYN"),
                             .event_repeat = 1,
                             .form = TEXT("F.SYN"),
                             .form_repeat = 1};
}

void life_batch_id(uint8_t last, uint8_t out[BATCH_ID_SIZE])
{
    memset(out, 0, BATCH_ID_SIZE);
    out[0] = 1;
    out[BATCH_ID_SIZE - 1] = last;
}

int64_t life_save(struct store *store, const struct life_save *save)
{
    struct values_saved saved = {
        .key = life_form(save->participant),
        .design_version = TEXT("0.1"),
        .has_batch = save->batch != 0,
        .corrected_time = save->corrected_time,
        .changes = save->changes,
        .change_count = save->change_count,
        .queries = save->queries,
        .query_count = save->query_count,
        .answer = TEXT("SYNTHETIC answer"),
        .answered = (int64_t)save->change_count,
        .expected = 9,
    };
    life_batch_id(save->batch, saved.batch);
    saved.digest = hash_of((struct text){(const char *)saved.batch, BATCH_ID_SIZE});
    struct error err;
    struct step step = {LOG_EVENT_VALUES_SAVED,
                        LIFE_COORDINATOR,
                        save->participant,
                        &saved,
                        0,
                        save->arena};
    struct unit unit = {.apply = step_apply, .data = &step};
    ASSERT_OK(store_write(store, &unit, &err), &err);
    return step.seq;
}

/* -- Users ------------------------------------------------------------------------- */

static void live_users(struct store *store)
{
    life_add_user(store, LIFE_ADMINISTRATOR, "ada");
    life_add_user(store, LIFE_COORDINATOR, "bob");
    struct link_event link = {.user = 2, .token = {{5, 6, 7}}, .expires = INT64_MAX};
    life_event(store, LOG_EVENT_LINK_ISSUED, 1, 0, &link);
    life_event(store, LOG_EVENT_LINK_USED, 2, 0, &link);
    struct credential_set password = {.user = 2, .secret = TEXT("$argon2id$SYNTHETIC")};
    life_event(store, LOG_EVENT_CREDENTIAL_SET, 2, 0, &password);
    struct credential_set totp = {.user = 2, .secret = TEXT("SYNTHETIC totp")};
    life_event(store, LOG_EVENT_TOTP_SET, 2, 0, &totp);
    struct sign_in_event sign_in = {
        .user = 2, .client = TEXT("192.0.2.1"), .totp_step = 59};
    life_event(store, LOG_EVENT_SIGNED_IN, 2, 0, &sign_in);
    sign_in.why = TEXT("password");
    life_event(store, LOG_EVENT_SIGN_IN_FAILED, 0, 0, &sign_in);
    struct sign_in_event unknown = {.name = TEXT("eve"), .why = TEXT("password")};
    life_event(store, LOG_EVENT_SIGN_IN_FAILED, 0, 0, &unknown);
    struct sign_in_event revoked = {.user = 2, .why = TEXT("revoked")};
    life_event(store, LOG_EVENT_SIGNED_OUT, 2, 0, &revoked);
    struct sign_in_event refused = {.user = 2, .why = TEXT("run erasure workflow")};
    life_event(store, LOG_EVENT_ACCESS_REFUSED, 2, 0, &refused);
    struct user_named removed = {.user = 2, .reason = TEXT("lost telephone")};
    life_event(store, LOG_EVENT_TOTP_REMOVED, 1, 0, &removed);
    life_event(store, LOG_EVENT_USER_DISABLED, 1, 0, &removed);
    life_event(store, LOG_EVENT_USER_ENABLED, 1, 0, &removed);
    const struct grant grants[] = {{ROLE_PI, TEXT("01")}, {ROLE_DM, {0}}};
    struct user_changed roles = {.user = 1, .grants = grants, .grant_count = 2};
    life_event(store, LOG_EVENT_USER_ROLES_SET, 1, 0, &roles);
}

/* -- Values ------------------------------------------------------------------------ */

/* The program opened one by itself: `form` stands for both forms here. */
static void live_deviation(struct store *store, int64_t participant, int64_t form,
                           struct text item)
{
    struct deviation_opened deviation = {.check = TEXT("CK007"),
                                         .category = TEXT("REP"),
                                         .form = form,
                                         .item = item,
                                         .fact = {form, 0},
                                         .opened = form};
    life_event(store, LOG_EVENT_DEVIATION_OPENED, 0, participant, &deviation);
}

/* Typed again, and it differs: a query asks. */
static void live_second_check(struct store *store, int64_t participant,
                              struct version version, struct text item,
                              struct answer entered)
{
    struct second_checked checked = {
        .key = life_form(participant),
        .item = item,
        .version = version,
        .is_repeat = true,
        .entered = entered,
        .has_query = true,
        .query = {.is_opening = true,
                  .check = TEXT("SECOND"),
                  .item = item,
                  .message = {TEXT("Which one is right?"), TEXT("哪一个正确？")}}};
    life_event(store, LOG_EVENT_SECOND_CHECKED, 2, participant, &checked);
}

/* A first entry, a correction, a conflict that is settled, an awaited base, a query. */
static void live_values(struct store *store)
{
    struct value_change first[] = {
        {.item = TEXT("IT.HB"), .new = {.value = TEXT("13.4")}},
        {.item = TEXT("IT.NOTE"),
         .row = 1,
         .new = {.missing = MISSING_OTHER, .missing_text = TEXT("not asked")},
         .source = SOURCE_SCANNER},
        {.item = TEXT("IT.BIRTH"),
         .new = {.value = TEXT("1961-02-03"), .is_in_vault = true}},
        {.item = TEXT("IT.AGE"),
         .new = {.value = TEXT("65")},
         .source = SOURCE_DERIVED},
    };
    struct query_change open = {.is_opening = true,
                                .kind = QUERY_CHECK,
                                .check = TEXT("CK001"),
                                .item = TEXT("IT.HB"),
                                .message = {TEXT("Too low?"), TEXT("过低？")}};
    struct life_save save = {LIFE_PARTICIPANT, 1, 1000, first, 4, &open, 1, NULL};
    int64_t first_seq = life_save(store, &save);
    live_deviation(store, LIFE_PARTICIPANT, first_seq, TEXT("IT.HB"));
    live_second_check(store, LIFE_PARTICIPANT, (struct version){first_seq, 0},
                      TEXT("IT.HB"), (struct answer){.value = TEXT("14.3")});
    struct value_change left = {.item = TEXT("IT.HB"),
                                .new = {.value = TEXT("13.5")},
                                .has_base = true,
                                .base.version = {first_seq, 0},
                                .reason = TEXT("typing error")};
    struct value_change right = left;
    right.new.value = TEXT("14.3");
    right.has_stated_time = true;
    right.stated_time = 900;
    struct query_change close = open;
    close.is_opening = false;
    save = (struct life_save){LIFE_PARTICIPANT, 2, 2000, &left, 1, &close, 1, NULL};
    int64_t left_seq = life_save(store, &save);
    save = (struct life_save){LIFE_PARTICIPANT, 3, 1900, &right, 1, NULL, 0, NULL};
    int64_t right_seq = life_save(store, &save);
    assert_true(right.is_conflict);
    struct version settled = {right_seq, 0};
    struct value_change settle = {.item = TEXT("IT.HB"),
                                  .new = {.value = TEXT("14.3")},
                                  .has_base = true,
                                  .base.version = {left_seq, 0},
                                  .settles = &settled,
                                  .settle_count = 1,
                                  .reason = TEXT("source says so")};
    save = (struct life_save){LIFE_PARTICIPANT, 4, 3000, &settle, 1, NULL, 0, NULL};
    life_save(store, &save);
    assert_false(settle.is_conflict);
    struct value_change queued = {.item = TEXT("IT.K"),
                                  .new = {.value = TEXT("4.1")},
                                  .has_base = true,
                                  .base = {.is_queued = true, .version = {0, 0}},
                                  .reason = TEXT("typing error")};
    life_batch_id(9, queued.base.batch);
    save = (struct life_save){LIFE_PARTICIPANT, 10, 4000, &queued, 1, NULL, 0, NULL};
    life_save(store, &save);
}

/* Two people wrote the same item, and nobody has settled it yet. */
static void live_open_conflict(struct store *store)
{
    for (uint8_t batch = 30; batch < 32; batch++) {
        struct value_change change = {
            .item = TEXT("IT.NA"),
            .new = {.value = batch == 30 ? TEXT("139") : TEXT("140")}};
        struct life_save save = {
            LIFE_PARTICIPANT, batch, 6000 + batch, &change, 1, NULL, 0, NULL};
        life_save(store, &save);
        assert_int_equal(change.is_conflict, batch == 31);
    }
}

static void live_marks(struct store *store)
{
    struct participant_added added = {.participant = LIFE_MARKED,
                                      .site = TEXT("02"),
                                      .provisional_number = TEXT("P-0002"),
                                      .bed = TEXT(LIFE_MARK_BED)};
    life_event(store, LOG_EVENT_PARTICIPANT_ADDED, 2, LIFE_MARKED, &added);
    struct value_change changes[] = {
        {.item = TEXT("IT.ONLY.HERE"), .new = {.value = TEXT(LIFE_MARK_VALUE)}},
        {.item = TEXT("IT.BIRTH"),
         .new = {.value = TEXT(LIFE_MARK_VAULT), .is_in_vault = true},
         .reason = TEXT(LIFE_MARK_REASON)},
    };
    struct query_change open = {.is_opening = true,
                                .kind = QUERY_CONFLICT,
                                .item = TEXT("IT.ONLY.HERE"),
                                .message = {TEXT(LIFE_MARK_VALUE), TEXT("?")}};
    struct life_save save = {LIFE_MARKED, 20, 5000, changes, 2, &open, 1, NULL};
    int64_t seq = life_save(store, &save);
    live_deviation(store, LIFE_MARKED, seq, TEXT("IT.ONLY.HERE"));
    live_second_check(store, LIFE_MARKED, (struct version){seq, 0},
                      TEXT("IT.ONLY.HERE"),
                      (struct answer){.value = TEXT(LIFE_MARK_VALUE)});
    live_second_check(
        store, LIFE_MARKED, (struct version){seq, 1}, TEXT("IT.BIRTH"),
        (struct answer){.value = TEXT(LIFE_MARK_VAULT), .is_in_vault = true});
}

/* A moment that is known, made earlier, gone; and one that stays. */
static void live_wakes(struct store *store)
{
    const int64_t moments[] = {9000, 8000, 0, 7000};
    struct wake_set wake = {.key = life_form(LIFE_PARTICIPANT)};
    for (size_t i = 0; i < ARRAY_COUNT(moments); i++) {
        wake.wakes_at = moments[i];
        life_event(store, LOG_EVENT_WAKE_SET, 0, LIFE_PARTICIPANT, &wake);
    }
    struct wake_set marked = {.key = life_form(LIFE_MARKED), .wakes_at = 6000};
    life_event(store, LOG_EVENT_WAKE_SET, 0, LIFE_MARKED, &marked);
}

/* Rows that come, change and go; and one under a mark that an erasure must not leave. */
static void live_counted(struct store *store)
{
    const struct counted_row rows[] = {
        {.row = 1,
         .key = TEXT("NEEDLE 1"),
         .begins = COUNTED_ALWAYS,
         .ends = COUNTED_OPEN},
        {.row = 2, .key = TEXT("NEEDLE 2"), .begins = 1000, .ends = 2000}};
    struct rows_counted counted = {.key = life_form(LIFE_PARTICIPANT),
                                   .count = TEXT("needles"),
                                   .rows = rows,
                                   .row_count = 2};
    life_event(store, LOG_EVENT_ROWS_COUNTED, 2, LIFE_PARTICIPANT, &counted);
    counted.rows = rows + 1;
    counted.row_count = 1;
    life_event(store, LOG_EVENT_ROWS_COUNTED, 2, LIFE_PARTICIPANT, &counted);
    counted.count = TEXT("pumps");
    life_event(store, LOG_EVENT_ROWS_COUNTED, 2, LIFE_PARTICIPANT, &counted);
    counted.row_count = 0;
    life_event(store, LOG_EVENT_ROWS_COUNTED, 2, LIFE_PARTICIPANT, &counted);
    const struct counted_row mark = {.key = TEXT(LIFE_MARK_VALUE),
                                     .ends = COUNTED_OPEN};
    struct rows_counted marked = {.key = life_form(LIFE_MARKED),
                                  .count = TEXT("needles"),
                                  .rows = &mark,
                                  .row_count = 1};
    life_event(store, LOG_EVENT_ROWS_COUNTED, 2, LIFE_MARKED, &marked);
}

/* A person asks, on an item that nobody answered: every step that a query can take; and
 * one on a form that begins only later. One under a mark that an erasure must not leave. */
static void live_queries(struct store *store)
{
    struct query_stepped step = {.key = life_form(LIFE_PARTICIPANT),
                                 .item = TEXT("IT.NEVER"),
                                 .text = TEXT("SYNTHETIC: why is there no value?"),
                                 .assignee = LIFE_COORDINATOR,
                                 .has_request = true,
                                 .request = {31}};
    static const enum log_event_kind kinds[] = {
        LOG_EVENT_QUERY_ANSWERED, LOG_EVENT_QUERY_REOPENED, LOG_EVENT_QUERY_ASSIGNED,
        LOG_EVENT_QUERY_ANSWERED, LOG_EVENT_QUERY_CLOSED,   LOG_EVENT_QUERY_REOPENED};
    int64_t opened =
        life_event(store, LOG_EVENT_QUERY_OPENED, 1, LIFE_PARTICIPANT, &step);
    step = (struct query_stepped){.key = step.key, .query = opened * QUERIES_MOST};
    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++)
        life_event(store, kinds[i], 1 + (int64_t)i % 2, LIFE_PARTICIPANT, &step);
    step = (struct query_stepped){.key = life_form(LIFE_SCREENED),
                                  .text = TEXT("SYNTHETIC: where is this form?")};
    opened = life_event(store, LOG_EVENT_QUERY_OPENED, 1, LIFE_SCREENED, &step);
    struct value_change change = {.item = TEXT("IT.HB"), .new = {.value = TEXT("12")}};
    struct life_save save = {LIFE_SCREENED, 60, 9000, &change, 1, NULL, 0, NULL};
    life_save(store, &save);
    step.query = opened * QUERIES_MOST;
    life_event(store, LOG_EVENT_QUERY_CANCELLED, 1, LIFE_SCREENED, &step);
    struct query_stepped marked = {.key = life_form(LIFE_MARKED),
                                   .text = TEXT(LIFE_MARK_VALUE)};
    opened = life_event(store, LOG_EVENT_QUERY_OPENED, 1, LIFE_MARKED, &marked);
    marked.query = opened * QUERIES_MOST;
    marked.text = TEXT(LIFE_MARK_VALUE " again");
    life_event(store, LOG_EVENT_QUERY_ANSWERED, 2, LIFE_MARKED, &marked);
}

/* -- Review ------------------------------------------------------------------------ */

static void live_signature(struct store *store, int64_t participant, bool is_casebook)
{
    const struct item_place hidden = {.item = TEXT("IT.K")};
    const struct signed_form form = {.key = life_form(participant),
                                     .design_version = TEXT("0.1"),
                                     .hidden = &hidden,
                                     .hidden_count = 1};
    struct signed_record record = {.is_casebook = is_casebook,
                                   .meaning = is_casebook ? TEXT("CASEBOOK_REVIEWED")
                                                          : TEXT("FORM_REVIEWED"),
                                   .language = TEXT("zh"),
                                   .content = {{1, 2, 3}},
                                   .forms = &form,
                                   .form_count = 1};
    life_event(store, LOG_EVENT_SIGNED, 1, participant, &record);
    if (is_casebook)
        return;
    struct signed_form row = form;
    row.row = 1; /* of a reader */
    record.meaning = TEXT("READ_MADE");
    record.forms = &row;
    life_event(store, LOG_EVENT_SIGNED, 2, participant, &record);
}

static void live_image(struct store *store, int64_t participant)
{
    struct image_assigned image = {.key = life_form(participant), .user = 2};
    life_event(store, LOG_EVENT_IMAGE_ASSIGNED, 1, participant, &image);
    image.user = 1;
    image.is_adjudicator = true;
    life_event(store, LOG_EVENT_IMAGE_ASSIGNED, 1, participant, &image);
}

static void live_verification(struct store *store, int64_t participant, int64_t seq)
{
    const struct verified_item items[] = {
        {.item = TEXT("IT.HB"), .version = {seq, 0}},
        {.item = TEXT("IT.NOTE"), .row = 1, .version = {seq, 1}}};
    struct source_verified verified = {
        .key = life_form(participant), .items = items, .item_count = 2};
    life_event(store, LOG_EVENT_SOURCE_VERIFIED, 1, participant, &verified);
    verified.item_count = 1;
    verified.reason = TEXT("another page of the source");
    life_event(store, LOG_EVENT_SOURCE_VERIFICATION_WITHDRAWN, 1, participant,
               &verified);
}

/* A form that is locked by two, and opened again; all of a participant; the data base. */
static void live_locks(struct store *store)
{
    struct lock_changed form = {.has_form = true,
                                .key = life_form(LIFE_PARTICIPANT),
                                .reason = TEXT("review is over")};
    life_event(store, LOG_EVENT_FROZEN, 1, LIFE_PARTICIPANT, &form);
    life_event(store, LOG_EVENT_UNFROZEN, 1, LIFE_PARTICIPANT, &form);
    life_event(store, LOG_EVENT_LOCK_PROPOSED, 1, LIFE_PARTICIPANT, &form);
    form.first_user = 1;
    life_event(store, LOG_EVENT_LOCKED, 2, LIFE_PARTICIPANT, &form);
    form.is_unlock = true;
    life_event(store, LOG_EVENT_LOCK_PROPOSED, 2, LIFE_PARTICIPANT, &form);
    struct lock_changed whole = {.first_user = 1};
    life_event(store, LOG_EVENT_LOCKED, 2, LIFE_MARKED, &whole);
    struct database_locked cut = {
        .name = TEXT("SYNTHETIC cut"), .at_seq = 40, .head = {{9}}, .first_user = 1};
    life_event(store, LOG_EVENT_DATABASE_LOCKED, 2, 0, &cut);
    struct lock_changed proposed = {.is_unlock = true};
    life_event(store, LOG_EVENT_LOCK_PROPOSED, 1, 0, &proposed);
    proposed.first_user = 1;
    proposed.reason = TEXT("a late laboratory result");
    life_event(store, LOG_EVENT_UNLOCKED, 2, 0, &proposed);
    life_event(store, LOG_EVENT_DATABASE_LOCKED, 2, 0, &cut);
}

/* Proposed, taken back and proposed again; the second person has not come. */
static void live_erasure_asked(struct store *store, int64_t participant,
                               struct text reason)
{
    struct erasure_asked asked = {.reason = reason};
    life_event(store, LOG_EVENT_ERASURE_PROPOSED, 1, participant, &asked);
    life_event(store, LOG_EVENT_ERASURE_TAKEN_BACK, 1, participant, &asked);
    life_event(store, LOG_EVENT_ERASURE_PROPOSED, 2, participant, &asked);
}

static void live_review(struct store *store)
{
    for (int is_casebook = 0; is_casebook < 2; is_casebook++) {
        live_signature(store, LIFE_PARTICIPANT, is_casebook == 1);
        live_signature(store, LIFE_MARKED, is_casebook == 1);
    }
    live_image(store, LIFE_PARTICIPANT);
    live_image(store, LIFE_MARKED);
    live_verification(store, LIFE_PARTICIPANT, 30);
    live_verification(store, LIFE_MARKED, 30);
    live_locks(store);
    life_safety_review(store, LIFE_PARTICIPANT, (struct text){0});
    life_safety_review(store, LIFE_MARKED, TEXT(LIFE_MARK_ASKED));
    life_start_review(store, LIFE_PARTICIPANT, (struct text){0});
    life_start_review(store, LIFE_MARKED, TEXT(LIFE_MARK_ASKED));
    life_grade(store, LIFE_PARTICIPANT, (struct text){0});
    life_grade(store, LIFE_MARKED, TEXT(LIFE_MARK_ASKED));
    life_assessment(store, LIFE_PARTICIPANT, (struct text){0});
    life_assessment(store, LIFE_MARKED, TEXT(LIFE_MARK_ASKED));
    live_erasure_asked(store, LIFE_PARTICIPANT, TEXT("SYNTHETIC asks for it"));
    live_erasure_asked(store, LIFE_MARKED, TEXT(LIFE_MARK_ASKED));
    life_alarm(store, LIFE_PARTICIPANT, TEXT("SYNTHETIC: on the way"));
    life_alarm(store, LIFE_MARKED, TEXT(LIFE_MARK_ASKED));
    life_alarm(store, 0, (struct text){0});
}

/* An amendment that is withdrawn, one that is published, and two who are moved to it. */
static void live_amendments(struct store *store)
{
    struct design_proposed proposed = {.version = TEXT("2.0"),
                                       .xml = TEXT("<ODM>SYNTHETIC 2</ODM>"),
                                       .reason = TEXT("a new item"),
                                       .approval = TEXT("EC-2027-04"),
                                       .approved_on = TEXT("2027-02-03"),
                                       .needs_consent = true};
    struct design_withdrawn withdrawn = {.reason = TEXT("not approved")};
    withdrawn.proposal = life_event(store, LOG_EVENT_DESIGN_PROPOSED, 2, 0, &proposed);
    life_event(store, LOG_EVENT_DESIGN_WITHDRAWN, 1, 0, &withdrawn);
    proposed.approval = proposed.approved_on = (struct text){0};
    struct design_published published = {
        .version = proposed.version, .xml = proposed.xml, .second_user = 2};
    published.proposal = life_event(store, LOG_EVENT_DESIGN_PROPOSED, 2, 0, &proposed);
    life_event(store, LOG_EVENT_DESIGN_PUBLISHED, 1, 0, &published);
    struct participant_moved moved = {.version = TEXT("2.0"),
                                      .from_event = TEXT("SE.MOVED"),
                                      .reason = TEXT("amendment 1")};
    life_event(store, LOG_EVENT_PARTICIPANT_MOVED, 2, LIFE_PARTICIPANT, &moved);
    moved.reason = TEXT(LIFE_MARK_REASON);
    life_event(store, LOG_EVENT_PARTICIPANT_MOVED, 2, LIFE_MARKED, &moved);
}

/* Who may act, and a lot that is on hold; every kind of step. */
static void live_registers(struct store *store)
{
    const struct register_entry entries[] = {{TEXT("ROLE"), TEXT("CRC")},
                                             {TEXT("IN_FORCE"), TEXT("2026-11-23")}};
    struct register_step step = {.name = TEXT("DELEG"),
                                 .site = TEXT("01"),
                                 .person = LIFE_COORDINATOR,
                                 .entries = entries,
                                 .entry_count = ARRAY_COUNT(entries)};
    int64_t line = life_event(store, LOG_EVENT_REGISTER_LINE_ADDED, 1, 0, &step);
    step.line = line;
    step.entry_count = 0;
    life_event(store, LOG_EVENT_REGISTER_LINE_AGREED, 2, 0, &step);
    step.entry_count = 1;
    step.reason = TEXT("another role");
    life_event(store, LOG_EVENT_REGISTER_LINE_CORRECTED, 1, 0, &step);
    step.entry_count = 0;
    step.ends_on = TEXT("2027-01-31");
    step.reason = TEXT("left the hospital");
    life_event(store, LOG_EVENT_REGISTER_LINE_ENDED, 1, 0, &step);
    struct identity_verified identity = {.user = LIFE_COORDINATOR,
                                         .how = TEXT("SYNTHETIC identity card"),
                                         .certified_on = TEXT("2026-11-22")};
    life_event(store, LOG_EVENT_IDENTITY_VERIFIED, 1, 0, &identity);
}

/* -- Participants ------------------------------------------------------------------ */

static void live_participants(struct store *store)
{
    life_add_participant(store, LIFE_PARTICIPANT, "S-0001");
    struct participant_added provisional = {.participant = LIFE_PROVISIONAL,
                                            .site = TEXT("01"),
                                            .provisional_number = TEXT("P-0001"),
                                            .bed = TEXT("ICU 7")};
    life_event(store, LOG_EVENT_PARTICIPANT_ADDED, 2, LIFE_PROVISIONAL, &provisional);
    life_add_participant(store, LIFE_SCREENED, "S-0002");
    live_values(store);
    live_marks(store);
    live_wakes(store);
    live_counted(store);
    live_queries(store);
    live_review(store);
    live_amendments(store);
    life_plans(store);
    live_registers(store);
    struct participant_attached attached = {
        .to = LIFE_SCREENED, .first_user = 2, .reason = TEXT("same person")};
    life_event(store, LOG_EVENT_PARTICIPANT_ATTACH_PROPOSED, 2, 2, &attached);
    life_event(store, LOG_EVENT_PARTICIPANT_ATTACHED, 1, 2, &attached);
    life_event(store, LOG_EVENT_PARTICIPANT_DETACHED, 1, 2, &attached);
    life_event(store, LOG_EVENT_PARTICIPANT_ATTACHED, 1, 2, &attached);
    struct participant_enrolled refused = {.findings = TEXT("CK001 CK003")};
    life_event(store, LOG_EVENT_ENROLMENT_REFUSED, 1, 1, &refused);
    struct participant_enrolled enrolled = {.subject_number = TEXT("H4-001"),
                                            .enrolled_at = 12345};
    life_event(store, LOG_EVENT_PARTICIPANT_ENROLLED, 1, 1, &enrolled);
    struct vault_viewed viewed = {.key = life_form(LIFE_PARTICIPANT),
                                  .item = TEXT("IT.BIRTH"),
                                  .reason = TEXT("telephone call")};
    life_event(store, LOG_EVENT_VAULT_VIEWED, 2, 1, &viewed);
    struct bone_use_stated bone = {.site = TEXT("PTL"), .answer = TEXT("two-days")};
    life_event(store, LOG_EVENT_BONE_USE_STATED, 1, 1, &bone);
    life_add_participant(store, LIFE_ERASED, "S-0009");
    struct participant_erased erased = {.second_user = 1, .reason = TEXT("asked for")};
    life_event(store, LOG_EVENT_PARTICIPANT_ERASED, 2, LIFE_ERASED, &erased);
}

/* -- Imports ----------------------------------------------------------------------- */

static int64_t live_import_begun(struct store *store)
{
    struct import_begun begun = {.files = TEXT("SYNTHETIC.xml")};
    return life_event(store, LOG_EVENT_IMPORT_BEGUN, 1, 0, &begun);
}

static void live_import_staged(struct store *store, int64_t import, int64_t participant,
                               bool is_new, const char *value)
{
    struct value_change change = {.item = TEXT("IT.IMPORTED"),
                                  .new = {.value = text_of(value)}};
    struct import_kept kept = {.element = TEXT("Signature"),
                               .level = IMPORT_LEVEL_SUBJECT,
                               .xml = TEXT("<Signature/>")};
    struct import_staged staged = {.saved = {.key = life_form(participant),
                                             .design_version = TEXT("0.1"),
                                             .corrected_time = 7000,
                                             .changes = &change,
                                             .change_count = 1},
                                   .import = import,
                                   .is_new = is_new,
                                   .subject_key = text_of(value),
                                   .site = TEXT("01"),
                                   .kept = &kept,
                                   .kept_count = 1};
    life_event(store, LOG_EVENT_IMPORT_STAGED, 1, participant, &staged);
}

/* One that was killed and taken back, one that was made visible, one under way. */
static void live_imports(struct store *store)
{
    int64_t killed = live_import_begun(store);
    live_import_staged(store, killed, LIFE_IMPORTED, true, "K-1");
    live_import_staged(store, killed, LIFE_PARTICIPANT, false, "K-2");
    struct import_abandoned abandoned = {.import = killed, .with_names = true};
    life_event(store, LOG_EVENT_IMPORT_ABANDONED, 1, LIFE_IMPORTED, &abandoned);
    life_event(store, LOG_EVENT_IMPORT_ABANDONED, 1, 0, &abandoned);
    int64_t import = live_import_begun(store);
    live_import_staged(store, import, LIFE_IMPORTED + 1, true, "S-0040");
    live_import_staged(store, import, LIFE_PARTICIPANT, false, "C-2");
    struct import_committed committed = {
        .import = import, .participants = 1, .forms = 2, .values = 2};
    life_event(store, LOG_EVENT_IMPORT_COMMITTED, 1, 0, &committed);
    struct import_rules_run rules = {.import = import, .through = import + 1};
    life_event(store, LOG_EVENT_IMPORT_RULES_RUN, 0, 0, &rules);
    int64_t running = live_import_begun(store);
    live_import_staged(store, running, LIFE_IMPORTED + 2, true, "R-1");
    live_import_staged(store, running, LIFE_PARTICIPANT, false, "R-2");
}

void life_erase_marked(struct store *store)
{
    struct participant_erased erased = {.second_user = 1, .reason = TEXT("asked for")};
    life_event(store, LOG_EVENT_PARTICIPANT_ERASED, 2, LIFE_MARKED, &erased);
}

/* Behind the others: tests name some of those by their numbers. */
static void live_protection(struct store *store)
{
    struct password_rules rules = {
        .longest_days = 90, .remembered = 3, .reason = TEXT("SYNTHETIC policy")};
    life_event(store, LOG_EVENT_PASSWORD_RULES_SET, 1, 0, &rules);
    struct misuse_reviewed looked = {.through = 3, .note = TEXT("SYNTHETIC call")};
    life_event(store, LOG_EVENT_MISUSE_REVIEWED, 1, 0, &looked);
}

void life_lived(struct store *store)
{
    live_users(store);
    live_participants(store);
    struct design_published design = {.version = TEXT("0.2"),
                                      .xml = TEXT("<ODM>SYNTHETIC two</ODM>"),
                                      .second_user = 2};
    life_event(store, LOG_EVENT_DESIGN_PUBLISHED, 1, 0, &design);
    struct folder_event noted = {
        .at_seq = 3, .head = {{1, 2, 3}}, .note = TEXT("file.backup")};
    struct point_confirmed point = {.point = TEXT("Q3"),
                                    .choice = TEXT("SYNTHETIC choice"),
                                    .reason = TEXT("asked for"),
                                    .reference = TEXT("SYNTHETIC letter")};
    life_event(store, LOG_EVENT_OPEN_POINT_CONFIRMED, 1, 0, &point);
    life_event(store, LOG_EVENT_CHECKPOINT_SIGNED, 1, 0, &noted);
    life_event(store, LOG_EVENT_BACKUP_MADE, 1, 0, &noted);
    life_event(store, LOG_EVENT_RESTORED, 1, 0, &noted);
    struct exported exported = {.at_seq = 3,
                                .head = {{1, 2, 3}},
                                .format = TEXT("csv"),
                                .content = {{4, 5, 6}},
                                .participants = 2,
                                .values = 7};
    life_event(store, LOG_EVENT_EXPORTED, 1, 0, &exported);
    struct rescue_brought rescue = {.person = TEXT("rn"),
                                    .device = TEXT("SYNTHETIC tablet"),
                                    .since = 5,
                                    .batches = 2,
                                    .entries = 3};
    life_event(store, LOG_EVENT_RESCUE_BROUGHT, 1, 0, &rescue);
    live_open_conflict(store);
    live_imports(store);
    live_protection(store);
    life_feed(store, LIFE_PARTICIPANT, TEXT("PID|1||IO-001"));
    life_feed(store, LIFE_MARKED, TEXT("PID|1||" LIFE_MARK_ASKED));
    life_laboratory(store, LIFE_PARTICIPANT, TEXT("IO-001"));
    life_laboratory(store, LIFE_MARKED, TEXT(LIFE_MARK_ASKED));
}
