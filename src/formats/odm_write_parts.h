#ifndef OSTEON_FORMATS_ODM_WRITE_PARTS_H
#define OSTEON_FORMATS_ODM_WRITE_PARTS_H
/* Inside of the writer of ODM data: odm_write.c, odm_write_said.c and odm1_conditions.c. */
#include "formats/odm_write.h"

bool odm_is_two(const struct odm_file *odm);

/* -- odm_write.c: places; each opens what the next stands in */
void odm_open_event(struct odm_file *odm, const struct form_key *key);
void odm_open_form(struct odm_file *odm, const struct form_key *key);
void odm_close_form(const struct odm_file *odm);
void odm_open_group(const struct odm_file *odm, const struct record_value *value);
void odm_put_context(const struct odm_file *odm);
void odm_put_comment(const struct odm_file *odm, struct text comment);
void odm_put_missing(const struct odm_file *odm, const struct answer *answer);
void odm_put_flag(const struct odm_file *odm, struct odm_flag flag);
void odm_put_audit(const struct odm_file *odm, const struct odm_audit *audit);

/* Source and Type of a query: of a person, who manages the data, or of the program. */
void odm_put_asker(const struct odm_file *odm, struct text check);

/* -- odm_write_said.c: what an import said, in the order of the schemas */
void odm_put_named(const struct odm_file *odm, const char *element);
/* A statement of this kind at this item that is not written yet; NULL: none. It counts as
 * written then. */
struct odm_statement *odm_take_said(struct odm_file *odm,
                                    const struct record_value *value,
                                    enum odm_said_kind kind);
void odm_put_said(const struct odm_file *odm, const struct odm_said *said, int number);
/* Those of the participant itself, of these kinds. */
void odm_put_subject_said(const struct odm_file *odm, enum odm_said_kind first,
                          enum odm_said_kind last);
/* Those of the item but its audit record, with the reason why it has no value, if so. */
void odm_put_item_said(struct odm_file *odm, const struct record_value *value,
                       const struct answer *missing);
bool odm_has_said(const struct odm_file *odm, const struct record_value *value);

/* -- odm1_conditions.c: when something is left out, in ODM 1.3.2 */
/* The attribute of a reference, if it is conditional. */
void odm1_put_condition(struct buffer *out, const struct formula *formula);
/* Their definitions, behind the last CodeList. */
void odm1_conditions(struct buffer *out, const struct design *design);

#endif
