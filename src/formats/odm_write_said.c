/* What an import kept of others' audit records, signatures, queries and annotations, in
 * the words of the version that is written. */
#include "formats/odm_write_parts.h"
#include "formats/xml_write.h"

#include "base/datetime.h"

#include <stdio.h>
#include <string.h>

/* The schemas want somebody, somewhere, where a source names none. */
#define NOT_GIVEN "IMPORTED.NOT.GIVEN"

static struct text given(struct text oid)
{
    return oid.len > 0 ? oid : TEXT(NOT_GIVEN);
}

static void put_element(struct buffer *out, const char *name, struct text content)
{
    if (content.len == 0)
        return;
    size_t len = strlen(name);
    buffer_byte(out, '<');
    buffer_bytes(out, name, len);
    buffer_byte(out, '>');
    xml_put_text(out, content);
    BUFFER_LITERAL(out, "</");
    buffer_bytes(out, name, len);
    buffer_byte(out, '>');
}

/* -- Who and where ----------------------------------------------------------------------- */

static void put_user(const struct odm_file *odm, const struct odm_named *named)
{
    struct buffer *out = odm->out;
    BUFFER_LITERAL(out, "<User");
    xml_put(out, "OID", named->oid);
    BUFFER_LITERAL(out, ">");
    put_element(out, odm_is_two(odm) ? "UserName" : "LoginName", named->name);
    put_element(out, "FullName", named->meaning);
    BUFFER_LITERAL(out, "</User>\n");
}

static void put_location(const struct odm_file *odm, const struct odm_named *named)
{
    struct buffer *out = odm->out;
    char time[MOMENT_TEXT_SIZE];
    instant_print(odm->design_time, time);
    BUFFER_LITERAL(out, "<Location");
    xml_put(out, "OID", named->oid);
    xml_put(out, "Name", named->name.len > 0 ? named->name : named->oid);
    xml_put(out, odm_is_two(odm) ? "Role" : "LocationType", TEXT("Other"));
    BUFFER_LITERAL(out, "><MetaDataVersionRef");
    xml_put(out, "StudyOID", odm->design->study_oid);
    xml_put(out, "MetaDataVersionOID", odm->design->oid);
    xml_put(out, "EffectiveDate", (struct text){.at = time, .len = 10});
    BUFFER_LITERAL(out, "/></Location>\n");
}

static void put_signature_def(const struct odm_file *odm, const struct odm_named *named)
{
    struct buffer *out = odm->out;
    bool is_digital = text_equal(named->name, TEXT("Digital"));
    BUFFER_LITERAL(out, "<SignatureDef");
    xml_put(out, "OID", named->oid);
    xml_put(out, "Methodology", is_digital ? TEXT("Digital") : TEXT("Electronic"));
    BUFFER_LITERAL(out, "><Meaning>");
    xml_put_text(out, named->meaning);
    BUFFER_LITERAL(out, "</Meaning><LegalReason>");
    xml_put_text(out, named->legal);
    BUFFER_LITERAL(out, "</LegalReason></SignatureDef>\n");
}

void odm_put_named(const struct odm_file *odm, const char *element)
{
    void (*put)(const struct odm_file *, const struct odm_named *) =
        element[0] == 'U'   ? put_user
        : element[0] == 'L' ? put_location
                            : put_signature_def;
    const struct odm_named nobody = {.oid = TEXT(NOT_GIVEN),
                                     .name = TEXT(""),
                                     .meaning = TEXT(""),
                                     .legal = TEXT("")};
    for (size_t i = 0; i < odm->named_count; i++)
        if (text_equal(odm->named[i].element, text_of(element)))
            put(odm, &odm->named[i]);
    if (odm->has_imports)
        put(odm, &nobody);
}

/* -- Statements --------------------------------------------------------------------------- */

static void put_who(const struct odm_file *odm, const struct odm_said *said)
{
    struct buffer *out = odm->out;
    BUFFER_LITERAL(out, "<UserRef");
    xml_put(out, "UserOID", given(said->user));
    BUFFER_LITERAL(out, "/><LocationRef");
    xml_put(out, "LocationOID", given(said->location));
    BUFFER_LITERAL(out, "/>");
}

