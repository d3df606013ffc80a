#ifndef OSTEON_STORE_SCHEMA_H
#define OSTEON_STORE_SCHEMA_H
/* The tables, as rows TABLE(name, columns, kind) and INDEX(name, table, columns, where).
 * What SQLite and PostgreSQL spell differently is a word of the dialect: NUMBER, BYTES,
 * and the two kinds of table (ROWS: addressed by its first column, a number; KEYED: lies
 * in the order of its primary key).
 *
 * SCHEMA_RECORD: `log` and `data_key` are the record, `web_session` and `fact` working
 * tables. SCHEMA_PROJECTIONS: what follows from the log. `verify` makes them anew in a
 * scratch database and compares; a folder whose projections are of an earlier format gets
 * them anew when it is opened for writing (store/upgrade.h).
 *
 * Bytes count in `item_value`, of which there is one row an answer: who saved it and when
 * stands once in `batch` (one row each VALUES_SAVED), and an answer that is neither a
 * value nor missing is in the vault: its value stays sealed in the log.
 */

// clang-format off
#define SCHEMA_RECORD(TABLE, NUMBER, BYTES, ROWS, KEYED)                                   \
    TABLE("log",                                                                           \
        "seq " NUMBER " PRIMARY KEY, kind " NUMBER " NOT NULL,"                            \
        " kind_version " NUMBER " NOT NULL, server_time " NUMBER " NOT NULL,"              \
        " written_time " NUMBER " NOT NULL, device_time " NUMBER ", stated_time " NUMBER "," \
        " account " NUMBER ", device TEXT NOT NULL, participant " NUMBER ","               \
        " data_key " NUMBER " NOT NULL, payload " BYTES " NOT NULL,"                       \
        " previous_hash " BYTES " NOT NULL, hash " BYTES " NOT NULL", ROWS)                \
    /* `wrapped` NULL: destroyed by an erasure; the number is never given again. */        \
    TABLE("data_key",                                                                      \
        "id " NUMBER " PRIMARY KEY, participant " NUMBER " UNIQUE, wrapped " BYTES, ROWS)  \
    TABLE("fact",                                                                          \
        "name TEXT PRIMARY KEY, content " BYTES " NOT NULL", KEYED)                        \
    TABLE("web_session",                                                                   \
        "token " BYTES " PRIMARY KEY, account " NUMBER " NOT NULL,"                        \
        " created " NUMBER " NOT NULL, last_seen " NUMBER " NOT NULL,"                     \
        " client TEXT NOT NULL, device TEXT NOT NULL", KEYED)                              \
    /* Messages of feeds as they came, packed and sealed (store/feed_raw.c), by the number  \
     * of their event. `content` NULL: destroyed. */                                       \
    TABLE("feed_raw",                                                                      \
        "id " NUMBER " PRIMARY KEY, data_key " NUMBER " NOT NULL, content " BYTES, ROWS)   \
    /* The key of the messages that came in a month: months since the year 0. */           \
    TABLE("feed_period",                                                                   \
        "month " NUMBER " PRIMARY KEY, data_key " NUMBER " NOT NULL", ROWS)

