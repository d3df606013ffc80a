#ifndef OSTEON_STORE_EVENT_CONTENT_H
#define OSTEON_STORE_EVENT_CONTENT_H
/* What each kind of event says: one struct a kind. The struct is what actions fill in,
 * what the encoders turn into bytes and what the projections read: live and at a rebuild
 * they see the same struct. Texts are views; arrays belong to the caller.
 */
#include "model/feed.h"
#include "model/participant.h"
#include "model/query.h"
#include "model/user.h"
#include "model/value.h"
#include "system/crypto.h"

/* Who and from where, the same for all events of one request. */
struct origin {
    int64_t user; /* 0: the program itself */
    struct text device;
    bool has_device_time, has_stated_time;
    int64_t device_time;  /* the device's clock when it sent */
    int64_t stated_time;  /* when it happened, as the person says */
    int64_t clock_offset; /* measured: device minus server, microseconds */
    bool has_clock_offset;
    struct text language; /* shown to the person: "en", "zh" */
};

/* One change of one item has two names. Its mutation id is the client's: the batch's id
 * and the place in it; it orders by the batch's bytes, then the place. Its version is the
 * log's: the event's number and the place. People and pages see the version ("1234:3"). */
enum { BATCH_ID_SIZE = 16 };
struct version {
    int64_t seq; /* 0: none */
    int32_t place;
};

/* What a change was based on: a version that the writer saw, or an earlier change of the
 * same device that was still waiting there to be sent. */
struct base_reference {
    bool is_queued;
    uint8_t batch[BATCH_ID_SIZE]; /* when queued */
    struct version version;       /* else; of a queued one only `place` counts */
};

/* How an answer came to be; stored, so never renumbered. Only what was typed can be typed
 * wrongly: a tap of the placement clock and a scan are people's answers as well, and no
 * second check is asked of them. */
enum value_source {
    SOURCE_PERSON, /* typed or chosen */
    SOURCE_DERIVED,
    SOURCE_SYSTEM,
    SOURCE_TIMER,   /* a person's tap when it happened */
    SOURCE_SCANNER, /* read from a device's label */
    SOURCE_FEED     /* brought by a message of a feed (store/laboratory.h) */
};
/* Feeds are answered for by their senders: what they bring is no work of the program. */
static inline bool source_is_person(enum value_source source)
{
    return source != SOURCE_DERIVED && source != SOURCE_SYSTEM;
}

/* An identity answer carries its value here (the record is sealed with the participant's
 * key) and says `is_in_vault`; it stands in no table, and log_list leaves the value out. */
struct value_change {
    struct text item; /* OID */
    int64_t row;
    int32_t place;     /* in the client's batch; filled in by heads_apply */
    struct answer old; /* as it was current before: filled in by heads_apply */
    struct answer new;
    enum value_source source;
    bool has_base;
    struct base_reference base;
    const struct version *settles; /* other heads this change settles */
    size_t settle_count;
    struct text reason;
    bool has_stated_time;
    int64_t stated_time;
    bool is_conflict; /* heads differ in value now: filled in by heads_apply */
};

struct query_change {
    bool is_opening; /* or closing */
    enum query_kind kind;
    struct text check; /* "CK001"; absent for a conflict */
    struct text item;
    int64_t row;
    struct label message;
};

/* VALUES_SAVED */
struct values_saved {
    struct form_key key;
    struct text design_version;
    bool has_batch; /* false: written by an action of the program */
    uint8_t batch[BATCH_ID_SIZE];
    struct hash digest;     /* of the request's bytes: the same id with other bytes */
    int64_t corrected_time; /* device time minus measured offset, else server time */
    struct value_change *changes;
    size_t change_count;
    const struct query_change *queries;
    size_t query_count;
    struct text answer; /* the reply's results, for the retry with the same id */
    /* store/heads.h: loaded by the action, and each of `changes` applied to it with
     * heads_apply, in order, with the version { txn_next_seq, place }. NULL: the
     * projection does that, places counted from 0. Not part of the record. */
    struct form_heads *heads;
    bool is_complete; /* every required, relevant item is answered or has a reason */
    int64_t answered, expected;
    bool has_state; /* the participant's state changes with these values */
    enum participant_state state;
};