static void put_audit(const struct odm_file *odm, const struct odm_said *said)
{
    struct buffer *out = odm->out;
    BUFFER_LITERAL(out, "<AuditRecord>");
    put_who(odm, said);
    put_element(out, "DateTimeStamp", said->time);
    put_element(out, "ReasonForChange",
                said->reason.len > 0 ? said->reason : said->message);
    put_element(out, "SourceID", said->source);
    BUFFER_LITERAL(out, "</AuditRecord>");
}

static void put_signature(const struct odm_file *odm, const struct odm_said *said)
{
    struct buffer *out = odm->out;
    BUFFER_LITERAL(out, "<Signature>");
    put_who(odm, said);
    BUFFER_LITERAL(out, "<SignatureRef");
    xml_put(out, "SignatureOID", given(said->signature));
    BUFFER_LITERAL(out, "/>");
    put_element(out, "DateTimeStamp", said->time);
    BUFFER_LITERAL(out, "</Signature>");
}

static void put_annotation(const struct odm_file *odm, const struct odm_said *said,
                           int number)
{
    buffer_format(odm->out, "<Annotation SeqNum=\"%d\">", number);
    odm_put_comment(odm, said->message);
    for (size_t i = 0; i < said->flag_count; i++)
        odm_put_flag(odm, said->flags[i]);
    BUFFER_LITERAL(odm->out, "</Annotation>");
}

/* As our own queries are written: 1.3.2 has no element for them. */
static void put_query_annotation(const struct odm_file *odm,
                                 const struct odm_said *said, int number)
{
    char target[512] = "";
    if (said->item.len > 0 && said->row > 0)
        snprintf(target, sizeof target, "%.*s#%lld: ", TEXT_ARG(said->item),
                 (long long)said->row);
    else if (said->item.len > 0)
        snprintf(target, sizeof target, "%.*s: ", TEXT_ARG(said->item));
    buffer_format(odm->out, "<Annotation SeqNum=\"%d\"><Comment>", number);
    xml_put_text(odm->out, text_of(target));
    xml_put_text(odm->out, said->message);
    BUFFER_LITERAL(odm->out, "</Comment>");
    odm_put_flag(odm,
                 (struct odm_flag){.value_list = TEXT("CL.OSTEON.QUERY"),
                                   .value = odm_said_is_open(said) ? TEXT("OPEN")
                                                                   : TEXT("CLOSED"),
                                   .type = TEXT("QUERY")});
    odm_put_flag(odm, (struct odm_flag){.value = said->check.len > 0 ? said->check
                                                                     : TEXT("IMPORTED"),
                                        .type = TEXT("CHECK")});
    BUFFER_LITERAL(odm->out, "</Annotation>");
}

/* Required, with a time of day: a day begins with it, and of no time at all is known only
 * that it was so at the data cut. */
static void put_updated(const struct odm_file *odm, const struct odm_said *said)
{
    char time[MOMENT_TEXT_SIZE + sizeof "T00:00:00"];
    if (said->time.len == 10)
        snprintf(time, sizeof time, "%.*sT00:00:00", TEXT_ARG(said->time));
    else if (said->time.len < 10)
        instant_print(odm->cut_time, time);
    xml_put(odm->out, "LastUpdateDatetime",
            said->time.len > 10 ? said->time : text_of(time));
}

static void put_query(const struct odm_file *odm, const struct odm_said *said)
{
    struct buffer *out = odm->out;
    BUFFER_LITERAL(out, "<Query");
    xml_put(out, "OID", given(said->id));
    odm_put_asker(odm, said->check);
    if (said->item.len > 0) {
        BUFFER_LITERAL(out, " Target=\"");
        xml_put_text(out, said->item);
        if (said->row > 0)
            buffer_format(out, "#%lld", (long long)said->row);
        BUFFER_LITERAL(out, "\"");
    }
    xml_put(out, "State", odm_said_is_open(said) ? TEXT("Open") : TEXT("Closed"));
    put_updated(odm, said);
    xml_put(out, "Name", said->check.len > 0 ? said->check : TEXT("IMPORTED"));
    BUFFER_LITERAL(out, "><Value>");
    xml_put_text(out, said->message);
    BUFFER_LITERAL(out, "</Value>");
    if (said->user.len > 0 && text_find(said->time, 'T') < said->time.len)
        put_audit(odm, &(struct odm_said){.user = said->user,
                                          .location = said->location,
                                          .time = said->time});
    BUFFER_LITERAL(out, "</Query>");
}

