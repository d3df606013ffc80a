#include "actions/file_message.h"

#include "actions/act.h"
#include "actions/design_choice.h"
#include "actions/laboratory_file.h"
#include "base/limits.h"

struct message_filing {
    struct act act;
    const struct laboratory_message *message;
    struct text
        refused; /* why the forms did not take it, the time before; else absent */
};

/* --- what becomes of it ----------------------------------------------------------------------- */

/* Nothing is written when it says what stands there already. */
static bool sort_message(struct act *act, struct txn *txn,
                         const struct feed_message *header, enum feed_reason reason,
                         struct text said, int64_t participant, struct error *err)
{
    struct origin origin = caller_origin(act->caller);
    struct feed_message_sorted content = {
        .message = header->id,
        .state = reason == FEED_REASON_NONE ? FEED_FILED : FEED_QUARANTINED,
        .reason = feed_reason_name(reason),
        .said = said.len > 0 ? said : (struct text){0},
        .of_participant = participant};
    if (header->state == content.state && header->participant == participant &&
        text_equal(header->reason, content.reason) &&
        text_equal(header->said, content.said))
        return true;
    return txn_append(txn, LOG_EVENT_FEED_MESSAGE_SORTED, &origin, 0, &content, NULL,
                      err);
}

/* Of the laboratory, at the site of the participant: as a person of the laboratory there,
 * in the forms that its results belong to, and nothing else. */
static struct caller *caller_of(const struct act *act, const struct participant *who,
                                struct arena *arena)
{
    struct caller *caller = ARENA_NEW(arena, struct caller);
    struct grant *grant = ARENA_NEW(arena, struct grant);
    *grant = (struct grant){.role = ROLE_LAB, .site = who->site};
    *caller = *act->caller;
    caller->grants = grant;
    caller->grant_count = 1;
    return caller;
}

static bool file_for(struct message_filing *verb, struct txn *txn, int64_t participant,
                     struct laboratory_filing *filing, struct error *err)
{
    struct arena *arena = txn_arena(txn);
    struct act *inner = ARENA_NEW(verb->act.arena, struct act);
    *inner = verb->act;
    *filing =
        (struct laboratory_filing){.act = inner, .txn = txn, .message = verb->message};
    if (!participant_by_id(txn_db(txn), participant, arena, &filing->participant, err))
        return false;
    ASSERT(filing->participant != NULL);
    inner->caller = caller_of(&verb->act, filing->participant, verb->act.arena);
    struct design_choice choice = {verb->act.study, txn_db(txn), filing->participant,
                                   arena};
    return design_for_participant(&choice, &filing->design, err) &&
           laboratory_file(filing, err);
}

/* IHE PCD-01; vendors write the label in their own ways (specification 7.2). */
static bool is_of_device(const struct laboratory_message *message)
{
    struct text profile = message->result.profile;
    for (size_t at = 0; at < profile.len; at++)
        if (text_starts_with(text_part(profile, at, profile.len), TEXT("PCD")))
            return true;
    return false;
}

static bool decide(struct act *act, struct txn *txn, struct error *err)
{
    struct message_filing *verb = (struct message_filing *)act;
    struct laboratory_filing filing;
    struct laboratory_match match;
    struct feed_message *header = NULL;
    if (!feed_message_find(txn_db(txn), verb->message->header->id, txn_arena(txn),
                           &header, err))
        return false;
    if (header->state != FEED_WAITING)
        return true; /* somebody else has seen to it meanwhile */
    /* What monitors and pumps observe is nobody's result: it waits for its own reader. */
    if (is_of_device(verb->message))
        return true;
    if (verb->message->fault != FEED_REASON_NONE)
        return sort_message(act, txn, header, verb->message->fault, verb->message->said,
                            0, err);
    if (!text_is_absent(verb->refused))
        return sort_message(act, txn, header, FEED_REASON_VALUE, verb->refused, 0, err);
    if (!laboratory_match(txn_db(txn), study_design(act->study), verb->message,
                          txn_arena(txn), &match, err))
        return false;
    if (match.fault != FEED_REASON_NONE)
        return sort_message(act, txn, header, match.fault, match.said, 0, err);
    return file_for(verb, txn, match.participant, &filing, err) &&
           sort_message(act, txn, header, filing.reason, filing.said, match.participant,
                        err);
}

static bool read_message(struct study *study, int64_t id, struct arena *arena,
                         struct laboratory_message *out, struct error *err)
{
    struct db *db = store_reader(study_store(study));
    bool is_read = laboratory_message_read(db, id, arena, out, err);
    store_reader_return(study_store(study), db);
    return is_read;
}

/* It will be refused again, so that trying again is no use. */
static bool is_refusal(const struct error *err)
{
    return err->code == ERROR_REFUSED || err->code == ERROR_NOT_ALLOWED ||
           err->code == ERROR_NOT_FOUND || err->code == ERROR_LOCKED ||
           err->code == ERROR_TOO_LARGE || err->code == ERROR_MALFORMED;
}

bool file_message(struct study *study, int64_t message, struct error *err)
{
    struct arena *arena = arena_new(LIMIT_HL7_ARENA);
    struct laboratory_message read;
    bool is_done = read_message(study, message, arena, &read, err);
    if (is_done) {
        struct text name = text_format(arena, "feed %.*s", TEXT_ARG(read.header->feed));
        struct caller caller = {.name = name,
                                .full_name = name,
                                .language = TEXT("en"),
                                .device = text_clip(name, LIMIT_NAME)};
        struct message_filing verb = {.act = act_of(study, &caller, arena, decide),
                                      .message = &read};
        is_done = act_run(&verb.act, err);
        if (!is_done && is_refusal(err)) {
            verb.act = act_of(study, &caller, arena, decide);
            verb.refused = text_format(arena, "%s", err->text);
            is_done = act_run(&verb.act, err);
        }
    }
    arena_free(arena);
    return is_done;
}
