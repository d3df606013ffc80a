#ifndef OSTEON_FORMATS_HL7_RESULT_H
#define OSTEON_FORMATS_HL7_RESULT_H
/* A laboratory result message (ORU^R01) as the program uses it: whom it names, the orders,
 * their observations, the specimens. Texts as they came, escapes read; nothing is mapped or
 * converted here.
 *
 * Observations belong to the OBR before them, an SPM to the OBR before it; NTE to what
 * stands before it. Refused: another type of message, no PID, an OBX without an OBR, two
 * patients, an OBX of a numeric type with several values.
 * Source: HL7 version 2.5.1, chapter 7.
 */
#include "base/decimal.h"
#include "formats/hl7_read.h"

struct hl7_identifier {
    struct text number, authority, type; /* CX.1, CX.4 (its first part), CX.5 */
};

struct hl7_coded {
    struct text code, name, system;
};

/* What OBX-5 says. A number may have a comparator before it. */
struct hl7_answer {
    bool is_number;
    struct text comparator; /* "<", ">", "<=", ">="; absent: none */
    struct decimal number;
    struct text text; /* as it came, comparator included; absent: nothing */
};

/* OBX-7, where it is a range or a limit in numbers. */
struct hl7_range {
    struct text text; /* as it came */
    bool has_low, has_high;
    struct decimal low, high;
};

struct hl7_observation {
    size_t number; /* which OBX of the message, from 1 */
    size_t line;
    struct text type; /* "NM" */
    struct hl7_coded code, alternate;
    struct text sub_id;
    struct hl7_answer answer;
    struct hl7_coded unit;
    struct hl7_range range;
    struct text flags;     /* OBX-8; several with a space between */
    struct text status;    /* "F" */
    struct text time;      /* OBX-14 */
    struct text equipment; /* OBX-18 */
    struct text note;      /* NTE-3 of what follows it, lines joined */
};

struct hl7_order {
    struct text placer, filler; /* OBR-2, OBR-3, else of ORC */
    struct hl7_coded panel;
    struct text collected, received, reported, status; /* OBR-7, 14, 22, 25 */
    struct text specimen;      /* SPM-2, else the accession: OBR-3 */
    struct text specimen_code; /* SPM-4, else OBR-15 */
    struct text specimen_text; /* all that is said of the specimen, for its draw site */
    struct text note;
    const struct hl7_observation *observations;
    size_t observation_count;
};

struct hl7_result {
    struct text sender, facility, control, time, processing, version;
    struct text profile; /* MSH-21, its first part: "IHE_PCD_001" */
    const struct hl7_identifier *identifiers; /* PID-3 */
    size_t identifier_count;
    const struct text *names; /* PID-5: family and given name with a space between */
    size_t name_count;
    struct text birth, sex;
    struct text visit; /* PV1-19 */
    const struct hl7_order *orders;
    size_t order_count;
};

/* ERROR_REFUSED or ERROR_MALFORMED with the line; ERROR_TOO_LARGE. Lists in `arena`. */
MUST_USE bool hl7_result_read(const struct hl7_message *message, struct arena *arena,
                              struct hl7_result *out, struct error *err);

/* "<0.02", "182.4", "≥ 5": a number with or without a comparator, else only text. */
struct hl7_answer hl7_answer_of(struct text t);
/* "0-10", "3.5 - 5.1", "<0.5", ">=3": as far as it is understood. */
struct hl7_range hl7_range_of(struct text t);

#endif
