/* Electronic signatures (21 CFR 11.50 to 11.200; specification 8.1). All data are
 * SYNTHETIC. */
#include "support/forge.h"
#include "support/study_fixture.h"
#include "support/tamper.h"
#include "support/unit.h"

#include "actions/account.h"
#include "actions/form_view.h"
#include "actions/item_version.h"
#include "actions/second_check.h"
#include "actions/signature.h"
#include "actions/signature_verify.h"
#include "base/base32.h"
#include "base/hex.h"
#include "store/review.h"

#include <stdio.h>
#include <string.h>

#define DEVICE   "SE.BL", "F.DA"
#define PASSWORD "SYNTHETIC correct horse"

static struct fixture study;
static struct caller crc, pi, rn;
static int64_t person;
static const char *device; /* is one participant's at a time */
static const char *form;   /* that is signed */

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    rn = fixture_person(&study, "rn", ROLE_RN);
    pi = fixture_member(&study, "pi", ROLE_PI, PASSWORD);
    person = fixture_screen(&study, &crc);
    device = "SYNTHETIC-77";
    form = "F.DA";
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

/* --- steps ----------------------------------------------------------------------------- */

/* All second checks that wait, by `by`: seen, or typed again. */
static void check_twice(const struct caller *by)
{
    struct casebook *book = NULL;
    ASSERT_OK(casebook_read(study.study, by, person, study.arena, &book, &study.err),
              &study.err);
    for (size_t i = 0; i < book->second_checks.count; i++) {
        const struct second_check_open *open = &book->second_checks.at[i];
        if (open->way == SECOND_CHECK_NOT_BY_CALLER)
            continue;
        bool is_birth = text_equal(open->item->oid, TEXT("I.SCR.BRTHDT"));
        char *version = arena_alloc(study.arena, VERSION_TEXT);
        size_t len = version_print(open->value.version, version);
        struct second_check_make verb = {
            .act = act_of(study.study, by, study.arena, second_check_make),
            .key = open->key,
            .item = open->item->oid,
            .row = open->value.row,
            .version = {version, len},
            .is_right = open->way == SECOND_CHECK_BY_SIGHT};
        if (!verb.is_right)
            verb.value = is_birth ? TEXT("1981-05-17") : text_of(device);
        ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
        assert_true(verb.is_agreed);
    }
}

static void enter_device(void)
{
    fixture_enter(&study, &crc, person, DEVICE, "I.DA.DVKIND", "SYP", "I.DA.DVEUI",
                  device, "I.DA.DVBEG", "2026-11-22T09:30+08:00", "I.DA.DVOFF", "12.5",
                  NULL);
    check_twice(&rn);
}

static const struct form_view *view_of(const struct caller *by)
{
    struct form_view *view = NULL;
    struct form_key key = {
        .participant = person, .event = TEXT("SE.BL"), .form = text_of(form)};
    ASSERT_OK(form_view_read(study.study, by, &key, study.arena, &view, &study.err),
              &study.err);
    return view;
}

static struct text digits_of(const struct hash *hash)
{
    char *digits = arena_alloc(study.arena, HEX_SIZE(HASH_SIZE));
    size_t len = hex_print(hash->bytes, HASH_SIZE, digits);
    return (struct text){.at = digits, .len = len};
}

/* As the page does it: with the hash that came with what is shown. */
static struct signature_make signing_of(const struct caller *by)
{
    const struct form_view *view = view_of(by);
    return (struct signature_make){
        .act = act_of(study.study, by, study.arena, signature_finish),
        .key = view->key,
        .meaning = TEXT("FORM_REVIEWED"),
        .language = TEXT("en"),
        .content = digits_of(&view->review.offer.content),
        .name = by->name,
        .password = TEXT(PASSWORD)};
}

static bool run(struct signature_make *verb)
{
    if (!signature_begin(verb, &study.err))
        return false;
    signature_hash(verb);
    return act_run(&verb->act, &study.err);
}

