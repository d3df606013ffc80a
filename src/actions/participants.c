#include "actions/participants.h"

#include "actions/form_place.h"
#include "actions/program_values.h"
#include "actions/record_lock.h"
#include "actions/study_items.h"
#include "actions/study_state.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <string.h>

/* --- add ----------------------------------------------------------------------------- */

static bool check_new(const struct participant_add *verb, struct error *err)
{
    const struct act *act = &verb->act;
    size_t at = 0;
    enum permission permission =
        verb->is_provisional ? PERMISSION_START_PLACEMENT : PERMISSION_ENTER_SCR;
    if (!caller_must(act->caller, permission, verb->site, false, err))
        return false;
    if (design_site(study_design(act->study), verb->site) == NULL) {
        error_set(err, ERROR_REFUSED, "the study has no site \"%.*s\"",
                  verb->site.len > LIMIT_OID ? LIMIT_OID : (int)verb->site.len,
                  verb->site.at);
        return error_where(err, 0, "site");
    }
    if (verb->bed.len > LIMIT_NAME || !utf8_is_printable(verb->bed, &at)) {
        error_set(err, ERROR_REFUSED, "a bed has at most %d bytes of printable text",
                  LIMIT_NAME);
        return error_where(err, at, "bed");
    }
    return true;
}

/* "S-0001", or "P-0001" */
static bool number_take(struct db *db, char series, struct text site,
                        struct arena *arena, struct text *out, struct error *err)
{
    int64_t number = 0;
    if (!participant_next_number(db, series, site, &number, err))
        return false;
    *out = text_format(arena, "%c-%04" PRId64, series, number);
    return true;
}

static bool add_append(struct participant_add *verb, struct txn *txn, struct error *err)
{
    struct act *act = &verb->act;
    struct db *db = txn_db(txn);
    struct origin origin = caller_origin(act->caller);
    struct participant_added content = {.site = verb->site,
                                        .has_request = verb->has_request};
    struct text number = {0};
    memcpy(content.request, verb->request, sizeof content.request);
    if (!participant_next_id(db, &content.participant, err) ||
        !number_take(db, verb->is_provisional ? 'P' : 'S', verb->site, txn_arena(txn),
                     &number, err))
        return false;
    if (verb->is_provisional)
        content.provisional_number = number;
    else
        content.screening_number = number;
    if (verb->is_provisional && verb->bed.len > 0)
        content.bed = text_trim(verb->bed);
    return txn_append(txn, LOG_EVENT_PARTICIPANT_ADDED, &origin, content.participant,
                      &content, NULL, err) &&
           participant_by_id(db, content.participant, act->arena, &verb->participant,
                             err);
}

bool participant_add(struct act *act, struct txn *txn, struct error *err)
{
    struct participant_add *verb = (struct participant_add *)act;
    int64_t known = 0;
    verb->is_duplicate = false;
    if (!check_new(verb, err))
        return false;
    if (verb->has_request &&
        !participant_by_request(txn_db(txn), verb->request, &known, err))
        return false;
    if (known != 0) {
        verb->is_duplicate = true;
        return participant_by_id(txn_db(txn), known, act->arena, &verb->participant,
                                 err);
    }
    if (!record_open_check(txn_db(txn), 0, 0, txn_arena(txn), err) ||
        !add_append(verb, txn, err))
        return false;
    struct program_value value = {.item = ITEM_SCREENING_NUMBER,
                                  .value = verb->participant->screening_number};
    struct program_place place = {.participant = verb->participant,
                                  .event = EVENT_SCREENING,
                                  .form = FORM_SCREENING};
    return verb->is_provisional ||
           program_values_save(act, txn, &place, &value, 1, err);
}

/* --- lists ----------------------------------------------------------------------------- */

static bool is_listed(const struct participant *list, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].id == id)
            return true;
    return false;
}

/* Those assigned to the caller by name, at whatever site. */
static bool add_assigned(struct db *db, const struct caller *caller,
                         struct arena *arena, struct participant **out, size_t *count,
                         struct error *err)
{
    struct participant *all =
        ARENA_ARRAY(arena, struct participant, *count + caller->assigned_count);
    for (size_t i = 0; i < *count; i++)
        all[i] = (*out)[i];
    for (size_t i = 0; i < caller->assigned_count; i++) {
        struct participant *found = NULL;
        if (is_listed(all, *count, caller->assigned[i]))
            continue;
        if (!participant_by_id(db, caller->assigned[i], arena, &found, err))
            return false;
        if (found != NULL &&
            caller_may(caller, PERMISSION_VIEW_CASEBOOK, found->site, true))
            all[(*count)++] = *found;
    }
    *out = all;
    return true;
}

static bool filter_check(const struct participants_filter *filter, struct error *err)
{
    enum participant_state state = PARTICIPANT_SCREENED;
    size_t at = 0;
    if (filter->state.len > 0 && !participant_state_parse(filter->state, &state)) {
        error_set(err, ERROR_REFUSED, "there is no such state");
        return error_where(err, 0, "state");
    }
    if (filter->find.len > LIMIT_NAME || !utf8_is_printable(filter->find, &at)) {
        error_set(err, ERROR_REFUSED, "the search text is too long or not printable");
        return error_where(err, at, "find");
    }
    return true;
}

