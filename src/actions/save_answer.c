/* The results of a batch as text, kept for the retry with the same id, one letter a
 * mutation in the common case:
 *
 *     o                       stored, with this event's number and its own place
 *     c                       the same, in conflict
 *     u1234:3;                was current already, as that version
 *     rN17,LEN:text LEN:hint LEN:where     rejected: N, R, M or T by the kind of error,
 *                             the position in the value, and the sentences
 */
#include "actions/save_values_parts.h"
#include "base/buffer.h"
#include "base/limits.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct {
    char letter;
    enum error_code code;
} codes[] = {
    {'R', ERROR_REFUSED},
    {'N', ERROR_NOT_ALLOWED},
    {'M', ERROR_MALFORMED},
    {'T', ERROR_TOO_LARGE},
};

static char code_letter(enum error_code code)
{
    for (size_t i = 0; i < ARRAY_COUNT(codes); i++)
        if (codes[i].code == code)
            return codes[i].letter;
    return codes[0].letter;
}

/* --- writing ---------------------------------------------------------------------------- */

static void put_sentence(struct buffer *buffer, const char *sentence)
{
    struct text text = text_of(sentence);
    buffer_format(buffer, "%zu:", text.len);
    buffer_text_add(buffer, text);
}

static void put_outcome(struct buffer *buffer, const struct mutation_result *result,
                        int64_t seq)
{
    char version[VERSION_TEXT];
    switch (result->status) {
    case MUTATION_OK:
        if (result->version.seq == seq) {
            buffer_byte(buffer, 'o');
            return;
        }
        version_print(result->version, version);
        buffer_format(buffer, "u%s;", version);
        return;
    case MUTATION_CONFLICT: buffer_byte(buffer, 'c'); return;
    case MUTATION_REJECTED:
        buffer_format(buffer, "r%c%zu,", code_letter(result->why->code),
                      result->why->at);
        put_sentence(buffer, result->why->text);
        put_sentence(buffer, result->why->hint);
        put_sentence(buffer, result->why->where);
        return;
    }
}

struct text outcomes_encode(const struct save_values *verb, int64_t seq,
                            struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_PAYLOAD);
    struct text out = TEXT("");
    struct error err;
    for (size_t i = 0; i < verb->mutation_count; i++)
        put_outcome(&buffer, &verb->outcomes[i], seq);
    bool is_whole = buffer_text(&buffer, &out, &err);
    ASSERT(is_whole); /* LIMIT_BATCH sentences are far below LIMIT_PAYLOAD */
    return out;
}

/* --- reading ---------------------------------------------------------------------------- */

static bool get_number(struct text *rest, char end, size_t *out)
{
    int64_t number = 0;
    size_t at = text_find(*rest, end);
    if (at == rest->len || !text_to_int64(text_part(*rest, 0, at), &number) ||
        number < 0)
        return false;
    *out = (size_t)number;
    *rest = text_part(*rest, at + 1, rest->len);
    return true;
}

static bool get_sentence(struct text *rest, char *out, size_t size)
{
    size_t len = 0;
    if (!get_number(rest, ':', &len) || len > rest->len)
        return false;
    snprintf(out, size, "%.*s", (int)len, rest->at);
    *rest = text_part(*rest, len, rest->len);
    return true;
}

static bool get_rejection(struct text *rest, struct arena *arena,
                          struct mutation_result *result)
{
    struct error *why = ARENA_NEW(arena, struct error);
    if (rest->len == 0)
        return false;
    why->code = ERROR_REFUSED;
    for (size_t i = 0; i < ARRAY_COUNT(codes); i++)
        if (codes[i].letter == rest->at[0])
            why->code = codes[i].code;
    *rest = text_part(*rest, 1, rest->len);
    result->status = MUTATION_REJECTED;
    result->why = why;
    return get_number(rest, ',', &why->at) &&
           get_sentence(rest, why->text, sizeof why->text) &&
           get_sentence(rest, why->hint, sizeof why->hint) &&
           get_sentence(rest, why->where, sizeof why->where);
}

static bool get_unchanged(struct text *rest, struct mutation_result *result)
{
    struct text version = text_cut(rest, ';');
    result->status = MUTATION_OK;
    return !text_is_absent(*rest) && version_parse(version, &result->version);
}

static bool get_outcome(struct text *rest, struct arena *arena, struct version own,
                        struct mutation_result *result)
{
    if (rest->len == 0)
        return false;
    char letter = rest->at[0];
    *rest = text_part(*rest, 1, rest->len);
    *result = (struct mutation_result){.version = own};
    switch (letter) {
    case 'o': return true;
    case 'c': result->status = MUTATION_CONFLICT; return true;
    case 'u': return get_unchanged(rest, result);
    case 'r': return get_rejection(rest, arena, result);
    default: return false;
    }
}

bool outcomes_decode(struct save_values *verb, struct text text, int64_t seq,
                     struct error *err)
{
    struct text rest = text;
    struct arena *arena = verb->act.arena;
    verb->outcomes = ARENA_ARRAY(arena, struct mutation_result, verb->mutation_count);
    for (size_t i = 0; i < verb->mutation_count; i++) {
        struct version own = {.seq = seq, .place = (int32_t)i};
        if (!get_outcome(&rest, arena, own, &verb->outcomes[i]))
            return error_set(err, ERROR_DAMAGED, "the kept answer cannot be read");
    }
    return true;
}

/* --- what stands beside ---------------------------------------------------------------- */

static const struct head *other_head(const struct form_heads *heads, struct text item,
                                     int64_t row, struct version own)
{
    size_t count = 0;
    const struct head *current = heads_current(heads, item, row);
    if (current != NULL && !version_equal(current->version, own))
        return current;
    const struct head *beside = heads_beside(heads, item, row, &count);
    return count > 0 ? &beside[0] : NULL;
}

/* A copy for the caller; what is in the vault stays there. */
static const struct head *head_copy(const struct head *head, struct arena *arena)
{
    struct head *copy = ARENA_NEW(arena, struct head);
    *copy = *head;
    copy->answer.value = (struct text){0};
    copy->answer.missing_text = (struct text){0};
    if (!text_is_absent(head->answer.value) && !head->answer.is_in_vault)
        copy->answer.value = text_copy(arena, head->answer.value);
    if (!text_is_absent(head->answer.missing_text))
        copy->answer.missing_text = text_copy(arena, head->answer.missing_text);
    return copy;
}

void outcomes_complete(struct save_values *verb, const struct form_heads *heads)
{
    for (size_t i = 0; i < verb->mutation_count; i++) {
        struct mutation_result *result = &verb->outcomes[i];
        if (result->status != MUTATION_CONFLICT)
            continue;
        const struct mutation *mutation = &verb->mutations[i];
        const struct head *other =
            other_head(heads, mutation->item, mutation->row, result->version);
        if (other != NULL)
            result->theirs = head_copy(other, verb->act.arena);
    }
}
