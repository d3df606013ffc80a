#ifndef OSTEON_FORMATS_ODM_DATA_READ_H
#define OSTEON_FORMATS_ODM_DATA_READ_H
/* Reads the clinical data of an ODM document: 1.1 to 1.3.2 and 2.0, with or without its
 * namespace, as vendors write it. Streams: memory does not grow with the document.
 *
 * The levels of the data (ClinicalData, SubjectData, StudyEventData, FormData,
 * ItemGroupData, which may nest) are told as they begin and end; an item as it ends. What
 * else stands among them - audit records, signatures, queries, annotations, elements and
 * attributes of vendors - is handed out whole as XML, with the place where it stood, so
 * that the caller can keep it. Of AdminData the people, places and meanings of signatures
 * are told; Study and what follows no data are passed over.
 *
 *     struct odm_data_events events = {…, .data = &map};
 *     if (!odm_data_read(&source, &events, err)) …   err->where is "line:column"
 *
 * An event that refuses fills `err` and returns false; reading stops there.
 */
#include "formats/xml_read.h"

enum odm_level_kind {
    ODM_LEVEL_NONE,
    ODM_LEVEL_CLINICAL,  /* ClinicalData: oid, key = MetaDataVersionOID */
    ODM_LEVEL_REFERENCE, /* ReferenceData, the same */
    ODM_LEVEL_SUBJECT,   /* key */
    ODM_LEVEL_EVENT,
    ODM_LEVEL_FORM,
    ODM_LEVEL_GROUP
};

enum odm_transaction {
    ODM_TRANSACTION_NONE,
    ODM_TRANSACTION_REMOVE,
    ODM_TRANSACTION_OTHER
};

struct odm_level {
    enum odm_level_kind kind;
    struct text oid; /* absent where the element has none */
    struct text key; /* repeat key or subject key; absent when not given */
    enum odm_transaction transaction;
    struct xml_place place;
};

struct odm_data_item {
    struct text oid;
    struct text value;  /* absent: the element says none */
    size_t value_count; /* ODM 2.0: several Value elements, joined by a blank */
    bool is_null;       /* IsNull="Yes" */
    enum odm_transaction transaction;
    struct xml_place place;
};

/* What is kept: one element with all it holds, or the attributes of other namespaces of
 * an element of the data. */
struct odm_data_kept {
    struct text element; /* "AuditRecord", "MeasurementUnitRef", "AuditLogs" … */
    struct text item;    /* stood in this item; absent: in the level */
    struct text location, user, signature; /* OIDs that it names */
    struct text xml;
    struct xml_place place;
};

struct odm_data_named {
    struct text element, oid;
    struct text xml;
    struct xml_place place;
};

/* The views live until the event returns. */
struct odm_data_events {
    bool (*level_start)(void *data, const struct odm_level *level, struct error *err);
    bool (*level_end)(void *data, enum odm_level_kind kind, struct error *err);
    bool (*item)(void *data, const struct odm_data_item *item, struct error *err);
    bool (*kept)(void *data, const struct odm_data_kept *kept, struct error *err);
    /* One User, Location or SignatureDef of AdminData. May be NULL. */
    bool (*named)(void *data, const struct odm_data_named *named, struct error *err);
    /* Something stands where the standard does not allow it, and is read nevertheless. */
    bool (*deviation)(void *data, const struct xml_place *place, const char *sentence,
                      struct error *err);
    /* The document defines a study: its OID. */
    bool (*study)(void *data, struct text oid, struct error *err);
    void *data;
};

/* ERROR_MALFORMED, ERROR_TOO_LARGE, ERROR_REFUSED, or what an event or the source said. */
MUST_USE bool odm_data_read(const struct xml_source *source,
                            const struct odm_data_events *events, struct error *err);

#endif