static int64_t sign(void)
{
    struct signature_make verb = signing_of(&pi);
    ASSERT_OK(run(&verb), &study.err);
    return verb.seq;
}

static const struct signature_shown *shown(void)
{
    const struct form_view *view = view_of(&crc);
    return view->review.signatures.count == 0 ? NULL : &view->review.signatures.at[0];
}

static bool correct(const struct caller *by, const char *item, const char *value)
{
    struct save_values verb = fixture_save_of(&study, by, person, DEVICE);
    struct mutation mutation = {
        .item = text_of(item),
        .value = text_of(value),
        .base = text_of(fixture_version(&study, person, DEVICE, item, 0)),
        .reason = TEXT("SYNTHETIC: read again")};
    if (!fixture_save(&study, &verb, &mutation, 1))
        return false;
    if (verb.outcomes[0].why != NULL)
        study.err = *verb.outcomes[0].why;
    return verb.outcomes[0].status == MUTATION_OK;
}

/* --- what a signature is --------------------------------------------------------------- */

static void it_shows_the_printed_name_the_time_and_the_meaning(void **state)
{
    (void)state;
    enter_device();
    assert_null(shown());
    fixture_pass(&study, HOUR);
    sign();
    const struct signature_shown *signature = shown();
    assert_non_null(signature);
    ASSERT_TEXT(signature->by_name, "pi");
    ASSERT_TEXT(signature->by_full_name, "SYNTHETIC pi");
    assert_int_equal(signature->stored.at, fixture_now(&study));
    assert_true(text_starts_with(signature->meaning.english,
                                 TEXT("I have reviewed this form")));
    assert_true(signature->stands);
}

static void it_falls_when_a_value_changes_and_is_given_again(void **state)
{
    (void)state;
    enter_device();
    sign();
    assert_true(correct(&crc, "I.DA.DVOFF", "13.5"));
    const struct signature_shown *fallen = shown();
    assert_false(fallen->stands);
    assert_int_equal(fallen->changed_count, 1);
    ASSERT_TEXT(fallen->changed[0].item, "I.DA.DVOFF");
    sign();
    assert_true(shown()->stands);
    assert_int_equal(view_of(&crc)->review.signatures.count, 1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SIGNED), 2);
}

static void a_signed_value_is_corrected_by_who_may_correct_after_signing(void **state)
{
    (void)state;
    enter_device();
    assert_true(correct(&rn, "I.DA.DVOFF", "13.5"));
    sign();
    assert_false(correct(&rn, "I.DA.DVOFF", "14.5"));
    assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
    assert_non_null(strstr(study.err.text, "after signing"));
    assert_true(shown()->stands);
    assert_true(correct(&crc, "I.DA.DVOFF", "14.5"));
}

/* --- who signs ------------------------------------------------------------------------- */

static void a_wrong_password_signs_nothing_and_counts_as_a_failed_sign_in(void **state)
{
    (void)state;
    enter_device();
    size_t failed = fixture_events(&study, LOG_EVENT_SIGN_IN_FAILED);
    struct signature_make verb = signing_of(&pi);
    verb.password = TEXT("SYNTHETIC wrong horse");
    ASSERT_ERROR(run(&verb), &study.err, ERROR_REFUSED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SIGN_IN_FAILED), failed + 1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SIGNED), 0);
    for (int i = 0; i < 3; i++) {
        verb.act = act_of(study.study, &pi, study.arena, signature_finish);
        (void)run(&verb);
    }
    ASSERT_ERROR(run(&verb), &study.err, ERROR_TOO_MANY);
    assert_true(verb.retry_after > 0);
}

/* 21 CFR 11.100(b): the identity is verified before the first use of a signature. */
static void an_account_whose_identity_is_not_verified_signs_nothing(void **state)
{
    (void)state;
    enter_device();
    struct caller stranger = pi;
    stranger.user = 999; /* nobody has verified this one */
    struct signature_make verb = signing_of(&stranger);
    verb.act.caller = &stranger;
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_NOT_ALLOWED);
    assert_true(strstr(study.err.text, "identity is not verified") != NULL);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SIGNED), 0);
}

