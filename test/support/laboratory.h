#ifndef OSTEON_TEST_SUPPORT_LABORATORY_H
#define OSTEON_TEST_SUPPORT_LABORATORY_H
/* A SYNTHETIC laboratory that sends messages to a study of study_fixture.h. */
#include "store/event_content.h"
#include "support/study_fixture.h"

#define LABORATORY_FEED "LIS@LAB"

/* Opens its feed. */
void laboratory_open(struct fixture *fixture);

/* A message of the laboratory: PID to the end as `body`, after an MSH with this control id
 * and time; MSH-18 as given. Received and filed; its number. */
int64_t laboratory_send(struct fixture *fixture, const char *control, const char *time,
                        const char *charset, const char *body);

/* The same of a whole message; `*is_repeat` (or NULL): it had come before. */
int64_t laboratory_send_bytes(struct fixture *fixture, struct text bytes,
                              bool *is_repeat);

/* What a message is in: "filed", "quarantined: code". In the fixture's arena. */
const char *laboratory_state(struct fixture *fixture, int64_t message);

#endif
