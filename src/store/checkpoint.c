#include "store/checkpoint.h"

#include "base/datetime.h"
#include "base/hex.h"
#include "store/store_inside.h"

static const char first_line[] = "osteon checkpoint 1";

static void put_hex(struct buffer *out, const char *name, const void *bytes, size_t len)
{
    char hex[HEX_SIZE(SIGNATURE_SIZE)];
    size_t digits = hex_print(bytes, len, hex);
    buffer_format(out, "%s %.*s\n", name, (int)digits, hex);
}

bool checkpoint_sign(struct txn *txn, const struct origin *origin, struct arena *arena,
                     struct text *document, struct error *err)
{
    const struct store *store = txn->store;
    struct folder_event signed_head = {.at_seq = txn->head.seq, .head = txn->head.hash};
    char time[MOMENT_TEXT_SIZE];
    size_t time_len = instant_print(txn->now, time);
    uint8_t public_key[SIGNING_PUBLIC_SIZE];
    signing_public(store->secret.signing_seed, public_key);
    struct buffer out = buffer_in(arena, 4096);
    buffer_format(&out, "%s\nstudy %.*s\n", first_line, TEXT_ARG(store->study_oid));
    put_hex(&out, "folder", store->folder.id, FOLDER_ID_SIZE);
    buffer_format(&out, "seq %lld\n", (long long)signed_head.at_seq);
    put_hex(&out, "head", signed_head.head.bytes, HASH_SIZE);
    buffer_format(&out, "time %.*s\n", (int)time_len, time);
    put_hex(&out, "public-key", public_key, sizeof public_key);
    struct text message;
    if (!buffer_text(&out, &message, err))
        return false;
    uint8_t signature[SIGNATURE_SIZE];
    signing_sign(store->secret.signing_seed, message, signature);
    put_hex(&out, "signature", signature, sizeof signature);
    return buffer_text(&out, document, err) &&
           txn_append(txn, LOG_EVENT_CHECKPOINT_SIGNED, origin, 0, &signed_head, NULL,
                      err);
}

/* The rest of the next line behind `name`; absent when it says something else. */
static struct text line_of(struct text *rest, const char *name)
{
    struct text line = text_cut(rest, '\n');
    struct text found = text_cut(&line, ' ');
    return text_equal(found, text_of(name)) ? line : (struct text){0};
}

bool checkpoint_read(struct text document, struct checkpoint *out, struct error *err)
{
    struct text rest = document;
    uint8_t signature[SIGNATURE_SIZE];
    struct text head = text_cut(&rest, '\n');
    out->study = line_of(&rest, "study");
    bool is_read =
        text_equal(head, text_of(first_line)) && out->study.len > 0 &&
        hex_parse(line_of(&rest, "folder"), out->folder_id, FOLDER_ID_SIZE) &&
        text_to_int64(line_of(&rest, "seq"), &out->seq) && out->seq > 0 &&
        hex_parse(line_of(&rest, "head"), out->head.bytes, HASH_SIZE);
    out->time = line_of(&rest, "time");
    is_read =
        is_read && out->time.len > 0 &&
        hex_parse(line_of(&rest, "public-key"), out->public_key, SIGNING_PUBLIC_SIZE);
    size_t signed_len = document.len - rest.len;
    is_read =
        is_read && hex_parse(line_of(&rest, "signature"), signature, SIGNATURE_SIZE);
    if (!is_read)
        return error_set(err, ERROR_REFUSED,
                         "this is not a checkpoint of this program");
    return signing_verify(out->public_key, text_part(document, 0, signed_len),
                          signature) ||
           error_set(err, ERROR_REFUSED,
                     "the checkpoint was changed: its signature does not fit");
}
