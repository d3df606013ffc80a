/* One mutation of a batch: everything that can be wrong with it, and the change it is. */
#include "actions/form_place.h"
#include "actions/image_read.h"
#include "actions/placement.h"
#include "actions/save_values_parts.h"
#include "actions/separate_duty.h"
#include "actions/signature.h"
#include "actions/study_items.h"
#include "base/datetime.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <inttypes.h>

enum { SECOND = 1000 * 1000 };
/* Clocks are compared with some patience. */
static const int64_t clock_patience = INT64_C(5) * 60 * SECOND;
/* A stated time this long before the entry is a backdated one. */
static const int64_t backdated_after = INT64_C(60) * SECOND;

/* What is being checked, so that each check has few parameters. */
struct check {
    struct form_save *save;
    const struct mutation *mutation;
    const struct item *item;
    const struct item_group *group;
    size_t place;
    struct error *err;
};

/* The place in the request of what is wrong. Returns false. */
static bool wrong(const struct check *check, const char *field)
{
    return error_where(check->err, check->err->at, "mutations[%zu].%s", check->place,
                       field);
}

/* --- the item and the row ------------------------------------------------------------ */

static bool find_item(struct check *check)
{
    const struct form_save *save = check->save;
    struct text oid = check->mutation->item;
    check->item = design_item(save->design, oid);
    if (check->item == NULL) {
        struct text nearest = design_nearest_item(save->design, oid);
        error_set(check->err, ERROR_REFUSED, "the study has no item \"%.*s\"",
                  oid.len > LIMIT_OID ? LIMIT_OID : (int)oid.len, oid.at);
        if (nearest.len > 0)
            error_hint(check->err, "did you mean %.*s?", TEXT_ARG(nearest));
        return wrong(check, "item");
    }
    check->group = form_group_of(save->form, check->item);
    if (check->group == NULL) {
        struct text form = save->form->oid;
        error_set(check->err, ERROR_REFUSED, "%.*s is not an item of form %.*s",
                  TEXT_ARG(oid), TEXT_ARG(form));
        return wrong(check, "item");
    }
    if (check->item->is_system || check->item->requirement == ITEM_DERIVED) {
        error_set(check->err, ERROR_REFUSED, "%.*s is filled in by the program",
                  TEXT_ARG(oid));
        return wrong(check, "item");
    }
    return true;
}

/* Rows may come out of order from several devices, but not from nowhere. */
static bool check_row(const struct check *check)
{
    enum { GAP = 100 };
    int64_t row = check->mutation->row;
    struct text group = check->group->oid;
    if (!check->group->is_repeating) {
        if (row == 0)
            return true;
        error_set(check->err, ERROR_REFUSED,
                  "group %.*s does not repeat: no row %" PRId64, TEXT_ARG(group), row);
        return wrong(check, "row");
    }
    if (row >= 1 && row <= GAP)
        return true;
    int64_t last = heads_rows(check->save->heads, check->group);
    if (row >= 1 && row <= LIMIT_ROWS && row <= last + GAP)
        return true;
    error_set(check->err, ERROR_REFUSED,
              "group %.*s has no row %" PRId64
              ": rows count from 1, the next is %" PRId64,
              TEXT_ARG(group), row, last + 1);
    return wrong(check, "row");
}

/* --- who may -------------------------------------------------------------------------- */

static bool check_right(const struct check *check)
{
    const struct form_save *save = check->save;
    const struct participant *participant = save->participant;
    if (!item_right_check(save->act->caller, save->design, participant, save->form->oid,
                          check->item, check->err) ||
        !placement_item_check(participant, save->form->oid, check->item->oid,
                              check->err))
        return wrong(check, "item");
    if (text_equal(save->form->oid, FORM_ADVERSE_EVENT)) {
        bool did[DUTIES] = {false};
        duties_in_event(save->heads, save->act->caller->user, did);
        return duty_check(did, duty_of_event_item(check->item->oid), check->err) ||
               wrong(check, "item");
    }
    if (!image_read_has_item(save->form, check->item))
        return true;
    /* It tells an adjudication from a reading. */
    if (text_equal(check->item->oid, ITEM_READ_ADJUDICATED) &&
        !caller_must_for(save->act->caller, PERMISSION_ADJUDICATE, participant,
                         check->err))
        return wrong(check, "item");
    struct image_asker asker = {txn_db(save->txn), txn_db(save->txn), save->act->caller,
                                participant, save->arena};
    return image_read_may_enter(&asker, save->known, check->mutation->row,
                                check->err) ||
           wrong(check, "row");
}