static void the_first_signature_of_a_sign_in_needs_the_name_too(void **state)
{
    (void)state;
    struct sign_in in = {.act = act_of(study.study, NULL, study.arena, sign_in_finish),
                         .name = TEXT("pi"),
                         .password = TEXT(PASSWORD),
                         .language = TEXT("en"),
                         .device = TEXT("SYNTHETIC")};
    ASSERT_OK(sign_in_run(&in, &study.err), &study.err);
    struct caller signed_in = pi;
    signed_in.session = in.signed_in.session;
    enter_device();
    struct signature_make verb = signing_of(&signed_in);
    assert_true(view_of(&signed_in)->review.offer.needs_name);
    verb.name = (struct text){0};
    ASSERT_ERROR(run(&verb), &study.err, ERROR_REFUSED);
    assert_string_equal(study.err.where, "name");
    verb = signing_of(&signed_in);
    ASSERT_OK(run(&verb), &study.err);
    assert_true(correct(&crc, "I.DA.DVOFF", "13.5"));
    assert_false(view_of(&signed_in)->review.offer.needs_name);
    verb = signing_of(&signed_in);
    verb.name = (struct text){0};
    ASSERT_OK(run(&verb), &study.err);
}

static void another_name_does_not_sign(void **state)
{
    (void)state;
    enter_device();
    struct signature_make verb = signing_of(&pi);
    verb.name = TEXT("crc");
    ASSERT_ERROR(run(&verb), &study.err, ERROR_REFUSED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SIGNED), 0);
}

static void who_may_not_sign_is_refused_and_offered_nothing(void **state)
{
    (void)state;
    enter_device();
    assert_false(view_of(&crc)->review.offer.may);
    assert_true(view_of(&pi)->review.offer.may);
    struct caller member = fixture_member(&study, "crc2", ROLE_CRC, PASSWORD);
    struct signature_make verb = signing_of(&pi);
    verb.act = act_of(study.study, &member, study.arena, signature_finish);
    verb.name = member.name;
    ASSERT_ERROR(run(&verb), &study.err, ERROR_NOT_ALLOWED);
}

/* --- what stands in the way ------------------------------------------------------------ */

static void nobody_signs_what_he_did_not_see(void **state)
{
    (void)state;
    enter_device();
    struct signature_make verb = signing_of(&pi);
    assert_true(correct(&crc, "I.DA.DVOFF", "13.5"));
    ASSERT_ERROR(run(&verb), &study.err, ERROR_CHANGED);
    verb = signing_of(&pi);
    verb.language = TEXT("zh"); /* shown in English */
    ASSERT_ERROR(run(&verb), &study.err, ERROR_CHANGED);
}

static void refused(const char *words)
{
    struct signature_make verb = signing_of(&pi);
    ASSERT_ERROR(run(&verb), &study.err, ERROR_REFUSED);
    if (strstr(study.err.text, words) == NULL)
        fail_msg("%s does not say %s", study.err.text, words);
}

static void a_form_with_required_items_missing_cannot_be_signed(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, DEVICE, "I.DA.DVKIND", "SYP", NULL);
    refused("required items miss");
}

static void a_form_on_which_a_second_check_waits_cannot_be_signed(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, "SE.BL", "F.DM", "I.DM.WEIGHT", "61.5", NULL);
    struct form_view *view = NULL;
    struct form_key key = {
        .participant = person, .event = TEXT("SE.BL"), .form = TEXT("F.DM")};
    ASSERT_OK(form_view_read(study.study, &pi, &key, study.arena, &view, &study.err),
              &study.err);
    assert_true(view->review.offer.stands[SIGNATURE_SECOND_CHECKS]);
}

