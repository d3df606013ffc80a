#ifndef OSTEON_STORE_READS_H
#define OSTEON_STORE_READS_H
/* Questions to the projections, by reader or inside a unit (`txn_db`). Results live in
 * `arena`. A "find" returns false without an error when there is no such thing (`*found`). */
#include "store/event_content.h"
#include "store/queries.h"
#include "store/store.h"

/* users */
MUST_USE bool user_by_name(struct db *db, struct text name, struct arena *arena,
                           struct user **found, struct error *err);
MUST_USE bool user_by_id(struct db *db, int64_t id, struct arena *arena,
                         struct user **found, struct error *err);
MUST_USE bool user_list(struct db *db, struct arena *arena, struct user **out,
                        size_t *count, struct error *err);
MUST_USE bool user_next_id(struct db *db, int64_t *id, struct error *err);

/* What sign-in needs, apart from what a list shows. */
struct sign_in_state {
    struct text password_hash; /* absent: none set yet */
    int64_t password_set_at;   /* instant; 0: none set yet */
    struct text totp_secret;   /* absent: not used */
    int64_t totp_last_step;
    int64_t failures;            /* since the last success */
    int64_t last_failure;        /* instant */
    int64_t sessions_valid_from; /* sessions made before are void: revocation */
};
MUST_USE bool user_sign_in_state(struct db *db, int64_t user, struct arena *arena,
                                 struct sign_in_state *out, struct error *err);
/* An unused, unexpired link; `*user` 0 when there is none. */
MUST_USE bool link_find(struct db *db, const struct hash *token, int64_t now,
                        int64_t *user, struct error *err);

/* participants */
struct participant_filter {
    struct text state;        /* absent: all */
    struct text find;         /* part of a number or bed */
    const struct text *sites; /* NULL: all */
    size_t site_count;
    int64_t after; /* id of the last one of the page before */
    size_t limit;
};
MUST_USE bool participant_by_id(struct db *db, int64_t id, struct arena *arena,
                                struct participant **found, struct error *err);
/* Without the counts of its forms and queries, which cost as much as it has forms. */
MUST_USE bool participant_plain(struct db *db, int64_t id, struct arena *arena,
                                struct participant **found, struct error *err);
/* The one with the next id, without its counts; NULL: `id` is the last. */
MUST_USE bool participant_after(struct db *db, int64_t id, struct arena *arena,
                                struct participant **found, struct error *err);
MUST_USE bool participant_by_request(struct db *db, const uint8_t request[16],
                                     int64_t *found, struct error *err);
/* The provisional participant that is attached to this one, the latest; 0 when none. */
MUST_USE bool participant_attached_to(struct db *db, int64_t id, int64_t *found,
                                      struct error *err);
MUST_USE bool participant_list(struct db *db, const struct participant_filter *filter,
                               struct arena *arena, struct participant **out,
                               size_t *count, struct error *err);
/* How many were ever enrolled and not erased. */
MUST_USE bool participants_enrolled(struct db *db, int64_t *count, struct error *err);

/* The latest review of a report of a serious adverse event: of all that was changed up to
 * `of_seq`. */
struct stored_safety_review {
    int64_t seq; /* 0: there is none */
    int64_t of_seq, user, reviewed_at;
    struct text note; /* may be absent */
};
MUST_USE bool safety_review_find(struct db *db, int64_t form, struct arena *arena,
                                 struct stored_safety_review *out, struct error *err);

/* The latest review of a screening record's emergency start: of that placement. */
struct stored_start_review {
    int64_t seq; /* 0: there is none */
    int64_t placement, user, reviewed_at;
    struct text note; /* may be absent */
};
MUST_USE bool start_review_find(struct db *db, int64_t participant, struct arena *arena,
                                struct stored_start_review *out, struct error *err);

/* The first of the two persons has asked for an erasure. */
struct erasure_proposal {
    int64_t user; /* 0: nobody has */
    int64_t proposed_at;
    struct text reason;
};
MUST_USE bool erasure_proposal_find(struct db *db, int64_t participant,
                                    struct arena *arena, struct erasure_proposal *out,
                                    struct error *err);
MUST_USE bool participant_next_id(struct db *db, int64_t *id, struct error *err);
/* The next number of a series at a site: kind 'S' (S-0001), 'P', or 'E' (H4-001). Numbers
 * are never used again, also not after an erasure. */
MUST_USE bool participant_next_number(struct db *db, char kind, struct text site,
                                      int64_t *number, struct error *err);
/* Who proposed the open attachment of this provisional participant; 0 when none. */
MUST_USE bool participant_proposal(struct db *db, int64_t participant, int64_t *to,
                                   int64_t *user, struct error *err);

/* forms */
struct form_state {
    int64_t id;          /* form_instance */
    struct form_key key; /* texts in `arena` */
    bool is_complete;
    int64_t answered, expected, open_queries;
    int64_t last_change; /* server time */
    struct text design_version;
    int64_t branches; /* answers beside the current ones, and awaited ones */
};
struct form_states {
    struct form_state *list;
    size_t count;
};
/* All instances of a participant, in `arena`. */
MUST_USE bool form_list(struct db *db, int64_t participant, struct arena *arena,
                        struct form_states *out, struct error *err);