#define SCHEMA_PROJECTIONS(TABLE, NUMBER, BYTES, ROWS, KEYED)                              \
    TABLE("design_version",                                                                \
        "seq " NUMBER " PRIMARY KEY, version TEXT NOT NULL UNIQUE,"                        \
        " published_at " NUMBER " NOT NULL, account " NUMBER " NOT NULL,"                  \
        " proposal " NUMBER " NOT NULL", ROWS)                                             \
    /* Versions of the analysis plan; `published`: by that event, 0: not yet. */            \
    TABLE("plan_version",                                                                  \
        "seq " NUMBER " PRIMARY KEY, version TEXT NOT NULL, account " NUMBER " NOT NULL,"  \
        " proposed_at " NUMBER " NOT NULL, reason TEXT NOT NULL,"                          \
        " published " NUMBER " NOT NULL, publisher " NUMBER " NOT NULL,"                   \
        " published_at " NUMBER " NOT NULL", ROWS)                                         \
    /* `state` 0: open, 1: published, 2: withdrawn. */                                     \
    TABLE("design_proposal",                                                               \
        "seq " NUMBER " PRIMARY KEY, version TEXT NOT NULL, account " NUMBER " NOT NULL,"  \
        " proposed_at " NUMBER " NOT NULL, reason TEXT NOT NULL, approval TEXT,"           \
        " approved_on TEXT, needs_consent " NUMBER " NOT NULL, state " NUMBER " NOT NULL," \
        " decided_by " NUMBER " NOT NULL, decided_at " NUMBER " NOT NULL", ROWS)           \
    /* From which event on the forms of a participant begin under another version. */      \
    TABLE("participant_move",                                                              \
        "participant " NUMBER ", seq " NUMBER ", version TEXT NOT NULL,"                   \
        " from_event " NUMBER " NOT NULL, PRIMARY KEY (participant, seq)", KEYED)          \
    TABLE("user_account",                                                                  \
        "id " NUMBER " PRIMARY KEY, name TEXT NOT NULL UNIQUE, full_name TEXT NOT NULL,"   \
        " is_disabled " NUMBER " NOT NULL, created_at " NUMBER " NOT NULL", ROWS)          \
    TABLE("user_role",                                                                     \
        "account " NUMBER ", place " NUMBER ", role TEXT NOT NULL, site TEXT,"             \
        " PRIMARY KEY (account, place)", KEYED)                                            \
    /* The secrets themselves stay sealed in the events whose numbers stand here. */       \
    TABLE("credential",                                                                    \
        "account " NUMBER " PRIMARY KEY, password_seq " NUMBER ", totp_seq " NUMBER ","    \
        " totp_last_step " NUMBER " NOT NULL, failures " NUMBER " NOT NULL,"               \
        " last_failure " NUMBER " NOT NULL, sessions_valid_from " NUMBER " NOT NULL", ROWS) \
    TABLE("link",                                                                          \
        "token " BYTES " PRIMARY KEY, account " NUMBER " NOT NULL,"                        \
        " expires " NUMBER " NOT NULL, is_void " NUMBER " NOT NULL", KEYED)                \
    TABLE("participant",                                                                   \
        "id " NUMBER " PRIMARY KEY, site TEXT NOT NULL, screening_number TEXT,"            \
        " provisional_number TEXT, subject_number TEXT, bed TEXT, state TEXT NOT NULL,"    \
        " created_at " NUMBER " NOT NULL, screened_at " NUMBER " NOT NULL,"                \
        " enrolled_at " NUMBER " NOT NULL, attached_to " NUMBER ","                        \
        " proposed_to " NUMBER ", proposed_by " NUMBER ", request " BYTES " UNIQUE", ROWS) \
    TABLE("series_number",                                                                 \
        "series TEXT, site TEXT, last " NUMBER " NOT NULL, PRIMARY KEY (series, site)", KEYED) \
    TABLE("oid_number",                                                                    \
        "id " NUMBER " PRIMARY KEY, oid TEXT NOT NULL UNIQUE", ROWS)                       \
    /* `id` is the number of the event that began the instance. */                         \
    TABLE("form_instance",                                                                 \
        "participant " NUMBER ", event " NUMBER ", event_repeat " NUMBER ", form " NUMBER "," \
        " form_repeat " NUMBER ", id " NUMBER " NOT NULL, is_complete " NUMBER " NOT NULL," \
        " answered " NUMBER " NOT NULL, expected " NUMBER " NOT NULL,"                     \
        " last_change " NUMBER " NOT NULL, design TEXT NOT NULL, branches " NUMBER " NOT NULL," \
        " PRIMARY KEY (participant, event, event_repeat, form, form_repeat)", KEYED)       \
    TABLE("item_value",                                                                    \
        "form " NUMBER ", item " NUMBER ", group_row " NUMBER ", value TEXT,"              \
        " missing " NUMBER " NOT NULL, missing_text TEXT, source " NUMBER " NOT NULL,"     \
        " seq " NUMBER " NOT NULL, place " NUMBER " NOT NULL,"                             \
        " PRIMARY KEY (form, item, group_row)", KEYED)                                     \
    /* The other heads of an item, beside its current one. */                              \
    TABLE("item_branch",                                                                   \
        "form " NUMBER ", item " NUMBER ", group_row " NUMBER ", seq " NUMBER ","          \
        " place " NUMBER ", value TEXT, missing " NUMBER " NOT NULL, missing_text TEXT,"   \
        " source " NUMBER " NOT NULL, PRIMARY KEY (form, item, group_row, seq, place)", KEYED) \
    /* Changes that others are based on and that have not arrived. */                      \
    TABLE("awaited_base",                                                                  \
        "form " NUMBER ", item " NUMBER ", group_row " NUMBER ", batch " BYTES ","         \
        " place " NUMBER ", PRIMARY KEY (form, item, group_row, batch, place)", KEYED)     \
    /* `form` is the instance, 0 while nothing is stored there; `at_` is its place. `is_open`:  \
     * it waits for somebody, open or answered. `is_held`: a person has answered or opened   \
     * it again, so it is no longer the program's to close. `last_` is its latest step. */  \
    TABLE("query",                                                                         \
        "id " NUMBER " PRIMARY KEY, participant " NUMBER " NOT NULL, form " NUMBER " NOT NULL," \
        " at_event " NUMBER " NOT NULL, at_event_repeat " NUMBER " NOT NULL,"              \
        " at_form " NUMBER " NOT NULL, at_form_repeat " NUMBER " NOT NULL,"                \
        " site TEXT NOT NULL, kind " NUMBER " NOT NULL, state " NUMBER " NOT NULL,"        \
        " is_open " NUMBER " NOT NULL, is_held " NUMBER " NOT NULL, check_id TEXT,"        \
        " item " NUMBER ", group_row " NUMBER " NOT NULL, english TEXT, chinese TEXT,"     \
        " opened_at " NUMBER " NOT NULL, opened_by " NUMBER " NOT NULL,"                   \
        " assignee " NUMBER " NOT NULL, last_seq " NUMBER " NOT NULL,"                     \
        " last_at " NUMBER " NOT NULL, last_by " NUMBER " NOT NULL, closed_at " NUMBER, ROWS) \
    /* The steps of queries, but that with which the program opened one. */                \
    TABLE("query_step",                                                                    \
        "id " NUMBER " PRIMARY KEY, query " NUMBER " NOT NULL, step " NUMBER " NOT NULL,"  \
        " account " NUMBER " NOT NULL, stepped_at " NUMBER " NOT NULL,"                    \
        " assignee " NUMBER " NOT NULL, said TEXT, request " BYTES " UNIQUE", ROWS)        \
    /* How many queries there are, kept: nobody counts them. */                            \
    TABLE("query_tally",                                                                   \
        "site TEXT, at_form " NUMBER ", assignee " NUMBER ", state " NUMBER ","            \
        " queries " NUMBER " NOT NULL, PRIMARY KEY (site, at_form, assignee, state)", KEYED) \
    TABLE("batch",                                                                         \
        "seq " NUMBER " PRIMARY KEY, id " BYTES " UNIQUE, corrected_time " NUMBER " NOT NULL," \
        " account " NUMBER " NOT NULL, digest " BYTES ", answer TEXT", ROWS)               \
    /* `id` is the number of its event; `opened` the deviation's own form instance. */    \
    TABLE("deviation",                                                                     \
        "id " NUMBER " PRIMARY KEY, participant " NUMBER " NOT NULL, check_id TEXT NOT NULL," \
        " form " NUMBER " NOT NULL, item " NUMBER " NOT NULL, group_row " NUMBER " NOT NULL," \
        " fact_seq " NUMBER " NOT NULL, fact_place " NUMBER " NOT NULL,"                   \
        " opened " NUMBER " NOT NULL", ROWS)                                               \
    /* Decisions on what the registration leaves open, all of them. */                     \
    TABLE("point_choice",                                                                  \
        "seq " NUMBER " PRIMARY KEY, point TEXT NOT NULL, choice TEXT, reason TEXT,"       \
        " reference TEXT, account " NUMBER " NOT NULL, chosen_at " NUMBER " NOT NULL", ROWS) \
    /* The latest second check of an item: of the answer's version `of_seq`:`of_place`, by  \
     * the event `seq`. `value` is the second entry, where it differs and is no identity. */ \
    TABLE("second_check",                                                                  \
        "form " NUMBER ", item " NUMBER ", group_row " NUMBER ", of_seq " NUMBER " NOT NULL," \
        " of_place " NUMBER " NOT NULL, is_agreed " NUMBER " NOT NULL, value TEXT,"        \
        " account " NUMBER " NOT NULL, seq " NUMBER " NOT NULL,"                           \
        " PRIMARY KEY (form, item, group_row)", KEYED)                                     \
    /* `state` 0: being staged, 1: committed, 2: abandoned. */                             \
    /* The rules have run on what it staged up to `rules_through`; `committed` at last. */ \
    TABLE("import",                                                                        \
        "seq " NUMBER " PRIMARY KEY, state " NUMBER " NOT NULL, committed " NUMBER         \
        " NOT NULL, rules_through " NUMBER " NOT NULL", ROWS)                              \
    /* Participants of an import that is being staged: visible once it is committed. */    \
    TABLE("import_subject",                                                                \
        "participant " NUMBER " PRIMARY KEY, import " NUMBER " NOT NULL,"                  \
        " subject_key TEXT NOT NULL, site TEXT NOT NULL, created_at " NUMBER " NOT NULL", ROWS) \
    /* Staged events about participants who are there already: projected at the commit. */ \
    TABLE("import_change",                                                                 \
        "seq " NUMBER " PRIMARY KEY, import " NUMBER " NOT NULL,"                          \
        " participant " NUMBER " NOT NULL", ROWS)                                              \
    /* Staged events that say more than answers (others' audit records, queries …): of the  \
     * participant itself; something that a snapshot tells, which has no audit records. */  \
    TABLE("import_said",                                                                   \
        "participant " NUMBER ", seq " NUMBER ", of_participant " NUMBER " NOT NULL,"      \
        " in_snapshot " NUMBER " NOT NULL, PRIMARY KEY (participant, seq)", KEYED)         \
    /* Form instances whose rules can say something else at a moment to come: never later  \
     * than they do. */                                                                    \
    TABLE("wake",                                                                          \
        "form " NUMBER " PRIMARY KEY, participant " NUMBER " NOT NULL,"                    \
        " wakes_at " NUMBER " NOT NULL", ROWS)                                             \
    /* Rows that the rules of other participants count (ROWS_COUNTED). */                  \
    TABLE("counted_row",                                                                   \
        "form " NUMBER ", count_name TEXT, group_row " NUMBER ", participant " NUMBER " NOT NULL," \
        " row_key TEXT NOT NULL, begins " NUMBER " NOT NULL, ends " NUMBER " NOT NULL,"    \
        " PRIMARY KEY (form, count_name, group_row)", KEYED)                               \
    /* `form` 0: of the casebook; `covered_row` 0: of all rows of the form. */             \
    TABLE("signature",                                                                     \
        "seq " NUMBER " PRIMARY KEY, participant " NUMBER " NOT NULL, form " NUMBER " NOT NULL," \
        " meaning TEXT NOT NULL, language TEXT NOT NULL, content " BYTES " NOT NULL,"      \
        " account " NUMBER " NOT NULL, signed_at " NUMBER " NOT NULL,"                      \
        " covered_row " NUMBER " NOT NULL", ROWS)                                          \
    /* Who reads or adjudicates which image (IMAGE_ASSIGNED). */                            \
    TABLE("image_task",                                                                    \
        "form " NUMBER ", account " NUMBER ", participant " NUMBER " NOT NULL,"            \
        " is_adjudicator " NUMBER " NOT NULL, seq " NUMBER " NOT NULL,"                    \
        " PRIMARY KEY (form, account)", KEYED)                                             \
    /* The latest source verification of an item: of the answer's version. */              \
    TABLE("verification",                                                                  \
        "form " NUMBER ", item " NUMBER ", group_row " NUMBER ", of_seq " NUMBER " NOT NULL," \
        " of_place " NUMBER " NOT NULL, account " NUMBER " NOT NULL, seq " NUMBER " NOT NULL," \
        " verified_at " NUMBER " NOT NULL, PRIMARY KEY (form, item, group_row)", KEYED)    \
    /* What is frozen or locked, or proposed to be: a form instance, all of a participant  \
     * (form 0), the data base (participant 0). */                                         \
    TABLE("record_lock",                                                                   \
        "participant " NUMBER ", form " NUMBER ", state " NUMBER " NOT NULL,"              \
        " seq " NUMBER ", account " NUMBER ", first_account " NUMBER ", locked_at " NUMBER "," \
        " reason TEXT, name TEXT, cut " NUMBER ", proposal " NUMBER " NOT NULL,"           \
        " proposed_by " NUMBER ", proposed_at " NUMBER ", proposed_name TEXT,"             \
        " PRIMARY KEY (participant, form)", KEYED)                                         \
    /* Every step of every register's lines, and what each says. `change`: added, agreed,  \
     * corrected, ended (store/register.h). */                                             \
    TABLE("register_step",                                                                 \
        "seq " NUMBER " PRIMARY KEY, line " NUMBER " NOT NULL, name TEXT NOT NULL,"        \
        " site TEXT, person " NUMBER " NOT NULL, change " NUMBER " NOT NULL,"              \
        " account " NUMBER " NOT NULL, stepped_at " NUMBER " NOT NULL,"                    \
        " reason TEXT, ends_on TEXT", ROWS)                                                \
    TABLE("register_value",                                                                \
        "seq " NUMBER ", place " NUMBER ", name TEXT NOT NULL, field TEXT NOT NULL,"       \
        " value TEXT NOT NULL, PRIMARY KEY (seq, place)", KEYED)                           \
    /* Who has verified whose identity, each time. */                                      \
    TABLE("identity_check",                                                                \
        "account " NUMBER ", seq " NUMBER ", verified_by " NUMBER " NOT NULL,"             \
        " verified_at " NUMBER " NOT NULL, how TEXT NOT NULL, certified_on TEXT NOT NULL," \
        " PRIMARY KEY (account, seq)", KEYED)                                              \
    /* `form`: the report (F.SAE) that was reviewed, as it and its event stood then. */     \
    TABLE("safety_review",                                                                 \
        "form " NUMBER " PRIMARY KEY, seq " NUMBER " NOT NULL,"                            \
        " of_seq " NUMBER " NOT NULL, account " NUMBER " NOT NULL,"                        \
        " reviewed_at " NUMBER " NOT NULL, note TEXT", ROWS)                               \
    /* `placement`: the provisional participant that was attached when it was reviewed. */ \
    TABLE("start_review",                                                                  \
        "participant " NUMBER " PRIMARY KEY, seq " NUMBER " NOT NULL,"                     \
        " placement " NUMBER " NOT NULL, account " NUMBER " NOT NULL,"                     \
        " reviewed_at " NUMBER " NOT NULL, note TEXT", ROWS)                               \
    /* `form`: of a laboratory result whose grade proposed an adverse event, `event`: the  \
     * repeat of its form; 0: declined. */                                                 \
    TABLE("grade_decision",                                                                \
        "form " NUMBER ", term TEXT, item TEXT NOT NULL, of_seq " NUMBER " NOT NULL,"      \
        " grade " NUMBER " NOT NULL, event " NUMBER " NOT NULL, seq " NUMBER " NOT NULL,"  \
        " account " NUMBER " NOT NULL, decided_at " NUMBER " NOT NULL, reason TEXT,"       \
        " PRIMARY KEY (form, term)", KEYED)                                                \
    /* `form`: the deviation (F.PD) that was assessed, as it stood then. */                \
    TABLE("deviation_assessment",                                                          \
        "form " NUMBER " PRIMARY KEY, seq " NUMBER " NOT NULL,"                            \
        " of_seq " NUMBER " NOT NULL, account " NUMBER " NOT NULL,"                        \
        " assessed_at " NUMBER " NOT NULL, severity TEXT NOT NULL,"                        \
        " report TEXT NOT NULL, reported_on TEXT, note TEXT", ROWS)                        \
    /* The first person of an erasure; the second one's act removes it. */                 \
    TABLE("erasure_proposal",                                                              \
        "participant " NUMBER " PRIMARY KEY, account " NUMBER " NOT NULL,"                 \
        " proposed_at " NUMBER " NOT NULL, reason TEXT NOT NULL", ROWS)                    \
    /* Alarms, by the event that raised them; of no participant and form 0 those of the     \
     * study. Instants, 0: not, or never. Of each way of telling: the last notice that was  \
     * settled, attempts at the next one, when it is tried again. */                        \
    TABLE("alarm",                                                                         \
        "seq " NUMBER " PRIMARY KEY, participant " NUMBER " NOT NULL,"                     \
        " form " NUMBER " NOT NULL, group_row " NUMBER " NOT NULL, name TEXT NOT NULL,"    \
        " step TEXT NOT NULL, level " NUMBER " NOT NULL, raised_at " NUMBER " NOT NULL,"   \
        " notices " NUMBER " NOT NULL, told_at " NUMBER " NOT NULL,"                       \
        " escalations " NUMBER " NOT NULL, escalates_at " NUMBER " NOT NULL,"              \
        " repeats_at " NUMBER " NOT NULL, acknowledged_at " NUMBER " NOT NULL,"            \
        " account " NUMBER ", note TEXT, ended_at " NUMBER " NOT NULL,"                    \
        " mailed " NUMBER " NOT NULL, mail_attempts " NUMBER " NOT NULL,"                  \
        " mail_at " NUMBER " NOT NULL, posted " NUMBER " NOT NULL,"                        \
        " post_attempts " NUMBER " NOT NULL, post_at " NUMBER " NOT NULL", ROWS)           \
    /* Who sends, or tried to. `state` 0: not known, 1: open, 2: closed. `last_` is of the  \
     * last message that was taken; `refused_` of the last that was not. */                \
    TABLE("feed",                                                                          \
        "name TEXT PRIMARY KEY, state " NUMBER " NOT NULL, label TEXT, certificate TEXT,"  \
        " silent_after " NUMBER " NOT NULL, account " NUMBER " NOT NULL,"                  \
        " set_at " NUMBER " NOT NULL, last_at " NUMBER " NOT NULL,"                        \
        " last_message " NUMBER " NOT NULL, refused_at " NUMBER " NOT NULL,"               \
        " refused_message " NUMBER " NOT NULL", KEYED)                                     \
    /* What each message says about itself, and what it is in (model/feed.h). */           \
    TABLE("feed_message",                                                                  \
        "id " NUMBER " PRIMARY KEY, feed TEXT NOT NULL, control TEXT NOT NULL,"            \
        " digest " BYTES " NOT NULL, size " NUMBER " NOT NULL, type TEXT NOT NULL,"        \
        " version TEXT NOT NULL, message_time TEXT, received " NUMBER " NOT NULL,"         \
        " state " NUMBER " NOT NULL, reason TEXT, said TEXT, is_kept " NUMBER " NOT NULL," \
        " participant " NUMBER ", sorted " NUMBER " NOT NULL", ROWS)                       \
    /* Numbers of patients, as digests (store/laboratory.h). */                            \
    TABLE("patient_link",                                                                  \
        "digest " BYTES " PRIMARY KEY, participant " NUMBER " NOT NULL,"                   \
        " seq " NUMBER " NOT NULL", KEYED)                                                 \
    /* What people say that feeds mean; `ended` 0: in force. */                            \
    TABLE("feed_rule",                                                                     \
        "seq " NUMBER " PRIMARY KEY, feed TEXT NOT NULL, kind " NUMBER " NOT NULL, item TEXT,"\
        " came TEXT NOT NULL, means TEXT NOT NULL, reason TEXT NOT NULL,"                  \
        " account " NUMBER " NOT NULL, set_at " NUMBER " NOT NULL,"                        \
        " ended " NUMBER " NOT NULL", ROWS)                                                \
    /* What came with the latest result of an item from a feed. */                         \
    TABLE("received_result",                                                               \
        "participant " NUMBER ", event " NUMBER ", event_repeat " NUMBER ", form " NUMBER ","\
        " form_repeat " NUMBER ", item " NUMBER ", message " NUMBER " NOT NULL,"           \
        " observation " NUMBER " NOT NULL, seq " NUMBER " NOT NULL, code TEXT NOT NULL,"   \
        " value TEXT, unit TEXT, factor TEXT, reference TEXT, low TEXT, high TEXT,"        \
        " flags TEXT, status TEXT, specimen TEXT, draw_site TEXT, collected " NUMBER " NOT NULL,"\
        " reported " NUMBER " NOT NULL,"                                                   \
        " PRIMARY KEY (participant, event, event_repeat, form, form_repeat, item)", KEYED)