static void a_conflict_must_be_settled_first(void **state)
{
    (void)state;
    enter_device();
    const char *first = fixture_version(&study, person, DEVICE, "I.DA.DVOFF", 0);
    for (int i = 0; i < 2; i++) {
        struct save_values verb = fixture_save_of(&study, &crc, person, DEVICE);
        struct mutation mutation = {.item = TEXT("I.DA.DVOFF"),
                                    .value = i == 0 ? TEXT("20") : TEXT("21"),
                                    .base = text_of(first),
                                    .reason = TEXT("SYNTHETIC")};
        ASSERT_OK(fixture_save(&study, &verb, &mutation, 1), &study.err);
    }
    refused("conflicts stand open");
}

static void a_provisional_record_is_not_signed(void **state)
{
    (void)state;
    person = fixture_place(&study, &rn);
    enter_device();
    refused("provisional");
}

/* --- the second factor ------------------------------------------------------------------- */

static void the_second_factor_is_asked_for_and_a_code_works_once(void **state)
{
    (void)state;
    struct text typed, uri;
    uint8_t key[20];
    const struct text secret = {(const char *)key, sizeof key};
    char code[8];
    enter_device();
    struct sign_in in = {.act = act_of(study.study, NULL, study.arena, sign_in_finish),
                         .name = TEXT("pi"),
                         .password = TEXT(PASSWORD)};
    ASSERT_OK(sign_in_run(&in, &study.err), &study.err);
    struct caller signed_in = pi;
    signed_in.session = in.signed_in.session;
    ASSERT_OK(
        totp_start(study.study, &signed_in, study.arena, &typed, &uri, &study.err),
        &study.err);
    assert_true(base32_parse(typed, key, sizeof key));
    struct totp_confirm confirm = {
        .act = act_of(study.study, &signed_in, study.arena, totp_confirm)};
    snprintf(code, sizeof code, "%06u", totp_code(secret, fixture_now(&study)));
    confirm.code = text_of(code);
    ASSERT_OK(act_run(&confirm.act, &study.err), &study.err);
    fixture_pass(&study, MINUTE);
    struct signature_make verb = signing_of(&signed_in);
    ASSERT_ERROR(run(&verb), &study.err, ERROR_REFUSED);
    assert_true(verb.needs_totp);
    snprintf(code, sizeof code, "%06u", totp_code(secret, fixture_now(&study)));
    verb = signing_of(&signed_in);
    verb.totp = text_of(code);
    ASSERT_OK(run(&verb), &study.err);
    verb = signing_of(&signed_in);
    verb.totp = text_of(code);
    ASSERT_ERROR(run(&verb), &study.err, ERROR_REFUSED);
}

/* --- a casebook -------------------------------------------------------------------------- */

static struct signature_make casebook_signing(void)
{
    struct casebook *book = NULL;
    ASSERT_OK(casebook_read(study.study, &pi, person, study.arena, &book, &study.err),
              &study.err);
    return (struct signature_make){
        .act = act_of(study.study, &pi, study.arena, signature_finish),
        .key = {.participant = person},
        .is_casebook = true,
        .meaning = TEXT("CASEBOOK_REVIEWED"),
        .language = TEXT("en"),
        .content = digits_of(&book->review.offer.content),
        .name = pi.name,
        .password = TEXT(PASSWORD)};
}

static void a_casebook_is_signed_when_every_form_can_be(void **state)
{
    (void)state;
    fixture_consent(&study, &crc, person);
    fixture_make_eligible(&study, &crc, person);
    enter_device();
    check_twice(&pi);
    struct signature_make verb = casebook_signing();
    ASSERT_OK(run(&verb), &study.err);
    assert_false(correct(&rn, "I.DA.DVOFF", "14.5")); /* it covers the form */
    fixture_enter(&study, &crc, person, "SE.LOG", "F.CM", "I.CM.CMCAT", "ABX", NULL);
    verb = casebook_signing();
    ASSERT_ERROR(run(&verb), &study.err, ERROR_REFUSED);
    assert_non_null(strstr(study.err.text, "required items miss"));
    struct casebook *book = NULL;
    ASSERT_OK(casebook_read(study.study, &pi, person, study.arena, &book, &study.err),
              &study.err);
    assert_int_equal(book->review.signatures.count, 1);
    assert_false(book->review.signatures.at[0].stands);
}

