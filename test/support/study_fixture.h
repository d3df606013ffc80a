#ifndef OSTEON_TEST_SUPPORT_STUDY_FIXTURE_H
#define OSTEON_TEST_SUPPORT_STUDY_FIXTURE_H
/* A study of the built-in design in a temporary folder, with a clock that the test moves,
 * and people to act in it. Everything in it is SYNTHETIC.
 */
#include "actions/act.h"
#include "actions/participants.h"
#include "actions/save_values.h"
#include "actions/sign_in.h"
#include "actions/study.h"
#include "support/folder.h"

#define SITE TEXT("01")

enum { MINUTE = 60, HOUR = 60 * 60, DAY = 24 * 60 * 60 };

struct fixture {
    struct test_folder place;
    struct study *study;
    struct arena *arena;
    struct error err;
    uint32_t next_batch;
};

/* Both stop the test when they fail. The clock begins at 2026-11-22T02:00:00Z, which is
 * 10:00 at the site. */
void fixture_open(struct fixture *fixture);
/* Removes the folder. */
void fixture_close(struct fixture *fixture);
/* As above, and whatever the test has done, the tables are what the log says. */
void fixture_close_held(struct fixture *fixture);
/* Closes the folder and opens it again, as after a restart. */
void fixture_reopen(struct fixture *fixture);
void fixture_pass(struct fixture *fixture, int64_t seconds);
int64_t fixture_now(const struct fixture *fixture);

/* A new user with this role at the site (roles that need none: at no site), added by the
 * operator with an identity that is verified, as a caller who is signed in. */
struct caller fixture_person(struct fixture *fixture, const char *name, enum role role);
/* The same, at another site "02", which the study does not have. */
struct caller fixture_stranger(struct fixture *fixture, const char *name,
                               enum role role);
/* With a password, set by the one-time link. */
struct caller fixture_member(struct fixture *fixture, const char *name, enum role role,
                             const char *password);

/* A screening record, and a provisional one on bed "12". */
int64_t fixture_screen(struct fixture *fixture, const struct caller *by);
int64_t fixture_place(struct fixture *fixture, const struct caller *by);

/* One save of `count` mutations; `verb` gets the results. */
struct save_values fixture_save_of(struct fixture *fixture, const struct caller *by,
                                   int64_t participant, const char *event,
                                   const char *form);
bool fixture_save(struct fixture *fixture, struct save_values *verb,
                  const struct mutation *mutations, size_t count);
/* First entries, given as item, value, item, value …, NULL. Items of a repeating section
 * are written "I.SCR.XSITE#1". Stops the test when one is refused. Returns the event. */
int64_t fixture_enter(struct fixture *fixture, const struct caller *by,
                      int64_t participant, const char *event, const char *form, ...);

/* The current answer of an item: "" when there is none, "?ND" when missing, "(vault)" for
 * an identity item. In the fixture's arena. */
const char *fixture_value(struct fixture *fixture, int64_t participant,
                          const char *event, const char *form, const char *item,
                          int64_t row);
/* "1234:3" */
const char *fixture_version(struct fixture *fixture, int64_t participant,
                            const char *event, const char *form, const char *item,
                            int64_t row);
/* How many queries of this check are open on the form ("" counts conflicts). */
size_t fixture_queries(struct fixture *fixture, int64_t participant, const char *event,
                       const char *form, const char *check);
/* How many events of this kind the log has. */
size_t fixture_events(struct fixture *fixture, enum log_event_kind kind);
struct participant *fixture_participant(struct fixture *fixture, int64_t id);

/* An eligible participant's screening form, and a consent signed on paper. */
void fixture_make_eligible(struct fixture *fixture, const struct caller *by,
                           int64_t participant);
void fixture_consent(struct fixture *fixture, const struct caller *by,
                     int64_t participant);
/* Screened, eligible and consented by `crc`, enrolled by `investigator`. */
int64_t fixture_enrol(struct fixture *fixture, const struct caller *crc,
                      const struct caller *investigator);

#endif