#define SCHEMA_INDEXES(INDEX)                                                              \
    INDEX("log_participant", "log", "participant", "WHERE participant IS NOT NULL")        \
    /* Passwords, their rules, and what may be misuse: LOG_PROTECTION (statements.h). */    \
    INDEX("log_protection", "log", "kind, seq", "WHERE kind IN (7, 11, 27, 80, 81)")       \
    INDEX("participant_attached", "participant", "attached_to",                            \
        "WHERE attached_to IS NOT NULL")                                                   \
    INDEX("participant_state", "participant", "state", "")                                 \
    INDEX("query_participant", "query", "participant", "")                                 \
    INDEX("query_form", "query", "form", "")                                               \
    /* The inbox: oldest first, by what it is narrowed to. */                              \
    INDEX("query_state", "query", "state, opened_at, id", "")                              \
    INDEX("query_site", "query", "site, state, opened_at, id", "")                         \
    INDEX("query_at_form", "query", "at_form, state, opened_at, id", "")                   \
    INDEX("query_site_form", "query", "site, at_form, state, opened_at, id", "")           \
    INDEX("query_assignee", "query", "assignee, state, opened_at, id", "")                 \
    INDEX("query_author", "query", "opened_by, state, opened_at, id", "")                  \
    INDEX("query_kind", "query", "kind, state, opened_at, id", "")                         \
    INDEX("query_step_query", "query_step", "query, id", "")                               \
    INDEX("deviation_participant", "deviation", "participant", "")                         \
    INDEX("participant_screening", "participant", "screening_number", "")                  \
    INDEX("participant_subject", "participant", "subject_number", "")                      \
    INDEX("import_subject_key", "import_subject", "import, subject_key", "")               \
    INDEX("import_change_participant", "import_change", "participant", "")                 \
    INDEX("wake_moment", "wake", "wakes_at", "")                                           \
    INDEX("wake_participant", "wake", "participant", "")                                   \
    INDEX("counted_row_key", "counted_row", "count_name, row_key", "")                     \
    INDEX("counted_row_participant", "counted_row", "participant", "")                     \
    INDEX("image_task_account", "image_task", "account", "")                               \
    INDEX("image_task_participant", "image_task", "participant", "")                       \
    INDEX("signature_participant", "signature", "participant", "")                         \
    INDEX("register_step_name", "register_step", "name, seq", "")                          \
    INDEX("register_value_name", "register_value", "name, seq, place", "")                 \
    INDEX("alarm_participant", "alarm", "participant, ended_at", "")                       \
    INDEX("alarm_open", "alarm", "ended_at, seq", "")                                      \
    INDEX("feed_message_control", "feed_message", "control, feed", "")                     \
    INDEX("feed_message_state", "feed_message", "state, id", "")                           \
    INDEX("feed_message_received", "feed_message", "feed, received", "")                   \
    INDEX("feed_message_participant", "feed_message", "participant",                       \
        "WHERE participant IS NOT NULL")                                                   \
    INDEX("patient_link_participant", "patient_link", "participant", "")
// clang-format on

/* Raised when a projection gets another shape or another content; a table that is only
 * added needs no other number. A folder tells it in its card, so that no earlier program
 * opens it, and in the fact "projections", which changes with them in one transaction. */
enum { SCHEMA_FORMAT = 3 };

#endif
