#ifndef OSTEON_LISTEN_ACKNOWLEDGE_H
#define OSTEON_LISTEN_ACKNOWLEDGE_H
/* The acknowledgement of a message (HL7 v2.5.1 chapter 2, section 2.9.2; ERR of section
 * 2.15.5, in the earlier form before 2.5): an ACK in the sender's version and separators.
 * AA: it is on disk. AE: it is not as it should be; a person looks at it here, or it is to
 * be sent again. AR: it was not taken. What is wrong stands in words in MSA-3 and ERR.
 */
#include "actions/receive_message.h"
#include "base/buffer.h"

/* Of a verb that has finished or was never begun: `act.outcome` is no error, or why it is
 * not on disk. `now` is its time, `number` its own control id. */
void acknowledge(const struct receive_message *verb, int64_t now, int64_t number,
                 struct buffer *out);

#endif
