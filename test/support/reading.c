#include "support/reading.h"

#include "support/unit.h"

#include "actions/form_review.h"
#include "actions/image_task.h"
#include "actions/study_state.h"
#include "base/hex.h"

#include <stdio.h>

struct form_key reading_place(int64_t participant)
{
    return (struct form_key){.participant = participant,
                             .event = TEXT("SE.D28"),
                             .event_repeat = 1,
                             .form = TEXT("F.IM"),
                             .form_repeat = 1};
}

void reading_order(struct fixture *fixture, const struct caller *by,
                   int64_t participant)
{
    fixture_enter(fixture, by, participant, READING_PLACE, "I.IM.IMMOD", "XR",
                  "I.IM.IMREG", "lower leg", "I.IM.IMTRIG", "routine", "I.IM.IMDTM",
                  "2026-11-22T09:00+08:00", NULL);
}

bool reading_answer(struct fixture *fixture, const struct caller *by,
                    int64_t participant, int64_t row, const char *item,
                    const char *value, const char *base)
{
    struct save_values verb = fixture_save_of(fixture, by, participant, READING_PLACE);
    struct mutation mutation = {.item = text_of(item),
                                .row = row,
                                .value = text_of(value),
                                .base = base == NULL ? (struct text){0} : text_of(base),
                                .reason = base == NULL ? (struct text){0}
                                                       : TEXT("SYNTHETIC: seen again")};
    if (!fixture_save(fixture, &verb, &mutation, 1))
        return false;
    if (verb.outcomes[0].why != NULL)
        fixture->err = *verb.outcomes[0].why;
    return verb.outcomes[0].status == MUTATION_OK;
}

void reading_enter(struct fixture *fixture, const struct caller *by,
                   int64_t participant, int64_t row, const char *result,
                   const char *words)
{
    static const char *const asked[] = {"RDQUAL", "RDTIP", "RDEXTR", "RDFRAC",
                                        "RDOSTE", "RDFAT", "RDDVT",  "RDHEM"};
    char item[32];
    for (size_t i = 0; i < ARRAY_COUNT(asked); i++) {
        snprintf(item, sizeof item, "I.IM.%s", asked[i]);
        ASSERT_OK(reading_answer(fixture, by, participant, row, item,
                                 i == 1   ? "NA"
                                 : i == 0 ? "Y"
                                          : "N",
                                 NULL),
                  &fixture->err);
    }
    ASSERT_OK(reading_answer(fixture, by, participant, row, "I.IM.RDRES", result, NULL),
              &fixture->err);
    ASSERT_OK(reading_answer(fixture, by, participant, row, "I.IM.RDTXT", words, NULL),
              &fixture->err);
}

bool reading_assign(struct fixture *fixture, const struct caller *by,
                    int64_t participant, const struct caller *to, bool is_adjudicator)
{
    struct image_assign verb = {
        .act = act_of(fixture->study, by, fixture->arena, image_assign),
        .key = reading_place(participant),
        .person = to->name,
        .is_adjudicator = is_adjudicator};
    return act_run(&verb.act, &fixture->err);
}

struct form_state *reading_state(struct fixture *fixture, struct db *db,
                                 int64_t participant)
{
    struct form_state *state = NULL;
    struct form_key key = reading_place(participant);
    ASSERT_OK(form_find(db, &key, fixture->arena, &state, &fixture->err),
              &fixture->err);
    return state;
}

struct signature_offer reading_offer(struct fixture *fixture, const struct caller *by,
                                     int64_t participant)
{
    struct form_review review;
    struct db *db = store_reader(fixture->study->store);
    struct review_asker asker = {fixture->study, db, by, fixture->arena,
                                 fixture_participant(fixture, participant)};
    ASSERT_OK(form_review_read(&asker, reading_state(fixture, db, participant), &review,
                               &fixture->err),
              &fixture->err);
    store_reader_return(fixture->study->store, db);
    return review.offer;
}

bool reading_sign(struct fixture *fixture, const struct caller *by, int64_t participant)
{
    struct signature_offer offer = reading_offer(fixture, by, participant);
    char *digits = arena_alloc(fixture->arena, HEX_SIZE(HASH_SIZE));
    size_t len = hex_print(offer.content.bytes, HASH_SIZE, digits);
    struct signature_make verb = {
        .act = act_of(fixture->study, by, fixture->arena, signature_finish),
        .key = reading_place(participant),
        .meaning = signature_meaning_name(offer.meaning),
        .language = TEXT("en"),
        .content = {digits, len},
        .name = by->name,
        .password = TEXT(READING_PASSWORD)};
    if (!signature_begin(&verb, &fixture->err))
        return false;
    signature_hash(&verb);
    return act_run(&verb.act, &fixture->err);
}
