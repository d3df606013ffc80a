#ifndef OSTEON_STORE_STATEMENTS_H
#define OSTEON_STORE_STATEMENTS_H
/* SIZE-OK: one closed list is read in one place.
 *
 * Every SQL statement of the program: a closed list, in the subset that SQLite and
 * PostgreSQL share. Placeholders are $1, $2 … and first appear in that order (SQLite
 * numbers them by appearance). The tables are in schema.h.
 */

#define LOG_COLUMNS                                                                    \
    "seq, kind, kind_version, server_time, written_time, device_time, stated_time,"    \
    " account, device, participant, data_key, payload, previous_hash, hash"
#define RECEIVED_COLUMNS                                                               \
    "participant, event, event_repeat, form, form_repeat, item, message, observation," \
    " seq, code, value, unit, factor, reference, low, high, flags, status, specimen,"  \
    " draw_site, collected, reported"
#define FEED_RULE_COLUMNS                                                              \
    "seq, feed, kind, item, came, means, reason, account, set_at, ended"
#define FEED_MESSAGE_COLUMNS                                                           \
    "id, feed, control, digest, size, type, version, message_time, received, state,"   \
    " reason, said, is_kept, participant, sorted"
/* 19, 46: VALUES_SAVED and IMPORT_STAGED; 30, 60 and 62 to 68: SECOND_CHECKED, SIGNED, and
 * what verifies, freezes and locks (read_log.c holds the numbers to their names). */
#define LOG_WANTED                                                                     \
    " seq > $1 AND seq < $2 AND ($3 < 0 OR coalesce(account, 0) = $3)"                 \
    " AND ($4 = 0 OR kind = $4 OR ($4 < 0 AND kind IN (19, 46))"                       \
    " OR ($4 = -2 AND (kind IN (30, 60) OR kind BETWEEN 62 AND 68)))"                  \
    " AND server_time >= $5 AND server_time <= $6"
/* The kinds that the index log_protection holds (read_protection.c holds the numbers to their
 * names): CREDENTIAL_SET, SIGN_IN_FAILED, ACCESS_REFUSED, PASSWORD_RULES_SET,
 * MISUSE_REVIEWED. */
#define LOG_PROTECTION " FROM log WHERE kind IN (7, 11, 27, 80, 81)"
#define PARTICIPANT_PLAIN                                                              \
    "id, site, screening_number, provisional_number, subject_number, bed, state,"      \
    " created_at, screened_at, enrolled_at, attached_to"
#define PARTICIPANT_COLUMNS                                                            \
    PARTICIPANT_PLAIN ","                                                              \
                      " (SELECT count(*) FROM query q"                                 \
                      "   WHERE q.participant = participant.id AND q.is_open = 1),"    \
                      " (SELECT count(*) FROM form_instance f WHERE f.participant = "  \
                      "participant.id),"                                               \
                      " (SELECT coalesce(sum(f.is_complete), 0) FROM form_instance f"  \
                      "   WHERE f.participant = participant.id),"                      \
                      " (SELECT coalesce(max(f.last_change), 0) FROM form_instance f"  \
                      "   WHERE f.participant = participant.id)"
#define USER_COLUMNS                                                                   \
    "id, name, full_name, is_disabled, created_at, c.password_seq, c.totp_seq,"        \
    " (SELECT count(*) FROM identity_check i WHERE i.account = u.id)"                  \
    " FROM user_account u LEFT JOIN credential c ON c.account = u.id"
#define FORM_COLUMNS                                                                   \
    "id, participant, event, event_repeat, form, form_repeat, is_complete, answered,"  \
    " expected, last_change, design, branches"
#define PROPOSAL_COLUMNS                                                               \
    "seq, version, account, proposed_at, reason, approval, approved_on, "              \
    "needs_consent,"                                                                   \
    " state, decided_by, decided_at"
#define PLAN_COLUMNS                                                                   \
    "seq, version, account, proposed_at, reason, published, publisher, published_at"
#define REGISTER_STEP_COLUMNS                                                          \
    "seq, line, name, site, person, change, account, stepped_at, reason, ends_on"
#define IDENTITY_COLUMNS "account, seq, verified_by, verified_at, how, certified_on"
#define ANSWER_COLUMNS                                                                 \
    "v.item, v.group_row, v.value, v.missing, v.missing_text, v.source, v.seq,"        \
    " v.place, b.corrected_time, b.account"
#define SIGNATURE_COLUMNS                                                              \
    "s.seq, s.form, s.meaning, s.language, s.content, s.account, s.signed_at,"         \
    " (SELECT coalesce(max(v.seq), 0) FROM form_instance f"                            \
    "   JOIN item_value v ON v.form = f.id"                                            \
    "   WHERE f.participant = s.participant AND (s.form = 0 OR f.id = s.form)"         \
    "   AND (s.covered_row = 0 OR v.group_row = s.covered_row)),"                      \
    " (SELECT coalesce(max(b.seq), 0) FROM form_instance f"                            \
    "   JOIN item_branch b ON b.form = f.id"                                           \
    "   WHERE f.participant = s.participant AND (s.form = 0 OR f.id = s.form)"         \
    "   AND (s.covered_row = 0 OR b.group_row = s.covered_row)),"                      \
    " s.covered_row"
#define ALARM_COLUMNS                                                                  \
    "a.seq, a.participant, a.form, f.event, f.event_repeat, f.form, f.form_repeat,"    \
    " a.group_row, a.name, a.step, a.level, a.raised_at, a.notices, a.told_at,"        \
    " a.escalations, a.escalates_at, a.repeats_at, a.acknowledged_at, a.account,"      \
    " a.note, a.ended_at, a.mailed, a.mail_attempts, a.mail_at, a.posted,"             \
    " a.post_attempts, a.post_at"
#define LOCK_COLUMNS                                                                   \
    "participant, form, state, seq, account, first_account, locked_at, reason, name,"  \
    " cut, proposal, proposed_by, proposed_at, proposed_name"

/* What a step of a query changes, and what it needs to know. */
#define QUERY_PLAIN "id, participant, site, at_form, state, is_held, assignee, last_seq"
#define QUERY_COLUMNS                                                                  \
    QUERY_PLAIN ", at_event, at_event_repeat, at_form_repeat, form, kind, check_id,"   \
                " item, group_row, english, chinese, opened_at, opened_by, last_at,"   \
                " last_by"
/* Of the state $1, behind the query $3 that was opened at $2, opened before $4. */
#define QUERY_PAGED(wanted)                                                            \
    " state = $1 AND (opened_at, id) > ($2, $3) AND opened_at < $4" wanted             \
    " ORDER BY opened_at, id"