/* Marks of the placement clock are tapped by those who run it; by hand they are given,
 * and what stands is changed, only by 'edit timer mark'. Taking back the own tap is no
 * change of a mark: it is empty again, and the history keeps both. That there is none, and
 * why, is said by whoever enters the form. */
static bool check_source(const struct check *check, const struct value_change *change)
{
    const struct form_save *save = check->save;
    const struct item *item = check->item;
    bool is_mark = text_equal(item->source, TEXT("timer"));
    bool is_label = text_equal(item->source, TEXT("scanner"));
    if ((change->source == SOURCE_TIMER && !is_mark) ||
        (change->source == SOURCE_SCANNER && !is_label)) {
        error_set(check->err, ERROR_REFUSED, "%.*s is not what %s gives",
                  TEXT_ARG(item->oid),
                  change->source == SOURCE_TIMER ? "the placement clock" : "a scanner");
        return wrong(check, "source");
    }
    if (!is_mark)
        return true;
    const struct head *current = heads_current(save->heads, item->oid, change->row);
    bool stands = current != NULL && answer_is_given(&current->answer);
    bool is_cleared = change->new.missing == MISSING_CLEARED;
    bool has_time = change->new.missing == MISSING_NOT;
    if (!stands && !has_time && !is_cleared)
        return true;
    bool replaces = stands && change->has_base && !is_cleared;
    bool is_tap = change->source == SOURCE_TIMER && !replaces;
    return caller_must_for(save->act->caller,
                           is_tap ? PERMISSION_RUN_TIMER : PERMISSION_EDIT_TIMER_MARK,
                           save->participant, check->err) ||
           wrong(check, "item");
}

/* --- the answer ------------------------------------------------------------------------ */

static bool take_missing(const struct check *check, struct answer *answer)
{
    const struct mutation *mutation = check->mutation;
    size_t at = 0;
    if (!missing_reason_parse(mutation->missing, &answer->missing) ||
        answer->missing == MISSING_NOT || answer->missing == MISSING_CLEARED) {
        error_set(check->err, ERROR_REFUSED, "\"%.*s\" is not a missing reason",
                  mutation->missing.len > LIMIT_OID ? LIMIT_OID
                                                    : (int)mutation->missing.len,
                  mutation->missing.at);
        error_hint(check->err, "ND, UNK, NA, REF, DEV, or OTH with a text");
        return wrong(check, "missing");
    }
    struct text words = text_trim(mutation->missing_text);
    if (answer->missing != MISSING_OTHER && words.len == 0)
        return true;
    if (words.len == 0 || words.len > LIMIT_REASON || !utf8_is_printable(words, &at)) {
        error_set(check->err, ERROR_REFUSED,
                  "the missing reason needs a text of 1 to %d bytes", LIMIT_REASON);
        return wrong(check, "missing_text");
    }
    answer->missing_text = words;
    return true;
}

static bool take_answer(const struct check *check, struct answer *answer)
{
    const struct mutation *mutation = check->mutation;
    bool has_value = !text_is_absent(mutation->value);
    *answer = (struct answer){0};
    if (has_value == !text_is_absent(mutation->missing)) {
        error_set(check->err, ERROR_REFUSED,
                  "either a value or a missing reason is needed");
        return wrong(check, "value");
    }
    if (!has_value)
        return take_missing(check, answer);
    if (text_trim(mutation->value).len == 0) {
        answer->missing = MISSING_CLEARED;
        return true;
    }
    if (!value_normalise(check->item, mutation->value, check->save->arena,
                         &answer->value, check->err))
        return wrong(check, "value");
    answer->is_in_vault = check->item->is_identity;
    return true;
}

/* --- what it is based on ------------------------------------------------------------------ */

static bool version_is_issued(const struct check *check, struct version version)
{
    return version.seq < check->save->next_seq ||
           (version.seq == check->save->next_seq &&
            version.place < (int32_t)check->place);
}

static bool take_base(const struct check *check, struct value_change *change)
{
    const struct mutation *mutation = check->mutation;
    if (mutation->base.len > 0) {
        change->has_base = true;
        if (!base_reference_parse(mutation->base, &change->base) ||
            (!change->base.is_queued &&
             !version_is_issued(check, change->base.version))) {
            error_set(check->err, ERROR_REFUSED, "this is no version of an answer");
            return wrong(check, "base");
        }
    }
    if (mutation->settle_count == 0)
        return true;
    struct version *settles =
        ARENA_ARRAY(check->save->arena, struct version, mutation->settle_count);
    for (size_t i = 0; i < mutation->settle_count; i++)
        if (!version_parse(mutation->settles[i], &settles[i]) ||
            !version_is_issued(check, settles[i])) {
            error_set(check->err, ERROR_REFUSED, "this is no version of an answer");
            return wrong(check, "settles");
        }
    change->settles = settles;
    change->settle_count = mutation->settle_count;
    return true;
}

