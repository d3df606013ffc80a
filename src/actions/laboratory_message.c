#include "actions/laboratory_message.h"

#include "base/datetime.h"
#include "formats/hl7_charset.h"
#include "formats/hl7_time.h"
#include "model/laboratory_map.h"

static void fault(struct laboratory_message *message, enum feed_reason reason,
                  const struct error *why, struct arena *arena)
{
    message->fault = reason;
    message->said = text_format(arena, "%s%s%s", why->where,
                                why->where[0] == '\0' ? "" : ": ", why->text);
}

/* What a person has stated for the sender goes before what a message says: a sender that
 * names the wrong set names it in every message. */
static struct text charset_of(const struct laboratory_message *message,
                              struct text bytes)
{
    const struct stored_feed_rule *rule =
        feed_rule_among(&message->rules, FEED_RULE_CHARSET, (struct text){0}, TEXT(""));
    return rule == NULL ? hl7_charset_said(bytes) : rule->rule.to;
}

static void read_document(struct laboratory_message *message, struct text bytes,
                          struct arena *arena)
{
    struct error why = {0};
    enum hl7_charset charset;
    struct text name = charset_of(message, bytes);
    if (!hl7_charset_parse(name, &charset)) {
        error_set(&why, ERROR_REFUSED, "this character set is not read");
        error_where(&why, 0, "MSH-18");
        fault(message, FEED_REASON_CHARACTER_SET, &why, arena);
    } else if (!hl7_to_utf8(bytes, charset, arena, &message->document, &why)) {
        message->document = (struct text){0};
        fault(message, FEED_REASON_CHARACTER_SET, &why, arena);
    }
}

static void read_result(struct laboratory_message *message, struct arena *arena)
{
    struct error why = {0};
    struct hl7_message parts;
    struct moment sent;
    if (!hl7_read(message->document, arena, &parts, &why) ||
        !hl7_result_read(&parts, arena, &message->result, &why)) {
        fault(message, FEED_REASON_STRUCTURE, &why, arena);
        return;
    }
    if (hl7_time_parse(message->result.time, &sent) && sent.has_offset)
        message->reported = moment_instant(&sent, 0);
}

bool laboratory_message_read(struct db *db, int64_t id, struct arena *arena,
                             struct laboratory_message *out, struct error *err)
{
    struct text bytes;
    *out = (struct laboratory_message){0};
    if (!feed_message_find(db, id, arena, &out->header, err))
        return false;
    if (out->header == NULL)
        return error_set(err, ERROR_NOT_FOUND, "there is no such message");
    if (!feed_raw_read(db, out->header, arena, &bytes, err) ||
        !feed_rules_read(db, out->header->feed, false, arena, &out->rules, err))
        return false;
    if (text_is_absent(bytes))
        return error_set(err, ERROR_NOT_FOUND,
                         "the bytes of this message are not kept any more");
    out->reported = out->header->received;
    read_document(out, bytes, arena);
    if (out->fault == FEED_REASON_NONE)
        read_result(out, arena);
    return true;
}

/* --- codes and units ------------------------------------------------------------------------ */

#define SYSTEM_LOINC TEXT("LN")

static struct text code_text(const struct hl7_coded *code, struct arena *arena)
{
    return text_format(arena, "%.*s%s%.*s", TEXT_ARG(code->code),
                       code->system.len > 0 ? " " : "", TEXT_ARG(code->system));
}

/* A rule of a person goes first: a sender can use a LOINC code for something else. */
static void find_item(const struct design *design, const struct feed_rules *rules,
                      const struct hl7_observation *observation,
                      struct laboratory_meaning *meaning)
{
    const struct stored_feed_rule *rule =
        feed_rule_among(rules, FEED_RULE_CODE, (struct text){0}, meaning->code);
    if (rule != NULL) {
        meaning->is_not_collected = rule->rule.to.len == 0;
        meaning->item = design_item(design, rule->rule.to);
    } else if (text_equal(observation->code.system, SYSTEM_LOINC)) {
        meaning->item = laboratory_item(design, observation->code.code);
    } else if (text_equal(observation->alternate.system, SYSTEM_LOINC)) {
        meaning->item = laboratory_item(design, observation->alternate.code);
    }
    if (meaning->item != NULL && meaning->item->accepted_count == 0)
        meaning->item = NULL;
}

