#include "formats/odm_write.h"

#include "base/datetime.h"
#include "base/limits.h"
#include "formats/odm_design_read.h"
#include "formats/odm_write_parts.h"
#include "formats/xml_write.h"

#include <string.h>

bool odm_is_two(const struct odm_file *odm)
{
    return odm->version == ODM_2_0;
}

static void put_time(struct buffer *out, const char *name, int64_t time,
                     int32_t offset_minutes)
{
    char printed[MOMENT_TEXT_SIZE];
    size_t len = instant_print_at(time, offset_minutes, printed);
    xml_put(out, name, (struct text){.at = printed, .len = len});
}

/* -- Codes for what ODM has no element for -------------------------------------------- */

static void put_code(const struct odm_file *odm, struct text code, struct label label)
{
    struct buffer *out = odm->out;
    const char *type = odm_is_two(odm) ? " Type=\"text/plain\"" : "";
    BUFFER_LITERAL(out, "<CodeListItem");
    xml_put(out, "CodedValue", code);
    buffer_format(out, "><Decode><TranslatedText xml:lang=\"en\"%s>", type);
    xml_put_text(out, label.english);
    buffer_format(out, "</TranslatedText><TranslatedText xml:lang=\"zh-CN\"%s>", type);
    xml_put_text(out, label.chinese);
    BUFFER_LITERAL(out, "</TranslatedText></Decode></CodeListItem>");
}

static void put_codelists(const struct odm_file *odm)
{
    struct buffer *out = odm->out;
    BUFFER_LITERAL(out, "<CodeList OID=\"CL.OSTEON.MISSING\" Name=\"Why a value is "
                        "missing\" DataType=\"text\">");
    for (size_t i = 0; i <= missing_reason_count; i++)
        put_code(odm, missing_reasons[i].code, missing_reasons[i].label);
    BUFFER_LITERAL(out, "</CodeList>\n<CodeList OID=\"CL.OSTEON.FLAG\" Name=\"What an "
                        "annotation says\" DataType=\"text\">");
    put_code(odm, TEXT("MISSING"),
             (struct label){TEXT("Why a value is missing"), TEXT("缺失原因")});
    put_code(odm, TEXT("QUERY"), (struct label){TEXT("Query"), TEXT("质疑")});
    put_code(odm, TEXT("CHECK"), (struct label){TEXT("Check"), TEXT("核查")});
    BUFFER_LITERAL(out, "</CodeList>\n<CodeList OID=\"CL.OSTEON.QUERY\" Name=\"State "
                        "of a query\" DataType=\"text\">");
    put_code(odm, TEXT("OPEN"), (struct label){TEXT("Open"), TEXT("未关闭")});
    put_code(odm, TEXT("CLOSED"), (struct label){TEXT("Closed"), TEXT("已关闭")});
    BUFFER_LITERAL(out, "</CodeList>\n");
}

/* -- Head ---------------------------------------------------------------------------- */