/* SECOND_CHECKED: a critical value that a person typed was looked at again, by another
 * person who saw it, or typed again by somebody who did not. */
struct second_checked {
    struct form_key key;
    struct text item;
    int64_t row;
    struct version version; /* of the answer that was checked */
    bool is_repeat;         /* typed again without seeing the first entry */
    bool is_agreed;
    struct answer entered; /* the second entry; nothing when the shown value is right */
    bool has_query;
    struct query_change query; /* opened when they differ, closed when they agree */
};

/* QUERY_OPENED, QUERY_ANSWERED, QUERY_CLOSED, QUERY_REOPENED, QUERY_CANCELLED,
 * QUERY_ASSIGNED: one step of a query by a person. A query's number is that of the event
 * that opened it times QUERIES_MOST, plus its place there. */
struct query_stepped {
    struct form_key key; /* where it stands; nothing need be stored there yet */
    int64_t query;       /* 0: this event opens it */
    struct text item;    /* of an opening; absent: it asks about the form */
    int64_t row;
    struct text text; /* as typed; may be absent where a step says enough */
    int64_t assignee; /* of an opening or assigning; 0: nobody */
    bool has_request;
    uint8_t request[BATCH_ID_SIZE]; /* the client's, so that a retry changes nothing */
};

/* Whom or what the elements of an import name: a user, a place, the meaning of a
 * signature, as the file's AdminData has them. Texts are empty where it does not. */
struct import_named {
    struct text element; /* "User", "Location", "SignatureDef" */
    struct text oid;
    struct text name;    /* login or place; of a SignatureDef its methodology */
    struct text meaning; /* the full name; of a SignatureDef what it means */
    struct text legal;   /* of a SignatureDef: its legal reason */
};

/* IMPORT_BEGUN: its number is the import's. */
struct import_begun {
    struct text files; /* as they were named, a line each */
    const struct import_named *named;
    size_t named_count;
};

/* Where a kept element stood. */
enum import_level {
    IMPORT_LEVEL_FORM,
    IMPORT_LEVEL_ITEM,
    IMPORT_LEVEL_GROUP,
    IMPORT_LEVEL_EVENT,
    IMPORT_LEVEL_SUBJECT
};

/* One element of an imported document that says more than a value: an audit record, a
 * signature, a query, an annotation, what a vendor added. With its own author and time,
 * as it stood. */
struct import_kept {
    struct text element; /* "AuditRecord" */
    struct text item;    /* or group that it belongs to; absent: what is larger */
    int64_t row;
    enum import_level level;
    size_t change; /* of the event's changes, from 1, that it speaks of; 0: of none */
    struct text xml;
};

/* IMPORT_STAGED: what an import says about one form. Read as VALUES_SAVED (`saved` is the
 * first member), but nobody sees it before its import is committed: a participant of the
 * import is not in the table of participants till then, and changes to one who is there
 * already wait. */
struct import_staged {
    struct values_saved saved;
    int64_t import;
    bool is_new;                   /* the participant's first event: makes the key */
    struct text subject_key, site; /* of a new one */
    const struct import_kept *kept;
    size_t kept_count;
};

/* IMPORT_COMMITTED */
struct import_committed {
    int64_t import;
    int64_t participants, forms, values;
};

/* IMPORT_RULES_RUN: the rules have run on the participants of whom this import says
 * something up to the event `through`. */
struct import_rules_run {
    int64_t import, through;
};

/* IMPORT_ABANDONED: of a staged participant, whose key is destroyed with it; last of no
 * participant, when all are gone. The names are filled in by txn_append where
 * `with_names` says so: what a rebuild can no longer learn. */
struct import_abandoned {
    int64_t import;
    bool with_names;
    const struct text *names;
    size_t name_count;
};

