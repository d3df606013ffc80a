#ifndef OSTEON_FORMATS_ODM_DATA_KEEP_H
#define OSTEON_FORMATS_ODM_DATA_KEEP_H
/* Writes again what was read, as XML that stands alone: an element with all it holds, its
 * namespaces said where they change. Prefixes are not kept, they mean nothing. For the
 * reader of ODM data only. */
#include "base/buffer.h"
#include "formats/xml_read.h"

enum { KEEP_NAME_MOST = 128 };

struct odm_data_keep {
    struct buffer xml;

    struct arena *arena;
    size_t depth;
    bool is_open; /* the last start tag has no '>' yet */
    char spaces[64][KEEP_NAME_MOST];
    char element_bytes[KEEP_NAME_MOST], location_bytes[KEEP_NAME_MOST];
    char oid_bytes[KEEP_NAME_MOST], user_bytes[KEEP_NAME_MOST];
    char signature_bytes[KEEP_NAME_MOST];
    struct text element, oid; /* of the outermost */
    /* The last that was named within; absent: none. */
    struct text location, user, signature;
    struct xml_place place;
    char locals[64][KEEP_NAME_MOST];
};

void odm_data_keep_begin(struct odm_data_keep *keep, struct arena *arena);
void odm_data_keep_start(struct odm_data_keep *keep, const struct xml_element *element);
void odm_data_keep_characters(struct odm_data_keep *keep, struct text piece);
void odm_data_keep_end(struct odm_data_keep *keep);
/* The attributes of other namespaces alone, as an empty element. False: it has none. */
bool odm_data_keep_attributes(struct odm_data_keep *keep,
                              const struct xml_element *element);
/* What was written, until the next start. ERROR_TOO_LARGE beyond LIMIT_IMPORT_KEPT. */
MUST_USE bool odm_data_keep_text(const struct odm_data_keep *keep, struct text *out,
                                 struct error *err);

#endif