/* NULL: not among them. */
const struct form_state *form_among(const struct form_states *forms,
                                    const struct form_key *key);
MUST_USE bool form_find(struct db *db, const struct form_key *key, struct arena *arena,
                        struct form_state **found, struct error *err);

struct stored_value {
    struct text item; /* OID */
    int64_t row;
    struct answer answer; /* is_in_vault: use vault_read */
    enum value_source source;
    struct version version;
    int64_t corrected_time;
    int64_t by; /* user */
};
/* All current values of one form instance, by item and row. */
MUST_USE bool form_values(struct db *db, int64_t form_instance, struct arena *arena,
                          struct stored_value **out, size_t *count, struct error *err);
/* All current values of a participant but those of one form instance (0: of all), as the
 * rules need them: by form instance, item and row. */
struct participant_value {
    int64_t form; /* form_state.id */
    struct text item;
    int64_t row;
    struct answer answer;
    enum value_source source;
    int64_t seq; /* of the event that set it */
};
MUST_USE bool participant_values(struct db *db, int64_t participant, int64_t without,
                                 struct arena *arena, struct participant_value **out,
                                 size_t *count, struct error *err);
/* The other heads of conflicting items of one form instance. */
MUST_USE bool form_branches(struct db *db, int64_t form_instance, struct arena *arena,
                            struct stored_value **out, size_t *count,
                            struct error *err);
/* The sealed value of an identity item, opened. Log the view before you show it. */
MUST_USE bool vault_read(struct db *db, const struct form_key *key, struct text item,
                         int64_t row, struct arena *arena, struct text *out,
                         struct error *err);

/* deviations that the program opened, oldest first */
struct stored_deviation {
    int64_t id; /* seq of its event */
    struct text check;
    int64_t form; /* form_state.id of where the check stands */
    struct text item;
    int64_t row;
    struct version fact;
    int64_t opened;      /* form_state.id of the deviation */
    struct form_key key; /* of the deviation */
};
MUST_USE bool deviation_list(struct db *db, int64_t participant, struct arena *arena,
                             struct stored_deviation **out, size_t *count,
                             struct error *err);

/* Decisions on the open points of the registration, oldest first. */
struct point_choice {
    int64_t seq;
    struct point_confirmed confirmed;
    int64_t user, at;
};
MUST_USE bool point_list(struct db *db, struct arena *arena, struct point_choice **out,
                         size_t *count, struct error *err);

/* Values that people typed and that no second check has agreed to, of a participant, or of
 * one form instance (`form` 0: of all), by form, item and row. Which items want a second
 * check is not known here. */
struct unchecked_value {
    int64_t form; /* form_state.id */
    struct text item;
    int64_t row;
    struct version version;
    int64_t by, corrected_time;
    bool is_in_vault;
    bool differs;       /* a second check of this version did not agree */
    int64_t checked_by; /* who made it */
    struct text second; /* what it said; absent for identity */
};
MUST_USE bool unchecked_values(struct db *db, int64_t participant, int64_t form,
                               struct arena *arena, struct unchecked_value **out,
                               size_t *count, struct error *err);

/* batches */
struct stored_batch {
    int64_t seq;
    struct hash digest;
    struct text answer;
};
MUST_USE bool batch_find(struct db *db, const uint8_t batch[BATCH_ID_SIZE],
                         struct arena *arena, struct stored_batch **found,
                         struct error *err);

/* designs */
struct stored_design {
    struct text version;
    struct text xml;
    int64_t seq;
    int64_t published_at;
};
MUST_USE bool design_current(struct db *db, struct arena *arena,
                             struct stored_design **found, struct error *err);
MUST_USE bool design_by_version(struct db *db, struct text version, struct arena *arena,
                                struct stored_design **found, struct error *err);

/* the log */
struct log_row {
    int64_t seq;
    int32_t kind, kind_version;
    int64_t server_time, written_time;
    struct origin origin;
    int64_t participant;
    bool is_erased;      /* its key is destroyed: `content` is NULL */
    const void *content; /* the kind's struct of event_content.h, decoded in `arena` */
};
enum log_said {
    LOG_SAID_ANY,
    LOG_SAID_OF_PARTICIPANT, /* what says something of the participant itself */
    LOG_SAID_IN_SNAPSHOT     /* more than answers and audit records */
};
struct log_filter {
    int64_t after, before; /* exclusive; before 0: to the end */
    int64_t from, until;   /* server time, both inclusive; until 0: to the end */
    int64_t participant;   /* 0: any */
    int64_t user;          /* -1: any */
    int32_t kind;          /* 0: any */
    bool with_answers;     /* of any kind that changes answers: saves, and imports that
                            * took effect (others come without content) */
    bool with_reviews;  /* and what checked, signed, verified, froze or locked them */
    enum log_said said; /* not LOG_SAID_ANY: of imports alone, in order */
    bool newest_first;
    bool without_content; /* do not open the payload */
    size_t limit;
};
MUST_USE bool log_list(struct db *db, const struct log_filter *filter,
                       struct arena *arena, struct log_row **out, size_t *count,
                       struct error *err);
MUST_USE bool log_head(struct db *db, int64_t *seq, struct hash *head,
                       struct error *err);

#endif
