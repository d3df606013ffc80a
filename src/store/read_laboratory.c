#include "store/data_key.h"
#include "store/laboratory.h"
#include "store/names.h"
#include "store/reads.h"

/* The study's own key seals payloads; the one that digests numbers is made from it, so that
 * neither tells anything about the other. */
bool patient_digest(struct db *db, struct text number, struct text authority,
                    struct hash *out, struct error *err)
{
    const struct data_key *study = NULL;
    if (!data_key_for(db, 0, &study, err))
        return false;
    struct text secret = {(const char *)study->key.bytes, sizeof study->key.bytes};
    struct hash key = message_code(secret, TEXT("osteon: numbers of patients"));
    secret = (struct text){(const char *)key.bytes, HASH_SIZE};
    struct hash of_authority = message_code(secret, authority);
    struct hash of_number = message_code(secret, number);
    uint8_t both[2 * HASH_SIZE];
    memcpy(both, of_authority.bytes, HASH_SIZE);
    memcpy(both + HASH_SIZE, of_number.bytes, HASH_SIZE);
    *out = message_code(secret, (struct text){(const char *)both, sizeof both});
    wipe(&key, sizeof key);
    return true;
}

bool patient_link_find(struct db *db, struct text number, struct text authority,
                       int64_t *participant, int64_t *seq, struct error *err)
{
    struct hash digest;
    *participant = *seq = 0;
    if (!patient_digest(db, number, authority, &digest, err))
        return false;
    struct rows rows = db_query(db, STATEMENT_PATIENT_LINK_FIND,
                                BINDS(bind_bytes(digest.bytes, HASH_SIZE)));
    if (rows_next(&rows)) {
        *participant = rows_number(&rows, 0);
        *seq = rows_number(&rows, 1);
    }
    return rows_end(&rows, err);
}

/* --- what feeds mean ------------------------------------------------------------------------ */

bool feed_rules_read(struct db *db, struct text feed, bool with_ended,
                     struct arena *arena, struct feed_rules *out, struct error *err)
{
    size_t capacity = 0;
    struct rows rows = db_query(db, STATEMENT_FEED_RULE_ALL, NO_BINDS);
    *out = (struct feed_rules){0};
    while (rows_next(&rows)) {
        int64_t ended = rows_number(&rows, 9);
        if ((!text_is_absent(feed) && !text_equal(rows_text(&rows, 1), feed)) ||
            (ended != 0 && !with_ended))
            continue;
        out->at = ARENA_GROW(arena, out->at, out->count, &capacity);
        out->at[out->count++] = (struct stored_feed_rule){
            .seq = rows_number(&rows, 0),
            .rule = {.feed = rows_copy(&rows, 1, arena),
                     .kind = (enum feed_rule_kind)rows_number(&rows, 2),
                     .item = rows_copy(&rows, 3, arena),
                     .from = rows_copy(&rows, 4, arena),
                     .to = rows_copy(&rows, 5, arena),
                     .reason = rows_copy(&rows, 6, arena)},
            .user = rows_number(&rows, 7),
            .set_at = rows_number(&rows, 8),
            .ended = ended};
    }
    return rows_end(&rows, err);
}

const struct stored_feed_rule *feed_rule_among(const struct feed_rules *rules,
                                               enum feed_rule_kind kind,
                                               struct text item, struct text from)
{
    for (size_t i = rules->count; i-- > 0;) { /* a later one takes the place */
        const struct stored_feed_rule *rule = &rules->at[i];
        if (rule->ended == 0 && rule->rule.kind == kind &&
            text_equal(rule->rule.item, item) && text_equal(rule->rule.from, from))
            return rule;
    }
    return NULL;
}

/* --- what came with results ------------------------------------------------------------------- */

static bool name_at(struct db *db, const struct rows *rows, int column,
                    struct arena *arena, struct text *out, struct error *err)
{
    struct text oid;
    if (!names_text(db, rows_number(rows, column), &oid, err))
        return false;
    *out = text_copy(arena, oid);
    return true;
}

static bool result_at(struct db *db, const struct rows *rows, struct arena *arena,
                      struct stored_result *out, struct error *err)
{
    *out = (struct stored_result){.key = {.participant = rows_number(rows, 0),
                                          .event_repeat = rows_number(rows, 2),
                                          .form_repeat = rows_number(rows, 4)},
                                  .message = rows_number(rows, 6),
                                  .seq = rows_number(rows, 8),
                                  .received = {.observation = rows_number(rows, 7),
                                               .code = rows_copy(rows, 9, arena),
                                               .value = rows_copy(rows, 10, arena),
                                               .unit = rows_copy(rows, 11, arena),
                                               .factor = rows_copy(rows, 12, arena),
                                               .range = rows_copy(rows, 13, arena),
                                               .low = rows_copy(rows, 14, arena),
                                               .high = rows_copy(rows, 15, arena),
                                               .flags = rows_copy(rows, 16, arena),
                                               .status = rows_copy(rows, 17, arena),
                                               .specimen = rows_copy(rows, 18, arena),
                                               .draw_site = rows_copy(rows, 19, arena),
                                               .collected = rows_number(rows, 20),
                                               .reported = rows_number(rows, 21)}};
    return name_at(db, rows, 1, arena, &out->key.event, err) &&
           name_at(db, rows, 3, arena, &out->key.form, err) &&
           name_at(db, rows, 5, arena, &out->received.item, err);
}

bool received_results_read(struct db *db, int64_t participant, struct arena *arena,
                           struct stored_results *out, struct error *err)
{
    size_t capacity = 0;
    bool is_good = true;
    struct rows rows =
        db_query(db, STATEMENT_RECEIVED_OF, BINDS(bind_number(participant)));
    *out = (struct stored_results){0};
    while (is_good && rows_next(&rows)) {
        out->at = ARENA_GROW(arena, out->at, out->count, &capacity);
        is_good = result_at(db, &rows, arena, &out->at[out->count++], err);
    }
    return rows_end_after(&rows, is_good, err);
}

const struct stored_result *received_result_among(const struct stored_results *results,
                                                  const struct form_key *key,
                                                  struct text item)
{
    for (size_t i = 0; i < results->count; i++)
        if (text_equal(results->at[i].received.item, item) &&
            form_key_equal(&results->at[i].key, key))
            return &results->at[i];
    return NULL;
}
