#ifndef OSTEON_STORE_PROJECT_H
#define OSTEON_STORE_PROJECT_H
/* From events to tables: each a pure function of the event and of the tables that earlier
 * events made. Nothing else writes a projection, so a rebuild from the log gives the same
 * rows, and `verify` compares them. */
#include "store/db.h"
#include "store/reads.h"

typedef bool project_function(struct db *db, const struct log_row *event,
                              struct error *err);

/* project_amendment.c */
project_function project_design;
project_function project_proposed;
project_function project_withdrawn;
project_function project_moved;

/* project_plan.c */
project_function project_plan_proposed;
project_function project_plan_published;

/* project_user.c */
project_function project_user_added;
project_function project_user_roles;
project_function project_user_disabled;
project_function project_user_enabled;
project_function project_password;
project_function project_totp;
project_function project_totp_removed;
project_function project_link_issued;
project_function project_link_used;
project_function project_signed_in;
project_function project_sign_in_failed;
project_function project_signed_out;

/* project_participant.c */
project_function project_participant_added;
project_function project_attach_proposed;
project_function project_attached;
project_function project_detached;
project_function project_enrolled;
project_function project_erased;

/* The number behind the last hyphen of "S-0001" is used up in series "S": at the site, and
 * in the series that runs through all sites. */
MUST_USE bool project_use_up(struct db *db, struct text series, struct text site,
                             struct text number, struct error *err);

/* project_import.c */
project_function project_import_begun;
project_function project_import_staged;
project_function project_import_committed;
project_function project_import_rules_run;
project_function project_import_abandoned;
/* Fills in the names, where they are wanted. */
MUST_USE bool project_abandoned_prepare(struct db *db,
                                        struct import_abandoned *abandoned,
                                        struct arena *arena, struct error *err);

/* project_values.c */
project_function project_values;

/* project_query.c */
project_function project_query_step;
/* The program opens or closes a query of a form instance; `place` is its place in the
 * event. */
MUST_USE bool project_query(struct db *db, const struct log_row *event, int64_t form,
                            const struct form_key *key,
                            const struct query_change *query, size_t place,
                            struct error *err);

/* project_second_check.c */
project_function project_second_check;

/* project_choice.c */
project_function project_deviation;
project_function project_point;

/* project_wake.c */
/* 0: nothing is stored there. */
MUST_USE bool project_form_find(struct db *db, const struct form_key *key,
                                int64_t *form, struct error *err);
/* The form instance of the event's own participant. ERROR_REFUSED: there is none. */
MUST_USE bool project_form_of(struct db *db, const struct log_row *event,
                              const struct form_key *key, int64_t *form,
                              struct error *err);
project_function project_wake;

/* project_register.c */
project_function project_register_added;
project_function project_register_agreed;
project_function project_register_corrected;
project_function project_register_ended;
project_function project_identity;

/* project_counted.c */
project_function project_counted;

/* project_review.c */
project_function project_image_assigned;
project_function project_signed;
project_function project_verified;
project_function project_verification_withdrawn;
project_function project_lock;
project_function project_unlock;
project_function project_lock_proposed;
project_function project_database_lock;
project_function project_safety_reviewed;
project_function project_start_reviewed;
project_function project_grade_decided;
project_function project_deviation_assessed;
project_function project_erasure_proposed;
project_function project_erasure_taken_back;

/* project_alarm.c */
project_function project_alarm_raised;
project_function project_alarm_acknowledged;
project_function project_alarm_escalated;
project_function project_alarm_repeated;
project_function project_alarm_ended;
project_function project_alarm_sent;
project_function project_alarm_failed;

/* project_feed.c */
project_function project_feed_received;
project_function project_feed_sorted;
project_function project_feed_set;

/* project_laboratory.c */
project_function project_patient_linked;
project_function project_patient_unlinked;
project_function project_feed_rule_set;
project_function project_feed_rule_ended;
project_function project_results_received;

/* Loads the heads of `saved` and applies its changes, for a record that comes without. */
MUST_USE bool project_values_prepare(struct db *db, int64_t seq, int64_t user,
                                     struct values_saved *saved, struct arena *arena,
                                     struct error *err);
/* Fills in what the event of an erasure keeps for later rebuilds. */
MUST_USE bool project_erased_prepare(struct db *db, int64_t participant,
                                     struct participant_erased *erased,
                                     struct arena *arena, struct error *err);

#endif
