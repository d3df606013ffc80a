#ifndef OSTEON_FORMATS_ODM_WRITE_H
#define OSTEON_FORMATS_ODM_WRITE_H
/* A study's data as CDISC ODM 1.3.2 or 2.0, strict to the published schemas, one form at a
 * time: a snapshot (what is current), or transactional (each change with its AuditRecord).
 *
 *     odm_begin(&odm); odm_clinical_begin(&odm); odm_subject(…); odm_form(…) …; odm_subject_end(…); odm_end(&odm);
 *     the bytes so far stand in odm.out: take them and set its `len` to 0, any time
 *
 * What ODM has no element for, the same in both versions: why a value is missing is
 * IsNull="Yes" with an Annotation, whose Flag has the reason's code and whose Comment its
 * words; in 1.3.2 a query is an Annotation of its form (Flag QUERY: OPEN or CLOSED; Flag
 * CHECK), in 2.0 a Query. Several codes are one Value each in 2.0, and stand in one with
 * blanks between in 1.3.2. A file's times are those of the data cut, and it has a trailer,
 * a comment behind the last element, with counts and the SHA-256 of all bytes before.
 */
#include "base/buffer.h"
#include "formats/odm_said.h"
#include "formats/record.h"

enum odm_version { ODM_1_3_2, ODM_2_0 };

struct odm_file {
    enum odm_version version;
    bool is_transactional, is_synthetic;
    const struct design *design;
    struct text design_xml; /* as published */
    int64_t cut_seq, cut_time, design_time;
    struct text program_version;
    struct buffer *out;
    struct text open_event; /* inside of a StudyEventData; absent: outside */
    int64_t open_repeat;
    struct text folder; /* its mark in the OIDs of its users */
    /* Whom and what imported statements name. */
    const struct odm_named *named;
    size_t named_count;
    bool has_imports; /* some of their statements may name nobody */
    /* What imports said of the form, or the change, that is written next; of the
     * participant itself, at most one audit record and one signature. */
    struct odm_statement *said;
    size_t said_count;
    const struct odm_statement *subject_said;
    size_t subject_said_count;
    const struct odm_audit *subject_audit; /* 2.0 has it at the end; kept till there */
};

/* A user, a place, the meaning of a signature, as a source's AdminData has it. */
struct odm_named {
    struct text element, oid, name, meaning, legal;
};

enum odm_place { ODM_AT_FORM, ODM_AT_ITEM, ODM_AT_GROUP, ODM_AT_EVENT, ODM_AT_SUBJECT };

struct odm_statement {
    struct odm_said said;
    enum odm_place place;
    struct text item; /* or group */
    int64_t row;
    bool is_written;
};

struct odm_user {
    int64_t id; /* 0: the program */
    struct text name;
};

/* Who, where, when, why; the SourceID is the place in the log, "1234:3". */
struct odm_audit {
    int64_t user;
    struct text site;
    int64_t time;
    int32_t offset_minutes;
    struct text reason;
    int64_t seq;
    int32_t place;
};

struct odm_query {
    int64_t id;
    bool is_open;
    struct text check, item;
    int64_t row;
    struct text message;
    int64_t time; /* of its latest step */
};

/* The root, the study with its metadata, people and places; then the reference data, then
 * odm_clinical_begin and the participants. */
MUST_USE bool odm_begin(struct odm_file *odm, const struct odm_user *users,
                        size_t user_count, struct error *err);
void odm_put_reference(struct odm_file *odm, const struct record_section *sections,
                       size_t count, struct arena *scratch);
void odm_clinical_begin(const struct odm_file *odm);
void odm_subject(struct odm_file *odm, const struct record_subject *subject,
                 const struct odm_audit *audit);
void odm_form(struct odm_file *odm, const struct record_subject *subject,
              const struct record_form *form, const struct odm_query *queries,
              size_t query_count, struct arena *scratch);
/* One change of one item, in a transactional file. `old` NULL: it is the first entry. */
struct odm_change {
    const struct form_key *key;
    const struct record_value *value; /* the new one; MISSING_CLEARED removes */
    bool is_first;
    struct odm_audit audit;
};
void odm_change(struct odm_file *odm, const struct record_subject *subject,
                const struct odm_change *change, struct arena *scratch);
/* A statement by itself, where it stood; `value` is the place of an item or a group, else
 * NULL. Not for ODM_AT_SUBJECT. */
void odm_statement(struct odm_file *odm, const struct form_key *key,
                   struct odm_statement *statement, const struct record_value *value);
/* Who imported what stands next, in a history. */
void odm_form_audit(struct odm_file *odm, const struct form_key *key,
                    const struct odm_audit *audit);
/* Before the texts of the form's key end, when more of the participant follows. */
void odm_event_end(struct odm_file *odm);
void odm_subject_end(struct odm_file *odm);
void odm_end(struct odm_file *odm);

/* Study, from its begin to the last CodeList of its MetaDataVersion, as ODM 1.3.2; both are
 * left open. */
void odm1_study(struct buffer *out, const struct design *design);

#endif
