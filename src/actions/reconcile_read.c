/* What stands in messages that wait. */
#include "actions/reconcile.h"
#include "actions/study.h"
#include "base/limits.h"
#include "store/reads.h"

/* --- one message ---------------------------------------------------------------------------------- */

static size_t count_observations(const struct hl7_result *result)
{
    size_t count = 0;
    for (size_t i = 0; i < result->order_count; i++)
        count += result->orders[i].observation_count;
    return count;
}

static void list_observations(const struct design *design,
                              const struct laboratory_message *message,
                              const struct stored_results *received,
                              struct arena *arena, struct reconcile_message *out)
{
    out->observations = ARENA_ARRAY(arena, struct reconcile_observation,
                                    count_observations(&message->result));
    for (size_t i = 0; i < message->result.order_count; i++) {
        const struct hl7_order *order = &message->result.orders[i];
        for (size_t k = 0; k < order->observation_count; k++) {
            const struct hl7_observation *one = &order->observations[k];
            struct reconcile_observation *shown =
                &out->observations[out->observation_count++];
            *shown = (struct reconcile_observation){
                .order = order,
                .observation = one,
                .meaning = laboratory_meaning_of(design, &message->rules, one, arena)};
            for (size_t r = 0; r < received->count; r++)
                if (received->at[r].message == message->header->id &&
                    received->at[r].received.observation == (int64_t)one->number)
                    shown->filed_seq = received->at[r].seq;
        }
    }
}

static bool read_all(struct study *study, const struct caller *caller, struct db *db,
                     int64_t id, struct arena *arena, struct reconcile_message *out,
                     struct error *err)
{
    struct laboratory_message *message = ARENA_NEW(arena, struct laboratory_message);
    struct stored_results received = {0};
    const struct design *design = study_design(study);
    if (!laboratory_message_read(db, id, arena, message, err))
        return false;
    *out = (struct reconcile_message){
        .header = message->header, .fault = message->fault, .said = message->said};
    if (message->fault != FEED_REASON_NONE)
        return true;
    if (!laboratory_match(db, design, message, arena, &out->match, err))
        return false;
    /* At a site where the caller does not reconcile it is a match, and nothing more. */
    if (out->match.participant != 0) {
        if (!participant_by_id(db, out->match.participant, arena, &out->participant,
                               err) ||
            !received_results_read(db, out->match.participant, arena, &received, err))
            return false;
        if (out->participant != NULL &&
            !caller_may(caller, PERMISSION_RECONCILE_FEED, out->participant->site,
                        caller_is_assigned(caller, out->participant->id))) {
            out->participant = NULL;
            return true;
        }
    }
    list_observations(design, message, &received, arena, out);
    return true;
}

bool reconcile_read(struct study *study, const struct caller *caller, int64_t message,
                    struct arena *arena, struct reconcile_message *out,
                    struct error *err)
{
    if (!caller_must_somewhere(caller, PERMISSION_RECONCILE_FEED, err))
        return caller_refused(study, caller, 0, err);
    struct db *db = store_reader(study_store(study));
    bool is_read = read_all(study, caller, db, message, arena, out, err);
    store_reader_return(study_store(study), db);
    return is_read;
}

/* --- what nobody has said the meaning of ------------------------------------------------------------ */

struct gathering {
    struct db *db;
    const struct design *design;
    struct arena *arena;
    struct feed_map *map;
    size_t capacity;
};

static void add_unknown(struct gathering *gathering, const struct unknown_meaning *one)
{
    struct feed_map *map = gathering->map;
    for (size_t i = 0; i < map->unknown_count; i++) {
        struct unknown_meaning *known = &map->unknown[i];
        if (known->kind == one->kind && known->item == one->item &&
            text_equal(known->feed, one->feed) && text_equal(known->from, one->from)) {
            known->messages++;
            return;
        }
    }
    map->unknown = ARENA_GROW(gathering->arena, map->unknown, map->unknown_count,
                              &gathering->capacity);
    struct unknown_meaning *added = &map->unknown[map->unknown_count++];
    *added = *one;
    added->feed = text_copy(gathering->arena, one->feed);
    added->from = text_copy(gathering->arena, one->from);
    added->name = text_copy(gathering->arena, one->name);
    added->unit = text_copy(gathering->arena, one->unit);
    added->messages = 1;
}

static void gather_observation(struct gathering *gathering,
                               const struct laboratory_message *message,
                               const struct hl7_observation *one, struct arena *scratch)
{
    struct laboratory_meaning meaning =
        laboratory_meaning_of(gathering->design, &message->rules, one, scratch);
    struct unknown_meaning unknown = {.feed = message->header->feed,
                                      .kind = FEED_RULE_CODE,
                                      .from = meaning.code,
                                      .name = one->code.name,
                                      .unit = one->unit.code};
    if (meaning.is_not_collected || (meaning.item != NULL && meaning.has_factor))
        return;
    if (meaning.item != NULL) {
        if (!one->answer.is_number)
            return;
        unknown.kind = FEED_RULE_UNIT;
        unknown.item = meaning.item;
        unknown.from = one->unit.code.len == 0 ? TEXT("") : one->unit.code;
    }
    add_unknown(gathering, &unknown);
}

static bool gather_message(struct gathering *gathering, int64_t id,
                           struct arena *scratch, struct error *err)
{
    struct laboratory_message message;
    struct error why = {0};
    if (!laboratory_message_read(gathering->db, id, scratch, &message, &why)) {
        if (why.code != ERROR_NOT_FOUND)
            *err = why;
        return why.code == ERROR_NOT_FOUND;
    }
    if (message.fault == FEED_REASON_CHARACTER_SET) {
        struct unknown_meaning unknown = {
            .feed = message.header->feed, .kind = FEED_RULE_CHARSET, .from = TEXT("")};
        add_unknown(gathering, &unknown);
    }
    if (message.fault != FEED_REASON_NONE)
        return true;
    for (size_t i = 0; i < message.result.order_count; i++)
        for (size_t k = 0; k < message.result.orders[i].observation_count; k++)
            gather_observation(gathering, &message,
                               &message.result.orders[i].observations[k], scratch);
    return true;
}

/* Of the messages that came last: the same causes come again and again. */
static bool gather(struct gathering *gathering, struct error *err)
{
    enum { LOOKED_AT = 200 };
    struct feed_message_list list;
    struct arena *scratch = arena_new(LIMIT_HL7_ARENA);
    bool is_good = feed_messages_latest(gathering->db, FEED_QUARANTINED, INT64_MAX,
                                        LOOKED_AT, gathering->arena, &list, err);
    for (size_t i = 0; is_good && i < list.count; i++) {
        arena_reset(scratch);
        is_good = gather_message(gathering, list.at[i].id, scratch, err);
    }
    arena_free(scratch);
    return is_good;
}

bool feed_map_read(struct study *study, const struct caller *caller,
                   struct arena *arena, struct feed_map *out, struct error *err)
{
    *out = (struct feed_map){.design = study_design(study)};
    if (!caller_must_somewhere(caller, PERMISSION_VIEW_FEED_STATE, err))
        return caller_refused(study, caller, 0, err);
    struct db *db = store_reader(study_store(study));
    struct gathering gathering = {
        .db = db, .design = out->design, .arena = arena, .map = out};
    bool is_read =
        feed_rules_read(db, (struct text){0}, true, arena, &out->rules, err) &&
        gather(&gathering, err);
    store_reader_return(study_store(study), db);
    return is_read;
}
