#include "actions/export_signed.h"

#include "base/datetime.h"
#include "model/signature_content.h"
#include "store/review.h"

#include <inttypes.h>

/* -- What is named ----------------------------------------------------------------------- */

static struct text meaning_oid(struct text meaning, struct arena *arena)
{
    return text_format(arena, "SD.OSTEON.%.*s", TEXT_ARG(meaning));
}

static struct odm_named meaning_named(enum signature_meaning meaning,
                                      struct arena *arena)
{
    return (struct odm_named){
        .element = TEXT("SignatureDef"),
        .oid = meaning_oid(signature_meaning_name(meaning), arena),
        .name = TEXT("Electronic"),
        .meaning = signature_meaning_label(meaning).english,
        .legal = TEXT("Signed in place of a handwritten signature (21 CFR 11.100).")};
}

bool export_signed_names(struct export_walk *walk, struct odm_file *odm,
                         struct arena *arena, bool *out, struct error *err)
{
    static const enum signature_meaning meanings[] = {
        SIGNATURE_FORM_REVIEWED, SIGNATURE_CASEBOOK_REVIEWED, SIGNATURE_READ_MADE,
        SIGNATURE_ADJUDICATED};
    struct stored_signature *list = NULL;
    size_t count = 0;
    if (!signature_standing(walk->db, arena, &list, &count, err))
        return false;
    *out = count > 0;
    if (!*out)
        return true;
    struct odm_named *named =
        ARENA_ARRAY(arena, struct odm_named, odm->named_count + ARRAY_COUNT(meanings));
    for (size_t i = 0; i < odm->named_count; i++)
        named[i] = odm->named[i];
    for (size_t i = 0; i < ARRAY_COUNT(meanings); i++)
        named[odm->named_count++] = meaning_named(meanings[i], arena);
    odm->named = named;
    return true;
}

/* -- What is said ------------------------------------------------------------------------ */

/* Of a form as a whole, or (0) of the casebook; NULL: none stands. ODM has no place for the
 * signature of one row, which a reader's is. */
static bool find_standing(struct export_walk *walk, int64_t participant, int64_t form,
                          struct arena *scratch, const struct stored_signature **out,
                          struct error *err)
{
    struct stored_signature *list = NULL;
    size_t count = 0;
    *out = NULL;
    if (!signature_list(walk->db, participant, form, scratch, &list, &count, err))
        return false;
    for (size_t i = 0; i < count && *out == NULL; i++)
        if (list[i].form == form && list[i].row == 0 && list[i].changed < list[i].seq)
            *out = &list[i];
    return true;
}

static struct odm_said said_of(const struct odm_file *odm,
                               const struct record_subject *subject,
                               const struct stored_signature *signature,
                               struct arena *scratch)
{
    char time[MOMENT_TEXT_SIZE];
    size_t len = instant_print_at(signature->at, subject->offset_minutes, time);
    return (struct odm_said){
        .kind = ODM_SAID_SIGNATURE,
        .user = text_format(scratch, "U.%.*s.%" PRId64, TEXT_ARG(odm->folder),
                            signature->user),
        .location = subject->participant->site,
        .time = text_copy(scratch, (struct text){.at = time, .len = len}),
        .signature = meaning_oid(signature->meaning, scratch)};
}

static bool has_signature(const struct odm_file *odm)
{
    for (size_t i = 0; i < odm->subject_said_count; i++)
        if (odm->subject_said[i].said.kind == ODM_SAID_SIGNATURE)
            return true;
    return false;
}

bool export_signed_subject(struct export_walk *walk, struct odm_file *odm,
                           const struct record_subject *subject, struct arena *scratch,
                           struct error *err)
{
    const struct stored_signature *signature = NULL;
    if (!find_standing(walk, subject->participant->id, 0, scratch, &signature, err))
        return false;
    if (signature == NULL || has_signature(odm))
        return true;
    size_t count = odm->subject_said_count;
    struct odm_statement *all = ARENA_ARRAY(scratch, struct odm_statement, count + 1);
    for (size_t i = 0; i < count; i++)
        all[i] = odm->subject_said[i];
    all[count] = (struct odm_statement){
        .place = ODM_AT_SUBJECT, .said = said_of(odm, subject, signature, scratch)};
    odm->subject_said = all;
    odm->subject_said_count = count + 1;
    return true;
}

bool export_signed_form(struct export_walk *walk, struct odm_file *odm,
                        const struct record_subject *subject,
                        const struct record_form *form, struct arena *scratch,
                        struct error *err)
{
    const struct stored_signature *signature = NULL;
    if (!find_standing(walk, subject->participant->id, form->instance, scratch,
                       &signature, err))
        return false;
    if (signature == NULL)
        return true;
    struct odm_statement statement = {
        .place = ODM_AT_FORM, .said = said_of(odm, subject, signature, scratch)};
    odm_statement(odm, form->key, &statement, NULL);
    return true;
}
