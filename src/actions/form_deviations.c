/* A hard check blocks a planned act, never the recording of a fact: when the act happened
 * all the same, a deviation opens by itself, as a form of its own that a person completes.
 * A check says in the design which answer tells that the act happened, and of what category
 * the deviation is (study_check.deviation).
 *
 * One for a check at a place: no second one while the finding stands, nor ever for the
 * same answer. A correction leaves it; a person decides. Most saves touch nothing of all
 * this and ask the database nothing. */
#include "actions/form_save_parts.h"
#include "actions/item_version.h"
#include "actions/study_items.h"
#include "base/buffer.h"
#include "base/limits.h"

#include <inttypes.h>

/* --- is there anything to look for? ------------------------------------------------------- */

static const struct study_check *check_of(const struct design *design, struct text oid)
{
    for (size_t i = 0; i < design->check_count; i++)
        if (text_equal(design->checks[i].oid, oid))
            return &design->checks[i];
    return NULL;
}

static bool opens_deviation(const struct study_check *check)
{
    return check != NULL && !text_is_absent(check->deviation);
}

static bool opens_query(const struct form_save *save)
{
    for (size_t i = 0; i < save->content.query_count; i++) {
        const struct query_change *query = &save->content.queries[i];
        if (query->is_opening && query->kind == QUERY_CHECK &&
            opens_deviation(check_of(save->design, query->check)))
            return true;
    }
    return false;
}

/* Does it say of some act that it happened? */
static bool tells_a_fact(const struct form_save *save)
{
    const struct design *design = save->design;
    for (size_t i = 0; i < design->check_count; i++) {
        if (!opens_deviation(&design->checks[i]))
            continue;
        for (size_t k = 0; k < save->content.change_count; k++)
            if (text_equal(save->content.changes[k].item,
                           design->checks[i].happened->oid))
                return true;
    }
    return false;
}

bool save_may_deviate(const struct form_save *save)
{
    return opens_query(save) || tells_a_fact(save);
}

/* --- what is known of one participant --------------------------------------------------------- */

struct search {
    struct form_save *save;
    struct arena *arena;
    struct db *db;
    struct participant *participant;
    int64_t other; /* the record joined to this one; 0: none */
    struct form_states forms, other_forms;
    struct stored_query *findings;
    size_t finding_count;
    struct stored_deviation *known;
    size_t known_count;
};

/* Where the answer stands in the form of the check it is that form's own; and the row's
 * own where both stand in one section. Else any of the participant tells it. */
struct fact_place {
    const struct item *item;
    int64_t form; /* 0: any */
    int64_t row;  /* 0: any */
};

static struct fact_place fact_place(const struct search *search,
                                    const struct stored_query *finding,
                                    const struct study_check *check)
{
    struct fact_place place = {.item = check->happened};
    const struct form *form = design_form(search->save->design, finding->key.form);
    const struct item_group *group =
        form == NULL ? NULL : form_group_of(form, check->happened);
    if (group == NULL)
        return place;
    place.form = finding->form;
    if (form_group_of(form, check->item) == group)
        place.row = finding->row;
    return place;
}

static struct stored_value *fact_among(struct stored_value *values, size_t count,
                                       const struct fact_place *place)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(values[i].item, place->item->oid) &&
            (place->row == 0 || place->row == values[i].row) &&
            !text_is_absent(values[i].answer.value))
            return &values[i];
    return NULL;
}

static bool fact_in(const struct search *search, const struct form_states *forms,
                    const struct fact_place *place, struct stored_value **out,
                    struct error *err)
{
    for (size_t i = 0; i < forms->count && *out == NULL; i++) {
        const struct form_state *state = &forms->list[i];
        const struct form *form = design_form(search->save->design, state->key.form);
        struct stored_value *values = NULL;
        size_t count = 0;
        if ((place->form != 0 && place->form != state->id) || form == NULL ||
            form_group_of(form, place->item) == NULL)
            continue;
        if (!form_values(search->db, state->id, search->arena, &values, &count, err))
            return false;
        *out = fact_among(values, count, place);
    }
    return true;
}

/* The answer that tells that it happened; NULL: it is only planned. */
static bool find_fact(const struct search *search, const struct stored_query *finding,
                      const struct study_check *check, struct stored_value **out,
                      struct error *err)
{
    struct fact_place place = fact_place(search, finding, check);
    *out = NULL;
    return fact_in(search, &search->forms, &place, out, err) &&
           fact_in(search, &search->other_forms, &place, out, err);
}