/* WAKE_SET: when the rules of a form instance have to run although nobody saves. */
struct wake_set {
    struct form_key key;
    int64_t wakes_at; /* instant; 0: time changes nothing there any more */
};

/* ROWS_COUNTED: what a form instance now gives to a declared count: all its rows, or none.
 * The key is sealed with the participant's key, as the answers that it is made of. */
struct counted_row {
    int64_t row; /* 0: the form instance itself */
    struct text key;
    int64_t begins, ends; /* surely within; COUNTED_ALWAYS, COUNTED_OPEN */
};
#define COUNTED_ALWAYS INT64_C(-0x7fffffffffffffff)
#define COUNTED_OPEN   INT64_MAX

struct rows_counted {
    struct form_key key;
    struct text count;
    const struct counted_row *rows;
    size_t row_count;
};

/* STUDY_CREATED */
struct study_created {
    struct text study_oid;
    struct text program_version;
    uint8_t folder_id[16];
    bool is_demo;
    int64_t demo_now;
};

/* DESIGN_PROPOSED: an amendment that waits for a second person; its number is that of the
 * event. */
struct design_proposed {
    struct text version;
    struct text xml;
    struct text reason;      /* what it changes and why, in words */
    struct text approval;    /* number of the ethics approval; absent: it needs none */
    struct text approved_on; /* "2027-01-31"; with `approval` */
    bool needs_consent;      /* participants have to consent again */
};

/* DESIGN_WITHDRAWN: it is not published. */
struct design_withdrawn {
    int64_t proposal;
    struct text reason;
};

/* DESIGN_PUBLISHED */
struct design_published {
    struct text version;
    struct text xml;
    int64_t second_user; /* who proposed it; 0 at the creation of the folder */
    int64_t proposal;    /* 0 at the creation of the folder */
};

/* PLAN_PROPOSED: a version of the analysis plan that waits for a second person; its number is
 * that of the event. */
struct plan_proposed {
    struct text version;
    struct text json;   /* plan.json */
    struct text reason; /* what it changes and why, in words */
};

/* PLAN_PUBLISHED: from then on it is the plan. */
struct plan_published {
    int64_t proposal;
    struct text version;
    struct hash content; /* SHA-256 of plan.json */
};

/* ANALYSIS_RUN */
struct analysis_run_noted {
    int64_t at_seq;   /* the data cut: its last event */
    struct hash head; /* of it */
    struct text plan; /* version */
    struct hash plan_content;
    struct text design;  /* version in force at the cut */
    struct hash results; /* SHA-256 of results.json */
    int64_t participants;
};

/* PARTICIPANT_MOVED: forms of this event and of those behind it begin under this version
 * from now on. Forms that are there keep theirs. */
struct participant_moved {
    struct text version;
    struct text from_event;
    struct text reason;
};

/* USER_ADDED, USER_ROLES_SET */
struct user_changed {
    int64_t user;     /* given by the caller: user_next_id */
    struct text name; /* sign-in name, lower case, never reused */
    struct text full_name;
    const struct grant *grants;
    size_t grant_count;
};

/* USER_DISABLED, USER_ENABLED, TOTP_REMOVED */
struct user_named {
    int64_t user;
    struct text reason;
};

/* CREDENTIAL_SET: the argon2id text. TOTP_SET: the secret (sealed with everything else). */
struct credential_set {
    int64_t user;
    struct text secret;
};

/* LINK_ISSUED, LINK_USED: a one-time link is known by the hash of its token only. */
struct link_event {
    int64_t user;
    struct hash token;
    int64_t expires;
};

/* SIGNED_IN, SIGN_IN_FAILED, SIGNED_OUT, ACCESS_REFUSED. SIGNED_OUT with why "revoked"
 * voids all sessions of the user that began before it (sessions_valid_from), as do
 * CREDENTIAL_SET, USER_DISABLED and USER_ROLES_SET. */
struct sign_in_event {
    int64_t user; /* 0: no such name */
    struct text
        name; /* as typed, at most LIMIT_NAME; only when there is no such user */
    struct text
        why; /* "password", "totp", "disabled", "idle", "revoked", permission … */
    struct text client; /* address */
    int64_t totp_step;  /* used up by this sign-in; 0: none */
};