struct laboratory_meaning laboratory_meaning_of(
    const struct design *design, const struct feed_rules *rules,
    const struct hl7_observation *observation, struct arena *arena)
{
    const struct hl7_coded *code =
        observation->code.code.len > 0 ? &observation->code : &observation->alternate;
    struct laboratory_meaning meaning = {.code = code_text(code, arena),
                                         .unit = observation->unit.code};
    find_item(design, rules, observation, &meaning);
    if (meaning.item == NULL)
        return meaning;
    struct text unit = meaning.unit.len == 0 ? TEXT("") : meaning.unit;
    const struct stored_feed_rule *rule =
        feed_rule_among(rules, FEED_RULE_UNIT, meaning.item->oid, unit);
    meaning.has_factor =
        rule != NULL
            ? laboratory_unit_fits(meaning.item, rule->rule.to, &meaning.factor)
            : laboratory_factor(meaning.item, unit, &meaning.factor);
    return meaning;
}

/* --- specimens ---------------------------------------------------------------------------------- */

bool laboratory_collected(const struct hl7_order *order, int32_t offset_minutes,
                          int64_t *out)
{
    struct moment moment;
    struct text time = order->collected;
    if (time.len == 0 && order->observation_count > 0)
        time = order->observations[0].time;
    if (!hl7_time_parse(time, &moment) || moment.precision < MOMENT_MINUTE)
        return false;
    *out = moment_instant(&moment, offset_minutes);
    return true;
}

static bool is_word_byte(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
           (byte >= '0' && byte <= '9');
}

static bool same_letters(struct text a, struct text b)
{
    for (size_t i = 0; i < b.len; i++) {
        char byte = a.at[i];
        if (byte >= 'A' && byte <= 'Z')
            byte = (char)(byte - 'A' + 'a');
        if (byte != b.at[i])
            return false;
    }
    return true;
}

/* A word of its own in Latin letters, whatever their case; anywhere in Chinese. */
static bool says(struct text words, struct text word)
{
    bool is_latin = (unsigned char)word.at[0] < 0x80;
    for (size_t at = 0; at + word.len <= words.len; at++) {
        if (!same_letters(text_part(words, at, words.len), word))
            continue;
        size_t end = at + word.len;
        if (!is_latin || ((at == 0 || !is_word_byte(words.at[at - 1])) &&
                          (end == words.len || !is_word_byte(words.at[end]))))
            return true;
    }
    return false;
}

/* HL7 tables 0487 and 0070, and words as laboratories write them; the needle first: a
 * specimen that may be marrow is never taken for blood of a vein. */
static const struct {
    struct text word, site;
    bool in_note; /* also where somebody has remarked on it */
} draw_sites[] = {
    {TEXT_INIT("io"), TEXT_INIT("IO"), false},
    {TEXT_INIT("intraosseous"), TEXT_INIT("IO"), true},
    {TEXT_INIT("bone marrow"), TEXT_INIT("IO"), true},
    {TEXT_INIT("bma"), TEXT_INIT("IO"), false},
    {TEXT_INIT("mar"), TEXT_INIT("IO"), false},
    {TEXT_INIT("bmar"), TEXT_INIT("IO"), false},
    {TEXT_INIT("骨髓"), TEXT_INIT("IO"), true},
    {TEXT_INIT("blda"), TEXT_INIT("ART"), false},
    {TEXT_INIT("arterial"), TEXT_INIT("ART"), false},
    {TEXT_INIT("动脉"), TEXT_INIT("ART"), false},
    {TEXT_INIT("cvc"), TEXT_INIT("CVC"), false},
    {TEXT_INIT("central venous"), TEXT_INIT("CVC"), false},
    {TEXT_INIT("中心静脉"), TEXT_INIT("CVC"), false},
    {TEXT_INIT("bldc"), TEXT_INIT("CAP"), false},
    {TEXT_INIT("capillary"), TEXT_INIT("CAP"), false},
    {TEXT_INIT("毛细血管"), TEXT_INIT("CAP"), false},
    {TEXT_INIT("bldv"), TEXT_INIT("VEN"), false},
    {TEXT_INIT("venous"), TEXT_INIT("VEN"), false},
    {TEXT_INIT("静脉"), TEXT_INIT("VEN"), false},
};

struct text laboratory_draw_site(const struct hl7_order *order)
{
    for (size_t i = 0; i < ARRAY_COUNT(draw_sites); i++) {
        struct text word = draw_sites[i].word;
        if (says(order->specimen_text, word) ||
            (draw_sites[i].in_note && says(order->note, word)))
            return draw_sites[i].site;
    }
    return (struct text){0};
}
