#ifndef TEST_SUPPORT_READING_H
#define TEST_SUPPORT_READING_H
/* Readings of the image of day 28 (F.IM): entered, assigned and signed by people of a
 * fixture. All data are SYNTHETIC. */
#include "support/study_fixture.h"

#include "actions/signature.h"

#define READING_PLACE    "SE.D28", "F.IM"
#define READING_PASSWORD "SYNTHETIC correct horse"

struct form_key reading_place(int64_t participant);
/* The facts of the image, as its site enters them. */
void reading_order(struct fixture *fixture, const struct caller *by,
                   int64_t participant);
/* One answer of a row, over `base` when there is one; false: refused, with fixture->err. */
bool reading_answer(struct fixture *fixture, const struct caller *by,
                    int64_t participant, int64_t row, const char *item,
                    const char *value, const char *base);
/* All that a reading needs, with this overall result ("NEG") and narrative. */
void reading_enter(struct fixture *fixture, const struct caller *by,
                   int64_t participant, int64_t row, const char *result,
                   const char *words);
bool reading_assign(struct fixture *fixture, const struct caller *by,
                    int64_t participant, const struct caller *to, bool is_adjudicator);
struct form_state *reading_state(struct fixture *fixture, struct db *db,
                                 int64_t participant);
struct signature_offer reading_offer(struct fixture *fixture, const struct caller *by,
                                     int64_t participant);
bool reading_sign(struct fixture *fixture, const struct caller *by,
                  int64_t participant);

#endif