/* What is signed fewer people correct: the signature falls by it. */
static bool check_correction(const struct check *check)
{
    struct form_save *save = check->save;
    if (save->known != NULL && !save->has_asked_signed &&
        !form_is_signed(txn_db(save->txn), save->participant->id, save->known->id,
                        save->arena, &save->is_signed, check->err))
        return false;
    save->has_asked_signed = true;
    return caller_must_for(save->act->caller,
                           save->is_signed ? PERMISSION_CORRECT_SIGNED
                                           : PERMISSION_CORRECT_UNSIGNED,
                           save->participant, check->err);
}

/* A change of what somebody has seen needs a reason (21 CFR 11.10(e); GCP: why). */
static bool take_reason(const struct check *check, struct value_change *change)
{
    size_t at = 0;
    struct text reason = text_trim(check->mutation->reason);
    bool is_change = change->has_base || change->settle_count > 0 ||
                     change->new.missing == MISSING_CLEARED;
    if (is_change && reason.len == 0) {
        error_set(check->err, ERROR_REFUSED, "a change needs a reason");
        return wrong(check, "reason");
    }
    if (reason.len > LIMIT_REASON || !utf8_is_printable(reason, &at)) {
        error_set(check->err, ERROR_REFUSED,
                  "a reason is printable text of at most %d bytes", LIMIT_REASON);
        return wrong(check, "reason");
    }
    if (is_change && !check_correction(check))
        return wrong(check, "base");
    change->reason = reason.len > 0 ? reason : (struct text){0};
    return true;
}

static bool check_clear(const struct check *check, const struct value_change *change)
{
    if (change->new.missing != MISSING_CLEARED || change->has_base)
        return true;
    error_set(check->err, ERROR_REFUSED, "there is nothing to clear");
    error_hint(check->err, "name the version that is cleared as base");
    return wrong(check, "base");
}

/* --- when -------------------------------------------------------------------------------- */

static bool parse_stated(const struct check *check, int64_t *out)
{
    struct moment moment;
    size_t at = 0;
    const struct form_save *save = check->save;
    const struct site *site = design_site(save->design, save->participant->site);
    if (moment_parse(check->mutation->stated, &moment, &at) &&
        moment.precision >= MOMENT_MINUTE) {
        *out = moment_instant(&moment, site == NULL ? 0 : site->offset_minutes);
        return true;
    }
    error_set(check->err, ERROR_REFUSED, "the stated time is not a date and time");
    error_hint(check->err, "as 2026-11-22T18:58+08:00");
    check->err->at = at;
    return wrong(check, "stated");
}

static bool take_stated(const struct check *check, struct value_change *change)
{
    const struct form_save *save = check->save;
    int64_t entered = save->content.corrected_time;
    if (check->mutation->stated.len == 0)
        return true;
    if (!parse_stated(check, &change->stated_time))
        return false;
    change->has_stated_time = true;
    if (change->stated_time > entered + clock_patience) {
        error_set(check->err, ERROR_REFUSED, "the stated time is in the future");
        return wrong(check, "stated");
    }
    if (change->stated_time < entered - backdated_after &&
        !caller_must_for(save->act->caller, PERMISSION_SAVE_BACKDATED,
                         save->participant, check->err))
        return wrong(check, "stated");
    return true;
}

/* --- all of it ------------------------------------------------------------------------------ */

static bool says_nothing_new(const struct form_save *save,
                             const struct value_change *change)
{
    const struct head *current = heads_current(save->heads, change->item, change->row);
    return current != NULL && change->has_base && !change->base.is_queued &&
           change->settle_count == 0 && !change->has_stated_time &&
           version_equal(current->version, change->base.version) &&
           answer_equal(&current->answer, &change->new);
}

bool mutation_check(struct form_save *save, const struct mutation *mutation,
                    size_t place, struct value_change *change, bool *is_unchanged,
                    struct error *err)
{
    struct check check = {
        .save = save, .mutation = mutation, .place = place, .err = err};
    *is_unchanged = false;
    if (!find_item(&check) || !check_row(&check) || !check_right(&check))
        return false;
    *change = (struct value_change){
        .item = check.item->oid, .row = mutation->row, .source = mutation->source};
    if (!take_answer(&check, &change->new) || !take_base(&check, change) ||
        !check_clear(&check, change) || !check_source(&check, change) ||
        !take_stated(&check, change))
        return false;
    *is_unchanged = says_nothing_new(save, change);
    return *is_unchanged || take_reason(&check, change);
}