static bool is_known(const struct search *search, const struct stored_query *finding,
                     const struct stored_value *fact)
{
    bool stood_before = finding->id / QUERIES_MOST < search->save->next_seq;
    for (size_t i = 0; i < search->known_count; i++) {
        const struct stored_deviation *known = &search->known[i];
        if (known->form == finding->form && known->row == finding->row &&
            text_equal(known->check, finding->check) &&
            (stood_before || version_equal(known->fact, fact->version)))
            return true;
    }
    return false;
}

/* --- the deviation's form ------------------------------------------------------------------------ */

/* "Intraosseous insertion 2: Site, row 1 (I.IO.ATTSITE)" */
static void put_place(struct buffer *buffer, const struct search *search,
                      const struct stored_query *finding, bool is_chinese)
{
    const struct form *form = design_form(search->save->design, finding->key.form);
    const struct item *item = design_item(search->save->design, finding->item);
    struct label form_label = form == NULL ? (struct label){0} : form->label;
    struct label item_label = item == NULL ? (struct label){0} : item->label;
    buffer_text_add(buffer, is_chinese ? form_label.chinese : form_label.english);
    if (form != NULL && form->is_repeating)
        buffer_format(buffer, " %" PRId64, finding->key.form_repeat);
    buffer_text_add(buffer, is_chinese ? TEXT("：") : TEXT(": "));
    buffer_text_add(buffer, is_chinese ? item_label.chinese : item_label.english);
    if (finding->row != 0)
        buffer_format(buffer, is_chinese ? "，第%" PRId64 "行" : ", row %" PRId64,
                      finding->row);
    buffer_format(buffer, is_chinese ? "（%.*s）" : " (%.*s)", TEXT_ARG(finding->item));
}

static struct text description(const struct search *search,
                               const struct stored_query *finding,
                               const struct study_check *check)
{
    struct buffer buffer = buffer_in(search->arena, LIMIT_ITEM_TEXT);
    struct text out = {0};
    struct error ignored;
    buffer_format(&buffer, "%.*s: %.*s. Found by the program at ", TEXT_ARG(check->oid),
                  TEXT_ARG(check->message.english));
    put_place(&buffer, search, finding, false);
    buffer_format(&buffer, ". / %.*s：%.*s。系统发现于：", TEXT_ARG(check->oid),
                  TEXT_ARG(check->message.chinese));
    put_place(&buffer, search, finding, true);
    buffer_text_add(&buffer, TEXT("。"));
    /* Longer than an item may be, only the check is named. */
    return buffer_text(&buffer, &out, &ignored) ? out : check->oid;
}

/* The next number of the deviation form; 0: the study has no such form. */
static int64_t next_repeat(const struct search *search)
{
    const struct design *design = search->save->design;
    const struct study_event *event = design_event(design, EVENT_LOG);
    const struct form *form = design_form(design, FORM_DEVIATION);
    int64_t last = 0;
    if (event == NULL || form == NULL || !form->is_repeating ||
        !event_has_form(event, form))
        return 0;
    for (size_t i = 0; i < search->forms.count; i++) {
        const struct form_key *key = &search->forms.list[i].key;
        if (text_equal(key->form, form->oid) && key->form_repeat > last)
            last = key->form_repeat;
    }
    return last + 1;
}

static bool fill(struct form_save *form, const struct search *search,
                 const struct stored_query *finding, const struct study_check *check,
                 const struct stored_value *fact, struct error *err)
{
    const struct {
        struct text item, value;
    } values[] = {
        {ITEM_DEVIATION_KIND, check->deviation},
        {ITEM_DEVIATION_GRAVE, check->deviation_severity},
        {ITEM_DEVIATION_TIME, fact->answer.value},
        {ITEM_DEVIATION_TEXT, description(search, finding, check)},
        {ITEM_DEVIATION_AUTO, TEXT("Y")},
    };
    for (size_t i = 0; i < ARRAY_COUNT(values); i++)
        if (!form_save_system(form, values[i].item, values[i].value, err))
            return false;
    return true;
}

