#ifndef OSTEON_TEST_SUPPORT_REPLAY_H
#define OSTEON_TEST_SUPPORT_REPLAY_H
/* The log of a folder, run through the compiled rules of its study: a
 * book for each participant, every save in its order, and between saves whenever the
 * passing of time alone can change an answer. What fires is kept, once a place.
 *
 * Set as far as a folder without feeds, signatures and amendments knows them: settings,
 * counts over participants, empty registers, who is enrolled, the planned act; of an answer
 * its source, time of entry, first value, reason, unit as received. Not set: windows of
 * events and states of forms, which soft checks and the end of study ask for.
 *
 *     struct replay *replay = replay_begin(design, participants);
 *     for each save and enrolment of the log: replay_save(replay, saved, at); …
 *     replay_pass(replay, now);
 *     replay_count(replay, "CK071", participant)
 *     replay_end(replay);
 */
#include "store/event_content.h"

struct replay;

/* Ids of participants run from 1 to `participants`. The design must outlive it. */
struct replay *replay_begin(const struct design *design, int64_t participants);
/* The next save, at this instant; of identity items it must carry the values. */
void replay_save(struct replay *replay, const struct values_saved *saved, int64_t at);
void replay_enrol(struct replay *replay, int64_t participant, int64_t at);
/* Lets time pass up to `now` for everybody. */
void replay_pass(struct replay *replay, int64_t now);
void replay_end(struct replay *replay);

/* At how many places a check has fired, and fires still. */
size_t replay_count(const struct replay *replay, struct text check,
                    int64_t participant);
size_t replay_open(const struct replay *replay, struct text check, int64_t participant);
/* Does the study have a rule of this name? */
bool replay_knows(const struct replay *replay, struct text check);
/* How many rules could not be computed. */
size_t replay_faults(const struct replay *replay);

#endif