/* PARTICIPANT_ADDED */
struct participant_added {
    int64_t participant; /* given by the caller: participant_next_id */
    struct text site;
    struct text screening_number; /* one of the two */
    struct text provisional_number;
    struct text bed;
    bool has_request;
    uint8_t request[16]; /* client's id, so that a retry finds the first answer */
};

/* PARTICIPANT_ATTACH_PROPOSED, PARTICIPANT_ATTACHED, PARTICIPANT_DETACHED:
 * the event's participant is the provisional one. */
struct participant_attached {
    int64_t to;
    int64_t first_user; /* who proposed, when this confirms */
    struct text reason;
};

/* PARTICIPANT_ENROLLED, ENROLMENT_REFUSED */
struct participant_enrolled {
    struct text subject_number; /* absent when refused */
    int64_t enrolled_at;
    struct text findings; /* checks that refused, by id, separated by a space; or that
                           * stood in the way of what had happened already */
    struct text reason;   /* how it happened all the same; else absent */
};

/* DEVIATION_OPENED: a check stands against what happened. Forms are named by the numbers
 * of the events that began them (form_state.id). */
struct deviation_opened {
    struct text check, category;
    int64_t form; /* where the check stands */
    struct text item;
    int64_t row;
    struct version fact; /* the answer that says that it happened */
    int64_t opened;      /* the deviation's own form */
};

/* OPEN_POINT_CONFIRMED: what the registration leaves open is decided, or decided anew. */
struct point_confirmed {
    struct text point;     /* "Q3" */
    struct text choice;    /* absent: what the study runs with stands */
    struct text reason;    /* needed when it is decided anew */
    struct text reference; /* "ethics committee, letter of …"; may be absent */
};

/* VAULT_VIEWED */
struct vault_viewed {
    struct form_key key;
    struct text item;
    int64_t row;
    struct text reason;
};

/* BONE_USE_STATED: of somebody who is not identified yet, "IO at this bone in the last
 * 48 h?" The latest answer counts. */
struct bone_use_stated {
    struct text site;   /* code of the site that is to be used; may be absent */
    struct text answer; /* "none", "day", "two-days", "unknown" */
};

/* SAFETY_REVIEWED: a report of a serious adverse event, with its event, as of `of_seq`. */
struct safety_reviewed {
    struct form_key key;
    int64_t of_seq;
    struct text note; /* may be absent */
};

/* GRADE_DECIDED: what a physician made of an adverse event that the grade of a laboratory
 * result proposed. */
struct grade_decided {
    struct form_key key;    /* of the result's form */
    struct text item, term; /* term: of CTCAE, in English */
    int64_t of_seq;         /* the event that set the result */
    int64_t grade;
    int64_t event; /* accepted: the form repeat of the adverse event; 0: declined */
    struct text reason; /* of declining; else absent */
};

/* START_REVIEWED: the emergency start of a participant, which is the placement that is
 * attached to the screening record. */
struct start_reviewed {
    int64_t placement; /* the provisional participant */
    struct text note;  /* may be absent */
};

/* ALARM_RAISED: a step of an alarm of the design, at a place of a form, or of the whole
 * study. Later events name it by the number of this one. Instants; 0: never. */
struct alarm_raised {
    bool has_form;
    struct form_key key;
    int64_t row;
    struct text alarm, step; /* "AL04", "CK102" */
    int64_t level;           /* model/alarm.h */
    int64_t escalates_at, repeats_at;
};

/* ALARM_ACKNOWLEDGED */
struct alarm_acknowledged {
    int64_t alarm;
    struct text note; /* may be absent */
};

/* ALARM_ESCALATED: nobody has acknowledged it. ALARM_REPEATED: its cause still stands; it
 * is to be acknowledged anew. */
struct alarm_went_on {
    int64_t alarm;
    struct text roles; /* who is called: "INV PI" */
    int64_t escalates_at, repeats_at;
};

