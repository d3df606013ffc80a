#ifndef OSTEON_WEB_ROUTE_TABLE_H
#define OSTEON_WEB_ROUTE_TABLE_H
/* The HTTP API, read top to bottom. A feature is a row here and its handler: the server,
 * the OpenAPI document and the declarations of the handlers (web/api.h) come from this
 * table. A row is a `struct route` (web/route.h):
 *
 *     method, path, permission, scope, body limit, handler, query parameters,
 *     chapter, sentence, success, request, response
 */

// clang-format off
#define ROUTE_TABLE(X) \
    X(HTTP_GET, "/api/health", ROUTE_PUBLIC, ROUTE_ANYWHERE, 0, handle_health, \
     NULL, "study", "Is the program there, and what time is it.", 0, NULL, "Health") \
    X(HTTP_GET, "/api/openapi.json", ROUTE_PUBLIC, ROUTE_ANYWHERE, 0, handle_openapi, \
     NULL, "study", "This document.", 0, NULL, NULL) \
    X(HTTP_GET, "/api/study", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, 0, handle_study, \
     NULL, "study", "The design in force: events, forms, items, code lists.", 0, NULL, "Design") \
    X(HTTP_GET, "/api/study/open-points", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, 0, handle_open_points, \
     NULL, "study", "What the registration leaves open, what the study runs with, and who must confirm it.", 0, NULL, "OpenPoints") \
    X(HTTP_POST, "/api/study/open-points", PERMISSION_CHANGE_CONFIGURATION, ROUTE_EVERYWHERE, SMALL, handle_open_point_confirm, \
     NULL, "study", "Decides an open point: what the study runs with stands, or another choice. Changes no design and no setting.", 0, "PointConfirm", "OpenPoints") \
    X(HTTP_GET, "/api/study/rules", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, 0, handle_rules, \
     "version", "study", "The rules of the design in force, or of another version, compiled for the page, and what each is for.", 0, NULL, "Rules") \
    X(HTTP_GET, "/api/study/designs/{version}", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, 0, handle_design, \
     NULL, "study", "A version of the design, as forms that stand under it are shown.", 0, NULL, "Design") \
    X(HTTP_GET, "/api/study/versions", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, 0, handle_versions, \
     NULL, "amendments", "The versions of the design, and the proposals.", 0, NULL, "DesignVersions") \
    X(HTTP_POST, "/api/study/proposals", PERMISSION_PUBLISH_DESIGN, ROUTE_EVERYWHERE, LIMIT_UPLOAD, handle_proposal_add, \
     "reason approval approved_on needs_consent", "amendments", "Proposes a version of the design (ODM 2.0); a second person publishes it. With needs_consent=yes participants have to consent again.", 0, "DesignFile", "DesignVersions") \
    X(HTTP_GET, "/api/study/proposals/{id}/changes", PERMISSION_PUBLISH_DESIGN, ROUTE_EVERYWHERE, 0, handle_proposal_changes, \
     NULL, "amendments", "What a proposal changes, in words.", 0, NULL, "DesignChanges") \
    X(HTTP_GET, "/api/study/proposals/{id}/preview", PERMISSION_PUBLISH_DESIGN, ROUTE_EVERYWHERE, 0, handle_proposal_preview, \
     NULL, "amendments", "What its checks would newly ask about the data that are there. Writes nothing.", 0, NULL, "DesignPreview") \
    X(HTTP_POST, "/api/study/proposals/{id}/publish", PERMISSION_PUBLISH_DESIGN, ROUTE_EVERYWHERE, NOTHING, handle_proposal_publish, \
     NULL, "amendments", "Publishes it, as the second of two people: from then on it is in force.", 0, "Nothing", "DesignVersions") \
    X(HTTP_POST, "/api/study/proposals/{id}/withdraw", PERMISSION_PUBLISH_DESIGN, ROUTE_EVERYWHERE, SMALL, handle_proposal_withdraw, \
     NULL, "amendments", "Takes a proposal back.", 0, "Reason", "DesignVersions") \
    X(HTTP_GET, "/api/study/reconsent", PERMISSION_VIEW_CASEBOOK, ROUTE_ANYWHERE, 0, handle_reconsent, \
     NULL, "amendments", "Who has to consent again, as the latest amendment that says so asks.", 0, NULL, "Reconsent") \
    X(HTTP_POST, "/api/study/moves", PERMISSION_PUBLISH_DESIGN, ROUTE_EVERYWHERE, LIMIT_MOVES, handle_move, \
     NULL, "amendments", "Moves participants: forms from this event on that are not begun yet begin under this version.", 0, "Move", "Moved") \
    X(HTTP_GET, "/api/overview", PERMISSION_VIEW_OVERVIEW, ROUTE_ANYWHERE, 0, handle_overview, \
     NULL, "study", "The running study at a glance: enrolment, screening, endpoints so far, needles in place, what needs attention.", 0, NULL, "Overview") \
    X(HTTP_GET, "/api/analysis", PERMISSION_VIEW_OVERVIEW, ROUTE_ANYWHERE, 0, handle_analysis, \
     NULL, "study", "The analysis plan's results at this moment, of the caller's sites.", 0, NULL, "Analysis") \
    X(HTTP_GET, "/api/analysis/figures/{name}", PERMISSION_VIEW_OVERVIEW, ROUTE_ANYWHERE, 0, handle_analysis_figure, \
     "language", "study", "A figure of the analysis plan at this moment: NAME.svg, in 'en' or 'zh'.", 0, NULL, "Picture") \
    X(HTTP_GET, "/api/analysis/report.html", PERMISSION_VIEW_OVERVIEW, ROUTE_ANYWHERE, 0, handle_report_html, \
     "language", "study", "The report of the analysis plan at this moment, in 'en' or 'zh': one HTML file that needs nothing else.", 0, NULL, "File") \
    X(HTTP_GET, "/api/analysis/report.pdf", PERMISSION_VIEW_OVERVIEW, ROUTE_ANYWHERE, 0, handle_report_pdf, \
     "language", "study", "The same report as PDF.", 0, NULL, "File") \
    X(HTTP_POST, "/api/analysis/runs", PERMISSION_RUN_ANALYSIS, ROUTE_EVERYWHERE, NOTHING, handle_analysis_note, \
     NULL, "study", "Runs the plan now and notes on the log who ran which plan at which cut, with the SHA-256 of results.json.", 0, "Nothing", "AnalysisNoted") \
    X(HTTP_GET, "/api/analysis/plans", PERMISSION_VIEW_OVERVIEW, ROUTE_ANYWHERE, 0, handle_plans, \
     NULL, "study", "Versions of the analysis plan that were proposed or published in this folder, and what each that waits would change.", 0, NULL, "PlanVersions") \
    X(HTTP_POST, "/api/analysis/plans/{id}/publish", PERMISSION_PUBLISH_ANALYSIS_PLAN, ROUTE_EVERYWHERE, NOTHING, handle_plan_publish, \
     NULL, "study", "Publishes it, as the second of two people: from then on results are made by it.", 0, "Nothing", "PlanVersions") \
    X(HTTP_GET, "/api/analysis/{id}", PERMISSION_VIEW_OVERVIEW, ROUTE_ANYWHERE, 0, handle_analysis_rows, \
     NULL, "study", "One of them, with the rows and answers behind it, of whom the caller may view the casebook.", 0, NULL, "AnalysisRows") \
    X(HTTP_GET, "/api/study/reference", PERMISSION_VIEW_CASEBOOK, ROUTE_ANYWHERE, 0, handle_reference, \
     NULL, "study", "The study's reference data, of no participant: sections with their rows.", 0, NULL, "ReferenceData") \
    X(HTTP_GET, "/api/permissions", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, 0, handle_permissions, \
     NULL, "study", "Who may do what: the whole matrix.", 0, NULL, "Permissions") \
 \
    X(HTTP_POST, "/api/login", ROUTE_PUBLIC, ROUTE_ANYWHERE, SMALL, handle_login, \
     NULL, "signing in", "Signs in with name, password and, where one is set, a second factor.", 0, "SignIn", "SignedIn") \
    X(HTTP_GET, "/api/login/link/{token}", ROUTE_PUBLIC, ROUTE_ANYWHERE, 0, handle_link_read, \
     NULL, "signing in", "Whose one-time link this is.", 0, NULL, "LinkOwner") \
    X(HTTP_POST, "/api/login/link", ROUTE_PUBLIC, ROUTE_ANYWHERE, SMALL, handle_link_use, \
     NULL, "signing in", "Sets the password by a one-time link and signs in.", 0, "LinkUse", "SignedIn") \
    X(HTTP_POST, "/api/logout", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, NOTHING, handle_logout, \
     NULL, "signing in", "Ends this sign-in.", 204, "Nothing", NULL) \
 \
    X(HTTP_GET, "/api/me", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, 0, handle_me, \
     NULL, "own account", "Who is signed in, with what roles and permissions.", 0, NULL, "SignedIn") \
    X(HTTP_POST, "/api/me/password", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, SMALL, handle_password, \
     NULL, "own account", "Changes the own password and ends the other sign-ins.", 204, "PasswordChange", NULL) \
    X(HTTP_POST, "/api/me/totp/start", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, NOTHING, handle_totp_start, \
     NULL, "own account", "Makes a secret for a second factor; a code must confirm it.", 0, "Nothing", "TotpSecret") \
    X(HTTP_POST, "/api/me/totp/confirm", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, SMALL, handle_totp_confirm, \
     NULL, "own account", "Sets the second factor.", 204, "TotpCode", NULL) \
    X(HTTP_POST, "/api/me/totp/remove", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, SMALL, handle_totp_remove, \
     NULL, "own account", "Removes the second factor.", 204, "Password", NULL) \
    X(HTTP_GET, "/api/me/signed-in", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, 0, handle_signed_in, \
     NULL, "own account", "Where the person is signed in.", 0, NULL, "OwnSignIns") \
    X(HTTP_POST, "/api/me/sign-out-others", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, NOTHING, handle_sign_out_others, \
     NULL, "own account", "Ends all own sign-ins but this one.", 0, "Nothing", "Ended") \
 \
    X(HTTP_GET, "/api/participants", PERMISSION_VIEW_CASEBOOK, ROUTE_ANYWHERE, 0, handle_participants, \
     "state find after", "participants", "The participants of the sites the caller may see.", 0, NULL, "Participants") \
    X(HTTP_POST, "/api/participants", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, SMALL, handle_participant_add, \
     NULL, "participants", "Begins a screening record ('enter SCR') or a provisional one ('start placement').", 201, "ParticipantAdd", "Participant") \
    X(HTTP_GET, "/api/participants/{id}", PERMISSION_VIEW_CASEBOOK, ROUTE_OF_PARTICIPANT, 0, handle_casebook, \
     NULL, "participants", "A participant and the forms that exist.", 0, NULL, "Casebook") \
    X(HTTP_GET, "/api/participants/{id}/facts", PERMISSION_VIEW_CASEBOOK, ROUTE_OF_PARTICIPANT, 0, handle_clinical_facts, \
     NULL, "participants", "Sex, age, disease, the needle and the course of a participant, for the head of the casebook.", 0, NULL, "ClinicalFacts") \
    X(HTTP_POST, "/api/participants/{id}/attach", PERMISSION_ATTACH_PROVISIONAL, ROUTE_OF_PARTICIPANT, SMALL, handle_attach, \
     NULL, "participants", "Proposes to join a provisional record to a screening record; a second person confirms with the same call.", 0, "Attach", "Attached") \
    X(HTTP_POST, "/api/participants/{id}/detach", PERMISSION_ATTACH_PROVISIONAL, ROUTE_OF_PARTICIPANT, SMALL, handle_detach, \
     NULL, "participants", "Undoes an attachment or takes back a proposal.", 0, "Reason", "Participant") \
    X(HTTP_POST, "/api/participants/{id}/bone-use", PERMISSION_RUN_TIMER, ROUTE_OF_PARTICIPANT, SMALL, handle_bone_use, \
     NULL, "participants", "Answers for a provisional participant whether the bone was used in the last 48 hours.", 0, "BoneUse", "RecordDone") \
    X(HTTP_POST, "/api/participants/{id}/enrol", PERMISSION_ENROL, ROUTE_OF_PARTICIPANT, SMALL, handle_enrol, \
     NULL, "participants", "Enrols; hard checks that do not hold refuse it and are named. With 'happened' it records an enrolment that took place.", 0, "Enrol", "Participant") \
 \
    X(HTTP_GET, "/api/participants/{id}/start-review", PERMISSION_VIEW_CASEBOOK, ROUTE_OF_PARTICIPANT, 0, handle_start_review, \
     NULL, "participants", "The principal investigator's review of an emergency start.", 0, NULL, "StartReview") \
    X(HTTP_POST, "/api/participants/{id}/start-review", PERMISSION_DELEGATE, ROUTE_OF_PARTICIPANT, SMALL, handle_start_review_make, \
     NULL, "participants", "Reviews the emergency start of a screening record, once its placement is attached: for the principal investigator of the site.", 0, "StartReviewMake", "RecordDone") \
    X(HTTP_GET, "/api/participants/{id}/erasure", PERMISSION_ERASE, ROUTE_OF_PARTICIPANT, 0, handle_erasure, \
     NULL, "participants", "What an erasure would destroy, and who has proposed it.", 0, NULL, "Erasure") \
    X(HTTP_POST, "/api/participants/{id}/erasure", PERMISSION_ERASE, ROUTE_OF_PARTICIPANT, SMALL, handle_erasure_step, \
     NULL, "participants", "Proposes to erase a participant, with a reason; a second person confirms with the same call, naming the participant's number.", 0, "ErasureStep", "RecordDone") \
    X(HTTP_POST, "/api/participants/{id}/erasure/take-back", PERMISSION_ERASE, ROUTE_OF_PARTICIPANT, SMALL, handle_erasure_take_back, \
     NULL, "participants", "Takes a proposed erasure back.", 0, "Reason", "RecordDone") \
    X(HTTP_GET, "/api/participants/{id}/forms/{event}/{form}", PERMISSION_VIEW_CASEBOOK, ROUTE_OF_PARTICIPANT, 0, handle_form, \
     "event_repeat form_repeat", "forms", "One form with its values, findings and queries.", 0, NULL, "FormView") \
    X(HTTP_GET, "/api/participants/{id}/sheet/{event}/{form}", PERMISSION_VIEW_CASEBOOK, ROUTE_OF_PARTICIPANT, 0, handle_sheet, \
     "event_repeat form_repeat", "forms", "The answers that the rules of a form read, for rules that run in the page.", 0, NULL, "Sheet") \
    X(HTTP_POST, "/api/mutations", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, LIMIT_BODY, handle_mutations, \
     NULL, "forms", "Saves changes of one form; the right is that of entering the form. Answered when they are on disk.", 0, "Mutations", "Saved") \
    X(HTTP_POST, "/api/rescues", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, SMALL, handle_rescue, \
     NULL, "forms", "Puts on the log that the saves that follow come from another device's rescue file, and whose entries they were. Each save asks for its own right.", 204, "Rescue", NULL) \
    X(HTTP_POST, "/api/participants/{id}/second-check", PERMISSION_SECOND_CHECK, ROUTE_OF_PARTICIPANT, SMALL, handle_second_check, \
     NULL, "forms", "Checks a critical value a second time: it is right, or it is typed as it should be.", 0, "SecondCheckMake", "SecondCheckMade") \
    X(HTTP_POST, "/api/participants/{id}/sign", PERMISSION_SIGN_FORM, ROUTE_OF_PARTICIPANT, SMALL, handle_sign, \
     NULL, "review", "Signs a form, or all forms of the participant, with the hash of what was shown and the password once more.", 0, "Sign", "Signed") \
    X(HTTP_POST, "/api/participants/{id}/verify", PERMISSION_VERIFY_SOURCE, ROUTE_OF_PARTICIPANT, LIMIT_BODY, handle_source_verify, \
     NULL, "review", "Verifies answers against the source: those that are named as they were seen, or all of a form or participant as seen up to an event.", 0, "SourceVerify", "SourceVerified") \
    X(HTTP_POST, "/api/participants/{id}/verify/withdraw", PERMISSION_VERIFY_SOURCE, ROUTE_OF_PARTICIPANT, LIMIT_BODY, handle_source_withdraw, \
     NULL, "review", "Withdraws the verification of answers, with a reason.", 0, "SourceWithdraw", "SourceVerified") \
    X(HTTP_GET, "/api/verification", PERMISSION_VIEW_CASEBOOK, ROUTE_ANYWHERE, 0, handle_verification, \
     "site participant form state after", "review", "What waits for source verification, by participant and form, and how far each site is. Pages of participants.", 0, NULL, "Verification") \
    X(HTTP_GET, "/api/database/readiness", PERMISSION_SIGN_DATABASE_LOCK, ROUTE_EVERYWHERE, 0, handle_database_readiness, \
     "after", "review", "What stands in the way of the lock of the data base, by participant.", 0, NULL, "Readiness") \
    X(HTTP_GET, "/api/images", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, 0, handle_images, \
     NULL, "images", "The caller's own image tasks.", 0, NULL, "ImageTasks") \
    X(HTTP_GET, "/api/images/{id}", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, 0, handle_image, \
     NULL, "images", "One of them: the facts of the image, and the readings that the caller may see.", 0, NULL, "ImageTask") \
    X(HTTP_GET, "/api/image-studies", PERMISSION_ENTER_IM_STUDY, ROUTE_ANYWHERE, 0, handle_image_board, \
     NULL, "images", "The images that the caller may assign, who reads which and how far that is, and who could be asked.", 0, NULL, "ImageBoard") \
    X(HTTP_POST, "/api/participants/{id}/images", PERMISSION_ENTER_IM_STUDY, ROUTE_OF_PARTICIPANT, SMALL, handle_image_assign, \
     NULL, "images", "Assigns an image to a reader or an adjudicator by name; who orders the image does it.", 201, "ImageAssign", "ImageAssigned") \
    X(HTTP_POST, "/api/participants/{id}/sign-reading", PERMISSION_SIGN_OWN_READ, ROUTE_OF_PARTICIPANT, SMALL, handle_sign_reading, \
     NULL, "images", "Signs the caller's own reading or adjudication of an image: its row alone.", 0, "SignReading", "Signed") \
    X(HTTP_POST, "/api/participants/{id}/freeze", PERMISSION_FREEZE, ROUTE_OF_PARTICIPANT, SMALL, handle_freeze, \
     NULL, "review", "Freezes a form, or all of the participant: nothing is changed until it is unfrozen.", 0, "RecordPlace", "RecordDone") \
    X(HTTP_POST, "/api/participants/{id}/unfreeze", PERMISSION_UNFREEZE, ROUTE_OF_PARTICIPANT, SMALL, handle_unfreeze, \
     NULL, "review", "Unfreezes it, with a reason.", 0, "RecordPlace", "RecordDone") \
    X(HTTP_POST, "/api/participants/{id}/lock", PERMISSION_LOCK, ROUTE_OF_PARTICIPANT, SMALL, handle_lock, \
     NULL, "review", "Proposes to lock a form, or all of the participant; a second person confirms with the same call.", 0, "RecordPlace", "RecordDone") \
    X(HTTP_POST, "/api/participants/{id}/unlock", PERMISSION_UNLOCK, ROUTE_OF_PARTICIPANT, SMALL, handle_unlock, \
     NULL, "review", "Proposes to unlock it, with a reason; a second person confirms with the same call.", 0, "RecordPlace", "RecordDone") \
    X(HTTP_GET, "/api/database", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, 0, handle_database, \
     NULL, "review", "Whether the data base is locked, and at which data cut.", 0, NULL, "DatabaseLock") \
    X(HTTP_POST, "/api/database/lock", PERMISSION_SIGN_DATABASE_LOCK, ROUTE_EVERYWHERE, SMALL, handle_database_lock, \
     NULL, "review", "Proposes to lock the data base at a named cut; a second person confirms with the same call.", 0, "DatabaseCut", "RecordDone") \
    X(HTTP_POST, "/api/database/unlock", PERMISSION_SIGN_DATABASE_LOCK, ROUTE_EVERYWHERE, SMALL, handle_database_unlock, \
     NULL, "review", "Proposes to unlock the data base, with a reason; a second person confirms with the same call.", 0, "Reason", "RecordDone") \
    X(HTTP_GET, "/api/participants/{id}/copy", PERMISSION_EXPORT_CASEBOOK, ROUTE_OF_PARTICIPANT, 0, handle_casebook_copy, \
     "history", "participants", "The whole casebook for printing, pseudonymised. It is on the log before its first byte leaves.", 0, NULL, "CasebookCopy") \
    X(HTTP_GET, "/api/participants/{id}/history", PERMISSION_VIEW_HISTORY, ROUTE_OF_PARTICIPANT, 0, handle_history, \
     "event form event_repeat form_repeat item row before", "forms", "What an item, a form or the casebook was, newest first.", 0, NULL, "History") \
    X(HTTP_POST, "/api/participants/{id}/vault/view", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, SMALL, handle_vault_view, \
     NULL, "forms", "Shows one identity value; the view is logged. Breaking the glass needs a reason.", 0, "VaultView", "VaultValue") \
 \
    X(HTTP_GET, "/api/queries", PERMISSION_VIEW_CASEBOOK, ROUTE_ANYWHERE, 0, handle_queries, \
     "state site form participant assignee author kind older_than after", "queries", "Queries of the sites the caller may see, oldest first. A page may be short and yet not the last: 'next' tells.", 0, NULL, "Queries") \
    X(HTTP_GET, "/api/queries/counts", PERMISSION_VIEW_CASEBOOK, ROUTE_ANYWHERE, 0, handle_query_counts, \
     NULL, "queries", "How many queries there are, by state, site, form and assignee, and how many wait for the caller.", 0, NULL, "QueryCounts") \
    X(HTTP_GET, "/api/queries/{id}", PERMISSION_VIEW_CASEBOOK, ROUTE_ANYWHERE, 0, handle_query, \
     NULL, "queries", "One query with its thread, and what the caller may do with it.", 0, NULL, "QueryThread") \
    X(HTTP_POST, "/api/queries", PERMISSION_RAISE_QUERY, ROUTE_ANYWHERE, SMALL, handle_query_open, \
     NULL, "queries", "Raises a query on an item, answered or not, or on a form.", 201, "QueryOpen", "QueryStepped") \
    X(HTTP_POST, "/api/queries/{id}/answer", PERMISSION_ANSWER_QUERY, ROUTE_ANYWHERE, SMALL, handle_query_answer, \
     NULL, "queries", "Answers a query.", 0, "QueryStep", "QueryStepped") \
    X(HTTP_POST, "/api/queries/{id}/close", PERMISSION_CLOSE_QUERY, ROUTE_ANYWHERE, SMALL, handle_query_close, \
     NULL, "queries", "Closes a query; not on data that the caller entered or on an answer that the caller gave.", 0, "QueryStep", "QueryStepped") \
    X(HTTP_POST, "/api/queries/{id}/reopen", PERMISSION_CLOSE_QUERY, ROUTE_ANYWHERE, SMALL, handle_query_reopen, \
     NULL, "queries", "Opens a query again: the answer is not enough, or it was closed too soon.", 0, "QueryStep", "QueryStepped") \
    X(HTTP_POST, "/api/queries/{id}/cancel", PERMISSION_RAISE_QUERY, ROUTE_ANYWHERE, SMALL, handle_query_cancel, \
     NULL, "queries", "Takes back a query that nobody has answered: the person who opened it, or the data manager.", 0, "QueryStep", "QueryStepped") \
    X(HTTP_POST, "/api/queries/{id}/assign", PERMISSION_RAISE_QUERY, ROUTE_ANYWHERE, SMALL, handle_query_assign, \
     NULL, "queries", "Assigns a query to a person, or to nobody.", 0, "QueryAssign", "QueryStepped") \
 \
    X(HTTP_GET, "/api/work", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, 0, handle_work, \
     NULL, "work", "What waits for the caller: late, due, next ('view own work list').", 0, NULL, "WorkList") \
    X(HTTP_GET, "/api/today", PERMISSION_VIEW_CASEBOOK, ROUTE_ANYWHERE, 0, handle_today, \
     "participant", "work", "The needles that are in and what waits at each bed: when it may begin, is due, is late.", 0, NULL, "Today") \
    X(HTTP_POST, "/api/participants/{id}/dwell-leave", PERMISSION_VIEW_CASEBOOK, ROUTE_OF_PARTICIPANT, SMALL, handle_dwell_leave, \
     NULL, "work", "A second physician, who proves who it is on this device, lets a needle stay longer than 24 h: 12 h at a time, 96 h at most.", 0, "DwellLeave", "DwellLeft") \
    X(HTTP_GET, "/api/safety", PERMISSION_READ_SAE_REPORTS, ROUTE_ANYWHERE, 0, handle_safety, \
     NULL, "work", "Adverse events, reports of serious ones with their clocks, device deficiencies and deviations.", 0, NULL, "Safety") \
 \
    X(HTTP_POST, "/api/participants/{id}/deviation-assessment", PERMISSION_SIGN_FORM, ROUTE_OF_PARTICIPANT, SMALL, handle_deviation_assess, \
     NULL, "work", "Assesses a deviation as it stands: how severe it is, and whether the ethics committee has it.", 0, "DeviationAssess", "RecordDone") \
    X(HTTP_POST, "/api/participants/{id}/grade-decision", PERMISSION_SIGN_FORM, ROUTE_OF_PARTICIPANT, SMALL, handle_grade_decide, \
     NULL, "work", "Accepts an adverse event that the grade of a laboratory result proposes, which enters it, or declines it with a reason.", 0, "GradeDecide", "RecordDone") \
    X(HTTP_POST, "/api/participants/{id}/safety-review", PERMISSION_REVIEW_SAFETY, ROUTE_OF_PARTICIPANT, SMALL, handle_safety_review, \
     NULL, "work", "Reviews the report of a serious adverse event and its event as they stand; it falls when either changes.", 0, "SafetyReviewMake", "RecordDone") \
 \
    X(HTTP_GET, "/api/alarms", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, 0, handle_alarms, \
     "past", "alarms", "Alarms that stand, the most urgent first, and on request the last that ended: what calls for the caller, and those of casebooks that the caller may view.", 0, NULL, "Alarms") \
    X(HTTP_POST, "/api/alarms/{id}/acknowledge", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, SMALL, handle_alarm_acknowledge, \
     NULL, "alarms", "Acknowledges an alarm, by one of its audience; its cause stands as before.", 0, "AlarmAcknowledge", "RecordDone") \
    X(HTTP_GET, "/api/feeds", PERMISSION_VIEW_FEED_STATE, ROUTE_ANYWHERE, 0, handle_feeds, \
     NULL, "feeds", "Where systems that send by themselves connect, which there are and how each stands. No values.", 0, NULL, "Feeds") \
    X(HTTP_POST, "/api/feeds", PERMISSION_MANAGE_FEEDS, ROUTE_EVERYWHERE, SMALL, handle_feed_change, \
     NULL, "feeds", "Opens or closes a feed: who may send. Messages of others are refused, and the log tells of it.", 0, "FeedChange", "Feeds") \
    X(HTTP_GET, "/api/feed-messages", PERMISSION_RECONCILE_FEED, ROUTE_ANYWHERE, 0, handle_feed_messages, \
     "state before", "feeds", "Messages of feeds, the last to come first, a hundred at once: what each says about itself, and whether its participant is known.", 0, NULL, "FeedMessages") \
    X(HTTP_GET, "/api/feed-messages/{id}", PERMISSION_RECONCILE_FEED, ROUTE_ANYWHERE, 0, handle_feed_message, \
     NULL, "feeds", "What stands in one message, result by result, and what of it is understood. Its patient is a match or none.", 0, NULL, "FeedMessage") \
    X(HTTP_POST, "/api/feed-messages/{id}/patient", PERMISSION_RECONCILE_FEED, ROUTE_ANYWHERE, SMALL, handle_feed_message_patient, \
     NULL, "feeds", "Says which participant the patient of a message is, by the participant's number; without a number, that it is nobody here. All messages of that patient are filed again.", 0, "FeedPatient", "FeedReopened") \
    X(HTTP_POST, "/api/feed-messages/{id}/retry", PERMISSION_RECONCILE_FEED, ROUTE_ANYWHERE, SMALL, handle_feed_message_retry, \
     NULL, "feeds", "Files one message again that waits for a person.", 0, "Nothing", "FeedReopened") \
    X(HTTP_POST, "/api/feed-messages/retry", PERMISSION_RECONCILE_FEED, ROUTE_ANYWHERE, SMALL, handle_feed_messages_retry, \
     NULL, "feeds", "Files all messages again that wait for a person.", 0, "Nothing", "FeedReopened") \
    X(HTTP_GET, "/api/feed-map", PERMISSION_VIEW_FEED_STATE, ROUTE_ANYWHERE, 0, handle_feed_map, \
     NULL, "feeds", "Which results the study takes and in which units, what people have said that feeds mean, and what nobody has said yet. No values.", 0, NULL, "FeedMap") \
    X(HTTP_POST, "/api/feed-map", PERMISSION_VIEW_FEED_STATE, ROUTE_ANYWHERE, SMALL, handle_feed_map_add, \
     NULL, "feeds", "Says what a code, a unit or the text of a feed means ('map codes', or 'reconcile feed messages'); all messages that wait for it are filed again.", 0, "FeedMeaning", "FeedReopened") \
    X(HTTP_POST, "/api/feed-map/{id}/end", PERMISSION_VIEW_FEED_STATE, ROUTE_ANYWHERE, SMALL, handle_feed_map_end, \
     NULL, "feeds", "Takes a meaning back: it holds no more. What was filed by it stays.", 0, "FeedMeaningEnd", "FeedReopened") \
 \
    X(HTTP_GET, "/api/audit", PERMISSION_VIEW_AUDIT_TRAIL, ROUTE_ANYWHERE, 0, handle_audit, \
     "after from until participant user kind", "log", "The audit trail without clinical values, newest first.", 0, NULL, "AuditTrail") \
    X(HTTP_GET, "/api/verify", PERMISSION_VERIFY_LOG, ROUTE_EVERYWHERE, 0, handle_verify, \
     NULL, "log", "The head of the log's chain.", 0, NULL, "LogState") \
    X(HTTP_POST, "/api/checkpoint", PERMISSION_VERIFY_LOG, ROUTE_EVERYWHERE, NOTHING, handle_checkpoint, \
     NULL, "log", "Signs the head of the chain.", 0, "Nothing", "Checkpoint") \
 \
    X(HTTP_GET, "/api/exports", PERMISSION_EXPORT_ODM, ROUTE_ANYWHERE, 0, handle_exports, \
     "before", "transfers", "What was exported, newest first: who, when, of which data cut, with which hash.", 0, NULL, "Exports") \
    X(HTTP_GET, "/api/exports/contents", PERMISSION_EXPORT_ODM, ROUTE_ANYWHERE, 0, handle_export_contents, \
     "as_of", "transfers", "What an export would hold, at a data cut: counts.", 0, NULL, "ExportContents") \
    X(HTTP_GET, "/api/exports/csv", PERMISSION_EXPORT_CSV, ROUTE_ANYWHERE, 0, handle_export_csv, \
     "as_of", "transfers", "Exports tables (CSV) as one ZIP file. It is on the log before its first byte leaves.", 0, NULL, "File") \
    X(HTTP_GET, "/api/exports/odm", PERMISSION_EXPORT_ODM, ROUTE_ANYWHERE, 0, handle_export_odm, \
     "as_of history", "transfers", "Exports ODM 2.0; with history=yes every change with its audit record.", 0, NULL, "File") \
    X(HTTP_GET, "/api/exports/odm1", PERMISSION_EXPORT_ODM, ROUTE_ANYWHERE, 0, handle_export_odm1, \
     "as_of history", "transfers", "Exports ODM 1.3.2; with history=yes every change with its audit record.", 0, NULL, "File") \
    X(HTTP_GET, "/api/exports/audit", PERMISSION_EXPORT_HISTORY, ROUTE_ANYWHERE, 0, handle_export_audit, \
     "as_of from until participant user kind", "transfers", "Exports the audit trail without clinical values as CSV.", 0, NULL, "File") \
    X(HTTP_POST, "/api/imports/try", PERMISSION_TRY_IMPORT, ROUTE_ANYWHERE, LIMIT_UPLOAD, handle_import_try, \
     "name site", "transfers", "Reads a file of clinical data (ODM) to its end and says what an import of it would meet. Writes nothing.", 0, "ClinicalFile", "ImportReport") \
    X(HTTP_POST, "/api/imports", PERMISSION_IMPORT_DATA, ROUTE_ANYWHERE, LIMIT_UPLOAD, handle_import, \
     "name site", "transfers", "Imports a file of clinical data: all of it or nothing.", 0, "ClinicalFile", "ImportReport") \
    X(HTTP_GET, "/api/transfers", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, 0, handle_transfers, \
     NULL, "transfers", "The caller's own exports and imports under way, and how far they are.", 0, NULL, "Transfers") \
 \
    X(HTTP_GET, "/api/registers/{name}", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, 0, handle_register, \
     NULL, "registers", "A register (DELEG, ICFV, CONF, LOT): its fields, its lines with their history, newest first.", 0, NULL, "Register") \
    X(HTTP_POST, "/api/registers/{name}", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, LIMIT_BODY, handle_register_add, \
     NULL, "registers", "Adds a line, by who keeps the register.", 0, "RegisterAdd", "Register") \
    X(HTTP_POST, "/api/registers/{name}/{id}/agree", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, SMALL, handle_register_agree, \
     NULL, "registers", "Signs that a line is agreed to, with the password once more: the own delegation, or as the second person a change of configuration.", 0, "RegisterAgree", "Register") \
    X(HTTP_POST, "/api/registers/{name}/{id}/correct", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, LIMIT_BODY, handle_register_correct, \
     NULL, "registers", "Corrects a line, with a reason; who agreed to it is asked again.", 0, "RegisterCorrect", "Register") \
    X(HTTP_POST, "/api/registers/{name}/{id}/end", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, SMALL, handle_register_end, \
     NULL, "registers", "Ends a line, with a reason: from that day it is not in force. Nothing is deleted.", 0, "RegisterEnd", "Register") \
 \
    X(HTTP_GET, "/api/users", PERMISSION_MANAGE_USERS, ROUTE_EVERYWHERE, 0, handle_users, \
     NULL, "users", "All users and their roles.", 0, NULL, "Users") \
    X(HTTP_POST, "/api/users", PERMISSION_MANAGE_USERS, ROUTE_EVERYWHERE, SMALL, handle_user_add, \
     NULL, "users", "Adds a user and gives the link for the first sign-in.", 201, "UserAdd", "ChangedUser") \
    X(HTTP_POST, "/api/users/{id}/roles", PERMISSION_MANAGE_USERS, ROUTE_EVERYWHERE, SMALL, handle_user_roles, \
     NULL, "users", "Gives a user other roles and ends the user's sign-ins.", 0, "UserRoles", "ChangedUser") \
    X(HTTP_POST, "/api/users/{id}/disable", PERMISSION_MANAGE_USERS, ROUTE_EVERYWHERE, SMALL, handle_user_disable, \
     NULL, "users", "Disables a user and ends the user's sign-ins.", 0, "Reason", "ChangedUser") \
    X(HTTP_POST, "/api/users/{id}/enable", PERMISSION_MANAGE_USERS, ROUTE_EVERYWHERE, SMALL, handle_user_enable, \
     NULL, "users", "Enables a disabled user.", 0, "OptionalReason", "ChangedUser") \
    X(HTTP_POST, "/api/users/{id}/reset", PERMISSION_MANAGE_USERS, ROUTE_EVERYWHERE, SMALL, handle_user_reset, \
     NULL, "users", "Voids the password and gives a new one-time link.", 0, "OptionalReason", "ChangedUser") \
    X(HTTP_POST, "/api/users/{id}/sign-out", PERMISSION_MANAGE_USERS, ROUTE_EVERYWHERE, SMALL, handle_user_sign_out, \
     NULL, "users", "Ends all sign-ins of a user.", 0, "OptionalReason", "ChangedUser") \
    X(HTTP_POST, "/api/users/{id}/identity", PERMISSION_MANAGE_USERS, ROUTE_EVERYWHERE, SMALL, handle_user_identity, \
     NULL, "users", "Records that the person behind an account was verified and certified the electronic signature: before that the account signs nothing.", 0, "IdentityVerify", "Users") \
 \
    X(HTTP_GET, "/api/users/password-rules", PERMISSION_MANAGE_USERS, ROUTE_EVERYWHERE, 0, handle_password_rules, \
     NULL, "users", "How long a password lasts, and how many of the last ones are refused.", 0, NULL, "PasswordRules") \
    X(HTTP_POST, "/api/users/password-rules", PERMISSION_MANAGE_USERS, ROUTE_EVERYWHERE, SMALL, handle_password_rules_set, \
     NULL, "users", "Sets both, with a reason.", 0, "PasswordRulesSet", "PasswordRules") \
    X(HTTP_GET, "/api/users/misuse", PERMISSION_MANAGE_USERS, ROUTE_EVERYWHERE, 0, handle_misuse, \
     NULL, "users", "Signs that an account is used without right, since somebody last looked, latest first.", 0, NULL, "Misuse") \
    X(HTTP_POST, "/api/users/misuse/review", PERMISSION_MANAGE_USERS, ROUTE_EVERYWHERE, SMALL, handle_misuse_review, \
     NULL, "users", "Says what came of all signs of misuse up to an event of the log.", 0, "MisuseReview", "Misuse") \
    X(HTTP_POST, "/api/users/sign-out", PERMISSION_MANAGE_USERS, ROUTE_EVERYWHERE, NOTHING, handle_users_sign_out, \
     NULL, "users", "Ends all sign-ins of everybody, the own one too.", 0, "Nothing", "SignedOut") \
 \
    X(HTTP_GET, "/api/live", ROUTE_SIGNED_IN, ROUTE_ANYWHERE, 0, handle_live, \
     NULL, "live", "What changes, as it changes: server-sent events.", 0, NULL, "LiveStream")
// clang-format on

#endif
