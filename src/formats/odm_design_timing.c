/* When events are due: RelativeTimingConstraint. */
#include "formats/odm_design_elements.h"

enum { SECONDS_A_DAY = 86400, SECONDS_AN_HOUR = 3600, SECONDS_A_MINUTE = 60 };

/* The next "12H" of a duration: its seconds. A unit that has no fixed length is refused. */
static bool next_part(struct text *rest, bool *is_time, int64_t *seconds)
{
    size_t digits = 0;
    while (digits < rest->len && rest->at[digits] >= '0' && rest->at[digits] <= '9')
        digits++;
    int64_t number = 0;
    if (digits == 0 || digits > 9 || digits == rest->len ||
        !text_to_int64(text_part(*rest, 0, digits), &number))
        return false;
    char unit = rest->at[digits];
    int64_t factor = 0;
    if (unit == 'D' && !*is_time)
        factor = SECONDS_A_DAY;
    else if (unit == 'H' && *is_time)
        factor = SECONDS_AN_HOUR;
    else if (unit == 'M' && *is_time)
        factor = SECONDS_A_MINUTE;
    else if (unit == 'S' && *is_time)
        factor = 1;
    *seconds += number * factor;
    *rest = text_part(*rest, digits + 1, rest->len - digits - 1);
    return factor > 0;
}

/* "-PT15M", "P7D" (ISO 8601), in days, hours, minutes and seconds. */
static bool duration_parse(struct text t, int64_t *seconds)
{
    bool is_negative = text_starts_with(t, TEXT("-"));
    bool is_time = false;
    if (is_negative)
        t = text_part(t, 1, t.len - 1);
    if (t.len < 3 || t.at[0] != 'P')
        return false;
    t = text_part(t, 1, t.len - 1);
    *seconds = 0;
    while (t.len > 0) {
        if (t.at[0] == 'T' && !is_time) {
            is_time = true;
            t = text_part(t, 1, t.len - 1);
        }
        if (!next_part(&t, &is_time, seconds))
            return false;
    }
    if (is_negative)
        *seconds = -*seconds;
    return true;
}

static bool duration(struct odm_parser *parser, const struct xml_element *element,
                     const char *name, int64_t *seconds)
{
    struct text value = xml_attribute(element, name);
    if (text_is_absent(value))
        return false;
    if (duration_parse(value, seconds))
        return true;
    odm_strict_add(&parser->parts, element->place, "as in PT2H, PT15M or -P1DT6H",
                   "%s is \"%.*s\", which has no fixed length", name, SHOWN(value));
    return false;
}

bool odm_timing_start(struct odm_parser *parser, const struct xml_element *element,
                      struct error *err)
{
    void *added;
    if (!odm_list_add(&parser->parts.timings, sizeof(struct odm_timing),
                      parser->parts.study, &added, err))
        return false;
    struct odm_timing *part = added;
    struct event_timing *timing = &part->timing;
    int64_t earlier = 0;
    int64_t later = 0;
    part->version = parser->parts.versions.count - 1;
    part->place = element->place;
    (void)duration(parser, element, "TimepointRelativeTarget", &timing->target);
    timing->has_low = duration(parser, element, "TimepointPreWindow", &earlier);
    timing->has_high = duration(parser, element, "TimepointPostWindow", &later);
    timing->low = timing->target - earlier;
    timing->high = timing->target + later;
    return odm_oid(parser, element, "OID", &timing->oid, err) &&
           odm_oid(parser, element, "PredecessorOID", &part->from, err) &&
           odm_oid(parser, element, "SuccessorOID", &part->to, err);
}