/* ERROR_NOT_ALLOWED when the permission is held nowhere. */
static bool sites_seen(const struct caller *caller, struct arena *arena, bool *all,
                       const struct text **sites, size_t *count, struct error *err)
{
    caller_sites(caller, PERMISSION_VIEW_CASEBOOK, arena, all, sites, count);
    return caller_must_somewhere(caller, PERMISSION_VIEW_CASEBOOK, err);
}

static bool list_read(struct db *db, const struct caller *caller,
                      const struct participant_filter *filter, struct arena *arena,
                      struct participant **out, size_t *count, struct error *err)
{
    *count = 0;
    *out = NULL;
    if ((filter->sites == NULL || filter->site_count > 0) &&
        !participant_list(db, filter, arena, out, count, err))
        return false;
    bool is_plain = filter->after == 0 && text_is_absent(filter->state) &&
                    text_is_absent(filter->find);
    return caller->assigned_count == 0 || !is_plain ||
           add_assigned(db, caller, arena, out, count, err);
}

bool participants_read(struct study *study, const struct caller *caller,
                       const struct participants_filter *filter, struct arena *arena,
                       struct participants_page *out, struct error *err)
{
    bool is_everywhere = false;
    const struct text *sites = NULL;
    struct participant_filter wanted = {.after = filter->after, .limit = filter->limit};
    if (!sites_seen(caller, arena, &is_everywhere, &sites, &wanted.site_count, err))
        return caller_refused(study, caller, 0, err);
    if (!filter_check(filter, err))
        return false;
    wanted.sites = is_everywhere ? NULL : sites;
    if (filter->state.len > 0)
        wanted.state = filter->state;
    if (text_trim(filter->find).len > 0)
        wanted.find = text_trim(filter->find);
    if (wanted.limit == 0 || wanted.limit > LIMIT_LIST)
        wanted.limit = LIMIT_LIST;
    struct db *db = store_reader(study->store);
    *out = (struct participants_page){0};
    bool is_read =
        list_read(db, caller, &wanted, arena, &out->participants, &out->count, err);
    store_reader_return(study->store, db);
    if (is_read && out->count == wanted.limit)
        out->next = out->participants[out->count - 1].id;
    return is_read;
}

bool participant_seen(struct study *study, struct db *db, const struct caller *caller,
                      int64_t id, struct arena *arena, struct participant **out,
                      struct error *err)
{
    if (!participant_by_id(db, id, arena, out, err))
        return false;
    if (*out == NULL)
        return error_set(err, ERROR_NOT_FOUND, "there is no such participant");
    int64_t logged = (*out)->state == PARTICIPANT_ERASED ? 0 : id;
    return caller_must_for(caller, PERMISSION_VIEW_CASEBOOK, *out, err) ||
           caller_refused(study, caller, logged, err);
}

bool participants_find(struct study *study, const struct caller *caller, int64_t id,
                       struct arena *arena, struct participant **out, struct error *err)
{
    struct db *db = store_reader(study->store);
    bool is_found = participant_seen(study, db, caller, id, arena, out, err);
    store_reader_return(study->store, db);
    return is_found;
}

static bool has_number(const struct participant *participant, struct text number)
{
    return text_equal(participant->screening_number, number) ||
           text_equal(participant->provisional_number, number) ||
           text_equal(participant->subject_number, number);
}

bool participants_of_number(struct study *study, struct text number,
                            struct arena *arena, struct participant **out,
                            struct error *err)
{
    struct participant *list = NULL;
    size_t count = 0;
    struct participant_filter filter = {.find = text_trim(number), .limit = LIMIT_LIST};
    struct db *db = store_reader(study->store);
    bool is_read =
        filter.find.len > 0 && participant_list(db, &filter, arena, &list, &count, err);
    store_reader_return(study->store, db);
    if (filter.find.len > 0 && !is_read)
        return false;
    *out = NULL;
    for (size_t i = 0; i < count; i++)
        if (has_number(&list[i], filter.find)) {
            if (*out != NULL)
                return error_set(err, ERROR_REFUSED,
                                 "more than one participant has this number");
            *out = &list[i];
        }
    if (*out == NULL)
        return error_set(err, ERROR_NOT_FOUND, "no participant has this number");
    return true;
}

bool participants_numbered(struct study *study, const struct caller *caller,
                           struct text number, struct arena *arena,
                           struct participant **out, struct error *err)
{
    if (!participants_of_number(study, number, arena, out, err))
        return false;
    /* The operator erases by number and sees no more of the participant than that. */
    if (caller->user == 0)
        return true;
    return caller_must_for(caller, PERMISSION_VIEW_CASEBOOK, *out, err) ||
           caller_refused(study, caller, (*out)->id, err);
}
