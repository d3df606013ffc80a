#include "formats/hl7_header.h"

#include "base/utf8.h"

enum { NAME = 3 };

/* --- segments ------------------------------------------------------------------------- */

static bool is_end(char c)
{
    return c == '\r' || c == '\n';
}

bool hl7_segment_next(struct text *rest, struct text *segment)
{
    size_t from = 0;
    while (from < rest->len && is_end(rest->at[from]))
        from++;
    size_t to = from;
    while (to < rest->len && !is_end(rest->at[to]))
        to++;
    *segment = text_part(*rest, from, to - from);
    *rest = text_part(*rest, to, rest->len);
    return segment->len > 0;
}

/* "OBX", "ZA1" */
static bool is_named(struct text segment, char field)
{
    if (segment.len < NAME || segment.at[0] < 'A' || segment.at[0] > 'Z')
        return false;
    for (size_t i = 1; i < NAME; i++) {
        char c = segment.at[i];
        if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9'))
            return false;
    }
    return segment.len == NAME || segment.at[NAME] == field;
}

/* --- the header ----------------------------------------------------------------------- */

static bool refuse(size_t at, struct error *err, const char *what, const char *hint)
{
    error_set(err, ERROR_REFUSED, "%s", what);
    error_hint(err, "%s", hint);
    return error_where(err, at, "MSH");
}

/* ASCII punctuation, so that no letter or digit of a value separates. */
static bool is_sign(char c)
{
    return c > ' ' && c <= '~' && !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') &&
           !(c >= 'a' && c <= 'z');
}

/* Each another. */
static bool are_separators(char field, struct text encoding)
{
    if (!is_sign(field) || encoding.len < 3 || encoding.len > 5)
        return false;
    for (size_t i = 0; i < encoding.len; i++)
        if (!is_sign(encoding.at[i]) || encoding.at[i] == field ||
            text_find(encoding, encoding.at[i]) != i)
            return false;
    return true;
}

static bool is_plain(struct text field)
{
    size_t at = 0;
    return field.len <= HL7_CONTROL_MOST && utf8_is_printable(field, &at);
}

static bool check_fields(const struct hl7_header *header, struct error *err)
{
    const struct text fields[] = {header->sending_application,
                                  header->sending_facility,
                                  header->receiving_application,
                                  header->receiving_facility,
                                  header->time,
                                  header->type,
                                  header->control,
                                  header->processing,
                                  header->version,
                                  header->character_set};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (fields[i].len > 0 && !is_plain(fields[i]))
            return refuse(0, err, "a field of MSH is too long, or not printable UTF-8",
                          "MSH-3 to MSH-12 and MSH-18: at most 200 bytes each");
    return header->control.len > 0 ||
           refuse(0, err, "MSH-10, the control id, is empty",
                  "give each message a control id of its own");
}

/* The fields of MSH by number; MSH-1 is the separator itself, so that the text behind it
 * begins with MSH-2. */
static void take_fields(struct text rest, struct hl7_header *out)
{
    enum { LAST = 18 };
    struct text fields[LAST + 1] = {{0}};
    for (int n = 2; n <= LAST; n++) {
        fields[n] = text_cut(&rest, out->field);
        if (text_is_absent(fields[n]))
            fields[n] = TEXT("");
    }
    out->encoding = fields[2];
    out->sending_application = fields[3];
    out->sending_facility = fields[4];
    out->receiving_application = fields[5];
    out->receiving_facility = fields[6];
    out->time = fields[7];
    out->type = fields[9];
    out->control = fields[10];
    out->processing = fields[11];
    out->version = fields[12];
    out->character_set = fields[18];
}

bool hl7_header_read(struct text message, struct hl7_header *out, struct error *err)
{
    struct text rest = message;
    struct text segment;
    *out = (struct hl7_header){0};
    if (!hl7_segment_next(&rest, &segment) || !text_starts_with(segment, TEXT("MSH")) ||
        segment.len <= NAME)
        return refuse(0, err, "it does not begin with the segment MSH",
                      "an HL7 v2 message begins with MSH|^~\\&|");
    out->field = segment.at[NAME];
    struct text fields = text_part(segment, NAME + 1, segment.len);
    take_fields(fields, out);
    if (!are_separators(out->field, out->encoding))
        return refuse(NAME, err, "the separators of MSH cannot be told apart",
                      "MSH-1 and MSH-2 are usually | and ^~\\&");
    out->component = out->encoding.at[0];
    out->character_set = text_cut(&out->character_set, out->encoding.at[1]);
    return check_fields(out, err);
}

struct text hl7_component(const struct hl7_header *header, struct text field, int n)
{
    struct text part = text_cut(&field, header->component);
    for (int i = 0; i < n; i++)
        part = text_cut(&field, header->component);
    return part;
}

/* --- the shape of a result message ------------------------------------------------------ */

static bool refuse_segment(int number, struct text segment, struct error *err,
                           const char *what)
{
    struct text name = text_part(segment, 0, NAME);
    size_t at = 0;
    if (!utf8_is_printable(name, &at))
        name = TEXT("?");
    return error_set(err, ERROR_REFUSED, "segment %d (%.*s): %s", number,
                     TEXT_ARG(name), what);
}

bool hl7_results_check(const struct hl7_header *header, struct text message,
                       struct error *err)
{
    struct text rest = message;
    struct text segment;
    bool has_patient = false, has_order = false, has_result = false;
    for (int number = 1; hl7_segment_next(&rest, &segment); number++) {
        struct text name = text_part(segment, 0, NAME);
        if (!is_named(segment, header->field))
            return refuse_segment(number, segment, err,
                                  "it does not begin with a name and a separator");
        if (number > 1 && text_equal(name, TEXT("MSH")))
            return refuse_segment(number, segment, err,
                                  "a second message begins inside the first");
        bool is_result = text_equal(name, TEXT("OBX"));
        has_patient = has_patient || text_equal(name, TEXT("PID"));
        has_order = has_order || text_equal(name, TEXT("OBR"));
        has_result = has_result || is_result;
        if (is_result && !has_order)
            return refuse_segment(number, segment, err, "no OBR stands before it");
    }
    if (!has_patient)
        return error_set(err, ERROR_REFUSED, "it has no segment PID");
    return has_result || error_set(err, ERROR_REFUSED, "it has no segment OBX");
}