static bool open_deviation(struct search *search, const struct stored_query *finding,
                           const struct study_check *check,
                           const struct stored_value *fact, struct error *err)
{
    struct form_save *save = search->save;
    struct origin program = {.device = TEXT("osteon")};
    struct form_key key = {.participant = search->participant->id,
                           .event = EVENT_LOG,
                           .event_repeat = 1,
                           .form = FORM_DEVIATION,
                           .form_repeat = next_repeat(search)};
    struct deviation_opened opened = {.check = check->oid,
                                      .category = check->deviation,
                                      .form = finding->form,
                                      .item = finding->item,
                                      .row = finding->row,
                                      .fact = fact->version};
    struct form_save_target target = {.participant = search->participant,
                                      .design = save->design,
                                      .forms = &search->forms,
                                      .key = &key};
    struct form_save *form = ARENA_NEW(search->arena, struct form_save);
    if (key.form_repeat == 0)
        return true;
    if (!form_save_begin(form, save->act, save->txn, &target, err))
        return false;
    form->user = 0;
    return fill(form, search, finding, check, fact, err) &&
           form_save_finish(form, &program, &opened.opened, err) &&
           txn_append(save->txn, LOG_EVENT_DEVIATION_OPENED, &program,
                      search->participant->id, &opened, NULL, err) &&
           form_list(search->db, search->participant->id, search->arena, &search->forms,
                     err);
}

/* --- all of it ------------------------------------------------------------------------------------- */

static bool open_for(struct search *search, struct error *err)
{
    int64_t id = search->participant->id;
    if (!query_list_of(search->db, id, search->arena, &search->findings,
                       &search->finding_count, err) ||
        !form_list(search->db, id, search->arena, &search->forms, err) ||
        (search->other != 0 && !form_list(search->db, search->other, search->arena,
                                          &search->other_forms, err)) ||
        !deviation_list(search->db, id, search->arena, &search->known,
                        &search->known_count, err))
        return false;
    for (size_t i = 0; i < search->finding_count; i++) {
        const struct stored_query *finding = &search->findings[i];
        const struct study_check *check =
            check_of(search->save->design, finding->check);
        struct stored_value *fact = NULL;
        if (!opens_deviation(check))
            continue;
        if (!find_fact(search, finding, check, &fact, err))
            return false;
        if (fact != NULL && !is_known(search, finding, fact) &&
            !open_deviation(search, finding, check, fact, err))
            return false;
    }
    return true;
}

bool save_alarm_deviation(struct form_save *save, const struct world_form *form,
                          int64_t row, const struct study_check *check,
                          struct error *err)
{
    struct search search = {
        .save = save, .arena = save->arena, .db = txn_db(save->txn)};
    struct stored_query finding = {.key = form->state.key,
                                   .check = check->oid,
                                   .item = check->item->oid,
                                   .row = row};
    struct form_state *state = NULL;
    struct stored_value *fact = NULL;
    int64_t id = form->state.key.participant;
    if (!participant_plain(search.db, id, save->arena, &search.participant, err) ||
        !form_find(search.db, &finding.key, save->arena, &state, err) ||
        !form_list(search.db, id, save->arena, &search.forms, err) ||
        !deviation_list(search.db, id, save->arena, &search.known, &search.known_count,
                        err))
        return false;
    finding.form = state == NULL ? 0 : state->id;
    if (state == NULL || !find_fact(&search, &finding, check, &fact, err))
        return state == NULL;
    return fact == NULL || is_known(&search, &finding, fact) ||
           open_deviation(&search, &finding, check, fact, err);
}

/* The rules see an attached record together with its screening record (FR03): what
 * happened in one may stand in the other. */
bool save_deviations(struct form_save *save, struct error *err)
{
    struct participant *own = save->participant, *other = NULL;
    struct search search = {.save = save,
                            .arena = save->arena,
                            .db = txn_db(save->txn),
                            .participant = own,
                            .other = own->attached_to};
    if (search.other == 0 &&
        !participant_attached_to(search.db, own->id, &search.other, err))
        return false;
    int64_t joined = search.other;
    if (!open_for(&search, err))
        return false;
    if (joined == 0)
        return true;
    if (!participant_plain(search.db, joined, save->arena, &other, err))
        return false;
    search = (struct search){.save = save,
                             .arena = save->arena,
                             .db = search.db,
                             .participant = other,
                             .other = own->id};
    return open_for(&search, err);
}
