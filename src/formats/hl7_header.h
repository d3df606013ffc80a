#ifndef OSTEON_FORMATS_HL7_HEADER_H
#define OSTEON_FORMATS_HL7_HEADER_H
/* What an HL7 v2 message says about itself: the segment MSH (HL7 v2.5.1 chapter 2, section
 * 2.15.9), read without the rest, so that a message can be answered whatever stands in it.
 *
 * Fields are views into the message as they were written, escapes and all, in the message's
 * own separators; empty where there is none. Segments end with CR; CR LF and LF are read.
 */
#include "base/error.h"
#include "base/text.h"

enum { HL7_CONTROL_MOST = 200 };

struct hl7_header {
    char field, component; /* MSH-1 and the first of MSH-2 */
    struct text encoding;  /* MSH-2 whole: "^~\&" */
    struct text sending_application, sending_facility;     /* MSH-3, 4 */
    struct text receiving_application, receiving_facility; /* MSH-5, 6 */
    struct text time;                                      /* MSH-7 */
    struct text type;          /* MSH-9: "ORU^R01^ORU_R01" */
    struct text control;       /* MSH-10 */
    struct text processing;    /* MSH-11 */
    struct text version;       /* MSH-12 */
    struct text character_set; /* MSH-18, first repetition */
};

/* ERROR_REFUSED, with the place: it does not begin with MSH, its separators cannot be told
 * apart, it has no control id, or one of these fields is not printable UTF-8. */
MUST_USE bool hl7_header_read(struct text message, struct hl7_header *out,
                              struct error *err);

/* The n-th component of a field, from 0; empty when there is none. */
struct text hl7_component(const struct hl7_header *header, struct text field, int n);

/* Is it built as a result message is (ORU^R01): segments with names and separators, PID,
 * then OBR before each OBX? ERROR_REFUSED says what and in which segment, with no value. */
MUST_USE bool hl7_results_check(const struct hl7_header *header, struct text message,
                                struct error *err);

/* The next segment of `*rest`, without its end; empty lines are passed over. False: none. */
bool hl7_segment_next(struct text *rest, struct text *segment);

#endif