void odm_put_said(const struct odm_file *odm, const struct odm_said *said, int number)
{
    switch (said->kind) {
    case ODM_SAID_AUDIT: put_audit(odm, said); break;
    case ODM_SAID_SIGNATURE: put_signature(odm, said); break;
    case ODM_SAID_ANNOTATION: put_annotation(odm, said, number); break;
    case ODM_SAID_QUERY:
        if (odm_is_two(odm))
            put_query(odm, said);
        else
            put_query_annotation(odm, said, number);
        break;
    }
}

/* -- Where they stand ---------------------------------------------------------------------- */

static bool is_at(const struct odm_statement *statement,
                  const struct record_value *value)
{
    return !statement->is_written && statement->place == ODM_AT_ITEM &&
           statement->row == value->row && text_equal(statement->item, value->oid);
}

bool odm_has_said(const struct odm_file *odm, const struct record_value *value)
{
    for (size_t i = 0; i < odm->said_count; i++)
        if (is_at(&odm->said[i], value))
            return true;
    return false;
}

struct odm_statement *odm_take_said(struct odm_file *odm,
                                    const struct record_value *value,
                                    enum odm_said_kind kind)
{
    for (size_t i = 0; i < odm->said_count; i++)
        if (odm->said[i].said.kind == kind && is_at(&odm->said[i], value)) {
            odm->said[i].is_written = true;
            return &odm->said[i];
        }
    return NULL;
}

/* A signature, then annotations, then queries. Of several signatures the last counts in a
 * snapshot; a history writes the others by themselves. */
void odm_put_item_said(struct odm_file *odm, const struct record_value *value,
                       const struct answer *missing)
{
    int number = missing == NULL ? 1 : 2;
    const struct odm_statement *signature =
        odm_take_said(odm, value, ODM_SAID_SIGNATURE);
    while (!odm->is_transactional && signature != NULL) {
        const struct odm_statement *next =
            odm_take_said(odm, value, ODM_SAID_SIGNATURE);
        if (next == NULL)
            break;
        signature = next;
    }
    if (signature != NULL)
        odm_put_said(odm, &signature->said, 0);
    if (missing != NULL)
        odm_put_missing(odm, missing);
    for (enum odm_said_kind kind = ODM_SAID_ANNOTATION;; kind = ODM_SAID_QUERY) {
        const struct odm_statement *next;
        while ((next = odm_take_said(odm, value, kind)) != NULL)
            odm_put_said(odm, &next->said, number++);
        if (kind == ODM_SAID_QUERY)
            return;
    }
}

void odm_put_subject_said(const struct odm_file *odm, enum odm_said_kind first,
                          enum odm_said_kind last)
{
    int number = 1;
    for (int kind = (int)first; kind <= (int)last; kind++)
        for (size_t i = 0; i < odm->subject_said_count; i++)
            if ((int)odm->subject_said[i].said.kind == kind)
                odm_put_said(odm, &odm->subject_said[i].said, number++);
}

static void put_in_form(struct odm_file *odm, const struct form_key *key,
                        const struct odm_statement *statement,
                        const struct record_value *value)
{
    struct buffer *out = odm->out;
    bool is_item = statement->place == ODM_AT_ITEM;
    odm_open_event(odm, key);
    odm_open_form(odm, key);
    if (value != NULL)
        odm_open_group(odm, value);
    if (value != NULL && is_item) {
        BUFFER_LITERAL(out, "<ItemData");
        xml_put(out, "ItemOID", value->oid);
        odm_put_context(odm);
        BUFFER_LITERAL(out, ">");
    }
    odm_put_said(odm, &statement->said, 1);
    if (value != NULL && is_item)
        BUFFER_LITERAL(out, "</ItemData>");
    if (value != NULL)
        BUFFER_LITERAL(out, "</ItemGroupData>");
    odm_close_form(odm);
}

void odm_statement(struct odm_file *odm, const struct form_key *key,
                   struct odm_statement *statement, const struct record_value *value)
{
    statement->is_written = true;
    if (statement->place != ODM_AT_EVENT) {
        put_in_form(odm, key, statement, value);
        return;
    }
    odm_event_end(odm);
    odm_open_event(odm, key);
    odm_put_said(odm, &statement->said, 1);
    odm_event_end(odm);
}

void odm_form_audit(struct odm_file *odm, const struct form_key *key,
                    const struct odm_audit *audit)
{
    odm_open_event(odm, key);
    odm_open_form(odm, key);
    odm_put_audit(odm, audit);
    odm_close_form(odm);
}