static void put_root(const struct odm_file *odm)
{
    struct buffer *out = odm->out;
    bool is_two_now = odm_is_two(odm);
    BUFFER_LITERAL(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ODM");
    xml_put(out, "xmlns",
            is_two_now ? TEXT("http://www.cdisc.org/ns/odm/v2.0")
                       : TEXT("http://www.cdisc.org/ns/odm/v1.3"));
    xml_put(out, "ODMVersion", is_two_now ? TEXT("2.0") : TEXT("1.3.2"));
    xml_put(out, "FileType",
            odm->is_transactional ? TEXT("Transactional") : TEXT("Snapshot"));
    BUFFER_LITERAL(out, " FileOID=\"");
    xml_put_text(out, odm->design->study_oid);
    buffer_format(out, ".%lld.%s%s\"", (long long)odm->cut_seq,
                  odm->is_transactional ? "transactional" : "snapshot",
                  odm->is_synthetic ? ".SYNTHETIC" : "");
    put_time(out, "CreationDateTime", odm->cut_time, 0);
    put_time(out, "AsOfDateTime", odm->cut_time, 0);
    if (odm->is_synthetic)
        xml_put(out, "Originator",
                TEXT("SYNTHETIC: made by a program, no real person"));
    xml_put(out, "SourceSystem", TEXT("Osteon"));
    xml_put(out, "SourceSystemVersion", odm->program_version);
    if (odm->is_synthetic && !is_two_now)
        xml_put(out, "Description", TEXT("SYNTHETIC DATA"));
    BUFFER_LITERAL(out, ">\n");
}

/* Where `part` stands in `text` for the last or first time; text.len: nowhere. */
static size_t find(struct text text, struct text part, bool is_last)
{
    size_t found = text.len;
    for (size_t i = 0; i + part.len <= text.len; i++)
        if (text.at[i] == part.at[0] && memcmp(text.at + i, part.at, part.len) == 0) {
            found = i;
            if (!is_last)
                return found;
        }
    return found;
}

/* The Study as it was published, byte for byte, with our code lists behind its own. */
static bool copy_study(const struct odm_file *odm, struct error *err)
{
    struct text xml = odm->design_xml;
    struct text end = TEXT("</Study>");
    struct text last_list = TEXT("</CodeList>");
    size_t from = find(xml, TEXT("<Study "), false);
    size_t to = find(xml, end, true);
    bool is_ours =
        find(xml, TEXT("\"http://www.cdisc.org/ns/odm/v2.0\""), false) < from;
    if (!is_ours || from >= to || to == xml.len) {
        error_set(err, ERROR_REFUSED, "this design was not written as ODM 2.0");
        return error_hint(err, "export it as ODM 1.3.2: osteon export DIR odm1");
    }
    struct text study = text_part(xml, from, to + end.len - from);
    size_t lists = find(study, last_list, true);
    if (lists == study.len) {
        buffer_text_add(odm->out, study);
        return true;
    }
    lists += last_list.len;
    buffer_text_add(odm->out, text_part(study, 0, lists));
    BUFFER_LITERAL(odm->out, "\n");
    put_codelists(odm);
    buffer_text_add(odm->out, text_part(study, lists, study.len));
    return true;
}

/* With the folder's own mark, so that two folders' users are never taken for each other. */
static void put_user_oid(const struct odm_file *odm, const char *begin, int64_t id)
{
    buffer_bytes(odm->out, begin, strlen(begin));
    BUFFER_LITERAL(odm->out, "=\"U.");
    buffer_text_add(odm->out, odm->folder);
    buffer_byte(odm->out, '.');
    buffer_number(odm->out, id);
    buffer_byte(odm->out, '"');
}

static void put_user(const struct odm_file *odm, const struct odm_user *user)
{
    const char *element = odm_is_two(odm) ? "UserName" : "LoginName";
    put_user_oid(odm, "<User OID", user->id);
    buffer_format(odm->out, "><%s>", element);
    xml_put_text(odm->out, user->name);
    buffer_format(odm->out, "</%s></User>\n", element);
}

static void put_location(const struct odm_file *odm, const struct site *site)
{
    struct buffer *out = odm->out;
    char time[MOMENT_TEXT_SIZE];
    instant_print(odm->design_time, time);
    BUFFER_LITERAL(out, "<Location");
    xml_put(out, "OID", site->code);
    xml_put(out, "Name", site->name.english.len > 0 ? site->name.english : site->code);
    xml_put(out, odm_is_two(odm) ? "Role" : "LocationType", TEXT("Site"));
    BUFFER_LITERAL(out, "><MetaDataVersionRef");
    xml_put(out, "StudyOID", odm->design->study_oid);
    xml_put(out, "MetaDataVersionOID", odm->design->oid);
    xml_put(out, "EffectiveDate", (struct text){.at = time, .len = 10});
    BUFFER_LITERAL(out, "/></Location>\n");
}

bool odm_begin(struct odm_file *odm, const struct odm_user *users, size_t user_count,
               struct error *err)
{
    struct buffer *out = odm->out;
    put_root(odm);
    if (odm_is_two(odm)) {
        if (!copy_study(odm, err))
            return false;
    } else {
        odm1_study(out, odm->design);
        put_codelists(odm);
        odm1_conditions(out, odm->design);
        BUFFER_LITERAL(out, "</MetaDataVersion>\n</Study>");
    }
    BUFFER_LITERAL(out, "\n<AdminData");
    xml_put(out, "StudyOID", odm->design->study_oid);
    BUFFER_LITERAL(out, ">\n");
    for (size_t i = 0; i < user_count; i++)
        put_user(odm, &users[i]);
    odm_put_named(odm, "User");
    for (size_t i = 0; i < odm->design->site_count; i++)
        put_location(odm, &odm->design->sites[i]);
    odm_put_named(odm, "Location");
    odm_put_named(odm, "SignatureDef");
    BUFFER_LITERAL(out, "</AdminData>\n");
    return true;
}

static void put_data_begin(const struct odm_file *odm, const char *element)
{
    buffer_format(odm->out, "<%s", element);
    xml_put(odm->out, "StudyOID", odm->design->study_oid);
    xml_put(odm->out, "MetaDataVersionOID", odm->design->oid);
    BUFFER_LITERAL(odm->out, ">\n");
}

void odm_clinical_begin(const struct odm_file *odm)
{
    put_data_begin(odm, "ClinicalData");
}

void odm_end(struct odm_file *odm)
{
    BUFFER_LITERAL(odm->out, "</ClinicalData>\n</ODM>\n");
}

/* -- Participants, events ------------------------------------------------------------- */

void odm_put_audit(const struct odm_file *odm, const struct odm_audit *audit)
{
    struct buffer *out = odm->out;
    char time[MOMENT_TEXT_SIZE];
    size_t len = instant_print_at(audit->time, audit->offset_minutes, time);
    put_user_oid(odm, "<AuditRecord><UserRef UserOID", audit->user);
    BUFFER_LITERAL(out, "/><LocationRef");
    xml_put(out, "LocationOID", audit->site);
    BUFFER_LITERAL(out, "/><DateTimeStamp>");
    buffer_bytes(out, time, len);
    BUFFER_LITERAL(out, "</DateTimeStamp>");
    if (audit->reason.len > 0) {
        BUFFER_LITERAL(out, "<ReasonForChange>");
        xml_put_text(out, audit->reason);
        BUFFER_LITERAL(out, "</ReasonForChange>");
    }
    BUFFER_LITERAL(out, "<SourceID>");
    buffer_number(out, audit->seq);
    buffer_byte(out, ':');
    buffer_number(out, audit->place);
    BUFFER_LITERAL(out, "</SourceID></AuditRecord>");
}

void odm_subject(struct odm_file *odm, const struct record_subject *subject,
                 const struct odm_audit *audit)
{
    struct buffer *out = odm->out;
    BUFFER_LITERAL(out, "<SubjectData");
    xml_put(out, "SubjectKey", subject->number);
    if (odm->is_transactional)
        xml_put(out, "TransactionType", TEXT("Insert"));
    BUFFER_LITERAL(out, ">");
    odm->subject_audit = audit;
    /* 1.3.2 wants the record of the audit first, 2.0 last. */
    if (audit != NULL && !odm_is_two(odm))
        odm_put_audit(odm, audit);
    if (!odm_is_two(odm))
        odm_put_subject_said(odm, ODM_SAID_AUDIT, ODM_SAID_SIGNATURE);
    BUFFER_LITERAL(out, "<SiteRef");
    xml_put(out, "LocationOID", subject->participant->site);
    BUFFER_LITERAL(out, "/>\n");
    if (!odm_is_two(odm))
        odm_put_subject_said(odm, ODM_SAID_ANNOTATION, ODM_SAID_QUERY);
}

void odm_event_end(struct odm_file *odm)
{
    if (!text_is_absent(odm->open_event))
        BUFFER_LITERAL(odm->out, "</StudyEventData>\n");
    odm->open_event = (struct text){0};
}

void odm_subject_end(struct odm_file *odm)
{
    odm_event_end(odm);
    if (odm->subject_audit != NULL && odm_is_two(odm))
        odm_put_audit(odm, odm->subject_audit);
    if (odm_is_two(odm))
        odm_put_subject_said(odm, ODM_SAID_AUDIT, ODM_SAID_QUERY);
    BUFFER_LITERAL(odm->out, "</SubjectData>\n");
}

void odm_put_context(const struct odm_file *odm)
{
    if (odm->is_transactional)
        xml_put(odm->out, "TransactionType", TEXT("Context"));
}

void odm_open_event(struct odm_file *odm, const struct form_key *key)
{
    const struct study_event *event = design_event(odm->design, key->event);
    if (text_equal(odm->open_event, key->event) &&
        odm->open_repeat == key->event_repeat && !text_is_absent(odm->open_event))
        return;
    odm_event_end(odm);
    BUFFER_LITERAL(odm->out, "<StudyEventData");
    xml_put(odm->out, "StudyEventOID", key->event);
    if (event == NULL || event->is_repeating || key->event_repeat > 1)
        xml_put_number(odm->out, "StudyEventRepeatKey", key->event_repeat);
    odm_put_context(odm);
    BUFFER_LITERAL(odm->out, ">\n");
    odm->open_event = key->event;
    odm->open_repeat = key->event_repeat;
}

static struct text form_element(const struct odm_file *odm)
{
    return odm_is_two(odm) ? TEXT("ItemGroupData") : TEXT("FormData");
}

void odm_open_form(struct odm_file *odm, const struct form_key *key)
{
    const struct form *form = design_form(odm->design, key->form);
    buffer_byte(odm->out, '<');
    buffer_text_add(odm->out, form_element(odm));
    xml_put(odm->out, odm_is_two(odm) ? "ItemGroupOID" : "FormOID", key->form);
    if (form == NULL || form->is_repeating || key->form_repeat > 1)
        xml_put_number(odm->out,
                       odm_is_two(odm) ? "ItemGroupRepeatKey" : "FormRepeatKey",
                       key->form_repeat);
    odm_put_context(odm);
    BUFFER_LITERAL(odm->out, ">");
}

void odm_close_form(const struct odm_file *odm)
{
    BUFFER_LITERAL(odm->out, "</");
    buffer_text_add(odm->out, form_element(odm));
    BUFFER_LITERAL(odm->out, ">\n");
}

/* What the design in force has no place for stands in a section of its own name, so that
 * it is not lost. */
void odm_open_group(const struct odm_file *odm, const struct record_value *value)
{
    BUFFER_LITERAL(odm->out, "<ItemGroupData");
    xml_put(odm->out, "ItemGroupOID",
            value->group == NULL ? TEXT("IG.OSTEON.OTHER") : value->group->oid);
    if (value->row > 0 || (value->group != NULL && value->group->is_repeating))
        xml_put_number(odm->out, "ItemGroupRepeatKey", value->row);
    odm_put_context(odm);
    BUFFER_LITERAL(odm->out, ">");
}

/* -- Values --------------------------------------------------------------------------- */

void odm_put_comment(const struct odm_file *odm, struct text comment)
{
    struct buffer *out = odm->out;
    if (comment.len == 0)
        return;
    BUFFER_LITERAL(out, "<Comment>");
    if (odm_is_two(odm))
        BUFFER_LITERAL(out, "<TranslatedText Type=\"text/plain\">");
    xml_put_text(out, comment);
    if (odm_is_two(odm))
        BUFFER_LITERAL(out, "</TranslatedText>");
    BUFFER_LITERAL(out, "</Comment>");
}

void odm_put_flag(const struct odm_file *odm, struct odm_flag flag)
{
    struct buffer *out = odm->out;
    struct text ours = TEXT("CL.OSTEON.FLAG");
    BUFFER_LITERAL(out, "<Flag><FlagValue");
    xml_put(out, "CodeListOID", flag.value_list.len > 0 ? flag.value_list : ours);
    BUFFER_LITERAL(out, ">");
    xml_put_text(out, flag.value);
    BUFFER_LITERAL(out, "</FlagValue>");
    if (flag.type.len > 0) {
        BUFFER_LITERAL(out, "<FlagType");
        xml_put(out, "CodeListOID", flag.type_list.len > 0 ? flag.type_list : ours);
        BUFFER_LITERAL(out, ">");
        xml_put_text(out, flag.type);
        BUFFER_LITERAL(out, "</FlagType>");
    }
    BUFFER_LITERAL(out, "</Flag>");
}

static void put_flag(const struct odm_file *odm, const char *list, struct text value,
                     const char *type)
{
    odm_put_flag(odm, (struct odm_flag){.value_list = text_of(list),
                                        .value = value,
                                        .type = text_of(type)});
}

void odm_put_missing(const struct odm_file *odm, const struct answer *answer)
{
    BUFFER_LITERAL(odm->out, "<Annotation SeqNum=\"1\">");
    odm_put_comment(odm, answer->missing_text);
    put_flag(odm, "CL.OSTEON.MISSING", missing_reason_code(answer->missing), "MISSING");
    BUFFER_LITERAL(odm->out, "</Annotation>");
}

/* ODM 2.0: a Value each; of several codes each its own. */
static void put_values(const struct odm_file *odm, const struct record_value *value,
                       struct text text)
{
    bool is_multiple = value->item != NULL && value->item->is_multiple;
    struct text rest = text;
    for (int n = 1; !text_is_absent(rest); n++) {
        struct text one = is_multiple ? text_cut(&rest, ' ') : rest;
        if (!is_multiple)
            rest = (struct text){0};
        if (is_multiple)
            buffer_format(odm->out, "<Value SeqNum=\"%d\">", n);
        else
            BUFFER_LITERAL(odm->out, "<Value>");
        xml_put_text(odm->out, one);
        BUFFER_LITERAL(odm->out, "</Value>");
    }
}

/* The record of the audit of who entered it: of an imported change that of its source. */
static void put_item_audit(struct odm_file *odm, const struct record_value *value,
                           const struct odm_change *change)
{
    const struct odm_statement *said = odm_take_said(odm, value, ODM_SAID_AUDIT);
    if (said != NULL)
        odm_put_said(odm, &said->said, 0);
    else
        odm_put_audit(odm, &change->audit);
}

static void put_item(struct odm_file *odm, const struct record_value *value,
                     int32_t offset_minutes, const struct odm_change *change,
                     struct arena *scratch)
{
    struct buffer *out = odm->out;
    bool is_removed = value->answer.missing == MISSING_CLEARED;
    bool is_missing = value->answer.missing != MISSING_NOT && !is_removed;
    struct text text =
        record_value_text(value->item, value->answer.value, offset_minutes, scratch);
    BUFFER_LITERAL(out, "<ItemData");
    xml_put(out, "ItemOID", value->oid);
    if (change != NULL)
        xml_put(out, "TransactionType",
                is_removed         ? TEXT("Remove")
                : change->is_first ? TEXT("Insert")
                                   : TEXT("Update"));
    if (is_missing)
        xml_put(out, "IsNull", TEXT("Yes"));
    else if (!odm_is_two(odm) && !is_removed)
        xml_put(out, "Value", text);
    if (!odm_is_two(odm) && change == NULL && !is_missing &&
        !odm_has_said(odm, value)) {
        BUFFER_LITERAL(out, "/>");
        return;
    }
    BUFFER_LITERAL(out, ">");
    if (odm_is_two(odm) && !is_missing && !is_removed)
        put_values(odm, value, text);
    if (change != NULL)
        put_item_audit(odm, value, change);
    odm_put_item_said(odm, value, is_missing ? &value->answer : NULL);
    BUFFER_LITERAL(out, "</ItemData>");
}

/* -- Queries -------------------------------------------------------------------------- */

static struct text target_of(const struct odm_query *query, struct arena *scratch)
{
    if (query->row == 0)
        return query->item;
    return text_format(scratch, "%.*s#%lld", TEXT_ARG(query->item),
                       (long long)query->row);
}

void odm_put_asker(const struct odm_file *odm, struct text check)
{
    bool is_person = text_equal(check, TEXT("PERSON"));
    xml_put(odm->out, "Source", is_person ? TEXT("Data Management") : TEXT("System"));
    xml_put(odm->out, "Type", is_person ? TEXT("Manual") : TEXT("System"));
}

static void put_query(const struct odm_file *odm, const struct odm_query *query,
                      size_t n, int32_t offset_minutes, struct arena *scratch)
{
    struct buffer *out = odm->out;
    struct text target = target_of(query, scratch);
    struct text check = query->check.len > 0 ? query->check : TEXT("CONFLICT");
    if (!odm_is_two(odm)) {
        buffer_format(out, "<Annotation SeqNum=\"%zu\">", n + 1);
        odm_put_comment(odm, text_format(scratch, "%.*s: %.*s", TEXT_ARG(target),
                                         TEXT_ARG(query->message)));
        put_flag(odm, "CL.OSTEON.QUERY", query->is_open ? TEXT("OPEN") : TEXT("CLOSED"),
                 "QUERY");
        put_flag(odm, "CL.OSTEON.FLAG", check, "CHECK");
        BUFFER_LITERAL(out, "</Annotation>");
        return;
    }
    buffer_format(out, "<Query OID=\"Q.%lld\"", (long long)query->id);
    odm_put_asker(odm, check);
    xml_put(out, "Target", target);
    xml_put(out, "State", query->is_open ? TEXT("Open") : TEXT("Closed"));
    put_time(out, "LastUpdateDatetime", query->time, offset_minutes);
    xml_put(out, "Name", check);
    BUFFER_LITERAL(out, "><Value>");
    xml_put_text(out, query->message);
    BUFFER_LITERAL(out, "</Value></Query>");
}

static void put_queries(const struct odm_file *odm, const struct odm_query *queries,
                        size_t count, int32_t offset_minutes, struct arena *scratch)
{
    for (size_t i = 0; i < count; i++)
        put_query(odm, &queries[i], i, offset_minutes, scratch);
}

/* -- Forms ---------------------------------------------------------------------------- */

static void put_groups(struct odm_file *odm, const struct record_form *form,
                       int32_t offset_minutes, struct arena *scratch)
{
    for (size_t i = 0; i < form->count; i++) {
        const struct record_value *value = &form->values[i];
        bool is_new =
            i == 0 || value->group != value[-1].group || value->row != value[-1].row;
        if (is_new && i > 0)
            BUFFER_LITERAL(odm->out, "</ItemGroupData>\n");
        if (is_new)
            odm_open_group(odm, value);
        put_item(odm, value, offset_minutes, NULL, scratch);
    }
    if (form->count > 0)
        BUFFER_LITERAL(odm->out, "</ItemGroupData>\n");
}

void odm_form(struct odm_file *odm, const struct record_subject *subject,
              const struct record_form *form, const struct odm_query *queries,
              size_t query_count, struct arena *scratch)
{
    odm_open_event(odm, form->key);
    odm_open_form(odm, form->key);
    if (!odm_is_two(odm))
        put_queries(odm, queries, query_count, subject->offset_minutes, scratch);
    put_groups(odm, form, subject->offset_minutes, scratch);
    if (odm_is_two(odm))
        put_queries(odm, queries, query_count, subject->offset_minutes, scratch);
    odm_close_form(odm);
}

void odm_change(struct odm_file *odm, const struct record_subject *subject,
                const struct odm_change *change, struct arena *scratch)
{
    odm_open_event(odm, change->key);
    odm_open_form(odm, change->key);
    odm_open_group(odm, change->value);
    put_item(odm, change->value, subject->offset_minutes, change, scratch);
    BUFFER_LITERAL(odm->out, "</ItemGroupData>");
    odm_close_form(odm);
}

/* -- Reference data: sections without a participant -------------------------------------- */

static void put_section(struct odm_file *odm, const struct record_section *section,
                        struct arena *scratch)
{
    const struct item_group *group = section->group;
    for (size_t i = 0; i < section->count; i++) {
        const struct record_value *value = &section->values[i];
        struct record_value written = *value;
        bool is_new = i == 0 || value->row != value[-1].row;
        if (is_new && i > 0)
            BUFFER_LITERAL(odm->out, "</ItemGroupData>\n");
        if (is_new) {
            BUFFER_LITERAL(odm->out, "<ItemGroupData");
            xml_put(odm->out, "ItemGroupOID", section->oid);
            if (value->row > 0 || group == NULL || group->is_repeating)
                xml_put_number(odm->out, "ItemGroupRepeatKey", value->row);
            if (odm->is_transactional)
                xml_put(odm->out, "TransactionType", TEXT("Upsert"));
            BUFFER_LITERAL(odm->out, ">");
        }
        if (value->item != NULL && !value->item->is_multiple)
            written.item = NULL; /* of no site: a local time gets no offset */
        put_item(odm, &written, 0, NULL, scratch);
    }
    if (section->count > 0)
        BUFFER_LITERAL(odm->out, "</ItemGroupData>\n");
}

void odm_put_reference(struct odm_file *odm, const struct record_section *sections,
                       size_t count, struct arena *scratch)
{
    bool has_any = false;
    odm->said_count = 0;
    for (size_t i = 0; i < count; i++)
        has_any = has_any || sections[i].count > 0;
    if (!has_any)
        return;
    put_data_begin(odm, "ReferenceData");
    for (size_t i = 0; i < count; i++)
        put_section(odm, &sections[i], scratch);
    BUFFER_LITERAL(odm->out, "</ReferenceData>\n");
}
