#include "actions/signature_verify.h"

#include "actions/signature_parts.h"
#include "base/limits.h"
#include "formats/odm_design_read.h"

#include <string.h>

/* Designs as the log has them, each read once. */
struct read_design {
    struct read_design *next;
    struct text version;
    const struct design *design;
};

struct examination {
    struct verify *verify;
    struct db *db;
    struct arena *arena; /* of one signature */
    struct arena *lasting;
    struct read_design *designs;
};

static bool design_read(struct examination *examination, struct text version,
                        struct read_design *out, struct error *err)
{
    struct arena *lasting = examination->lasting;
    struct stored_design *stored = NULL;
    struct odm_findings *findings = ARENA_NEW(lasting, struct odm_findings);
    if (!design_by_version(examination->db, version, lasting, &stored, err))
        return false;
    if (stored == NULL)
        return error_set(err, ERROR_DAMAGED, "the log has no design version %.*s",
                         TEXT_ARG(version));
    out->version = text_copy(lasting, version);
    return odm_design_read(stored->xml, lasting, &out->design, findings, err);
}

static bool design_of_log(void *data, struct text version, const struct design **out,
                          struct error *err)
{
    struct examination *examination = data;
    for (struct read_design *at = examination->designs; at != NULL; at = at->next)
        if (text_equal(at->version, version)) {
            *out = at->design;
            return true;
        }
    struct read_design *read = ARENA_NEW(examination->lasting, struct read_design);
    if (!design_read(examination, version, read, err))
        return false;
    read->next = examination->designs;
    examination->designs = read;
    *out = read->design;
    return true;
}

/* The form as the log makes it now. */
static bool form_again(struct examination *examination, const struct signed_form *form,
                       struct shown_form *out, struct error *err)
{
    struct signature_reader reader = {.db = examination->db,
                                      .arena = examination->arena,
                                      .design = design_of_log,
                                      .data = examination};
    struct form_state *state = NULL;
    if (!form_find(examination->db, &form->key, examination->arena, &state, err))
        return false;
    if (state == NULL)
        return error_set(err, ERROR_DAMAGED, "form %.*s is not there",
                         TEXT_ARG(form->key.form));
    if (!text_equal(state->design_version, form->design_version))
        return error_set(err, ERROR_DAMAGED,
                         "form %.*s is kept under design version %.*s, not %.*s",
                         TEXT_ARG(form->key.form), TEXT_ARG(state->design_version),
                         TEXT_ARG(form->design_version));
    struct signature_places places = {form->hidden, form->hidden_count, form->row};
    return signature_form(&reader, state, &places, out, err);
}

static bool content_again(struct examination *examination,
                          const struct signed_record *record, int64_t participant,
                          struct hash *out, struct error *err)
{
    struct signature_content content = {.participant = participant,
                                        .is_chinese =
                                            text_equal(record->language, TEXT("zh")),
                                        .form_count = record->form_count};
    struct shown_form *forms =
        ARENA_ARRAY(examination->arena, struct shown_form, record->form_count);
    if (!signature_meaning_parse(record->meaning, &content.meaning))
        return error_set(err, ERROR_DAMAGED, "its meaning is not known");
    for (size_t i = 0; i < record->form_count; i++)
        if (!form_again(examination, &record->forms[i], &forms[i], err))
            return false;
    content.forms = forms;
    content.study =
        record->form_count == 0 ? (struct text){0} : forms[0].design->study_oid;
    return signature_content_hash(&content, examination->arena, out, err);
}

/* An attached record's later change voids a casebook's signature. */
static bool is_void(struct examination *examination,
                    const struct stored_signature *stored,
                    const struct signed_record *record, bool *out, struct error *err)
{
    *out = false;
    for (size_t i = 0; stored->form == 0 && i < record->form_count; i++) {
        int64_t changed = 0;
        if (!participant_changed(examination->db, record->forms[i].key.participant,
                                 &changed, err))
            return false;
        *out = *out || changed > stored->seq;
    }
    return true;
}

static bool examine(struct examination *examination,
                    const struct stored_signature *stored, struct error *err)
{
    const struct signed_record *record = NULL;
    struct hash again = {0};
    int64_t participant = 0;
    bool is_fallen = false;
    if (!signature_read(examination->db, stored->seq, examination->arena, &record,
                        &participant, err))
        return false;
    if (record == NULL)
        return error_set(err, ERROR_DAMAGED, "its event is of another kind");
    if (!is_void(examination, stored, record, &is_fallen, err))
        return false;
    if (is_fallen)
        return true;
    if (!content_again(examination, record, participant, &again, err))
        return false;
    return hash_equal(&again, &record->content) ||
           error_set(err, ERROR_DAMAGED,
                     "what was signed is not what the log says: values, units, labels, "
                     "language, design version or meaning were changed behind it");
}

static void tell(struct examination *examination, const struct stored_signature *stored,
                 const struct error *err)
{
    struct text sentence = text_format(
        examination->arena, "the signature of event %lld no longer holds: %s",
        (long long)stored->seq, err->text);
    verify_found(examination->verify, VERIFY_SIGNATURE, stored->seq, sentence);
}

bool signatures_examine(struct verify *verify, struct db *rebuilt, struct error *err)
{
    struct arena *lasting = arena_new(4 * LIMIT_DESIGN_ARENA);
    struct examination examination = {.verify = verify,
                                      .db = rebuilt,
                                      .arena = arena_new(LIMIT_DESIGN_ARENA),
                                      .lasting = lasting};
    struct stored_signature *list = NULL;
    size_t count = 0;
    bool is_done = signature_standing(rebuilt, lasting, &list, &count, err);
    for (size_t i = 0; is_done && i < count; i++) {
        struct error why = {0};
        arena_reset(examination.arena);
        if (!examine(&examination, &list[i], &why))
            tell(&examination, &list[i], &why);
    }
    arena_free(examination.arena);
    arena_free(lasting);
    return is_done;
}
