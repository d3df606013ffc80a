/* Signatures: as JSON, and signing. */
#include "actions/form_review.h"

#include "base/hex.h"
#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_sign_in.h"
#include "web/api_write.h"

static void write_hash(struct json_writer *json, const char *key,
                       const struct hash *hash)
{
    char digits[HEX_SIZE(HASH_SIZE)];
    size_t len = hex_print(hash->bytes, HASH_SIZE, digits);
    json_member_text(json, key, (struct text){.at = digits, .len = len});
}

static void write_person(struct json_writer *json, struct text name,
                         struct text full_name)
{
    json_key(json, "by");
    json_object(json);
    json_member_text(json, "name", text_is_absent(name) ? TEXT("") : name);
    write_optional_text(json, "full_name", full_name);
    json_end(json);
}

static void write_signature(struct json_writer *json,
                            const struct signature_shown *shown)
{
    json_object(json);
    json_member_integer(json, "seq", shown->stored.seq);
    json_member_text(json, "name", shown->stored.meaning);
    design_json_label(json, "meaning", shown->meaning);
    json_member_text(json, "language", shown->stored.language);
    /* A reading has few answers: its hash would let somebody try them all. */
    if (shown->stored.row == 0)
        write_hash(json, "content", &shown->stored.content);
    else
        json_member_integer(json, "row", shown->stored.row);
    write_person(json, shown->by_name, shown->by_full_name);
    json_member_instant(json, "at", shown->stored.at);
    json_member_bool(json, "stands", shown->stands);
    json_key(json, "changed");
    json_array(json);
    for (size_t i = 0; i < shown->changed_count; i++) {
        json_object(json);
        json_member_text(json, "item", shown->changed[i].item);
        json_member_integer(json, "row", shown->changed[i].row);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

void write_signatures(struct json_writer *json, const char *key,
                      const struct signatures *signatures)
{
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < signatures->count; i++)
        write_signature(json, &signatures->at[i]);
    json_end(json);
}

static void write_offer(struct json_writer *json, const struct signature_offer *offer)
{
    if (!offer->may)
        return;
    json_key(json, "signing");
    json_object(json);
    json_member_text(json, "name", signature_meaning_name(offer->meaning));
    design_json_label(json, "meaning", signature_meaning_label(offer->meaning));
    json_member_text(json, "language", offer->is_chinese ? TEXT("zh") : TEXT("en"));
    write_hash(json, "content", &offer->content);
    json_member_bool(json, "needs_name", offer->needs_name);
    json_member_bool(json, "needs_totp", offer->needs_totp);
    json_member_bool(json, "signed", offer->is_signed_by_caller);
    json_key(json, "obstacles");
    json_array(json);
    for (int i = 0; i < SIGNATURE_OBSTACLES; i++) {
        if (!offer->stands[i])
            continue;
        json_object(json);
        design_json_label(json, "label",
                          signature_obstacle_label((enum signature_obstacle)i));
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

void write_review(struct json_writer *json, const struct form_review *review)
{
    write_signatures(json, "signatures", &review->signatures);
    write_offer(json, &review->offer);
    write_locks(json, &review->locks);
}

/* -- signing ------------------------------------------------------------------------ */

static bool is_signed(struct request *request, struct response *response,
                      struct error *err)
{
    const struct signature_make *verb = request->work;
    if (!request_outcome(request, err)) {
        response_retry_after(request, response, verb->retry_after);
        return false;
    }
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_integer(&json, "seq", verb->seq);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

static bool hashed(struct request *request, struct response *response,
                   struct error *err)
{
    (void)response;
    struct signature_make *verb = request->work;
    return request_outcome(request, err) && request_act(request, &verb->act, is_signed);
}

static void hash_work(void *work)
{
    signature_hash(work);
}

static bool sign(struct request *request, struct response *response, bool is_reading,
                 struct error *err)
{
    struct signature_make *verb = ARENA_NEW(request->arena, struct signature_make);
    verb->act = request_act_of(request, signature_finish);
    struct json_fields in;
    if (!request_place_id(request, 0, &verb->key.participant, err) ||
        !request_json(request, &in, err))
        return false;
    verb->is_casebook = !is_reading && json_field_optional_bool(&in, "casebook", false);
    if (!verb->is_casebook)
        fields_form_key(&in, &verb->key);
    verb->meaning = is_reading          ? TEXT("READ_MADE")
                    : verb->is_casebook ? TEXT("CASEBOOK_REVIEWED")
                                        : TEXT("FORM_REVIEWED");
    verb->language = json_field_text(&in, "language", 16);
    verb->content = json_field_text(&in, "content", 2 * HASH_SIZE);
    verb->name = json_field_optional_text(&in, "name", LIMIT_NAME);
    verb->password = json_field_text(&in, "password", LIMIT_PASSWORD);
    verb->totp = json_field_optional_text(&in, "totp", 16);
    if (!json_fields_done(&in))
        return false;
    if (!signature_begin(verb, err)) {
        response_retry_after(request, response, verb->retry_after);
        return false;
    }
    return request_hash(request, hash_work, verb, hashed);
}

bool handle_sign(struct request *request, struct response *response, struct error *err)
{
    return sign(request, response, false, err);
}

bool handle_sign_reading(struct request *request, struct response *response,
                         struct error *err)
{
    return sign(request, response, true, err);
}