/* ALARM_ENDED */
struct alarm_ended {
    int64_t alarm;
};

/* ALARM_MESSAGE_SENT, ALARM_MESSAGE_FAILED: one attempt. A notice is what there was to
 * tell: 1 that it was raised, one more each time it went on. */
enum alarm_channel { ALARM_BY_MAIL, ALARM_BY_WEBHOOK, ALARM_CHANNELS };
struct alarm_message {
    int64_t alarm;
    enum alarm_channel channel;
    int64_t notice, attempt;
    struct text to;     /* whom: roles, or the host of the webhook; never a secret */
    struct text reason; /* why it failed; absent: it was sent */
    int64_t again_at;   /* instant of the next attempt; 0: none */
};

/* FEED_MESSAGE_RECEIVED: its number is the message's. What the message says about itself,
 * and nothing of what it says about a person: its bytes lie sealed in `feed_raw`, and are
 * none when it was refused. */
struct feed_message_received {
    struct text feed;         /* "LIS@CENTRALLAB" */
    struct text control;      /* MSH-10 */
    struct hash digest;       /* SHA-256 of the bytes as they came */
    int64_t size;             /* of them */
    struct text type;         /* MSH-9: "ORU^R01" */
    struct text version;      /* MSH-12 */
    struct text message_time; /* MSH-7 as it was written; may be absent */
    enum feed_state state;
    struct text reason; /* model/feed.h; absent: nothing stands against it */
    struct text said;   /* what the sender was told; may be absent */
    bool is_kept;       /* the bytes */
};

/* FEED_MESSAGE_SORTED: what became of a message, or becomes of it now that something was
 * put right. Sealed with the study's key: it tells no value, and outlives an erasure. */
struct feed_message_sorted {
    int64_t message;
    enum feed_state state;
    struct text reason;     /* absent: nothing stands against it */
    struct text said;       /* where and what, without a value; may be absent */
    int64_t of_participant; /* whose it is, once that is known; 0: not known */
};

/* FEED_SET: who may send, as an administrator says. */
struct feed_set {
    struct text feed;
    struct text label; /* what people call it */
    bool is_open;
    struct text certificate; /* SHA-256 of the one it must show, in hex; absent: any */
    int64_t silent_after;    /* minutes without a message that are too many; 0: never */
    struct text reason;
};

/* ERASURE_PROPOSED, ERASURE_TAKEN_BACK: sealed like all of the participant, so that the
 * reason goes with the key. */
struct erasure_asked {
    struct text reason;
};

/* PARTICIPANT_ERASED: nothing personal; the event itself names the participant. Appending
 * it destroys the key and the projections, and the writer then purges the folder of every
 * byte before `done`. The last four are filled in by txn_append: what a rebuild can no
 * longer learn from the erased events. */
struct series_last {
    struct text series, site;
    int64_t last;
};
struct participant_erased {
    int64_t second_user;
    struct text reason;
    struct text site;
    const struct text *names; /* all OIDs named so far, by their numbers */
    size_t name_count;
    const struct series_last *series; /* so that no number is used again */
    size_t series_count;
};

/* CHECKPOINT_SIGNED, BACKUP_MADE, RESTORED */
struct folder_event {
    int64_t at_seq;
    struct hash head;
    struct text note;
};

/* RESCUE_BROUGHT: somebody sends what waited on another device, from its rescue file. The
 * saves that follow are the bringer's own; whose entries they were is as the file says. */
struct rescue_brought {
    struct text person; /* sign-in name of who entered them */
    struct text device;
    int64_t since; /* when the first of them was entered, by that device */
    int64_t batches, entries;
};

/* EXPORTED: what left the folder, and of which data cut. Who and when stand beside it. */
struct exported {
    int64_t at_seq;      /* the cut: the last event whose effect is in it */
    struct hash head;    /* and that event's hash */
    struct text format;  /* "csv", "odm", "odm1 transactional" */
    struct hash content; /* SHA-256 of the file, or of SHA256SUMS of a folder */
    int64_t participants, values;
};

#endif