/* --- verify ------------------------------------------------------------------------------ */

static struct verify_report verified(void)
{
    struct verify_report report;
    ASSERT_OK(verify_folder_with(&study.place.options, NULL, signatures_examine,
                                 study.arena, &report, &study.err),
              &study.err);
    return report;
}

static void shut(void)
{
    study_close(study.study);
    study.study = NULL;
}

static int64_t event_of(enum log_event_kind kind)
{
    struct log_row *rows = NULL;
    size_t count = 0;
    struct db *db = store_reader(study_store(study.study));
    ASSERT_OK(log_list(db, &(struct log_filter){.user = -1, .kind = (int32_t)kind},
                       study.arena, &rows, &count, &study.err),
              &study.err);
    store_reader_return(study_store(study.study), db);
    assert_true(count > 0);
    return rows[count - 1].seq;
}

static char *copy_of(struct text text, struct arena *arena)
{
    char *copy = arena_alloc(arena, text.len + 1);
    memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    return copy;
}

static struct text replaced(struct text in, const char *from, const char *to,
                            struct arena *arena)
{
    char *copy = copy_of(in, arena);
    char *at = strstr(copy, from);
    assert_non_null(at);
    assert_int_equal(strlen(from), strlen(to));
    memcpy(at, to, strlen(to));
    return text_of(copy);
}

static void another_value(struct log_row *row, struct arena *arena)
{
    (void)arena;
    struct values_saved saved = *(const struct values_saved *)row->content;
    saved.changes[3].new.value = TEXT("12.6");
}

static void another_design_version(struct log_row *row, struct arena *arena)
{
    struct values_saved *saved = ARENA_NEW(arena, struct values_saved);
    *saved = *(const struct values_saved *)row->content;
    saved->design_version = TEXT("9.9");
    row->content = saved;
}

static void another_design(struct log_row *row, struct arena *arena, const char *from,
                           const char *to)
{
    struct design_published *published = ARENA_NEW(arena, struct design_published);
    *published = *(const struct design_published *)row->content;
    published->xml = replaced(published->xml, from, to, arena);
    row->content = published;
}

static void another_label(struct log_row *row, struct arena *arena)
{
    another_design(row, arena, ">Clock offset to server<", ">Clock offset to serves<");
}

static void another_unit(struct log_row *row, struct arena *arena)
{
    const struct design_published *published = row->content;
    char *xml = copy_of(published->xml, arena);
    char *item = strstr(xml, "<ItemDef OID=\"I.DA.DVOFF\"");
    assert_non_null(item);
    char *unit = strstr(item, "Code=\"s\"");
    assert_non_null(unit);
    unit[6] = 'h';
    struct design_published *other = ARENA_NEW(arena, struct design_published);
    *other = *published;
    other->xml = text_of(xml);
    row->content = other;
}

static struct signed_record *record_of(struct log_row *row, struct arena *arena)
{
    struct signed_record *record = ARENA_NEW(arena, struct signed_record);
    *record = *(const struct signed_record *)row->content;
    row->content = record;
    return record;
}

static void another_language(struct log_row *row, struct arena *arena)
{
    record_of(row, arena)->language = TEXT("zh");
}

static void another_meaning(struct log_row *row, struct arena *arena)
{
    record_of(row, arena)->meaning = TEXT("READ_MADE");
}

static void nothing_else(struct log_row *row, struct arena *arena)
{
    (void)row;
    (void)arena;
}

/* The six things that a signature covers, each changed alone by somebody who has the keys
 * and chains the log anew: verify names the signature. */