// clang-format off
#define STATEMENT_TABLE(STATEMENT)                                                         \
    /* the log */                                                                          \
    STATEMENT(LOG_INSERT,                                                                  \
        "INSERT INTO log (" LOG_COLUMNS ")"                                                \
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")           \
    STATEMENT(LOG_HEAD, "SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1")             \
    /* the highest event that a projection knows */                                        \
    STATEMENT(LOG_KNOWN,                                                                   \
        "SELECT max(n) FROM (SELECT coalesce(max(seq), 0) AS n FROM batch"                 \
        " UNION ALL SELECT coalesce(max(seq), 0) FROM design_version"                      \
        " UNION ALL SELECT coalesce(max(password_seq), 0) FROM credential"                 \
        " UNION ALL SELECT coalesce(max(totp_seq), 0) FROM credential) AS known")          \
    /* the first event of a participant; who was erased (22: PARTICIPANT_ERASED) */        \
    STATEMENT(LOG_BEGINNING_OF,                                                            \
        "SELECT seq, hash FROM log WHERE participant = $1 ORDER BY seq LIMIT 1")           \
    STATEMENT(LOG_ERASED, "SELECT participant FROM log WHERE kind = 22 ORDER BY seq")      \
    STATEMENT(LOG_BY_SEQ, "SELECT " LOG_COLUMNS " FROM log WHERE seq = $1")                \
    STATEMENT(LOG_ALL, "SELECT " LOG_COLUMNS " FROM log ORDER BY seq")                     \
    STATEMENT(LOG_OF_KIND, "SELECT " LOG_COLUMNS " FROM log WHERE kind = $1 ORDER BY seq") \
    STATEMENT(LOG_LATEST_PROTECTION,                                                       \
        "SELECT " LOG_COLUMNS LOG_PROTECTION " AND kind = $1 ORDER BY seq DESC LIMIT 1")   \
    STATEMENT(LOG_PASSWORDS_OF,                                                            \
        "SELECT " LOG_COLUMNS LOG_PROTECTION " AND kind = 7 AND account = $1"              \
        " ORDER BY seq DESC LIMIT $2")                                                     \
    STATEMENT(LOG_MISUSE,                                                                  \
        "SELECT " LOG_COLUMNS LOG_PROTECTION " AND kind IN (11, 27) AND seq > $1"          \
        " ORDER BY seq LIMIT $2")                                                          \
    STATEMENT(LOG_FORWARD,                                                                 \
        "SELECT " LOG_COLUMNS " FROM log WHERE" LOG_WANTED " ORDER BY seq LIMIT $7")       \
    STATEMENT(LOG_BACKWARD,                                                                \
        "SELECT " LOG_COLUMNS " FROM log WHERE" LOG_WANTED " ORDER BY seq DESC LIMIT $7")  \
    STATEMENT(LOG_FORWARD_OF,                                                              \
        "SELECT " LOG_COLUMNS " FROM log WHERE" LOG_WANTED                                 \
        " AND participant = $7 ORDER BY seq LIMIT $8")                                     \
    STATEMENT(LOG_BACKWARD_OF,                                                             \
        "SELECT " LOG_COLUMNS " FROM log WHERE" LOG_WANTED                                 \
        " AND participant = $7 ORDER BY seq DESC LIMIT $8")                                \
    STATEMENT(LOG_SAID_OF,                                                                 \
        "SELECT " LOG_COLUMNS " FROM log WHERE seq IN (SELECT said.seq FROM import_said said" \
        " WHERE said.participant = $1 AND said.seq > $2 AND said.seq < $3"                 \
        " AND ($4 = 1 AND said.of_participant = 1 OR $4 = 0 AND said.in_snapshot = 1)"     \
        " ORDER BY said.seq LIMIT $5) ORDER BY seq")                                       \
    /* keys and facts */                                                                   \
    STATEMENT(KEY_INSERT,                                                                  \
        "INSERT INTO data_key (id, participant, wrapped) VALUES ($1, $2, $3)")             \
    STATEMENT(KEY_BY_ID, "SELECT id, participant, wrapped FROM data_key WHERE id = $1")    \
    STATEMENT(KEY_OF_PARTICIPANT,                                                          \
        "SELECT id, participant, wrapped FROM data_key WHERE participant = $1")            \
    STATEMENT(KEY_NEXT, "SELECT coalesce(max(id), 0) + 1 FROM data_key")                   \
    STATEMENT(KEY_DESTROY, "UPDATE data_key SET wrapped = NULL WHERE participant = $1")    \
    STATEMENT(KEY_ALL, "SELECT id, participant, wrapped FROM data_key ORDER BY id")        \
    STATEMENT(FACT_SET,                                                                    \
        "INSERT INTO fact (name, content) VALUES ($1, $2)"                                 \
        " ON CONFLICT (name) DO UPDATE SET content = excluded.content")                    \
    STATEMENT(FACT_GET, "SELECT content FROM fact WHERE name = $1")                        \
    STATEMENT(FACT_DELETE, "DELETE FROM fact WHERE name = $1")                             \
    /* designs */                                                                          \
    STATEMENT(DESIGN_INSERT,                                                               \
        "INSERT INTO design_version (seq, version, published_at, account, proposal)"       \
        " VALUES ($1, $2, $3, $4, $5)")                                                    \
    STATEMENT(DESIGN_CURRENT,                                                              \
        "SELECT seq, version, published_at FROM design_version"                            \
        " ORDER BY seq DESC LIMIT 1")                                                      \
    STATEMENT(DESIGN_BY_VERSION,                                                           \
        "SELECT seq, version, published_at FROM design_version WHERE version = $1")        \
    STATEMENT(DESIGN_ALL,                                                                  \
        "SELECT seq, version, published_at, account, proposal FROM design_version"         \
        " ORDER BY seq")                                                                   \
    STATEMENT(PLAN_INSERT,                                                                 \
        "INSERT INTO plan_version (seq, version, account, proposed_at, reason, published," \
        " publisher, published_at) VALUES ($1, $2, $3, $4, $5, 0, 0, 0)")                  \
    STATEMENT(PLAN_PUBLISH,                                                                \
        "UPDATE plan_version SET published = $1, publisher = $2, published_at = $3"        \
        " WHERE seq = $4 AND published = 0")                                               \
    STATEMENT(PLAN_ALL, "SELECT " PLAN_COLUMNS " FROM plan_version ORDER BY seq")          \
    STATEMENT(PLAN_BY_SEQ, "SELECT " PLAN_COLUMNS " FROM plan_version WHERE seq = $1")     \
    STATEMENT(PLAN_CURRENT,                                                                \
        "SELECT " PLAN_COLUMNS " FROM plan_version WHERE published > 0"                    \
        " ORDER BY published DESC LIMIT 1")                                                \
    STATEMENT(PROPOSAL_INSERT,                                                             \
        "INSERT INTO design_proposal (seq, version, account, proposed_at, reason,"         \
        " approval, approved_on, needs_consent, state, decided_by, decided_at)"            \
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0)")                               \
    STATEMENT(PROPOSAL_DECIDE,                                                             \
        "UPDATE design_proposal SET state = $1, decided_by = $2, decided_at = $3"          \
        " WHERE seq = $4 AND state = $5")                                                  \
    STATEMENT(PROPOSAL_ALL,                                                                \
        "SELECT " PROPOSAL_COLUMNS " FROM design_proposal ORDER BY seq")                   \
    STATEMENT(PROPOSAL_BY_SEQ,                                                             \
        "SELECT " PROPOSAL_COLUMNS " FROM design_proposal WHERE seq = $1")                 \
    STATEMENT(MOVE_INSERT,                                                                 \
        "INSERT INTO participant_move (participant, seq, version, from_event)"             \
        " VALUES ($1, $2, $3, $4)")                                                        \
    STATEMENT(MOVE_OF,                                                                     \
        "SELECT seq, version, from_event FROM participant_move WHERE participant = $1"     \
        " ORDER BY seq DESC")                                                              \
    STATEMENT(MOVE_ALL,                                                                    \
        "SELECT participant, seq, version, from_event FROM participant_move"               \
        " ORDER BY participant, seq")                                                      \
    /* users */                                                                            \
    STATEMENT(USER_INSERT,                                                                 \
        "INSERT INTO user_account (id, name, full_name, is_disabled, created_at)"          \
        " VALUES ($1, $2, $3, 0, $4)")                                                     \
    STATEMENT(USER_DISABLE, "UPDATE user_account SET is_disabled = $1 WHERE id = $2")      \
    STATEMENT(USER_BY_NAME, "SELECT " USER_COLUMNS " WHERE u.name = $1")                   \
    STATEMENT(USER_BY_ID, "SELECT " USER_COLUMNS " WHERE u.id = $1")                       \
    STATEMENT(USER_LIST, "SELECT " USER_COLUMNS " ORDER BY u.id")                          \
    STATEMENT(USER_NEXT_ID, "SELECT coalesce(max(id), 0) + 1 FROM user_account")           \
    STATEMENT(USER_ALL,                                                                    \
        "SELECT id, name, full_name, is_disabled, created_at FROM user_account"            \
        " ORDER BY id")                                                                    \
    STATEMENT(USER_ROLE_INSERT,                                                            \
        "INSERT INTO user_role (account, place, role, site) VALUES ($1, $2, $3, $4)")      \
    STATEMENT(USER_ROLE_DELETE, "DELETE FROM user_role WHERE account = $1")                \
    STATEMENT(USER_ROLES,                                                                  \
        "SELECT role, site FROM user_role WHERE account = $1 ORDER BY place")              \
    STATEMENT(USER_ROLE_ALL,                                                               \
        "SELECT account, place, role, site FROM user_role ORDER BY account, place")        \
    STATEMENT(CREDENTIAL_INSERT,                                                           \
        "INSERT INTO credential (account, totp_last_step, failures, last_failure,"         \
        " sessions_valid_from) VALUES ($1, 0, 0, 0, 0)")                                   \
    STATEMENT(CREDENTIAL_PASSWORD,                                                         \
        "UPDATE credential SET password_seq = $1, failures = 0, sessions_valid_from = $2"  \
        " WHERE account = $3")                                                             \
    STATEMENT(CREDENTIAL_TOTP,                                                             \
        "UPDATE credential SET totp_seq = $1, totp_last_step = 0 WHERE account = $2")      \
    STATEMENT(CREDENTIAL_SUCCESS,                                                          \
        "UPDATE credential SET failures = 0, totp_last_step = CASE"                        \
        " WHEN totp_last_step < $1 THEN $1 ELSE totp_last_step END WHERE account = $2")    \
    STATEMENT(CREDENTIAL_FAILURE,                                                          \
        "UPDATE credential SET failures = failures + 1, last_failure = $1"                 \
        " WHERE account = $2")                                                             \
    STATEMENT(CREDENTIAL_REVOKE,                                                           \
        "UPDATE credential SET sessions_valid_from = $1 WHERE account = $2")               \
    STATEMENT(CREDENTIAL_OF,                                                               \
        "SELECT password_seq, totp_seq, totp_last_step, failures, last_failure,"           \
        " sessions_valid_from FROM credential WHERE account = $1")                         \
    STATEMENT(CREDENTIAL_ALL,                                                              \
        "SELECT account, password_seq, totp_seq, totp_last_step, failures, last_failure,"  \
        " sessions_valid_from FROM credential ORDER BY account")                           \
    STATEMENT(LINK_INSERT,                                                                 \
        "INSERT INTO link (token, account, expires, is_void) VALUES ($1, $2, $3, 0)")      \
    STATEMENT(LINK_VOID_OF, "UPDATE link SET is_void = 1 WHERE account = $1")              \
    STATEMENT(LINK_FIND,                                                                   \
        "SELECT account FROM link WHERE token = $1 AND is_void = 0 AND expires > $2")      \
    STATEMENT(LINK_ALL,                                                                    \
        "SELECT token, account, expires, is_void FROM link ORDER BY token")                \
    STATEMENT(WEB_SESSION_INSERT,                                                          \
        "INSERT INTO web_session (token, account, created, last_seen, client, device)"     \
        " VALUES ($1, $2, $3, $3, $4, $5)")                                                \
    STATEMENT(WEB_SESSION_FIND,                                                            \
        "SELECT token, account, created, last_seen, client, device FROM web_session"       \
        " WHERE token = $1")                                                               \
    STATEMENT(WEB_SESSION_TOUCH, "UPDATE web_session SET last_seen = $1 WHERE token = $2") \
    STATEMENT(WEB_SESSION_DELETE, "DELETE FROM web_session WHERE token = $1")              \
    /* One that was ended is kept for a while, under its account's negative number. */     \
    STATEMENT(WEB_SESSION_MARK,                                                            \
        "UPDATE web_session SET last_seen = $1, account = -account"                        \
        " WHERE token = $2 AND account > 0")                                               \
    STATEMENT(WEB_SESSION_MARK_OF,                                                         \
        "UPDATE web_session SET last_seen = $1, account = -account"                        \
        " WHERE account = $2 AND token <> $3")                                             \
    STATEMENT(WEB_SESSION_DELETE_OF,                                                       \
        "DELETE FROM web_session WHERE account = $1 AND token <> $2")                      \
    STATEMENT(WEB_SESSION_DELETE_OLD, "DELETE FROM web_session WHERE last_seen < $1")      \
    STATEMENT(WEB_SESSION_DELETE_ALL, "DELETE FROM web_session")                           \
    STATEMENT(WEB_SESSION_OF,                                                              \
        "SELECT token, account, created, last_seen, client, device FROM web_session"       \
        " WHERE account = $1 ORDER BY created DESC, token")                                \
    /* participants */                                                                     \
    STATEMENT(PARTICIPANT_INSERT,                                                          \
        "INSERT INTO participant (id, site, screening_number, provisional_number, bed,"    \
        " state, created_at, screened_at, enrolled_at, request)"                           \
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)")                                 \
    STATEMENT(PARTICIPANT_STATE, "UPDATE participant SET state = $1 WHERE id = $2")        \
    STATEMENT(PARTICIPANT_PROPOSE,                                                         \
        "UPDATE participant SET proposed_to = $1, proposed_by = $2 WHERE id = $3")         \
    STATEMENT(PARTICIPANT_ATTACH,                                                          \
        "UPDATE participant SET attached_to = $1, proposed_to = NULL, proposed_by = NULL"  \
        " WHERE id = $2")                                                                  \
    STATEMENT(PARTICIPANT_ENROL,                                                           \
        "UPDATE participant SET subject_number = $1, enrolled_at = $2, state = $3"         \
        " WHERE id = $4")                                                                  \
    STATEMENT(PARTICIPANT_DELETE, "DELETE FROM participant WHERE id = $1")                 \
    STATEMENT(PARTICIPANT_TOMBSTONE,                                                       \
        "INSERT INTO participant (id, site, state, created_at, screened_at, enrolled_at)"  \
        " VALUES ($1, $2, $3, 0, 0, 0)")                                                   \
    STATEMENT(PARTICIPANT_BY_ID,                                                           \
        "SELECT " PARTICIPANT_COLUMNS " FROM participant WHERE id = $1")                   \
    STATEMENT(PARTICIPANT_PLAIN_BY_ID,                                                     \
        "SELECT " PARTICIPANT_PLAIN " FROM participant WHERE id = $1")                     \
    /* export: participants one by one, a form's answers as they stand */                 \
    STATEMENT(PARTICIPANT_AFTER,                                                           \
        "SELECT " PARTICIPANT_PLAIN " FROM participant WHERE id > $1 ORDER BY id LIMIT 1") \
    STATEMENT(ITEM_EXPORT,                                                                 \
        "SELECT item, group_row, value, missing, missing_text, source, seq, place"         \
        " FROM item_value WHERE form = $1 ORDER BY item, group_row")                       \
    STATEMENT(LOG_AT_TIME, "SELECT coalesce(max(seq), 0) FROM log WHERE server_time <= $1") \
    STATEMENT(PARTICIPANT_SITE, "SELECT site FROM participant WHERE id = $1")              \
    STATEMENT(PARTICIPANT_BY_REQUEST, "SELECT id FROM participant WHERE request = $1")     \
    STATEMENT(PARTICIPANT_ATTACHED_TO,                                                     \
        "SELECT id FROM participant WHERE attached_to = $1 ORDER BY id DESC LIMIT 1")      \
    STATEMENT(PARTICIPANT_PROPOSAL,                                                        \
        "SELECT proposed_to, proposed_by FROM participant WHERE id = $1")                  \
    /* $3: part of a number or bed, escaped; $4: '|01|02|' or '' for all sites */          \
    STATEMENT(PARTICIPANT_LIST,                                                            \
        "SELECT " PARTICIPANT_COLUMNS " FROM participant WHERE id > $1"                    \
        " AND ($2 = '' OR state = $2)"                                                     \
        " AND ($3 = '' OR upper(coalesce(screening_number, '') || ' '"                      \
        "   || coalesce(provisional_number, '') || ' ' || coalesce(subject_number, '')"    \
        "   || ' ' || coalesce(bed, '')) LIKE '%' || upper($3) || '%' ESCAPE '\\')"        \
        " AND ($4 = '' OR $4 LIKE '%|' || site || '|%')"                                   \
        " ORDER BY id LIMIT $5")                                                           \
    STATEMENT(PARTICIPANT_COUNT, "SELECT count(*) FROM participant WHERE state = $1")      \
    /* also behind those whom an import stages, or has abandoned */                        \
    STATEMENT(PARTICIPANT_NEXT_ID,                                                         \
        "SELECT coalesce(max(participant), 0) + 1 FROM data_key")                          \
    STATEMENT(PARTICIPANT_BY_SCREENING,                                                    \
        "SELECT id FROM participant WHERE screening_number = $1 LIMIT 1")                  \
    STATEMENT(PARTICIPANT_BY_SUBJECT,                                                      \
        "SELECT id FROM participant WHERE subject_number = $1 LIMIT 1")                    \
    STATEMENT(PARTICIPANT_ALL,                                                             \
        "SELECT id, site, screening_number, provisional_number, subject_number, bed,"      \
        " state, created_at, screened_at, enrolled_at, attached_to, proposed_to,"          \
        " proposed_by, request FROM participant ORDER BY id")                              \
    STATEMENT(SERIES_RAISE,                                                                \
        "INSERT INTO series_number (series, site, last) VALUES ($1, $2, $3)"               \
        " ON CONFLICT (series, site) DO UPDATE SET last = CASE WHEN"                       \
        " excluded.last > series_number.last THEN excluded.last"                           \
        " ELSE series_number.last END")                                                    \
    STATEMENT(SERIES_LAST, "SELECT last FROM series_number WHERE series = $1 AND site = $2") \
    STATEMENT(SERIES_ALL,                                                                  \
        "SELECT series, site, last FROM series_number ORDER BY series, site")              \
    /* names, forms, answers */                                                            \
    STATEMENT(OID_INSERT, "INSERT INTO oid_number (id, oid) VALUES ($1, $2)")              \
    STATEMENT(OID_AFTER, "SELECT id, oid FROM oid_number WHERE id > $1 ORDER BY id")       \
    STATEMENT(OID_ALL, "SELECT id, oid FROM oid_number ORDER BY id")                       \
    STATEMENT(FORM_INSERT,                                                                 \
        "INSERT INTO form_instance (is_complete, answered, expected, last_change, design," \
        " branches, participant, event, event_repeat, form, form_repeat, id)"              \
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")                     \
    STATEMENT(FORM_UPDATE,                                                                 \
        "UPDATE form_instance SET is_complete = $1, answered = $2, expected = $3,"         \
        " last_change = $4, design = $5, branches = $6 WHERE participant = $7"             \
        " AND event = $8 AND event_repeat = $9 AND form = $10 AND form_repeat = $11"       \
        " AND id = $12")                                                                   \
    STATEMENT(FORM_FIND,                                                                   \
        "SELECT " FORM_COLUMNS ", (SELECT count(*) FROM query q"                           \
        " WHERE q.form = form_instance.id AND q.is_open = 1) FROM form_instance"           \
        " WHERE participant = $1 AND event = $2 AND event_repeat = $3 AND form = $4"       \
        " AND form_repeat = $5")                                                           \
    STATEMENT(FORM_IDENTITY,                                                               \
        "SELECT id, branches, last_change FROM form_instance"                                           \
        " WHERE participant = $1 AND event = $2 AND event_repeat = $3 AND form = $4"       \
        " AND form_repeat = $5")                                                           \
    STATEMENT(FORM_LIST,                                                                   \
        "SELECT " FORM_COLUMNS ", (SELECT count(*) FROM query q"                           \
        " WHERE q.form = form_instance.id AND q.is_open = 1) FROM form_instance"           \
        " WHERE participant = $1"                                                          \
        " ORDER BY event, event_repeat, form, form_repeat")                                \
    STATEMENT(FORM_ALL,                                                                    \
        "SELECT participant, event, event_repeat, form, form_repeat, id, is_complete,"     \
        " answered, expected, last_change, design, branches FROM form_instance"            \
        " ORDER BY participant, event, event_repeat, form, form_repeat")                   \
    /* a third of the time of an INSERT … ON CONFLICT */                                   \
    STATEMENT(ITEM_UPDATE,                                                                 \
        "UPDATE item_value SET value = $1, missing = $2, missing_text = $3, source = $4,"  \
        " seq = $5, place = $6 WHERE form = $7 AND item = $8 AND group_row = $9")          \
    STATEMENT(ITEM_INSERT,                                                                 \
        "INSERT INTO item_value (form, item, group_row, value, missing, missing_text,"     \
        " source, seq, place) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")                \
    STATEMENT(ITEM_OF_FORM,                                                                \
        "SELECT " ANSWER_COLUMNS " FROM item_value v JOIN batch b ON b.seq = v.seq"        \
        " WHERE v.form = $1 ORDER BY v.item, v.group_row")                                 \
    STATEMENT(ITEM_OF_PARTICIPANT,                                                         \
        "SELECT v.form, v.item, v.group_row, v.value, v.missing, v.missing_text, v.source,"  \
        " v.seq FROM form_instance f JOIN item_value v ON v.form = f.id"                   \
        " WHERE f.participant = $1 AND f.id <> $2")                                        \
    STATEMENT(ITEM_ALL,                                                                    \
        "SELECT form, item, group_row, value, missing, missing_text, source, seq, place"   \
        " FROM item_value ORDER BY form, item, group_row")                                 \
    STATEMENT(BRANCH_INSERT,                                                               \
        "INSERT INTO item_branch (form, item, group_row, seq, place, value, missing,"      \
        " missing_text, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")              \
    STATEMENT(BRANCH_DELETE,                                                               \
        "DELETE FROM item_branch WHERE form = $1 AND item = $2 AND group_row = $3")        \
    STATEMENT(BRANCH_OF_FORM,                                                              \
        "SELECT " ANSWER_COLUMNS " FROM item_branch v JOIN batch b ON b.seq = v.seq"       \
        " WHERE v.form = $1 ORDER BY v.item, v.group_row, v.seq, v.place")                 \
    STATEMENT(BRANCH_ALL,                                                                  \
        "SELECT form, item, group_row, seq, place, value, missing, missing_text, source"   \
        " FROM item_branch ORDER BY form, item, group_row, seq, place")                    \
    STATEMENT(AWAITED_INSERT,                                                              \
        "INSERT INTO awaited_base (form, item, group_row, batch, place)"                   \
        " VALUES ($1, $2, $3, $4, $5)")                                                    \
    STATEMENT(AWAITED_DELETE,                                                              \
        "DELETE FROM awaited_base WHERE form = $1 AND item = $2 AND group_row = $3")       \
    STATEMENT(AWAITED_OF_FORM,                                                             \
        "SELECT item, group_row, batch, place FROM awaited_base WHERE form = $1"           \
        " ORDER BY item, group_row, batch, place")                                         \
    STATEMENT(AWAITED_ALL,                                                                 \
        "SELECT form, item, group_row, batch, place FROM awaited_base"                     \
        " ORDER BY form, item, group_row, batch, place")                                   \
    /* queries */                                                                          \
    STATEMENT(QUERY_INSERT,                                                                \
        "INSERT INTO query (id, participant, form, at_event, at_event_repeat, at_form,"    \
        " at_form_repeat, site, kind, state, is_open, is_held, check_id, item, group_row," \
        " english, chinese, opened_at, opened_by, assignee, last_seq, last_at, last_by)"   \
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 1, 0, $10, $11, $12, $13, $14,"   \
        " $15, $16, $17, $18, $15, $16)")                                                  \
    STATEMENT(QUERY_MOVE,                                                                  \
        "UPDATE query SET state = $1, is_open = $2, is_held = $3, assignee = $4,"          \
        " last_seq = $5, last_at = $6, last_by = $7, closed_at = $8 WHERE id = $9")        \
    /* nothing was stored of the form when it was asked about */                           \
    STATEMENT(QUERY_ADOPT,                                                                 \
        "UPDATE query SET form = $1 WHERE participant = $2 AND form = 0 AND at_event = $3" \
        " AND at_event_repeat = $4 AND at_form = $5 AND at_form_repeat = $6")              \
    STATEMENT(QUERY_MATCH,                                                                 \
        "SELECT " QUERY_PLAIN " FROM query WHERE form = $1 AND kind = $2"                  \
        " AND coalesce(check_id, '') = $3 AND coalesce(item, 0) = $4 AND group_row = $5"   \
        " AND is_open = 1 LIMIT 1")                                                        \
    STATEMENT(QUERY_BY_ID, "SELECT " QUERY_COLUMNS " FROM query WHERE id = $1")            \
    STATEMENT(QUERY_PLAIN_BY_ID, "SELECT " QUERY_PLAIN " FROM query WHERE id = $1")        \
    STATEMENT(QUERY_LIST,                                                                  \
        "SELECT " QUERY_COLUMNS " FROM query WHERE form = $1 AND is_open >= $2 ORDER BY id") \
    /* of forms of which nothing is stored */                                              \
    STATEMENT(QUERY_UNBEGUN,                                                               \
        "SELECT " QUERY_COLUMNS " FROM query WHERE participant = $1 AND form = 0 ORDER BY id") \
    STATEMENT(QUERY_ALL,                                                                   \
        "SELECT id, participant, form, at_event, at_event_repeat, at_form, at_form_repeat," \
        " site, kind, state, is_open, is_held, check_id, item, group_row, english, chinese," \
        " opened_at, opened_by, assignee, last_seq, last_at, last_by, closed_at"           \
        " FROM query ORDER BY id")                                                         \
    /* those of the rules, which a deviation may follow from */                            \
    STATEMENT(QUERY_OF_PARTICIPANT,                                                        \
        "SELECT " QUERY_COLUMNS " FROM query WHERE participant = $1 AND is_open = 1"       \
        " AND kind = 0 ORDER BY id")                                                       \
    /* findings that a person has closed: they stand while their answers do */             \
    STATEMENT(QUERY_ACCEPTED,                                                              \
        "SELECT kind, check_id, item, group_row, last_seq FROM query"                      \
        " WHERE form = $1 AND is_open = 0 AND last_by <> 0 ORDER BY id")                   \
    /* the inbox, oldest first; QUERY_PAGED: state, behind, before */                       \
    STATEMENT(QUERY_INBOX, "SELECT " QUERY_COLUMNS " FROM query WHERE" QUERY_PAGED(""))         \
    STATEMENT(QUERY_INBOX_SITE,                                                            \
        "SELECT " QUERY_COLUMNS " FROM query WHERE" QUERY_PAGED(" AND site = $5"))         \
    STATEMENT(QUERY_INBOX_FORM,                                                            \
        "SELECT " QUERY_COLUMNS " FROM query WHERE" QUERY_PAGED(" AND at_form = $5"))      \
    STATEMENT(QUERY_INBOX_SITE_FORM,                                                       \
        "SELECT " QUERY_COLUMNS " FROM query WHERE"                                        \
        QUERY_PAGED(" AND site = $5 AND at_form = $6"))                                    \
    STATEMENT(QUERY_INBOX_ASSIGNEE,                                                        \
        "SELECT " QUERY_COLUMNS " FROM query WHERE" QUERY_PAGED(" AND assignee = $5"))     \
    STATEMENT(QUERY_INBOX_AUTHOR,                                                          \
        "SELECT " QUERY_COLUMNS " FROM query WHERE" QUERY_PAGED(" AND opened_by = $5"))    \
    STATEMENT(QUERY_INBOX_KIND,                                                            \
        "SELECT " QUERY_COLUMNS " FROM query WHERE" QUERY_PAGED(" AND kind = $5"))         \
    /* few a participant: of all states and in no order */                                 \
    STATEMENT(QUERY_INBOX_PARTICIPANT,                                                     \
        "SELECT " QUERY_COLUMNS " FROM query WHERE participant = $1 ORDER BY opened_at, id") \
    STATEMENT(QUERY_OLDEST,                                                                \
        "SELECT opened_at FROM query WHERE site = $1 AND state = $2"                       \
        " ORDER BY opened_at LIMIT 1")                                                     \
    STATEMENT(QUERY_STEP_INSERT,                                                           \
        "INSERT INTO query_step (id, query, step, account, stepped_at, assignee, said,"    \
        " request) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")                               \
    STATEMENT(QUERY_STEPS,                                                                 \
        "SELECT id, step, account, stepped_at, assignee, said FROM query_step"             \
        " WHERE query = $1 ORDER BY id")                                                   \
    STATEMENT(QUERY_STEP_BY_REQUEST,                                                       \
        "SELECT query, step, account FROM query_step WHERE request = $1")                  \
    STATEMENT(QUERY_STEP_ALL,                                                              \
        "SELECT id, query, step, account, stepped_at, assignee, said, request"             \
        " FROM query_step ORDER BY id")                                                    \
    STATEMENT(QUERY_TALLY_ADD,                                                             \
        "INSERT INTO query_tally (site, at_form, assignee, state, queries)"                \
        " VALUES ($1, $2, $3, $4, 1) ON CONFLICT (site, at_form, assignee, state)"         \
        " DO UPDATE SET queries = query_tally.queries + 1")                                \
    STATEMENT(QUERY_TALLY_TAKE,                                                            \
        "UPDATE query_tally SET queries = queries - 1 WHERE site = $1 AND at_form = $2"    \
        " AND assignee = $3 AND state = $4")                                               \
    STATEMENT(QUERY_TALLY_EMPTY,                                                           \
        "DELETE FROM query_tally WHERE site = $1 AND at_form = $2 AND assignee = $3"       \
        " AND state = $4 AND queries = 0")                                                 \
    STATEMENT(QUERY_TALLY_ALL,                                                             \
        "SELECT site, at_form, assignee, state, queries FROM query_tally"                  \
        " ORDER BY site, at_form, assignee, state")                                        \
    /* deviations that the program opened */                                               \
    STATEMENT(DEVIATION_INSERT,                                                            \
        "INSERT INTO deviation (id, participant, check_id, form, item, group_row,"         \
        " fact_seq, fact_place, opened) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")      \
    STATEMENT(DEVIATION_LIST,                                                              \
        "SELECT d.id, d.check_id, d.form, d.item, d.group_row, d.fact_seq, d.fact_place,"  \
        " d.opened, f.event, f.event_repeat, f.form, f.form_repeat FROM deviation d"       \
        " JOIN form_instance f ON f.participant = d.participant AND f.id = d.opened"       \
        " WHERE d.participant = $1 ORDER BY d.id")                                         \
    STATEMENT(DEVIATION_ALL,                                                               \
        "SELECT id, participant, check_id, form, item, group_row, fact_seq, fact_place,"   \
        " opened FROM deviation ORDER BY id")                                              \
    /* open points */                                                                      \
    STATEMENT(POINT_INSERT,                                                                \
        "INSERT INTO point_choice (seq, point, choice, reason, reference, account,"        \
        " chosen_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")                                 \
    STATEMENT(POINT_ALL,                                                                   \
        "SELECT seq, point, choice, reason, reference, account, chosen_at"                 \
        " FROM point_choice ORDER BY seq")                                                 \
    /* second checks */                                                                    \
    STATEMENT(SECOND_CHECK_PUT,                                                            \
        "INSERT INTO second_check (form, item, group_row, of_seq, of_place, is_agreed,"    \
        " value, account, seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"                \
        " ON CONFLICT (form, item, group_row) DO UPDATE SET of_seq = excluded.of_seq,"     \
        " of_place = excluded.of_place, is_agreed = excluded.is_agreed,"                   \
        " value = excluded.value, account = excluded.account, seq = excluded.seq")         \
    /* What people typed and no second check has agreed to. */                             \
    STATEMENT(SECOND_CHECK_WAITING,                                                        \
        "SELECT f.id, v.item, v.group_row, v.value, v.seq, v.place, b.account,"            \
        " b.corrected_time, c.seq, c.account, c.value"                                     \
        " FROM form_instance f JOIN item_value v ON v.form = f.id"                         \
        " JOIN batch b ON b.seq = v.seq LEFT JOIN second_check c ON c.form = v.form"       \
        " AND c.item = v.item AND c.group_row = v.group_row AND c.of_seq = v.seq"          \
        " AND c.of_place = v.place WHERE f.participant = $1 AND ($2 = 0 OR f.id = $2)"     \
        " AND v.missing = 0 AND v.source = 0 AND coalesce(c.is_agreed, 0) = 0"             \
        " ORDER BY f.id, v.item, v.group_row")                                             \
    STATEMENT(SECOND_CHECK_ALL,                                                            \
        "SELECT form, item, group_row, of_seq, of_place, is_agreed, value, account, seq"   \
        " FROM second_check ORDER BY form, item, group_row")                               \
    /* batches */                                                                          \
    STATEMENT(BATCH_INSERT,                                                                \
        "INSERT INTO batch (seq, id, corrected_time, account, digest, answer)"             \
        " VALUES ($1, $2, $3, $4, $5, $6)")                                                \
    STATEMENT(BATCH_FIND, "SELECT seq, digest, answer FROM batch WHERE id = $1")           \
    STATEMENT(BATCH_ID, "SELECT id FROM batch WHERE seq = $1")                             \
    STATEMENT(BATCH_ALL,                                                                   \
        "SELECT seq, id, corrected_time, account, digest, answer FROM batch ORDER BY seq") \
    /* imports */                                                                          \
    STATEMENT(IMPORT_INSERT, \
        "INSERT INTO import (seq, state, committed, rules_through) VALUES ($1, 0, 0, 0)")  \
    STATEMENT(IMPORT_STATE, "UPDATE import SET state = $1 WHERE seq = $2")                 \
    STATEMENT(IMPORT_COMMIT,                                                               \
        "UPDATE import SET state = $1, committed = $2, rules_through = seq WHERE seq = $3") \
    STATEMENT(IMPORT_RULES_SET, "UPDATE import SET rules_through = $1 WHERE seq = $2")     \
    STATEMENT(IMPORT_RULES_WAITING,                                                        \
        "SELECT seq, committed, rules_through FROM import WHERE rules_through < committed" \
        " ORDER BY seq LIMIT 1")                                                           \
    STATEMENT(IMPORT_STAGED_BETWEEN,                                                       \
        "SELECT seq, participant FROM log WHERE seq > $1 AND seq < $2 AND kind = 46"       \
        " ORDER BY seq LIMIT $3")                                                          \
    STATEMENT(IMPORT_STATE_OF, "SELECT state FROM import WHERE seq = $1")                  \
    STATEMENT(IMPORT_RUNNING,                                                              \
        "SELECT coalesce(max(seq), 0) FROM import WHERE state = 0")                        \
    STATEMENT(IMPORT_ALL,                                                                  \
        "SELECT seq, state, committed, rules_through FROM import ORDER BY seq")            \
    STATEMENT(IMPORT_SUBJECT_INSERT,                                                       \
        "INSERT INTO import_subject (participant, import, subject_key, site, created_at)"  \
        " VALUES ($1, $2, $3, $4, $5)")                                                    \
    STATEMENT(IMPORT_SUBJECT_FIND,                                                         \
        "SELECT participant FROM import_subject WHERE import = $1 AND subject_key = $2")   \
    STATEMENT(IMPORT_OF_PARTICIPANT,                                                       \
        "SELECT import FROM import_subject WHERE participant = $1")                        \
    STATEMENT(IMPORT_SUBJECT_OF,                                                           \
        "SELECT site, subject_key FROM import_subject WHERE import = $1")                  \
    STATEMENT(IMPORT_SUBJECT_SOME,                                                         \
        "SELECT participant FROM import_subject WHERE participant > $1"                    \
        " ORDER BY participant LIMIT $2")                                                  \
    STATEMENT(IMPORT_SUBJECT_ALL,                                                          \
        "SELECT participant, import, subject_key, site, created_at FROM import_subject"    \
        " ORDER BY participant")                                                           \
    STATEMENT(IMPORT_SUBJECT_DELETE, "DELETE FROM import_subject WHERE participant = $1")  \
    STATEMENT(IMPORT_SUBJECT_END, "DELETE FROM import_subject WHERE import = $1")          \
    STATEMENT(IMPORT_PARTICIPANTS,                                                         \
        "INSERT INTO participant (id, site, screening_number, state, created_at,"          \
        " screened_at, enrolled_at) SELECT participant, site, subject_key, 'SCREENED',"    \
        " created_at, created_at, 0 FROM import_subject WHERE import = $1")                \
    STATEMENT(IMPORT_CHANGE_INSERT,                                                        \
        "INSERT INTO import_change (seq, import, participant) VALUES ($1, $2, $3)")        \
    STATEMENT(IMPORT_CHANGE_OF,                                                            \
        "SELECT seq FROM import_change WHERE import = $1 ORDER BY seq")                    \
    STATEMENT(IMPORT_CHANGE_OF_PARTICIPANT,                                                \
        "SELECT seq FROM import_change WHERE participant = $1 ORDER BY seq")               \
    STATEMENT(IMPORT_CHANGE_ALL,                                                           \
        "SELECT seq, import, participant FROM import_change ORDER BY seq")                 \
    STATEMENT(IMPORT_CHANGE_END, "DELETE FROM import_change WHERE import = $1")            \
    STATEMENT(IMPORT_SAID_INSERT,                                                          \
        "INSERT INTO import_said (participant, seq, of_participant, in_snapshot)"          \
        " VALUES ($1, $2, $3, $4)")                                                        \
    STATEMENT(IMPORT_SAID_ALL,                                                             \
        "SELECT participant, seq, of_participant, in_snapshot FROM import_said"            \
        " ORDER BY participant, seq")                                                      \
    /* rules about time */                                                                 \
    STATEMENT(WAKE_SET,                                                                    \
        "INSERT INTO wake (form, participant, wakes_at) VALUES ($1, $2, $3)"               \
        " ON CONFLICT (form) DO UPDATE SET wakes_at = excluded.wakes_at")                  \
    STATEMENT(WAKE_DELETE, "DELETE FROM wake WHERE form = $1")                             \
    STATEMENT(WAKE_OF,                                                                     \
        "SELECT form, participant, wakes_at FROM wake WHERE participant = $1 ORDER BY form") \
    STATEMENT(WAKE_FIRST,                                                                  \
        "SELECT form, participant, wakes_at FROM wake WHERE wakes_at <= $1"                \
        " ORDER BY wakes_at LIMIT $2")                                                     \
    STATEMENT(WAKE_ALL, "SELECT form, participant, wakes_at FROM wake ORDER BY form")      \
    /* declared counts across participants; $5 to $7: whose rows do not count */           \
    STATEMENT(COUNTED_INSERT,                                                              \
        "INSERT INTO counted_row (form, count_name, group_row, participant, row_key, begins," \
        " ends) VALUES ($1, $2, $3, $4, $5, $6, $7)")                                      \
    STATEMENT(COUNTED_DELETE,                                                              \
        "DELETE FROM counted_row WHERE form = $1 AND count_name = $2")                     \
    STATEMENT(COUNTED_OF_FORM,                                                             \
        "SELECT group_row, row_key, begins, ends, count_name FROM counted_row"             \
        " WHERE form = $1 AND count_name = $2 ORDER BY group_row")                         \
    STATEMENT(COUNTED_OF_PARTICIPANT,                                                      \
        "SELECT group_row, row_key, begins, ends, count_name FROM counted_row"             \
        " WHERE participant = $1 ORDER BY form, count_name, group_row")                    \
    STATEMENT(COUNTED_LIKE,                                                                \
        "SELECT form, participant FROM counted_row WHERE count_name = $1 AND row_key = $2" \
        " AND ends > $3 AND begins < $4 AND participant NOT IN ($5, $6, $7) ORDER BY form") \
    STATEMENT(COUNTED_ALL,                                                                 \
        "SELECT form, count_name, group_row, participant, row_key, begins, ends"           \
        " FROM counted_row ORDER BY form, count_name, group_row")                          \
    /* signatures: with the last changes of what they cover */                             \
    STATEMENT(SIGNATURE_INSERT,                                                            \
        "INSERT INTO signature (seq, participant, form, meaning, language, content,"       \
        " account, signed_at, covered_row) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")   \
    STATEMENT(SIGNATURE_LIST,                                                              \
        "SELECT " SIGNATURE_COLUMNS " FROM signature s WHERE s.participant = $1"           \
        " AND ($2 < 0 OR s.form = $2) ORDER BY s.seq DESC")                                \
    STATEMENT(SIGNATURE_STANDING,                                                          \
        "SELECT " SIGNATURE_COLUMNS " FROM signature s ORDER BY s.seq")                    \
    STATEMENT(PARTICIPANT_CHANGED,                                                         \
        "SELECT coalesce(max(v.seq), 0) FROM form_instance f"                              \
        " JOIN item_value v ON v.form = f.id WHERE f.participant = $1")                    \
    STATEMENT(SIGNATURE_ALL,                                                               \
        "SELECT seq, participant, form, meaning, language, content, account, signed_at,"   \
        " covered_row FROM signature ORDER BY seq")                                        \
    STATEMENT(ERASE_SIGNATURES, "DELETE FROM signature WHERE participant = $1")            \
    STATEMENT(IMAGE_TASK_INSERT,                                                           \
        "INSERT INTO image_task (form, account, participant, is_adjudicator, seq)"         \
        " VALUES ($1, $2, $3, $4, $5)")                                                    \
    STATEMENT(IMAGE_TASK_OF_FORM,                                                          \
        "SELECT form, account, participant, is_adjudicator, seq FROM image_task"           \
        " WHERE form = $1 ORDER BY seq")                                                   \
    STATEMENT(IMAGE_TASK_OF_USER,                                                          \
        "SELECT form, account, participant, is_adjudicator, seq FROM image_task"           \
        " WHERE account = $1 ORDER BY seq")                                                \
    STATEMENT(IMAGE_TASK_ALL,                                                              \
        "SELECT form, account, participant, is_adjudicator, seq FROM image_task"           \
        " ORDER BY form, account")                                                         \
    STATEMENT(ERASE_IMAGE_TASKS, "DELETE FROM image_task WHERE participant = $1")          \
    /* source verification */                                                              \
    STATEMENT(VERIFICATION_PUT,                                                            \
        "INSERT INTO verification (form, item, group_row, of_seq, of_place, account, seq," \
        " verified_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"                            \
        " ON CONFLICT (form, item, group_row) DO UPDATE SET of_seq = excluded.of_seq,"     \
        " of_place = excluded.of_place, account = excluded.account, seq = excluded.seq,"   \
        " verified_at = excluded.verified_at")                                             \
    STATEMENT(VERIFICATION_DELETE,                                                         \
        "DELETE FROM verification WHERE form = $1 AND item = $2 AND group_row = $3")       \
    STATEMENT(VERIFICATION_LIST,                                                           \
        "SELECT v.form, v.item, v.group_row, v.value, v.missing, v.source, v.seq, v.place," \
        " b.account, b.corrected_time, n.of_seq, n.of_place, n.account, n.seq,"            \
        " n.verified_at FROM form_instance f JOIN item_value v ON v.form = f.id"           \
        " JOIN batch b ON b.seq = v.seq LEFT JOIN verification n ON n.form = v.form"       \
        " AND n.item = v.item AND n.group_row = v.group_row"                               \
        " WHERE f.participant = $1 AND ($2 = 0 OR f.id = $2)"                              \
        " ORDER BY v.form, v.item, v.group_row")                                           \
    STATEMENT(VERIFICATION_ALL,                                                            \
        "SELECT form, item, group_row, of_seq, of_place, account, seq, verified_at"        \
        " FROM verification ORDER BY form, item, group_row")                               \
    STATEMENT(ERASE_VERIFICATIONS,                                                         \
        "DELETE FROM verification WHERE form IN"                                           \
        " (SELECT id FROM form_instance WHERE participant = $1)")                          \
    /* freezing and locking */                                                             \
    STATEMENT(LOCK_INSERT,                                                                 \
        "INSERT INTO record_lock (participant, form, state, seq, account, first_account,"  \
        " locked_at, reason, name, cut, proposal)"                                         \
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)")                            \
    STATEMENT(LOCK_DELETE, "DELETE FROM record_lock WHERE participant = $1 AND form = $2") \
    STATEMENT(LOCK_PROPOSE,                                                                \
        "INSERT INTO record_lock (participant, form, state, proposal, proposed_by,"        \
        " proposed_at, proposed_name) VALUES ($1, $2, 0, $3, $4, $5, $6)"                  \
        " ON CONFLICT (participant, form) DO UPDATE SET proposal = excluded.proposal,"     \
        " proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at,"         \
        " proposed_name = excluded.proposed_name")                                         \
    STATEMENT(LOCK_LIST,                                                                   \
        "SELECT " LOCK_COLUMNS " FROM record_lock WHERE participant IN (0, $1)"            \
        " ORDER BY participant, form")                                                     \
    STATEMENT(LOCK_FIND,                                                                   \
        "SELECT " LOCK_COLUMNS " FROM record_lock WHERE participant IN (0, $1)"            \
        " AND form IN (0, $2) AND state > 0 ORDER BY participant, form LIMIT 1")           \
    STATEMENT(LOCK_ALL,                                                                    \
        "SELECT " LOCK_COLUMNS " FROM record_lock ORDER BY participant, form")             \
    STATEMENT(ERASE_LOCKS, "DELETE FROM record_lock WHERE participant = $1")               \
    STATEMENT(ERASE_COUNTED, "DELETE FROM counted_row WHERE participant = $1")             \
    /* reviews of reports of serious adverse events, the latest of each */                  \
    STATEMENT(SAFETY_REVIEW_PUT,                                                           \
        "INSERT INTO safety_review (form, seq, of_seq, account, reviewed_at, note)"         \
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (form) DO UPDATE SET"                \
        " seq = excluded.seq, of_seq = excluded.of_seq, account = excluded.account,"       \
        " reviewed_at = excluded.reviewed_at, note = excluded.note")                       \
    STATEMENT(SAFETY_REVIEW_FIND,                                                          \
        "SELECT seq, of_seq, account, reviewed_at, note FROM safety_review WHERE form = $1") \
    STATEMENT(SAFETY_REVIEW_ALL,                                                           \
        "SELECT form, seq, of_seq, account, reviewed_at, note"                             \
        " FROM safety_review ORDER BY form")                                               \
    STATEMENT(ERASE_SAFETY_REVIEWS, "DELETE FROM safety_review WHERE form IN"              \
        " (SELECT id FROM form_instance WHERE participant = $1)")                          \
    /* reviews of emergency starts, the latest of each screening record */                 \
    STATEMENT(START_REVIEW_PUT,                                                            \
        "INSERT INTO start_review (participant, seq, placement, account, reviewed_at, note)" \
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (participant) DO UPDATE SET"         \
        " seq = excluded.seq, placement = excluded.placement, account = excluded.account," \
        " reviewed_at = excluded.reviewed_at, note = excluded.note")                       \
    STATEMENT(START_REVIEW_FIND,                                                           \
        "SELECT seq, placement, account, reviewed_at, note FROM start_review"              \
        " WHERE participant = $1")                                                         \
    STATEMENT(START_REVIEW_ALL,                                                            \
        "SELECT participant, seq, placement, account, reviewed_at, note"                   \
        " FROM start_review ORDER BY participant")                                         \
    STATEMENT(ERASE_START_REVIEW, "DELETE FROM start_review WHERE participant = $1")       \
    /* decisions about grades of laboratory results, the latest of each result and term */ \
    STATEMENT(GRADE_DECISION_PUT,                                                          \
        "INSERT INTO grade_decision (form, term, item, of_seq, grade, event, seq, account," \
        " decided_at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"            \
        " ON CONFLICT (form, term) DO UPDATE SET item = excluded.item,"                    \
        " of_seq = excluded.of_seq, grade = excluded.grade, event = excluded.event,"       \
        " seq = excluded.seq, account = excluded.account,"                                 \
        " decided_at = excluded.decided_at, reason = excluded.reason")                     \
    STATEMENT(GRADE_DECISION_LIST,                                                         \
        "SELECT d.form, d.term, d.item, d.of_seq, d.grade, d.event FROM grade_decision d"  \
        " JOIN form_instance f ON f.id = d.form WHERE f.participant = $1 ORDER BY d.seq")  \
    STATEMENT(GRADE_DECISION_ALL,                                                          \
        "SELECT form, term, item, of_seq, grade, event, seq, account, decided_at, reason"  \
        " FROM grade_decision ORDER BY form, term")                                        \
    STATEMENT(ERASE_GRADE_DECISIONS, "DELETE FROM grade_decision WHERE form IN"            \
        " (SELECT id FROM form_instance WHERE participant = $1)")                          \
    /* assessments of deviations, the latest of each */                                    \
    STATEMENT(DEVIATION_ASSESSMENT_PUT,                                                    \
        "INSERT INTO deviation_assessment (form, seq, of_seq, account, assessed_at,"       \
        " severity, report, reported_on, note)"                                            \
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (form) DO UPDATE SET"    \
        " seq = excluded.seq, of_seq = excluded.of_seq, account = excluded.account,"       \
        " assessed_at = excluded.assessed_at, severity = excluded.severity,"               \
        " report = excluded.report, reported_on = excluded.reported_on,"                   \
        " note = excluded.note")                                                           \
    STATEMENT(DEVIATION_ASSESSMENT_FIND,                                                   \
        "SELECT seq, of_seq, account, assessed_at, severity, report, reported_on, note"    \
        " FROM deviation_assessment WHERE form = $1")                                      \
    STATEMENT(DEVIATION_ASSESSMENT_ALL,                                                    \
        "SELECT form, seq, of_seq, account, assessed_at, severity, report, reported_on,"   \
        " note FROM deviation_assessment ORDER BY form")                                   \
    STATEMENT(ERASE_DEVIATION_ASSESSMENTS, "DELETE FROM deviation_assessment WHERE form IN" \
        " (SELECT id FROM form_instance WHERE participant = $1)")                          \
    /* who asked for an erasure, until the second person comes */                          \
    STATEMENT(ERASURE_PROPOSE,                                                             \
        "INSERT INTO erasure_proposal (participant, account, proposed_at, reason)"         \
        " VALUES ($1, $2, $3, $4) ON CONFLICT (participant) DO UPDATE SET"                 \
        " account = excluded.account, proposed_at = excluded.proposed_at,"                 \
        " reason = excluded.reason")                                                       \
    STATEMENT(ERASURE_FIND,                                                                \
        "SELECT account, proposed_at, reason FROM erasure_proposal WHERE participant = $1") \
    STATEMENT(ERASURE_ALL,                                                                 \
        "SELECT participant, account, proposed_at, reason FROM erasure_proposal"           \
        " ORDER BY participant")                                                           \
    STATEMENT(ERASE_PROPOSALS, "DELETE FROM erasure_proposal WHERE participant = $1")      \
    /* alarms: what stands, and what stood */                                              \
    STATEMENT(ALARM_INSERT,                                                                \
        "INSERT INTO alarm (seq, participant, form, group_row, name, step, level,"         \
        " raised_at, notices, told_at, escalations, escalates_at, repeats_at,"             \
        " acknowledged_at, ended_at, mailed, mail_attempts, mail_at, posted,"              \
        " post_attempts, post_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $8, 0, $9,"   \
        " $10, 0, 0, 0, 0, $8, 0, 0, $8)")                                                 \
    STATEMENT(ALARM_ACKNOWLEDGE,                                                           \
        "UPDATE alarm SET acknowledged_at = $1, account = $2, note = $3, escalates_at = 0" \
        " WHERE seq = $4")                                                                 \
    STATEMENT(ALARM_ESCALATE,                                                              \
        "UPDATE alarm SET notices = notices + 1, told_at = $1,"                            \
        " escalations = escalations + 1, escalates_at = $2, mail_attempts = 0,"            \
        " mail_at = $1, post_attempts = 0, post_at = $1 WHERE seq = $3")                   \
    STATEMENT(ALARM_REPEAT,                                                                \
        "UPDATE alarm SET notices = notices + 1, told_at = $1, acknowledged_at = 0,"       \
        " account = NULL, note = NULL, escalates_at = $2, repeats_at = $3,"                \
        " mail_attempts = 0, mail_at = $1, post_attempts = 0, post_at = $1"                \
        " WHERE seq = $4")                                                                 \
    STATEMENT(ALARM_END,                                                                   \
        "UPDATE alarm SET ended_at = $1, escalates_at = 0, repeats_at = 0 WHERE seq = $2") \
    STATEMENT(ALARM_MAILED,                                                                \
        "UPDATE alarm SET mailed = $1, mail_attempts = $2, mail_at = $3 WHERE seq = $4")   \
    STATEMENT(ALARM_POSTED,                                                                \
        "UPDATE alarm SET posted = $1, post_attempts = $2, post_at = $3 WHERE seq = $4")   \
    STATEMENT(ALARM_OF,                                                                    \
        "SELECT " ALARM_COLUMNS " FROM alarm a"                                            \
        " LEFT JOIN form_instance f ON f.participant = a.participant AND f.id = a.form"    \
        " WHERE a.participant = $1 AND a.ended_at = 0 ORDER BY a.seq")                     \
    STATEMENT(ALARM_BY_SEQ,                                                                \
        "SELECT " ALARM_COLUMNS " FROM alarm a"                                            \
        " LEFT JOIN form_instance f ON f.participant = a.participant AND f.id = a.form"    \
        " WHERE a.seq = $1")                                                               \
    STATEMENT(ALARM_OPEN,                                                                  \
        "SELECT " ALARM_COLUMNS " FROM alarm a"                                            \
        " LEFT JOIN form_instance f ON f.participant = a.participant AND f.id = a.form"    \
        " WHERE a.ended_at = 0 ORDER BY a.seq")                                            \
    STATEMENT(ALARM_PAST,                                                                  \
        "SELECT " ALARM_COLUMNS " FROM alarm a"                                            \
        " LEFT JOIN form_instance f ON f.participant = a.participant AND f.id = a.form"    \
        " WHERE a.ended_at > 0 ORDER BY a.ended_at DESC, a.seq DESC LIMIT $1")             \
    STATEMENT(ALARM_DUE,                                                                   \
        "SELECT count(*) FROM alarm WHERE ended_at = 0 AND ("                              \
        " (escalates_at > 0 AND escalates_at <= $1) OR"                                    \
        " (repeats_at > 0 AND repeats_at <= $1))")                                         \
    STATEMENT(ALARM_UNTOLD,                                                                \
        "SELECT count(*) FROM alarm WHERE ended_at = 0 AND ("                              \
        " (mailed < notices AND mail_at <= $1) OR (posted < notices AND post_at <= $1))")  \
    STATEMENT(ALARM_ALL,                                                                   \
        "SELECT seq, participant, form, group_row, name, step, level, raised_at, notices," \
        " told_at, escalations, escalates_at, repeats_at, acknowledged_at, account, note," \
        " ended_at, mailed, mail_attempts, mail_at, posted, post_attempts, post_at"        \
        " FROM alarm ORDER BY seq")                                                        \
    STATEMENT(ERASE_ALARMS, "DELETE FROM alarm WHERE participant = $1")                    \
    /* feeds: who sends, what came, and its bytes */                                       \
    STATEMENT(FEED_TOOK,                                                                   \
        "INSERT INTO feed (name, state, silent_after, account, set_at, last_at,"           \
        " last_message, refused_at, refused_message)"                                      \
        " VALUES ($1, 0, 0, 0, 0, $2, $3, 0, 0) ON CONFLICT (name) DO UPDATE SET"          \
        " last_at = excluded.last_at, last_message = excluded.last_message")               \
    STATEMENT(FEED_REFUSED,                                                                \
        "INSERT INTO feed (name, state, silent_after, account, set_at, last_at,"           \
        " last_message, refused_at, refused_message)"                                      \
        " VALUES ($1, 0, 0, 0, 0, 0, 0, $2, $3) ON CONFLICT (name) DO UPDATE SET"          \
        " refused_at = excluded.refused_at, refused_message = excluded.refused_message")   \
    STATEMENT(FEED_SET,                                                                    \
        "INSERT INTO feed (name, state, label, certificate, silent_after, account, set_at," \
        " last_at, last_message, refused_at, refused_message)"                             \
        " VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, 0) ON CONFLICT (name) DO UPDATE SET" \
        " state = excluded.state, label = excluded.label,"                                 \
        " certificate = excluded.certificate, silent_after = excluded.silent_after,"       \
        " account = excluded.account, set_at = excluded.set_at")                           \
    STATEMENT(FEED_ALL,                                                                    \
        "SELECT name, state, label, certificate, silent_after, account, set_at, last_at,"  \
        " last_message, refused_at, refused_message FROM feed ORDER BY name")              \
    STATEMENT(FEED_FIND,                                                                   \
        "SELECT name, state, label, certificate, silent_after, account, set_at, last_at,"  \
        " last_message, refused_at, refused_message FROM feed WHERE name = $1")            \
    STATEMENT(FEED_UNKNOWN, "SELECT count(*) FROM feed WHERE state = 0")                   \
    STATEMENT(FEED_MESSAGE_INSERT,                                                         \
        "INSERT INTO feed_message (id, feed, control, digest, size, type, version,"        \
        " message_time, received, state, reason, said, is_kept, sorted)"                   \
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0)")             \
    STATEMENT(FEED_MESSAGE_SORT,                                                           \
        "UPDATE feed_message SET state = $1, reason = $2, said = $3,"                      \
        " participant = coalesce($4, participant), sorted = $5 WHERE id = $6")             \
    STATEMENT(FEED_MESSAGE_BY_ID,                                                          \
        "SELECT " FEED_MESSAGE_COLUMNS " FROM feed_message WHERE id = $1")                 \
    STATEMENT(FEED_MESSAGE_SAME,                                                           \
        "SELECT " FEED_MESSAGE_COLUMNS " FROM feed_message"                                \
        " WHERE feed = $1 AND control = $2 ORDER BY id")                                   \
    STATEMENT(FEED_MESSAGE_IN_STATE,                                                       \
        "SELECT " FEED_MESSAGE_COLUMNS " FROM feed_message"                                \
        " WHERE state = $1 AND id > $2 ORDER BY id LIMIT $3")                              \
    STATEMENT(FEED_MESSAGE_LATEST_IN_STATE,                                                \
        "SELECT " FEED_MESSAGE_COLUMNS " FROM feed_message"                                \
        " WHERE state = $1 AND id < $2 ORDER BY id DESC LIMIT $3")                         \
    STATEMENT(FEED_MESSAGE_LATEST,                                                         \
        "SELECT " FEED_MESSAGE_COLUMNS " FROM feed_message"                                \
        " WHERE id < $1 ORDER BY id DESC LIMIT $2")                                        \
    STATEMENT(FEED_MESSAGE_AFTER,                                                          \
        "SELECT " FEED_MESSAGE_COLUMNS " FROM feed_message"                                \
        " WHERE id > $1 ORDER BY id LIMIT $2")                                             \
    STATEMENT(FEED_MESSAGE_COUNT_SINCE,                                                    \
        "SELECT count(*) FROM feed_message WHERE feed = $1 AND received >= $2")            \
    STATEMENT(FEED_MESSAGE_OPEN,                                                           \
        "SELECT feed, state, count(*) FROM feed_message WHERE state IN (0, 2)"             \
        " GROUP BY feed, state")                                                           \
    STATEMENT(FEED_MESSAGE_ALL,                                                            \
        "SELECT " FEED_MESSAGE_COLUMNS " FROM feed_message ORDER BY id")                   \
    STATEMENT(FEED_RAW_INSERT,                                                             \
        "INSERT INTO feed_raw (id, data_key, content) VALUES ($1, $2, $3)")                \
    STATEMENT(FEED_RAW_FIND, "SELECT data_key, content FROM feed_raw WHERE id = $1")       \
    STATEMENT(FEED_RAW_STRAY,                                                              \
        "SELECT count(*) FROM feed_raw WHERE id NOT IN"                                    \
        " (SELECT id FROM feed_message WHERE is_kept = 1)")                                \
    STATEMENT(FEED_PERIOD_FIND, "SELECT data_key FROM feed_period WHERE month = $1")       \
    STATEMENT(FEED_PERIOD_INSERT,                                                          \
        "INSERT INTO feed_period (month, data_key) VALUES ($1, $2)")                       \
    STATEMENT(ERASE_FEED_RAW,                                                              \
        "UPDATE feed_raw SET content = NULL WHERE id IN"                                   \
        " (SELECT id FROM feed_message WHERE participant = $1)")                           \
    /* laboratory */                                                                       \
    STATEMENT(PATIENT_LINK_PUT,                                                            \
        "INSERT INTO patient_link (digest, participant, seq) VALUES ($1, $2, $3)"          \
        " ON CONFLICT (digest) DO UPDATE SET participant = excluded.participant,"          \
        " seq = excluded.seq")                                                             \
    STATEMENT(PATIENT_LINK_DELETE, "DELETE FROM patient_link WHERE digest = $1")           \
    STATEMENT(PATIENT_LINK_FIND,                                                           \
        "SELECT participant, seq FROM patient_link WHERE digest = $1")                     \
    STATEMENT(PATIENT_LINK_ALL,                                                            \
        "SELECT digest, participant, seq FROM patient_link ORDER BY digest")               \
    STATEMENT(FEED_RULE_INSERT,                                                            \
        "INSERT INTO feed_rule (" FEED_RULE_COLUMNS ")"                                    \
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)")                                 \
    STATEMENT(FEED_RULE_END, "UPDATE feed_rule SET ended = $1 WHERE seq = $2")             \
    STATEMENT(FEED_RULE_ALL,                                                               \
        "SELECT " FEED_RULE_COLUMNS " FROM feed_rule ORDER BY seq")                        \
    STATEMENT(RECEIVED_PUT,                                                                \
        "INSERT INTO received_result (" RECEIVED_COLUMNS ") VALUES ($1, $2, $3, $4, $5,"   \
        " $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)"\
        " ON CONFLICT (participant, event, event_repeat, form, form_repeat, item)"         \
        " DO UPDATE SET message = excluded.message, observation = excluded.observation,"   \
        " seq = excluded.seq, code = excluded.code, value = excluded.value,"               \
        " unit = excluded.unit, factor = excluded.factor, reference = excluded.reference," \
        " low = excluded.low, high = excluded.high, flags = excluded.flags,"               \
        " status = excluded.status, specimen = excluded.specimen,"                         \
        " draw_site = excluded.draw_site, collected = excluded.collected,"                 \
        " reported = excluded.reported")                 \
    STATEMENT(RECEIVED_OF,                                                                 \
        "SELECT " RECEIVED_COLUMNS " FROM received_result WHERE participant = $1"          \
        " ORDER BY event, event_repeat, form, form_repeat, item")                          \
    STATEMENT(RECEIVED_ALL,                                                                \
        "SELECT " RECEIVED_COLUMNS " FROM received_result"                                 \
        " ORDER BY participant, event, event_repeat, form, form_repeat, item")             \
    STATEMENT(ERASE_PATIENT_LINKS, "DELETE FROM patient_link WHERE participant = $1")      \
    STATEMENT(ERASE_RECEIVED, "DELETE FROM received_result WHERE participant = $1")        \
    /* erasure: everything that the projections hold of one participant */                 \
    STATEMENT(ERASE_IMPORTED, "DELETE FROM import_change WHERE participant = $1")          \
    STATEMENT(ERASE_SAID, "DELETE FROM import_said WHERE participant = $1")                \
    STATEMENT(ERASE_ITEMS,                                                                 \
        "DELETE FROM item_value WHERE form IN"                                             \
        " (SELECT id FROM form_instance WHERE participant = $1)")                          \
    STATEMENT(ERASE_BRANCHES,                                                              \
        "DELETE FROM item_branch WHERE form IN"                                            \
        " (SELECT id FROM form_instance WHERE participant = $1)")                          \
    STATEMENT(ERASE_AWAITED,                                                               \
        "DELETE FROM awaited_base WHERE form IN"                                           \
        " (SELECT id FROM form_instance WHERE participant = $1)")                          \
    STATEMENT(ERASE_SECOND_CHECKS,                                                         \
        "DELETE FROM second_check WHERE form IN"                                           \
        " (SELECT id FROM form_instance WHERE participant = $1)")                          \
    STATEMENT(ERASE_QUERY_STEPS,                                                           \
        "DELETE FROM query_step WHERE query IN"                                            \
        " (SELECT id FROM query WHERE participant = $1)")                                  \
    STATEMENT(ERASE_QUERY_COUNTS,                                                          \
        "UPDATE query_tally SET queries = queries - (SELECT count(*) FROM query q"         \
        " WHERE q.participant = $1 AND q.site = query_tally.site"                          \
        " AND q.at_form = query_tally.at_form AND q.assignee = query_tally.assignee"       \
        " AND q.state = query_tally.state)")                                               \
    STATEMENT(ERASE_QUERY_TALLY, "DELETE FROM query_tally WHERE queries = 0 AND $1 <> 0")  \
    STATEMENT(ERASE_QUERIES, "DELETE FROM query WHERE participant = $1")                   \
    STATEMENT(ERASE_BATCHES,                                                               \
        "DELETE FROM batch WHERE seq IN (SELECT seq FROM log WHERE participant = $1)")     \
    STATEMENT(ERASE_WAKES, "DELETE FROM wake WHERE participant = $1")                      \
    STATEMENT(ERASE_MOVES, "DELETE FROM participant_move WHERE participant = $1")          \
    STATEMENT(ERASE_FORMS, "DELETE FROM form_instance WHERE participant = $1")             \
    STATEMENT(ERASE_DEVIATIONS, "DELETE FROM deviation WHERE participant = $1")            \
    STATEMENT(REGISTER_STEP_INSERT,                                                        \
        "INSERT INTO register_step (seq, line, name, site, person, change, account,"       \
        " stepped_at, reason, ends_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")  \
    STATEMENT(REGISTER_STEP_LATEST,                                                        \
        "SELECT coalesce(max(seq), 0) FROM register_step WHERE name = $1")                 \
    STATEMENT(REGISTER_STEPS,                                                              \
        "SELECT " REGISTER_STEP_COLUMNS " FROM register_step WHERE name = $1 ORDER BY seq") \
    STATEMENT(REGISTER_STEP_ALL,                                                           \
        "SELECT " REGISTER_STEP_COLUMNS " FROM register_step ORDER BY seq")                \
    STATEMENT(REGISTER_VALUE_INSERT,                                                       \
        "INSERT INTO register_value (seq, place, name, field, value)"                      \
        " VALUES ($1, $2, $3, $4, $5)")                                                    \
    STATEMENT(REGISTER_VALUES,                                                             \
        "SELECT seq, field, value FROM register_value WHERE name = $1 ORDER BY seq, place") \
    STATEMENT(REGISTER_VALUE_ALL,                                                          \
        "SELECT seq, place, name, field, value FROM register_value ORDER BY seq, place")   \
    STATEMENT(LOT_USED,                                                                    \
        "SELECT p.site, v.value, count(*) FROM form_instance f"                            \
        " JOIN participant p ON p.id = f.participant"                                      \
        " JOIN item_value v ON v.form = f.id AND v.item = $1"                              \
        " WHERE f.form = $2 AND v.value IS NOT NULL GROUP BY p.site, v.value")             \
    STATEMENT(IDENTITY_INSERT,                                                             \
        "INSERT INTO identity_check (account, seq, verified_by, verified_at, how,"         \
        " certified_on) VALUES ($1, $2, $3, $4, $5, $6)")                                  \
    STATEMENT(IDENTITY_OF,                                                                 \
        "SELECT " IDENTITY_COLUMNS " FROM identity_check WHERE account = $1 ORDER BY seq") \
    STATEMENT(IDENTITY_ALL,                                                                \
        "SELECT " IDENTITY_COLUMNS " FROM identity_check ORDER BY account, seq")
// clang-format on

#endif