static void verify_names_the_signature_when_one_of_the_six_things_it_covers_is_changed(
    void **state)
{
    (void)state;
    static const struct {
        const char *what;
        enum log_event_kind kind;
        void (*change)(struct log_row *row, struct arena *arena);
    } cases[] = {
        {"a value", LOG_EVENT_VALUES_SAVED, another_value},
        {"a unit", LOG_EVENT_DESIGN_PUBLISHED, another_unit},
        {"a label", LOG_EVENT_DESIGN_PUBLISHED, another_label},
        {"the language", LOG_EVENT_SIGNED, another_language},
        {"the version of the design", LOG_EVENT_VALUES_SAVED, another_design_version},
        {"the meaning", LOG_EVENT_SIGNED, another_meaning},
    };
    enter_device();
    int64_t signature = sign();
    int64_t events[ARRAY_COUNT(cases)];
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
        events[i] = event_of(cases[i].kind);
    shut();
    forge(&study.place, 1, nothing_else);
    struct verify_report report = verified();
    tamper_assert_nothing_found(&report);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        print_message("%s\n", cases[i].what);
        tamper_keep(&study.place);
        forge(&study.place, events[i], cases[i].change);
        report = verified();
        tamper_assert_found(&report, VERIFY_SIGNATURE, signature, "no longer holds");
        tamper_put_back(&study.place);
    }
    report = verified();
    tamper_assert_nothing_found(&report);
    fixture_reopen(&study);
}

static struct signed_record copied;

static void a_copy(struct log_row *row, struct arena *arena)
{
    struct signed_record *record = record_of(row, arena);
    record->content = copied.content;
}

static void enter_treatment(void)
{
    fixture_enter(&study, &crc, person, "SE.BL", "F.CM", "I.CM.CMCAT", "ABX",
                  "I.CM.CMNAME", "SYNTHETIC", "I.CM.CMBEG", "2026-11-21", NULL);
}

/* 21 CFR 11.70: it cannot be transferred to falsify another record, even one that says the
 * same of another participant. */
static void a_signature_copied_to_another_record_does_not_hold(void **state)
{
    (void)state;
    form = "F.CM";
    enter_treatment();
    sign();
    copied.content = shown()->stored.content;
    person = fixture_screen(&study, &crc);
    enter_treatment();
    int64_t signature = sign();
    shut();
    forge(&study.place, signature, a_copy);
    struct verify_report report = verified();
    tamper_assert_found(&report, VERIFY_SIGNATURE, signature, "no longer holds");
    fixture_reopen(&study);
}

static void a_signature_that_fell_is_no_finding(void **state)
{
    (void)state;
    enter_device();
    sign();
    assert_true(correct(&crc, "I.DA.DVOFF", "13.5"));
    struct verify_report report;
    ASSERT_OK(verify_store_with(study_store(study.study), NULL, signatures_examine,
                                study.arena, &report, &study.err),
              &study.err);
    tamper_assert_nothing_found(&report);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_shows_the_printed_name_the_time_and_the_meaning),
        TEST(it_falls_when_a_value_changes_and_is_given_again),
        TEST(a_signed_value_is_corrected_by_who_may_correct_after_signing),
        TEST(a_wrong_password_signs_nothing_and_counts_as_a_failed_sign_in),
        TEST(an_account_whose_identity_is_not_verified_signs_nothing),
        TEST(the_first_signature_of_a_sign_in_needs_the_name_too),
        TEST(another_name_does_not_sign),
        TEST(who_may_not_sign_is_refused_and_offered_nothing),
        TEST(nobody_signs_what_he_did_not_see),
        TEST(a_form_with_required_items_missing_cannot_be_signed),
        TEST(a_form_on_which_a_second_check_waits_cannot_be_signed),
        TEST(a_conflict_must_be_settled_first),
        TEST(a_provisional_record_is_not_signed),
        TEST(the_second_factor_is_asked_for_and_a_code_works_once),
        TEST(a_casebook_is_signed_when_every_form_can_be),
        TEST(
            verify_names_the_signature_when_one_of_the_six_things_it_covers_is_changed),
        TEST(a_signature_copied_to_another_record_does_not_hold),
        TEST(a_signature_that_fell_is_no_finding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
